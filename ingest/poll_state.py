"""What the poller remembers between polls: the state of each feed and of each page that a feed has named."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol, cast

import apsw

from ingest.journal.sqlite import translated
from processors.codec import decode, encode
from processors.errors import Stop
from processors.model import FeedState


class PageStatus(StrEnum):
    """Where a page stands with the poller."""

    DUE = "due"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageState:
    """One page that a feed has named. `due_at` counts while the status is DUE."""

    url: str
    host: str
    outlet: str
    feed_url: str
    title: str
    published_at: datetime | None
    utc_offset_minutes: int = 0
    #: `Entry.stamp` of the last poll: when it changes, the page is fetched again.
    stamp: str
    status: PageStatus = PageStatus.DUE
    due_at: datetime
    attempts: int = 0
    #: Hash of the body captured last, empty before the first.
    body_sha256: str = ""


class PollState(Protocol):
    """Port of the poller's memory. Every method may be called from several threads and is durable when it returns."""

    def together(self) -> AbstractContextManager[None]:
        """What is put inside commits at its end, together with what the journal appends when both are one file."""

    def feed(self, url: str) -> FeedState | None:
        """The state last put, None for a feed never polled."""

    def put_feed(self, state: FeedState) -> None:
        """Remember the state of a feed."""

    def pages(self, urls: Sequence[str]) -> Mapping[str, PageState]:
        """The known ones of these pages, by URL."""

    def put_pages(self, pages: Iterable[PageState]) -> None:
        """Remember the pages, all or none."""

    def due_pages(self, now: datetime, *, per_host: int) -> Sequence[PageState]:
        """Pages due by now, longest waiting first, at most `per_host` of each host so that none crowds out another."""

    def pending(self) -> int:
        """How many pages still wait for a fetch, due or not."""

    def next_page_at(self) -> datetime | None:
        """When the next page falls due, None when none waits."""

    def close(self) -> None:
        """Release what is held; may be called twice."""


_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS poll_feeds (url TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS poll_pages (url TEXT PRIMARY KEY, host TEXT NOT NULL, due_ms INTEGER, value BLOB NOT NULL) "
    "WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS poll_pages_due ON poll_pages (due_ms, host) WHERE due_ms IS NOT NULL",
)
_PUT_PAGE = (
    "INSERT INTO poll_pages (url, host, due_ms, value) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (url) DO UPDATE SET host = excluded.host, due_ms = excluded.due_ms, value = excluded.value"
)
_DUE_PAGES = (
    "SELECT value FROM (SELECT value, due_ms, row_number() OVER (PARTITION BY host ORDER BY due_ms, url) AS place "
    "FROM poll_pages WHERE due_ms <= ?) WHERE place <= ? ORDER BY due_ms"
)


class Database(Protocol):
    """A SQLite file that several modules share, such as `ingest.journal.sqlite.SqliteStore`."""

    @property
    def connection(self) -> apsw.Connection:
        """The writing connection, to be used inside `transaction` alone."""

    def transaction(self) -> AbstractContextManager[None]:
        """One thread at a time; all that is done inside commits together, or not at all; may be nested."""


class SqlitePollState:
    """PollState in tables of a SQLite file: the journal's own (`SqlitePollState(store)`), or one of its own (a path).

    In the journal's file a capture and the state of its page commit together. Raises Stop when the file cannot be
    opened or written, and Retry while another program holds a lock on it.
    """

    def __init__(self, place: Path | Database) -> None:
        self._own = _OwnFile(place) if isinstance(place, Path) else None
        self._database: Database = self._own or cast("Database", place)
        with self.together():
            for statement in _SCHEMA:
                self._database.connection.execute(statement)

    @contextmanager
    def together(self) -> Iterator[None]:
        with self._database.transaction():
            yield

    def feed(self, url: str) -> FeedState | None:
        rows = self._rows("SELECT value FROM poll_feeds WHERE url = ?", url)
        return decode(FeedState, rows[0][0]) if rows else None

    def put_feed(self, state: FeedState) -> None:
        with self.together():
            row = (state.feed_url, encode(state))
            self._database.connection.execute(
                "INSERT OR REPLACE INTO poll_feeds (url, value) VALUES (?, ?)", row
            )

    def pages(self, urls: Sequence[str]) -> Mapping[str, PageState]:
        found: dict[str, PageState] = {}
        with self.together():
            for url in urls:
                rows = self._rows("SELECT value FROM poll_pages WHERE url = ?", url)
                if rows:
                    found[url] = decode(PageState, rows[0][0])
        return found

    def put_pages(self, pages: Iterable[PageState]) -> None:
        rows = [
            (page.url, page.host, _ms(page.due_at) if page.status is PageStatus.DUE else None, encode(page))
            for page in pages
        ]
        if rows:
            with self.together():
                self._database.connection.executemany(_PUT_PAGE, rows)

    def due_pages(self, now: datetime, *, per_host: int) -> Sequence[PageState]:
        return [decode(PageState, row[0]) for row in self._rows(_DUE_PAGES, _ms(now), per_host)]

    def pending(self) -> int:
        rows = self._rows("SELECT count(*) FROM poll_pages WHERE due_ms IS NOT NULL")
        return int(rows[0][0])

    def next_page_at(self) -> datetime | None:
        moment = self._rows("SELECT min(due_ms) FROM poll_pages WHERE due_ms IS NOT NULL")[0][0]
        return None if moment is None else datetime.fromtimestamp(moment / 1000, UTC)

    def close(self) -> None:
        if self._own is not None:
            self._own.close()

    def _rows(self, query: str, *values: str | int) -> list[Any]:
        with self.together():
            return self._database.connection.execute(query, values).fetchall()


class _OwnFile:
    """A `Database` for the poller alone, next to a journal that is elsewhere."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._turn = threading.RLock()
        self._depth = 0
        self._closed = False
        with translated(path):
            self.connection = apsw.Connection(str(path))
            self.connection.set_busy_timeout(30_000)
            self.connection.pragma("journal_mode", "WAL")
            self.connection.pragma("synchronous", "FULL")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._turn, translated(self._path):
            if self._closed:
                raise Stop(f"The poller's state {self._path} is closed; start again.")
            if self._depth:
                yield
                return
            self.connection.execute("BEGIN IMMEDIATE")
            self._depth = 1
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
            finally:
                self._depth = 0

    def close(self) -> None:
        with self._turn:
            if not self._closed:
                self._closed = True
                self.connection.close()


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
