"""JSON shapes of the API, as types: what `search.mapping` writes into the index and what errors look like.

tests/api compares them with real bodies, key by key, so that the OpenAPI description cannot drift.
"""

import datetime as dt
from dataclasses import dataclass

from processors.model import (
    DateProvenance,
    DeadLetterStatus,
    DeliveryStatus,
    DevelopmentType,
    Kind,
    Language,
    OutcomeStatus,
    Precision,
    Side,
    SlotSpan,
    Span,
    Verdict,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorDetail:
    """`code` is for programs, `message` for people; `column` (from 1, 0 for none) only for a faulty query."""

    code: str
    message: str
    column: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorBody:
    """The one shape of every error."""

    error: ErrorDetail


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleBody:
    """The newest version of an article. Spans of its claims count code points of `text`."""

    id: str
    article_id: str
    version_id: str
    capture_id: str
    url: str
    outlet: str
    title: str
    author: str
    text: str
    language: Language
    published_at: dt.datetime
    date_provenance: DateProvenance
    utc_offset_minutes: int
    fetched_at: dt.datetime
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A claim with its article. `ua_min` and `ua_max` bound the people returned to Ukraine, `ru_…` to Russia."""

    id: str
    kind: Kind
    evidence: str
    span: Span
    speaker: str | None
    speaker_id: str | None
    speaker_side: Side | None
    via: list[str]
    actor: Side | None
    ratio: str | None
    ordinal: int | None
    mediators: list[str]
    location: str | None
    background: bool
    event: str
    denies: str | None
    flags: list[str]
    slots: list[SlotSpan]
    rule: str
    ua_min: int | None
    ua_max: int | None
    ua_approx: bool
    ru_min: int | None
    ru_max: int | None
    ru_approx: bool
    ua_bodies_min: int | None
    ua_bodies_max: int | None
    ua_bodies_approx: bool
    ru_bodies_min: int | None
    ru_bodies_max: int | None
    ru_bodies_approx: bool
    date: str | None
    date_start: dt.date | None
    date_end: dt.date | None
    date_precision: Precision | None
    stated: str | None
    stated_start: dt.date | None
    stated_end: dt.date | None
    stated_precision: Precision | None
    article_id: str
    version_id: str
    url: str
    outlet: str
    title: str
    language: Language
    published_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimBody(ClaimRow):
    """A claim; `superseded` when a later version of its article no longer makes it."""

    superseded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeBody:
    """An exchange with a row for each claimant, and how their claims stand to each other."""

    id: str
    version: int
    label: str
    date: str | None
    date_start: dt.date | None
    date_end: dt.date | None
    date_precision: Precision | None
    claimants: list[ClaimRow]
    claimant_count: int
    verdicts: list[Verdict]
    parent_id: str | None
    merged_into: str | None
    merged: bool
    disputed: bool
    updated_at: dt.datetime
    ordinal: int | None
    claim_ids: list[str]
    article_ids: list[str]
    kinds: list[str]
    sides: list[str]
    speakers: list[str]
    speaker_ids: list[str]
    outlets: list[str]
    languages: list[str]
    mediators: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DevelopmentBody(ClaimRow):
    """What became known by one claim. `id` is the development's, `claim_id` the claim's."""

    claim_id: str
    type: DevelopmentType
    exchange_id: str
    other_ids: list[str]
    explanation: str
    occurred_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertBody(DevelopmentBody):
    """A development that a subscription asked for."""

    development_id: str
    subscription_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryBody:
    """One attempt to deliver an alert."""

    id: str
    alert_id: str
    subscription_id: str
    attempt: int
    status: DeliveryStatus
    response_status: int | None
    error: str
    attempted_at: dt.datetime
    next_attempt_at: dt.datetime | None
    latency_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionBody:
    """A subscription without its secret."""

    id: str
    name: str
    url: str
    kinds: list[Kind]
    types: list[DevelopmentType]
    sides: list[Side]
    speakers: list[str]
    outlets: list[str]
    languages: list[Language]
    min_count: int | None
    text: str
    active: bool
    created_at: dt.datetime
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetterBody:
    """A record in quarantine; `payload` is base64 of its first 64 KiB."""

    id: str
    stage: str
    topic: str
    key: str
    reason: str
    detail: str
    url: str
    outlet: str
    payload: str
    payload_bytes: int
    at: dt.datetime
    status: DeadLetterStatus
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyBody:
    """An article that says nearly the same as one seen before."""

    version_id: str
    article_id: str
    original_id: str
    outlet: str
    original_outlet: str
    distance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeBody:
    """What became of one URL."""

    url: str
    outlet: str
    status: OutcomeStatus
    reason: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedBody:
    """What the poller knows of one feed."""

    feed_url: str
    outlet: str
    etag: str
    last_modified: str
    body_sha256: str
    due_at: dt.datetime
    polled_at: dt.datetime | None
    succeeded_at: dt.datetime | None
    new_entry_at: dt.datetime | None
    failures: int
    error: str
    error_detail: str
    entries_seen: int
    polls: int
    paused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSubscriptionBody:
    """What a subscription is made of; every filter that is set must hold."""

    name: str
    url: str
    kinds: list[Kind] | None = None
    types: list[DevelopmentType] | None = None
    sides: list[Side] | None = None
    speakers: list[str] | None = None
    outlets: list[str] | None = None
    languages: list[Language] | None = None
    min_count: int | None = None
    text: str | None = None
