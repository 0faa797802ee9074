"""Which claims of an article are about one event, now that all of them are known.

Strands label each draft as it is read. Here plans, offers, refusals, lists and pauses become one story where nothing tells
them apart, whichever of them gives the number: another number, another formula, remains beside people, what is recalled
beside news, an offer of the other side. A blamed side that says it is ready, or sends lists all the time, tells
another story; and words that follow are about the story before such an aside.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from processors.model import Claim, Kind, Quantity, Side
from processors.stages.extraction.draft import MAIN

_TO_ALL = "all:all"
_DEEDS = frozenset((Kind.AGREEMENT, Kind.OFFER, Kind.REFUSAL, Kind.LIST, Kind.SUSPENSION))
#: Stories that a deed is compared with, and deeds of each, the last told first: a long text takes linear time.
_STORIES, _TOLD = 6, 12
#: A deal so much older than the exchange that the text reports is another one's.
_DEAL = timedelta(days=40)
#: Figures of one story can differ by this factor.
_NEAR = 1.2


@dataclass(slots=True, eq=False)
class _Story:
    """One plan, proposal or pause, and the claims on it so far."""

    event: str
    recalled: bool
    to_all: bool = False
    claims: list[Claim] = field(default_factory=list)
    #: Labels that strands gave its claims.
    labels: set[str] = field(default_factory=set)

    @property
    def planned(self) -> bool:
        """Whether both sides are said to have agreed on it."""
        return any(claim.kind is Kind.AGREEMENT for claim in self.claims[:_TOLD])


def tell_stories(claims: Sequence[Claim]) -> list[Claim]:
    """The claims, which are in the order of the text, each with the label of its event."""
    teller = _Teller(claims)
    return [replace(claim, event=teller.event(claim)) for claim in claims]


class _Teller:
    """The story that the text is at, claim by claim."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._held = [claim for claim in claims if claim.kind is Kind.EXCHANGE and claim.event == MAIN]
        self._stories: list[_Story] = []
        #: Events that words are about, empty before any: of the news, and of what was recalled last.
        self._at = MAIN if self._held else ""
        self._recalled = ""

    def event(self, claim: Claim) -> str:
        """The label of the claim's event."""
        if claim.kind is Kind.EXCHANGE:
            self._at = self._at if claim.background else claim.event
            return claim.event
        if self._held and (claim.event == MAIN or self._is_deal(claim)):
            self._at = MAIN if claim.kind is Kind.AGREEMENT else self._at
            return MAIN
        if claim.kind in _DEEDS:
            return self._deed(claim)
        return self._word(claim)

    def _word(self, claim: Claim) -> str:
        """A denial, and what is itself recalled, are about what was recalled just before; other words about the news."""
        if self._recalled and (claim.background or claim.kind is Kind.DENIAL):
            return self._recalled
        if not self._at:
            self._at = self._begin(claim).event
        return self._at

    def _is_deal(self, claim: Claim) -> bool:
        """The deal behind the exchange that the text reports, by its figures."""
        day = next((held.date.start_on for held in self._held if held.date), None)
        if claim.kind is not Kind.AGREEMENT or day is None:
            return False
        made = claim.date.end_on if claim.date else None
        past = day - _DEAL <= made < day if made else claim.background
        return past and any(_equal(claim, held) for held in self._held[:_TOLD])

    def _deed(self, claim: Claim) -> str:
        near = reversed(self._stories[-_STORIES:])
        story = next((story for story in near if self._fits(claim, story)), None) or self._begin(claim)
        story.to_all = story.to_all or claim.ratio == _TO_ALL
        aside = story.to_all or story.recalled or _replies(claim, self._stories[-_STORIES:])
        story.claims.append(claim)
        story.labels.add(claim.event)
        if not aside or not self._at:
            self._at = story.event
        self._recalled = story.event if story.recalled else ""
        return story.event

    def _begin(self, claim: Claim) -> _Story:
        known = any(story.event == claim.event for story in self._stories)
        event = f"{claim.event}~{len(self._stories)}" if known else claim.event
        self._stories.append(_Story(event, claim.background, labels={claim.event}))
        return self._stories[-1]

    def _fits(self, claim: Claim, story: _Story) -> bool:
        if not story.claims:
            return True  # Begun by a word on it, as headlines do.
        same = claim.event in story.labels
        if story.recalled is not claim.background and not same:
            return False
        if story.to_all is not (claim.ratio == _TO_ALL) and not (same and _is_bare(claim)):
            return False
        if not same and (claim.kind is Kind.AGREEMENT or (story.planned and self._held)):
            return False  # Beside an exchange that was held, or after other deeds, a plan is the next one.
        told = story.claims[-_TOLD:]
        if not any(_equal(claim, other) for other in told) and any(_apart(claim, other) for other in told):
            return False
        return story.planned or not _replies(claim, [story])


def _apart(a: Claim, b: Claim) -> bool:
    """Offers of both sides, people and remains, or figures that are far apart."""
    if a.kind is b.kind is Kind.OFFER and None not in {a.actor, b.actor} and a.actor is not b.actor:
        return True
    mine, theirs = _figures(a), _figures(b)
    if mine and theirs and _only_bodies(mine) is not _only_bodies(theirs):
        return True
    if a.kind is b.kind is Kind.AGREEMENT and a.date and a.date == b.date and a.speaker_id != b.speaker_id:
        return False  # Two voices on the exchange of one day may well differ.
    return any(_far(mine[side], theirs[side]) for side in mine.keys() & theirs.keys())


def _equal(a: Claim, b: Claim) -> bool:
    """One and the same figure for one side."""
    mine, theirs = _figures(a), _figures(b)
    return any(mine[side] == theirs[side] for side in mine.keys() & theirs.keys())


def _figures(claim: Claim) -> dict[str, Quantity]:
    people, bodies = claim.returned, claim.bodies
    rows = (("UA", people.UA), ("RU", people.RU), ("bodies UA", bodies.UA), ("bodies RU", bodies.RU))
    return {side: quantity for side, quantity in rows if quantity is not None}


def _only_bodies(figures: dict[str, Quantity]) -> bool:
    return all(side.startswith("bodies") for side in figures)


def _far(a: Quantity, b: Quantity) -> bool:
    """Figures that cannot be the same number, nor one that was only corrected."""
    if max(a.min or 0, b.min or 0) <= min(a.max or 10**9, b.max or 10**9):
        return False
    small, large = sorted((a.max or a.min or 0, b.max or b.min or 0))
    return large > _NEAR * small


def _is_bare(claim: Claim) -> bool:
    return not (claim.ratio or _figures(claim))


def _replies(claim: Claim, stories: Sequence[_Story]) -> bool:
    """ "We are ready to take everyone", "we keep handing over lists": what a side says that is blamed or was made an offer."""
    if claim.kind not in {Kind.OFFER, Kind.LIST} or not _is_bare(claim):
        return False
    return any(_blames(other, claim.actor) for story in stories for other in story.claims[-_TOLD:])


def _blames(claim: Claim, side: Side | None) -> bool:
    if claim.kind in {Kind.REFUSAL, Kind.SUSPENSION}:
        return claim.actor is side
    return claim.kind in {Kind.LIST, Kind.OFFER} and claim.actor is not side
