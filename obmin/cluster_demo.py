"""The demo on a cluster: the same newsroom, receiver and pages; worker, indexer and sender are processes of their own."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta

from obmin.cluster_wiring import ClusterParts, cluster_parts
from obmin.config import Settings
from obmin.demo import demo_settings, subscribe
from obmin.newsroom import Newsroom
from obmin.receiver import Arrival, Receiver
from obmin.wiring import Tuning
from processors.errors import Stop

_PROCESSES = ("worker", "index", "deliver")
_DONE_WAIT_S = 300.0


@dataclass(frozen=True, kw_only=True)
class ClusterDemo:
    """Everything that the demo started."""

    parts: ClusterParts
    newsroom: Newsroom
    receiver: Receiver
    processes: Sequence[subprocess.Popen[bytes]]


@contextmanager
def cluster_demo(
    settings: Settings, told: Callable[[Arrival], None], *, base_url: str
) -> Iterator[ClusterDemo]:
    """Newsroom, receiver, topics, indices and the processes, until the end of the block."""
    with ExitStack() as stack:
        newsroom, receiver = Newsroom(), Receiver(told)
        stack.callback(receiver.close)
        stack.callback(newsroom.stop)
        newsroom.start()
        ours = demo_settings(settings, newsroom, receiver)
        tuning = Tuning(retry_base_s=1.0, base_url=base_url)
        parts = stack.enter_context(cluster_parts(ours, tuning=tuning))
        parts.topics.create()
        parts.indices.ensure()
        subscribe(parts, receiver)
        processes = [stack.enter_context(_process(name, ours)) for name in _PROCESSES]
        yield ClusterDemo(parts=parts, newsroom=newsroom, receiver=receiver, processes=processes)


@contextmanager
def _process(name: str, settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    allowed = ",".join(map(str, settings.allowed_networks))
    environ = {
        **os.environ,
        "OBMIN_RUNNER": "cluster",
        "OBMIN_KAFKA": settings.kafka,
        "OBMIN_ELASTICSEARCH": settings.elasticsearch,
        "OBMIN_DATA_DIR": str(settings.data_dir),
        "OBMIN_ALLOWED_NETWORKS": allowed,
    }
    process = subprocess.Popen([sys.executable, "-m", "obmin", name], env=environ, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def poll_all(running: ClusterDemo, progress: Callable[[str], None], rounds: int = 12) -> int:
    """Poll until nothing waits, twice at least so that the edit is seen; wait until all is processed. Entries found.

    The clock that decides which feeds are due runs ahead of the real one, so no time is spent waiting.
    """
    entries = 0
    for number in range(rounds):
        report = running.parts.poller.poll_once(running.parts.clock() + timedelta(hours=number * 6))
        entries += report.counts["entries"]
        progress(f"poll {number + 1}")
        _until_processed(running, progress)
        if number >= 1 and not report.pending:
            break
    return entries


def _until_processed(running: ClusterDemo, progress: Callable[[str], None]) -> None:
    """Wait until every group has committed everything, twice in a row: the last one feeds the first."""
    ends_at, quiet = time.monotonic() + _DONE_WAIT_S, 0
    while quiet < 2:
        ended = [
            name
            for name, process in zip(_PROCESSES, running.processes, strict=True)
            if process.poll() is not None
        ]
        if ended:
            raise Stop(f"A process of the demo has ended: {ended[0]}. Its message is above.")
        waiting = running.parts.behind()
        if time.monotonic() > ends_at:
            raise Stop(
                "The cluster has not processed the newsroom in time; messages that wait: "
                + ", ".join(f"{group} {count}" for group, count in waiting.items())
                + ". `obmin doctor` looks at the engines."
            )
        behind = sum(waiting.values())
        progress(f"{behind} messages wait")
        quiet = quiet + 1 if behind == 0 else 0
        threading.Event().wait(0.3)
    running.parts.index.refresh()
