"""What a webhook says and when it is tried again, after Standard Webhooks 1.0. Pure but for the signature's key.

An alert is one message: its id is the `webhook-id` of every attempt, the timestamp is the attempt's. The payload is the same
bytes in every attempt.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from standardwebhooks.webhooks import Webhook

from processors.codec import encode
from processors.model import Alert, Delivery, DeliveryId, DeliveryStatus, Subscription, content_id
from search.mapping import development_body
from search.outbound import Answer

#: Seconds from one attempt to the next: 75 hours in ten attempts.
SCHEDULE_S = (0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
#: Up to this part of a delay is added at random, so that many alerts do not return together.
JITTER = 0.2
#: The most that an endpoint's Retry-After may ask for.
LONGEST_WAIT_S = 86_400
MAX_PAYLOAD_BYTES = 20_000
GONE = 410

_SHORTENED = {"evidence": 1_500, "title": 300, "explanation": 600, "url": 1_000, "exchange_url": 2_000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A signed webhook, ready to be sent."""

    body: bytes
    headers: Mapping[str, str]


def payload(alert: Alert, base_url: str) -> bytes:
    """The JSON body: `type`, `timestamp` and `data`, under 20 kB; `base_url` is where the pages are served."""
    development = alert.development
    data = {
        **development_body(development),
        "alert_id": alert.id,
        "subscription_id": alert.subscription_id,
        "exchange_url": f"{base_url.rstrip('/')}/exchanges/{development.exchange_id}",
    }
    data.pop("slots")
    timestamp = development.occurred_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    body = encode({"type": development.type.value, "timestamp": timestamp, "data": data})
    if len(body) <= MAX_PAYLOAD_BYTES:
        return body
    return encode({"type": development.type.value, "timestamp": timestamp, "data": _shortened(data)})


def _shortened(data: Mapping[str, Any]) -> dict[str, Any]:
    """The same keys with long texts and lists cut; `truncated` tells the receiver to follow the link."""
    short: dict[str, Any] = {"truncated": True}
    for key, value in data.items():
        if isinstance(value, str):
            short[key] = value[: _SHORTENED.get(key, 200)]
        elif isinstance(value, list | tuple):
            short[key] = [str(item)[:100] for item in value[:10]]
        else:
            short[key] = value
    return short


def request(subscription: Subscription, alert: Alert, base_url: str, now: datetime) -> Request:
    """The webhook of one attempt, signed with the subscription's secret."""
    body = payload(alert, base_url)
    return Request(
        body=body,
        headers={
            "content-type": "application/json",
            "user-agent": "obmin",
            "webhook-id": alert.id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(subscription.secret).sign(alert.id, now, body.decode()),
        },
    )


def asked_wait_s(retry_after: str, now: datetime) -> float:
    """Seconds that a Retry-After header asks for, at most a day; 0 for none or nonsense."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(min(int(text[:12]), LONGEST_WAIT_S))
    try:
        until = parsedate_to_datetime(text)
        wait = (until if until.tzinfo else until.replace(tzinfo=UTC)) - now
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
    return min(max(wait.total_seconds(), 0.0), LONGEST_WAIT_S)


def next_attempt(attempt: int, retry_after: str, now: datetime, chance: float) -> datetime | None:
    """When to try again after the failed attempt with this number (from 1), None after the last. `chance` is in [0, 1)."""
    if attempt >= len(SCHEDULE_S):
        return None
    wait = SCHEDULE_S[attempt] * (1 + JITTER * chance)
    return now + timedelta(seconds=max(wait, asked_wait_s(retry_after, now)))


def delivery(
    alert: Alert, attempt: int, answer: Answer, now: datetime, chance: float, *, first: int = 1
) -> Delivery:
    """The ledger's entry of one attempt: delivered on 2xx only, final on 410 and after the schedule's end.

    `first` is the number of the first attempt of this run of the schedule: a replay starts a new run.
    """
    delivered = answer.status is not None and 200 <= answer.status < 300
    again = None
    if not delivered and answer.status != GONE:
        again = next_attempt(attempt - first + 1, answer.retry_after, now, chance)
    status = (
        DeliveryStatus.DELIVERED if delivered else DeliveryStatus.RETRYING if again else DeliveryStatus.FAILED
    )
    return Delivery(
        id=DeliveryId(content_id(alert.id, str(attempt))),
        alert_id=alert.id,
        subscription_id=alert.subscription_id,
        attempt=attempt,
        status=status,
        response_status=answer.status,
        error="" if delivered else _problem(answer),
        attempted_at=now,
        next_attempt_at=again,
        latency_ms=answer.latency_ms,
    )


def _problem(answer: Answer) -> str:
    if answer.status is None:
        return answer.error
    if answer.status == GONE:
        return "gone: the endpoint answered 410, so the subscription was disabled"
    if 300 <= answer.status < 400:
        return f"redirect: the endpoint answered {answer.status}; redirects are not followed, set the final address"
    return f"status: the endpoint answered {answer.status}"
