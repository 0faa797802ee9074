"""Ports: what the pure core and the two ends ask of the outside, as contracts.

One contract suite per port (tests/contract) runs on every implementation.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from processors.model import ArticleVersion, BySide, DateRange, Kind, Side

#: Now, aware UTC.
Clock = Callable[[], datetime]

#: State cells of a fold: `None` deletes a cell.
Changes = Mapping[str, bytes | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One record as a log holds it. `offset` grows within a topic and is not always consecutive."""

    topic: str
    offset: int
    key: str
    value: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """One record to be appended."""

    topic: str
    key: str
    value: bytes


class Journal(Protocol):
    """Append-only logs, one per topic."""

    def append(self, messages: Sequence[NewMessage]) -> None:
        """Append all or none; durable when it returns. Raises Retry when the log is out of reach, Stop when it is full."""

    def close(self) -> None:
        """Release what is held; may be called twice."""


class Store(Journal, Protocol):
    """A journal that can be read and that also keeps offsets and fold state: all an embedded runner needs."""

    def read(self, topic: str, *, after: int, limit: int) -> Sequence[Message]:
        """Up to `limit` messages with an offset greater than `after`, in order. Offsets start at 1."""

    def end(self, topic: str) -> int:
        """Offset of the last message of the topic, 0 when there is none."""

    def wait(self, seen: int, timeout_s: float) -> int:
        """Block until the number of appends that were committed is not `seen`, or the time is up. Returns the number.

        It counts this process' appends only, and starts at 0. May be called from any thread.
        """

    def offset(self, consumer: str, topic: str) -> int:
        """Last offset of the topic that the consumer has committed, 0 before the first."""

    def state(self, fold: str) -> Mapping[str, bytes]:
        """The fold's cells, read lazily: only the cells that are looked up are loaded. Iterates in the order of the names."""

    def transaction(self) -> AbstractContextManager[None]:
        """All that is done inside commits together with `synchronous=FULL`, or not at all.

        Inside another transaction of the same thread it is a savepoint: when it fails, only its own part is undone.
        Other threads wait until the outermost one ends.
        """

    def commit_offset(self, consumer: str, topic: str, offset: int) -> None:
        """Record that the consumer is done with everything up to `offset`."""

    def put_state(self, fold: str, changes: Changes) -> None:
        """Write and delete cells."""


_NONE = BySide()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A claim as a plug-in proposes it, before it is checked. The slots are those of `Claim`.

    `evidence` must occur in the article's text, character by character. Names are as the text writes them.
    """

    kind: Kind
    evidence: str
    #: None when the outlet speaks in its own voice.
    speaker: str | None = None
    speaker_side: Side | None = None
    via: tuple[str, ...] = ()
    actor: Side | None = None
    returned: BySide = _NONE
    bodies: BySide = _NONE
    #: `1:1`, `215:55`, `all:all`, in the order of the text.
    ratio: str | None = None
    ordinal: int | None = None
    mediators: tuple[str, ...] = ()
    date: DateRange | None = None
    stated: DateRange | None = None
    location: str | None = None
    background: bool = False


class Extractor(Protocol):
    """Proposes claims of an article beside our own rules: a plug-in of the entry point group `obmin.extractors`."""

    def extract(self, article: ArticleVersion) -> Sequence[Candidate]:
        """The candidates of one article: the same ones for the same article, in every process and run."""


class Sink(Protocol):
    """Where records end."""

    def apply(self, records: Iterable[object]) -> None:
        """Take the records; applying one twice changes nothing."""
