"""Who speaks of those who came back, and of no exchange by name: their health, their care, where they served."""

import re

from processors.stages.extraction.reading.clauses import Clause


def describes(clause: Clause) -> bool:
    """ "The freed men will be treated in hospital", "all 35 would undergo medical examinations", "many of them are ill"."""
    speaker = clause.speaker
    if speaker is None or not speaker.known or clause.analyst or not clause.near:
        return False
    if clause.has("freed"):
        return True
    return clause.has("cared_for") and not clause.has(*_HELD) and _PEOPLE.search(clause.content) is not None


def of_the_freed(clause: Clause) -> str:
    """What is only said of those who came back."""
    return "described" if describes(clause) else "the-freed" if names_the_freed(clause) else ""


def names_the_freed(clause: Clause) -> bool:
    """A mayor or a doctor speaks of them; "the wife of one of the freed" is only a description of the speaker."""
    if clause.speaker is None or clause.analyst or not clause.near or "o" in clause.act:
        return False
    return any(
        "freed" in unit.classes
        and clause.low + at not in clause.voiced
        and not _is_the_speaker(clause, at)
        and "e" not in clause.act[max(0, at - _BESIDE) : at + _BESIDE]
        for at, unit in enumerate(clause.units)
    )


def _is_the_speaker(clause: Clause, at: int) -> bool:
    """ "One of the freed sailors, Ivan Koval, said": who speaks is one of them, and says nothing of that."""
    start = clause.voiced.start - clause.low
    if not (clause.voiced and at < start <= at + _APPOSED) or "," not in clause.act[start - 1 : start + 1]:
        return False
    return not any("say" in unit.classes for unit in clause.units[start : start + 2])


#: Units between the freed and a name set apart by a comma.
_APPOSED = 4
#: Units around the freed among which a negation says that somebody is not of them.
_BESIDE = 4

#: Those of whom this is said are still prisoners.
_HELD = ("held", "remain", "held_by", "foreign")
#: People, or a part of them.
_PEOPLE = re.compile("[PCURNI]|⊂")
