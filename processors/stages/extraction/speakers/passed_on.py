"""Bodies that pass on what another says, as media do: "the ISW reported that X said", "the ministry, citing X, said"."""

import re

from processors.stages.extraction.speakers.discourse import Discourse
from processors.stages.extraction.speakers.mentions import Mention, mentions
from processors.stages.extraction.speakers.voice import Voice
from processors.stages.extraction.words.units import Sentence


def passed_on(sentence: Sentence, voice: Voice, voices: list[Voice], discourse: Discourse) -> tuple[str, ...]:
    """The body through which the voice is heard: one that cites it, or analysts in whose that-clause it speaks."""
    if voice.speaker is None:
        return ()
    mention = _citing(sentence, voice) or _analysts(sentence, voice, voices)
    body = discourse.resolve(sentence, mention) if mention else None
    if body is None and voice.mention.type != "message" and _in_their_report(sentence):
        body = discourse.last_analyst()
    return (body.name,) if body is not None and body is not voice.speaker else ()


def _citing(sentence: Sentence, voice: Voice) -> Mention | None:
    """ "The ministry, citing X, said", "said the ministry, citing X", "citing X, the ministry said": who cites."""
    at = voice.verb
    if sentence.units[at].word not in sentence.words.citing:
        return None
    before = [one for one in mentions(sentence, 0, at) if one.type in _BODIES]
    if before:
        return before[-1] if _BESIDE.fullmatch(sentence.voice, before[-1].end, at) else None
    behind = [
        one for one in mentions(sentence, voice.mention.end, len(sentence.units)) if one.type in _BODIES
    ]
    return (
        behind[0] if behind and _LED.fullmatch(sentence.voice, voice.mention.end, behind[0].start) else None
    )


#: Who may cite: a person who does speaks for themselves.
_BODIES = frozenset(("org", "short"))
#: Between who cites and the word of citing: a comma, or the verb and its day; between who is cited and who cites.
_BESIDE = re.compile("[.weD]{0,3}s?[.D]{0,3},?c?")
_LED = re.compile("[.D]{0,2},?[.rus]{0,3}")


def _analysts(sentence: Sentence, voice: Voice, voices: list[Voice]) -> Mention | None:
    """ "The ISW noted that X had said", "X said that …, the ISW notes": analysts who assert nothing of their own."""
    for outer in voices:
        who = outer.speaker
        if who is None or not who.analyst or outer.verb < 0 or outer is voice:
            continue
        first = min(voice.verb, voice.mention.start)
        within = outer.verb < first and _INTO.fullmatch(sentence.voice, outer.verb + 1, first)
        if within or (outer.verb > voice.verb and _closes(sentence, outer)):
            return outer.mention
    return None


def _closes(sentence: Sentence, outer: Voice) -> bool:
    """Whether nothing but a comma, the name and its verb end the sentence."""
    low, high = min(outer.verb, outer.mention.start), max(outer.verb + 1, outer.mention.end)
    return sentence.voice[low - 1] == "," and len(sentence.units) - high <= 1


#: "That", a day, and what describes who speaks.
_INTO = re.compile("[.Dw]{0,3},?q?[.nurQKMDw]{0,6},?")


def _in_their_report(sentence: Sentence) -> bool:
    """ "Lubinets said that …, сказано в сводке", "the report says": what closes the sentence, or leads it, is in a report."""
    words, units = sentence.words, sentence.units
    at = next((i for i, unit in enumerate(units) if unit.word in words.dispatches), -1)
    if at < 0:
        return False
    closes = len(units) - at <= _TAIL and "," in sentence.voice[max(0, at - _TAIL) : at]
    return closes or (at < _TAIL and sentence.voice[at + 1 : at + 2] in {",", "s"})


#: Units of "the report says" with its mark.
_TAIL = 4
