"""Sentences as rows of units: a word, a phrase, a number, a date, a name or a mark, each with its classes.

Three *views* write the row as a string, one letter a unit, so that one grammar of ordinary regular expressions serves
all languages. A word with several classes shows the one that matters in that view.
"""

from collections.abc import Set
from dataclasses import dataclass, field

from processors.model import DateRange, Quantity, Span
from processors.stages.extraction.words.function_words import FunctionWords
from processors.stages.extraction.words.lexicon import Speaker
from processors.stages.extraction.words.views import letters

#: The class of a name that no list knows.
NAME = frozenset(("name",))


@dataclass(slots=True)
class Unit:
    """One unit of a sentence; `start` and `end` are offsets into the article's text."""

    start: int
    end: int
    word: str
    classes: frozenset[str] = frozenset()
    speakers: tuple[tuple[str, Speaker], ...] = ()
    mediator: str = ""
    medium: str = ""
    quantity: Quantity | None = None
    ordinal: int | None = None
    day: DateRange | None = None
    basis: str = ""
    ratio: tuple[int | None, int | None] | None = None
    each: bool = False
    capital: bool = False
    possessive: bool = False

    @property
    def span(self) -> Span:
        """Where it stands in the article."""
        return Span(start=self.start, end=self.end)


@dataclass(slots=True)
class Sentence:
    """A sentence with its units and views."""

    span: Span
    text: str
    units: list[Unit]
    words: FunctionWords
    content: str = ""
    voice: str = ""
    act: str = ""
    paragraph: int = 0
    first_in_paragraph: bool = False
    features: set[str] = field(default_factory=set)
    vocabulary: frozenset[str] = field(init=False)
    #: The units that may name somebody, once they were looked for.
    naming: list[int] | None = None
    #: The last date that the sentences before name, in this paragraph or the one before.
    before: DateRange | None = None
    #: Whether the sentence before, in this paragraph, counts remains.
    after_remains: bool = False

    def __post_init__(self) -> None:
        self.vocabulary = frozenset([unit.word for unit in self.units])

    def has(self, *classes: str) -> bool:
        """Whether any unit is of any of the classes."""
        return not self.features.isdisjoint(classes)

    @property
    def asks(self) -> bool:
        """Whether it ends as a question."""
        return self.text.rstrip('"»”’ ').endswith("?")

    def says(self, words: Set[str]) -> bool:
        """Whether any unit is one of the words."""
        return not self.vocabulary.isdisjoint(words)

    def written(self, start: int, end: int) -> str:
        """The text between two offsets of the article, as it is written."""
        return self.text[start - self.span.start : end - self.span.start]

    def recognise(self, at: int, speaker: Speaker) -> None:
        """Read a capitalised word that no list knows as the name of somebody whom the text introduced before."""
        unit = self.units[at]
        unit.classes, unit.speakers = NAME, ((speaker.type, speaker),)
        self.content, self.voice, self.act = (
            view[:at] + letter + view[at + 1 :]
            for view, letter in zip((self.content, self.voice, self.act), letters(NAME), strict=True)
        )
        self.features.add("name")
        self.naming = None


@dataclass(slots=True, kw_only=True)
class Measure:
    """A number or date found in the sentence, to become one unit."""

    start: int
    end: int
    quantity: Quantity | None = None
    ordinal: int | None = None
    day: DateRange | None = None
    ratio: tuple[int | None, int | None] | None = None
    each: bool = False
    same: bool = False
    #: A number that counts no people: an age, a price, a percentage.
    odd: bool = False
    #: What a date rests on, see `dates.Basis`.
    basis: str = ""
