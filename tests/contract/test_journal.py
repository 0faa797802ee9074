"""What every Journal and Store promises, on each implementation."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.journal.sqlite import SqliteStore
from processors.ports import NewMessage, Store
from tests.fakes.journal import MemoryStore, undone


def _new(*values: str, topic: str = "captures") -> list[NewMessage]:
    return [NewMessage(topic=topic, key=value[:1], value=value.encode()) for value in values]


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened = MemoryStore() if request.param == "memory" else SqliteStore(tmp_path / "obmin.db")
    yield opened
    opened.close()


def _values(store: Store, topic: str = "captures", after: int = 0, limit: int = 100) -> list[str]:
    return [message.value.decode() for message in store.read(topic, after=after, limit=limit)]


def test_messages_are_read_in_the_order_of_appending(store: Store) -> None:
    store.append(_new("a", "b"))
    store.append(_new("c"))
    assert _values(store) == ["a", "b", "c"]
    assert [m.offset for m in store.read("captures", after=0, limit=10)] == [1, 2, 3]
    assert store.read("captures", after=0, limit=1)[0].key == "a"


@pytest.mark.parametrize(
    ("after", "limit", "expected"), [(0, 2, ["a", "b"]), (2, 9, ["c"]), (3, 9, []), (99, 9, []), (0, 0, [])]
)
def test_reading_starts_after_an_offset_and_ends_at_the_limit(
    store: Store, after: int, limit: int, expected: list[str]
) -> None:
    store.append(_new("a", "b", "c"))
    assert _values(store, after=after, limit=limit) == expected


def test_topics_are_separate_logs(store: Store) -> None:
    store.append([*_new("a"), *_new("x", topic="claims"), *_new("b")])
    assert (_values(store), _values(store, "claims")) == (["a", "b"], ["x"])
    assert (store.end("captures"), store.end("claims"), store.end("alerts")) == (2, 1, 0)


def test_a_topic_never_written_is_empty(store: Store) -> None:
    assert (_values(store, "alerts"), store.end("alerts"), store.offset("index", "alerts")) == ([], 0, 0)


def test_appending_nothing_is_allowed(store: Store) -> None:
    store.append([])
    assert store.end("captures") == 0


def test_any_bytes_and_any_key_survive(store: Store) -> None:
    value, key = bytes(range(256)) * 5000, "ключ\x00\n'\""
    store.append(
        [NewMessage(topic="captures", key=key, value=value), NewMessage(topic="captures", key="", value=b"")]
    )
    first, second = store.read("captures", after=0, limit=2)
    assert (first.key, first.value, second.key, second.value) == (key, value, "", b"")


def test_offsets_belong_to_a_consumer_and_a_topic(store: Store) -> None:
    store.commit_offset("index", "claims", 7)
    store.commit_offset("index", "claims", 9)
    store.commit_offset("folds", "claims", 3)
    assert [
        store.offset(*key) for key in (("index", "claims"), ("folds", "claims"), ("index", "articles"))
    ] == [9, 3, 0]


def test_cells_are_written_read_replaced_and_deleted(store: Store) -> None:
    state = store.state("dedupe")
    store.put_state("dedupe", {"b": b"1", "a": b"2", "c": b"3"})
    store.put_state("dedupe", {"a": b"", "c": None, "never": None})
    store.put_state("match", {"a": b"other"})
    assert dict(state) == {"a": b"", "b": b"1"}
    assert (list(state), len(state), state.get("c"), "b" in state, "c" in state) == (
        ["a", "b"],
        2,
        None,
        True,
        False,
    )


def test_what_a_transaction_does_is_kept_together(store: Store) -> None:
    with store.transaction():
        store.append(_new("a"))
        store.commit_offset("index", "captures", 1)
        store.put_state("dedupe", {"a": b"1"})
        assert (_values(store), store.offset("index", "captures"), store.state("dedupe")["a"]) == (
            ["a"],
            1,
            b"1",
        )
    assert (_values(store), store.offset("index", "captures"), store.state("dedupe")["a"]) == (["a"], 1, b"1")


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    store.append(_new("before"))
    with undone(store):
        store.append(_new("a"))
        store.append(_new("x", topic="claims"))
        store.commit_offset("index", "captures", 1)
        store.put_state("dedupe", {"a": b"1"})
    assert (_values(store), _values(store, "claims")) == (["before"], [])
    assert (store.offset("index", "captures"), dict(store.state("dedupe"))) == (0, {})
    store.append(_new("x", topic="claims"))
    assert _values(store, "claims") == ["x"]


def test_an_inner_transaction_that_fails_undoes_only_its_own(store: Store) -> None:
    with store.transaction():
        store.append(_new("outer"))
        with undone(store):
            store.append(_new("inner"))
            store.append(_new("x", topic="claims"))
        with store.transaction():
            store.append(_new("second"))
            store.append(_new("y", topic="claims"))
    assert (_values(store), _values(store, "claims")) == (["outer", "second"], ["y"])


def test_an_outer_transaction_that_fails_undoes_the_inner_one(store: Store) -> None:
    with undone(store), store.transaction():
        store.append(_new("inner"))
    assert _values(store) == []


def test_waiting_ends_at_once_when_something_was_appended_since(store: Store) -> None:
    seen = store.wait(-1, 0)
    store.append(_new("a"))
    assert store.wait(seen, 60) != seen


def test_waiting_ends_with_the_time_when_nothing_comes(store: Store) -> None:
    seen = store.wait(-1, 0)
    store.put_state("dedupe", {"a": b"1"})
    assert store.wait(seen, 0.01) == seen


def _run(*targets: Callable[[], None]) -> None:
    threads = [threading.Thread(target=target) for target in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()


def test_an_append_of_another_thread_wakes_the_one_that_waits(store: Store) -> None:
    seen = store.wait(-1, 0)
    woken: list[int] = []
    _run(lambda: woken.append(store.wait(seen, 60)), lambda: store.append(_new("a")))
    assert woken != [seen]


def test_appends_of_many_threads_all_arrive_each_in_its_own_order(store: Store) -> None:
    def appender(name: str) -> Callable[[], None]:
        return lambda: [store.append(_new(f"{name}{n}")) for n in range(50)] and None

    _run(*(appender(name) for name in "abcd"))
    values = _values(store, limit=1000)
    assert len(values) == 200
    for name in "abcd":
        assert [v for v in values if v[0] == name] == [f"{name}{n}" for n in range(50)]


def test_a_transaction_of_one_thread_holds_appends_of_another_out(store: Store) -> None:
    inside, done = threading.Event(), threading.Event()

    def slow() -> None:
        with store.transaction():
            store.append(_new("a"))
            inside.set()
            done.wait(0.05)
            store.append(_new("b"))

    def quick() -> None:
        inside.wait(60)
        store.append(_new("c"))
        done.set()

    _run(slow, quick)
    assert _values(store) == ["a", "b", "c"]


def test_closing_twice_is_allowed_and_loses_nothing(store: Store, tmp_path: Path) -> None:
    store.append(_new("a", "b"))
    store.close()
    store.close()
    again = SqliteStore(tmp_path / "obmin.db") if isinstance(store, SqliteStore) else store
    assert _values(again) == ["a", "b"]
    again.close()
