"""What is documented is executed.

In README.md and docs/: a `python` block runs; in a `console` block each line after `$ ` runs in one scratch directory a page
(only `obmin …` and `printf …`; `make TARGET` must be a target), must succeed, and the lines below it must occur in its output,
where `…` stands for anything.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```(python|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def _snippets(page: Path) -> list[tuple[str, str]]:
    return FENCE.findall(page.read_text(encoding="utf-8"))


def _commands(block: str) -> list[tuple[str, list[str]]]:
    commands: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            commands.append((line[2:], []))
        elif commands and line.strip():
            commands[-1][1].append(line.strip())
    return commands


def _pattern(expected: str) -> str:
    return r".*".join(re.escape(part.strip()) for part in expected.split("…"))


def _run(command: str, expected: list[str], directory: Path) -> None:
    if command.startswith("make "):
        assert command.split()[1] in TARGETS, f"no such target: {command}"
        return
    assert command.startswith(("obmin ", "printf ")), f"tests do not know how to run: {command}"
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "200", "NO_COLOR": "1"}
    result = subprocess.run(
        ["bash", "-c", command],
        cwd=directory,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, f"{command}\n{result.stdout}{result.stderr}"
    for line in expected:
        assert re.search(_pattern(line), result.stdout + result.stderr), (
            f"{command}\nprinted no {line!r}:\n{result.stdout}"
        )


@pytest.mark.parametrize("page", [p for p in PAGES if _snippets(p)], ids=lambda p: str(p.relative_to(ROOT)))
def test_the_snippets_of_a_page_run(page: Path, tmp_path: Path) -> None:
    for language, block in _snippets(page):
        if language == "python":
            exec(compile(block, str(page), "exec"), {"__name__": "snippet"})
        else:
            for command, expected in _commands(block):
                _run(command, expected, tmp_path)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_relative_links_of_a_page_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
