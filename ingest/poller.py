"""The poller: due feeds to entries, entries to captures; every URL ends in exactly one counted outcome.

An entry is announced (`Outcome` pending) and remembered as due before its page is fetched, so a crash at any point only
repeats work: ids are content hashes. Hosts are worked on in parallel, the pages of one host one after another with the
host's delay between them. What goes wrong with one feed or page ends with that feed or page.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from ingest import schedule
from ingest.feeds import Entry, ParsedFeed, parse_feed
from ingest.fetch import FEED_BYTES, PAGE_BYTES, Fetched, Getter
from ingest.politeness import HostGate, RobotsCache
from ingest.poll_state import PageState, PageStatus, PollState
from ingest.records import capture, letter, message, outcome, refused
from ingest.sources import Feed
from ingest.urls import parse_target
from processors.errors import Filtered, ObminError, Quarantined, Reject, Retry
from processors.model import Capture, FeedState, OutcomeStatus
from processors.ports import Clock, Journal

_log = logging.getLogger(__name__)
_BINARY = (
    "image/",
    "audio/",
    "video/",
    "font/",
    "application/pdf",
    "application/zip",
    "application/octet-stream",
)
#: Troubles of a host rather than of one page: its other pages wait as well.
_HOST_TROUBLE = frozenset({"timeout", "dns", "refused", "tls", "robots", "status_429", "status_503"})
_Job = TypeVar("_Job", Feed, PageState)


@dataclass(frozen=True, slots=True, kw_only=True)
class PollerOptions:
    """How politely and how stubbornly to poll."""

    #: Seconds between two requests to one host; a longer Crawl-delay of its robots.txt counts instead.
    host_delay_s: float = 1.0
    #: Hosts that are worked on at the same time.
    threads: int = 8
    #: A page that could not be fetched so many times is quarantined as unreachable.
    page_attempts: int = 6
    #: Least wait before the second attempt; it doubles, at random, up to six hours.
    retry_base_s: float = 60.0
    #: Pages of one host in one round, and the seconds after which a round turns to other hosts.
    pages_per_round: int = 100
    round_s: float = 20.0


@dataclass(slots=True)
class PollReport:
    """What one round did: `feeds`, `feeds_failed`, `not_modified`, `entries`, `edits`, `captures`, `unchanged`,
    `retried`, `filtered`, `quarantined`.
    """

    counts: Counter[str] = field(default_factory=Counter)
    #: Pages that still wait for a fetch.
    pending: int = 0

    @property
    def worked(self) -> bool:
        """True when the round polled or fetched anything."""
        return any(self.counts.values())


class Poller:
    """Polls feeds and fetches pages into a journal. One instance at a time works on one `PollState`."""

    def __init__(
        self,
        *,
        feeds: Sequence[Feed],
        fetcher: Getter,
        journal: Journal,
        state: PollState,
        clock: Clock,
        chance: Callable[[], float],
        options: PollerOptions | None = None,
    ) -> None:
        self._feeds = tuple(feed for feed in feeds if feed.enabled)
        self._fetcher, self._journal, self._state = fetcher, journal, state
        self._clock, self._chance = clock, chance
        self._options = options or PollerOptions()
        self._stop = threading.Event()
        self._gate = HostGate(self._options.host_delay_s, self._stop)
        self._robots = RobotsCache(fetcher)

    def run(self, stop: threading.Event, *, idle_s: float = 5.0) -> None:
        """Poll until `stop` is set, then return when requests under way are over. Raises Stop."""
        self._stop = self._gate.stop = stop
        while not stop.is_set():
            try:
                self.poll_once()
            except Retry as error:
                _log.warning("the journal is out of reach, polling again in %.0f s: %s", idle_s, error)
                stop.wait(idle_s)
            stop.wait(min(self._idle_s(), idle_s))

    def poll_once(self, now: datetime | None = None) -> PollReport:
        """One round: every feed due by `now` (the clock's, if not given), then pages that are due.

        Raises Retry when the journal is out of reach (nothing is lost: the round is repeated) and Stop.
        """
        now = now or self._clock()
        report = PollReport()
        due = [feed for feed in self._feeds if schedule.is_due(self._feed_state(feed, now), now)]
        self._by_host(due, lambda feed: parse_target(feed.url).authority, self._poll_feed, report)
        pages = self._state.due_pages(max(now, self._clock()), per_host=self._options.pages_per_round)
        self._by_host(pages, lambda page: page.host, self._fetch_page, report)
        report.pending = self._state.pending()
        return report

    def requeue(self, url: str) -> bool:
        """Make a page due again although it ended, as the replay of a dead letter does. False for an unknown URL."""
        known = self._state.pages([url]).get(url)
        if known is None:
            return False
        self._state.put_pages(
            [replace(known, status=PageStatus.DUE, due_at=self._clock(), attempts=0, body_sha256="")]
        )
        return True

    def _idle_s(self) -> float:
        now = self._clock()
        due = [self._feed_state(feed, now).due_at for feed in self._feeds]
        page_at = self._state.next_page_at()
        next_at = min((*due, page_at) if page_at else due, default=None)
        return 3600.0 if next_at is None else max((next_at - now).total_seconds(), 0.05)

    def _by_host(
        self,
        jobs: Iterable[_Job],
        host_of: Callable[[_Job], str],
        work: Callable[[_Job, Counter[str]], bool],
        report: PollReport,
    ) -> None:
        """Do the jobs, hosts in parallel; a job that returns False ends its host's round."""
        groups: dict[str, list[_Job]] = {}
        for job in jobs:
            groups.setdefault(host_of(job), []).append(job)

        def work_through(group: list[_Job]) -> Counter[str]:
            counts: Counter[str] = Counter()
            ends_at = time.monotonic() + self._options.round_s
            for job in group:
                if self._stop.is_set() or time.monotonic() > ends_at or not work(job, counts):
                    break
            return counts

        if groups:
            with ThreadPoolExecutor(min(self._options.threads, len(groups)), "poll") as pool:
                for counts in pool.map(work_through, groups.values()):
                    report.counts.update(counts)

    # Feeds

    def _feed_state(self, feed: Feed, now: datetime) -> FeedState:
        return self._state.feed(feed.url) or schedule.first_state(feed.url, feed.outlet, now)

    def _poll_feed(self, feed: Feed, counts: Counter[str]) -> bool:
        """Poll one feed; one that fails does not keep the other feeds of its host from their turn."""
        state = self._feed_state(feed, self._clock())
        counts["feeds"] += 1
        fetched: Fetched | None = None
        parsed: ParsedFeed | None = None
        try:
            fetched = self._fetch_feed(feed, state)
            unchanged = fetched.not_modified or fetched.sha256 == state.body_sha256
            if not unchanged:
                parsed = parse_feed(
                    fetched.body, content_type=fetched.content_type, url=fetched.final_url, now=self._clock()
                )
        except (Retry, Reject) as error:
            self._feed_failed(feed, state, error, fetched, counts)
            return True
        except ObminError:
            raise
        except Exception as error:  # noqa: BLE001  a parser that fails on one feed must not stop the others
            _log.exception("feed %s could not be parsed", feed.url)
            self._feed_failed(feed, state, Quarantined("unreadable", type(error).__name__), fetched, counts)
            return True
        counts["not_modified"] += parsed is None
        new = self._announce(feed, parsed.entries, counts) if parsed else 0
        done = schedule.after_success(
            state, now=self._clock(), interval_s=feed.interval_s, new_entries=new, chance=self._chance()
        )
        self._save_feed(done if fetched.not_modified else _with_validators(done, fetched))
        return True

    def _fetch_feed(self, feed: Feed, state: FeedState) -> Fetched:
        self._gate.wait(parse_target(feed.url).authority)
        if schedule.may_be_conditional(state):
            return self._fetcher.get(
                feed.url, max_bytes=FEED_BYTES, etag=state.etag, last_modified=state.last_modified
            )
        return self._fetcher.get(feed.url, max_bytes=FEED_BYTES)

    def _feed_failed(
        self,
        feed: Feed,
        state: FeedState,
        error: Retry | Reject,
        fetched: Fetched | None,
        counts: Counter[str],
    ) -> None:
        counts["feeds_failed"] += 1
        now = self._clock()
        # One letter while the fault stays the same: a feed that is broken for a week is one finding, not a thousand.
        if isinstance(error, Quarantined) and state.error != error.reason:
            body = fetched.body if fetched else b""
            self._append([letter(error, stage="feed", url=feed.url, outlet=feed.outlet, now=now, body=body)])
        self._save_feed(
            schedule.after_failure(
                state,
                now=now,
                interval_s=feed.interval_s,
                reason=error.reason,
                detail=error.detail,
                after_s=error.after_s if isinstance(error, Retry) else None,
                chance=self._chance(),
            )
        )

    def _save_feed(self, state: FeedState) -> None:
        with self._state.together():
            self._append([state])
            self._state.put_feed(state)

    def _announce(self, feed: Feed, entries: Sequence[Entry], counts: Counter[str]) -> int:
        """Remember the entries that are new or changed; the number of new ones."""
        now = self._clock()
        known = self._state.pages([entry.url for entry in entries])
        records: list[object] = []
        pages: list[PageState] = []
        for entry in entries:
            before = known.get(entry.url)
            if before is not None and (before.stamp == entry.stamp or entry.fault):
                continue
            page = _page(feed, entry, now)
            if before is not None:
                counts["edits"] += 1
                page = replace(page, body_sha256=before.body_sha256)
            elif entry.fault:
                counts.update(("entries", "quarantined"))
                error = Quarantined(
                    entry.fault, f"the entry {entry.id[:200]!r} has no link that can be fetched"
                )
                records += refused(page.url, page.outlet, error, now)
            else:
                counts["entries"] += 1
                records.append(outcome(page.url, page.outlet, OutcomeStatus.PENDING, now))
            pages.append(page)
        with self._state.together():
            self._append(records)
            self._state.put_pages(pages)
        return sum(entry.url not in known for entry in entries)

    # Pages

    def _fetch_page(self, page: PageState, counts: Counter[str]) -> bool:
        """Fetch one page to its end; False when its host is to be left alone for now."""
        try:
            if self._gate.held(page.host):
                return False
            fetched = self._get_page(page)
        except Retry as error:
            self._page_failed(page, error, counts)
            return error.reason not in _HOST_TROUBLE
        except Reject as error:
            self._page_refused(page, error, counts)
            return True
        except ObminError:
            raise
        except Exception as error:  # noqa: BLE001  a fault on one page must not stop the others
            _log.exception("page %s could not be fetched", page.url)
            self._page_refused(page, Quarantined("unreadable", type(error).__name__), counts)
            return True
        if fetched.sha256 == page.body_sha256:
            counts["unchanged"] += 1
            self._finish(page, [])
            return True
        counts["captures"] += 1
        self._finish(replace(page, body_sha256=fetched.sha256), [_capture(page, fetched, self._clock())])
        return True

    def _page_refused(self, page: PageState, error: Reject, counts: Counter[str]) -> None:
        counts["filtered" if isinstance(error, Filtered) else "quarantined"] += 1
        self._finish(page, refused(page.url, page.outlet, error, self._clock()))

    def _get_page(self, page: PageState) -> Fetched:
        agent = self._fetcher.user_agent
        robots = self._robots.rules(parse_target(page.url), self._clock())
        if not robots.allows(page.url, agent):
            raise Filtered("robots", "the site's robots.txt does not allow this page")
        self._gate.wait(page.host, robots.delay_s(agent))
        fetched = self._fetcher.get(page.url, max_bytes=PAGE_BYTES)
        if not fetched.body:
            raise Quarantined("empty", "the page has no content")
        if fetched.content_type.lower().startswith(_BINARY):
            raise Quarantined("wrong_type", f"a page must be text, not {fetched.content_type}")
        return fetched

    def _page_failed(self, page: PageState, error: Retry, counts: Counter[str]) -> None:
        now, attempts = self._clock(), page.attempts + 1
        if attempts >= self._options.page_attempts:
            final = Quarantined("unreachable", f"{attempts} attempts failed, the last with {error}")
            self._page_refused(page, final, counts)
            return
        counts["retried"] += 1
        due_at = schedule.page_due_at(
            now,
            base_s=self._options.retry_base_s,
            attempts=attempts,
            after_s=error.after_s,
            chance=self._chance(),
        )
        if error.reason in _HOST_TROUBLE:
            self._gate.hold(page.host, error.after_s or self._options.retry_base_s)
        self._state.put_pages([replace(page, attempts=attempts, due_at=due_at)])

    def _finish(self, page: PageState, records: Sequence[object]) -> None:
        with self._state.together():
            self._append(records)
            self._state.put_pages([replace(page, status=PageStatus.DONE, attempts=0)])

    def _append(self, records: Sequence[object]) -> None:
        if records:
            self._journal.append([message(record) for record in records])


def _with_validators(state: FeedState, fetched: Fetched) -> FeedState:
    return replace(state, etag=fetched.etag, last_modified=fetched.last_modified, body_sha256=fetched.sha256)


def _page(feed: Feed, entry: Entry, now: datetime) -> PageState:
    return PageState(
        url=entry.url,
        host=parse_target(entry.url).authority,
        outlet=feed.outlet,
        feed_url=feed.url,
        title=entry.title,
        published_at=entry.published_at,
        utc_offset_minutes=entry.utc_offset_minutes,
        stamp=entry.stamp,
        status=PageStatus.DONE if entry.fault else PageStatus.DUE,
        due_at=now,
    )


def _capture(page: PageState, fetched: Fetched, now: datetime) -> Capture:
    return capture(
        url=page.url,
        final_url=fetched.final_url,
        outlet=page.outlet,
        body=fetched.body,
        content_type=fetched.content_type,
        status=fetched.status,
        now=now,
        title=page.title,
        published_at=page.published_at,
        utc_offset_minutes=page.utc_offset_minutes,
    )
