"""Replay: everything that was captured, through today's stages, into a new database beside the one in use."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest.journal.sqlite import SqliteStore
from obmin.config import Settings
from obmin.demo import summary
from obmin.wiring import Engine, engine, reading
from processors.errors import Stop
from processors.ports import NewMessage
from processors.topology import ALERTS, CAPTURES, DELIVERIES, FEEDS, OUTCOMES, SUBSCRIPTIONS, Topic
from search.deliverer import CONSUMER as DELIVERY

#: What is not made of captures and therefore taken over: when, and in this order, it came in.
_KEPT: tuple[Topic, ...] = (SUBSCRIPTIONS, OUTCOMES, FEEDS, DELIVERIES, CAPTURES)
_BATCH = 200


def rebuild(
    settings: Settings, into: Path, told: Callable[[str], None]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Counts of the database in use and of the new one. Raises Stop when `into` already holds a database.

    The alerts of the new one count as delivered: whoever was told once is not told again.
    """
    target = replace(settings, data_dir=into)
    if target.database.exists():
        raise Stop(f"{target.database} exists already; name a new directory for --into.")
    with reading(settings) as index:
        before = summary(index, 0)
    source = SqliteStore(settings.database, readonly=True)
    try:
        with engine(target) as made:
            for topic in _KEPT:
                _copy(source, made, topic, told)
            told("processing")
            made.settle()
            made.store.commit_offset(DELIVERY, ALERTS.name, made.store.end(ALERTS.name))
            return before, summary(made.index, 0)
    finally:
        source.close()


def _copy(source: SqliteStore, made: Engine, topic: Topic, told: Callable[[str], None]) -> None:
    after = 0
    while messages := source.read(topic.name, after=after, limit=_BATCH):
        after = messages[-1].offset
        told(f"copying {topic.name}: {after}")
        made.store.append([NewMessage(topic=m.topic, key=m.key, value=m.value) for m in messages])
