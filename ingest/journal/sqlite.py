"""The journal, offsets and fold state in one SQLite file: `Store` for one process, by apsw.

apsw and not the stdlib's sqlite3, whose SQLite 3.7.0 to 3.51.2 can corrupt a WAL database that has several connections
(docs/adr/0030-sqlite-through-apsw.md).

One process writes: it holds a lock on `<file>.lock`. Any number of others may open the file read-only. Inside the writing
process one connection does all writes. It may be used from any thread, one at a time: a `transaction` holds it.
"""

import fcntl
import os
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import apsw

from processors.errors import InUse, Retry, Stop
from processors.ports import Changes, Message, NewMessage

#: "obmi": tells our files from other SQLite databases.
_APPLICATION_ID = 0x6F626D69

#: Script N takes the schema from version N to N + 1. Never edit one that was released; topics have a table each, made
#: when first written (`_table`).
_MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE consumer (
        name TEXT NOT NULL, topic TEXT NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (name, topic)
    ) WITHOUT ROWID;
    CREATE TABLE cell (
        fold TEXT NOT NULL, name TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (fold, name)
    ) WITHOUT ROWID;
    """,
)

_BUSY_TIMEOUT_MS = 10_000
_PRAGMAS: tuple[tuple[str, str | int], ...] = (
    ("journal_mode", "wal"),
    ("synchronous", "full"),
    # in pages of 4 KiB; rarer than SQLite's 1000, since a page's capture, article and index entries are some 30 of them
    ("wal_autocheckpoint", 4_000),
    ("journal_size_limit", 64 << 20),
)

_TOPIC = re.compile(r"[a-z][a-z0-9_]*\Z")

_READ_HINT = "Check that the file and its directory exist, that this user may write there, and that it is a local disk."
_DAMAGE_HINT = "Keep it and its -wal for inspection; restore a backup, or start with a new file and import the captures again."
#: What an operator must do about each class of apsw's errors. A class that is not here is a fault of the program.
STOPS: Mapping[type[Exception], str] = {
    apsw.CantOpenError: f"cannot be opened. {_READ_HINT}",
    apsw.PermissionsError: f"may not be used by this user. {_READ_HINT}",
    apsw.ReadOnlyError: f"cannot be written. {_READ_HINT}",
    apsw.FullError: "cannot grow: the disk is full. Free some space and start again; what was committed is safe.",
    apsw.IOError: f"cannot be read or written: the disk reports an error. Check disk and quota, then start again. {_DAMAGE_HINT}",
    apsw.NotADBError: "is not a database of obmin. Name another file: this one is left as it is.",
    apsw.CorruptError: f"is damaged. {_DAMAGE_HINT}",
    apsw.FormatError: f"is damaged. {_DAMAGE_HINT}",
    apsw.NoMemError: "needs more memory than there is. Free some memory and start again; what was committed is safe.",
}
#: Classes that pass by themselves.
RETRIES: tuple[type[Exception], ...] = (apsw.BusyError, apsw.LockedError)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """The one place where apsw's errors become ours: Stop for the operator, Retry for a lock; bugs stay as they are."""
    try:
        yield
    except RETRIES as error:
        raise Retry("locked", f"another program holds {path}: {error}") from error
    except tuple(STOPS) as error:
        hint = next(hint for kind, hint in STOPS.items() if isinstance(error, kind))
        raise Stop(f"The database {path} {hint} (SQLite: {error})") from error


class SqliteStore:
    """`Store` on one file. Open it by `SqliteStore(path)`, release it by `close`.

    Raises Stop when the file cannot be opened or written, is not obmin's, comes from a newer obmin, is damaged, or is
    open for writing in another process; Retry when another program holds a lock on it for longer than 10 s.
    """

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        self.path = path
        self._readonly = readonly
        self._turn = threading.RLock()
        self._news = threading.Condition()
        self._appends = 0
        self._appended = False
        self._depth = 0
        self._tables: dict[str, str] = {}
        self._closed = False
        if readonly and not path.exists():
            raise Stop(
                f"There is no database {path} yet. Start `obmin run` or `obmin import` first, or name another file."
            )
        self._lock_file: TextIO | None = None if readonly else _lock(path)
        try:
            with translated(path):
                self._open()
        except BaseException:
            self._unlock()
            raise

    @property
    def connection(self) -> apsw.Connection:
        """The writing connection, for modules that keep their tables in this file.

        Use it inside `transaction()` alone, in the thread that opened it: what is written then commits together with the
        journal. Do not begin or commit by hand; a `with connection:` block is a savepoint and harmless.
        """
        return self._connection

    def append(self, messages: Sequence[NewMessage]) -> None:
        """Append all or none, durable when it returns (inside a transaction: when that ends). From any thread."""
        if not messages:
            return
        with self.transaction():
            rows: dict[str, list[tuple[str, bytes]]] = {}
            for message in messages:
                rows.setdefault(message.topic, []).append((message.key, message.value))
            for topic, values in rows.items():
                self._connection.executemany(
                    f"INSERT INTO {self._table(topic)} (key, value) VALUES (?, ?)",  # noqa: S608  a checked name
                    values,
                )
            self._appended = True

    def read(self, topic: str, *, after: int, limit: int) -> Sequence[Message]:
        """Up to `limit` messages with an offset greater than `after`, in order."""
        query = f"SELECT offset, key, value FROM {_name(topic)} WHERE offset > ? ORDER BY offset LIMIT ?"  # noqa: S608
        rows = self._select(topic, query, (after, limit))
        return [Message(topic=topic, offset=offset, key=key, value=value) for offset, key, value in rows]

    def end(self, topic: str) -> int:
        """Offset of the last message of the topic, 0 when there is none."""
        rows = self._select(topic, f"SELECT max(offset) FROM {_name(topic)}", ())  # noqa: S608  a checked name
        return (rows[0][0] or 0) if rows else 0

    def wait(self, seen: int, timeout_s: float) -> int:
        """Block until the number of committed appends is not `seen`, or the time is up. Returns the number."""
        with self._news:
            self._news.wait_for(lambda: self._appends != seen or self._closed, timeout_s)
            return self._appends

    def offset(self, consumer: str, topic: str) -> int:
        """Last offset of the topic that the consumer has committed, 0 before the first."""
        rows = self._query("SELECT last FROM consumer WHERE name = ? AND topic = ?", (consumer, topic))
        return rows[0][0] if rows else 0

    def state(self, fold: str) -> Mapping[str, bytes]:
        """The fold's cells; each look-up is one query."""
        return _Cells(self, fold)

    def commit_offset(self, consumer: str, topic: str, offset: int) -> None:
        """Record that the consumer is done with everything up to `offset`."""
        with self.transaction():
            self._connection.execute(
                "INSERT INTO consumer VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET last = excluded.last",
                (consumer, topic, offset),
            )

    def put_state(self, fold: str, changes: Changes) -> None:
        """Write and delete cells."""
        with self.transaction():
            self._connection.executemany(
                "DELETE FROM cell WHERE fold = ? AND name = ?",
                [(fold, name) for name, value in changes.items() if value is None],
            )
            self._connection.executemany(
                "INSERT OR REPLACE INTO cell VALUES (?, ?, ?)",
                [(fold, name, value) for name, value in changes.items() if value is not None],
            )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is done inside commits together, or not at all; nested, it is a savepoint."""
        with self._turn, translated(self.path):
            outermost = self._depth == 0
            self._connection.execute("BEGIN IMMEDIATE" if outermost else f"SAVEPOINT s{self._depth}")
            self._depth += 1
            try:
                yield
                self._connection.execute("COMMIT" if outermost else f"RELEASE s{self._depth - 1}")
            except BaseException:
                self._undo(outermost=outermost)
                raise
            finally:
                self._depth -= 1
            if outermost and self._appended:
                self._announce()

    def close(self) -> None:
        """Release file and lock; may be called twice. Those who wait return."""
        with self._turn:
            if not self._closed:
                self._closed = True
                with self._news:
                    self._news.notify_all()
                self._connection.close()
                self._unlock()

    def _undo(self, *, outermost: bool) -> None:
        self._tables.clear()  # a table may have been made inside
        if not self._connection.in_transaction:
            return  # SQLite has rolled back by itself, as it does when the disk is full
        if outermost:
            self._appended = False
            self._connection.execute("ROLLBACK")
        else:
            self._connection.execute(f"ROLLBACK TO s{self._depth - 1}")
            self._connection.execute(f"RELEASE s{self._depth - 1}")

    def _announce(self) -> None:
        self._appended = False
        with self._news:
            self._appends += 1
            self._news.notify_all()

    def _query(self, query: str, values: tuple[str | int, ...]) -> list[tuple[Any, ...]]:
        with self._turn, translated(self.path):
            return self._connection.execute(query, values).fetchall()

    def _select(self, topic: str, query: str, values: tuple[str | int, ...]) -> list[tuple[Any, ...]]:
        """As `_query`, but nothing for a topic that was never written."""
        with self._turn:
            if topic not in self._tables:
                if not self._query("SELECT 1 FROM sqlite_schema WHERE name = ?", (_name(topic),)):
                    return []
                self._tables[topic] = _name(topic)
            return self._query(query, values)

    def _table(self, topic: str) -> str:
        if topic not in self._tables:
            table = _name(topic)
            # AUTOINCREMENT: an offset is never used twice, even when a retention job has deleted the last message
            self._connection.execute(
                f"CREATE TABLE IF NOT EXISTS {table} "
                "(offset INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, value BLOB NOT NULL)"
            )
            self._tables[topic] = table
        return self._tables[topic]

    def _open(self) -> None:
        flags = (
            apsw.SQLITE_OPEN_READONLY
            if self._readonly
            else apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        )
        self._connection = apsw.Connection(str(self.path), flags=flags)
        try:
            self._connection.set_busy_timeout(_BUSY_TIMEOUT_MS)
            version = self._version()
            if not self._readonly:
                for name, value in _PRAGMAS:
                    self._connection.pragma(name, value)
            if version < len(_MIGRATIONS):
                self._migrate(version)
        except BaseException:
            self._connection.close()
            raise

    def _version(self) -> int:
        """The schema version, 0 for a new file. Refuses a file that is not ours, or newer than this program."""
        application = self._connection.pragma("application_id")
        version: int = self._connection.pragma("user_version")
        empty = not self._connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()
        if application != _APPLICATION_ID and not (empty and application == 0):
            raise Stop(f"The database {self.path} {STOPS[apsw.NotADBError]}")
        if version > len(_MIGRATIONS):
            raise Stop(
                f"The database {self.path} has schema version {version}, this obmin knows {len(_MIGRATIONS)}. "
                "Install the obmin that wrote it, or a newer one; the file is left as it is."
            )
        return version

    def _migrate(self, version: int) -> None:
        if self._readonly:
            raise Stop(
                f"The database {self.path} has schema version {version}, this obmin needs {len(_MIGRATIONS)}. "
                "Start `obmin run` once: it brings the file up to date."
            )
        with self.transaction():
            for script in _MIGRATIONS[version:]:
                self._connection.execute(script)
            self._connection.pragma("application_id", _APPLICATION_ID)
            self._connection.pragma("user_version", len(_MIGRATIONS))

    def _unlock(self) -> None:
        if self._lock_file:
            self._lock_file.close()


class _Cells(Mapping[str, bytes]):
    """The cells of one fold, read when looked up."""

    def __init__(self, store: SqliteStore, fold: str) -> None:
        self._store = store
        self._fold = fold

    def __getitem__(self, name: str) -> bytes:
        rows = self._store._query("SELECT value FROM cell WHERE fold = ? AND name = ?", (self._fold, name))
        if not rows:
            raise KeyError(name)
        value: bytes = rows[0][0]
        return value

    def __iter__(self) -> Iterator[str]:
        rows = self._store._query("SELECT name FROM cell WHERE fold = ? ORDER BY name", (self._fold,))
        return (row[0] for row in rows)

    def __len__(self) -> int:
        count: int = self._store._query("SELECT count(*) FROM cell WHERE fold = ?", (self._fold,))[0][0]
        return count


def _name(topic: str) -> str:
    """The table of a topic. Topics are named by the program, never by a user: another name is a fault."""
    if not _TOPIC.match(topic):
        raise ValueError(f"not a topic: {topic!r}")
    return f"topic_{topic}"


def _lock(path: Path) -> TextIO:
    """Hold `<path>.lock` for as long as the file returned stays open; the system lets go of it when the process dies."""
    lock_path = path.with_name(path.name + ".lock")
    try:
        lock_file = lock_path.open("a+", encoding="ascii")
    except OSError as error:
        raise Stop(
            f"The database {path} {STOPS[apsw.CantOpenError]} ({error.strerror}: {lock_path})"
        ) from error
    try:
        fcntl.flock(lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock_file.seek(0)
        holder = lock_file.read().strip() or "unknown"
        lock_file.close()
        raise InUse(
            f"The database {path} is in use by another obmin (process {holder}). "
            "Stop that one first, or name another file for this one."
        ) from error
    lock_file.truncate(0)
    lock_file.write(str(os.getpid()))
    lock_file.flush()
    return lock_file
