"""What the poller remembers between polls: the state of each feed and of each page that a feed has named."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

import apsw

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


_SCHEMA = """
CREATE TABLE IF NOT EXISTS poll_feeds (url TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS poll_pages (
    url TEXT PRIMARY KEY, host TEXT NOT NULL, due_ms INTEGER, value BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS poll_pages_due ON poll_pages (due_ms, host) WHERE due_ms IS NOT NULL;
"""
_PUT_PAGE = (
    "INSERT INTO poll_pages (url, host, due_ms, value) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (url) DO UPDATE SET host = excluded.host, due_ms = excluded.due_ms, value = excluded.value"
)
_DUE_PAGES = (
    "SELECT value FROM (SELECT value, due_ms, row_number() OVER (PARTITION BY host ORDER BY due_ms, url) AS place "
    "FROM poll_pages WHERE due_ms <= ?) WHERE place <= ? ORDER BY due_ms"
)


class SqlitePollState:
    """PollState in tables of a SQLite file: the journal's own file, or one of its own next to a Kafka journal.

    Raises Stop when the file cannot be opened or written.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        with _stopping(path):
            self._db: apsw.Connection | None = apsw.Connection(str(path))
            self._db.set_busy_timeout(30_000)
            self._db.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;" + _SCHEMA).fetchall()
        self._path = path

    @contextmanager
    def _transaction(self) -> Iterator[apsw.Connection]:
        with self._lock, _stopping(self._path):
            if self._db is None:
                raise Stop(f"{self._path}: the poller's state is closed")
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    @contextmanager
    def _reading(self) -> Iterator[apsw.Connection]:
        with self._lock, _stopping(self._path):
            if self._db is None:
                raise Stop(f"{self._path}: the poller's state is closed")
            yield self._db

    def feed(self, url: str) -> FeedState | None:
        with self._reading() as db:
            row = db.execute("SELECT value FROM poll_feeds WHERE url = ?", (url,)).fetchone()
        return decode(FeedState, row[0]) if row else None

    def put_feed(self, state: FeedState) -> None:
        with self._transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO poll_feeds (url, value) VALUES (?, ?)",
                (state.feed_url, encode(state)),
            )

    def pages(self, urls: Sequence[str]) -> Mapping[str, PageState]:
        found: dict[str, PageState] = {}
        with self._reading() as db:
            for url in urls:
                row = db.execute("SELECT value FROM poll_pages WHERE url = ?", (url,)).fetchone()
                if row:
                    found[url] = decode(PageState, row[0])
        return found

    def put_pages(self, pages: Iterable[PageState]) -> None:
        rows = [
            (page.url, page.host, _ms(page.due_at) if page.status is PageStatus.DUE else None, encode(page))
            for page in pages
        ]
        if rows:
            with self._transaction() as db:
                db.executemany(_PUT_PAGE, rows)

    def due_pages(self, now: datetime, *, per_host: int) -> Sequence[PageState]:
        with self._reading() as db:
            rows: Sequence[Any] = db.execute(_DUE_PAGES, (_ms(now), per_host)).fetchall()
        return [decode(PageState, bytes(row[0])) for row in rows]

    def pending(self) -> int:
        with self._reading() as db:
            row: Any = db.execute("SELECT count(*) FROM poll_pages WHERE due_ms IS NOT NULL").fetchone()
        return int(row[0])

    def next_page_at(self) -> datetime | None:
        with self._reading() as db:
            row: Any = db.execute("SELECT min(due_ms) FROM poll_pages WHERE due_ms IS NOT NULL").fetchone()
        return None if row[0] is None else datetime.fromtimestamp(row[0] / 1000, UTC)

    def close(self) -> None:
        with self._lock:
            if self._db is not None:
                self._db.close()
                self._db = None


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


@contextmanager
def _stopping(path: Path) -> Iterator[None]:
    try:
        yield
    except apsw.Error as error:
        raise Stop(f"{path}: the poller's state cannot be read or written: {error}") from error
