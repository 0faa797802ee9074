"""Text as Elasticsearch gets it, so that its standard tokenizer finds the same words as `search.analysis`. Pure.

Words are folded but for their case, everything between them becomes space but for the ends of sentences. What was left out is
remembered, so that a highlight points at the exact code points of the text as it was.
"""

import re
import unicodedata
from dataclasses import dataclass

from search.analysis import LONGEST_TOKEN, TOKEN
from search.query import Highlight

#: Marks around a match in a fragment: private use, so never in a copy.
OPEN, CLOSE = "\ue000", "\ue001"

_FOLD = str.maketrans({**dict.fromkeys("’ʼ‘`´′＇", "'"), "ё": "е", "Ё": "Е"})
_SENTENCE_END = frozenset(".!?…")
_MARKED = re.compile(f"{OPEN}|{CLOSE}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The text to be indexed; `positions` are the original's code points of its own, None when they are the same."""

    text: str
    positions: tuple[int, ...] | None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The range of the original for a range of the copy that is not empty."""
        if self.positions is None:
            return start, end
        return self.positions[start], self.positions[end - 1] + 1


def _between(text: str, start: int, end: int) -> str:
    kept = []
    for at in range(start, end):
        character = text[at]
        ends = character in _SENTENCE_END and (at + 1 == len(text) or text[at + 1].isspace())
        kept.append(character if ends or character == "\n" else " ")
    return "".join(kept)


def _word(word: str) -> tuple[str, list[int] | None]:
    """A word folded but for its case, and which of its code points were kept."""
    folded = word.translate(_FOLD)
    if folded.isascii() or not any(unicodedata.combining(character) for character in folded):
        return folded[:LONGEST_TOKEN], list(range(LONGEST_TOKEN)) if len(folded) > LONGEST_TOKEN else None
    kept = [at for at, character in enumerate(folded) if not unicodedata.combining(character)][:LONGEST_TOKEN]
    composed = "".join(c for c in unicodedata.normalize("NFC", folded) if not unicodedata.combining(c))[
        :LONGEST_TOKEN
    ]
    return composed, kept[: len(composed)]


def copy(text: str) -> Copy:
    """What is indexed of a text."""
    parts: list[str] = []
    positions: list[int] = []
    done, same = 0, True
    for match in TOKEN.finditer(text):
        start, end = match.span()
        parts.append(_between(text, done, start))
        positions.extend(range(done, start))
        word, kept = _word(match.group())
        parts.append(word)
        positions.extend(range(start, end) if kept is None else (start + at for at in kept))
        same = same and kept is None
        done = end
    parts.append(_between(text, done, len(text)))
    positions.extend(range(done, len(text)))
    return Copy(text="".join(parts), positions=None if same else tuple(positions))


def highlight(key: str, text: str, fragment: str) -> Highlight | None:
    """A fragment of the copy with marked matches as a fragment of the text; None when it is not of this text."""
    plain = _MARKED.sub("", fragment)
    made = copy(text)
    begin = made.text.find(plain)
    if begin < 0 or not plain:
        return None
    low, high = made.original(begin, begin + len(plain))
    matches: list[tuple[int, int]] = []
    at, opened = begin, begin
    for piece in re.split(f"([{OPEN}{CLOSE}])", fragment):
        if piece == OPEN:
            opened = at
        elif piece == CLOSE:
            start, end = made.original(opened, at)
            matches.append((start - low, end - low))
        else:
            at += len(piece)
    return Highlight(field=key, fragment=text[low:high], matches=tuple(matches))
