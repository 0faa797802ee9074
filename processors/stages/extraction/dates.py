"""Dates in a text, resolved against its publication date with the precision that the text supports.

Every word gets a class letter from the lexicon (M month, W weekday, D day of the month, …); the patterns are regular
expressions over these letters and the same for all languages. What is not written down is not invented: "in the coming
days" is no date, "in August" is a month.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from processors.model import DateRange, Language, Precision, Span
from processors.stages.extraction import calendar_words as words
from processors.stages.extraction.calendar_words import Token

_NEAR_FUTURE_DAYS = 45
_FIRST, _LAST = date(1900, 1, 1), date(2099, 12, 31)


class Basis(StrEnum):
    """What in the text the date rests on."""

    EXPLICIT = "explicit"
    WEEKDAY = "weekday"
    RELATIVE = "relative"
    #: "The day before", "the same day": counted from the date named last, else from the publication.
    ANAPHORIC = "anaphoric"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    #: "Since February 2022": where something began, not when it happened.
    SINCE = "since"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date of the text. `day_named` when one single day is meant; `year_named` when the text has the year too."""

    span: Span
    date: DateRange
    basis: Basis
    day_named: bool
    year_named: bool = False


#: Patterns over class letters; the leftmost match counts, and at one place the first alternative.
_PATTERN = re.compile(
    r"(?P<numeric>F)"
    r"|(?P<days>(?P<days_lead>[fb])?n?D(?P<days_join>[-o&])n?DO?M(?:(?=,?[YZ]|[pi]?[LHX]y),?(?:[YZ]y?|[pi]?[LHX]y))?)"
    r"|(?P<mdays>M\.?D[-o&](?:D)(?!M)(?:,?Y(?!n))?)"
    r"|(?P<day>n?-?DO?M\.?(?:,?[YZ]y?|[pi]?[LHX]y)?)"
    r"|(?P<mday>(?<!i)M\.?D(?![MD%])(?:,?Y)?)"
    r"|(?P<weekweek>W(?:[,pOA])*(?P<week_side>[LHX])u)"
    r"|(?P<weekbefore>(?P<week_side2>[LHX])u,?p?i?W)"
    r"|(?P<weekday>[LHX]?W)"
    r"|(?P<today>t)"
    r"|(?P<context>c)"
    r"|(?P<ago>(?:[nDA]A?)?[uy]a)"
    r"|(?P<month>(?:[LHX]|e-?(?:[OA])*)?M\.?(?:[O,]?[YZ]y?|[pi]?[LHX]y)?)"
    r"|(?P<season>[LHX]?S(?:O?[YZ]y?|[pi]?[LHX]y)?)"
    r"|(?P<unit>(?:e(?:[OA])*)?[LHX][uy])"
    r"|(?P<year>(?:e-?[OA]*)[YZ]y?|(?<=[pifobO&])Yy?|Yy|(?<=[YSM]-)Y|Z)"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A mention with the tokens it covers, while neighbours may still be joined into a range."""

    mention: DateMention
    first: int
    last: int


def find_dates(
    text: str, span: Span, *, published_on: date, language: Language, anchor: date | None = None
) -> tuple[DateMention, ...]:
    """The dates inside `span`, in order; `published_on` is local. `anchor` is the day that an earlier sentence named."""
    tokens, letters = words.classify(text, span, language)
    if not letters.strip("xnDpifo&bA,.-OLHXuyesa"):
        if not re.search(r"[LHX][uy]|[uy]a", letters):
            return ()
    resolver = _Resolver(text, span, tokens, letters, published_on, anchor)
    found = [item for match in _PATTERN.finditer(letters) for item in resolver.read(match)]
    return tuple(item.mention for item in _joined(found, tokens, letters))


def preferred(mentions: Iterable[DateMention]) -> DateMention | None:
    """The mention to trust where several date one thing: an explicit day, then a weekday, a relative day, the rest."""
    order = [Basis.EXPLICIT, Basis.WEEKDAY, Basis.RELATIVE, Basis.ANAPHORIC, Basis.MONTH, Basis.SEASON, Basis.YEAR]
    usable = [mention for mention in mentions if mention.basis is not Basis.SINCE]
    return min(usable, key=lambda m: (not m.day_named, order.index(m.basis), m.span.start), default=None)


class _Resolver:
    def __init__(
        self, text: str, span: Span, tokens: Sequence[Token], letters: str, published_on: date, anchor: date | None
    ) -> None:
        self._text, self._span, self._tokens, self._letters = text, span, tokens, letters
        self._on = published_on
        self._anchor = anchor
        self._previous_end = span.start

    def read(self, match: re.Match[str]) -> list[_Found]:
        """The mentions of one match: none where the words make no date (31 February), two for "3 and 5 May"."""
        tokens = self._tokens[match.start() : match.end()]
        reader = getattr(self, f"_{match.lastgroup if match.lastgroup in _READERS else self._kind(match)}")
        try:
            ranges = reader(tokens, match)
        except (ValueError, OverflowError):
            return []
        found = []
        for resolved, basis in ranges:
            found.append(self._mention(match, tokens, resolved, basis))
            if resolved.precision is Precision.DAY:
                self._anchor = resolved.start_on
        self._previous_end = tokens[-1].end
        return found

    @staticmethod
    def _kind(match: re.Match[str]) -> str:
        return next(name for name in _READERS if match.group(name) is not None)

    def _mention(
        self, match: re.Match[str], tokens: Sequence[Token], resolved: DateRange, basis: Basis
    ) -> _Found:
        before = self._tokens[match.start() - 1] if match.start() else None
        if before is not None and before.letter == "A" and match.start() > 1:
            before = self._tokens[match.start() - 2]
        if before is not None and before.since and basis is not Basis.ANAPHORIC:
            basis = Basis.SINCE
        mention = DateMention(
            span=Span(start=tokens[0].start, end=tokens[-1].end),
            date=resolved,
            basis=basis,
            day_named=resolved.precision is Precision.DAY,
            year_named=any(token.letter in "YFZ" for token in tokens) or bool(re.search("[LHX]y", match.group())),
        )
        return _Found(mention, match.start(), match.end() - 1)

    # readers, one a pattern

    def _numeric(self, tokens: Sequence[Token], _match: re.Match[str]) -> list[tuple[DateRange, Basis]]:
        return [(_day(date(*tokens[0].parts)), Basis.EXPLICIT)]

    def _day(self, tokens: Sequence[Token], _match: re.Match[str]) -> list[tuple[DateRange, Basis]]:
        return [(_day(self._on_day(tokens, _day_number(tokens), _first(tokens, "M"))), Basis.EXPLICIT)]

    _mday = _day

    def _days(self, tokens: Sequence[Token], match: re.Match[str]) -> list[tuple[DateRange, Basis]]:
        split = next(i for i, token in enumerate(tokens) if token.letter in "-o&" and i)
        month = _first(tokens, "M")
        last = self._on_day(tokens, _day_number(tokens[split:]), month)
        first = last.replace(day=_day_number(tokens[:split]))
        listed = tokens[split].letter == "&" and tokens[0].letter != "b"
        if listed and abs((last - first).days) != 1:
            return [(_day(first), Basis.EXPLICIT), (_day(last), Basis.EXPLICIT)]
        if first >= last:
            return [(_day(last), Basis.EXPLICIT)]
        return [(_range(first, last), Basis.EXPLICIT)]

    _mdays = _days

    def _weekweek(self, tokens: Sequence[Token], match: re.Match[str]) -> list[tuple[DateRange, Basis]]:
        unit = _token(tokens, "u")
        if unit.unit != "week":
            raise ValueError
        shift = {"L": -7, "H": 0, "X": 7}[_token(tokens, "LHX").letter]
        monday = self._on - timedelta(days=self._on.weekday()) + timedelta(days=shift)
        return [(_day(monday + timedelta(days=_first(tokens, "W") - 1)), Basis.WEEKDAY)]

    _weekbefore = _weekweek

    def _weekday(self, tokens: Sequence[Token], _match: re.Match[str]) -> list[tuple[DateRange, Basis]]:
        wanted = _first(tokens, "W") - 1
        back = (self._on.weekday() - wanted) % 7
        which = tokens[0].letter
        if which == "X" or (which != "L" and back and self._future(tokens)):
            return [(_day(self._on + timedelta(days=7 - back)), Basis.WEEKDAY)]
        if which == "L" and back == 0:
            back = 7
        return [(_day(self._on - timedelta(days=back)), Basis.WEEKDAY)]

    def _today(self, tokens: Sequence[Token], _match: re.Match[str]) -> list[tuple[DateRange, Basis]]:
        return [(_day(self._on + timedelta(days=tokens[0].value)), Basis.RELATIVE)]

    def _context(self, tokens: Sequence[Token], _match: re.Match[str]) -> list[tuple[DateRange, Basis]]:
        return [(_day((self._anchor or self._on) + timedelta(days=tokens[0].value)), Basis.ANAPHORIC)]

    def _ago(self, tokens: Sequence[Token], _match: re.Match[str]) -> list[tuple[DateRange, Basis]]:
        number = next((token.value for token in tokens if token.letter in "nD"), 1)
        unit = _token(tokens, "uy").unit
        if unit == "day":
            return [(_day(self._on - timedelta(days=number)), Basis.RELATIVE)]
        if unit == "month":
            return [(_month(*_months_on(self._on, -number)), Basis.RELATIVE)]
        if unit == "year":
            return [(_year(self._on.year - number), Basis.RELATIVE)]
        weeks = number * (2 if unit == "fortnight" else 1)
        monday = self._on - timedelta(days=self._on.weekday() + 7 * weeks)
        return [(_range(monday, monday + timedelta(days=6)), Basis.RELATIVE)]

    def _unit(self, tokens: Sequence[Token], _match: re.Match[str]) -> list[tuple[DateRange, Basis]]:
        shift = {"L": -1, "H": 0, "X": 1}[_token(tokens, "LHX").letter]
        unit = tokens[-1].unit
        if unit == "month":
            return [(_month(*_months_on(self._on, shift)), Basis.RELATIVE)]
        if unit == "year":
            return [(_year(self._on.year + shift), Basis.RELATIVE)]
        monday = self._on + timedelta(days=7 * shift - self._on.weekday())
        if unit == "weekend":
            saturday = self._on - timedelta(days=(self._on.weekday() + 2) % 7 or (7 if shift < 0 else 0))
            saturday = saturday + timedelta(days=7) if shift > 0 else saturday
            return [(_range(saturday, saturday + timedelta(days=1)), Basis.RELATIVE)]
        if unit != "week":
            raise ValueError
        return [(_range(monday, monday + timedelta(days=6)), Basis.RELATIVE)]

    def _month(self, tokens: Sequence[Token], _match: re.Match[str]) -> list[tuple[DateRange, Basis]]:
        month, year = _first(tokens, "M"), self._year_named(tokens)
        if year is None:
            year = self._on.year
            lead = tokens[0].letter
            if lead == "L":
                year -= 1 if month >= self._on.month or tokens[0].value else 0
            elif lead == "X" or (lead != "H" and self._future(tokens)):
                year += 1 if month < self._on.month or (lead == "X" and month == self._on.month) else 0
            elif lead != "H":
                year -= 1 if month > self._on.month else 0
        return [(_month(year, month), Basis.MONTH)]

    def _season(self, tokens: Sequence[Token], _match: re.Match[str]) -> list[tuple[DateRange, Basis]]:
        start_month, year = _first(tokens, "S"), self._year_named(tokens)
        if year is not None:
            year -= 1 if start_month == 12 else 0
        else:
            year = self._on.year - (1 if date(self._on.year, start_month, 1) > self._on else 0)
            running = _months_on(date(year, start_month, 1), 3) > (self._on.year, self._on.month)
            if tokens[0].letter == "L" and running:
                year -= 1
            elif tokens[0].letter == "X" or (tokens[0].letter != "L" and not running and self._future(tokens)):
                year += 1
        end = date(*_months_on(date(year, start_month, 1), 3), 1) - timedelta(days=1)
        return [(_range(date(year, start_month, 1), end), Basis.SEASON)]

    def _year(self, tokens: Sequence[Token], _match: re.Match[str]) -> list[tuple[DateRange, Basis]]:
        year = self._year_named(tokens)
        if year is None:
            raise ValueError
        return [(_year(year), Basis.YEAR)]

    # what the words around say

    def _year_named(self, tokens: Sequence[Token]) -> int | None:
        """The year that the tokens name, in digits or as "of last year"; None when they name none."""
        for token in tokens:
            if token.letter == "Y":
                return token.value
            if token.letter == "Z":
                return self._on.year + token.value
        for which, unit in zip(tokens, tokens[1:], strict=False):
            if which.letter in "LHX" and unit.letter == "y":
                return self._on.year + {"L": -1, "H": 0, "X": 1}[which.letter]
        return None

    def _on_day(self, tokens: Sequence[Token], day: int, month: int) -> date:
        """A day and month with its year: the nearest, in the past unless near or announced. ValueError if impossible."""
        year = self._year_named(tokens)
        if year is not None:
            return date(year, month, day)
        options = [date(y, month, day) for y in range(self._on.year - 4, self._on.year + 5) if _exists(y, month, day)]
        past = max(option for option in options if option <= self._on)
        coming = min(option for option in options if option > self._on)
        if self._future(tokens):
            return min(past, coming, key=lambda option: abs((option - self._on).days))
        return coming if (coming - self._on).days <= _NEAR_FUTURE_DAYS else past

    def _future(self, tokens: Sequence[Token]) -> bool:
        """Whether a word such as "will" stands between the date before and this one, or after one that leads the text."""
        start, end = tokens[0].start, tokens[-1].end
        if any(token.future for token in self._tokens if self._previous_end <= token.start < start):
            return True
        leading = sum(1 for token in self._tokens if token.end <= start) <= 2
        return leading and any(token.future for token in self._tokens if end <= token.start < end + 60)


_READERS = (
    "numeric", "days", "mdays", "day", "mday", "weekweek", "weekbefore", "weekday", "today", "context", "ago", "month",
    "season", "unit", "year",
)  # fmt: skip


def _joined(found: Sequence[_Found], tokens: Sequence[Token], letters: str) -> list[_Found]:
    """Neighbours with "to", a dash, or "between … and" made into ranges."""
    joined: list[_Found] = []
    for item in found:
        if joined and (whole := _pair(joined[-1], item, tokens, letters)) is not None:
            joined[-1] = whole
        else:
            joined.append(item)
    return joined


def _pair(left: _Found, right: _Found, tokens: Sequence[Token], letters: str) -> _Found | None:
    gap = letters[left.last + 1 : right.first].replace("A", "").replace(",", "")
    lead = letters[left.first - 1] if left.first else ""
    if gap not in {"-", "o", "&"} or (gap == "&" and lead != "b") or (gap == "o" and lead != "f"):
        return None
    first, last = left.mention, right.mention
    start_on, end_on = first.date.start_on, last.date.end_on
    if last.year_named and not first.year_named:
        start_on = _with_year(start_on, end_on)
    if start_on >= end_on or last.date.precision is Precision.RANGE or first.date.precision is Precision.RANGE:
        return None
    head = left.first - (1 if lead in {"f", "b"} else 0)
    mention = replace(
        first,
        span=Span(start=tokens[head].start, end=last.span.end),
        date=_range(start_on, end_on),
        basis=last.basis if last.basis is not Basis.SINCE else Basis.EXPLICIT,
        day_named=False,
        year_named=last.year_named,
    )
    return _Found(mention, head, right.last)


def _with_year(start_on: date, end_on: date) -> date:
    year = end_on.year if (start_on.month, start_on.day) <= (end_on.month, end_on.day) else end_on.year - 1
    return start_on.replace(year=year) if _exists(year, start_on.month, start_on.day) else start_on


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _token(tokens: Sequence[Token], letters: str) -> Token:
    return next(token for token in tokens if token.letter in letters)


def _first(tokens: Sequence[Token], letter: str) -> int:
    return _token(tokens, letter).value


def _day_number(tokens: Sequence[Token]) -> int:
    """The day of the month, in one token or in two ("двадцять п'ятого")."""
    tens = next((t.value for t, after in zip(tokens, tokens[1:], strict=False) if t.letter == "n" and after.letter in "D-"), 0)
    return tens + _first(tokens, "D")


def _months_on(day: date, months: int) -> tuple[int, int]:
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def _bounded(start_on: date, end_on: date, precision: Precision) -> DateRange:
    if start_on < _FIRST or end_on > _LAST:
        raise ValueError
    return DateRange(start_on=start_on, end_on=end_on, precision=precision)


def _day(day: date) -> DateRange:
    return _bounded(day, day, Precision.DAY)


def _month(year: int, month: int) -> DateRange:
    first = date(year, month, 1)
    return _bounded(first, date(*_months_on(first, 1), 1) - timedelta(days=1), Precision.MONTH)


def _year(year: int) -> DateRange:
    return _bounded(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)


def _range(start_on: date, end_on: date) -> DateRange:
    return _bounded(start_on, end_on, Precision.RANGE)
