"""What a date of a text is, which of several to trust, and how two that are joined become a range."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from processors.model import DateRange, Precision, Span
from processors.stages.extraction.days.calendar_ranges import day_to_day, exists
from processors.stages.extraction.days.calendar_words import Token


class Basis(StrEnum):
    """What in the text the date rests on."""

    EXPLICIT = "explicit"
    WEEKDAY = "weekday"
    #: "On Orthodox Christmas Eve", which writers stretch by a day or two.
    HOLIDAY = "holiday"
    RELATIVE = "relative"
    #: "Overnight": of what happened in the night before the text, not of what was said then.
    NIGHT = "night"
    #: "The day before", "the same day": counted from the date named last, else from the publication.
    ANAPHORIC = "anaphoric"
    MONTH = "month"
    #: "At the beginning of May", "mid-May", "in late May": the month, and which part of it.
    EARLY = "early"
    MIDDLE = "middle"
    LATE = "late"
    #: "Травневий обмін", "the Easter swap": the month or the feast as an adjective.
    EPITHET = "epithet"
    SEASON = "season"
    YEAR = "year"
    #: "Since February 2022": where something began, not when it happened.
    SINCE = "since"


#: Most trusted first (`preferred`).
_TRUST = tuple(Basis)


@dataclass(slots=True, kw_only=True)
class DateMention:
    """A date of the text. `day_named` when one single day is meant; `year_named` when the text has the year too."""

    span: Span
    date: DateRange
    basis: Basis
    day_named: bool
    year_named: bool = False


@dataclass(slots=True)
class Found:
    """A mention with the first and last of its tokens, while neighbours may still be joined into a range."""

    mention: DateMention
    first: int
    last: int


def preferred(mentions: Iterable[DateMention]) -> DateMention | None:
    """The mention to trust where several date one thing: an explicit day, then a weekday, a relative day, the rest."""
    usable = [mention for mention in mentions if mention.basis is not Basis.SINCE]
    return min(usable, key=lambda m: (not m.day_named, _TRUST.index(m.basis), m.span.start), default=None)


def joined(found: Sequence[Found], tokens: Sequence[Token], letters: str) -> list[Found]:
    """Neighbours with "to", a dash, or "between … and" made into ranges."""
    whole: list[Found] = []
    for item in found:
        if whole and whole[-1].mention.basis is Basis.SINCE and _goes_on(whole[-1], item, letters):
            item.mention.basis = Basis.SINCE
        pair = _pair(whole[-1], item, tokens, letters) if whole else None
        if pair is None:
            whole.append(item)
        else:
            whole[-1] = pair
    return whole


def _pair(left: Found, right: Found, tokens: Sequence[Token], letters: str) -> Found | None:
    gap = letters[left.last + 1 : right.first].replace("A", "").replace(",", "")
    lead = letters[left.first - 1] if left.first else ""
    first, last = left.mention, right.mention
    both = "&" in letters[max(0, left.first - 2) : left.first]  # "И в феврале, и в марте".
    apart = "," in letters[left.last + 1 : right.first] and not both
    gap = "o" if gap == "&o" and lead == "f" else gap  # "From August and until January".
    bare = gap.removesuffix("p")
    if bare == "&" and lead != "b" and (apart or not _in_a_row(first, last)):
        return None
    if bare not in {"-", "o", "&"} or bare not in {gap, "&"} or (gap == "o" and lead != "f"):
        return None
    start_on, end_on = first.date.start_on, last.date.end_on
    if last.year_named and not first.year_named:
        start_on = _with_year(start_on, end_on)
    if (
        start_on >= end_on
        or last.date.precision is Precision.RANGE
        or first.date.precision is Precision.RANGE
    ):
        return None
    head = left.first - (1 if lead in {"f", "b"} else 0)
    mention = replace(
        first,
        span=Span(start=tokens[head].start, end=last.span.end),
        date=replace(
            day_to_day(start_on, end_on),
            from_month=first.date.precision is Precision.MONTH,
            to_month=last.date.precision is Precision.MONTH,
        ),
        basis=last.basis if last.basis is not Basis.SINCE else Basis.EXPLICIT,
        day_named=False,
        year_named=last.year_named,
    )
    return Found(mention, head, right.last)


def _goes_on(left: Found, right: Found, letters: str) -> bool:
    """ "Held since 2014, 2016 and 2017": all the years of a row are those in which something began."""
    alike = left.mention.date.precision is right.mention.date.precision is Precision.YEAR
    return alike and set(letters[left.last + 1 : right.first]) <= set(",&piY")


def _in_a_row(first: DateMention, last: DateMention) -> bool:
    """ "On Thursday and on Friday", "late June and early July": days or months in a row are a range."""
    alike = first.date.precision is last.date.precision and first.date.precision in _JOINED
    return alike and last.date.start_on - first.date.end_on == timedelta(days=1)


_JOINED = frozenset((Precision.DAY, Precision.MONTH))


def moved(mention: DateMention, by: int) -> DateMention:
    """The mention so many places further in the text."""
    return replace(mention, span=Span(start=mention.span.start + by, end=mention.span.end + by))


def _with_year(start_on: date, end_on: date) -> date:
    year = end_on.year if (start_on.month, start_on.day) <= (end_on.month, end_on.day) else end_on.year - 1
    return start_on.replace(year=year) if exists(year, start_on.month, start_on.day) else start_on
