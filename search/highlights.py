"""Which words of a document a query found, as fragments with exact code points. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from processors.model import Language
from search.analysis import STEMMED, TOKEN, fold
from search.fields import FieldType, Text
from search.language import And, Node, Or, Words
from search.query import Highlight
from search.stemming import stem

#: Length of a fragment in code points, before it is grown to whole words.
FRAGMENT = 240
FRAGMENTS_PER_TEXT = 2
_LEAD = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """One phrase of the query in one language, ready to be compared with words as they stand in a text."""

    language: Language
    surfaces: tuple[str, ...]
    #: None where words are compared as they are: no stemmer, or a prefix.
    stems: tuple[str, ...] | None
    prefix: bool

    def begins(self, word: str) -> bool:
        """True when the word may be the first of the phrase."""
        return self._exact(word, 0) or self._stemmed(word, 0)

    def stands(self, words: Sequence[str]) -> bool:
        """True when the words are the phrase: all as they are or all by their stems."""
        return len(words) == len(self.surfaces) and (
            all(self._exact(word, n) for n, word in enumerate(words))
            or all(self._stemmed(word, n) for n, word in enumerate(words))
        )

    def _exact(self, word: str, n: int) -> bool:
        if self.prefix and n == len(self.surfaces) - 1:
            return fold(word).startswith(self.surfaces[n])
        return fold(word) == self.surfaces[n]

    def _stemmed(self, word: str, n: int) -> bool:
        return self.stems is not None and stem(fold(word), self.language) == self.stems[n]


def _phrases(node: Node) -> Iterator[Words]:
    """The phrases that a match may contain; what is negated is never shown."""
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from _phrases(part)
    elif isinstance(node, Words) and (node.field is None or node.field.type is FieldType.TEXT):
        yield node


def _wanted(phrases: Sequence[Words], text: Text) -> list[_Wanted]:
    """The phrases that are looked for in this column, in its language."""
    return [
        _Wanted(
            language=text.language,
            surfaces=phrase.words,
            stems=None
            if phrase.prefix or text.language not in STEMMED
            else tuple(stem(word, text.language) for word in phrase.words),
            prefix=phrase.prefix,
        )
        for phrase in phrases
        if phrase.field is None or phrase.field.name == text.column
    ]


def _matches(text: Text, phrases: Sequence[Words]) -> list[tuple[int, int]]:
    """Ranges of code points in the text, in order, none overlapping."""
    wanted = _wanted(phrases, text)
    if not wanted:
        return []
    found = [(match.group(), match.start(), match.end()) for match in TOKEN.finditer(text.value)]
    # a text has few different words, and most of them begin nothing
    beginning = {
        word: those
        for word in {word for word, _, _ in found}
        if (those := [want for want in wanted if want.begins(word)])
    }
    ranges: list[tuple[int, int]] = []
    for at, (word, start, _) in enumerate(found):
        sizes = [
            len(want.surfaces)
            for want in beginning.get(word, ())
            if want.stands([other for other, _, _ in found[at : at + len(want.surfaces)]])
        ]
        if not sizes:
            continue
        end = found[at + max(sizes) - 1][2]
        if ranges and start < ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(end, ranges[-1][1]))
        else:
            ranges.append((start, end))
    return ranges


def _fragment(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch of whole words around `start`."""
    low = max(0, start - _LEAD)
    high = min(len(text), max(low + FRAGMENT, end))
    while 0 < low < start and not text[low - 1].isspace():
        low += 1
    while end < high < len(text) and not text[high].isspace():
        high -= 1
    return low, high


def _fragments(text: Text, matches: Sequence[tuple[int, int]]) -> Iterator[Highlight]:
    done, shown = 0, 0
    for start, end in matches:
        if start < done or shown == FRAGMENTS_PER_TEXT:
            continue
        low, high = _fragment(text.value, start, end)
        low = max(low, done)
        inside = tuple((a - low, b - low) for a, b in matches if low <= a and b <= high)
        yield Highlight(field=text.key, fragment=text.value[low:high], matches=inside)
        done, shown = high, shown + 1


def highlights(node: Node, texts: Iterable[Text]) -> tuple[Highlight, ...]:
    """Fragments of the texts in which words of the query stand, at most two of each text."""
    phrases = tuple(_phrases(node))
    if not phrases:
        return ()
    return tuple(found for text in texts for found in _fragments(text, _matches(text, phrases)))
