"""One record through one hop: decode, run the stages, encode. What every runner does, without log, loop or storage.

The class of an error decides (processors/errors.py): `Filtered` becomes an outcome, `Quarantined` an outcome and a dead
letter that holds the record, any other exception of a stage the same with the reason `crash`. `Retry` and `Stop` are
for the runner, and so is MemoryError. A record passes every stage of its hop, or leaves nothing but its refusal: a
replay of the dead letter then starts from a clean slate.

Same record, same bytes: times inside outputs are those of the record. The clock is asked only about a record that
cannot be read.
"""

import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import PurePath
from types import TracebackType
from typing import Any

from processors.codec import decode, encode
from processors.errors import Filtered, Quarantined, Reject, Retry, Stop
from processors.model import DeadLetter, DeadLetterId, Outcome, OutcomeStatus, content_id
from processors.ports import Clock, NewMessage
from processors.runners.cells import Cells
from processors.topology import DEAD_LETTERS, OUTCOMES, FoldStage, MapStage, Topic

Stage = MapStage | FoldStage

#: Innermost frames of a crash that its dead letter keeps.
_FRAMES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What became of one record: the messages to append, and whether a stage refused it."""

    messages: tuple[NewMessage, ...]
    refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Origin:
    """What can often be read of a record even when the rest is broken."""

    url: str = ""
    outlet: str = ""
    fetched_at: datetime | None = None


def step(
    stages: Sequence[Stage], topic: Topic, raw: bytes, clock: Clock, states: Mapping[str, Cells] | None = None
) -> Step:
    """Run one encoded record of `topic` through the stages of a hop, in their order.

    Each stage gets the record and what the stages before it made, as far as it takes their topics. `states` has the cells
    of each fold by its name; their changes are kept only when the record went through. Raises Retry and Stop of a stage.
    """
    states = states or {}
    at = stages[0].name
    try:
        records: list[tuple[Topic, Any]] = [(topic, decode(topic.type, raw))]
        for stage in stages:
            at = stage.name
            records += [
                made
                for kind, record in records
                if _takes(stage, kind)
                for made in _run(stage, record, states)
            ]
        messages = tuple(message(kind, record) for kind, record in records[1:])
    except Reject as error:
        _settle(states, went_through=False)
        return Step(messages=refusal(at, topic, raw, error, clock), refused=True)
    except (Retry, Stop, MemoryError):
        _settle(states, went_through=False)
        raise
    except Exception as error:  # noqa: BLE001  one bad record must not stop the others
        _settle(states, went_through=False)
        crash = Quarantined("crash", _crash(error))
        return Step(messages=refusal(at, topic, raw, crash, clock), refused=True)
    _settle(states, went_through=True)
    return Step(messages=messages)


def message(topic: Topic, record: object) -> NewMessage:
    """The record as it is appended to its topic."""
    return NewMessage(topic=topic.name, key=topic.key(record), value=encode(record))


def refusal(stage: str, topic: Topic, raw: bytes, error: Reject, clock: Clock) -> tuple[NewMessage, ...]:
    """The messages about a record that a stage refused: an outcome if it is about a URL, a dead letter if quarantined."""
    origin = _origin(raw)
    at = origin.fetched_at or clock()
    filtered = isinstance(error, Filtered)
    messages = []
    if {"url", "outlet"} <= {field.name for field in fields(topic.type)}:
        status = OutcomeStatus.FILTERED if filtered else OutcomeStatus.QUARANTINED
        outcome = Outcome(url=origin.url, outlet=origin.outlet, status=status, reason=error.reason, at=at)
        messages.append(message(OUTCOMES, outcome))
    if not filtered:
        letter = DeadLetter(
            id=DeadLetterId(content_id(stage, topic.name, raw)),
            stage=stage,
            topic=topic.name,
            reason=error.reason,
            detail=error.detail,
            url=origin.url,
            outlet=origin.outlet,
            payload=raw,
            at=at,
        )
        messages.append(message(DEAD_LETTERS, letter))
    return tuple(messages)


def _takes(stage: Stage, topic: Topic) -> bool:
    takes = stage.takes if isinstance(stage, FoldStage) else (stage.takes,)
    return any(topic is taken for taken in takes)


def _run(stage: Stage, record: Any, states: Mapping[str, Cells]) -> Iterable[tuple[Topic, Any]]:  # noqa: ANN401
    if isinstance(stage, FoldStage):
        changes, made = stage.fold(states[stage.name], record)
        states[stage.name].put(changes)
    else:
        made = tuple(stage.run(record))
    emits = {topic.type: topic for topic in stage.emits}
    return [(emits[type(record)], record) for record in made]


def _settle(states: Mapping[str, Cells], *, went_through: bool) -> None:
    for cells in states.values():
        if went_through:
            cells.keep()
        else:
            cells.drop()


def _origin(raw: bytes) -> _Origin:
    try:
        return decode(_Origin, raw)
    except Quarantined:
        return _Origin()


def _crash(error: Exception) -> str:
    """The error and where it arose: the same text in every runner, without the paths of this machine."""
    frames = traceback.extract_tb(_outside(error.__traceback__))[-_FRAMES:]
    where = "".join(f"\n  {PurePath(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in frames)
    return f"{type(error).__name__}: {error}{where}"


def _outside(trace: TracebackType | None) -> TracebackType | None:
    while trace and trace.tb_next and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    return trace
