"""How results are printed: tables for people, JSON for programs. What comes from outside is text, never markup."""

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from search.query import QueryError
from search.web import views

#: Lines that go to a program or a file are not folded at the width of a terminal that is not there.
_PIPED_WIDTH = 250
out = Console(highlight=False, width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else _PIPED_WIDTH)
err = Console(stderr=True, highlight=False)
#: Columns that are copied into a next command, and must not be broken for it.
_WHOLE = frozenset({"id", "webhook-id"})
#: Control characters of hostile text could drive the terminal.
_UNPRINTABLE = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)))


def clean(value: object) -> str:
    """The value as text that a terminal shows and never obeys."""
    return str(value).translate(_UNPRINTABLE).replace("\n", " ")


def plain(value: object, style: str = "") -> Text:
    """The value for a table's cell."""
    return Text(clean(value), style=style)


def print_json(content: object) -> None:
    """One JSON document on one line, so that a program can read it by lines."""
    print(json.dumps(content, ensure_ascii=False))


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str) -> None:
    """Print rows under their columns, or `empty` when there are none. A name that ends in `#` is a column of numbers."""
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for column in columns:
        number = column.endswith("#")
        made.add_column(
            column.rstrip("#"),
            justify="right" if number else "left",
            overflow="fold",
            no_wrap=column in _WHOLE,
        )
    count = 0
    for row in rows:
        count += 1
        made.add_row(*(value if isinstance(value, Text) else plain(value) for value in row))
    out.print(made if count else Text(empty))


def highlighted(fragment: str, matches: Iterable[Sequence[int]]) -> Text:
    """The fragment with its matches in bold."""
    made = Text()
    for piece, matched in views.highlighted(fragment, matches):
        made.append(clean(piece), "bold yellow" if matched else "")
    return made


def figures(body: Mapping[str, Any]) -> str:
    """The figures of a claim in one cell: `230 → Ukraine, 248 → Russia`."""
    told = [(views.returned(body, "ua"), "Ukraine"), (views.returned(body, "ru"), "Russia")]
    return ", ".join(f"{value} → {side}" for value, side in told if value)


def query_problem(error: QueryError, text: str) -> None:
    """Show where a query is wrong."""
    err.print(Text(f"obmin: the query was not understood: {error.message}"))
    if error.column and text:
        err.print(Text(f"  {clean(text)}\n  {' ' * (error.column - 1)}^"))


def print_counts(counts: dict[str, Any]) -> None:
    """The counts of the demo, a line each."""
    for name, value in counts.items():
        told = ", ".join(f"{n} {status}" for status, n in value.items()) if isinstance(value, dict) else value
        out.print(plain(f"{name.replace('_', ' '):20}{told}"))
