"""Connections to vetted addresses only, with one deadline and one budget of bytes for everything that is received.

A name is resolved once; **all** its addresses must be permitted (`processors.addresses`), one of them is connected to,
and the peer of the connected socket is judged again before a byte is sent. So a name that answers differently the
second time gains nothing, and no proxy of the environment can be used.

The socket itself keeps the deadline and the budget: a server that sends one byte a second, or headers without end, is
cut off at the socket, whatever layer is reading.
"""

import logging
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException, IncompleteRead
from typing import Any

import urllib3.exceptions as vendor
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.response import BaseHTTPResponse

from ingest.urls import Target
from processors.addresses import Allowance, refusal
from processors.errors import Quarantined, Retry

#: Numeric addresses of a host, in the order in which they are tried.
Resolver = Callable[[str, int], Sequence[str]]

_HEADER_BYTES = 64 * 1024
_CONNECT_S = 10.0
_CHUNK_BYTES = 64 * 1024
# It logs malformed headers with a traceback: what a stranger sends must not fill the log.
logging.getLogger("urllib3").setLevel(logging.ERROR)
_resolving = ThreadPoolExecutor(max_workers=8, thread_name_prefix="resolve")


class DeadlineError(Exception):
    """The total time of a request is over."""


class BudgetError(Exception):
    """More bytes were received than the request may cost."""


@dataclass(slots=True)
class Limits:
    """What is left of one request: `deadline` on the monotonic clock, `budget` bytes that may still be received."""

    deadline: float
    budget: int = _HEADER_BYTES

    def remaining_s(self) -> float:
        """Seconds left; raises DeadlineError when there are none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise DeadlineError
        return left

    def spend(self, count: int) -> int:
        """Book received bytes and return them; raises BudgetError when there were too many."""
        self.budget -= count
        if self.budget < 0:
            raise BudgetError
        return count


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status and headers (names in lower case, equal names joined) of an answer; `chunks` gives its body as sent."""

    status: int
    headers: Mapping[str, str]
    chunks: Iterator[bytes]


class _LimitedSocket(socket.socket):
    limits: Limits

    def recv_into(self, *args: Any, **kwargs: Any) -> int:  # noqa: ANN401  as socket.socket declares it
        self.settimeout(self.limits.remaining_s())
        return self.limits.spend(super().recv_into(*args, **kwargs))


class _LimitedTLSSocket(ssl.SSLSocket):
    limits: Limits | None = None

    def recv_into(self, *args: Any, **kwargs: Any) -> int:  # noqa: ANN401  as ssl.SSLSocket declares it
        if self.limits is None:
            return super().recv_into(*args, **kwargs)
        self.settimeout(self.limits.remaining_s())
        return self.limits.spend(super().recv_into(*args, **kwargs))


def resolve(host: str, port: int) -> Sequence[str]:
    """Addresses of the host as the system's resolver gives them. Raises OSError when there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def tls_context(ca_file: str | None = None) -> ssl.SSLContext:
    """A context that verifies certificate and host name against the system's authorities, or those of `ca_file`."""
    context = ssl.create_default_context(cafile=ca_file)
    context.sslsocket_class = _LimitedTLSSocket
    return context


@dataclass(frozen=True, kw_only=True)
class Dialer:
    """Opens vetted connections. `get` is the only way out of the process for pages, feeds and robots.txt."""

    allowed: tuple[Allowance, ...] = ()
    resolver: Resolver = resolve
    tls: ssl.SSLContext = field(default_factory=tls_context)

    @contextmanager
    def get(self, target: Target, headers: Mapping[str, str], limits: Limits) -> Iterator[Answer]:
        """One GET without redirects; the connection is closed at the end of the block, whatever was read by then.

        Raises what `dial` raises, Retry with `timeout`, `tls`, `truncated` or `protocol`, and BudgetError when more was
        received than `limits` allow.
        """
        connection = self._connection(target, limits)
        response: BaseHTTPResponse | None = None
        try:
            with _translated(target.host):
                connection.request(
                    "GET", target.path, headers={"Host": target.authority, **headers}, preload_content=False
                )
                response = connection.getresponse()
                yield Answer(
                    status=response.status,
                    headers={name.lower(): value for name, value in response.headers.items()},
                    chunks=response.stream(_CHUNK_BYTES, decode_content=False),
                )
        finally:
            # After "Connection: close" the socket belongs to the response, not to the connection.
            if response is not None:
                response.close()
            connection.close()

    def _connection(self, target: Target, limits: Limits) -> HTTPConnection:
        if target.scheme == "https":
            return _VettedHTTPSConnection(self, limits, target.host, target.port, ssl_context=self.tls)
        return _VettedHTTPConnection(self, limits, target.host, target.port)

    def dial(self, host: str, port: int, limits: Limits) -> socket.socket:
        """A connected socket to a permitted address of the host.

        Raises Quarantined("blocked_address") when any address is not permitted, Retry("dns") and Retry("refused")
        when nothing answers. The message is the same for a closed, a filtered and an open port behind a blocked
        address: nothing is ever sent there.
        """
        addresses = self._addresses(host, port, limits)
        for address in addresses:
            self._judge(address, host, port)
        for address in addresses:
            connected = self._connect(address, port, limits)
            if connected is not None:
                self._judge(str(connected.getpeername()[0]), host, port, connected)
                return connected
        raise Retry("refused", f"{host} does not accept connections")

    def _addresses(self, host: str, port: int, limits: Limits) -> Sequence[str]:
        try:
            addresses = _resolving.submit(self.resolver, host, port).result(limits.remaining_s())
        except TimeoutError as error:
            raise Retry("dns", f"the name {host} was not resolved in time") from error
        except (OSError, UnicodeError) as error:
            raise Retry("dns", f"the name {host} does not resolve") from error
        if not addresses:
            raise Retry("dns", f"the name {host} has no address")
        return addresses

    def _judge(self, address: str, host: str, port: int, connected: socket.socket | None = None) -> None:
        if refusal(address, port, self.allowed) is None:
            return
        if connected is not None:
            connected.close()
        raise Quarantined(
            "blocked_address", f"{host} is not on the public internet; allow its address if you trust it"
        )

    @staticmethod
    def _connect(address: str, port: int, limits: Limits) -> socket.socket | None:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        opened = _LimitedSocket(family, socket.SOCK_STREAM)
        opened.limits = limits
        try:
            opened.settimeout(min(_CONNECT_S, limits.remaining_s()))
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            opened.connect((address, port))
        except OSError:
            opened.close()
            return None
        except DeadlineError:
            opened.close()
            raise
        return opened


@contextmanager
def _translated(host: str) -> Iterator[None]:
    """Errors of the vendor and of the socket as ours. What went wrong inside TLS or HTTP is no secret: the peer is public."""
    try:
        yield
    except (DeadlineError, TimeoutError, vendor.TimeoutError) as error:
        raise Retry("timeout", f"{host} did not answer completely in time") from error
    except (ssl.SSLError, vendor.SSLError) as error:
        raise Retry("tls", f"no secure connection to {host}: {error}") from error
    except vendor.ProtocolError as error:
        cause = error.args[1] if len(error.args) > 1 else None
        if isinstance(cause, (IncompleteRead, ConnectionError)) or "prematurely" in str(error):
            raise Retry("truncated", f"{host} closed the connection before the end") from error
        raise Retry("protocol", f"{host} does not speak HTTP as agreed: {error}") from error
    except ConnectionError as error:
        raise Retry("truncated", f"{host} closed the connection before the end") from error
    except (vendor.HTTPError, HTTPException, OSError, ValueError) as error:
        raise Retry("protocol", f"{host} does not speak HTTP as agreed: {type(error).__name__}") from error


class _VettedHTTPConnection(HTTPConnection):
    def __init__(self, dialer: Dialer, limits: Limits, host: str, port: int) -> None:
        super().__init__(host, port, timeout=limits.remaining_s())
        self._dialer, self._limits = dialer, limits

    def _new_conn(self) -> socket.socket:
        return self._dialer.dial(self._dns_host, self.port, self._limits)


class _VettedHTTPSConnection(HTTPSConnection):
    def __init__(
        self, dialer: Dialer, limits: Limits, host: str, port: int, *, ssl_context: ssl.SSLContext
    ) -> None:
        super().__init__(host, port, timeout=limits.remaining_s(), ssl_context=ssl_context)
        self._dialer, self._limits = dialer, limits

    def _new_conn(self) -> socket.socket:
        return self._dialer.dial(self._dns_host, self.port, self._limits)

    def connect(self) -> None:
        super().connect()
        if isinstance(self.sock, _LimitedTLSSocket):
            self.sock.limits = self._limits
