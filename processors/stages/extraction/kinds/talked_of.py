"""Exchanges that are only talked of or hoped for."""

import re

from processors.stages.extraction.reading.clauses import Clause, is_infinitive
from processors.stages.extraction.words.units import Sentence

#: Units between a word of talking or hoping and the exchange that it is about.
_REACH = 8
#: A mark behind which something else is told, and no part ("many questions, including those of exchanges").
_ENDS = re.compile(",(?!⊂)|;")
#: The same where something took place, maybe the talks.
_OF_TALKS = 3


def only_talked_of(clause: Clause) -> bool:
    """ "Talks on an exchange", "hoping for the release of 1,200": every word of moving stands behind such a word."""
    if not clause.has("talk") or clause.has("success"):
        return False
    units, view = clause.sentence.units, clause.content
    reach = (
        _OF_TALKS if clause.has("happened") else _REACH
    )  # "talks on a swap were held" beside a swap that was
    talked = _discussed(clause)
    for at in range(clause.low, clause.high):
        if "talk" in units[at].classes:
            behind = _ENDS.split(view[at - clause.low + 1 : at - clause.low + 1 + reach])[0]
            talked.update(range(at, at + 1 + len(behind)))
    moving = [at for at, letter in enumerate(view, clause.low) if letter in "EXTtGV"]
    return bool(moving) and all(at in talked and _names_an_act(clause.sentence, at) for at in moving)


def _discussed(clause: Clause) -> set[int]:
    """ "Новий обмін уже обговорюють", "the next swap is being discussed": those before a verb of talking."""
    found = set[int]()
    for at, unit in enumerate(clause.units):
        if unit.word.startswith(tuple(clause.sentence.words.discusses) or "?"):
            low = max(clause.content.rfind(mark, 0, at) for mark in ",;") + 1
            found.update(place + clause.low for place in range(low, at) if clause.content[place] == "E")
    return found


def _names_an_act(sentence: Sentence, at: int) -> bool:
    """A noun, an infinitive or an "-ing" of moving, not a verb that tells of it."""
    if sentence.content[at] in "Et":
        return True
    return is_infinitive(sentence, at, "ing")
