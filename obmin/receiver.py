"""A webhook endpoint for the demo: verifies each signature as any receiver should, and tells what arrived."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

_LARGEST_BODY = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One webhook: the path it came to, its id, its body when the signature holds, else what is wrong."""

    path: str
    webhook_id: str
    body: Mapping[str, Any]
    problem: str = ""


class Receiver:
    """Listens on 127.0.0.1 from its creation until `close`. Each path has its secret; `told` is called for each arrival."""

    def __init__(self, told: Callable[[Arrival], None]) -> None:
        self._told = told
        self._secrets: dict[str, str] = {}
        self._lock = Lock()
        self._seen: set[str] = set()
        handler = type("Handler", (_Handler,), {"receiver": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._http.daemon_threads = True
        self.port: int = self._http.server_address[1]
        self._thread = Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        self._thread.start()

    @property
    def base(self) -> str:
        """The base URL, without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def verified(self) -> int:
        """Different webhooks whose signature held."""
        return len(self._seen)

    def expect(self, path: str, secret: str) -> None:
        """Verify what comes to the path with this secret."""
        self._secrets[path] = secret

    def receive(self, path: str, headers: Mapping[str, str], body: bytes) -> int:
        """Take a webhook; the HTTP status of the answer. The same id again is accepted and not told again."""
        webhook_id = headers.get("webhook-id", "")
        try:
            content = Webhook(self._secrets[path]).verify(body, dict(headers))
        except (KeyError, WebhookVerificationError, ValueError) as error:
            self._told(Arrival(path=path, webhook_id=webhook_id, body={}, problem=f"not verified: {error}"))
            return 401
        with self._lock:
            new = webhook_id not in self._seen
            self._seen.add(webhook_id)
        if new:
            self._told(Arrival(path=path, webhook_id=webhook_id, body=content))
        return 204

    def close(self) -> None:
        """Stop listening."""
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10
    receiver: Receiver

    def do_POST(self) -> None:
        """Hand the request to the receiver."""
        length = self.headers.get("content-length", "")
        status = 413
        if length.isdigit() and int(length) <= _LARGEST_BODY:
            headers = {name.lower(): value for name, value in self.headers.items()}
            status = self.receiver.receive(self.path, headers, self.rfile.read(int(length)))
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401  as the base class has it
        """Say nothing: what arrives is told by `told`."""
