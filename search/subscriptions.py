"""Subscriptions as records of their topic: made, edited, disabled. The matcher and the deliverer read that topic."""

import base64
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from processors.addresses import Allowance
from processors.codec import decode, encode
from processors.errors import Reject
from processors.model import Subscription, SubscriptionId, content_id
from processors.ports import Journal, Message, NewMessage
from processors.topology import SUBSCRIPTIONS
from search.outbound import BlockedError, Resolver, resolve, vetted

SECRET_BYTES = 32
MAX_URL = 2_000
MAX_NAME = 200

#: Fields of a subscription that an edit may change.
EDITABLE = (
    "name",
    "url",
    "kinds",
    "types",
    "sides",
    "speakers",
    "outlets",
    "languages",
    "min_count",
    "text",
    "active",
)


class SubscriptionError(Reject):
    """A subscription that cannot be made: `field` is at fault, the message says what to do."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__("subscription", f"{field}: {message}")
        self.field = field
        self.message = message


def check_url(url: str, *, allowed: Sequence[Allowance] = (), resolver: Resolver = resolve) -> None:
    """Raise SubscriptionError unless a webhook may be sent to the URL.

    A name that does not resolve at the moment is accepted: every attempt is vetted again on the connected socket.
    """
    host, port = _endpoint(url)
    try:
        addresses = resolver(host, port)
    except (OSError, UnicodeError):
        return
    try:
        vetted(addresses, host, port, allowed)
    except BlockedError as error:
        raise SubscriptionError("url", str(error)) from error


def _endpoint(url: str) -> tuple[str, int]:
    """Host and port of a well-formed endpoint. Raises SubscriptionError."""
    if len(url) > MAX_URL:
        raise SubscriptionError("url", f"is longer than {MAX_URL} characters")
    if any(character <= " " or character in "\x7f\\" for character in url):
        raise SubscriptionError("url", "holds a space, a backslash or a control character")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise SubscriptionError("url", f"is not a URL ({error})") from error
    if parts.scheme not in ("http", "https"):
        raise SubscriptionError("url", "must begin with https:// or http://")
    if parts.username is not None or parts.password is not None:
        raise SubscriptionError("url", "must not hold a user name or password: the signature tells who sends")
    if parts.fragment:
        raise SubscriptionError("url", "must not hold a #fragment")
    if not parts.hostname or port == 0:
        raise SubscriptionError("url", "names no host that can be connected to")
    return parts.hostname, port or (443 if parts.scheme == "https" else 80)


def new_secret(token: Callable[[int], bytes] = secrets.token_bytes) -> str:
    """A signing secret of Standard Webhooks, `whsec_` and 32 random bytes."""
    return "whsec_" + base64.b64encode(token(SECRET_BYTES)).decode()


def check_secret(secret: str) -> None:
    """Raise SubscriptionError unless the secret is `whsec_` and the base64 of 24 to 64 bytes."""
    try:
        raw = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except ValueError:
        raw = b""
    if not secret.startswith("whsec_") or not 24 <= len(raw) <= 64:
        raise SubscriptionError(
            "secret", "must be whsec_ and the base64 of 24 to 64 random bytes; leave it out to get one"
        )


class Subscriptions:
    """Writes subscriptions to the journal. `clock` and `token` are the sources of time and randomness."""

    def __init__(
        self,
        journal: Journal,
        *,
        clock: Callable[[], datetime],
        allowed: Sequence[Allowance] = (),
        resolver: Resolver = resolve,
        token: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._allowed = tuple(allowed)
        self._resolver = resolver
        self._token = token

    def create(self, *, name: str, url: str, secret: str = "", **filters: Any) -> Subscription:  # noqa: ANN401  typed by Subscription
        """Make a subscription; its secret is in the result and is shown nowhere else. Raises SubscriptionError.

        `filters` are the fields of `Subscription` from `kinds` to `text`. An empty `secret` is replaced by a new one.
        """
        if secret:
            check_secret(secret)
        made = Subscription(
            id=SubscriptionId(content_id("subscription", self._token(16))),
            name=name,
            url=url,
            secret=secret or new_secret(self._token),
            created_at=self._clock(),
            **filters,
        )
        return self._write(made)

    def edit(self, held: Subscription, **changes: Any) -> Subscription:  # noqa: ANN401  typed by Subscription
        """A new version with the changes. Raises SubscriptionError."""
        for name in changes:
            if name not in EDITABLE:
                raise SubscriptionError(name, "cannot be changed")
        return self._write(replace(held, version=held.version + 1, **changes))

    def disable(self, held: Subscription) -> Subscription:
        """No alerts from now on; those on their way wait until it is enabled again."""
        return self._append(replace(held, active=False, version=held.version + 1))

    def enable(self, held: Subscription) -> Subscription:
        """Alerts again; those that waited are delivered. Raises SubscriptionError when the URL is no longer permitted."""
        return self.edit(held, active=True)

    def rotate_secret(self, held: Subscription) -> Subscription:
        """A new secret, which signs every attempt from now on."""
        return self._append(replace(held, secret=new_secret(self._token), version=held.version + 1))

    def _write(self, made: Subscription) -> Subscription:
        if not made.name.strip() or len(made.name) > MAX_NAME:
            raise SubscriptionError("name", f"must have 1 to {MAX_NAME} characters")
        if made.min_count is not None and made.min_count < 0:
            raise SubscriptionError("min_count", "must be 0 or more")
        check_url(made.url, allowed=self._allowed, resolver=self._resolver)
        return self._append(made)

    def _append(self, made: Subscription) -> Subscription:
        self._journal.append(
            [NewMessage(topic=SUBSCRIPTIONS.name, key=SUBSCRIPTIONS.key(made), value=encode(made))]
        )
        return made


def latest(messages: Iterable[Message]) -> dict[SubscriptionId, Subscription]:
    """The newest version of every subscription in messages of the topic."""
    held: dict[SubscriptionId, Subscription] = {}
    for message in messages:
        subscription = decode(Subscription, message.value)
        before = held.get(subscription.id)
        if before is None or subscription.version >= before.version:
            held[subscription.id] = subscription
    return held
