"""Text to tokens, the same for what is indexed, what is asked and what is highlighted. Pure.

A token is a run of letters and digits with apostrophes inside words kept. Its surface form is folded: lower case, composed,
without stress marks, `ё` as `е` (writers drop the dots), every apostrophe as `'`; Ukrainian `і`, `ї`,
`є`, `ґ` stay, since they tell words apart. Its stem is of the text's language; a query is stemmed in every language, and each
stem is matched in texts of its own language only, so that Russian and Ukrainian words that look alike do not meet.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from processors.model import Language
from search.stemming import stem

#: Languages with a stemmer.
STEMMED = (Language.EN, Language.RU, Language.UK)

_APOSTROPHES = "'’ʼ‘`´′＇"
_MARKS = "\u0300-\u036f\u0483-\u0487"
#: Letters and digits; ʼ is a letter to Unicode and an apostrophe to us.
_WORD, _LETTER = r"[^\W_ʼ]", r"[^\W\d_ʼ]"
TOKEN = re.compile(rf"{_WORD}+(?:(?:[{_MARKS}]+|(?<={_LETTER})[{_APOSTROPHES}](?={_LETTER})){_WORD}*)*")
_FOLD = str.maketrans({**dict.fromkeys(_APOSTROPHES, "'"), "ё": "е"})
_MARK = re.compile(f"[{_MARKS}]")
#: Code points of a token that count; the rest is cut off.
LONGEST_TOKEN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One word as it stands in a text: half-open range of code points, surface form and stem."""

    start: int
    end: int
    surface: str
    stem: str


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Surface form of one word, at most 100 code points."""
    if not word.isascii():
        word = _MARK.sub("", unicodedata.normalize("NFC", word))
    return word.lower().translate(_FOLD)[:LONGEST_TOKEN]


def tokens(text: str, language: Language) -> Iterator[Token]:
    """The words of a text in order."""
    for match in TOKEN.finditer(text):
        surface = fold(match.group())
        yield Token(start=match.start(), end=match.end(), surface=surface, stem=stem(surface, language))


def words(text: str) -> tuple[str, ...]:
    """Surface forms of the words of a text in order."""
    return tuple(fold(match.group()) for match in TOKEN.finditer(text))


def stems(surface: str) -> dict[Language, str]:
    """The stem of one surface form in every language that has a stemmer."""
    return {language: stem(surface, language) for language in STEMMED}
