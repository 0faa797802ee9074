"""Quantities of countable things and ratios, with the bounds that the words around a number give it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import pairwise

from processors.model import Language, Quantity, Span
from processors.stages.extraction.numerals import NumberForm, NumberMention, find_numbers
from processors.stages.extraction.vocabulary import BLANK, WORD, alternation, forms, section

_LEFT = 48
_RIGHT = 40
_OLDEST = 100
_DASH = r"[-‑–—]"


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

    `each`: said of both sides ("100 each", "по 100", "from each side"). `both`: a total of the two ("from both sides"). `same`: "the same number", without a figure of
    its own (`quantity` has no bounds). `vague`: "dozens", no bounds either. `noun` is the word after, if one follows.
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


@dataclass(frozen=True, slots=True)
class _Rules:
    bounds: re.Pattern[str]
    after: re.Pattern[str]
    each_after: re.Pattern[str]
    both_after: re.Pattern[str]
    not_over: re.Pattern[str]
    same: re.Pattern[str]
    between: re.Pattern[str]
    range_from: re.Pattern[str]
    range_to: re.Pattern[str]
    range_and: re.Pattern[str]
    ratio: re.Pattern[str]
    #: The joining words that make a ratio of equal figures only ("one to one", but "18 to 25" is a range).
    ratio_even: re.Pattern[str]
    all_for_all: re.Pattern[str]
    left_roles: re.Pattern[str]
    right_roles: re.Pattern[str]
    counted: re.Pattern[str]
    #: "Soldiers under 25": a people word and a bound right before the number.
    age_of: re.Pattern[str]
    singular: re.Pattern[str]
    year_before: re.Pattern[str]
    year_after: re.Pattern[str]


@cache
def _rules(language: Language) -> _Rules:
    table = section(language, "quantity")

    def words(name: str) -> str:
        return alternation(forms(table.get(name, [])))

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    months = alternation(_months(language))
    filler = rf"(?:(?:{words('filler')}){BLANK}+){{0,2}}"
    bound = "|".join(
        rf"(?P<{name}>{words(name)})"
        for name in ("at_least", "up_to", "over", "under", "about", "each_before")
    )
    each = rf"{BLANK}*(?:(?P<each>{words('each_after')})|{WORD}(?:{BLANK}+{WORD}){{0,4}}?{BLANK}+(?:{words('each_after')}))\b"
    alls = words("all")
    return _Rules(
        bounds=compiled(rf"(?<!\w)(?:{bound}){BLANK}+{filler}$"),
        after=compiled(
            rf"{BLANK}*(?:(?P<plus>\+|(?:{words('over_after')})\b)|(?P<odd>[-‑]?(?:{words('about_after')})\b))"
        ),
        each_after=compiled(each),
        both_after=compiled(rf"(?:{BLANK}+{WORD}){{0,4}}?{BLANK}+(?:{words('both_after')})(?!\w)"),
        not_over=compiled(rf"(?<!\w)(?:{words('not_over_after')}){BLANK}+$"),
        same=compiled(rf"(?<!\w)(?:{words('same')})(?!\w)(?!{BLANK}+(?:{words('same_not_before')})(?!\w))"),
        between=compiled(rf"(?<!\w)(?:{words('between')}){BLANK}+{filler}$"),
        range_from=compiled(rf"(?<!\w)(?:{words('from')}){BLANK}+$"),
        range_to=compiled(rf"{_DASH}|{BLANK}+(?:{_DASH}|{words('to')}){BLANK}+"),
        range_and=compiled(rf"{BLANK}+(?:{words('between_and')}){BLANK}+"),
        ratio=compiled(
            rf":| : |(?:{BLANK}+{WORD})??{BLANK}+(?:{words('counted')}){BLANK}+(?:{words('ratio')}){BLANK}+"
            rf"|[-‑{BLANK[1:-1]}]{{1,2}}(?:{words('ratio')})[-‑{BLANK[1:-1]}]{{1,2}}"
        ),
        ratio_even=compiled(rf"(?<!\w)(?:{words('ratio_even')})(?!\w)"),
        all_for_all=compiled(
            rf"(?<!\w)(?:{alls})[-‑ \u00a0]{{1,2}}(?:{words('ratio')})[-‑ \u00a0]{{1,2}}(?:{alls})(?!\w)"
        ),
        left_roles=compiled(
            rf"(?P<money>[$€£₴₽]{BLANK}?|\b(?:{words('money_before')}){BLANK})$"
            rf"|(?P<age>\b(?:{words('age_before')}){BLANK}+(?:\d+{_DASH})?)$"
            rf"|(?P<reference>(?<!\w)(?:(?:{words('reference_before')})\.?{BLANK}*|№{BLANK}?|[#+/§]|\+\d[\d -]{{0,20}}|[^\W\d_]-?))$"
            rf"|(?P<time>(?<!\d)\d{{1,2}}:)$"
            rf"|(?P<date>(?<!\w)(?:{months})\.?{BLANK}+(?:(?:the|to|and|,){BLANK}+)?)$"
        ),
        right_roles=compiled(
            rf"(?P<percent>{BLANK}?%|{BLANK}+(?:{words('percent')})\b)"
            rf"|(?P<money>{BLANK}?[$€£₴₽]|{BLANK}+(?:{words('money')})\b)"
            rf"|(?P<measure>[-‑]?{BLANK}?(?:{words('unit')})(?!\w))"
            rf"|(?P<age>[-‑{BLANK[1:-1]}](?:{words('age_after')}))"
            rf"|(?P<date>{BLANK}+(?:of{BLANK}+)?(?:{months})(?!\w)|{_DASH}\d+{BLANK}+(?:{months})(?!\w))"
            rf"|(?P<time>:\d\d|{BLANK}?(?:{words('clock_after')})(?!\w))"
            rf"|(?P<duration>[-‑{BLANK[1:-1]}]+(?:{WORD}{BLANK}+)??(?:{words('duration')})(?!\w))"
            rf"|(?P<unit>{BLANK}+(?:{WORD}{BLANK}+){{0,3}}?(?:{words('unit_after')})(?!\w))"
        ),
        counted=compiled(rf"{BLANK}+(?:{WORD}{BLANK}+){{0,2}}?(?:{words('counted')})(?!\w)"),
        age_of=compiled(
            rf"(?<!\w)(?:{words('counted')}){BLANK}+(?:{words('under')}|{words('over')}|{words('from')}){BLANK}+$"
        ),
        singular=compiled(alternation(forms(section(language, "numerals").get("singular_too", [])))),
        year_before=compiled(rf"(?<!\w)(?:{words('year_before')}|{months}),?{BLANK}+$"),
        year_after=compiled(
            rf"[-‑–]?(?:{BLANK}*(?:{words('year_after')})(?!\w)|\d\d(?:\d\d)?{BLANK}+(?:{words('year_after')})(?!\w))"
        ),
    )


def _months(language: Language) -> list[str]:
    found = section(language, "months").get("forms", {})
    return [word for entries in found.values() for word in forms(entries)]


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
    rules = _rules(language)
    found = find_numbers(text, span, language) if numbers is None else numbers
    paired = {number.span.start for pair in _ratio_pairs(text, span, found, rules) for number in pair}
    cardinals = [n for n in found if n.form is not NumberForm.ORDINAL and n.span.start not in paired]
    mentions: list[QuantityMention] = []
    index = 0
    while index < len(cardinals):
        pair = _range(text, span, cardinals, index, rules)
        mentions.append(pair or _single(text, span, cardinals[index], rules))
        index += 2 if pair else 1
    mentions = _outside(mentions, dates)
    mentions.extend(_same(text, span, rules))
    return tuple(sorted(mentions, key=lambda mention: (mention.span.start, mention.span.end)))


def find_ratios(
    text: str, span: Span, language: Language, *, numbers: Sequence[NumberMention] | None = None
) -> tuple[RatioMention, ...]:
    """The formulas inside `span` ("1:1", "95 на 95", "all for all") in order."""
    rules = _rules(language)
    found = find_numbers(text, span, language) if numbers is None else numbers
    ratios = [
        RatioMention(span=Span(start=left.span.start, end=right.span.end), left=left.value, right=right.value)
        for left, right in _ratio_pairs(text, span, found, rules)
    ]
    ratios.extend(
        RatioMention(span=Span(start=match.start(), end=match.end()), left=None, right=None)
        for match in rules.all_for_all.finditer(text, span.start, span.end)
    )
    return tuple(sorted(ratios, key=lambda ratio: ratio.span.start))


def _outside(mentions: list[QuantityMention], dates: Sequence[Span]) -> list[QuantityMention]:
    """The mentions, those inside a date with the role of one."""
    inside = {at for span in dates for at in range(span.start, span.end)}
    return (
        [replace(m, role=Role.DATE) if m.number.start in inside else m for m in mentions]
        if inside
        else mentions
    )


def _ratio_pairs(
    text: str, span: Span, numbers: Sequence[NumberMention], rules: _Rules
) -> list[tuple[NumberMention, NumberMention]]:
    pairs: list[tuple[NumberMention, NumberMention]] = []
    for left, right in pairwise(numbers):
        taken = bool(pairs) and pairs[-1][1] is left
        if not taken and _are_ratio(text, span, left, right, rules):
            pairs.append((left, right))
    return pairs


def _are_ratio(text: str, span: Span, left: NumberMention, right: NumberMention, rules: _Rules) -> bool:
    if {left.form, right.form} & {NumberForm.ORDINAL, NumberForm.VAGUE}:
        return False
    if right.span.start - left.span.end > _LEFT:
        return False
    gap = text[left.span.end : right.span.start]
    if rules.ratio.fullmatch(gap) is None or (rules.ratio_even.search(gap) and left.value != right.value):
        return False
    if ":" in gap:
        clock = (
            right.digits and right.span.end - right.span.start == 2 and left.value < 24 and right.value < 60
        )
        return not (
            clock and (left.value != right.value or text[left.span.start] == "0" or right.value % 5 == 0)
        )
    inexact = _bound(text, span, left.span.start, rules).name
    return not inexact and {_role(text, span, number, rules) for number in (left, right)} == {Role.COUNT}


def _before(text: str, span: Span, start: int) -> str:
    return text[max(span.start, start - _LEFT) : start]


@dataclass(frozen=True, slots=True)
class _Bound:
    """What the words before a number say of it, and where they begin."""

    name: str
    start: int
    each: bool = False


def _bound(text: str, span: Span, start: int, rules: _Rules) -> _Bound:
    """The bound in the words right before `start`: "more than", "майже", and "по" with a bound before it."""
    left = _before(text, span, start)
    match = rules.bounds.search(left)
    if match is None or (match.lastgroup == "over" and rules.not_over.search(left[: match.start()])):
        return _Bound("", start)
    at = start - len(left) + match.start()
    if match.lastgroup != "each_before":
        return _Bound(match.lastgroup or "", at)
    outer = _bound(text, span, at, rules) if len(left) > match.start() else _Bound("", at)
    return _Bound(outer.name, outer.start, each=True)


def _range(
    text: str, span: Span, numbers: Sequence[NumberMention], index: int, rules: _Rules
) -> QuantityMention | None:
    """ "between 170 and 175", "from 8 to 12", "170–175" as one mention, None when the two do not belong together."""
    if index + 1 == len(numbers):
        return None
    low, high = numbers[index], numbers[index + 1]
    if low.value >= high.value or high.span.start - low.span.end > 12:
        return None
    gap, left = text[low.span.end : high.span.start], _before(text, span, low.span.start)
    between = rules.between.search(left) if rules.range_and.fullmatch(gap) else None
    lead = between or rules.range_from.search(left)
    if between is None and not (rules.range_to.fullmatch(gap) and (lead or high.value <= 3 * low.value)):
        return None
    bound = _bound(text, span, low.span.start, rules)
    each, both, end = _sides(text, span, high.span.end, rules)
    roles = {_role(text, span, high, rules), _role(text, span, low, rules)} - {Role.COUNT}
    return QuantityMention(
        span=Span(start=low.span.start - (len(left) - lead.start()) if lead else bound.start, end=end),
        number=Span(start=low.span.start, end=high.span.end),
        quantity=Quantity(min=low.value, max=high.value, approx=bound.name == "about"),
        role=min(roles, default=Role.COUNT),
        each=each or bound.each,
        both=both,
        noun=_noun(text, span, high.span.end),
        form=high.form,
    )


def _single(text: str, span: Span, number: NumberMention, rules: _Rules) -> QuantityMention:
    bound = _bound(text, span, number.span.start, rules)
    each, both, end = _sides(text, span, number.span.end, rules)
    name = bound.name
    after = rules.after.match(text, number.span.end, min(span.end, number.span.end + _RIGHT))
    if after is not None:
        name, end = ("over" if after.group("plus") else "about"), max(end, after.end())
    role = _role(text, span, number, rules)
    if number.form is NumberForm.VAGUE and not (name and rules.singular.fullmatch(_written(text, number))):
        role = Role.VAGUE
    return QuantityMention(
        span=Span(start=bound.start, end=end),
        number=number.span,
        quantity=Quantity() if role is Role.VAGUE else _bounded(number.value, name),
        role=role,
        each=each or bound.each,
        both=both,
        noun=_noun(text, span, number.span.end),
        form=number.form,
    )


def _written(text: str, number: NumberMention) -> str:
    return text[number.span.start : number.span.end]


def _bounded(value: int, name: str) -> Quantity:
    if name in {"over", "at_least"}:
        return Quantity(min=value)
    if name in {"up_to", "under"}:
        return Quantity(max=value)
    return Quantity(min=value, max=value, approx=name == "about")


def _sides(text: str, span: Span, end: int, rules: _Rules) -> tuple[bool, bool, int]:
    """Whether "each" and whether "from both sides" follows within a few words, and the end of the mention."""
    stop = min(span.end, end + 2 * _RIGHT)
    match = rules.each_after.match(text, end, stop)
    if match is None:
        return False, rules.both_after.match(text, end, stop) is not None, end
    return True, False, match.end() if match.group("each") else end


def _role(text: str, span: Span, number: NumberMention, rules: _Rules) -> Role:
    left = _before(text, span, number.span.start)
    stop = min(span.end, number.span.end + _RIGHT)
    if number.digits and number.span.end - number.span.start == 4 and 1900 <= number.value <= 2099:
        role = _year_role(text, left, number, stop, rules)
        if role is Role.YEAR:
            return role
    found = rules.right_roles.match(text, number.span.end, stop) or rules.left_roles.search(left)
    if found is not None and found.lastgroup:
        return Role(found.lastgroup)
    if (
        number.value < _OLDEST
        and rules.age_of.search(left)
        and not rules.counted.match(text, number.span.end, stop)
    ):
        return Role.AGE
    listed = number.digits and number.value < 100 and number.span.start == span.start
    return (
        Role.REFERENCE
        if listed and text[number.span.end : number.span.end + 2] in {". ", ") "}
        else Role.COUNT
    )


def _year_role(text: str, left: str, number: NumberMention, stop: int, rules: _Rules) -> Role:
    """Four bare digits are a year unless they count something ("2000 prisoners", "over 2000")."""
    if rules.year_after.match(text, number.span.end, stop):
        return Role.YEAR
    if rules.year_before.search(left):
        return Role.YEAR
    counts = rules.counted.match(text, number.span.end, stop) or rules.bounds.search(left)
    return Role.COUNT if counts else Role.YEAR


def _same(text: str, span: Span, rules: _Rules) -> list[QuantityMention]:
    found = []
    for match in rules.same.finditer(text, span.start, span.end):
        whole = Span(start=match.start(), end=match.end())
        noun = _noun(text, span, match.end())
        found.append(QuantityMention(span=whole, number=whole, quantity=Quantity(), same=True, noun=noun))
    return found


_NOUN = re.compile(rf"{BLANK}{{1,3}}({WORD})")


def _noun(text: str, span: Span, end: int) -> Span | None:
    match = _NOUN.match(text, end, span.end)
    return Span(start=match.start(1), end=match.end(1)) if match else None
