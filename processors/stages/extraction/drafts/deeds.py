"""Whom an offer or a refusal is about: the side they would return to, and how many, where a refusal leans on what it answers."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from processors.model import Kind, Quantity, Side
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.figures.counts import find_counts
from processors.stages.extraction.figures.sides import OTHER_SIDE, nation
from processors.stages.extraction.kinds.actors import HANDING
from processors.stages.extraction.reading.clauses import Proposition
from processors.stages.extraction.speakers.voice import Voice
from processors.stages.extraction.words.units import Sentence, Unit


def back_to(one: Proposition | Draft, sentence: Sentence) -> Side:
    """The side that unmarked people would return to: the refuser's own, the other side of who offers them or keeps them."""
    if one.kind is Kind.REFUSAL:
        units = sentence.units[one.start : one.end]
        gives = _NOT_GIVING.search(sentence.act, one.start, one.end) or any(
            {"refuse", "give_verb"} <= unit.classes for unit in units
        )
        own = one.actor if one.actor is Side.RU else Side.UA
        traded = _NOT_TRADING.search(sentence.act, one.start, one.end) or any(
            {"refuse", "exchange_noun"} <= unit.classes for unit in units
        )
        if own is Side.RU and traded:
            return Side.UA
        struck = own is Side.RU and any(_is_struck(unit, sentence.words.strikes) for unit in units)
        return OTHER_SIDE[own] if gives or struck else own
    return Side.RU if one.kind is Kind.OFFER and one.actor is Side.UA else Side.UA


def tells_of_own_list(sentence: Sentence, one: Proposition, voice: Voice) -> bool:
    """ "X published a list of those whom, by her account, Kyiv refuses": the outlet tells of the list, and X of the refusal."""
    if one.kind is not Kind.LIST or voice.carried or not 0 <= voice.verb < len(sentence.units):
        return False
    if _shown_by(sentence, one, voice):
        return True
    if not sentence.has(*HANDING) or sentence.units[voice.verb].classes.isdisjoint(_TELLS_OF_LIST):
        return False
    return any(who is voice.speaker for unit in sentence.units for _, who in unit.speakers)


def _shown_by(sentence: Sentence, one: Proposition, voice: Voice) -> bool:
    """ "X published a list and said …", "…, wrote X, who put out a list": what somebody does beside what they say."""
    units, words, who = sentence.units, sentence.words, voice.mention
    shown = (at for at in range(one.start, one.end) if "publish" in units[at].classes)
    at = next(shown, -1)
    if at < 0 or "L" not in sentence.act[at : one.end]:
        return False
    if who.end <= at < voice.verb:
        return set(sentence.voice[who.end : at]) <= _ADVERBS and "c" in sentence.voice[at : voice.verb]
    if at < who.start:
        person = units[who.head].word in words.she | words.he
        return person and "q" in sentence.voice[at : who.start]
    told = any(unit.word in words.that for unit in units[voice.verb : at - 1])
    led = units[at - 1]
    whose = "rel" in led.classes and led.word not in words.that
    again = led.word in words.she | words.he and "conj" in units[at - 2].classes
    return not told and at > voice.verb and (whose or again)


#: What may stand between a subject and its verb.
_ADVERBS = frozenset(".eD")
#: "By her account"; "posted on Telegram", which is how a list is told too.
_TELLS_OF_LIST = frozenset(("accord_ref", "publish"))


def _is_struck(unit: Unit, strikes: Iterable[str]) -> bool:
    """ "Russia struck five officers off the list": it keeps those who would have gone to the other side."""
    return "refuse" in unit.classes and unit.word.startswith(tuple(strikes))


#: "Russia refused to exchange 500 prisoners", "refused an exchange of 500": those whom it holds.
_NOT_TRADING = re.compile("f[^,;q]{0,2}[XE]")
#: "Refused to hand over", "did not hand over".
_NOT_GIVING = re.compile("f[^,;q]{0,3}G|e[.]?G")


def complete_refusals(made: Sequence[Draft]) -> None:
    """Give a refusal without a figure that of the offer or list it answers, or of those whom it is about."""
    for at, draft in enumerate(made):
        if draft.kind not in _CUES or draft.figures.given:
            continue
        if draft.kind is not Kind.REFUSAL:
            _count_those_before(draft)
            continue
        answered = next((one for one in reversed(made[:at]) if _is_answered(one)), None)
        if (found := _whom(draft) or (None if answered else _them(draft))) is not None:
            place, side, quantity = found
            draft.figures.returned[side] = quantity
            draft.figures.note("returned", side, draft.sentence.units[place])
        elif answered is not None:
            returned, slots = dict(answered.figures.returned), list(answered.figures.slots)
            draft.figures = replace(answered.figures, returned=returned, slots=slots, ordinal=None)


def _count_those_before(draft: Draft) -> None:
    """ "1,000 men whom Moscow was ready to hand over", "тисячу полонених, списки яких оприлюднили": told by the relative."""
    if (found := _whom(draft)) is not None:
        place, side, quantity = found
        draft.figures.returned[side] = quantity
        draft.figures.note("returned", side, draft.sentence.units[place])


#: What a deed is told by, behind those whom it is about.
_CUES = {Kind.REFUSAL: re.compile("f"), Kind.OFFER: re.compile("[Fy]"), Kind.LIST: re.compile("L.")}
_ANSWERED = frozenset((Kind.OFFER, Kind.LIST))


def _is_answered(one: Draft) -> bool:
    return one.kind in _ANSWERED and one.figures.given and not one.figures.bodies


#: "600 prisoners whom", "the thousand that", and units before a refusal among which it stands.
_COUNTED = re.compile("N([^N,;qB⊂]{0,5}),?[.L]?q[^Nq;]*$")
_BEFORE = 20

_Counted = tuple[int, Side, Quantity]


def _whom(draft: Draft) -> _Counted | None:
    """ "600 prisoners whom Kyiv refused to take": those right before the relative."""
    cue = _CUES[draft.kind].search(draft.sentence.act, draft.start, draft.end)
    if cue is None:
        return None
    end = cue.end() if draft.kind is Kind.LIST else cue.start()
    found = _COUNTED.search(draft.sentence.content, max(0, end - _BEFORE), end)
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
