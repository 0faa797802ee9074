"""The cluster under test: a broker that can be killed, workers as processes, and what an embedded run makes of the same."""

import contextlib
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from kafka import KafkaAdminClient
from kafka.errors import RetriableError

from ingest.journal.kafka import Broker, KafkaGroup, KafkaJournal, Topics
from processors.model import Subscription, SubscriptionId
from processors.ports import NewMessage
from processors.runners.embedded import EmbeddedRunner
from processors.runners.pool import InlinePool
from processors.runners.step import message
from processors.topology import CAPTURES, PIPELINE, SUBSCRIPTIONS, TOPICS
from tests import servers
from tests.fakes.journal import MemoryStore

MADE = tuple(topic.name for topic in TOPICS if topic not in (CAPTURES, SUBSCRIPTIONS))
_LOG_CHARS = 4_000
Records = Mapping[str, frozenset[tuple[str, bytes]]]


def newsroom() -> list[NewMessage]:
    """A subscription to everything, and every page of the sample newsroom."""
    from obmin.newsroom import Newsroom

    asked = Subscription(
        id=SubscriptionId("all"),
        name="everything",
        url="https://hook.example/",
        secret="whsec_eA==",
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return [message(SUBSCRIPTIONS, asked), *(message(CAPTURES, page) for page in Newsroom().pages())]


def clock() -> datetime:
    return datetime(2030, 1, 1, tzinfo=UTC)


def embedded(messages: Sequence[NewMessage]) -> Records:
    """The records, by topic, that the embedded runner makes."""
    store = MemoryStore()
    store.append(messages)
    EmbeddedRunner(store, PIPELINE, (), InlinePool(PIPELINE, clock), clock).run_until_idle()
    return {
        name: frozenset((m.key, m.value) for m in store.read(name, after=0, limit=1 << 30)) for name in MADE
    }


def wait_for(condition: Callable[[], bool], what: str, *, timeout_s: float = 120) -> float:
    """Seconds until the condition held. Fails with `what` after the timeout."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < timeout_s, f"{what}: not within {timeout_s:g} s"
        threading.Event().wait(0.1)
    return time.monotonic() - began


class Worker:
    """One worker process."""

    def __init__(
        self, bootstrap: str, directory: Path, session_timeout_s: float, hops: Sequence[str] = ()
    ) -> None:
        command = [
            sys.executable,
            "-m",
            "tests.faults.cluster_worker",
            bootstrap,
            str(directory),
            str(session_timeout_s),
            *hops,
        ]
        self._log = (directory.parent / f"{directory.name}.log").open("ab")
        self._process = subprocess.Popen(command, stdout=self._log, stderr=self._log)

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    def lives(self, seconds: float) -> None:
        """Let it work so long, or until it ends by itself."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self._log.close()

    def told(self) -> str:
        """The end of its log."""
        return Path(self._log.name).read_text(encoding="utf-8", errors="replace")[-_LOG_CHARS:]

    def stop(self) -> int:
        self._process.terminate()
        status = self._process.wait(30)
        self._log.close()
        return status


class Cluster:
    """A broker with the topics, and a journal into it."""

    def __init__(self, directory: Path, *, partitions: int = 1) -> None:
        self.directory = directory
        self.server = servers.Kafka()
        self.server.start()
        self.broker = Broker(bootstrap=self.server.address)
        Topics(self.broker, partitions=partitions).create()
        self.journal = KafkaJournal(self.broker)
        self._workers: list[Worker] = []

    def worker(self, *hops: str, session_timeout_s: float = 6.0) -> Worker:
        directory = self.directory / f"worker{len(self._workers)}"
        worker = Worker(self.server.address, directory, session_timeout_s, hops)
        self._workers.append(worker)
        return worker

    def records(self) -> Records:
        return {name: frozenset((m.key, m.value) for m in self.journal.scan(name)) for name in MADE}

    def count(self, topic: str) -> int:
        return len({(m.key, m.value) for m in self.journal.scan(topic)})

    def idle(self) -> bool:
        """True when the group has committed all that the hops read."""
        group = KafkaGroup(self.broker, "obmin", ())
        try:
            return all(group.lag(topic) == 0 for topic in ("captures", "claims", "subscriptions"))
        finally:
            group.close()

    def members(self) -> int:
        """Number of workers that take part in the group."""
        admin = KafkaAdminClient(bootstrap_servers=self.server.address)
        try:
            described = admin.describe_groups(["obmin"])
            return len(described["obmin"]["members"])
        except RetriableError:
            return 0
        finally:
            admin.close()

    def close(self) -> None:
        """End all, and print the end of the workers' logs: pytest shows it where the test has failed."""
        for worker in self._workers:
            if worker.running:
                worker.kill()
            sys.stdout.write(worker.told())
        self.journal.close()
        self.server.close()
