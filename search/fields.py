"""What of a document can be searched, and under which names: the one table that both backends and the parser read. Pure.

A document's body (`search.mapping`) becomes a `View`: texts that are stemmed, keywords, and ranges of numbers. A backend
stores the view; a query is compiled against it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from processors.model import Language
from search.analysis import fold, words
from search.query import Collection, Document, QueryError

#: Longest value that can be filtered by; longer ones are shown but not found.
LONGEST_KEYWORD = 200

#: Keyword of every document, and the field under which the words of all names are found.
ALL = "all~"
ANY = "any"

#: Bounds that stand for "no bound" in a range.
LOWEST, HIGHEST = -(2**53), 2**53


class FieldType(StrEnum):
    """How the values of a field are compared."""

    #: Stemmed words of a text.
    TEXT = "text"
    #: Words as they are: `speaker:lubinets` finds "Dmytro Lubinets".
    NAME = "name"
    #: The whole value, any case.
    KEYWORD = "keyword"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A searchable field: its canonical name in the query language and the keys of the body that it reads."""

    name: str
    type: FieldType
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A stemmed text of a document: `column` is `title` or `text`, `key` the body's key that highlights name."""

    column: str
    key: str
    language: Language
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a backend indexes of one document."""

    texts: tuple[Text, ...]
    #: `kind=denial` for exact filters, `kind~denial` (folded) for the query language, `any~word` for words without a field.
    keywords: frozenset[str]
    #: (field, lowest, highest), inclusive; dates as milliseconds.
    ranges: frozenset[tuple[str, int, int]]


ALIASES: Mapping[str, str] = {
    "lang": "language",
    "side": "speaker_side",
    "mediator": "mediators",
    "evidence": "text",
    "quote": "text",
    "label": "title",
    "name": "title",
    "headline": "title",
}


def _field(kind: FieldType, *names: str) -> dict[str, Field]:
    return {name: Field(name=name, type=kind, keys=(name,)) for name in names}


def _reads(kind: FieldType, name: str, *keys: str) -> dict[str, Field]:
    return {name: Field(name=name, type=kind, keys=keys)}


def _range(name: str, kind: FieldType, low: str, high: str) -> dict[str, Field]:
    return _reads(kind, name, low, high)


_TEXTS = _field(FieldType.TEXT, "title", "text")
_PUBLISHED = _range("published", FieldType.DATE, "published_at", "published_at")
_COUNTS = {
    **_range("ua", FieldType.NUMBER, "ua_min", "ua_max"),
    **_range("ru", FieldType.NUMBER, "ru_min", "ru_max"),
    **_range("ua_bodies", FieldType.NUMBER, "ua_bodies_min", "ua_bodies_max"),
    **_range("ru_bodies", FieldType.NUMBER, "ru_bodies_min", "ru_bodies_max"),
}
_EVENT_DATE = _range("date", FieldType.DATE, "date_start", "date_end")
_CLAIM = {
    **_TEXTS,
    **_PUBLISHED,
    **_COUNTS,
    **_EVENT_DATE,
    **_range("stated", FieldType.DATE, "stated_start", "stated_end"),
    **_range("ordinal", FieldType.NUMBER, "ordinal", "ordinal"),
    **_field(FieldType.NAME, "outlet", "via", "mediators", "location", "url"),
    **_reads(FieldType.NAME, "speaker", "speaker", "speaker_id"),
    **_field(FieldType.KEYWORD, "kind", "language", "speaker_side", "speaker_id", "actor", "background"),
    **_field(FieldType.KEYWORD, "ratio", "flags", "id"),
}  # fmt: skip

FIELDS: Mapping[Collection, Mapping[str, Field]] = {
    Collection.ARTICLES: {
        **_TEXTS,
        **_PUBLISHED,
        **_range("fetched", FieldType.DATE, "fetched_at", "fetched_at"),
        **_field(FieldType.NAME, "outlet", "author", "url"),
        **_field(FieldType.KEYWORD, "language", "date_provenance", "id"),
    },
    Collection.CLAIMS: {**_CLAIM, **_field(FieldType.KEYWORD, "superseded")},
    Collection.EXCHANGES: {
        **_TEXTS,
        **_COUNTS,
        **_EVENT_DATE,
        **_range("updated", FieldType.DATE, "updated_at", "updated_at"),
        **_range("ordinal", FieldType.NUMBER, "ordinal", "ordinal"),
        **_range("claimants", FieldType.NUMBER, "claimant_count", "claimant_count"),
        **_field(FieldType.NAME, "mediators"),
        **_reads(FieldType.NAME, "speaker", "speakers", "speaker_ids"),
        **_reads(FieldType.NAME, "outlet", "outlets"),
        **_reads(FieldType.KEYWORD, "kind", "kinds"),
        **_reads(FieldType.KEYWORD, "speaker_side", "sides"),
        **_reads(FieldType.KEYWORD, "language", "languages"),
        **_field(FieldType.KEYWORD, "disputed", "merged", "id"),
    },
    Collection.DEVELOPMENTS: {
        **_CLAIM,
        **_range("occurred", FieldType.DATE, "occurred_at", "occurred_at"),
        **_field(FieldType.KEYWORD, "type", "exchange_id"),
    },
    Collection.ALERTS: {
        **_CLAIM,
        **_range("occurred", FieldType.DATE, "occurred_at", "occurred_at"),
        **_field(FieldType.KEYWORD, "type", "exchange_id", "subscription_id"),
    },
    Collection.DELIVERIES: {
        **_TEXTS,
        **_range("attempted", FieldType.DATE, "attempted_at", "attempted_at"),
        **_range("attempt", FieldType.NUMBER, "attempt", "attempt"),
        **_range("response_status", FieldType.NUMBER, "response_status", "response_status"),
        **_field(FieldType.KEYWORD, "status", "alert_id", "subscription_id", "id"),
    },
    Collection.SUBSCRIPTIONS: {
        **_TEXTS,
        **_range("created", FieldType.DATE, "created_at", "created_at"),
        **_field(FieldType.NAME, "url"),
        **_field(FieldType.KEYWORD, "active", "id"),
    },
    Collection.DEAD_LETTERS: {
        **_TEXTS,
        **_range("at", FieldType.DATE, "at", "at"),
        **_field(FieldType.NAME, "url", "outlet"),
        **_field(FieldType.KEYWORD, "stage", "topic", "reason", "status", "id"),
    },
    Collection.COPIES: {
        **_field(FieldType.NAME, "outlet", "original_outlet"),
        **_field(FieldType.KEYWORD, "article_id", "original_id", "version_id"),
        **_range("distance", FieldType.NUMBER, "distance", "distance"),
    },
    Collection.OUTCOMES: {
        **_range("at", FieldType.DATE, "at", "at"),
        **_field(FieldType.NAME, "url", "outlet"),
        **_field(FieldType.KEYWORD, "status", "reason"),
    },
    Collection.FEEDS: {
        **_TEXTS,
        **_range("due", FieldType.DATE, "due_at", "due_at"),
        **_range("polled", FieldType.DATE, "polled_at", "polled_at"),
        **_range("failures", FieldType.NUMBER, "failures", "failures"),
        **_field(FieldType.NAME, "feed_url", "outlet"),
        **_field(FieldType.KEYWORD, "error", "paused"),
    },
}

#: The body's keys of the two text columns. An exchange has a text for each claimant.
_TEXT_KEYS: Mapping[Collection, tuple[str, str]] = {
    Collection.ARTICLES: ("title", "text"),
    Collection.CLAIMS: ("title", "evidence"),
    Collection.EXCHANGES: ("label", ""),
    Collection.DEVELOPMENTS: ("title", "evidence"),
    Collection.ALERTS: ("title", "evidence"),
    Collection.DELIVERIES: ("", "error"),
    Collection.SUBSCRIPTIONS: ("name", "text"),
    Collection.DEAD_LETTERS: ("", "detail"),
    Collection.COPIES: ("", ""),
    Collection.OUTCOMES: ("", ""),
    Collection.FEEDS: ("", "error_detail"),
}
_NOT_KEYWORDS = frozenset(
    ("text", "evidence", "title", "label", "explanation", "detail", "error_detail", "payload", "fingerprint")
)


#: Of these no field reads a keyword or a name: texts, and the rows of an exchange, whose values stand in its own lists.
_UNREAD = _NOT_KEYWORDS | {"claimants", "verdicts"}


def field(collection: Collection, name: str) -> Field | None:
    """The field that a name or alias means in a collection, None for an unknown one."""
    fields = FIELDS[collection]
    lowered = name.lower()
    return fields.get(lowered) or fields.get(ALIASES.get(lowered, lowered))


def check_filters(where: Mapping[str, str]) -> None:
    """Raise QueryError for a filter that no document could have."""
    for name, value in where.items():
        if not name.isidentifier():
            raise QueryError(0, f"{name!r} is no field")
        if len(value) > LONGEST_KEYWORD:
            raise QueryError(0, f"the value for {name} is longer than {LONGEST_KEYWORD} characters")


def scalar(value: object) -> str:
    """A filterable value as `Query.where` writes it: booleans as `true` and `false`."""
    return str(value).lower() if isinstance(value, bool) else str(value)


@lru_cache(maxsize=20_000)
def milliseconds(value: str, *, end: bool = False) -> int:
    """Epoch milliseconds of an ISO 8601 instant, or of the first (`end`: last) millisecond of a date."""
    if len(value) == 10:
        start = datetime.combine(date.fromisoformat(value), datetime.min.time(), UTC)
        return epoch_ms(start + timedelta(days=1)) - 1 if end else epoch_ms(start)
    return epoch_ms(datetime.fromisoformat(value))


def epoch_ms(instant: datetime) -> int:
    """Whole milliseconds since 1970, exact."""
    return (instant - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def _values(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, int | float):
        return [scalar(value)]
    if isinstance(value, list | tuple):
        return [scalar(item) for item in value if isinstance(item, str | int)]
    return []


@dataclass(frozen=True, slots=True, eq=False)
class _Reads:
    """The keyword fields and the name fields that read a key of a body; one object for the collections that agree."""

    key: str
    keywords: tuple[str, ...]
    names: tuple[str, ...]


def _fields_of(collection: Collection, key: str, kind: FieldType) -> tuple[str, ...]:
    return tuple(f.name for f in FIELDS[collection].values() if f.type is kind and key in f.keys)


@cache
def _interned(key: str, keywords: tuple[str, ...], names: tuple[str, ...]) -> _Reads:
    return _Reads(key, keywords, names)


_READ_BY: Mapping[Collection, Mapping[str, _Reads]] = {
    collection: {
        key: _interned(
            key,
            _fields_of(collection, key, FieldType.KEYWORD),
            _fields_of(collection, key, FieldType.NAME),
        )
        for entry in FIELDS[collection].values()
        if entry.type in {FieldType.KEYWORD, FieldType.NAME}
        for key in entry.keys
    }
    for collection in Collection
}
#: Name, keys of the lower and the upper bound and whether they are dates, of the range fields of a collection.
_RANGES: Mapping[Collection, tuple[tuple[str, str, str, bool], ...]] = {
    collection: tuple(
        (entry.name, entry.keys[0], entry.keys[1], entry.type is FieldType.DATE)
        for entry in FIELDS[collection].values()
        if entry.type in {FieldType.NUMBER, FieldType.DATE}
    )
    for collection in Collection
}


@lru_cache(maxsize=4_096)
def of_value(reads: _Reads, value: str) -> frozenset[str]:
    """The keywords of a value that fields read. Kept, since outlets, speakers, claims come again; benchmarks empty it."""
    found = set[str]()
    if len(value) <= LONGEST_KEYWORD:
        folded = fold(value)
        found.add(f"{reads.key}={value}")
        found.update([f"{name}~{folded}" for name in reads.keywords])
    for name in reads.names:
        for word in words(value):
            found.add(f"{name}~{word}")
            found.add(f"{ANY}~{word}")
    return frozenset(found)


def _keywords(collection: Collection, body: Mapping[str, Any]) -> set[str]:
    """Sixty for a document of the demo."""
    found = {ALL}
    read_by = _READ_BY[collection]
    for key, value in body.items():
        if value is None or key in _UNREAD:
            continue
        reads = read_by.get(key)
        for item in (value,) if isinstance(value, str) and value else _values(value):
            if reads is not None:
                found |= of_value(reads, item)
            elif len(item) <= LONGEST_KEYWORD:
                found.add(f"{key}={item}")
    return found


def _bounds(collection: Collection, body: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []
    for name, low_key, high_key, dated in _RANGES[collection]:
        low, high = body.get(low_key), body.get(high_key)
        if low is None and high is None:
            continue
        if dated:
            low = LOWEST if low is None else milliseconds(low)
            high = HIGHEST if high is None else milliseconds(high, end=True)
        else:
            low = LOWEST if low is None else int(low)
            high = HIGHEST if high is None else int(high)
        found.append((name, low, high))
    return found


def _claimants(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The rows of an exchange, empty for any other document."""
    rows = body.get("claimants")
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def texts(collection: Collection, body: Mapping[str, Any]) -> Iterator[Text]:
    """The stemmed texts of a document."""
    language = Language(body.get("language") or Language.OTHER)
    for column, key in zip(("title", "text"), _TEXT_KEYS[collection], strict=True):
        if body.get(key):
            yield Text(column=column, key=key, language=language, value=str(body[key]))
    for row in _claimants(body):
        yield Text(column="text", key="evidence", language=Language(row["language"]), value=row["evidence"])


def view(document: Document) -> View:
    """What can be searched of a document."""
    body, collection = document.body, document.collection
    ranges = _bounds(collection, body)
    for row in _claimants(body):
        ranges += _bounds(collection, row)
    return View(
        texts=tuple(texts(collection, body)),
        keywords=frozenset(_keywords(collection, body)),
        ranges=frozenset(ranges),
    )
