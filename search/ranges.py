"""Ranges of the query language: numbers and dates as closed intervals of integers. Pure.

A document's value may be a range itself ("over 200", "in May"): it matches when the two overlap.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from search.fields import HIGHEST, LOWEST, Field, FieldType, epoch_ms
from search.query import QueryError


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Values of `field` from `low` to `high`, both included; dates in epoch milliseconds."""

    field: Field
    low: int
    high: int


_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_NUMBER = re.compile(r"-?\d{1,15}")
_GROUPED = re.compile(r"(?<=\d)[,_](?=\d{3}(?!\d))")


def _start(year: int, month: int, day: int) -> int:
    return epoch_ms(datetime(year, month, day, tzinfo=UTC))


def _period(match: re.Match[str]) -> tuple[int, int]:
    """First and last millisecond of a year, month or day. Raises ValueError."""
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if not 1 <= year < 9999:
        raise ValueError(year)
    if month is None:
        return _start(year, 1, 1), _start(year + 1, 1, 1) - 1
    if day is None:
        return _start(year, month, 1), _start(year + month // 12, month % 12 + 1, 1) - 1
    first = _start(year, month, day)
    return first, first + 86_400_000 - 1


def _bounds(field: Field, text: str, column: int) -> tuple[int, int]:
    """Lowest and highest integer that the text stands for. Raises QueryError."""
    if field.type is FieldType.NUMBER:
        plain = _GROUPED.sub("", text)
        if not _NUMBER.fullmatch(plain):
            raise QueryError(column, f"{field.name} needs a whole number, such as {field.name}:>=200")
        return int(plain), int(plain)
    try:
        match = _DATE.fullmatch(text)
        if match:
            return _period(match)
        instant = datetime.fromisoformat(text)
        at = epoch_ms(instant if instant.tzinfo else instant.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        raise QueryError(column, f"{field.name} needs a date as 2024, 2024-01 or 2024-01-03") from None
    return at, at


def value_range(field: Field, text: str, column: int) -> Range:
    """`field:value`; `*` is any value at all."""
    low, high = (LOWEST, HIGHEST) if text == "*" else _bounds(field, text, column)
    return Range(field=field, low=low, high=high)


def comparison(field: Field, operator: str, text: str, column: int) -> Range:
    """`field:>value` and its kin."""
    low, high = _bounds(field, text, column)
    if operator.startswith(">"):
        return Range(field=field, low=low if operator == ">=" else high + 1, high=HIGHEST)
    return Range(field=field, low=LOWEST, high=high if operator == "<=" else low - 1)


def interval(field: Field, low: str, high: str, open_ends: tuple[bool, bool], column: int) -> Range:
    """`field:[low TO high]`, an end excluded where `open_ends` says so; `*` is no bound."""
    lowest = LOWEST if low == "*" else _bounds(field, low, column)[open_ends[0]] + open_ends[0]
    highest = HIGHEST if high == "*" else _bounds(field, high, column)[not open_ends[1]] - open_ends[1]
    if lowest > highest:
        raise QueryError(column, "the range ends before it starts")
    return Range(field=field, low=lowest, high=highest)
