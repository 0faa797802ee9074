"""Records to bytes and back: JSON by msgspec, the only module that knows it.

An old reader survives fields that it does not know; a record that lacks a field gets its default. Anything else raises
`Quarantined("undecodable")` with the JSON path of the fault.
"""

from collections.abc import Hashable
from functools import lru_cache
from typing import Any, TypeVar, cast

import msgspec

from processors.errors import Quarantined

T = TypeVar("T")

_encoder = msgspec.json.Encoder()


@lru_cache(maxsize=64)
def _decoder(kind: Hashable) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(cast("type", kind))


def encode(record: object) -> bytes:
    """The record as UTF-8 JSON; bytes as base64, instants and dates as ISO 8601."""
    return _encoder.encode(record)


def decode(kind: type[T], raw: bytes) -> T:
    """The record of type `kind` that `raw` holds. Raises Quarantined when it holds none."""
    try:
        return cast("T", _decoder(cast("Hashable", kind)).decode(raw))
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise Quarantined("undecodable", f"not a {getattr(kind, '__name__', kind)}: {error}") from error


def to_builtins(record: object) -> Any:  # noqa: ANN401  JSON has no narrower type
    """The record as dicts, lists, strings and numbers, as `encode` would write them."""
    return msgspec.to_builtins(record)


def json_schema(kind: type) -> dict[str, Any]:
    """JSON Schema (2020-12) of a record type, with its definitions."""
    return msgspec.json.schema(kind)
