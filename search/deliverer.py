"""Alerts to webhooks: keeps what is due, attempts it, writes each attempt to the ledger. At least once, with one id.

What is pending lies in the store's cells. An attempt is sent first and recorded after, so that a crash between the two sends
the same message again with the same `webhook-id`. An alert is recorded as taken when its topic's offset is committed, in one
transaction, so none is forgotten.
"""

import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from processors.codec import decode, encode
from processors.errors import Quarantined
from processors.model import (
    Alert,
    AlertId,
    DeadLetter,
    DeadLetterId,
    Delivery,
    DeliveryStatus,
    Subscription,
    SubscriptionId,
    content_id,
)
from processors.ports import Clock, Journal, Message, NewMessage, Store
from processors.topology import ALERTS, DEAD_LETTERS, DELIVERIES, SUBSCRIPTIONS
from search.outbound import Answer
from search.webhooks import GONE, delivery, request

CONSUMER = "deliver"
#: One endpoint's alerts are sent one after the other, at most this many in a round; endpoints are served side by side.
PER_ROUND = 50
WORKERS = 8
#: An endpoint where every attempt failed for so long is disabled; its alerts wait until it is enabled again.
DISABLE_AFTER = timedelta(days=5)
LONGEST_POSTPONEMENT = timedelta(minutes=5)
_BATCH = 500

Post = Callable[[str, bytes, Mapping[str, str]], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """An alert on its way: `attempt` is the number of the next attempt, `first` that of the first in this run."""

    alert: Alert
    attempt: int = 1
    first: int = 1
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempted:
    pending: Pending
    answer: Answer
    at: datetime


class Deliverer:
    """Delivers the alerts of a store's log.

    `post` sends (`search.outbound.Sender().post`), `clock` gives the time of an attempt, `random` a number in [0, 1) for
    jitter. `ledger` is where deliveries and disabled subscriptions are appended, the store itself by default. Call
    `deliver_due` from one thread.
    """

    def __init__(
        self,
        store: Store,
        post: Post,
        *,
        clock: Clock,
        random: Callable[[], float],
        base_url: str,
        ledger: Journal | None = None,
    ) -> None:
        self._store = store
        self._ledger = ledger or store
        self._post = post
        self._clock = clock
        self._random = random
        self._base_url = base_url
        self._cells = store.state(CONSUMER)
        self._pending: dict[AlertId, Pending] = {}
        self._subscriptions: dict[SubscriptionId, Subscription] = {}
        self._load()

    def _load(self) -> None:
        for name in list(self._cells):
            if name.startswith("pending/"):
                pending = decode(Pending, self._cells[name])
                self._pending[pending.alert.id] = pending
            elif name.startswith("subscription/"):
                subscription = decode(Subscription, self._cells[name])
                self._subscriptions[subscription.id] = subscription

    def deliver_due(self, now: datetime) -> datetime | None:
        """Take new alerts, attempt everything that is due at `now`; when to call again at the latest, None for no need.

        Takes up to 15 s for each endpoint that does not answer; endpoints are served side by side.
        """
        self._take(now)
        groups = self._due(now)
        if groups:
            self._attempt(groups)
        waiting = [pending.due_at for pending in self._pending.values() if self._active(pending)]
        return min(waiting, default=None)

    def replay(self, alert: Alert) -> None:
        """Send an alert again, whatever became of it, with its id and with attempts numbered on."""
        held = self._pending.get(alert.id)
        done = held.attempt - 1 if held else int(self._cells.get(f"seen/{alert.id}", b"0"))
        pending = Pending(alert=alert, attempt=done + 1, first=done + 1, due_at=self._clock())
        self._store.put_state(CONSUMER, {f"pending/{alert.id}": encode(pending)})
        self._pending[alert.id] = pending

    def _active(self, pending: Pending) -> bool:
        subscription = self._subscriptions.get(pending.alert.subscription_id)
        return subscription is not None and subscription.active

    def _take(self, now: datetime) -> None:
        """Make what the logs newly hold our own: subscriptions first, since an alert needs its own."""
        for topic, kind in ((SUBSCRIPTIONS, Subscription), (ALERTS, Alert)):
            while messages := self._store.read(
                topic.name, after=self._store.offset(CONSUMER, topic.name), limit=_BATCH
            ):
                self._take_batch(topic.name, kind, messages, now)

    def _take_batch(
        self, topic: str, kind: type[Subscription | Alert], messages: Sequence[Message], now: datetime
    ) -> None:
        subscriptions: dict[SubscriptionId, Subscription] = {}
        pending: dict[AlertId, Pending] = {}
        broken: list[NewMessage] = []
        for message in messages:
            try:
                record = decode(kind, message.value)
            except Quarantined as error:
                broken.append(self._dead_letter(message, error))
                continue
            if isinstance(record, Alert):
                if not self._known(record):
                    pending[record.id] = Pending(alert=record, due_at=now)
            elif self._newer(record, subscriptions):
                subscriptions[record.id] = record
        with self._store.transaction():
            self._store.put_state(
                CONSUMER, {f"pending/{key}": encode(value) for key, value in pending.items()}
            )
            self._store.put_state(
                CONSUMER, {f"subscription/{key}": encode(value) for key, value in subscriptions.items()}
            )
            self._store.commit_offset(CONSUMER, topic, messages[-1].offset)
            self._ledger.append(broken)
        self._pending.update(pending)
        self._subscriptions.update(subscriptions)

    def _known(self, alert: Alert) -> bool:
        return alert.id in self._pending or f"seen/{alert.id}" in self._cells

    def _newer(self, record: Subscription, batch: Mapping[SubscriptionId, Subscription]) -> bool:
        held = batch.get(record.id) or self._subscriptions.get(record.id)
        return held is None or record.version >= held.version

    def _dead_letter(self, message: Message, error: Quarantined) -> NewMessage:
        place = f"{message.topic}/{message.offset}"
        letter = DeadLetter(
            id=DeadLetterId(content_id(CONSUMER, place)),
            stage=CONSUMER,
            topic=message.topic,
            key=message.key,
            reason=error.reason,
            detail=error.detail,
            payload=message.value,
            at=self._clock(),
        )
        return NewMessage(topic=DEAD_LETTERS.name, key=DEAD_LETTERS.key(letter), value=encode(letter))

    def _due(self, now: datetime) -> list[list[Pending]]:
        groups: dict[SubscriptionId, list[Pending]] = {}
        for pending in sorted(self._pending.values(), key=lambda item: (item.due_at, item.alert.id)):
            if pending.due_at <= now and self._active(pending):
                groups.setdefault(pending.alert.subscription_id, []).append(pending)
        return [group[:PER_ROUND] for group in groups.values()]

    def _attempt(self, groups: Sequence[list[Pending]]) -> None:
        """Attempt the groups side by side; record each attempt as soon as it has ended."""
        waiting: queue.SimpleQueue[list[Pending]] = queue.SimpleQueue()
        ended: queue.SimpleQueue[_Attempted | BaseException | None] = queue.SimpleQueue()
        for group in groups:
            waiting.put(group)
        workers = min(WORKERS, len(groups))
        for _ in range(workers):
            threading.Thread(target=self._work, args=(waiting, ended), name="deliver", daemon=True).start()
        while workers:
            attempted = ended.get()
            if isinstance(attempted, _Attempted):
                self._record(attempted)
            elif attempted is None:
                workers -= 1
            else:
                raise attempted

    def _work(
        self,
        waiting: "queue.SimpleQueue[list[Pending]]",
        ended: "queue.SimpleQueue[_Attempted | BaseException | None]",
    ) -> None:
        try:
            while True:
                self._send_group(waiting.get_nowait(), ended)
        except queue.Empty:
            ended.put(None)
        except BaseException as error:  # noqa: BLE001  raised again in the calling thread
            ended.put(error)

    def _send_group(
        self, group: list[Pending], ended: "queue.SimpleQueue[_Attempted | BaseException | None]"
    ) -> None:
        for pending in group:
            subscription = self._subscriptions[pending.alert.subscription_id]
            at = self._clock()
            signed = request(subscription, pending.alert, self._base_url, at)
            answer = self._post(subscription.url, signed.body, signed.headers)
            ended.put(_Attempted(pending=pending, answer=answer, at=at))
            if _in_trouble(answer):
                return  # the rest of its alerts stay due

    def _record(self, attempted: _Attempted) -> None:
        pending = attempted.pending
        entry = delivery(
            pending.alert,
            pending.attempt,
            attempted.answer,
            attempted.at,
            self._random(),
            first=pending.first,
        )
        again = entry.next_attempt_at
        later = replace(pending, attempt=pending.attempt + 1, due_at=again) if again else None
        changes: dict[str, bytes | None] = {f"pending/{entry.alert_id}": encode(later) if later else None}
        if later is None:
            changes[f"seen/{entry.alert_id}"] = str(pending.attempt).encode()
        news = [NewMessage(topic=DELIVERIES.name, key=DELIVERIES.key(entry), value=encode(entry))]
        news += self._judged(entry, changes)
        with self._store.transaction():
            self._ledger.append(news)
            self._store.put_state(CONSUMER, changes)
        if later is None:
            self._pending.pop(entry.alert_id, None)
        else:
            self._pending[entry.alert_id] = later
            if _in_trouble(attempted.answer):
                self._postpone(later, attempted.at)

    def _postpone(self, failed: Pending, now: datetime) -> None:
        """Let an endpoint's other alerts wait a little, so that a dead endpoint is not asked once for each of them."""
        until = min(failed.due_at, now + LONGEST_POSTPONEMENT)
        for alert_id, pending in self._pending.items():
            if pending.alert.subscription_id == failed.alert.subscription_id and pending.due_at < until:
                self._pending[alert_id] = replace(pending, due_at=until)

    def _judged(self, entry: Delivery, changes: dict[str, bytes | None]) -> list[NewMessage]:
        """Keep since when an endpoint fails; disable it when it is gone or has failed for too long."""
        cell = f"failing/{entry.subscription_id}"
        if entry.status is DeliveryStatus.DELIVERED:
            changes[cell] = None
            return []
        since = decode(datetime, self._cells[cell]) if cell in self._cells else entry.attempted_at
        changes[cell] = encode(since)
        subscription = self._subscriptions[entry.subscription_id]
        dead = entry.response_status == GONE or entry.attempted_at - since >= DISABLE_AFTER
        if not dead or not subscription.active:
            return []
        changes[cell] = None
        disabled = replace(subscription, active=False, version=subscription.version + 1)
        self._subscriptions[disabled.id] = disabled
        changes[f"subscription/{disabled.id}"] = encode(disabled)
        return [NewMessage(topic=SUBSCRIPTIONS.name, key=SUBSCRIPTIONS.key(disabled), value=encode(disabled))]


def _in_trouble(answer: Answer) -> bool:
    """True when the endpoint itself is at fault, not this one message."""
    return answer.status is None or answer.status == GONE or answer.status >= 429
