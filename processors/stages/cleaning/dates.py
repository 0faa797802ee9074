"""When an article was published: candidates with their provenance, and which one to believe.

A date in the page's metadata that has a time beats the feed's, which beats a date shown in the page, which beats the
moment we first saw it. A date without a time says less than the feed's instant of about the same day. Naive times are
taken as Kyiv's: most of our outlets are there, Moscow is at most an hour away, and the local day stays the page's own.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from processors.model import DateProvenance, Language

_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
_FUTURE = timedelta(days=2)
#: How far a date without a time may lie from the feed's instant and still be the same publication.
_SAME = timedelta(hours=36)
_MONTHS = (
    ("january", "jan", "січня", "січ", "января", "янв", "stycznia"),
    ("february", "feb", "лютого", "лют", "февраля", "фев", "lutego"),
    ("march", "mar", "березня", "бер", "марта", "мар", "marca"),
    ("april", "apr", "квітня", "квіт", "апреля", "апр", "kwietnia"),
    ("may", "may", "травня", "трав", "мая", "май", "maja"),
    ("june", "jun", "червня", "черв", "июня", "июн", "czerwca"),
    ("july", "jul", "липня", "лип", "июля", "июл", "lipca"),
    ("august", "aug", "серпня", "серп", "августа", "авг", "sierpnia"),
    ("september", "sep", "sept", "вересня", "вер", "сентября", "сен", "września"),
    ("october", "oct", "жовтня", "жовт", "октября", "окт", "października"),
    ("november", "nov", "листопада", "лист", "ноября", "ноя", "listopada"),
    ("december", "dec", "грудня", "груд", "декабря", "дек", "grudnia"),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_NAMES = "|".join(sorted(_MONTH, key=len, reverse=True))
_CLOCK = r"(?:\D{1,12}?(?P<hour>[0-2]?\d):(?P<minute>[0-5]\d))?"
_WRITTEN = (
    re.compile(
        rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<month>{_NAMES})\b\.?,?\s+(?P<year>[12]\d{{3}})\b{_CLOCK}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<month>{_NAMES})\b\.?\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+(?P<year>[12]\d{{3}})\b{_CLOCK}",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?P<day>[0-3]?\d)\.(?P<month>[01]?\d)\.(?P<year>20\d\d)\b{_CLOCK}"),
    re.compile(rf"\b(?P<year>20\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)\b{_CLOCK}"),
)
_DATE_ONLY = re.compile(r"\d{4}-?\d\d-?\d\d")
#: Paragraphs in which a dateline stands.
_TOP = 4
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_LOCAL = frozenset({Language.UK, Language.RU})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One statement of when the article was published."""

    at: datetime
    provenance: DateProvenance
    offset_minutes: int = 0
    #: False when only a day was given; `at` is then noon of that day.
    has_time: bool = True


def parse_date(text: str, provenance: DateProvenance) -> Candidate | None:
    """The date that a machine-readable or written date states, None when it states none."""
    text = text.strip()[:80]
    if _EPOCH.fullmatch(text):
        return Candidate(at=datetime.fromtimestamp(int(text[:10]), UTC), provenance=provenance)
    try:
        return _candidate(datetime.fromisoformat(text), provenance, has_time=not _DATE_ONLY.fullmatch(text))
    except (ValueError, OverflowError):
        pass
    written = find_written(text, provenance)
    if written is not None and written.has_time and "," not in text[:5]:
        return written
    try:
        return _candidate(parsedate_to_datetime(text), provenance, has_time=True)
    except (ValueError, TypeError, IndexError, OverflowError):
        return written


def find_written(text: str, provenance: DateProvenance = DateProvenance.VISIBLE) -> Candidate | None:
    """The first full date that the text spells out ("3 січня 2024", "January 3, 2024, 21:40", "03.01.2024")."""
    matches = [match for pattern in _WRITTEN if (match := pattern.search(text))]
    for match in sorted(matches, key=re.Match.start):
        month = (
            _MONTH.get(match["month"].lower()) or int(match["month"])
            if match["month"].isdigit()
            else _MONTH[match["month"].lower()]
        )
        try:
            day = datetime(int(match["year"]), month, int(match["day"]))  # noqa: DTZ001  local by intent, see _candidate
            if match["hour"]:
                day = day.replace(hour=int(match["hour"]), minute=int(match["minute"]))
        except ValueError:
            continue
        return _candidate(day, provenance, has_time=bool(match["hour"]))
    return None


def is_dateline(text: str) -> bool:
    """True when a short line says hardly more than a date."""
    if len(text) > 80 or not any(character.isdigit() for character in text):
        return False
    rest = text
    for pattern in _WRITTEN:
        rest = pattern.sub("", rest)
    return rest != text and len(re.findall(r"\w", rest)) <= 12


def datelines(paragraphs: list[str]) -> tuple[Candidate, ...]:
    """The dates of those of the first paragraphs that say hardly more than a date."""
    found = (find_written(paragraph) for paragraph in paragraphs[:_TOP] if is_dateline(paragraph))
    return tuple(filter(None, found))


def choose(candidates: list[Candidate], *, language: Language, fetched_at: datetime) -> Candidate:
    """The candidate to believe, the first of the most trusted provenance inside the sanity window.

    The window is 1995 to two days after `fetched_at`. Falls back to `fetched_at` as FIRST_SEEN. Where a feed's instant
    comes without an offset, Ukrainian and Russian articles get Kyiv's, others zero.
    """
    sane = [c for c in candidates if _EARLIEST <= c.at <= fetched_at + _FUTURE]
    by = {provenance: [c for c in sane if c.provenance is provenance] for provenance in DateProvenance}
    feed = next(iter(by[DateProvenance.FEED]), None)
    page = next(iter(by[DateProvenance.METADATA]), None)
    if page and not page.has_time:
        page = next(
            (c for c in by[DateProvenance.METADATA] if c.has_time and abs(c.at - page.at) < _SAME), page
        )
    if page and (page.has_time or feed is None or abs(page.at - feed.at) > _SAME):
        return page
    if feed:
        return _localised(feed, language)
    visible = next((c for c in by[DateProvenance.VISIBLE] if c.has_time), None) or next(
        iter(by[DateProvenance.VISIBLE]), None
    )
    return visible or _localised(Candidate(at=fetched_at, provenance=DateProvenance.FIRST_SEEN), language)


def _localised(candidate: Candidate, language: Language) -> Candidate:
    """With the outlet's likely offset where none is known; zero says that the feed wrote GMT, or nothing."""
    if candidate.offset_minutes or language not in _LOCAL:
        return candidate
    return replace(candidate, offset_minutes=kyiv_offset_minutes(candidate.at))


def kyiv_offset_minutes(at: datetime) -> int:
    """Kyiv's UTC offset by the rule of the European Union (last Sundays of March and October, 01:00 UTC)."""
    start, end = _last_sunday(at.year, 3), _last_sunday(at.year, 10)
    return 180 if start <= at.astimezone(UTC) < end else 120


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def _candidate(moment: datetime, provenance: DateProvenance, *, has_time: bool) -> Candidate | None:
    if not has_time:
        moment = moment.replace(hour=12, minute=0, second=0, microsecond=0)
    if moment.tzinfo is None:
        guess = moment.replace(tzinfo=UTC)
        moment = moment.replace(
            tzinfo=timezone(timedelta(minutes=kyiv_offset_minutes(guess - timedelta(hours=2))))
        )
    offset = moment.utcoffset() or timedelta()
    try:
        at = moment.astimezone(UTC)
    except OverflowError:
        return None
    return Candidate(
        at=at, provenance=provenance, offset_minutes=int(offset.total_seconds() // 60), has_time=has_time
    )
