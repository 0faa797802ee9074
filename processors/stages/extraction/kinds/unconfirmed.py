"""Exchanges that nobody confirms: what stands behind such words is not asserted."""

from processors.stages.extraction.reading.clauses import Clause


def unconfirmed(clause: Clause) -> bool:
    """Whether nobody says what the clause tells of."""
    return _nobody_says(clause) or _behind_silence(clause)


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
