"""Exchanges whose noun is left out: "the previous one, on June 25, involved 90 prisoners", "on 14 June the fourth took place"."""

import re

from processors.stages.extraction.reading.clauses import Clause


def one_more(clause: Clause) -> bool:
    """ "On 14 June the fourth in a week took place": an ordinal whose exchange is left out."""
    if "D" not in clause.content or not clause.has("happened") or clause.has("meeting", "talk"):
        return False
    prepositions = clause.sentence.words.prepositions
    return any(
        letter == "O" and (not behind or behind[0].word in prepositions or behind[0].word in ",:—-")
        for at, letter in enumerate(clause.content)
        for behind in (clause.units[at + 1 : at + 2],)
    )


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
