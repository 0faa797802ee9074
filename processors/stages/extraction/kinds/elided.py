"""An earlier exchange whose noun is left out: "the previous one, on June 25, involved 90 prisoners"."""

import re

from processors.stages.extraction.reading.clauses import Clause

#: Rule of what is told of "it".
IT = "it-held"


def the_previous(clause: Clause) -> str:
    """ "The last one took place in early August", "Предыдущий, 25 июня, охватил по 90 человек": an exchange with its day."""
    if not clause.near or not clause.has("bygone_one") or not set(clause.act).isdisjoint(_NOT_YET):
        return ""
    if clause.has("meeting", "talk"):
        return ""
    for at, unit in enumerate(clause.units[:-1]):
        if "bygone_one" in unit.classes and _is_told(clause, at + 1):
            return "counted" if "N" in clause.content[at:] else "the-previous"
    return ""


def _is_told(clause: Clause, at: int) -> bool:
    """Whether a mark or a verb of happening or being stands there, with a day behind it."""
    unit, words = clause.units[at], clause.sentence.words
    if unit.classes.isdisjoint(_LEADS) and unit.word not in words.being | words.prepositions:
        return False
    return _DAY.match(clause.content, at) is not None


#: What is only planned, offered or refused.
_NOT_YET = frozenset("φkFyfSJoe")
_LEADS = frozenset(("happened", "mark", "dash", "day"))
#: A day, with nothing told before it.
_DAY = re.compile("[.,-]{0,4}D")


def it_held(clause: Clause) -> str:
    """ "According to the ministry, it took place on Tuesday", "он прошёл 12 августа": another voice on what was told before."""
    units, words = clause.units, clause.sentence.words
    if clause.speaker is None or not clause.near or not set(clause.content) <= _NAMES_NOTHING:
        return ""
    told = any(
        unit.word in words.points_back
        and "happened" in units[at + 1].classes
        and "D" in clause.content[at : at + _ITS_DAY]
        for at, unit in enumerate(units[:-1])
    )
    return IT if told else ""


#: Letters of a clause that names neither an exchange nor people; units from "it" to the day.
_NAMES_NOTHING, _ITS_DAY = frozenset('.D,"pKMurcqm'), 8
