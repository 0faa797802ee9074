"""Remains of the fallen: a claim only where the text ties them to an exchange; brought to its place they are an offer."""

from collections.abc import Sequence
from itertools import pairwise

from processors.model import Kind
from processors.stages.extraction.actors import subject_of
from processors.stages.extraction.clauses import Clause, Proposition
from processors.stages.extraction.draft import Draft
from processors.stages.extraction.sides import OTHER_SIDE
from processors.stages.extraction.tally import Figures
from processors.stages.extraction.units import Sentence

#: Words of an exchange or of a deal, one of which ties remains to it.
_TIES = ("exchange_noun", "exchange_verb", "agree", "agree_noun")
_PEOPLE = ("captive", "freed", "ua_people", "ru_people", "person")
#: What is planned, offered or refused is of a deal, whatever it is called.
_AHEAD = ("plan", "refuse", "offer", "ready", "list")


def only_of_remains(sentences: Sequence[Sentence]) -> bool:
    """Whether a text tells of remains handed over and neither of an exchange nor of people who move."""
    if _tied(sentences) or not any(sentence.has("bodies") for sentence in sentences):
        return False
    return not any(
        sentence.has(*_AHEAD)
        if sentence.has("bodies")
        else sentence.has(*_PEOPLE) and sentence.has("return_verb", "return_noun", "give_verb", *_AHEAD)
        for sentence in sentences
    )


def tied(found: Sequence[Draft], sentences: Sequence[Sentence]) -> list[Draft]:
    """The drafts without returns of remains that no word of the text ties to an exchange."""
    if _tied(sentences):
        return list(found)
    return [draft for draft in found if not (draft.kind is Kind.EXCHANGE and _of_remains(draft.figures))]


def _of_remains(figures: Figures) -> bool:
    return bool(figures.bodies) and not figures.returned


def _tied(sentences: Sequence[Sentence]) -> bool:
    return any(sentence.has(*_TIES) for sentence in sentences)


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
