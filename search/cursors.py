"""Cursors of pages: where the page before ended, as opaque text that survives a URL. Pure."""

import base64
import binascii
import json
from collections.abc import Sequence

from search.query import QueryError, Sort

Value = int | float | str


def encode(sort: Sort, values: Sequence[Value | None]) -> str:
    """A cursor for the values that the last hit of a page was sorted by."""
    raw = json.dumps([sort.value, *values], separators=(",", ":"), ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decode(sort: Sort, cursor: str, kinds: Sequence[type | tuple[type, ...]]) -> list[Value]:
    """The values of a cursor; each must be of its kind. Raises QueryError for one that is not ours."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        told, *values = json.loads(raw)
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise QueryError(0, "the page cursor is damaged; start again from the first page") from None
    if told != sort.value or len(values) != len(kinds) or not all(map(isinstance, values, kinds)):
        raise QueryError(0, "the page cursor belongs to another query; start again from the first page")
    return list(values)
