"""How much speaks for two mentions being about one event: a sum of signed points, and a bar to clear.

The points were set on two thirds of the development corpus; each rule states what it expresses. Different figures by
different speakers cost little, since that is what this project is about. Different figures by one speaker cost a lot.
"""

from math import gcd

from processors.stages.corroboration.denials import answers, only_denies
from processors.stages.corroboration.facts import Days, Facts, Figure
from processors.stages.corroboration.quantities import overlap

#: Points from which two mentions are linked.
BAR = 2.75
#: Days by which accounts of one held exchange may be apart, at a price.
SLACK_DAYS = 3
#: Days by which plans for one exchange may be apart.
PLAN_DAYS = 10
#: An undated mention can be about something dated this many days before, or after, its publication; fresh is better.
BEFORE_DAYS, AFTER_DAYS = 31, 7
FRESH_DAYS = 14
#: Two undated mentions published further apart than this are not compared.
TALK_DAYS = 31
#: What happened, or was told, so many days ago is news: two plans, or exchanges held, are rather one.
NEWS_DAYS = 3
#: A proposal to exchange everybody stands for two years; that of a later one is another.
STANDING_DAYS = 730

#: Figures of two speakers for one side can conflict by this factor; one speaker's can be a correction by this one.
CONFLICT, CORRECTION = 1.9, 1.2

#: What was planned and what was held can differ by this factor.
PLANNED = 2.0

NEVER = -99.0
#: Points for being dated by the same days.
_ONE_DAY = 3.0


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
        facts = self.facts
        if facts.edition == other.edition or is_sub_deal(facts, other) or is_sub_deal(other, facts):
            return NEVER
        when = _when(facts, other)
        if when == NEVER:
            return BAR if self._stands(other) or self._recalls(other) else NEVER
        return (
            when
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
            return 1.0 * (one_counts and _both_held(self.facts, other) and not _both_dated(self.facts, other))
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


def _both_held(a: Facts, b: Facts) -> bool:
    return "held" in a.families and "held" in b.families


def _both_dated(a: Facts, b: Facts) -> bool:
    return bool(a.precise and b.precise)


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


def balances(facts: Facts) -> frozenset[str]:
    """How many came for how many in an exchange that was held: two exact, unequal numbers as a key. No two were alike so far."""
    if "held" not in facts.families:
        return frozenset()
    exact = [figure for figure in facts.figures if figure.low == figure.high and not figure.planned]
    mine, theirs = ([x.low for x in exact if x.side == side] for side in ("UA", "RU"))
    pairs = {(ua, ru) for ua in mine for ru in theirs if ua and ru and ua != ru and ua + ru > _TELLING}
    return frozenset(f"{ua}:{ru}" for ua, ru in sorted(pairs)[:_BALANCES])


#: People in an exchange from which its two numbers tell it from all others, and how many such pairs a mention is known by.
_TELLING, _BALANCES = 50, 6


def part_of(part: Facts, whole: Facts) -> float:
    """Points for `part` being a stage or a sub-deal of `whole`, 0 when it is not."""
    if (
        not part.precise
        or not whole.precise
        or "held" not in part.families
        or not {"held", "planned"} & {*whole.families}
    ):
        return 0.0
    mine, theirs = _hull(part), _hull(whole)
    if not theirs.first <= mine.first <= mine.last <= theirs.last:
        return 0.0
    smaller = _smaller(part, whole)
    if is_sub_deal(part, whole):
        smaller = True
    elif part.edition == whole.edition and balances(part) and not balances(whole):
        smaller = smaller or _is_less(part, whole)
    longer = (theirs.last - theirs.first) - (mine.last - mine.first)
    if longer > 0 and smaller is not False:
        return 2.0 + (smaller is True)
    if longer == 0 and smaller is True and "held" in whole.families:
        return 1.0 + (part.edition == whole.edition)
    return 0.0


def is_sub_deal(part: Facts, whole: Facts) -> bool:
    """Whether many came for a few ("200 for one man"), and fewer than came in all that day."""
    if not _uneven(part) or _uneven(whole) or "held" not in whole.families:
        return False
    return (
        bool(part.precise)
        and part.precise == whole.precise
        and _is_less(part, whole)
        and _largest(part) < _largest(whole)
    )


def _largest(facts: Facts) -> int:
    return max(_most(facts, side) for side in ("UA", "RU"))


def _uneven(facts: Facts) -> bool:
    """Whether many came for a few in each trade that the mention tells."""
    trades = [[int(number) for number in trade.split(":")] for trade in balances(facts)]
    return bool(trades) and all(max(trade) >= _UNEVEN * min(trade) for trade in trades)


#: How many times as many came to one side as to the other in what is a deal inside an exchange.
_UNEVEN = 5


def _hull(facts: Facts) -> Days:
    return Days(min(span.first for span in facts.precise), max(span.last for span in facts.precise))


def _smaller(part: Facts, whole: Facts) -> bool | None:
    """True when every figure of `part` is well below those of `whole`, None when they share no side."""
    known = [
        figure.high <= 0.7 * most
        for figure in part.figures
        if figure.high is not None and (most := _most(whole, figure.side))
    ]
    return all(known) if known else None


def _is_less(part: Facts, whole: Facts) -> bool:
    """Whether a trade of so many for so many counts fewer for each side than the article does in all (200 of 215 for one)."""
    known = [(figure.high, most) for figure in part.figures if (most := _most(whole, figure.side))]
    return bool(known) and all(high is not None and high < most for high, most in known)


def _most(facts: Facts, side: str) -> int:
    return max((figure.high or figure.low or 0 for figure in facts.figures if figure.side == side), default=0)


def _when(a: Facts, b: Facts) -> float:
    """By the days of the event where both have any; talk (what is not held yet) also by when it was published."""
    when = _dates(a, b) if (a.precise or a.vague) and (b.precise or b.vague) else _told_about(a, b)
    return max(when, _told_together(a, b)) if a.published and b.published and not _both_dated(a, b) else when


def _dates(a: Facts, b: Facts) -> float:
    if _both_dated(a, b):
        if _deal(a, b) or _deal(b, a):
            return max(_both_precise(x, y, held=False) for x in a.precise for y in b.precise)
        held = "held" in a.families or "held" in b.families
        best = max(_both_precise(x, y, held=held) for x in a.precise for y in b.precise)
        return best + (best == _ONE_DAY and _both_held(a, b))
    if a.precise or b.precise:
        sure, loose = (a, b) if a.precise else (b, a)
        return max(_inside(x, y) for x in sure.precise for y in loose.vague)
    return max(_both_vague(x, y) for x in a.vague for y in b.vague)


def _deal(plan: Facts, held: Facts) -> bool:
    """The one is a deal, the other an exchange held after it."""
    if "held" not in held.families or "held" in plan.families or "planned" not in plan.families:
        return False
    return _hull(plan).last < _hull(held).first


def _told_about(a: Facts, b: Facts) -> float:
    """At most one of the two is dated."""
    dated, other = (a, b) if a.precise or a.vague else (b, a)
    held = _both_held(a, b)
    near = [_around(span, other.published, held=held) for span in dated.precise]
    near += [
        0.0 if _gap(span, Days(other.published, other.published)) <= AFTER_DAYS else NEVER
        for span in dated.vague
    ]
    return max(near, default=NEVER)


def _told_together(a: Facts, b: Facts) -> float:
    apart = abs(a.published - b.published)
    if apart > TALK_DAYS:
        return NEVER
    if apart <= NEWS_DAYS and "planned" in a.families and "planned" in b.families:
        return 1.5
    return 0.5 if apart <= 10 else -0.5


def _gap(a: Days, b: Days) -> int:
    """Days between two stretches, 0 where they touch or overlap."""
    return max(0, a.first - b.last, b.first - a.last)


def _both_precise(a: Days, b: Days, *, held: bool) -> float:
    gap = _gap(a, b)
    if a == b:
        return _ONE_DAY
    if gap <= 1:
        return 1.0
    if gap <= SLACK_DAYS:
        return -1.5
    return NEVER if held or gap > PLAN_DAYS else -1.0


def _inside(sure: Days, loose: Days) -> float:
    gap = _gap(sure, loose)
    return 0.0 if gap == 0 else -1.0 if gap <= SLACK_DAYS else NEVER


def _around(sure: Days, published: int, *, held: bool) -> float:
    """What is told without a day while the other is news; two exchanges held are then rather one."""
    after = published - sure.last
    if not -AFTER_DAYS <= after <= BEFORE_DAYS:
        return NEVER
    fresh = 1.5 if held else 0.5
    return fresh if -1 <= after <= NEWS_DAYS else 0.0 if after <= FRESH_DAYS else -0.5


def _both_vague(a: Days, b: Days) -> float:
    if _gap(a, b):
        return NEVER
    return 1.5 if a == b else 1.0


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
    if not (_both_held(a, b) and _both_dated(a, b)):
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
