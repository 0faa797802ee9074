"""The claims of one article by event: its local labels, and what under one label cannot be one event.

Different figures of different voices are what an exchange is watched for, but figures of another order, exchanges held on
different days and other ordinals are other events that the text recalls or sets apart, whatever the label says. And two
labels for exchanges held on one day are one event where nothing speaks against it.
"""

from collections.abc import Sequence

from processors.model import Claim, Kind
from processors.stages.corroboration.facts import PRECISE_DAYS, Days, days, figures, voice
from processors.stages.corroboration.linking import SLACK_DAYS, near, overlap

#: Figures under one label are of two events if two speakers, or one, give them with a larger factor between them.
_CONFLICT, _CORRECTION = 4.0, 1.6


def threads(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims about one event each, in the order of their first claims. A claim without a label stands alone."""
    labelled: dict[str, list[Claim]] = {}
    for claim in claims:
        labelled.setdefault(claim.event or f"alone:{claim.id}", []).append(claim)
    found: list[list[Claim]] = []
    for part in (part for group in labelled.values() for part in _parts(group)):
        same = next((other for other in found if _one_event(other, part)), None)
        if same is None:
            found.append(part)
        else:
            same += part
    return found


def _parts(group: Sequence[Claim]) -> list[list[Claim]]:
    """Each claim joins a part that it can be one event with; news rather what is news, the recalled what is recalled.

    Claims with figures go first: they tell the parts, and one without joins the part that most is said of, else the larger.
    """
    parts: list[list[Claim]] = []
    for claim in sorted(group, key=lambda claim: not figures(claim)):
        fitting = [part for part in parts if not any(_apart(claim, other) for other in part)]
        alike = [part for part in fitting if part[0].background is claim.background]
        if fitting:
            (alike or fitting)[0].append(claim) if figures(claim) else max(
                alike or fitting, key=_size
            ).append(claim)
        else:
            parts.append([claim])
    return parts


def _size(part: Sequence[Claim]) -> tuple[int, int]:
    people = [figure.high or figure.low or 0 for claim in part for figure in figures(claim)]
    return sum(bool(figures(claim)) for claim in part), max(people, default=0)


def _one_event(one: Sequence[Claim], other: Sequence[Claim]) -> bool:
    shared = _held_on(one) & _held_on(other)
    return bool(shared) and not any(_apart(a, b) for a in one for b in other)


def _held_on(claims: Sequence[Claim]) -> set[Days]:
    spans = {days(claim.date) for claim in claims if claim.kind is Kind.EXCHANGE and claim.date is not None}
    return {span for span in spans if span.last - span.first < PRECISE_DAYS}


def _apart(a: Claim, b: Claim) -> bool:
    """True when the two cannot be about one event."""
    if a.kind is not b.kind:
        return False
    if a.kind is Kind.OFFER and a.actor is not b.actor and a.actor and b.actor:
        return True
    if a.kind is not Kind.EXCHANGE:
        return False
    if a.ordinal is not None and b.ordinal is not None and a.ordinal != b.ordinal:
        return True
    factor = _CORRECTION if voice(a) == voice(b) else _CONFLICT
    return _days_apart(a, b) or any(
        x.side == y.side and not overlap(x.low, x.high, y.low, y.high) and not near(x, y, factor)
        for x in figures(a)
        for y in figures(b)
    )


def _days_apart(a: Claim, b: Claim) -> bool:
    if a.date is None or b.date is None:
        return False
    mine, theirs = days(a.date), days(b.date)
    return max(mine.first - theirs.last, theirs.first - mine.last) > SLACK_DAYS
