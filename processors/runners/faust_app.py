"""The pipeline as a Faust application: agents of a few lines around the steps that every runner shares.

Two hops: `maps` takes a capture to its claims in the pool's processes, `folds` (one partition, so one owner) does the rest.
What research/performance.md found in Faust 0.15 decides the form: an exception in an agent loses the record, so none leaves the
loop; two concurrent agents of a partition lose the message in flight at a kill, so there is one; the web server listens
on every interface, so it is off; tables promise no order between their changelog and the outputs, so state is written
with the outputs in one transaction (`Changelog`).
"""

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import faust
from faust.auth import SASLCredentials, SSLCredentials

from processors.errors import Retry
from processors.ports import Clock, Journal, NewMessage
from processors.runners.changelog import Changelog
from processors.runners.pool import Pool
from processors.runners.step import step
from processors.topology import Pipeline

T = TypeVar("T")

logger = logging.getLogger("obmin.worker")

#: Records of one transaction. A batch waits at most so long for more.
_BATCH = 128
_WITHIN_S = 0.05
_RETRY_S = 1.0
_SHUTDOWN_S = 15.0
_MAX_MESSAGE_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class FaustSettings:
    """How the application connects. `data_dir` must exist; security is that of the Kafka journal."""

    bootstrap: str
    group: str = "obmin"
    data_dir: Path
    #: Another worker takes over this long after one was killed; Faust's default of 60 s is what its users complain of.
    session_timeout_s: float = 6.0
    protocol: str = "PLAINTEXT"
    mechanism: str = "SCRAM-SHA-512"
    username: str = ""
    password: str = ""
    ca_file: str = ""


class FaustRunner:
    """Runs the hops of a pipeline that are named (`maps`, `folds`). `failure` says why it ended by itself."""

    def __init__(
        self,
        settings: FaustSettings,
        pipeline: Pipeline,
        *,
        pool: Pool,
        journal: Journal,
        changelog: Changelog,
        clock: Clock,
    ) -> None:
        self._pipeline = pipeline
        self._pool = pool
        self._journal = journal
        self._changelog = changelog
        self._clock = clock
        # The pool and the log are each used by one thread at a time; the event loop stays free for heartbeats.
        self._maps_thread = ThreadPoolExecutor(1, "maps")
        self._folds_thread = ThreadPoolExecutor(1, "folds")
        self._stale = True
        self.failure: Exception | None = None
        self.app = faust.App(settings.group, **_options(settings))

    def add(self, hops: Sequence[str]) -> None:
        """Add the agents of the hops."""
        if "maps" in hops:
            topic = self.app.topic(self._pipeline.entry.name, key_serializer="raw", value_serializer="raw")
            self.app.agent(topic, name="maps", concurrency=1)(self._maps)
        if "folds" in hops:
            names = [topic.name for topic in self._pipeline.fold_entries]
            topic = self.app.topic(*names, key_serializer="raw", value_serializer="raw")
            self.app.agent(topic, name="folds", concurrency=1)(self._folds)
            self.app.on_partitions_assigned.connect(self._assigned)

    def run(self) -> None:
        """Work until SIGTERM or SIGINT. Raises what ended it otherwise."""
        worker = _Worker(self.app, loglevel="WARN", redirect_stdouts=False, quiet=True)
        try:
            worker.execute_from_commandline()
        except SystemExit:
            if self.failure:
                raise self.failure from None

    async def _maps(self, stream: Any) -> None:  # noqa: ANN401  faust streams are untyped
        async for batch in stream.take(_BATCH, within=_WITHIN_S):
            await self._do(self._maps_thread, partial(self._map, batch))

    async def _folds(self, stream: Any) -> None:  # noqa: ANN401
        async for batch in stream.take_events(_BATCH, within=_WITHIN_S):
            messages = [(event.message.topic, event.value) for event in batch]
            await self._do(self._folds_thread, partial(self._fold, messages))

    async def _assigned(self, *_: Any, **__: Any) -> None:  # noqa: ANN401
        self._stale = True

    def _map(self, batch: Sequence[bytes]) -> None:
        made: list[NewMessage] = []
        waiting = list(reversed(batch))
        while waiting or self._pool.pending:
            while waiting and self._pool.room:
                self._pool.submit(waiting.pop())
            for messages in self._pool.collect(_BATCH, 1.0):
                made += messages
        self._journal.append(made)

    def _fold(self, messages: Sequence[tuple[str, bytes]]) -> None:
        if self._stale:
            self._stale = False
            self._changelog.recover()
        topics = {topic.name: topic for topic in self._pipeline.fold_entries}
        made: list[NewMessage] = []
        for name, raw in messages:
            made += step(self._pipeline.folds, topics[name], raw, self._clock, self._changelog.cells).messages
        self._changelog.commit(made)

    async def _do(self, thread: ThreadPoolExecutor, work: Callable[[], T]) -> None:
        """Do the work until it is done: only then may Faust commit the offsets. What cannot be repeated ends the worker."""
        while True:
            try:
                await asyncio.get_running_loop().run_in_executor(thread, work)
            except Retry as error:
                logger.warning("%s; trying again", error)
                self._stale = True
                await asyncio.sleep(error.after_s or _RETRY_S)
            except Exception as error:  # noqa: BLE001  an exception that reaches Faust would lose the batch
                self.failure = error
                signal.raise_signal(signal.SIGTERM)
                await asyncio.Event().wait()
            else:
                return


class _Worker(faust.Worker):
    """Ends for good some seconds after a signal: without a broker Faust waits for ever, and nothing is lost by a sudden end."""

    def _schedule_shutdown(self, received: signal.Signals) -> None:
        last = threading.Timer(_SHUTDOWN_S, os._exit, (0,))
        last.daemon = True
        last.start()
        super()._schedule_shutdown(received)


def _options(settings: FaustSettings) -> dict[str, Any]:
    options: dict[str, Any] = {
        "broker": [f"kafka://{address}" for address in settings.bootstrap.split(",")],
        "store": "memory://",
        "datadir": settings.data_dir,
        "autodiscover": False,
        "web_enabled": False,
        "topic_disable_leader": True,
        "topic_allow_declare": False,
        "processing_guarantee": "at_least_once",
        "broker_session_timeout": settings.session_timeout_s,
        "broker_heartbeat_interval": settings.session_timeout_s / 4,
        "broker_commit_interval": 1.0,
        "broker_request_timeout": 30.0,
        "producer_linger": 0.02,
        "producer_max_request_size": _MAX_MESSAGE_BYTES,
        "consumer_max_fetch_size": _MAX_MESSAGE_BYTES,
        "consumer_auto_offset_reset": "earliest",
        # A batch in work at the end is not committed, so there is nothing to wait for: it comes again.
        "stream_wait_empty": False,
    }
    if settings.protocol.startswith("SASL"):
        options["broker_credentials"] = SASLCredentials(
            mechanism=settings.mechanism, username=settings.username, password=settings.password
        )
    elif settings.protocol == "SSL":
        options["broker_credentials"] = SSLCredentials(cafile=settings.ca_file or None)
    return options
