"""Settings to the processes of a cluster: the other half of the one place that chooses implementations."""

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cached_property
from typing import Protocol, TypeVar
from uuid import uuid4

from ingest.connect import Dialer
from ingest.fetch import Fetcher
from ingest.journal.kafka import Broker, KafkaGroup, KafkaJournal, Topics
from ingest.journal.sqlite import SqliteStore
from ingest.poll_state import SqlitePollState
from ingest.poller import Poller, PollerOptions
from ingest.sources import all_feeds, load_sources
from obmin.cluster import DELIVERED, INDEXED, Indexer, Sender, documents_of
from obmin.config import Settings
from obmin.extractors import stages
from obmin.wiring import USER_AGENT, Tuning, make_directory, sources_path, utc_now
from processors.errors import ConfigError, Stop
from processors.ports import Clock, Message, NewMessage
from processors.runners.changelog import Changelog
from processors.runners.faust_app import FaustRunner, FaustSettings
from processors.runners.pool import ProcessPool
from processors.topology import PIPELINE
from search.deliverer import Deliverer
from search.index.elastic import Cluster, ElasticIndex
from search.index.elastic_indices import Indices
from search.outbound import Sender as Post
from search.query import Collection, Document
from search.subscriptions import Subscriptions


class _Closable(Protocol):
    def close(self) -> None: ...


C = TypeVar("C", bound=_Closable)

HOPS = ("maps", "folds")
#: Only one worker at a time appends as this; Kafka fences the one before.
_FOLDS_ID = "obmin-folds"


class ScannedLog:
    """Reads a topic of Kafka as if it had one partition, whole at a time: for what analysts do, not for what streams."""

    def __init__(self, journal: KafkaJournal) -> None:
        self._journal = journal

    def append(self, messages: Sequence[NewMessage]) -> None:
        """Append to Kafka."""
        self._journal.append(messages)

    def read(self, topic: str, *, after: int, limit: int) -> Sequence[Message]:  # noqa: ARG002  all at once
        """Everything that the topic holds, numbered from 1; nothing behind that."""
        if after:
            return ()
        return [
            replace(message, offset=number) for number, message in enumerate(self._journal.scan(topic), 1)
        ]


class ClusterParts:
    """What the processes of a cluster are made of, each made when first used and closed together.

    Raises ConfigError when an address is missing, Stop when an engine refuses us, Retry when it does not answer.
    """

    def __init__(self, settings: Settings, *, clock: Clock = utc_now, tuning: Tuning | None = None) -> None:
        self.settings = settings
        self.clock = clock
        self._tuning = tuning or Tuning()
        self._open = ExitStack()

    @cached_property
    def broker(self) -> Broker:
        """Where Kafka is."""
        held = self.settings
        if not held.kafka:
            raise ConfigError(
                'The cluster needs Kafka: set kafka = "host:9092" (OBMIN_KAFKA), or runner = embedded.'
            )
        return Broker(
            bootstrap=held.kafka,
            protocol=held.kafka_protocol,
            mechanism=held.kafka_mechanism,
            username=held.kafka_username,
            password=held.kafka_password,
            ca_file=held.kafka_ca_file,
        )

    @cached_property
    def topics(self) -> Topics:
        """Creates and checks the topics."""
        return Topics(self.broker, partitions=self.settings.partitions, replication=self.settings.replication)

    @cached_property
    def journal(self) -> KafkaJournal:
        """Appends to Kafka. Raises Stop when a topic is missing."""
        problems = self.topics.problems()
        if problems:
            raise Stop(f"Kafka at {self.settings.kafka}: " + "; ".join(problems))
        return self._closed(KafkaJournal(self.broker))

    @cached_property
    def index(self) -> ElasticIndex:
        """Reads and writes Elasticsearch."""
        held = self.settings
        if not held.elasticsearch:
            raise ConfigError(
                'The cluster needs Elasticsearch: set elasticsearch = "http://host:9200" (OBMIN_ELASTICSEARCH).'
            )
        door = Cluster(
            held.elasticsearch, api_key=held.elasticsearch_api_key, ca_file=held.elasticsearch_ca_file
        )
        return self._closed(ElasticIndex(door))

    @cached_property
    def indices(self) -> Indices:
        """Creates, checks, migrates and rebuilds the indices."""
        return Indices(self.index, replicas=self.settings.replication - 1)

    @cached_property
    def poller(self) -> Poller:
        """Polls the sources into Kafka; what it remembers of them lies in the data directory."""
        held = self.settings
        make_directory(held.data_dir)
        return Poller(
            feeds=all_feeds(load_sources(sources_path(held))),
            fetcher=Fetcher(
                dialer=Dialer(allowed=held.allowed_networks), user_agent=USER_AGENT, clock=self.clock
            ),
            journal=self.journal,
            state=self._closed(SqlitePollState(held.data_dir / "poll.db")),
            clock=self.clock,
            chance=random.random,
            options=PollerOptions(
                host_delay_s=held.host_delay,
                threads=held.poll_threads,
                retry_base_s=self._tuning.retry_base_s,
            ),
        )

    @cached_property
    def subscriptions(self) -> Subscriptions:
        """Makes and edits subscriptions."""
        return Subscriptions(self.journal, clock=self.clock, allowed=self.settings.allowed_networks)

    @cached_property
    def store(self) -> ScannedLog:
        """The log, for reading a small topic whole and appending."""
        return ScannedLog(self.journal)

    def requeue(self, url: str) -> bool:  # noqa: ARG002  the poller is another process
        """False: only the process that polls can fetch a page again."""
        return False

    @cached_property
    def sender(self) -> Post:
        """Sends webhooks."""
        return Post(allowed=self.settings.allowed_networks)

    @property
    def base_url(self) -> str:
        """Where the pages are served."""
        return self._tuning.base_url or f"http://{self.settings.host}:{self.settings.port}"

    def worker(self, hops: tuple[str, ...] = HOPS) -> FaustRunner:
        """The Faust application with the hops that are named."""
        held = self.settings
        make_directory(held.data_dir / "faust")
        pool = ProcessPool(
            stages(held.extractors),
            self.clock,
            processes=held.processes or None,
            deadline_s=held.page_deadline,
        )
        runner = FaustRunner(
            FaustSettings(
                bootstrap=held.kafka,
                data_dir=held.data_dir / "faust",
                protocol=held.kafka_protocol,
                mechanism=held.kafka_mechanism,
                username=held.kafka_username,
                password=held.kafka_password,
                ca_file=held.kafka_ca_file,
            ),
            PIPELINE,
            pool=self._closed(pool),
            journal=self.journal,
            changelog=Changelog(
                self._closed(KafkaJournal(self.broker, transactional_id=_FOLDS_ID)), PIPELINE.folds
            ),
            clock=self.clock,
        )
        runner.add(hops)
        return runner

    def indexer(self) -> Indexer:
        """From the log to Elasticsearch."""
        group = KafkaGroup(self.broker, "obmin-index", [topic.name for topic in INDEXED])
        return Indexer(self._closed(group), self.index, self.journal, self.clock)

    def sending(self) -> Sender:
        """From the log to the webhooks; the schedule of retries lies in the data directory."""
        make_directory(self.settings.data_dir)
        store = self._closed(SqliteStore(self.settings.data_dir / "deliver.db"))
        deliverer = Deliverer(
            store,
            self.sender.post,
            clock=self.clock,
            random=random.random,
            base_url=self.base_url,
            ledger=self.journal,
        )
        group = KafkaGroup(self.broker, "obmin-deliver", [topic.name for topic in DELIVERED])
        return Sender(self._closed(group), store, deliverer, self.clock)

    def behind(self) -> Mapping[str, int]:
        """Number of messages that each group (of the worker, the indexer, the sender) has not committed."""
        watched = {
            "obmin": [topic.name for topic in (PIPELINE.entry, *PIPELINE.fold_entries)],
            "obmin-index": [topic.name for topic in INDEXED],
            "obmin-deliver": [topic.name for topic in DELIVERED],
        }
        waiting = {}
        for group, names in watched.items():
            member = KafkaGroup(self.broker, group, ())
            try:
                waiting[group] = sum(member.lag(name) for name in names)
            finally:
                member.close()
        return waiting

    def rebuild(self, *, keep: bool) -> Mapping[Collection, str]:
        """Fill new indices from the log and swap the aliases; the new names."""
        group = self._closed(
            KafkaGroup(self.broker, f"obmin-reindex-{uuid4().hex}", [t.name for t in INDEXED])
        )

        def documents() -> Iterator[Document]:
            """Those of the records that the log has got since the last call."""
            while any(group.lag(topic.name) for topic in INDEXED):
                for message in group.poll(timeout_s=1.0):
                    yield from documents_of(message)
                group.commit()

        return self.indices.rebuild(documents(), documents, keep=keep)

    def close(self) -> None:
        """Close what was made, the last first; may be called twice."""
        self._open.close()

    def _closed(self, part: C) -> C:
        self._open.callback(part.close)
        return part


@contextmanager
def cluster_parts(
    settings: Settings, *, clock: Clock = utc_now, tuning: Tuning | None = None
) -> Iterator[ClusterParts]:
    """Parts that are closed at the end of the block."""
    made = ClusterParts(settings, clock=clock, tuning=tuning)
    try:
        yield made
    finally:
        made.close()
