"""Tells a page with an article from what may stand in its place: a wall, an error page, a list of headlines."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from processors.errors import Filtered, Quarantined
from processors.stages.cleaning.cues import BOT, CONSENT, MISSING_TITLES, PAYWALL, WALL_TITLES

#: A text longer than this is an article even when it speaks of consent or captchas.
_LONG = 250
#: With this many words before it, a paywall leaves a teaser that is worth reading.
_TEASER = 60
_LEAST = 12
#: So many short lines without a full stop are a list of headlines; a longer line is prose.
_LISTED, _LONG_LINE = 8, 120
_ENDS = (".", "!", "?", "…", ".»", ".”", '."', "!»", "?»", ")", ":", ";", "»", "”", '"', "。", "！", "？")


def check_page(title: str, paragraphs: Sequence[str], *, url: str, page_text: str) -> None:
    """Raise Quarantined("wall") or Filtered("not_article") unless the paragraphs are an article's.

    `page_text` is the text of the whole page, asked only where extraction found little.
    """
    words = sum(map(_length, paragraphs))
    folded_title = title.casefold()
    if words < _LONG:
        shown = "\n".join(paragraphs).casefold()
        if words < _TEASER:
            shown += "\n" + page_text[:20_000].casefold()
        _check_wall(folded_title, shown, paragraphs, words)
    if words < 150 and any(cue in folded_title for cue in MISSING_TITLES):
        raise Filtered("not_article", f"the page says of itself: {title[:100]}")
    if words < _LEAST:
        raise Filtered("not_article", f"{words} words of text, an article has at least {_LEAST}")
    address = urlsplit(url)
    if (address.path in {"", "/"} and not address.query) or _is_listing(paragraphs, words):
        raise Filtered("not_article", "a list of headlines or a home page")


def _check_wall(title: str, shown: str, paragraphs: Sequence[str], words: int) -> None:
    bot = sum(cue in shown for cue in BOT)
    consent = sum(cue in shown for cue in CONSENT)
    paywall = sum(cue in shown for cue in PAYWALL)
    named = any(cue in title for cue in WALL_TITLES)
    if named and (bot or consent or words < _TEASER):
        raise Quarantined("wall", f"the page is a check or a consent form: {title[:100]}")
    if bot and words < _TEASER:
        raise Quarantined("wall", "the page asks for a browser with JavaScript or for proof of a human")
    if consent and _share_of(CONSENT, paragraphs) >= 0.5:
        raise Quarantined("wall", "the text is a consent form")
    if paywall and words < _TEASER:
        raise Quarantined("wall", "the text stands behind a subscription")
    if consent >= 2 and words < _LEAST:
        raise Quarantined("wall", "the page shows a consent form and no article")


def _share_of(cues: Sequence[str], paragraphs: Sequence[str]) -> float:
    hits = sum(any(cue in paragraph.casefold() for cue in cues) for paragraph in paragraphs)
    return hits / max(len(paragraphs), 1)


def _is_listing(paragraphs: Sequence[str], words: int) -> bool:
    """Headlines are short and do not end in a full stop; prose is long or does."""
    if len(paragraphs) < _LISTED:
        return False
    prose = sum(_length(p) for p in paragraphs if len(p) > _LONG_LINE or p.rstrip().endswith(_ENDS))
    return prose * 6 < words


def _length(paragraph: str) -> int:
    """Words, or where a script has no spaces, what would be their number."""
    return max(paragraph.count(" ") + 1, len(paragraph) // 12)
