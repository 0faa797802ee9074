"""Bytes of an RSS, RDF or Atom feed to entries, by feedparser. Pure.

Feeds are hostile and broken: what can be read is given, with plain-text titles, http(s) links and sane dates only.
"""

import calendar
import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from html.parser import HTMLParser
from typing import Any

import feedparser

from ingest.urls import join
from processors.errors import Quarantined
from processors.model import content_id

_MAX_ENTRIES = 2000
_MAX_DEPTH = 1000
_TITLE_CHARS = 1000
_SUMMARY_CHARS = 10_000
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_FUTURE = timedelta(days=2)
_END_OF_ENTRY = re.compile(rb"</(?:[a-z]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_TAG = re.compile(rb"<(/?)([a-zA-Z_][^\s<>/]{0,99})[^<>]{0,4000}?(/?)>")
_ZONE = re.compile(r"([+-])(\d\d):?(\d\d)\s*$")
_HTTP_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(r"<\?xml[^>]{0,80}?encoding\s*=\s*[\"']([\w.:-]+)")
_HIGH = re.compile(rb"[\x80-\xff]")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&[#\w]+;")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed. `fault` is empty, or one word why the item cannot be fetched (`no_link`, `bad_url`)."""

    #: What the page is fetched by; for an entry with a fault the feed's URL with a fragment that tells entries apart.
    url: str
    id: str
    title: str
    published_at: datetime | None
    updated_at: datetime | None
    #: UTC offset of `published_at` in minutes as the feed wrote it.
    utc_offset_minutes: int = 0
    summary: str = ""
    fault: str = ""

    @property
    def stamp(self) -> str:
        """Changes when the feed says that the article has changed."""
        changed_at = self.updated_at or self.published_at
        return content_id(self.title, changed_at.isoformat() if changed_at else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed's title and its entries, at most 2000; `truncated` when it had more, `flawed` when it is not well-formed."""

    title: str
    entries: tuple[Entry, ...]
    truncated: bool = False
    flawed: bool = False


def parse_feed(body: bytes, *, content_type: str, url: str, now: datetime) -> ParsedFeed:
    """The feed in `body`, received from `url` with this Content-Type header.

    A malformed feed gives the entries that can be read. Raises Quarantined: `empty` for no bytes, `not_a_feed` for a
    web page or anything else that is no feed, `too_deep` for absurd nesting.
    """
    if not body.strip(b"\x00\t\n\r \xef\xbb\xbf"):
        raise Quarantined("empty", "the feed has no content")
    body, truncated = _first_entries(body)
    if depth(body) > _MAX_DEPTH:
        raise Quarantined("too_deep", f"tags are nested more than {_MAX_DEPTH} deep")
    body, content_type = _mended(body, content_type)
    raw = feedparser.parse(
        io.BytesIO(body),
        response_headers={"content-type": content_type, "content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not raw.entries and not raw.version:
        raise Quarantined("not_a_feed", "the answer is no RSS or Atom feed; look at the address in a browser")
    entries = [_entry(item, url, now) for item in raw.entries[:_MAX_ENTRIES]]
    return ParsedFeed(
        title=_plain(raw.feed.get("title_detail")),
        entries=_without_repeats(entries),
        truncated=truncated or len(raw.entries) > _MAX_ENTRIES,
        flawed=bool(raw.bozo),
    )


def depth(body: bytes) -> int:
    """Deepest nesting of tags outside CDATA, by a scan that knows no grammar; it stops beyond the limit."""
    open_tags: list[bytes] = []
    deepest = 0
    for closing, name, alone in _TAG.findall(_without_cdata(body)):
        if closing:
            if name in open_tags:
                while open_tags.pop() != name:
                    pass
        elif not alone:
            open_tags.append(name)
            deepest = max(deepest, len(open_tags))
            if deepest > _MAX_DEPTH:
                break
    return deepest


def _without_cdata(body: bytes) -> bytes:
    kept, end = [], 0
    while (start := body.find(b"<![CDATA[", end)) >= 0:
        kept.append(body[end:start])
        end = body.find(b"]]>", start)
        if end < 0:
            return b"".join(kept)
    return b"".join((*kept, body[end:]))


def _first_entries(body: bytes) -> tuple[bytes, bool]:
    """The body up to its 2000th entry: feedparser needs seconds for a feed of 100 000."""
    for count, match in enumerate(_END_OF_ENTRY.finditer(body), start=1):
        if count > _MAX_ENTRIES:
            return body[: match.start()], True
    return body, False


def _mended(body: bytes, content_type: str) -> tuple[bytes, str]:
    """Body and content type with an encoding that fits, where UTF-8 is promised or assumed and not kept.

    feedparser takes the whole feed for Latin when a single byte is wrong. A few wrong bytes stay a few wrong
    characters; many are the Windows encoding of our outlets.
    """
    declared = _HTTP_CHARSET.search(content_type) or _XML_ENCODING.search(body[:200].decode("latin-1"))
    if (declared and declared[1].lower() not in ("utf-8", "utf8")) or body.startswith(
        (b"\xff\xfe", b"\xfe\xff")
    ):
        return body, content_type
    text = body.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    if not wrong:
        return body, content_type
    if wrong * 5 > len(_HIGH.findall(body)):
        text = body.decode("cp1251", "replace")
    return text.encode(), "application/xml; charset=utf-8"


def _entry(item: Any, feed_url: str, now: datetime) -> Entry:  # noqa: ANN401  feedparser has no types
    title, link = _plain(item.get("title_detail")), _link(item)
    published_at = _moment(item.get("published_parsed"), now)
    # dict.get, because feedparser's own answers for an absent date with the other one.
    updated_at = _moment(dict.get(item, "updated_parsed"), now)
    url, fault = _resolved(link, feed_url)
    identity = str(item.get("id") or link or title)
    if fault:
        url = f"{feed_url}#entry-{content_id(identity, title, str(item.get('summary', '')))}"
    return Entry(
        url=url,
        id=identity[:2000],
        title=title,
        published_at=published_at or updated_at,
        updated_at=updated_at,
        utc_offset_minutes=_offset_minutes(
            str(dict.get(item, "published") or dict.get(item, "updated") or "")
        ),
        summary=_plain(item.get("summary_detail"), _SUMMARY_CHARS),
        fault=fault,
    )


def _link(item: Any) -> str:  # noqa: ANN401
    link = str(item.get("link") or "")
    guid = str(item.get("id") or "")
    return link or (guid if guid.startswith(("http://", "https://")) else "")


def _resolved(link: str, feed_url: str) -> tuple[str, str]:
    if not link.strip():
        return "", "no_link"
    try:
        return join(feed_url, link), ""
    except Quarantined:
        return "", "bad_url"


def _without_repeats(entries: list[Entry]) -> tuple[Entry, ...]:
    """One entry a URL, the first one: a URL that is listed twice in one feed is one article."""
    return tuple({entry.url: entry for entry in reversed(entries)}.values())[::-1]


def _moment(parsed: Any, now: datetime) -> datetime | None:  # noqa: ANN401
    if parsed is None:
        return None
    try:
        moment = datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, TypeError, OSError):
        return None
    return moment if _EARLIEST <= moment <= now + _FUTURE else None


def _offset_minutes(text: str) -> int:
    match = _ZONE.search(text)
    if match is None:
        return 0
    minutes = int(match[2]) * 60 + int(match[3])
    return (-minutes if match[1] == "-" else minutes) if minutes <= 14 * 60 else 0


def _plain(detail: Any, limit: int = _TITLE_CHARS) -> str:  # noqa: ANN401
    """Text of a feedparser detail: markup and entities resolved when it is HTML, white space folded."""
    if not detail:
        return ""
    text = str(detail.get("value") or "")[: limit * 20]
    if _MARKUP.search(text):
        text = _text_of_html(text)
    return _SPACE.sub(" ", _CONTROL.sub("", text)).strip()[:limit]


class _TextReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  HTMLParser's signature
        if tag in ("script", "style"):
            self._hidden = tag
        self.parts.append(" " if tag in ("br", "p", "div", "li") else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._hidden:
            self._hidden = ""

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def _text_of_html(html: str) -> str:
    reader = _TextReader()
    try:
        reader.feed(html)
        reader.close()
    except AssertionError:  # html.parser asserts on a few malformed declarations
        return unescape(html)
    return "".join(reader.parts)
