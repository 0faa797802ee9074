"""Is it about exchanges of prisoners between Russia and Ukraine? A gate over the text, then over its sentences."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import compress

import ahocorasick

from processors.model import Language, Side
from processors.stages.extraction.kinds.remains import only_of_remains
from processors.stages.extraction.reading.clauses import EXCHANGED
from processors.stages.extraction.reading.parted import parted_verbs
from processors.stages.extraction.reading.travel import MOVES_ANYBODY
from processors.stages.extraction.words.lexicon import matcher
from processors.stages.extraction.words.number_words import number_words
from processors.stages.extraction.words.sightings import plain_words, sightings
from processors.stages.extraction.words.units import Sentence, Unit

_MOVING = (*EXCHANGED, "return_verb", "return_noun", "list")
#: An exchange without its name: people and how many of them, and a verb of moving them.
_MOVES, _PEOPLE = ("return_verb", "return_noun", "give_verb", "list"), ("ua_people", "ru_people", "person")
_PARTIES = ("ua_state", "ru_state", "ua_adj", "ru_adj", "ua_people", "ru_people", "party")
#: "The two sides exchanged 84 prisoners each, the UAE said": parties too, where someone speaks or helps.
_SIDES, _THIRDS = ("each", "sides"), ("mediator", "speaker")
#: "Обмін полоненими": in the languages of the two states one between them, where the text names nobody else.
_UNNAMED = ("home_exchange",)
#: How many sentences further a text is still on its subject: one wholly about it, and a digest.
_REACH_FOCUSED, _REACH_DIGEST = 16, 3
#: Sentences that lead up to the first word of the subject ("Russia has yet to answer" above the news itself).
_BEFORE = 3


@cache
def _automaton(language: Language, classes: tuple[str, ...]) -> ahocorasick.Automaton | None:
    """The longest word of every phrase of the classes: a text without any of them needs no reading."""
    found = ahocorasick.Automaton(ahocorasick.STORE_LENGTH)
    for cls in classes:
        for phrase in matcher(language).phrases.get(cls, ()):
            if cls == "party" and any(word.startswith("<") for word in phrase):
                continue  # the side's adjective is of a class of its own
            words = (word.strip("*") for word in phrase if not word.startswith("<"))
            longest = max(words, key=len, default="")
            if len(longest) > 1:
                found.add_word(longest)
    if not len(found):
        return None
    found.make_automaton()
    return found


def may_hold_claims(normal: str, language: Language) -> bool:
    """Whether the normalised text has a word of the subject and one of the parties; linear in its length."""
    for classes in (EXCHANGED, (*_PARTIES, *_SIDES, *_UNNAMED)):
        automaton = _automaton(language, classes)
        if automaton is None or next(iter(automaton.iter(normal)), None) is None:
            return False
    return True


def may_speak_of_exchange(normal: str, language: Language) -> bool:
    """Whether a paragraph has a party and the words that `_speaks_of_exchange` asks for.

    Most texts that pass the first gate have none: it takes a fifth of a millisecond to tell, and five to read them.
    """
    parties, subject = sightings(language, *_PARTIES), sightings(language, *EXCHANGED)
    either = sightings(language, *_PARTIES, *_SIDES, *_UNNAMED)
    for words in map(plain_words, normal.split("\n")):
        if not either.stand_in(words):
            continue
        if subject.stand_in(words) or (parties.stand_in(words) and _may_move(words, language)):
            return True
    return False


def _may_move(words: str, language: Language) -> bool:
    """Whether a paragraph of these words may tell of people, of how many, and that somebody moves them."""
    people, moved = sightings(language, *_PEOPLE), sightings(language, *_MOVES, *_MOVED_BY_PARTS)
    if not people.stand_in(words):
        return False
    each = set(words.split())
    if number_words(language).first.isdisjoint(each) and not _DIGIT.search(words):
        return False
    return not parted_verbs(language).keys().isdisjoint(each) or moved.stand_in(words)


#: Classes of verbs that become verbs of returning beside others (`travel`).
_MOVED_BY_PARTS = tuple(MOVES_ANYBODY)
_DIGIT = re.compile(r"\d")

#: Paragraphs behind and before one with a word of the subject that are read too, and those that open a text.
_READ_ON, _READ_BEFORE, _OPENING = 3, 1, 2


def paragraphs_to_read(normal: str, language: Language, paragraphs: Sequence[tuple[int, int]]) -> list[bool]:
    """Whether each paragraph, as a range of the normalised text, is worth reading: near a word of the subject."""
    moving = sightings(language, *_MOVING)
    last, wanted = -99, list[bool]()
    for number, (start, end) in enumerate(paragraphs):
        if last + _READ_ON >= len(paragraphs) - 1:  # all that is left is near
            return wanted + [True] * (len(paragraphs) - number)
        words = plain_words(normal[start:end])
        if moving.stand_in(words) or _may_move(words, language):
            last = number
            wanted[-_READ_BEFORE:] = [True] * min(_READ_BEFORE, len(wanted))
        wanted.append(number - last <= _READ_ON or number < _OPENING)
    return wanted


def on_subject(sentences: Sequence[Sentence]) -> list[bool]:
    """For each sentence whether it, or one shortly before, speaks of an exchange between the two states."""
    own = _paragraphs_of(sentences, _PARTIES) or _of_two_sides(sentences) or _of_nobody_else(sentences)
    other = _paragraphs_of(sentences, ("foreign",)) - own
    speaking = [_speaks_of_exchange(sentence) for sentence in sentences]
    speaks = [
        flag and sentence.paragraph not in other for flag, sentence in zip(speaking, sentences, strict=True)
    ]
    ours = sum(flag and sentence.paragraph in own for flag, sentence in zip(speaks, sentences, strict=True))
    theirs = sum(speaking) - sum(speaks)
    elsewhere = theirs >= ours or _is_foreign([*compress(sentences, speaking)]) or only_of_remains(sentences)
    if not ours or elsewhere or not _is_of_prisoners(sentences, speaks):
        return [False] * len(sentences)
    alone = _nothing_else_exchanged(sentences)
    reach = _REACH_FOCUSED if alone or sum(speaks) * 6 >= len(sentences) else _REACH_DIGEST
    last, near = -99, list[bool]()
    for index, flag in enumerate(speaks):
        last = index if flag else last
        away = sentences[index].has("topic_off", "other_news") and not flag and not _judges(sentences[index])
        away = away or _links(sentences[index]) or _of_others(sentences[index])
        near.append(index - last <= reach and sentences[index].paragraph not in other and not away)
    first = near.index(True)
    near[max(0, first - _BEFORE) : first] = [True] * min(first, _BEFORE)
    return near


def _links(sentence: Sentence) -> bool:
    """ "Read also: Kyiv gets back 25 bodies": the headline of another text, to which this one only points."""
    words = [unit.word for unit in sentence.units[:_LINKING]]
    led_by = words[: words.index(":")] if ":" in words else []
    return " ".join(led_by) in sentence.words.see_also


#: Units among which the colon of "Read also:" stands.
_LINKING = 5


def _of_others(sentence: Sentence) -> bool:
    """ "Hamas freed four Israeli women" in a text on Ukraine: the two sides of another exchange, and neither of this one."""
    abroad = sum("foreign" in unit.classes for unit in sentence.units)
    return abroad >= _SIDES_OF_ONE and not sentence.has(*_PARTIES)


#: Sides of an exchange.
_SIDES_OF_ONE = 2


def _judges(sentence: Sentence) -> bool:
    """ "In his view the Kremlin wanted the sanctions eased": why the exchange was held, whatever else is named."""
    return sentence.has("opine") and sentence.has("aim")


def _nothing_else_exchanged(sentences: Sequence[Sentence]) -> bool:
    return not any(sentence.has("topic_off", "foreign") for sentence in sentences)


def _is_foreign(speaking: Sequence[Sentence]) -> bool:
    """More sentences on exchanges name another country than name Ukraine ("ten Russians for 16 Westerners")."""
    abroad = sum(sentence.has("foreign") for sentence in speaking)
    return abroad > sum(_names_ukraine(sentence) and not sentence.has("foreign") for sentence in speaking)


def _names_ukraine(sentence: Sentence) -> bool:
    if sentence.has("ua_state", "ua_adj", "ua_people"):
        return True
    return sentence.has("party") and any(
        speaker.side is Side.UA for unit in sentence.units for _, speaker in unit.speakers
    )


def _of_two_sides(sentences: Sequence[Sentence]) -> set[int]:
    """Paragraphs of "the two sides exchanged 84 prisoners each, the UAE said" in a text that names no state at all."""
    if not _nothing_else_exchanged(sentences):
        return set()
    told = [
        one for one in sentences if one.has("exchange_noun", "exchange_verb", "captive") and one.has(*_SIDES)
    ]
    return {one.paragraph for one in told if one.has(*_THIRDS) and one.has("captive", "person")}


def _of_nobody_else(sentences: Sequence[Sentence]) -> set[int]:
    """Paragraphs of "обмен пленными отложен", "сторони обміняли по 95 полонених" in a text that names no state at all."""
    if not _nothing_else_exchanged(sentences):
        return set()
    told = [one for one in sentences if one.has(*_UNNAMED) and one.has("exchange_noun", "exchange_verb")]
    return _paragraphs_of(told, _UNNAMED)


def _paragraphs_of(sentences: Sequence[Sentence], classes: tuple[str, ...]) -> set[int]:
    return {sentence.paragraph for sentence in sentences if sentence.has(*classes)}


def _is_of_prisoners(sentences: Sequence[Sentence], speaks: Sequence[bool]) -> bool:
    """Somewhere a prisoner (or a fallen soldier) and an exchange or return stand in one paragraph, with a party.

    Where nothing else is exchanged the prisoner may stand in a sentence beside it, or far apart (an interview, a portrait).
    """
    alone = _nothing_else_exchanged(sentences)
    speaking = {sentence.paragraph for flag, sentence in zip(speaks, sentences, strict=True) if flag}
    marked: dict[int, set[str]] = {}
    captives = set[str]()
    for flag, sentence in zip(speaks, sentences, strict=True):
        if flag or (alone and sentence.paragraph in speaking):
            marked.setdefault(sentence.paragraph, set()).update(sentence.features)
        if flag:
            captives |= (
                sentence.features if _names_an_exchange(sentence) else sentence.features - {"exchange_noun"}
            )
            if sentence.has("ratio", "all") and any(_is_large(unit) for unit in sentence.units):
                marked[sentence.paragraph].add(_NUMBERED)
    return any(_of_people(found) for found in marked.values()) or (alone and _of_captives(captives))


def _names_an_exchange(sentence: Sentence) -> bool:
    """Whether an exchange is named otherwise than by "in exchange for", which may be said of work or money."""
    return any("exchange_noun" in unit.classes and "inreturn" not in unit.classes for unit in sentence.units)


def _of_people(found: set[str]) -> bool:
    """Whether the classes of a paragraph are those of one on an exchange of people."""
    people = found & _FREED or {"person", "quantity"} <= found or found >= _HOME or _NUMBERED in found
    return bool(found & _MOVED and people and (found & _PARTY or "exchange_noun" in found or found & _BOTH))


def _of_captives(found: set[str]) -> bool:
    return bool(found & {"captive", "bodies"} and found & {"exchange_noun", "exchange_verb"})


_PARTY, _BOTH = frozenset(_PARTIES), frozenset(_SIDES)
_FREED = frozenset(("captive", "bodies", "ua_people", "ru_people"))
#: "The first group of soldiers is home, the headquarters said of the exchange": as good as a number of them.
_HOME = frozenset(("person", "return_verb", "exchange_noun"))
_MOVED = frozenset(
    (
        "exchange_noun",
        "exchange_verb",
        "return_verb",
        "return_noun",
        "give_verb",
        "list",
        "refuse",
        "offer",
        "ready",
    )
)
#: Mark of a paragraph with a formula of many for many ("146 на 146", "all for all"), which nobody else is exchanged by.
_NUMBERED = "numbered"


def _is_large(unit: Unit) -> bool:
    if "all" in unit.classes or unit.ratio == (None, None):
        return True
    return unit.ratio is not None and all((number or 0) > _FEW for number in unit.ratio)


_FEW = 2


def _speaks_of_exchange(sentence: Sentence) -> bool:
    if sentence.has("topic_off") and not sentence.has("captive"):
        return False
    if sentence.has(*EXCHANGED):
        return True
    return sentence.has(*_MOVES) and sentence.has(*_PEOPLE) and sentence.has("quantity", "ratio")
