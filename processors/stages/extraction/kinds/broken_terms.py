"""Terms of an exchange that were broken, told without a word of breaking: charges kept up, others brought than were agreed."""

import re

from processors.model import Kind, Side
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.kinds.actors import subject_of
from processors.stages.extraction.kinds.rules import fires_on
from processors.stages.extraction.reading.clauses import Clause, Proposition


def broken_terms(clause: Clause) -> list[Proposition]:
    """What one side says that the other did to those freed, or with whom it brought."""
    if not clause.near or clause.speaker is None or clause.analyst:
        return []
    if _not_those_agreed(clause) or _names_swapped(clause):
        return [clause.made(Kind.VIOLATION, "not-those-agreed", _other(clause))]
    if _again_at_war(clause):
        return [clause.made(Kind.VIOLATION, "at-war-again", _other(clause))]
    return []


@fires_on("neg")
def uncleared(clause: Clause) -> list[Proposition]:
    """Charges that were not lifted from those freed, where nothing else is asserted."""
    if not clause.near or clause.speaker is None or clause.analyst or not not_cleared(clause):
        return []
    return [clause.made(Kind.VIOLATION, "not-cleared", _other(clause))]


def in_which_they_came(clause: Clause) -> list[Proposition]:
    """ "Ukrainians freed in September were found among the dead": a day and a party make a claim of what is mentioned."""
    content = set(clause.content)
    told = "D" in content and "T" in content and not content.isdisjoint("KMURur")
    fight = clause.has("at_war_again", "front")
    return [clause.made(Kind.EXCHANGE, "came-to-fight")] if told and fight else []


def _other(clause: Clause) -> Side | None:
    """The side that is blamed: nobody says so of their own."""
    return OTHER_SIDE.get(clause.side or Side.THIRD)


def not_cleared(clause: Clause) -> bool:
    """ "Kyiv has not cleared those freed of charges", "не провела очищення тих, кого звільнила": what they were promised."""
    words = clause.sentence.words
    if not (clause.has("freed") or _FREED.search(clause.sentence.content)):
        return False
    clearing = _first(clause, words.clearing)
    if clearing is None:
        clears, charges = _first(clause, words.clears), _first(clause, words.charges)
        if clears is None or charges is None or abs(clears - charges) > _BETWEEN:
            return False
        clearing = clears
    return "e" in clause.act[max(0, clearing - _BEFORE) : clearing + 1]


#: Those who came, in the words for handing over.
_FREED = re.compile("[XTGV]")
#: Units between clearing and the charges, and before it among which "not" stands.
_BETWEEN, _BEFORE = 8, 4


def _first(clause: Clause, beginnings: frozenset[str]) -> int | None:
    """The first unit with a word that begins so."""
    starts = tuple(beginnings)
    return next(
        (at for at, unit in enumerate(clause.units) if any(p.startswith(starts) for p in unit.word.split())),
        None,
    )


def _not_those_agreed(clause: Clause) -> bool:
    """ "Brought not all whose names were agreed", "привёз не тех, кого согласовали"."""
    if clause.side not in OTHER_SIDE or not (clause.about or clause.has("travel", "publish")):
        return False
    those = clause.sentence.words.those_whom
    return any(
        clause.units[found.start() + 1].word in those
        for found in _NOT_THOSE.finditer(clause.act)
        if found.start()
    )


#: "Not those whom … agreed".
_NOT_THOSE = re.compile("e[.*C],?[q.][^,;]{0,4}[gk]")


def _names_swapped(clause: Clause) -> bool:
    """ "Kyiv tried to replace some of the names on the last day", said by the other side."""
    if clause.side not in OTHER_SIDE or "e" in clause.act:
        return False
    swaps = next((at for at, unit in enumerate(clause.units) if "swaps_names" in unit.classes), None)
    if swaps is None or subject_of(clause, swaps) is clause.side:
        return False
    behind = clause.units[swaps + 1 : swaps + 1 + _NAMES]
    return any("list" in unit.classes or unit.word in clause.sentence.words.names for unit in behind)


#: Units behind "replaced" among which the names stand.
_NAMES = 4


def _again_at_war(clause: Clause) -> bool:
    """ "Men freed in May were found among the dead", "взяли в плен того, кого уже меняли": they fight once more."""
    return clause.has("at_war_again") and (
        clause.sentence.has("freed") or _WHO_CAME.search(clause.sentence.content) is not None
    )


#: "Whom Moscow took back".
_WHO_CAME = re.compile("[q,][^,;]{0,4}[TGXV]")
