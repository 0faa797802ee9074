"""How many came back, and to which side: counts, ratios and ordinals of one stretch of a sentence."""

import re
from dataclasses import dataclass, field

from processors.model import BySide, Quantity, Side, SlotSpan, Span
from processors.stages.extraction.units import Sentence, Unit

_COUNT = re.compile(r"N(?P<gap>[^N,;TXGEVDmpb⊂\-]{0,4})(?P<noun>[PCURB])|N(?P<bare>)")
_RATIO = re.compile(r"N(?P<left>[^N,;\"]{0,5})/(?P<mid>[^N,;\"]{0,3})N(?P<right>[^N,;\"]{0,3}[PCURB])?")
_GIVEN = re.compile(r"N[^N;]{0,6}[PCUR][^N;]{0,40}/N[^N,;]{0,3}[PCUR]")
_TAKEN = re.compile(r"/N(?P<left>[^N,;\"]{0,5})[GXT](?P<mid>[^N,;\"]{0,4})N")
_SWAP = re.compile(r"N(?P<left>[^N;]{1,14})<(?P<mid>[^N;]{0,9})N")


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


@dataclass(slots=True)
class Figures:
    """What a stretch says in numbers."""

    returned: dict[Side, Quantity] = field(default_factory=dict)
    bodies: dict[Side, Quantity] = field(default_factory=dict)
    ratio: str | None = None
    ordinal: int | None = None
    slots: list[SlotSpan] = field(default_factory=list)

    def by_side(self, name: str) -> BySide:
        """`returned` or `bodies` as the model writes it."""
        values: dict[Side, Quantity] = getattr(self, name)
        return BySide(UA=values.get(Side.UA), RU=values.get(Side.RU))


_OTHER = {Side.UA: Side.RU, Side.RU: Side.UA}


def figures(
    sentence: Sentence, start: int, end: int, *, voice: Side | None, default: Side | None, deed: bool = False
) -> Figures:
    """The figures between two units. `voice` is the speaker's side, `default` the side that an unmarked count goes to."""
    result = Figures()
    _ordinal(sentence, start, end, result)
    _formula(sentence, start, end, result)
    counts = _counts(sentence, start, end)
    if not _ratio(sentence, start, end, result, counts, voice):
        _share(sentence, start, end, result, counts, voice, default, deed=deed)
    return result


_BOTH_EXCHANGED = re.compile(r"[KM].{0,3}c.{0,3}[KM].{0,6}X.{0,3}N")


def _of_both(sentence: Sentence, start: int, at: int) -> bool:
    """ "Russia and Ukraine exchanged 200 prisoners": a total of both sides, without "each"."""
    view = sentence.content[start : at + 1]
    return any(match.end() == len(view) for match in _BOTH_EXCHANGED.finditer(view))


def _ordinal(sentence: Sentence, start: int, end: int, result: Figures) -> None:
    for at in range(start, end):
        unit = sentence.units[at]
        if unit.ordinal is None or unit.ordinal > 300:
            continue
        window = sentence.units[at : min(at + 14, len(sentence.units))]
        if any(u.classes & {"foreign"} for u in window) or not _counts_exchanges(sentence, at):
            continue
        if not _of_a_year(sentence, at):
            result.ordinal = unit.ordinal
            result.slots.append(SlotSpan(slot="ordinal", span=Span(start=unit.start, end=unit.end)))
            return


def _counts_exchanges(sentence: Sentence, at: int) -> bool:
    near = sentence.content[max(0, at - 6) : at + 6]
    return bool(re.search("[EX]", near)) or (
        "E" in sentence.content and sentence.units[at].ordinal is not None
    )


def _of_a_year(sentence: Sentence, at: int) -> bool:
    near = " ".join(unit.word for unit in sentence.units[at : at + 7])
    scoped = any(f" {phrase} " in f" {near} " for phrase in sentence.words.year_scope)
    since = any(unit.basis == "since" or "cumulative" in unit.classes for unit in sentence.units[at : at + 7])
    yearly = not since and re.search(r"\b20\d\d\b", near) is not None
    return scoped or yearly or (sentence.units[at].ordinal or 0) <= 3


def _formula(sentence: Sentence, start: int, end: int, result: Figures) -> None:
    for at in range(start, end):
        unit = sentence.units[at]
        if unit.classes & {"all", "one"}:
            result.ratio = "all:all" if "all" in unit.classes else "1:1"
            result.slots.append(SlotSpan(slot="ratio", span=Span(start=unit.start, end=unit.end)))
            return


def _counts(sentence: Sentence, start: int, end: int) -> list[Count]:
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
            count.nation = _nation(sentence, match.start(), noun)
        elif not _bare_allowed(sentence, match.start(), start, end):
            continue
        count.both = unit.each or _is_both(view, match.start(), noun, start, end)
        count.subset = _is_subset(sentence, match.start(), start) or _is_cumulative(
            sentence, match.start(), start, end
        )
        count.total = (
            "τ"
            in view[max(start, match.start() - 3) : match.start()] + view[max(noun, match.start()) + 1 :][:2]
        )
        counts.append(count)
    return _summed(sentence, counts)


def _summed(sentence: Sentence, counts: list[Count]) -> list[Count]:
    """Parts are summed ("185 soldiers and 20 civilians"); a total stands for its parts ("103 in all")."""
    view, summed = sentence.content, list[Count]()
    for count in counts:
        last = summed[-1] if summed else None
        if count.total and not count.subset:
            parts = [c for c in summed if c.noun and not c.subset]
            if parts or count.nation:
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


def _nation(sentence: Sentence, at: int, noun: int) -> Side | None:
    """The nationality between a number and its noun, or right behind the noun ("75 пленных ВСУ")."""
    for where, unit in enumerate(sentence.units[at : noun + 3], at):
        if where > noun and (
            unit.word in sentence.words.prepositions or sentence.content[where : where + 2] in {"uC", "rC"}
        ):
            return None
        if unit.classes & {"ua_people", "ua_adj"}:
            return Side.UA
        if unit.classes & {"ru_people", "ru_adj"}:
            return Side.RU
        if unit.classes & {"mark", "semicolon", "conj"}:
            break
    return None


def _bare_allowed(sentence: Sentence, at: int, start: int, end: int) -> bool:
    """A number without a noun counts people only beside a verb of return or exchange, or with "each"."""
    unit, view = sentence.units[at], sentence.content
    quantity = unit.quantity
    small = quantity is not None and max(quantity.min or 0, quantity.max or 0) < 3
    after = view[at + 1 : at + 2] if at + 1 < end else ""
    followed_by_a_noun = after in {".", "E", "L", "O", "D", "u", "r", "Z"} and not unit.each
    if small or (followed_by_a_noun and not _of_people(sentence, at)):
        return False
    return bool(re.search(r"[TXGVtbE<L]", view[max(start, at - 8) : min(end, at + 8)]))


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


def _ratio(
    sentence: Sentence, start: int, end: int, result: Figures, counts: list[Count], voice: Side | None
) -> bool:
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
    one = _nation(sentence, first, second - 1)
    two = _nation(sentence, second, min(end - 1, second + 4))
    ours = one or (_OTHER[two] if two else None) or Side.UA
    other = _OTHER[ours]
    result.returned = {ours: left, other: right}
    if _exact(left) and _exact(right):
        ua, ru = (left, right) if ours is Side.UA else (right, left)
        result.ratio = f"{ua.min}:{ru.min}"
        span = Span(start=sentence.units[first].start, end=sentence.units[second].end)
        result.slots.append(SlotSpan(slot="ratio", span=span))
    _note(result, "returned", ours, sentence.units[first])
    _note(result, "returned", other, sentence.units[second])
    if sentence.has("bodies"):
        result.bodies, result.returned = result.returned, {}
    return True


def _given(view: str, start: int, end: int) -> re.Match[str] | None:
    """ "swapped 215 Ukrainian prisoners, including …, for 55 Russians": the two figures of one trade, words apart."""
    match = _GIVEN.search(view, start, end)
    if match and re.search("[TXG]", view[max(start, match.start() - 6) : match.end()]):
        return match
    return None


def _stated_ratio(sentence: Sentence, at: int, result: Figures) -> bool:
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
        _note(result, name, side, unit)
    return True


def _exact(quantity: Quantity) -> bool:
    return quantity.min is not None and quantity.min == quantity.max and not quantity.approx


def _note(result: Figures, name: str, side: Side, unit: Unit) -> None:
    result.slots.append(SlotSpan(slot=f"{name}.{side.value}", span=Span(start=unit.start, end=unit.end)))


def _share(
    sentence: Sentence,
    start: int,
    end: int,
    result: Figures,
    counts: list[Count],
    voice: Side | None,
    default: Side | None,
    *,
    deed: bool,
) -> None:
    for count in counts:
        if count.subset:
            continue
        target = result.bodies if count.bodies else result.returned
        name = "bodies" if count.bodies else "returned"
        sides = (
            [Side.UA, Side.RU]
            if count.both
            else [_side(sentence, start, end, count, voice, default, deed=deed)]
        )
        for side in sides:
            if side is None or side in target:
                continue
            target[side] = count.quantity
            _note(result, name, side, sentence.units[count.at])
    _same_number(sentence, start, end, result)


def _same_number(sentence: Sentence, start: int, end: int, result: Figures) -> None:
    same = sentence.content.find("=", start, end)
    if same < 0:
        return
    for values, name in ((result.returned, "returned"), (result.bodies, "bodies")):
        if len(values) == 1:
            ((side, quantity),) = values.items()
            values[_OTHER[side]] = quantity
            _note(result, name, _OTHER[side], sentence.units[same])


def _side(
    sentence: Sentence,
    start: int,
    end: int,
    count: Count,
    voice: Side | None,
    default: Side | None,
    *,
    deed: bool,
) -> Side | None:
    if count.nation:
        return count.nation
    if deed:
        return default
    own = any("own" in unit.classes for unit in sentence.units[max(start, count.at - 2) : count.at + 4])
    if own and voice in _OTHER:
        return _subject(sentence, start, count.at) or voice
    if not count.noun and (spoken_of := _people_before(sentence, count.at)):
        return spoken_of
    if direction := _direction(sentence, start, end):
        return direction
    if voice in _OTHER:
        return _OTHER[voice] if _nearest_verb(sentence, start, end, count.at) == "G" else voice
    return default


def _subject(sentence: Sentence, start: int, at: int) -> Side | None:
    """The state whose own people they are ("Украина получила 100 своих военных")."""
    for unit in reversed(sentence.units[start:at]):
        if unit.classes & {"ua_state", "ru_state"}:
            return Side.UA if "ua_state" in unit.classes else Side.RU
    return None


def _people_before(sentence: Sentence, at: int) -> Side | None:
    """The nation that a sentence speaks of, for a bare number ("the number of Ukrainians returned … it was 173")."""
    sides = {
        Side.UA if "ua_people" in unit.classes else Side.RU
        for unit in sentence.units[:at]
        if unit.classes & {"ua_people", "ru_people"}
    }
    return sides.pop() if len(sides) == 1 else None


def _nearest_verb(sentence: Sentence, start: int, end: int, at: int) -> str:
    """The letter of the verb of moving that stands nearest to the number."""
    verbs = [
        where for where in range(max(start, at - 8), min(end, at + 8)) if sentence.content[where] in "GVTtX"
    ]
    return sentence.content[min(verbs, key=lambda where: (abs(where - at), where > at))] if verbs else ""


def _direction(sentence: Sentence, start: int, end: int) -> Side | None:
    """ "to Russia", "from Ukrainian captivity", "Kyiv received": the way the people travel."""
    for where in range(start, end):
        letter = sentence.content[where]
        if letter in "urKM":
            side = Side.UA if letter in "uK" else Side.RU
            if _leaves(sentence, where, start):
                return _OTHER[side]
            if _reaches(sentence, where, start):
                return side
    return None


def _leaves(sentence: Sentence, at: int, start: int) -> bool:
    """ "from Ukrainian captivity", "from territory held by Kyiv"."""
    if sentence.content[at] not in "ur":
        return False
    behind = sentence.units[at + 1].classes if at + 1 < len(sentence.units) else frozenset[str]()
    before = {unit.word for unit in sentence.units[max(start, at - 2) : at]}
    return "captive" in behind or (sentence.has("captive") and bool(before & sentence.words.away))


def _reaches(sentence: Sentence, at: int, start: int) -> bool:
    """ "returned to Russia", "Kyiv received"."""
    if sentence.content[at] not in "KM":
        return False
    before = sentence.units[at - 1].word if at > start else ""
    arrives = before in sentence.words.toward and "T" in sentence.content[start:at]
    return arrives or re.match(r"[.e]{0,2}[VT]", sentence.content[at + 1 : at + 4]) is not None
