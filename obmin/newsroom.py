"""The sample newsroom: invented outlets with pages and feeds, served on loopback for the demo and the tests.

`python -m obmin.newsroom` serves it for a look. What it serves is a function of seeds/newsroom and of which pages were asked for:
a story that was edited shows its first version once and its second from then on, in the page and in the feed.
"""

import json
import sys
import tomllib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from threading import Event, Lock
from typing import Any
from xml.sax.saxutils import quoteattr

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from obmin.newsroom_http import Answer, Server
from processors.model import Capture, CaptureId, content_id

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
_COMMENTS = (
    {
        "name": "ferryman",
        "text": "A cousin of mine heard that 500 were released and the ministry is hiding half.",
    },
    {"name": "Old Reader", "text": "Thank you for printing both figures side by side. Few do."},
)
_TEASER_CHARACTERS = 160
_DEEP_LEVELS = 5_000
_LARGE_ROWS = 80_000
#: When `pages` pretends to have fetched: after the newest article.
FETCHED_AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed of an outlet and what is special about it."""

    path: str
    style: str
    full: bool = False
    damaged: bool = False
    empty: bool = False
    redirect_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An invented outlet. `path` is the pattern of its article addresses; the template has the outlet's id."""

    id: str
    name: str
    language: str
    path: str
    encoding: str = "utf-8"
    feeds: tuple[Feed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a feed names: an article, or with another `kind` something that stands in its place."""

    id: str
    outlet: str
    kind: str = "article"
    title: str
    path: str
    published: datetime
    updated: datetime
    paragraphs: tuple[str, ...] = ()
    comments: Sequence[Mapping[str, str]] = ()

    @property
    def teaser(self) -> str:
        """The beginning of the text, cut at a word."""
        text = self.paragraphs[0] if self.paragraphs else self.title
        return text if len(text) <= _TEASER_CHARACTERS else text[:_TEASER_CHARACTERS].rsplit(" ", 1)[0] + " …"


def seeds_directory() -> Path:
    """Where the seeds are: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    return next(path for path in (package / "seeds", package.parent / "seeds") if path.is_dir())


class Newsroom:
    """All outlets on one port. `start` serves, `stop` ends; `pages` gives the same bytes without a socket."""

    def __init__(self, seeds: Path | None = None) -> None:
        self._directory = (seeds or seeds_directory()) / "newsroom"
        self.outlets = _load_outlets(self._directory)
        self._revised: dict[str, Entry] = {}
        self._entries = self._load_entries()
        self._pages = {entry.path: entry for entry in self._entries}
        self._templates = _environment(self._directory / "templates")
        self._asked: set[str] = set()
        self._lock = Lock()
        self._server: Server | None = None
        self.base = ""

    def start(self, port: int = 0) -> str:
        """Serve on 127.0.0.1, on a free port unless one is given. Returns the base URL, without a slash at its end."""
        self._server = Server(port, self._answer)
        self.base = f"http://127.0.0.1:{self._server.port}"
        return self.base

    def stop(self) -> None:
        """Close the port; may be called twice."""
        if self._server:
            self._server.close()
            self._server = None

    def opml(self, interval: str = "5s") -> str:
        """The newsroom's feeds as the poller reads its sources. A feed that moved is listed at its old address."""
        lines = [
            f"    <outline type={quoteattr('rss')} text={quoteattr(outlet.name)} language={quoteattr(outlet.language)}"
            f" htmlUrl={quoteattr(f'{self.base}/{outlet.id}/')} xmlUrl={quoteattr(self.base + (feed.redirect_from or feed.path))}"
            f" obmin:interval={quoteattr(interval)}/>"
            for outlet in self.outlets.values()
            for feed in outlet.feeds
        ]
        head = '<opml version="2.0" xmlns:obmin="https://obmin.example/opml">\n  <head><title>Sample newsroom</title></head>'
        return "\n".join(
            ['<?xml version="1.0" encoding="utf-8"?>', head, "  <body>", *lines, "  </body>", "</opml>", ""]
        )

    def pages(self, base: str = "http://newsroom.example") -> Iterator[Capture]:
        """Every page as a capture, the edited ones in both versions, in a fixed order."""
        for entry in self._entries:
            if entry.kind == "robots":
                continue
            for version in (entry, self._revised.get(entry.path)):
                answer = self._page(version, base) if version else None
                if version and answer and answer.status == 200:
                    yield _capture(base, version, self.outlets[version.outlet].name, answer)

    def _answer(self, path: str) -> Answer:
        """What a GET of this path is answered; a page that was edited changes by being asked for."""
        if path == "/robots.txt":
            return Answer(body=b"User-agent: *\nDisallow: /meridian/print/\n", content_type="text/plain")
        for outlet in self.outlets.values():
            for feed in outlet.feeds:
                if path == feed.redirect_from:
                    return Answer(status=301, location=self.base + feed.path)
                if path == feed.path:
                    return self._feed(outlet, feed, self.base)
        entry = self._pages.get(path)
        if entry:
            return self._page(self._current(entry, asked=True), self.base)
        return self._index(path)

    def _current(self, entry: Entry, *, asked: bool = False) -> Entry:
        revised = self._revised.get(entry.path)
        if revised is None:
            return entry
        with self._lock:
            seen = entry.path in self._asked
            if asked:
                self._asked.add(entry.path)
        return revised if seen else entry

    def _page(self, entry: Entry, base: str) -> Answer:
        outlet = self.outlets[entry.outlet]
        if entry.kind == "missing":
            return Answer(status=404, body=b"<html><title>404</title><h1>Not found</h1></html>")
        if entry.kind == "pdf":
            return Answer(
                body=b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< >>\nendobj\n%%EOF\n", changed_at=entry.updated
            )
        if entry.kind in ("deep", "large"):
            return Answer(body=_oversized(entry), changed_at=entry.updated)
        name = entry.kind if entry.kind in ("wall", "soft_missing") else outlet.id
        others = [
            other
            for other in self._entries
            if other.outlet == outlet.id and other.path != entry.path and other.paragraphs
        ]
        start = sum(other.published <= entry.published for other in others)
        around = (others + others)[start : start + 14]
        html = self._templates.get_template(f"{name}.html.j2").render(
            outlet=outlet, entry=entry, related=around[:5], others=around[5:], base=base
        )
        return Answer(body=html.encode(outlet.encoding, "xmlcharrefreplace"), changed_at=entry.updated)

    def _feed(self, outlet: Outlet, feed: Feed, base: str) -> Answer:
        mine = (
            []
            if feed.empty
            else [self._current(entry) for entry in self._entries if entry.outlet == outlet.id]
        )
        mine.sort(key=lambda entry: entry.updated, reverse=True)
        newest = mine[0].updated if mine else FETCHED_AT
        xml = self._templates.get_template(f"{feed.style}.xml.j2").render(
            outlet=outlet, feed=feed, entries=mine, newest=newest, base=base
        )
        body = xml.encode(outlet.encoding, "xmlcharrefreplace")
        kind = "application/atom+xml" if feed.style == "atom" else "application/rss+xml"
        return Answer(body=_damage(body) if feed.damaged else body, content_type=kind, changed_at=newest)

    def _index(self, path: str) -> Answer:
        """The front page of an outlet, or of the newsroom."""
        outlet = self.outlets.get(path.strip("/"))
        if outlet is None and path != "/":
            return Answer(status=404, body=b"<html><title>404</title><h1>Not found</h1></html>")
        if outlet:
            links = [(entry.path, entry.title) for entry in self._entries if entry.outlet == outlet.id]
        else:
            links = [(f"/{o.id}/", o.name) for o in self.outlets.values()]
            links += [(feed.path, feed.path) for o in self.outlets.values() for feed in o.feeds]
        items = Markup("\n").join(Markup('<li><a href="{}">{}</a></li>').format(*link) for link in links)
        title = outlet.name if outlet else "Sample newsroom"
        page = Markup(
            "<!DOCTYPE html><meta charset=utf-8><title>{0}</title><h1>{0}</h1><ul>\n{1}\n</ul>"
        ).format(title, items)
        return Answer(body=page.encode("utf-8"))

    def _load_entries(self) -> list[Entry]:
        rows = [row for name in ("articles.jsonl", "own.jsonl") for row in _rows(self._directory / name)]
        texts = {row["id"]: row["text"] for row in rows}
        entries = [self._entry(row, texts.get(row.get("same_as", row["id"]), "")) for row in rows]
        for row, entry in zip(rows, entries, strict=True):
            if "revised" in row:
                self._revised[entry.path] = replace(
                    entry,
                    title=row["revised"]["title"],
                    updated=datetime.fromisoformat(row["revised"]["updated"]),
                    paragraphs=_paragraphs(row["revised"]["text"]),
                )
        specials = tomllib.loads((self._directory / "newsroom.toml").read_text("utf-8"))["special"]
        entries += [self._special(row) for row in specials]
        return sorted(entries, key=lambda entry: (entry.published, entry.id))

    def _entry(self, row: Mapping[str, Any], text: str) -> Entry:
        published = datetime.fromisoformat(row["published"])
        return Entry(
            id=row["id"],
            outlet=row["outlet"],
            title=row["title"],
            path=self.outlets[row["outlet"]].path.format(id=row["id"], date=f"{published:%Y/%m/%d}"),
            published=published,
            updated=published,
            paragraphs=_paragraphs(text),
            comments=_COMMENTS,
        )

    def _special(self, row: Mapping[str, Any]) -> Entry:
        pattern = "/meridian/print/{id}" if row["kind"] == "robots" else self.outlets[row["outlet"]].path
        return Entry(
            id=row["id"],
            outlet=row["outlet"],
            kind=row["kind"],
            title=row["title"],
            path=pattern.format(id=row["id"], date=f"{row['published']:%Y/%m/%d}"),
            published=row["published"],
            updated=row["published"],
        )


def _load_outlets(directory: Path) -> dict[str, Outlet]:
    rows = tomllib.loads((directory / "newsroom.toml").read_text("utf-8"))["outlet"]
    outlets = (Outlet(**{**row, "feeds": tuple(Feed(**feed) for feed in row["feeds"])}) for row in rows)
    return {outlet.id: outlet for outlet in outlets}


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    return map(json.loads, path.read_text("utf-8").splitlines())


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split("\n\n")))


def _environment(directory: Path) -> Environment:
    environment = Environment(loader=FileSystemLoader(directory), autoescape=True, undefined=StrictUndefined)
    environment.filters |= {
        "iso": datetime.isoformat,
        "rfc822": format_datetime,
        "dotted": lambda at: f"{at:%d.%m.%Y, %H:%M}",
        "written_en": lambda at: f"{_MONTHS['en'].split()[at.month - 1]} {at.day}, {at.year}",
        "written_uk": lambda at: f"{at.day} {_MONTHS['uk'].split()[at.month - 1]} {at.year}, {at:%H:%M}",
        "written_ru": lambda at: f"{at.day} {_MONTHS['ru'].split()[at.month - 1]} {at.year}, {at:%H:%M}",
        "html_paragraphs": lambda paragraphs: "".join(f"<p>{escape(p)}</p>" for p in paragraphs),
    }
    return environment


def _oversized(entry: Entry) -> bytes:
    if entry.kind == "deep":
        inner = "<div>" * _DEEP_LEVELS + f"<p>{entry.title}</p>" + "</div>" * _DEEP_LEVELS
    else:
        inner = (
            "<table>"
            + "".join(f"<tr><td>{row}</td><td>see volume two</td></tr>\n" for row in range(_LARGE_ROWS))
            + "</table>"
        )
    return (
        f"<!DOCTYPE html><html><head><title>{entry.title}</title></head><body>{inner}</body></html>".encode()
    )


def _damage(xml: bytes) -> bytes:
    """Break the feed as real ones are broken: a bare ampersand, an unclosed tag, and no end. No entry is lost by it."""
    broken = xml.replace(b"</title>", b" & more</title>", 1).replace(b"<description>", b"<description><b>", 2)
    return broken[: broken.rindex(b"</channel>")]


def _capture(base: str, entry: Entry, outlet: str, answer: Answer) -> Capture:
    url = base + entry.path
    return Capture(
        id=CaptureId(content_id(url, answer.body)),
        url=url,
        final_url=url,
        outlet=outlet,
        fetched_at=FETCHED_AT,
        content_type=answer.content_type,
        body_zlib=zlib.compress(answer.body),
        body_bytes=len(answer.body),
        entry_title=entry.title,
        entry_published_at=entry.published.astimezone(UTC),
        entry_utc_offset_minutes=int((entry.published.utcoffset() or timedelta()).total_seconds() // 60),
    )


def main() -> None:
    """Serve until interrupted."""
    newsroom = Newsroom()
    sys.stdout.write(f"{newsroom.start(int(sys.argv[1]) if len(sys.argv) > 1 else 0)}/\n")
    sys.stdout.flush()
    try:
        Event().wait()
    except KeyboardInterrupt:
        newsroom.stop()


if __name__ == "__main__":
    main()
