"""Where a clause names the plans, the date or the readiness for an exchange, and no exchange."""

from processors.stages.extraction.reading.clauses import Clause


def names_plans(clause: Clause) -> bool:
    """ "Confirmed the plans for an exchange", "the date of the swap is not agreed yet": each exchange is only their object."""
    if "E" not in clause.content or not set(clause.content).isdisjoint("XTG%N"):
        return False
    named = (at for at, letter in enumerate(clause.content) if letter == "E")
    return all(_is_planned(clause, at) for at in named)


def _is_planned(clause: Clause, at: int) -> bool:
    before = clause.units[max(0, at - _LED_BY) : at]
    return any(unit.word in clause.sentence.words.planned_things for unit in before)


#: Units between plans and the exchange that they are for.
_LED_BY = 5
