"""The poller against a real server on loopback: every URL ends in one counted outcome."""

import threading
import time
from dataclasses import replace

import pytest

from ingest.poll_state import SqlitePollState
from ingest.poller import Poller, PollerOptions
from ingest.sources import Feed
from processors.errors import Retry
from processors.model import OutcomeStatus
from tests.fakes.http_server import answer, loopback_server, redirect
from tests.fakes.polling import HandClock, ListJournal, loopback_fetcher

PAGE = b"<html><body><p>One hundred and one people came home.</p></body></html>"


def rss(*items: str) -> bytes:
    return answer(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{"".join(items)}</channel></rss>'.encode(),
        content_type="application/rss+xml",
        ETag='"1"',
    )


def item(link: str, title: str = "A title", date: str = "Wed, 03 Jan 2024 19:42:00 +0200") -> str:
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate></item>"


class Newsroom:
    def __init__(self, server, tmp_path):
        self.server, self.path = server, tmp_path / "state.db"
        self.clock, self.journal = HandClock(), ListJournal()
        self.state = SqlitePollState(self.path)

    def poller(self, *feeds: str, **options) -> Poller:
        settings = PollerOptions(host_delay_s=0, retry_base_s=0.01, page_attempts=3)
        return Poller(
            feeds=[
                Feed(url=self.server.url + path, outlet=f"Outlet {path}", interval_s=60)
                for path in feeds or ("/feed",)
            ],
            fetcher=loopback_fetcher(deadline_s=20, clock=self.clock),
            journal=self.journal,
            state=self.state,
            clock=self.clock,
            chance=lambda: 0.5,
            options=replace(settings, **options),
        )

    def final(self) -> dict[str, tuple[str, str]]:
        rank = list(OutcomeStatus)
        best: dict[str, tuple[OutcomeStatus, str]] = {}
        for found in self.journal.records("outcomes"):
            path = found.url.removeprefix(self.server.url)
            if path not in best or rank.index(found.status) >= rank.index(best[path][0]):
                best[path] = (found.status, found.reason)
        return {path: (str(status), reason) for path, (status, reason) in best.items()}


@pytest.fixture
def room(tmp_path):
    with loopback_server() as server:
        newsroom = Newsroom(server, tmp_path)
        yield newsroom
        newsroom.state.close()


def test_an_entry_becomes_a_capture_with_what_the_feed_said(room):
    room.server.pages |= {"/feed": rss(item("/a", "Home &amp; free")), "/a": answer(PAGE)}
    report = room.poller().poll_once()
    (capture,) = room.journal.records("captures")
    assert capture.url == room.server.url + "/a"
    assert capture.body() == PAGE
    assert (capture.entry_title, capture.outlet, capture.origin) == ("Home & free", "Outlet /feed", "feed")
    assert capture.entry_published_at.isoformat() == "2024-01-03T17:42:00+00:00"
    assert capture.entry_utc_offset_minutes == 120
    assert report.counts["captures"] == 1
    assert report.pending == 0
    (state,) = room.journal.records("feeds")
    assert (state.entries_seen, state.failures, state.etag) == (1, 0, '"1"')


def test_a_second_poll_of_an_unchanged_feed_fetches_no_page_again(room):
    room.server.pages |= {"/feed": rss(item("/a")), "/a": answer(PAGE)}
    poller = room.poller()
    poller.poll_once()
    room.clock.advance(minutes=5)
    report = poller.poll_once()
    assert report.counts["not_modified"] == 1
    assert room.server.paths() == ["/feed", "/robots.txt", "/a", "/feed"]
    assert room.server.requests[-1].headers["if-none-match"] == '"1"'
    assert len(room.journal.records("captures")) == 1


def test_a_feed_is_not_polled_before_it_is_due(room):
    room.server.pages |= {"/feed": rss()}
    poller = room.poller()
    poller.poll_once()
    room.clock.advance(seconds=30)
    assert not poller.poll_once().worked


def test_an_article_that_the_feed_calls_changed_is_captured_again_only_if_its_bytes_changed(room):
    room.server.pages |= {"/feed": rss(item("/a")), "/a": answer(PAGE)}
    poller = room.poller()
    poller.poll_once()
    for title, body, captures in [("Same text", PAGE, 1), ("New text", PAGE + b"<p>Correction: 102.</p>", 2)]:
        room.server.pages |= {"/feed": rss(item("/a", title)), "/a": answer(body)}
        room.clock.advance(minutes=5)
        poller.poll_once()
        assert len(room.journal.records("captures")) == captures
    assert len({capture.id for capture in room.journal.records("captures")}) == 2
    assert [found.status for found in room.journal.records("outcomes")] == [OutcomeStatus.PENDING]


def test_every_entry_ends_in_one_counted_outcome(room):
    links = [
        "/ok",
        "/gone",
        "/forbidden",
        "/secret/a",
        "/empty",
        "/pdf",
        "/out",
        "/error",
        "/moved",
        "javascript:alert(1)",
        "",
    ]
    room.server.pages |= {
        "/feed": rss(*(item(link) for link in links)),
        "/robots.txt": answer(b"User-agent: *\nDisallow: /secret/\n", content_type="text/plain"),
        "/ok": answer(PAGE),
        "/gone": answer(status=410),
        "/forbidden": answer(status=403),
        "/empty": answer(b""),
        "/pdf": answer(b"%PDF-1.7", content_type="application/pdf"),
        "/out": redirect("http://10.0.0.1/"),
        "/error": answer(status=500),
        "/moved": redirect("/ok"),
    }
    poller = room.poller()
    for _ in range(4):
        poller.poll_once()
        room.clock.advance(minutes=10)
    final = room.final()
    faults = {reason for path, (_, reason) in final.items() if path.startswith("/feed#entry-")}
    assert {path: end for path, end in final.items() if not path.startswith("/feed#")} == {
        "/ok": ("pending", ""),
        "/moved": ("pending", ""),
        "/gone": ("filtered", "status_410"),
        "/secret/a": ("filtered", "robots"),
        "/forbidden": ("quarantined", "status_403"),
        "/empty": ("quarantined", "empty"),
        "/pdf": ("quarantined", "wrong_type"),
        "/out": ("quarantined", "blocked_address"),
        "/error": ("quarantined", "unreachable"),
    }
    assert faults == {"bad_url", "no_link"}
    assert len(final) == len(links)
    captured = {capture.url.removeprefix(room.server.url) for capture in room.journal.records("captures")}
    assert captured == {path for path, (status, _) in final.items() if status == "pending"}
    letters = {letter.url: letter.reason for letter in room.journal.records("dead_letters")}
    assert len(letters) == sum(status == "quarantined" for status, _ in final.values())
    assert "/secret/a" not in room.server.paths()
    assert room.state.pending() == 0


def test_a_page_that_recovers_is_captured_on_a_later_attempt(room):
    room.server.pages |= {"/feed": rss(item("/a"), item("/b")), "/a": answer(status=500), "/b": answer(PAGE)}
    poller = room.poller()
    assert poller.poll_once().pending == 1
    room.server.pages["/a"] = answer(PAGE)
    room.clock.advance(minutes=10)
    assert poller.poll_once().pending == 0
    assert len(room.journal.records("captures")) == 2


def test_a_host_that_asks_for_rest_is_left_alone(room):
    room.server.pages |= {
        "/feed": rss(item("/a"), item("/b")),
        "/a": answer(status=429, Retry_After="3600"),
        "/b": answer(PAGE),
    }
    poller = room.poller()
    poller.poll_once()
    room.clock.advance(minutes=2)
    poller.poll_once()
    pages = [path for path in room.server.paths() if path in ("/a", "/b")]
    assert len(pages) == 1
    assert room.state.pending() == 2


def test_a_broken_feed_does_not_stop_the_others_and_is_one_dead_letter(room):
    room.server.pages |= {
        "/broken": answer(b"<html><body>Consent, please</body></html>"),
        "/feed": rss(item("/a")),
        "/a": answer(PAGE),
    }
    poller = room.poller("/broken", "/missing", "/feed")
    for _ in range(3):
        poller.poll_once()
        room.clock.advance(days=2)
    assert len(room.journal.records("captures")) == 1
    assert [letter.reason for letter in room.journal.records("dead_letters")] == ["not_a_feed"]
    last = {state.feed_url.rsplit("/", 1)[1]: state for state in room.journal.records("feeds")}
    assert (last["broken"].error, last["broken"].failures) == ("not_a_feed", 3)
    assert (last["missing"].error, last["missing"].failures) == ("status_404", 3)
    assert last["feed"].error == ""


def test_a_feed_that_is_gone_is_paused_until_it_is_back(room):
    room.server.pages |= {"/feed": answer(status=410)}
    poller = room.poller()
    poller.poll_once()
    room.clock.advance(days=6)
    assert not poller.poll_once().worked
    assert room.journal.records("feeds")[-1].paused
    room.server.pages["/feed"] = rss()
    room.clock.advance(days=2)
    assert poller.poll_once().worked
    assert not room.journal.records("feeds")[-1].paused


def test_a_restart_continues_with_what_was_pending(room):
    room.server.pages |= {"/feed": rss(item("/a")), "/a": answer(status=500)}
    room.poller().poll_once()
    room.state.close()
    room.state = SqlitePollState(room.path)
    room.server.pages["/a"] = answer(PAGE)
    room.clock.advance(minutes=10)
    room.poller().poll_once()
    assert len(room.journal.records("captures")) == 1


def test_nothing_is_lost_while_the_journal_is_out_of_reach(room):
    room.server.pages |= {"/feed": rss(item("/a")), "/a": answer(PAGE)}
    poller = room.poller()
    room.journal.down = True
    with pytest.raises(Retry, match="journal"):
        poller.poll_once()
    room.journal.down = False
    poller.poll_once()
    assert len(room.journal.records("captures")) == 1
    assert room.final() == {"/a": ("pending", "")}


def test_unreachable_robots_rules_hold_the_page_back(room):
    room.server.pages |= {"/feed": rss(item("/a")), "/robots.txt": answer(status=503), "/a": answer(PAGE)}
    poller = room.poller()
    poller.poll_once()
    assert "/a" not in room.server.paths()
    room.server.pages["/robots.txt"] = answer(status=404)
    room.clock.advance(hours=7)
    until = time.monotonic() + 30
    while not room.journal.records("captures") and time.monotonic() < until:
        poller.poll_once()
    assert "/a" in room.server.paths()


def test_a_requeued_page_is_fetched_again(room):
    room.server.pages |= {"/feed": rss(item("/a")), "/a": answer(status=403)}
    poller = room.poller()
    poller.poll_once()
    room.server.pages["/a"] = answer(PAGE)
    assert poller.requeue(room.server.url + "/a")
    assert not poller.requeue("https://unknown.example/")
    poller.poll_once()
    assert len(room.journal.records("captures")) == 1


def test_a_second_refusal_is_a_dead_letter_of_its_own(room):
    room.server.pages |= {"/feed": rss(item("/a")), "/a": answer(status=403)}
    poller = room.poller()
    poller.poll_once()
    room.clock.advance(minutes=1)
    poller.requeue(room.server.url + "/a")
    poller.poll_once()
    assert len({letter.id for letter in room.journal.records("dead_letters")}) == 2


def test_the_service_polls_until_it_is_told_to_stop(room):
    room.server.pages |= {"/feed": rss(item("/a")), "/a": answer(PAGE)}
    stop = threading.Event()
    thread = threading.Thread(target=room.poller().run, args=(stop,))
    thread.start()
    until = time.monotonic() + 30
    while not room.journal.records("captures") and time.monotonic() < until:
        stop.wait(0.01)
    stop.set()
    thread.join(10)
    assert not thread.is_alive()
    assert len(room.journal.records("captures")) == 1


def test_requests_to_one_host_keep_their_distance(room):
    room.server.pages |= {"/feed": rss(item("/a"), item("/b")), "/a": answer(PAGE), "/b": answer(PAGE)}
    began = time.monotonic()
    room.poller(host_delay_s=0.1).poll_once()
    assert time.monotonic() - began >= 0.2
