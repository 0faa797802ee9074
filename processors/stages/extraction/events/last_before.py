"""The last exchange before a pause was held on the day since which there is none: "None since 7 August. … The last one …"."""

from collections.abc import Sequence

from processors.model import DateRange, Kind, Precision
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.speakers.dating import is_since


def date_last_ones(found: Sequence[Draft]) -> None:
    """Date what is told of the last exchange, by the only day with which a pause of the text begins."""
    begun = {day for draft in found if draft.kind is Kind.SUSPENSION and (day := _since(draft))}
    if len(begun) != 1:
        return
    (day,) = begun
    for draft in found:
        if (
            draft.kind is Kind.EXCHANGE
            and draft.figures.returned
            and _is_open(draft.date, day)
            and _is_last(draft)
        ):
            draft.date = day


def _since(draft: Draft) -> DateRange | None:
    days = (
        unit.day for at, unit in enumerate(draft.sentence.units) if unit.day and is_since(draft.sentence, at)
    )
    return next((day for day in days if day.precision is Precision.DAY), None)


def _is_open(told: DateRange | None, day: DateRange) -> bool:
    """Whether no day is told, or only the month of that day."""
    return told is None or (
        told.precision is Precision.MONTH and told.start_on <= day.start_on <= told.end_on
    )


def _is_last(draft: Draft) -> bool:
    stems = tuple(draft.sentence.words.last_ones)
    units = draft.sentence.units[max(0, draft.start - _BEFORE) : draft.end]
    return any(unit.day is None and unit.word.removeprefix("the ").startswith(stems) for unit in units)


#: Units before the clause in which it may be called so ("останній обмін, серпневий, | дав змогу …").
_BEFORE = 4
