"""The folds' memory in a cluster: cells in this process, their changes in a log that the next owner reads."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from processors.ports import Journal, Message, NewMessage
from processors.runners.cells import Cells
from processors.topology import STATE_TOPIC, FoldStage


class Log(Journal, Protocol):
    """A journal with one writer at a time that can be read back."""

    def begin(self) -> None:
        """Become the writer; any other one can append no more."""

    def scan(self, topic: str, *, after: int = 0) -> Iterable[Message]:
        """The messages of a topic of one partition behind offset `after`."""


class Changelog:
    """The cells of all folds. `recover` before the first record and whenever another worker may have been the owner."""

    def __init__(self, log: Log, folds: Sequence[FoldStage]) -> None:
        self._log = log
        self._stored: dict[str, dict[str, bytes]] = {fold.name: {} for fold in folds}
        self._seen = 0
        self.cells: Mapping[str, Cells] = {name: Cells(stored) for name, stored in self._stored.items()}

    def recover(self) -> int:
        """Become the one writer and read what was written since; returns the number of changes read."""
        self._log.begin()
        read = 0
        for message in self._log.scan(STATE_TOPIC, after=self._seen):
            fold, _, name = message.key.partition("/")
            if fold in self._stored:
                self._put(fold, name, message.value)
            self._seen = message.offset
            read += 1
        for cells in self.cells.values():
            cells.forget()
        return read

    def commit(self, messages: Sequence[NewMessage]) -> None:
        """Append the records that a batch made and the changes of its cells, all or none."""
        changes = {name: cells.take() for name, cells in self.cells.items()}
        state = [
            NewMessage(topic=STATE_TOPIC, key=f"{fold}/{name}", value=value or b"")
            for fold, cells in changes.items()
            for name, value in cells.items()
        ]
        if messages or state:
            self._log.append([*messages, *state])
        for fold, cells in changes.items():
            for name, value in cells.items():
                self._put(fold, name, value or b"")

    def _put(self, fold: str, name: str, value: bytes) -> None:
        if value:
            self._stored[fold][name] = value
        else:
            self._stored[fold].pop(name, None)
