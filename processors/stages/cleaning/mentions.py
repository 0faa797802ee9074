"""When an undated text was written, by the dates that it speaks of: the last resort for imported files.

A text of December 2024 speaks of "3 December" and of "November 2024". The latest date with a year anchors the days without
one, and the latest day so found is the earliest that the text can have been written. Not for what a feed brings: there the
moment of first sight is closer than an old date in the background.
"""

import re
from datetime import UTC, datetime, timedelta

from processors.model import DateProvenance
from processors.stages.cleaning.dates import Candidate

_STEMS = (
    "January|січ(?:ень|ня|ні)|январ[ьяе]|stycz(?:eń|nia|niu)",
    "February|лют(?:ий|ого|ому)|феврал[ьяе]|lut(?:y|ego|ym)",
    "March|берез(?:ень|ня|ні)|март[ае]?|mar(?:zec|ca|cu)",
    "April|квіт(?:ень|ня|ні)|апрел[ьяе]|kwie(?:cień|tnia|tniu)",
    "May|трав(?:ень|ня|ні)|ма[йяе]|maj[au]?",
    "June|черв(?:ень|ня|ні)|июн[ьяе]|czerw(?:iec|ca|cu)",
    "July|лип(?:ень|ня|ні)|июл[ьяе]|lip(?:iec|ca|cu)",
    "August|серп(?:ень|ня|ні)|август[ае]?|sierp(?:ień|nia|niu)",
    "September|верес(?:ень|ня|ні)|сентябр[ьяе]|wrze(?:sień|śnia|śniu)",
    "October|жовт(?:ень|ня|ні)|октябр[ьяе]|październik[au]?",
    "November|листопад[аі]?|ноябр[ьяе]|listopad(?:a|zie)?",
    "December|груд(?:ень|ня|ні)|декабр[ьяе]|grud(?:zień|nia|niu)",
)
_MONTHS = "|".join(f"(?P<m{number}>{stems})" for number, stems in enumerate(_STEMS, 1))
_MENTION = re.compile(
    rf"(?:\b(?P<before>[0-3]?\d)\s)?\b(?:{_MONTHS})\b(?:\s(?P<after>[0-3]?\d)\b(?!\d))?(?:,?\s(?P<year>(?:19|20)\d\d)\b)?"
)
#: Days belong to the anchor when they lie within these; fewer than two of them, and the anchor may be mere background.
_LEAST_DAYS = 2
_BEFORE, _AFTER = timedelta(days=60), timedelta(days=75)


def latest_mention(text: str, *, until: datetime) -> Candidate | None:
    """Noon of the latest day up to `until` that the text can be tied to, None when it names too few."""
    mentions = [_parts(match) for match in _MENTION.finditer(text)]
    dated = (_moment(year, month, day or 1) for year, month, day in mentions if year)
    anchor = max((moment for moment in dated if moment and moment <= until), default=None)
    if anchor is None:
        return None
    days = (
        _moment(year, month, day)
        for _, month, day in mentions
        if day
        for year in (anchor.year - 1, anchor.year, anchor.year + 1)
    )
    near = [day for day in days if day and anchor - _BEFORE <= day <= min(anchor + _AFTER, until)]
    if len(near) < _LEAST_DAYS:
        return None
    return Candidate(at=max(near), provenance=DateProvenance.VISIBLE, has_time=False)


def _parts(match: re.Match[str]) -> tuple[int, int, int]:
    """Year and day, 0 where not named, and the month."""
    month = next(number for number in range(1, 13) if match[f"m{number}"])
    return int(match["year"] or 0), month, int(match["before"] or match["after"] or 0)


def _moment(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day, 12, tzinfo=UTC)
    except ValueError:
        return None
