"""Cuts what extraction leaves at the end of real pages: appeals, share bars, related headlines, a stranger's long tail."""

import re
from collections.abc import Sequence

from processors.stages.cleaning.cues import BEGINNINGS, DROP, END, END_LINE, GLUED, GLUED_NEEDLES
from processors.stages.cleaning.dates import is_dateline

#: Words that must stand before an end marker: a share bar between headline and text ends nothing.
_LEAST_BEFORE = 40
#: A marker this early in a long text is a bar in the middle, not the end.
_EARLY_SHARE, _EARLY_WORDS = 0.25, 120
#: A paragraph longer than this is prose whatever word it begins with.
_CUE_WORDS = 40
_END_WORDS = 14
_HEAD = 120
_LEADING = "0123456789 \t-–—•*>|»«\"“”'▶►→⚡❗️🔔📢📌👉#"
_BYLINE = re.compile(
    r"(?:by|автор|автори|авторы|текст|autor)\s*[:\s]\s*[A-ZА-ЯІЇЄҐЁ][\w.'’-]+(?:\s+[A-ZА-ЯІЇЄҐЁ][\w.'’-]+){0,3}",
    re.IGNORECASE,
)


def strip(paragraphs: Sequence[str], *, title: str) -> list[str]:
    """The paragraphs of the article alone: no repeated title, dateline, byline, appeal, or anything after an end marker."""
    kept: list[str] = []
    lengths = [paragraph.count(" ") + 1 for paragraph in paragraphs]
    total, before = sum(lengths), 0
    for paragraph, words in zip(paragraphs, lengths, strict=True):
        if words <= _CUE_WORDS:
            head = paragraph[:_HEAD].casefold().lstrip(_LEADING)
            if head[:2] in BEGINNINGS or head[:1] in BEGINNINGS:
                ends = _ends(head, words)
                if ends and _is_late(before, total):
                    break
                if ends or DROP.match(head):
                    continue
            if not kept and _is_heading(paragraph, title):
                continue
        kept.append(paragraph)
        before += words
    return _without_glued(kept)


def _ends(head: str, words: int) -> bool:
    """ "Read also" alone opens a list of links; "Read also: a headline" is one link within the text and ends nothing."""
    return words <= _END_WORDS and bool(END.match(head) or END_LINE.match(head))


def _is_late(before: int, total: int) -> bool:
    return before >= _LEAST_BEFORE and not (before < _EARLY_WORDS and before < _EARLY_SHARE * total)


def _is_heading(paragraph: str, title: str) -> bool:
    folded = paragraph.casefold().strip()
    return (
        folded == title.casefold().strip()
        or is_dateline(paragraph)
        or bool(_BYLINE.fullmatch(paragraph.strip()))
    )


def _without_glued(paragraphs: list[str]) -> list[str]:
    lowered = "\n".join(paragraphs).lower()
    if not any(needle in lowered for needle in GLUED_NEEDLES):
        return paragraphs
    cut = (_cut(paragraph) for paragraph in paragraphs)
    return [paragraph for paragraph in cut if paragraph]


def _cut(paragraph: str) -> str:
    lowered = paragraph.lower()
    if len(lowered) != len(paragraph):
        return paragraph
    match = GLUED.search(lowered)
    return paragraph[: match.start()].rstrip() if match else paragraph
