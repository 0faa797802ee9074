"""A fold's state as the runners hold it: changes of the record at hand over those of the batch over what is stored."""

from collections.abc import Iterator, Mapping

from processors.ports import Changes

#: Stored cells kept in memory between records; when they are more than this the memory is emptied. Their number is not
#: bounded but their size, since a cell may hold one fingerprint or a whole exchange.
_KEPT_BYTES = 32 << 20


class Cells(Mapping[str, bytes]):
    """What a fold sees as its state.

    `put` adds changes of the record at hand; `keep` makes them part of the batch, `drop` forgets them. `take` hands over
    the changes of the batch, to be written, and `forget` all that was not written, after a failure. Iterates in the
    order of the names, so that a fold that walks over its cells does the same in every run.
    """

    def __init__(self, stored: Mapping[str, bytes]) -> None:
        self._stored = stored
        self._known: dict[str, bytes | None] = {}
        self._known_bytes = 0
        self._batch: dict[str, bytes | None] = {}
        self._record: dict[str, bytes | None] = {}

    def put(self, changes: Changes) -> None:
        """Add changes of the record at hand."""
        self._record.update(changes)

    def keep(self) -> None:
        """The record went through: its changes count."""
        self._batch.update(self._record)
        self._record.clear()

    def drop(self) -> None:
        """The record was refused: its changes are undone."""
        self._record.clear()

    def take(self) -> Changes:
        """The changes of the batch, each cell once; the next batch starts empty."""
        changes, self._batch = self._batch, {}
        for name, value in changes.items():
            self._know(name, value)
        return changes

    def forget(self) -> None:
        """A transaction failed: believe nothing but what is stored."""
        self._record.clear()
        self._batch.clear()
        self._known.clear()
        self._known_bytes = 0

    def _know(self, name: str, value: bytes | None) -> None:
        if self._known_bytes > _KEPT_BYTES:
            self._known.clear()
            self._known_bytes = 0
        self._known[name] = value
        self._known_bytes += len(name) + len(value or b"") + 100

    def __getitem__(self, name: str) -> bytes:
        for layer in (self._record, self._batch, self._known):
            if name in layer:
                value = layer[name]
                break
        else:
            value = self._stored.get(name)
            self._know(name, value)
        if value is None:
            raise KeyError(name)
        return value

    def __iter__(self) -> Iterator[str]:
        changed = {**self._batch, **self._record}
        names = {name for name in self._stored if name not in changed}
        names.update(name for name, value in changed.items() if value is not None)
        return iter(sorted(names))

    def __len__(self) -> int:
        return sum(1 for _ in self)
