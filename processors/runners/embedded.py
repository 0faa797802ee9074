"""The pipeline in one process on one `Store`: outputs, fold state, sinks and offsets commit in one transaction a batch.

Killed at any point it goes on from the last commit. What it had in memory it makes again, with the same bytes: the maps
are pure, the folds see the same records in the same order.
"""

import threading
import time
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from processors.codec import decode
from processors.errors import Quarantined, Reject, Retry, Stop
from processors.ports import Clock, Message, NewMessage, Sink, Store
from processors.runners.cells import Cells
from processors.runners.pool import Messages, Pool
from processors.runners.step import refusal, step
from processors.topology import Pipeline, Topic

#: Records of one topic in one transaction. The more, the fewer waits for the disk; the longer others wait to write.
_BATCH = 32
_CATCH_UP = 256
#: How long the first finished page waits for others that are in work.
_LINGER_S = 0.1
#: Pause before looking at the stop event again while there is nothing to do.
_IDLE_S = 0.25
_RETRY_S = 1.0

#: Names under which the hops keep their offsets.
MAPS = "maps"
FOLDS = "folds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumer:
    """A sink, the topics that it takes in the order in which they are given to it, and the name of its offsets."""

    name: str
    topics: tuple[Topic, ...]
    sink: Sink


class EmbeddedRunner:
    """Runs a pipeline and its sinks over a store. One runner on a store, in one thread at a time.

    A sink that writes through `SqliteStore.connection` commits with the batch. Raises Stop from store, pool or sink.
    """

    def __init__(
        self, store: Store, pipeline: Pipeline, consumers: Sequence[Consumer], pool: Pool, clock: Clock
    ) -> None:
        self._store = store
        self._pipeline = pipeline
        self._consumers = tuple(consumers)
        self._pool = pool
        self._clock = clock
        self._cells = {stage.name: Cells(store.state(stage.name)) for stage in pipeline.folds}
        self._offsets: dict[tuple[str, str], int] = {}
        self._submitted = store.offset(MAPS, pipeline.entry.name)
        self._page: deque[Message] = deque()
        #: Offsets in work, and what is finished but not yet committed.
        self._in_work: deque[int] = deque()
        self._finished: list[tuple[int, Messages]] = []

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set; waits for appends, and tries again by itself when a sink is out of reach."""
        while not stop.is_set():
            seen = self._store.wait(-1, 0)
            try:
                self.run_until_idle(stop)
            except Retry as error:
                stop.wait(error.after_s or _RETRY_S)
            else:
                self._store.wait(seen, _IDLE_S)

    def run_until_idle(self, stop: threading.Event | None = None) -> None:
        """Work until all that is in the store went through, or `stop` is set. Raises Retry of a sink; call again."""
        while self._advance():
            if stop and stop.is_set():
                break

    def _advance(self) -> bool:
        """One batch. False when there was nothing to do."""
        self._feed()
        self._gather()
        if not self._finished and not self._behind():
            return bool(self._in_work)
        try:
            with self._store.transaction():
                self._commit_maps()
                for topic in self._pipeline.fold_entries:
                    self._fold(topic)
                for consumer in self._consumers:
                    for topic in consumer.topics:
                        self._sink(consumer, topic)
        except BaseException:
            self._offsets.clear()
            for cells in self._cells.values():
                cells.forget()
            raise
        self._finished.clear()
        return True

    def _feed(self) -> None:
        """Give the pool as much as it takes."""
        entry = self._pipeline.entry.name
        while self._pool.room:
            if not self._page:
                self._page.extend(self._store.read(entry, after=self._submitted, limit=_BATCH))
            if not self._page:
                break
            message = self._page.popleft()
            self._pool.submit(message.value)
            self._submitted = message.offset
            self._in_work.append(message.offset)

    def _gather(self) -> None:
        """Collect finished records: a full batch under load, the only one at once when there is but one."""
        until = time.monotonic() + _LINGER_S
        while self._in_work and len(self._finished) < _BATCH:
            wait_s = max(0.0, until - time.monotonic())
            for messages in self._pool.collect(_BATCH - len(self._finished), wait_s):
                self._finished.append((self._in_work.popleft(), messages))
            if time.monotonic() >= until:
                break

    def _commit_maps(self) -> None:
        if self._finished:
            self._store.append([message for _, messages in self._finished for message in messages])
            self._done(MAPS, self._pipeline.entry, self._finished[-1][0])

    def _fold(self, topic: Topic) -> None:
        messages = self._next(FOLDS, topic)
        if not messages:
            return
        made: list[NewMessage] = []
        for message in messages:
            made += step(self._pipeline.folds, topic, message.value, self._clock, self._cells).messages
        self._store.append(made)
        for name, cells in self._cells.items():
            self._store.put_state(name, cells.take())
        self._done(FOLDS, topic, messages[-1].offset)

    def _sink(self, consumer: Consumer, topic: Topic) -> None:
        messages = self._next(consumer.name, topic)
        if not messages:
            return
        try:
            with self._store.transaction():
                consumer.sink.apply([decode(topic.type, message.value) for message in messages])
        except (Retry, Stop):
            raise
        except Exception:  # noqa: BLE001  find the one that it cannot take
            self._store.append(list(self._one_by_one(consumer, topic, messages)))
        self._done(consumer.name, topic, messages[-1].offset)

    def _one_by_one(
        self, consumer: Consumer, topic: Topic, messages: Sequence[Message]
    ) -> Iterable[NewMessage]:
        for message in messages:
            try:
                with self._store.transaction():
                    consumer.sink.apply([decode(topic.type, message.value)])
            except (Retry, Stop):
                raise
            except Reject as error:
                yield from refusal(consumer.name, topic, message.value, error, self._clock)
            except Exception as error:  # noqa: BLE001  one bad record must not stop the others
                crash = Quarantined("crash", f"{type(error).__name__}: {error}")
                yield from refusal(consumer.name, topic, message.value, crash, self._clock)

    def _behind(self) -> bool:
        inputs = [(FOLDS, topic) for topic in self._pipeline.fold_entries]
        inputs += [(consumer.name, topic) for consumer in self._consumers for topic in consumer.topics]
        return any(self._store.end(topic.name) > self._offset(name, topic) for name, topic in inputs)

    def _next(self, consumer: str, topic: Topic) -> Sequence[Message]:
        return self._store.read(topic.name, after=self._offset(consumer, topic), limit=_CATCH_UP)

    def _offset(self, consumer: str, topic: Topic) -> int:
        key = (consumer, topic.name)
        if key not in self._offsets:
            self._offsets[key] = self._store.offset(*key)
        return self._offsets[key]

    def _done(self, consumer: str, topic: Topic, offset: int) -> None:
        self._store.commit_offset(consumer, topic.name, offset)
        self._offsets[consumer, topic.name] = offset
