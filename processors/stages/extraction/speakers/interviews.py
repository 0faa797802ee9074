"""Texts of one voice: interviews, whose answers are the guest's, and posts or releases under a line that names their author."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from processors.stages.extraction.speakers.discourse import Discourse, where
from processors.stages.extraction.speakers.mentions import PERSONAL, Mention, mentions
from processors.stages.extraction.speakers.readings import Reading, give
from processors.stages.extraction.speakers.voice import Voice
from processors.stages.extraction.words.units import Sentence

#: Paragraphs of dialogue, and questions among them, that make an interview.
_TURNS, _QUESTIONS = 4, 2
#: Most units of a line that only names an author.
_BYLINE = 12


def attribute_interview(paragraphs: Sequence[list[Reading]], discourse: Discourse) -> None:
    """Give the answers of a dialogue to the person named before it."""
    questions, answers = _dashed(paragraphs) or _unmarked(paragraphs)
    if not questions:
        return
    lead = [reading.sentence for paragraph in paragraphs[: questions[0]] for reading in paragraph]
    found = discourse.guest(lead)
    told = (reading.sentence for at in answers for reading in paragraphs[at])
    if found is None or (found[0].type == "noun" and not any(map(_of_themselves, told))):
        return  # An explainer, which asks and answers itself.
    guest = Voice(_UNNAMED, -9, "interview", speaker=found[0], span=found[1])
    for reading in (reading for at in questions for reading in paragraphs[at]):
        reading.asked = True
    for reading in (reading for at in answers for reading in paragraphs[at]):
        _answer(reading, guest)


def _of_themselves(sentence: Sentence) -> bool:
    return sentence.says(sentence.words.we | sentence.words.first_person)


def _dashed(paragraphs: Sequence[list[Reading]]) -> tuple[list[int], list[int]] | None:
    """The paragraphs that ask and those that answer, where a dash opens them in turn."""
    turns = [at for at, paragraph in enumerate(paragraphs) if paragraph[0].sentence.text[:2] in _DASHES]
    questions = turns[::2]
    asked = sum(_asks(paragraphs[at]) for at in questions)
    if len(turns) < _TURNS or asked < max(_QUESTIONS, len(questions) // 2):
        return None
    return questions, turns[1::2]


def _unmarked(paragraphs: Sequence[list[Reading]]) -> tuple[list[int], list[int]]:
    """The same where only question marks tell: short paragraphs that ask, each with an answer below it."""
    asking = [at for at, found in enumerate(paragraphs) if len(found) <= _SHORT and _asks(found)]
    answered = [at for at in asking if at + 1 < len(paragraphs) and at + 1 not in asking]
    if len(answered) < _FEWEST:
        return [], []
    remarks = [low + 2 for low, high in pairwise(asking) if high - low == _TURNS]
    questions = sorted([*asking, *(at for at in remarks if len(paragraphs[at]) <= _QUESTIONS)])
    return questions, [at for at in range(asking[0], answered[-1] + 2) if at not in questions]


def _asks(paragraph: list[Reading]) -> bool:
    return paragraph[-1].sentence.text.rstrip(_CLOSING).endswith("?")


_CLOSING = " \"'»”)"
#: Sentences of a question without a dash, and how many of these make an interview.
_SHORT, _FEWEST = 4, 3


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
    for heading, following in zip(readings[:2], (readings[1:], readings[2:]), strict=False):
        if not following or following[0].sentence.paragraph == heading.sentence.paragraph:
            continue
        voice = _author(heading, discourse) or _headed(heading, following)
        if voice is not None:
            for reading in following:
                if reading.unattributed:
                    give(reading, voice, "post")
            return


def _author(reading: Reading, discourse: Discourse) -> Voice | None:
    """Whom a line names that ends in a colon, or names where they wrote."""
    sentence = reading.sentence
    text = sentence.text.rstrip()
    if sentence.units and sentence.units[0].word in sentence.words.source:
        return None
    if not 0 < len(sentence.units) <= _BYLINE or sentence.has("quantity", "exchange_noun", "return_verb"):
        return None
    colon = text.endswith(":")
    if not colon and (text[-1:] in ".!?" or not sentence.has("message", "posted", "statement")):
        return None
    if colon and reading.voice is not None:
        return reading.voice
    found = [m for m in mentions(sentence, 0, len(sentence.units)) if m.type in PERSONAL]
    speaker = discourse.resolve(sentence, found[0]) if found else None
    return Voice(found[0], -9, "post", speaker=speaker, span=where(sentence, found[0])) if speaker else None


def _headed(heading: Reading, following: Sequence[Reading]) -> Voice | None:
    """Whose words a headline gives ("230 people return – Coordination HQ"), if nobody else speaks below it."""
    voice = heading.voice
    if voice is None or voice.rule != "headline" or len(heading.sentence.units) > _BYLINE:
        return None
    others = (stretch.voice for reading in following for stretch in reading.stretches)
    foreign = (v for v in others if v and v.mention.type in PERSONAL and v.speaker is not voice.speaker)
    return None if any(foreign) else voice
