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
        return _joined_in(sentence, voice, behind)[:1] or before[-1:]
    before = _joined_in(sentence, voice, (max(0, mention.start - _BEFORE), mention.start))[-1:]
    return before or _joined_in(sentence, voice, (mention.end, voice.verb))[:1]


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
