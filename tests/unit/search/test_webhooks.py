"""Payload, signature and schedule of webhooks."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook

from processors.model import DeliveryStatus, Kind
from search.outbound import Answer
from search.webhooks import (
    LONGEST_WAIT_S,
    MAX_PAYLOAD_BYTES,
    SCHEDULE_S,
    asked_wait_s,
    delivery,
    next_attempt,
    payload,
    request,
)
from tests.fakes.claimed import NOW, SECRET, alert, claim, claimant, subscription


def test_the_payload_says_type_event_time_and_data_with_a_link() -> None:
    told = json.loads(payload(alert(), "http://127.0.0.1:8000/"))
    assert (told["type"], told["timestamp"]) == ("claim.created", "2024-01-04T12:00:00Z")
    data = told["data"]
    assert data["exchange_url"] == "http://127.0.0.1:8000/exchanges/e1"
    assert (data["kind"], data["speaker"], data["ua_min"], data["ua_max"]) == (
        "exchange",
        "Dmytro Lubinets",
        230,
        230,
    )
    assert (data["alert_id"], data["subscription_id"], data["id"]) == (alert().id, "s1", "d1")


def test_the_payload_of_an_endless_claim_stays_under_20_kb() -> None:
    endless = claim(
        evidence="є" * 100_000, mediators=tuple(f"mediator {n}" * 50 for n in range(500)), event="x" * 9000
    )
    long = alert(
        claimant=claimant(endless, title="т" * 50_000, url="https://x.example/" + "y" * 50_000),
        explanation="z" * 50_000,
    )
    body = payload(long, "http://127.0.0.1:8000")
    assert len(body) <= MAX_PAYLOAD_BYTES
    told = json.loads(body)["data"]
    assert told["truncated"] is True
    assert told["exchange_url"].endswith("/exchanges/e1")
    assert told["kind"] == Kind.EXCHANGE


def test_the_payload_holds_no_secret() -> None:
    signed = request(subscription(), alert(), "http://127.0.0.1:8000", NOW)
    assert SECRET.removeprefix("whsec_") not in signed.body.decode() + str(signed.headers)


def test_every_attempt_has_the_same_id_and_body_and_its_own_timestamp() -> None:
    first, second = (
        request(subscription(), alert(), "http://127.0.0.1:8000", NOW + timedelta(hours=n)) for n in (0, 5)
    )
    assert first.body == second.body
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == alert().id
    assert int(second.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) == 5 * 3600
    assert first.headers["webhook-signature"] != second.headers["webhook-signature"]


def test_the_signature_is_the_one_of_the_published_vector() -> None:
    at = datetime.fromtimestamp(1614265330, UTC)
    signature = Webhook(SECRET).sign("msg_p5jXN8AQM9LWM0D4loKWxJek", at, '{"test": 2432232314}')
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_receiver_verifies_what_is_signed_now() -> None:
    signed = request(subscription(), alert(), "http://127.0.0.1:8000", datetime.now(UTC))
    assert Webhook(SECRET).verify(signed.body, dict(signed.headers))["type"] == "claim.created"


def test_the_schedule_takes_75_hours_in_ten_attempts() -> None:
    assert len(SCHEDULE_S) == 10
    assert timedelta(seconds=sum(SCHEDULE_S)) == timedelta(hours=75, minutes=35, seconds=5)


@pytest.mark.parametrize(("attempt", "wait_s"), list(enumerate(SCHEDULE_S[1:], start=1)))
def test_each_wait_is_at_least_the_schedules_and_at_most_a_fifth_more(attempt: int, wait_s: int) -> None:
    assert next_attempt(attempt, "", NOW, 0.0) == NOW + timedelta(seconds=wait_s)
    assert next_attempt(attempt, "", NOW, 0.999) == NOW + timedelta(seconds=wait_s * (1 + 0.2 * 0.999))


def test_there_is_no_eleventh_attempt() -> None:
    assert next_attempt(10, "5", NOW, 0.0) is None


@pytest.mark.parametrize(
    ("header", "wait_s"),
    [
        ("", 0),
        ("120", 120),
        (" 120 ", 120),
        ("0", 0),
        ("-5", 0),
        ("1000000000000", LONGEST_WAIT_S),
        ("9" * 400, LONGEST_WAIT_S),
        ("soon", 0),
        ("٣", 0),
        ("Thu, 04 Jan 2024 12:10:00 GMT", 600),
        ("Thu, 04 Jan 2024 11:00:00 GMT", 0),
        ("Thu, 04 Jan 2094 12:10:00 GMT", LONGEST_WAIT_S),
        ("Thu, 99 Foo 2024 12:10:00 GMT", 0),
    ],
)
def test_retry_after_in_seconds_or_as_a_date_and_never_more_than_a_day(header: str, wait_s: float) -> None:
    assert asked_wait_s(header, NOW) == wait_s


@given(st.text(max_size=40))
def test_any_retry_after_is_a_wait_between_nothing_and_a_day(header: str) -> None:
    assert 0 <= asked_wait_s(header, NOW) <= LONGEST_WAIT_S


@pytest.mark.parametrize(
    ("status", "error", "outcome", "says"),
    [
        (200, "", DeliveryStatus.DELIVERED, ""),
        (204, "", DeliveryStatus.DELIVERED, ""),
        (299, "", DeliveryStatus.DELIVERED, ""),
        (302, "", DeliveryStatus.RETRYING, "redirects are not followed"),
        (400, "", DeliveryStatus.RETRYING, "answered 400"),
        (404, "", DeliveryStatus.RETRYING, "answered 404"),
        (410, "", DeliveryStatus.FAILED, "410"),
        (429, "", DeliveryStatus.RETRYING, "answered 429"),
        (500, "", DeliveryStatus.RETRYING, "answered 500"),
        (None, "timeout: x", DeliveryStatus.RETRYING, "timeout"),
    ],
)
def test_only_2xx_is_success_and_only_410_is_final(
    status: int | None, error: str, outcome: DeliveryStatus, says: str
) -> None:
    entry = delivery(alert(), 1, Answer(status=status, error=error, latency_ms=7), NOW, 0.0)
    assert (entry.status, entry.response_status, entry.latency_ms, entry.attempt) == (outcome, status, 7, 1)
    assert says in entry.error
    assert (entry.next_attempt_at is not None) == (outcome is DeliveryStatus.RETRYING)


def test_the_tenth_failure_is_final_and_a_replay_starts_the_schedule_again() -> None:
    down = Answer(status=503)
    assert delivery(alert(), 10, down, NOW, 0.0).status is DeliveryStatus.FAILED
    again = delivery(alert(), 11, down, NOW, 0.0, first=11)
    assert again.next_attempt_at == NOW + timedelta(seconds=5)


def test_each_attempt_has_an_id_of_its_own_that_never_changes() -> None:
    ids = [delivery(alert(), n, Answer(status=200), NOW, 0.0).id for n in (1, 2, 1)]
    assert ids[0] == ids[2] != ids[1]
