"""Which words of a document a query found, as fragments with exact code points. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from processors.model import Language
from search.analysis import Token, stems, tokens
from search.fields import FieldType, Text
from search.language import And, Node, Not, Or, Words
from search.query import Highlight

#: Length of a fragment in code points, before it is grown to whole words.
FRAGMENT = 240
FRAGMENTS_PER_TEXT = 2
_LEAD = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """One phrase of the query, ready to be compared with tokens."""

    column: str | None
    surfaces: tuple[str, ...]
    stems: tuple[dict[Language, str], ...]
    prefix: bool

    def begins(self, found: Sequence[Token], at: int, language: Language) -> bool:
        if at + len(self.surfaces) > len(found):
            return False
        exact = all(self._surface(found[at + n].surface, n) for n in range(len(self.surfaces)))
        return exact or (
            not self.prefix
            and all(
                found[at + n].stem == by_language.get(language) for n, by_language in enumerate(self.stems)
            )
        )

    def _surface(self, surface: str, n: int) -> bool:
        if self.prefix and n == len(self.surfaces) - 1:
            return surface.startswith(self.surfaces[n])
        return surface == self.surfaces[n]


def _wanted(node: Node) -> Iterator[_Wanted]:
    """The phrases that a match may contain; what is negated is never shown."""
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from _wanted(part)
    elif isinstance(node, Words) and (node.field is None or node.field.type is FieldType.TEXT):
        yield _Wanted(
            column=node.field.name if node.field else None,
            surfaces=node.words,
            stems=tuple(stems(word) for word in node.words),
            prefix=node.prefix,
        )
    elif isinstance(node, Not) and isinstance(node.part, Not):
        yield from _wanted(node.part.part)


def _matches(text: Text, wanted: Sequence[_Wanted]) -> list[tuple[int, int]]:
    """Ranges of code points in the text, in order, none overlapping."""
    mine = [want for want in wanted if want.column in (None, text.column)]
    if not mine:
        return []
    found = list(tokens(text.value, text.language))
    ranges: list[tuple[int, int]] = []
    for at, token in enumerate(found):
        lengths = [len(want.surfaces) for want in mine if want.begins(found, at, text.language)]
        if not lengths:
            continue
        end = found[at + max(lengths) - 1].end
        if ranges and token.start < ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(end, ranges[-1][1]))
        else:
            ranges.append((token.start, end))
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
    wanted = tuple(_wanted(node))
    if not wanted:
        return ()
    return tuple(found for text in texts for found in _fragments(text, _matches(text, wanted)))
