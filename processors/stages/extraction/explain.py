"""How the extractor read a text, sentence by sentence: for `obmin explain` and the article's page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from processors.model import ArticleId, Claim, Kind, Language, Span
from processors.stages.claims import extract
from processors.stages.extraction.document import inserted, read_sentences
from processors.stages.extraction.kinds.propositions import propositions
from processors.stages.extraction.speakers.attribution import attribute
from processors.stages.extraction.speakers.readings import Reading, Stretch
from processors.stages.extraction.topic import on_subject
from processors.stages.extraction.words.units import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedWord:
    """A unit of the sentence: a word, phrase, number, date or name with its classes, which are those of the lexicon."""

    span: Span
    text: str
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedVoice:
    """A stretch of the sentence and whose words it is. `speaker` is None for the outlet, `rule` tells how it was found."""

    span: Span
    speaker: str | None
    speaker_id: str | None
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedRule:
    """A rule that fired on a stretch, with the kind that it asserts."""

    span: Span
    kind: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedSentence:
    """One sentence. `on_subject` False: nothing here or shortly before speaks of an exchange, so no rule was tried."""

    span: Span
    text: str
    on_subject: bool
    words: tuple[ExplainedWord, ...]
    #: The three strings in which the grammar reads it, one letter a word.
    content: str
    voice: str
    act: str
    voices: tuple[ExplainedVoice, ...]
    rules: tuple[ExplainedRule, ...]
    claims: tuple[Claim, ...]
    #: One remark a claim that is background, saying why.
    background: tuple[str, ...]


def explain(
    text: str, *, language: Language, published_at: datetime, utc_offset_minutes: int = 0, outlet: str = ""
) -> tuple[ExplainedSentence, ...]:
    """Every sentence of `text` in order. Empty where no sentence can hold a claim. Arguments as for `claims.extract`."""
    published_on = (published_at + timedelta(minutes=utc_offset_minutes)).date()
    claims = extract(
        text,
        language=language,
        published_at=published_at,
        utc_offset_minutes=utc_offset_minutes,
        article_id=ArticleId(""),
        outlet=outlet,
    )
    sentences = read_sentences(text, language, published_on)
    readings = attribute(sentences, on_subject(sentences))
    news = (
        one.date.start_on for one in claims if one.date and one.kind is Kind.EXCHANGE and not one.background
    )
    news_on = min(news, default=published_on)
    return tuple(_explained(reading, claims, news_on) for reading in readings)


def _explained(reading: Reading, claims: tuple[Claim, ...], news_on: date) -> ExplainedSentence:
    sentence = reading.sentence
    mine = tuple(claim for claim in claims if claim.span == sentence.span)
    return ExplainedSentence(
        span=sentence.span,
        text=sentence.text,
        on_subject=reading.near,
        words=tuple(_word(sentence, at) for at in range(len(sentence.units))),
        content=sentence.content,
        voice=sentence.voice,
        act=sentence.act,
        voices=tuple(_voice(sentence, stretch) for stretch in reading.stretches),
        rules=tuple(_rules(reading)) if reading.near else (),
        claims=mine,
        background=tuple(_why(claim, sentence, news_on) for claim in mine if claim.background),
    )


def _word(sentence: Sentence, at: int) -> ExplainedWord:
    unit = sentence.units[at]
    begin = sentence.span.start
    return ExplainedWord(
        span=Span(start=unit.start, end=unit.end),
        text=sentence.text[unit.start - begin : unit.end - begin],
        classes=tuple(sorted(unit.classes)),
    )


def _voice(sentence: Sentence, stretch: Stretch) -> ExplainedVoice:
    voice = stretch.voice
    speaker = voice.speaker if voice else None
    return ExplainedVoice(
        span=_span(sentence, stretch.start, stretch.end),
        speaker=speaker.name if speaker else None,
        speaker_id=speaker.id if speaker else None,
        rule=voice.rule if voice else "outlet",
    )


def _rules(reading: Reading) -> Iterator[ExplainedRule]:
    for stretch in reading.stretches:
        speaker = stretch.voice.speaker if stretch.voice else None
        sentence = reading.sentence
        for one in propositions(
            sentence, stretch.start, stretch.end, speaker, near=True, inserted=inserted(stretch.voice)
        ):
            yield ExplainedRule(span=_span(sentence, one.start, one.end), kind=one.kind.value, rule=one.rule)


def _span(sentence: Sentence, start: int, end: int) -> Span:
    """From the first character of unit `start` to the last of the unit before `end`."""
    if start >= end:
        return Span(start=sentence.span.start, end=sentence.span.start)
    return Span(start=sentence.units[start].start, end=sentence.units[end - 1].end)


def _why(claim: Claim, sentence: Sentence, news_on: date) -> str:
    """Why the claim is background; `news_on` is the first day of what the text reports."""
    if sentence.has("background_head"):
        return f"{claim.kind}: the sentence opens with a word of recalling"
    if sentence.has("past_cue"):
        return f"{claim.kind}: the sentence says that it was earlier"
    if claim.stated and claim.date is None:
        return f"{claim.kind}: said on {claim.stated.iso()}, long before this text"
    if claim.date and claim.date.end_on < news_on:
        return f"{claim.kind}: dated {claim.date.iso()}, before what this text reports"
    return f"{claim.kind}: goes with what the text recalls"
