"""Capture to article version: the one module that knows trafilatura.

Pure: the same capture gives the same article, in any process and after any other page. trafilatura's `deduplicate` keeps
state between pages and its `fetch` opens sockets, so neither is used. Runs in a killable child (see the runner), for a page
may still be slow.
"""

import re
import unicodedata
import zlib

from lxml.html import HtmlElement
from trafilatura.core import bare_extraction
from trafilatura.settings import Extractor

from processors.errors import Filtered, Quarantined
from processors.model import ArticleId, ArticleVersion, Capture, DateProvenance, VersionId, content_id
from processors.stages.cleaning import boilerplate, charset, dates, guards, language, page, plain, walls
from processors.stages.cleaning.address import canonical_url
from processors.stages.cleaning.draft import Draft
from processors.stages.cleaning.fingerprint import fingerprint
from processors.stages.cleaning.mentions import latest_mention

#: `fast` first (docs/adr/0050); full where it finds so little that it may have missed the article. Comments are read apart and
#: left: that costs less than the pruning which switching them off does.
_FAST = Extractor(output_format="python", fast=True, comments=True)
_FULL = Extractor(output_format="python", comments=True)
_LITTLE_CHARACTERS = 250
#: Controls, bidirectional overrides, zero-width and soft hyphens: invisible, and they split words for every later stage.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_UNPAIRED = re.compile("[\ud800-\udfff\ufffe\uffff]")
_BULLETS = "•●▪◦‣· \t"


def clean(capture: Capture) -> tuple[ArticleVersion]:
    """The article that the capture holds.

    Raises Filtered("not_article") for a page without one and Quarantined for a body that is `too_large`, `too_deep`,
    `empty`, of a `wrong_type`, a `wall`, `undecodable` or `unparsable`.
    """
    raw = _body(capture)
    text = charset.decode(raw, capture.content_type)
    html = guards.is_html(raw, capture.content_type)
    draft = _read_html(text, capture) if html else plain.read_plain(_readable(text), capture.entry_title)
    paragraphs = boilerplate.strip([line for line in map(_line, draft.paragraphs) if line], title=draft.title)
    body = "\n\n".join(paragraphs)
    if not any(character.isalnum() for character in body):
        raise (
            Quarantined("empty", "no text is left after cleaning")
            if not html
            else Filtered("not_article", "the page has no text of its own")
        )
    return (_version(capture, draft, body),)


def _body(capture: Capture) -> bytes:
    guards.check_size(capture.body_bytes)
    try:
        raw = capture.body()
    except zlib.error as error:
        raise Quarantined("undecodable", f"the stored body does not decompress: {error}") from error
    guards.check_type(raw, capture.content_type)
    return raw


def _read_html(text: str, capture: Capture) -> Draft:
    tree = page.parse(text)
    found = page.read_metadata(tree)
    title = _line(_readable(page.choose_title(found, outlet=capture.outlet, entry_title=capture.entry_title)))
    paragraphs = [line for line in _readable(_extract(tree)).split("\n") if line.strip()]
    stated = tuple(found.dates)
    if not stated and capture.entry_published_at is None:
        stated = (*page.visible_dates(tree), *dates.datelines(paragraphs))
    little = sum(map(len, paragraphs)) < 2 * _LITTLE_CHARACTERS
    walls.check_page(title, paragraphs, url=capture.url, page_text=tree.text_content() if little else "")
    return Draft(
        title=title,
        author=_line(_readable("; ".join(found.authors[:3])))[:200],
        paragraphs=tuple(paragraphs),
        dates=stated,
    )


def _extract(tree: HtmlElement) -> str:
    text = ""
    for options in (_FAST, _FULL):
        try:
            document = bare_extraction(tree, options=options)
        except Exception as error:  # the vendor documents none; a page must never stop the stage
            raise Quarantined("unparsable", f"extraction failed: {type(error).__name__}: {error}") from error
        text = max(text, getattr(document, "text", None) or "", key=len)
        if len(text) >= _LITTLE_CHARACTERS:
            break
    return text


def _readable(text: str) -> str:
    """NFC, without invisible characters; what is no character becomes U+FFFD."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", _UNPAIRED.sub("\ufffd", text)))


def _line(text: str) -> str:
    """One line with plain single spaces and no bullet."""
    return " ".join(text.split()).lstrip(_BULLETS)


def _version(capture: Capture, draft: Draft, body: str) -> ArticleVersion:
    tongue = language.detect(body)
    stated = list(draft.dates)
    if capture.entry_published_at is not None:
        stated.append(
            dates.Candidate(
                at=capture.entry_published_at,
                provenance=DateProvenance.FEED,
                offset_minutes=capture.entry_utc_offset_minutes,
            )
        )
    if not stated and capture.origin == "import":
        stated += filter(None, [latest_mention(body, until=capture.fetched_at)])
    published = dates.choose(stated, language=tongue, fetched_at=capture.fetched_at)
    article_id = ArticleId(content_id(canonical_url(capture.final_url or capture.url)))
    return ArticleVersion(
        id=VersionId(content_id(article_id, draft.title, body)),
        article_id=article_id,
        capture_id=capture.id,
        url=capture.url,
        outlet=capture.outlet,
        title=draft.title,
        author=draft.author,
        text=body,
        language=tongue,
        published_at=published.at,
        date_provenance=published.provenance,
        utc_offset_minutes=published.offset_minutes,
        fetched_at=capture.fetched_at,
        fingerprint=fingerprint(body),
    )
