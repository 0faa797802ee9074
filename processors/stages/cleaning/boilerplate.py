"""Cuts what extraction leaves at the end of real pages: appeals, share bars, related headlines, a stranger's long tail."""

import re
from collections.abc import Sequence

from processors.stages.cleaning.cues import BEGINNINGS, DROP, END, END_LINE, GLUED, GLUED_NEEDLES
from processors.stages.cleaning.dates import is_dateline

#: Words that must stand before an end marker: a share bar between headline and text ends nothing.
_LEAST_BEFORE = 40
#: Least share of the text before a line that ends it, and before a heading of links, which is also met in mid-text.
_LINE_SHARE, _HEADING_SHARE = 0.3, 0.5
#: So many words, or the end of a sentence, make a paragraph prose.
_PROSE_WORDS = 25
_SENTENCE_ENDS = (".", "!", "?", "…", "»", "”", '"')
#: A paragraph longer than this is prose whatever word it begins with.
_CUE_WORDS = 40
_END_WORDS = 14
_SHARES = {"line": _LINE_SHARE, "heading": _HEADING_SHARE}
_HEAD = 120
_LEADING = "0123456789 \t-–—•*>|»«\"“”'▶►→⚡❗️🔔📢📌👉#"
_BYLINE = re.compile(
    r"(?:by|автор|автори|авторы|текст|autor)\s*[:\s]\s*[A-ZА-ЯІЇЄҐЁ][\w.'’-]+(?:\s+[A-ZА-ЯІЇЄҐЁ][\w.'’-]+){0,3}",
    re.IGNORECASE,
)


def strip(paragraphs: Sequence[str], *, title: str) -> list[str]:
    """The article's paragraphs: no repeated title, dateline, byline, appeals, lists of links, nor what follows it."""
    paragraphs = _unglued(paragraphs)
    kept: list[str] = []
    lengths = [paragraph.count(" ") + 1 for paragraph in paragraphs]
    total, before, listing = sum(lengths), 0, False
    for paragraph, words in zip(paragraphs, lengths, strict=True):
        listing = listing and not _is_prose(paragraph, words)
        if listing:
            continue
        if words <= _CUE_WORDS:
            mark = _mark(paragraph, words)
            if mark in _SHARES and before >= max(_LEAST_BEFORE, _SHARES[mark] * total):
                break
            if mark or (not kept and _is_heading(paragraph, title)):
                listing = mark == "heading"
                continue
        kept.append(paragraph)
        before += words
    return kept


def _mark(paragraph: str, words: int) -> str:
    """`heading` of a list of links, `line` that ends the article, `drop` for what goes alone, or nothing.

    "Read also" alone is a heading; "Read also: a headline" is one link within the text.
    """
    head = paragraph[:_HEAD].casefold().lstrip(_LEADING)
    if head[:2] not in BEGINNINGS and head[:1] not in BEGINNINGS:
        return ""
    if words <= _END_WORDS and END.match(head):
        return "heading"
    if words <= _END_WORDS and END_LINE.match(head):
        return "line"
    return "drop" if DROP.match(head) else ""


def _is_prose(paragraph: str, words: int) -> bool:
    return words >= _PROSE_WORDS or (words > _END_WORDS // 2 and paragraph.endswith(_SENTENCE_ENDS))


def _is_heading(paragraph: str, title: str) -> bool:
    folded = paragraph.casefold().strip()
    return (
        folded == title.casefold().strip()
        or is_dateline(paragraph)
        or bool(_BYLINE.fullmatch(paragraph.strip()))
    )


def _unglued(paragraphs: Sequence[str]) -> Sequence[str]:
    """With an appeal that is glued to the end of a sentence as a paragraph of its own."""
    lowered = "\n".join(paragraphs).lower()
    if not any(needle in lowered for needle in GLUED_NEEDLES):
        return paragraphs
    return [part for paragraph in paragraphs for part in _parts(paragraph) if part]


def _parts(paragraph: str) -> tuple[str, ...]:
    lowered = paragraph.lower()
    match = GLUED.search(lowered) if len(lowered) == len(paragraph) else None
    return (
        (paragraph[: match.start()].rstrip(), paragraph[match.start() :].lstrip()) if match else (paragraph,)
    )
