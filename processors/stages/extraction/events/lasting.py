"""An exchange that took several days: "over three days 1,000 were swapped for 1,000", "почався 23 травня і тривав три дні"."""

from collections import defaultdict
from collections.abc import Sequence, Set
from datetime import date, timedelta

from processors.model import DateRange, Kind, Precision, Quantity, Side
from processors.stages.extraction.days.calendar_ranges import day_range, day_to_day
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.drafts.reported import marked
from processors.stages.extraction.events.series import exact_figure
from processors.stages.extraction.reading.clauses import has_phrase
from processors.stages.extraction.words.units import Unit


def date_lasting(found: Sequence[Draft], main: DateRange | None, published_on: date) -> None:
    """Give those that are told to have lasted some days all of these, and those of the same figure too."""
    exchanges = [draft for draft in found if draft.kind is Kind.EXCHANGE]
    named = {
        draft.date.start_on for draft in exchanges if draft.date and draft.date.precision is Precision.DAY
    }
    others = _Others(exchanges)
    for draft in exchanges:
        day = draft.date or (None if marked(draft) else main)
        if day is None or day.precision is not Precision.DAY or _is_stage(draft):
            continue
        size, began = _days_taken(draft), _began(draft)
        days = _days(day.start_on, size, named, began=began) if size else None
        if days is None or days.end_on > published_on:
            continue
        for one in others.greater(draft, day, began=began) or [draft, *others.alike(draft, day)]:
            one.date = days


class _Others:
    """The exchanges by day and figures: each is found at most twice, since those that are found lose their day."""

    def __init__(self, exchanges: Sequence[Draft]) -> None:
        self._alike: defaultdict[tuple[DateRange | None, _Figures], list[Draft]] = defaultdict(list)
        self._counted: defaultdict[DateRange | None, list[Draft]] = defaultdict(list)
        for one in sorted(exchanges, key=exact_figure):
            self._alike[one.date, _figures(one)].append(one)
            if not one.days:
                self._counted[one.date].append(one)

    def greater(self, lasted: Draft, day: DateRange, *, began: bool) -> list[Draft]:
        """The whole, where the clause counts those of the first day: "it began on Friday with 390 and lasted three days"."""
        first = exact_figure(lasted) if began else 0
        found: list[Draft] = []
        for on in (None, day):
            row = self._counted[on]
            while first and row and exact_figure(row[-1]) > first:
                found.append(row.pop())
        return [one for one in found if one.date in {None, day}]

    def alike(self, lasted: Draft, day: DateRange) -> list[Draft]:
        """Those that count the same people."""
        if not lasted.figures.returned:
            return []
        found = (one for on in (None, day) for one in self._alike.pop((on, _figures(lasted)), ()))
        return [one for one in found if one.date in {None, day}]


_Figures = frozenset[tuple[Side, Quantity]]


def _figures(draft: Draft) -> _Figures:
    return frozenset(draft.figures.returned.items())


def date_nth_days(found: Sequence[Draft], main: DateRange | None) -> None:
    """ "Of the 390 freed on the first day", «першого дня повернулися 390»: a day of those that the text gives."""
    exchanges = [draft for draft in found if draft.kind is Kind.EXCHANGE]
    rows = {draft.date for draft in exchanges if _is_row(draft.date)} | ({main} if _is_row(main) else set())
    if len(rows) != 1 or (row := rows.pop()) is None:
        return
    for draft in exchanges:
        nth = _which_day(draft) if draft.date in {None, row} and draft.figures.returned else None
        if nth is not None and (size := (row.end_on - row.start_on).days) >= nth:
            draft.date = day_range(row.start_on + timedelta(days=size if nth < 0 else nth))


def _is_row(days: DateRange | None) -> bool:
    return (
        days is not None
        and days.precision is Precision.RANGE
        and days.end_on - days.start_on <= timedelta(days=_MOST)
    )


#: Nights that an exchange in a row of days takes at most.
_MOST = 4


def _which_day(draft: Draft) -> int | None:
    """Which day of the row the clause names: 0 for the first, -1 for the last."""
    words = draft.sentence.words
    lists = ((0, words.first_day), (1, words.second_day), (2, words.third_day), (-1, words.last_day))
    return next((nth for nth, phrases in lists if has_phrase(draft.units, phrases)), None)


def _days(day: date, size: int, named: Set[date], *, began: bool) -> DateRange:
    """So many days in a row of which the day is one: those that the text names, else it is the first or the last of them."""
    rows = [[day + timedelta(days=first + step) for step in range(size)] for first in range(1 - size, 1)]
    told = next((row for row in rows if named >= set(row)), None)
    row = told or (rows[-1] if began else rows[0])
    return day_to_day(row[0], row[-1])


def _days_taken(draft: Draft) -> int:
    """How many days the clause says that it took, 0 where it does not."""
    units, words = draft.units, draft.sentence.words
    if any(at >= draft.start for at in draft.days) and not (_began(draft) or _ended(draft)):
        return 0  # "Растянулся на три дня: 23 мая отпустили по 390": the day is that of a stage.
    for size, phrases in ((2, words.over_two_days), (3, words.over_three_days)):
        for at in range(len(units)):
            if (high := _phrase_at(units, at, phrases)) and not _compares(draft, at, high):
                return size
    return 0


def _phrase_at(units: Sequence[Unit], at: int, phrases: Set[str]) -> int:
    """Where a phrase that begins there ends, 0 where none does."""
    told = ""
    for high in range(at + 1, min(at + _LONGEST, len(units)) + 1):
        told = f"{told} {units[high - 1].word}".lstrip()
        if told in phrases:
            return high
    return 0


#: Units of the longest phrase.
_LONGEST = 4


def _compares(draft: Draft, low: int, high: int) -> bool:
    """ "За два дні до того", "the second swap in two days": no time that it took."""
    units, words = draft.units, draft.sentence.words
    behind = units[high].word if high < len(units) else ""
    at = draft.start + low
    return behind in words.compared | words.timed_by or "O" in draft.sentence.content[max(0, at - 3) : at]


def _ended(draft: Draft) -> bool:
    """Whether its day is the one on which it was completed."""
    stems = tuple(draft.sentence.words.completed)
    return any(unit.word.startswith(stems) for unit in draft.units)


def _began(draft: Draft) -> bool:
    """Whether its day is the one on which it began."""
    return has_phrase(draft.units, draft.sentence.words.begun)


def _is_stage(draft: Draft) -> bool:
    """ "On the last day of the three-day exchange 303 came home": one of its days."""
    return draft.has("stage") and bool(draft.figures.returned)
