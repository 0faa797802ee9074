"""To which side people return: by nationality, by the way they travel, by who speaks."""

import re

from processors.model import Side
from processors.stages.extraction.units import Sentence

#: The other of the two sides; `third` has none.
OTHER_SIDE: dict[Side | None, Side] = {Side.UA: Side.RU, Side.RU: Side.UA}


def nation(sentence: Sentence, at: int, noun: int) -> Side | None:
    """The nationality between a number and its noun, or right behind the noun ("75 пленных ВСУ")."""
    for where, unit in enumerate(sentence.units[at : noun + 3], at):
        if where > at and unit.word in sentence.words.away:
            return None
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


def side_of(sentence: Sentence, stretch: range, at: int, *, noun: bool, voice: Side | None) -> Side | None:
    """The side for a number without nationality: whose "own", of whom it speaks, the way they travel, the speaker's."""
    start, end = stretch.start, stretch.stop
    own = any("own" in unit.classes for unit in sentence.units[max(start, at - 2) : at + 4])
    if own and voice in OTHER_SIDE:
        return _subject(sentence, start, at) or voice
    found = _beside_dash(sentence, at) or (None if noun else _people_before(sentence, at))
    found = found or direction(sentence, start, end)
    if found is None and voice in OTHER_SIDE:
        return OTHER_SIDE[voice] if _nearest_verb(sentence, start, end, at) == "G" else voice
    return found


def _beside_dash(sentence: Sentence, at: int) -> Side | None:
    """ "The DPR received 60 people, the Ukrainian side – 52"."""
    if at < 2 or sentence.content[at - 1] != "-":
        return None
    return {"K": Side.UA, "M": Side.RU, "p": _party(sentence, at - 2)}.get(sentence.content[at - 2])


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


def direction(sentence: Sentence, start: int, end: int) -> Side | None:
    """ "to Russia", "from Ukrainian captivity", "Kyiv received": the way the people travel."""
    for where in range(start, end):
        letter = sentence.content[where]
        if letter in "urKMpR":
            named = Side.UA if letter in "uK" else Side.RU
            side = _party(sentence, where) if letter == "p" else named
            if side is None:
                continue
            if _leaves(sentence, where, start) or _gives(sentence, where, end):
                return OTHER_SIDE[side]
            if _reaches(sentence, where, start):
                return side
    return None


def _gives(sentence: Sentence, at: int, end: int) -> bool:
    """ "Kyiv handed over 11"."""
    if sentence.content[at] not in "KMp":
        return False
    return re.match(r"[.e]{0,2}G[^TV]*N", sentence.content[at + 1 : end]) is not None


def _leaves(sentence: Sentence, at: int, start: int) -> bool:
    """ "from Ukrainian captivity", "from territory held by Kyiv"."""
    if sentence.content[at] not in "ur":
        return False
    behind = sentence.units[at + 1].classes if at + 1 < len(sentence.units) else frozenset[str]()
    before = {unit.word for unit in sentence.units[max(start, at - 2) : at]}
    return "captive" in behind or (sentence.has("captive") and bool(before & sentence.words.away))


def _reaches(sentence: Sentence, at: int, start: int) -> bool:
    """ "returned to Russia", "Kyiv received"."""
    if sentence.content[at] == "R":
        return re.match(r"G.?$", sentence.content[max(start, at - 2) : at]) is not None and _given_to(
            sentence, at
        )
    if sentence.content[at] not in "KMp":
        return False
    if at > start and sentence.content[at - 1] == "G" and _given_to(sentence, at):
        return True
    before = sentence.units[at - 1].word if at > start else ""
    arrives = before in sentence.words.toward and "T" in sentence.content[start:at]
    return arrives or re.match(r"[.e]{0,2}[VT]", sentence.content[at + 1 : at + 4]) is not None


def _given_to(sentence: Sentence, at: int) -> bool:
    """ "handed Ukraine 76 people": those named between the verb and the number receive them."""
    return re.match(r"[^N,;]{0,5}N", sentence.content[at + 1 :]) is not None


def _party(sentence: Sentence, at: int) -> Side | None:
    """The side of a body or state that is named, None for a person."""
    return next(
        (
            s.side
            for _, s in sentence.units[at].speakers
            if s.type in {"org", "state"} and s.side in OTHER_SIDE
        ),
        None,
    )
