"""The loops of a cluster that are our own: to the index, to the webhooks, and from an embedded journal into Kafka.

Each takes what it reads, deals with it, and only then commits: at least once, and ids make a repeat harmless.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar

from processors.codec import decode
from processors.errors import Reject, Retry
from processors.ports import Clock, Journal, Message, NewMessage, Store
from processors.runners.step import refusal
from processors.topology import ALERTS, CAPTURES, SUBSCRIPTIONS, TOPICS, Topic
from search.deliverer import Deliverer
from search.mapping import documents
from search.query import Document, Index

T = TypeVar("T")

logger = logging.getLogger("obmin")

#: All but the pages themselves, which stay in the log.
INDEXED: tuple[Topic, ...] = tuple(topic for topic in TOPICS if topic is not CAPTURES)
DELIVERED: tuple[Topic, ...] = (SUBSCRIPTIONS, ALERTS)
_POLL_S = 0.2
_RETRY_S = 1.0
_RETRY_LONGEST_S = 30.0
_EXPORT_BATCH = 200
_BY_NAME = {topic.name: topic for topic in TOPICS}


class Group(Protocol):
    """A member of a consumer group (`ingest.journal.kafka.KafkaGroup`)."""

    def poll(self, *, timeout_s: float) -> Sequence[Message]:
        """What came since the last poll."""

    def keep(self) -> None:
        """Stay a member while nothing is taken."""

    def commit(self) -> None:
        """Everything polled so far is dealt with."""


class Indexer:
    """Takes records from the log into the index. While the index is away it waits, and so does the log."""

    def __init__(self, group: Group, index: Index, journal: Journal, clock: Clock) -> None:
        self._group = group
        self._index = index
        self._journal = journal
        self._clock = clock

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set. Raises Stop."""
        while not stop.is_set():
            messages = _patiently(lambda: self._group.poll(timeout_s=_POLL_S), self._group, stop)
            if messages:
                _patiently(partial(self._take, messages), self._group, stop)

    def _take(self, messages: Sequence[Message]) -> None:
        try:
            self._index.apply([document for message in messages for document in documents_of(message)])
        except Reject:
            self._take_one_by_one(messages)
        self._group.commit()

    def _take_one_by_one(self, messages: Sequence[Message]) -> None:
        """Find the records that are refused, and make dead letters of them alone."""
        for message in messages:
            try:
                self._index.apply(documents_of(message))
            except Reject as error:
                self._journal.append(
                    refusal("index", _BY_NAME[message.topic], message.value, error, self._clock)
                )


class Sender:
    """Takes alerts and subscriptions from the log into the deliverer's own store, and has it deliver what is due."""

    def __init__(self, group: Group, store: Store, deliverer: Deliverer, clock: Clock) -> None:
        self._group = group
        self._store = store
        self._deliverer = deliverer
        self._clock = clock

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set. Raises Stop."""
        while not stop.is_set():
            messages = _patiently(lambda: self._group.poll(timeout_s=_POLL_S), self._group, stop)
            if messages:
                self._store.append([NewMessage(topic=m.topic, key=m.key, value=m.value) for m in messages])
                _patiently(self._group.commit, self._group, stop)
            _patiently(self._deliver, self._group, stop)

    def _deliver(self) -> datetime | None:
        return self._deliverer.deliver_due(self._clock())


def documents_of(message: Message) -> Sequence[Document]:
    """The documents of a record of the log. Raises Quarantined when it is not one."""
    return documents(decode(_BY_NAME[message.topic].type, message.value))


def _patiently(work: Callable[[], T], group: Group, stop: threading.Event) -> T | None:
    """Do the work, again and again while it raises Retry, with a growing pause in which the group membership is kept."""
    pause_s = _RETRY_S
    while not stop.is_set():
        try:
            return work()
        except Retry as error:
            logger.warning("%s; trying again", error)
            stop.wait(error.after_s or pause_s)
            pause_s = min(2 * pause_s, _RETRY_LONGEST_S)
            _keep(group)
    return None


def _keep(group: Group) -> None:
    try:
        group.keep()
    except Retry as error:
        logger.warning("%s", error)


def export_journal(store: Store, journal: Journal, progress: Callable[[int], None]) -> int:
    """Append the captures and subscriptions of an embedded journal to another one, which makes everything else of them.

    `progress` is told the number so far; returns the number in all. May be repeated: ids make a second copy harmless.
    """
    done = 0
    for topic in (SUBSCRIPTIONS, CAPTURES):
        after = 0
        while messages := store.read(topic.name, after=after, limit=_EXPORT_BATCH):
            journal.append([NewMessage(topic=m.topic, key=m.key, value=m.value) for m in messages])
            after = messages[-1].offset
            done += len(messages)
            progress(done)
    return done
