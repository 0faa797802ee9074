"""Quotations whose author a line tells: "— said X" closes a paragraph, a name with its office stands below or above one."""

import re
from collections.abc import Sequence
from itertools import pairwise

from processors.stages.extraction.speakers.discourse import Discourse, where
from processors.stages.extraction.speakers.mentions import PERSONAL, mentions
from processors.stages.extraction.speakers.readings import Reading, give
from processors.stages.extraction.speakers.voice import Voice
from processors.stages.extraction.words.units import Sentence

#: Most units of a name with its office.
_SIGNATURE = 8
#: "…, — said X": behind the words of a quotation.
_CLOSED = re.compile(r",?-\.?s")
_QUOTED = re.compile('["«»“”„]')
#: Nothing but a name and what its bearer is.
_NAMES = re.compile("[pnuQrKM.,]+")


def attribute_unmarked(paragraphs: Sequence[list[Reading]], discourse: Discourse) -> None:
    """Give the sentences of such a paragraph to who is named at its end, or in the line above it."""
    for above, below in pairwise(paragraphs):
        if len(above) == 1 and (author := _author(above[0], discourse)) is not None:
            for reading in below:
                if reading.unattributed:
                    give(reading, author, "introduced")
    for *before, last in paragraphs:
        voice = _closing(last) if before else None
        voice = voice or (_signed(last, discourse) if before else None)
        if voice is None or any('"' in reading.sentence.voice for reading in before):
            continue
        for reading in before:
            if reading.unattributed:
                give(reading, voice, "unmarked")


def attribute_headline(readings: Sequence[Reading]) -> None:
    """ "63 servicemen return – Defense Ministry": whom a headline calls by a noun is who tells it right below."""
    if not readings or not readings[0].unattributed:
        return
    heading, below = readings[0], readings[1 : 1 + _BELOW]
    sentence = heading.sentence
    if (
        _is_ended(sentence)
        or _BY_NOUN.search(sentence.voice) is None
        or not below
        or below[0].sentence.paragraph == 0
    ):
        return
    voices = (reading.voice for reading in below if reading.voice is not None)
    voice = next((one for one in voices if one.mention.type in _TOLD_BY and not one.carried), None)
    if voice is not None:
        give(heading, voice, "headline")


#: Sentences below a headline among which its author speaks, and of which type they may be.
_BELOW, _TOLD_BY = 3, PERSONAL | {"short", "noun"}
#: A dash and few words that end in a description.
_BY_NOUN = re.compile("-[.urQKM]{0,4}n[.urQKM]{0,3}$")


def _closing(last: Reading) -> Voice | None:
    """Who says the last sentence of a paragraph behind its words and a dash."""
    voice = last.voice
    if voice is None or voice.carried or voice.rule != "said-x":
        return None
    quoted = _QUOTED.search(last.sentence.text)
    return voice if _CLOSED.search(last.sentence.voice) and not quoted else None


def _signed(last: Reading, discourse: Discourse) -> Voice | None:
    """Whose name and office close a paragraph, without a verb and without a full stop."""
    return None if _is_ended(last.sentence) else _named(last.sentence, discourse)


def _is_ended(sentence: Sentence) -> bool:
    return sentence.text.rstrip()[-1:] in ".!?:…"


def _author(line: Reading, discourse: Discourse) -> Voice | None:
    """ "Татьяна Москалькова, уполномоченный по правам человека:" above what she says."""
    return _named(line.sentence, discourse) if line.sentence.text.rstrip()[-1:] == ":" else None


def _named(sentence: Sentence, discourse: Discourse) -> Voice | None:
    if not _is_signature(sentence):
        return None
    found = [one for one in mentions(sentence, 0, len(sentence.units)) if one.type in PERSONAL]
    speaker = discourse.resolve(sentence, found[0]) if found else None
    return Voice(found[0], -9, "signed", speaker=speaker, span=where(sentence, found[0])) if speaker else None


def _is_signature(sentence: Sentence) -> bool:
    """Nothing but a name and what its bearer is, and no verb."""
    short = 1 < len(sentence.units) <= _SIGNATURE and sentence.has("title", "role", "speaker")
    verbless = sentence.features.isdisjoint({"exchange_noun", "return_verb", "give_verb", "say"})
    return short and verbless and _NAMES.fullmatch(sentence.voice) is not None
