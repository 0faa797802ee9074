"""The simulation behind docs/explanation/scaling.md."""

import random

from tests.bench.scaling import Costs, plan, waits


def test_a_rate_far_below_what_a_core_can_do_needs_one_core_of_each_kind() -> None:
    found = plan(1, Costs(maps_ms=10, folds_ms=1, index_ms=1), random.Random(1))
    assert (found.map_cores, found.index_cores, found.cores) == (1, 1, 3)


def test_ten_times_the_rate_needs_about_ten_times_the_cores_for_maps() -> None:
    costs = Costs(maps_ms=30, folds_ms=0.1, index_ms=1)
    small, large = (plan(rate, costs, random.Random(1)).map_cores for rate in (100, 1000))
    assert 8 <= large / small <= 10


def test_the_mean_wait_is_that_of_queueing_theory() -> None:
    # M/M/1 at 50 % load: the mean wait equals the mean service time (Kleinrock, Queueing Systems I, 3.2).
    found = waits(50, 0.01, 1, random.Random(3), articles=200_000)
    assert abs(sum(found) / len(found) - 0.01) < 0.001
