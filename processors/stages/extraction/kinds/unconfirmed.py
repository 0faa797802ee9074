"""Exchanges that nobody confirms, so that what stands behind such words is not asserted; and those that somebody does."""

import re

from processors.stages.extraction.kinds.negation import negated
from processors.stages.extraction.reading.clauses import Clause


def unconfirmed(clause: Clause) -> bool:
    """Whether nobody says what the clause tells of, or it is only rumoured and the outlet does not say it either."""
    return _nobody_says(clause) or _behind_silence(clause) or rumoured(clause)


def rumoured(clause: Clause) -> bool:
    """ "Kyiv and Moscow allegedly swapped 90", "there are rumours that 90 came home", told in nobody's name.

    Who is named says it all the same: "Yusov said that they were allegedly handed over", "channels spread rumours that …".
    """
    if clause.speaker is not None:
        return False
    words, sentence = clause.sentence.words, clause.sentence
    if sentence.says(words.rumours) and any(
        unit.word in words.rumours for unit in sentence.units[: clause.high]
    ):
        return _opens_with(clause, words.rumours)
    return sentence.says(words.allegedly) and _hedges_the_deed(clause)


def _opens_with(clause: Clause, rumours: frozenset[str]) -> bool:
    """Whether the rumours stand before what is told of them, and not "despite the rumours" behind it."""
    units, view = clause.sentence.units, clause.sentence.content
    at = next(at for at, unit in enumerate(units) if unit.word in rumours)
    return set(view[clause.low : at]).isdisjoint(_MOVES) and not _MOVES.isdisjoint(view[at : clause.high])


def _hedges_the_deed(clause: Clause) -> bool:
    """Whether the hedge stands with what moves people: "a pilot who allegedly shelled a hospital" is of something else."""
    first = 0
    for part in re.split("([,;q-])", clause.content):
        units = clause.units[first : first + len(part)]
        if not _MOVES.isdisjoint(part):
            return any(unit.word in clause.sentence.words.allegedly for unit in units)
        first += len(part)
    return False


_MOVES = frozenset("EXTGV")


def _nobody_says(clause: Clause) -> bool:
    """ "Nobody from Ukraine confirmed the claims that …": nobody stands right before who would be speaking."""
    start = clause.voiced.start
    return start > 0 and clause.sentence.units[start - 1].word in clause.sentence.words.nobody


def _behind_silence(clause: Clause) -> bool:
    """ "Никто не подтвердил, что Россия и Украина обменялись": the that-clause of what is not said."""
    if not clause.sentence.has("silent", "neg"):
        return False
    units, that, nobody = clause.sentence.units, clause.sentence.words.that, clause.sentence.words.nobody
    at = next((at for at in range(clause.low, clause.high) if units[at].word in that), 0)
    before = units[max(0, at - _BEFORE) : at]
    untold = any("silent" in unit.classes for unit in before)
    untold = untold or (any(unit.word in nobody for unit in before) and "say" in before[-1].classes)
    return untold and set(clause.sentence.content[clause.low : at]).isdisjoint("EXTGV")


#: Units before "that" among which stands the word for silence.
_BEFORE = 2


def confirms(clause: Clause) -> bool:
    """ "Confirmed the swap", not "cannot confirm the report"."""
    return clause.has("endorse") and not any(
        "endorse" in unit.classes and (negated(clause, at) or clause.infinitive(at) or _is_of_any(clause, at))
        for at, unit in enumerate(clause.units)
    )


def _is_of_any(clause: Clause, at: int) -> bool:
    """ "Welcomes any steps towards exchanges": whatever comes, and no exchange that was held."""
    return any(unit.word in clause.sentence.words.whatever for unit in clause.units[at + 1 : at + 3])
