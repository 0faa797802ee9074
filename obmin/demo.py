"""The demo: the sample newsroom and a webhook receiver on loopback, and between them the ordinary pipeline.

Nothing in between is special: the ordinary poller polls, the ordinary deliverer delivers. Loopback is allow-listed for these
two ports alone.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

from obmin.actions import Desk, LocalActions
from obmin.config import Settings
from obmin.newsroom import Newsroom
from obmin.receiver import Arrival, Receiver
from obmin.wiring import Engine, Tuning, engine
from processors.addresses import Allowance
from processors.model import OutcomeStatus
from search.query import Collection, Index, Query

_LOOPBACK = ip_network("127.0.0.1/32")
#: Feeds are polled again after this pause, so that the edited article is seen while one watches.
_INTERVAL = "15s"
#: Rounds of `once`: two polls, and as many more as pages that fail for the moment need until they are given up.
_ROUNDS = 12

#: What the receiver is subscribed to.
SUBSCRIPTIONS: tuple[Mapping[str, Any], ...] = (
    {"name": "Every exchange and agreement", "kinds": ["exchange", "agreement"]},
    {"name": "Contradictions", "types": ["claim.contradicted"]},
    {"name": "Refusals and denials", "kinds": ["refusal", "denial", "suspension"]},
)


@dataclass(frozen=True, kw_only=True)
class Demo:
    """Everything that the demo started."""

    engine: Engine
    newsroom: Newsroom
    receiver: Receiver


@contextmanager
def demo(settings: Settings, told: Callable[[Arrival], None], *, base_url: str) -> Iterator[Demo]:
    """Newsroom, receiver and an engine that polls the one and alerts the other, until the end of the block."""
    newsroom, receiver = Newsroom(), Receiver(told)
    try:
        newsroom.start()
        with engine(
            demo_settings(settings, newsroom, receiver), tuning=Tuning(retry_base_s=1.0, base_url=base_url)
        ) as made:
            subscribe(made, receiver)
            yield Demo(engine=made, newsroom=newsroom, receiver=receiver)
    finally:
        newsroom.stop()
        receiver.close()


def demo_settings(settings: Settings, newsroom: Newsroom, receiver: Receiver) -> Settings:
    """Settings that poll the newsroom and may reach it and the receiver, but nothing else inside."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    sources = settings.data_dir / "newsroom.opml"
    sources.write_text(newsroom.opml(_INTERVAL), encoding="utf-8")
    ports = (int(newsroom.base.rpartition(":")[2]), receiver.port)
    allowed = tuple(Allowance(network=_LOOPBACK, port=port) for port in ports)
    return replace(settings, sources=sources, host_delay=0.0, allowed_networks=allowed)


def subscribe(made: Desk, receiver: Receiver) -> None:
    """Make the demo's subscriptions, and tell the receiver their secrets."""
    actions = LocalActions(made)
    for number, fields in enumerate(SUBSCRIPTIONS, 1):
        path = f"/hook/{number}"
        subscribed = actions.subscribe({**fields, "url": receiver.base + path})
        receiver.expect(path, subscribed.secret)


def run_once(running: Demo, progress: Callable[[str], None]) -> int:
    """Poll until nothing waits, twice at least so that the edit is seen, and process everything.

    Returns the number of entries that the poller found in the feeds.

    The clock that decides which feeds are due runs ahead of the real one, so no time is spent waiting.
    """
    made = running.engine
    entries = 0
    for number in range(_ROUNDS):
        now = made.clock() + timedelta(hours=number * 6)
        report = made.poller.poll_once(now)
        entries += report.counts["entries"]
        progress(f"poll {number + 1}: {_described(report.counts)}")
        made.settle()
        if number >= 1 and not report.pending:
            break
    while made.deliverer.deliver_due(made.clock() + timedelta(days=1)) is not None:
        progress("delivering")
    made.settle()  # sending has added to the ledger
    return entries


def _described(counts: Mapping[str, int]) -> str:
    return (
        ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items() if count)
        or "nothing new"
    )


def summary(index: Index, verified: int, entries: int | None = None) -> dict[str, Any]:
    """The counts of everything, and whether the outcomes balance: each entry has exactly one.

    `entries` is what the poller counted; without it, the addresses that have an outcome.
    """
    statuses = index.counts(Collection.OUTCOMES, "status")
    outcomes = {status.value: statuses.get(status.value, 0) for status in OutcomeStatus}
    entries = _total(index, Collection.OUTCOMES) if entries is None else entries
    return {
        "entries": entries,
        "articles": _total(index, Collection.ARTICLES),
        "claims": _total(index, Collection.CLAIMS, superseded="false"),
        "exchanges": _total(index, Collection.EXCHANGES, merged="false"),
        "disputed_exchanges": _total(index, Collection.EXCHANGES, merged="false", disputed="true"),
        "alerts": _total(index, Collection.ALERTS),
        "delivered_webhooks": _total(index, Collection.DELIVERIES, status="delivered"),
        "verified_webhooks": verified,
        "quarantined": _total(index, Collection.DEAD_LETTERS),
        "feeds": _total(index, Collection.FEEDS),
        "outcomes": outcomes,
        "balanced": entries == sum(outcomes.values()),
    }


def _total(index: Index, collection: Collection, **where: str) -> int:
    return index.search(Query(collection=collection, where=where, limit=1)).total
