"""Reading a sentence: its words, phrases, numbers, dates and names as units with their classes, and the views of them."""

from collections.abc import Iterator, Sequence
from datetime import date

from processors.model import DateRange, Precision, Side, Span
from processors.stages.extraction.days.calendar_ranges import month_range
from processors.stages.extraction.days.dates import Basis
from processors.stages.extraction.reading.call_signs import without_call_signs
from processors.stages.extraction.reading.headline_verbs import read_as_verbs
from processors.stages.extraction.reading.parted import join_parted, parted_verbs
from processors.stages.extraction.reading.quoted_names import mute_names_of_bodies, without_quoted_names
from processors.stages.extraction.reading.travel import MOVES_ANYBODY, read_travel
from processors.stages.extraction.words.function_words import FunctionWords, function_words
from processors.stages.extraction.words.lexicon import Entry, Matcher, Meaning
from processors.stages.extraction.words.units import NAME, Measure, Sentence, Unit
from processors.stages.extraction.words.views import letters


def read(
    text: str,
    span: Span,
    tokens: list[Unit],
    matcher: Matcher,
    measures: Sequence[Measure],
    published_on: date,
) -> Sentence:
    """The units of the sentence at `span`, whose words and marks are given."""
    tokens = without_call_signs(text, tokens, matcher)
    units = list(_units(text, tokens, matcher, measures, published_on))
    if parted := parted_verbs(matcher.language):
        join_parted(units, parted)
    words, seen = function_words(matcher.language), _classes(units)
    if "verb_or_noun" in seen:
        read_as_verbs(units)
    if not seen.isdisjoint(MOVES_ANYBODY):
        read_travel(units, words)
    units = _names(text, units, words) if "capital" in seen else units
    if "body" in seen:
        mute_names_of_bodies(units)
    shown = [letters(unit.classes) for unit in units]
    content, voice, act = map("".join, zip(*shown, strict=True)) if shown else ("", "", "")
    written = text[span.start : span.end]
    sentence = Sentence(span, written, units, words, content, voice, act, features=_classes(units))
    named = [speaker for unit in units if unit.speakers for _, speaker in unit.speakers]
    if any(speaker.side in {Side.UA, Side.RU} for speaker in named):
        sentence.features.add("party")
    if '"' in voice:
        sentence.voice = without_quoted_names(text, voice, units, words)
    return sentence


def _classes(units: list[Unit]) -> set[str]:
    return set[str]().union(*[unit.classes for unit in units if unit.classes])


def _units(
    text: str, tokens: list[Unit], matcher: Matcher, measures: Sequence[Measure], published_on: date
) -> Iterator[Unit]:
    """The longest entry of the lexicon or the measure at each place, else the word by itself."""
    words = [token.word for token in tokens]
    possessive = [token.possessive for token in tokens]
    at, measure = 0, 0
    while at < len(tokens):
        start = tokens[at].start
        while measure < len(measures) and measures[measure].end <= start:
            measure += 1
        covered = 0
        if measure < len(measures) and measures[measure].start <= start:
            covered = _covered(tokens, at, measures[measure])
            if _is_feast(measures[measure]) and not _exchanges(matcher, words, possessive, at + covered):
                covered = 0
        size, meaning = matcher.match(words, possessive, at)
        month = (
            covered and at > 0 and tokens[at].capital
        )  # "In the May exchange", where nothing "may exchange"
        if covered and (size < 2 or size <= covered or month):
            yield _measured(tokens[at : at + covered], measures[measure])
            at += covered
            continue
        run = tokens[at : at + (size or 1)]
        unit = _phrase(run) if size > 1 else run[0]
        _classify(text, unit, run, meaning, published_on)
        yield unit
        at += size or 1


def _is_feast(measure: Measure) -> bool:
    """ "The Easter swap", "великодній обмін": the feast that something is called after."""
    named = measure.day is not None and measure.day.precision is Precision.DAY
    return named and measure.basis == Basis.EPITHET


def _exchanges(matcher: Matcher, words: Sequence[str], possessive: Sequence[bool], at: int) -> bool:
    """Whether a word for an exchange begins there ("the Easter prisoner swap")."""
    return any(entry.cls == "exchange_noun" for entry in matcher.match(words, possessive, at)[1].entries)


def _covered(tokens: list[Unit], at: int, measure: Measure) -> int:
    """How many tokens from `at` the measure covers, which begins there or before."""
    count = 0
    while at + count < len(tokens) and tokens[at + count].start < measure.end:
        count += 1
    return count


def _measured(tokens: list[Unit], measure: Measure) -> Unit:
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
        basis=Basis.SINCE if measure.day and _is_of_the_start(measure.day) else measure.basis,
        ratio=measure.ratio,
        each=measure.each,
        capital=tokens[0].capital,
    )


def _is_of_the_start(day: DateRange) -> bool:
    """February 2022, when the full-scale war began: a text counts from it, and no exchange is of that month."""
    return _STARTED.start_on <= day.start_on and day.end_on <= _STARTED.end_on


_STARTED = month_range(2022, 2)


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
_CAPITAL = frozenset(("capital",))


def _phrase(tokens: list[Unit]) -> Unit:
    """Several words as one unit."""
    first, last = tokens[0], tokens[-1]
    word = " ".join([token.word for token in tokens])
    return Unit(first.start, last.end, word, capital=first.capital, possessive=last.possessive)


def _classify(text: str, unit: Unit, tokens: list[Unit], meaning: Meaning, published_on: date) -> None:
    """Give a word, a mark or a phrase of these words the classes that it has by itself."""
    if unit.word in _MARKS:
        unit.classes = _MARKS[unit.word]
    elif meaning.classes is None:
        unit.classes = _as_written(text, unit, tokens, meaning, published_on)
    else:
        unit.classes = meaning.classes
    if unit.capital and not unit.classes and len(tokens) == 1 and not unit.word.isdigit():
        unit.classes = _CAPITAL


def _as_written(
    text: str, unit: Unit, tokens: list[Unit], meaning: Meaning, published_on: date
) -> frozenset[str]:
    """The classes of all entries that hold as the words are written; the unit takes the names that they give."""
    classes = [
        _class_of(unit, entry, published_on)
        for entry in meaning.entries
        if _written_as_name(text, tokens, entry)
    ]
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


def _written_as_name(text: str, tokens: list[Unit], entry: Entry) -> bool:
    """Names are capitalised, short ones that could be words ("us") wholly; offices and words need not be.

    Nor need a state, which some write small on purpose ("росія", "рф").
    """
    if entry.cls == "medium" and len(tokens) > 1:  # "в настоящее время" is no channel
        return any(token.capital for token in tokens)
    if not entry.is_name or entry.cls in {"office", "short"} or len(tokens) > 1:
        return True
    token = tokens[0]
    written = text[token.start : token.end]
    if entry.cls == "state" and not written.isascii():
        return True
    return len(written) > 1 and written.isupper() if len(token.word) <= 2 else token.capital


def _names(text: str, units: list[Unit], function: FunctionWords) -> list[Unit]:
    """Join runs of capitalised words that no list knows ("Ilse Brandt") into one name, a preposition before it apart."""
    first = units[0].word if units else ""
    at = 1 if first in function.prepositions or first in function.determiners else 0
    joined = units[:at]
    while at < len(units):
        if "capital" not in units[at].classes:
            joined.append(units[at])
            at += 1
            continue
        alone = units[at].word in function.fields_of_work
        size = 1 if alone else _run(text, units, at, inflected=bool(function.men_in_a))
        known = at + size < len(units) and any(s.type == "person" for _, s in units[at + size].speakers)
        run = units[at - 1 : at + size + known] if at and function.men_in_a else []
        land = _land_before(run, function)
        if land:
            joined.extend(units[at : at + land])
            at, size = at + land, size - land
        joined.append(_as_name(units[at : at + size]) if size > 1 else units[at])
        at += size
    return joined


#: Words of a name in full with the land before it.
_WITH_LAND = 3


def _land_before(units: list[Unit], function: FunctionWords) -> int:
    """ "Глава Калмыкии Бату Хасиков", "омбудсмен в Югре Наталья Ким": words of a land between an office or "in" and a name.

    `units` are the one before the capitalised words, and these.
    """
    if len(units) <= _WITH_LAND:
        return 0
    before, land, last = units[0], units[1].word, units[-2].word
    led = before.word in function.prepositions
    if not led and before.classes.isdisjoint({"role", "title"}):
        return 0
    if last.endswith(tuple(function.patronymics) or "?") or land in function.men_in_a:
        return 0
    if led or (len(units) == _WITH_LAND + 1 and land.endswith(tuple(function.genitives_of_lands) or "?")):
        return len(units) - _WITH_LAND
    return 0


def _as_name(run: list[Unit]) -> Unit:
    """The words of a name as one unit, possessive as its last word is."""
    first, last = run[0], run[-1]
    words = " ".join(unit.word for unit in run)
    return Unit(first.start, last.end, words, NAME, capital=True, possessive=last.possessive)


def _run(text: str, units: list[Unit], at: int, *, inflected: bool) -> int:
    """How many units from the capitalised one at `at` belong to one name."""
    size = 0
    while at + size < len(units) and size < 4 and _may_name(units[at + size], behind=size > 0 and inflected):
        if size and not _adjacent(text, units[at + size - 1], units[at + size]):
            break
        size += 1
        if units[at + size - 1].possessive:
            break
    return 1 if _abbreviates(text, units[at : at + size]) else size


def _may_name(unit: Unit, *, behind: bool) -> bool:
    """A capitalised word that no list knows, or behind one a surname that begins like a word of other news ("Елена Зерняева")."""
    if "capital" in unit.classes:
        return True
    return behind and unit.capital and " " not in unit.word and unit.classes <= _OF_OTHER_NEWS


_OF_OTHER_NEWS = frozenset(("other_news", "other_matter", "other_deal"))


def _abbreviates(text: str, run: list[Unit]) -> bool:
    """ "Голова НСЖУ Сергій Томіленко": a body written in capitals before a name in full is no part of it."""
    if len(run) < 3 or len(run[0].word) < 3:
        return False
    first, second = (text[unit.start : unit.end] for unit in run[:2])
    return first.isupper() and not second.isupper()


def _adjacent(text: str, left: Unit, right: Unit) -> bool:
    """Whether only a blank, a hyphen or the stop of an initial parts two words."""
    return text[left.end : right.start] in {" ", "-", "\u00a0", ". "}
