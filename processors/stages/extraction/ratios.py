"""Ratios: "150 for 150", "215 Ukrainians … for 55", "за 215 украинцев отдали 55"."""

import re

from processors.model import Quantity, Side, SlotSpan, Span
from processors.stages.extraction.sides import OTHER_SIDE, nation
from processors.stages.extraction.tally import Figures
from processors.stages.extraction.units import Sentence

_RATIO = re.compile(r"N([^N,;\"]{0,5})/([^N,;\"]{0,3})N([^N,;\"]{0,3}[PCURB])?")
_GIVEN = re.compile(r"N[^N;]{0,6}[PCUR][^N;]{0,40}/N[^N,;]{0,3}[PCUR]")
_TAKEN = re.compile(r"/N([^N,;\"]{0,5})[GXT]([^N,;\"]{0,4})N")
_SWAP = re.compile(r"N([^N;]{1,14})<([^N;]{0,9})N")


def find_ratio(sentence: Sentence, start: int, end: int, result: Figures) -> bool:
    """Fill `result` from a ratio between two units; False when there is none that gives both figures."""
    view = sentence.content
    at = view.find("%", start, end)
    if at >= 0:
        return _stated_ratio(sentence, at, result)
    match = (
        _RATIO.search(view, start, end)
        or _SWAP.search(view, start, end)
        or _TAKEN.search(view, start, end)
        or _given(view, start, end)
    )
    if match is None:
        return False
    first = view.index("N", match.start())
    second = max(at for at in range(match.start() + 1, match.end()) if view[at] == "N")
    left, right = sentence.units[first].quantity, sentence.units[second].quantity
    named = re.search("[PCUR]", view[first : min(end, second + 4)])
    if left is None or right is None or named is None or set(view[first:second]) & set("DΣ"):
        return False
    _fill(sentence, (first, second), min(end - 1, second + 4), result)
    return True


def _fill(sentence: Sentence, places: tuple[int, int], last: int, result: Figures) -> None:
    first, second = places
    left, right = sentence.units[first].quantity or Quantity(), sentence.units[second].quantity or Quantity()
    one, two = nation(sentence, first, second - 1), nation(sentence, second, last)
    ours = one or (OTHER_SIDE[two] if two else None) or Side.UA
    other = OTHER_SIDE[ours]
    result.returned = {ours: left, other: right}
    result.ratio = ratio_of(*((left, right) if ours is Side.UA else (right, left)))
    if result.ratio:
        span = Span(start=sentence.units[first].start, end=sentence.units[second].end)
        result.slots.append(SlotSpan(slot="ratio", span=span))
    result.note("returned", ours, sentence.units[first])
    result.note("returned", other, sentence.units[second])
    if sentence.has("bodies"):
        result.bodies, result.returned = result.returned, {}


def _given(view: str, start: int, end: int) -> re.Match[str] | None:
    """ "swapped 215 Ukrainian prisoners, including …, for 55 Russians": the two figures of one trade, words apart."""
    match = _GIVEN.search(view, start, end)
    if match and re.search("[TXG]", view[max(start, match.start() - 6) : match.end()]):
        return match
    return None


def _stated_ratio(sentence: Sentence, at: int, result: Figures) -> bool:
    """A formula ("95 на 95"); one of small numbers ("one for one") gives no figures."""
    unit = sentence.units[at]
    left, right = unit.ratio or (None, None)
    result.ratio = f"{left}:{right}" if left and right else "all:all"
    result.slots.append(SlotSpan(slot="ratio", span=Span(start=unit.start, end=unit.end)))
    if left is None or right is None or min(left, right) < 3:
        return False
    target = result.bodies if sentence.has("bodies") else result.returned
    name = "bodies" if sentence.has("bodies") else "returned"
    for side, value in ((Side.UA, left), (Side.RU, right)):
        target[side] = Quantity(min=value, max=value)
        result.note(name, side, unit)
    return True


def ratio_of(ua: Quantity, ru: Quantity) -> str | None:
    """The ratio of two figures, none where one is inexact."""
    return f"{ua.min}:{ru.min}" if _exact(ua) and _exact(ru) else None


def _exact(quantity: Quantity) -> bool:
    return quantity.min is not None and quantity.min == quantity.max and not quantity.approx
