"""Sentences and clauses of a text, as spans that point at its exact characters. Time is linear in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from processors.model import Language, Span
from processors.stages.extraction.words.vocabulary import BLANK, alternation, fold, forms, section

_CLOSERS = "\"'”’»)\\]"
#: The end of a line, or marks that may end a sentence with the quotes closed and the notes set behind them (".[12]").
_CANDIDATE = re.compile(
    rf"[\n.!?…](?:(?<=\n)|(?<!\n)[.!?…]{{0,7}}[{_CLOSERS}]{{0,4}}(?:\[\d{{1,3}}\]){{0,9}}(?=\s|$))"
)
_NEXT = re.compile(rf"{BLANK}{{1,16}}([{{(\[«“„\"'‘—–-]{{0,3}}){BLANK}{{0,2}}(\w[\w'’]{{0,40}})?")
#: The word before a full stop, with inner stops ("U.S", "т. д").
_LAST_WORD = re.compile(r"(?:(?<=\s)|(?<=[(«“„\"'–—-])|^)((?:\w{1,4}\.[ \u00a0]?){0,3}[^\W_]{1,20})$")
#: Words that a sentence has before an abbreviation such as "тис." may close it.
_WORDS_TO_CLOSE = 4
#: Characters of the sentence so far, and of its last word, that are looked at.
_LOOK_BACK, _LONGEST = 200, 40
#: "12. Bakhmut" is an item of a list.
_LIST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class _Rules:
    #: Abbreviations that stand before a name or number, and never at the end.
    leading: frozenset[str]
    #: Abbreviations that may end a sentence; one in both lists ends it after a figure only ("в 2014 г.", "в г. Курске").
    closing: frozenset[str]
    #: Words that begin a sentence more often than they are a name.
    starters: frozenset[str]
    #: Names that some outlets write small on purpose, at the head of a sentence too ("росія").
    small: frozenset[str]
    cut: re.Pattern[str]


@cache
def _rules(language: Language) -> _Rules:
    table = section(language, "abbreviations")
    clauses = section(language, "clauses")
    after_comma = alternation(forms(clauses.get("after_comma", [])))
    anywhere = alternation(forms(clauses.get("anywhere", [])))
    cut = rf";(?=\s)|,{BLANK}(?=(?:{after_comma})\b)|,?{BLANK}(?=(?:{anywhere})\b)"
    return _Rules(
        leading=frozenset(map(fold, forms(table.get("leading", [])))),
        closing=frozenset(map(fold, forms(table.get("closing", [])))),
        starters=frozenset(map(fold, forms(table.get("starters", [])))),
        small=frozenset(map(fold, forms(table.get("small", [])))),
        cut=re.compile(cut, re.IGNORECASE),
    )


def split(text: str, language: Language) -> tuple[Span, ...]:
    """The sentences of `text` in order, without the blanks around them. Every line ends a sentence."""
    return tuple(
        span for start, end in _pieces(text, _rules(language)) if (span := _trimmed(text, start, end))
    )


def clauses(text: str, span: Span, language: Language) -> tuple[Span, ...]:
    """The sentence at `span` cut at semicolons and before the lexicon's clause openers; one span when none is there."""
    start, cuts = span.start, []
    for match in _rules(language).cut.finditer(text, span.start, span.end):
        cuts.append((start, match.start()))
        start = match.end()
    cuts.append((start, span.end))
    return tuple(piece for begin, end in cuts if (piece := _trimmed(text, begin, end)))


def _pieces(text: str, rules: _Rules) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _CANDIDATE.finditer(text):
        if match.group() == "\n" or _ends(text, start, match, rules):
            yield start, match.end()
            start = match.end()
    yield start, len(text)


def _ends(text: str, start: int, mark: re.Match[str], rules: _Rules) -> bool:
    after = _NEXT.match(text, mark.end())
    if after is None or after.group(2) is None:
        return True
    opener, word = after.group(1), after.group(2)
    small = word[0].islower() and fold(word) not in rules.small
    if small or (opener[:1] in {"—", "–", "-"} and mark.group()[-1] in '"”»,'):
        return False
    if mark.group() != ".":
        return True
    return _full_stop(text[max(start, mark.start() - _LOOK_BACK) : mark.start()], word, rules)


def _full_stop(before: str, word: str, rules: _Rules) -> bool:
    """Whether the stop between `before`, the sentence so far (its last part if it is long), and `word` ends it."""
    written = _LAST_WORD.search(before[-_LONGEST:])
    if written is None:
        return True
    key = fold("".join(written.group(1).split()))
    last = key.rpartition(".")[2]
    starts = fold(word) in rules.starters
    names, closes = {key, last} & rules.leading, {key, last} & rules.closing
    if names and closes and not before[: -len(written.group(1))].rstrip()[-1:].isdecimal():
        return False
    if closes:
        acronym = "." in key and written.group(1).isupper()
        return starts or not (acronym or word[0].isdigit() or len(before.split()) <= _WORDS_TO_CLOSE)
    if names:
        return False
    if len(last) == 1 and last.isalpha():
        return starts and "." in key
    return not (key.isdigit() and len(key) <= _LIST_DIGITS and before.strip() == key)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start=start, end=end) if start < end else None
