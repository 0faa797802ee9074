"""Whether a paragraph has a word of some classes, before anything of it is read.

An automaton finds phrases of plain words at once, and of the others, with stems or sides inside, the longest plain run,
behind which the whole phrase is looked for. What the matcher would find is seen, and hardly more.
"""

import re
from collections.abc import Sequence
from functools import cache

import ahocorasick

from processors.model import Language
from processors.stages.extraction.words.lexicon import matcher


def plain_words(paragraph: str) -> str:
    """The words of a normalised paragraph with one blank around each, possessive endings and marks left out."""
    words = paragraph.translate(_MARKS)
    if "'" in words:
        words = words.replace("'s ", " ").replace("' ", " ").replace(" '", " ")
    words = f" {words} "
    while "  " in words:  # half the time of splitting and joining
        words = words.replace("  ", " ")
    return words


class _Blanks(dict[int, str]):
    """A blank for every character that is of no word."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = letter if letter.isalnum() or letter == "'" else " "
        return self[code]


_MARKS = _Blanks()


class Sightings:
    """The phrases of some classes."""

    def __init__(self, language: Language, classes: tuple[str, ...]) -> None:
        #: By run the phrases of which it is a part, as patterns; none for a run that is a phrase.
        self._rest: dict[str, list[str]] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_ANY)
        listed = matcher(language).phrases
        whole = set[str]()
        for words in {tuple(words) for cls in classes for words in listed.get(cls, ())}:
            run = max(_runs(words), key=len)
            if len(run.split()) == len(words):
                whole.add(run)
            else:
                self._rest.setdefault(run, []).append(" ".join(map(_pattern, words)))
        for run in whole:
            self._rest[run] = []
        for run in self._rest:
            self._automaton.add_word(run, run)
        self._automaton.make_automaton()

    def stand_in(self, words: str) -> bool:
        """Whether one of the phrases is in a paragraph's `plain_words`."""
        if not len(self._automaton):
            return False
        seen = set[str]()
        for _, run in self._automaton.iter(words):
            if run not in seen and (not self._rest[run] or self._whole(run).search(words)):
                return True
            seen.add(run)
        return False

    def _whole(self, run: str) -> re.Pattern[str]:
        """The phrases with the run, compiled when it is met first."""
        if run not in self._patterns:
            self._patterns[run] = re.compile(rf" (?:{'|'.join(self._rest[run])})")
        return self._patterns[run]


def _runs(words: Sequence[str]) -> list[str]:
    """The stretches of plain words; a stem ends one, for what follows its letters is open."""
    runs = [" "]
    for word in words:
        if word.startswith("<"):
            runs.append(" ")
        elif word.endswith("*"):
            runs[-1] += word[:-1]
            runs.append(" ")
        else:
            runs[-1] += f"{word} "
    return runs


def _pattern(word: str) -> str:
    """The word as it stands in `plain_words`, up to the blank behind it."""
    if word.startswith("<"):
        return "[^ ]+"
    return re.escape(word[:-1]) + "[^ ]*" if word.endswith("*") else re.escape(word)


@cache
def sightings(language: Language, *classes: str) -> Sightings:
    """Those of the classes, built once."""
    return Sightings(language, classes)
