"""The pool: order, deadline, memory limit, and what becomes of a page that kills its child."""

import os
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from obmin.newsroom import Newsroom
from processors.codec import decode
from processors.errors import Stop
from processors.model import DeadLetter
from processors.ports import NewMessage
from processors.runners.child import framed, frames, pack, unpack
from processors.runners.pool import InlinePool, Messages, Pool, ProcessPool, cores
from processors.runners.step import message
from processors.topology import CAPTURES, PIPELINE
from tests.fakes.toys import BROKEN_REFERENCE, TOY, TOY_REFERENCE, captured


def _clock() -> datetime:
    return datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture
def pool() -> Iterator[ProcessPool]:
    made = ProcessPool(TOY_REFERENCE, _clock, processes=2, deadline_s=1.0, memory_bytes=1 << 30)
    yield made
    made.close()


def _through(pool: Pool, bodies: list[str]) -> list[Messages]:
    results: list[Messages] = []
    for number, body in enumerate(bodies):
        while not pool.room:
            results += pool.collect(99, 1.0)
        pool.submit(captured(number, body).value)
    while pool.pending:
        results += pool.collect(99, 60.0)
    return results


def _reasons(results: list[Messages]) -> list[str]:
    """The reason of each dead letter, "" for a page that went through."""
    letters = [
        [decode(DeadLetter, m.value) for m in result if m.topic == "dead_letters"] for result in results
    ]
    return [found[0].reason if found else "" for found in letters]


def test_results_are_those_of_the_inline_pool_in_the_same_order(pool: ProcessPool) -> None:
    bodies = ["", "filter", "", "quarantine", "raise", *("x " * n for n in range(1, 600))]
    assert _through(pool, bodies) == _through(InlinePool(TOY, _clock), bodies)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("hang", "timeout"),
        ("loop", "timeout"),
        ("segfault", "crash"),
        ("exit", "crash"),
        ("memory", "memory"),
    ],
)
def test_a_page_that_takes_its_child_down_is_refused_alone(pool: ProcessPool, body: str, reason: str) -> None:
    bodies = ["ok"] * 30
    bodies[7] = body
    assert _reasons(_through(pool, bodies)) == ["" if n != 7 else reason for n in range(30)]


def test_many_bad_pages_in_a_row_are_each_refused(pool: ProcessPool) -> None:
    bodies = ["exit", "segfault", "exit", "ok", "memory", "exit", "hang", "hang", "ok"]
    assert _reasons(_through(pool, bodies)) == [
        "crash",
        "crash",
        "crash",
        "",
        "memory",
        "crash",
        "timeout",
        "timeout",
        "",
    ]


def test_a_dead_letter_names_the_signal_and_keeps_the_page(pool: ProcessPool) -> None:
    ((_, message),) = _through(pool, ["segfault"])
    letter = decode(DeadLetter, message.value)
    assert (letter.payload, letter.stage) == (captured(0, "segfault").value, "clean")
    assert "SIGSEGV" in letter.detail


def test_a_child_killed_from_outside_costs_no_page(pool: ProcessPool) -> None:
    assert _reasons(_through(pool, ["ok"])) == [""]
    for number in range(40):
        pool.submit(captured(number).value)
    for pid in pool.pids:
        os.kill(pid, signal.SIGKILL)
    results: list[Messages] = []
    while pool.pending:
        results += pool.collect(99, 60.0)
    assert _reasons(results) == [""] * 40


def test_the_others_go_on_while_one_hangs(pool: ProcessPool) -> None:
    pool.submit(captured(0, "hang").value)
    for number in range(1, 200):
        pool.submit(captured(number).value)
    began = time.monotonic()
    assert pool.collect(99, 0.2) == []
    results: list[Messages] = []
    while pool.pending:
        results += pool.collect(300, 60.0)
    assert _reasons(results) == ["timeout"] + [""] * 199
    assert time.monotonic() - began < 30


def test_large_pages_and_results_never_block(pool: ProcessPool) -> None:
    bodies = ["big " + os.urandom(1_500_000).hex() for _ in range(12)]
    assert _reasons(_through(pool, bodies)) == [""] * 12


def test_the_backlog_is_bounded(pool: ProcessPool) -> None:
    submitted = 0
    while pool.room:
        pool.submit(captured(submitted, "hang" if not submitted else "ok").value)
        submitted += 1
    assert submitted == 512


def test_collecting_from_an_idle_pool_returns_at_once(pool: ProcessPool) -> None:
    assert pool.collect(10, 60.0) == []


def test_closing_ends_the_processes_and_may_be_repeated(pool: ProcessPool) -> None:
    processes = [child.process for child in pool._children]
    pool.submit(captured(0, "hang").value)
    pool.close()
    pool.close()
    assert all(process.poll() is not None for process in processes)


def test_children_that_cannot_start_stop_the_program_with_a_reason() -> None:
    pool = ProcessPool(BROKEN_REFERENCE, _clock, processes=1)
    pool.submit(captured(0).value)
    with pytest.raises(Stop, match="cannot start"):
        pool.collect(1, 60.0)
    pool.close()


def test_a_pool_has_a_process_for_each_core_by_default() -> None:
    pool = ProcessPool(TOY_REFERENCE, _clock)
    assert len(pool.pids) == cores()
    pool.close()


def test_frames_survive_any_cut() -> None:
    messages = tuple(NewMessage(topic="t", key="ключ" * n, value=b"\x00" * n) for n in range(4))
    stream = framed(pack(messages)) + framed(b"") + framed(pack(messages[:1]))
    for cut in range(len(stream)):
        buffer = bytearray(stream[:cut])
        found = list(frames(buffer))
        buffer += stream[cut:]
        found += frames(buffer)
        assert [unpack(frame) for frame in found] == [messages, (), messages[:1]]
        assert buffer == b""


def test_the_newsroom_in_processes_gives_the_bytes_of_the_newsroom_in_this_one() -> None:
    captures = [message(CAPTURES, page).value for page in Newsroom().pages()]
    inline, processes = (
        InlinePool(PIPELINE, _clock),
        ProcessPool("processors.topology:PIPELINE", _clock, deadline_s=60.0),
    )
    results = []
    for made in (inline, processes):
        for raw in captures:
            made.submit(raw)
        found: list[Messages] = []
        while made.pending:
            found += made.collect(99, 60.0)
        results.append(found)
        made.close()
    assert results[0] == results[1]
