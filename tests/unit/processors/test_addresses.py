"""Which addresses are public, one row a form."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.addresses import Allowance, classify, parse_allowance, refusal

REFUSED = {
    "0.0.0.0": "unspecified",
    "0.1.2.3": "unspecified",
    "10.0.0.1": "private",
    "10.255.255.255": "private",
    "100.64.0.1": "carrier_nat",
    "100.100.100.200": "carrier_nat",
    "100.127.255.255": "carrier_nat",
    "127.0.0.1": "loopback",
    "127.255.255.254": "loopback",
    "169.254.0.1": "link_local",
    "169.254.169.254": "link_local",
    "172.16.0.1": "private",
    "172.31.255.255": "private",
    "192.0.0.1": "protocol",
    "192.0.0.8": "protocol",
    "192.0.0.170": "protocol",
    "192.0.2.1": "documentation",
    "192.31.196.1": "protocol",
    "192.52.193.1": "protocol",
    "192.88.99.1": "six_to_four",
    "192.168.0.1": "private",
    "192.168.255.255": "private",
    "192.175.48.1": "protocol",
    "198.18.0.1": "benchmarking",
    "198.19.255.255": "benchmarking",
    "198.51.100.7": "documentation",
    "203.0.113.7": "documentation",
    "224.0.0.1": "multicast",
    "239.255.255.255": "multicast",
    "240.0.0.1": "reserved",
    "254.1.1.1": "reserved",
    "255.255.255.255": "broadcast",
    "::": "unspecified",
    "::1": "loopback",
    "::127.0.0.1": "ipv4_compatible",
    "::8.8.8.8": "ipv4_compatible",
    "::ffff:127.0.0.1": "ipv4_mapped",
    "::ffff:8.8.8.8": "ipv4_mapped",
    "::ffff:7f00:1": "ipv4_mapped",
    "::ffff:0:7f00:1": "ipv4_translated",
    "64:ff9b::7f00:1": "nat64",
    "64:ff9b::127.0.0.1": "nat64",
    "64:ff9b:1::1": "nat64",
    "64:ff9b:1:fffe::1": "nat64",
    "100::1": "discard",
    "2001::1": "teredo",
    "2001:0:53aa:64c:0:7f9d:80ff:fffe": "teredo",
    "2001:2::1": "benchmarking",
    "2001:10::1": "protocol",
    "2001:20::1": "protocol",
    "2001:db8::1": "documentation",
    "2002:7f00:1::1": "six_to_four",
    "2002:808:808::1": "six_to_four",
    "3fff::1": "documentation",
    "4000::1": "reserved",
    "5f00::1": "reserved",
    "fc00::1": "private",
    "fd00:ec2::254": "private",
    "fe80::1": "link_local",
    "fe80::1%eth0": "link_local",
    "febf::1": "link_local",
    "fec0::1": "site_local",
    "fed0::1": "site_local",
    "ff00::1": "multicast",
    "ff02::1": "multicast",
    "ff0e::1": "multicast",
    "": "malformed",
    "127.1": "malformed",
    "0x7f000001": "malformed",
    "2130706433": "malformed",
    "0177.0.0.1": "malformed",
    "localhost": "malformed",
}
PUBLIC = [
    "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1", "126.255.255.255",
    "128.0.0.1", "172.15.255.255", "172.32.0.1", "192.0.1.1", "192.167.1.1", "192.169.1.1", "198.17.1.1",
    "198.20.0.1", "223.255.255.255", "2606:4700::1111", "2a00:1450:4001::1", "2001:200::1", "2001:4860:4860::8888",
]  # fmt: skip


@pytest.mark.parametrize(("ip", "word"), REFUSED.items())
def test_an_address_that_is_not_public_is_refused_with_its_reason(ip, word):
    assert classify(ip) == word
    assert refusal(ip, 80) == word


@pytest.mark.parametrize("ip", PUBLIC)
def test_an_address_of_the_public_internet_is_permitted(ip):
    assert classify(ip) is None
    assert refusal(ip, 443) is None


@pytest.mark.parametrize(
    "name", ["127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.1", "0", "localhost"]
)
def test_every_spelling_that_the_resolver_turns_into_an_own_address_is_refused(name):
    addresses = {info[4][0] for info in socket.getaddrinfo(name, 80, type=socket.SOCK_STREAM)}
    assert addresses
    assert all(refusal(str(address), 80) for address in addresses)


@pytest.mark.parametrize(
    ("allowance", "ip", "port", "word"),
    [
        ("127.0.0.1", "127.0.0.1", 8080, None),
        ("127.0.0.1:8080", "127.0.0.1", 8080, None),
        ("127.0.0.1:8080", "127.0.0.1", 9092, "loopback"),
        ("127.0.0.1:8080", "127.0.0.2", 8080, "loopback"),
        ("10.1.0.0/16", "10.1.255.1", 80, None),
        ("10.1.0.0/16", "10.2.0.1", 80, "private"),
        ("10.1.0.0/16:443", "10.1.0.1", 443, None),
        ("10.1.2.3/16", "10.1.0.1", 443, None),
        ("::1", "::1", 80, None),
        ("[::1]:8080", "::1", 8080, None),
        ("[::1]:8080", "::1", 8081, "loopback"),
        ("[fd00::/8]", "fd12::1", 80, None),
        ("fd00::/8", "fd12::1", 80, None),
        ("0.0.0.0/0", "::1", 80, "loopback"),
        ("127.0.0.0/8", "::ffff:127.0.0.1", 80, "ipv4_mapped"),
        ("0.0.0.0/0", "nonsense", 80, "malformed"),
    ],
)
def test_only_what_the_operator_names_is_allowed(allowance, ip, port, word):
    assert refusal(ip, port, [parse_allowance(allowance)]) == word


@pytest.mark.parametrize(
    "text",
    [
        "",
        "localhost",
        "example.com:80",
        "127.0.0.1:",
        "127.0.0.1:x",
        "127.0.0.1:0",
        "127.0.0.1:70000",
        "[::1",
        "1.2.3",
    ],
)
def test_a_malformed_allowance_is_an_error_that_shows_it(text):
    with pytest.raises(ValueError, match="is not a network"):
        parse_allowance(text)


@given(st.text(max_size=40))
def test_no_text_makes_the_rule_fail(text):
    assert classify(text) is None or isinstance(classify(text), str)
    assert isinstance(refusal(text, 80, [Allowance(network=parse_allowance("::/0").network)]), str | None)
