"""The number of a day alone, of the month that the text named last: "14-го – ще 30", "on the seventh"."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date

from processors.model import DateRange, Precision, Span
from processors.stages.extraction.days.calendar_ranges import numbered_day
from processors.stages.extraction.days.dates import Basis
from processors.stages.extraction.words.numerals import NumberForm, NumberMention
from processors.stages.extraction.words.units import Measure

#: What follows: a mark, the end, or the verb of what happened ("14-го повернули", "четырнадцатого отпустили").
_BEHIND = re.compile(r"\s*[-–—,;.:)»\"]|\s*$|\s+\w+(?:ли|но|ося|ось|лись|лися|вся|лся|лось)\b")
_DIGITS = re.compile(r"\d{1,2}-?(?:го|е)$")
#: As a word it may be that of a noun ("второго обмена"), so a mark or nothing stands before it too.
_WORD = re.compile(r"[^\d]+[оеь]го$", re.IGNORECASE)
_SET_OFF = re.compile(r"(?:^|[-–—,;:(«\"])\s*$")
#: "On the seventh", before a mark, the end or a figure: else it is the seventh of something.
_ENGLISH = re.compile(r"(?:th|st|nd|rd|second)$", re.IGNORECASE)
_ENGLISH_BEHIND = re.compile(r"[,;.:)\"]|\s*[–—]|\s+\d|\s*$")
_ON_THE = re.compile(r"\bon the $", re.IGNORECASE)
#: Characters before the number that are looked at, and the days of a month.
_BEFORE, _LAST_DAY = 8, 31


def month_of(told: DateRange | None, anchor: date | None) -> date | None:
    """A day of the month that the text named last."""
    return told.start_on if told and told.precision in _OF_ONE_MONTH else anchor


_OF_ONE_MONTH = frozenset((Precision.DAY, Precision.MONTH))


def bare_days(
    text: str,
    span: Span,
    numbers: Sequence[NumberMention],
    dates: Sequence[Measure],
    month: date | None,
    published_on: date,
) -> Iterator[Measure]:
    """The days of the month named before them, in the sentence or, as `month`, further up; else the last such day."""
    for number in numbers:
        start = number.span.start
        if number.form is not NumberForm.ORDINAL or not 0 < number.value <= _LAST_DAY:
            continue
        if not _is_day(text, span, number):
            continue
        before = [m.day for m in dates if m.day and m.end <= start and m.day.precision in _OF_ONE_MONTH]
        last = before[-1].start_on if before else month
        with suppress(ValueError):
            day = numbered_day(number.value, last, published_on, ahead=False)
            yield Measure(start=start, end=number.span.end, day=day, basis=Basis.EXPLICIT)


def _is_day(text: str, span: Span, number: NumberMention) -> bool:
    start, end = number.span.start, number.span.end
    shown, before = text[start:end], text[max(span.start, start - _BEFORE) : start]
    if _ENGLISH.search(shown):
        return bool(_ON_THE.search(before) and _ENGLISH_BEHIND.match(text, end, span.end))
    told = _DIGITS.match(shown) or (_WORD.match(shown) and _SET_OFF.search(before))
    return bool(told and _BEHIND.match(text, end, span.end))
