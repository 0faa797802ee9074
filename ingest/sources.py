"""Which feeds are polled: an OPML file, read strictly, so that a typing error is an error with its line."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from ingest.urls import parse_target
from processors.errors import ConfigError, Quarantined

_UNITS_S = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_OPTIONS = frozenset({"obmin:interval", "obmin:enabled", "obmin:outlet"})
_DEFAULT_INTERVAL_S = 900.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed address and how often it is polled."""

    url: str
    outlet: str
    language: str = ""
    category: str = ""
    interval_s: float = _DEFAULT_INTERVAL_S
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An outlet and its feeds."""

    outlet: str
    homepage: str = ""
    feeds: tuple[Feed, ...]


def load_sources(path: Path) -> tuple[Source, ...]:
    """The sources of an OPML file. Raises ConfigError, with file and line, when it is missing or wrong."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: the list of sources cannot be read ({error.strerror})") from error
    return parse_sources(body, str(path))


def parse_sources(body: bytes, name: str = "sources.opml") -> tuple[Source, ...]:
    """The sources that OPML text names; feeds of one outlet are one source, in order of appearance.

    `<outline text="Outlet" xmlUrl="https://…" htmlUrl="…" language="uk" category="…" obmin:interval="15m"
    obmin:enabled="false" obmin:outlet="Outlet"/>`; an outline without `xmlUrl` is a group whose text is the category of
    what it contains. Raises ConfigError that names `name` and the line.
    """
    reader = _Reader(name)
    reader.read(body)
    return tuple(reader.sources.values())


def all_feeds(sources: Iterable[Source]) -> tuple[Feed, ...]:
    """Every feed of the sources that is not switched off."""
    return tuple(feed for source in sources for feed in source.feeds if feed.enabled)


def parse_interval(text: str) -> float:
    """Seconds of `90s`, `15m`, `2h`, `1d`. Raises ValueError for anything else and for less than a second."""
    number, unit = text[:-1], text[-1:]
    if unit not in _UNITS_S or not number.replace(".", "", 1).isdigit():
        raise ValueError(f"{text!r} is not a time such as 90s, 15m, 2h or 1d")
    seconds = float(number) * _UNITS_S[unit]
    if seconds <= 0:
        raise ValueError(f"{text!r} is no time at all")
    return seconds


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.sources: dict[str, Source] = {}
        self._groups: list[str] = []
        self._lines: dict[str, int] = {}
        self._root = ""
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = self._entity

    def read(self, body: bytes) -> None:
        try:
            self._parser.Parse(body, True)
        except expat.ExpatError as error:
            raise ConfigError(f"{self.name}:{error.lineno}: not well-formed XML: {error}") from error
        if not self.sources:
            raise self._error("there is no outline with an xmlUrl in it")

    def _error(self, message: str) -> ConfigError:
        return ConfigError(f"{self.name}:{self._parser.CurrentLineNumber}: {message}")

    def _entity(self, *_: object) -> None:
        raise self._error("entity declarations are not allowed")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self._root:
            self._root = tag
            if tag != "opml":
                raise self._error(f"the file must be OPML, but it starts with <{tag}>")
        if tag == "outline":
            if "xmlUrl" in attributes:
                self._add(attributes)
            self._groups.append("" if "xmlUrl" in attributes else attributes.get("text", ""))

    def _end(self, tag: str) -> None:
        if tag == "outline":
            self._groups.pop()

    def _add(self, attributes: dict[str, str]) -> None:
        feed = self._feed(attributes)
        if feed.url in self._lines:
            raise self._error(f"the feed {feed.url} stands already in line {self._lines[feed.url]}")
        self._lines[feed.url] = self._parser.CurrentLineNumber
        known = self.sources.get(feed.outlet)
        self.sources[feed.outlet] = Source(
            outlet=feed.outlet,
            homepage=known.homepage if known else attributes.get("htmlUrl", ""),
            feeds=(*known.feeds, feed) if known else (feed,),
        )

    def _feed(self, attributes: dict[str, str]) -> Feed:
        for key in attributes:
            if key.startswith("obmin:") and key not in _OPTIONS:
                raise self._error(f"unknown option {key}; known are {', '.join(sorted(_OPTIONS))}")
        outlet = (
            attributes.get("obmin:outlet") or attributes.get("text") or attributes.get("title") or ""
        ).strip()
        if not outlet:
            raise self._error("the outline has no text, which is the outlet's name")
        enabled = attributes.get("obmin:enabled", "true")
        if enabled not in ("true", "false"):
            raise self._error(f"obmin:enabled must be true or false, not {enabled!r}")
        try:
            url = parse_target(attributes["xmlUrl"]).url
            interval_s = parse_interval(attributes.get("obmin:interval", f"{_DEFAULT_INTERVAL_S:.0f}s"))
        except Quarantined as error:
            raise self._error(f"xmlUrl: {error.detail}") from error
        except ValueError as error:
            raise self._error(f"obmin:interval: {error}") from error
        return Feed(
            url=url,
            outlet=outlet,
            language=attributes.get("language", ""),
            category=attributes.get("category") or "/".join(group for group in self._groups if group),
            interval_s=interval_s,
            enabled=enabled == "true",
        )
