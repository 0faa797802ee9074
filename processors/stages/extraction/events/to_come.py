"""An exchange of a day to come, as the whole text shows, is one that is planned."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from processors.model import Claim, Kind, Precision
from processors.stages.extraction.drafts.draft import Draft

_Told = tuple[Claim, list[Draft]]


def planned_ones(told: Sequence[_Told], published_on: date, as_plan: Callable[[Claim], Claim]) -> list[_Told]:
    """ "Putin announced an exchange of 175 for 175. It is scheduled for the 19th": an agreement, where it is not told of yet.

    What is only said of such an exchange, or of those in it, makes no claim.
    """
    plans = {(claim.event, claim.speaker_id) for claim, _ in told if claim.kind is Kind.AGREEMENT}
    beside = {
        claim.span for claim, _ in told if claim.kind is Kind.AGREEMENT
    }  # the day may be that of the plan
    kept: list[_Told] = []
    for claim, drafts in told:
        if claim.span in beside or not _is_to_come(claim, drafts, published_on):
            kept.append((_held(claim, published_on), drafts))
        elif claim.rule in _COUNTED and (claim.event, claim.speaker_id) not in plans:
            kept.append((as_plan(replace(claim, kind=Kind.AGREEMENT)), drafts))
    return kept


def _held(claim: Claim, published_on: date) -> Claim:
    """ "200 came home. A swap of 300 more is due tomorrow": what was held is of no day to come."""
    if claim.kind is not Kind.EXCHANGE or claim.date is None or claim.date.start_on <= published_on:
        return claim
    return replace(claim, date=None, slots=tuple(slot for slot in claim.slots if slot.slot != "date"))


def _is_to_come(claim: Claim, drafts: Sequence[Draft], published_on: date) -> bool:
    """Whether one of its own sentences names a day to come for it, or none of them a figure."""
    day = claim.date
    if claim.kind is not Kind.EXCHANGE or day is None or day.precision is not Precision.DAY:
        return False
    if day.start_on <= published_on or all(draft.date != day for draft in drafts):
        return False
    own = any(draft.sentence.units[at].day == day for draft in drafts for at in draft.days)
    return own or not any(draft.figures.returned for draft in drafts)


_COUNTED = frozenset(("counted", "tallied", "held"))
