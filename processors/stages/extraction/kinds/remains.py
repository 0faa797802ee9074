"""Remains of the fallen: a claim only where the text ties them to an exchange; brought to its place they are an offer."""

from collections.abc import Sequence
from itertools import pairwise

from processors.model import Kind
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.kinds.actors import subject_of
from processors.stages.extraction.kinds.rules import fires_on
from processors.stages.extraction.reading.clauses import Clause, Proposition
from processors.stages.extraction.words.units import Sentence

#: Words of an exchange or of a deal, one of which ties remains to it.
_TIES = ("exchange_noun", "exchange_verb", "agree", "agree_noun")
_PEOPLE = ("captive", "freed", "ua_people", "ru_people", "person")
#: What is planned, offered or refused is of a deal, whatever it is called.
_AHEAD = ("plan", "refuse", "offer", "ready", "list")


def only_of_remains(sentences: Sequence[Sentence]) -> bool:
    """Whether a text tells of remains handed over and neither of an exchange nor of people who move."""
    if are_tied(sentences) or not any(sentence.has("bodies") for sentence in sentences):
        return False
    return not any(
        sentence.has(*_AHEAD)
        if sentence.has("bodies")
        else sentence.has(*_PEOPLE) and sentence.has("return_verb", "return_noun", "give_verb", *_AHEAD)
        for sentence in sentences
    )


def are_tied(sentences: Sequence[Sentence]) -> bool:
    """Whether a word of the text ties remains to an exchange."""
    return any(sentence.has(*_TIES) for sentence in sentences)


@fires_on("bodies")
def brought(clause: Clause) -> list[Proposition]:
    """ "1,212 bodies have been delivered to the exchange site": ready to be taken, and not taken yet."""
    if not (clause.near and clause.has("bodies") and "N" in clause.content and _to_its_place(clause)):
        return []
    moved = next((at for at, unit in enumerate(clause.units) if unit.classes & _CARRIED), None)
    if moved is None:
        return []
    actor = subject_of(clause, moved) or clause.side
    return [clause.made(Kind.OFFER, "brought", actor)] if actor in OTHER_SIDE else []


def _to_its_place(clause: Clause) -> bool:
    """ "To the place of the exchange", "to the border"."""
    return clause.has("spot") or any(
        "place" in unit.classes and before.word in clause.sentence.words.toward
        for before, unit in pairwise(clause.units)
    )


_CARRIED = frozenset(("travel", "return_verb", "give_verb"))
