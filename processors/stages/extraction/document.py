"""From a text to claims: the cascade in order, one pass over the sentences of its paragraphs on the subject."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from processors.model import DateRange, Kind, Language, Precision, Side, Span
from processors.stages.extraction.days.dates import Basis
from processors.stages.extraction.drafts.alleged import alleged, denied_claims
from processors.stages.extraction.drafts.behind import Behind
from processors.stages.extraction.drafts.concerning import figure_of, formula_of, planned_figure
from processors.stages.extraction.drafts.confirming import Told
from processors.stages.extraction.drafts.credited import HELD, Credits, mediators_of, names_of, own_mediation
from processors.stages.extraction.drafts.deeds import back_to, complete_refusals, tells_of_own_list
from processors.stages.extraction.drafts.draft import Draft, apart
from processors.stages.extraction.drafts.staged import stages
from processors.stages.extraction.drafts.way_back import went_back
from processors.stages.extraction.figures.gathering import figures, formula
from processors.stages.extraction.figures.of_remains import counts_remains
from processors.stages.extraction.figures.on_the_way import are_held_by
from processors.stages.extraction.figures.tally import Figures
from processors.stages.extraction.kinds.places import place_of
from processors.stages.extraction.kinds.propositions import propositions
from processors.stages.extraction.numbers.measures import find_measures
from processors.stages.extraction.reading.clauses import Proposition
from processors.stages.extraction.reading.tokens import tokens_of
from processors.stages.extraction.reading.unit_reader import read
from processors.stages.extraction.speakers.attribution import attribute
from processors.stages.extraction.speakers.dating import dates_of, said_on
from processors.stages.extraction.speakers.media import without_outlet
from processors.stages.extraction.speakers.other_days import of_capture
from processors.stages.extraction.speakers.readings import Reading, Stretch
from processors.stages.extraction.speakers.relays import is_outlet
from processors.stages.extraction.speakers.voice import Voice
from processors.stages.extraction.text.normalise import normalise
from processors.stages.extraction.text.speech_marks import speech_marks
from processors.stages.extraction.topic import (
    may_hold_claims,
    may_speak_of_exchange,
    on_subject,
    paragraphs_to_read,
)
from processors.stages.extraction.words.lexicon import Speaker, matcher
from processors.stages.extraction.words.sentences import split
from processors.stages.extraction.words.units import Sentence


def read_sentences(text: str, language: Language, published_on: date) -> list[Sentence]:
    """The sentences of the text as units; of a paragraph far from the subject only their places are kept."""
    normal = speech_marks(normalise(text))
    if not (may_hold_claims(normal, language) and may_speak_of_exchange(normal, language)):
        return []
    spans = split(text, language)
    paragraphs = _paragraphs(text, spans)
    wanted = paragraphs_to_read(
        normal, language, [(spans[low].start, spans[high - 1].end) for low, high in paragraphs]
    )
    sentences: list[Sentence] = []
    anchor: date | None = None
    before: tuple[int, DateRange] | None = None
    for number, (low, high) in enumerate(paragraphs):
        for span in spans[low:high]:
            tokens = tokens_of(text, normal, span, english=language is Language.EN) if wanted[number] else []
            words = {token.word for token in tokens}
            last_told = before[1] if before and number - before[0] <= 1 else None
            measures = (
                find_measures(text, span, words, language, published_on, anchor, last_told) if tokens else []
            )
            sentence = read(text, span, tokens, matcher(language), measures, published_on)
            sentence.paragraph = number
            sentence.first_in_paragraph = span is spans[low]
            sentence.before = last_told
            sentence.after_remains = span is not spans[low] and counts_remains(sentences[-1])
            if any(measure.day for measure in measures):
                anchor = _anchor(sentence) or anchor
                if (last := _last_named(sentence)) is not None:
                    before = number, last
            sentences.append(sentence)
    return sentences


def _paragraphs(text: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Which sentences make each paragraph, as half-open ranges."""
    starts = [at for at in range(len(spans)) if at == 0 or "\n" in text[spans[at - 1].end : spans[at].start]]
    return list(zip(starts, [*starts[1:], len(spans)], strict=True))


def _anchor(sentence: Sentence) -> date | None:
    """The last single day that the sentence names: "the day before" in the next one counts from it."""
    days = [unit.day for unit in sentence.units if unit.day and unit.basis in _SINGLE]
    single = [day for day in days if day.precision is Precision.DAY]
    return single[-1].start_on if single else None


def _last_named(sentence: Sentence) -> DateRange | None:
    """What "at the time" in the next sentence means: the last date, but no "since"."""
    named = (
        unit.day
        for at, unit in reversed([*enumerate(sentence.units)])
        if unit.day and unit.basis != Basis.SINCE and not of_capture(sentence, at)
    )
    return next(named, None)


#: Sentences in which a text says whose report it passes on.
_OPENING = 4

_SINGLE = frozenset((Basis.EXPLICIT, Basis.WEEKDAY, Basis.HOLIDAY, Basis.RELATIVE, Basis.ANAPHORIC))


def drafts(sentences: list[Sentence], source: tuple[str, ...] = (), outlet: str = "") -> Iterator[Draft]:
    """Every proposition of the sentences with its speaker and slots. `source` is what the whole text rests on."""
    near = on_subject(sentences)
    readings = attribute(sentences, near) if any(near) else []
    without_outlet(readings, outlet)
    source = source or _rests_on(readings)
    statements: defaultdict[str, _Statement] = defaultdict(_Statement)
    credited = Credits()
    last: Draft | None = None
    told, behind = Told(), Behind()
    for reading in readings:
        for voice in filter(None, (stretch.voice for stretch in reading.stretches)):
            if voice.speaker is not None:
                statements[voice.speaker.id].note(reading.sentence, voice)
        held, made = False, list(_of_reading(reading)) if reading.near else []
        formula_alone = formula_of(reading, last) or planned_figure(reading, last, made) if made else []
        if reading.near and (formula_alone or not made):
            leaning = [] if made else behind.leaning(reading)
            made = [
                _draft(reading.sentence, one, stretch.voice, stretch.speaker, stretch.start)
                for stretch, one in formula_alone or leaning or figure_of(reading, last)
            ]
        if confirming := told.confirmed(reading, made):
            made = [
                told.counted(_draft(reading.sentence, one, stretch.voice, stretch.speaker, stretch.start))
                for stretch, one in confirming
            ]
        made = told.number_plans(made, after_news=behind.remarked.any_news)
        made = went_back(reading, last, made)
        told.note(made, again=bool(confirming))
        last = made[-1] if made else None
        behind.note(made)
        for draft in made:
            held = held or draft.kind in HELD
            if credited.holds(draft):
                if draft.speaker is not None:
                    statements[draft.speaker.id].complete(draft)
                draft.via = _others(draft, (*source, *draft.via), outlet)
                yield draft
        if not held:
            credited.read(reading)


def _others(draft: Draft, names: Sequence[str], outlet: str) -> tuple[str, ...]:
    """Those through whom a claim came, each once, without its own speaker and the outlet itself."""
    own = draft.speaker.name if draft.speaker else ""
    return tuple(name for name in dict.fromkeys(names) if name not in own and not is_outlet(name, outlet))


@dataclass(slots=True)
class _Statement:
    """When and through whom a speaker was last quoted: what they say further on was said on that occasion."""

    stated: DateRange | None = None
    via: tuple[str, ...] = ()

    def note(self, sentence: Sentence, voice: Voice) -> None:
        """Keep what a sentence names, whether it makes a claim or not."""
        days = [sentence.units[at].day for at in said_on(sentence, voice, voice.start)]
        self.stated, self.via = next(iter(days), None) or self.stated, voice.via or self.via

    def complete(self, draft: Draft) -> None:
        """Give the draft what it leaves open, and keep what it names."""
        self.stated, self.via = draft.stated or self.stated, draft.via or self.via
        draft.stated, draft.via = self.stated, self.via


def _rests_on(readings: Sequence[Reading]) -> tuple[str, ...]:
    """The institute whose report a text passes on: "This was reported by analysts of the ISW" among its first sentences."""
    for reading in readings[:_OPENING]:
        speaker = reading.voice.speaker if reading.voice else None
        if reading.reports and speaker and speaker.analyst and speaker.type == "org":
            return (speaker.name,)
    return ()


def _of_reading(reading: Reading) -> Iterator[Draft]:
    """What the voices of a sentence assert, and what they report others to have claimed."""
    made = list(_of_stretches(reading))
    complete_refusals(made)
    deniers = [
        draft.speaker for draft in made if draft.kind is Kind.DENIAL and draft.speaker and reading.near
    ]
    denied = (
        [_of_others(reading, told) for told in denied_claims(reading.sentence, deniers)] if deniers else []
    )
    complete_refusals(denied)
    yield from denied  # a denial is about the event of what it denies
    yield from made
    if reading.near:
        yield from (_of_others(reading, told) for told in alleged(reading.sentence))


def _of_others(reading: Reading, told: tuple[Proposition, Voice]) -> Draft:
    one, voice = told
    return _draft(reading.sentence, one, voice, voice.speaker, one.start)


def _of_stretches(reading: Reading) -> Iterator[Draft]:
    outer: tuple[str, ...] = ()
    for stretch in reading.stretches:
        voice = stretch.voice
        speaker = voice.speaker if voice else None
        if voice and voice.carried and _asks(reading.sentence):
            continue
        if outer and _is_joined(reading.sentence, stretch):
            outer = ()
        if voice and speaker and outer and not voice.carried:
            voice.via = (*outer, *voice.via)
        if voice and speaker and voice.rule == "according-to" and speaker.type == "org":
            outer = (speaker.name,)
        for one in propositions(
            reading.sentence,
            stretch.start,
            stretch.end,
            speaker,
            near=reading.near,
            inserted=inserted(voice),
        ):
            told = None if voice and tells_of_own_list(reading.sentence, one, voice) else voice
            drafted = _draft(reading.sentence, one, told, speaker if told else None, stretch.start)
            for made in apart(drafted):
                yield from stages(made)


def _is_joined(sentence: Sentence, stretch: Stretch) -> bool:
    """ "According to the ministry …, and Yermak thanked Qatar": a clause beside theirs, which they do not pass on."""
    opening = sentence.voice[stretch.start : stretch.start + 2]
    return ";" in opening or "c" in opening


def _asks(sentence: Sentence) -> bool:
    """ "Why are civilians so rarely exchanged?" between the words of others: the outlet asks, and nobody tells."""
    return sentence.text.rstrip().endswith("?") and not sentence.has("quote")


def inserted(voice: Voice | None) -> range:
    """ ", she said, " in the middle: its commas part nothing."""
    if voice is None or voice.carried:
        return range(0)
    low, high = min(voice.mention.start, voice.verb), max(voice.mention.end, voice.verb + 1)
    return range(low - 1, high + 1)


def _draft(
    sentence: Sentence, one: Proposition, voice: Voice | None, speaker: Speaker | None, low: int
) -> Draft:
    side = speaker.side if speaker else None
    figures = _figures_of(sentence, one, side)
    draft = Draft(one.kind, sentence, one.rule, speaker, voice, figures, start=one.start, end=one.end)
    if one.kind in _ACTED:
        draft.actor = one.actor
    if one.kind in HELD:
        draft.location = place_of(sentence, low, one.end)
        said = (voice.start, voice.end) if voice else (one.start, one.end)
        named = names_of(mediators_of(sentence, *said, speaker))
        draft.mediators = named or own_mediation(sentence, speaker)
    if side is Side.THIRD:
        draft.figures.ordinal = None
    draft.days, draft.stated = dates_of(sentence, one, voice, low)
    if draft.stated is None and voice is not None:
        draft.stated = voice.day
    if one.rule == "described":
        draft.days = []  # Of their care or their capture.
    draft.via = voice.via if voice else ()
    return draft


_DEEDS = frozenset((Kind.OFFER, Kind.REFUSAL, Kind.LIST))
_ACTED = _DEEDS | {Kind.SUSPENSION, Kind.VIOLATION}


def _figures_of(sentence: Sentence, one: Proposition, side: Side | None) -> Figures:
    """What the clause counts; "all for all" may stand anywhere in the sentence of an offer or a refusal."""
    found, deed = Figures(), one.kind in _DEEDS
    if deed or one.kind in HELD:
        default = back_to(one, sentence)
        voice = Side.UA if are_held_by(sentence, one, side) else side
        if one.kind is Kind.AGREEMENT and one.actor is not None:
            voice = one.actor  # whoever took some of those offered
        found = figures(
            sentence, one.start, one.end, voice=voice, deed=one.kind if deed else None, default=default
        )
    if one.kind in {Kind.OFFER, Kind.REFUSAL} and found.ratio is None and "all" in sentence.features:
        formula(sentence, 0, len(sentence.units), found)
    return found
