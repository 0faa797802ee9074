"""Servers that lie, stall, flood or point inwards: each ends with one word, in bounded time and memory."""

import gzip
import socket
import ssl
import threading
import time
import tracemalloc
import zlib
from contextlib import contextmanager, suppress
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.connect import Dialer, resolve, tls_context
from ingest.fetch import PAGE_BYTES, Fetcher, gunzip, retry_after_s
from ingest.urls import parse_target
from processors.addresses import parse_allowance
from processors.errors import Filtered, ObminError, Quarantined, Retry
from tests.fakes.http_server import answer, loopback_server, redirect
from tests.fakes.polling import START, loopback_fetcher

CERTIFICATE = str(Path(__file__).parents[1] / "data" / "tls" / "loopback.pem")
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"


@pytest.fixture
def server():
    with loopback_server() as running:
        yield running


def refusal(fetcher, url: str, max_bytes: int = PAGE_BYTES) -> ObminError:
    with pytest.raises(ObminError) as caught:
        fetcher.get(url, max_bytes=max_bytes)
    return caught.value


def trickle(chunk: bytes, pause_s: float = 0.02):
    """Send the same bytes for ever, slowly."""

    def send(request, connection) -> None:
        connection.sendall(HEAD)
        while True:
            connection.sendall(chunk)
            time.sleep(pause_s)

    return send


def flood(first: bytes, chunk: bytes):
    """Send the same bytes for ever, as fast as they are taken."""

    def send(request, connection) -> None:
        connection.sendall(first)
        while True:
            connection.sendall(chunk)

    return send


def silent(request, connection) -> None:
    connection.settimeout(20)
    connection.recv(1)


def reset(request, connection) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")


BOMB = gzip.compress(bytes(100_000_000), 9)
LAYERED = zlib.compress(b"x")
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
LONG = gzip.compress(b"".join(b"%d " % n for n in range(500_000)))
CASES = [
    ("20 MB page", answer(b"x" * 20_000_000), Quarantined, "too_large"),
    ("20 MB page, chunked for ever", flood(CHUNKED, b"1000\r\n" + b"x" * 4096 + b"\r\n"), Quarantined, "too_large"),
    ("tiny chunks for ever", flood(CHUNKED, b"1\r\nx\r\n" * 1000), Quarantined, "too_large"),
    ("body without end", flood(HEAD + b"\r\n", b"x" * 4096), Quarantined, "too_large"),
    ("headers without end", flood(HEAD, b"X-Header: " + b"x" * 1000 + b"\r\n"), (Quarantined, Retry), ("too_large", "protocol")),
    ("one header without end", flood(HEAD + b"X-Header: ", b"x" * 4096), (Quarantined, Retry), ("too_large", "protocol")),
    ("gzip bomb", answer(BOMB, Content_Encoding="gzip"), Quarantined, "bomb"),
    ("long text in gzip", answer(LONG, Content_Encoding="gzip"), Quarantined, "too_large"),
    ("brotli", answer(b"\x0b\x02\x80x\x03", Content_Encoding="br"), Quarantined, "unsupported_encoding"),
    ("zstd", answer(b"(\xb5/\xfd", Content_Encoding="zstd"), Quarantined, "unsupported_encoding"),
    ("deflate", answer(LAYERED, Content_Encoding="deflate"), Quarantined, "unsupported_encoding"),
    ("stacked encodings", answer(BOMB, Content_Encoding="gzip, gzip, gzip"), Quarantined, "unsupported_encoding"),
    ("corrupt gzip", answer(b"this is no gzip", Content_Encoding="gzip"), Quarantined, "corrupt"),
    ("cut gzip", answer(gzip.compress(b"word " * 1000)[:-10], Content_Encoding="gzip"), Retry, "truncated"),
    ("Content-Length longer than the body", HEAD + b"Content-Length: 5000\r\n\r\nshort", Retry, "truncated"),
    ("chunks cut", HEAD + b"Transfer-Encoding: chunked\r\n\r\n10\r\nshort", Retry, "truncated"),
    ("chunk size that is no number", HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n", Retry, ("protocol", "truncated")),
    ("two lengths that differ", HEAD + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\nshort", Retry, "protocol"),
    ("no HTTP at all", b"SSH-2.0-OpenSSH_9.2\r\n", Retry, "protocol"),
    ("nothing at all", b"", Retry, "truncated"),
    ("reset", reset, Retry, "truncated"),
    ("redirect to nowhere", answer(status=302), Retry, "status_302"),
    ("redirect to a file", redirect("file:///etc/passwd"), Quarantined, "bad_url"),
    ("redirect to ftp", redirect("ftp://example.org/"), Quarantined, "bad_url"),
    ("redirect into a private network", redirect("http://10.1.2.3/"), Quarantined, "blocked_address"),
    ("redirect to cloud metadata", redirect("http://169.254.169.254/latest/meta-data/"), Quarantined, "blocked_address"),
    ("redirect to IPv6 loopback", redirect("http://[::1]/"), Quarantined, "blocked_address"),
    ("redirect to NAT64 of loopback", redirect("http://[64:ff9b::7f00:1]/"), Quarantined, "blocked_address"),
    ("redirect to mapped loopback", redirect("http://[::ffff:127.0.0.1]/"), Quarantined, "blocked_address"),
    ("304 that was not asked for", answer(status=304), Retry, "status_304"),
    ("401", answer(status=401), Quarantined, "status_401"),
    ("402", answer(status=402), Quarantined, "status_402"),
    ("403", answer(status=403), Quarantined, "status_403"),
    ("404", answer(status=404), Filtered, "status_404"),
    ("410", answer(status=410), Filtered, "status_410"),
    ("451", answer(status=451), Filtered, "status_451"),
    ("429", answer(status=429), Retry, "status_429"),
    ("500", answer(status=500), Retry, "status_500"),
    ("503", answer(status=503), Retry, "status_503"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("pages", "kind", "reason"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_bad_answer_ends_with_one_word_and_the_next_one_is_fine(server, pages, kind, reason):
    server.pages |= {"/": pages, "/good": answer(b"good")}
    fetcher = loopback_fetcher("127.0.0.1")
    began = time.monotonic()
    error = refusal(fetcher, server.url + "/")
    assert isinstance(error, kind)
    assert error.reason in (reason if isinstance(reason, tuple) else (reason,))
    assert time.monotonic() - began < 12
    assert fetcher.get(server.url + "/good", max_bytes=10).body == b"good"


@pytest.mark.parametrize(
    "page",
    [
        silent,
        trickle(b"x"),
        trickle(b"X-Slow: 1\r\n"),
        flood(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b""),
    ],
    ids=["silence", "body by the byte", "headers by the line", "chunks that never come"],
)
def test_a_slow_server_is_cut_off_at_the_total_deadline(server, page):
    server.pages["/"] = page
    began = time.monotonic()
    error = refusal(loopback_fetcher("127.0.0.1", deadline_s=0.4), server.url + "/")
    assert (type(error), error.reason) == (Retry, "timeout")
    assert time.monotonic() - began < 5


def test_redirects_share_one_deadline(server):
    def slow_redirect(request, connection) -> None:
        time.sleep(0.25)
        connection.sendall(redirect("/"))

    server.pages["/"] = slow_redirect
    error = refusal(loopback_fetcher("127.0.0.1", deadline_s=0.6), server.url + "/")
    assert error.reason == "timeout"


def test_a_bomb_costs_no_more_memory_than_a_page():
    tracemalloc.start()
    with pytest.raises(Quarantined, match="bomb"):
        gunzip([BOMB], PAGE_BYTES)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10 * PAGE_BYTES


def test_five_redirects_are_followed_and_six_are_not(server):
    server.pages |= {f"/{n}": redirect(f"/{n + 1}") for n in range(6)} | {"/6": answer(b"end")}
    fetcher = loopback_fetcher("127.0.0.1")
    found = fetcher.get(server.url + "/1", max_bytes=10)
    assert (found.body, found.url, found.final_url) == (b"end", server.url + "/1", server.url + "/6")
    assert refusal(fetcher, server.url + "/0").reason == "redirect_loop"


def test_the_body_of_a_redirect_is_not_read(server):
    server.pages |= {"/": redirect("/end") + BOMB, "/end": answer(b"end")}
    assert loopback_fetcher("127.0.0.1").get(server.url + "/", max_bytes=10).body == b"end"


def test_a_redirect_to_loopback_is_refused_and_nothing_arrives_there(server):
    with loopback_server("127.0.0.2") as inside:
        inside.pages["/"] = answer(b"secret")
        server.pages["/"] = redirect(inside.url + "/")
        error = refusal(loopback_fetcher(f"127.0.0.1:{server.port}"), server.url + "/")
        assert error.reason == "blocked_address"
        assert inside.requests == []


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://0/",
        "http://localhost/", "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::1]/", "http://①②⑦.⓪.⓪.①/", "http://a@127.0.0.1/",
        "http://10.0.0.1/", "http://169.254.169.254/", "http://100.64.0.1/", "http://[fe80::1]/", "http://[fd00::1]/",
        "https://127.0.0.1/", "http://127.0.0.1:9092/", "http://224.0.0.1/", "http://255.255.255.255/",
    ],
)  # fmt: skip
def test_no_spelling_of_an_inner_address_is_connected_to(url):
    error = refusal(loopback_fetcher("192.0.2.1"), url)
    assert (type(error), error.reason) == (Quarantined, "blocked_address")


@pytest.mark.parametrize(
    "url",
    [
        "", "x", "ftp://example.org/", "file:///etc/passwd", "gopher://127.0.0.1/", "javascript:alert(1)", "http://", "http:///x",
        "http://[evil.com]/", "http://exa mple.org/", "http://example.org\\@127.0.0.1/", "http://example.org:99999/",
        "http://example.org/\r\nHost: x", "http://example.org/" + "x" * 5000, "http://-._/", "http://..", "unix:/run/x",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused_before_any_look_up(url):
    def no_look_up(host, port):
        raise AssertionError(host)

    error = refusal(loopback_fetcher(resolver=no_look_up), url)
    assert (type(error), error.reason) == (Quarantined, "bad_url")


def test_a_name_with_one_inner_address_among_public_ones_is_refused():
    fetcher = loopback_fetcher("192.0.2.1", resolver=lambda host, port: ["93.184.215.14", "127.0.0.1"])
    assert refusal(fetcher, "http://mixed.example/").reason == "blocked_address"


def test_a_name_is_resolved_once_so_that_a_second_answer_gains_nothing(server):
    answers = [["127.0.0.1"], ["127.0.0.2"]]

    def turning(host, port):
        return answers.pop(0)

    server.pages["/"] = answer(b"first")
    fetcher = loopback_fetcher("127.0.0.1", resolver=turning)
    assert fetcher.get(f"http://turning.example:{server.port}/", max_bytes=10).body == b"first"
    assert refusal(fetcher, f"http://turning.example:{server.port}/").reason == "blocked_address"
    assert answers == []


def test_an_open_and_a_closed_port_behind_a_blocked_address_read_the_same(server):
    fetcher = loopback_fetcher("192.0.2.1")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        closed = taken.getsockname()[1]
    opened = str(refusal(fetcher, f"http://127.0.0.1:{server.port}/"))
    assert opened == str(refusal(fetcher, f"http://127.0.0.1:{closed}/"))
    assert server.requests == []


def test_a_closed_port_is_tried_again_later():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        closed = taken.getsockname()[1]
    error = refusal(loopback_fetcher("127.0.0.1"), f"http://127.0.0.1:{closed}/")
    assert (type(error), error.reason) == (Retry, "refused")


def test_the_next_address_is_tried_when_the_first_does_not_answer(server):
    server.pages["/"] = answer(b"second")
    fetcher = loopback_fetcher(resolver=lambda host, port: ["127.0.0.3", "127.0.0.1"])
    assert fetcher.get(f"http://two.example:{server.port}/", max_bytes=10).body == b"second"


@pytest.mark.parametrize("failure", [OSError(), socket.gaierror(-2, "unknown"), UnicodeError()])
def test_a_name_that_does_not_resolve_is_tried_again_later(failure):
    def fail(host, port):
        raise failure

    assert refusal(loopback_fetcher(resolver=fail), "http://unknown.example/").reason == "dns"
    assert (
        refusal(loopback_fetcher(resolver=lambda host, port: []), "http://unknown.example/").reason == "dns"
    )


def test_a_resolver_that_hangs_is_not_waited_for():
    over = threading.Event()
    fetcher = loopback_fetcher(deadline_s=0.2, resolver=lambda host, port: over.wait(5) or [])
    assert refusal(fetcher, "http://slow.example/").reason in ("dns", "timeout")
    over.set()


def test_proxies_of_the_environment_are_not_used(server, monkeypatch):
    with loopback_server("127.0.0.2") as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        server.pages["/"] = answer(b"direct")
        assert loopback_fetcher("127.0.0.1").get(server.url + "/", max_bytes=10).body == b"direct"
        assert proxy.requests == []


def test_a_request_says_who_asks_and_takes_gzip_only(server):
    server.pages["/a?b=%D0%B0"] = answer(
        gzip.compress(b"plain"), Content_Encoding="gzip", ETag='"1"', Last_Modified="yesterday"
    )
    fetcher = loopback_fetcher("127.0.0.1")
    found = fetcher.get(f"http://user:secret@127.0.0.1:{server.port}/a?b=а#part", max_bytes=10)
    assert (found.body, found.etag, found.last_modified, found.status) == (b"plain", '"1"', "yesterday", 200)
    headers = server.requests[0].headers
    assert headers["accept-encoding"] == "gzip"
    assert headers["user-agent"].startswith("obmin/")
    assert headers["host"] == f"127.0.0.1:{server.port}"
    assert "authorization" not in headers
    assert "secret" not in str(headers)


def test_validators_are_sent_back_and_304_has_no_body(server):
    server.pages["/"] = answer(status=304)
    found = loopback_fetcher("127.0.0.1").get(
        server.url + "/", max_bytes=10, etag='"1"', last_modified="yesterday"
    )
    assert found.not_modified
    assert server.requests[0].headers["if-none-match"] == '"1"'
    assert server.requests[0].headers["if-modified-since"] == "yesterday"


@pytest.mark.parametrize("etag", ["x" * 9000, "caf\xe9"])
def test_a_validator_that_cannot_be_sent_back_is_forgotten(server, etag):
    server.pages["/"] = answer(b"x", ETag=etag)
    assert loopback_fetcher("127.0.0.1").get(server.url + "/", max_bytes=10).etag == ""


def test_several_members_of_gzip_are_one_text_and_bytes_after_them_are_ignored():
    packed = gzip.compress(b"one ") + gzip.compress(b"two") + b"\x00\x00"
    assert gunzip([packed[n : n + 7] for n in range(0, len(packed), 7)], 100) == b"one two"
    assert gunzip([], 100) == b""


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120), ("1", 60), ("0", 60), ("-5", 60), ("1000000000000", 7 * 86400), ("99999999", 7 * 86400),
        (format_datetime(START + timedelta(hours=1), usegmt=True), 3600), (format_datetime(START - timedelta(hours=1)), 60),
        ("Thu, 04 Jan 2999 08:00:00 GMT", 7 * 86400), ("", None), ("soon", None), ("1.5", None), ("²", None), ("-", None),
    ],
)  # fmt: skip
def test_retry_after_is_a_number_or_a_date_between_a_minute_and_a_week(server, value, seconds):
    assert retry_after_s(value, START) == seconds


def test_the_wait_that_a_server_asks_for_is_told(server):
    server.pages["/"] = answer(status=503, Retry_After="7200")
    assert refusal(loopback_fetcher("127.0.0.1"), server.url + "/").after_s == 7200


@contextmanager
def tls_server(body: bytes):
    """A server with a certificate for 127.0.0.1 and loopback.example that no authority has signed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)

    def serve(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with suppress(OSError), context.wrap_socket(connection, server_side=True) as secured:
            secured.recv(65536)
            secured.sendall(body)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(5)


def tls_fetcher(ca_file: str | None) -> Fetcher:
    rules = (parse_allowance("127.0.0.1"),)
    dialer = Dialer(allowed=rules, tls=tls_context(ca_file), resolver=lambda host, port: ["127.0.0.1"])
    return Fetcher(dialer=dialer, user_agent="obmin/test", clock=lambda: START, deadline_s=5)


def test_a_certificate_that_nobody_vouches_for_is_refused():
    with tls_server(answer(b"secret")) as port:
        error = refusal(tls_fetcher(None), f"https://loopback.example:{port}/")
    assert (type(error), error.reason) == (Retry, "tls")


def test_a_certificate_for_another_name_is_refused():
    with tls_server(answer(b"secret")) as port:
        error = refusal(tls_fetcher(CERTIFICATE), f"https://other.example:{port}/")
    assert (type(error), error.reason) == (Retry, "tls")


@pytest.mark.parametrize("host", ["127.0.0.1", "loopback.example", "loopback.example."])
def test_a_certificate_that_is_vouched_for_is_accepted(host):
    with tls_server(answer(b"open")) as port:
        assert tls_fetcher(CERTIFICATE).get(f"https://{host}:{port}/", max_bytes=10).body == b"open"


def test_a_flood_over_tls_is_cut_off():
    with tls_server(HEAD + b"\r\n" + b"x" * 5_000_000) as port:
        error = refusal(tls_fetcher(CERTIFICATE), f"https://127.0.0.1:{port}/", 100_000)
    assert error.reason == "too_large"


def test_plain_http_behind_https_is_a_tls_error(server):
    server.pages["/"] = answer(b"x")
    assert refusal(
        loopback_fetcher("127.0.0.1", deadline_s=0.5), f"https://127.0.0.1:{server.port}/"
    ).reason in ("tls", "timeout")


def test_the_system_resolver_gives_numeric_addresses():
    assert set(resolve("localhost", 80)) <= {"127.0.0.1", "::1"}


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(
        [
            b"",
            b"HTTP/1.1 ",
            b"HTTP/1.1 200 OK\r\n",
            HEAD,
            HEAD + b"\r\n",
            CHUNKED,
            HEAD + b"Content-Encoding: gzip\r\n\r\n",
        ]
    ),
    st.binary(max_size=200),
)
def test_no_answer_makes_the_fetcher_fail_otherwise(start, rest):
    with loopback_server() as server:
        server.pages["/"] = start + rest
        with suppress(ObminError):
            assert loopback_fetcher("127.0.0.1", deadline_s=2).get(server.url + "/", max_bytes=1000).status


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=60),
    st.sampled_from(["{}", "http://{}", "http://{}/", "https://a.example/{}", "//{}", "http://a@{}:80/"]),
)
def test_no_text_makes_the_parser_of_addresses_fail(text, frame):
    with suppress(Quarantined):
        target = parse_target(frame.format(text))
        assert parse_target(target.url) == target
        assert target.url.isascii()
