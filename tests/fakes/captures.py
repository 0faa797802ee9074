"""Captures for the tests of cleaning, from a body and as little else as a test needs."""

import zlib
from datetime import UTC, datetime

from processors.model import Capture, CaptureId, content_id

FETCHED_AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def capture(
    body: bytes | str,
    content_type: str = "text/html",
    *,
    url: str = "https://outlet.example/news/1",
    **fields,
) -> Capture:
    """The capture of a body; text is encoded as UTF-8."""
    raw = body.encode("utf-8") if isinstance(body, str) else body
    given = {"outlet": "Outlet", "final_url": url, "fetched_at": FETCHED_AT, "body_bytes": len(raw), **fields}
    given.setdefault("body_zlib", zlib.compress(raw))
    return Capture(id=CaptureId(content_id(url, raw)), url=url, content_type=content_type, **given)


def html(*paragraphs: str, head: str = "", title: str = "A headline") -> str:
    """A plain page with a headline and paragraphs."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    article = f"<article><h1>{title}</h1>{body}</article>"
    return f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{article}</body></html>"


#: Three paragraphs that any extractor takes for an article.
STORY = (
    "Forty soldiers came home across the bridge on Thursday, the governor said, and were taken to a hospital in the city.",
    "The exchange had been prepared for two months, said a spokesman for the headquarters that handles such talks.",
    "Relatives waited along the road with photographs, and the buses slowed down so that the men could read the names.",
)
