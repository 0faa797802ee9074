"""The tokenizer that FTS5 calls, for documents and for compiled queries.

A document's column is a sequence of parts, each a language and a text, so that one column can hold texts of several languages;
a column of keywords is one part whose "language" is `KEYWORDS`. Offsets are those of the UTF-8 bytes in the column.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

import apsw

from processors.model import Language
from search.analysis import STEMMED, TOKEN, fold
from search.fields import Text
from search.index.sqlite_match import CONTROLS, PART, UNIT
from search.stemming import stem

NAME = "obmin"
KEYWORDS = "keywords"

#: Start, end and one token or more at one position.
_Found = tuple[int, int, *tuple[str, ...]]


def text_column(texts: Iterable[Text]) -> str:
    """Texts as the value of an FTS5 column."""
    return PART.join(f"{text.language}{UNIT}{text.value.translate(CONTROLS)}" for text in texts)


def keyword_column(keywords: Iterable[str]) -> str:
    """Keywords as the value of an FTS5 column."""
    return UNIT.join([KEYWORDS, *(keyword.translate(CONTROLS) for keyword in sorted(keywords))])


def _forms_in(language: Language) -> Callable[[str], tuple[str, ...]]:
    """The tokens of a word of a language, remembered."""

    @lru_cache(maxsize=100_000)
    def forms(word: str) -> tuple[str, ...]:
        surface = fold(word)
        if language not in STEMMED:
            return (f"={surface}",)
        return f"={surface}", f"{language}:{stem(surface, language)}"

    return forms


_FORMS = {language: _forms_in(language) for language in Language}


def _units(text: str, start: int) -> Iterator[_Found]:
    for unit in text.split(UNIT):
        end = start + (len(unit) if unit.isascii() else len(unit.encode()))
        if unit:
            yield start, end, unit
        start = end + 1


def _words(text: str, start: int, language: Language) -> list[_Found]:
    """Words with their forms. This is the hot loop of indexing: half a microsecond a word matters."""
    forms = _FORMS[language]
    if text.isascii():
        return [(start + m.start(), start + m.end(), *forms(m.group())) for m in TOKEN.finditer(text)]
    found: list[_Found] = []
    done = 0
    for match in TOKEN.finditer(text):
        low, high = match.span()
        word = match.group()
        start += len(text[done:low].encode())
        end = start + len(word.encode())
        found.append((start, end, *forms(word)))
        start, done = end, high
    return found


def _document(column: str) -> Iterator[_Found]:
    start = 0
    for part in column.split(PART):
        tag, _, text = part.partition(UNIT)
        begin = start + len(tag) + 1
        if tag == KEYWORDS:
            yield from _units(text, begin)
        elif tag:
            yield from _words(text, begin, Language(tag))
        start += len(part.encode()) + 1


def _tokenize(utf8: bytes, reason: int, _locale: str | None) -> Iterable[_Found]:
    text = utf8.decode()
    return _units(text, 0) if reason & apsw.FTS5_TOKENIZE_QUERY else _document(text)


def register(connection: apsw.Connection) -> None:
    """Make the tokenizer known to a connection; needed before its first use of a full-text table."""
    connection.register_fts5_tokenizer(NAME, lambda _connection, _arguments: _tokenize)
