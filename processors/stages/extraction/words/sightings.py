"""Whether a stretch of text has a word of some classes, before anything of it is read.

An automaton finds the longest word of every phrase, in one pass and in a few microseconds; a phrase of which it found that
word is looked for as a whole. What the matcher would find is seen, and hardly more.
"""

import re
from functools import cache

import ahocorasick

from processors.model import Language
from processors.stages.extraction.words.lexicon import matcher


class Sightings:
    """The phrases of some classes."""

    def __init__(self, language: Language, classes: tuple[str, ...]) -> None:
        self._phrases: dict[str, list[str]] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_ANY)
        listed = matcher(language).phrases
        for words in (words for cls in classes for words in listed.get(cls, ())):
            key = max((word.strip("*") for word in words if not word.startswith("<")), key=len, default="")
            self._phrases.setdefault(key, []).append(_GAP.join(map(_pattern, words)))
        for key in self._phrases:
            self._automaton.add_word(key, key)
        self._automaton.make_automaton()

    def any(self, normal: str, start: int, end: int) -> bool:
        """Whether one of the phrases stands in the stretch of the normalised text."""
        if not len(self._automaton):
            return False
        seen = {key for _, key in self._automaton.iter(normal, start, end)}
        return any(self._whole(key).search(normal, start, end) for key in seen)

    def _whole(self, key: str) -> re.Pattern[str]:
        """The phrases with the word, compiled when it is met first."""
        if key not in self._patterns:
            self._patterns[key] = re.compile(rf"(?<![^\W_])(?:{'|'.join(self._phrases[key])})")
        return self._patterns[key]


#: What may stand between two words of a phrase.
_GAP = r"(?:'s?)?[\W_]+"


def _pattern(word: str) -> str:
    if word.startswith("<"):
        return r"[^\W_]+"
    return re.escape(word[:-1]) + r"[\w']*" if word.endswith("*") else re.escape(word) + r"(?![^\W_])"


@cache
def sightings(language: Language, *classes: str) -> Sightings:
    """Those of the classes, built once."""
    return Sightings(language, classes)
