"""What the web application asks of the rest, as contracts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from search.query import Index


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Whether the service works; `checks` says by part `ok` or what is wrong."""

    ok: bool
    checks: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribed:
    """A subscription that was just made, and its secret, which is shown this once."""

    id: str
    secret: str


class Actions(Protocol):
    """What an analyst can do. Called from many threads; each is durable when it returns.

    Raises Reject (a bad value, an unknown id) with a message for the reader, Retry and Stop.
    """

    def replay(self, letter_id: str) -> None:
        """Append the dead letter's payload to its topic again, or let its page be fetched again."""

    def discard(self, letter_id: str) -> None:
        """Close the dead letter."""

    def subscribe(self, fields: Mapping[str, Any]) -> Subscribed:
        """Make a subscription of JSON-ready fields (those of `Subscription`, without id, secret and times)."""

    def edit(self, subscription_id: str, fields: Mapping[str, Any]) -> None:
        """Change fields of a subscription; `active: false` switches it off."""

    def rotate(self, subscription_id: str) -> Subscribed:
        """A new secret for a subscription; from now on it signs every attempt."""

    def test(self, subscription_id: str) -> Mapping[str, Any]:
        """Send a signed example to the endpoint now; the delivery's body."""


#: The sentences of an article's text, each with what the extractor saw in it (`text`, `notes`).
Explain = Callable[[Mapping[str, Any]], Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, kw_only=True)
class Services:
    """What the application works with."""

    index: Index
    actions: Actions
    health: Callable[[], Health]
    #: Gauges and counters beside those that the index gives: name to value.
    gauges: Callable[[], Mapping[str, float]] = field(default=dict)
    explain: Explain | None = None
