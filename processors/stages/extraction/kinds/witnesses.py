"""Freed people who tell of their captivity: how a text introduces them is no news of an exchange."""

from processors.stages.extraction.reading.clauses import Clause
from processors.stages.extraction.words.units import Sentence

#: Units between "who" and the verb of its clause.
_RELATIVE = 12
#: So many people are more than a witness.
_SEVERAL = 3


def is_witness(clause: Clause) -> bool:
    """ "Khyliuk, who came home last summer, said he was beaten": a freed man speaks, and nobody tells of an exchange."""
    sentence, view = clause.sentence, clause.sentence.content
    official = any(
        speaker.type in {"person", "org"} for unit in sentence.units for _, speaker in unit.speakers
    )
    if official or not sentence.has("say", "accord") or not _is_of_few(clause):
        return False
    moving = [at for at in range(clause.low, clause.high) if view[at] in "EXTGV"]
    freed = any(view[at] in "TX" for at in moving)
    return freed and all(_in_relative(sentence, at) for at in moving)


def _is_of_few(clause: Clause) -> bool:
    """Whether it counts nobody, or one."""
    numbers = (unit.quantity for unit in clause.units if unit.quantity is not None)
    return all((number.max or _SEVERAL) <= 1 for number in numbers) and "%" not in clause.content


def _in_relative(sentence: Sentence, at: int) -> bool:
    """Whether "who" or "which" opens the clause of the unit, with nothing said in it."""
    opened = next((i for i in range(at - 1, max(-1, at - _RELATIVE), -1) if sentence.content[i] in ",;q"), -1)
    if opened < 0:
        return False
    rel = sentence.units[opened : opened + 3]
    return any("rel" in unit.classes and unit.word not in sentence.words.that for unit in rel)
