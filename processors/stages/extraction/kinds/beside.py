"""What is told beside exchanges and moves no prisoner: children brought to families, remains given to experts, a purpose."""

import re
from itertools import pairwise

from processors.model import Kind
from processors.stages.extraction.reading.clauses import Clause, has_phrase


def is_beside(clause: Clause, kind: Kind) -> bool:
    """Whether what the clause tells of is no exchange, no plan of one and no list of prisoners."""
    if kind not in _MOVING:
        return False
    if kind is not Kind.LIST and _demanded(clause):
        return True
    if kind is Kind.EXCHANGE and (_only_for(clause) or _habitual(clause) or _from_elsewhere(clause)):
        return True
    return _of_children(clause) or _to_experts(clause)


_MOVING = frozenset((Kind.EXCHANGE, Kind.AGREEMENT, Kind.LIST))


def _habitual(clause: Clause) -> bool:
    """ "It happens, two for two", "время от времени меняют троих на троих": what is done now and then, and on no day."""
    return "D" not in clause.sentence.content and has_phrase(clause.units, clause.sentence.words.habitual)


def _from_elsewhere(clause: Clause) -> bool:
    """ "Five commanders came home from Turkey": who lived in a third country had left captivity before."""
    if not clause.has("mediator") or clause.has("captive", "exchange_noun", "exchange_verb", "bodies"):
        return False
    pairs = pairwise(clause.units)
    return any(
        "mediator" in unit.classes and before.word in clause.sentence.words.away for before, unit in pairs
    )


def _of_children(clause: Clause) -> bool:
    """ "Six children were reunited with their families, with Qatar's help": no captive is among those named."""
    told = _COUNTED.search(clause.content) is not None or clause.has("mediate", "assist")
    if not (told and clause.has("child")) and not (clause.has("reunited") and clause.sentence.has("child")):
        return False  # "bring our children home", say the mothers of soldiers
    others = (unit for unit in clause.units if "child" not in unit.classes)
    return not any(unit.classes & _PRISONERS for unit in others)


#: A number of them, or a list.
_COUNTED = re.compile("[NL]")
_PRISONERS = frozenset(
    (
        "captive",
        "exchange_noun",
        "exchange_verb",
        "ua_people",
        "ru_people",
        "rank",
        "person",
        "bodies",
        "ratio",
    )
)


def _to_experts(clause: Clause) -> bool:
    """ "The remains will be handed over to forensic institutions": they are on the side that they were to go to."""
    if (
        not clause.has("institute")
        or not clause.has("bodies")
        or clause.has("exchange_noun", "exchange_verb")
    ):
        return False
    given = next((at for at, letter in enumerate(clause.content) if letter in "GVT"), None)
    return given is not None and any("institute" in unit.classes for unit in clause.units[given + 1 :])


def _only_for(clause: Clause) -> bool:
    """ "The date must be agreed so that the exchange takes place by New Year": what somebody wants to happen."""
    purpose = clause.sentence.words.purpose
    at = next((at for at, unit in enumerate(clause.units) if unit.word in purpose), None)
    if at is None or set(clause.content[at:]).isdisjoint("EXTtGV"):
        return False
    done = any("happened" in unit.classes for unit in clause.units[:at])
    return not done and set(clause.content[:at]).isdisjoint("XTtGVN")


def _demanded(clause: Clause) -> bool:
    """ "Moscow will demand the return of 31 residents": whom somebody wants back has not come."""
    first = next((at for at, letter in enumerate(clause.content) if letter in "EXTtGV"), 0)
    before = clause.units[max(0, first - _DEMANDED) : first + 1]
    ended = any("suspend" in unit.classes for unit in before)  # "demands an end to swaps"
    return not ended and has_phrase(before, clause.sentence.words.demands)


#: Units between a demand and what is demanded.
_DEMANDED = 3
