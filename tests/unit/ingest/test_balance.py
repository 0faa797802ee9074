"""Whatever pages and journal do, every URL ends in exactly one counted outcome and nothing is lost."""

from collections.abc import Sequence
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.poll_state import SqlitePollState
from ingest.poller import Poller, PollerOptions
from ingest.sources import Feed
from processors.errors import Filtered, Quarantined, Retry
from tests.fakes.fetcher import ScriptedFetcher
from tests.fakes.polling import HandClock, ListJournal

HOSTS = ("https://a.example", "https://b.example")
ANSWERS = st.lists(
    st.sampled_from(
        [
            b"page",
            b"",
            Retry("timeout"),
            Retry("status_500"),
            Retry("status_429", after_s=0.001),
            Filtered("status_404"),
            Quarantined("too_large"),
            RuntimeError("bug"),
        ]
    ),
    min_size=1,
    max_size=5,
)


class ShakyJournal(ListJournal):
    """Out of reach whenever the plan says so, then always there."""

    def __init__(self, plan: Sequence[bool]) -> None:
        super().__init__()
        self.plan = list(plan)

    def append(self, messages) -> None:
        self.down = bool(self.plan) and self.plan.pop(0)
        super().append(messages)


def feed_of(pages: Sequence[str]) -> bytes:
    items = "".join(f"<item><title>T</title><link>{page}</link></item>" for page in pages)
    return f'<rss version="2.0"><channel><title>F</title>{items}</channel></rss>'.encode()


@settings(max_examples=25, deadline=None)
@given(st.lists(ANSWERS, min_size=1, max_size=8), st.lists(st.booleans(), max_size=10))
def test_every_url_ends_in_one_counted_outcome(tmp_path_factory, scripts, outages):
    pages = {f"{HOSTS[n % 2]}/{n}": script for n, script in enumerate(scripts)}
    answers = {
        url: (lambda asked, script=script: script[min(asked, len(script) - 1)])
        for url, script in pages.items()
    }
    answers["https://feed.example/rss"] = feed_of(list(pages))
    clock, journal = HandClock(), ShakyJournal(outages)
    state = SqlitePollState(tmp_path_factory.mktemp("balance") / "state.db")
    poller = Poller(
        feeds=[Feed(url="https://feed.example/rss", outlet="F", interval_s=60)],
        fetcher=ScriptedFetcher(answers),
        journal=journal,
        state=state,
        clock=clock,
        chance=lambda: 0.5,
        options=PollerOptions(host_delay_s=0, retry_base_s=0.001, page_attempts=4, threads=2),
    )
    for _ in range(60):
        with suppress(Retry):
            poller.poll_once()
        clock.advance(hours=7)
        if not state.pending() and state.feed("https://feed.example/rss"):
            break
    state.close()
    captured = {capture.url for capture in journal.records("captures")}
    ended = [found for found in journal.records("outcomes") if found.status != "pending"]
    assert {found.url for found in journal.records("outcomes")} == set(pages)
    assert captured | {found.url for found in ended} == set(pages)
    assert captured.isdisjoint(found.url for found in ended)
    assert len(ended) == len({found.url for found in ended})
    assert {letter.url for letter in journal.records("dead_letters")} == {
        found.url for found in ended if found.status == "quarantined"
    }
