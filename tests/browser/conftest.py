"""The demo as a user starts it, and a Chromium to look at it with."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="session")
def demo_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the pages of a running `obmin demo`."""
    directory = tmp_path_factory.mktemp("demo")
    command = [
        sys.executable,
        "-m",
        "obmin",
        "--data-dir",
        str(directory / "data"),
        "demo",
        "--port",
        "0",
        "--json",
    ]
    with (
        (directory / "errors").open("w+") as errors,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, cwd=Path(__file__).parents[2], text=True
        ) as process,
    ):
        assert process.stdout
        line = process.stdout.readline()
        assert line, (directory / "errors").read_text()
        yield json.loads(line)["url"]
        process.terminate()
        assert process.wait(60) == 0


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A headless Chromium that speaks to this machine alone."""
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield made
        made.close()
