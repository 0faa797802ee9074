"""The command line as a user meets it: help, errors of one line, and reading beside a writer."""

import json
import os
import socket
from importlib.metadata import version
from pathlib import Path

import apsw
import pytest

from ingest.journal.sqlite import SqliteStore
from obmin.config import described
from tests.fakes.workbench import ROOT, obmin

COMMANDS = ("demo", "run", "newsroom", "search", "claims", "exchanges", "sources", "subscriptions", "deliveries", "quarantine",
            "import", "replay", "extract", "evaluate", "explain", "doctor")  # fmt: skip


def told(result: object) -> str:
    """The one line of an error."""
    text: str = result.stderr  # type: ignore[attr-defined]
    assert "Traceback" not in text
    assert text.count("\n") == 1, text
    return text


def test_help_and_the_reference_name_every_command(tmp_path: Path) -> None:
    result = obmin("--help", directory=tmp_path)
    reference = (ROOT / "docs/reference/cli.md").read_text(encoding="utf-8")
    assert result.returncode == 0
    for command in COMMANDS:
        assert command in result.stdout
        assert f"`obmin {command}" in reference


def test_the_version_is_printed_without_a_command(tmp_path: Path) -> None:
    result = obmin("--version", directory=tmp_path)
    assert (result.returncode, result.stdout) == (0, f"obmin {version('obmin')}\n")


def test_the_reference_names_every_setting_with_its_default() -> None:
    reference = (ROOT / "docs/reference/configuration.md").read_text(encoding="utf-8")
    for name, default, _ in described():
        row = next(
            line
            for line in reference.splitlines()
            if line.startswith("| `") and f"`{name}`" in line.split(" | ")[0]
        )
        assert default in row


@pytest.mark.parametrize("command", ["claims", "search", "exchanges", "sources", "deliveries"])
def test_reading_without_a_database_says_how_to_get_one(tmp_path: Path, command: str) -> None:
    result = obmin(command, directory=tmp_path)
    assert result.returncode == 2
    assert "Start `obmin run` or `obmin import` first" in told(result)


def test_an_unknown_option_and_a_wrong_setting_are_named(tmp_path: Path) -> None:
    option = obmin("run", "--prot", "1", directory=tmp_path)
    assert (option.returncode, "--prot" in option.stderr) == (2, True)
    (tmp_path / "obmin.toml").write_text("# mine\nporrt = 1\n", encoding="utf-8")
    setting = obmin("doctor", directory=tmp_path)
    assert (setting.returncode, told(setting)) == (
        2,
        "obmin: obmin.toml:2: unknown key porrt; did you mean port?\n",
    )


def test_a_port_in_use_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = str(holder.getsockname()[1])
        for command in ("run", "demo"):
            result = obmin(command, "--port", port, directory=tmp_path)
            assert result.returncode == 2
            assert f"Cannot listen on 127.0.0.1:{port}" in told(result)
            assert "--port" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_another_process_holds_is_told_with_its_process(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "obmin.db")
    result = obmin("-d", tmp_path, "run", "--port", "0", directory=tmp_path)
    store.close()
    assert result.returncode == 2
    assert f"in use by another obmin (process {os.getpid()})" in told(result)


def test_a_database_of_a_newer_obmin_is_left_alone(tmp_path: Path) -> None:
    SqliteStore(tmp_path / "obmin.db").close()
    connection = apsw.Connection(str(tmp_path / "obmin.db"))
    connection.pragma("user_version", 999)
    connection.close()
    for command in (("claims",), ("run", "--port", "0"), ("doctor",)):
        result = obmin("-d", tmp_path, *command, directory=tmp_path)
        assert result.returncode == 2
        assert "schema version 999" in " ".join((result.stdout + result.stderr).split())


def test_a_data_directory_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    result = obmin("-d", "taken", "run", "--port", "0", directory=tmp_path)
    assert result.returncode == 2
    assert "The data directory taken cannot be made" in told(result)
    assert "is a file" in obmin("-d", "taken", "doctor", directory=tmp_path).stdout


def test_sources_that_cannot_be_read_are_named_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "mine.opml").write_text("<opml>\n<oops>\n</opml>", encoding="utf-8")
    result = obmin("run", "--port", "0", "--sources", "mine.opml", directory=tmp_path)
    assert result.returncode == 2
    assert "mine.opml:3" in told(result)


def test_the_doctor_finds_nothing_wrong_in_an_empty_directory_and_tells_a_dead_cluster(
    tmp_path: Path,
) -> None:
    well = obmin("doctor", "--json", directory=tmp_path)
    assert well.returncode == 0
    assert {finding["what"] for finding in json.loads(well.stdout)} >= {
        "Python",
        "SQLite",
        "disk",
        "sources",
        "port",
        "clock",
    }
    sick = obmin(
        "doctor", directory=tmp_path, OBMIN_KAFKA="127.0.0.1:1", OBMIN_ELASTICSEARCH="http://127.0.0.1:1"
    )
    assert sick.returncode == 2
    assert sick.stdout.count("fail") >= 2


def test_a_mistake_of_ours_is_told_in_one_line_and_the_traceback_on_request(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import obmin.cli\ndef app(**_): raise KeyError('inside')\nobmin.cli.app = app\n", encoding="utf-8"
    )
    path = f"{tmp_path}{os.pathsep}{ROOT}"
    short = obmin("doctor", directory=tmp_path, PYTHONPATH=path)
    assert short.returncode == 70
    assert "OBMIN_TRACEBACK=1" in told(short)
    full = obmin("doctor", directory=tmp_path, PYTHONPATH=path, OBMIN_TRACEBACK="1")
    assert (full.returncode, "Traceback" in full.stderr) == (70, True)


def test_a_faulty_query_points_at_the_column(tmp_path: Path) -> None:
    text = tmp_path / "swap.txt"
    text.write_text(
        "3 January 2024. Dmytro Lubinets said 230 people had returned in the exchange.", encoding="utf-8"
    )
    assert obmin("-d", "data", "import", text, "--outlet", "Notes", directory=tmp_path).returncode == 0
    result = obmin("-d", "data", "claims", "swap AND (a", directory=tmp_path)
    assert result.returncode == 2
    assert result.stderr.splitlines()[-1] == " " * 11 + "^"


def test_explaining_counts_days_from_the_publication_that_is_named(tmp_path: Path) -> None:
    text = tmp_path / "news.txt"
    text.write_text("Russia and Ukraine exchanged 95 prisoners of war each on Wednesday.", encoding="utf-8")
    result = obmin("explain", str(text), "--published", "2024-07-18", "--json", directory=tmp_path)
    assert result.returncode == 0
    assert "background" not in result.stdout
    assert "claim: exchange" in result.stdout


@pytest.mark.parametrize("what", ["missing.txt", "."])
def test_explaining_what_is_no_file_says_so(tmp_path: Path, what: str) -> None:
    result = obmin("explain", what, directory=tmp_path)
    assert result.returncode == 2
    assert f"{what} is no file" in told(result)


def test_a_gold_file_in_an_unknown_language_is_refused_by_line(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    document = {
        "id": "a",
        "lang": "xx",
        "outlet": "o",
        "title": "t",
        "published": "2024-01-03T10:00:00+00:00",
        "text": "t",
    }
    gold.write_text(json.dumps(document), encoding="utf-8")
    result = obmin("extract", str(gold), "-o", str(tmp_path / "out.jsonl"), directory=tmp_path)
    assert result.returncode == 2
    assert "line 1: lang is 'xx'; it can be en, uk, ru" in told(result)
