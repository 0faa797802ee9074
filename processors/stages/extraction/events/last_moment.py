"""Whom a side kept back at the last moment, it kept back on the day of the exchange that is told before."""

from collections.abc import Sequence

from processors.model import Claim, DateRange, Kind
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.events.spans import Days, with_date
from processors.stages.extraction.reading.clauses import has_phrase

_Told = tuple[Claim, list[Draft]]


def date_last_moments(told: Sequence[_Told], places: Days) -> list[_Told]:
    """The refusals and breaches of the last moment, dated by the exchange before them in the text."""
    held: DateRange | None = None
    dated: list[_Told] = []
    for claim, drafts in told:
        if claim.kind is Kind.EXCHANGE and claim.date is not None:
            held = claim.date
        last = held is not None and claim.date is None and claim.kind in _KEPT
        moved = last and any(_at_the_last_moment(draft) for draft in drafts)
        dated.append((with_date(claim, held, places), drafts) if moved else (claim, drafts))
    return dated


_KEPT = frozenset((Kind.REFUSAL, Kind.VIOLATION))


def _at_the_last_moment(draft: Draft) -> bool:
    """ "Перед самим обміном вона викреслила двох", and not "turned down several exchanges at the last minute"."""
    if draft.days or not has_phrase(draft.units, draft.sentence.words.last_moment):
        return False
    refused = draft.sentence.act.find("f", draft.start, draft.end)
    return refused < 0 or "E" not in draft.sentence.act[refused : draft.end]
