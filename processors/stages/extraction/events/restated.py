"""What one voice says twice of one event, which shows only once the events are known: it is one claim (CODEBOOK.md, "Claim")."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from processors.model import BySide, Claim, Kind
from processors.stages.extraction.drafts.draft import REMAINS, Draft

Told = tuple[Claim, list[Draft]]

#: Words about an event, whose date is that of the event however they give it.
_WORDS = frozenset({Kind.DENIAL, Kind.ACCUSATION, Kind.ASSESSMENT})


def restated(told: Sequence[Told], claim_of: Callable[[list[Draft]], Claim]) -> list[Told]:
    """The claims, each with its drafts, in the order in which they began; each list of names is a claim of its own,
    and a deal on remains one beside that on prisoners.

    A claim is compared with the last one of its voice, kind and event: a long text takes linear time.
    """
    found: list[list[Told]] = []
    last: dict[tuple[Kind, str, str, bool], list[Told]] = {}
    for one in told:
        claim, drafts = one
        remains = any(draft.event.endswith(REMAINS) for draft in drafts)
        key = (claim.kind, claim.speaker_id or "", claim.event, remains)
        if key in last and _alike(last[key][-1][0], claim):
            last[key].append(one)
        else:
            last[key] = [one]
            found.append(last[key])
    return [same[0] if len(same) == 1 else _joined(same, claim_of) for same in found]


def _joined(same: Sequence[Told], claim_of: Callable[[list[Draft]], Claim]) -> Told:
    drafts = [draft for _, each in same for draft in each]
    return replace(claim_of(drafts), event=same[0][0].event), drafts


def _alike(one: Claim, other: Claim) -> bool:
    """Whether nothing in the two tells that they are two claims."""
    dated = one.date is not None and other.date is not None and one.date != other.date
    return (
        one.kind is not Kind.LIST
        and not (dated and one.kind not in _WORDS)
        and (None in {one.actor, other.actor} or one.actor is other.actor)
        and _fit(one.returned, other.returned)
        and _fit(one.bodies, other.bodies)
    )


def _fit(one: BySide, other: BySide) -> bool:
    """Whether no side has two figures."""
    return all(None in pair or pair[0] == pair[1] for pair in ((one.UA, other.UA), (one.RU, other.RU)))
