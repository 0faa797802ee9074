"""The maps of the pipeline on all cores, in child processes that a bad page may take down.

A page gets a deadline and a memory limit. When it hangs or kills its child, that page alone is refused (`timeout`, `crash`,
`memory`), the child is replaced and the pages behind it go to another. Results come in the order of submission.
"""

import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from processors.errors import Quarantined, Stop
from processors.ports import Clock, NewMessage
from processors.runners.child import READY, framed, frames, load, unpack
from processors.runners.step import refusal, step
from processors.topology import Pipeline

Messages = tuple[NewMessage, ...]

#: Records given to a child ahead of the one it works on, so that it never waits while the parent writes to disk.
_DEPTH = 8
#: Records and bytes accepted and not yet collected: the backlog that may form behind a page that hangs.
_BACKLOG = 512
_BACKLOG_BYTES = 32 << 20
_START_DEADLINE_S = 120.0
_STARTS = 3

_BOOT = (
    "import sys; sys.path[:0] = sys.argv[5:]; from processors.runners.child import main; "
    "main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))"
)


class Pool(Protocol):
    """Takes encoded records of the pipeline's entry, gives back what the maps make of each, in order. For one thread."""

    @property
    def room(self) -> bool:
        """True when another record may be submitted."""

    @property
    def pending(self) -> int:
        """Number of records submitted and not collected."""

    def submit(self, raw: bytes) -> None:
        """Take one record; returns at once."""

    def collect(self, limit: int, timeout_s: float) -> list[Messages]:
        """The next results in order, at most `limit`; waits for the first one, no longer than `timeout_s`."""

    def close(self) -> None:
        """End the processes; what was not collected is forgotten. May be called twice."""


class InlinePool:
    """The maps in this process, without deadline or memory limit: for tests and for machines without processes."""

    def __init__(self, pipeline: Pipeline, clock: Clock) -> None:
        self._pipeline = pipeline
        self._clock = clock
        self._done: deque[Messages] = deque()

    @property
    def room(self) -> bool:
        """True while less than a batch waits to be collected."""
        return len(self._done) < _DEPTH

    @property
    def pending(self) -> int:
        """Number of records submitted and not collected."""
        return len(self._done)

    def submit(self, raw: bytes) -> None:
        """Run the maps now."""
        self._done.append(step(self._pipeline.maps, self._pipeline.entry, raw, self._clock).messages)

    def collect(self, limit: int, timeout_s: float) -> list[Messages]:  # noqa: ARG002  nothing to wait for
        """The results, at most `limit`."""
        return [self._done.popleft() for _ in range(min(limit, len(self._done)))]

    def close(self) -> None:
        """Nothing is held."""


@dataclass(slots=True, eq=False)
class _Job:
    raw: bytes
    result: Messages | None = None
    crashes: int = 0


@dataclass(slots=True, eq=False)
class _Child:
    process: subprocess.Popen[bytes]
    connection: socket.socket
    #: When its first job began as far as the parent can know: never too early.
    since: float
    ready: bool = False
    jobs: deque[_Job] = field(default_factory=deque)
    unsent: bytearray = field(default_factory=bytearray)
    received: bytearray = field(default_factory=bytearray)


class ProcessPool:
    """The maps in `processes` child processes (default: one for each core this process may use).

    `stages` names the Pipeline (see `child.load`), which each child imports by itself. Raises Stop when the children cannot
    be started. Use it from one thread.
    """

    def __init__(
        self,
        stages: str,
        clock: Clock,
        *,
        processes: int | None = None,
        deadline_s: float = 10.0,
        memory_bytes: int = 1 << 30,
    ) -> None:
        self._stages = stages
        self._pipeline = load(stages)
        self._clock = clock
        self._deadline_s = deadline_s
        self._memory_bytes = memory_bytes
        self._order: deque[_Job] = deque()
        self._waiting: deque[_Job] = deque()
        self._bytes = 0
        self._failed_starts = 0
        self._selector = selectors.DefaultSelector()
        self._children = [self._start() for _ in range(processes or cores())]

    @property
    def room(self) -> bool:
        """True when another record may be submitted."""
        return len(self._order) < _BACKLOG and self._bytes < _BACKLOG_BYTES

    @property
    def pending(self) -> int:
        """Number of records submitted and not collected."""
        return len(self._order)

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of the children at this moment."""
        return tuple(child.process.pid for child in self._children)

    def submit(self, raw: bytes) -> None:
        """Take one record and give it to the child that has least to do."""
        job = _Job(raw)
        self._order.append(job)
        self._waiting.append(job)
        self._bytes += len(raw)
        self._dispatch()

    def collect(self, limit: int, timeout_s: float) -> list[Messages]:
        """The next results in order, at most `limit`; waits for the first one, no longer than `timeout_s`."""
        until = time.monotonic() + timeout_s
        while self._order:
            self._exchange(0.0 if self._order[0].result is not None else max(0.0, until - time.monotonic()))
            if self._order[0].result is not None or time.monotonic() >= until:
                break
        return list(self._finished(limit))

    def close(self) -> None:
        """Kill the children and forget what was not collected. May be called twice."""
        for child in self._children:
            self._end(child)
        self._children.clear()
        self._order.clear()
        self._waiting.clear()
        self._selector.close()

    def _finished(self, limit: int) -> Iterator[Messages]:
        while limit and self._order and self._order[0].result is not None:
            job = self._order.popleft()
            self._bytes -= len(job.raw)
            limit -= 1
            assert job.result is not None
            yield job.result

    def _exchange(self, timeout_s: float) -> None:
        """Wait for a child to have something to say, at most until the next deadline, and act on it."""
        now = time.monotonic()
        deadlines = [self._due(child) for child in self._children if child.jobs or not child.ready]
        wait_s = max(0.0, min([timeout_s, *(due - now for due in deadlines)]))
        for key, events in self._selector.select(wait_s):
            child: _Child = key.data
            if events & selectors.EVENT_WRITE:
                self._send(child)
            if events & selectors.EVENT_READ and not self._receive(child):
                self._lost(child, "crash", "")
        now = time.monotonic()
        for child in tuple(self._children):
            if (child.jobs or not child.ready) and now >= self._due(child) and self._receive(child):
                self._overdue(child)
        self._dispatch()

    def _due(self, child: _Child) -> float:
        return child.since + (self._deadline_s if child.ready else _START_DEADLINE_S)

    def _overdue(self, child: _Child) -> None:
        """A deadline has passed although everything received is read: unless that brought news, end the child."""
        if time.monotonic() >= self._due(child):
            self._lost(child, "timeout", f"not done after {self._deadline_s:g} s")

    def _dispatch(self) -> None:
        while self._waiting and self._children:
            child = min(self._children, key=lambda child: len(child.jobs))
            if len(child.jobs) >= _DEPTH:
                break
            job = self._waiting.popleft()
            if not child.jobs:
                child.since = time.monotonic() if child.ready else child.since
            child.jobs.append(job)
            child.unsent += framed(job.raw)
            self._send(child)

    def _send(self, child: _Child) -> None:
        """Send what the socket takes; never wait, since a child that hangs would hang the parent."""
        try:
            sent = child.connection.send(child.unsent)
        except BlockingIOError:
            sent = 0
        except OSError:
            sent = len(child.unsent)  # it is dead; reading from it will say so
        del child.unsent[:sent]
        events = selectors.EVENT_READ | (selectors.EVENT_WRITE if child.unsent else 0)
        self._selector.modify(child.connection, events, child)

    def _receive(self, child: _Child) -> bool:
        """Read what has come. False when the child has gone."""
        alive = True
        try:
            while chunk := child.connection.recv(1 << 18):
                child.received += chunk
            alive = False
        except BlockingIOError:
            pass
        except OSError:
            alive = False
        for frame in frames(child.received):
            child.since = time.monotonic()
            if child.ready:
                child.jobs.popleft().result = unpack(frame)
            else:
                child.ready = frame == READY
                self._failed_starts = 0
        return alive

    def _lost(self, child: _Child, reason: str, detail: str) -> None:
        """End a child, refuse the page that it died of, give its other pages back, and start another in its place."""
        starts = _STARTS * len(self._children)
        self._children.remove(child)
        code = self._end(child)
        jobs = list(child.jobs)
        if not child.ready:
            self._failed_starts += 1
            if self._failed_starts >= starts:
                raise Stop(
                    f"The processes for cleaning and extraction cannot start (exit status {code}). "
                    "The lines above say why; `obmin doctor` checks the installation."
                )
        elif jobs:
            self._blame(jobs[0], reason, detail or f"the process that read it died ({_status(code)})")
        self._waiting.extendleft(job for job in reversed(jobs) if job.result is None)
        self._children.append(self._start())

    def _blame(self, job: _Job, reason: str, detail: str) -> None:
        """Refuse the page, unless it is its first crash: the child may have been killed by somebody else."""
        job.crashes += 1
        if reason == "timeout" or job.crashes > 1:
            first = self._pipeline.maps[0]
            job.result = refusal(first.name, first.takes, job.raw, Quarantined(reason, detail), self._clock)

    def _start(self) -> _Child:
        ours, theirs = socket.socketpair()
        with theirs:
            limits = (str(self._memory_bytes), str(2 * self._deadline_s))
            command = [sys.executable, "-c", _BOOT, str(theirs.fileno()), self._stages, *limits, *sys.path]
            try:
                process = subprocess.Popen(
                    command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, pass_fds=(theirs.fileno(),)
                )
            except OSError as error:
                ours.close()
                raise Stop(f"The processes for cleaning and extraction cannot start: {error}") from error
        ours.setblocking(False)
        child = _Child(process=process, connection=ours, since=time.monotonic())
        self._selector.register(ours, selectors.EVENT_READ, child)
        return child

    def _end(self, child: _Child) -> int:
        self._selector.unregister(child.connection)
        child.connection.close()
        child.process.kill()
        return child.process.wait()


def cores() -> int:
    """Number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _status(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit status {code}"
