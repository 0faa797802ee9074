"""Offers told of otherwise than by offering: one that still stands, one that somebody made, a promise of one side."""

import re

from processors.model import Kind, Precision, Side
from processors.stages.extraction.days.dates import Basis
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.kinds.actors import subject_of
from processors.stages.extraction.kinds.negation import negated
from processors.stages.extraction.reading.clauses import Clause, Proposition


def still_open(clause: Clause) -> list[Proposition]:
    """ "The offer still stands", "предложение Киева остаётся в силе": of the side that is named with it, or the speaker's."""
    if not clause.near or clause.analyst or not clause.has("stands_open") or clause.has("other_matter"):
        return []
    at = next(at for at, unit in enumerate(clause.units) if "stands_open" in unit.classes)
    low = max(0, at - _REACH)
    noun = next((low + by for by, unit in enumerate(clause.units[low:at]) if "idea" in unit.classes), None)
    if noun is None or negated(clause, at) or "o" in clause.act[:at]:
        return []
    actor = _whose(clause, noun, at) or clause.side
    return [clause.made(Kind.OFFER, "still-open", actor)] if actor else []


#: Units before "still stands" among which the offer is named.
_REACH = 6


def _whose(clause: Clause, noun: int, end: int) -> Side | None:
    """ "Kyiv's proposal", "the Russian offer", "пропозиція Києва"."""
    beside = (unit.classes for unit in clause.units[max(0, noun - 1) : end])
    return next((side for classes in beside for cls, side in _SIDES.items() if cls in classes), None)


_SIDES = {"ua_adj": Side.UA, "ua_state": Side.UA, "ru_adj": Side.RU, "ru_state": Side.RU}


def was_made(clause: Clause, noun: int, maker: Side) -> bool:
    """ "(No answer to) the proposal that Kyiv made in May", "to a proposal made by Kyiv": the noun tells of its making."""
    made = _MADE.match(clause.act, noun + 1)
    if made is None:
        return False
    behind = clause.units[noun + 1 : made.end() + _VERB]
    sides = (side for unit in behind for cls, side in _SIDES.items() if cls in unit.classes)
    return next(sides, None) is maker and any("tabled" in unit.classes for unit in behind)


#: "(The proposal), which Kyiv", "(the proposal) made by Kyiv"; units behind it within which the verb may stand.
_MADE, _VERB = re.compile("[^;]{0,3}[KM]"), 3


def told_otherwise(clause: Clause) -> list[Proposition]:
    """An offer by another word than that of offering."""
    return still_open(clause) or sends_proposals(clause) or promises_to(clause)


def promised(clause: Clause) -> bool:
    """ "She promised that another exchange would be held": the word of one side, unless both are to move or its day is set."""
    both = clause.has("each", "ratio", "sides", "agree", "agree_noun", "under_way") or _BOTH.search(
        clause.act
    )
    set_for = any(
        unit.day is not None and unit.day.precision in _SET and unit.basis != Basis.YEAR
        for unit in clause.units
    )
    speaker = clause.speaker
    alone = clause.side in OTHER_SIDE or (speaker is not None and speaker.type == "noun")
    return alone and clause.spoken("promising") and not (both or set_for)


_BOTH = re.compile("[KM][^,;]{0,3}c[^,;]{0,3}[KM]")
_SET = frozenset((Precision.DAY, Precision.MONTH))


def sends_proposals(clause: Clause) -> list[Proposition]:
    """ "Ukraine puts proposals to the Russian side", "Киев направил Москве предложения": of no other matter."""
    if not clause.concerned or clause.analyst or clause.has("other_matter") or not clause.has("tabled"):
        return []
    for at, unit in enumerate(clause.units):
        if "tabled" not in unit.classes or negated(clause, at) or clause.infinitive(at):
            continue
        behind = clause.units[at + 1 : at + 1 + _REACH]
        maker = subject_of(clause, at)
        named = any(other.classes & _PROPOSALS for other in behind)
        to = (side for other in behind for cls, side in _SIDES.items() if cls in other.classes)
        if named and maker in OTHER_SIDE and next(to, None) is OTHER_SIDE[maker]:
            return [clause.made(Kind.OFFER, "sends-proposals", maker)]
    return []


_PROPOSALS = frozenset(("idea", "offer_noun"))


def promises_to(clause: Clause) -> list[Proposition]:
    """ "Russia promised in addition to hand over 23 wounded": a side's word, what it will do soon behind it."""
    for at, unit in enumerate(clause.units):
        if "promising" in unit.classes and (moves := _TO_MOVE.match(clause.act, at + 1)):
            maker = subject_of(clause, at)
            if maker in OTHER_SIDE and clause.infinitive(moves.end() - 1):
                return [clause.made(Kind.OFFER, "promise", maker)]
    return []


#: A few words, and what moves people.
_TO_MOVE = re.compile("[^,;qKM]{0,4}[XTG]")
