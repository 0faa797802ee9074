"""Figures that lean on the sentence before: "the same number came home", "together with them 20 civilians return"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from processors.model import Kind, Side
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.figures.ratios import ratio_of
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.figures.tally import Figures, total

#: Units at the head of a sentence in which it says that it goes on about those before.
_HEAD = 4


def carry_figures(found: Sequence[Draft]) -> None:
    """Complete the figures of exchanges by those of the sentence before in the same paragraph."""
    told = {quantity.min for draft in found for quantity in draft.figures.bodies.values()}
    for draft in found if told else ():
        if draft.kind is Kind.EXCHANGE:
            _told_as_bodies(draft, told)
    for left, right in pairwise(found):
        _carry_bodies(left, right)
        _come_too(left, right)
    before: Draft | None = None
    for draft in found:
        if draft.kind is not Kind.EXCHANGE:
            continue
        if before and _is_next_of_row(before, draft):
            _as_many_each(before, draft)
        if before and (before.sentence is not draft.sentence or _repeats(draft)) and _adjoins(before, draft):
            _carry(before.figures, draft)
        if draft.figures.given or before is None:  # a bare word on the exchange between them counts nobody
            before = draft


#: From this day on the formulas of the press name the Ukrainians first; before, Kyiv gave up more people than it got.
_INVASION = date(2022, 2, 24)


def side_old_formulas(found: Sequence[Draft], published_on: date) -> None:
    """ "306 for 74", said of an exchange in the Donbas without whose are whose: the smaller figure came to Kyiv, unless the
    text tells otherwise ("139 people were handed to the Ukrainian side").
    """
    told = {
        (side, quantity.min)
        for draft in found
        if not draft.figures.unmarked
        for side, quantity in draft.figures.returned.items()
    }
    for draft in found:
        returned, on = draft.figures.returned, draft.date.start_on if draft.date else published_on
        ua, ru = returned.get(Side.UA), returned.get(Side.RU)
        if not draft.figures.unmarked or on >= _INVASION or ua is None or ru is None:
            continue
        as_told = not told.isdisjoint(((Side.UA, ua.min), (Side.RU, ru.min)))
        if not as_told and (ua.min or 0) > (ru.min or 0):
            draft.figures.turn("returned")
            draft.figures.ratio = ratio_of(ru, ua)


def _is_next_of_row(before: Draft, draft: Draft) -> bool:
    """ "390 were freed on Friday by each side, on Saturday 307": a day and a bare number behind the figure of both sides."""
    if before.sentence is not draft.sentence or draft.rule != "others":
        return False
    each = set(before.figures.returned) == set(OTHER_SIDE) and before.figures.ratio is None
    view = draft.sentence.content[draft.start : draft.end]
    return each and len(draft.figures.returned) == 1 and _DAY_AND_NUMBER.match(view) is not None


_DAY_AND_NUMBER = re.compile("[,;c.]{1,3}D[-.]?N(?![.]?[PCURB])")


def _as_many_each(before: Draft, draft: Draft) -> None:
    """Give the number to both sides where those before were as many on either."""
    ua, ru = before.figures.returned[Side.UA], before.figures.returned[Side.RU]
    ((side, quantity),) = draft.figures.returned.items()
    if ua == ru:
        draft.figures.returned[OTHER_SIDE[side]] = quantity
        for slot in [slot for slot in draft.figures.slots if slot.slot == f"returned.{side.value}"]:
            draft.figures.slots.append(replace(slot, slot=f"returned.{OTHER_SIDE[side].value}"))


#: What says that a figure is of people or of an exchange.
_SPELT_OUT = re.compile("[PCUREX]")


def _carry_bodies(before: Draft, draft: Draft) -> None:
    """ "… 6,060 bodies. We were given 78": bare figures of the sentence behind remains are of remains."""
    figures = draft.figures
    near = 0 <= draft.sentence.span.start - before.sentence.span.end < _GAP
    near = near and (draft.speaker is before.speaker or draft.sentence.has("inreturn"))
    if not (near and before.figures.bodies and not before.figures.returned and figures.returned):
        return
    _as_bodies(draft)


def _come_too(before: Draft, draft: Draft) -> None:
    """ "146 soldiers were released, and four more would be handed over": they come to the side that got those before."""
    if (
        draft.kind is not Kind.AGREEMENT
        or before.kind is not Kind.EXCHANGE
        or before.voice is not draft.voice
    ):
        return
    came, more = before.figures.returned, draft.figures.returned
    near = before.sentence is draft.sentence and len(came) == len(more) == 1 and set(came) != set(more)
    if near and _MORE.fullmatch(draft.sentence.content, draft.start, draft.end) and _says_more(draft):
        draft.figures.turn("returned")


#: A clause with a number that names no side.
_MORE = re.compile("[^NKMURur]*N[^NKMURur]*")


def _says_more(draft: Draft) -> bool:
    words = draft.sentence.words
    return any("also" in unit.classes or unit.word in words.further for unit in draft.units)


def _told_as_bodies(draft: Draft, told: set[int | None]) -> None:
    """ "On Wednesday the 1,212 were received": a figure that the text gives of remains elsewhere."""
    numbers = {quantity.min for quantity in draft.figures.returned.values()}
    if len(numbers) == 1 and numbers <= told and (max(n or 0 for n in numbers)) > _FEW:
        _as_bodies(draft)


#: Fewer prisoners than this may well be as many as the bodies.
_FEW = 300


def _as_bodies(draft: Draft) -> None:
    """Bare figures are those of remains."""
    figures = draft.figures
    if figures.bodies or _SPELT_OUT.search(draft.sentence.content, draft.start, draft.end):
        return
    figures.bodies, figures.returned = figures.returned, {}
    figures.slots = [replace(slot, slot=slot.slot.replace("returned", "bodies")) for slot in figures.slots]


#: Characters between two sentences in a row; from a figure to "the same number", where no other stands between.
_GAP, _FAR = 4, 600
#: "The same number of Russians".
_AS_MANY_PEOPLE = re.compile("=[^,;NTXGV]{0,2}[PCURur]")


def _repeats(draft: Draft) -> bool:
    """ "…, it reported, and as many Ukrainian troops were handed over": the same number, in a clause of its own."""
    return not draft.figures.given and "=" in draft.sentence.content[draft.start : draft.end]


def _adjoins(before: Draft, draft: Draft) -> bool:
    apart = draft.sentence.span.start - before.sentence.span.end
    near = before.sentence.paragraph == draft.sentence.paragraph or 0 <= apart < _GAP
    as_many = "=" in draft.sentence.content[draft.start : draft.end]
    same = as_many or draft.has("outbound")
    far = apart < _FAR and _AS_MANY_PEOPLE.search(draft.sentence.content, draft.start, draft.end) is not None
    return (near or far) and (same or draft.speaker is None or draft.speaker is before.speaker)


def _carry(before: Figures, draft: Draft) -> None:
    """Give "the same number" its figure, and add those who came "with them" to the figure before."""
    sentence, returned = draft.sentence, draft.figures.returned
    if not returned and len(before.returned) == 1 and "=" in sentence.content[draft.start : draft.end]:
        ((side, quantity),) = before.returned.items()
        returned[OTHER_SIDE[side]] = quantity
        place = sentence.content.index("=", draft.start)
        draft.figures.note("returned", OTHER_SIDE[side], sentence.units[place])
    elif draft.has("outbound") and len(before.returned) == 1 and set(returned) == set(before.returned):
        draft.figures.turn("returned")  # "the other way" than those before
    elif any("with_them" in unit.classes for unit in sentence.units[draft.start : draft.start + _HEAD]):
        for side in (Side.UA, Side.RU):
            if side in returned and side in before.returned:
                before.returned[side] = total([before.returned[side], returned.pop(side)])
