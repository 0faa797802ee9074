"""The records that the way in writes, with their ids. Pure."""

import hashlib
import zlib
from datetime import datetime

from processors.codec import encode
from processors.errors import Filtered, Reject
from processors.model import (
    Capture,
    CaptureId,
    DeadLetter,
    DeadLetterId,
    Outcome,
    OutcomeStatus,
    content_id,
)
from processors.ports import NewMessage
from processors.topology import TOPIC_OF

_SAMPLE_BYTES = 64 * 1024


def message(record: object) -> NewMessage:
    """The record as a message of its topic."""
    topic = TOPIC_OF[type(record)]
    return NewMessage(topic=topic.name, key=topic.key(record), value=encode(record))


def capture(
    *,
    url: str,
    outlet: str,
    body: bytes,
    content_type: str,
    now: datetime,
    final_url: str = "",
    status: int = 200,
    title: str = "",
    published_at: datetime | None = None,
    utc_offset_minutes: int = 0,
    origin: str = "feed",
) -> Capture:
    """The capture of `body` at `url`: the same URL with the same bytes has the same id."""
    return Capture(
        id=CaptureId(content_id(url, hashlib.sha256(body).digest())),
        url=url,
        final_url=final_url or url,
        outlet=outlet,
        fetched_at=now,
        status=status,
        content_type=content_type,
        body_zlib=zlib.compress(body, 1),
        body_bytes=len(body),
        entry_title=title,
        entry_published_at=published_at,
        entry_utc_offset_minutes=utc_offset_minutes,
        origin=origin,
    )


def outcome(url: str, outlet: str, status: OutcomeStatus, now: datetime, *, reason: str = "") -> Outcome:
    """What became of the URL."""
    return Outcome(url=url, outlet=outlet, status=status, reason=reason, at=now)


def refused(
    url: str, outlet: str, error: Reject, now: datetime, *, stage: str = "fetch", body: bytes = b""
) -> list[object]:
    """The records of a URL that ends here: its outcome and, unless it was only filtered, a dead letter."""
    if isinstance(error, Filtered):
        return [outcome(url, outlet, OutcomeStatus.FILTERED, now, reason=error.reason)]
    return [
        letter(error, stage=stage, url=url, outlet=outlet, now=now, body=body),
        outcome(url, outlet, OutcomeStatus.QUARANTINED, now, reason=error.reason),
    ]


def letter(
    error: Reject, *, stage: str, url: str, outlet: str, now: datetime, body: bytes = b""
) -> DeadLetter:
    """The dead letter of what could not be read, with at most 64 KiB of it.

    A second fault on a page or feed is a letter of its own; the same fault of the same imported bytes is the same letter.
    """
    sample = body[:_SAMPLE_BYTES]
    moment = "" if stage == "import" else now.isoformat()
    return DeadLetter(
        id=DeadLetterId(content_id(stage, url, error.reason, sample, moment)),
        stage=stage,
        topic="",
        key=url,
        reason=error.reason,
        detail=error.detail,
        url=url,
        outlet=outlet,
        payload=sample,
        at=now,
    )
