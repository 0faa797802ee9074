"""What the extractor saw in an article, sentence by sentence, for the command line and the article's page."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from obmin.config import Settings
from obmin.wiring import reading
from processors.errors import Stop
from processors.model import ArticleId, Claim, Language, content_id
from processors.stages.claims import extract
from processors.stages.cleaning.address import canonical_url
from processors.stages.cleaning.language import detect
from processors.stages.extraction.sentences import split
from search.query import Collection


def find_article(settings: Settings, what: str, language: Language | None) -> Mapping[str, Any]:
    """The article of a file's text, or the one of the index at that address. Raises Stop when there is neither."""
    path = Path(what)
    if path.is_file():
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise Stop(f"{path} cannot be read as UTF-8 text ({error}).") from error
        return {
            "text": text,
            "language": (language or detect(text)).value,
            "published_at": datetime.now(UTC).isoformat(),
            "utc_offset_minutes": 0,
        }
    with reading(settings) as index:
        found = index.get(Collection.ARTICLES, what) or index.get(
            Collection.ARTICLES, content_id(canonical_url(what))
        )
    if found is None:
        raise Stop(f"{what} is neither a file nor the address or id of an article in the index.")
    return found


def explain_article(article: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The sentences of an article's body, each with the claims whose evidence begins in it: `text` and `notes`."""
    text, language = article["text"], Language(article["language"])
    found = extract(
        text,
        language=language,
        published_at=datetime.fromisoformat(article["published_at"]).astimezone(UTC),
        utc_offset_minutes=article["utc_offset_minutes"],
        article_id=ArticleId(article.get("id", "")),
    )
    return [
        {
            "text": text[span.start : span.end].strip(),
            "notes": [_note(claim) for claim in found if span.start <= claim.span.start < span.end],
        }
        for span in split(text, language)
    ]


def _note(claim: Claim) -> str:
    told = f"{claim.kind} by {claim.speaker or 'the outlet itself'}"
    if claim.via:
        told += f" via {', '.join(claim.via)}"
    if claim.background:
        told += ", as background"
    return f"{told} (rule {claim.rule or 'unnamed'}): {', '.join(slot.slot for slot in claim.slots) or 'no slots'}"
