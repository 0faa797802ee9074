"""A pause that the reported exchange ends is bounded on both sides: "before that, they had swapped none since 2 October"."""

from collections.abc import Sequence
from datetime import date

from processors.model import DateRange, Kind, Precision
from processors.stages.extraction.days.calendar_ranges import day_to_day, month_range
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.reading.clauses import has_phrase
from processors.stages.extraction.speakers.dating import is_since


def bound_pauses(found: Sequence[Draft], main: DateRange | None, published_on: date) -> None:
    """Date the pauses with a beginning alone by the day on which the text reports that an exchange was held."""
    if main is None or main.precision is not Precision.DAY or main.start_on > published_on:
        return
    for draft in found:
        if draft.kind is not Kind.SUSPENSION or draft.date not in {None, main}:
            continue
        over = has_phrase(draft.sentence.units, draft.sentence.words.pause_over)
        if (over or draft.sentence.has("past_cue")) and (began := _began(draft, over=over)) is not None:
            draft.date = _up_to(main.start_on, began) or draft.date


def _began(draft: Draft, *, over: bool) -> DateRange | None:
    """The day or month since which there was no exchange; of a pause that is told to be over, also that after which."""
    units, after = draft.sentence.units, draft.sentence.words.timed_by
    days = (
        unit.day
        for at, unit in enumerate(units if over else units[: draft.end])
        if unit.day and (is_since(draft.sentence, at) or (over and at and units[at - 1].word in after))
    )
    return next((day for day in days if day.precision in _EXACT), None)


_EXACT = frozenset((Precision.DAY, Precision.MONTH))


def _up_to(held_on: date, began: DateRange) -> DateRange | None:
    """From the beginning to the day of the exchange, by months where a month is all that is told."""
    if began.end_on >= held_on:
        return None
    if began.precision is Precision.DAY:
        return day_to_day(began.start_on, held_on)
    return day_to_day(began.start_on, month_range(held_on.year, held_on.month).end_on)
