"""Which claims of an article are about one event, now that all of them are known.

Strands label each draft as it is read. Here each claim, in the order of the text, joins the event of the claim before it
that most speaks for, or begins an event of its own where more speaks for that: a sum of points over `signs`. The points
(`story_points`) say for instance that a denial is about the refusal or the list told last, that a pause is a story beside
offers, and that an exchange of another day is another one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from processors.model import Claim, Kind
from processors.stages.extraction.drafts.draft import MAIN, Draft
from processors.stages.extraction.events.signs import (
    Between,
    Told,
    side_groups,
    signs_of_new,
    signs_of_pair,
    told,
)
from processors.stages.extraction.events.story_points import POINTS

#: Claims before it that one is compared with: a long text takes linear time.
WINDOW = 24
#: By which factor two counts of one side are of two groups: of 30 pairs in the gold files that were read 23 are two events.
_GROUPS = 5


def tell_stories(found: Sequence[tuple[Claim, Sequence[Draft]]]) -> list[Claim]:
    """The claims, which are in the order of the text, each with the label of its event."""
    teller = Teller([told(claim, drafts) for claim, drafts in found])
    return [_labelled(one.claim, teller.event(one)) for one in teller.claims]


def _labelled(claim: Claim, event: str) -> Claim:
    return claim if claim.event == event else replace(claim, event=event)


@dataclass(slots=True)
class Teller:
    """What was told so far, claim by claim."""

    claims: Sequence[Told]
    #: Whether the text reports an exchange held.
    _beside: bool = field(init=False)
    #: Whether each claim tells of a group beside those who were exchanged.
    _side: Sequence[bool] = field(init=False)
    #: Labels of the events so far, one a claim, and those that are taken.
    _labels: list[str] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)
    #: The least and the most people that exchanges held of a label brought to a side, where they are counted exactly.
    _counted: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    #: Where each strand was told last, and a deed was.
    _latest: dict[str, int] = field(default_factory=dict)
    _deed: int = -1

    def __post_init__(self) -> None:
        self._beside = any(one.claim.kind is Kind.EXCHANGE and one.claim.event == MAIN for one in self.claims)
        self._side = side_groups(self.claims)

    def event(self, one: Told) -> str:
        """The label of the event of the next claim."""
        at = len(self._labels)
        best, label = points(self.new(one)), ""
        for before in range(max(0, at - WINDOW), at):
            if self._is_other_group(one, self._labels[before]):
                continue
            score = points(self.pair(before, one))
            if score >= best:
                best, label = score, self._labels[before]
        self.keep(one, label or self._begin(one.claim.event))
        return self._labels[-1]

    def _is_other_group(self, one: Told, label: str) -> bool:
        """ "Ten foreigners", beside the 215 of an exchange: far fewer people, or far more, than its event counts for a side."""
        if not one.held:
            return False
        known = ((number, self._counted.get((label, side))) for side, number in one.exact.items())
        return any(
            span and (number * _GROUPS <= span[1] or span[0] * _GROUPS <= number) for number, span in known
        )

    def new(self, one: Told) -> Iterable[str]:
        """The signs of a claim that begins an event."""
        return signs_of_new(one, beside=self._beside)

    def pair(self, before: int, one: Told) -> Iterable[str]:
        """The signs of the claim at `before` and the next one."""
        other, strand = self.claims[before], self.claims[before].claim.event
        between = Between(
            back=len(self._labels) - before,
            latest=self._latest[strand] == before,
            words=self._deed <= before,
            news=strand == self.claims[0].claim.event,
            side=self._side[before],
        )
        return signs_of_pair(other, one, between)

    def keep(self, one: Told, label: str) -> None:
        """Go on to the claim after this one."""
        at = len(self._labels)
        self._labels.append(label)
        if one.held:
            for side, number in one.exact.items():
                least, most = self._counted.get((label, side), (number, number))
                self._counted[label, side] = min(least, number), max(most, number)
        self._latest[one.claim.event] = at
        if not one.word:
            self._deed = at

    def _begin(self, event: str) -> str:
        label = f"{event}~{len(self._labels)}" if event in self._taken else event
        self._taken.add(label)
        return label


def points(signs: Iterable[str]) -> float:
    """The sum of what the signs count for."""
    return sum([POINTS.get(sign, 0.0) for sign in signs])
