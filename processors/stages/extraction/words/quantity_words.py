"""The words that bound a number or say what it counts, as phrases that are looked up by their first or last word."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from processors.model import Language
from processors.stages.extraction.words.vocabulary import WORD, alternation, fold, forms, section

#: Words, figures and single marks.
TOKEN = re.compile(rf"{WORD}|\d+|[^\w\s]")


class Phrases:
    """Phrases, each of some tokens, with a value; the longest that fits wins."""

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        """`named`: phrases with the value that `at` and `before` answer; the first entry of a phrase counts."""
        self._first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._last: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        known: dict[tuple[str, ...], str] = {}
        for phrase, value in named:
            known.setdefault(tuple(TOKEN.findall(fold(phrase))), value)
        for tokens in sorted(known, key=len, reverse=True):
            self._first.setdefault(tokens[0], []).append((tokens, known[tokens]))
            self._last.setdefault(tokens[-1], []).append((tokens, known[tokens]))

    def at(self, tokens: Sequence[str], start: int) -> tuple[int, str]:
        """Number of tokens of the phrase that begins at `start`, with its value; 0 when none does."""
        if start < len(tokens):
            for phrase, value in self._first.get(tokens[start], ()):
                if tuple(tokens[start : start + len(phrase)]) == phrase:
                    return len(phrase), value
        return 0, ""

    def before(self, tokens: Sequence[str], end: int) -> tuple[int, str]:
        """The same for the phrase that ends before `end`."""
        if 0 < end <= len(tokens):
            for phrase, value in self._last.get(tokens[end - 1], ()):
                if end >= len(phrase) and tuple(tokens[end - len(phrase) : end]) == phrase:
                    return len(phrase), value
        return 0, ""


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """The phrases of [quantity] and of the sections that a number's role depends on."""

    bounds: Phrases
    after: Phrases
    filler: Phrases
    #: Prepositions between a bound and its number ("почти на 300", "минимум о тысяче").
    bridge: Phrases
    sides: Phrases
    not_over: Phrases
    between: Phrases
    between_and: Phrases
    start: Phrases
    end: Phrases
    ratio: Phrases
    ratio_even: frozenset[str]
    #: Words beside which such a ratio need not be even ("on a 306 to 74 basis").
    formula: frozenset[str]
    counted: frozenset[str]
    ages: frozenset[str]
    #: Whose age a bare number behind them is ("ей 31, она медик").
    age_of: frozenset[str]
    singular: frozenset[str]
    #: Words behind which those forms are a singular ("тела тысячи погибших").
    singular_after: frozenset[str]
    months: frozenset[str]
    #: The same where a day may follow them ("January 3").
    months_before: frozenset[str]
    #: What a number counts, told by the phrase right after it, right before it, and by a word a little later.
    role_after: Phrases
    role_before: Phrases
    duration: frozenset[str]
    #: What tells how long before or after, and is no rate ("95 for 95 a day earlier").
    apart: Phrases
    military_unit: frozenset[str]
    year_after: frozenset[str]
    year_before: frozenset[str]
    #: One of these is in every text that `same`, or `all_for_all`, matches; of the latter also one of `alls`.
    same_hints: frozenset[str]
    alls: tuple[str, ...]
    all_hints: tuple[str, ...]
    same: re.Pattern[str]
    all_for_all: re.Pattern[str]


@cache
def quantity_words(language: Language) -> QuantityWords:
    """The quantity words of a language; those of one without a lexicon match nothing."""
    table = section(language, "quantity")

    def listed(name: str) -> list[str]:
        return forms(table.get(name, []))

    def named(*names: str) -> Phrases:
        return Phrases((phrase, name) for name in names for phrase in listed(name))

    def single(name: str) -> frozenset[str]:
        return frozenset(map(fold, listed(name)))

    months = frozenset(
        fold(w) for e in section(language, "months").get("forms", {}).values() for w in forms(e)
    )
    return QuantityWords(
        bounds=named("at_least", "up_to", "over", "under", "about", "each_before"),
        after=named("over_after", "about_after"),
        filler=named("filler"),
        bridge=named("bridge"),
        sides=named("each_after", "both_after"),
        not_over=named("not_over_after"),
        between=named("between"),
        between_and=named("between_and"),
        start=named("from"),
        end=named("to"),
        ratio=named("ratio"),
        ratio_even=single("ratio_even"),
        formula=single("formula"),
        counted=single("counted"),
        age_of=single("age_of"),
        ages=single("under") | single("over") | single("from"),
        singular=frozenset(map(fold, forms(section(language, "numerals").get("singular_too", [])))),
        singular_after=frozenset(map(fold, section(language, "numerals").get("singular_after", []))),
        months=months,
        months_before=months if section(language, "months").get("day_after_month") else frozenset(),
        role_after=_roles(
            table, percent="percent", money="money", unit="measure", age_after="age", clock_after="time"
        ),
        role_before=_roles(table, money_before="money", age_before="age", reference_before="reference"),
        duration=single("duration"),
        apart=named("apart"),
        military_unit=single("unit_after"),
        year_after=single("year_after"),
        year_before=single("year_before") | months,
        same_hints=frozenset(max(fold(phrase).split(), key=len) for phrase in listed("same")),
        alls=tuple(map(fold, listed("all"))),
        all_hints=tuple(
            fold(f"{word}{joint}{by}")
            for word in listed("all")
            for by in listed("ratio")
            for joint in " -‑\u00a0"
        ),
        same=_same(table),
        all_for_all=_all_for_all(table),
    )


def _roles(table: dict[str, Any], **roles: str) -> Phrases:
    return Phrases((phrase, role) for name, role in roles.items() for phrase in forms(table.get(name, [])))


def _same(table: dict[str, Any]) -> re.Pattern[str]:
    phrases, not_before = (
        alternation(forms(table.get("same", []))),
        alternation(table.get("same_not_before", [])),
    )
    return re.compile(rf"(?<!\w)(?:{phrases})(?!\w)(?!\s(?:{not_before})(?!\w))", re.IGNORECASE)


def _all_for_all(table: dict[str, Any]) -> re.Pattern[str]:
    alls, ratio = alternation(forms(table.get("all", []))), alternation(forms(table.get("ratio", [])))
    joint = r"[-‑ \u00a0]{1,2}"
    return re.compile(rf"(?<!\w)(?:{alls}){joint}(?:{ratio}){joint}(?:{alls})(?!\w)", re.IGNORECASE)
