"""The child process of the pool: takes encoded captures from a socket, gives back the messages that the maps make.

It is its own module because a child imports it by name and must not run the parent's main program. It may be killed at
any time: it owns nothing but memory.
"""

import importlib
import logging
import resource
import signal
import socket
import struct
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import BinaryIO

from processors.errors import Quarantined
from processors.ports import NewMessage
from processors.runners.step import refusal, step
from processors.topology import MapStage, Pipeline

#: Length of what follows.
_LENGTH = struct.Struct(">I")

#: The first frame that a child sends: it has loaded the stages.
READY = b"ready"


def pack(messages: Iterable[NewMessage]) -> bytes:
    """Messages as one frame: the length of each field before it."""
    parts = []
    for message in messages:
        for field in (message.topic.encode(), message.key.encode(), message.value):
            parts += [_LENGTH.pack(len(field)), field]
    return b"".join(parts)


def unpack(frame: bytes) -> tuple[NewMessage, ...]:
    """The messages of a frame."""
    fields = list(_fields(frame))
    triples = zip(fields[::3], fields[1::3], fields[2::3], strict=True)
    return tuple(
        NewMessage(topic=topic.decode(), key=key.decode(), value=value) for topic, key, value in triples
    )


def framed(payload: bytes) -> bytes:
    """The payload with its length before it, as it goes through the socket."""
    return _LENGTH.pack(len(payload)) + payload


def frames(buffer: bytearray) -> Iterator[bytes]:
    """Take the whole frames off the start of a buffer."""
    start = 0
    while len(buffer) >= start + _LENGTH.size:
        (length,) = _LENGTH.unpack_from(buffer, start)
        end = start + _LENGTH.size + length
        if len(buffer) < end:
            break
        yield bytes(buffer[start + _LENGTH.size : end])
        start = end
    del buffer[:start]


def main(fd: int, stages: str, memory_bytes: int, alarm_s: float) -> None:
    """Serve the socket `fd` until the parent closes it. `stages` names a Pipeline, see `load`.

    A record that takes longer than `alarm_s` ends the process, should the parent no longer be there to do it.
    """
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C is for the parent, who ends the children in its own time
    logging.disable()  # libraries warn about every odd page; what matters is in the dead letters
    pipeline = load(stages)
    for module in pipeline.modules:
        importlib.import_module(module)
    maps = pipeline.maps
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with socket.socket(fileno=fd) as connection, connection.makefile("rb") as source:
        connection.sendall(framed(READY))
        while (raw := _receive(source)) is not None:
            signal.setitimer(signal.ITIMER_REAL, alarm_s)
            made = framed(pack(_maps(maps, raw)))
            signal.setitimer(signal.ITIMER_REAL, 0)
            connection.sendall(made)


def load(reference: str) -> Pipeline:
    """The pipeline named by `module:name`, or made by the function of that name from the text in `module:name:text`."""
    module, name, *text = reference.split(":", 2)
    named = getattr(importlib.import_module(module), name)
    pipeline: Pipeline = named(*text) if text else named
    return pipeline


def now() -> datetime:
    """The clock of a process without a given one."""
    return datetime.now(UTC)


def _maps(maps: Sequence[MapStage], raw: bytes) -> tuple[NewMessage, ...]:
    try:
        return step(maps, maps[0].takes, raw, now).messages
    except MemoryError:
        return refusal(
            maps[0].name,
            maps[0].takes,
            raw,
            Quarantined("memory", "the page needs more memory than allowed"),
            now,
        )


def _fields(frame: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(frame):
        (length,) = _LENGTH.unpack_from(frame, start)
        start += _LENGTH.size + length
        yield frame[start - length : start]


def _receive(source: BinaryIO) -> bytes | None:
    head = source.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    return source.read(_LENGTH.unpack(head)[0])
