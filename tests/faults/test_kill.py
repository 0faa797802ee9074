"""Killed at any point, the embedded pipeline ends with the records of an undisturbed run: none lost, none doubled."""

import os
import random
import select
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.journal.sqlite import SqliteStore
from processors.codec import encode
from processors.model import Kind, Subscription, SubscriptionId
from processors.ports import NewMessage
from processors.runners.embedded import Consumer, EmbeddedRunner
from processors.runners.pool import InlinePool
from processors.runners.step import message
from processors.topology import CAPTURES, PIPELINE, SUBSCRIPTIONS, TOPICS, Pipeline
from search.index.sqlite import SqliteIndex
from search.query import Collection, Hit, Query
from search.sink import IndexSink
from tests.fakes.toys import T0, TOY, captured
from tests.faults.killing import DyingDisk, in_child

ROOT = Path(__file__).parents[2]
_INDEXED = tuple(topic for topic in TOPICS if topic is not CAPTURES)


def _clock() -> datetime:
    return datetime(2030, 1, 1, tzinfo=UTC)


def _newsroom() -> list[NewMessage]:
    from obmin.newsroom import Newsroom

    asked = Subscription(
        id=SubscriptionId("s"), name="all exchanges", url="https://hook.example/", secret="whsec_eA==",
        kinds=(Kind.EXCHANGE,), created_at=T0,
    )  # fmt: skip
    return [
        message(SUBSCRIPTIONS, asked),
        *(message(CAPTURES, page) for page in Newsroom().pages() if page.body_bytes < 1_000_000),
    ]


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


def _hits(index: SqliteIndex, collection: Collection) -> Iterator[Hit]:
    page = index.search(Query(collection=collection, limit=1000))
    yield from page.hits
    while page.next:
        page = index.search(Query(collection=collection, limit=1000, after=page.next))
        yield from page.hits


def _outcome(path: Path) -> dict[str, object]:
    """All that the file holds at the end."""
    store = SqliteStore(path)
    found: dict[str, object] = {
        topic.name: Counter((m.key, m.value) for m in store.read(topic.name, after=0, limit=1_000_000))
        for topic in TOPICS
    }
    found["state"] = store.connection.execute("SELECT * FROM cell ORDER BY 1, 2").fetchall()
    index = SqliteIndex(store.connection)
    found["index"] = {
        collection: sorted((hit.id, encode(hit.body)) for hit in _hits(index, collection))
        for collection in Collection
    }
    index.close()
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


def _die_at_a_time(path: Path, pipeline: Pipeline, seconds: float) -> bool:
    return in_child(lambda: _work(path, pipeline), killed_after_s=seconds)


@pytest.mark.parametrize(
    ("pipeline", "messages", "kills"), [(TOY, _toys, 200), (PIPELINE, _newsroom, 12)], ids=["toy", "newsroom"]
)
def test_killed_at_random_points_it_ends_with_the_records_of_an_undisturbed_run(
    tmp_path: Path, pipeline: Pipeline, messages: Callable[[], list[NewMessage]], kills: int
) -> None:
    rng = random.Random(20260101)
    given = messages()
    assert len(given) >= 60
    undisturbed = tmp_path / "undisturbed.db"
    _import(undisturbed, given)
    _work(undisturbed, pipeline)  # in this process: it loads all there is to load, once, before the forks
    expected = _outcome(undisturbed)
    again = tmp_path / "again.db"
    _import(again, given)
    began = time.monotonic()
    writes = _writes(again, pipeline)
    seconds = time.monotonic() - began
    assert _outcome(again) == expected
    done = 0
    while done < kills:
        path = tmp_path / f"{done}.db"
        _import(path, given)
        finished = False
        while not finished:
            if rng.random() < 0.75:
                finished = _die_at_a_write(path, pipeline, rng.randint(1, writes // 4))
            else:
                finished = _die_at_a_time(path, pipeline, rng.uniform(0, seconds / 2))
            done += not finished
        assert _outcome(path) == expected
        path.unlink()


_SERVICE = """
import pathlib, sys
from ingest.journal.sqlite import SqliteStore
from processors.runners.child import now
from processors.runners.embedded import EmbeddedRunner
from processors.runners.pool import ProcessPool
from tests.fakes.toys import TOY, TOY_REFERENCE
store = SqliteStore(pathlib.Path(sys.argv[1]))
pool = ProcessPool(TOY_REFERENCE, now, processes=2, deadline_s=1.0)
print(*pool.pids, flush=True)
EmbeddedRunner(store, TOY, (), pool, now).run_until_idle()
pool.close()
store.close()
"""


def _service(path: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", _SERVICE, str(path)], cwd=ROOT, stdout=subprocess.PIPE)


def _gone(pid: int) -> bool:
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    with os.fdopen(descriptor) as opened:
        return bool(select.select([opened], [], [], 60)[0])


def test_killed_with_its_children_at_work_it_goes_on_and_leaves_none_behind(tmp_path: Path) -> None:
    rng = random.Random(20260102)
    bodies = {5: "hang", 30: "exit", 60: "segfault"}
    given = [captured(n, bodies.get(n, "")) for n in range(100)]
    expected: object = None
    for seconds in (None, *(rng.uniform(0.1, 2.0) for _ in range(5))):
        path = tmp_path / f"{seconds}.db"
        _import(path, given)
        if seconds:
            service = _service(path)
            assert service.stdout is not None
            children = [int(pid) for pid in service.stdout.readline().split()]
            with suppress(subprocess.TimeoutExpired):
                service.wait(seconds)
            service.kill()
            service.wait(60)
            assert all(_gone(pid) for pid in children)
        assert _service(path).wait(60) == 0
        found = [
            m.value
            for topic in TOPICS
            for m in SqliteStore(path, readonly=True).read(topic.name, after=0, limit=9999)
        ]
        expected = expected or found
        assert Counter(found) == Counter(expected)
