"""What is particular to the embedded index: transactions, threads, layouts, ranking of many."""

import threading
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from ingest.journal.sqlite import SqliteStore
from processors.errors import Stop
from processors.ports import NewMessage
from search.index import sqlite
from search.index.sqlite import SqliteIndex, drop
from search.query import Collection, Document, Query, Sort
from tests.fakes.journal import undone


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    made = SqliteStore(tmp_path / "obmin.db")
    yield made
    made.close()


def _claim(n: int, text: str = "обмін полоненими", version: int = 1) -> Document:
    body = {"id": f"c{n}", "evidence": text, "language": "uk", "kind": "exchange", "ua_min": n, "ua_max": n}
    return Document(collection=Collection.CLAIMS, id=f"c{n}", version=version, at=n, body=body)


def _found(index: SqliteIndex, text: str = "", **query: object) -> list[str]:
    return [hit.id for hit in index.search(Query(collection=Collection.CLAIMS, text=text, **query)).hits]


def test_documents_and_journal_commit_together_or_not_at_all(store: SqliteStore) -> None:
    index = SqliteIndex(store.connection)
    with undone(store):
        index.apply([_claim(1)])
        store.append([NewMessage(topic="claims", key="k", value=b"v")])
    assert (_found(index), index.get(Collection.CLAIMS, "c1"), store.end("claims")) == ([], None, 0)
    with store.transaction():
        index.apply([_claim(1)])
        store.append([NewMessage(topic="claims", key="k", value=b"v")])
        assert _found(index) == []
    assert (_found(index), store.end("claims")) == (["c1"], 1)
    index.close()


def test_readers_in_many_threads_see_whole_batches_while_one_writes(store: SqliteStore) -> None:
    index = SqliteIndex(store.connection)
    problems: list[object] = []
    over = threading.Event()

    def read() -> None:
        try:
            while not over.is_set():
                total = index.search(Query(collection=Collection.CLAIMS, text="полонені", limit=3)).total
                if total % 10:
                    problems.append(total)
        except Exception as error:  # noqa: BLE001  whatever it is, the test must tell
            problems.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for batch in range(20):
        with store.transaction():
            index.apply([_claim(batch * 10 + n) for n in range(10)])
    over.set()
    for reader in readers:
        reader.join(30)
    assert problems == []
    assert index.search(Query(collection=Collection.CLAIMS)).total == 200
    index.close()
    index.close()


def test_another_process_reads_the_file_read_only(store: SqliteStore) -> None:
    index = SqliteIndex(store.connection)
    with store.transaction():
        index.apply([_claim(1)])
    other = SqliteStore(store.path, readonly=True)
    reading = SqliteIndex(other.connection)
    assert _found(reading, "обміни") == ["c1"]
    assert reading.counts(Collection.CLAIMS, "kind") == {"exchange": 1}
    reading.close()
    other.close()


def test_a_file_without_an_index_says_how_to_get_one(store: SqliteStore) -> None:
    other = SqliteStore(store.path, readonly=True)
    with pytest.raises(Stop, match="holds no index yet"):
        SqliteIndex(other.connection)
    other.close()


def test_an_index_of_another_layout_is_refused_and_can_be_dropped(store: SqliteStore) -> None:
    index = SqliteIndex(store.connection)
    with store.transaction():
        index.apply([_claim(1)])
        store.append([NewMessage(topic="claims", key="k", value=b"v")])
        store.connection.execute("UPDATE index_layout SET layout = 99")
    index.close()
    with pytest.raises(Stop, match=r"layout 99.*obmin replay --into"):
        SqliteIndex(store.connection)
    with store.transaction():
        drop(store.connection)
    fresh = SqliteIndex(store.connection)
    assert (_found(fresh), store.end("claims")) == ([], 1)
    fresh.close()


def test_many_updates_leave_a_sound_index(store: SqliteStore) -> None:
    index = SqliteIndex(store.connection)
    for version in range(1, 20):
        with store.transaction():
            index.apply([_claim(n, f"слово{version}", version) for n in range(5)])
    assert _found(index, "слово18") == []
    assert len(_found(index, "слово19")) == 5
    store.connection.execute("INSERT INTO fts_claims (fts_claims) VALUES ('integrity-check')")
    assert store.connection.pragma("integrity_check") == "ok"
    assert store.connection.execute("SELECT count(*) FROM document_range").get == 5
    index.close()


def test_by_relevance_the_matches_that_came_last_are_ranked(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "MAX_RANKED", 3)
    index = SqliteIndex(store.connection)
    with store.transaction():
        index.apply([_claim(n) for n in range(10)])
    page = index.search(Query(collection=Collection.CLAIMS, text="обмін", sort=Sort.RELEVANCE))
    assert (page.total, sorted(hit.id for hit in page.hits)) == (10, ["c7", "c8", "c9"])
    assert len(_found(index, "обмін")) == 10
    index.close()


def test_what_sqlite_is_asked_holds_nothing_of_the_users_text_but_parameters(store: SqliteStore) -> None:
    index = SqliteIndex(store.connection)
    asked: list[str] = []
    index._reader().trace_v2(apsw.SQLITE_TRACE_STMT, lambda event: asked.append(event["sql"]))
    _found(index, 'canary* OR speaker:canary OR kind:"canary" OR title:canary', where={"outlet": "canary"})
    assert asked
    assert not any("canary" in statement for statement in asked)
    index.close()
