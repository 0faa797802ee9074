"""Those who say something with another: "X and Y announced"."""

import re

from processors.stages.extraction.mentions import PERSONAL, Mention, mentions
from processors.stages.extraction.units import Sentence
from processors.stages.extraction.voice import Voice

#: "X and the minister Y": between the two nothing but a comma, "and", and what describes the second.
_AND = re.compile(r",?[.c]?c[.nYurQKM]{0,5}")
#: Units before a subject, and behind one that follows its verb, among which the other is named.
_BEFORE, _BEHIND = 9, 12


def beside(sentence: Sentence, voice: Voice) -> list[Voice]:
    """Those joined to the mention by "and": they say the same."""
    mention, view = voice.mention, sentence.voice
    if voice.rule == "x-said":
        span = (max(0, mention.start - _BEFORE), mention.start)
    else:
        span = (mention.end, min(len(view), mention.end + _BEHIND))
    found = [
        Voice(other, voice.verb, voice.rule, voice.start, voice.end)
        for other in mentions(sentence, *span)
        if other.type in ({"state"} if mention.type == "state" else PERSONAL | {"short"})
        and other.speaker is not mention.speaker
        and _joined(_between(view, mention, other))
    ]
    return found[-1:] if voice.rule == "x-said" else found[:1]


def _between(view: str, one: Mention, other: Mention) -> str:
    return view[other.end : one.start] if other.start < one.start else view[one.end : other.start]


def _joined(gap: str) -> bool:
    return _AND.fullmatch(gap) is not None
