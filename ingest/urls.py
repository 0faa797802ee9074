"""What a URL is to us: something that can be requested with http or https, in one spelling. Pure."""

import re
from dataclasses import dataclass
from ipaddress import IPv6Address
from urllib.parse import quote, urljoin, urlsplit

from processors.errors import Quarantined

_PORTS = {"http": 80, "https": 443}
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]{0,252})")
_MAX_CHARS = 4096
_SAFE = "/%:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a request goes. `host` is ASCII, IPv6 without brackets; `path` includes the query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Host and, if it is not the scheme's own, port, as the `Host` header names them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The one spelling: no user, no fragment, no default port, percent-encoded."""
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: what one robots.txt speaks for."""
        return f"{self.scheme}://{self.authority}"


def parse_target(url: str) -> Target:
    """The target of a URL. User name, password and fragment are dropped.

    Raises Quarantined("bad_url") when it is not http(s), has no sensible host, is longer than 4096 characters, or
    contains white space, control characters or a backslash inside (parsers disagree on those).
    """
    url = url.strip()
    if len(url) > _MAX_CHARS or _FORBIDDEN.search(url):
        raise Quarantined("bad_url", "a URL may not contain white space, control characters or backslashes")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Quarantined("bad_url", f"not a URL: {error}") from error
    if parts.scheme not in _PORTS:
        raise Quarantined("bad_url", f"only http and https are fetched, not {parts.scheme[:20]!r}")
    path = quote(parts.path, safe=_SAFE) or "/"
    query = f"?{quote(parts.query, safe=_SAFE + '?')}" if parts.query else ""
    return Target(
        scheme=parts.scheme, host=_ascii_host(host), port=port or _PORTS[parts.scheme], path=path + query
    )


def join(base: str, reference: str) -> str:
    """The reference resolved against the base, as `Target.url`. Raises Quarantined("bad_url")."""
    try:
        return parse_target(urljoin(base, reference.strip())).url
    except ValueError as error:
        raise Quarantined("bad_url", f"not a URL: {error}") from error


def _ascii_host(host: str) -> str:
    if ":" in host:
        try:
            return str(IPv6Address(host))
        except ValueError as error:
            raise Quarantined("bad_url", f"not a host: {error}") from error
    try:
        name = host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise Quarantined("bad_url", "the host is not a name that can be looked up") from error
    if not _HOST.fullmatch(name):
        raise Quarantined("bad_url", "the host is not a name that can be looked up")
    return name
