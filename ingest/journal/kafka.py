"""The journal on Kafka: producing, reading back, consuming in a group, and the topics. The only importer of kafka-python.

Producers wait for all replicas and are idempotent (kafka-python 3 defaults). Page bodies are compressed before they get here
(`Capture.body_zlib`), so batches are not compressed again. One limit on the size of a message is agreed between producer, topic
and consumer: a page of 2 MB that does not compress is 2.7 MB in base64, and as a dead letter 3.6 MB.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kafka import (
    ConsumerRebalanceListener,
    KafkaAdminClient,
    KafkaConsumer,
    KafkaProducer,
    TopicPartition,
)
from kafka.admin import NewTopic
from kafka.errors import (
    AuthorizationError,
    IncompatibleBrokerVersion,
    InvalidProducerEpochError,
    KafkaConfigurationError,
    KafkaError,
    KafkaTimeoutError,
    MessageSizeTooLargeError,
    ProducerFencedError,
    SaslAuthenticationFailedError,
    TopicAlreadyExistsError,
    TransactionCoordinatorFencedError,
    UnknownTopicOrPartitionError,
    UnsupportedVersionError,
)

from processors.errors import Quarantined, Retry, Stop
from processors.ports import Message, NewMessage
from processors.topology import STATE_TOPIC, TOPICS

MAX_MESSAGE_BYTES = 4 * 1024 * 1024
#: A killed consumer's partitions are given to another after this; the goal is a takeover within 15 s.
SESSION_TIMEOUT_MS = 6_000
#: Longest pause before another attempt to reach a broker, that of the Java clients; kafka-python's is 30 s, longer than an
#: append waits, so that an outage of a minute went on for up to another.
RECONNECT_MS = 1_000
#: Longest wait for the acknowledgement of what was sent.
DELIVERY_MS = 30_000
#: Longest wait for the metadata of a topic, and for a transaction to begin or end.
BLOCK_MS = 20_000
#: Topics whose records must meet in one fold, in order: one partition each. `state` is the folds' memory.
ORDERED = frozenset({"claims", "developments", "subscriptions", STATE_TOPIC})
_FENCED = (ProducerFencedError, InvalidProducerEpochError, TransactionCoordinatorFencedError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Broker:
    """Where Kafka is and how to get in. `protocol` is PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL."""

    bootstrap: str
    protocol: str = "PLAINTEXT"
    mechanism: str = "SCRAM-SHA-512"
    username: str = ""
    password: str = ""
    ca_file: str = ""

    def options(self) -> dict[str, Any]:
        """Keyword arguments that every kafka-python client takes."""
        options: dict[str, Any] = {
            "bootstrap_servers": self.bootstrap.split(","),
            "client_id": "obmin",
            "security_protocol": self.protocol,
            "bootstrap_timeout_ms": 10_000,
            "request_timeout_ms": 15_000,
            "reconnect_backoff_max_ms": RECONNECT_MS,
        }
        if self.protocol.startswith("SASL"):
            options |= {
                "sasl_mechanism": self.mechanism,
                "sasl_plain_username": self.username,
                "sasl_plain_password": self.password,
            }
        if self.ca_file:
            options["ssl_cafile"] = self.ca_file
        return options


@contextlib.contextmanager
def _translated(broker: Broker) -> Iterator[None]:
    """Vendor errors as ours."""
    try:
        yield
    except MessageSizeTooLargeError as error:
        raise Quarantined("too_large", f"a message exceeds {MAX_MESSAGE_BYTES} bytes") from error
    except UnknownTopicOrPartitionError as error:
        raise Stop(
            f"Kafka at {broker.bootstrap} lacks a topic; create it with: obmin topics create"
        ) from error
    except _FENCED as error:
        raise Fenced("another worker has taken over the folds; this one begins anew") from error
    except (SaslAuthenticationFailedError, AuthorizationError) as error:
        raise Stop(f"Kafka at {broker.bootstrap} refused our credentials or rights: {error}") from error
    except (IncompatibleBrokerVersion, UnsupportedVersionError, KafkaConfigurationError) as error:
        raise Stop(f"Kafka at {broker.bootstrap} does not fit this client: {error}") from error
    except KafkaError as error:
        raise Retry("kafka", f"no answer from {broker.bootstrap}: {error or type(error).__name__}") from error


class Fenced(Retry):
    """Another writer with the same transactional id has begun: what this one knows may be out of date."""

    def __init__(self, detail: str) -> None:
        super().__init__("fenced", detail)


class KafkaJournal:
    """`processors.ports.Journal` on Kafka; `scan` reads a topic back.

    With a `transactional_id` an append is one transaction, all or none, and of several writers with that id only the
    last one to call `begin` can append: the others get `Fenced`.
    """

    def __init__(self, broker: Broker, *, transactional_id: str | None = None, linger_ms: int = 20) -> None:
        """Connect. Raises Retry when no broker answers, Stop when it refuses us."""
        self._broker = broker
        self._transactional = transactional_id is not None
        self._options = {
            "transactional_id": transactional_id,
            "linger_ms": 0 if transactional_id else linger_ms,
        }
        self._producer = self._connect()

    def _connect(self) -> KafkaProducer:
        with _translated(self._broker):
            return KafkaProducer(
                **self._broker.options(),
                **self._options,
                batch_size=128 * 1024,
                max_request_size=MAX_MESSAGE_BYTES,
                delivery_timeout_ms=DELIVERY_MS,
                max_block_ms=BLOCK_MS,
                allow_auto_create_topics=False,
            )

    def begin(self) -> None:
        """Become the one writer with this transactional id: what others have begun is undone, and they are fenced."""
        self.close()
        self._producer = self._connect()
        with _translated(self._broker):
            self._producer.init_transactions()

    def append(self, messages: Sequence[NewMessage]) -> None:
        """Send all and wait until all replicas have them.

        Without a transactional id some may be there when it raises: ids make a repeat harmless. An empty value is sent
        as a tombstone.
        """
        with _translated(self._broker):
            if not self._transactional:
                self._send(messages)
                return
            self._producer.begin_transaction()
            transaction = self._producer._transaction_manager
            try:
                self._send(messages)
            except KafkaError:
                with contextlib.suppress(KafkaError):
                    self._end(transaction.begin_abort)
                raise
            self._end(transaction.begin_commit)

    def _end(self, begun: Callable[[], Any]) -> None:
        """Commit or abort. The methods of kafka-python 3.0.12 for that wait for ever where the broker went away meanwhile.

        One that is late may still come true: `begin` makes sure, and tells by what it lets `scan` read.
        """
        ended = begun()
        self._producer._sender.wakeup()
        if not ended.wait(timeout_ms=BLOCK_MS):
            raise KafkaTimeoutError(f"a transaction did not end within {BLOCK_MS} ms")

    def _send(self, messages: Sequence[NewMessage]) -> None:
        sent = [self._producer.send(m.topic, value=m.value or None, key=m.key.encode()) for m in messages]
        # Without a bound a flush in a transaction waits for ever: what it has buffered does not expire then.
        self._producer.flush(timeout=DELIVERY_MS / 1000)
        for future in sent:
            future.get(timeout=DELIVERY_MS / 1000)

    def scan(self, topic: str, *, after: int = 0) -> Iterator[Message]:
        """Every message that the topic holds at this moment, partition by partition; offsets count from 1.

        `after` is the last offset seen, for a topic of one partition. Records of undone transactions are left out.
        """
        with _translated(self._broker), contextlib.closing(self._reader()) as consumer:
            partitions = [
                TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic) or ()
            ]
            if not partitions:
                raise UnknownTopicOrPartitionError(topic)
            ends = consumer.end_offsets(partitions)
            for partition in partitions:
                yield from self._scan_partition(consumer, partition, after, ends[partition])

    def close(self) -> None:
        """Send what is buffered and disconnect."""
        with contextlib.suppress(KafkaError):
            self._producer.close(timeout=10)

    def _reader(self) -> KafkaConsumer:
        return KafkaConsumer(
            **self._broker.options(),
            group_id=None,
            enable_auto_commit=False,
            isolation_level="read_committed",
            max_partition_fetch_bytes=MAX_MESSAGE_BYTES,
            allow_auto_create_topics=False,
        )

    @staticmethod
    def _scan_partition(
        consumer: KafkaConsumer, partition: TopicPartition, after: int, end: int
    ) -> Iterator[Message]:
        consumer.assign([partition])
        if after:
            consumer.seek(partition, after)
        else:
            consumer.seek_to_beginning(partition)
        while consumer.position(partition) < end:
            for records in consumer.poll(timeout_ms=1000).values():
                yield from (_message(record) for record in records if record.offset < end)


class KafkaGroup:
    """A member of a consumer group: `poll`, deal with the messages, then `commit`. At least once."""

    def __init__(self, broker: Broker, group: str, topics: Sequence[str]) -> None:
        """Join. Raises Retry when no broker answers, Stop when it refuses us."""
        self._broker = broker
        with _translated(broker):
            self._consumer = KafkaConsumer(
                **broker.options(),
                group_id=group,
                enable_auto_commit=False,
                isolation_level="read_committed",
                auto_offset_reset="earliest",
                session_timeout_ms=SESSION_TIMEOUT_MS,
                heartbeat_interval_ms=SESSION_TIMEOUT_MS // 4,
                max_partition_fetch_bytes=MAX_MESSAGE_BYTES,
                max_poll_records=500,
                allow_auto_create_topics=False,
            )
            if topics:
                self._consumer.subscribe(topics, listener=_Rejoining(self._consumer))

    def poll(self, *, timeout_s: float) -> Sequence[Message]:
        """What came since the last poll, in order within a partition; empty after `timeout_s`."""
        with _translated(self._broker):
            batches = self._consumer.poll(timeout_ms=int(timeout_s * 1000))
            return [_message(record) for records in batches.values() for record in records]

    def keep(self) -> None:
        """Stay a member while what was polled takes long: nothing new is taken."""
        with _translated(self._broker):
            assigned = self._consumer.assignment()
            self._consumer.pause(*assigned)
            self._consumer.poll(timeout_ms=0)
            self._consumer.resume(*assigned)

    def commit(self) -> None:
        """Everything polled so far is dealt with."""
        with _translated(self._broker):
            self._consumer.commit()

    def lag(self, topic: str) -> int:
        """Number of messages of the topic that the group has not committed, markers of transactions included."""
        with _translated(self._broker):
            partitions = [
                TopicPartition(topic, number) for number in self._consumer.partitions_for_topic(topic) or ()
            ]
            ends = self._consumer.end_offsets(partitions)
            return sum(end - (self._consumer.committed(partition) or 0) for partition, end in ends.items())

    def close(self) -> None:
        """Leave the group, so that the others take over at once."""
        with contextlib.suppress(KafkaError):
            self._consumer.close(autocommit=False)


class _Rejoining(ConsumerRebalanceListener):  # type: ignore[misc]  # kafka-python is untyped
    """Sees every rebalance through that a change of the topics' metadata has begun.

    kafka-python 3.0.12 forgets such a rebalance when the metadata look as before again while a `poll` has given up waiting for
    it: the member keeps an empty assignment until it is restarted (about one in ten that join just after their topics were
    made). What the Java client does about it (KAFKA-9815, https://github.com/apache/kafka/pull/8420) is done here.
    """

    def __init__(self, consumer: KafkaConsumer) -> None:
        self._consumer = consumer

    def on_partitions_revoked(self, revoked: Any) -> None:  # noqa: ANN401, ARG002
        """A rebalance begins: it is wanted until an assignment ends it."""
        self._consumer._coordinator.request_rejoin()

    def on_partitions_assigned(self, assigned: Any) -> None:  # noqa: ANN401
        """A rebalance has ended."""


def _message(record: Any) -> Message:  # noqa: ANN401  kafka-python is untyped
    key = (record.key or b"").decode("utf-8", "replace")
    return Message(topic=record.topic, offset=record.offset + 1, key=key, value=record.value or b"")


class Topics:
    """The topics of the topology: which are there, which are not as they should be, and creating what is missing."""

    def __init__(self, broker: Broker, *, partitions: int = 8, replication: int = 1) -> None:
        """`partitions` is how many workers can share the maps; topics of folds have one."""
        self._broker = broker
        self._partitions = partitions
        self._replication = replication

    def wanted(self) -> Mapping[str, int]:
        """Number of partitions by topic."""
        names = [topic.name for topic in TOPICS] + [STATE_TOPIC]
        return {name: 1 if name in ORDERED else self._partitions for name in names}

    def present(self) -> Mapping[str, int]:
        """Number of partitions of those that exist. Raises Retry or Stop."""
        with _translated(self._broker), contextlib.closing(self._admin()) as admin:
            described = admin.describe_topics([name for name in admin.list_topics() if name in self.wanted()])
            return {topic["name"]: len(topic["partitions"]) for topic in described}

    def problems(self) -> Sequence[str]:
        """One line each for a topic that is missing or has the wrong number of partitions."""
        present = self.present()
        lines = []
        for name, partitions in self.wanted().items():
            if name not in present:
                lines.append(f"topic {name} is missing: obmin topics create")
            elif name in ORDERED and present[name] != partitions:
                lines.append(f"topic {name} has {present[name]} partitions, but its records must meet in one")
        return lines

    def create(self) -> Sequence[str]:
        """Create what is missing and return its names."""
        present = self.present()
        missing = [name for name in self.wanted() if name not in present]
        if not missing:
            return []
        with _translated(self._broker), contextlib.closing(self._admin()) as admin:
            with contextlib.suppress(TopicAlreadyExistsError):
                admin.create_topics([self._new(name) for name in missing])
            admin.wait_for_topics(missing)
        return missing

    def described(self) -> Iterator[Mapping[str, Any]]:
        """Name, number of partitions and configuration of each topic."""
        for name, partitions in self.wanted().items():
            yield {"name": name, "partitions": partitions, "config": self._config(name)}

    def _config(self, name: str) -> dict[str, str]:
        # Logs are kept for ever: replay starts at captures. A retention is the operator's decision.
        config = {"max.message.bytes": str(MAX_MESSAGE_BYTES), "retention.ms": "-1"}
        return config | {"cleanup.policy": "compact"} if name == STATE_TOPIC else config

    def _new(self, name: str) -> NewTopic:
        return NewTopic(name, self.wanted()[name], self._replication, topic_configs=self._config(name))

    def _admin(self) -> KafkaAdminClient:
        return KafkaAdminClient(**self._broker.options())
