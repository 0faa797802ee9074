"""Reads the sections of a language's lexicon that the measuring modules need, once, and writes word forms out."""

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from processors.model import Language

#: Replaced one after the other: five searches for a character take less than one table for all of them.
_FOLD = (("’", "'"), ("ʼ", "'"), ("`", "'"), ("ʹ", "'"), ("ё", "е"))

#: A word with inner apostrophes ("п'ять"), never a digit.
WORD = r"[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*"
#: Blanks inside a line, NBSP and thin spaces among them.
BLANK = r"[ \t\u00a0\u2009\u202f]"


def fold(word: str) -> str:
    """The key of a word in the lexicon: lower case, one apostrophe, ё as е."""
    word = word.lower()
    for written, folded in _FOLD:
        word = word.replace(written, folded)
    return word


@lru_cache(maxsize=8)
def fold_text(text: str) -> str:
    """The text folded without a change of length, so that places in it are places in the text."""
    folded = fold(text)
    return folded if len(folded) == len(text) else "".join(k if len(k := fold(c)) == 1 else c for c in text)


@cache
def lexicon(language: Language) -> dict[str, Any]:
    """The whole lexicon of a language; that of OTHER, or of a language without a file, is empty."""
    file = resources.files("processors.lexicon").joinpath(f"{language.value}.toml")
    if not file.is_file():
        return {}
    return tomllib.loads(file.read_text(encoding="utf-8"))


def section(language: Language, name: str) -> dict[str, Any]:
    """One table of the lexicon, empty when it is not there."""
    found: dict[str, Any] = lexicon(language).get(name, {})
    return found


def phrases(language: Language, cls: str) -> list[str]:
    """Those of a class, which the lexicon writes with an example or without."""
    words = section(language, "class").get(cls, {}).get("words", ())
    return [item if isinstance(item, str) else item["w"] for item in words]


def forms(entries: str | list[str]) -> list[str]:
    """Every word form of entries like "січ|ень|ня|ню": the part before the first bar with each of the endings."""
    written: list[str] = []
    for entry in [entries] if isinstance(entries, str) else entries:
        stem, *endings = entry.split("|")
        written.extend(stem + ending for ending in endings or [""])
    return written


def alternation(phrases: list[str]) -> str:
    """A regular expression for any of the phrases, longest first, any blank between words, any apostrophe in them."""
    if not phrases:
        return r"(?!)"
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(_pattern(phrase) for phrase in ordered)


def _pattern(phrase: str) -> str:
    words = [re.escape(word).replace("'", "['’ʼ`]").replace("ё", "[её]") for word in phrase.split()]
    return f"{BLANK}+".join(words)
