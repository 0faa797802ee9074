"""The words of dates as class letters: one token a word, a number, a mark or a phrase of the lexicon.

Letters: M month, W weekday, S season, F full numeric date, Y year, Z "last year" in one word, D day of the month, V
holiday, N "числа" behind a day, n other number, t today and its kin, c "the day before", k earlier or later, a ago, u
unit (week), y year as a unit, h through, L last, H this, X next, e early or late, f from or since, o to, b between, & and, p
preposition, i in, O of, A article, m the same month, r or.
"""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from processors.model import Language, Span
from processors.stages.extraction.days.holidays import HOLIDAYS
from processors.stages.extraction.days.years_in_words import with_years
from processors.stages.extraction.words.number_words import number_words
from processors.stages.extraction.words.vocabulary import WORD, fold, fold_text, forms, section

_NUMERIC = r"\d{4}[-.]\d{1,2}[-.]\d{1,2}(?![\d.]\d)|\d{1,2}[./]\d{1,2}[./]\d{4}(?![\d.]\d)|\d{1,2}\.\d{1,2}\.\d{2}(?![\d.]\d)"
_TOKEN = re.compile(rf"(?P<word>{WORD})|(?P<numeric>{_NUMERIC})|(?P<number>\d+)|(?P<mark>[^\w\s])")
_PARTING = re.compile("[-./]")
_YEAR = re.compile(r"\d{4}")
_MARKS = {"-": "-", "‑": "-", "–": "-", "—": "-", ",": ",", ".": "."}
_SEASON_STARTS = {"winter": 12, "spring": 3, "summer": 6, "autumn": 9}
#: By letter the lists of words that count from a day or year, with how far.
_COUNTED = {
    "Z": {"year_before": -1, "year_after": 1, "two_years_before": -2, "same_year": 0},
    "k": {"earlier": -1, "before_that": -1, "later": 1},
    "t": {
        "today": 0,
        "night": 0,
        "yesterday": -1,
        "eve": -1,
        "before_yesterday": -2,
        "tomorrow": 1,
        "after_tomorrow": 2,
    },
    "c": {"day_before": -1, "same_day": 0, "day_after": 1},
}
_UNITS = ("day", "week", "fortnight", "weekend", "month")
#: Lists of [relative_days] with the letter of their words; a later list wins where a word is in several.
_PLAIN = {
    "in": "p", "aimed": "p", "inside": "i", "on": "p", "of": "O", "articles": "A", "and": "&", "to": "o", "from": "f",
    "since": "f",
    "between": "b", "ago": "a", "early": "e", "mid": "e", "late": "e", "end": "e",
    "before_new_year": "e", "last": "L", "this": "H", "next": "X",
    "day_number": "N", "through": "h", "same_month": "m",
}  # fmt: skip
#: Value of a holiday as an adjective ("the Easter swap").
ADJECTIVE = 1
#: Value of the words for a part of a month; "late" may be a whole season of a year, "the end of" not.
_PARTS = {"early": 1, "mid": 2, "late": 3, "end": 4, "before_new_year": 5}
#: A sentence without a word of these letters, and without a year, has no date.
TELLING = frozenset("MWSZtckaLHXeVNhm")
#: Those that date only beside a unit ("this week") or a word that tells by itself.
_LEANING = frozenset("kaLHXeh")


#: Unit of December told by the New Year behind it ("before New Year 2018").
NEW_YEAR = "new_year"

#: Lists of [relative_days] with what their words say of when; a later list wins.
TENSES = ("past", "future", "ready", "off", "failed")
#: That of a preposition before the day that something is meant for ("на суботу").
AIMED = "aimed"


class Token(NamedTuple):
    """A word or number with its class letter. `value` is a month, weekday, year, day, number or offset."""

    start: int
    end: int
    letter: str = "x"
    value: int = 0
    unit: str = ""
    since: bool = False
    #: What the word says of when: "future", "past" (it happened), "failed" (it did not), "off" (nor will it, or did it).
    tense: str = ""
    #: Of a unit: "weeks", which names no single week.
    plural: bool = False
    #: Year, month and day of a full numeric date.
    parts: tuple[int, int, int] = (0, 0, 0)


_PLAIN_WORD = Token(0, 0)
#: What a word means, without its place: the fields of `Token` from `letter` to `plural`.
_Entry = tuple[str, int, str, bool, str, bool]
#: Words as the lexicon lists them, with what they mean.
_Listed = tuple[list[str], _Entry]


def _entry(
    letter: str = "x",
    value: int = 0,
    unit: str = "",
    *,
    since: bool = False,
    tense: str = "",
    plural: bool = False,
) -> _Entry:
    return letter, value, unit, since, tense, plural


_NO_ENTRY = _entry()


@dataclass(frozen=True, slots=True)
class _Calendar:
    words: dict[str, _Entry]
    #: First and second word of a phrase, with the phrases' words and meanings, longest first.
    phrases: dict[str, dict[str, list[tuple[list[str], _Entry]]]]
    #: By one word of each entry that tells of a date all its words.
    telling: dict[str, list[frozenset[str]]]
    #: The same for those that tell beside a unit, and a word of each unit.
    leaning: dict[str, list[frozenset[str]]]
    units: frozenset[str]
    #: Months and seasons that are also other words ("may"), and count only beside a day, year or preposition.
    ambiguous: frozenset[str]
    suffixes: frozenset[str]
    #: "Before" with nothing behind it ("three days before, …") counts from the day named last.
    before_alone: frozenset[str]
    #: "January 3" is a day; elsewhere a number after the month counts something else.
    day_after_month: bool


@cache
def _calendar(language: Language) -> _Calendar:
    entries = _entries(language)
    phrases: dict[str, dict[str, list[tuple[list[str], _Entry]]]] = {}
    for key in sorted((key for key in entries if " " in key), key=len, reverse=True):
        first, second, *_ = phrase = key.split()
        phrases.setdefault(first, {}).setdefault(second, []).append((phrase, entries[key]))
    months, seasons = section(language, "months"), section(language, "seasons")
    before_alone = frozenset(section(language, "relative_days").get("before_alone", []))
    return _Calendar(
        words={key: entry for key, entry in entries.items() if " " not in key},
        phrases=phrases,
        telling=_by_rarest(key for key, entry in entries.items() if _tells(entry)),
        leaning=_by_rarest(
            key for key, entry in entries.items() if entry[0] in _LEANING or key in before_alone
        ),
        units=frozenset(_rarest(key) for key, entry in entries.items() if entry[0] in {"u", "y"}),
        ambiguous=frozenset(map(fold, forms(months.get("ambiguous", []) + seasons.get("ambiguous", [])))),
        before_alone=before_alone,
        suffixes=frozenset(section(language, "numerals").get("ordinal_suffixes", [])),
        day_after_month=bool(months.get("day_after_month", False)),
    )


def _tells(entry: _Entry) -> bool:
    return entry[0] in TELLING - _LEANING or entry[2] == "weekend"


def _by_rarest(phrases: Iterable[str]) -> dict[str, list[frozenset[str]]]:
    found: dict[str, list[frozenset[str]]] = {}
    for phrase in phrases:
        found.setdefault(_rarest(phrase), []).append(frozenset(map(_bare, phrase.split())))
    return found


def _rarest(phrase: str) -> str:
    """The longest word of a phrase, of equals the last: the one that is in the fewest sentences."""
    return _bare(max(reversed(phrase.split()), key=len))


def _bare(word: str) -> str:
    """The word as a token, without its possessive ending."""
    return word.removesuffix("'s").removesuffix("'")


def may_date(text: str, span: Span, words: Set[str], language: Language) -> bool:
    """Whether `span`, whose words are given, may name a date: two in three sentences do not, and are read no further."""
    calendar = _calendar(language)
    if _stand(calendar.telling, words) or _YEAR.search(text, span.start, span.end):
        return True
    return not calendar.units.isdisjoint(words) and _stand(calendar.leaning, words)


def _stand(phrases: dict[str, list[frozenset[str]]], words: Set[str]) -> bool:
    return any(phrase <= words for word in phrases.keys() & words for phrase in phrases[word])


def _entries(language: Language) -> dict[str, _Entry]:
    """What each word and phrase means; of two lists with one word the later wins."""
    listed = (
        *_numbers(language),
        *_relative(language),
        *_units(language),
        *_offsets(language),
        *_named(language),
    )
    return {fold(word): entry for words, entry in listed for word in forms(words)}


def _numbers(language: Language) -> Iterator[_Listed]:
    numbers, table = number_words(language), section(language, "relative_days")
    for tense in TENSES:
        yield table.get(tense, []), _entry(tense=tense)
    yield table.get("undated", []), _entry()
    yield from (([word], _entry("D", value)) for word, value in numbers.ordinal.items() if value <= 31)
    yield from (
        ([word], _entry("n", value)) for word, value in (numbers.collective | numbers.cardinal).items()
    )


def _relative(language: Language) -> Iterator[_Listed]:
    """Prepositions, articles, and what tells which month or part of it is meant."""
    table = section(language, "relative_days")
    for name, letter in _PLAIN.items():
        tense = AIMED if name == AIMED else ""
        yield table.get(name, []), _entry(letter, _PARTS.get(name, 0), since=name == "since", tense=tense)
    yield table.get("last_year", []), _entry("L", 1)
    yield table.get("new_year_month", []), _entry("M", 12, NEW_YEAR)
    yield section(language, "words").get("alternatives", []), _entry("r")


def _units(language: Language) -> Iterator[_Listed]:
    table = section(language, "relative_days")
    plural = frozenset(map(fold, forms(table.get("plural", []))))
    for name, letter in (*((unit, "u") for unit in _UNITS), ("year", "y"), ("year_word", "y")):
        unit = "year" if letter == "y" else name
        for word in forms(table.get(name, [])):
            yield [word], _entry(letter, unit=unit, plural=fold(word) in plural)


def _offsets(language: Language) -> Iterator[_Listed]:
    """Words that count from a day or year: "yesterday", "the day before", "earlier"."""
    table = section(language, "relative_days")
    for letter, offsets in _COUNTED.items():
        yield from ((table.get(name, []), _entry(letter, value, name)) for name, value in offsets.items())


def _named(language: Language) -> Iterator[_Listed]:
    """Seasons, holidays, months and weekdays."""
    seasons, holidays = section(language, "seasons"), section(language, "holidays")
    yield from ((seasons.get(name, []), _entry("S", month)) for name, month in _SEASON_STARTS.items())
    yield from ((holidays.get(name, []), _entry("V", unit=name)) for name in HOLIDAYS)
    feasts = holidays.get("adjectives", {})
    yield from ((feasts.get(name, []), _entry("V", ADJECTIVE, name)) for name in HOLIDAYS)
    for letter, name in (("M", "months"), ("W", "weekdays")):
        table = section(language, name)
        for which, unit in (("forms", ""), ("adjectives", "adjective")):
            named = table.get(which, {})
            yield from ((words, _entry(letter, int(value), unit)) for value, words in named.items())


def classify(text: str, span: Span, language: Language) -> tuple[list[Token], str]:
    """The tokens of `span` and their letters as one string of the same length.

    Places are counted from the beginning of `span`; those of plain words are only kept behind numbers and marks.
    """
    calendar = _calendar(language)
    piece = text[span.start : span.end]
    folded = fold_text(piece)
    tokens = list(_tokens(folded, calendar))
    if any(token.letter in "DYn" for token in tokens):
        tokens = list(_with_suffixes(tokens, folded, calendar))
        tokens = list(with_years(tokens, folded))
    tokens = [
        _checked(tokens, index, piece, folded, calendar) if token.letter in "MSDn" else token
        for index, token in enumerate(tokens)
    ]
    if calendar.before_alone:
        tokens = [_alone(tokens, index, folded, calendar) for index in range(len(tokens))]
    letters = "".join([token.letter for token in tokens])
    return tokens, letters


def _alone(tokens: list[Token], index: int, folded: str, calendar: _Calendar) -> Token:
    """The token, or "earlier" where "before" stands behind a unit and before a comma."""
    token = tokens[index]
    if token.letter != "p" or not index or tokens[index - 1].letter not in "uy":
        return token
    behind = tokens[index + 1].letter if index + 1 < len(tokens) else ""
    alone = behind == "," and folded[token.start : token.end] in calendar.before_alone
    return token._replace(letter="k", value=-1, unit="before_alone") if alone else token


def _tokens(folded: str, calendar: _Calendar) -> Iterator[Token]:
    words, phrases = calendar.words, calendar.phrases
    matches = list(_TOKEN.finditer(folded))
    keys = [match[0] for match in matches]
    after, after_number = 0, False
    for index, key in enumerate(keys):
        if index < after:
            continue
        match = matches[index]
        kind = match.lastgroup
        if key in phrases and index + 1 < len(keys) and keys[index + 1] in phrases[key]:
            size, meaning = _phrase(phrases[key][keys[index + 1]], keys, index)
            if size:
                after = index + size
                yield Token(match.start(), matches[after - 1].end(), *meaning)
                continue
        if key in words:
            yield Token(match.start(), match.end(), *words[key])
        elif kind != "word":
            yield _other(match.start(), match.end(), key, kind)
        else:
            yield Token(match.start(), match.end()) if after_number else _PLAIN_WORD
        after_number = kind != "word"


def _phrase(phrases: list[tuple[list[str], _Entry]], keys: list[str], index: int) -> tuple[int, _Entry]:
    """The number of words of the longest phrase that begins at `index`, 0 for none, and its meaning."""
    for phrase, meaning in phrases:
        if keys[index : index + len(phrase)] == phrase:
            return len(phrase), meaning
    return 0, _NO_ENTRY


def _other(start: int, end: int, raw: str, kind: str | None) -> Token:
    """A number, a numeric date or a mark."""
    if kind == "numeric":
        return Token(start, end, "F", parts=_parts(raw))
    if kind != "number" or len(raw) > 4:
        return Token(start, end, _MARKS.get(raw, "x"))
    value = int(raw)
    if len(raw) == 4 and 1900 <= value <= 2099:
        return Token(start, end, "Y", value)
    return Token(start, end, "D" if len(raw) <= 2 and 1 <= value <= 31 else "n", value)


def _parts(raw: str) -> tuple[int, int, int]:
    """Year, month and day of "2024-05-31", "31.05.2024" or "31.05.24"."""
    first, second, third = (int(part) for part in _PARTING.split(raw))
    return (first, second, third) if first > 31 else (third + (_CENTURY if third < 100 else 0), second, first)


_CENTURY = 2000


def _with_suffixes(tokens: list[Token], folded: str, calendar: _Calendar) -> Iterator[Token]:
    """The tokens, with "3rd", "3-го" and "2024-го" put together and the parts of longer figures taken out."""
    after = 0
    for index, token in enumerate(tokens):
        if index < after:
            continue
        if token.letter not in "DYn" or not folded[token.start].isdecimal():
            yield token
            continue
        after = index + _suffix(tokens, index, folded, calendar)
        if after > index + 1:
            yield token._replace(end=tokens[after - 1].end)
        else:
            yield Token(token.start, token.end) if _in_figure(folded, token) else token


def _suffix(tokens: list[Token], index: int, folded: str, calendar: _Calendar) -> int:
    """Number of tokens that a number with its suffix takes."""
    for step in (1, 2):
        if index + step >= len(tokens) or tokens[index + step].start != tokens[index + step - 1].end:
            return 1
        following = tokens[index + step]
        if folded[following.start : following.end] in calendar.suffixes:
            return step + 1
        if following.letter != "-":
            return 1
    return 1


def _in_figure(folded: str, token: Token) -> bool:
    """Whether the digits belong to a longer figure: "1,200", "10:30", "2.5"."""
    before, after = folded[max(0, token.start - 2) : token.start], folded[token.end : token.end + 2]
    return (before[-1:] in _JOINTS and before[:1].isdecimal()) or (
        after[:1] in _JOINTS and after[1:].isdecimal()
    )


_JOINTS = frozenset(".,:")


def _checked(tokens: list[Token], index: int, piece: str, folded: str, calendar: _Calendar) -> Token:
    """The token, or a plain word where it only looks like a month, a season or the day of one."""
    token = tokens[index]
    before = tokens[index - 1].letter if index else ""
    after = tokens[index + 1].letter if index + 1 < len(tokens) else ""
    if token.letter == "D":
        counts = before == "M" and not calendar.day_after_month and after not in {"M", "-", "o", "&"}
        return token._replace(letter="n") if counts else token
    if token.letter == "n" and after == "D" and folded[token.start].isdecimal():
        return token._replace(letter="x")  # "по формуле 95 на 95 18 октября"
    if folded[token.start : token.end] not in calendar.ambiguous:
        return token
    named = before == "A" and piece[token.start].isupper()  # "The May exchange".
    if before == "A" and index > 1:
        before = tokens[index - 2].letter
    if token.letter == "S" and after == "O":
        beside = index + 2 < len(tokens) and tokens[index + 2].letter in "YL"
    else:
        beside = bool(before and before in "DpifobeLHXO&-") or bool(after and after in "DY")
    capital = token.letter == "S" or piece[token.start].isupper() or not calendar.day_after_month
    return token if (beside and capital) or (named and token.letter == "M") else Token(token.start, token.end)
