"""The one fetcher of pages, feeds and robots.txt: bounded in time, bytes, redirects and addresses.

It asks for gzip alone and decompresses by itself, at most to the limit, so a bomb costs no more than a page. Redirects
are followed here, each hop a new vetted connection; a redirect's body is never read.
"""

import hashlib
import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Protocol

from ingest.connect import Answer, BudgetError, Dialer, Limits
from ingest.urls import join, parse_target
from processors.errors import Filtered, Quarantined, Retry
from processors.ports import Clock

FEED_BYTES = 10_000_000
PAGE_BYTES = 2_000_000
_REDIRECTS = 5
_VALIDATOR_CHARS = 8 * 1024
_REDIRECT_STATUSES = frozenset({301, 302, 303, 307, 308})
_GONE_STATUSES = frozenset({404, 410, 451})
_RETRY_STATUSES = frozenset({408, 425, 429})
_MIN_WAIT_S, _MAX_WAIT_S = 60.0, 7 * 86400.0
#: More than this many bytes out of one is no text.
_BOMB_RATIO = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A complete answer. `not_modified` means that the validators still hold and there is no body."""

    url: str
    final_url: str
    status: int
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    body: bytes = b""
    not_modified: bool = False

    @property
    def sha256(self) -> str:
        """Hash of the body, hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()


class Getter(Protocol):
    """What the poller needs of a fetcher."""

    @property
    def user_agent(self) -> str:
        """How the fetcher calls itself, to sites and to their robots.txt."""

    def get(self, url: str, *, max_bytes: int, etag: str = "", last_modified: str = "") -> Fetched:
        """The answer to a GET; raises Retry, Filtered and Quarantined as `Fetcher.get` does."""


@dataclass(frozen=True, kw_only=True)
class Fetcher:
    """Fetches over vetted connections; safe to share between threads."""

    dialer: Dialer
    user_agent: str
    clock: Clock
    #: Seconds for everything: resolving, connecting, all redirects, the whole body.
    deadline_s: float = 30.0

    def get(self, url: str, *, max_bytes: int, etag: str = "", last_modified: str = "") -> Fetched:
        """The answer to a GET, at most `max_bytes` long after decompression.

        With a validator the request is conditional. Raises Retry (`timeout`, `dns`, `refused`, `tls`, `truncated`,
        `protocol`, `status_429`, `status_503`, …; `after_s` from Retry-After), Filtered (`status_404`, …) and
        Quarantined (`bad_url`, `blocked_address`, `redirect_loop`, `too_large`, `bomb`, `unsupported_encoding`,
        `corrupt`, `status_403`, …).
        """
        limits = Limits(deadline=time.monotonic() + self.deadline_s)
        headers = self._headers(etag, last_modified)
        current = parse_target(url).url
        for _ in range(_REDIRECTS + 1):
            found = self._hop(url, current, headers, limits, max_bytes)
            if isinstance(found, Fetched):
                return found
            current = found
        raise Quarantined("redirect_loop", f"more than {_REDIRECTS} redirects")

    def _hop(
        self, url: str, current: str, headers: dict[str, str], limits: Limits, max_bytes: int
    ) -> Fetched | str:
        """The answer, or the URL that it redirects to."""
        limits.budget = Limits(deadline=0).budget
        try:
            with self.dialer.get(parse_target(current), headers, limits) as answer:
                location = answer.headers.get("location", "")
                if answer.status in _REDIRECT_STATUSES and location:
                    return join(current, location)
                not_modified = answer.status == 304 and (
                    "If-None-Match" in headers or "If-Modified-Since" in headers
                )
                if not not_modified:
                    self._check_status(answer)
                # Framing of chunks costs bytes as well; the body itself is held to `max_bytes` below.
                limits.budget += 2 * max_bytes
                return Fetched(
                    url=url,
                    final_url=current,
                    status=answer.status,
                    content_type=answer.headers.get("content-type", "")[:200],
                    etag=_validator(answer.headers.get("etag", "")),
                    last_modified=_validator(answer.headers.get("last-modified", "")),
                    body=b"" if not_modified else _body(answer, max_bytes),
                    not_modified=not_modified,
                )
        except BudgetError as error:
            raise Quarantined("too_large", "more was sent than a page or feed may have") from error

    def _headers(self, etag: str, last_modified: str) -> dict[str, str]:
        headers = {
            "User-Agent": self.user_agent,
            "Accept-Encoding": "gzip",
            "Accept": "*/*",
            "Connection": "close",
        }
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        return headers

    def _check_status(self, answer: Answer) -> None:
        status = answer.status
        if 200 <= status < 300:
            return
        reason = f"status_{status}"
        if status >= 500 or status in _RETRY_STATUSES or status < 400:
            after_s = retry_after_s(answer.headers.get("retry-after", ""), self.clock())
            raise Retry(reason, f"the server answered with status {status}", after_s=after_s)
        if status in _GONE_STATUSES:
            raise Filtered(reason, "the page is not there")
        raise Quarantined(reason, f"the server refuses with status {status}")


def retry_after_s(value: str, now: datetime) -> float | None:
    """Seconds to wait by a Retry-After header (seconds or a date), between a minute and seven days; None if it says nothing."""
    value = value.strip()
    if value.lstrip("-").isascii() and value.lstrip("-").isdigit():
        wait = float(value[:12])
    else:
        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, OverflowError):
            return None
        wait = ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds()
    return min(max(wait, _MIN_WAIT_S), _MAX_WAIT_S)


def _validator(value: str) -> str:
    """A validator to send back next time; one that is too long or could not be sent is forgotten."""
    return value if len(value) <= _VALIDATOR_CHARS and value.isascii() and value.isprintable() else ""


def _body(answer: Answer, max_bytes: int) -> bytes:
    encoding = answer.headers.get("content-encoding", "").strip().lower()
    if encoding in ("", "identity"):
        return _joined(answer.chunks, max_bytes)
    if encoding in ("gzip", "x-gzip"):
        return gunzip(answer.chunks, max_bytes)
    raise Quarantined("unsupported_encoding", f"only gzip was asked for, not {encoding[:40]!r}")


def _joined(chunks: Iterable[bytes], max_bytes: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > max_bytes:
            raise Quarantined("too_large", f"longer than {max_bytes} bytes")
    return bytes(body)


def gunzip(chunks: Iterable[bytes], max_bytes: int) -> bytes:
    """The decompressed members of a gzip stream, never more than `max_bytes` in memory.

    Raises Quarantined with `bomb` or `too_large` beyond them, `corrupt` for what is not gzip, Retry("truncated") when
    the stream ends early. Bytes after the last member are ignored.
    """
    body, received = bytearray(), 0
    inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
    for chunk in chunks:
        received += len(chunk)
        pending = chunk
        while pending:
            try:
                body += inflater.decompress(pending, max_bytes + 1 - len(body))
            except zlib.error as error:
                raise Quarantined("corrupt", f"not valid gzip: {error}") from error
            if len(body) > max_bytes:
                used = received - len(inflater.unconsumed_tail)
                reason = "bomb" if len(body) > _BOMB_RATIO * used else "too_large"
                raise Quarantined(reason, f"longer than {max_bytes} bytes once decompressed")
            pending = inflater.unconsumed_tail
            if inflater.eof:
                if not inflater.unused_data.startswith(b"\x1f\x8b"):
                    return bytes(body)
                pending, inflater = inflater.unused_data, zlib.decompressobj(16 + zlib.MAX_WBITS)
    if received and not inflater.eof:
        raise Retry("truncated", "the compressed body ends early")
    return bytes(body)
