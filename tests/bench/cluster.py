"""Articles a second through Kafka and Faust, as ratios to a bare trafilatura loop in the same run; time to be found.

Each worker has one child process; the bare loop has one process for one worker. Broker, index and the parents share the
same cores, as they would on one machine: with two cores two workers cannot reach twice one.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from ingest.journal.kafka import Broker, KafkaGroup, KafkaJournal, Topics
from processors.model import Capture, CaptureId, content_id
from processors.runners.step import message
from processors.topology import CAPTURES
from search.index.elastic import Cluster, ElasticIndex
from search.index.elastic_indices import Indices
from search.query import Collection, Query
from tests import servers
from tests.bench.embedded import Bare
from tests.bench.pages import dense

_WAIT_S = 600.0


def _copies(pages: Sequence[Capture], number: int, label: str) -> list[Capture]:
    """So many pages under new addresses, on as many hosts as there are copies."""
    made = []
    for n in range(number):
        page = pages[n % len(pages)]
        url = f"https://{label}-{n // len(pages)}.example/{n}"
        made.append(replace(page, id=CaptureId(content_id(url)), url=url, final_url=url))
    return made


class Bench:
    """Both servers, with topics and indices."""

    def __init__(self, stack: ExitStack) -> None:
        kafka, elastic = servers.Kafka(), servers.Elasticsearch()
        for server in (kafka, elastic):
            stack.callback(server.close)
            server.start()
        self.kafka, self.elastic = kafka.address, elastic.address
        self.broker = Broker(bootstrap=self.kafka)
        Topics(self.broker, partitions=2).create()
        self.index = ElasticIndex(Cluster(self.elastic, timeout_s=60.0))
        Indices(self.index, replicas=0).ensure()
        self.journal = KafkaJournal(self.broker)
        self._directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="obmin-bench-")))
        self._started = 0

    @contextmanager
    def process(self, *command: str) -> Iterator[None]:
        """One process of the cluster."""
        self._started += 1
        environ = {
            **os.environ,
            "OBMIN_RUNNER": "cluster",
            "OBMIN_KAFKA": self.kafka,
            "OBMIN_ELASTICSEARCH": self.elastic,
            "OBMIN_DATA_DIR": str(self._directory / str(self._started)),
            "OBMIN_PROCESSES": "1",
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "obmin", *command], env=environ, stdout=subprocess.DEVNULL
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait(30)

    def take(self, pages: Sequence[Capture]) -> float:
        """Seconds until the workers have committed these pages and all that came of them."""
        began = time.perf_counter()
        self.journal.append([message(CAPTURES, page) for page in pages])
        group = KafkaGroup(self.broker, "obmin", ())
        try:
            _wait(lambda: group.lag("captures") + group.lag("claims") == 0)
        finally:
            group.close()
        return time.perf_counter() - began

    def workers(self, number: int, pages: Sequence[Capture], warm: Sequence[Capture]) -> float:
        """Seconds for the pages with so many workers, once they are warm."""
        with ExitStack() as stack:
            for _ in range(number):
                stack.enter_context(self.process("worker"))
            self.take(warm)
            return self.take(pages)

    def latencies(self, pages: Sequence[Capture], interval_s: float) -> list[float]:
        """Seconds from appending a capture to finding its article by search, one capture at a time."""
        found: list[float] = []
        with self.process("worker"), self.process("index"):
            self.take(pages[:5])
            _wait(partial(self._searchable, pages[4].url))
            for page in pages[5:]:
                began = time.perf_counter()
                self.journal.append([message(CAPTURES, page)])
                _wait(partial(self._searchable, page.url))
                found.append(time.perf_counter() - began)
                threading.Event().wait(interval_s)
        return found

    def _searchable(self, url: str) -> bool:
        return self.index.search(Query(collection=Collection.ARTICLES, where={"url": url}, limit=1)).total > 0


def _wait(condition: Callable[[], bool]) -> None:
    ends = time.monotonic() + _WAIT_S
    while not condition():
        if time.monotonic() > ends:
            raise TimeoutError
        threading.Event().wait(0.02)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the rates, their ratios and the latencies."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.cluster")
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    pages = dense()
    with ExitStack() as stack:
        bench = Bench(stack)
        bare = Bare(_copies(pages, options.pages, "bare"), 1)
        bare.run()
        rates: dict[str, list[float]] = {"bare": [], "one worker": [], "two workers": []}
        for number in range(options.rounds):
            rates["bare"].append(options.pages / bare.run().wall_s)
            for workers, name in ((1, "one worker"), (2, "two workers")):
                warm = _copies(pages, 40, f"warm{number}w{workers}")
                given = _copies(pages, options.pages, f"r{number}w{workers}")
                rates[name].append(options.pages / bench.workers(workers, given, warm))
        medians = {name: statistics.median(found) for name, found in rates.items()}
        for name, rate in medians.items():
            print(f"{name:12} {rate:7.1f} articles/s")
        print(f"one worker / bare loop    {medians['one worker'] / medians['bare']:.2f}")
        print(f"two workers / one worker  {medians['two workers'] / medians['one worker']:.2f}")
        took = sorted(bench.latencies(_copies(pages, 65, "late"), 0.1))
        print(
            f"capture to searchable     p50 {took[len(took) // 2]:.2f} s, p99 {took[int(len(took) * 0.99)]:.2f} s"
        )


if __name__ == "__main__":
    main()
