"""When feeds and pages are due, with the clock and the chance in the test's hand."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import schedule
from tests.fakes.polling import START

FRESH = schedule.first_state("https://a.example/rss", "A", START)


def failed(state, *, reason="timeout", after_s=None, chance=0.5, interval_s=900.0, now=START):
    return schedule.after_failure(
        state, now=now, interval_s=interval_s, reason=reason, detail="x", after_s=after_s, chance=chance
    )


def succeeded(state, *, now=START, new_entries=0, chance=0.5):
    return schedule.after_success(state, now=now, interval_s=900, new_entries=new_entries, chance=chance)


def test_a_new_feed_is_due_at_once():
    assert schedule.is_due(FRESH, START)


def test_after_a_success_the_feed_waits_its_interval_and_forgets_its_failures():
    state = succeeded(failed(failed(FRESH)), new_entries=3)
    assert (state.failures, state.error, state.entries_seen, state.polls) == (0, "", 3, 3)
    assert timedelta(seconds=855) <= state.due_at - START <= timedelta(seconds=945)
    assert state.new_entry_at == state.succeeded_at == START


def test_a_poll_without_news_leaves_the_time_of_the_last_news():
    first = succeeded(FRESH, new_entries=1)
    later = succeeded(first, now=START + timedelta(hours=1))
    assert (later.new_entry_at, later.succeeded_at) == (START, START + timedelta(hours=1))


@pytest.mark.parametrize(
    ("failures", "longest_s"), [(1, 1800), (2, 3600), (3, 7200), (7, 86400), (500, 86400)]
)
def test_failures_stretch_the_wait_at_random_up_to_a_day(failures, longest_s):
    state = replace(FRESH, failures=failures - 1)
    assert (failed(state, chance=0.0).due_at - START).total_seconds() == 900
    assert (failed(state, chance=1.0).due_at - START).total_seconds() == longest_s


def test_what_the_server_asks_for_counts_when_it_is_longer():
    assert (failed(FRESH, after_s=7 * 86400.0).due_at - START).days == 7


def test_only_gone_pauses_a_feed_which_is_asked_again_after_a_week():
    gone = failed(FRESH, reason="status_410")
    assert gone.paused
    assert not schedule.is_due(gone, START + timedelta(days=6))
    assert schedule.is_due(gone, START + timedelta(days=7))
    assert not succeeded(gone).paused
    assert not failed(FRESH, reason="status_404").paused


def test_every_24th_poll_and_every_poll_before_the_first_success_sends_no_validators():
    state = succeeded(FRESH)
    sent = []
    for _ in range(48):
        sent.append(schedule.may_be_conditional(state))
        state = succeeded(state)
    assert sent.count(False) == 2
    assert not schedule.may_be_conditional(failed(FRESH))


@given(st.integers(0, 10_000), st.floats(0, 1), st.floats(1, 1e6))
def test_a_feed_is_never_given_up_and_never_hurried(failures, chance, interval_s):
    state = failed(replace(FRESH, failures=failures), chance=chance, interval_s=interval_s)
    wait_s = (state.due_at - START).total_seconds()
    assert interval_s - 0.001 <= wait_s <= max(86400.0, interval_s) + 0.001


@given(st.integers(1, 50), st.floats(0, 1))
def test_a_page_waits_at_least_the_base_and_at_most_six_hours(attempts, chance):
    due_at = schedule.page_due_at(START, base_s=60, attempts=attempts, after_s=None, chance=chance)
    assert 60 <= (due_at - START).total_seconds() <= 6 * 3600
