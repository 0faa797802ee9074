"""Which addresses may be connected to: the public internet and what the operator allows. Pure.

Names and unusual spellings (`127.1`, `0x7f000001`, `①②⑦.0.0.1`) are not judged here: the caller resolves the name, asks
`refusal` about **every** address that it got, connects to one of them, and asks once more about the peer of the
connected socket. `ingest.connect` does so for pages and feeds; a module of another room that opens connections of its
own (webhooks) builds its own connection class on the same two functions.

`ipaddress.is_global` is not enough: many Pythons call NAT64, 6to4, IPv4-compatible and site-local addresses global.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network

#: First match wins, so a narrow network stands before the wide one that contains it.
_REFUSED: tuple[tuple[Network, str], ...] = tuple(
    (ip_network(text), word)
    for text, word in (
        ("0.0.0.0/8", "unspecified"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "carrier_nat"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link_local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "protocol"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "protocol"),
        ("192.52.193.0/24", "protocol"),
        ("192.88.99.0/24", "six_to_four"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "protocol"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("255.255.255.255/32", "broadcast"),
        ("240.0.0.0/4", "reserved"),
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::ffff:0:0/96", "ipv4_mapped"),
        ("::ffff:0:0:0/96", "ipv4_translated"),
        ("::/96", "ipv4_compatible"),
        ("64:ff9b::/96", "nat64"),
        ("64:ff9b:1::/48", "nat64"),
        ("100::/64", "discard"),
        ("2001::/32", "teredo"),
        ("2001:2::/48", "benchmarking"),
        ("2001:db8::/32", "documentation"),
        ("2001::/23", "protocol"),
        ("2002::/16", "six_to_four"),
        ("3fff::/20", "documentation"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link_local"),
        ("fec0::/10", "site_local"),
        ("ff00::/8", "multicast"),
    )
)
_GLOBAL_UNICAST_V6 = ip_network("2000::/3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """A network that the operator allows although it is not public; `port` None means every port."""

    network: Network
    port: int | None = None

    def __str__(self) -> str:
        """As `parse_allowance` reads it."""
        if self.port is None:
            return str(self.network)
        return f"[{self.network}]:{self.port}" if self.network.version == 6 else f"{self.network}:{self.port}"


def classify(ip: str) -> str | None:
    """None for an address of the public internet, else one word that says why not (`loopback`, `nat64`, …).

    `ip` is a numeric address as `getaddrinfo` or `getpeername` give it, a scope (`%eth0`) included; anything else is
    `malformed`.
    """
    address = _parse(ip)
    if address is None:
        return "malformed"
    for network, word in _REFUSED:
        if address.version == network.version and address in network:
            return word
    if isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST_V6:
        return "reserved"
    return None


def refusal(ip: str, port: int, allowed: Iterable[Allowance] = ()) -> str | None:
    """None when a connection to this address and port is permitted, else the word of `classify`."""
    word = classify(ip)
    if word is None or word == "malformed":
        return word
    address = _parse(ip)
    for allowance in allowed:
        same_family = address is not None and address.version == allowance.network.version
        if same_family and address in allowance.network and allowance.port in (None, port):
            return None
    return word


def parse_allowance(text: str) -> Allowance:
    """The allowance that `127.0.0.1`, `10.1.0.0/16`, `127.0.0.1:8080`, `[::1]:8080` or `fd00::/8` describe.

    Raises ValueError for anything else, names included: a name may resolve to any address tomorrow.
    """
    network, port = _split_port(text.strip())
    try:
        return Allowance(
            network=ip_network(network, strict=False), port=None if port is None else _port(port)
        )
    except ValueError as error:
        raise ValueError(
            f"{text!r} is not a network such as 127.0.0.1, 10.1.0.0/16 or 127.0.0.1:8080 ({error})"
        ) from error


def _parse(ip: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(ip.split("%", 1)[0])
    except ValueError:
        return None


def _split_port(text: str) -> tuple[str, str | None]:
    if text.startswith("["):
        network, bracket, rest = text[1:].partition("]")
        if not bracket:
            return text, None
        return network, rest.removeprefix(":") if rest else None
    if text.count(":") == 1:
        network, _, port = text.partition(":")
        return network, port
    return text, None


def _port(text: str) -> int:
    port = int(text)
    if not 0 < port < 65536:
        raise ValueError(f"port {port} is not between 1 and 65535")
    return port
