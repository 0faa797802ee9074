"""Dates in a text, resolved against its publication date with the precision that the text supports.

Every word gets a class letter from the lexicon (M month, W weekday, D day of the month, …); the patterns are regular
expressions over these letters and the same for all languages. What is not written down is not invented: "in the coming
days" is no date, "in August" is a month.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from processors.model import DateRange, Language, Precision, Span
from processors.stages.extraction.days.calendar_ranges import (
    SATURDAY,
    day_range,
    day_to_day,
    in_years,
    monday_of,
    month_range,
    months_on,
    numbered_day,
    whole_unit,
    year_range,
)
from processors.stages.extraction.days.calendar_words import ADJECTIVE, NEW_YEAR, TELLING, Token, classify
from processors.stages.extraction.days.date_mentions import (
    Basis,
    DateMention,
    Found,
    joined,
    moved,
    preferred,
)
from processors.stages.extraction.days.date_patterns import PATTERN
from processors.stages.extraction.days.day_tokens import day_number, days_of, number_of, token_of, value_of
from processors.stages.extraction.days.holidays import HOLIDAYS, is_near
from processors.stages.extraction.days.tenses import Tenses

__all__ = ["Basis", "DateMention", "find_dates", "preferred"]

#: A day and month without a year that come within so many days are of this year, unless the words say otherwise.
_NEAR_FUTURE_DAYS = 45
#: The month with which winter begins, and days within which what is told in a row follows.
_WINTER, _YEAR = 12, 366
#: A weekday fewer days ago than this is nearer than the next one.
_HALF_A_WEEK = 4
#: Without one of these letters there is no date; a year, a full date or a unit has no word that tells.
_TELLING = TELLING | frozenset("FYu")

_Resolved = list[tuple[DateRange, Basis]]
_Reader = Callable[[Sequence[Token]], _Resolved]


#: What a month with the word of that value ("early", "mid", "late") before it rests on.
_PARTS = (Basis.MONTH, Basis.EARLY, Basis.MIDDLE, Basis.LATE, Basis.LATE, Basis.MONTH)
#: Values of "the end of", and of "shortly before New Year" 2018.
_END, _BEFORE = 4, 5
#: How many units away "last", "this" and "next" are.
_SHIFT = {"L": -1, "H": 0, "X": 1}


def find_dates(
    text: str,
    span: Span,
    *,
    published_on: date,
    language: Language,
    anchor: date | None = None,
    month: date | None = None,
) -> tuple[DateMention, ...]:
    """The dates inside `span`, in order; `published_on` is local. `anchor` is the day that an earlier sentence named.

    `month` is a day of the month that the text named last.
    """
    tokens, letters = classify(text, span, language)
    if not _TELLING.intersection(letters):
        return ()
    resolver = _Resolver(tokens, letters, published_on, anchor, month or anchor)
    found = [item for match in PATTERN.finditer(letters) for item in resolver.read(match)]
    return tuple(moved(item.mention, span.start) for item in joined(found, tokens, letters))


class _Resolver:
    """Reads the matches of one span in order, so that "the day before" knows the day named last."""

    def __init__(
        self,
        tokens: Sequence[Token],
        letters: str,
        published_on: date,
        anchor: date | None,
        month: date | None,
    ) -> None:
        self._tokens, self._letters = tokens, letters
        self._on, self._anchor = published_on, anchor
        self._tenses = Tenses(tokens, letters)
        #: Where the match that is being read begins.
        self._first = 0
        #: The year of the date named last, which "the same year" means.
        self._year_told = anchor.year if anchor else None
        self._month_told = month
        #: The last day that stands with its year: those that follow it without one are told in the same row.
        self._dated: date | None = None

    def read(self, match: re.Match[str]) -> list[Found]:
        """The mentions of one match: none where the words make no date (31 February), two for "3 and 9 May"."""
        self._first = self._tenses.first = match.start()
        tokens = self._tokens[match.start() : match.end()]
        reader: _Reader = getattr(self, f"_{match.lastgroup}")
        try:
            resolved = reader(tokens)
        except (ValueError, OverflowError):
            return []
        self._tenses.go_on(tokens)
        for whole, _ in resolved:
            self._year_told = whole.start_on.year
            if whole.precision in {Precision.DAY, Precision.MONTH}:
                self._month_told = whole.start_on
            if whole.precision is Precision.DAY:
                self._anchor = whole.start_on
                self._dated = whole.start_on if self._year_named(tokens) is not None else self._dated
        parts = days_of(tokens) if len(resolved) > 1 else [tokens]
        return [
            Found(self._mention(match, part, *item), match.start(), match.end() - 1)
            for part, item in zip(parts, resolved, strict=True)
        ]

    def _mention(
        self, match: re.Match[str], tokens: Sequence[Token], resolved: DateRange, basis: Basis
    ) -> DateMention:
        before = match.start() - 1
        while before >= 0 and self._letters[before] in "Ae" and match.start() - before < 4:
            before -= 1
        if before >= 0 and self._tokens[before].since and basis is not Basis.ANAPHORIC:
            basis = Basis.SINCE
        return DateMention(
            span=Span(start=tokens[0].start, end=tokens[-1].end),
            date=resolved,
            basis=basis,
            day_named=resolved.precision is Precision.DAY,
            year_named=self._year_named(tokens) is not None or tokens[0].letter == "F",
        )

    # One reader a pattern. ValueError: the words make no date.

    def _numeric(self, tokens: Sequence[Token]) -> _Resolved:
        return [(day_range(date(*tokens[0].parts)), Basis.EXPLICIT)]

    def _day(self, tokens: Sequence[Token]) -> _Resolved:
        return [(day_range(self._on_day(tokens, day_number(tokens), value_of(tokens, "M"))), Basis.EXPLICIT)]

    _month_day = _month_number = _day

    def _days(self, tokens: Sequence[Token]) -> _Resolved:
        parts = days_of(tokens)
        last = self._on_day(tokens, day_number(parts[-1]), value_of(tokens, "M"))
        days = [*(last.replace(day=day_number(part)) for part in parts[:-1]), last]
        either = any(token.letter == "r" for token in tokens)
        joined_by_and = any(token.letter == "&" for token in tokens) and tokens[0].letter != "b"
        listed = joined_by_and or len(days) > 2
        steps = {(after - before).days for before, after in pairwise(days)}
        if either or min(steps) < 1 or (listed and steps != {1}):
            return [(day_range(day), Basis.EXPLICIT) for day in days]
        return [(day_to_day(days[0], last), Basis.EXPLICIT)]

    _month_days = _days

    def _weekday_of_week(self, tokens: Sequence[Token]) -> _Resolved:
        if token_of(tokens, "u").unit != "week":
            return self._weekday([token for token in tokens if token.letter == "W"])
        monday = monday_of(self._on, _SHIFT[token_of(tokens, "LHX").letter])
        return [(day_range(monday + timedelta(days=value_of(tokens, "W") - 1)), Basis.WEEKDAY)]

    def _weekday(self, tokens: Sequence[Token]) -> _Resolved:
        back = (self._on.weekday() - value_of(tokens, "W") + 1) % 7
        which = tokens[0].letter
        if which == "X" or (which != "L" and back and self._ahead(tokens, back)):
            back -= 7
        elif which == "L" and back == 0:
            back = 7
        return [(day_range(self._on - timedelta(days=back)), Basis.WEEKDAY)]

    def _ahead(self, tokens: Sequence[Token], back: int) -> bool:
        """Whether the weekday, which was so many days ago, is the next one; of what was called off, or held, the nearer one."""
        tenses, gone = self._tenses, back < _HALF_A_WEEK
        aimed = tenses.aimed() and not tenses.around("failed", tokens)
        if gone and (tenses.around("off", tokens) or (aimed and tenses.held(tokens))):
            return False
        return tenses.future(tokens) or (aimed and back >= _HALF_A_WEEK - 1)

    def _today(self, tokens: Sequence[Token]) -> _Resolved:
        day = self._on + timedelta(days=tokens[0].value)
        if tokens[0].unit == "eve" and day == self._anchor:  # "14 сентября …. Накануне …"
            return [(day_range(day - timedelta(days=1)), Basis.ANAPHORIC)]
        return [(day_range(day), Basis.NIGHT if tokens[0].unit == "night" else Basis.RELATIVE)]

    def _context(self, tokens: Sequence[Token]) -> _Resolved:
        anchor = self._anchor or (self._on if tokens[0].value < 0 else None)
        if anchor is None:
            raise ValueError
        return [(day_range(anchor + timedelta(days=tokens[0].value)), Basis.ANAPHORIC)]

    def _shifted(self, tokens: Sequence[Token]) -> _Resolved:
        """ "Three days earlier", "тижнем раніше", "за місяць до того"; "на неделю раньше" is what was planned."""
        shift, unit, number = token_of(tokens, "k"), token_of(tokens, "uy"), number_of(tokens)
        led = self._letters[self._first - 1 : self._first] == "p" and number is None
        counted = number is not None and not (unit.plural and tokens[0].letter == "A")
        if (led and shift.unit != "before_that") or (not counted and (unit.plural or unit.unit == "day")):
            raise ValueError
        return self._counted(unit, (number or 1) * shift.value)

    def _after(self, tokens: Sequence[Token]) -> _Resolved:
        """ "Через два дні", "спустя неделю": from the day named last; what is announced so counts from another day."""
        unit, number = tokens[-1], number_of(tokens)
        if tokens[0].value < 0 or (number is None and (unit.plural or unit.unit == "day")):
            raise ValueError
        if tokens[0].letter == "h" and self._tenses.future(tokens):
            raise ValueError
        return self._counted(unit, number or 1)

    def _counted(self, unit: Token, number: int) -> _Resolved:
        """So many units from the day named last, else back from the publication: a day, or the week, month or year."""
        anchor = self._anchor or (self._on if number < 0 else None)
        if anchor is None:
            raise ValueError
        if unit.unit == "day":
            return [(day_range(anchor + timedelta(days=number)), Basis.ANAPHORIC)]
        return [(self._whole(unit.unit, number, anchor), Basis.ANAPHORIC)]

    def _same_month(self, _tokens: Sequence[Token]) -> _Resolved:
        if self._anchor is None:
            raise ValueError
        return [(month_range(self._anchor.year, self._anchor.month), Basis.ANAPHORIC)]

    def _ago(self, tokens: Sequence[Token]) -> _Resolved:
        unit, number = token_of(tokens, "uy"), number_of(tokens)
        if number is None:
            if unit.plural:
                raise ValueError
            number = 1
        if unit.unit == "day":
            return [(day_range(self._on - timedelta(days=number)), Basis.RELATIVE)]
        return [(self._whole(unit.unit, -number), Basis.RELATIVE)]

    def _day_of_unit(self, tokens: Sequence[Token]) -> _Resolved:
        if tokens[-1].unit != "month":
            raise ValueError
        month = months_on(self._on, _SHIFT[token_of(tokens, "LHX").letter])
        return [(day_range(date(*month, value_of(tokens, "D"))), Basis.EXPLICIT)]

    def _numbered(self, tokens: Sequence[Token]) -> _Resolved:
        day, ahead = tokens[0].value, self._tenses.future(tokens)
        return [(numbered_day(day, self._month_told, self._on, ahead=ahead), Basis.EXPLICIT)]

    def _edge(self, tokens: Sequence[Token]) -> _Resolved:
        """ "The last day of August", "the first day of May"; of a week the month."""
        if tokens[1].unit in {"week", "weekend"}:
            return self._month([token for token in tokens if token.letter in "MYLHXZy"])
        if tokens[1].unit != "day" or tokens[0].value > 1:
            raise ValueError
        first = self._on_day(tokens, 1, value_of(tokens, "M"))
        last = month_range(first.year, first.month).end_on
        return [(day_range(first if tokens[0].letter == "D" else last), Basis.EXPLICIT)]

    def _nth_weekday(self, tokens: Sequence[Token]) -> _Resolved:
        """ "On the first Wednesday of January"."""
        first = self._on_day(tokens, 1, value_of(tokens, "M"))
        ahead = (value_of(tokens, "W") - first.isoweekday()) % 7 + 7 * (tokens[0].value - 1)
        return [(day_range(first.replace(day=1 + ahead)), Basis.EXPLICIT)]

    def _holiday(self, tokens: Sequence[Token]) -> _Resolved:
        """The day of the feast; an exchange told on its eve ("the Easter swap") was held on another day."""
        day, adjective = self._nearest(tokens, HOLIDAYS[tokens[0].unit]), tokens[0].value == ADJECTIVE
        if adjective and is_near(tokens[0].unit, self._on) and not self._tenses.future(tokens):
            raise ValueError
        return [(day_range(day), Basis.EPITHET if adjective else Basis.HOLIDAY)]

    def _unit(self, tokens: Sequence[Token]) -> _Resolved:
        unit = tokens[-1]
        if unit.plural or unit.unit in {"day", "fortnight"} or tokens[0].value == _BEFORE:
            raise ValueError
        which = next((token.letter for token in tokens if token.letter in _SHIFT), "H")
        if unit.unit == "year" and tokens[0].letter == "e" and tokens[0].value == _END:
            return [(month_range(self._on.year + _SHIFT[which], 12), Basis.YEAR)]
        if unit.unit == "weekend" and which == "H" and self._tenses.past(tokens):
            return self._weekend([unit])
        return [(self._whole(unit.unit, _SHIFT[which]), Basis.RELATIVE)]

    def _weekend(self, tokens: Sequence[Token]) -> _Resolved:
        """ "Over the weekend": the last one that has begun, unless it is announced."""
        if tokens[0].unit != "weekend":
            raise ValueError
        shift = 1 if self._tenses.future(tokens) else 0 if self._on.weekday() >= SATURDAY else -1
        return [(self._whole("weekend", shift), Basis.RELATIVE)]

    def _whole(self, unit: str, shift: int, anchor: date | None = None) -> DateRange:
        return whole_unit(unit, shift, anchor or self._on, self._on)

    def _month(self, tokens: Sequence[Token]) -> _Resolved:
        named, year = token_of(tokens, "M"), self._year_named(tokens)
        basis = _PARTS[tokens[0].value] if tokens[0].letter == "e" else Basis.MONTH
        basis = Basis.EPITHET if named.unit == "adjective" else basis
        if year is not None:
            return [(month_range(year - (named.unit == NEW_YEAR), named.value), basis)]
        return [(month_range(self._month_year(tokens, named.value), named.value), basis)]

    def _month_year(self, tokens: Sequence[Token], month: int) -> int:
        """The year of a month without one: past, unless announced, or the very next one that no verb tells of."""
        lead, year, ahead = tokens[0].letter, self._on.year, month - self._on.month
        if lead == "H":
            return year
        if lead == "L":
            return year - 1 if ahead >= 0 or tokens[0].value else year
        if lead == "X":
            return year + 1 if ahead <= 0 else year
        if self._tenses.future(tokens) or (ahead % 12 == 1 and not self._tenses.past(tokens)):
            return year + 1 if ahead < 0 else year
        return year - 1 if ahead > 0 else year

    def _season(self, tokens: Sequence[Token]) -> _Resolved:
        month, year = value_of(tokens, "S"), self._year_named(tokens)
        start = (
            self._season_start(tokens, month) if year is None else date(year - (month == _WINTER), month, 1)
        )
        end = date(*months_on(start, 3), 1) - timedelta(days=1)
        return [(day_to_day(start, end), Basis.SEASON)]

    def _season_start(self, tokens: Sequence[Token], month: int) -> date:
        start = date(self._on.year - (1 if date(self._on.year, month, 1) > self._on else 0), month, 1)
        running = months_on(start, 3) > (self._on.year, self._on.month)
        if tokens[0].letter == "L":
            return start.replace(year=start.year - 1) if running else start
        if tokens[0].letter == "X" or (not running and self._tenses.future(tokens)):
            return start.replace(year=start.year + 1)
        return start

    def _year(self, tokens: Sequence[Token]) -> _Resolved:
        """ "In 2023"; "at the end of 2023" is its December, "shortly before New Year 2023" the one before."""
        year = self._year_named(tokens)
        if year is None:
            raise ValueError
        part = tokens[0].value if tokens[0].letter == "e" else 0
        ends = part in {_END, _BEFORE}
        return [(month_range(year - (part == _BEFORE), 12) if ends else year_range(year), Basis.YEAR)]

    # What the words around say.

    def _year_named(self, tokens: Sequence[Token]) -> int | None:
        """The year that the tokens name, in digits or as "of last year"; None when they name none."""
        for token in tokens:
            if token.letter == "Y":
                return token.value
            if token.letter == "Z" and token.unit == "same_year" and self._year_told is not None:
                return self._year_told
            if token.letter == "Z":
                return self._on.year + token.value
        for which, unit in pairwise(tokens):
            if which.letter in _SHIFT and unit.letter == "y" and not unit.plural:
                return self._on.year + _SHIFT[which.letter]
        return None

    def _on_day(self, tokens: Sequence[Token], day: int, month: int) -> date:
        """A day and month with its year. ValueError if impossible."""
        return self._nearest(tokens, lambda year: date(year, month, day))

    def _nearest(self, tokens: Sequence[Token], day_of: Callable[[int], date]) -> date:
        """The day of the year that the tokens name, else the nearest, in the past unless near or announced."""
        year = self._year_named(tokens)
        if year is not None:
            return day_of(year)
        options = list(in_years(day_of, range(self._on.year - 8, self._on.year + 9)))
        if (told := self._next_told(options)) is not None:
            return told
        past = max(option for option in options if option <= self._on)
        coming = min(option for option in options if option > self._on)
        nearest = min(past, coming, key=lambda option: abs((option - self._on).days))
        if (weekday := self._weekday_beside()) is not None:
            agreeing = [option for option in (nearest, past, coming) if option.isoweekday() == weekday]
            if agreeing:
                return agreeing[0]
        if self._tenses.future(tokens) or self._tenses.around("off", tokens):
            return nearest
        near = (coming - self._on).days <= _NEAR_FUTURE_DAYS
        return coming if near and not self._tenses.past(tokens) else past

    def _next_told(self, options: Sequence[date]) -> date | None:
        """ "On 3 January 2024 230 came home, on 31 January 207": the first such day after one with its year, if it is past."""
        if self._dated is None:
            return None
        after = [option for option in options if self._dated < option <= self._on]
        return after[0] if after and (after[0] - self._dated).days < _YEAR else None

    def _weekday_beside(self) -> int | None:
        """The weekday written before the day ("Friday, 23 May"), None without one."""
        before = self._first - 1
        if before > 0 and self._letters[before] == ",":
            before -= 1
        return self._tokens[before].value if before >= 0 and self._letters[before] == "W" else None
