"""Quantities of countable things and ratios, with the bounds that the words around a number give it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from processors.model import Language, Quantity, Span
from processors.stages.extraction.numerals import NumberForm, NumberMention, find_numbers
from processors.stages.extraction.quantity_words import TOKEN, QuantityWords, quantity_words
from processors.stages.extraction.vocabulary import BLANK, WORD, fold_text

#: Characters that are read to the left and to the right of a number, and of one that is joined to the next.
_LEFT, _RIGHT, _JOINT = 48, 80, 48
_OLDEST = 100
_DASHES = frozenset("-‑–—")
_OPENERS = frozenset('"«“„(')
_SYMBOLS = {"%": "percent", "$": "money", "€": "money", "£": "money", "₴": "money", "₽": "money"}
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
#: How many times the smaller figure the larger may be in "18 to 25", so that "add 31 to 246" is no range.
_WIDEST = 3
_NOUN = re.compile(rf"{BLANK}{{1,3}}({WORD})")


class Role(StrEnum):
    """What a number counts. Only `count` can be a number of people; the others say why it is none."""

    COUNT = "count"
    VAGUE = "vague"
    YEAR = "year"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    AGE = "age"
    PERCENT = "percent"
    MONEY = "money"
    MEASURE = "measure"
    REFERENCE = "reference"
    UNIT = "unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityMention:
    """A number with its bounds. `span` covers the words that bound it ("more than 200", "100 each"), `number` the figure.

    `each`: said of both sides ("100 each", "по 100", "from each side"). `both`: a total of the two ("from both sides").
    `same`: "the same number", without a figure of its own (`quantity` has no bounds). The role `vague` ("dozens") has
    no bounds either. `noun` is the word after, if one follows.
    """

    span: Span
    number: Span
    quantity: Quantity
    role: Role = Role.COUNT
    each: bool = False
    both: bool = False
    same: bool = False
    noun: Span | None = None
    form: NumberForm = NumberForm.CARDINAL


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioMention:
    """ "146 for 146", "тисяча на тисячу", "all for all". `text()` is the codebook's string; `left` None means all."""

    span: Span
    left: int | None
    right: int | None

    def text(self) -> str:
        """`1:1`, `215:55`, `all:all`, in the order of the text."""
        return f"{'all' if self.left is None else self.left}:{'all' if self.right is None else self.right}"


class _Words:
    """The words around one number: `left` ends and `right` begins beside it; marks are words too."""

    __slots__ = ("glued", "left", "right", "right_ends")

    def __init__(self, text: str, span: Span, start: int, end: int) -> None:
        before = fold_text(text[max(span.start, start - _LEFT) : start])
        self.left: list[str] = TOKEN.findall(before)
        found = list(TOKEN.finditer(fold_text(text[end : min(span.end, end + _RIGHT)])))
        self.right = [match[0] for match in found]
        self.right_ends = [end + match.end() for match in found]
        #: Whether the token before stands without a blank ("T-72", "$200").
        self.glued = bool(before) and not before[-1].isspace()


@dataclass(frozen=True, slots=True)
class _Bound:
    """What the words before a number say of it, and how many they are."""

    name: str = ""
    size: int = 0
    each: bool = False


@dataclass(frozen=True, slots=True)
class _Number:
    """A number (or a range of two) with the words around it."""

    mention: NumberMention
    words: _Words


def find_quantities(
    text: str,
    span: Span,
    language: Language,
    *,
    numbers: Sequence[NumberMention] | None = None,
    dates: Sequence[Span] = (),
) -> tuple[QuantityMention, ...]:
    """The quantities inside `span` in order, numbers that count nothing among them with their role, ordinals not.

    The two figures of a ratio are left to `find_ratios`. `numbers` saves reading the numerals again, `dates` are the
    spans of the dates that are known already: numbers inside them are never counts.
    """
    found = find_numbers(text, span, language) if numbers is None else numbers
    return _Reader(text, span, quantity_words(language)).quantities(found, dates)


def find_ratios(
    text: str, span: Span, language: Language, *, numbers: Sequence[NumberMention] | None = None
) -> tuple[RatioMention, ...]:
    """The formulas inside `span` ("1:1", "95 на 95", "all for all") in order."""
    found = find_numbers(text, span, language) if numbers is None else numbers
    return _Reader(text, span, quantity_words(language)).ratios(found)


class _Reader:
    """Reads the quantities of one span."""

    def __init__(self, text: str, span: Span, words: QuantityWords) -> None:
        self._text, self._span, self._is = text, span, words

    def quantities(
        self, numbers: Sequence[NumberMention], dates: Sequence[Span]
    ) -> tuple[QuantityMention, ...]:
        paired = (
            {number.span.start for pair in self._pairs(numbers) for number in pair}
            if len(numbers) > 1
            else ()
        )
        cardinals = [n for n in numbers if n.form is not NumberForm.ORDINAL and n.span.start not in paired]
        mentions: list[QuantityMention] = []
        index = 0
        while index < len(cardinals):
            pair = self._range(cardinals[index], cardinals[index + 1]) if index + 1 < len(cardinals) else None
            mentions.append(pair or self._single(cardinals[index]))
            index += 2 if pair else 1
        mentions = _outside(mentions, dates)
        mentions.extend(self._same())
        return tuple(sorted(mentions, key=lambda mention: (mention.span.start, mention.span.end)))

    def ratios(self, numbers: Sequence[NumberMention]) -> tuple[RatioMention, ...]:
        found = [
            RatioMention(
                span=Span(start=left.span.start, end=right.span.end), left=left.value, right=right.value
            )
            for left, right in self._pairs(numbers)
        ]
        if self._hinted(self._is.all_hints):
            found.extend(
                RatioMention(span=Span(start=match.start(), end=match.end()), left=None, right=None)
                for match in self._is.all_for_all.finditer(self._text, self._span.start, self._span.end)
            )
        return tuple(sorted(found, key=lambda ratio: ratio.span.start))

    # Ratios

    def _pairs(self, numbers: Sequence[NumberMention]) -> list[tuple[NumberMention, NumberMention]]:
        pairs: list[tuple[NumberMention, NumberMention]] = []
        for left, right in pairwise(numbers):
            taken = bool(pairs) and pairs[-1][1] is left
            if not taken and self._are_ratio(left, right):
                pairs.append((left, right))
        return pairs

    def _are_ratio(self, left: NumberMention, right: NumberMention) -> bool:
        size = right.span.start - left.span.end
        if size > _JOINT or {left.form, right.form} & {NumberForm.ORDINAL, NumberForm.VAGUE}:
            return False
        gap = self._text[left.span.end : right.span.start]
        if gap in {":", " : "}:
            return not _is_clock(left, right, self._text)
        tokens = [token for token in TOKEN.findall(fold_text(gap)) if token not in _DASHES]
        joint, _ = self._is.ratio.before(tokens, len(tokens))
        named = tokens[: len(tokens) - joint]
        if not joint or len(named) > 2 or (named and named[-1] not in self._is.counted):
            return False
        if tokens[-1] in self._is.ratio_even and left.value != right.value:
            return False
        exact = not self._bound(self._around(left)).name
        return exact and {self._role(self._around(number)) for number in (left, right)} == {Role.COUNT}

    # Quantities

    def _around(self, number: NumberMention) -> _Number:
        return _Number(number, _Words(self._text, self._span, number.span.start, number.span.end))

    def _range(self, low: NumberMention, high: NumberMention) -> QuantityMention | None:
        """ "between 170 and 175", "from 8 to 12", "170–175" as one mention, None when the two do not belong together."""
        if low.value >= high.value or high.span.start - low.span.end > _JOINT // 4:
            return None
        gap = TOKEN.findall(fold_text(self._text[low.span.end : high.span.start]))
        first, last = self._around(low), self._around(high)
        size = self._lead(first.words, gap)
        dashed = len(gap) == 1 and gap[0] in _DASHES
        to = bool(gap) and self._is.end.at(gap, 0)[0] == len(gap)
        if not size and not ((dashed or to) and high.value <= _WIDEST * low.value):
            return None
        bound = _Bound(size=size) if size else self._bound(first)
        each, both, end = self._sides(last)
        roles = {self._role(first), self._role(last)} - {Role.COUNT}
        return QuantityMention(
            span=Span(start=self._start(first, bound.size), end=end),
            number=Span(start=low.span.start, end=high.span.end),
            quantity=Quantity(min=low.value, max=high.value, approx=bound.name == "about"),
            role=min(roles, default=Role.COUNT),
            each=each or bound.each,
            both=both,
            noun=self._noun(high.span.end),
            form=high.form,
        )

    def _lead(self, words: _Words, gap: list[str]) -> int:
        """Number of words of "between" or "from" before a range whose figures `gap` joins; 0 without one."""
        between, _ = self._is.between.before(words.left, len(words.left))
        if between and gap and self._is.between_and.at(gap, 0)[0] == len(gap):
            return between
        start, _ = self._is.start.before(words.left, len(words.left))
        return start if gap and self._is.end.at(gap, 0)[0] == len(gap) else 0

    def _single(self, number: NumberMention) -> QuantityMention:
        around = self._around(number)
        bound = self._bound(around)
        each, both, end = self._sides(around)
        name, after = self._after(around)
        role = self._role(around)
        written = fold_text(self._text[number.span.start : number.span.end])
        name = name or bound.name
        if number.form is NumberForm.VAGUE and not (name and written in self._is.singular):
            role = Role.VAGUE
        return QuantityMention(
            span=Span(start=self._start(around, bound.size), end=max(end, after)),
            number=number.span,
            quantity=Quantity() if role is Role.VAGUE else _bounded(number.value, name),
            role=role,
            each=each or bound.each,
            both=both,
            noun=self._noun(number.span.end),
            form=number.form,
        )

    def _bound(self, number: _Number) -> _Bound:
        """The bound in the words right before: "more than", "майже", and "по" with a bound before it."""
        left = number.words.left
        if number.words.glued and left[-1] not in _OPENERS:
            return _Bound()
        end = len(left)
        while end and left[end - 1] in _OPENERS:
            end -= 1
        bound = self._bound_before(left, end)
        return replace(bound, size=bound.size + len(left) - end) if bound.name or bound.each else _Bound()

    def _bound_before(self, left: list[str], end: int) -> _Bound:
        skipped = 0
        for _ in range(3):
            size, name = self._is.bounds.before(left, end - skipped)
            if size:
                break
            filler, _ = self._is.filler.before(left, end - skipped)
            if not filler:
                return _Bound()
            skipped += filler
        if not size or (name == "over" and self._is.not_over.before(left, end - skipped - size)[0]):
            return _Bound()
        if name != "each_before":
            return _Bound(name, size + skipped)
        outer = self._bound_before(left, end - skipped - size)
        return _Bound(outer.name, outer.size + size + skipped, each=True)

    def _start(self, number: _Number, size: int) -> int:
        """Where the last `size` words before the number begin."""
        start = number.mention.span.start
        if not size:
            return start
        begin = max(self._span.start, start - _LEFT)
        matches = list(TOKEN.finditer(fold_text(self._text[begin:start])))
        return begin + matches[-size].start()

    def _after(self, number: _Number) -> tuple[str, int]:
        """The bound right behind ("or more", "-odd", "+"), and where it ends."""
        right = number.words.right
        if right and right[0] == "+" and number.words.right_ends[0] == number.mention.span.end + 1:
            return "over", number.words.right_ends[0]
        skip = 1 if right and right[0] in _DASHES else 0
        size, name = self._is.after.at(right, skip)
        return (name.removesuffix("_after"), number.words.right_ends[skip + size - 1]) if size else ("", 0)

    def _sides(self, number: _Number) -> tuple[bool, bool, int]:
        """Whether "each" and whether "from both sides" follows within a few words, and the end of the mention."""
        right, end = number.words.right, number.mention.span.end
        for index in range(min(5, len(right))):
            size, name = self._is.sides.at(right, index)
            if size:
                each = name == "each_after"
                return each, not each, number.words.right_ends[size - 1] if each and not index else end
            if not right[index][0].isalpha():
                break
        return False, False, end

    # What a number counts

    def _role(self, number: _Number) -> Role:
        mention, words = number.mention, number.words
        bare_year = mention.digits and mention.span.end - mention.span.start == 4
        if bare_year and _FIRST_YEAR <= mention.value <= _LAST_YEAR and self._is_year(number):
            return Role.YEAR
        role = self._role_after(words) or self._role_before(number)
        if role:
            return Role(role)
        counted = self._counted(words)
        if mention.value < _OLDEST and not counted and self._is_age(words):
            return Role.AGE
        listed = mention.digits and mention.value < _OLDEST and mention.span.start == self._span.start
        end = mention.span.end
        return Role.REFERENCE if listed and self._text[end : end + 2] in {". ", ") "} else Role.COUNT

    def _role_after(self, words: _Words) -> str:
        right = words.right
        if not right:
            return ""
        skip = 1 if right[0] in _DASHES else 0
        role = _SYMBOLS.get(right[0]) or self._is.role_after.at(right, skip)[1]
        if role:
            return role
        if self._is_date(right, skip):
            return Role.DATE
        if right[0] == ":" and right[1:2] and right[1].isdecimal():
            return Role.TIME
        if self._is_duration(right, skip):
            return Role.DURATION
        near = next((i for i, word in enumerate(right[:4]) if not word[0].isalpha()), 4)
        return "" if self._is.military_unit.isdisjoint(right[:near]) else Role.UNIT

    def _is_duration(self, right: list[str], skip: int) -> bool:
        """ "Three days", "24-hour", "three long weeks"."""
        if not self._is.duration.isdisjoint(right[skip : skip + 1]):
            return True
        if len(right) < skip + 2 or not right[skip].isalpha() or right[skip] in self._is.counted:
            return False
        return right[skip + 1] in self._is.duration

    def _is_date(self, right: list[str], skip: int) -> bool:
        """ "25 May", "25 of May", and the first figure of "25–27 May" and "7 and 8 June"."""
        months = self._is.months
        if right[0] in months or (len(right) > 1 and right[1] in months and right[0].isalpha()):
            return True
        joined = skip or self._is.between_and.at(right, 0)[0] or self._is.end.at(right, 0)[0]
        return (
            bool(joined)
            and len(right) > joined + 1
            and right[joined].isdecimal()
            and right[joined + 1] in months
        )

    def _role_before(self, number: _Number) -> str:
        left, glued, start = number.words.left, number.words.glued, number.mention.span.start
        if not left:
            return ""
        last = left[-1]
        if last in _SYMBOLS and last != "%":
            return Role.MONEY
        if glued and last == ":" and left[-2:-1] and left[-2].isdecimal():
            return Role.TIME
        if last in "#№§/" or (glued and _is_model(self._text, start)) or _is_phone(left):
            return Role.REFERENCE
        end = len(left) - (1 if last == "." else 0)
        if role := self._is.role_before.before(left, end)[1]:
            return role
        listed = left[:-2] if last in {"and", "to"} and left[-2:-1] and left[-2].isdecimal() else left[:end]
        return (
            Role.DATE
            if listed and listed[-1] in self._is.months_before and number.mention.value <= 31
            else ""
        )

    def _is_year(self, number: _Number) -> bool:
        """Four bare digits are a year unless they count something ("2000 prisoners", "over 2000")."""
        words = number.words
        skip = 1 if words.right and words.right[0] in _DASHES else 0
        if not self._is.year_after.isdisjoint(words.right[skip : skip + 1]):
            return True
        last = words.left[-2:-1] if words.left[-1:] == [","] else words.left[-1:]
        if not self._is.year_before.isdisjoint(last):
            return True
        return not (self._counted(words) or self._bound(number).name)

    def _counted(self, words: _Words) -> bool:
        return not self._is.counted.isdisjoint(words.right[:3])

    def _is_age(self, words: _Words) -> bool:
        """ "Soldiers under 25": a people word and a bound right before the number."""
        return len(words.left) > 1 and words.left[-1] in self._is.ages and words.left[-2] in self._is.counted

    # Without a figure

    def _hinted(self, hints: Sequence[str]) -> bool:
        folded = fold_text(self._text[self._span.start : self._span.end])
        return any(hint in folded for hint in hints)

    def _same(self) -> list[QuantityMention]:
        if not self._hinted(self._is.same_hints):
            return []
        found = []
        for match in self._is.same.finditer(self._text, self._span.start, self._span.end):
            whole = Span(start=match.start(), end=match.end())
            noun = self._noun(match.end())
            found.append(QuantityMention(span=whole, number=whole, quantity=Quantity(), same=True, noun=noun))
        return found

    def _noun(self, end: int) -> Span | None:
        match = _NOUN.match(self._text, end, self._span.end)
        return Span(start=match.start(1), end=match.end(1)) if match else None


def _outside(mentions: list[QuantityMention], dates: Sequence[Span]) -> list[QuantityMention]:
    """The mentions, those inside a date with the role of one."""
    inside = {at for span in dates for at in range(span.start, span.end)}
    return (
        [replace(m, role=Role.DATE) if m.number.start in inside else m for m in mentions]
        if inside
        else mentions
    )


def _bounded(value: int, name: str) -> Quantity:
    if name in {"over", "at_least"}:
        return Quantity(min=value)
    if name in {"up_to", "under"}:
        return Quantity(max=value)
    return Quantity(min=value, max=value, approx=name == "about")


def _is_clock(left: NumberMention, right: NumberMention, text: str) -> bool:
    """Whether "10:30" is a time of day: two digits of minutes, and not two equal figures ("15:15" is a ratio)."""
    minutes = right.digits and right.span.end - right.span.start == 2 and left.value < 24 and right.value < 60
    return minutes and (left.value != right.value or text[left.span.start] == "0" or right.value % 5 == 0)


def _is_model(text: str, start: int) -> bool:
    """ "T-" or "Ту" before "72", "+" before "380"."""
    if text[start - 1] in {"-", "‑"}:
        return any(letter.isupper() for letter in text[max(0, start - 3) : start - 1])
    return text[start - 1] == "+" or text[start - 1].isalpha()


def _is_phone(left: list[str]) -> bool:
    """Groups of digits behind a plus."""
    digits = 0
    while digits < len(left) and left[-1 - digits].isdecimal():
        digits += 1
    return 0 < digits < len(left) and left[-1 - digits] == "+"
