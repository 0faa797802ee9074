"""The cells of the fold, and the desk on which one call works on them.

Every key begins with the layout's number: a new layout starts from empty cells and is filled by a replay.

| key | holds |
| --- | --- |
| `4a<article>` | what the article's newest version says: its mentions and claimants |
| `4e<edition>` | number of articles that print the edition |
| `4m<mention>` | the cluster and the exchange to which a mention belongs |
| `4d<n>` `4v<n>` `4u<n>` `4s<…>` `4b<…>` | facts by day, month, publication, standing offer, numbers: candidates for a newcomer |
| `4c<cluster>` | a cluster: its mentions with their links, its claims, which exchanges it makes |
| `4t<exchange>` | an exchange as it was told last |
| `4x<exchange>` | the exchange's version counter, kept when the exchange ends |
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from processors.codec import decode, encode
from processors.model import ArticleId, Claimant, ClaimId, Exchange, ExchangeId, VersionId
from processors.ports import Changes
from processors.stages.corroboration.facts import Facts

T = TypeVar("T")

LAYOUT = "4"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCell:
    """The newest version of one article."""

    version_id: VersionId
    fetched_at: datetime
    edition: str
    #: Keys of its mentions, and the claimants of each.
    mentions: tuple[str, ...]
    claimants: tuple[tuple[Claimant, ...], ...]


class Place(NamedTuple):
    """Where a mention belongs."""

    cluster: str
    exchange: str


class Link(NamedTuple):
    """A mention that this one is recognised by."""

    points: float
    key: str


class Member(NamedTuple):
    """A mention inside its cluster."""

    key: str
    edition: str
    weight: int
    #: Numbers of the exchange, and the single days for which the mention gives them.
    ordinals: tuple[int, ...]
    numbered_on: tuple[int, ...] = ()
    links: tuple[Link, ...] = ()
    #: The mentions of its edition that may be one event with it after all.
    alike: tuple[str, ...] = ()
    #: The mention that this one is a part of, with its points, and the mentions that are parts of this one.
    whole: Link | None = None
    parts: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[int, str]:
        """Weightiest first: a mention is recognised by those before it."""
        return (-self.weight, self.key)


class Entry(NamedTuple):
    """A claim of a cluster."""

    published_at: datetime
    claim_id: ClaimId
    mention: str
    article_id: ArticleId
    fetched_at: datetime
    outlet: str
    #: Voice, kind and values: what is said, whoever prints it.
    statement: str


class Told(NamedTuple):
    """An exchange that a cluster makes, with its parent and its mentions in the order of their keys."""

    id: ExchangeId
    parent: ExchangeId | None
    mentions: tuple[str, ...]


class ClusterCell(NamedTuple):
    """Mentions that are connected by links; usually one exchange, several where articles tell them apart."""

    members: tuple[Member, ...]
    entries: tuple[Entry, ...]
    exchanges: tuple[Told, ...]


class Desk:
    """Cells read and written during one call; `changes` are those whose bytes became others."""

    def __init__(self, state: Mapping[str, bytes]) -> None:
        self._state = state
        self._values: dict[str, Any] = {}
        self._written: set[str] = set()

    def get(self, kind: type[T], key: str) -> T | None:
        """The cell as a value of type `kind`, None when there is none."""
        if key not in self._values:
            raw = self._state.get(key)
            self._values[key] = None if raw is None else decode(kind, raw)
        value: T | None = self._values[key]
        return value

    def put(self, key: str, value: object | None) -> None:
        """Write a cell; None deletes it."""
        self._values[key] = value
        self._written.add(key)

    def changes(self) -> Changes:
        """What to write: cells in the order of their keys."""
        found: dict[str, bytes | None] = {}
        for key in sorted(self._written):
            value = self._values[key]
            raw = None if value is None else encode(value)
            if raw != self._state.get(key):
                found[key] = raw
        return found

    def article(self, article_id: ArticleId) -> ArticleCell | None:
        """The article's cell."""
        return self.get(ArticleCell, f"{LAYOUT}a{article_id}")

    def put_article(self, article_id: ArticleId, cell: ArticleCell) -> None:
        """Write the article's cell."""
        self.put(f"{LAYOUT}a{article_id}", cell)

    def count_edition(self, edition: str, by: int) -> int:
        """Add to the number of articles that print the edition; the number after."""
        key = f"{LAYOUT}e{edition}"
        count = (self.get(int, key) or 0) + by
        self.put(key, count or None)
        return count

    def place(self, mention: str) -> Place | None:
        """Where the mention belongs."""
        return self.get(Place, f"{LAYOUT}m{mention}")

    def put_place(self, mention: str, place: Place | None) -> None:
        """Write where the mention belongs."""
        self.put(f"{LAYOUT}m{mention}", place)

    def bucket(self, name: str) -> tuple[Facts, ...]:
        """Facts filed under one stretch of days."""
        return self.get(tuple[Facts, ...], f"{LAYOUT}{name}") or ()

    def put_bucket(self, name: str, facts: tuple[Facts, ...]) -> None:
        """Write a bucket, kept in the order of keys so that its bytes do not depend on arrival."""
        self.put(f"{LAYOUT}{name}", tuple(sorted(facts)) or None)

    def cluster(self, key: str) -> ClusterCell | None:
        """A cluster."""
        return self.get(ClusterCell, f"{LAYOUT}c{key}")

    def put_cluster(self, key: str, cell: ClusterCell | None) -> None:
        """Write or delete a cluster."""
        self.put(f"{LAYOUT}c{key}", cell)

    def told(self, exchange_id: ExchangeId) -> Exchange | None:
        """The exchange as it was told last, None when it has ended."""
        return self.get(Exchange, f"{LAYOUT}t{exchange_id}")

    def put_told(self, exchange_id: ExchangeId, exchange: Exchange | None) -> None:
        """Write the exchange as told, None when it ends."""
        self.put(f"{LAYOUT}t{exchange_id}", exchange)

    def version(self, exchange_id: ExchangeId) -> int:
        """Version of the exchange that was told last, 0 before the first."""
        return self.get(int, f"{LAYOUT}x{exchange_id}") or 0

    def put_version(self, exchange_id: ExchangeId, version: int) -> None:
        """Write the version told."""
        self.put(f"{LAYOUT}x{exchange_id}", version)
