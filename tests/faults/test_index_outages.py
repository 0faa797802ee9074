"""While Elasticsearch is away, frozen or read-only the indexer waits; afterwards everything is there, once."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from obmin.cluster import INDEXED, Indexer
from processors.ports import Message, NewMessage
from search.index.elastic import Cluster, ElasticIndex
from search.index.elastic_indices import Indices
from search.query import Collection, Query
from tests import servers
from tests.conftest import missing
from tests.fakes.journal import MemoryStore
from tests.faults.cluster import clock, embedded, newsroom, wait_for

pytestmark = [pytest.mark.elasticsearch, pytest.mark.timeout(600)]


class Log:
    """A consumer group over messages in memory: what is polled and not committed is polled again after a restart."""

    def __init__(self, messages: Sequence[Message]) -> None:
        self._messages = messages
        self._position = 0
        self.committed = 0

    def poll(self, *, timeout_s: float) -> Sequence[Message]:
        taken = self._messages[self._position : self._position + 100]
        self._position += len(taken)
        if not taken:
            threading.Event().wait(timeout_s)
        return taken

    def keep(self) -> None:
        """Nobody else wants its place."""

    def commit(self) -> None:
        self.committed = self._position

    @property
    def done(self) -> bool:
        return self.committed == len(self._messages)


@pytest.fixture(scope="module")
def records() -> list[Message]:
    """Everything that the newsroom gives, as the log holds it."""
    made = embedded(newsroom())
    names = [topic.name for topic in INDEXED if topic.name in made]
    pairs = [(name, key, value) for name in names for key, value in sorted(made[name])]
    return [Message(topic=t, offset=n, key=k, value=v) for n, (t, k, v) in enumerate(pairs, 1)]


@pytest.fixture
def node() -> Iterator[servers.Server]:
    try:
        server = servers.Elasticsearch()
    except servers.Unavailable as error:
        missing("elasticsearch", str(error))
        return
    try:
        server.start()
        yield server
    finally:
        server.close()


@contextmanager
def _indexing(node: servers.Server, log: Log) -> Iterator[ElasticIndex]:
    Indices(ElasticIndex(Cluster(node.address, timeout_s=60.0)), replicas=0).ensure()
    index = ElasticIndex(Cluster(node.address, timeout_s=5.0), sleep=lambda _: None)
    stop = threading.Event()
    indexer = Indexer(log, index, MemoryStore(), clock)
    thread = threading.Thread(target=indexer.run, args=(stop,))
    thread.start()
    try:
        yield index
    finally:
        stop.set()
        thread.join(60)
        index.close()


def _totals(index: ElasticIndex) -> dict[Collection, int]:
    index.refresh()
    return {c: index.search(Query(collection=c, limit=1)).total for c in Collection}


def _expected(records: Sequence[Message]) -> dict[Collection, int]:
    from obmin.cluster import documents_of

    ids: dict[Collection, set[str]] = {collection: set() for collection in Collection}
    for message in records:
        for document in documents_of(message):
            ids[document.collection].add(document.id)
    return {collection: len(found) for collection, found in ids.items()}


def test_killed_and_started_again_it_gets_everything_once(
    node: servers.Server, records: list[Message]
) -> None:
    log = Log(records)
    with _indexing(node, log) as index:
        wait_for(lambda: log.committed > 0, "indexing has begun")
        node.kill()
        node.start()
        wait_for(lambda: log.done, "all is indexed")
        assert _totals(index) == _expected(records)


def test_frozen_for_a_while_it_is_waited_for(node: servers.Server, records: list[Message]) -> None:
    log = Log(records)
    with _indexing(node, log) as index:
        wait_for(lambda: log.committed > 0, "indexing has begun")
        node.pause()
        threading.Event().wait(6.0)
        assert not log.done
        node.resume()
        wait_for(lambda: log.done, "all is indexed")
        assert _totals(index) == _expected(records)


def test_read_only_it_is_waited_for(node: servers.Server, records: list[Message]) -> None:
    log = Log(records)
    with _indexing(node, log) as index:
        wait_for(lambda: log.committed > 0, "indexing has begun")
        block = {"index.blocks.read_only_allow_delete": True}
        index.cluster.call("PUT", "/_all/_settings", block)
        before = log.committed
        threading.Event().wait(5.0)
        assert log.committed <= before + 100
        index.cluster.call("PUT", "/_all/_settings", {"index.blocks.read_only_allow_delete": None})
        wait_for(lambda: log.done, "all is indexed")
        assert _totals(index) == _expected(records)


def test_a_log_that_is_repeated_and_reversed_gives_the_same_documents(
    node: servers.Server, records: list[Message]
) -> None:
    log = Log([*reversed(records), *records])
    with _indexing(node, log) as index:
        wait_for(lambda: log.done, "all is indexed")
        assert _totals(index) == _expected(records)


def test_a_record_that_is_none_becomes_a_dead_letter_and_the_rest_is_indexed(
    node: servers.Server, records: list[Message]
) -> None:
    bad = Message(topic="articles", offset=0, key="bad", value=b"no JSON")
    log, journal = Log([bad, *records]), MemoryStore()
    index = ElasticIndex(Cluster(node.address, timeout_s=60.0))
    Indices(index, replicas=0).ensure()
    stop = threading.Event()
    thread = threading.Thread(target=Indexer(log, index, journal, clock).run, args=(stop,))
    thread.start()
    wait_for(lambda: log.done, "all is indexed")
    stop.set()
    thread.join(60)
    letters: list[NewMessage] = list(journal.read("dead_letters", after=0, limit=10))
    assert [(b'"stage":"index"' in m.value, b'"reason":"undecodable"' in m.value) for m in letters] == [
        (True, True)
    ]
    assert _totals(index) == _expected(records)
    index.close()
