"""Delivering alerts: at least once, one id, the schedule, endpoints in trouble. Time is a variable; nothing sleeps."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from ingest.journal.sqlite import SqliteStore
from processors.codec import decode, encode
from processors.model import Alert, DeadLetter, Delivery, DeliveryStatus, Subscription
from processors.ports import NewMessage, Store
from processors.topology import ALERTS, SUBSCRIPTIONS
from search.deliverer import Deliverer
from search.outbound import Answer
from search.webhooks import SCHEDULE_S
from tests.fakes.claimed import NOW, alert, subscription
from tests.fakes.journal import MemoryStore


class Endpoints:
    """Stands for the network: answers by URL, remembers what was sent and when."""

    def __init__(self) -> None:
        self.now = NOW
        self.answers: dict[str, Answer] = {}
        self.sent: list[tuple[datetime, str, Mapping[str, str], bytes]] = []

    def clock(self) -> datetime:
        return self.now

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        self.sent.append((self.now, url, headers, body))
        return self.answers.get(url, Answer(status=204))

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for _, _, headers, _ in self.sent]


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made = MemoryStore() if request.param == "memory" else SqliteStore(tmp_path / "journal.db")
    yield made
    made.close()


@pytest.fixture
def endpoints() -> Endpoints:
    return Endpoints()


def _deliverer(store: Store, endpoints: Endpoints) -> Deliverer:
    return Deliverer(
        store, endpoints.post, clock=endpoints.clock, random=lambda: 0.0, base_url="http://127.0.0.1:8000"
    )


def _append(store: Store, *records: Subscription | Alert) -> None:
    topics = {Subscription: SUBSCRIPTIONS, Alert: ALERTS}
    store.append(
        [NewMessage(topic=topics[type(r)].name, key=topics[type(r)].key(r), value=encode(r)) for r in records]
    )


def _ledger(store: Store) -> list[Delivery]:
    return [decode(Delivery, message.value) for message in store.read("deliveries", after=0, limit=1000)]


def _run(deliverer: Deliverer, endpoints: Endpoints, until: timedelta) -> None:
    """Let time jump from one due moment to the next."""
    end = endpoints.now + until
    while (due := deliverer.deliver_due(endpoints.now)) is not None and due <= end:
        endpoints.now = max(due, endpoints.now + timedelta(milliseconds=1))


def test_an_alert_is_sent_once_and_recorded(store: Store, endpoints: Endpoints) -> None:
    _append(store, subscription(), alert())
    deliverer = _deliverer(store, endpoints)
    assert deliverer.deliver_due(NOW) is None
    assert deliverer.deliver_due(NOW + timedelta(days=1)) is None
    assert endpoints.ids == [alert().id]
    [entry] = _ledger(store)
    assert (entry.alert_id, entry.status, entry.attempt, entry.response_status) == (
        alert().id,
        DeliveryStatus.DELIVERED,
        1,
        204,
    )


def test_an_alert_that_comes_twice_in_the_log_is_sent_once(store: Store, endpoints: Endpoints) -> None:
    _append(store, subscription(), alert(), alert())
    deliverer = _deliverer(store, endpoints)
    deliverer.deliver_due(NOW)
    _append(store, alert())
    deliverer.deliver_due(NOW)
    _deliverer(store, endpoints).deliver_due(NOW)
    assert endpoints.ids == [alert().id]


def test_the_whole_schedule_with_one_id_and_one_body_then_failed(store: Store, endpoints: Endpoints) -> None:
    _append(store, subscription(), alert())
    endpoints.answers["https://hooks.example/in"] = Answer(status=500)
    # a success now and then elsewhere must not matter, and neither must a restart between any two attempts
    while (due := _deliverer(store, endpoints).deliver_due(endpoints.now)) is not None:
        endpoints.now = due
    moments = [at for at, *_ in endpoints.sent]
    assert [(b - a).total_seconds() for a, b in pairwise(moments)] == list(SCHEDULE_S[1:])
    assert len({(headers["webhook-id"], body) for _, _, headers, body in endpoints.sent}) == 1
    assert len({headers["webhook-timestamp"] for _, _, headers, _ in endpoints.sent}) == 10
    ledger = _ledger(store)
    assert [entry.attempt for entry in ledger] == list(range(1, 11))
    assert [entry.status for entry in ledger] == [DeliveryStatus.RETRYING] * 9 + [DeliveryStatus.FAILED]
    assert len({entry.id for entry in ledger}) == 10


def test_retry_after_is_honoured_when_it_is_longer(store: Store, endpoints: Endpoints) -> None:
    _append(store, subscription(), alert())
    endpoints.answers["https://hooks.example/in"] = Answer(status=429, retry_after="90")
    assert _deliverer(store, endpoints).deliver_due(NOW) == NOW + timedelta(seconds=90)


def test_an_endpoint_that_recovers_gets_the_alert(store: Store, endpoints: Endpoints) -> None:
    _append(store, subscription(), alert())
    endpoints.answers["https://hooks.example/in"] = Answer(status=None, error="timeout: x")
    deliverer = _deliverer(store, endpoints)
    due = deliverer.deliver_due(NOW)
    endpoints.answers.clear()
    endpoints.now = due
    assert deliverer.deliver_due(due) is None
    assert [entry.status for entry in _ledger(store)] == [DeliveryStatus.RETRYING, DeliveryStatus.DELIVERED]


def test_410_disables_the_subscription_and_holds_the_rest_until_it_is_enabled(
    store: Store, endpoints: Endpoints
) -> None:
    _append(store, subscription(), alert(name="d1"), alert(name="d2"))
    endpoints.answers["https://hooks.example/in"] = Answer(status=410)
    deliverer = _deliverer(store, endpoints)
    assert deliverer.deliver_due(NOW) is None
    assert len(endpoints.sent) == 1
    disabled = decode(Subscription, store.read("subscriptions", after=1, limit=1)[0].value)
    assert (disabled.active, disabled.version) == (False, 2)
    endpoints.answers.clear()
    assert _deliverer(store, endpoints).deliver_due(NOW + timedelta(days=30)) is None
    assert len(endpoints.sent) == 1
    _append(store, replace(disabled, active=True, version=3))
    deliverer.deliver_due(NOW + timedelta(days=30))
    assert set(endpoints.ids) == {alert(name="d1").id, alert(name="d2").id}


def test_an_endpoint_that_fails_for_five_days_is_disabled(store: Store, endpoints: Endpoints) -> None:
    _append(store, subscription())
    endpoints.answers["https://hooks.example/in"] = Answer(status=503)
    deliverer = _deliverer(store, endpoints)
    for day in range(6):
        _append(store, alert(name=f"day{day}"))
        _run(deliverer, endpoints, timedelta(days=1))
        endpoints.now = NOW + timedelta(days=day + 1)
    last = decode(Subscription, store.read("subscriptions", after=0, limit=9)[-1].value)
    assert last.active is False
    sent = len(endpoints.sent)
    _append(store, alert(name="later"))
    deliverer.deliver_due(endpoints.now + timedelta(days=9))
    assert len(endpoints.sent) == sent


def test_one_success_ends_the_count_of_days(store: Store, endpoints: Endpoints) -> None:
    _append(store, subscription())
    deliverer = _deliverer(store, endpoints)
    for day in range(9):
        endpoints.now = NOW + timedelta(days=day)
        up = day == 4
        endpoints.answers["https://hooks.example/in"] = Answer(status=200 if up else 500)
        _append(store, alert(name=f"day{day}"))
        deliverer.deliver_due(endpoints.now)
    assert len(store.read("subscriptions", after=0, limit=9)) == 1


def test_a_dead_endpoint_does_not_hold_up_another_and_is_not_asked_once_for_each_alert(
    store: Store, endpoints: Endpoints
) -> None:
    _append(
        store, subscription("dead", "https://dead.example/"), subscription("live", "https://live.example/")
    )
    _append(store, *(alert(who, f"d{n}") for n in range(20) for who in ("dead", "live")))
    endpoints.answers["https://dead.example/"] = Answer(status=None, error="timeout: x")
    _deliverer(store, endpoints).deliver_due(NOW)
    urls = [url for _, url, *_ in endpoints.sent]
    assert urls.count("https://live.example/") == 20
    assert urls.count("https://dead.example/") == 1


def test_an_alert_that_an_endpoint_refuses_does_not_hold_up_its_others(
    store: Store, endpoints: Endpoints
) -> None:
    _append(store, subscription(), *(alert(name=f"d{n}") for n in range(5)))
    endpoints.answers["https://hooks.example/in"] = Answer(status=400)
    _deliverer(store, endpoints).deliver_due(NOW)
    assert len(endpoints.sent) == 5


def test_an_alert_waits_for_its_subscription(store: Store, endpoints: Endpoints) -> None:
    _append(store, alert())
    deliverer = _deliverer(store, endpoints)
    assert deliverer.deliver_due(NOW) is None
    _append(store, subscription())
    deliverer.deliver_due(NOW)
    assert endpoints.ids == [alert().id]


def test_a_replay_sends_again_with_the_same_id_and_numbers_on(store: Store, endpoints: Endpoints) -> None:
    _append(store, subscription(), alert())
    deliverer = _deliverer(store, endpoints)
    deliverer.deliver_due(NOW)
    deliverer.replay(alert())
    restarted = _deliverer(store, endpoints)
    restarted.deliver_due(NOW)
    assert endpoints.ids == [alert().id] * 2
    assert [entry.attempt for entry in _ledger(store)] == [1, 2]


def test_an_edited_url_and_secret_are_used_from_the_next_attempt(store: Store, endpoints: Endpoints) -> None:
    _append(store, subscription(), alert())
    endpoints.answers["https://hooks.example/in"] = Answer(status=500)
    deliverer = _deliverer(store, endpoints)
    due = deliverer.deliver_due(NOW)
    _append(store, subscription(url="https://new.example/", version=2), subscription())
    endpoints.now = due
    deliverer.deliver_due(due)
    assert [url for _, url, *_ in endpoints.sent] == ["https://hooks.example/in", "https://new.example/"]


@pytest.mark.parametrize("topic", ["alerts", "subscriptions"])
def test_a_record_that_cannot_be_read_becomes_a_dead_letter_and_the_rest_go_on(
    store: Store, endpoints: Endpoints, topic: str
) -> None:
    store.append([NewMessage(topic=topic, key="k", value=b"{broken")])
    _append(store, subscription(), alert())
    _deliverer(store, endpoints).deliver_due(NOW)
    assert endpoints.ids == [alert().id]
    [letter] = [decode(DeadLetter, m.value) for m in store.read("dead_letters", after=0, limit=9)]
    assert (letter.stage, letter.topic, letter.payload, letter.reason) == (
        "deliver",
        topic,
        b"{broken",
        "undecodable",
    )


class Crash(BaseException):
    """Stands for SIGKILL."""


@pytest.mark.parametrize("after_sends", range(6))
def test_after_a_crash_between_send_and_record_the_same_message_is_sent_again(
    store: Store, endpoints: Endpoints, after_sends: int
) -> None:
    _append(store, subscription(), *(alert(name=f"d{n}") for n in range(5)))

    def crashing(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        endpoints.post(url, body, headers)
        if len(endpoints.sent) > after_sends:
            raise Crash
        return Answer(status=200)

    first = Deliverer(
        store, crashing, clock=endpoints.clock, random=lambda: 0.0, base_url="http://127.0.0.1:8000"
    )
    if after_sends < 5:
        with pytest.raises(Crash):
            first.deliver_due(NOW)
    else:
        first.deliver_due(NOW)
    _deliverer(store, endpoints).deliver_due(NOW)
    bodies: dict[str, set[bytes]] = {}
    for _, _, headers, body in endpoints.sent:
        bodies.setdefault(headers["webhook-id"], set()).add(body)
    assert set(bodies) == {alert(name=f"d{n}").id for n in range(5)}
    assert all(len(seen) == 1 for seen in bodies.values())
    assert len(endpoints.sent) <= 6
    assert len({entry.alert_id for entry in _ledger(store)}) == 5


def test_the_secret_is_in_no_delivery_and_no_dead_letter(store: Store, endpoints: Endpoints) -> None:
    _append(store, subscription(), alert())
    endpoints.answers["https://hooks.example/in"] = Answer(status=500)
    _deliverer(store, endpoints).deliver_due(NOW)
    secret = subscription().secret.removeprefix("whsec_").encode()
    assert all(
        secret not in m.value
        for topic in ("deliveries", "dead_letters")
        for m in store.read(topic, after=0, limit=9)
    )
