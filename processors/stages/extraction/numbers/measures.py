"""The numbers and dates of a sentence as measures, ready to become units."""

import re
from collections.abc import Set
from datetime import date

from processors.model import DateRange, Language, Quantity, Span
from processors.stages.extraction.days.calendar_words import may_date
from processors.stages.extraction.days.dates import find_dates
from processors.stages.extraction.numbers.bare_days import bare_days, month_of
from processors.stages.extraction.numbers.quantities import QuantityMention, Role, find_both, find_quantities
from processors.stages.extraction.words.numerals import NumberForm, find_numbers, may_count
from processors.stages.extraction.words.quantity_words import quantity_words
from processors.stages.extraction.words.units import Measure

#: Of a longer "sentence" the rest is not read: it is no prose, and reading it would cost without bound.
_MOST_CHARACTERS = 4000
_NO_COUNT = {
    Role.AGE,
    Role.PERCENT,
    Role.MONEY,
    Role.MEASURE,
    Role.REFERENCE,
    Role.UNIT,
    Role.TIME,
    Role.DURATION,
}


def find_measures(
    text: str,
    span: Span,
    words: Set[str],
    language: Language,
    published_on: date,
    anchor: date | None = None,
    told: DateRange | None = None,
) -> list[Measure]:
    """Dates, ratios, quantities and ordinals inside `span`, in order and not overlapping; dates go first.

    `anchor` is the single day and `told` the date of any kind that the text named last. `words` are those of the span: a
    sentence without a digit or a word for a number or a day, as every second one, has none.
    """
    span = Span(start=span.start, end=min(span.end, span.start + _MOST_CHARACTERS))
    numbers = find_numbers(text, span, language) if may_count(text, span, words, language) else ()
    found, month = [], month_of(told, anchor)
    if may_date(text, span, words, language):
        dates = find_dates(
            text, span, published_on=published_on, language=language, anchor=anchor, month=month
        )
        found = [Measure(start=m.span.start, end=m.span.end, day=m.date, basis=m.basis) for m in dates]
    if not numbers and not found:
        return [] if quantity_words(language).same_hints.isdisjoint(words) else _same(text, span, language)
    found.extend(bare_days(text, span, numbers, found, month, published_on))
    ratios, quantities = find_both(text, span, language, numbers)
    found.extend(Measure(start=m.span.start, end=m.span.end, ratio=(m.left, m.right)) for m in ratios)
    found.extend(_counted(text, mention) for mention in quantities if mention.role not in _OF_DATES)
    found.extend(
        Measure(start=n.span.start, end=n.span.end, ordinal=n.value)
        for n in numbers
        if n.form is NumberForm.ORDINAL
    )
    return _apart(found)


_OF_DATES = frozenset((Role.YEAR, Role.DATE))


def _counted(text: str, mention: QuantityMention) -> Measure:
    """A quantity: of people, or an odd one."""
    odd = mention.role in _NO_COUNT
    return Measure(
        start=mention.span.start,
        end=mention.span.end,
        quantity=None if odd else _unhanded(text, mention),
        each=mention.each,
        same=mention.same,
        odd=odd,
    )


#: "отказался от тысячи": the preposition of the verb, not a lower bound.
_OF = re.compile(r"(?:от|від)\s", re.IGNORECASE)
_HANDED = re.compile(r"(?:hand|turn|tak|brought|bring|sign|send|sent|giv)(?:s|ed|ing|en)? $", re.IGNORECASE)


def _unhanded(text: str, mention: QuantityMention) -> Quantity:
    """ "Handing over 246" is 246, not more than 246."""
    low = mention.span.start
    if mention.quantity.max is None and _OF.match(text, low):
        return Quantity(min=mention.quantity.min, max=mention.quantity.min)
    if text[low : low + 4].lower() == "over" and _HANDED.search(text[max(0, low - 9) : low]):
        return Quantity(min=mention.quantity.min, max=mention.quantity.min)
    return mention.quantity


def _same(text: str, span: Span, language: Language) -> list[Measure]:
    return [
        Measure(start=m.span.start, end=m.span.end, same=True, quantity=m.quantity)
        for m in find_quantities(text, span, language, numbers=())
        if m.same
    ]


def _apart(found: list[Measure]) -> list[Measure]:
    """Those that stand free, the one found first (dates, then ratios) where two overlap."""
    kept: list[Measure] = []
    for measure in found:
        if all(measure.end <= other.start or other.end <= measure.start for other in kept):
            kept.append(measure)
    return sorted(kept, key=lambda measure: measure.start)
