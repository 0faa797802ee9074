"""Feeds that are broken, hostile or absurd: what can be read is given, the rest ends with one word.

Time is that of this process, so that a busy machine fails no test.
"""

import random
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.feeds import ParsedFeed, parse_feed
from processors.errors import Quarantined
from tests.fakes.polling import START

URL = "https://outlet.example/rss"
ITEM = "<item><title>Title {0}</title><link>https://outlet.example/{0}</link><description>Text {0}</description></item>"


def parsed(body: bytes | str, content_type: str = "application/rss+xml", url: str = URL) -> ParsedFeed:
    raw = body.encode() if isinstance(body, str) else body
    return parse_feed(raw, content_type=content_type, url=url, now=START)


def rss(items: str, declaration: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    return f'{declaration}<rss version="2.0"><channel><title>Outlet</title>{items}</channel></rss>'


def items(count: int) -> str:
    return "".join(ITEM.format(number) for number in range(count))


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BILLION = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">{LAUGHS}]>' + rss(
    "<item><title>&l9;</title><link>/a</link></item>", ""
)
QUADRATIC = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "{"x" * 50_000}">]>' + rss(
    f"<item><title>{'&a;' * 5000}</title><link>/a</link></item>", ""
)
REFUSED = {
    "nothing": (b"", "empty"),
    "white space": (b" \r\n\t ", "empty"),
    "byte-order mark": (b"\xef\xbb\xbf", "empty"),
    "zero bytes": (bytes(1000), "empty"),
    "a consent page": (b"<!DOCTYPE html><html><head><title>Go on</title></head><body><p>Cookies</p></body></html>", "not_a_feed"),
    "a sentence": (b"Service temporarily unavailable", "not_a_feed"),
    "JSON": (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "not_a_feed"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(2000), "not_a_feed"),
    "100 000 nested tags": (b"<rss version='2.0'><channel>" + b"<a>" * 100_000, "too_deep"),
    "100 000 tags, closed again": (b"<rss version='2.0'>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</rss>", "too_deep"),
    "random bytes": (random.Random(1).randbytes(50_000), "not_a_feed"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_feed_ends_with_one_word(body, reason):
    began = time.process_time()
    with pytest.raises(Quarantined) as caught:
        parsed(body)
    assert caught.value.reason == reason
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    "body",
    [
        BILLION,
        QUADRATIC,
        rss("<item><title>" + "<![CDATA[" * 50_000 + "</title></item>"),
        rss("<" * 200_000),
        rss("&" * 200_000),
        rss("<item><title>" + "x" * 9_000_000 + "</title><link>/a</link></item>"),
        rss("<item " + "a='b' " * 100_000 + "/>"),
        rss("<!--" * 100_000),
        rss("<item><title>" + "&lt;b&gt;" * 200_000 + "</title><link>/a</link></item>"),
        '<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://127.0.0.1:1/x.dtd">' + rss(items(2), ""),
    ],
    ids=["laughs", "quadratic", "cdata", "angles", "ampersands", "token", "attributes", "comments", "markup", "external dtd"],
)  # fmt: skip
def test_a_hostile_feed_is_answered_in_bounded_time(body):
    began = time.process_time()
    with suppress(Quarantined):
        assert len(parsed(body).entries) <= 2000
    assert time.process_time() - began < 8


@pytest.mark.parametrize("system", ["file:///etc/passwd", "http://127.0.0.1:1/secret"])
def test_an_external_entity_is_not_opened(system):
    body = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "{system}">]>' + rss(
        "<item><title>a &x; b</title><link>/a</link></item>", ""
    )
    (entry,) = parsed(body).entries
    assert "root:" not in entry.title


def test_of_100_000_entries_the_first_2000_are_taken_quickly():
    body = rss(items(100_000)).encode()
    began = time.process_time()
    found = parsed(body[:10_000_000])
    assert (len(found.entries), found.truncated) == (2000, True)
    assert found.entries[0].url == "https://outlet.example/0"
    assert time.process_time() - began < 8


@pytest.mark.parametrize(
    ("body", "content_type", "count"),
    [
        (rss(items(3)).replace("Title 1", "Smith & Sons"), "application/rss+xml", 3),
        (rss(items(3)).replace("Title 1", "Smith&nbsp;Sons"), "application/rss+xml", 3),
        (rss(items(3)).replace("Title 1", "Title <b>1"), "application/rss+xml", 3),
        (rss(items(3)).replace("Title 1", "Title \x0b1"), "application/rss+xml", 3),
        (rss(items(3))[: -len("</item></channel></rss>")], "application/rss+xml", 3),
        (rss(items(3)).split("<item>", 1)[0] + items(3), "application/rss+xml", 3),
        ("\n\n" + rss(items(3)), "application/rss+xml", 3),
        ("\ufeff" + rss(items(3)), "text/html", 3),
        (rss(items(3)), "", 3),
        (rss(items(3)), "application/json; charset=nonsense", 3),
        (rss(""), "application/rss+xml", 0),
    ],
)
def test_a_malformed_feed_gives_what_can_be_read(body, content_type, count):
    assert len(parsed(body, content_type).entries) == count


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("utf-8", "utf-8", "application/rss+xml"), ("cp1251", "windows-1251", "application/rss+xml"),
        ("cp1251", "utf-8", "application/rss+xml; charset=windows-1251"), ("koi8-u", "koi8-u", "text/xml; charset=koi8-u"),
        ("utf-16", "utf-16", "application/rss+xml"), ("cp1251", "utf-8", "application/rss+xml"),
        ("cp1251", "utf-8", "text/xml; charset=utf-8"), ("utf-8", "utf-8", "text/xml"), ("utf-8", "utf-8", "text/html"),
    ],
)  # fmt: skip
def test_cyrillic_is_read_in_the_encoding_that_it_has(encoding, declared, content_type):
    text = "Обмін полоненими: додому повернулися захисники"
    body = rss(
        ITEM.replace("Title {0}", text).format(1), f'<?xml version="1.0" encoding="{declared}"?>'
    ).encode(encoding)
    assert parsed(body, content_type).entries[0].title == text


def test_titles_are_plain_text():
    titles = {
        "&lt;script&gt;alert(1)&lt;/script&gt;Swap": "Swap",
        "<![CDATA[<b>Swap</b> &amp; talks]]>": "Swap & talks",
        "A &amp; B": "A & B",
        "230 &lt; 248": "230 < 248",
        "  two \n lines ": "two lines",
        "x" * 5000: "x" * 1000,
        "&lt;img src=x onerror=alert(1)&gt;": "",
    }
    body = rss(
        "".join(
            f"<item><title>{title}</title><link>/{number}</link></item>"
            for number, title in enumerate(titles)
        )
    )
    assert [entry.title for entry in parsed(body).entries] == list(titles.values())


@pytest.mark.parametrize(
    ("link", "url", "fault"),
    [
        ("https://outlet.example/a", "https://outlet.example/a", ""), ("/a?b=1&amp;c=2", "https://outlet.example/a?b=1&c=2", ""),
        ("a", "https://outlet.example/a", ""), ("//cdn.example/a", "https://cdn.example/a", ""),
        ("HTTPS://User:Pass@Outlet.Example:443/a#top", "https://outlet.example/a", ""),
        ("https://outlet.example/новини", "https://outlet.example/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8", ""),
        ("https://приклад.укр/a", "https://xn--80aikifvh.xn--j1amh/a", ""), ("https://outlet.example/a b", "", "bad_url"),
        ("javascript:alert(1)", "", "bad_url"), ("data:text/html,x", "", "bad_url"), ("file:///etc/passwd", "", "bad_url"),
        ("mailto:a@b.example", "", "bad_url"), ("http://[x]/", "", "no_link"), ("", "", "no_link"), ("   ", "", "no_link"),
    ],
)  # fmt: skip
def test_links_are_web_addresses_in_one_spelling(link, url, fault):
    (entry,) = parsed(rss(f"<item><title>T</title><link>{link}</link></item>")).entries
    assert entry.fault == fault
    assert entry.url == url if not fault else entry.url.startswith(URL + "#entry-")


@pytest.mark.parametrize(
    ("date", "expected", "offset"),
    [
        ("Wed, 03 Jan 2024 19:42:00 +0200", "2024-01-03T17:42:00+00:00", 120),
        ("2024-01-03T19:42:00+03:00", "2024-01-03T16:42:00+00:00", 180),
        ("Wed, 03 Jan 2024 19:42:00 GMT", "2024-01-03T19:42:00+00:00", 0),
        ("Wed, 03 Jan 2024 19:42:00 -0530", "2024-01-04T01:12:00+00:00", -330),
        ("Thu, 04 Jan 0001 00:00:00 GMT", None, 0), ("Fri, 31 Dec 9999 23:59:59 GMT", None, 0), ("99999-01-01", None, 0),
        ("32 Foo 2024", None, 0), ("+9999", None, 0), ("yesterday", None, 0), ("Wed, 10 Jan 2024 00:00:00 GMT", None, 0),
    ],
)  # fmt: skip
def test_dates_are_kept_only_inside_the_window_of_sanity(date, expected, offset):
    (entry,) = parsed(rss(f"<item><title>T</title><link>/a</link><pubDate>{date}</pubDate></item>")).entries
    assert (entry.published_at.isoformat() if entry.published_at else None) == expected
    assert entry.published_at is None or entry.utc_offset_minutes == offset


def test_atom_entries_have_both_dates_and_the_stamp_follows_the_update():
    def feed(updated: str) -> str:
        return (
            '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://outlet.example/en/"><title>Outlet</title>'
            '<entry><title type="html">&lt;i&gt;Swap&lt;/i&gt;</title><id>tag:1</id><link rel="alternate" href="a"/>'
            f"<published>2024-01-03T10:00:00Z</published><updated>{updated}</updated></entry></feed>"
        )

    (first,) = parsed(feed("2024-01-03T10:00:00Z")).entries
    (second,) = parsed(feed("2024-01-03T12:00:00Z")).entries
    assert (first.url, first.title, first.id) == ("https://outlet.example/en/a", "Swap", "tag:1")
    assert first.published_at == second.published_at
    assert first.stamp != second.stamp


def test_entries_without_a_link_are_told_apart_and_stay_the_same_between_polls():
    body = rss("<item><title>One</title></item><item><title>Two</title></item>")
    first, second = parsed(body).entries
    assert first.url != second.url
    assert [entry.url for entry in parsed(body).entries] == [first.url, second.url]


def test_a_link_that_is_listed_twice_is_one_entry():
    body = rss(
        "<item><title>First</title><link>/a</link></item><item><title>Second</title><link>/a#x</link></item>"
    )
    assert [entry.title for entry in parsed(body).entries] == ["First"]


def test_a_guid_that_is_a_link_stands_for_a_missing_link():
    (entry,) = parsed(
        rss('<item><title>T</title><guid isPermaLink="false">https://outlet.example/g</guid></item>')
    ).entries
    assert entry.url == "https://outlet.example/g"


@settings(max_examples=80, deadline=None)
@given(
    st.text(max_size=200),
    st.sampled_from(
        [
            "{}",
            "<item>{}</item>",
            "<item><title>{}</title><link>/a</link></item>",
            "<item><pubDate>{}</pubDate></item>",
        ]
    ),
)
def test_no_text_makes_the_parser_fail(text, frame):
    try:
        found = parsed(rss(frame.format(text)).encode("utf-8", "surrogatepass"))
    except Quarantined:
        return
    assert all(entry.url.startswith("https://") for entry in found.entries)
