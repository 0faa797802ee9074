"""Request parameters to queries, for the JSON routes and the pages alike. Raises QueryError for what makes no sense. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from search.fields import FIELDS, FieldType, scalar
from search.language import parse
from search.query import Collection, Query, QueryError, Sort

MAX_LIMIT = 100
DEFAULT_LIMIT = 20
_RESERVED = frozenset({"q", "sort", "limit", "after", "since", "until"})
#: The date by which `since` and `until` narrow a collection.
_DATES: Mapping[Collection, str] = {
    Collection.ARTICLES: "published",
    Collection.CLAIMS: "published",
    Collection.EXCHANGES: "date",
    Collection.DEVELOPMENTS: "occurred",
    Collection.ALERTS: "occurred",
    Collection.DELIVERIES: "attempted",
    Collection.DEAD_LETTERS: "at",
    Collection.OUTCOMES: "at",
}
#: What is left out unless it is asked for: claims that a later version dropped, exchanges that became part of another.
_HIDDEN: Mapping[Collection, tuple[str, str]] = {
    Collection.CLAIMS: ("superseded", "false"),
    Collection.EXCHANGES: ("merged", "false"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A query and the parameters that it was made of, for links to it."""

    query: Query
    parameters: Mapping[str, str]


def filters(collection: Collection) -> Mapping[str, str]:
    """Names of the exact filters of a collection, with the key of the body that each compares."""
    return {
        name: entry.keys[0]
        for name, entry in FIELDS[collection].items()
        if entry.type in (FieldType.KEYWORD, FieldType.NAME)
    }


def ask(collection: Collection, given: Mapping[str, str], *, strict: bool = True) -> Asked:
    """The query that the parameters of a request mean: `q`, `sort`, `limit`, `after`, `since`, `until`, and filters.

    Empty values count as not given. An unknown parameter raises QueryError when `strict`, else it is left out.
    """
    names = filters(collection)
    told = {name: value.strip() for name, value in given.items() if value.strip()}
    unknown = sorted(set(told) - set(names) - _RESERVED)
    if unknown and strict:
        raise QueryError(
            0, f"unknown parameter {unknown[0]}; known are {', '.join(sorted({*names, *_RESERVED}))}"
        )
    told = {name: value for name, value in told.items() if name not in unknown}
    where = {names[name]: value for name, value in told.items() if name in names}
    hidden = _HIDDEN.get(collection)
    if hidden and hidden[0] not in where:
        where[hidden[0]] = hidden[1]
    text = told.get("q", "")
    query = Query(
        collection=collection,
        text=_narrowed(collection, text, told.get("since", ""), told.get("until", "")),
        where=where,
        sort=_sort(told.get("sort", ""), text),
        limit=_limit(told.get("limit", "")),
        after=told.get("after"),
    )
    return Asked(query=query, parameters=told)


def _narrowed(collection: Collection, text: str, since: str, until: str) -> str:
    """The text with the dates as one more condition."""
    if not (since or until):
        return text
    name = _DATES.get(collection)
    if name is None:
        raise QueryError(0, f"{collection} have no date to narrow by")
    dates = " ".join(f"{name}:{sign}{value}" for sign, value in ((">=", since), ("<=", until)) if value)
    for value in (since, until):
        if any(character.isspace() or character in '()"' for character in value):
            raise QueryError(0, f"{value!r} is not a date; write 2024-01-03, 2024-01 or 2024")
    parse(dates, collection)
    if not text:
        return dates
    # On its own first, so that an error's column is that of the text as it was typed.
    parse(text, collection)
    return f"({text}) {dates}"


def _sort(value: str, text: str) -> Sort:
    if not value:
        return Sort.RELEVANCE if text else Sort.NEWEST
    try:
        return Sort(value)
    except ValueError as error:
        raise QueryError(0, f"sort is {' or '.join(Sort)}, not {value[:40]!r}") from error


def _limit(value: str) -> int:
    if not value:
        return DEFAULT_LIMIT
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= MAX_LIMIT):
        raise QueryError(0, f"limit is a number from 1 to {MAX_LIMIT}, not {value[:40]!r}")
    return int(value)


def shown_filter(value: object) -> str:
    """A value of a body as a filter is written."""
    return scalar(value)
