"""How many an exchange or a deal is about, told in the sentence behind it: "The sides agreed to swap. It is about 314 people"."""

import re
from collections.abc import Sequence

from processors.model import Kind
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.reading.clauses import Proposition
from processors.stages.extraction.speakers.readings import Reading, Stretch, give
from processors.stages.extraction.words.units import Sentence

#: Words of "it is about", and units behind it within which the figure of the people stands.
_PHRASE, _FIGURE = 4, re.compile("[^,;NTXGVDΣ⊂]{0,3}N[^,;NTXGV]{0,3}[PCUR]")


def figure_of(reading: Reading, before: Draft | None) -> list[tuple[Stretch, Proposition]]:
    """The claim before once more, with the figure of this sentence, by the voice of this one or else by the same."""
    sentence = reading.sentence
    if (
        before is None
        or before.kind not in _NUMBERED
        or (before.figures.given and not _of_another(reading, before))
    ):
        return []
    at = _behind_phrase(sentence)
    if at is None or sentence.has("cumulative", "held", "remain", "neg", "foreign"):
        return []
    if not _FIGURE.match(sentence.content, at):
        return []
    if reading.unattributed and before.voice is not None:
        give(reading, before.voice, "carried")
    return [
        (stretch, Proposition(before.kind, "concerning", stretch.start, stretch.end))
        for stretch in reading.stretches
        if stretch.start <= at < stretch.end
    ]


def _of_another(reading: Reading, before: Draft) -> bool:
    """Whether somebody else tells of the plan what another has told with its figure."""
    own = [
        stretch.speaker
        for stretch in reading.stretches
        if stretch.speaker and not (stretch.voice and stretch.voice.carried)
    ]
    return before.kind is Kind.AGREEMENT and bool(own) and before.speaker not in own


def formula_of(reading: Reading, before: Draft | None) -> list[tuple[Stretch, Proposition]]:
    """The plan before once more, with its formula: "There will be an exchange. 500 for 500"."""
    if before is None or before.kind is not Kind.AGREEMENT or before.figures.given:
        return []
    return [
        (stretch, Proposition(before.kind, "formula", stretch.start, stretch.end))
        for stretch in reading.stretches[:1]
        if _FORMULA.match(reading.sentence.content, stretch.start, stretch.end)
    ]


def planned_figure(
    reading: Reading, before: Draft | None, made: Sequence[Draft]
) -> list[tuple[Stretch, Proposition]]:
    """The plan before once more: "The sides agreed. It is about the release of 800" tells of no exchange that was held."""
    planned = before is not None and before.kind is Kind.AGREEMENT
    if not planned or any(one.kind is not Kind.EXCHANGE for one in made):
        return []
    return figure_of(reading, before)


#: A ratio by itself, at the end or before who says it.
_FORMULA = re.compile('"?%(?:,?"|$)')

_NUMBERED = frozenset((Kind.EXCHANGE, Kind.AGREEMENT))


def _behind_phrase(sentence: Sentence) -> int | None:
    """The unit behind "йдеться про", "речь идет о", where a clause opens with it."""
    concerns = sentence.words.concerns
    opened = True
    for at, unit in enumerate(sentence.units):
        if opened and (size := _opens(sentence, at)):
            return at + size
        opened = unit.word in _OPENING | sentence.words.that or not unit.classes.isdisjoint(_MARKS)
        if not concerns:
            return None
    return None


#: What a clause begins behind: a mark, a quotation, "that".
_OPENING, _MARKS = frozenset((",", ":", "—", '"')), frozenset(("mark", "dash", "quote"))


def _opens(sentence: Sentence, at: int) -> int:
    """How many units the phrase takes that stands here, 0 for none."""
    words = [unit.word for unit in sentence.units[at : at + _PHRASE]]
    texts = (" ".join(words[: size + 1]) for size in range(len(words)))
    return next((size for size, text in enumerate(texts, 1) if text in sentence.words.concerns), 0)
