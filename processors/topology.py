"""The pipeline as data: topics, stages, and which stage reads and writes what. Runners interpret it.

A map is a function from one record to records. A fold is a function `(state, record) -> (changes, records)` over named
cells of bytes; the runner owns the cells. Neither touches a socket, a file, a clock or randomness.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

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


CAPTURES = Topic(name="captures", type=Capture, key=lambda r: urlsplit(r.url).hostname or r.outlet)
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
#: Where a cluster keeps the cells of the folds: key `fold/cell`, the cell's bytes as value; the last one of a key counts.
STATE_TOPIC = "state"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """What every runner runs, in two hops: a document's maps in a row, then the folds in a row.

    Within a hop a stage gets the hop's input and what the stages before it made. An input passes all stages of its hop
    or, when one refuses it, leaves nothing but a dead letter: a replay starts from a clean slate.
    """

    maps: tuple[MapStage, ...]
    folds: tuple[FoldStage, ...]
    #: Modules that the maps import when they first run: a process made for them loads these beforehand.
    modules: tuple[str, ...] = ()

    @property
    def entry(self) -> Topic:
        """The topic that the maps read."""
        return self.maps[0].takes

    @property
    def fold_entries(self) -> tuple[Topic, ...]:
        """The topics that the folds read: all they take but what they make themselves. In order of precedence."""
        made = {topic.name for stage in self.folds for topic in stage.emits}
        taken = {t.name: t for stage in reversed(self.folds) for t in stage.takes if t.name not in made}
        return tuple(taken.values())


# The stages are imported when they first run: they load HTML and language libraries (0.4 s), which a process that only
# names topics (the command line, the API, the poller) must not pay for.
# ruff: noqa: PLC0415


def _clean(capture: Capture) -> Iterable[ArticleVersion]:
    from processors.stages.clean import clean

    return clean(capture)


def _claims(article: ArticleVersion) -> Iterable[ArticleClaims]:
    from processors.stages.claims import claims

    return claims(article)


def _dedupe(state: Mapping[str, bytes], item: Any) -> tuple[Changes, Sequence[Any]]:  # noqa: ANN401  by its topics
    from processors.stages.dedupe import dedupe

    return dedupe(state, item)


def _corroborate(state: Mapping[str, bytes], item: Any) -> tuple[Changes, Sequence[Any]]:  # noqa: ANN401  by its topics
    from processors.stages.corroborate import corroborate

    return corroborate(state, item)


def _match(state: Mapping[str, bytes], item: Any) -> tuple[Changes, Sequence[Any]]:  # noqa: ANN401  by its topics
    from processors.stages.match import match

    return match(state, item)


PIPELINE = Pipeline(
    maps=(
        MapStage(name="clean", takes=CAPTURES, emits=(ARTICLES,), run=_clean),
        MapStage(name="claims", takes=ARTICLES, emits=(CLAIMS,), run=_claims),
    ),
    folds=(
        FoldStage(name="dedupe", takes=(CLAIMS,), emits=(COPIES, OUTCOMES), fold=_dedupe),
        FoldStage(name="corroborate", takes=(CLAIMS,), emits=(EXCHANGES, DEVELOPMENTS), fold=_corroborate),
        FoldStage(name="match", takes=(SUBSCRIPTIONS, DEVELOPMENTS), emits=(ALERTS,), fold=_match),
    ),
    modules=("processors.stages.clean", "processors.stages.claims"),
)
