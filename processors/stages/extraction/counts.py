"""Numbers of people in a sentence: what they count, whether they are a part or a running total."""

import re
from dataclasses import dataclass

from processors.model import Quantity, Side
from processors.stages.extraction.sides import direction, nation
from processors.stages.extraction.units import Sentence

_COUNT = re.compile(r"N(?P<gap>[^N,;TXGEVDmpb⊂\-]{0,4}?)(?P<noun>[PCURB])|N(?P<bare>)")


@dataclass(slots=True)
class Count:
    """One number of people (or remains), not yet given to a side."""

    at: int
    quantity: Quantity
    nation: Side | None = None
    bodies: bool = False
    noun: bool = False
    both: bool = False
    subset: bool = False
    total: bool = False


def find_counts(sentence: Sentence, start: int, end: int) -> list[Count]:
    view = sentence.content
    counts: list[Count] = []
    for match in _COUNT.finditer(view, start, end):
        unit = sentence.units[match.start()]
        if unit.quantity is None or (unit.quantity.min is None and unit.quantity.max is None):
            continue
        count = Count(match.start(), unit.quantity)
        noun = match.start("noun") if match.group("noun") else -1
        if noun >= 0:
            count.noun = True
            count.bodies = view[noun] == "B" or "B" in view[max(start, match.start() - 3) : match.start()]
            count.nation = nation(sentence, match.start(), noun)
        elif not _bare_allowed(sentence, match.start(), start, end):
            continue
        count.both = unit.each or _is_both(view, match.start(), noun, start, end)
        count.subset = _is_subset(sentence, match.start(), start) or _is_cumulative(
            sentence, match.start(), start, end
        )
        behind = max(noun, match.start()) + 1
        count.total = "τ" in view[max(start, match.start() - 3) : match.start()] or view[
            behind : behind + 2
        ].startswith(("τ", ".τ"))
        if not count.both and "=" not in view[start:end] and _of_both(sentence, start, match.start()):
            count.subset = True
        counts.append(count)
    return _summed(sentence, counts, direction(sentence, start, end))


_BOTH_EXCHANGED = re.compile(r"[KM].{0,3}c.{0,3}[KM].{0,6}X.{0,3}N")


def _of_both(sentence: Sentence, start: int, at: int) -> bool:
    """ "Russia and Ukraine exchanged 200 prisoners", "a swap of 200 prisoners": a total of both sides, without "each"."""
    view = sentence.content[start : at + 1]
    offered = re.search("[Fy]", sentence.act[start:at])
    if re.search(r"E[^TtXGV]?N$", view) and sentence.content[at + 1 : at + 2] in {"C", "P"} and not offered:
        return True
    return any(match.end() == len(view) for match in _BOTH_EXCHANGED.finditer(view))


def _summed(sentence: Sentence, counts: list[Count], toward: Side | None) -> list[Count]:
    """Parts are summed ("185 soldiers and 20 civilians"); a total stands for its parts ("103 in all")."""
    view, summed = sentence.content, list[Count]()
    for count in counts:
        last = summed[-1] if summed else None
        if count.total and not count.subset:
            parts = [c for c in summed if c.noun and not c.subset]
            if any(c.both for c in parts):
                count.subset = True
            elif parts or count.nation or toward:
                summed = [c for c in summed if c.subset]
                count.nation = count.nation or (parts[0].nation if parts else None)
            else:
                count.subset = True
        elif last and _parts(view, last, count):
            last.quantity = _plus(last.quantity, count.quantity)
            last.nation = last.nation or count.nation
            continue
        summed.append(count)
    return summed


def _parts(view: str, left: Count, right: Count) -> bool:
    if not (left.noun and right.noun) or left.subset or right.subset or left.bodies != right.bodies:
        return False
    if left.both or right.both or (left.nation and right.nation and left.nation is not right.nation):
        return False
    between = view[left.at + 1 : right.at]
    return len(between) <= 6 and "c" in between and not set(between) & set("TXGVtD;")


def _plus(left: Quantity, right: Quantity) -> Quantity:
    low = (left.min or 0) + (right.min or 0)
    return Quantity(min=low, max=low if left.max and right.max else None, approx=left.approx or right.approx)


def _bare_allowed(sentence: Sentence, at: int, start: int, end: int) -> bool:
    """A number without a noun counts people only beside a verb of return or exchange, or with "each"."""
    unit, view = sentence.units[at], sentence.content
    quantity = unit.quantity
    small = quantity is not None and max(quantity.min or 0, quantity.max or 0) < 3
    after = view[at + 1 : at + 2] if at + 1 < end else ""
    followed_by_a_noun = after in {".", "E", "L", "O", "D", "u", "r", "Z"} and not unit.each
    if small or (followed_by_a_noun and not _of_people(sentence, at)):
        return False
    near = re.search(r"[TXGVtbE<L]", view[max(start, at - 8) : min(end, at + 8)])
    return near is not None or any("others" in other.classes for other in sentence.units[start : start + 3])


def _of_people(sentence: Sentence, at: int) -> bool:
    """ "390 of them", "279 з них": a number whose noun was said before."""
    return sentence.units[at + 1].word in sentence.words.behind_number


def _is_both(view: str, at: int, noun: int, start: int, end: int) -> bool:
    if view[max(start, at - 3) : at].find("b") >= 0:
        return True
    after = view[at + 1 : min(end, max(noun, at) + 6)]
    return bool(re.match(r"[^N,;\"]*b", after))


def _is_subset(sentence: Sentence, at: int, start: int) -> bool:
    view = sentence.content
    before = view[max(start, at - 6) : at]
    after = view[at + 1 : at + 5]
    if re.search(r"⊂[^;]{0,4}$", before) or after[:1] == "⊂":
        return True
    return "h" in view[at + 1 : at + 7]


def _is_cumulative(sentence: Sentence, at: int, start: int, end: int) -> bool:
    """A running total ("since February 2022 … 4 552 have returned"), not the figure of one exchange."""
    view = sentence.content
    cue = "Σ" in view[start:end] or any(unit.basis == "since" for unit in sentence.units[start:end])
    quantity = sentence.units[at].quantity
    large = quantity is not None and (quantity.min or 0) > 450
    return bool(re.search(r"Σ[^;]{0,6}$", view[max(start, at - 7) : at])) or (
        cue and large and "O" not in view[start:end]
    )
