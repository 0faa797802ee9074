"""The number words of a language as tables: cardinal, ordinal, collective, fractions and scales."""

from dataclasses import dataclass, field, replace
from functools import cache

from processors.model import Language
from processors.stages.extraction.words.vocabulary import fold, forms, section


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Folded words with their values, by what they do in a number."""

    cardinal: dict[str, int] = field(default_factory=dict)
    ordinal: dict[str, int] = field(default_factory=dict)
    collective: dict[str, int] = field(default_factory=dict)
    fraction: dict[str, float] = field(default_factory=dict)
    scale: dict[str, int] = field(default_factory=dict)
    scale_ordinal: dict[str, int] = field(default_factory=dict)
    #: Plurals without a figure, the words that make them vague ("several hundred"), and forms that can be a singular.
    vague: frozenset[str] = frozenset()
    vague_after: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    joiners: frozenset[str] = frozenset()
    ordinal_suffixes: frozenset[str] = frozenset()
    cardinal_suffixes: frozenset[str] = frozenset()
    #: How a word ends that makes the one before it a cardinal, where the suffix may be either ("95-ю пленными").
    cardinal_before: tuple[str, ...] = ()
    months: frozenset[str] = frozenset()
    comma_groups: bool = False
    #: "Czterdziesty dziewiąty": the tens of an ordinal are ordinal too.
    ordinal_tens: bool = False
    #: Every word of the tables, and with the articles ("a hundred").
    first: frozenset[str] = frozenset()
    opening: frozenset[str] = frozenset()


@cache
def number_words(language: Language) -> NumberWords:
    """The number words of a language, with every form written out."""
    table = section(language, "numerals")
    endings = table.get("ordinal_endings", [])

    def ordinals(entries: list[str]) -> list[str]:
        return [
            w for e in entries for w in (forms(e) if "|" in e or not endings else [e + x for x in endings])
        ]

    def values(name: str) -> dict[str, int]:
        return {fold(w): int(v) for v, entries in table.get(name, {}).items() for w in forms(entries)}

    months = section(language, "months").get("forms", {})
    found = NumberWords(
        cardinal=values("cardinal"),
        ordinal={fold(w): int(v) for v, e in table.get("ordinal", {}).items() for w in ordinals(e)},
        collective=values("collective"),
        fraction={fold(w): float(v) for v, e in table.get("fraction", {}).items() for w in forms(e)},
        scale=values("scale"),
        scale_ordinal={
            fold(w): int(v) for v, e in table.get("scale_ordinal", {}).items() for w in ordinals(e)
        },
        vague=frozenset(map(fold, forms(table.get("vague", [])))),
        vague_after=frozenset(map(fold, forms(table.get("vague_after", [])))),
        articles=frozenset(table.get("articles", [])),
        joiners=frozenset(table.get("joiners", [])),
        ordinal_suffixes=frozenset(table.get("ordinal_suffixes", [])),
        cardinal_suffixes=frozenset(table.get("cardinal_suffixes", [])),
        cardinal_before=tuple(table.get("cardinal_before", [])),
        months=frozenset(fold(w) for entries in months.values() for w in forms(entries)),
        ordinal_tens=bool(table.get("ordinal_tens", False)),
        comma_groups=bool(table.get("comma_groups", False)),
    )
    tables = (
        found.cardinal,
        found.ordinal,
        found.collective,
        found.fraction,
        found.scale,
        found.scale_ordinal,
    )
    first = frozenset[str]().union(*tables)
    return replace(found, first=first, opening=first | found.articles)
