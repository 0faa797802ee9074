"""What the extractor saw in an article, sentence by sentence, for the command line and the article's page."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from obmin.config import Settings
from obmin.wiring import reading
from processors.errors import Stop
from processors.model import Claim, Language, content_id
from search.query import Collection

if TYPE_CHECKING:
    from processors.stages.extraction.explain import ExplainedSentence

# The stages are imported when they are used: they load the language data, which most commands never need.
# ruff: noqa: PLC0415


def find_article(
    settings: Settings, what: str, language: Language | None, published_at: datetime
) -> Mapping[str, Any]:
    """The article of a file's text, published at that time, or the one of the index at that address. Raises Stop for neither."""
    from processors.stages.cleaning.address import canonical_url
    from processors.stages.cleaning.language import detect

    path = Path(what)
    if path.is_file():
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise Stop(f"{path} cannot be read as UTF-8 text ({error}).") from error
        return {
            "text": text,
            "outlet": "",
            "language": (language or detect(text)).value,
            "published_at": published_at.isoformat(),
            "utc_offset_minutes": 0,
        }
    if path.is_dir() or ("://" not in what and not settings.database.exists()):
        raise Stop(
            f"{what} is no file. Name a text file, or the address of an article once `obmin run` or `obmin import` has read it."
        )
    with reading(settings) as index:
        found = index.get(Collection.ARTICLES, what)
        if found is None and "://" in what:
            found = index.get(Collection.ARTICLES, content_id(canonical_url(what)))
    if found is None:
        raise Stop(f"{what} is neither a file nor the address or id of an article in the index.")
    return found


def explain_article(article: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The sentences of an article's body, each with what was seen in it: `text` and `notes`."""
    from processors.stages.extraction.explain import explain

    sentences = explain(
        article["text"],
        language=Language(article["language"]),
        published_at=datetime.fromisoformat(article["published_at"]).astimezone(UTC),
        utc_offset_minutes=article["utc_offset_minutes"],
        outlet=article["outlet"],
    )
    claims: dict[str, Claim] = {claim.id: claim for sentence in sentences for claim in sentence.claims}
    return [{"text": sentence.text, "notes": list(_notes(sentence, claims))} for sentence in sentences]


def _notes(sentence: "ExplainedSentence", claims: Mapping[str, Claim]) -> Iterator[str]:
    if not sentence.on_subject:
        return
    words = [f"{word.text} [{' '.join(word.classes)}]" for word in sentence.words if word.classes]
    if words:
        yield f"words: {', '.join(words)}"
    for voice in sentence.voices:
        if voice.speaker:
            yield f"speaker: {voice.speaker} (by {voice.rule})"
    for rule in sentence.rules:
        yield f"rule: {rule.rule}, which means {rule.kind}"
    for claim in sentence.claims:
        yield f"claim: {_claim(claim)}"
        denied = claims.get(claim.denies or "")
        if denied is not None:
            yield f"denies: the {denied.kind} by {denied.speaker or 'the outlet itself'}: {denied.evidence}"
        if claim.flags:
            yield f"remarks: {', '.join(claim.flags)}"
    for remark in sentence.background:
        yield f"background: {remark}"


def _claim(claim: Claim) -> str:
    told = f"{claim.kind} by {claim.speaker or 'the outlet itself'}"
    if claim.via:
        told += f" via {', '.join(claim.via)}"
    slots = [slot.slot for slot in claim.slots]
    return f"{told}; filled: {', '.join(slots)}" if slots else told
