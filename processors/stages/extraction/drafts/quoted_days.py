""" "Today 175 of ours are home", he wrote on Wednesday: "today" in a quotation is the day on which it was said."""

from datetime import date, timedelta

from processors.model import DateRange, Precision
from processors.stages.extraction.days.calendar_ranges import day_range
from processors.stages.extraction.days.dates import Basis
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.words.units import Unit

#: What was said longer ago is not what a text quotes as news.
_FRESH = timedelta(days=7)
#: How long after the event its news are written.
_NEXT = timedelta(days=2)


def meant_day(draft: Draft, at: int, published_on: date) -> DateRange | None:
    """The day of a unit, counted from that of the statement where "today" or "tomorrow" is quoted."""
    day = draft.sentence.units[at].day
    said_on = draft.said_on
    if day is None or said_on is None or not is_quoted(draft, at):
        return day
    late = published_on - said_on.start_on
    return day_range(day.start_on - late) if timedelta() < late <= _FRESH else day


def quoted_of(draft: Draft, reported: DateRange, published_on: date) -> bool:
    """Whether all that dates it is a quoted "today", in a text on what happened a day or two before."""
    late = published_on - reported.end_on
    today = all(draft.sentence.units[at].day == draft.date for at in draft.days)
    quoted = bool(draft.days) and all(is_quoted(draft, at) for at in draft.days)
    return quoted and today and draft.date == day_range(published_on) and timedelta() < late <= _NEXT


def is_quoted(draft: Draft, at: int) -> bool:
    """Whether "today", "yesterday" or "tomorrow" stands between quotation marks, or in a quotation that goes on."""
    unit = draft.sentence.units[at]
    if unit.basis != Basis.RELATIVE or unit.day is None or unit.day.precision is not Precision.DAY:
        return False
    marks = [place for place, one in enumerate(draft.sentence.units) if _is_mark(one)]
    if not marks:
        return draft.voice is not None and draft.voice.carried
    return any(sum(map(side, marks)) % 2 for side in (at.__gt__, at.__lt__))


def _is_mark(unit: Unit) -> bool:
    return "quote" in unit.classes
