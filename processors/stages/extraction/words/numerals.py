"""Numbers in a text, in digits and in words: cardinal, ordinal and collective, in every inflected form of the lexicon."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from enum import StrEnum

from processors.model import Language, Span
from processors.stages.extraction.words.number_words import NumberWords, number_words
from processors.stages.extraction.words.vocabulary import WORD, fold_text

_TOKEN = re.compile(
    rf"{WORD}|(?<![\d.,])\d{{1,3}}(?:[ \u00a0\u2009\u202f]\d{{3}})+(?![\d])(?![.,]\d{{3}}\b)"
    r"|\d+(?:[.,]\d+)*"
)
_GAP = re.compile(r"[ \t\u00a0\u2009\u202f]{1,3}|[-‑]|\.[ \u00a0]?")
_SUFFIX = re.compile(r"[-‑–]?([^\W\d_]{1,4})(?!\w)")
_DIGIT = re.compile(r"\d")
_SEPARATOR = re.compile(r"[ \u00a0\u2009\u202f.,]")
_LONGEST = 15
_HIGHEST = 1e12


class NumberForm(StrEnum):
    """How the number is meant: `vague` is a bare plural like "thousands", whose value is only its unit."""

    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    COLLECTIVE = "collective"
    VAGUE = "vague"


@dataclass(slots=True, kw_only=True)
class NumberMention:
    """A number of the text. `digits` tells "49" from "forty-nine"; `grouped` that its thousands are set apart."""

    span: Span
    value: int
    form: NumberForm
    digits: bool = False
    grouped: bool = False


def may_count(text: str, span: Span, words: Set[str], language: Language) -> bool:
    """Whether `span`, whose words are given, may hold a number."""
    return not number_words(language).first.isdisjoint(words) or bool(
        _DIGIT.search(text, span.start, span.end)
    )


def find_numbers(text: str, span: Span, language: Language) -> tuple[NumberMention, ...]:
    """The whole numbers inside `span`, in order and not overlapping. Bare decimals, versions and dates are left out."""
    words = number_words(language)
    folded = fold_text(text[span.start : span.end])
    return tuple(_Reader(folded, span.start, words).mentions())


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
    """Reads the numbers of one span; places are counted from its beginning."""

    def __init__(self, folded: str, offset: int, words: NumberWords) -> None:
        self._text = folded
        self._offset = offset
        self._words = words
        self._tokens = list(self._read_tokens())

    def _read_tokens(self) -> Iterator[tuple[int, int, str]]:
        """Words and numbers; "May 25 390" is two numbers, though "25 390" is one."""
        before = ""
        for match in _TOKEN.finditer(self._text):
            token, (start, end) = match[0], match.span()
            if " " in token and before in self._words.months:
                day, _, token = token.partition(" ")
                yield start, start + len(day), day
                start += len(day) + 1
            yield start, end, token
            before = token

    def mentions(self) -> Iterator[NumberMention]:
        opening, after = self._words.opening, 0
        for index, (_, _, key) in enumerate(self._tokens):
            if index >= after and (key in opening or (key[0].isdecimal() and not self._is_note(index))):
                mention, after = self._read(index)
                if mention is not None:
                    yield mention

    def _is_note(self, index: int) -> bool:
        """ "[12]": the number of a footnote."""
        start, end, _ = self._tokens[index]
        return self._text[max(0, start - 1) : start] + self._text[end : end + 1] == "[]"

    def _read(self, index: int) -> tuple[NumberMention | None, int]:
        start, _, key = self._tokens[index]
        if key[0].isdecimal():
            return self._digits(index)
        if key not in self._words.articles:
            return self._in_words(index, start)
        following = self._key(index + 1)
        if following in self._words.scale and following not in self._words.vague and self._gap(index):
            return self._in_words(index + 1, start)
        return None, index + 1

    def _key(self, index: int) -> str:
        return self._tokens[index][2] if 0 <= index < len(self._tokens) else ""

    def _gap(self, index: int) -> str:
        """What stands between token `index` and the next when it may join a number, else nothing."""
        if index + 1 >= len(self._tokens):
            return ""
        gap = self._text[self._tokens[index][1] : self._tokens[index + 1][0]]
        return gap if _GAP.fullmatch(gap) else ""

    def _in_words(self, index: int, start: int) -> tuple[NumberMention | None, int]:
        words, first = self._words, self._key(index)
        if first in words.fraction and not self._multiplied(index + 1):
            return None, index + 1
        number, form, end, position = _Sum(), NumberForm.CARDINAL, index, index
        while position < len(self._tokens):
            taken = self._take(number, self._key(position))
            if taken is None:
                break
            end, form = position, taken
            position = self._joined(end, number)
            if form is not NumberForm.CARDINAL and not self._goes_on(form, number, position):
                break
        if (
            end == index
            and first in words.scale
            and (first in words.vague or self._key(index - 1) in words.vague_after)
        ):
            form = NumberForm.VAGUE
        return self._mention(start, self._tokens[end][1], number.value, form), end + 1

    def _multiplied(self, index: int) -> bool:
        """Whether a scale word stands at `index`, or "a" and then one ("half a million")."""
        key = self._key(index)
        return key in self._words.scale or (
            key in self._words.articles and self._key(index + 1) in self._words.scale
        )

    def _goes_on(self, form: NumberForm, number: _Sum, position: int) -> bool:
        """Whether an ordinal is only the tens of a longer one."""
        tens = self._words.ordinal_tens and form is NumberForm.ORDINAL and number.limit == 10
        return tens and self._key(position) in self._words.ordinal

    def _joined(self, last: int, number: _Sum) -> int:
        """Index of the token that may continue the number after `last`, or past the end."""
        words, following = self._words, self._key(last + 1)
        nothing, gap = len(self._tokens), self._gap(last)
        if not gap:
            return last + 1 if number.total and not number.group and self._hundreds_follow(last) else nothing
        if gap[0] == "." and following not in words.scale:
            return nothing
        if gap in "-‑" and not (words.articles and (number.limit == 10 or following in words.scale)):
            return nothing
        if following in words.joiners:
            goes_on = number.limit == 100 or (number.group == 0 and number.total)
            small = self._gap(last + 1) and self._key(last + 2) not in words.scale
            return last + 2 if goes_on and small else nothing
        if following in words.articles:
            return last + 2 if number.value in words.fraction.values() else nothing
        return last + 1

    def _hundreds_follow(self, last: int) -> bool:
        """ "One thousand, two hundred": a comma, a small number and a hundred."""
        if last + 2 >= len(self._tokens):
            return False
        comma = self._text[self._tokens[last][1] : self._tokens[last + 1][0]] == ", "
        words, after = self._words, self._key(last + 2)
        hundred = words.scale.get(after) == 100 or words.scale_ordinal.get(after) == 100
        return comma and hundred and self._key(last + 1) in words.cardinal

    def _take(self, number: _Sum, key: str) -> NumberForm | None:
        """Add the word to the number; its form, or None when it does not belong to it."""
        words, form, taken = self._words, NumberForm.CARDINAL, False
        if key in words.cardinal:
            taken = number.add(words.cardinal[key])
        elif key in words.scale:
            taken = number.multiply(words.scale[key])
        elif key in words.ordinal:
            form, taken = NumberForm.ORDINAL, self._last(number, words.ordinal[key])
        elif key in words.scale_ordinal:
            form, taken = NumberForm.ORDINAL, number.multiply(words.scale_ordinal[key])
        elif key in words.collective:
            form, taken = NumberForm.COLLECTIVE, self._last(number, words.collective[key])
        elif key in words.fraction and number.empty:
            number.group, number.limit, number.empty, taken = words.fraction[key], 0, False, True
        return form if taken else None

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
        suffix = _SUFFIX.match(self._text, end)
        following = self._tokens[index + 1][0] if index + 1 < len(self._tokens) else len(self._text)
        inside = suffix is not None and following < suffix.end()
        form = self._suffixed(suffix[1], self._key(index + 1 + inside)) if suffix else None
        if suffix is not None and form is not None and value == int(value):
            return self._mention(start, suffix.end(), value, form, digits=True), index + (2 if inside else 1)
        return self._scaled(index, start, end, value, grouped)

    def _suffixed(self, suffix: str, following: str) -> NumberForm | None:
        """The form that a suffix makes; one of both by the word behind ("95-ю пленными", "95-ю бригаду")."""
        words = self._words
        cardinal = suffix in words.cardinal_suffixes
        if suffix in words.ordinal_suffixes and not (cardinal and following.endswith(words.cardinal_before)):
            return NumberForm.ORDINAL
        return NumberForm.CARDINAL if cardinal else None

    def _scaled(
        self, index: int, start: int, end: int, value: float, grouped: bool
    ) -> tuple[NumberMention | None, int]:
        position = index + 1
        while value < _HIGHEST and self._key(position) in self._words.scale and self._gap(position - 1):
            value = round(value * self._words.scale[self._key(position)], 6)
            end = self._tokens[position][1]
            position += 1
        if value != int(value):
            return None, position
        return self._mention(start, end, value, NumberForm.CARDINAL, digits=True, grouped=grouped), position

    def _value(self, token: str) -> tuple[float, bool]:
        """The value of a number in digits, grouped or not: 0.5 stands for whatever is no count (a date, a version)."""
        parts = _SEPARATOR.split(token)
        if len(parts) == 1:
            return int(token), False
        separators = set(_SEPARATOR.findall(token))
        threes = all(len(part) == 3 for part in parts[1:]) and len(parts[0]) <= 3 and parts[0] != "0"
        fraction = separators == {"."} and self._words.comma_groups and len(parts) == 2
        if len(separators) == 1 and threes and not fraction:
            return int("".join(parts)), True
        return (float(".".join(parts)) if len(parts) == 2 else 0.5), False

    def _mention(
        self,
        start: int,
        end: int,
        value: float,
        form: NumberForm,
        *,
        digits: bool = False,
        grouped: bool = False,
    ) -> NumberMention | None:
        if value != int(value):
            return None
        return NumberMention(
            span=Span(start=self._offset + start, end=self._offset + end),
            value=int(value),
            form=form,
            digits=digits,
            grouped=grouped,
        )
