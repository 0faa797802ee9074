"""From a text to claims: the cascade in order, one pass over the sentences of its paragraphs on the subject."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from processors.model import DateRange, Kind, Language, Precision, Side, Span
from processors.stages.extraction.attribution import attribute
from processors.stages.extraction.clauses import Proposition
from processors.stages.extraction.credited import HELD, Credits, mediators_of, names_of
from processors.stages.extraction.dates import Basis
from processors.stages.extraction.described import told_beside
from processors.stages.extraction.draft import Draft
from processors.stages.extraction.figures import figures, formula
from processors.stages.extraction.kinds import propositions
from processors.stages.extraction.lexicon import Speaker, matcher
from processors.stages.extraction.measures import find_measures
from processors.stages.extraction.normalise import normalise
from processors.stages.extraction.places import place_of
from processors.stages.extraction.readings import Reading
from processors.stages.extraction.relays import is_outlet
from processors.stages.extraction.reported import marked
from processors.stages.extraction.sentences import split
from processors.stages.extraction.sides import OTHER_SIDE
from processors.stages.extraction.tally import Figures
from processors.stages.extraction.topic import may_hold_claims, on_subject, paragraphs_to_read
from processors.stages.extraction.units import Sentence, read
from processors.stages.extraction.voice import Voice


def read_sentences(text: str, language: Language, published_on: date) -> list[Sentence]:
    """The sentences of the text as units; of a paragraph far from the subject only their places are kept."""
    normal = normalise(text)
    if not may_hold_claims(normal, language):
        return []
    spans = split(text, language)
    paragraphs = _paragraphs(text, spans)
    wanted = paragraphs_to_read(
        normal, language, [(spans[low].start, spans[high - 1].end) for low, high in paragraphs]
    )
    sentences: list[Sentence] = []
    anchor: date | None = None
    for number, (low, high) in enumerate(paragraphs):
        for span in spans[low:high]:
            measures = find_measures(text, span, language, published_on, anchor) if wanted[number] else []
            shown = span if wanted[number] else Span(start=span.start, end=span.start)
            sentence = read(text, normal, shown, matcher(language), measures, published_on)
            sentence.span, sentence.text, sentence.paragraph = span, text[span.start : span.end], number
            sentence.first_in_paragraph = span is spans[low]
            sentences.append(sentence)
            anchor = _anchor(sentence) or anchor
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


#: Sentences in which a text says whose report it passes on.
_OPENING = 4

_SINGLE = frozenset((Basis.EXPLICIT, Basis.WEEKDAY, Basis.RELATIVE, Basis.ANAPHORIC))


def drafts(sentences: list[Sentence], source: tuple[str, ...] = (), outlet: str = "") -> Iterator[Draft]:
    """Every proposition of the sentences with its speaker and slots. `source` is what the whole text rests on."""
    readings = list(attribute(sentences, on_subject(sentences)))
    source = source or _rests_on(readings)
    statements: defaultdict[str, _Statement] = defaultdict(_Statement)
    credited = Credits()
    behind = _BESIDE
    for reading in readings:
        for voice in filter(None, (stretch.voice for stretch in reading.stretches)):
            if voice.speaker is not None:
                statements[voice.speaker.id].note(reading.sentence, voice)
        held, made = False, list(_of_reading(reading)) if reading.near else []
        if not made and reading.near and behind < _BESIDE:
            made = [
                _draft(reading.sentence, one, stretch.voice, stretch.speaker, stretch.start)
                for stretch, one in told_beside(reading)
            ]
        behind = 0 if any(_tells(draft) for draft in made) else behind + 1
        for draft in made:
            held = held or draft.kind in HELD
            if credited.holds(draft):
                if draft.speaker is not None:
                    statements[draft.speaker.id].complete(draft)
                draft.via = _others(draft, (*source, *draft.via), outlet)
                yield draft
        if not held:
            credited.read(reading)


#: Sentences behind one that tells of an exchange in which people are those who came back.
_BESIDE = 2


def _tells(draft: Draft) -> bool:
    """Whether a draft is the news of an exchange."""
    return draft.kind is Kind.EXCHANGE and draft.rule in _NEWS and not marked(draft)


_NEWS = frozenset(("counted", "held", "mediated", "spoke-of"))


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
    outer: tuple[str, ...] = ()
    for stretch in reading.stretches:
        voice = stretch.voice
        speaker = voice.speaker if voice else None
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
            yield _draft(reading.sentence, one, voice, speaker, stretch.start)


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
    draft = Draft(one.kind, sentence, one.rule, speaker, voice, start=one.start, end=one.end)
    draft.figures = _figures_of(sentence, one, side)
    if one.kind in _ACTED:
        draft.actor = one.actor
    if one.kind in HELD:
        draft.location = place_of(sentence, low, one.end)
        said = (voice.start, voice.end) if voice else (one.start, one.end)
        draft.mediators = names_of(mediators_of(sentence, *said, speaker))
    if side is Side.THIRD:
        draft.figures.ordinal = None
    draft.days, draft.stated = _dates(sentence, one, voice, low)
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
        voice, default = (None if deed else side), _back_to(sentence, one)
        found = figures(sentence, one.start, one.end, voice=voice, deed=deed, default=default)
    if one.kind in {Kind.OFFER, Kind.REFUSAL} and found.ratio is None and "all" in sentence.features:
        formula(sentence, 0, len(sentence.units), found)
    return found


def _back_to(sentence: Sentence, one: Proposition) -> Side:
    """The side that unmarked people would return to: the refuser's own, the other side of who offers them or keeps them."""
    if one.kind is Kind.REFUSAL:
        gives = re.search(r"f[^,;q]{0,3}G", sentence.act[one.start : one.end])
        own = one.actor if one.actor is Side.RU else Side.UA
        return OTHER_SIDE[own] if gives else own
    return Side.RU if one.kind is Kind.OFFER and one.actor is Side.UA else Side.UA


def _dates(
    sentence: Sentence, one: Proposition, voice: Voice | None, low: int
) -> tuple[list[int], DateRange | None]:
    """The units that may date the event, and the day of the statement; `low` is where the stretch begins."""
    said = said_on(sentence, voice, low) if voice is not None else []
    events = [
        at
        for at in range(low, one.end)
        if at not in said
        and sentence.units[at].day is not None
        and not _is_dateline(sentence, at)
        and not _of_capture(sentence, at)
        and not _of_another(sentence, at)
        and (not _since(sentence, at) or _when(sentence, at))
        and not (voice and not voice.carried and _of_speech(sentence, at, voice))
    ]
    stated = min(
        (sentence.units[at] for at in said), key=lambda unit: unit.basis != Basis.EXPLICIT, default=None
    )
    inside = [at for at in events if at >= one.start]
    return inside or _leading(sentence, one, events), stated.day if stated else None


def _of_capture(sentence: Sentence, at: int) -> bool:
    """ "Assault troops captured in 2024": since when somebody was held."""
    stems = tuple(sentence.words.capture)
    near = range(max(0, at - _CAPTURED), at)
    taken = [where for where in near if sentence.units[where].word.startswith(stems)]
    return bool(taken) and set(sentence.content[taken[-1] : at]).isdisjoint("EXTGVt,;")


def _of_another(sentence: Sentence, at: int) -> bool:
    """ "После августовских боёв", "до травневої інавгурації": the month of something else than an exchange."""
    first = at - _DESCRIBED if at > _DESCRIBED and sentence.units[at - 1].word == "," else at
    described = sentence.units[first : at + 1 + _DESCRIBED]
    moved = any(unit.classes & _DATED_NOUNS for unit in described)
    return sentence.units[at].basis == Basis.EPITHET and not moved


#: Units on either side of an adjective of a month within which stands what it describes.
_DESCRIBED = 2
_DATED_NOUNS = frozenset(("exchange_noun", "return_noun", "agree_noun", "agree"))

#: Units in which a word of capture stands before its day.
_CAPTURED = 4

#: Units before the day of a dateline: the city and the comma.
_CITY = 5


def _is_dateline(sentence: Sentence, at: int) -> bool:
    """ "KYIV, 3 January (Reuters) — …": where and when the text was filed."""
    units = sentence.units
    if not (sentence.first_in_paragraph and 0 < at <= _CITY and at + 1 < len(units)):
        return False
    framed = units[at - 1].word == "," and (units[at + 1].word in "(/" or "dash" in units[at + 1].classes)
    return framed and set(sentence.content[:at]).isdisjoint("EXTtGVNBC")


def _leading(sentence: Sentence, one: Proposition, events: list[int]) -> list[int]:
    """Of a happening the last date before its clause; of an offer only a vague one ("Back in May, Kyiv proposed …")."""
    if one.kind is Kind.OFFER:
        events = [
            at for at in events if (day := sentence.units[at].day) and day.precision is not Precision.DAY
        ]
    return events[-1:] if one.kind in _HAPPENINGS or one.kind is Kind.OFFER else []


def said_on(sentence: Sentence, voice: Voice, low: int) -> list[int]:
    """The units that name the day of the statement; `low` is where the stretch begins."""
    if voice.carried or "day" not in sentence.features:
        return []
    high = min(max(voice.verb + _BEHIND_VERB, voice.end), len(sentence.units))
    return [
        at
        for at in range(low, high)
        if (day := sentence.units[at].day) is not None
        and (day.precision is Precision.DAY or _month_said(sentence, at, voice))
        and not _since(sentence, at)
        and (_leads(sentence, at, voice) or _beside_verb(sentence, at, voice))
        and not _of_deed(sentence, at, voice)
    ]


def _of_speech(sentence: Sentence, at: int, voice: Voice) -> bool:
    return _beside_verb(sentence, at, voice) and not _of_deed(sentence, at, voice)


def _of_deed(sentence: Sentence, at: int, voice: Voice) -> bool:
    """ "Reported Tuesday's handover", "on 19 April, Kyiv said, 277 came home": the day of what is told."""
    noun = "E" in sentence.content[at + 1 : at + 2] and sentence.units[at].basis == Basis.WEEKDAY
    low, high = sorted((voice.mention.start, voice.verb))
    inserted = sentence.content[at + 1 : low] == "," and sentence.content[high + 1 : high + 2] == ","
    return noun or (inserted and at < _OPENS)


def _month_said(sentence: Sentence, at: int, voice: Voice) -> bool:
    """ "The ombudsman in November maintained", "told the agency last week that", "In May Peskov said": beside the verb."""
    day = sentence.units[at].day
    if day is None or day.precision is Precision.YEAR:
        return False
    low = min(voice.mention.head, voice.verb)
    between = sentence.voice[at + 1 : low]
    if at < _OPENS and day.precision is Precision.MONTH:
        between = between.removeprefix(",")
    leads = at < low and not set(between) & set(',;-"')
    return leads or low < at


#: The units with which a sentence begins, so that the day among them is set off by a comma.
_OPENS = 3


def _since(sentence: Sentence, at: int) -> bool:
    """ "since the start of the invasion in February"."""
    if sentence.units[at].basis == Basis.SINCE:
        return not _dates_a_noun(sentence, at)
    words = [unit.word for unit in sentence.units[max(0, at - _SINCE) : at]]
    cue = next((word for word in words if word in sentence.words.since), None)
    return cue is not None and "," not in words[words.index(cue) :]


def _dates_a_noun(sentence: Sentence, at: int) -> bool:
    """ "Заява від 11 серпня", "обмін від 19 квітня", not "the first exchange since": the day of what stands before."""
    noun, preposition = sentence.units[at - 2], sentence.units[at - 1]
    first = sentence.content[at - 3 : at - 2] == "O"
    return (
        at > 1
        and not first
        and preposition.word in sentence.words.dated
        and not noun.classes.isdisjoint(_DATED)
    )


_DATED = frozenset(("message", "statement", "list", "exchange_noun", "agree_noun"))


def _when(sentence: Sentence, at: int) -> bool:
    """ "since 7 August, when 22 men were brought home", "in which"."""
    return _WHEN.match(sentence.content, at + 1) is not None


_WHEN = re.compile(",c|,.?q")


#: Units from "since" to the day that it counts from.
_SINCE = 9
_HAPPENINGS = frozenset((Kind.EXCHANGE, Kind.AGREEMENT, Kind.SUSPENSION))

#: Units behind a verb of saying among which the day of the statement may stand.
_BEHIND_VERB = 10


def _beside_verb(sentence: Sentence, at: int, voice: Voice) -> bool:
    """Beside the verb of saying ("said on Friday", "заявив у вівторок секретар", "told a briefing in Moscow on Friday")."""
    low, high = sorted((voice.mention.head, voice.verb))
    if low <= at <= high:
        return True
    if voice.rule == "said-x" and at > voice.verb:
        return set(sentence.content[voice.verb : at]).isdisjoint("EXT")
    between = set(sentence.content[high + 1 : at])
    return high < at < high + _BEHIND_VERB and between.isdisjoint('EXTtGVCBNfqc,;"')


def _leads(sentence: Sentence, at: int, voice: Voice) -> bool:
    """ "On Friday, …, the ministry said": the day opens the sentence before who says it."""
    return (
        voice.rule == "x-said"
        and at < min(voice.mention.start, voice.verb)
        and set(sentence.content[: voice.mention.start]).isdisjoint("EXTtGVCBN")
    )
