"""The claims of one article by event: its local labels, and what under one label cannot be one event.

Extraction gave the labels with the whole text before it, so they are taken at their word: a figure of another order is more
often that of a part of those exchanged than of another exchange. Exchanges held in different weeks, other ordinals and
offers of opposite sides are other events, whatever the label says.
"""

from collections.abc import Sequence

from processors.model import Claim, Kind
from processors.stages.corroboration.facts import days
from processors.stages.corroboration.timing import SLACK_DAYS


def threads(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims about one event each. A claim without a label stands alone."""
    labelled: dict[str, list[Claim]] = {}
    for claim in claims:
        labelled.setdefault(claim.event or f"alone:{claim.id}", []).append(claim)
    return [part for group in labelled.values() for part in _parts(group)]


def _parts(group: Sequence[Claim]) -> list[list[Claim]]:
    """Each claim joins a part that it can be one event with; news rather what is news, the recalled what is recalled.

    Claims with a day go first: they tell the parts.
    """
    parts: list[list[Claim]] = []
    for claim in sorted(group, key=lambda claim: claim.date is None):
        fitting = [part for part in parts if not any(_apart(claim, other) for other in part)]
        alike = [part for part in fitting if part[0].background is claim.background]
        if fitting:
            (alike or fitting)[0].append(claim)
        else:
            parts.append([claim])
    return parts


def _apart(a: Claim, b: Claim) -> bool:
    """True when the two cannot be about one event."""
    if a.kind is not b.kind:
        return False
    if a.kind is Kind.OFFER:
        return bool(a.actor is not b.actor and a.actor and b.actor)
    other_ordinals = a.ordinal is not None and b.ordinal is not None and a.ordinal != b.ordinal
    return a.kind is Kind.EXCHANGE and (other_ordinals or _days_apart(a, b))


def _days_apart(a: Claim, b: Claim) -> bool:
    if a.date is None or b.date is None:
        return False
    mine, theirs = days(a.date), days(b.date)
    return max(mine.first - theirs.last, theirs.first - mine.last) > SLACK_DAYS
