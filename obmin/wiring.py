"""The one place that chooses implementations: settings to a working pipeline, or to an index that is only read."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from ingest.connect import Dialer
from ingest.fetch import Fetcher
from ingest.journal.sqlite import SqliteStore
from ingest.poll_state import SqlitePollState
from ingest.poller import Poller, PollerOptions
from ingest.sources import Source, all_feeds, load_sources
from obmin.config import Settings
from obmin.extractors import stages
from obmin.newsroom import seeds_directory
from processors.errors import ConfigError, Stop
from processors.ports import Clock
from processors.runners.child import load
from processors.runners.embedded import MAPS, Consumer, EmbeddedRunner
from processors.runners.pool import InlinePool, Pool, ProcessPool
from processors.topology import CAPTURES, TOPICS, Pipeline
from search.deliverer import Deliverer
from search.index.sqlite import SqliteIndex
from search.outbound import Sender
from search.query import Index
from search.sink import IndexSink
from search.subscriptions import Subscriptions

USER_AGENT = f"obmin/{version('obmin')} (news monitor)"
#: The index lies in the journal's file, so what a batch writes is searchable when the batch is committed.
_INDEXED = tuple(topic for topic in TOPICS if topic is not CAPTURES)


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """What the demo sets otherwise than a real run."""

    retry_base_s: float = 60.0
    #: The address of the pages, for links in webhooks; by default that of the settings.
    base_url: str = ""


class Engine:
    """The embedded pipeline on one file: journal, index, runner, poller, deliverer, made when first used.

    Raises Stop and ConfigError when a part cannot be made.
    """

    def __init__(self, settings: Settings, *, clock: Clock = utc_now, tuning: Tuning | None = None) -> None:
        _require_embedded(settings)
        self.settings = settings
        self.clock = clock
        self._tuning = tuning or Tuning()
        make_directory(settings.data_dir)
        self.store = SqliteStore(settings.database)
        self.index = SqliteIndex(self.store.connection)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """What is polled."""
        return load_sources(sources_path(self.settings))

    @cached_property
    def sender(self) -> Sender:
        """What sends webhooks."""
        return Sender(allowed=self.settings.allowed_networks)

    @cached_property
    def subscriptions(self) -> Subscriptions:
        """Makes and edits subscriptions."""
        return Subscriptions(self.store, clock=self.clock, allowed=self.settings.allowed_networks)

    @cached_property
    def poll_state(self) -> SqlitePollState:
        """The poller's memory, in the same file."""
        return SqlitePollState(self.store)

    @cached_property
    def poller(self) -> Poller:
        """Polls the sources into the journal."""
        settings = self.settings
        dialer = Dialer(allowed=settings.allowed_networks)
        return Poller(
            feeds=all_feeds(self.sources),
            fetcher=Fetcher(dialer=dialer, user_agent=USER_AGENT, clock=self.clock),
            journal=self.store,
            state=self.poll_state,
            clock=self.clock,
            chance=random.random,
            options=PollerOptions(
                host_delay_s=settings.host_delay,
                threads=settings.poll_threads,
                retry_base_s=self._tuning.retry_base_s,
            ),
        )

    def requeue(self, url: str) -> bool:
        """Have a page fetched again; False when it is not known."""
        return self.poller.requeue(url)

    @cached_property
    def deliverer(self) -> Deliverer:
        """Sends alerts to their endpoints."""
        return Deliverer(
            self.store, self.sender.post, clock=self.clock, random=random.random, base_url=self.base_url
        )

    @property
    def base_url(self) -> str:
        """Where the pages are served."""
        return self._tuning.base_url or f"http://{self.settings.host}:{self.settings.port}"

    @cached_property
    def _pipeline(self) -> Pipeline:
        return load(stages(self.settings.extractors))

    @cached_property
    def _pool(self) -> Pool:
        settings = self.settings
        return ProcessPool(
            stages(settings.extractors),
            self.clock,
            processes=settings.processes or None,
            deadline_s=settings.page_deadline,
        )

    @cached_property
    def runner(self) -> EmbeddedRunner:
        """Runs the stages and the index on what is in the journal."""
        return self._runner(self._pool)

    def _runner(self, pool: Pool) -> EmbeddedRunner:
        consumer = Consumer(name="index", topics=_INDEXED, sink=IndexSink(self.index))
        return EmbeddedRunner(self.store, self._pipeline, [consumer], pool, self.clock)

    def settle(self) -> None:
        """Work until everything in the journal went through; without child processes when no page waits."""
        waits = self.store.end(CAPTURES.name) > self.store.offset(MAPS, CAPTURES.name)
        # A runner remembers offsets: once the full one is made, no other may work beside it.
        full = waits or "runner" in self.__dict__
        (self.runner if full else self._runner(InlinePool(self._pipeline, self.clock))).run_until_idle()

    def close(self) -> None:
        """End child processes and release the file; may be called twice."""
        made = self.__dict__
        if "_pool" in made:
            self._pool.close()
        if "poll_state" in made:
            self.poll_state.close()
        self.index.close()
        self.store.close()


@contextmanager
def engine(settings: Settings, *, clock: Clock = utc_now, tuning: Tuning | None = None) -> Iterator[Engine]:
    """An engine that is closed at the end of the block."""
    made = Engine(settings, clock=clock, tuning=tuning)
    try:
        yield made
    finally:
        made.close()


@contextmanager
def reading(settings: Settings) -> Iterator[Index]:
    """The index for reading, beside a process that writes. Raises Stop when there is no database yet."""
    _require_embedded(settings)
    store = SqliteStore(settings.database, readonly=True)
    index = SqliteIndex(store.connection)
    try:
        yield index
    finally:
        index.close()
        store.close()


def sources_path(settings: Settings) -> Path:
    """The list of sources: the configured one, else the one that comes with obmin."""
    return settings.sources or seeds_directory() / "sources.opml"


def make_directory(path: Path) -> None:
    """Create a directory for data. Raises Stop that says what to do when that fails."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Stop(
            f"The data directory {path} cannot be made ({error.strerror}). "
            "Name another with --data-dir, or create it for this user."
        ) from error


def _require_embedded(settings: Settings) -> None:
    if settings.runner != "embedded":
        raise ConfigError(
            "This command works on the embedded runner only; runner = cluster is configured. "
            "Use `obmin poll`, `obmin worker` and `obmin serve` there."
        )
