"""One exchange in stages on days in a row: its parts keep their days, the whole takes them all as a range.

A whole is known by its figure, which is at least the sum of the stages that the text dates ("390 on Friday, 307 on
Saturday and 303 on Sunday: a thousand each").
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from processors.model import DateRange, Kind, Precision
from processors.stages.extraction.days.calendar_ranges import day_range, day_to_day
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.drafts.reported import long_ago

#: An exchange is held over no more days in a row than these.
_LONGEST = 5


def date_stages(found: Sequence[Draft], published_on: date) -> DateRange | None:
    """Date the whole of an exchange in stages, and stages told again; its days, where the text reports the whole first."""
    exchanges = [draft for draft in found if draft.kind is Kind.EXCHANGE]
    for draft in exchanges:
        draft.date = _split(draft) or draft.date
    run = _run(exchanges, published_on)
    if len(run) < 2:
        return None
    wholes = _wholes([draft for draft in found if _may_be_whole(draft, run)])
    if not wholes:
        return None
    days = day_to_day(run[0], run[-1])
    stages = {exact_figure(draft): draft.date for draft in exchanges if draft.date and draft not in wholes}
    for draft in wholes:
        draft.date = days
    for draft in exchanges:
        if draft.date is None and 0 < exact_figure(draft) < exact_figure(wholes[0]):
            draft.date = stages.get(exact_figure(draft)) or day_range(run[-1])
    return days if wholes[0] is next(d for d in found if d in wholes or d in exchanges) else None


def days_in_a_row(found: Sequence[Draft], published_on: date) -> DateRange | None:
    """The days of a series of exchanges, one a day, which who judges it means as a whole."""
    run = _run([draft for draft in found if draft.kind is Kind.EXCHANGE], published_on)
    return day_to_day(run[0], run[-1]) if len(run) >= _SERIES else None


#: Exchanges on fewer days in a row are no series.
_SERIES = 3


def _split(draft: Draft) -> DateRange | None:
    """ "In two days 500 came home, 200 yesterday and 300 today": the days among which the sentence parts the figure."""
    days = sorted({day for row in _days(draft) for day in _each(row)})
    units, whole = draft.sentence.units, exact_figure(draft)
    parts = [one.min or 0 for unit in units if (one := unit.quantity) and one.min == one.max != whole]
    in_a_row = len(days) > 1 and days[-1] - days[0] == timedelta(days=len(days) - 1)
    return day_to_day(days[0], days[-1]) if in_a_row and whole and sum(parts) == whole else None


def _wholes(found: Sequence[Draft]) -> list[Draft]:
    """Those with the largest figure: with no day of their own where it makes up two stages, or told to have had stages."""
    largest = max((exact_figure(draft) for draft in found), default=0)
    wholes = [draft for draft in found if exact_figure(draft) == largest]
    parts = [draft for draft in found if draft.kind is Kind.EXCHANGE and 0 < exact_figure(draft) < largest]
    stages = {draft.date: exact_figure(draft) for draft in parts if _has_day(draft)}
    if not stages or not largest / _MOST_STAGES <= max(stages.values()) <= largest / _LEAST_PART:
        return []
    if any(_in_stages(draft) for draft in wholes):
        days = {draft.date for draft in parts}
        return [draft for draft in wholes if not _has_day(draft) or {None, draft.date} & days]
    summed = len(stages) > 1 and sum(stages.values()) <= largest
    return [draft for draft in wholes if summed and not _has_day(draft)]


#: The whole is at most so many times its largest stage, and at least so many.
_MOST_STAGES, _LEAST_PART = 10, 1.5


def _has_day(draft: Draft) -> bool:
    return draft.date is not None and draft.date.precision is Precision.DAY


def _in_stages(draft: Draft) -> bool:
    """ "Completed a thousand-for-thousand exchange", "was held in three stages"."""
    stems = tuple(draft.sentence.words.completed)
    return any(unit.word.startswith(stems) for unit in draft.units)


def _run(exchanges: Iterable[Draft], published_on: date) -> list[date]:
    """The days that the text names for exchanges, as far as they follow each other from the first such row of them."""
    named = {day for draft in exchanges for day in _days(draft) if not long_ago(day, published_on)}
    run: list[date] = []
    for day in sorted({edge for one in named for edge in _each(one)}):
        if run and day - run[-1] > timedelta(days=1):
            if len(run) > 1:
                break
            run = []
        run.append(day)
    return run if len(run) <= _LONGEST else []


def _days(draft: Draft) -> Iterator[DateRange]:
    """The days, and rows of a few days, that date an exchange."""
    units = (draft.sentence.units[at] for at in draft.days)
    yield from (unit.day for unit in units if unit.day and len(_each(unit.day)) <= _LONGEST)


def _each(day: DateRange) -> list[date]:
    """Every day of a row of them."""
    size = (day.end_on - day.start_on).days + 1
    return [day.start_on + timedelta(days=step) for step in range(min(size, _LONGEST + 1))]


def exact_figure(draft: Draft) -> int:
    """The largest number of people that came home to one side, 0 where none is exact."""
    exact = (one.min for one in draft.figures.returned.values() if one.min and one.min == one.max)
    return max(exact, default=0)


def _may_be_whole(draft: Draft, run: Sequence[date]) -> bool:
    """The exchange, or what was agreed on, without a day or with those of its stages."""
    day = draft.date
    if draft.kind not in {Kind.EXCHANGE, Kind.AGREEMENT}:
        return False
    return day is None or (day.start_on <= run[-1] and day.end_on >= run[0])
