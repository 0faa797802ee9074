"""Which part of a sentence is whose: each voice speaks to the next that begins a clause."""

import re

from processors.stages.extraction.reading.clauses import took_place
from processors.stages.extraction.speakers.voice import Voice
from processors.stages.extraction.words.units import Sentence

#: What a voice may assert, and what the outlet may before it.
_ASSERTED = re.compile("[EXTtGCBNfFgSLAdWlq]")
_OWN_CLAIM = re.compile("[ldWASfFygkLXTG]")
#: The opening of a clause up to its subject.
_NEW_CLAUSE = re.compile(r"(?:,c|;|-|c)[.nYurQDKM]{0,5}$")

#: "A list of 630 prisoners that she claimed Kyiv did not want": a relative clause whose subject speaks.
_INSIDE = re.compile("(?<![sdAja])q,?$")
#: What ties such a clause to its subject: "who" or "and".
_LINKS = {"who-said": "q", "and-said": "c"}


def without_inner(sentence: Sentence, voices: list[Voice]) -> list[Voice]:
    """ "They gave back 50 of the 100 it had promised, Budanov said": who closes the sentence says what "it" promised, too."""
    last = voices[-1] if len(voices) > 1 else None
    if (
        last is None
        or last.rule != "x-said"
        or sentence.voice[last.mention.start - 1 : last.mention.start] != ","
    ):
        return voices
    if _ASSERTED.search(sentence.act, last.verb + 1):
        return voices
    return [voice for voice in voices[:-1] if voice.mention.type != "pronoun"] + [last]


def stretch(sentence: Sentence, voices: list[Voice]) -> None:
    """Give each voice its part of the sentence: to the next voice that begins a clause, or to the end."""
    size = len(sentence.units)
    begin = _before_first(sentence, voices[0]) if voices else 0
    for index, voice in enumerate(voices):
        following = voices[index + 1] if index + 1 < len(voices) else None
        voice.start = begin
        if following is None:
            voice.end = size
        elif following.rule in _LINKS:
            voice.end = sentence.voice.rindex(_LINKS[following.rule], 0, following.verb)
        elif following.rule in {"x-said", "according-to"} and voice.rule == "x-said":
            voice.end = _opening(sentence, max(voice.verb + 1, min(following.mention.start, following.verb)))
        elif following.rule in {"said-x", "according-to-after"}:
            voice.end = _opening(sentence, _boundary(sentence, voice.verb, following.verb))
        else:
            voice.end = _opening(sentence, min(following.mention.start, following.verb))
        begin = voice.end


def _before_first(sentence: Sentence, voice: Voice) -> int:
    """Where the first voice begins: behind a clause of the outlet's own that an ", and" or a semicolon closes."""
    if voice.rule in _LINKS:
        return sentence.voice.rindex(_LINKS[voice.rule], 0, voice.verb)
    if (described := _in_description(sentence, voice)) > 0:
        return described
    if voice.rule == "in-passing":
        return voice.verb
    if (meanwhile := _in_subordinate(sentence, voice)) > 0:
        return meanwhile
    if voice.rule != "x-said" or not _ASSERTED.search(sentence.act, voice.verb + 1):
        return 0
    if (told := _told_before(sentence, voice)) > 0:
        return told
    lead = _NEW_CLAUSE.search(sentence.voice, 0, voice.mention.start) or _INSIDE.search(
        sentence.voice, 0, voice.mention.start
    )
    if lead is None or not _OWN_CLAIM.search(sentence.act, 0, lead.start()):
        return 0
    return lead.start()


def without_describing(sentence: Sentence, voices: list[Voice]) -> list[Voice]:
    """ "Received 1,200 bodies which, according to Moscow, are of soldiers, Kyiv said": whoever speaks says that of Moscow."""
    if len(voices) < 2 or "rel" not in sentence.features:
        return voices
    return [voice for voice in voices if not _describes(sentence, voice)] or voices


def _describes(sentence: Sentence, voice: Voice) -> bool:
    """Whether "according to" stands right behind "which", in commas of its own."""
    at = voice.verb
    if voice.rule != "according-to-after" or at < _RELATIVE or sentence.units[at - 1].word != ",":
        return False
    who = sentence.units[at - 2]
    return bool(who.classes & {"rel", "subset"}) and who.word not in sentence.words.that


def _in_description(sentence: Sentence, voice: Voice) -> int:
    """ "Handed over 1,000 bodies, which, according to Moscow, are of soldiers": where the relative clause begins, else 0."""
    begin = voice.verb - _RELATIVE
    if not _describes(sentence, voice):
        return 0
    told = _OWN_CLAIM.search(sentence.act, 0, begin) or "V" in sentence.act[:begin]
    return begin if told else 0


#: Units from the comma before "which" to "according to".
_RELATIVE = 3


def _in_subordinate(sentence: Sentence, voice: Voice) -> int:
    """ "Swapped 175 prisoners, a day after Putin promised it": where the clause of what somebody said then begins, else 0."""
    if voice.rule != "x-said" or (begin := _conjunction(sentence, voice.mention.start)) <= 0:
        return 0
    return begin if _OWN_CLAIM.search(sentence.act, 0, begin) or took_place(sentence, 0, begin) else 0


def _conjunction(sentence: Sentence, start: int) -> int:
    """The unit of "after", or of "після того, як", that stands before `start`, else 0."""
    units, words = sentence.units, sentence.words
    low = max(0, start - _LINKED)
    at = start - 1
    while at > low and (units[at].classes & _MODIFIERS or units[at].word in words.definite):
        at -= 1
    first = units[at].word.partition(" ")[0]
    if first in words.subordinate - words.like_as - words.that:
        return at
    if units[at].word in words.like_as and units[at - 1].word == ",":
        told = range(at - 2, max(0, at - _LINKED), -1)
        return next((i for i in told if _since_then(units[i].word.split(), words.subordinate)), 0)
    return 0


def _since_then(words: list[str], subordinate: frozenset[str]) -> bool:
    """ "Після того", "за день після того": as one unit or its first word."""
    return not subordinate.isdisjoint(words)


_MODIFIERS = frozenset(("ua_adj", "ru_adj", "role", "title"))
#: Units from a subordinate conjunction to its subject.
_LINKED = 6


def _told_before(sentence: Sentence, voice: Voice) -> int:
    """ "Following the completion of the exchange, Moscow claimed that …": where the outlet's own news ends, else 0."""
    words = sentence.words
    after = sentence.units[0].word in (words.subordinate | words.timed_by) - words.since
    lead = _COMMA.search(sentence.voice, 0, voice.mention.start)
    if not after or lead is None:
        return 0
    return lead.start() if took_place(sentence, 0, lead.start()) else 0


#: The comma that closes a lead, up to the subject behind it.
_COMMA = re.compile(r",[.nYurQKM]{0,5}$")


def _opening(sentence: Sentence, at: int) -> int:
    """Step back over the conjunction and comma that open the next voice's clause."""
    while at > 0 and sentence.voice[at - 1] in "c,;":
        at -= 1
    return at


def _boundary(sentence: Sentence, low: int, high: int) -> int:
    """The first semicolon or conjunction of clauses between two verbs, else the second verb."""
    found = _PARTING.search(sentence.voice, low + 1, high)
    return found.start() if found else high


#: What parts two statements, and not "Russia and Ukraine".
_PARTING = re.compile("[;]|(?<![pKM])c|c(?![pKM])")
