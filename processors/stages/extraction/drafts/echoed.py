"""What a text says twice or only touches on: a state's word that is its official's, a plan without day and number."""

from collections.abc import Sequence

from processors.model import Claim, Kind
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.figures.sides import OTHER_SIDE


def without_echoes(found: Sequence[Draft]) -> list[Draft]:
    """Without "Russia accuses Kyiv of stalling swaps" where Moskalkova says so below: the state's word is hers."""
    stops = [draft for draft in found if draft.kind is Kind.SUSPENSION and draft.rule != "silence"]
    told = {draft.speaker.id if draft.speaker else "" for draft in stops}
    return [
        draft
        for draft in found
        if not (_is_echo(draft, told) or (_of_state(draft) and _said_below(draft, found)))
    ]


def _is_echo(draft: Draft, told: set[str]) -> bool:
    """ "Then came silence", from a voice that tells of the pause in other words as well."""
    return draft.rule == "silence" and (draft.speaker.id if draft.speaker else "") in told


def _of_state(draft: Draft) -> bool:
    """Whether a warring state is said to claim something."""
    speaker = draft.speaker
    state = speaker is not None and speaker.type == "state" and speaker.side in OTHER_SIDE
    return state and draft.kind in _CHARGES


#: A denial or a deal is that of the state as well, and its figures may be others.
_CHARGES = frozenset(
    (Kind.EXCHANGE, Kind.SUSPENSION, Kind.REFUSAL, Kind.OFFER, Kind.VIOLATION, Kind.ACCUSATION)
)


def _said_below(draft: Draft, found: Sequence[Draft]) -> bool:
    """Whether somebody in that state's service makes the claim further down."""
    return any(
        one.kind is draft.kind
        and one.event == draft.event
        and one.sentence.span.start > draft.sentence.span.start
        and one.speaker is not None
        and one.speaker.type in _OFFICIALS
        and draft.speaker is not None
        and one.speaker.side is draft.speaker.side
        and (draft.actor is None or one.actor in {None, draft.actor})
        and (not draft.figures.given or (_is_heading(draft) and _counts_the_same(draft, one)))
        for one in found
    )


def _is_heading(draft: Draft) -> bool:
    """ "116 soldiers returned, says Kyiv": a line without a stop, over what the official says."""
    return draft.sentence.text.rstrip()[-1:].isalnum()


def _counts_the_same(draft: Draft, one: Draft) -> bool:
    """Whether each figure of the state is the official's."""
    told, theirs = draft.figures, one.figures
    counted = (
        told.returned.items() <= theirs.returned.items() and told.bodies.items() <= theirs.bodies.items()
    )
    return counted and told.ratio in {None, theirs.ratio} and told.ordinal in {None, theirs.ordinal}


_OFFICIALS = frozenset(("person", "org"))


def only_touched_on(claim: Claim, drafts: Sequence[Draft]) -> bool:
    """Whether the text itself mentions a plan or deal in passing, without a day, a number, a formula or both parties."""
    if claim.kind is not Kind.AGREEMENT or claim.speaker is not None:
        return False
    told = (claim.date, claim.returned.UA, claim.returned.RU, claim.bodies.UA, claim.bodies.RU, claim.ratio)
    return not (any((*told, claim.ordinal)) or any(set(one.sentence.content) >= _PARTIES for one in drafts))


#: Ukraine and Russia.
_PARTIES = frozenset("KM")
