"""Who has their say behind a colon to which no verb of saying leads: "X shrugs: «…»", "X has another version: …"."""

from processors.stages.extraction.speakers.about import without_verb
from processors.stages.extraction.speakers.mentions import PERSONAL, RANK, Mention, is_oblique, mentions
from processors.stages.extraction.speakers.voice import Voice
from processors.stages.extraction.words.units import Sentence


def before_colon(sentence: Sentence) -> Voice | None:
    """Who stands before the colon, where it opens a quotation or a version of theirs is told of before it."""
    units = sentence.units
    colon = next((at for at, unit in enumerate(units[:_LEAD]) if unit.word == ":"), 0)
    if colon < _SHORTEST or any("refuse" in unit.classes for unit in units[:colon]):
        return None
    version = _sees(sentence, colon)
    quotes = sentence.voice[colon + 1 : colon + 2] == '"'
    telling = not _TELLING.isdisjoint(sentence.voice[:colon])
    who = _closes(sentence, colon) if version and not telling else None
    passed_on = who is not None and who.end + 1 < colon  # "a diplomat, whose words a newspaper quotes: …"
    if version and not passed_on and any(medium_closes(sentence, at) for at in range(colon)):
        return None
    if who is None and version:
        who = _whose_version(sentence, colon)
    if who is None and (version or quotes) and not telling:
        who = _leads(sentence, colon)
    return Voice(who, colon, "according-to") if who is not None else None


def medium_closes(sentence: Sentence, at: int) -> bool:
    """ "Другую версию отстаивает телеграм-канал «Штык»: …": whether a medium that stands at the unit has that version."""
    if sentence.units[at].classes.isdisjoint(("media", "medium")):
        return False
    colon = next(
        (i for i in range(at + 1, min(at + _NAMED, len(sentence.units))) if sentence.units[i].word == ":"), 0
    )
    return colon > 0 and set(sentence.voice[at + 1 : colon]) <= _NAME and _sees(sentence, at)


def _sees(sentence: Sentence, end: int) -> bool:
    """Whether a word before the unit tells of a version, a view or a sum."""
    words = sentence.words
    stems = tuple(words.outlooks)
    return any(
        unit.word in words.versions or (stems and unit.word.startswith(stems))
        for unit in sentence.units[:end]
    )


def _whose_version(sentence: Sentence, colon: int) -> Mention | None:
    """ "У Лубинца другая версия: …", "Moscow has a different version: …": whom alone the words before the colon name."""
    found = [one for one in mentions(sentence, 0, colon) if one.type in PERSONAL | {"state"}]
    return found[0] if len(found) == 1 and colon < _VERSION else None


def _closes(sentence: Sentence, colon: int) -> Mention | None:
    """ "Итоги обмена подвёл штаб: …", "A rival version is favoured by the channel Rybar: …": who stands right at the colon.

    A relative clause may stand between ("разговорился дипломат, чьи слова приводит газета: …").
    """
    units, words = sentence.units, sentence.words
    for one in mentions(sentence, 0, colon):
        led = one.start > 1 and (not words.by or units[one.start - 1].word in words.by)
        ends = one.end + (units[one.end].word == '"')
        opens = units[ends + 1 : ends + 2] if sentence.voice[ends] == "," else []
        related = any("rel" in unit.classes or unit.word in words.of_whom for unit in opens)
        if led and one.type in _SPEAKING and (ends == colon or related):
            return None if is_oblique(sentence, one) else one
    return None


def _leads(sentence: Sentence, colon: int) -> Mention | None:
    """ "Юрист Павел Лось настроен скептически: …": the subject with which the sentence begins, a name before its title."""
    found = [one for one in mentions(sentence, 0, colon) if one.type in _SPEAKING]
    if (
        not found
        or found[0].start > _OPENS
        or is_oblique(sentence, found[0])
        or _governed(sentence, found[0])
    ):
        return None
    titled = [one for one in found[:2] if one.start - found[0].end <= 1]
    return without_verb(sentence, max(titled, key=lambda one: RANK[one.type]))


def _governed(sentence: Sentence, mention: Mention) -> bool:
    """ "At the president's side stood a board: «…»": behind a preposition nobody is the subject."""
    before = sentence.units[: mention.start]
    return any(unit.word in sentence.words.prepositions for unit in before)


#: Units before which the colon stands, also where a version alone tells who speaks, and the least units before it.
_LEAD, _VERSION, _SHORTEST = 22, 12, 2
#: Units before the subject with which a sentence begins.
_OPENS = 3
#: Whom no title or name of another makes a speaker.
_SPEAKING = PERSONAL | {"short", "noun"}
#: Letters of the words that tell who speaks by themselves.
_TELLING = frozenset("sdAaj;")
#: Units from a media noun to the colon, and the letters of a name in quotes.
_NAMED, _NAME = 7, frozenset('."pQmw')
