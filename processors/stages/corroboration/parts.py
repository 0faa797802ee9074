"""Which mention is a stage or a sub-deal of another one, and by how many for how many an exchange is known."""

from processors.stages.corroboration.facts import Facts
from processors.stages.corroboration.timing import hull


def part_of(part: Facts, whole: Facts) -> float:
    """Points for `part` being a stage or a sub-deal of `whole`, 0 when it is not."""
    if (
        not part.precise
        or not whole.precise
        or "held" not in part.families
        or not {"held", "planned"} & {*whole.families}
    ):
        return 0.0
    mine, theirs = hull(part), hull(whole)
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
