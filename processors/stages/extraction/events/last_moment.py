"""The day of a refusal that is told beside it: of the exchange before which somebody was kept back, of the plan thwarted."""

from collections.abc import Mapping, Sequence

from processors.model import Claim, DateRange, Kind
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.events.spans import Days, with_date
from processors.stages.extraction.reading.clauses import has_phrase

_Told = tuple[Claim, list[Draft]]


def date_last_moments(told: Sequence[_Told], places: Days) -> list[_Told]:
    """The refusals and breaches of the last moment, dated by the exchange before them, and those of a plan by its day."""
    held: DateRange | None = None
    planned = {
        id(draft.sentence): (draft.start, claim.date)
        for claim, drafts in told
        for draft in drafts
        if claim.kind is Kind.AGREEMENT and draft.days and draft.date == claim.date and not draft.has("agree")
    }
    dated: list[_Told] = []
    for claim, drafts in told:
        if claim.kind is Kind.EXCHANGE and claim.date is not None:
            held = claim.date
        day = None
        if claim.date is None and claim.kind in _KEPT:
            last = held if any(_at_the_last_moment(draft) for draft in drafts) else None
            day = last or next((day for draft in drafts if (day := _thwarted(draft, planned))), None)
        dated.append((with_date(claim, day, places) if day else claim, drafts))
    return dated


def _thwarted(draft: Draft, planned: Mapping[int, tuple[int, DateRange | None]]) -> DateRange | None:
    """ "Готовили обмен на 1 мая, но его сорвал Киев": the day of the plan of which the same sentence tells before."""
    start, day = planned.get(id(draft.sentence), (draft.end, None))
    if draft.kind is not Kind.REFUSAL or draft.days or start >= draft.start:
        return None
    opening = draft.sentence.units[max(0, draft.start - 1) : draft.start + _OPENING]
    return day if any(unit.word in draft.sentence.words.contrasts for unit in opening) else None


#: Units among which "but" stands.
_OPENING = 3


_KEPT = frozenset((Kind.REFUSAL, Kind.VIOLATION))


def _at_the_last_moment(draft: Draft) -> bool:
    """ "Перед самим обміном вона викреслила двох", and not "turned down several exchanges at the last minute"."""
    if draft.days or not has_phrase(draft.units, draft.sentence.words.last_moment):
        return False
    refused = draft.sentence.act.find("f", draft.start, draft.end)
    return refused < 0 or "E" not in draft.sentence.act[refused : draft.end]
