"""How well claims are found: predictions for a gold file, their scores by language, and the floor below which none may fall.

A gold file has one JSON object a line: `id`, `lang`, `outlet`, `title`, `published`, `text`, `claims`. A prediction has
`id` and `claims` in the same form, each with the event that corroboration over the whole file gives.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from obmin.scoring import Report, score
from processors.codec import to_builtins
from processors.errors import Stop
from processors.model import (
    ArticleClaims,
    ArticleId,
    ArticleVersion,
    BySide,
    CaptureId,
    Claim,
    DateProvenance,
    DateRange,
    Exchange,
    Language,
    VersionId,
    content_id,
)
from processors.stages.claims import claims as extract_claims
from processors.stages.corroborate import corroborate

#: Turns an article into its claims; the stage `claims` unless told otherwise.
Extract = Callable[[ArticleVersion], Iterable[ArticleClaims]]

#: Scores that have a floor.
GUARDED = ("relevance", "kind", "strict", "slots", "events")
#: The scores are rounded to four digits; a floor may be missed by rounding.
_ROUNDING = 0.0001
_NEEDED = ("id", "lang", "outlet", "title", "published", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document of a gold file."""

    id: str
    language: Language
    outlet: str
    title: str
    published: datetime
    text: str
    claims: tuple[Mapping[str, Any], ...] = ()

    def article(self) -> ArticleVersion:
        """The document as a cleaned article."""
        article_id = ArticleId(content_id("gold", self.id))
        offset = self.published.utcoffset()
        at = self.published.astimezone(UTC)
        return ArticleVersion(
            id=VersionId(content_id("gold-version", self.id)),
            article_id=article_id,
            capture_id=CaptureId(content_id("gold-capture", self.id)),
            url=f"https://gold.invalid/{self.id}",
            outlet=self.outlet,
            title=self.title,
            text=self.text,
            language=self.language,
            published_at=at,
            date_provenance=DateProvenance.METADATA,
            utc_offset_minutes=int(offset.total_seconds() // 60) if offset else 0,
            fetched_at=at,
            fingerprint="0" * 16,
        )


def read_documents(path: Path) -> list[Document]:
    """The documents of a gold file. Raises Stop with the line for one that is not in its form."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Stop(f"cannot read {path}: {error}") from error
    return [_document(line, f"{path}, line {number}") for number, line in enumerate(lines, 1) if line.strip()]


def _document(line: str, where: str) -> Document:
    try:
        raw = json.loads(line)
        missing = [key for key in _NEEDED if not isinstance(raw.get(key), str)]
        if missing:
            raise Stop(
                f"{where}: {missing[0]} is missing or no string; a document needs {', '.join(_NEEDED)}"
            )
        published = datetime.fromisoformat(raw["published"])
        if raw["lang"] not in {*Language}:
            raise Stop(f"{where}: lang is {raw['lang']!r}; it can be {', '.join(Language)}")
        if published.tzinfo is None:
            raise Stop(f"{where}: published needs an offset, like 2024-01-03T19:42:00+02:00")
        return Document(
            id=raw["id"],
            language=Language(raw["lang"]),
            outlet=raw["outlet"],
            title=raw["title"],
            published=published,
            text=raw["text"],
            claims=tuple(raw.get("claims") or ()),
        )
    except (ValueError, AttributeError, TypeError) as error:
        raise Stop(f"{where}: not a document: {error}") from error


def predict(documents: Sequence[Document], extract: Extract = extract_claims) -> list[dict[str, Any]]:
    """Predictions for the documents in their order. Their claims are ignored; corroboration sees them as they were published."""
    found = {document.id: next(iter(extract(document.article()))) for document in documents}
    events = _events(sorted(found.values(), key=lambda item: (item.published_at, item.article_id)))
    return [
        {"id": key, "claims": [claim_form(claim, events[item.article_id, claim.id]) for claim in item.claims]}
        for key, item in found.items()
    ]


def _events(items: Iterable[ArticleClaims]) -> dict[tuple[str, str], str]:
    """The exchange of each claim by article and claim id, after all of them came."""
    state: dict[str, bytes] = {}
    exchanges: dict[str, Exchange] = {}
    articles: dict[str, str] = {}
    for item in items:
        articles.update((claim.id, item.article_id) for claim in item.claims)
        changes, records = corroborate(state, item)
        for key, value in changes.items():
            if value is None:
                del state[key]
            else:
                state[key] = value
        exchanges.update((record.id, record) for record in records if isinstance(record, Exchange))
    events: dict[tuple[str, str], str] = {}
    for exchange in exchanges.values():
        events.update(((row.article_id, row.claim.id), exchange.id) for row in exchange.claimants)
        events.update(((articles[claim_id], claim_id), exchange.id) for claim_id in exchange.repeats)
    return events


def claim_form(claim: Claim, event: str) -> dict[str, Any]:
    """The claim in the gold file's form."""
    return {
        "kind": claim.kind.value,
        "evidence": claim.evidence,
        "speaker": claim.speaker,
        "speaker_side": claim.speaker_side.value if claim.speaker_side else None,
        "via": list(claim.via),
        "actor": claim.actor.value if claim.actor else None,
        "returned": _counts(claim.returned),
        "bodies": _counts(claim.bodies),
        "ratio": claim.ratio,
        "ordinal": claim.ordinal,
        "mediators": list(claim.mediators),
        "date": _iso(claim.date),
        "stated": _iso(claim.stated),
        "location": claim.location,
        "background": claim.background,
        "event": event,
    }


def _counts(by_side: BySide) -> dict[str, Any]:
    counts: dict[str, Any] = to_builtins(by_side)
    return counts


def _iso(date: DateRange | None) -> str | None:
    return date.iso() if date else None


def write_predictions(predictions: Iterable[Mapping[str, Any]], path: Path) -> None:
    """One JSON object a line. Raises Stop when the file cannot be written."""
    lines = [json.dumps(prediction, ensure_ascii=False) + "\n" for prediction in predictions]
    try:
        path.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise Stop(f"cannot write {path}: {error}") from error


def extract_file(documents: Path, predictions: Path, extract: Extract = extract_claims) -> int:
    """`obmin extract DOCS -o PREDICTED`: number of documents. Raises Stop."""
    found = read_documents(documents)
    write_predictions(predict(found, extract), predictions)
    return len(found)


def evaluate(path: Path, extract: Extract = extract_claims) -> dict[str, Report]:
    """`obmin evaluate GOLD`: scores of all documents under `all`, and of each language. Raises Stop."""
    documents = read_documents(path)
    predicted = {prediction["id"]: prediction["claims"] for prediction in predict(documents, extract)}
    reports = {"all": score({document.id: document.claims for document in documents}, predicted)}
    for language in sorted({document.language for document in documents}):
        own = {document.id: document.claims for document in documents if document.language is language}
        reports[language.value] = score(own, predicted)
    return reports


def guard(
    gold: Path, floor: Path, *, raise_floor: bool = False, extract: Extract = extract_claims
) -> dict[str, Report]:
    """The regression gate: scores of `gold`, none below those in `floor`. Raises Stop that names each score that fell.

    The floor belongs to one corpus, by digest, and guards the scores that it names. `raise_floor` writes those that are higher,
    or a first floor of all scores where there is none; no score is ever lowered.
    """
    reports = evaluate(gold, extract)
    digest = hashlib.sha256(gold.read_bytes()).hexdigest()
    floors = _read_floor(floor, digest, may_be_missing=raise_floor)
    scores = {name: {key: getattr(report, key).f1 for key in GUARDED} for name, report in reports.items()}
    fallen = [
        f"{name}: {key} {scores[name][key]:.4f}, floor {least:.4f}"
        for name, keys in floors.items()
        for key, least in keys.items()
        if name in scores and scores[name][key] < least - _ROUNDING
    ]
    if fallen:
        raise Stop(f"{len(fallen)} scores fell below {floor}:\n  " + "\n  ".join(fallen))
    if raise_floor:
        raised = {
            name: {key: max(least, scores.get(name, {}).get(key, 0.0)) for key, least in keys.items()}
            for name, keys in (floors or scores).items()
        }
        floor.write_text(
            json.dumps({"sha256": digest, "f1": raised}, indent=2, sort_keys=True) + "\n", encoding="utf-8"
        )
    return reports


def _read_floor(path: Path, digest: str, *, may_be_missing: bool) -> dict[str, dict[str, float]]:
    if not path.exists() and may_be_missing:
        return {}
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        floors: dict[str, dict[str, float]] = raw["f1"]
        known = raw["sha256"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Stop(f"cannot read the floor {path}: {error!r}; write one with --raise") from error
    if known != digest:
        raise Stop(
            f"{path} is the floor of another corpus (sha256 {known[:12]}…, this one {digest[:12]}…): move it away, then --raise"
        )
    return floors
