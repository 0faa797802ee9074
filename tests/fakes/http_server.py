"""A real HTTP server on loopback whose answers are functions: honest ones, and raw bytes for the dishonest."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict[str, str]


Answer = bytes | Callable[[Request, socket.socket], None]


def answer(
    body: bytes = b"", *, status: int = 200, content_type: str = "text/html; charset=utf-8", **headers: str
) -> bytes:
    """A correct answer; `Retry_After="3"` becomes the header Retry-After."""
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", "Connection: close"]
    if content_type:
        lines.append(f"Content-Type: {content_type}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def redirect(location: str, status: int = 302) -> bytes:
    return answer(status=status, Location=location)


@dataclass
class LoopbackServer:
    """`pages` maps a path to its answer; what is not there is 404. `requests` are those that came."""

    host: str
    port: int
    pages: dict[str, Answer] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    #: Set when the test is over: answers that never end look at it.
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def paths(self) -> list[str]:
        return [request.path for request in self.requests]


@contextmanager
def loopback_server(host: str = "127.0.0.1") -> Iterator[LoopbackServer]:
    """A server that handles each connection in a thread, one request each."""
    listener = socket.create_server((host, 0))
    server = LoopbackServer(host=host, port=listener.getsockname()[1])
    acceptor = threading.Thread(target=_accept, args=(listener, server), daemon=True)
    acceptor.start()
    try:
        yield server
    finally:
        server.over.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        acceptor.join(5)


def _accept(listener: socket.socket, server: LoopbackServer) -> None:
    while not server.over.is_set():
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(connection, server), daemon=True).start()


def _serve(connection: socket.socket, server: LoopbackServer) -> None:
    with connection:
        connection.settimeout(20)
        try:
            request = _read(connection)
            server.requests.append(request)
            found = server.pages.get(request.path, answer(b"nothing here", status=404))
            if callable(found):
                found(request, connection)
            else:
                connection.sendall(found)
        except OSError:
            return


def _read(connection: socket.socket) -> Request:
    raw = b""
    while b"\r\n\r\n" not in raw:
        received = connection.recv(65536)
        if not received:
            raise OSError
        raw += received
    head, *lines = raw.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Request(path=head.split(" ")[1], headers=headers)
