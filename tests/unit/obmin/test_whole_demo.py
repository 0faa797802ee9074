"""The demo in full: every number that it promises, and commands beside a service that runs."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from ingest.journal.sqlite import SqliteStore
from processors.ports import Message
from processors.topology import ARTICLES
from tests.fakes.workbench import environment, last_line, obmin


def test_the_demo_ends_with_counts_that_balance(tmp_path: Path) -> None:
    result = obmin("demo", "--once", "--json", directory=tmp_path)
    assert result.returncode == 0, result.stderr
    counts = json.loads(last_line(result))
    assert counts["balanced"] is True
    assert sum(counts["outcomes"].values()) == counts["entries"] >= 60
    assert counts["outcomes"]["pending"] == 0
    assert counts["outcomes"]["duplicate"] >= 1
    assert counts["articles"] >= 60
    assert counts["claims"] > 0
    assert counts["exchanges"] >= 8
    assert counts["disputed_exchanges"] >= 1
    assert counts["quarantined"] >= 1
    assert counts["delivered_webhooks"] == counts["verified_webhooks"] == counts["alerts"] > 0
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, Any]]]:
    """A demo that keeps running on a directory, and what it said when it was ready."""
    directory = tmp_path_factory.mktemp("running")
    command = [sys.executable, "-m", "obmin", "-d", "data", "demo", "--port", "0", "--json"]
    errors = (directory / "errors").open("w")
    process = subprocess.Popen(
        command, cwd=directory, env=environment(), stdout=subprocess.PIPE, stderr=errors, text=True
    )
    assert process.stdout
    line = process.stdout.readline()
    assert line, (directory / "errors").read_text()
    yield directory, json.loads(line)
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    process.stdout.close()
    errors.close()
    assert "Traceback" not in (directory / "errors").read_text()


def test_pages_answer_while_commands_read_beside_them(running: tuple[Path, dict[str, Any]]) -> None:
    directory, ready = running
    with urlopen(f"{ready['url']}/health") as answer:
        assert json.load(answer)["checks"] == dict.fromkeys(
            ("runner", "deliverer", "poller", "pages", "index"), "ok"
        )
    for command in ("claims", "exchanges", "search", "deliveries", "subscriptions list", "quarantine list"):
        result = obmin("-d", "data", *command.split(), "--json", directory=directory)
        assert json.loads(last_line(result))["total"] > 0, command
    assert (
        len(json.loads(last_line(obmin("-d", "data", "sources", "--json", directory=directory)))["feeds"])
        >= 6
    )


def test_writing_commands_go_through_the_service_that_holds_the_database(
    running: tuple[Path, dict[str, Any]],
) -> None:
    directory, ready = running
    private = obmin(
        "-d", "data", "subscriptions", "add", "--name", "x", "--url", "http://10.0.0.1/", directory=directory
    )
    assert private.returncode == 2
    assert "private" in private.stderr
    hook = f"{ready['newsroom']}/nowhere"
    arguments = ("subscriptions", "add", "--name", "Mine", "--url", hook, "--kind", "denial", "--json")
    made = json.loads(last_line(obmin("-d", "data", *arguments, directory=directory)))
    assert made["secret"].startswith("whsec_")
    tested = obmin("-d", "data", "subscriptions", "test", made["id"], "--json", directory=directory)
    assert (tested.returncode, json.loads(last_line(tested))["response_status"]) == (1, 501)
    assert obmin("-d", "data", "subscriptions", "disable", made["id"], directory=directory).returncode == 0
    unknown = obmin("-d", "data", "quarantine", "replay", "none", directory=directory)
    assert (unknown.returncode, "There is nothing in quarantine" in unknown.stderr) == (2, True)
    assert "in use by another obmin" in obmin("-d", "data", "import", "x.txt", directory=directory).stderr


def _until_the_edit_is_in(database: Path, within_s: float = 60) -> None:
    """The newsroom edits a story for the second poll; from then on nothing new comes."""
    ends = time.monotonic() + within_s
    with closing(SqliteStore(database, readonly=True)) as store:
        while not _has_two_versions_of_one(store.read(ARTICLES.name, after=0, limit=1000)):
            assert time.monotonic() < ends, "the edited story was not polled"
            time.sleep(0.1)


def _has_two_versions_of_one(articles: Sequence[Message]) -> bool:
    return len({message.key for message in articles}) < len(articles)


def test_a_replay_gives_the_same_and_tells_nobody_again(running: tuple[Path, dict[str, Any]]) -> None:
    directory, _ = running
    _until_the_edit_is_in(
        directory / "data" / "obmin.db"
    )  # a replay beside it would count on both sides of it
    result = obmin("-d", "data", "replay", "--into", "again", "--json", directory=directory)
    assert result.returncode == 0, result.stderr
    counts = json.loads(last_line(result))
    for name in ("articles", "claims", "exchanges", "disputed_exchanges", "outcomes"):
        assert counts["after"][name] == counts["before"][name], name
