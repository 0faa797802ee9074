"""A `Store` in memory, held to the same contract as SQLite (tests/contract)."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from processors.ports import Changes, Message, NewMessage, Store


@contextmanager
def undone(store: Store) -> Iterator[None]:
    """A transaction that fails at its end."""
    with suppress(ZeroDivisionError), store.transaction():
        yield
        raise ZeroDivisionError


class MemoryStore:
    """All of `Store`, durable for as long as the object lives."""

    def __init__(self) -> None:
        self._turn = threading.RLock()
        self._news = threading.Condition()
        self._appends = 0
        self._depth = 0
        self._appended = False
        self._topics: defaultdict[str, list[Message]] = defaultdict(list)
        self._offsets: dict[tuple[str, str], int] = {}
        self._cells: defaultdict[str, dict[str, bytes]] = defaultdict(dict)

    def append(self, messages: Sequence[NewMessage]) -> None:
        if not messages:
            return
        with self.transaction():
            for new in messages:
                offset = self.end(new.topic) + 1
                self._topics[new.topic].append(
                    Message(topic=new.topic, offset=offset, key=new.key, value=new.value)
                )
            self._appended = True

    def read(self, topic: str, *, after: int, limit: int) -> Sequence[Message]:
        with self._turn:
            return [m for m in self._topics[topic] if m.offset > after][:limit]

    def end(self, topic: str) -> int:
        with self._turn:
            return self._topics[topic][-1].offset if self._topics[topic] else 0

    def wait(self, seen: int, timeout_s: float) -> int:
        with self._news:
            self._news.wait_for(lambda: self._appends != seen, timeout_s)
            return self._appends

    def offset(self, consumer: str, topic: str) -> int:
        with self._turn:
            return self._offsets.get((consumer, topic), 0)

    def state(self, fold: str) -> Mapping[str, bytes]:
        return _Sorted(self, fold)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._turn:
            before = (_copied(self._topics, list), dict(self._offsets), _copied(self._cells, dict))
            self._depth += 1
            try:
                yield
            except BaseException:
                self._topics, self._offsets, self._cells = before
                raise
            finally:
                self._depth -= 1
            if self._depth == 0 and self._appended:
                self._appended = False
                with self._news:
                    self._appends += 1
                    self._news.notify_all()

    def commit_offset(self, consumer: str, topic: str, offset: int) -> None:
        with self.transaction():
            self._offsets[consumer, topic] = offset

    def put_state(self, fold: str, changes: Changes) -> None:
        with self.transaction():
            for name, value in changes.items():
                if value is None:
                    self._cells[fold].pop(name, None)
                else:
                    self._cells[fold][name] = value

    def close(self) -> None:
        pass


def _copied(parts: dict[str, Any], kind: Callable[[Any], Any]) -> defaultdict[str, Any]:
    return defaultdict(kind, {name: kind(part) for name, part in parts.items()})


class _Sorted(Mapping[str, bytes]):
    def __init__(self, store: MemoryStore, fold: str) -> None:
        self._store = store
        self._fold = fold

    def __getitem__(self, name: str) -> bytes:
        return self._store._cells[self._fold][name]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._store._cells[self._fold]))

    def __len__(self) -> int:
        return len(self._store._cells[self._fold])
