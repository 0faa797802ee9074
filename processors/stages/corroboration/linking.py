"""How much speaks for two mentions being about one event: a sum of signed points, and a bar to clear.

The points were set on two thirds of the development corpus; each rule states what it expresses. Different figures by
different speakers cost little, since that is what this project is about. Different figures by one speaker cost a lot.
"""

from math import gcd

from processors.stages.corroboration.denials import answers, only_denies
from processors.stages.corroboration.facts import Days, Facts, Figure
from processors.stages.corroboration.parts import balances, is_sub_deal
from processors.stages.corroboration.quantities import overlap
from processors.stages.corroboration.timing import NEVER, both_dated, both_held, when

#: Points from which two mentions are linked.
BAR = 2.75
#: A proposal to exchange everybody stands for two years; that of a later one is another.
STANDING_DAYS = 730

#: Points below which two mentions of one edition are two events, whatever other editions make of them.
_AGAINST = -1.0

#: Figures of two speakers for one side can conflict by this factor; one speaker's can be a correction by this one.
CONFLICT, CORRECTION = 1.9, 1.2

#: What was planned and what was held can differ by this factor.
PLANNED = 2.0


class Probe:
    """One mention, prepared to be compared with hundreds."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._figures: dict[str, list[Figure]] = {}
        for figure in facts.figures:
            self._figures.setdefault(figure.side, []).append(figure)
        self._ratios = {reduced(ratio) for ratio in facts.ratios}
        self._ordinals, self._families, self._acts = set(facts.ordinals), set(facts.families), set(facts.acts)
        self._mediators, self._locations, self._speakers = (
            set(facts.mediators),
            set(facts.locations),
            set(facts.speakers),
        )
        self._offers = _offers(facts)
        self._standing, self._balances = standing(facts), balances(facts)
        self._only_bodies = _only_bodies(facts)

    def score(self, other: Facts) -> float:
        """Points for the two being one event, symmetrical. At least `BAR` links them, `NEVER` is a veto."""
        return NEVER if self.facts.edition == other.edition else self._alike(other)

    def allows(self, other: Facts) -> bool:
        """Whether little speaks against the two being one event, be they of one edition or not."""
        return self._alike(other) >= _AGAINST

    def _alike(self, other: Facts) -> float:
        facts = self.facts
        if is_sub_deal(facts, other) or is_sub_deal(other, facts):
            return NEVER
        days = when(facts, other)
        if days == NEVER:
            return BAR if self._stands(other) or self._recalls(other) else NEVER
        return (
            days
            + self._by_figures(other)
            + self._by_names(other)
            + self._by_families(other)
            + answers(facts, other)
        )

    def _stands(self, other: Facts) -> bool:
        """Both are the standing offer of one side."""
        apart = abs(self.facts.published - other.published)
        return bool(self._standing) and self._standing == standing(other) and apart <= STANDING_DAYS

    def _recalls(self, other: Facts) -> bool:
        """One recalls without a day, by how many came for how many, an exchange of which the other knows the day."""
        dated, recalled = (self.facts, other) if _days(self.facts) else (other, self.facts)
        if _days(recalled) or self._balances.isdisjoint(balances(other)):
            return False
        return all(span.first <= recalled.published for span in _days(dated))

    def _by_figures(self, other: Facts) -> float:
        """Equal figures speak loudest; unequal ones of one speaker, or of another order, speak against.

        Who tells of an exchange without a day or a figure means the one that others dated and counted.
        """
        if not self._figures or not other.figures:
            one_counts = bool(self._figures or other.figures)
            return 1.0 * (one_counts and both_held(self.facts, other) and not both_dated(self.facts, other))
        total = 0.0
        for side, mine in self._figures.items():
            theirs = [figure for figure in other.figures if figure.side == side]
            if not theirs:
                continue
            best = max(_pair(x, y) for x in mine for y in theirs)
            if best < 1.0 and (_total_of_both(mine, other) or _total_of_both(theirs, self.facts)):
                total += 1.0
            else:
                total += best - 4.0 * (best < 3.0 and _self_contradiction(mine, theirs))
        if self._only_bodies != _only_bodies(other):
            total -= 3.0
        return min(total, _ONE_NUMBER if _even(self.facts, other) else 4.5)

    def _by_names(self, other: Facts) -> float:
        total = 0.0
        if self._ordinals and other.ordinals:
            total += -4.0 if self._ordinals.isdisjoint(other.ordinals) else 4.0
        if self._ratios and other.ratios:
            total += -0.5 if self._ratios.isdisjoint(reduced(ratio) for ratio in other.ratios) else 0.5
        total += 0.5 * (not self._mediators.isdisjoint(other.mediators))
        total += 0.5 * (not self._locations.isdisjoint(other.locations))
        return total + 0.3 * min(3, len(self._speakers.intersection(other.speakers)))

    def _by_families(self, other: Facts) -> float:
        if not self._families.isdisjoint(other.families):
            total = 3.0 if "pause" in self._families and "pause" in other.families else 0.25
        elif only_denies(self.facts) or only_denies(other):
            total = 0.25
        else:
            total = 0.0 if {"held", "planned"} <= self._families.union(other.families) else -1.5
        if self._acts and other.acts:
            total += 1.0 * (not self._acts.isdisjoint(other.acts))
            theirs = _offers(other)
            total -= 2.0 * bool(self._offers and theirs and self._offers.isdisjoint(theirs))
        return total


def score(a: Facts, b: Facts) -> float:
    """Points of two mentions, for one comparison."""
    return Probe(a).score(b)


def _offers(facts: Facts) -> set[str]:
    return {act for act in facts.acts if act.startswith("offer:")}


def standing(facts: Facts) -> str:
    """Key of a standing offer to exchange all for all, empty for any other mention."""
    if "all:all" not in facts.ratios or facts.figures or not facts.published or "planned" in facts.families:
        return ""
    offers = _offers(facts)
    return offers.pop() if len(offers) == 1 else ""


def _days(facts: Facts) -> tuple[Days, ...]:
    return facts.precise or facts.vague


def _total_of_both(figures: list[Figure], other: Facts) -> bool:
    """True when one of the figures is the sum of what the other gives for the two sides: 230 beside 115 each."""
    sums = {
        x.low + y.low
        for x in other.figures
        for y in other.figures
        if (x.side, y.side) == ("UA", "RU")
        and x.voice == y.voice
        and x.low == x.high
        and y.low == y.high
        and x.low
        and y.low
    }
    return bool(sums) and any(figure.low in sums and figure.low == figure.high for figure in figures)


def _even(a: Facts, b: Facts) -> bool:
    """Whether two exchanges of known days brought as many to either side: "84 each" is one number to know them by."""
    if not (both_held(a, b) and both_dated(a, b)):
        return False
    return all(len({(figure.low, figure.high) for figure in one.figures}) == 1 for one in (a, b))


#: Points for one equal number, though both sides have it.
_ONE_NUMBER = 3.5


def _only_bodies(facts: Facts) -> bool:
    return bool(facts.figures) and all(figure.side.startswith("b") for figure in facts.figures)


def _pair(a: Figure, b: Figure) -> float:
    if (a.low, a.high) == (b.low, b.high):
        return 3.0
    if overlap(a.low, a.high, b.low, b.high):
        return 1.0
    if a.planned is not b.planned:
        return -0.25 if near(a, b, PLANNED) else -3.0
    return 0.0 if near(a, b, CONFLICT) else -3.0 if a.planned else -2.0


def near(a: Figure, b: Figure, factor: float) -> bool:
    """True when the larger figure is at most `factor` times the smaller."""
    small, large = sorted((a.high or a.low or 0, b.high or b.low or 0))
    return large <= factor * small


def _self_contradiction(mine: list[Figure], theirs: list[Figure]) -> bool:
    for voice in {figure.voice for figure in mine} & {figure.voice for figure in theirs} - {""}:
        pairs = [
            (x, y) for x in mine for y in theirs if x.voice == y.voice == voice and x.planned is y.planned
        ]
        if pairs and not any(
            overlap(x.low, x.high, y.low, y.high) or near(x, y, CORRECTION) for x, y in pairs
        ):
            return True
    return False


def reduced(ratio: str) -> str:
    """The ratio in lowest terms: `45:3` is `15:1`; a formula in words stays as it is."""
    left, _, right = ratio.partition(":")
    if not (left.isdecimal() and right.isdecimal()) or not int(left) or not int(right):
        return ratio
    divisor = gcd(int(left), int(right))
    return f"{int(left) // divisor}:{int(right) // divisor}"
