"""HTML to a tree, and what its metadata says. The one module that parses pages with lxml."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from processors.errors import Filtered, Quarantined
from processors.model import DateProvenance
from processors.stages.cleaning.dates import Candidate, find_written, parse_date

_INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "date.published",
    "publish-date", "pubdate", "publishdate", "publication_date", "parsely-pub-date", "sailthru.date",
    "dc.date.issued", "dcterms.created", "dcterms.date", "dc.date", "date",
)  # fmt: skip
_TITLES = ("og:title", "twitter:title", "dc.title")
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author")
_ARTICLE_TYPES = frozenset(
    {"Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BlogPosting", "LiveBlogPosting", "Report"}
)  # fmt: skip
_SEPARATORS = re.compile(r"\s+[|–—•·»-]\s+|\s*::\s*")
_JSON_DATE = re.compile(r'"datePublished"\s{0,9}:\s{0,9}"([^"]{4,40})"')
_JSON_LIMIT = 200_000
_DATED_CLASS = "//*[{}]".format(
    " or ".join(f"contains(@class,'{name}')" for name in ("date", "time", "publish", "posted"))
)


@dataclass(slots=True, kw_only=True)
class Metadata:
    """What the page's head, JSON-LD and time elements state, in the order found."""

    titles: list[str] = field(default_factory=list)
    site_names: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    dates: list[Candidate] = field(default_factory=list)


def parse(text: str) -> HtmlElement:
    """The page as a tree. Raises Quarantined("too_deep") where libxml2 would drop text, Filtered for no HTML.

    libxml2 stops silently at 256 levels; only its error log tells. Asking it costs nothing and, unlike counting tags,
    cannot be fooled by unclosed or void ones.
    """
    parser = HTMLParser(collect_ids=False, encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(_encoded(text), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        _refuse_deep(parser)
        raise Filtered("not_article", f"the body holds no HTML document: {error}") from error
    _refuse_deep(parser)
    return tree


def _encoded(text: str) -> bytes:
    """The text in UTF-8 with U+FFFD for what no XML may hold. Bytes are searched five times as fast as characters."""
    try:
        encoded = text.encode("utf-8")
    except UnicodeEncodeError:  # half of a surrogate pair
        return _INVALID.sub("\ufffd", text).encode("utf-8")
    if len(encoded.translate(None, _CONTROLS)) == len(encoded) and not any(
        map(encoded.count, _NO_CHARACTERS)
    ):
        return encoded
    return _INVALID.sub("\ufffd", text).encode("utf-8")


def _refuse_deep(parser: HTMLParser) -> None:
    if parser.error_log.filter_types(etree.ErrorTypes.ERR_RESOURCE_LIMIT):
        raise Quarantined("too_deep", "more than 255 nested elements, beyond which the parser drops text")


def read_metadata(tree: HtmlElement) -> Metadata:
    """Titles, authors and dates by one walk over the elements that can state them."""
    found = Metadata()
    meta: dict[str, str] = {}
    headings: list[str] = []
    times: list[Candidate] = []
    for element in tree.iter("meta", "title", "script", "h1", "time"):
        if element.tag == "meta":
            name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
            meta.setdefault(name, element.get("content") or "")
        elif element.tag == "script":
            if element.get("type") == "application/ld+json" and element.text:
                _read_json(element.text, found)
        elif element.tag == "time":
            _read_time(element, times, after_heading=bool(headings))
        elif element.tag == "h1":
            headings.append(_flat(element))
        else:
            found.titles.append(_flat(element))
    _read_meta(meta, found)
    found.titles = [title for title in (*_specific_titles(headings, meta), *found.titles) if title]
    found.dates += times
    return found


def visible_dates(tree: HtmlElement) -> Iterator[Candidate]:
    """Written dates in elements that call themselves a date; asked only when nothing better is known."""
    for element in tree.xpath(_DATED_CLASS)[:20]:
        shown = find_written(_flat(element)[:200])
        if shown:
            yield shown


def choose_title(found: Metadata, *, outlet: str, entry_title: str) -> str:
    """The most specific title, without the outlet's name at its end or beginning."""
    names = {name.casefold() for name in (*found.site_names, outlet) if name}
    for title in (*found.titles, entry_title):
        bare = _without_names(" ".join(title.split()), names)
        if bare:
            return bare[:1000]
    return ""


def _without_names(title: str, names: set[str]) -> str:
    """The title without an outlet's name and its separator at either end, empty when it is nothing but a name."""
    parts = _SEPARATORS.split(title)
    if len(parts) > 1 and parts[-1].casefold() in names:
        title = title[: title.rindex(parts[-1])].rstrip(" |–—•·»:-")
    first = next((name for name in names if title.casefold().startswith(f"{name}:")), "")
    return "" if title.casefold() in names else title[len(first) :].lstrip(" :")


def _specific_titles(headings: list[str], meta: dict[str, str]) -> list[str]:
    social = [meta[name] for name in _TITLES if meta.get(name)]
    return [*social, *headings[:1]]


def _read_meta(meta: dict[str, str], found: Metadata) -> None:
    found.site_names += [meta[name] for name in ("og:site_name", "application-name") if meta.get(name)]
    found.authors += [meta[name] for name in _AUTHORS if meta.get(name) and "://" not in meta[name]]
    stated = (parse_date(meta[name], DateProvenance.METADATA) for name in _PUBLISHED if meta.get(name))
    found.dates += [candidate for candidate in stated if candidate]


def _read_time(element: HtmlElement, times: list[Candidate], *, after_heading: bool) -> None:
    """A publication's own time element goes first, then those that follow the headline."""
    value = element.get("datetime") or _flat(element)
    own = element.get("itemprop") == "datePublished" or element.get("pubdate") is not None
    candidate = (
        parse_date(value, DateProvenance.METADATA if own else DateProvenance.VISIBLE) if value else None
    )
    if candidate and (own or after_heading):
        times.append(candidate)


def _read_json(text: str, found: Metadata) -> None:
    if len(text) > _JSON_LIMIT:
        return
    try:
        nodes = list(_nodes(json.loads(text)))
    except (ValueError, RecursionError):
        match = _JSON_DATE.search(text)
        stated = parse_date(match.group(1), DateProvenance.METADATA) if match else None
        found.dates += [stated] if stated else []
        return
    article = next((node for node in nodes if _types(node) & _ARTICLE_TYPES), None)
    if article is None:
        return
    published = article.get("datePublished")
    stated = parse_date(published, DateProvenance.METADATA) if isinstance(published, str) else None
    found.dates += [stated] if stated else []
    found.titles += [article["headline"]] if isinstance(article.get("headline"), str) else []
    found.authors += _names(article.get("author"))
    found.site_names += _names(article.get("publisher"))


def _nodes(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401  JSON has no narrower type
    """The objects at the top, in a list or in an @graph."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (node for node in graph if isinstance(node, dict)) if isinstance(graph, list) else ()


def _types(node: dict[str, Any]) -> set[str]:
    kind = node.get("@type")
    return {item for item in (kind if isinstance(kind, list) else [kind]) if isinstance(item, str)}


def _names(value: Any) -> list[str]:  # noqa: ANN401  JSON has no narrower type
    items = value if isinstance(value, list) else [value]
    names = [item.get("name") if isinstance(item, dict) else item for item in items]
    return [name for name in names if isinstance(name, str) and name and "://" not in name]


def _flat(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())
