"""What a poller needs, in memory and under the test's control."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from ingest.connect import Dialer
from ingest.fetch import Fetcher
from processors.addresses import parse_allowance
from processors.codec import decode
from processors.errors import Retry
from processors.ports import NewMessage
from processors.topology import TOPICS

START = datetime(2024, 1, 4, 8, 0, tzinfo=UTC)


class HandClock:
    """A clock that moves when the test moves it."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now


class ListJournal:
    """A journal that only remembers; `down` makes it unreachable."""

    def __init__(self) -> None:
        self.messages: list[NewMessage] = []
        self.down = False

    def append(self, messages: Sequence[NewMessage]) -> None:
        if self.down:
            raise Retry("journal", "down")
        self.messages.extend(messages)

    def close(self) -> None:
        pass

    def records(self, topic: str) -> list:
        kind = next(known.type for known in TOPICS if known.name == topic)
        return [decode(kind, message.value) for message in self.messages if message.topic == topic]


def loopback_fetcher(*allowed: str, deadline_s: float = 10.0, clock=None, resolver=None) -> Fetcher:
    """A real fetcher that may talk to what is allowed, by default to every port of this machine's loopback."""
    rules = tuple(parse_allowance(text) for text in (allowed or ("127.0.0.0/8",)))
    dialer = Dialer(allowed=rules, resolver=resolver) if resolver else Dialer(allowed=rules)
    return Fetcher(
        dialer=dialer,
        user_agent="obmin/test (+https://example.org)",
        clock=clock or HandClock(),
        deadline_s=deadline_s,
    )
