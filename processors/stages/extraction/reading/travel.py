"""Verbs of travelling that bring people home where the sentence counts them and says whence, whither or that they are freed.

"Brought", "arrived" and "drove out" are said of anybody; with 46 freed men, a border or a prison beside them they tell of
a return.
"""

from collections.abc import Sequence

from processors.stages.extraction.words.function_words import FunctionWords
from processors.stages.extraction.words.units import Unit

#: Units on either side of the verb among which stands the figure.
_REACH = 10
#: Units between a figure and the people whom it counts.
_NOUN = 4
_PEOPLE = frozenset(("person", "captive", "ua_people", "ru_people", "own", "return_verb"))
_HOME = frozenset(("ua_state", "ru_state", "site", "place", "ua_adj", "ru_adj", "homeland"))
_PRISONS = frozenset(("captive", "jail"))
_ADJECTIVES = frozenset(("ua_adj", "ru_adj", "quote"))
#: Planes land with anybody, and with people of each side after an exchange.
_TRAVEL, _LANDING = frozenset(("travel",)), frozenset(("landing",))
#: Classes of the verbs that are read here.
MOVES_ANYBODY = _TRAVEL | _LANDING
_RETURN = frozenset(("return_verb",))
_OF_A_SWAP = frozenset(("exchange_noun", "exchange_verb", "inreturn", "return_verb", "freed", "each"))


def read_travel(units: Sequence[Unit], words: FunctionWords) -> None:
    """Let such a verb be one of returning too."""
    travel = _TRAVEL | _LANDING if any("each" in unit.classes for unit in units) else _TRAVEL
    for at, unit in enumerate(units):
        if unit.classes.isdisjoint(travel) or _into_captivity(units, at, words):
            continue
        if _is_counted(units, at) and _is_homeward(units, words):
            unit.classes |= _RETURN


def _into_captivity(units: Sequence[Unit], at: int, words: FunctionWords) -> bool:
    """ "28 освобожденных попали в плен": where they were taken, before they came home."""
    led = any(unit.word in words.where | words.toward for unit in units[at + 1 : at + 2])
    return led and any(unit.word in words.captivity for unit in units[at + 2 : at + 4])


def _is_counted(units: Sequence[Unit], at: int) -> bool:
    """Whether a figure of people, or one without a noun, stands beside the verb."""
    low, high = max(0, at - _REACH), at + _REACH
    return any(
        "quantity" in unit.classes and _of_people(units, where)
        for where, unit in enumerate(units[low:high], low)
    )


def _of_people(units: Sequence[Unit], at: int) -> bool:
    behind = units[at + 1 : at + 1 + _NOUN]
    if not behind or not behind[0].word[0].isalnum() or "travel" in behind[0].classes:
        return True
    return any(not unit.classes.isdisjoint(_PEOPLE) for unit in behind)


def _is_homeward(units: Sequence[Unit], words: FunctionWords) -> bool:
    """From a prison or captivity and to no prison; to a state, a border or a crossing; or of people freed or swapped."""
    homeward = False
    for at, unit in enumerate(units):
        before = _words_before(units, at)
        left = not before.isdisjoint(words.away)
        if "jail" in unit.classes and not left:
            return False
        homeward |= not unit.classes.isdisjoint(_OF_A_SWAP)
        homeward |= left and not unit.classes.isdisjoint(_PRISONS)
        homeward |= not (before.isdisjoint(words.toward) or unit.classes.isdisjoint(_HOME))
        homeward |= not before.isdisjoint(words.where) and "site" in unit.classes
    return homeward


def _words_before(units: Sequence[Unit], at: int) -> set[str]:
    """The preposition of the unit: the word before it, or before its adjective or its quotation mark."""
    first = max(0, at - 1)
    adjective = units[first].classes & _ADJECTIVES if at else None
    return {unit.word for unit in units[max(0, at - 2) if adjective else first : at]}
