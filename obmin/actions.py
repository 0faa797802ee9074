"""What an analyst can do, on the journal of this process: the web application's `Actions`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from processors.codec import decode, encode, to_builtins
from processors.errors import Quarantined, Reject
from processors.model import (
    Alert,
    AlertId,
    ArticleId,
    Capture,
    Claim,
    Claimant,
    ClaimId,
    DeadLetter,
    DeadLetterStatus,
    Development,
    DevelopmentId,
    DevelopmentType,
    ExchangeId,
    Kind,
    Language,
    Span,
    Subscription,
    SubscriptionId,
    VersionId,
    content_id,
)
from processors.ports import Clock, Message, NewMessage
from processors.topology import CAPTURES, DEAD_LETTERS, SUBSCRIPTIONS, TOPIC_OF
from search.api import Subscribed
from search.outbound import Sender
from search.schemas import NewSubscriptionBody
from search.subscriptions import EDITABLE, Subscriptions, latest
from search.webhooks import delivery, request

_BATCH = 500


class Log(Protocol):
    """A journal that can be read from its start."""

    def append(self, messages: Sequence[NewMessage]) -> None:
        """Append all or none."""

    def read(self, topic: str, *, after: int, limit: int) -> Sequence[Message]:
        """Messages behind offset `after`, in order."""


class Desk(Protocol):
    """What actions need: `obmin.wiring.Engine`, or the parts of a cluster."""

    @property
    def store(self) -> Log:
        """Where everything is appended."""

    @property
    def clock(self) -> Clock:
        """Now."""

    @property
    def subscriptions(self) -> Subscriptions:
        """Makes and edits subscriptions."""

    @property
    def sender(self) -> Sender:
        """What sends webhooks."""

    @property
    def base_url(self) -> str:
        """Where the pages are served."""

    def requeue(self, url: str) -> bool:
        """Have a page fetched again; False when that cannot be asked from here."""


class LocalActions:
    """`Actions` on an engine. Safe from many threads: each writes by one append."""

    def __init__(self, engine: Desk) -> None:
        self._engine = engine
        self._store = engine.store

    def replay(self, letter_id: str) -> None:
        """Append the payload to its topic again, or let its page be fetched again."""
        letter = self._open_letter(letter_id)
        closed = _record(replace(letter, status=DeadLetterStatus.REPLAYED, version=letter.version + 1))
        if letter.topic:
            again = NewMessage(topic=letter.topic, key=letter.key, value=self._fresh(letter))
            self._store.append([again, closed])
        elif letter.url and self._engine.requeue(letter.url):
            self._store.append([closed])
        else:
            raise Reject(
                "not_replayable",
                "Nothing was kept that could be processed again; a feed is polled again by itself.",
            )

    def _fresh(self, letter: DeadLetter) -> bytes:
        """The payload to process again. A capture counts as received now, so that a second refusal is a letter of its own."""
        if letter.topic != CAPTURES.name:
            return letter.payload
        try:
            held = decode(Capture, letter.payload)
        except Quarantined:
            return letter.payload
        return encode(replace(held, origin="replay", fetched_at=self._engine.clock()))

    def discard(self, letter_id: str) -> None:
        """Close the dead letter."""
        letter = self._open_letter(letter_id)
        self._store.append(
            [_record(replace(letter, status=DeadLetterStatus.DISCARDED, version=letter.version + 1))]
        )

    def _open_letter(self, letter_id: str) -> DeadLetter:
        found: DeadLetter | None = None
        after = 0
        while messages := self._store.read(DEAD_LETTERS.name, after=after, limit=_BATCH):
            after = messages[-1].offset
            for message in messages:
                if message.key == letter_id:
                    found = decode(DeadLetter, message.value)
        if found is None:
            raise Reject("unknown", f"There is nothing in quarantine with the id {letter_id[:80]}.")
        if found.status is not DeadLetterStatus.OPEN:
            raise Reject("closed", f"This record was {found.status} before.")
        return found

    def subscribe(self, fields: Mapping[str, Any]) -> Subscribed:
        """Make a subscription of JSON-ready fields."""
        made = self._engine.subscriptions.create(**_typed(fields, require=("name", "url")))
        return Subscribed(id=made.id, secret=made.secret)

    def edit(self, subscription_id: str, fields: Mapping[str, Any]) -> None:
        """Change fields; `active: false` switches off."""
        held = self._held(subscription_id)
        changes = dict(fields)
        active = changes.pop("active", None)
        if active is not None and not isinstance(active, bool):
            raise Reject("subscription", "active: must be true or false")
        typed = _typed(changes, require=())
        if active is not None:
            typed["active"] = active
        if typed == {"active": False}:
            self._engine.subscriptions.disable(held)
        elif typed:
            self._engine.subscriptions.edit(held, **typed)

    def rotate(self, subscription_id: str) -> Subscribed:
        """A new secret for a subscription; from now on it signs every attempt."""
        made = self._engine.subscriptions.rotate_secret(self._held(subscription_id))
        return Subscribed(id=made.id, secret=made.secret)

    def test(self, subscription_id: str) -> Mapping[str, Any]:
        """Send a signed example through the code that sends alerts; the attempt as a delivery would be recorded."""
        held = self._held(subscription_id)
        now = self._engine.clock()
        alert = _example(held, now_id=str(now.timestamp()))
        alert = replace(alert, development=replace(alert.development, occurred_at=now))
        sent = request(held, alert, self._engine.base_url, now)
        answer = self._engine.sender.post(held.url, sent.body, sent.headers)
        result: dict[str, Any] = to_builtins(delivery(alert, 1, answer, now, 0.0))
        return {**result, "next_attempt_at": None}

    def _held(self, subscription_id: str) -> Subscription:
        held: dict[SubscriptionId, Subscription] = {}
        after = 0
        while messages := self._store.read(SUBSCRIPTIONS.name, after=after, limit=_BATCH):
            after = messages[-1].offset
            held |= latest(messages)
        found = held.get(SubscriptionId(subscription_id))
        if found is None:
            raise Reject("unknown", f"There is no subscription with the id {subscription_id[:80]}.")
        return found


def _record(record: object) -> NewMessage:
    topic = TOPIC_OF[type(record)]
    return NewMessage(topic=topic.name, key=topic.key(record), value=encode(record))


def _typed(fields: Mapping[str, Any], *, require: tuple[str, ...]) -> dict[str, Any]:
    """The fields as `Subscription` has them. Raises Reject for an unknown one or a wrong value."""
    known = [name for name in EDITABLE if name != "active"]
    for name in fields:
        if name not in known:
            raise Reject("subscription", f"{str(name)[:40]}: no such field; there are {', '.join(known)}")
    for name in require:
        if not fields.get(name):
            raise Reject("subscription", f"{name}: is needed")
    try:
        body = decode(NewSubscriptionBody, encode({"name": "", "url": "", **fields}))
    except Quarantined as error:
        raise Reject("subscription", error.detail.partition(": ")[2]) from error
    typed = {name: getattr(body, name) for name in fields}
    empty: dict[str, Any] = {"text": "", "min_count": None}
    return {
        name: empty.get(name, ()) if value is None else tuple(value) if isinstance(value, list) else value
        for name, value in typed.items()
    }


def _example(held: Subscription, *, now_id: str) -> Alert:
    """An invented development, marked as such, that has the form of every real one."""
    claim = Claim(
        id=ClaimId(content_id("example")),
        kind=Kind.EXCHANGE,
        evidence="This is a test of your subscription: 2 people were exchanged for 2.",
        span=Span(start=0, end=66),
        speaker="obmin",
        flags=("test",),
    )
    claimant = Claimant(
        claim=claim,
        article_id=ArticleId(content_id("example")),
        version_id=VersionId(content_id("example")),
        url="https://example.org/",
        outlet="obmin",
        title="A test of your subscription",
        language=Language.EN,
        published_at=held.created_at,
    )
    development = Development(
        id=DevelopmentId(content_id("example", now_id)),
        type=DevelopmentType.CREATED,
        exchange_id=ExchangeId(content_id("example")),
        claimant=claimant,
        explanation="This is a test; nothing was claimed.",
        occurred_at=held.created_at,
    )
    return Alert(
        id=AlertId(content_id("test", held.id, now_id)), subscription_id=held.id, development=development
    )
