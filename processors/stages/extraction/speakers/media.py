"""A medium that reports on its own account: "the newspaper Kommersant writes", "according to the broadcaster Suspilne"."""

from collections.abc import Iterator, Sequence

from processors.model import Side
from processors.stages.extraction.speakers.before_colon import medium_closes
from processors.stages.extraction.speakers.introductions import side_around
from processors.stages.extraction.speakers.mentions import Mention
from processors.stages.extraction.speakers.readings import Reading, give
from processors.stages.extraction.speakers.relays import is_dateline, is_outlet, named_medium
from processors.stages.extraction.speakers.voice import Voice
from processors.stages.extraction.text.normalise import normalise
from processors.stages.extraction.words.lexicon import Speaker, side_of_medium
from processors.stages.extraction.words.units import Sentence, Unit

#: Letters that may stand between a medium and its verb or preposition.
_BETWEEN = frozenset('.wQnurD"m')
#: Most units between them.
_NEAR = 4


def attribute_media(readings: Sequence[Reading]) -> None:
    """Where nobody speaks in a sentence but a medium, it speaks, and goes on in the next one of the paragraph."""
    before: Reading | None = None
    for reading in readings:
        sentence = reading.sentence
        told, before = before, None
        if (
            reading.near
            and sentence.has("medium", "media")
            and reading.unattributed
            and not reading.quote_before
        ):
            voice = _medium(sentence)
            if voice is not None:
                give(reading, voice, "medium")
                before = reading
        elif told is not None and told.voice is not None and _continues(told, reading):
            give(reading, told.voice, "medium")


def _continues(told: Reading, reading: Reading) -> bool:
    """ "As RBC specifies, the swap was on Thursday. Kyiv got 74 people": the medium tells that too."""
    sentence = reading.sentence
    opens = bool(sentence.units) and not sentence.units[0].classes.isdisjoint(_ELIDED)
    near = reading.near and sentence.paragraph == told.sentence.paragraph
    silent = reading.unattributed and not reading.quote_before
    return opens and near and silent and not sentence.has("say", "accord", "past_cue")


#: What a sentence begins with that leaves its subject to the one before, or balances it.
_ELIDED = frozenset(("inreturn", "return_verb", "exchange_verb", "give_verb", "receive_verb"))


def without_outlet(readings: Sequence[Reading], outlet: str) -> None:
    """What the outlet says of itself by name is its own voice."""
    for reading in readings:
        for stretch in reading.stretches:
            speaker = stretch.speaker
            named = stretch.voice is not None and stretch.voice.mention.type in {"name", "org"}
            if speaker is not None and named and not speaker.known and is_outlet(speaker.name, outlet):
                stretch.voice = None


def _medium(sentence: Sentence) -> Voice | None:
    for at, unit in enumerate(sentence.units):
        if unit.classes.isdisjoint(("medium", "media")) or is_dateline(sentence, at):
            continue
        name = unit.medium or named_medium(sentence, at)
        if name and _speaks(sentence, at):
            mention = Mention(at, at + 1, at, "org")
            side = side_of_medium(name) or side_around(sentence, mention) or Side.THIRD
            speaker = Speaker(id=f"unk:{normalise(name)}", name=name, side=side, type="org")
            return Voice(mention, at, "medium", speaker=speaker)
    return None


def _speaks(sentence: Sentence, at: int) -> bool:
    """Whether the medium is the subject of a verb of telling, before or behind it, or stands behind "according to"."""
    words = sentence.words
    if at == 0 and [unit.word for unit in sentence.units[1:2]] == [":"]:
        return True  # "Рыбарь: Киев отказался"
    if medium_closes(sentence, at):
        return True
    before, behind = _near(sentence, at, -1), _near(sentence, at, 1)
    led = any(
        ("accord" in unit.classes and unit.word not in words.quoting) or unit.word in words.inverted_media
        for unit in before
    )
    return led or any(unit.word in words.media_say for unit in behind)


def _near(sentence: Sentence, at: int, step: int) -> Iterator[Unit]:
    """The units around the medium with nothing but its description between."""
    units, closed = sentence.units, sentence.words.prepositions
    for other in range(at + step, at + step * (_NEAR + 1), step):
        if not 0 <= other < len(units):
            return
        yield units[other]
        if sentence.voice[other] not in _BETWEEN or units[other].word in closed:
            return
