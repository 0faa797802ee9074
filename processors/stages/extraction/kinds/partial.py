"""Fewer taken than were offered: "Киев из предложенных ему 935 пленных взял только 279" tells of an offer and of a deal."""

import re
from collections.abc import Iterator

from processors.model import Kind, Side
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.kinds.actors import subject_of
from processors.stages.extraction.kinds.negation import negated
from processors.stages.extraction.kinds.rules import fires_on
from processors.stages.extraction.reading.clauses import Clause, Proposition


@fires_on("take_verb", "receive_verb", "agree")
def taken_in_part(clause: Clause) -> list[Proposition]:
    """What one side offered, and the part of it that the other took."""
    if not clause.sentence.has("offer"):
        return []
    if clause.content.count("N") != len(("part", "whole")):
        return _taken_only(clause)
    stretch = next(_offered(clause), None)
    taken = next((at for at, unit in enumerate(clause.units) if unit.classes & _TAKEN), None)
    if stretch is None or taken is None or negated(clause, taken):
        return []
    taker = _taker(clause, taken)
    return _parted(clause, stretch, OTHER_SIDE[taker]) if taker in OTHER_SIDE else []


def _taken_only(clause: Clause) -> list[Proposition]:
    """ "(Moscow offered 935), but Kyiv took only 279": the deal, behind the offer of more."""
    offered = _OFFERED_MORE.search(clause.sentence.act, 0, clause.low) is not None
    if not offered or clause.content.count("N") != 1 or "e" in clause.act:
        return []
    taken = next((at for at, unit in enumerate(clause.units) if unit.classes & _TAKEN), None)
    words = clause.sentence.words.only
    if taken is None or not any(set(unit.word.split()) & words for unit in clause.units[taken : taken + 2]):
        return []
    return [clause.made(Kind.AGREEMENT, "taken-in-part")] if _taker(clause, taken) in OTHER_SIDE else []


#: An offer with its number.
_OFFERED_MORE = re.compile("F[^;]*N")


_TAKEN = frozenset(("take_verb", "receive_verb", "agree"))


def _offered(clause: Clause) -> Iterator[range]:
    """ "(279) of the 935 offered", "из предложенных 935", "із 935, яких їй пропонували": the units that tell the whole."""
    view, words = clause.act, clause.sentence.words
    for at, unit in enumerate(clause.units):
        whole = _WHOLE.match(view, at + 1) if unit.word in words.part_of else None
        if whole is None:
            continue
        end = whole.end()
        if "F" in whole.group() or _WHOM_OFFERED.match(clause.sentence.act, clause.low + end):
            yield range(at, end)


#: Behind "of": a number, with those who are counted; and behind them that they were offered.
_WHOLE = re.compile("[^,;N]{0,3}N[PCURur]{0,2}(?:F[KM]?[PCURur]*)?")
_WHOM_OFFERED = re.compile("[^,;]{0,2},?q[^,;]{0,3}F")


def _taker(clause: Clause, taken: int) -> Side | None:
    """Who took them: the subject, else the side that the speaker does not stand for."""
    return subject_of(clause, taken) or (OTHER_SIDE.get(clause.side) if clause.side else None)


def _parted(clause: Clause, stretch: range, giver: Side) -> list[Proposition]:
    """The offer in its stretch, and the deal in what is left on the side of the other number."""
    first, last = clause.low + stretch.start, clause.low + stretch.stop
    before = "N" in clause.content[: stretch.start]
    deal = (clause.low, first) if before else (last, clause.high)
    offer = Proposition(Kind.OFFER, "of-those-offered", first + 1, last, giver)
    return [offer, Proposition(Kind.AGREEMENT, "taken-in-part", *deal, OTHER_SIDE.get(giver))]
