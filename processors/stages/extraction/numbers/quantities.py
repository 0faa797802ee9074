"""Quantities of countable things and ratios, with the bounds that the words around a number give it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from processors.model import Language, Quantity, Span
from processors.stages.extraction.numbers.number_context import DASHES, Around, Bound, Context, Role
from processors.stages.extraction.words.numerals import NumberForm, NumberMention, find_numbers
from processors.stages.extraction.words.quantity_words import quantity_words
from processors.stages.extraction.words.vocabulary import BLANK, WORD, fold_text

__all__ = ["QuantityMention", "RatioMention", "Role", "find_quantities", "find_ratios"]

#: Characters between the figures of a ratio.
_JOINT = 48
#: Words between the figures of a range, and before the joining word of a ratio ("1,200 wounded people for 1,200").
_RANGE_WORDS, _RATIO_WORDS = 3, 2
#: How many times the smaller figure the larger may be in "18 to 25", so that "add 31 to 246" is no range.
_WIDEST = 3
#: "84 x 84", with the letter of either alphabet.
_TIMES = frozenset("xх×")
_NOUN = re.compile(rf"{BLANK}{{1,3}}({WORD})")


@dataclass(slots=True, kw_only=True)
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


@dataclass(slots=True, kw_only=True)
class RatioMention:
    """ "146 for 146", "тисяча на тисячу", "all for all". `text()` is the codebook's string; `left` None means all."""

    span: Span
    left: int | None
    right: int | None

    def text(self) -> str:
        """`1:1`, `215:55`, `all:all`, in the order of the text."""
        return f"{'all' if self.left is None else self.left}:{'all' if self.right is None else self.right}"


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
    return _Reader(text, span, language, found).quantities(dates)


def find_ratios(
    text: str, span: Span, language: Language, *, numbers: Sequence[NumberMention] | None = None
) -> tuple[RatioMention, ...]:
    """The formulas inside `span` ("1:1", "95 на 95", "all for all") in order."""
    found = find_numbers(text, span, language) if numbers is None else numbers
    return _Reader(text, span, language, found).ratios()


def find_both(
    text: str, span: Span, language: Language, numbers: Sequence[NumberMention]
) -> tuple[tuple[RatioMention, ...], tuple[QuantityMention, ...]]:
    """The ratios and the quantities inside `span`, whose numbers are known, by one reading of its words."""
    reader = _Reader(text, span, language, numbers)
    return reader.ratios(), reader.quantities(())


class _Reader:
    """Reads the quantities of one span, whose numbers are given."""

    def __init__(self, text: str, span: Span, language: Language, numbers: Sequence[NumberMention]) -> None:
        self._text, self._span, self._is = text, span, quantity_words(language)
        self._folded = fold_text(text[span.start : span.end])
        self._numbers, self._ratios = numbers, self._pairs(numbers)

    @cached_property
    def _context(self) -> Context:
        """The words around the numbers: most sentences have none, and need no more than their text."""
        return Context(self._folded, self._text, self._span, self._is)

    def quantities(self, dates: Sequence[Span]) -> tuple[QuantityMention, ...]:
        paired = {number.span.start for pair in self._ratios for number in pair}
        cardinals = [
            n for n in self._numbers if n.form is not NumberForm.ORDINAL and n.span.start not in paired
        ]
        mentions: list[QuantityMention] = []
        index = 0
        while index < len(cardinals):
            pair = self._range(cardinals[index], cardinals[index + 1]) if index + 1 < len(cardinals) else None
            mentions.append(pair or self._single(cardinals[index]))
            index += 2 if pair else 1
        mentions = _outside(mentions, dates)
        mentions.extend(self._same())
        return tuple(sorted(mentions, key=lambda mention: (mention.span.start, mention.span.end)))

    def ratios(self) -> tuple[RatioMention, ...]:
        found = [
            RatioMention(
                span=Span(start=left.span.start, end=right.span.end), left=left.value, right=right.value
            )
            for left, right in self._ratios
        ]
        if self._hinted(self._is.alls) and self._hinted(self._is.all_hints):
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
        between = self._text[left.span.end : right.span.start]
        if between.strip().lower() in _TIMES:
            return True
        if between in {":", " : "}:
            return not _is_clock(left, right, self._text)
        words = [
            word for word in self._context.between(left.span.end, right.span.start) if word not in DASHES
        ]
        joint, _ = self._is.ratio.before(words, len(words))
        named = words[: len(words) - joint]
        if not joint or len(named) > _RATIO_WORDS or (named and named[-1] not in self._is.counted):
            return False
        first, second = self._context.around(left), self._context.around(right)
        loose = words[-1] in self._is.ratio_even and not self._is_formula(first, second)
        if (named or loose) and left.value != right.value:
            return False  # "55 Russians for 215" is no formula: its words tell who goes where
        exact = self._context.bound(first).name in {"", "under"}  # 'under the "146 for 146" formula'
        return exact and self._context.role(first) is self._context.role(second) is Role.COUNT

    def _is_formula(self, left: Around, right: Around) -> bool:
        """ "On a 306 to 74 basis", "by the formula of 5 to 3"."""
        beside = (*left.left[-2:], *right.right[:1])
        return not self._is.formula.isdisjoint(beside)

    # Quantities

    def _range(self, low: NumberMention, high: NumberMention) -> QuantityMention | None:
        """ "between 170 and 175", "from 8 to 12", "170–175" as one mention, None when the two do not belong together."""
        if low.value >= high.value or high.span.start - low.span.end > _JOINT:
            return None
        gap = self._context.between(low.span.end, high.span.start)
        if not gap or len(gap) > _RANGE_WORDS:
            return None
        first, last = self._context.around(low), self._context.around(high)
        lead = self._lead(first, gap)
        joined = (len(gap) == 1 and gap[0] in DASHES) or self._is.end.at(gap, 0)[0] == len(gap)
        if not lead and not (joined and high.value <= _WIDEST * low.value):
            return None
        bound = Bound(size=lead) if lead else self._context.bound(first)
        each, both, end = self._context.sides(last)
        roles = {self._context.role(first), self._context.role(last)} - {Role.COUNT}
        return QuantityMention(
            span=Span(start=first.start(bound.size), end=end),
            number=Span(start=low.span.start, end=high.span.end),
            quantity=Quantity(min=low.value, max=high.value, approx=bound.name == "about"),
            role=min(roles, default=Role.COUNT),
            each=each or bound.each,
            both=both,
            noun=self._noun(high.span.end),
            form=high.form,
        )

    def _lead(self, first: Around, gap: list[str]) -> int:
        """Number of words of "between" or "from" before a range whose figures `gap` joins; 0 without one."""
        between, _ = self._is.between.before(first.left, len(first.left))
        if between and self._is.between_and.at(gap, 0)[0] == len(gap):
            return between
        start, _ = self._is.start.before(first.left, len(first.left))
        return start if self._is.end.at(gap, 0)[0] == len(gap) else 0

    def _single(self, number: NumberMention) -> QuantityMention:
        around = self._context.around(number)
        bound = self._context.bound(around)
        each, both, end = self._context.sides(around)
        name, after = self._context.bound_after(around)
        name = name or bound.name
        role = self._context.role(around)
        if number.form is NumberForm.VAGUE:
            written = fold_text(self._text[number.span.start : number.span.end])
            governed = name or bound.each or not self._is.singular_after.isdisjoint(around.left[-1:])
            role = role if governed and written in self._is.singular else Role.VAGUE
        return QuantityMention(
            span=Span(start=around.start(bound.size), end=max(end, after)),
            number=number.span,
            quantity=Quantity() if role is Role.VAGUE else _bounded(number.value, name),
            role=role,
            each=each or bound.each,
            both=both,
            noun=self._noun(number.span.end),
            form=number.form,
        )

    # Without a figure

    def _hinted(self, hints: Iterable[str]) -> bool:
        return any(hint in self._folded for hint in hints)

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
