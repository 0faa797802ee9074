"""One POST to a webhook's endpoint: vetted address, no redirects, no proxy, one total deadline, a bounded answer.

A name is resolved once; all its addresses must be permitted (`processors.addresses`), and the peer of the connected socket
is judged again before a byte is sent. This is the only module of the way out that opens connections to strangers.
"""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

import urllib3.exceptions as vendor
from urllib3.connection import HTTPConnection, HTTPSConnection

from processors.addresses import Allowance, refusal

TIMEOUT_S = 15.0
MAX_ANSWER_BYTES = 4096

#: Numeric addresses of a host and port. Raises OSError when there are none.
Resolver = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: `status` is None when nothing did, and `error` says why in a sentence without URL or secret."""

    status: int | None
    error: str = ""
    #: Value of the header `Retry-After`.
    retry_after: str = ""
    #: First bytes of the body as sent, never decompressed.
    body: bytes = b""
    latency_ms: int = 0


class BlockedError(Exception):
    """An address that must not be connected to."""


def resolve(host: str, port: int) -> Sequence[str]:
    """Addresses as the system's resolver gives them. Raises OSError when there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def vetted(addresses: Sequence[str], host: str, port: int, allowed: Sequence[Allowance]) -> None:
    """Raise BlockedError unless every address is permitted."""
    for address in addresses:
        word = refusal(address, port, allowed)
        if word is not None:
            raise BlockedError(
                f"{host} has the address {address} ({word}), which is not public; add it to the allowed networks if it is yours"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Sends webhooks. `allowed` are the networks that the operator permits although they are not public."""

    allowed: tuple[Allowance, ...] = ()
    resolver: Resolver = resolve
    timeout_s: float = TIMEOUT_S
    tls: ssl.SSLContext | None = None

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """POST the body; never raises for what an endpoint or the network does."""
        started = time.monotonic()
        try:
            answer = self._post(url, body, headers)
        except (BlockedError, vendor.HTTPError, HTTPException, OSError, ValueError) as error:
            answer = Answer(status=None, error=_reason(error))
        latency_ms = round((time.monotonic() - started) * 1000)
        if answer.status is None and latency_ms >= self.timeout_s * 1000:
            answer = Answer(status=None, error=f"timeout: no complete answer within {self.timeout_s:g} s")
        return Answer(
            status=answer.status,
            error=answer.error,
            retry_after=answer.retry_after,
            body=answer.body,
            latency_ms=latency_ms,
        )

    def _post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        parts = urlsplit(url)
        host = parts.hostname or ""
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        connection = _Secure(self, host, port) if secure else _Plain(self, host, port)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        over = threading.Event()
        watch = threading.Timer(self.timeout_s, _cut, (connection, over))
        watch.daemon = True
        watch.start()
        try:
            connection.request("POST", target, body=body, headers=dict(headers), preload_content=False)
            response = connection.getresponse()
            if over.is_set():
                raise TimeoutError  # cut off among the headers, which reads like their end
            return Answer(
                status=response.status,
                retry_after=response.headers.get("Retry-After", ""),
                body=_first_bytes(response),
            )
        finally:
            watch.cancel()
            connection.close()

    def dial(self, host: str, port: int) -> socket.socket:
        """A connected socket to a permitted address. Raises BlockedError, OSError."""
        addresses = self.resolver(host, port)
        vetted(addresses, host, port, self.allowed)
        problem: OSError = OSError("no address")
        for address in addresses:
            try:
                connected = socket.create_connection((address, port), self.timeout_s)
            except OSError as error:
                problem = error
                continue
            try:
                vetted([str(connected.getpeername()[0])], host, port, self.allowed)
            except BlockedError:
                connected.close()
                raise
            return connected
        raise problem


class _Plain(HTTPConnection):
    def __init__(self, sender: Sender, host: str, port: int) -> None:
        super().__init__(host, port, timeout=sender.timeout_s)
        self._sender = sender

    def _new_conn(self) -> socket.socket:
        return self._sender.dial(self._dns_host, self.port)


class _Secure(HTTPSConnection):
    def __init__(self, sender: Sender, host: str, port: int) -> None:
        context = sender.tls or ssl.create_default_context()
        super().__init__(host, port, timeout=sender.timeout_s, ssl_context=context)
        self._sender = sender

    def _new_conn(self) -> socket.socket:
        return self._sender.dial(self._dns_host, self.port)


def _cut(connection: HTTPConnection, over: threading.Event) -> None:
    """End a request whose time is up, whatever it is waiting for: an endpoint that sends a byte a second never idles."""
    over.set()
    sock = connection.sock
    if sock is not None:
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)


def _first_bytes(response: Any) -> bytes:  # noqa: ANN401  urllib3's two response classes share no name
    """The beginning of the body. The status has been received, so a body that breaks off changes nothing."""
    try:
        return bytes(response.read(MAX_ANSWER_BYTES, decode_content=False))
    except (vendor.HTTPError, HTTPException, OSError):
        return b""


#: First match wins; a subclass stands before its class.
_REASONS: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    ((BlockedError,), "blocked_address: {0}"),
    ((TimeoutError, vendor.TimeoutError), "timeout: no answer in time"),
    ((ssl.SSLCertVerificationError,), "tls: the certificate is not valid for this address"),
    ((ssl.SSLError, vendor.SSLError), "tls: no secure connection"),
    ((socket.gaierror, UnicodeError), "dns: the name does not resolve"),
    ((ConnectionRefusedError,), "refused: nothing listens there"),
)


def _reason(error: Exception) -> str:
    for kinds, text in _REASONS:
        if isinstance(error, kinds):
            return text.format(error)
    return "connection: broken before the answer"
