"""The day on which a text was filed, where its dateline names one: "MOSCOW, June 7 (Xinhua) --". Its weekdays count from it."""

import re
from datetime import date, timedelta

from processors.model import Language, Precision, Span
from processors.stages.extraction.days.dates import find_dates

#: A city in capitals, and what is to be read behind it.
_CITY = re.compile(r"\W{0,3}(?P<city>[^\W\d_]+(?:[ .'-]{1,2}[^\W\d_]+){0,3})\s?[,.]\s")
_AGENCY = re.compile(r"[\s.,]{0,2}(?:[(/]|[—–-]{1,2}\s)")
#: Letters among which the dateline stands; a text is published not much later than it is filed.
_LONGEST, _LATEST = 60, timedelta(days=7)


def filed_on(text: str, language: Language, published_on: date) -> date:
    """The day of the dateline, else the day of publication."""
    city = _CITY.match(text)
    if city is None or not city["city"].isupper():
        return published_on
    span = Span(start=city.end(), end=min(len(text), city.end() + _LONGEST))
    for found in find_dates(text, span, published_on=published_on, language=language):
        single = found.date.precision is Precision.DAY and found.span.start <= city.end() + 1
        if single and _AGENCY.match(text, found.span.end) and found.date.start_on <= published_on:
            return max(found.date.start_on, published_on - _LATEST)
    return published_on
