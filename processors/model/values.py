"""Values of the trade: ids, languages, spans, quantities, dates and claims.

They are frozen and keyword-only. Instants (``_at``) are aware UTC; dates (``_on``) have no zone. Spans are half-open
and count code points of the article's text. Ids are content hashes (`content_id`): the same content has the same id on
every machine and in every run, so a repeat changes nothing. The slots of a `Claim` follow claims/CODEBOOK.md.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import NewType

CaptureId = NewType("CaptureId", str)
ArticleId = NewType("ArticleId", str)
VersionId = NewType("VersionId", str)
ClaimId = NewType("ClaimId", str)
ExchangeId = NewType("ExchangeId", str)
DevelopmentId = NewType("DevelopmentId", str)
SubscriptionId = NewType("SubscriptionId", str)
AlertId = NewType("AlertId", str)
DeliveryId = NewType("DeliveryId", str)
DeadLetterId = NewType("DeadLetterId", str)

_ID_VERSION = "1"


def content_id(*parts: str | bytes) -> str:
    """A version byte and 120 bits of BLAKE2b over the parts, each length-prefixed so that no two lists collide."""
    digest = hashlib.blake2b(digest_size=15)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return _ID_VERSION + digest.hexdigest()


def require_utc(**instants: datetime | None) -> None:
    """Raise ValueError for an instant that is naive or not in UTC: msgspec accepts both."""
    for name, instant in instants.items():
        if instant is not None and instant.utcoffset() != UTC.utcoffset(None):
            raise ValueError(f"{name} must be aware UTC, got {instant.isoformat()}")


class Language(StrEnum):
    """ISO 639-1, or OTHER for a language without a lexicon."""

    EN = "en"
    UK = "uk"
    RU = "ru"
    PL = "pl"
    OTHER = "other"


class Kind(StrEnum):
    """What the speaker asserts (CODEBOOK.md, "Kinds")."""

    EXCHANGE = "exchange"
    AGREEMENT = "agreement"
    OFFER = "offer"
    REFUSAL = "refusal"
    SUSPENSION = "suspension"
    LIST = "list"
    DENIAL = "denial"
    ACCUSATION = "accusation"
    VIOLATION = "violation"
    ASSESSMENT = "assessment"


class Side(StrEnum):
    """Whom a speaker speaks for, or who acts."""

    UA = "UA"
    RU = "RU"
    THIRD = "third"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Half-open range of code points in the article's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A count with its bounds: "over 200" is 200/None, "up to 230" None/230, "about 200" 200/200 approx."""

    min: int | None = None
    max: int | None = None
    approx: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BySide:
    """A quantity for each side that people (or remains) are returned *to*."""

    UA: Quantity | None = None
    RU: Quantity | None = None


class Precision(StrEnum):
    """How exactly the text dates an event."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRange:
    """First and last day, both inclusive, with the precision that the text supports."""

    start_on: date
    end_on: date
    precision: Precision
    #: Of a range: whether the text names only the month in which it begins, or ends ("from 8 February to the end of May").
    from_month: bool = field(default=False, compare=False)
    to_month: bool = field(default=False, compare=False)

    def iso(self) -> str:
        """`2024-01-03`, `2023-08`, `2023`, `2023-05/2023-08` or `2023-05-23/2023-08` (CODEBOOK.md, slot `date`)."""
        if self.precision is Precision.DAY:
            return self.start_on.isoformat()
        if self.precision is Precision.MONTH:
            return f"{self.start_on:%Y-%m}"
        if self.precision is Precision.YEAR:
            return f"{self.start_on:%Y}"
        whole_months = self.start_on.day == 1 and (self.end_on.month != _next_day(self.end_on).month)
        first = "%Y-%m" if whole_months or self.from_month else "%Y-%m-%d"
        last = "%Y-%m" if whole_months or self.to_month else "%Y-%m-%d"
        return f"{self.start_on:{first}}/{self.end_on:{last}}"


def _next_day(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotSpan:
    """Where in the article's text a slot's value stands. `slot` is a name of CODEBOOK.md, `returned.UA` for a side."""

    slot: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One kind about one event by one speaker in one article version."""

    id: ClaimId
    kind: Kind
    #: The sentence that carries the claim, verbatim, and where it stands.
    evidence: str
    span: Span
    #: Display name of the innermost source; None when the outlet speaks in its own voice.
    speaker: str | None = None
    #: Id in the registry of speakers, `unk:<folded name>` for one that it does not know.
    speaker_id: str | None = None
    speaker_side: Side | None = None
    via: tuple[str, ...] = ()
    actor: Side | None = None
    returned: BySide = BySide()
    bodies: BySide = BySide()
    ratio: str | None = None
    ordinal: int | None = None
    mediators: tuple[str, ...] = ()
    date: DateRange | None = None
    stated: DateRange | None = None
    location: str | None = None
    background: bool = False
    #: Label of the event inside this article: claims with one label are about one exchange or proposal.
    event: str = ""
    #: On a denial: the claim of this article that it answers.
    denies: ClaimId | None = None
    #: Remarks for the reader, such as `date-conflict`.
    flags: tuple[str, ...] = ()
    slots: tuple[SlotSpan, ...] = ()
    #: Id of the rule that fired, for `obmin explain`.
    rule: str = ""
