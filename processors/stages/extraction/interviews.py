"""Texts of one voice: interviews, whose answers are the guest's, and posts or releases under a line that names their author."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from processors.stages.extraction.discourse import Discourse, where
from processors.stages.extraction.mentions import Mention, mentions
from processors.stages.extraction.readings import Reading, give
from processors.stages.extraction.voice import Voice

#: Paragraphs of dialogue, and questions among them, that make an interview.
_TURNS, _QUESTIONS = 4, 2
#: Most units of a line that only names an author.
_BYLINE = 12


def attribute_interview(readings: Sequence[Reading], discourse: Discourse) -> None:
    """Give the answers of a dialogue, every second paragraph that a dash opens, to the person named before it."""
    paragraphs = [list(group) for _, group in groupby(readings, lambda reading: reading.sentence.paragraph)]
    turns = [at for at, paragraph in enumerate(paragraphs) if paragraph[0].sentence.text[:2] in _DASHES]
    questions, answers = turns[::2], turns[1::2]
    asked = sum(paragraphs[at][-1].sentence.text.rstrip().endswith("?") for at in questions)
    if len(turns) < _TURNS or asked < max(_QUESTIONS, len(questions) // 2):
        return
    lead = [reading.sentence for paragraph in paragraphs[: turns[0]] for reading in paragraph]
    found = discourse.first_person(lead)
    if found is None:
        return
    guest = Voice(_UNNAMED, -9, "interview", speaker=found[0], span=found[1])
    for reading in (reading for at in questions for reading in paragraphs[at]):
        reading.asked = True
    for reading in (reading for at in answers for reading in paragraphs[at]):
        _answer(reading, guest)


#: Who speaks is named elsewhere.
_UNNAMED = Mention(0, 0, 0, "person")
_DASHES = frozenset(("— ", "– ", "- "))


def _answer(reading: Reading, guest: Voice) -> None:
    """A sentence of the guest's, who relays whom they quote."""
    if reading.unattributed:
        give(reading, guest, "interview")
    for stretch in reading.stretches:
        voice = stretch.voice
        if voice is not None and guest.speaker is not None and voice.speaker is not guest.speaker:
            stretch.voice = replace(voice, via=(guest.speaker.name, *voice.via))


def attribute_post(readings: Sequence[Reading], discourse: Discourse) -> None:
    """ "Vladimir Medinsky:", "Dmytro Lubinets, Telegram": who stands alone in the first line says what follows."""
    for at, reading in enumerate(readings[:2]):
        voice = _author(reading, discourse)
        following = readings[at + 1 :]
        if voice is not None and following and following[0].sentence.paragraph > reading.sentence.paragraph:
            for later in following:
                if later.unattributed:
                    give(later, voice, "post")
            return


def _author(reading: Reading, discourse: Discourse) -> Voice | None:
    sentence = reading.sentence
    text = sentence.text.rstrip()
    if not 0 < len(sentence.units) <= _BYLINE or sentence.has("quantity", "exchange_noun", "return_verb"):
        return None
    colon = text.endswith(":")
    if not colon and (text[-1:] in ".!?" or not sentence.has("message", "posted", "statement")):
        return None
    if colon and reading.voice is not None:
        return reading.voice
    found = [m for m in mentions(sentence, 0, len(sentence.units)) if m.type in {"person", "name", "org"}]
    speaker = discourse.resolve(sentence, found[0]) if found else None
    return Voice(found[0], -9, "post", speaker=speaker, span=where(sentence, found[0])) if speaker else None
