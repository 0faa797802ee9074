"""An Elasticsearch that answers as told: for what a real node cannot be made to do on demand."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Reply:
    status: int = 200
    body: Any = None
    content_type: str = "application/vnd.elasticsearch+json;compatible-with=9"
    product: str = "Elasticsearch"


def item(status: int, kind: str = "", reason: str = "") -> dict[str, Any]:
    """One item of a bulk answer."""
    error = {"error": {"type": kind, "reason": reason}} if kind else {}
    return {"index": {"status": status, **error}}


def bulk(*items: dict[str, Any]) -> Reply:
    return Reply(body={"errors": any("error" in i["index"] for i in items), "items": list(items)})


def fault(status: int, kind: str, reason: str) -> Reply:
    cause = {"type": kind, "reason": reason}
    return Reply(status=status, body={"error": {**cause, "root_cause": [cause]}, "status": status})


@dataclass
class Scripted:
    """`replies` are used up one by one, the last one stays; `requests` are (method, path, body)."""

    url: str
    replies: list[Reply] = field(default_factory=list)
    requests: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def bulk_ids(self) -> list[list[str]]:
        """The ids of each bulk request."""
        return [
            [json.loads(line)["index"]["_id"] for line in body.splitlines()[::2]]
            for _, path, body in self.requests
            if path.startswith("/_bulk")
        ]


@contextmanager
def scripted(*replies: Reply) -> Iterator[Scripted]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            made.requests.append((self.command, self.path, body.decode()))
            reply = made.replies.pop(0) if len(made.replies) > 1 else made.replies[0]
            raw = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
            self.send_response(reply.status)
            self.send_header("content-type", reply.content_type)
            if reply.product:
                self.send_header("x-elastic-product", reply.product)
            self.send_header("content-length", str(len(raw)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(raw)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _answer

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made = Scripted(url=f"http://127.0.0.1:{server.server_port}", replies=list(replies))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
