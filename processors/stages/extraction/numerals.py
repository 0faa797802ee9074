"""Numbers in a text, in digits and in words: cardinal, ordinal and collective, in every inflected form of the lexicon."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from processors.model import Language, Span
from processors.stages.extraction.vocabulary import WORD, fold, forms, section

_TOKEN = re.compile(
    r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\d])(?![.,]\d{3}\b)"
    rf"|\d+(?:[.,]\d+)*|{WORD}"
)
_GAP = re.compile(r"[ \t\u00a0\u2009\u202f]{1,3}|[-‑]|\.[ \u00a0]?")
_SUFFIX = re.compile(r"[-‑–]?([^\W\d_]{1,4})(?!\w)")
_LONGEST = 15


class NumberForm(StrEnum):
    """How the number is meant: `vague` is a bare plural like "thousands", whose value is only its unit."""

    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    COLLECTIVE = "collective"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberMention:
    """A number of the text. `digits` tells "49" from "forty-nine"; `grouped` that its thousands are set apart."""

    span: Span
    value: int
    form: NumberForm
    digits: bool = False
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    cardinal: dict[str, int] = field(default_factory=dict)
    ordinal: dict[str, int] = field(default_factory=dict)
    collective: dict[str, int] = field(default_factory=dict)
    fraction: dict[str, float] = field(default_factory=dict)
    scale: dict[str, int] = field(default_factory=dict)
    scale_ordinal: dict[str, int] = field(default_factory=dict)
    #: Plurals without a figure, the words that make them vague ("several hundred"), and forms that can be a singular.
    vague: frozenset[str] = frozenset()
    vague_after: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    joiners: frozenset[str] = frozenset()
    ordinal_suffixes: frozenset[str] = frozenset()
    cardinal_suffixes: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
    comma_groups: bool = False
    #: "Czterdziesty dziewiąty": the tens of an ordinal are ordinal too.
    ordinal_tens: bool = False

    def known(self, word: str) -> bool:
        return (
            word in self.cardinal
            or word in self.scale
            or word in self.ordinal
            or word in self.collective
            or word in self.fraction
            or word in self.scale_ordinal
        )


@cache
def _words(language: Language) -> _Words:
    table = section(language, "numerals")
    endings = table.get("ordinal_endings", [])

    def ordinals(entries: list[str]) -> list[str]:
        return [
            w for e in entries for w in (forms(e) if "|" in e or not endings else [e + x for x in endings])
        ]

    def values(name: str) -> dict[str, int]:
        return {fold(w): int(v) for v, entries in table.get(name, {}).items() for w in forms(entries)}

    months = section(language, "months").get("forms", {})
    return _Words(
        cardinal=values("cardinal"),
        ordinal={fold(w): int(v) for v, e in table.get("ordinal", {}).items() for w in ordinals(e)},
        collective=values("collective"),
        fraction={fold(w): float(v) for v, e in table.get("fraction", {}).items() for w in forms(e)},
        scale=values("scale"),
        scale_ordinal={
            fold(w): int(v) for v, e in table.get("scale_ordinal", {}).items() for w in ordinals(e)
        },
        vague=frozenset(map(fold, forms(table.get("vague", [])))),
        vague_after=frozenset(map(fold, forms(table.get("vague_after", [])))),
        articles=frozenset(table.get("articles", [])),
        joiners=frozenset(table.get("joiners", [])),
        ordinal_suffixes=frozenset(table.get("ordinal_suffixes", [])),
        cardinal_suffixes=frozenset(table.get("cardinal_suffixes", [])),
        months=frozenset(fold(w) for entries in months.values() for w in forms(entries)),
        ordinal_tens=bool(table.get("ordinal_tens", False)),
        comma_groups=bool(table.get("comma_groups", False)),
    )


def number_words(language: Language) -> tuple[dict[str, int], dict[str, int]]:
    """The single words for cardinal (and collective) and for ordinal numbers, with their values."""
    words = _words(language)
    return words.collective | words.cardinal, words.ordinal


def find_numbers(text: str, span: Span, language: Language) -> tuple[NumberMention, ...]:
    """The whole numbers inside `span`, in order and not overlapping. Bare decimals, versions and dates are left out."""
    return tuple(_Reader(text, span, _words(language)).mentions())


@dataclass(slots=True)
class _Sum:
    """A number being put together: `limit` is what the next word must stay under."""

    total: float = 0
    group: float = 0
    limit: float = 1000
    scale_limit: float = float("inf")
    empty: bool = True

    def add(self, value: float) -> bool:
        """Take a simple number word; False when it cannot continue what stands so far."""
        if value >= self.limit:
            return False
        self.group += value
        self.limit = 100 if value >= 100 else 10 if value >= 20 and value % 10 == 0 else 0
        self.empty = False
        return True

    def multiply(self, scale: int) -> bool:
        """Take a scale word ("hundred", "тисяч")."""
        if scale >= self.scale_limit or (self.group == 0 and not self.empty):
            return False
        if scale < 1000:
            if self.group >= 100:
                return False
            self.group = (self.group or 1) * scale
            self.limit = 100 if scale == 100 else 0
        else:
            self.total += (self.group or 1) * scale
            self.group, self.limit, self.scale_limit = 0, 1000, scale
        self.empty = False
        return True

    @property
    def value(self) -> float:
        return self.total + self.group


class _Reader:
    def __init__(self, text: str, span: Span, words: _Words) -> None:
        self._text = text
        self._span = span
        self._words = words
        self._tokens = [
            (match.start(), match.end(), match.group())
            for match in _TOKEN.finditer(text, span.start, span.end)
        ]

    def mentions(self) -> Iterator[NumberMention]:
        index = 0
        while index < len(self._tokens):
            mention, index = self._read(index)
            if mention is not None:
                yield mention

    def _read(self, index: int) -> tuple[NumberMention | None, int]:
        token = self._tokens[index][2]
        if token[0].isdigit():
            return self._digits(index)
        key = fold(token)
        if key in self._words.articles:
            following = self._key(index + 1)
            if following in self._words.scale and following not in self._words.vague and self._gap(index):
                mention, after = self._in_words(index + 1)
                return self._from(mention, self._tokens[index][0]), after
            return None, index + 1
        if not self._words.known(key):
            return None, index + 1
        return self._in_words(index)

    @staticmethod
    def _from(mention: NumberMention | None, start: int) -> NumberMention | None:
        if mention is None:
            return None
        return NumberMention(
            span=Span(start=start, end=mention.span.end), value=mention.value, form=mention.form
        )

    def _key(self, index: int) -> str:
        return fold(self._tokens[index][2]) if 0 <= index < len(self._tokens) else ""

    def _gap(self, index: int) -> str:
        """What stands between token `index` and the next when it may join a number, else nothing."""
        if index + 1 >= len(self._tokens):
            return ""
        gap = self._text[self._tokens[index][1] : self._tokens[index + 1][0]]
        return gap if _GAP.fullmatch(gap) else ""

    def _in_words(self, index: int) -> tuple[NumberMention | None, int]:
        start, words, first = self._tokens[index][0], self._words, self._key(index)
        if first in words.fraction and self._key(index + 1) not in words.scale | dict.fromkeys(
            words.articles, 0
        ):
            return None, index + 1
        number, form, end, position = _Sum(), NumberForm.CARDINAL, index, index
        while position < len(self._tokens):
            key = self._key(position)
            taken = self._take(number, key)
            if taken is None:
                break
            end, form = position, taken
            position = self._joined(end, number)
            if form is not NumberForm.CARDINAL and not self._goes_on(form, number, position):
                break
        if end == index and (
            first in words.vague or (first in words.scale and self._key(index - 1) in words.vague_after)
        ):
            form = NumberForm.VAGUE
        return self._mention(start, self._tokens[end][1], number.value, form), end + 1

    def _goes_on(self, form: NumberForm, number: _Sum, position: int) -> bool:
        """Whether an ordinal is only the tens of a longer one."""
        tens = self._words.ordinal_tens and form is NumberForm.ORDINAL and number.limit == 10
        return tens and self._key(position) in self._words.ordinal

    def _joined(self, last: int, number: _Sum) -> int:
        """Index of the token that may continue the number after `last`, or past the end."""
        gap, following = self._gap(last), self._key(last + 1)
        if not gap and number.total and not number.group and self._hundreds_follow(last):
            return last + 1
        if not gap or (gap[0] == "." and following not in self._words.scale):
            return len(self._tokens)
        if gap in "-‑" and not (
            self._words.articles and (number.limit == 10 or following in self._words.scale)
        ):
            return len(self._tokens)
        halves = number.value in self._words.fraction.values()
        if following in self._words.joiners and (number.limit == 100 or (number.group == 0 and number.total)):
            return (
                last + 2
                if self._gap(last + 1) and self._key(last + 2) not in self._words.scale
                else len(self._tokens)
            )
        return last + 2 if halves and following in self._words.articles else last + 1

    def _hundreds_follow(self, last: int) -> bool:
        """ "One thousand, two hundred": a comma, a small number and a hundred."""
        if last + 2 >= len(self._tokens):
            return False
        comma = self._text[self._tokens[last][1] : self._tokens[last + 1][0]] == ", "
        words, after = self._words, self._key(last + 2)
        hundred = words.scale.get(after) == 100 or words.scale_ordinal.get(after) == 100
        return comma and hundred and self._key(last + 1) in words.cardinal

    def _take(self, number: _Sum, key: str) -> NumberForm | None:
        words = self._words
        if key in words.cardinal:
            return NumberForm.CARDINAL if number.add(words.cardinal[key]) else None
        if key in words.scale:
            return NumberForm.CARDINAL if number.multiply(words.scale[key]) else None
        if key in words.ordinal:
            return NumberForm.ORDINAL if self._last(number, words.ordinal[key]) else None
        if key in words.scale_ordinal:
            return NumberForm.ORDINAL if number.multiply(words.scale_ordinal[key]) else None
        if key in words.collective:
            return NumberForm.COLLECTIVE if self._last(number, words.collective[key]) else None
        if key in words.fraction and number.empty:
            number.group, number.limit, number.empty = words.fraction[key], 0, False
            return NumberForm.CARDINAL
        return None

    @staticmethod
    def _last(number: _Sum, value: int) -> bool:
        if value >= 1000 and number.empty:
            number.total, number.empty = value, False
            return True
        return number.add(value)

    def _digits(self, index: int) -> tuple[NumberMention | None, int]:
        start, end, token = self._tokens[index]
        if len(token) > _LONGEST:
            return None, index + 1
        value, grouped = self._value(token)
        suffix = _SUFFIX.match(self._text, end, self._span.end)
        if suffix is not None and value == int(value):
            form = self._suffixed(fold(suffix.group(1)))
            if form is not None:
                joined = (
                    index + 2
                    if index + 1 < len(self._tokens) and self._tokens[index + 1][0] < suffix.end()
                    else index + 1
                )
                return self._mention(start, suffix.end(), value, form, digits=True), joined
        return self._scaled(index, start, end, value, grouped)

    def _suffixed(self, suffix: str) -> NumberForm | None:
        if suffix in self._words.ordinal_suffixes:
            return NumberForm.ORDINAL
        return NumberForm.CARDINAL if suffix in self._words.cardinal_suffixes else None

    def _scaled(
        self, index: int, start: int, end: int, value: float, grouped: bool
    ) -> tuple[NumberMention | None, int]:
        position = index + 1
        while self._key(position) in self._words.scale and self._gap(position - 1):
            value *= self._words.scale[self._key(position)]
            end = self._tokens[position][1]
            position += 1
        if value != int(value):
            return None, position
        return self._mention(start, end, value, NumberForm.CARDINAL, digits=True, grouped=grouped), position

    def _value(self, token: str) -> tuple[float, bool]:
        """The value of a number in digits, NaN-free: 0.5 stands for whatever is no count (a date, a version)."""
        parts = re.split(r"[ \u00a0\u2009\u202f.,]", token)
        if len(parts) == 1:
            return int(token), False
        separators = {character for character in token if not character.isdigit()}
        threes = all(len(part) == 3 for part in parts[1:]) and len(parts[0]) <= 3 and parts[0] != "0"
        if (
            len(separators) == 1
            and threes
            and not (separators == {"."} and self._words.comma_groups and len(parts) == 2)
        ):
            return int("".join(parts)), True
        if len(parts) == 2:
            return float(".".join(parts)), False
        return 0.5, False

    @staticmethod
    def _mention(
        start: int, end: int, value: float, form: NumberForm, *, digits: bool = False, grouped: bool = False
    ) -> NumberMention | None:
        if value != int(value):
            return None
        return NumberMention(
            span=Span(start=start, end=end), value=int(value), form=form, digits=digits, grouped=grouped
        )
