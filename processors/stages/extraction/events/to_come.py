"""An exchange of a day to come, as the whole text shows, is one that is planned."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from processors.model import Claim, Kind, Precision
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.events.restated import Told


def planned_ones(told: Sequence[Told], published_on: date, as_plan: Callable[[Claim], Claim]) -> list[Told]:
    """ "Putin announced an exchange of 175 for 175. It is scheduled for the 19th": an agreement, where it is not told of yet.

    What is only said of such an exchange, or of those in it, makes no claim.
    """
    plans = {(claim.event, claim.speaker_id) for claim, _ in told if claim.kind is Kind.AGREEMENT}
    beside = {
        claim.span for claim, _ in told if claim.kind is Kind.AGREEMENT
    }  # the day may be that of the plan
    kept: list[Told] = []
    for claim, drafts in told:
        if claim.span in beside or not _is_to_come(claim, drafts, published_on):
            kept.append((claim, drafts))
        elif claim.rule in _COUNTED and (claim.event, claim.speaker_id) not in plans:
            kept.append((as_plan(replace(claim, kind=Kind.AGREEMENT)), drafts))
    return kept


def _is_to_come(claim: Claim, drafts: Sequence[Draft], published_on: date) -> bool:
    """Whether one of its own sentences names a day to come for it."""
    day = claim.date
    if claim.kind is not Kind.EXCHANGE or day is None or day.precision is not Precision.DAY:
        return False
    return day.start_on > published_on and any(draft.date == day for draft in drafts)


_COUNTED = frozenset(("counted", "tallied", "held"))
