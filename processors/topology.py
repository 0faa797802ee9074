"""The pipeline as data: topics, stages, and which stage reads and writes what. Runners interpret it.

A map is a function from one record to records. A fold is a function `(state, record) -> (changes, records)` over named
cells of bytes; the runner owns the cells. Neither touches a socket, a file, a clock or randomness.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from processors.model import (
    Alert,
    ArticleClaims,
    ArticleVersion,
    Capture,
    CopyLink,
    DeadLetter,
    Delivery,
    Development,
    Exchange,
    FeedState,
    Outcome,
    Subscription,
    content_id,
)
from processors.ports import Changes

Fold = Callable[[Mapping[str, bytes], Any], tuple[Changes, Sequence[Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """An append-only log of records of one type. Records with one key stay in order."""

    name: str
    type: type
    key: Callable[[Any], str]


CAPTURES = Topic(name="captures", type=Capture, key=lambda r: content_id(r.url))
ARTICLES = Topic(name="articles", type=ArticleVersion, key=lambda r: r.article_id)
CLAIMS = Topic(name="claims", type=ArticleClaims, key=lambda r: r.article_id)
COPIES = Topic(name="copies", type=CopyLink, key=lambda r: r.article_id)
EXCHANGES = Topic(name="exchanges", type=Exchange, key=lambda r: r.id)
DEVELOPMENTS = Topic(name="developments", type=Development, key=lambda r: r.exchange_id)
SUBSCRIPTIONS = Topic(name="subscriptions", type=Subscription, key=lambda r: r.id)
ALERTS = Topic(name="alerts", type=Alert, key=lambda r: r.subscription_id)
DELIVERIES = Topic(name="deliveries", type=Delivery, key=lambda r: r.alert_id)
OUTCOMES = Topic(name="outcomes", type=Outcome, key=lambda r: content_id(r.url))
DEAD_LETTERS = Topic(name="dead_letters", type=DeadLetter, key=lambda r: r.id)
FEEDS = Topic(name="feeds", type=FeedState, key=lambda r: content_id(r.feed_url))

TOPICS: tuple[Topic, ...] = (
    CAPTURES, ARTICLES, CLAIMS, COPIES, EXCHANGES, DEVELOPMENTS, SUBSCRIPTIONS, ALERTS, DELIVERIES, OUTCOMES, DEAD_LETTERS, FEEDS,
)  # fmt: skip
TOPIC_OF: Mapping[type, Topic] = {topic.type: topic for topic in TOPICS}


@dataclass(frozen=True, slots=True, kw_only=True)
class MapStage:
    """Stateless: may run anywhere, in any order, on many records at once. Raises Reject for a record it refuses."""

    name: str
    takes: Topic
    emits: tuple[Topic, ...]
    run: Callable[[Any], Iterable[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldStage:
    """Stateful: sees the records of its topics one by one, in order."""

    name: str
    takes: tuple[Topic, ...]
    emits: tuple[Topic, ...]
    fold: Fold
