"""A second speaker whose verb is left out: "the ministry said that 150 came back, and Zelensky that 175 did"."""

import re

from processors.stages.extraction.speakers.mentions import PERSONAL, best
from processors.stages.extraction.speakers.voice import Voice
from processors.stages.extraction.words.units import Sentence

#: "And", few words that end in a name, a dash in the verb's place.
_PAIRED = re.compile(r"[,;]c?(?P<who>[.nYurQKM]{0,4}p{1,2})-?(?=[q.])")
#: The rule of a voice behind which the verb may be left out.
_BEFORE = frozenset(("x-said", "said-x", "and-said"))


def without_verb(sentence: Sentence, voices: list[Voice]) -> list[Voice]:
    """Those who say something by the verb of the voice before them."""
    last = voices[-1] if voices else None
    if last is None or last.rule not in _BEFORE:
        return []
    begin = max(last.verb, last.mention.end - 1) + 1
    for match in _PAIRED.finditer(sentence.voice, begin):
        if not (_tells(sentence, match.end()) or _tells_of_people(sentence, last, match.end())):
            continue
        who = best(sentence, match.start("who"), match.end("who"), prefer_last=False)
        if who is not None and who.type in PERSONAL | {"state"} and who.head != last.mention.head:
            return [Voice(who, match.end() - 1, "x-said")]
    return []


def _tells(sentence: Sentence, at: int) -> bool:
    """Whether what is said begins here: "that …", or behind a dash "about …"; English leaves the dash out too."""
    word, words = sentence.units[at].word, sentence.words
    if sentence.voice[at - 1] == "-":
        return word in words.that | words.about
    return bool(words.by) and ",c" in sentence.voice[at - _JOINED : at] and word in words.that


def _tells_of_people(sentence: Sentence, last: Voice, at: int) -> bool:
    """ "The ministry spoke of 106 Russians, Kyiv of 100 Ukrainians": the same preposition and a number."""
    units = sentence.units[at : at + 2]
    spoken = " ".join(unit.word for unit in sentence.units[last.verb : last.verb + 2]).split()
    paired = len(units) > 1 and units[0].word in sentence.words.about and units[0].word in spoken
    return paired and "quantity" in units[1].classes


#: Units before "that" among which stands the ", and" of a second speaker.
_JOINED = 6
