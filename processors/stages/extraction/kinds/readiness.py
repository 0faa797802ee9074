"""Offers without a word of exchanging, among talk of one: people kept ready, a side's readiness, with whom to begin."""

import re

from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.kinds.negation import negated
from processors.stages.extraction.reading.clauses import Clause, has_phrase


def stands_ready(clause: Clause) -> bool:
    """ "We had a thousand men ready", "there is readiness on our side", "suggested starting with the women"."""
    if not clause.near or clause.analyst or clause.side is None or clause.has("other_matter", "meeting"):
        return False
    if "F" in clause.act:
        return _begins_with_some(clause)
    ready = clause.act.find("y")
    if ready < 0 or clause.side not in OTHER_SIDE or negated(clause, ready):
        return False
    around = clause.content[max(0, ready - _AROUND) : ready + _AROUND]
    if _PEOPLE.search(around):
        return any(unit.word in clause.sentence.words.we for unit in clause.units)
    return "I" in clause.content[ready + 1 : ready + _AROUND] and clause.has("sides")


def _begins_with_some(clause: Clause) -> bool:
    """Whether somebody proposes with which people to begin."""
    behind = clause.units[clause.act.index("F") + 1 :][:_OBJECT]
    people = any(unit.classes & _SOME for unit in behind)
    return people and has_phrase(behind, clause.sentence.words.begin_with)


#: Units on either side of being ready; behind a word of offering, up to whom it is about.
_AROUND, _OBJECT = 5, 7
#: People who are counted.
_PEOPLE = re.compile("N[^,;]{0,2}[PCUR]")
_SOME = frozenset(("person", "captive", "ua_people", "ru_people", "bodies"))
