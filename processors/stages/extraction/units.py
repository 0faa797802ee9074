"""Sentences as rows of units: a word, a phrase, a number, a date, a name or a mark, each with its classes.

Three *views* write the row as a string, one letter a unit, so that one grammar of ordinary regular expressions serves
all languages. A word with several classes shows the one that matters in that view.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from processors.model import DateRange, Language, Quantity, Side, Span
from processors.stages.extraction.function_words import FunctionWords, function_words
from processors.stages.extraction.headline_verbs import read_as_verbs
from processors.stages.extraction.lexicon import Entry, Matcher, Speaker
from processors.stages.extraction.parted import join_parted, parted_verbs
from processors.stages.extraction.travel import read_travel
from processors.stages.extraction.views import letters

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W\d_]+)*'?|[,;:()\"—-]|\.{3}|…|[?!]")
#: Words of one sentence that are read; a longer "sentence" is no prose.
_MOST_UNITS = 400


@dataclass(slots=True)
class Unit:
    """One unit of a sentence; `start` and `end` are offsets into the article's text."""

    start: int
    end: int
    word: str
    classes: frozenset[str] = frozenset()
    speakers: tuple[tuple[str, Speaker], ...] = ()
    mediator: str = ""
    medium: str = ""
    quantity: Quantity | None = None
    ordinal: int | None = None
    day: DateRange | None = None
    basis: str = ""
    ratio: tuple[int | None, int | None] | None = None
    each: bool = False
    capital: bool = False
    possessive: bool = False

    @property
    def span(self) -> Span:
        """Where it stands in the article."""
        return Span(start=self.start, end=self.end)


@dataclass(slots=True)
class Sentence:
    """A sentence with its units and views."""

    span: Span
    text: str
    units: list[Unit]
    words: FunctionWords
    content: str = ""
    voice: str = ""
    act: str = ""
    paragraph: int = 0
    first_in_paragraph: bool = False
    features: set[str] = field(default_factory=set)
    #: The last date that the sentences before name, in this paragraph or the one before.
    before: DateRange | None = None

    def has(self, *classes: str) -> bool:
        """Whether any unit is of any of the classes."""
        return not self.features.isdisjoint(classes)

    def written(self, start: int, end: int) -> str:
        """The text between two offsets of the article, as it is written."""
        return self.text[start - self.span.start : end - self.span.start]

    def recognise(self, at: int, speaker: Speaker) -> None:
        """Read a capitalised word that no list knows as the name of somebody whom the text introduced before."""
        unit = self.units[at]
        unit.classes, unit.speakers = _NAME, ((speaker.type, speaker),)
        self.content, self.voice, self.act = (
            view[:at] + letter + view[at + 1 :]
            for view, letter in zip((self.content, self.voice, self.act), letters(_NAME), strict=True)
        )
        self.features.add("name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A number or date found in the sentence, to become one unit."""

    start: int
    end: int
    quantity: Quantity | None = None
    ordinal: int | None = None
    day: DateRange | None = None
    ratio: tuple[int | None, int | None] | None = None
    each: bool = False
    same: bool = False
    #: A number that counts no people: an age, a price, a percentage.
    odd: bool = False
    #: What a date rests on, see `dates.Basis`.
    basis: str = ""


def read(
    text: str, normal: str, span: Span, matcher: Matcher, measures: Sequence[Measure], published_on: date
) -> Sentence:
    """The units of the sentence at `span`; `normal` is the normalised text, of the same length."""
    tokens = _tokens(text, normal, span, english=matcher.language is Language.EN)
    units = list(_units(tokens, matcher, measures, published_on))
    if parted := parted_verbs(matcher.language):
        join_parted(units, parted)
    read_as_verbs(units)
    words = function_words(matcher.language)
    read_travel(units, words)
    units = _names(text, units, words)
    if any("body" in unit.classes for unit in units):
        _mute_names_of_bodies(units)
    sentence = Sentence(span, text[span.start : span.end], units, words)
    shown = [letters(unit.classes) for unit in units]
    sentence.content, voice, sentence.act = map("".join, zip(*shown, strict=True)) if shown else ("", "", "")
    sentence.features = set[str]().union(*[unit.classes for unit in units if unit.classes])
    named = [speaker for unit in units if unit.speakers for _, speaker in unit.speakers]
    if any(speaker.side in {Side.UA, Side.RU} for speaker in named):
        sentence.features.add("party")
    sentence.voice = _without_quoted_names(voice, units, words) if '"' in voice else voice
    return sentence


def _without_quoted_names(voice: str, units: list[Unit], words: FunctionWords) -> str:
    """The voice view without the quotes of names («Азовсталь», радио «Створка»), which quote nobody."""
    view = list(voice)
    open_at = -1
    for at, unit in enumerate(units):
        if unit.word != '"':
            continue
        inside = units[open_at + 1 : at]
        if (
            open_at >= 0
            and ((0 < len(inside) <= 4 and inside[0].capital) or _scared(units, open_at, at))
            and not any(u.classes & _SPEECH for u in inside[:1] + _but_a_number(inside[1:]))
        ):
            view[open_at] = view[at] = "."
            if _is_venue(units, open_at, words):
                _make_medium(inside)
                view[open_at + 1 : at] = "m" * len(inside)
            open_at = -1
        else:
            open_at = at
    return "".join(view)


def _but_a_number(inside: list[Unit]) -> list[Unit]:
    """The words of a name but its number («Ера-1», «Канал 5»)."""
    numbered = len(inside) == 1 and inside[0].quantity is not None
    return [] if numbered else inside


def _mute_names_of_bodies(units: list[Unit]) -> None:
    """ "Из организации «Дорога домой»": behind a noun for a body its name, whatever its words mean elsewhere."""
    for at, unit in enumerate(units[:-2]):
        if "body" not in unit.classes or units[at + 1].word != '"' or not units[at + 2].capital:
            continue
        close = next((i for i in range(at + 3, min(at + 7, len(units))) if units[i].word == '"'), at + 2)
        for inside in units[at + 2 : close]:
            if not (inside.speakers or inside.medium):
                inside.classes = frozenset()


def _is_venue(units: list[Unit], quote: int, words: FunctionWords) -> bool:
    """ "Сказал «Новой Европе»", "в ефірі каналу «Ера-1»": a name in an oblique case behind a verb of saying or a media noun."""
    endings = tuple(words.oblique_endings or "?")
    before, first = units[quote - 1] if quote else units[quote], units[quote + 1].word.partition(" ")[0]
    told = "say" in before.classes and first.endswith(endings)
    aired = quote > 1 and "venue" in units[quote - 2].classes
    media = "media" in before.classes and (before.word.endswith(endings) or aired)
    return told or media or "venue" in before.classes


def _make_medium(units: list[Unit]) -> None:
    """Read the units between two quotation marks as the name of a medium, unless the registry knows them."""
    if any(unit.speakers or unit.medium for unit in units):
        return
    for unit in units:
        unit.classes = _MEDIUM


_MEDIUM = frozenset(("medium",))


def _scared(units: list[Unit], open_at: int, close: int) -> bool:
    """A word in scare quotes inside a sentence (the head of the Donetsk "republic"), which no mark cuts off."""
    single = close == open_at + 2 and open_at > 0 and close + 1 < len(units)
    around = (units[open_at - 1], units[close + 1]) if single else ()
    return single and not any(unit.classes & {"dash", "say"} or unit.word == ":" for unit in around)


_SPEECH = frozenset(("say", "mark", "dash", "return_verb", "quantity", "ratio"))


@dataclass(slots=True)
class _Token:
    start: int
    end: int
    word: str
    #: The word as it is written.
    raw: str
    possessive: bool

    @property
    def capital(self) -> bool:
        return self.raw[:1].isupper()


def _tokens(text: str, normal: str, span: Span, *, english: bool) -> list[_Token]:
    tokens: list[_Token] = []
    for match in islice(_TOKEN.finditer(normal, span.start, span.end), _MOST_UNITS + 1):
        start, end = match.span()
        word, possessive = match[0], False
        if word == "-" and normal[start - 1 : start].isalnum() and normal[end : end + 1].isalnum():
            continue
        if "'" in word:
            word, possessive, end = _without_apostrophe(word, end, english=english)
        tokens.append(_Token(start, end, word, text[start:end], possessive))
    return tokens


def _without_apostrophe(word: str, end: int, *, english: bool) -> tuple[str, bool, int]:
    """The word without its possessive ending or closing apostrophe, whether it is possessive, and where it ends."""
    if english and word.endswith("'s") and len(word) > 2:
        return word[:-2], True, end
    if word.endswith("'") and len(word) > 1:
        possessive = english and word.endswith("s'")
        return word[:-1], possessive, end if possessive else end - 1
    return word, False, end


def _units(
    tokens: list[_Token], matcher: Matcher, measures: Sequence[Measure], published_on: date
) -> Iterator[Unit]:
    words = [token.word for token in tokens]
    possessive = [token.possessive for token in tokens]
    at, measure = 0, 0
    while at < len(tokens):
        token = tokens[at]
        while measure < len(measures) and measures[measure].end <= token.start:
            measure += 1
        covered = _covered(tokens, at, measures[measure]) if measure < len(measures) else 0
        size, entries = matcher.match(words, possessive, at)
        if covered and (size < 2 or size <= covered):
            yield _measured(tokens[at : at + covered], measures[measure])
            at += covered
            continue
        size = max(size, 1)
        yield _unit(tokens[at : at + size], entries, published_on)
        at += size


def _covered(tokens: list[_Token], at: int, measure: Measure) -> int:
    """How many tokens from `at` the measure covers, none when it begins later."""
    if tokens[at].start < measure.start:
        return 0
    count = 0
    while at + count < len(tokens) and tokens[at + count].start < measure.end:
        count += 1
    return count


def _measured(tokens: list[_Token], measure: Measure) -> Unit:
    """A number or date as one unit, however many words write it."""
    cls = _measure_class(measure)
    return Unit(
        measure.start,
        measure.end,
        " ".join(token.word for token in tokens),
        frozenset((cls,)),
        quantity=measure.quantity,
        ordinal=measure.ordinal,
        day=measure.day,
        basis=measure.basis,
        ratio=measure.ratio,
        each=measure.each,
        capital=tokens[0].capital,
    )


def _measure_class(measure: Measure) -> str:
    if measure.day:
        return "day"
    if measure.ratio:
        return "ratio"
    if measure.ordinal is not None:
        return "ordinal"
    return "odd" if measure.odd else "same" if measure.same else "quantity"


_MARKS = {
    mark: frozenset((cls,))
    for cls, marks in {"mark": ",():", "quote": '"', "dash": "—-", "semicolon": ";"}.items()
    for mark in marks
}


_CAPITAL, _NAME = frozenset(("capital",)), frozenset(("name",))


def _unit(tokens: list[_Token], entries: list[Entry], published_on: date) -> Unit:
    first, last, alone = tokens[0], tokens[-1], len(tokens) == 1
    if alone and first.word in _MARKS:
        return Unit(first.start, first.end, first.word, _MARKS[first.word])
    word = first.word if alone else " ".join([token.word for token in tokens])
    unit = Unit(first.start, last.end, word, capital=first.capital, possessive=last.possessive)
    if entries:
        unit.classes = _classes_of(unit, tokens, entries, published_on)
    if unit.capital and alone and not unit.classes and not word.isdigit():
        unit.classes = _CAPITAL
    return unit


def _classes_of(unit: Unit, tokens: list[_Token], entries: list[Entry], published_on: date) -> frozenset[str]:
    """The classes of all entries that hold as the words are written; the unit takes the names that they give."""
    classes = [_class_of(unit, entry, published_on) for entry in entries if _written_as_name(tokens, entry)]
    return frozenset([cls for cls in classes if cls])


def _class_of(unit: Unit, entry: Entry, published_on: date) -> str:
    """The class that the entry gives the unit, and what it names; empty for an office that they did not hold then."""
    if entry.speaker is not None:
        if entry.cls == "office" and not entry.speaker.holds_office_on(published_on):
            return ""
        if entry.cls == "state" and unit.possessive:
            return ""
        unit.speakers = (*unit.speakers, (entry.cls, entry.speaker))
        return "role" if entry.cls == "short" else "speaker"
    if entry.cls == "mediator":
        unit.mediator = entry.name
    elif entry.cls == "medium":
        unit.medium = entry.name
    elif unit.possessive and entry.cls in {"ua_state", "ru_state"}:
        return entry.cls[:2] + "_adj"
    return entry.cls


def _written_as_name(tokens: list[_Token], entry: Entry) -> bool:
    """Names are capitalised, short ones that could be words ("us") wholly; offices and words need not be."""
    if not entry.is_name or entry.cls in {"office", "short"} or len(tokens) > 1:
        return True
    token = tokens[0]
    return len(token.raw) > 1 and token.raw.isupper() if len(token.word) <= 2 else token.capital


def _names(text: str, units: list[Unit], function: FunctionWords) -> list[Unit]:
    """Join runs of capitalised words that no list knows ("Ilse Brandt") into one name, a preposition before it apart."""
    first = units[0].word if units else ""
    at = 1 if first in function.prepositions or first in function.determiners else 0
    joined = units[:at]
    while at < len(units):
        size = _run(text, units, at) if "capital" in units[at].classes else 1
        if size > 1:
            joined.append(_as_name(units[at : at + size]))
        else:
            joined.append(units[at])
        at += size
    return joined


def _as_name(run: list[Unit]) -> Unit:
    """The words of a name as one unit, possessive as its last word is."""
    first, last = run[0], run[-1]
    words = " ".join(unit.word for unit in run)
    return Unit(first.start, last.end, words, _NAME, capital=True, possessive=last.possessive)


def _run(text: str, units: list[Unit], at: int) -> int:
    """How many units from the capitalised one at `at` belong to one name."""
    size = 0
    while at + size < len(units) and size < 4 and "capital" in units[at + size].classes:
        if size and not _adjacent(text, units[at + size - 1], units[at + size]):
            break
        size += 1
        if units[at + size - 1].possessive:
            break
    return 1 if _abbreviates(text, units[at : at + size]) else size


def _abbreviates(text: str, run: list[Unit]) -> bool:
    """ "Голова НСЖУ Сергій Томіленко": a body written in capitals before a name in full is no part of it."""
    if len(run) < 3 or len(run[0].word) < 3:
        return False
    first, second = (text[unit.start : unit.end] for unit in run[:2])
    return first.isupper() and not second.isupper()


def _adjacent(text: str, left: Unit, right: Unit) -> bool:
    """Whether only a blank, a hyphen or the stop of an initial parts two words."""
    return text[left.end : right.start] in {" ", "-", "\u00a0", ". "}
