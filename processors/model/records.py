"""The records of the topics, one type a topic, each with its schema version."""

import zlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from processors.model.values import (
    AlertId,
    ArticleId,
    CaptureId,
    Claim,
    ClaimId,
    DateRange,
    DeadLetterId,
    DeliveryId,
    DevelopmentId,
    ExchangeId,
    Kind,
    Language,
    Side,
    SubscriptionId,
    VersionId,
    require_utc,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One page as it was received. Everything after can be replayed from captures."""

    schema: int = 1
    id: CaptureId
    url: str
    final_url: str
    outlet: str
    fetched_at: datetime
    status: int = 200
    content_type: str = ""
    #: The body after transfer decoding, zlib-compressed.
    body_zlib: bytes
    body_bytes: int
    #: What the feed said of it, hostile text.
    entry_title: str = ""
    entry_published_at: datetime | None = None
    #: UTC offset in minutes that the feed or the import gave `entry_published_at` with.
    entry_utc_offset_minutes: int = 0
    #: How it came: `feed`, `import`, `replay`.
    origin: str = "feed"

    def __post_init__(self) -> None:
        require_utc(fetched_at=self.fetched_at, entry_published_at=self.entry_published_at)

    def body(self) -> bytes:
        """The bytes as received, at most `body_bytes` of them."""
        return zlib.decompressobj().decompress(self.body_zlib, self.body_bytes) if self.body_bytes else b""


class DateProvenance(StrEnum):
    """Where an article's date comes from, most trusted first."""

    METADATA = "metadata"
    FEED = "feed"
    VISIBLE = "visible"
    FIRST_SEEN = "first_seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleVersion:
    """One text of one article. A changed text at the same URL is a new version of the same article."""

    schema: int = 1
    id: VersionId
    #: Hash of the canonical URL.
    article_id: ArticleId
    capture_id: CaptureId
    url: str
    outlet: str
    title: str
    author: str = ""
    #: Paragraphs separated by a blank line.
    text: str
    language: Language
    published_at: datetime
    date_provenance: DateProvenance
    #: UTC offset of the published date in minutes as the page gave it, so that "on Wednesday" means its Wednesday.
    utc_offset_minutes: int = 0
    fetched_at: datetime
    #: 64-bit SimHash of the text, as 16 hex digits.
    fingerprint: str

    def __post_init__(self) -> None:
        require_utc(published_at=self.published_at, fetched_at=self.fetched_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleClaims:
    """All claims of one article version (possibly none), with what the folds need to know of the article."""

    schema: int = 1
    version_id: VersionId
    article_id: ArticleId
    url: str
    outlet: str
    title: str
    language: Language
    published_at: datetime
    fetched_at: datetime
    fingerprint: str
    #: Number of words, so that very short texts are never called copies.
    words: int
    claims: tuple[Claim, ...] = ()
    #: Remarks on the whole, such as what was refused of a plug-in's candidates: `plugin:NAME refused 2: evidence`.
    flags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require_utc(published_at=self.published_at, fetched_at=self.fetched_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLink:
    """`version_id` says nearly the same as an article seen before; both are kept."""

    schema: int = 1
    version_id: VersionId
    article_id: ArticleId
    original_id: ArticleId
    outlet: str
    original_outlet: str
    #: Differing bits of the two fingerprints, 0 to 64.
    distance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """One row of an exchange: a claim, who made it, and where it was read."""

    claim: Claim
    article_id: ArticleId
    version_id: VersionId
    url: str
    outlet: str
    title: str
    language: Language
    published_at: datetime


class VerdictType(StrEnum):
    """What two claims about one exchange are to each other."""

    AGREES = "agrees"
    COMPATIBLE = "compatible"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How two claims of one exchange stand to each other, explained in a sentence."""

    verdict: VerdictType
    claim_id: ClaimId
    other_id: ClaimId
    #: The slot in question: `returned.UA`, `date`, `refusal`, …
    slot: str
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """The event that claims are about, with every claimant's value kept; never one "truth"."""

    schema: int = 1
    id: ExchangeId
    #: Grows with every change of this exchange; the index keeps the highest.
    version: int
    #: The day or days that most claims name, None while no claim dates it.
    date: DateRange | None
    label: str
    claimants: tuple[Claimant, ...]
    #: Claims without a row of their own, and their articles: the outlet had told the same before, or five others had.
    repeats: tuple[ClaimId, ...] = ()
    repeated_in: tuple[ArticleId, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    #: Exchanges of which this is a part, or that are part of this one.
    parent_id: ExchangeId | None = None
    #: Set on the last version of an id whose claims now belong to another exchange.
    merged_into: ExchangeId | None = None
    #: Latest ingest time of its claims.
    updated_at: datetime

    def __post_init__(self) -> None:
        require_utc(updated_at=self.updated_at)

    @property
    def disputed(self) -> bool:
        """True when any two claims contradict each other."""
        return any(v.verdict is VerdictType.CONTRADICTS for v in self.verdicts)


class DevelopmentType(StrEnum):
    """What happened to the claims about an exchange."""

    CREATED = "claim.created"
    CORROBORATED = "claim.corroborated"
    CHANGED = "claim.changed"
    CONTRADICTED = "claim.contradicted"
    RETRACTED = "claim.retracted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Development:
    """One thing that became known about an exchange by one article version."""

    schema: int = 1
    id: DevelopmentId
    type: DevelopmentType
    exchange_id: ExchangeId
    claimant: Claimant
    #: The claims that this one corroborates, changes or contradicts.
    other_ids: tuple[ClaimId, ...] = ()
    #: One sentence for the analyst.
    explanation: str
    occurred_at: datetime

    def __post_init__(self) -> None:
        require_utc(occurred_at=self.occurred_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A filter on developments with the endpoint that is called. Every filter that is set must hold; empty means any."""

    schema: int = 1
    id: SubscriptionId
    name: str
    url: str
    #: `whsec_…`, Standard Webhooks 1.0; never shown or logged.
    secret: str = field(repr=False)
    kinds: tuple[Kind, ...] = ()
    types: tuple[DevelopmentType, ...] = ()
    sides: tuple[Side, ...] = ()
    speakers: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    #: Least number of people returned to either side, by the claim's lower bound.
    min_count: int | None = None
    #: Words that must all occur in the evidence, the title or the speaker, any case.
    text: str = ""
    active: bool = True
    created_at: datetime
    #: Grows with every edit; deleting sets `active` to False.
    version: int = 1

    def __post_init__(self) -> None:
        require_utc(created_at=self.created_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A development that a subscription asked for. One per (subscription, development), one id for ever."""

    schema: int = 1
    id: AlertId
    subscription_id: SubscriptionId
    development: Development


class DeliveryStatus(StrEnum):
    """Where an alert stands on its way to the endpoint."""

    DELIVERED = "delivered"
    RETRYING = "retrying"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One attempt to deliver one alert."""

    schema: int = 1
    id: DeliveryId
    alert_id: AlertId
    subscription_id: SubscriptionId
    attempt: int
    status: DeliveryStatus
    #: HTTP status of the answer, None when there was none.
    response_status: int | None = None
    error: str = ""
    attempted_at: datetime
    next_attempt_at: datetime | None = None
    latency_ms: int = 0

    def __post_init__(self) -> None:
        require_utc(attempted_at=self.attempted_at, next_attempt_at=self.next_attempt_at)


class OutcomeStatus(StrEnum):
    """The one outcome of a URL. A later member outranks an earlier one, so counts do not depend on order."""

    PENDING = "pending"
    FILTERED = "filtered"
    QUARANTINED = "quarantined"
    DUPLICATE = "duplicate"
    INDEXED = "indexed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one URL that a feed or an import named."""

    schema: int = 1
    url: str
    outlet: str
    status: OutcomeStatus
    #: Why, in one word: `robots`, `wall`, `too_large`, `copy`, …; empty for pending and indexed.
    reason: str = ""
    at: datetime

    def __post_init__(self) -> None:
        require_utc(at=self.at)


class DeadLetterStatus(StrEnum):
    """What was done about a dead letter."""

    OPEN = "open"
    REPLAYED = "replayed"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A record (or a fetched body) that could not be processed, kept whole for replay."""

    schema: int = 1
    id: DeadLetterId
    #: The stage that refused it, and the topic to append `payload` to for a replay; empty when it was never a record.
    stage: str
    topic: str
    key: str = ""
    #: In one word, for counting; `detail` is for the reader.
    reason: str
    detail: str = ""
    url: str = ""
    outlet: str = ""
    payload: bytes = b""
    at: datetime
    status: DeadLetterStatus = DeadLetterStatus.OPEN
    version: int = 1

    def __post_init__(self) -> None:
        require_utc(at=self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What the poller knows of one feed."""

    schema: int = 1
    feed_url: str
    outlet: str
    etag: str = ""
    last_modified: str = ""
    body_sha256: str = ""
    due_at: datetime
    polled_at: datetime | None = None
    #: Last poll that succeeded, and the last that brought an entry never seen before.
    succeeded_at: datetime | None = None
    new_entry_at: datetime | None = None
    failures: int = 0
    #: Short word for the last failure, empty after a success.
    error: str = ""
    error_detail: str = ""
    entries_seen: int = 0
    #: Grows with every poll; the index keeps the highest.
    polls: int = 0
    paused: bool = False

    def __post_init__(self) -> None:
        require_utc(
            due_at=self.due_at,
            polled_at=self.polled_at,
            succeeded_at=self.succeeded_at,
            new_entry_at=self.new_entry_at,
        )
