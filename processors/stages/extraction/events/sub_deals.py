"""Deals inside one exchange: 200 for one politician and five commanders for 55, of 215 who came home in all.

One voice makes one claim about one event (CODEBOOK.md, "Claim"), so its smaller figures are those of events of their own; that
they are parts of the larger one shows in corroboration.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from processors.model import Claim, Kind
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.figures.ratios import is_exact


def with_sub_deals(told: Sequence[tuple[Claim, list[Draft]]]) -> list[tuple[Claim, list[Draft]]]:
    """The claims, in their order; a trade of fewer people than the same voice counts for the event has an event of its own."""
    whole: defaultdict[tuple[str, str], int] = defaultdict(int)
    for claim, _ in told:
        if claim.kind is Kind.EXCHANGE:
            whole[_heard(claim)] = max(whole[_heard(claim)], _counted(claim))
    return [
        (_apart(claim) if _is_deal(claim, whole[_heard(claim)]) else claim, drafts) for claim, drafts in told
    ]


def _heard(claim: Claim) -> tuple[str, str]:
    """Who says it of which event."""
    return claim.speaker_id or "", claim.event


def _is_deal(claim: Claim, whole: int) -> bool:
    """Whether it is a trade of unequal numbers, and the larger of them is less than the whole."""
    if claim.kind is not Kind.EXCHANGE or claim.ratio is None:
        return False
    ours, theirs = claim.returned.UA, claim.returned.RU
    unequal = ours is not None and theirs is not None and ours != theirs
    return unequal and 0 < _counted(claim) < whole


def _counted(claim: Claim) -> int:
    """The largest exact number of people who came to one side."""
    sides = (claim.returned.UA, claim.returned.RU)
    return max((side.min or 0 for side in sides if side is not None and is_exact(side)), default=0)


def _apart(claim: Claim) -> Claim:
    return replace(claim, event=f"{claim.event}~{claim.ratio}")
