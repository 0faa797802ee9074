"""The words of dates as class letters: one token a word, a number, a mark or a phrase of the lexicon."""

import re
from dataclasses import dataclass, replace
from functools import cache

from processors.model import Language, Span
from processors.stages.extraction.number_words import number_words
from processors.stages.extraction.vocabulary import WORD, alternation, fold, forms, section

_NUMERIC = re.compile(r"(\d{4})[-.](\d{1,2})[-.](\d{1,2})|(\d{1,2})[./](\d{1,2})[./](\d{4})")
_SEASON_STARTS = {"winter": 12, "spring": 3, "summer": 6, "autumn": 9}
_OFFSETS = {"today": 0, "yesterday": -1, "before_yesterday": -2, "tomorrow": 1, "after_tomorrow": 2}
_CONTEXT = {"day_before": -1, "same_day": 0, "day_after": 1}
_UNITS = ("day", "week", "fortnight", "weekend", "month")
#: Later entries win where a word is in several lists.
_PLAIN = (
    ("in", "p"), ("inside", "i"), ("on", "p"), ("of", "O"), ("articles", "A"), ("and", "&"), ("to", "o"), ("from", "f"), ("since", "f"),
    ("between", "b"), ("ago", "a"), ("early", "e"), ("mid", "e"), ("late", "e"), ("last", "L"), ("this", "H"), ("next", "X"),
)  # fmt: skip
_MARKS = {"-": "-", "‑": "-", "–": "-", "—": "-", ",": ",", ".": "."}


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number with its class letter. `value` is a month, weekday, year, day, number or offset."""

    start: int
    end: int
    letter: str
    value: int = 0
    unit: str = ""
    since: bool = False
    future: bool = False
    #: Of a unit: "weeks", which names no single week.
    plural: bool = False
    parts: tuple[int, int, int] = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class _Entry:
    letter: str = "x"
    value: int = 0
    unit: str = ""
    since: bool = False
    future: bool = False
    plural: bool = False


@dataclass(frozen=True, slots=True)
class _Calendar:
    entries: dict[str, _Entry]
    token: re.Pattern[str]
    #: Months that are also other words ("may"), and count only with a capital beside a day, year or preposition.
    ambiguous: frozenset[str]
    suffixes: frozenset[str]
    #: "January 3" is a day; elsewhere a number after the month counts something else.
    day_after_month: bool


@cache
def _calendar(language: Language) -> _Calendar:
    entries = _entries(language)
    phrases = alternation([key for key in entries if " " in key])
    token = rf"(?P<phrase>(?<!\w)(?:{phrases})(?!\w))|(?P<word>{WORD})|(?P<numeric>{_NUMERIC.pattern})(?![\d.]\d)|(?P<number>\d[\d.,:\u00a0]*\d|\d)|(?P<mark>[-‑–—,.;:()])"
    months = section(language, "months")
    return _Calendar(
        entries=entries,
        token=re.compile(token, re.IGNORECASE),
        ambiguous=frozenset(months.get("ambiguous", []))
        | frozenset(section(language, "seasons").get("ambiguous", [])),
        suffixes=frozenset(section(language, "numerals").get("ordinal_suffixes", [])),
        day_after_month=bool(months.get("day_after_month", False)),
    )


def _entries(language: Language) -> dict[str, _Entry]:
    table = section(language, "relative_days")
    entries: dict[str, _Entry] = {}

    def put(words: list[str], entry: _Entry) -> None:
        entries.update(dict.fromkeys(map(fold, forms(words)), entry))

    put(table.get("future", []), _Entry(future=True))
    numbers = number_words(language)
    entries.update({word: _Entry("D", value) for word, value in numbers.ordinal.items() if value <= 31})
    entries.update(
        {word: _Entry("n", value) for word, value in (numbers.collective | numbers.cardinal).items()}
    )
    for name, letter in _PLAIN:
        put(table.get(name, []), _Entry(letter, since=name == "since"))
    put(table.get("last_year", []), _Entry("L", 1))
    for unit in _UNITS:
        put(table.get(unit, []), _Entry("u", unit=unit))
    put(table.get("year", []) + table.get("year_word", []), _Entry("y", unit="year"))
    put(table.get("year_before", []), _Entry("Z", -1))
    put(table.get("year_after", []), _Entry("Z", 1))
    for word in map(fold, forms(table.get("plural", []))):
        if word in entries:
            entries[word] = replace(entries[word], plural=True)
    put(table.get("earlier", []), _Entry("k", -1))
    put(table.get("later", []), _Entry("k", 1))
    for name, value in _OFFSETS.items():
        put(table.get(name, []), _Entry("t", value))
    for name, value in _CONTEXT.items():
        put(table.get(name, []), _Entry("c", value))
    for name, start in _SEASON_STARTS.items():
        put(section(language, "seasons").get(name, []), _Entry("S", start))
    for letter, name in (("M", "months"), ("W", "weekdays")):
        for value, words in section(language, name).get("forms", {}).items():
            put(words, _Entry(letter, int(value)))
    return entries


def classify(text: str, span: Span, language: Language) -> tuple[list[Token], str]:
    """The tokens of `span` and their letters as one string of the same length."""
    calendar = _calendar(language)
    tokens: list[Token] = []
    for match in calendar.token.finditer(text, span.start, span.end):
        kind = match.lastgroup if match.group("numeric") is None else "numeric"
        tokens.append(_token(match, kind or "", calendar))
    tokens = _with_suffixes(tokens, text, calendar)
    return tokens, "".join(token.letter for token in tokens)


def _token(match: re.Match[str], kind: str, calendar: _Calendar) -> Token:
    start, end, raw = match.start(), match.end(), match.group()
    if kind in {"word", "phrase"}:
        entry = calendar.entries.get(fold(raw) if kind == "word" else fold(" ".join(raw.split())))
        if entry is None:
            return Token(start, end, "x")
        return Token(
            start, end, entry.letter, entry.value, entry.unit, entry.since, entry.future, entry.plural
        )
    if kind == "numeric":
        return Token(start, end, "F", parts=_parts(match))
    if kind == "number":
        return _number(start, end, raw)
    return Token(start, end, _MARKS.get(raw, "x"))


def _parts(match: re.Match[str]) -> tuple[int, int, int]:
    groups = [int(group) for group in _NUMERIC.fullmatch(match.group()).groups() if group]  # type: ignore[union-attr]
    return (groups[0], groups[1], groups[2]) if groups[0] > 31 else (groups[2], groups[1], groups[0])


def _number(start: int, end: int, raw: str) -> Token:
    if not raw.isdigit() or len(raw) > 4:
        return Token(start, end, "x")
    value = int(raw)
    if len(raw) == 4 and 1900 <= value <= 2099:
        return Token(start, end, "Y", value)
    return Token(start, end, "D" if len(raw) <= 2 and 1 <= value <= 31 else "n", value)


def _with_suffixes(tokens: list[Token], text: str, calendar: _Calendar) -> list[Token]:
    """Tokens with "3rd", "3-го" and "2024-го" put together, and words that only look like months taken out."""
    whole: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        step = 1
        if token.letter in "DYn" and text[token.start].isdigit():
            step = _suffix(tokens, index, text, calendar)
            if step > 1:
                token = Token(token.start, tokens[index + step - 1].end, token.letter, token.value)
        whole.append(token)
        index += step
    return [
        _checked(whole, i, text, calendar) if whole[i].letter in "MSD" else whole[i]
        for i in range(len(whole))
    ]


def _ends_at(tokens: list[Token], index: int) -> bool:
    """Whether the day at `index` belongs to a month behind it."""
    return index + 1 < len(tokens) and tokens[index + 1].letter in "M-o&"


def _suffix(tokens: list[Token], index: int, text: str, calendar: _Calendar) -> int:
    """Number of tokens that a number with its suffix takes."""
    for step in (1, 2):
        if index + step >= len(tokens) or tokens[index + step].start != tokens[index + step - 1].end:
            return 1
        after = tokens[index + step]
        if fold(text[after.start : after.end]) in calendar.suffixes:
            return step + 1
        if after.letter != "-":
            return 1
    return 1


def _checked(tokens: list[Token], index: int, text: str, calendar: _Calendar) -> Token:
    token = tokens[index]
    if token.letter == "D":
        if (
            calendar.day_after_month
            or not index
            or tokens[index - 1].letter != "M"
            or _ends_at(tokens, index)
        ):
            return token
        return Token(token.start, token.end, "n", token.value)
    if fold(text[token.start : token.end]) not in calendar.ambiguous:
        return token
    before = tokens[index - 1].letter if index else ""
    if before == "A" and index > 1:
        before = tokens[index - 2].letter
    after = tokens[index + 1].letter if index + 1 < len(tokens) else ""
    beside = (before and before in "DpifobeLHXO&-") or (after and after in "DY")
    if after == "O" and token.letter == "S":
        beside = index + 2 < len(tokens) and tokens[index + 2].letter in "YL"
    capital = token.letter == "S" or text[token.start].isupper()
    return token if beside and capital else Token(token.start, token.end, "x")
