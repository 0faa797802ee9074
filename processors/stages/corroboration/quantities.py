"""How two figures for one side stand to each other, and figures in words."""

from processors.model import BySide, Quantity, VerdictType
from processors.stages.corroboration.digits import LAST_DAY, numbers_in

#: "About 200" leaves room for a tenth.
_ROOM = 0.1


def compared(mine: BySide, theirs: BySide, a: Quantity, b: Quantity) -> tuple[VerdictType, str]:
    """The verdict on `a` of `mine` and `b` of `theirs`, which are for one side, and the reason where there is one."""
    if (a.min, a.max) == (b.min, b.max):
        return VerdictType.AGREES, ""
    if overlap(*_bounds(a), *_bounds(b)):
        return VerdictType.COMPATIBLE, ": both can hold"
    if _is_total(mine, theirs) or _is_total(theirs, mine):
        return VerdictType.COMPATIBLE, ": the larger figure is the total of both sides"
    return VerdictType.CONTRADICTS, ": both cannot hold"


def _is_total(one: BySide, both: BySide) -> bool:
    """True when the one figure of `one` is the sum of the two of `both`."""
    if (one.UA is None) is (one.RU is None) or both.UA is None or both.RU is None:
        return False
    single, ua, ru = exact(one.UA or one.RU), exact(both.UA), exact(both.RU)
    return None not in {single, ua, ru} and single == (ua or 0) + (ru or 0)


def overlap(low: int | None, high: int | None, other_low: int | None, other_high: int | None) -> bool:
    """True when one number could lie within both bounds; a bound that is None is open."""
    return (low is None or other_high is None or low <= other_high) and (
        other_low is None or high is None or other_low <= high
    )


def exact(quantity: Quantity | None) -> int | None:
    """The number, None where there are only bounds."""
    return quantity.min if quantity is not None and quantity.min == quantity.max else None


def _bounds(quantity: Quantity) -> tuple[int | None, int | None]:
    if not quantity.approx:
        return quantity.min, quantity.max
    low = None if quantity.min is None else int(quantity.min * (1 - _ROOM))
    return low, None if quantity.max is None else round(quantity.max * (1 + _ROOM))


def in_parts(evidence: str, total: Quantity) -> bool:
    """True when the sentence has the larger part of the total in digits but not the total ("224 soldiers and six civilians")."""
    whole = exact(total)
    if whole is None:
        return False
    numbers = numbers_in(evidence)
    return whole not in numbers and any(whole < 2 * number and number < whole for number in numbers)


def total_in(evidence: str, parts: BySide) -> int | None:
    """The total of both sides where the sentence has it in digits: 230 in "a total of 230 people" beside 115 to each side."""
    ua, ru = exact(parts.UA), exact(parts.RU)
    if not ua or not ru or ua + ru <= LAST_DAY:
        return None
    return ua + ru if ua + ru in numbers_in(evidence) else None


def text_of(quantity: Quantity) -> str:
    """`230`, `200 or more`, `up to 230`, `170 to 175`, `about 200`."""
    low, high = quantity.min, quantity.max
    if low == high:
        return f"about {low}" if quantity.approx else str(low)
    if high is None:
        return f"{low} or more"
    return f"up to {high}" if low is None else f"{low} to {high}"
