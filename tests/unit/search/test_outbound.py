"""The POST to an endpoint: where it may go, how long it may take, how much is read."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from processors.addresses import parse_allowance
from search.outbound import MAX_ANSWER_BYTES, Sender
from tests.fakes.receiver import Receiver, receiver

LOOPBACK = (parse_allowance("127.0.0.1"),)
CERTIFICATE = Path(__file__).parents[2] / "data/tls/loopback.pem"


@pytest.fixture
def endpoint() -> Iterator[Receiver]:
    with receiver() as made:
        yield made


def _send(url: str, **options: object) -> object:
    return Sender(**{"allowed": LOOPBACK, "timeout_s": 5.0, **options}).post(url, b"{}", {"webhook-id": "m"})


def test_body_and_headers_arrive_and_the_answer_comes_back(endpoint: Receiver) -> None:
    endpoint.answers, endpoint.headers = [202], {"Retry-After": "7"}
    answer = Sender(allowed=LOOPBACK).post(f"{endpoint.url}?token=t", "є".encode(), {"webhook-id": "m1"})
    assert (answer.status, answer.retry_after, answer.error) == (202, "7", "")
    [got] = endpoint.received
    assert (got.path, got.body, got.id) == ("/hook?token=t", "є".encode(), "m1")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "fd00::1",
        "2002:7f00:1::1",
    ],
)
def test_an_address_that_is_not_public_is_refused_before_anything_is_sent(
    endpoint: Receiver, address: str
) -> None:
    answer = _send(endpoint.url, allowed=(), resolver=lambda *_: [address])
    assert answer.status is None
    assert answer.error.startswith("blocked_address: ")
    assert endpoint.received == []


def test_one_private_address_among_public_ones_is_enough_to_refuse(endpoint: Receiver) -> None:
    answer = _send(endpoint.url, allowed=(), resolver=lambda *_: ["93.184.216.34", "127.0.0.1"])
    assert answer.error.startswith("blocked_address")


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost", "[::1]"])
def test_odd_spellings_of_loopback_are_refused(endpoint: Receiver, host: str) -> None:
    port = endpoint.url.rsplit(":", 1)[1].split("/")[0]
    answer = _send(f"http://{host}:{port}/hook", allowed=())
    assert answer.status is None
    assert endpoint.received == []


def test_a_redirect_is_not_followed(endpoint: Receiver) -> None:
    endpoint.answers, endpoint.headers = [302], {"Location": endpoint.url}
    assert _send(endpoint.url).status == 302
    assert len(endpoint.received) == 1


def test_a_proxy_of_the_environment_is_not_used(endpoint: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert _send(endpoint.url).status == 204


def test_at_most_4_kb_of_an_answer_are_read_and_never_decompressed(endpoint: Receiver) -> None:
    def flood(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("content-encoding", "gzip")
        handler.send_header("content-length", str(2**40))
        handler.end_headers()
        while not endpoint.over.is_set():
            handler.wfile.write(b"x" * 65536)

    endpoint.answers = [flood]
    answer = _send(endpoint.url)
    assert answer.status == 200
    assert answer.body == b"x" * MAX_ANSWER_BYTES


def test_an_endpoint_that_sends_a_byte_now_and_then_is_cut_off_at_the_deadline(endpoint: Receiver) -> None:
    def trickle(handler: BaseHTTPRequestHandler) -> None:
        for byte in b"HTTP/1.1 200 OK\r\n" * 1000:
            if endpoint.over.wait(0.1):
                return
            handler.wfile.write(bytes([byte]))

    endpoint.answers = [trickle]
    started = time.monotonic()
    answer = _send(endpoint.url, timeout_s=0.6)
    assert answer.status is None
    assert answer.error == "timeout: no complete answer within 0.6 s"
    assert time.monotonic() - started < 3


def test_an_endpoint_that_never_answers_is_a_timeout(endpoint: Receiver) -> None:
    endpoint.answers = [lambda _handler: endpoint.over.wait(20) and None]
    assert _send(endpoint.url, timeout_s=0.5).error.startswith("timeout")


@contextmanager
def _raw(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that treats each connection as told."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                serve(connection)

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


@pytest.mark.parametrize(
    ("answer", "says"),
    [(b"", "connection"), (b"nonsense\r\n\r\n", "connection")],
)
def test_an_endpoint_that_does_not_speak_http_is_an_error(answer: bytes, says: str) -> None:
    def serve(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(answer)

    with _raw(serve) as port:
        assert _send(f"http://127.0.0.1:{port}/").error.startswith(says)


def test_nobody_listening_and_a_name_without_address() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert _send(f"http://127.0.0.1:{port}/").error.startswith("refused")

    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror

    assert _send("http://nobody.example/", resolver=unknown).error.startswith("dns")


def test_a_certificate_that_is_not_trusted_is_an_error_and_nothing_is_sent() -> None:
    heard: list[bytes] = []

    def serve(connection: socket.socket) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        try:
            with context.wrap_socket(connection, server_side=True) as secured:
                heard.append(secured.recv(100))
        except OSError:
            return

    with _raw(serve) as port:
        assert _send(f"https://127.0.0.1:{port}/").error.startswith("tls")
    assert heard in ([], [b""])


def test_errors_hold_neither_path_nor_token() -> None:
    for url in (
        "http://127.0.0.1:1/secret-path?token=canary",
        "https://127.0.0.1:1/secret-path?token=canary",
    ):
        answer = _send(url)
        assert "canary" not in answer.error
        assert "secret" not in answer.error
