"""Pages a second through the embedded pipeline, as a ratio to a bare trafilatura loop in the same run.

The bare side does what nobody can do without: `trafilatura.bare_extraction` with the options of stages/clean on the same
bytes, in as many processes as the pipeline has. The pipeline starts with the captures in its journal and ends when all is
indexed. The sides take turns, after a pass of each to warm up; trafilatura's caches are emptied before each.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from trafilatura import bare_extraction
from trafilatura.meta import reset_caches

from ingest.journal.sqlite import SqliteStore
from processors.codec import decode
from processors.model import ArticleVersion, Capture, DeadLetter
from processors.runners.embedded import Consumer, EmbeddedRunner
from processors.runners.pool import ProcessPool, cores
from processors.runners.step import message
from processors.stages import clean
from processors.topology import ARTICLES, CAPTURES, PIPELINE, TOPICS, MapStage, Pipeline
from search import fields
from search.index import sqlite_columns
from search.index.sqlite import SqliteIndex
from search.sink import IndexSink
from tests.bench.pages import CORPORA

_RESET = "bench:reset"
_TEXTS_REMEMBERED = (sqlite_columns.remembered, fields.of_value)


def _clean(capture: Capture) -> Iterable[ArticleVersion]:
    if capture.outlet == _RESET:
        reset_caches()
        return ()
    return clean.clean(capture)


#: The pipeline with a capture that empties trafilatura's caches in the child that gets it.
BENCH = Pipeline(
    maps=(MapStage(name="clean", takes=CAPTURES, emits=(ARTICLES,), run=_clean), *PIPELINE.maps[1:]),
    folds=PIPELINE.folds,
    modules=(*PIPELINE.modules, "trafilatura.meta"),
)


def _now() -> datetime:
    return datetime.now(UTC)


def _bare(bodies: Sequence[bytes]) -> int:
    return sum(bare_extraction(body, options=clean._FAST) is not None for body in bodies)


def _fresh(_: int) -> int:
    reset_caches()
    time.sleep(0.05)  # so that each process gets one of these
    return os.getpid()


def _cpu_s(pids: Iterable[int]) -> float:
    """Processor time that the processes have used: unlike the clock on the wall it does not see what else runs."""
    ticks = 0
    for pid in pids:
        fields = (
            Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        )
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """Seconds for all pages: on the wall, and of processors."""

    wall_s: float
    cpu_s: float


class Bare:
    """The peer: as many processes, each with its share of the pages."""

    def __init__(self, pages: Sequence[Capture], processes: int) -> None:
        self._shares = [[page.body() for page in pages[n::processes]] for n in range(processes)]
        self._pool = ProcessPoolExecutor(processes)
        self._processes = processes

    def run(self) -> Took:
        """Once through all pages."""
        pids = list(self._pool.map(_fresh, range(self._processes)))
        cpu, began = _cpu_s(pids), time.perf_counter()
        list(self._pool.map(_bare, self._shares))
        return Took(wall_s=time.perf_counter() - began, cpu_s=_cpu_s(pids) - cpu)


class Embedded:
    """The pipeline on a new file a round; the processes stay, as in a service."""

    def __init__(self, pages: Sequence[Capture], processes: int) -> None:
        self._captures = [message(CAPTURES, page) for page in pages]
        self._reset = message(CAPTURES, _reset(pages[0])).value
        self._pool = ProcessPool("tests.bench.embedded:BENCH", _now, processes=processes)
        self._processes = processes

    def run(self) -> Took:
        """Once through all pages."""
        for _ in range(self._processes):
            self._pool.submit(self._reset)
        while self._pool.pending:
            self._pool.collect(99, 60.0)
        for remembered in _TEXTS_REMEMBERED:
            remembered.cache_clear()  # in a service no page comes again
        with tempfile.TemporaryDirectory(prefix="obmin-bench-") as directory:
            store = SqliteStore(Path(directory) / "obmin.db")
            store.append(self._captures)
            topics = tuple(topic for topic in TOPICS if topic is not CAPTURES)
            index = Consumer(name="index", topics=topics, sink=IndexSink(SqliteIndex(store.connection)))
            runner = EmbeddedRunner(store, BENCH, (index,), self._pool, _now)
            pids = [os.getpid(), *self._pool.pids]
            cpu, began = _cpu_s(pids), time.perf_counter()
            runner.run_until_idle()
            took = Took(wall_s=time.perf_counter() - began, cpu_s=_cpu_s(pids) - cpu)
            refused = [
                decode(DeadLetter, m.value).detail for m in store.read("dead_letters", after=0, limit=3)
            ]
            assert store.end("articles") == len(self._captures), f"every page is an article, but: {refused}"
            store.close()
        return took


def _reset(page: Capture) -> Capture:
    return Capture(
        id=page.id,
        url=_RESET,
        final_url=_RESET,
        outlet=_RESET,
        fetched_at=page.fetched_at,
        body_zlib=b"",
        body_bytes=0,
    )


def measure(corpus: str, processes: int, rounds: int) -> dict[str, object]:
    """One corpus, both sides in turns."""
    pages = CORPORA[corpus]()
    sides = (Bare(pages, processes), Embedded(pages, processes))
    for side in sides:
        side.run()
    bare: list[Took] = []
    embedded: list[Took] = []
    for number in range(rounds):
        turns = (0, 1) if number % 2 else (1, 0)
        took = {turn: sides[turn].run() for turn in turns}
        bare.append(took[0])
        embedded.append(took[1])
    ratios = [b.wall_s / e.wall_s for b, e in zip(bare, embedded, strict=True)]
    return {
        "corpus": corpus,
        "pages": len(pages),
        "kilobytes": round(statistics.median(page.body_bytes for page in pages) / 1000),
        "processes": processes,
        "bare_per_s": round(len(pages) / statistics.median(took.wall_s for took in bare), 1),
        "embedded_per_s": round(len(pages) / statistics.median(took.wall_s for took in embedded), 1),
        "ratio": round(statistics.median(ratios), 3),
        "lowest": round(min(ratios), 3),
        "highest": round(max(ratios), 3),
        "cpu_ratio": round(sum(took.cpu_s for took in bare) / sum(took.cpu_s for took in embedded), 3),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one line a corpus."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.embedded", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    parser.add_argument("--cores", type=int, default=cores(), help="cores to use (default: all)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--corpus", choices=tuple(CORPORA), action="append")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args(arguments)
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: options.cores])
    if not options.json:
        print("embedded pipeline against a bare trafilatura loop, same bytes, same cores, same run")
        print(
            f"{'corpus':10}{'pages':>6}{'KB':>5}{'cores':>6}{'bare/s':>9}{'obmin/s':>9}{'ratio':>8}  {'range':14}cpu ratio"
        )
    for corpus in options.corpus or CORPORA:
        found = measure(corpus, options.cores, options.rounds)
        print(json.dumps(found) if options.json else _line(found), flush=True)


def _line(found: dict[str, object]) -> str:
    return (
        "{corpus:10}{pages:>6}{kilobytes:>5}{processes:>6}{bare_per_s:>9}{embedded_per_s:>9}{ratio:>8}  {range:14}{cpu_ratio}"
    ).format(**found, range=f"{found['lowest']}-{found['highest']}")


if __name__ == "__main__":
    main()
