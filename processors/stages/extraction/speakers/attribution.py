"""Who speaks in each sentence: voices resolved in order, then carried into quotes and back to what they report."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from processors.model import DateRange, Side
from processors.stages.extraction.days.dates import Basis
from processors.stages.extraction.speakers.both_nations import named_together
from processors.stages.extraction.speakers.dating import said_on
from processors.stages.extraction.speakers.discourse import Discourse, where
from processors.stages.extraction.speakers.first_person import attribute_first_person
from processors.stages.extraction.speakers.going_on import (
    goes_on,
    hedged,
    mediated,
    noted,
    of_another,
    recalls_a_deal,
    says_on,
)
from processors.stages.extraction.speakers.interviews import attribute_interview, attribute_post
from processors.stages.extraction.speakers.media import attribute_media
from processors.stages.extraction.speakers.mentions import may_name_somebody
from processors.stages.extraction.speakers.passed_on import passed_on
from processors.stages.extraction.speakers.quote_marks import LONGEST_QUOTE, mark_quotes
from processors.stages.extraction.speakers.readings import Reading, Stretch, give, give_the_rest
from processors.stages.extraction.speakers.relays import relays
from processors.stages.extraction.speakers.unmarked import attribute_headline, attribute_unmarked
from processors.stages.extraction.speakers.verbless import named_source
from processors.stages.extraction.speakers.voice import Voice
from processors.stages.extraction.speakers.voices import find_voices
from processors.stages.extraction.words.units import Sentence

#: How many paragraphs back "this was reported by X" reaches.
_BACK = 3
#: How many sentences it reaches forward where it opens the text.
_FORWARD = 7
#: Sentences back in which a quotation looks for the last voice.
_LAST_VOICE = 5


def attribute(sentences: Sequence[Sentence], near: Sequence[bool]) -> list[Reading]:
    """One reading a sentence, in order."""
    discourse = Discourse(sentences)
    readings = [_read(sentence, flag, discourse) for sentence, flag in zip(sentences, near, strict=True)]
    _pass_on(readings)
    mark_quotes(readings)
    paragraphs = [list(group) for _, group in groupby(readings, lambda reading: reading.sentence.paragraph)]
    attribute_interview(paragraphs, discourse)
    attribute_post(readings, discourse)
    attribute_unmarked(paragraphs, discourse)
    attribute_headline(readings)
    _carry_quotes(readings)
    attribute_first_person(paragraphs)
    _carry_reports(readings)
    _carry_on(readings)
    attribute_media(readings)
    return readings


def _pass_on(readings: list[Reading]) -> None:
    """ "His words are quoted by TASS": the medium relays who spoke in the sentence before."""
    for before, reading in pairwise(readings):
        spoken, sentence = before.voice, reading.sentence
        if spoken is None or not (0 < len(sentence.units) <= _CREDIT and _credits(sentence)):
            continue
        if reading.voice is None or reading.voice.mention.type == "pronoun":
            whole = replace(spoken, start=0, end=len(sentence.units))
            spoken.via = (*relays(sentence, whole), *spoken.via)


#: Units of a sentence that only says who quotes.
_CREDIT = 8


def _credits(sentence: Sentence) -> bool:
    """Whether the sentence opens with his words, or with him whom somebody quotes."""
    words, (first, *behind) = sentence.words, sentence.units
    quotes = any(unit.word in words.quoting for unit in behind)
    theirs = first.word in words.whose and any("statement" in unit.classes for unit in behind[:1])
    return quotes and (theirs or "statement" in first.classes or first.word in words.whose | words.they)


def _carry_on(readings: list[Reading]) -> None:
    """ "In return …" is of the voice of the sentence beside it; who mediated, of the last voice of this paragraph or the last."""
    before: Reading | None = None
    last: Reading | None = None
    for reading in readings:
        beside = before if before and before.sentence.paragraph == reading.sentence.paragraph else None
        _continue(reading, beside, last)
        last = reading if reading.voice is not None else last
        before = reading


def _continue(reading: Reading, beside: Reading | None, last: Reading | None) -> None:
    """Let the sentence before it, or the last that had a voice, lend this one its voice; or this one lend its own."""
    units, voice = reading.sentence.units, reading.voice
    if beside is not None and units and "inreturn" in units[0].classes:
        if voice is not None and beside.unattributed and beside.near:
            give(beside, voice, "continued")
            return
        if reading.unattributed and beside.voice is not None:
            give(reading, beside.voice, "continued")
            return
    if not reading.unattributed:
        return
    on = last is not None and any(rule(last, reading) for rule in (hedged, mediated, noted, says_on))
    if on and last is not None and last.voice is not None:
        give(reading, last.voice, "continued")
    elif beside is not None and beside.voice is not None and goes_on(beside, reading):
        give(reading, beside.voice, "continued")


def _read(sentence: Sentence, near: bool, discourse: Discourse) -> Reading:
    """What the sentence tells by itself of who speaks in it, with what was said before."""
    reading = Reading(sentence, near)
    discourse.recognise(sentence)
    discourse.notice(sentence)
    reading.stretches = _stretches(sentence, discourse)
    voice = reading.voice
    if (subject := discourse.close(sentence, spoken=voice is not None)) is not None:
        mention, who = subject
        reading.about = Voice(mention, -9, "about", speaker=who, span=where(sentence, mention))
    reading.reports = sentence.has("backfill") and voice is not None and not _untold(voice, sentence)
    return reading


def _stretches(sentence: Sentence, discourse: Discourse) -> list[Stretch]:
    """The parts of a sentence by voice; what stands before the first of them is the outlet's."""
    if source := named_source(sentence):
        return _below(sentence, source, discourse)
    voices = find_voices(sentence) if may_name_somebody(sentence) else []
    for voice in voices:
        voice.speaker = discourse.resolve(sentence, voice.mention)
    found: list[Stretch] = []
    for voice in _without_own_state(_without_the_capital(sentence, voices)):
        if _of_both_states(sentence, voice):
            found.append(Stretch(voice.start, voice.end, None))
            continue
        voice.span = where(sentence, voice.mention)
        for other in voice.beside:
            other.speaker = discourse.resolve(sentence, other.mention)
            other.span = where(sentence, other.mention)
            found.append(Stretch(voice.start, voice.end, other))
        voice.via = relays(sentence, voice) or passed_on(sentence, voice, voices, discourse)
        found.append(Stretch(voice.start, voice.end, voice if voice.speaker else None))
    begin = min((stretch.start for stretch in found), default=len(sentence.units))
    return [Stretch(0, begin, None), *found] if begin > 0 or not found else found


def _of_both_states(sentence: Sentence, voice: Voice) -> bool:
    """ "Russia and Ukraine announced an exchange", "both sides reported": what both say is told by the outlet, no denial."""
    if sentence.has("neg", "deny", "untrue"):
        return False
    states = [mention.speaker for mention in (voice.mention, *(other.mention for other in voice.beside))]
    sides = {state.side for state in states if state is not None and state.type == "state"}
    who = voice.mention
    return {Side.UA, Side.RU} <= sides or named_together(sentence, who.start, who.end)


def _below(sentence: Sentence, source: Voice, discourse: Discourse) -> list[Stretch]:
    """A line that names who is quoted below it, and says nothing itself."""
    size = len(sentence.units)
    source.speaker, source.span = discourse.resolve(sentence, source.mention), where(sentence, source.mention)
    source.start = source.end = size
    return [Stretch(0, size, None), Stretch(size, size, source)]


def _untold(voice: Voice, sentence: Sentence) -> bool:
    """ "The ISW cannot confirm this": nobody said it."""
    return "e" in sentence.voice[max(0, voice.verb - _NEGATED) : max(0, voice.verb)]


#: Units before the verb among which "cannot" stands.
_NEGATED = 2


def _without_the_capital(sentence: Sentence, voices: list[Voice]) -> list[Voice]:
    """ "Moscow confirmed the swap: the ministry reported …": the capital speaks by the mouth that is named behind it."""
    if len(voices) < 2 or voices[0].mention.type != "state":
        return voices
    state, mouth = voices[:2]
    colon = any(unit.word == ":" for unit in sentence.units[state.verb : mouth.mention.start])
    if not (colon and mouth.speaker and state.speaker and mouth.speaker.side is state.speaker.side):
        return voices
    mouth.start = state.start
    return voices[1:]


def _without_own_state(voices: list[Voice]) -> list[Voice]:
    """ "There they added that Kyiv had declared its readiness": who speaks for Kyiv says it, not Kyiv inside their words."""
    kept: list[Voice] = []
    for voice in voices:
        if kept and _speaks_for(kept[-1], voice):
            kept[-1].end = max(kept[-1].end, voice.end)
        else:
            kept.append(voice)
    return kept


def _speaks_for(outer: Voice, inner: Voice) -> bool:
    """Whether the inner voice is a state, and the outer one a person or body of it."""
    mouth, state = outer.speaker, inner.speaker
    if mouth is None or state is None or inner.mention.type != "state" or inner.rule != "x-said":
        return False
    return mouth.type in {"person", "org"} and mouth.side is state.side


def _carry_quotes(readings: list[Reading]) -> None:
    """What stands in quotes belongs to the voice before or behind it in the paragraph, else to the last voice."""
    for index, reading in enumerate(readings):
        if reading.asked or not (reading.quote_before and (reading.unattributed or _only_spoken_of(reading))):
            continue
        voice = _voice_behind(readings, index) or _voice_before(readings, index)
        if voice is not None:
            give(reading, voice, "quoted")


def _only_spoken_of(reading: Reading) -> bool:
    """A sentence wholly inside a quotation whose "she said", or "Zelensky refuses", is a part of what is quoted."""
    voices = [stretch.voice for stretch in reading.stretches if stretch.voice is not None]
    return reading.quote_after and all(
        voice.mention.type in {"pronoun", "state"} or _refuses(reading.sentence, voice) for voice in voices
    )


def _refuses(sentence: Sentence, voice: Voice) -> bool:
    """Whether somebody speaks only by refusing."""
    verb = sentence.units[voice.verb].classes if voice.verb >= 0 else frozenset[str]()
    return "refuse" in verb and "say" not in verb


def _voice_behind(readings: list[Reading], index: int) -> Voice | None:
    """Who is named behind an open quotation: in its paragraph, or where it is closed in one below."""
    paragraph = readings[index].sentence.paragraph
    for before, reading in pairwise(readings[index : index + LONGEST_QUOTE]):
        further = reading.sentence.paragraph != paragraph
        if further and not (before.quote_after and reading.quote_before):
            return None
        if reading.voice is not None:
            first = reading.stretches[0].voice
            closes = first is not None and first.rule in {"said-x", "x-said"} and reading.quote_before
            return first if closes and not (further and reading.quote_after) else None
        if not reading.quote_after:
            return None
    return None


def _voice_before(readings: list[Reading], index: int) -> Voice | None:
    """Whom the sentence right before is about, else the last voice, of this paragraph or the one before."""
    paragraph = readings[index].sentence.paragraph
    beside = readings[index - 1] if index else None
    if beside is not None and beside.sentence.paragraph == paragraph and _introduces(beside):
        return beside.about
    for at in range(index - 1, max(-1, index - 1 - _LAST_VOICE), -1):
        if paragraph - readings[at].sentence.paragraph > 1:
            return None
        if readings[at].voice is not None:
            return readings[at].voice
    return None


def _introduces(reading: Reading) -> bool:
    """ "President Zelensky defended himself. «…»": whom a sentence names whose words follow."""
    named = reading.about is not None and reading.about.mention.type in {"person", "name"}
    return named and reading.unattributed and not (reading.quote_before or reading.quote_after)


def _carry_reports(readings: list[Reading]) -> None:
    """ "This was reported by X": X says the unattributed sentences before, and after where it opens the text."""
    reach = _BACK
    for index, reading in enumerate(readings):
        voice = _who_reports(reading) if reading.reports else None
        if voice is None:
            continue
        days = (reading.sentence.units[at].day for at in said_on(reading.sentence, voice, voice.start))
        day = next(days, None)
        if not reading.sentence.first_in_paragraph:
            reach = (
                0  # "…. About this X wrote": what stands before it in its paragraph, and no headline above
            )
        for at in range(index - 1, -1, -1):
            earlier = readings[at]
            distance = reading.sentence.paragraph - earlier.sentence.paragraph
            if distance > reach:
                break
            if not earlier.unattributed:
                _fill(earlier, voice, day)
                break
            give(earlier, voice, "reported-after", day)
        if index == 0:
            for later in readings[1 : 1 + _FORWARD]:
                if later.unattributed and not recalls_a_deal(later.sentence):
                    give(later, voice, "reported-before")
        else:
            _carry_description(readings[index + 1 : index + 1 + _FORWARD], voice)
        reach = 0


def _fill(reading: Reading, voice: Voice, day: DateRange | None) -> None:
    """ "1,000 bodies came back, which, the Russians say, are of soldiers": what is not theirs is of who reported it."""
    others = [stretch.voice.rule for stretch in reading.stretches if stretch.voice is not None]
    if _only_acts(reading):
        give(reading, voice, "reported-after", day)
    elif all(rule.startswith("according-to") for rule in others):
        give_the_rest(reading, voice, "reported-after", day)


def _only_acts(reading: Reading) -> bool:
    """ "Representatives of Kyiv proposed a swap. This was reported by X": who is not named only does what X tells."""
    voices = [stretch.voice for stretch in reading.stretches if stretch.voice is not None]
    return all(
        voice.mention.type == "noun" and "offer" in reading.sentence.units[voice.verb].classes
        for voice in voices
    )


def _carry_description(later: Sequence[Reading], voice: Voice) -> None:
    """ "This was reported by X. Soldiers of the National Guard are coming home": X goes on, up to another voice or a figure."""
    for reading in later:
        sentence, said = reading.sentence, reading.unattributed and voice.speaker
        dated = any(unit.day and unit.basis != Basis.RELATIVE for unit in sentence.units)
        if not said or dated or sentence.has(*_NEWS_OF_ITS_OWN) or of_another(sentence, said):
            return
        give(reading, voice, "reported-before")


#: What a sentence would tell beyond a description of those freed.
_NEWS_OF_ITS_OWN = (
    "quantity", "ordinal", "ratio", "past_cue", "background_head", "refuse", "offer", "agree", "agree_noun", "suspend", "list",
    "deny", "mediator", "foreign", "hedge",
)  # fmt: skip


def _who_reports(reading: Reading) -> Voice | None:
    """Who stands right behind "об этом сообщил": "…, в котором, как заявило Минобороны, …" tells of something else."""
    units = reading.sentence.units
    this = next((at for at, unit in enumerate(units) if "backfill" in unit.classes), len(units))
    voices = [stretch.voice for stretch in reading.stretches if stretch.voice is not None]
    mates = [mate.mention.head for voice in voices for mate in voice.beside]
    named = (v for v in voices if v.rule == "said-x" and v.verb > this and v.mention.head not in mates)
    return next(named, reading.voice)
