"""The words and marks of a sentence, with possessive endings and closing apostrophes taken off."""

import re
from itertools import islice

from processors.model import Span
from processors.stages.extraction.words.units import Unit

#: A word with the apostrophes inside it, a mark, or an ellipsis.
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W\d_]+)*'?|[,;:()\"—-]|\.{3}|…|[?!]")
#: The short form that follows a name or noun, "prisoners of war (POWs)", but no dateline, "(TASS) —".
_SHORT_FORM = re.compile(r"(?<=\w )\((?:[^\W\d_a-zа-яіїєґ]{2,6}|P[oO]W)s?\)(?!\s*[-–—])")
#: Words of one sentence that are read; a longer "sentence" is no prose.
_MOST_UNITS = 400


def tokens_of(text: str, normal: str, span: Span, *, english: bool) -> list[Unit]:
    """The words and marks of `span` as units that have no classes yet.

    `normal` is the normalised text, and a hyphen inside a word is none of them.
    """
    tokens: list[Unit] = []
    short: list[range] = []
    if text.find("(", span.start, span.end) >= 0:
        short = [range(*match.span()) for match in _SHORT_FORM.finditer(text, span.start, span.end)]
    for match in islice(_TOKEN.finditer(normal, span.start, span.end), _MOST_UNITS + 1):
        start, end = match.span()
        word, possessive = match[0], False
        if short and any(start in form for form in short):
            continue
        if word == "-" and normal[start - 1 : start].isalnum() and normal[end : end + 1].isalnum():
            continue
        if "'" in word:
            word, possessive, end = _without_apostrophe(word, end, english=english)
        tokens.append(Unit(start, end, word, capital=text[start].isupper(), possessive=possessive))
    return tokens


def _without_apostrophe(word: str, end: int, *, english: bool) -> tuple[str, bool, int]:
    """The word without its possessive ending or closing apostrophe, whether it is possessive, and where it ends."""
    if english and word.endswith("'s") and len(word) > 2:
        return word[:-2], True, end
    if word.endswith("'") and len(word) > 1:
        possessive = english and word.endswith("s'")
        return word[:-1], possessive, end if possessive else end - 1
    return word, False, end
