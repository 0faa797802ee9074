"""When a feed or a page is due next. Pure: the present and the random value are arguments.

A feed is never given up: failures stretch its interval, at random within the stretch so that feeds that failed
together do not return together, up to a day. 410 Gone pauses it: it is asked once a week whether it is back.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from processors.model import FeedState

_DAY_S = 86400.0
_WEEK_S = 7 * _DAY_S
_PAGE_CAP_S = 6 * 3600.0
#: Some servers answer 304 although the feed has changed: every so many polls the feed is fetched without validators.
_UNCONDITIONAL_EVERY = 24


def first_state(feed_url: str, outlet: str, now: datetime) -> FeedState:
    """The state of a feed that was never polled: due at once."""
    return FeedState(feed_url=feed_url, outlet=outlet, due_at=now)


def is_due(state: FeedState, now: datetime) -> bool:
    """True when the feed is to be polled now."""
    return state.due_at <= now


def may_be_conditional(state: FeedState) -> bool:
    """True when the next poll may send validators."""
    return state.succeeded_at is not None and state.polls % _UNCONDITIONAL_EVERY != 0


def after_success(
    state: FeedState, *, now: datetime, interval_s: float, new_entries: int, chance: float
) -> FeedState:
    """The state after a poll that succeeded, not modified included. `chance` in [0, 1) spreads polls by a tenth."""
    return replace(
        state,
        due_at=now + timedelta(seconds=interval_s * (0.95 + chance / 10)),
        polled_at=now,
        succeeded_at=now,
        new_entry_at=now if new_entries else state.new_entry_at,
        failures=0,
        error="",
        error_detail="",
        paused=False,
        entries_seen=state.entries_seen + new_entries,
        polls=state.polls + 1,
    )


def after_failure(
    state: FeedState,
    *,
    now: datetime,
    interval_s: float,
    reason: str,
    detail: str,
    after_s: float | None,
    chance: float,
) -> FeedState:
    """The state after a poll that failed with `reason`; `after_s` is what the server asked for."""
    gone = reason == "status_410"
    stretched_s = (
        _WEEK_S if gone else backoff_s(interval_s, state.failures + 1, max(_DAY_S, interval_s), chance)
    )
    wait_s = max(interval_s, stretched_s, after_s or 0.0)
    return replace(
        state,
        due_at=now + timedelta(seconds=wait_s),
        polled_at=now,
        failures=state.failures + 1,
        error=reason,
        error_detail=detail[:500],
        polls=state.polls + 1,
        paused=gone,
    )


def page_due_at(
    now: datetime, *, base_s: float, attempts: int, after_s: float | None, chance: float
) -> datetime:
    """When a page that failed `attempts` times is tried again."""
    wait_s = max(base_s, backoff_s(base_s, attempts, max(_PAGE_CAP_S, base_s), chance), after_s or 0.0)
    return now + timedelta(seconds=wait_s)


def backoff_s(base_s: float, failures: int, cap_s: float, chance: float) -> float:
    """Full jitter: a `chance`-th part of the base doubled with each failure, at most of the cap."""
    return chance * min(cap_s, base_s * 2.0 ** min(failures, 32))
