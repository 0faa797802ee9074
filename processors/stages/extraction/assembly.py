"""Drafts become claims: merged by speaker, kind and event, dates spread over an event, ids and spans given."""

from collections.abc import Sequence
from datetime import date

from processors.model import (
    ArticleId,
    BySide,
    Claim,
    ClaimId,
    Kind,
    Side,
    content_id,
)
from processors.stages.extraction.document import Draft


def assemble(
    text: str, found: Sequence[Draft], *, article_id: ArticleId, published_on: date
) -> tuple[Claim, ...]:
    """The claims of the drafts, in the order of their evidence."""
    _label(found)
    merged: dict[tuple[str, Kind, str], list[Draft]] = {}
    for draft in found:
        key = (draft.speaker.id if draft.speaker else "", draft.kind, draft.event)
        merged.setdefault(key, []).append(draft)
    claims = [_claim(text, group, article_id) for group in merged.values()]
    return tuple(sorted(claims, key=lambda claim: (claim.span.start, claim.kind, claim.speaker_id or "")))


def _label(found: Sequence[Draft]) -> None:
    for draft in found:
        if draft.kind is Kind.EXCHANGE:
            draft.event = draft.date.iso() if draft.date else "main"
            if draft.background and not draft.date:
                draft.event = f"earlier-{draft.sentence.span.start}"
        else:
            draft.event = "main"
    main = next((d.date for d in found if d.kind is Kind.EXCHANGE and d.date and not d.background), None)
    for draft in found:
        if draft.kind is Kind.EXCHANGE and draft.event == "main" and main:
            draft.date, draft.event = main, main.iso()


def _claim(text: str, group: list[Draft], article_id: ArticleId) -> Claim:
    best = max(group, key=_filled)
    span = best.sentence.span
    evidence = text[span.start : span.end]
    speaker = best.speaker
    returned: dict[Side, object] = {}
    first = [best, *[d for d in group if d is not best]]

    def merged(name: str) -> BySide:
        ua = ru = None
        for d in first:
            value = d.figures.by_side(name)
            ua, ru = ua or value.UA, ru or value.RU
        return BySide(UA=ua, RU=ru)

    returned_, bodies = merged("returned"), merged("bodies")
    slots = tuple(slot for d in first for slot in d.figures.slots)
    claim = Claim(
        id=ClaimId(
            content_id(
                article_id, best.kind, speaker.id if speaker else "", repr(returned_), repr(bodies), evidence
            )
        ),
        kind=best.kind,
        evidence=evidence,
        span=span,
        speaker=speaker.name if speaker else None,
        speaker_id=speaker.id if speaker else None,
        speaker_side=speaker.side if speaker else None,
        actor=next((d.actor for d in first if d.actor), None),
        returned=returned_,
        bodies=bodies,
        ratio=next((d.figures.ratio for d in first if d.figures.ratio), None),
        ordinal=next((d.figures.ordinal for d in first if d.figures.ordinal), None),
        mediators=tuple(dict.fromkeys(m for d in first for m in d.mediators)),
        date=next((d.date for d in first if d.date), None),
        stated=next((d.stated for d in first if d.stated), None),
        background=best.background,
        event=best.event,
        slots=slots,
        rule=best.rule,
    )
    return claim


def _filled(draft: Draft) -> int:
    figures = draft.figures
    return (
        2 * len(figures.returned)
        + 2 * len(figures.bodies)
        + bool(figures.ratio)
        + bool(figures.ordinal)
        + len(draft.mediators)
        + bool(draft.date)
    )
