"""A small HTTP server on loopback that answers GET from a function of the path: validators, gzip, redirects, nothing else."""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

_LEAST_GZIP = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a path is answered. A redirect has a `location`; what has `changed_at` gets Last-Modified."""

    status: int = 200
    body: bytes = b""
    content_type: str = "text/html"
    location: str = ""
    changed_at: datetime | None = None

    @property
    def etag(self) -> str:
        """A strong validator of the body."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:24]}"'


class Server:
    """Serves on 127.0.0.1 from its creation until `close`, one thread a connection."""

    def __init__(self, port: int, answer: Callable[[str], Answer]) -> None:
        handler = type("Handler", (_Handler,), {"answer": staticmethod(answer)})
        self._http = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self._http.daemon_threads = True
        self.port: int = self._http.server_address[1]
        self._thread = Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True, name="newsroom"
        )
        self._thread.start()

    def close(self) -> None:
        """Stop answering and close the port."""
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "newsroom"
    sys_version = ""
    timeout = 10
    answer: Callable[[str], Answer]

    def do_GET(self) -> None:
        """Answer with the body, or 304 when the client has it."""
        answer = self.answer(self.path.split("#", 1)[0])
        if answer.location:
            self._send(answer.status, {"Location": answer.location}, b"")
        elif answer.status == 200 and self._is_known(answer):
            self._send(304, self._validators(answer), b"")
        else:
            self._send_body(answer)

    do_HEAD = do_GET  # noqa: N815  the base class names it so

    def _send_body(self, answer: Answer) -> None:
        headers = {"Content-Type": answer.content_type}
        if answer.status == 200:
            headers |= self._validators(answer)
        body = answer.body
        if "gzip" in self.headers.get("Accept-Encoding", "") and len(body) >= _LEAST_GZIP:
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
            body = gzip.compress(body, mtime=0)
        self._send(answer.status, headers, body)

    def _validators(self, answer: Answer) -> dict[str, str]:
        validators = {"ETag": answer.etag}
        if answer.changed_at:
            validators["Last-Modified"] = format_datetime(answer.changed_at.astimezone(UTC), usegmt=True)
        return validators

    def _is_known(self, answer: Answer) -> bool:
        """If-None-Match decides; If-Modified-Since only where it is missing (RFC 9110, 13.2.2)."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return answer.etag in tags or tags.strip() == "*"
        since = self.headers.get("If-Modified-Since")
        if since is None or answer.changed_at is None:
            return False
        try:
            return answer.changed_at.replace(microsecond=0) <= parsedate_to_datetime(since)
        except (ValueError, TypeError):
            return False

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it so
        """Say nothing: the poller's own counts are the log."""
