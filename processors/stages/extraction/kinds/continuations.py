"""What a clause adds to the one before it: others who came, what goes with a plan, what else is agreed or offered."""

import re

from processors.model import Kind
from processors.stages.extraction.figures.sides import OTHER_SIDE, direction
from processors.stages.extraction.reading.clauses import (
    Proposition,
    begins_another_day,
    begins_another_stage,
    begins_others,
    is_infinitive,
)
from processors.stages.extraction.words.units import Sentence


def continued(
    sentence: Sentence, before: Proposition, made: list[Proposition], low: int, high: int
) -> list[Proposition]:
    """What the clause asserts by itself, or the others that it adds; what belongs to the plan before it joins that."""
    if before.kind is Kind.AGREEMENT:
        held = all(one.kind is Kind.EXCHANGE for one in made)
        if (made and _accompanies(sentence, low)) or (held and _agrees_on_more(sentence, low, high)):
            before.end = high
            return []
    elif before.kind is Kind.EXCHANGE:
        more = begins_another_stage(sentence, low) or begins_others(sentence, before.start, low)
        held = all(one.kind is Kind.EXCHANGE for one in made) and not _other_way(sentence, before, low, high)
        if more or (held and (_of_others(sentence, low, high) or _another_day(sentence, low))):
            return [Proposition(Kind.EXCHANGE, "others", low, high)]
    elif before.kind is Kind.OFFER and made and _is_offered(sentence, made[0]):
        before.end = high
        return []
    return made


def _is_offered(sentence: Sentence, made: Proposition) -> bool:
    """ "Made an offer: to get 27 people and give ten in return": the clause behind it, in the infinitive, is what is offered."""
    moving = (at for at in range(made.start, made.end) if sentence.content[at] in "TGVX")
    first = next(moving, None)
    if made.kind is not Kind.EXCHANGE or first is None:
        return False
    gerund = sentence.units[first].word.endswith(
        tuple(sentence.words.gerunds) or "?"
    )  # "отдав взамен десятерых"
    return is_infinitive(sentence, first) or gerund


def _other_way(sentence: Sentence, before: Proposition, low: int, high: int) -> bool:
    """ "Russia returned 205 soldiers, another 205 prisoners were handed over to Ukraine": the same exchange."""
    there = direction(sentence, before.start, low)
    return there is not None and OTHER_SIDE[there] is direction(sentence, low, high)


def _of_others(sentence: Sentence, low: int, high: int) -> bool:
    """ "And another 20 through other channels", "ещё 22 вернулись вне формулы", "31 as a gesture": a figure of others."""
    if "N" not in sentence.content[low:high]:
        return False
    if any("others" in unit.classes for unit in sentence.units[low : low + 3]):
        return True
    return any(
        "gesture" in unit.classes or ("others" in unit.classes and " " in unit.word)
        for unit in sentence.units[low:high]
    )


def _another_day(sentence: Sentence, low: int) -> bool:
    """ "… and today 300", but not "on Friday, 16 July, and 95 came home": the day is that of the words before the mark."""
    return begins_another_day(sentence, low) and sentence.content[max(low - 1, 0)] != "D"


def _accompanies(sentence: Sentence, low: int) -> bool:
    """ "In stages, with 1,000 from each side released", "a deal on a swap, freeing 200": what goes with it is planned."""
    opening = sentence.units[low : low + 2]
    freeing = any(unit.word.endswith("ing") and unit.classes & _MOVING for unit in opening)
    return freeing or any(unit.word in sentence.words.accompanied for unit in opening)


_MOVING = frozenset(("exchange_verb", "return_verb", "give_verb", "release"))


def _agrees_on_more(sentence: Sentence, low: int, high: int) -> bool:
    """ "Agreed to swap 1,000 prisoners each and (to) return 6,000 bodies": an infinitive behind a conjunction."""
    move = _MOVE.match(sentence.act, low, high)
    if move is None:
        return False
    bare = sentence.units[move.end() - 1].word in sentence.words.goes_on
    return bare or is_infinitive(sentence, move.end() - 1)


_MOVE = re.compile("[,;]?c[^,;EXTGkfFSyd]{0,3}[XTG]")
