"""What can be asked of the index, and what comes back. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from processors.errors import Reject


class QueryError(Reject):
    """The text is not in the query language, or the cursor or filter is not one of ours. `column` counts from 1, 0 for none."""

    def __init__(self, column: int, message: str) -> None:
        super().__init__("query", f"column {column}: {message}" if column else message)
        self.column = column
        self.message = message


class Collection(StrEnum):
    """Kinds of documents in the index."""

    ARTICLES = "articles"
    CLAIMS = "claims"
    EXCHANGES = "exchanges"
    DEVELOPMENTS = "developments"
    ALERTS = "alerts"
    DELIVERIES = "deliveries"
    SUBSCRIPTIONS = "subscriptions"
    DEAD_LETTERS = "dead_letters"
    COPIES = "copies"
    OUTCOMES = "outcomes"
    FEEDS = "feeds"


class Sort(StrEnum):
    """Order of hits; equal keys are ordered by id."""

    NEWEST = "newest"
    RELEVANCE = "relevance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One entry of the index. Of two with the same collection and id the one with the higher version stays."""

    collection: Collection
    id: str
    version: int
    #: Epoch milliseconds by which NEWEST sorts.
    at: int
    #: JSON-ready; what the API shows. Top-level strings, numbers and lists of strings can be filtered by `Query.where`.
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """`text` is in the query language (docs/reference/query-language.md); empty matches all. `where` are exact filters."""

    collection: Collection
    text: str = ""
    where: Mapping[str, str] = ()  # type: ignore[assignment]
    sort: Sort = Sort.NEWEST
    limit: int = 20
    #: `Page.next` of the page before.
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """A fragment of a field with the matches inside it, as half-open ranges of the fragment's code points."""

    field: str
    fragment: str
    matches: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One document found."""

    id: str
    body: Mapping[str, Any]
    score: float = 0.0
    highlights: tuple[Highlight, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Hits in order, the number of all matches, and the cursor of the next page (None on the last)."""

    hits: tuple[Hit, ...]
    total: int
    next: str | None = None


class Index(Protocol):
    """The searchable store of documents; writes are visible to the next read of the embedded index, and to reads
    after `refresh` of every index."""

    def apply(self, documents: Sequence[Document]) -> None:
        """Write the documents; an older version than the one held is ignored. Raises Retry when out of reach."""

    def refresh(self) -> None:
        """Make everything applied visible to search."""

    def get(self, collection: Collection, id: str) -> Mapping[str, Any] | None:  # noqa: A002
        """The body of one document."""

    def search(self, query: Query) -> Page:
        """Matching documents. Raises QueryError with the column for text that is not in the query language."""

    def counts(
        self, collection: Collection, field: str, where: Mapping[str, str] | None = None, *, text: str = ""
    ) -> Mapping[str, int]:
        """Number of documents by value of a string field of the body, of those that match `where` and `text`.

        Raises QueryError as `search` does.
        """

    def close(self) -> None:
        """Release what is held; may be called twice."""
