"""What a denial of an article answers: the claim that another voice makes against the denier's side."""

from collections.abc import Sequence
from dataclasses import replace

from processors.model import Claim, Kind, Side

#: What is denied first of all: words and deeds that somebody is blamed for.
_BLAMED = frozenset((Kind.REFUSAL, Kind.ACCUSATION, Kind.VIOLATION, Kind.SUSPENSION, Kind.OFFER, Kind.LIST))
_REPORTED = frozenset((Kind.EXCHANGE, Kind.AGREEMENT))
#: Claims about the event on either side that are looked at, so that a text of nothing but denials takes linear time.
_REACH = 60


def point_denials(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims, each denial with the id of the claim that it answers, None where the article has no such claim.

    That is the nearest one before it about the same event: a blame, else a reported exchange unless the denier's own side
    reports it too. Where none comes before (a denial in the headline), the first blame after it.
    """
    if not any(claim.kind is Kind.DENIAL for claim in claims):
        return tuple(claims)
    events: dict[str, list[Claim]] = {}
    places: list[int] = []
    for claim in claims:
        same = events.setdefault(claim.event, [])
        places.append(len(same))
        same.append(claim)
    return tuple(
        _pointed(claim, events[claim.event][max(0, at - _REACH) : at + _REACH])
        if claim.kind is Kind.DENIAL
        else claim
        for claim, at in zip(claims, places, strict=True)
    )


def _pointed(denial: Claim, same: Sequence[Claim]) -> Claim:
    opposed = [claim for claim in same if _opposed(denial, claim)]
    before = [claim for claim in opposed if claim.span.start <= denial.span.start]
    blames = [claim for claim in before if claim.kind in _BLAMED]
    after = [claim for claim in opposed if claim.kind in _BLAMED]
    conceded = any(claim.kind in _REPORTED and _own(denial, claim) for claim in same)
    reported = [] if conceded else [claim for claim in before if claim.kind in _REPORTED]
    answered = blames[-1:] or reported[-1:] or after[:1]
    return replace(denial, denies=answered[0].id) if answered else denial


def _opposed(denial: Claim, claim: Claim) -> bool:
    """Said by nobody of the denier's side, and not of what only the other side did."""
    if claim.kind is Kind.DENIAL or _own(denial, claim):
        return False
    side = denial.speaker_side
    return claim.actor is None or side in {None, Side.THIRD} or claim.actor is side


def _own(denial: Claim, claim: Claim) -> bool:
    """Whether the denier, or somebody who speaks for the same side, makes the claim."""
    if claim.speaker_id == denial.speaker_id:
        return True
    return claim.speaker_side is not None and claim.speaker_side is denial.speaker_side
