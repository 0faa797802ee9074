"""Documents as the columns of an FTS5 table, made so that SQLite's own `ascii` tokenizer finds our tokens in them again.

A column is tokens joined by `UNIT`, the one character that the tokenizer is told to part them at: what a word or a stem is was
decided before, by `search.analysis`, and is decided once for a text that comes again and again (a headline is in its article,
in each of its claims and in each exchange of these). A tokenizer of our own would be called back for each column and answer
with a tuple for each word: that cost six times as much. The surface forms of a text and its stems are two columns, whose
words have the same places. Pure.
"""

from collections.abc import Iterable
from functools import lru_cache

from processors.model import Language
from search.analysis import STEMMED, TOKEN, fold
from search.fields import Text, View
from search.index.sqlite_match import UNIT, units
from search.stemming import stem

#: The columns of a full-text table, in the order of `columns`.
NAMES = ("title", "text", "title_stems", "text_stems", "keywords")

_JOINED = "".join(chr(code) for code in range(1, 128) if chr(code) != UNIT and not chr(code).isalnum())
#: For `tokenize=` of a full-text table: every character but UNIT belongs to a token. It also folds A to Z, see `units`.
TOKENIZER = "ascii tokenchars '{}'".format(_JOINED.replace("'", "''"))

#: Longest text that is remembered, and how many: titles and evidence, some megabytes of them.
_SHORT = 1_000
_REMEMBERED = 2_048
_MOST_WORDS = 100_000


class _Forms(dict[str, tuple[str, str]]):
    """Surface form and marked stem (empty without a stemmer) by the word of one language as it stands in a text."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, word: str) -> tuple[str, str]:
        if len(self) >= _MOST_WORDS:
            self.clear()
        surface = fold(word)
        marked = f"{self._language}:{stem(surface, self._language)}" if self._language in STEMMED else ""
        found = self[word] = surface, marked
        return found


_FORMS = {language: _Forms(language) for language in Language}


def _read(language: Language, value: str) -> tuple[str, str]:
    """The surface forms and the stems of a text, each joined."""
    forms = [*map(_FORMS[language].__getitem__, TOKEN.findall(value))]
    surfaces = UNIT.join([surface for surface, _ in forms])
    return surfaces, UNIT.join([marked for _, marked in forms]) if language in STEMMED else ""


#: `_read` for short texts; the benchmarks empty it.
remembered = lru_cache(maxsize=_REMEMBERED)(_read)


def _texts(texts: Iterable[Text]) -> tuple[str, str]:
    read = [(remembered if len(text.value) <= _SHORT else _read)(text.language, text.value) for text in texts]
    if len(read) == 1:
        return read[0]
    return UNIT.join([surfaces for surfaces, _ in read]), UNIT.join([stems for _, stems in read])


def columns(seen: View) -> tuple[str, str, str, str, str]:
    """What a full-text table holds of a document."""
    title, title_stems = _texts([text for text in seen.texts if text.column == "title"])
    text, text_stems = _texts([text for text in seen.texts if text.column == "text"])
    return title, text, title_stems, text_stems, units(sorted(seen.keywords))
