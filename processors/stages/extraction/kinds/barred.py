"""Prisoners whom a side keeps out of every exchange: "must not be part of any swap", "не подлежат обмену"."""

import re
from itertools import takewhile

from processors.model import Side
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.reading.clauses import Clause, has_phrase
from processors.stages.extraction.words.units import Unit


def barred(clause: Clause) -> Side | None:
    """The side of the official who says that those whom it holds may not be exchanged; of its own people it would complain."""
    side = clause.side
    if side is None or side not in OTHER_SIDE or clause.sentence.has(*_OF_ALL) or _of_their_own(clause, side):
        return None
    return side if _ruled_out(clause) or _TRIED_INSTEAD.search(clause.act) else None


def _ruled_out(clause: Clause) -> bool:
    """Whether a modal with its negation leads to "be exchanged", or to taking part in an exchange."""
    words = clause.sentence.words
    for at, letter in enumerate(clause.act):
        if letter != "e" or not has_phrase(clause.units[max(0, at - 1) : at + 2], words.barring):
            continue
        traded = _TRADED.match(clause.act, at)
        if traded is None:
            continue
        if traded[0][-1] == "X" or has_phrase(clause.units[at : traded.end()], words.taking_part):
            return True
    return False


def _of_their_own(clause: Clause, side: Side) -> bool:
    """ "Our men cannot be exchanged": they complain of the other side."""
    low, high = clause.voiced.start - clause.low, clause.voiced.stop - clause.low
    told = clause.units[high:] if low < len(clause.units) - high else clause.units[: max(low, 0)]
    told = list(takewhile(lambda unit: "neg" not in unit.classes, told))
    return any(unit.classes & _OWN[side] or _is_of(unit, side) for unit in told)


def _is_of(unit: Unit, side: Side) -> bool:
    return any(who.side is side for _, who in unit.speakers)


_OWN = {Side.UA: {"ua_people", "ua_adj", "own"}, Side.RU: {"ru_people", "ru_adj", "own"}}
#: Nobody of a kind may be traded by law; no exchange for months; those of other states.
_OF_ALL = ("lasting", "foreign", "civilian", "hope", "kin")
#: A negation, and what it keeps them from, no party or mark between.
_TRADED = re.compile("e[^,;KMpXEfS]{0,6}[XE]")
#: "Would be tried, not traded".
_TRIED_INSTEAD = re.compile('[,c]{1,2}eX(?=[,;”"]|$)')
