"""`Index` in SQLite by FTS5, in the same file as the journal, so that documents and offsets commit together."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import apsw

from processors.codec import decode, encode
from processors.errors import Retry, Stop
from search import cursors
from search.fields import check_filters, texts, view
from search.highlights import highlights
from search.index import sqlite_columns
from search.index.sqlite_match import Selection, Sql, read, selection, table, units
from search.language import Node, parse
from search.query import Collection, Document, Hit, Page, Query, Sort

#: Most hits that one page may hold.
MAX_LIMIT = 1000
#: By relevance at most this many matches are ranked, those that came last.
MAX_RANKED = 50_000
#: A match in a title counts this many times one in a text.
_WEIGHTS = "4.0, 1.0, 4.0, 1.0, 0.0"
_BUSY_TIMEOUT_MS = 10_000

#: Raise it when a table or what is put into it changes: an index of another layout must be built anew.
LAYOUT = 2

_SCHEMA = """
CREATE TABLE IF NOT EXISTS index_layout (layout INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS document (
    rowid INTEGER PRIMARY KEY, collection TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL,
    UNIQUE (collection, id)
);
-- apart from the rest, so that sorting and counting many documents does not read their texts
CREATE TABLE IF NOT EXISTS document_body (document INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS document_newest ON document (collection, at DESC, id);
CREATE TABLE IF NOT EXISTS document_range (
    document INTEGER NOT NULL, field TEXT NOT NULL, low INTEGER NOT NULL, high INTEGER NOT NULL,
    PRIMARY KEY (document, field, low, high)
) WITHOUT ROWID;
"""
_FULL_TEXT = """
CREATE VIRTUAL TABLE IF NOT EXISTS {table} USING fts5(
    {columns}, content='', contentless_delete=1, tokenize='{tokenizer}'
)
"""


_HELD = "SELECT rowid, version, at FROM document WHERE collection = ? AND id = ?"
_ADD = "INSERT INTO document (collection, id, version, at) VALUES (?, ?, ?, ?)"
_CHANGE = "UPDATE document SET version = ?, at = ? WHERE rowid = ?"
_BODY = "SELECT body FROM document_body WHERE document = ?"
_INDEX = {
    collection: f"INSERT INTO {table(collection)} (rowid, {', '.join(sqlite_columns.NAMES)})"  # noqa: S608  an enum's name
    f" VALUES (?{', ?' * len(sqlite_columns.NAMES)})"
    for collection in Collection
}


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (apsw.BusyError, apsw.LockedError) as error:
        raise Retry("locked", f"the index is locked by another program: {error}") from error


class SqliteIndex:
    """`Index` on an open connection, which writes; readers get read-only connections of their own, one a thread.

    `apply` joins the transaction that is open on the connection, else it makes one. What a transaction has not committed
    is not seen by `get`, `search` and `counts` (a database in memory has one connection, which sees it). On a read-only
    connection only reading works. Raises Stop when that holds no index, and when the index is of another layout.
    """

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._readers: list[apsw.Connection] = []
        self._local = threading.local()
        self._turn = threading.Lock()
        self._path = connection.db_filename("main")
        held = self._layout()
        if held is None and connection.readonly("main"):
            raise Stop(
                f"The database {self._path} holds no index yet: start `obmin run` or `obmin import` first."
            )
        if held not in (None, LAYOUT):
            raise Stop(
                f"The index in {self._path} has layout {held}, this obmin needs {LAYOUT}. Run "
                "`obmin replay --into DIR`: it builds a new database from the same captures."
            )
        if held is None:
            self._create()

    def _layout(self) -> int | None:
        """Number of the layout that the file holds, 0 for one without a number, None without an index."""
        tables = {name for (name,) in self._connection.execute("SELECT name FROM sqlite_schema")}
        if "document" not in tables:
            return None
        return (
            self._connection.execute("SELECT layout FROM index_layout").get if "index_layout" in tables else 0
        )

    def _create(self) -> None:
        with self._connection:
            self._connection.execute(_SCHEMA)
            self._connection.execute("INSERT INTO index_layout VALUES (?)", (LAYOUT,))
            made = {
                "columns": ", ".join(sqlite_columns.NAMES),
                "tokenizer": sqlite_columns.TOKENIZER.replace("'", "''"),
            }
            for collection in Collection:
                self._connection.execute(_FULL_TEXT.format(table=table(collection), **made))

    def _reader(self) -> apsw.Connection:
        if not self._path:
            return self._connection
        reader: apsw.Connection | None = getattr(self._local, "reader", None)
        if reader is None:
            reader = apsw.Connection(self._path, flags=apsw.SQLITE_OPEN_READONLY)
            reader.set_busy_timeout(_BUSY_TIMEOUT_MS)
            self._local.reader = reader
            with self._turn:
                self._readers.append(reader)
        return reader

    def apply(self, documents: Sequence[Document]) -> None:
        """Write the documents; an older version than the one held is ignored."""
        with _translated(), self._connection:
            for document in _last(documents):
                self._put(document)

    def _put(self, document: Document) -> None:
        body = encode(document.body)
        key = (document.collection.value, document.id)
        held = self._connection.execute(_HELD, key).get
        if held is None:
            self._connection.execute(_ADD, (*key, document.version, document.at))
            self._fill(self._connection.last_insert_rowid(), document, body)
            return
        row, version, at = held
        if version > document.version:
            return
        if (version, at) == (document.version, document.at) and body == self._connection.execute(
            _BODY, (row,)
        ).get:
            return
        self._connection.execute(_CHANGE, (document.version, document.at, row))
        self._connection.execute("DELETE FROM document_range WHERE document = ?", (row,))
        self._connection.execute(f"DELETE FROM {table(document.collection)} WHERE rowid = ?", (row,))  # noqa: S608  an enum's name
        self._fill(row, document, body)

    def _fill(self, row: int, document: Document, body: bytes) -> None:
        self._connection.execute("INSERT OR REPLACE INTO document_body VALUES (?, ?)", (row, body))
        seen = view(document)
        self._connection.execute(_INDEX[document.collection], (row, *sqlite_columns.columns(seen)))
        if seen.ranges:
            self._connection.executemany(
                "INSERT OR IGNORE INTO document_range (document, field, low, high) VALUES (?, ?, ?, ?)",
                [(row, *bounds) for bounds in sorted(seen.ranges)],
            )

    def refresh(self) -> None:
        """Nothing to do: what is committed is seen by the next read."""

    def get(self, collection: Collection, id: str) -> Mapping[str, Any] | None:  # noqa: A002  the contract's name
        """The body of one document."""
        with _translated():
            found = (
                self._reader()
                .execute(
                    "SELECT body FROM document d JOIN document_body b ON b.document = d.rowid"
                    " WHERE collection = ? AND id = ?",
                    (collection.value, id),
                )
                .get
            )
        return None if found is None else _body(found)

    def search(self, query: Query) -> Page:
        """Matching documents. Raises QueryError for text, a filter or a cursor that cannot be understood."""
        node = parse(query.text, query.collection)
        where = dict(query.where)
        check_filters(where)
        chosen = selection(node, where, query.collection)
        limit = max(1, min(query.limit, MAX_LIMIT))
        with _translated():
            total = self._total(query.collection, chosen)
            rows = list(self._rows(query, chosen, limit + 1, total))
        hits = tuple(_hit(row, query.collection, node) for row in rows[:limit])
        last = rows[limit - 1] if len(rows) > limit else None
        return Page(hits=hits, total=total, next=_cursor(query.sort, last) if last else None)

    def _total(self, collection: Collection, chosen: Selection) -> int:
        name, plain = table(collection), chosen.condition.condition == "1"
        if chosen.expression and plain:
            found = self._reader().execute(
                f"SELECT count(*) FROM {name} WHERE {name} MATCH ?",  # noqa: S608  an enum's name
                (chosen.expression,),
            )
            return int(found.get)
        scope, parameters = _scope(collection, chosen)
        return int(self._reader().execute(f"SELECT count(*) FROM {scope}", parameters).get)  # noqa: S608  compiled from a tree

    def _rows(self, query: Query, chosen: Selection, limit: int, total: int) -> Iterator[tuple[Any, ...]]:
        """Score, time, id and body of the hits of a page."""
        scope, parameters = _scope(query.collection, chosen)
        score, name = "0.0", table(query.collection)
        if query.sort is Sort.RELEVANCE and chosen.expression:
            score = f"-bm25({name}, {_WEIGHTS})"
            if total > MAX_RANKED:
                scope += f" AND {name}.rowid > ?"
                parameters = (*parameters, self._oldest_ranked(name, chosen.expression))
        after = _after(query)
        yield from self._reader().execute(
            "SELECT score, at, id, body FROM ("  # noqa: S608  compiled from a tree
            f"SELECT score, at, id, document FROM (SELECT {score} AS score, d.at AS at, d.id AS id, d.rowid AS document"
            f" FROM {scope}) WHERE {after.condition} ORDER BY score DESC, at DESC, id LIMIT ?"
            ") JOIN document_body USING (document) ORDER BY score DESC, at DESC, id",
            (*parameters, *after.parameters, limit),
        )

    def _oldest_ranked(self, name: str, expression: str) -> int:
        """The row after which the latest `MAX_RANKED` matches come: ranking costs time for each match."""
        found = self._reader().execute(
            f"SELECT rowid FROM {name} WHERE {name} MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?",  # noqa: S608  an enum's name
            (expression, MAX_RANKED),
        )
        return int(found.get or 0)

    def counts(
        self, collection: Collection, field: str, where: Mapping[str, str] | None = None, *, text: str = ""
    ) -> Mapping[str, int]:
        """Number of documents by value of a field of the body, most frequent first."""
        filters = dict(where or {})
        check_filters({**filters, field: ""})
        node = parse(text, collection)
        with _translated():
            found = {
                value: self._total(collection, selection(node, {**filters, field: value}, collection))
                for value in self._values(collection, field)
            }
        return dict(
            sorted(((value, n) for value, n in found.items() if n), key=lambda item: (-item[1], item[0]))
        )

    def _values(self, collection: Collection, field: str) -> list[str]:
        """Every value that the field has or had."""
        reader, vocabulary = self._reader(), f"{table(collection)}_values"
        reader.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{vocabulary} USING fts5vocab(main, {table(collection)}, 'row')"
        )
        prefix = units([f"{field}="])
        terms = reader.execute(
            f"SELECT term FROM temp.{vocabulary} WHERE term >= ? AND term < ?",  # noqa: S608  an enum's name
            (prefix, units([f"{field}>"])),
        )
        return [read(term[len(prefix) :]) for (term,) in terms]

    def close(self) -> None:
        """Close the reading connections; the writing one belongs to whoever opened it."""
        with self._turn:
            readers, self._readers = self._readers, []
        self._local = threading.local()
        for reader in readers:
            reader.close()


def _last(documents: Sequence[Document]) -> Iterable[Document]:
    """Of each collection and id the document that would stay: an exchange changes with each article of a batch."""
    last: dict[tuple[Collection, str], Document] = {}
    for document in documents:
        key = (document.collection, document.id)
        held = last.get(key)
        if held is None or held.version <= document.version:
            last[key] = document
    return last.values()


def drop(connection: apsw.Connection) -> None:
    """Remove the index from a database, whatever its layout, so that `SqliteIndex` makes an empty one. The journal stays."""
    with connection:
        for collection in Collection:
            connection.execute(f"DROP TABLE IF EXISTS {table(collection)}")
        for name in ("document", "document_body", "document_range", "index_layout"):
            connection.execute(f"DROP TABLE IF EXISTS {name}")


def _scope(collection: Collection, chosen: Selection) -> tuple[str, tuple[str | int | float, ...]]:
    """FROM and WHERE of the documents that a query selects, with the parameters."""
    condition = chosen.condition
    if not chosen.expression:
        return f"document d WHERE d.collection = ? AND {condition.condition}", (
            collection.value,
            *condition.parameters,
        )
    name = table(collection)
    if condition.condition == "1":
        return f"{name} JOIN document d ON d.rowid = {name}.rowid WHERE {name} MATCH ?", (chosen.expression,)
    return (
        f"{name} JOIN document d ON d.rowid = {name}.rowid WHERE {name} MATCH ? AND {condition.condition}",
        (chosen.expression, *condition.parameters),
    )


def _after(query: Query) -> Sql:
    if query.after is None:
        return Sql(condition="1")
    score, at, id_ = cursors.decode(query.sort, query.after, ((int, float), int, str))
    return Sql(
        condition="(score < ? OR score = ? AND (at < ? OR at = ? AND id > ?))",
        parameters=(score, score, at, at, id_),
    )


def _cursor(sort: Sort, row: tuple[Any, ...]) -> str:
    return cursors.encode(sort, row[:3])


def _body(raw: bytes) -> Mapping[str, Any]:
    body: Mapping[str, Any] = decode(dict, raw)
    return body


def _hit(row: tuple[Any, ...], collection: Collection, node: Node) -> Hit:
    score, _at, id_, raw = row
    body = _body(raw)
    return Hit(id=id_, body=body, score=float(score), highlights=highlights(node, texts(collection, body)))
