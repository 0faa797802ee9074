"""Ratios: "150 for 150", "215 Ukrainians … for 55", "за 215 украинцев отдали 55"."""

import re
from collections.abc import Sequence

from processors.model import Quantity, Side, SlotSpan, Span
from processors.stages.extraction.figures.counts import Count
from processors.stages.extraction.figures.halves import Halves, side_of
from processors.stages.extraction.figures.sides import OTHER_SIDE, direction, holder_of, nation
from processors.stages.extraction.figures.tally import Figures
from processors.stages.extraction.figures.traded_person import person_traded
from processors.stages.extraction.words.units import Sentence

_RATIO = re.compile(
    r"N((?:[^N,;\"]|,[^N,;\"]{1,4},){0,5})/(?!E)([^N,;\"c]{0,3}|[.]{0,2}pc|[.]{2}c)N([^N,;\"]{0,3}[PCURB])?"
)
_GIVEN = re.compile(r"N[^N;]{0,6}[PCUR][^N;]{0,40}/N[^N,;]{0,3}[PCUR]")
_TAKEN = re.compile(r"/N([^N,;]{0,6})[GXTV]([^N,;\"]{0,4})N")
_SWAP = re.compile(r"N([^N;]{1,24})<([^N;]{0,9})N")
_PEOPLE_OR_TRADE = re.compile("[PCURXTG<]")
_LINK = re.compile("[/<]")
#: A day, but not that of "were exchanged on Friday for", "за 55 россиян Украина в среду получила".
_OF_TWO_DAYS = re.compile("D(?![.cX]{0,3}/|[.]?[VG][^D]*$)|D.*D")
_MOVED = re.compile("[TXG]")
_LED = re.compile(r"<([^N;]{0,3})N([^N;]{2,14})N")


def find_ratio(
    sentence: Sentence, stretch: range, counts: Sequence[Count], result: Figures, voice: Side | None
) -> bool:
    """Fill `result` from a ratio in the stretch; False when there is none that gives both figures."""
    start, end = stretch.start, stretch.stop
    at = sentence.content.find("%", start, end)
    if at >= 0:
        return _stated_ratio(sentence, at, counts, result)
    if _of_one_person(sentence, stretch, counts, result, voice):
        return True
    view = _wholes(sentence.content, counts)
    match = _traded(sentence, view, start, end)
    if match is None:
        return False
    first = view.index("N", match.start())
    second = view.rindex("N", first + 1, match.end())
    named = (
        _PEOPLE_OR_TRADE.search(view, first, min(end, second + 4))
        or "E" in view[max(start, first - 1) : first]
    )
    if named is None or "Σ" in view[first:second] or _OF_TWO_DAYS.search(view, first, second):
        return False
    quantities = {count.at: count.quantity for count in counts}
    left, right = (quantities.get(at) or sentence.units[at].quantity for at in (first, second))
    if left is None or right is None or None in {left.min or left.max, right.min or right.max}:
        return False
    led = OTHER_SIDE.get(direction(sentence, first + 1, end, voice)) if match.start() < first else None
    travels = led or side_of(Halves(sentence, stretch, [first, second]), 0, noun=True, voice=voice)
    known = _side_of_first(sentence, view, first, second, end) or travels
    result.unmarked, ours = known is None, known or Side.UA
    _fill(sentence, {ours: (first, left), OTHER_SIDE[ours]: (second, right)}, result)
    return True


def _of_one_person(
    sentence: Sentence, stretch: range, counts: Sequence[Count], result: Figures, voice: Side | None
) -> bool:
    """ "200 soldiers for Viktor Medvedchuk", "she was exchanged for two Russians": the one is of the other side."""
    trade = person_traded(sentence, stretch)
    count = next((one for one in counts if trade and one.at == trade.figure), None)
    if trade is None or count is None or count.bodies or count.subset:
        return False
    behind = trade.person < trade.link
    theirs = count.nation or nation(sentence, count.at, count.last)
    theirs = theirs or (
        None if behind else side_of(Halves(sentence, stretch, [count.at]), 0, noun=True, voice=voice)
    )
    side = theirs or (_trader(sentence, stretch, trade.person) or Side.RU if behind else Side.UA)
    one = Quantity(min=1, max=1)
    _fill(sentence, {side: (count.at, count.quantity), OTHER_SIDE[side]: (trade.person, one)}, result)
    return True


def _trader(sentence: Sentence, stretch: range, person: int) -> Side | None:
    """ "Ukraine swapped him for 200 fighters": the side that gives the person gets the others."""
    trader = _TRADER.search(sentence.content, stretch.start, person)
    return None if trader is None else Side.UA if trader[0][0] == "K" else Side.RU


#: One side as the subject of a verb of exchanging, and nobody else up to the person.
_TRADER = re.compile("[KM][^KMN,;]{0,3}X[^KMN,;]*$")


def _traded(sentence: Sentence, view: str, start: int, end: int) -> re.Match[str] | None:
    """The first pattern that finds two figures of one trade, the plainest pattern first."""
    return (
        _RATIO.search(view, start, end)
        or _SWAP.search(view, start, end)
        or _TAKEN.search(view, start, end)
        or _given(view, start, end)
        or _led(sentence, view, start, end)
    )


def _side_of_first(sentence: Sentence, view: str, first: int, second: int, end: int) -> Side | None:
    """Whose people the first figure counts, by its own words or as the other side of those of the second."""
    one = nation(sentence, first, _end_of_first(view, first, second))
    one = one or OTHER_SIDE.get(holder_of(sentence, first))
    two = nation(sentence, second, min(second + 3, end - 1)) or OTHER_SIDE.get(holder_of(sentence, second))
    return one or (OTHER_SIDE[two] if two else None)


def _end_of_first(view: str, first: int, second: int) -> int:
    """Where the first figure's own words end: a nation behind "for" is that of the second ("two men for four Russians")."""
    link = _LINK.search(view, first, second)
    return max(first, link.start() - 2 if link else second - 3)


def _wholes(view: str, counts: Sequence[Count]) -> str:
    """The view without the numbers of subsets, and of the parts that are summed in the first of their row."""
    masked = list(view)
    for count in counts:
        if count.subset and not set(view[max(0, count.at - 3) : count.at]) & set("/<"):
            masked[count.at] = "."
        for at in range(count.at + 1, count.last):
            if view[at] == "N":
                masked[at] = "."
    return "".join(masked)


def _fill(sentence: Sentence, figures: dict[Side, tuple[int, Quantity]], result: Figures) -> None:
    name = _kind_of(sentence)
    values = result.values(name)
    values.update({side: quantity for side, (_, quantity) in figures.items()})
    result.ratio = ratio_of(values[Side.UA], values[Side.RU])
    first, last = sorted(at for at, _ in figures.values())
    if result.ratio:
        span = Span(start=sentence.units[first].start, end=sentence.units[last].end)
        result.slots.append(SlotSpan(slot="ratio", span=span))
    for side, (at, _) in figures.items():
        result.note(name, side, sentence.units[at])


def _kind_of(sentence: Sentence) -> str:
    """What is traded: remains wherever the sentence speaks of them."""
    return "bodies" if sentence.has("bodies") else "returned"


def _given(view: str, start: int, end: int) -> re.Match[str] | None:
    """ "swapped 215 Ukrainian prisoners, including …, for 55 Russians": the two figures of one trade, words apart."""
    match = _GIVEN.search(view, start, end)
    if match and _MOVED.search(view, max(start, match.start() - 6), match.end()):
        return match
    return None


def _led(sentence: Sentence, view: str, start: int, end: int) -> re.Match[str] | None:
    """ "In exchange for 10 occupiers, 10 of our soldiers were freed": the first figure is what the other is given for."""
    match = _LED.search(view, start, end)
    if match and sentence.units[match.start()].word.split()[-1] in sentence.words.prepositions:
        return match
    return None


def _stated_ratio(sentence: Sentence, at: int, counts: Sequence[Count], result: Figures) -> bool:
    """A formula ("95 на 95"); one of small numbers ("one for one") gives no figures."""
    unit = sentence.units[at]
    left, _ = unit.ratio or (None, None)
    if left and (_is_stage(sentence, counts, left) or _of_whole(sentence, at)):
        return False
    return state_formula(sentence, at, result)


def state_formula(sentence: Sentence, at: int, result: Figures) -> bool:
    """Fill `result` from the formula at a unit; False where it gives no figures."""
    unit = sentence.units[at]
    left, right = unit.ratio or (None, None)
    result.ratio = f"{left}:{right}" if left and right else "all:all"
    result.slots.append(SlotSpan(slot="ratio", span=unit.span))
    if left is None or right is None or min(left, right) < 3:
        return False
    result.unmarked = True
    name = _kind_of(sentence)
    for side, value in ((Side.UA, left), (Side.RU, right)):
        result.values(name)[side] = Quantity(min=value, max=value)
        result.note(name, side, unit)
    return True


def ratio_of(ua: Quantity, ru: Quantity) -> str | None:
    """The ratio of two figures, none where one is inexact."""
    return f"{ua.min}:{ru.min}" if is_exact(ua) and is_exact(ru) else None


def _is_stage(sentence: Sentence, counts: Sequence[Count], whole: int) -> bool:
    """ "303 came home in the exchange of 1,000 for 1,000": the figure of a stage stands beside the formula of the whole."""
    view = sentence.content
    of_people = [
        count
        for count in counts
        if count.noun or view[count.at + 1 : count.at + 2] == "I" or _OF_A_DAY.search(view, 0, count.at)
    ]
    numbers = [count.quantity.min or 0 for count in of_people if not count.subset]
    return any(_FEW_HUNDRED <= number < whole for number in numbers)


def _of_whole(sentence: Sentence, at: int) -> bool:
    """ "The first stage of the 1,000-for-1,000 swap took place": the formula is of the whole, and the stage has no figure."""
    ratio = sentence.units[at].ratio or (None, None)
    staged = _STAGE_OF.search(sentence.content, max(0, at - _STAGED), at)
    if staged is None and _SWAP_BEHIND.match(sentence.content, at + 1):
        staged = _OF_THE.search(sentence.content, max(0, at - _STAGED), at)
    leading = sentence.units[staged.start() : at] if staged else []
    return (ratio[0] or 0) >= _WHOLE and any(
        "stage" in unit.classes and "exchange_noun" not in unit.classes for unit in leading
    )


#: The words "stage of the exchange" before its formula, and the least formula that is held in stages.
_STAGED, _WHOLE = 7, 500
_STAGE_OF = re.compile('.[.KMc]{0,2}E[.C"]{0,3}$')


#: "The first part of the 1,000-for-1,000 swap".
_OF_THE, _SWAP_BEHIND = re.compile("[.][^,;NEXTGV]{0,4}$"), re.compile('["C]{0,2}E')


#: "On Sunday – 303, which completed the exchange of 1,000 for 1,000".
_OF_A_DAY = re.compile("D-?$")
#: A formula of so many is carried out in stages.
_FEW_HUNDRED = 100


def is_exact(quantity: Quantity) -> bool:
    """Whether it is one number, and not "some" of it."""
    return quantity.min is not None and quantity.min == quantity.max and not quantity.approx
