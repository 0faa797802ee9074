"""Those who say something with another: "X and Y announced"."""

import re

from processors.stages.extraction.speakers.mentions import PERSONAL, Mention, mentions
from processors.stages.extraction.speakers.voice import Voice
from processors.stages.extraction.words.units import Sentence

#: "X and the minister Y": between the two nothing but a comma, "and", and what describes the second.
_AND = re.compile(r",?[.c]?c[.nYurQKM]{0,5}")
#: Units before a subject, and behind one that follows its verb, among which the other is named.
_BEFORE, _BEHIND = 9, 12


def beside(sentence: Sentence, voice: Voice) -> list[Voice]:
    """Those joined to the mention by "and": they say the same."""
    mention, view = voice.mention, sentence.voice
    behind = (mention.end, min(len(view), mention.end + _BEHIND))
    if voice.rule != "x-said":
        before = (
            _joined_in(sentence, voice, (voice.verb + 1, mention.start)) if voice.rule == "said-x" else []
        )
        return _joined_in(sentence, voice, behind)[:1] or before[-1:] or _row_behind(sentence, voice)
    before = _joined_in(sentence, voice, (max(0, mention.start - _BEFORE), mention.start))[-1:]
    if before:
        return [*_row_before(sentence, before[0]), *before]
    return _joined_in(sentence, voice, (mention.end, voice.verb))[:1]


def _row_before(sentence: Sentence, last: Voice) -> list[Voice]:
    """ "X, the minister Y and Z said": those whom commas join to the last but one, unless they are behind a preposition."""
    row: list[Voice] = []
    head = last.mention
    low = max(0, head.start - _ROW)
    for other in reversed(mentions(sentence, low, head.start)):
        if other.type not in PERSONAL | {"short"} or not _COMMA.fullmatch(
            sentence.voice, other.end, head.start
        ):
            break
        if _is_led(sentence, other) or other.speaker is None or other.speaker is head.speaker:
            break
        row.insert(0, Voice(other, last.verb, last.rule, last.start, last.end))
        head = other
    return row


#: Units before the last but one of a row among which the others are named; what parts two of them.
_ROW = 16
_COMMA = re.compile(r",[.nYurQKM]{0,5}")


def _is_led(sentence: Sentence, mention: Mention) -> bool:
    """ "After talks with X, Y and Z said": behind a preposition nobody speaks."""
    before = sentence.units[max(0, mention.start - _LED) : mention.start]
    return any(unit.word in sentence.words.prepositions for unit in before)


#: Units before a name among which its preposition stands.
_LED = 2


def _row_behind(sentence: Sentence, voice: Voice) -> list[Voice]:
    """ "… said X, Y and Z": a row behind the verb, which the clause ends with."""
    row: list[Voice] = []
    head = voice.mention
    for other in mentions(sentence, head.end, min(len(sentence.units), head.end + _ROW)):
        gap = sentence.voice[head.end : other.start]
        if other.type not in PERSONAL | {"short"} or other.speaker is None or other.speaker is head.speaker:
            return []
        row.append(Voice(other, voice.verb, voice.rule, voice.start, voice.end))
        if _joined(gap):
            closed = sentence.voice[other.end : other.end + 1] in {"", ",", ";", '"', "."}
            return row if closed and other.end >= len(sentence.units) - 1 else []
        if not _COMMA.fullmatch(gap):
            return []
        head = other
    return []


def _joined_in(sentence: Sentence, voice: Voice, span: tuple[int, int]) -> list[Voice]:
    """Those between two units who are joined to the mention."""
    mention = voice.mention
    return [
        Voice(other, voice.verb, voice.rule, voice.start, voice.end)
        for other in mentions(sentence, *span)
        if other.type in ({"state"} if mention.type == "state" else PERSONAL | {"short"})
        and other.speaker is not mention.speaker
        and _joined(_between(sentence, mention, other))
    ]


def _between(sentence: Sentence, one: Mention, other: Mention) -> str:
    """What stands between the two; "as well as" joins them like "and"."""
    start, end = (other.end, one.start) if other.start < one.start else (one.end, other.start)
    joins = (at for at in range(start, end) if "together" in sentence.units[at].classes)
    if (at := next(joins, None)) is None:
        return sentence.voice[start:end]
    return f"{sentence.voice[start:at]}c{sentence.voice[at + 1 : end]}"


def _joined(gap: str) -> bool:
    return _AND.fullmatch(gap) is not None
