"""Killed at any point, the embedded pipeline ends with the records of an undisturbed run: none lost, none doubled."""

import importlib
import random
import sys
import traceback
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest

from ingest.journal.sqlite import SqliteStore
from processors.model import Kind, Subscription, SubscriptionId
from processors.ports import NewMessage
from processors.runners.embedded import Consumer, EmbeddedRunner
from processors.runners.pool import InlinePool, ProcessPool
from processors.runners.step import message
from processors.topology import CAPTURES, PIPELINE, SUBSCRIPTIONS, TOPICS, Pipeline
from search.index.sqlite import SqliteIndex
from search.mapping import documents
from tests.fakes.toys import T0, TOY, captured
from tests.faults.killing import DyingDisk, in_child

KILLS = 200
_INDEXED = tuple(topic for topic in TOPICS if topic is not CAPTURES)


class IndexSink:
    """Records to documents to the index, in the runner's transaction."""

    def __init__(self, index: SqliteIndex) -> None:
        self._index = index

    def apply(self, records: Iterable[object]) -> None:
        self._index.apply([document for record in records for document in documents(record)])


def _clock() -> datetime:
    return datetime(2030, 1, 1, tzinfo=UTC)


def _newsroom() -> list[NewMessage]:
    from obmin.newsroom import Newsroom

    asked = Subscription(
        id=SubscriptionId("s"), name="all exchanges", url="https://hook.example/", secret="whsec_eA==",
        kinds=(Kind.EXCHANGE,), created_at=T0,
    )  # fmt: skip
    return [message(SUBSCRIPTIONS, asked), *(message(CAPTURES, page) for page in Newsroom().pages())]


def _toys() -> list[NewMessage]:
    bodies = {7: "raise", 20: "filter", 33: "quarantine", 40: "a b c d e f g h i j k l m"}
    return [captured(n % 100, bodies.get(n, "")) for n in range(120)]


def _import(path: Path, messages: Sequence[NewMessage]) -> None:
    store = SqliteStore(path)
    store.append(messages)
    store.close()


def _work(path: Path, pipeline: Pipeline) -> None:
    """What `obmin run` does, without the way in."""
    try:
        store = SqliteStore(path)
        sink = IndexSink(SqliteIndex(store.connection))
        consumers = (Consumer(name="index", topics=_INDEXED, sink=sink),)
        EmbeddedRunner(store, pipeline, consumers, InlinePool(pipeline, _clock), _clock).run_until_idle()
        store.close()
    except BaseException:
        traceback.print_exc(file=sys.stderr)
        raise


def _outcome(path: Path) -> dict[str, object]:
    """All that the file holds at the end."""
    store = SqliteStore(path)
    found: dict[str, object] = {
        topic.name: Counter((m.key, m.value) for m in store.read(topic.name, after=0, limit=1_000_000))
        for topic in TOPICS
    }
    found["state"] = store.connection.execute("SELECT * FROM cell ORDER BY 1, 2").fetchall()
    found["index"] = store.connection.execute("SELECT collection, id, version, at, body FROM document ORDER BY 1, 2").fetchall()
    found["offsets"] = store.connection.execute("SELECT * FROM consumer ORDER BY 1, 2").fetchall()
    found["integrity"] = store.connection.pragma("integrity_check")
    store.close()
    return found


def _writes(path: Path, pipeline: Pipeline) -> int:
    """Number of writes and syncs of an undisturbed run, which it also does."""
    report = path.with_suffix(".writes")

    def work() -> None:
        disk = DyingDisk(1 << 60)
        _work(path, pipeline)
        report.write_text(str((1 << 60) - disk.left))

    assert in_child(work)
    return int(report.read_text())


def _die_at_a_write(path: Path, pipeline: Pipeline, write: int) -> bool:
    def work() -> None:
        disk = DyingDisk(write)
        _work(path, pipeline)
        assert disk.left > 0

    return in_child(work)


@pytest.mark.parametrize(("pipeline", "messages", "kills"), [(TOY, _toys, 100), (PIPELINE, _newsroom, 100)], ids=["toy", "newsroom"])
def test_killed_at_random_points_it_ends_with_the_records_of_an_undisturbed_run(
    tmp_path: Path, pipeline: Pipeline, messages, kills: int
) -> None:
    for module in pipeline.modules:
        importlib.import_module(module)  # once, before the forks
    rng = random.Random(20260101)
    given = messages()
    undisturbed = tmp_path / "undisturbed.db"
    _import(undisturbed, given)
    writes = _writes(undisturbed, pipeline)
    expected = _outcome(undisturbed)
    assert len(given) >= 60
    done = 0
    for number in range(kills):
        path = tmp_path / f"{number}.db"
        _import(path, given)
        while not _die_at_a_write(path, pipeline, rng.randint(1, writes // 4)):
            done += 1
        assert _outcome(path) == expected
        path.unlink()
        if done >= kills:
            break
    assert done >= kills
