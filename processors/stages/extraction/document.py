"""From a text to claims: the cascade in order, one pass over the sentences of its paragraphs on the subject."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from processors.model import DateRange, Kind, Language, Side
from processors.stages.extraction.counts import Figures, figures
from processors.stages.extraction.discourse import Discourse
from processors.stages.extraction.kinds import Proposition, propositions
from processors.stages.extraction.lexicon import Speaker, matcher
from processors.stages.extraction.measures import find_measures
from processors.stages.extraction.normalise import normalise
from processors.stages.extraction.sentences import split
from processors.stages.extraction.units import Sentence, read
from processors.stages.extraction.voices import Voice, find_voices


@dataclass(slots=True)
class Draft:
    """A claim being put together."""

    kind: Kind
    sentence: Sentence
    rule: str
    speaker: Speaker | None
    voice: Voice | None = None
    figures: Figures = field(default_factory=Figures)
    actor: Side | None = None
    mediators: tuple[str, ...] = ()
    date: DateRange | None = None
    stated: DateRange | None = None
    via: tuple[str, ...] = ()
    background: bool = False
    event: str = ""
    start: int = 0
    end: int = 0


def read_sentences(text: str, language: Language, published_on: date) -> list[Sentence]:
    """The sentences of the paragraphs that may speak of an exchange, as units."""
    normal = normalise(text)
    sentences: list[Sentence] = []
    previous_end, paragraph = 0, 0
    for span in split(text, language):
        new = "\n" in text[previous_end : span.start]
        paragraph += new
        previous_end = span.end
        measures = find_measures(text, span, language, published_on)
        sentence = read(text, normal, span, matcher(language), measures, published_on)
        sentence.paragraph, sentence.first_in_paragraph = paragraph, new or not sentences
        sentences.append(sentence)
    return sentences


def drafts(sentences: list[Sentence]) -> Iterator[Draft]:
    """Every proposition of the sentences with its speaker and slots."""
    discourse = Discourse()
    topic = -9
    for index, sentence in enumerate(sentences):
        on_topic = _speaks_of_exchange(sentence)
        near = on_topic or index - topic <= 2
        if on_topic:
            topic = index
        if not near:
            continue
        yield from _of_sentence(sentence, discourse, near=near)


def _speaks_of_exchange(sentence: Sentence) -> bool:
    if sentence.has("topic_off", "foreign") and not sentence.has("captive"):
        return False
    if sentence.has("exchange_noun", "exchange_verb", "captive"):
        return True
    return sentence.has("return_verb", "return_noun", "give_verb") and sentence.has(
        "person", "ua_people", "ru_people"
    )


def _of_sentence(sentence: Sentence, discourse: Discourse, *, near: bool) -> Iterator[Draft]:
    voices = find_voices(sentence)
    for voice in voices:
        voice.speaker = discourse.resolve(sentence, voice.mention)
    stretches: list[tuple[int, int, Voice | None]] = [
        (v.start, v.end, v if v.speaker else None) for v in voices
    ]
    if not stretches:
        stretches = [(0, len(sentence.units), None)]
    for start, end, voice in stretches:
        speaker = voice.speaker if voice else None
        for one in propositions(sentence, start, end, speaker, near=near):
            yield _draft(sentence, one, voice, speaker)


def _draft(sentence: Sentence, one: Proposition, voice: Voice | None, speaker: Speaker | None) -> Draft:
    side = speaker.side if speaker else None
    draft = Draft(one.kind, sentence, one.rule, speaker, voice, start=one.start, end=one.end)
    if one.kind not in {Kind.SUSPENSION, Kind.DENIAL, Kind.ACCUSATION, Kind.VIOLATION, Kind.ASSESSMENT}:
        draft.figures = figures(sentence, one.start, one.end, voice=side, default=Side.UA)
    if one.kind in {Kind.OFFER, Kind.REFUSAL, Kind.SUSPENSION, Kind.LIST, Kind.VIOLATION}:
        draft.actor = one.actor
    if one.kind is Kind.LIST:
        pass
    draft.mediators = _mediators(sentence, one)
    draft.date, draft.stated = _dates(sentence, one, voice)
    draft.background = sentence.has("past_cue")
    return draft


def _mediators(sentence: Sentence, one: Proposition) -> tuple[str, ...]:
    if not sentence.has("mediate"):
        return ()
    names = [unit.mediator for unit in sentence.units[one.start : one.end] if unit.mediator]
    return tuple(dict.fromkeys(names))


def _dates(
    sentence: Sentence, one: Proposition, voice: Voice | None
) -> tuple[DateRange | None, DateRange | None]:
    event = stated = None
    for at in range(one.start, one.end):
        day = sentence.units[at].day
        if day is None:
            continue
        if (
            voice is not None
            and 0 < abs(at - voice.verb) <= 2
            and not re.search("[EXT]", sentence.content[min(at, voice.verb) : max(at, voice.verb)])
        ):
            stated = stated or day
        else:
            event = event or day
    return event, stated
