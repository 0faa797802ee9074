"""How many cores a rate of articles needs, by simulation from measured costs: `python -m tests.bench.scaling --maps-ms 35 …`.

Articles arrive at random (a Poisson process) and wait for a free core of the maps; then their records wait for the one owner
of the folds and for the indexer. A plan is enough when nothing is busy for more than 70 % of the time and 99 of 100 articles
wait no longer than a second. Costs are CPU milliseconds an article, as `make bench` measures them.
"""

import argparse
import heapq
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

#: Beyond this a queue's waits grow without measure at the least disturbance.
BUSY_AT_MOST = 0.7
WAIT_AT_MOST_S = 1.0
ARTICLES = 20_000
SECONDS_AN_HOUR = 3600
RATES = (10, 100, 1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """CPU milliseconds an article."""

    maps_ms: float
    folds_ms: float
    index_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Cores for each part, what is busiest, and the wait that 99 of 100 articles stay below."""

    rate: float
    map_cores: int
    index_cores: int
    folds_busy: float
    wait_p99_s: float

    @property
    def cores(self) -> int:
        """All cores: maps, the one owner of the folds, indexers."""
        return self.map_cores + 1 + self.index_cores


def waits(
    rate: float, service_s: float, servers: int, rng: random.Random, articles: int = ARTICLES
) -> list[float]:
    """Seconds that each of so many articles waits for one of the servers, each taking `service_s` on average."""
    free = [0.0] * servers
    now, found = 0.0, []
    for _ in range(articles):
        now += rng.expovariate(rate)
        begin = max(now, heapq.heappop(free))
        found.append(begin - now)
        # Pages differ: the spread of research/performance.md (p99 about six times the median) is near exponential.
        heapq.heappush(free, begin + rng.expovariate(1 / service_s))
    return found


def enough(rate: float, cost_ms: float, rng: random.Random) -> tuple[int, float]:
    """The least number of cores that is enough, and the p99 wait with them."""
    servers = max(1, math.ceil(rate * cost_ms / 1000 / BUSY_AT_MOST))
    while True:
        wait = sorted(waits(rate, cost_ms / 1000, servers, rng))[int(ARTICLES * 0.99)]
        if wait <= WAIT_AT_MOST_S:
            return servers, wait
        servers += 1


def plan(rate: float, costs: Costs, rng: random.Random) -> Plan:
    """Cores for a rate of articles a second."""
    maps, wait = enough(rate, costs.maps_ms, rng)
    index, _ = enough(rate, costs.index_ms, rng)
    return Plan(
        rate=rate,
        map_cores=maps,
        index_cores=index,
        folds_busy=rate * costs.folds_ms / 1000,
        wait_p99_s=wait,
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a plan for each rate."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scaling")
    parser.add_argument("--maps-ms", type=float, required=True, help="clean and extract")
    parser.add_argument(
        "--folds-ms", type=float, required=True, help="dedupe, corroborate, match, and the transaction"
    )
    parser.add_argument("--index-ms", type=float, required=True, help="records to Elasticsearch")
    parser.add_argument("--core-hour", type=float, default=0.05, help="price of a core for an hour")
    given = parser.parse_args(arguments)
    costs = Costs(maps_ms=given.maps_ms, folds_ms=given.folds_ms, index_ms=given.index_ms)
    heads = ("articles/s", "partitions", "map cores", "folds busy", "index cores", "p99 wait s", "a million")
    print(" ".join(f"{head:>11}" for head in heads))
    for rate in RATES:
        found = plan(rate, costs, random.Random(1))
        price = found.cores / rate * 1e6 / SECONDS_AN_HOUR * given.core_hour
        partitions = 2 ** math.ceil(math.log2(max(2, found.map_cores)))
        warning = "  folds saturated" if found.folds_busy > BUSY_AT_MOST else ""
        cells = (
            rate,
            partitions,
            found.map_cores,
            f"{found.folds_busy:.0%}",
            found.index_cores,
            f"{found.wait_p99_s:.2f}",
            f"{price:.2f}",
        )
        print(" ".join(f"{cell!s:>11}" for cell in cells) + warning)


if __name__ == "__main__":
    main()
