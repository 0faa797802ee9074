"""The Faust runner on a real broker makes the records of the embedded runner, whatever is killed, restarted or repeated."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from processors.codec import decode
from processors.model import Exchange
from processors.ports import NewMessage
from processors.topology import CAPTURES
from tests import servers
from tests.conftest import missing
from tests.faults.cluster import Cluster, Records, embedded, newsroom, wait_for

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(900)]

KILLS = 50
#: What does not depend on the order in which articles of different hosts arrive.
ORDERLESS = ("articles", "claims", "dead_letters")


@pytest.fixture(scope="module")
def given() -> list[NewMessage]:
    return newsroom()


@pytest.fixture(scope="module")
def expected(given: list[NewMessage]) -> Records:
    return embedded(given)


def _cluster(directory: Path, partitions: int) -> Iterator[Cluster]:
    try:
        cluster = Cluster(directory, partitions=partitions)
    except servers.Unavailable as error:
        missing("kafka", str(error))
        return
    try:
        yield cluster
    finally:
        cluster.close()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    yield from _cluster(tmp_path, 1)


@pytest.fixture
def wide_cluster(tmp_path: Path) -> Iterator[Cluster]:
    yield from _cluster(tmp_path, 4)


def _latest_exchanges(records: Records) -> dict[str, tuple[object, ...]]:
    """Each exchange as its highest version has it, without what counts arrivals."""
    latest: dict[str, Exchange] = {}
    for _, raw in records["exchanges"]:
        exchange = decode(Exchange, raw)
        if exchange.id not in latest or exchange.version > latest[exchange.id].version:
            latest[exchange.id] = exchange
    standing = [e for e in latest.values() if e.merged_into is None and e.claimants]
    return {
        e.id: (e.label, e.date, frozenset(c.claim.id for c in e.claimants), e.parent_id) for e in standing
    }


def test_the_cluster_makes_the_records_of_the_embedded_runner_byte_for_byte(
    cluster: Cluster, given: list[NewMessage], expected: Records
) -> None:
    cluster.journal.append(given)
    worker = cluster.worker()
    wait_for(cluster.idle, "all is processed")
    assert cluster.records() == expected
    assert worker.stop() == 0


def test_a_worker_killed_fifty_times_at_random_points_loses_and_doubles_nothing(
    cluster: Cluster, given: list[NewMessage]
) -> None:
    rng = random.Random(20260101)
    cluster.journal.append(given[:1])
    for number in range(KILLS):
        cluster.journal.append(given[1 + number :: KILLS])
        worker = cluster.worker(session_timeout_s=1.0)
        worker.lives(rng.uniform(1.0, 4.0))
        worker.kill()
    cluster.worker(session_timeout_s=1.0)
    wait_for(cluster.idle, "all is processed")
    in_that_order = [given[0], *(m for number in range(KILLS) for m in given[1 + number :: KILLS])]
    assert cluster.records() == embedded(in_that_order)


def test_a_log_that_is_repeated_and_shuffled_changes_no_claim_and_no_exchange(
    cluster: Cluster, given: list[NewMessage], expected: Records
) -> None:
    twice = [*given, *given]
    random.Random(7).shuffle(twice)
    cluster.journal.append(twice)
    cluster.worker()
    wait_for(cluster.idle, "all is processed")
    records = cluster.records()
    assert {name: records[name] for name in ORDERLESS} == {name: expected[name] for name in ORDERLESS}
    assert _latest_exchanges(records) == _latest_exchanges(expected)


def test_the_other_worker_takes_over_within_15_s_when_one_is_killed(
    wide_cluster: Cluster, given: list[NewMessage], expected: Records
) -> None:
    first = wide_cluster.worker()
    wide_cluster.journal.append(given[:20])
    wait_for(wide_cluster.idle, "the first worker is at work")
    wide_cluster.worker()
    wait_for(lambda: wide_cluster.members() == 2, "the second worker has joined")
    wide_cluster.journal.append(given[20:])
    before = wide_cluster.count("developments")
    first.kill()
    assert (
        wait_for(lambda: wide_cluster.count("developments") > before, "the second worker has taken over") < 15
    )
    wait_for(wide_cluster.idle, "all is processed")
    records = wide_cluster.records()
    assert {name: records[name] for name in ORDERLESS} == {name: expected[name] for name in ORDERLESS}
    assert _latest_exchanges(records) == _latest_exchanges(expected)


def test_workers_that_join_and_leave_lose_nothing(
    wide_cluster: Cluster, given: list[NewMessage], expected: Records
) -> None:
    stays = wide_cluster.worker()
    for start in range(0, len(given), 31):
        wide_cluster.journal.append(given[start : start + 31])
        guest = wide_cluster.worker()
        wait_for(lambda: wide_cluster.members() == 2, "the guest has joined")
        assert guest.stop() == 0
    wait_for(wide_cluster.idle, "all is processed")
    assert stays.running
    records = wide_cluster.records()
    assert {name: records[name] for name in ORDERLESS} == {name: expected[name] for name in ORDERLESS}
    assert _latest_exchanges(records) == _latest_exchanges(expected)


def test_a_broker_that_is_killed_and_comes_back_loses_nothing(
    cluster: Cluster, given: list[NewMessage], expected: Records
) -> None:
    worker = cluster.worker()
    cluster.journal.append(given[:40])
    wait_for(lambda: cluster.count("claims") > 0, "work has begun")
    cluster.server.kill()
    cluster.server.start()
    cluster.journal.append(given[40:])
    wait_for(cluster.idle, "all is processed")
    assert worker.running
    assert cluster.records() == expected


def test_a_broker_that_is_away_for_a_minute_is_waited_for(
    cluster: Cluster, given: list[NewMessage], expected: Records
) -> None:
    worker = cluster.worker()
    cluster.journal.append(given[:40])
    wait_for(lambda: cluster.count("claims") > 0, "work has begun")
    cluster.server.stop()
    worker.lives(60.0)
    assert worker.running
    cluster.server.start()
    cluster.journal.append(given[40:])
    wait_for(cluster.idle, "all is processed")
    assert cluster.records() == expected


def test_a_worker_ends_when_asked_to_though_the_broker_is_gone(
    cluster: Cluster, given: list[NewMessage]
) -> None:
    worker = cluster.worker()
    cluster.journal.append(given[:40])
    wait_for(lambda: cluster.count("claims") > 0, "work has begun")
    cluster.server.kill()
    assert worker.stop() == 0


def test_poison_becomes_dead_letters_and_the_rest_goes_on(
    cluster: Cluster, given: list[NewMessage], expected: Records
) -> None:
    poison = [
        NewMessage(topic=topic, key="poison", value=value)
        for topic in ("captures", "claims")
        for value in (b"\xff\xfe no JSON", b"{}", b"[" * 100_000, b'{"id": 1}')
    ]
    cluster.journal.append([*poison, *given, *poison])
    cluster.worker()
    wait_for(cluster.idle, "all is processed")
    records = cluster.records()
    assert records["claims"] - {(m.key, m.value) for m in poison} == expected["claims"]
    letters = [json.loads(raw) for _, raw in records["dead_letters"] - expected["dead_letters"]]
    assert sorted({letter["topic"] for letter in letters}) == ["captures", "claims"]
    assert {letter["reason"] for letter in letters} == {"undecodable"}
    assert _latest_exchanges(records) == _latest_exchanges(expected)


@pytest.mark.parametrize(
    "other",
    [{"added_by_a_newer_schema": [1, {"a": None}], "schema": 9}, None],
    ids=["newer schema", "older schema"],
)
def test_a_record_of_another_schema_is_read(
    cluster: Cluster, given: list[NewMessage], expected: Records, other: dict[str, object] | None
) -> None:
    cluster.journal.append([_of_another_schema(message, other) for message in given])
    cluster.worker()
    wait_for(cluster.idle, "all is processed")
    assert cluster.records()["claims"] == expected["claims"]


def _of_another_schema(message: NewMessage, added: dict[str, object] | None) -> NewMessage:
    """A capture with fields that this reader does not know, or without those that came after the first schema."""
    if message.topic != CAPTURES.name:
        return message
    fields = json.loads(message.value)
    if added is None:
        fields = {name: value for name, value in fields.items() if name not in ("schema", "origin")}
    else:
        fields |= added
    return NewMessage(topic=message.topic, key=message.key, value=json.dumps(fields).encode())
