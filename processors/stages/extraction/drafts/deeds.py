"""Whom an offer or a refusal is about: the side they would return to, and how many, where a refusal leans on what it answers."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from processors.model import Kind, Quantity, Side
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.figures.counts import find_counts
from processors.stages.extraction.figures.sides import OTHER_SIDE, nation
from processors.stages.extraction.reading.clauses import Proposition
from processors.stages.extraction.words.units import Sentence, Unit


def back_to(one: Proposition | Draft, sentence: Sentence) -> Side:
    """The side that unmarked people would return to: the refuser's own, the other side of who offers them or keeps them."""
    if one.kind is Kind.REFUSAL:
        units = sentence.units[one.start : one.end]
        gives = _NOT_GIVING.search(sentence.act, one.start, one.end) or any(
            {"refuse", "give_verb"} <= unit.classes for unit in units
        )
        own = one.actor if one.actor is Side.RU else Side.UA
        struck = own is Side.RU and any(_is_struck(unit, sentence.words.strikes) for unit in units)
        return OTHER_SIDE[own] if gives or struck else own
    return Side.RU if one.kind is Kind.OFFER and one.actor is Side.UA else Side.UA


def _is_struck(unit: Unit, strikes: Iterable[str]) -> bool:
    """ "Russia struck five officers off the list": it keeps those who would have gone to the other side."""
    return "refuse" in unit.classes and unit.word.startswith(tuple(strikes))


#: "Refused to hand over", "did not hand over".
_NOT_GIVING = re.compile("f[^,;q]{0,3}G|e[.]?G")


def complete_refusals(made: Sequence[Draft]) -> None:
    """Give a refusal without a figure that of the offer or list it answers, or of those whom it is about."""
    for at, draft in enumerate(made):
        if draft.kind is not Kind.REFUSAL or draft.figures.given:
            continue
        answered = next((one for one in reversed(made[:at]) if _is_answered(one)), None)
        if (found := _whom(draft) or (None if answered else _them(draft))) is not None:
            place, side, quantity = found
            draft.figures.returned[side] = quantity
            draft.figures.note("returned", side, draft.sentence.units[place])
        elif answered is not None:
            returned, slots = dict(answered.figures.returned), list(answered.figures.slots)
            draft.figures = replace(answered.figures, returned=returned, slots=slots, ordinal=None)


_ANSWERED = frozenset((Kind.OFFER, Kind.LIST))


def _is_answered(one: Draft) -> bool:
    return one.kind in _ANSWERED and one.figures.given and not one.figures.bodies


#: "600 prisoners whom", "the thousand that", and units before a refusal among which it stands.
_COUNTED = re.compile("N([^N,;qB]{0,5}),?[.]?q[^Nq;]*$")
_BEFORE = 20

_Counted = tuple[int, Side, Quantity]


def _whom(draft: Draft) -> _Counted | None:
    """ "600 prisoners whom Kyiv refused to take": those right before the relative."""
    refused = draft.sentence.act.find("f", draft.start, draft.end)
    found = _COUNTED.search(draft.sentence.content, max(0, refused - _BEFORE), max(0, refused))
    quantity = draft.sentence.units[found.start()].quantity if found else None
    if found is None or quantity is None or quantity.min is quantity.max is None:
        return None
    return found.start(), _side(draft, found.start(), found.end(1)), quantity


def _them(draft: Draft) -> _Counted | None:
    """ "1,000 prisoners cannot go home because Kyiv refuses to take them": those counted last in the sentence."""
    words, sentence = draft.sentence.words, draft.sentence
    if not any(unit.word.rpartition(" ")[2] in words.them for unit in draft.units):
        return None
    counts = [
        c for c in find_counts(sentence, 0, draft.end) if c.noun and not (c.subset or c.both or c.bodies)
    ]
    return (
        (counts[-1].at, _side(draft, counts[-1].at, counts[-1].last), counts[-1].quantity) if counts else None
    )


def _side(draft: Draft, at: int, noun: int) -> Side:
    return nation(draft.sentence, at, noun) or back_to(draft, draft.sentence)
