"""Good manners towards one host: a delay between requests, a rest after trouble, its robots.txt kept for a day."""

import threading
import time
from datetime import datetime, timedelta

from ingest.fetch import PAGE_BYTES, Getter
from ingest.robots import ALLOW_ALL, Robots, parse_robots
from ingest.urls import Target
from processors.errors import Reject, Retry

_KEPT = timedelta(hours=24)
_MAX_ORIGINS = 10_000


class HostGate:
    """Spaces requests to each host by at least `delay_s` seconds of the monotonic clock; safe between threads."""

    def __init__(self, delay_s: float, stop: threading.Event) -> None:
        self.stop = stop
        self._delay_s = delay_s
        self._lock = threading.Lock()
        self._free_at: dict[str, float] = {}
        self._held_until: dict[str, float] = {}

    def wait(self, host: str, delay_s: float = 0.0) -> None:
        """Return when the host may be asked again; at once when the process is to stop.

        `delay_s` is what the host itself asks for: the longer delay counts.
        """
        spacing = max(self._delay_s, delay_s)
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._free_at.get(host, 0.0))
            self._free_at[host] = turn + spacing
        if turn > now:
            self.stop.wait(turn - now)

    def hold(self, host: str, seconds: float) -> None:
        """Leave the host alone for so long."""
        with self._lock:
            self._held_until[host] = max(self._held_until.get(host, 0.0), time.monotonic() + seconds)

    def held(self, host: str) -> bool:
        """True while the host is to be left alone."""
        with self._lock:
            return self._held_until.get(host, 0.0) > time.monotonic()


class RobotsCache:
    """The rules of each origin, asked for once a day. Rules that cannot be had anew are used a day longer."""

    def __init__(self, fetcher: Getter) -> None:
        self._fetcher = fetcher
        self._lock = threading.Lock()
        self._known: dict[str, tuple[Robots, datetime]] = {}

    def rules(self, target: Target, now: datetime) -> Robots:
        """The rules for the target's origin. Raises Retry("robots") while they are out of reach (5xx, no answer)."""
        with self._lock:
            known = self._known.get(target.origin)
        if known is not None and now - known[1] < _KEPT:
            return known[0]
        try:
            robots = self._ask(target)
        except Retry as error:
            if known is not None and now - known[1] < 2 * _KEPT:
                return known[0]
            raise Retry("robots", f"robots.txt is out of reach ({error})", after_s=error.after_s) from error
        with self._lock:
            if len(self._known) >= _MAX_ORIGINS:
                self._known.pop(next(iter(self._known)))
            self._known[target.origin] = (robots, now)
        return robots

    def _ask(self, target: Target) -> Robots:
        try:
            return parse_robots(self._fetcher.get(f"{target.origin}/robots.txt", max_bytes=PAGE_BYTES).body)
        except Reject as error:
            if error.reason.startswith("status_4"):
                return ALLOW_ALL
            raise Retry("robots", error.reason) from error
