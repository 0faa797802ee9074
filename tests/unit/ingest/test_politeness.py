"""robots.txt after RFC 9309, and the distance between requests to one host."""

import threading
import time
from datetime import timedelta

import pytest

from ingest.fetch import Fetched
from ingest.politeness import HostGate, RobotsCache
from ingest.robots import ALLOW_ALL, parse_robots
from ingest.urls import parse_target
from processors.errors import Quarantined, Reject, Retry
from tests.fakes.polling import START

AGENT = "obmin/1.0 (+https://example.org)"
RULES = b"""User-agent: *
Disallow: /private/
Crawl-delay: 2.5

User-agent: obmin
Disallow: /drafts
Allow: /drafts/open$
Crawl-delay: 500
"""
PAGE = parse_target("https://a.example/x")


class Answers:
    """A fetcher that gives prepared answers, one after another."""

    user_agent = AGENT

    def __init__(self, *answers: bytes | Exception) -> None:
        self.answers, self.asked = list(answers), []

    def get(self, url, *, max_bytes, etag="", last_modified=""):
        self.asked.append(url)
        found = self.answers.pop(0)
        if isinstance(found, Exception):
            raise found
        return Fetched(url=url, final_url=url, status=200, body=found)


@pytest.mark.parametrize(
    ("agent", "path", "allowed"),
    [
        (AGENT, "/", True), (AGENT, "/drafts/1", False), (AGENT, "/drafts/open", True), (AGENT, "/private/", True),
        ("other", "/private/a", False), ("other", "/drafts/1", True), (AGENT, "/robots.txt", True),
    ],
)  # fmt: skip
def test_the_most_specific_group_and_rule_decide(agent, path, allowed):
    assert parse_robots(RULES).allows("https://a.example" + path, agent) is allowed


@pytest.mark.parametrize(
    "body", [b"", b"\x00\xff", b"<html>not found</html>", b"Disallow /x\nfoo", b"\xef\xbb\xbf"]
)
def test_rules_that_make_no_sense_allow_everything(body):
    assert parse_robots(body).allows("https://a.example/x", AGENT)


def test_only_the_first_half_megabyte_of_rules_counts():
    body = b"User-agent: *\n" + b"# " + b"x" * 600_000 + b"\nDisallow: /\n"
    assert parse_robots(body).allows("https://a.example/x", AGENT)


@pytest.mark.parametrize(
    ("rules", "delay"),
    [(RULES, 60), (b"User-agent: *\nCrawl-delay: 2.5", 2.5), (b"User-agent: *\nCrawl-delay: x", 0), (b"", 0)],
)
def test_a_crawl_delay_is_kept_up_to_a_minute(rules, delay):
    assert parse_robots(rules).delay_s(AGENT) == delay
    assert ALLOW_ALL.delay_s(AGENT) == 0


@pytest.mark.parametrize("reason", ["status_400", "status_401", "status_403", "status_404", "status_410"])
def test_a_site_without_rules_allows_everything(reason):
    cache = RobotsCache(Answers(Reject(reason)))
    assert cache.rules(PAGE, START).allows(PAGE.url, AGENT)


@pytest.mark.parametrize(
    "error", [Retry("status_503"), Retry("timeout"), Quarantined("blocked_address"), Quarantined("too_large")]
)
def test_rules_that_are_out_of_reach_hold_the_pages_back(error):
    with pytest.raises(Retry) as caught:
        RobotsCache(Answers(error)).rules(PAGE, START)
    assert caught.value.reason == "robots"


def test_rules_are_asked_for_once_a_day_and_outlive_an_outage_of_a_day():
    answers = Answers(RULES, Retry("timeout"), Retry("timeout"))
    cache = RobotsCache(answers)
    for hours in (0, 23, 25):
        assert not cache.rules(
            parse_target("https://a.example/drafts"), START + timedelta(hours=hours)
        ).allows("https://a.example/drafts", AGENT)
    assert answers.asked == ["https://a.example/robots.txt"] * 2
    with pytest.raises(Retry):
        cache.rules(PAGE, START + timedelta(hours=49))


def test_each_origin_has_its_own_rules():
    answers = Answers(RULES, b"", b"")
    cache = RobotsCache(answers)
    for url in ("https://a.example/", "http://a.example/", "https://a.example:8443/", "https://a.example/y"):
        cache.rules(parse_target(url), START)
    assert answers.asked == [
        "https://a.example/robots.txt",
        "http://a.example/robots.txt",
        "https://a.example:8443/robots.txt",
    ]


def test_other_hosts_do_not_wait():
    gate = HostGate(30, threading.Event())
    began = time.monotonic()
    for host in ("a", "b", "c"):
        gate.wait(host)
    assert time.monotonic() - began < 15


@pytest.mark.parametrize(("own_s", "asked_s"), [(0.1, 0.0), (0.0, 0.1)])
def test_a_host_is_asked_again_only_after_the_longer_delay(own_s, asked_s):
    gate = HostGate(own_s, threading.Event())
    began = time.monotonic()
    for _ in range(3):
        gate.wait("a", asked_s)
    assert time.monotonic() - began >= 0.2


def test_waiting_ends_when_the_process_stops():
    stop = threading.Event()
    gate = HostGate(60, stop)
    gate.wait("a")
    stop.set()
    began = time.monotonic()
    gate.wait("a")
    assert time.monotonic() - began < 30


def test_a_held_host_is_free_again_later():
    gate = HostGate(0, threading.Event())
    gate.hold("a", 60)
    gate.hold("b", 0)
    assert gate.held("a")
    assert not gate.held("b")
    assert not gate.held("c")
