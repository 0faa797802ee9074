"""A second list in a clause: "gave her a list of 150 and got one in return", "Kyiv handed over 300 names and Moscow 180"."""

import re

from processors.model import Kind, Side
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.reading.clauses import Clause, Proposition


def whose_list(clause: Clause) -> Side | None:
    """ "The Russian list had 90 names", "Kyiv's list": whose it is, right before it."""
    at = clause.act.find("L")
    owner = clause.units[at - 1] if at > 0 else None
    if owner is None or not (owner.possessive or owner.classes & _ADJECTIVES):
        return None
    return next((side for side, classes in _WHOSE.items() if owner.classes & classes), None)


def where_the_other_begins(clause: Clause) -> int | None:
    """The unit at which the clause passes to the other side's list, if it does."""
    listed = clause.act.find("L")
    if listed < 0:
        return None
    if (got := _got_back(clause, listed)) is not None:
        return got
    gap = _AND_THEIRS.search(clause.content, listed)
    return gap.start("whose") if gap is not None and "N" in clause.content[listed : gap.start()] else None


def _got_back(clause: Clause, listed: int) -> int | None:
    """ "And received one from her in return", "навзаєм дістала інші", not "received 20 prisoners in return"."""
    words, units = clause.sentence.words, clause.units
    traded = clause.content.find("<", listed)
    if traded < 0:
        return None
    for at in range(max(listed, traded - _FAR), min(len(units) - 1, traded + _NEAR)):
        given = "publish" in units[at].classes and units[at - 1].word in words.being
        if not (given or "receive_verb" in units[at].classes):
            continue
        if any(unit.word in words.one_back for unit in units[at + 1 : at + 1 + _NEAR]):
            return at
    return None


#: Units before "in return", and behind it or behind the verb, among which stands what somebody got.
_FAR, _NEAR = 7, 3


def the_other_list(clause: Clause, first: Proposition, at: int) -> list[Proposition]:
    """The two lists: that of the side that the clause begins with, and that of the other one."""
    if first.actor is None or first.actor not in OTHER_SIDE:
        return [first]
    where = clause.low + at
    numbers = [i for i in range(where, clause.high) if clause.sentence.content[i] == "N"]
    start = numbers[-1] if numbers and numbers[-1] > where and "<" not in clause.content[at:] else where
    if not _of_the_other(clause, at, first.actor):
        return [first]
    first.end = where
    return [first, Proposition(Kind.LIST, "list-in-return", start, clause.high, OTHER_SIDE[first.actor])]


def _of_the_other(clause: Clause, at: int, side: Side) -> bool:
    """Whether who is named at the joint, if anybody is, is not the side of the first list."""
    return clause.units[at].classes.isdisjoint(_STATE[side])


_ADJECTIVES = frozenset(("ua_adj", "ru_adj"))
_WHOSE = {Side.UA: frozenset(("ua_adj", "ua_state")), Side.RU: frozenset(("ru_adj", "ru_state"))}
_STATE = {Side.UA: frozenset(("ua_state",)), Side.RU: frozenset(("ru_state",))}
#: ", and Russia 180", ", а Россия — из 180", "and Russia one of 180".
_AND_THEIRS = re.compile("[,;cX].?(?P<whose>[KM])[-,]{0,2}(?:N[.])?[.]{0,2}N(?![^,;]{0,2}[TGVX])")
