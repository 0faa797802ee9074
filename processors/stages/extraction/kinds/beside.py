"""What is told beside exchanges and moves no prisoner: children brought to families, remains given to experts, a purpose."""

import re
from itertools import takewhile

from processors.model import Kind
from processors.stages.extraction.reading.clauses import Clause


def is_beside(clause: Clause, kind: Kind) -> bool:
    """Whether what the clause tells of is no exchange, no plan of one and no list of prisoners."""
    if kind not in _MOVING:
        return False
    return _of_children(clause) or _to_experts(clause) or (kind is Kind.EXCHANGE and _only_for(clause))


_MOVING = frozenset((Kind.EXCHANGE, Kind.AGREEMENT, Kind.LIST))


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
    first = next((at for at, letter in enumerate(clause.content) if letter in "EXTtGV"), None)
    before = [unit.word for unit in clause.units[:first]]
    return first is not None and any(
        word in purpose for word in takewhile(lambda word: word != ",", reversed(before))
    )
