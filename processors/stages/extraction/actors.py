"""Which side does what is asserted: offers, refuses, stops, lists, violates."""

import re

from processors.model import Side
from processors.stages.extraction.clauses import Clause
from processors.stages.extraction.sides import OTHER_SIDE
from processors.stages.extraction.units import Sentence


def actor_of(clause: Clause, letters: str) -> Side | None:
    """The side before the cue, after "by" behind it, or as the speaker stands to it ("we", "they")."""
    sentence, low, high = clause.sentence, clause.low, clause.high
    cue = next((at for at in range(low, high) if sentence.act[at] in letters), low)
    blamed = bool(set(letters) & set("fW"))
    before = [
        side
        for at in range(low, cue)
        if (side := _side(sentence, at))
        and not _after_preposition(sentence, at)
        and not (blamed and _is_speaker(clause, at))
    ]
    if before:
        both = re.search(r"[KMp].{0,2}c.{0,2}[KMp]", sentence.act[low:cue]) and len(set(before)) > 1
        return None if both else before[-1]
    side = clause.speaker.side if clause.speaker else None
    first = {unit.word for unit in sentence.units[low:cue]}
    if side in OTHER_SIDE and first & sentence.words.we:
        return side
    if side in OTHER_SIDE and first & sentence.words.they:
        return OTHER_SIDE[side]
    genitive = cue + 1 < high and _side(sentence, cue + 1, any_case=True)
    if genitive:
        return genitive
    behind = next(
        (other for at in range(cue, high) if (other := _side(sentence, at)) and not _is_speaker(clause, at)),
        None,
    )
    passive = any(unit.word in sentence.words.by for unit in sentence.units[cue:high])
    if behind and (passive or clause.speaker is None):
        return behind
    if "S" in letters:
        return behind
    if side in OTHER_SIDE:
        return OTHER_SIDE[side] if set(letters) & set("fW") else side
    return behind


def _is_speaker(clause: Clause, at: int) -> bool:
    """Who says that somebody refuses means another."""
    speaker = clause.speaker
    named = {other.id for _, other in clause.sentence.units[at].speakers}
    return speaker is not None and speaker.type == "person" and speaker.id in named


def _oblique(sentence: Sentence, word: str) -> bool:
    """A state that is not the subject by its ending: "Києву", "Россией"."""
    head = word.partition(" ")[0]
    return head in sentence.words.genitives or head.endswith(tuple(sentence.words.oblique_endings))


def _after_preposition(sentence: Sentence, at: int) -> bool:
    return at > 0 and (
        sentence.units[at - 1].word in sentence.words.prepositions or "neg" in sentence.units[at - 1].classes
    )


def _side(sentence: Sentence, at: int, *, any_case: bool = False) -> Side | None:
    unit = sentence.units[at]
    if not any_case and _oblique(sentence, unit.word):
        return None
    if "ua_state" in unit.classes:
        return Side.UA
    if "ru_state" in unit.classes:
        return Side.RU
    if unit.speakers:
        return unit.speakers[0][1].side
    return None
