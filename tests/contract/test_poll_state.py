"""The contract of the poller's memory, for each implementation of it."""

import threading
from contextlib import suppress
from datetime import timedelta

import pytest

from ingest.journal.sqlite import SqliteStore
from ingest.poll_state import PageState, PageStatus, SqlitePollState
from ingest.schedule import first_state
from processors.errors import Stop
from processors.ports import NewMessage
from tests.fakes.polling import START


@pytest.fixture(params=["its own file", "the journal's file"])
def state(tmp_path, request):
    store = SqliteStore(tmp_path / "journal.db") if "journal" in request.param else None
    opened = SqlitePollState(store or tmp_path / "state.db")
    yield opened
    opened.close()
    if store:
        store.close()


def page(url: str, host: str = "a.example", due_s: float = 0, **fields) -> PageState:
    known = {"outlet": "A", "feed_url": "f", "title": "T", "published_at": None, "stamp": "s"} | fields
    return PageState(url=url, host=host, due_at=START + timedelta(seconds=due_s), **known)


def test_what_is_put_is_found_again(state):
    feed, known = first_state("https://a.example/rss", "A", START), page("u", published_at=START, attempts=2)
    state.put_feed(feed)
    state.put_pages([known])
    assert state.feed(feed.feed_url) == feed
    assert state.pages(["u", "unknown"]) == {"u": known}
    assert state.feed("unknown") is None


def test_a_later_state_replaces_the_earlier(state):
    state.put_pages([page("u")])
    state.put_pages([page("u", status=PageStatus.DONE, title="new")])
    assert state.pages(["u"])["u"].title == "new"
    assert state.pending() == 0


def test_pages_come_when_they_are_due_the_longest_waiting_first(state):
    state.put_pages(
        [
            page("c", due_s=3),
            page("a", due_s=1),
            page("later", due_s=9),
            page("b", due_s=2),
            page("done", status=PageStatus.DONE),
        ]
    )
    assert [found.url for found in state.due_pages(START + timedelta(seconds=5), per_host=10)] == [
        "a",
        "b",
        "c",
    ]
    assert state.pending() == 4
    assert state.next_page_at() == START + timedelta(seconds=1)


def test_no_host_crowds_out_another(state):
    state.put_pages([page(f"big-{n}", "big", n) for n in range(50)] + [page("small", "small", 60)])
    found = state.due_pages(START + timedelta(hours=1), per_host=3)
    assert [known.url for known in found] == ["big-0", "big-1", "big-2", "small"]


def test_an_empty_memory_has_nothing_due(state):
    state.put_pages([])
    assert (state.pending(), state.next_page_at(), state.due_pages(START, per_host=1)) == (0, None, [])


def test_all_is_there_after_a_restart(tmp_path):
    first = SqlitePollState(tmp_path / "state.db")
    first.put_pages([page("u")])
    first.close()
    second = SqlitePollState(tmp_path / "state.db")
    assert second.pending() == 1
    second.close()


def test_what_is_put_together_is_undone_together(state):
    with suppress(KeyboardInterrupt), state.together():
        state.put_pages([page("u")])
        state.put_feed(first_state("f", "A", START))
        raise KeyboardInterrupt
    assert (state.pending(), state.feed("f")) == (0, None)


def test_a_capture_and_the_state_of_its_page_commit_together_in_the_journals_file(tmp_path):
    store = SqliteStore(tmp_path / "journal.db")
    state = SqlitePollState(store)
    with suppress(KeyboardInterrupt), state.together():
        store.append([NewMessage(topic="captures", key="k", value=b"v")])
        state.put_pages([page("u")])
        raise KeyboardInterrupt
    assert (store.end("captures"), state.pending()) == (0, 0)
    store.close()


def test_threads_may_share_it(state):
    def work(name: str) -> None:
        for number in range(20):
            state.put_pages([page(f"{name}-{number}", name)])

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert state.pending() == 80


@pytest.mark.parametrize(
    "call",
    [
        lambda state: state.feed("u"), lambda state: state.put_feed(first_state("u", "A", START)),
        lambda state: state.pages(["u"]),
        lambda state: state.put_pages([page("u")]), lambda state: state.pending(),
        lambda state: state.due_pages(START, per_host=1),
        lambda state: state.next_page_at(),
    ],
)  # fmt: skip
def test_every_method_says_that_it_is_closed(tmp_path, call):
    state = SqlitePollState(tmp_path / "state.db")
    state.close()
    state.close()
    with pytest.raises(Stop, match="closed"):
        call(state)


@pytest.mark.parametrize(
    "spoil", [lambda path: path.mkdir(), lambda path: path.write_bytes(b"not a database " * 100)]
)
def test_a_file_that_is_no_database_stops_the_process_with_its_name(tmp_path, spoil):
    spoil(tmp_path / "bad.db")
    with pytest.raises(Stop, match=r"bad\.db"):
        SqlitePollState(tmp_path / "bad.db")
