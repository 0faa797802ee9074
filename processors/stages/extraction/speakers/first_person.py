"""Paragraphs in the first person without quotation marks, as a page sets posts apart: the voice above goes on in them."""

from collections.abc import Sequence
from itertools import pairwise

from processors.stages.extraction.speakers.readings import Reading, give
from processors.stages.extraction.speakers.voice import Voice
from processors.stages.extraction.words.units import Sentence

#: Who posts: no state, and no medium.
_POSTING = frozenset(("person", "org"))
#: What makes a sentence one of the outlet about itself ("as we reported", "they told us"), or of a dialogue.
_OF_THE_OUTLET = ("say", "accord", "backfill", "medium", "media")


def attribute_first_person(paragraphs: Sequence[list[Reading]]) -> None:
    """Give such a paragraph to the last voice of the one above it."""
    for above, below in pairwise(paragraphs):
        voice = _poster(above)
        if voice is not None and _speaks_on(below):
            for reading in below:
                give(reading, voice, "first person")


def _poster(paragraph: Sequence[Reading]) -> Voice | None:
    voice = next((reading.voice for reading in reversed(paragraph) if reading.voice), None)
    return voice if voice and voice.speaker and voice.speaker.type in _POSTING else None


def _speaks_on(paragraph: Sequence[Reading]) -> bool:
    """Whether nobody is named or quoted in the paragraph, which begins with what somebody says of themselves."""
    own = all(reading.unattributed and '"' not in reading.sentence.voice for reading in paragraph)
    return own and _in_first_person(paragraph[0].sentence)


def _in_first_person(sentence: Sentence) -> bool:
    first = sentence.words.first_person | sentence.words.hortative
    return any(unit.word in first for unit in sentence.units) and not sentence.has(*_OF_THE_OUTLET)
