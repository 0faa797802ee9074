"""Lists that are handed over in passing: the one that is refused, and the one that the other side has by now."""

import re

from processors.model import Kind, Side
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.kinds.actors import HANDING, subject_of
from processors.stages.extraction.kinds.negation import negated
from processors.stages.extraction.reading.clauses import Clause, Proposition


def list_refused(clause: Clause, refusal: Proposition) -> list[Proposition]:
    """ "Moscow strikes marines from the lists that Kyiv hands it": handed over too; "lists passed on" only names them."""
    giver = OTHER_SIDE.get(refusal.actor) if refusal.actor else None
    if giver is None or "L" not in clause.act or clause.analyst:
        return []
    listed = clause.act.index("L")
    if not _whatever(clause, clause.low + listed) and _is_of(clause, listed, giver):
        return [clause.made(Kind.LIST, "list-refused", giver)]
    behind = _HANDED.search(clause.sentence.act, clause.low)
    if behind is None or behind.start() >= clause.high or _whatever(clause, behind.start()):
        return []
    if not _gives(clause, behind, giver):
        return []
    return [clause.made(Kind.LIST, "list-refused", giver)]


def _whatever(clause: Clause, at: int) -> bool:
    """ "Strikes their names off every list that Kyiv hands over": no list in particular."""
    return clause.sentence.units[at - 1].word in clause.sentence.words.whatever


def _is_of(clause: Clause, at: int, giver: Side) -> bool:
    """ "Rejected the Ukrainian list", "Kyiv's lists", "наш перелік", "списки Києва": whose it is, right beside it."""
    words, before = clause.sentence.words, clause.units[max(0, at - _OWNER) : at]
    if before and before[-1].word in words.prepositions:
        return False  # "вносит наших в список"
    if any(unit.word in words.ours for unit in before):
        return clause.side is giver
    beside = [unit for unit in before if unit.possessive or unit.classes & {"ua_adj", "ru_adj"}]
    beside += [unit for unit in clause.units[at + 1 : at + 2] if unit.word in words.state_genitives]
    return any(_HOLDERS[cls] is giver for unit in beside for cls in unit.classes & _HOLDERS.keys())


#: Units before a list among which stands whose it is.
_OWNER = 2
#: A list, and what stands behind it up to the next mark, one comma apart.
_HANDED = re.compile("L(?P<told>[^,;]{0,4},?[^,;]{1,9})")


def _gives(clause: Clause, told: re.Match[str], giver: Side) -> bool:
    """Whether a verb of handing over stands in the relative clause, with nobody else as its subject."""
    sentence = clause.sentence
    whole = Clause(sentence, told.start(), told.end(), clause.speaker, clause.near)
    verb = next((at for at in range(1, len(whole.units)) if _hands(whole, at)), None)
    if verb is None or "q" not in whole.act[:verb]:
        return False
    named = {_HOLDERS[cls] for unit in whole.units[1:] for cls in unit.classes & _HOLDERS.keys()}
    # "The lists that it hands over", "що їх надсилає Київ": who gives them may stand behind, and the pronoun be the lists.
    return giver in named or not named or subject_of(whole, verb) in {None, giver}


def _hands(clause: Clause, at: int) -> bool:
    handing = not clause.units[at].classes.isdisjoint(HANDING)
    return handing and not negated(clause, at) and not clause.infinitive(at)


def with_the_other(clause: Clause) -> Side | None:
    """ "The list is already with the Russians", "список уже лежит в Кремле": who has it by now was given it."""
    if "L" not in clause.act or "e" in clause.act:
        return None
    lies = next((at for at, unit in enumerate(clause.units) if "lies_with" in unit.classes), None)
    if lies is None or not set(clause.act[:lies]).isdisjoint("oXTVf"):
        return None
    for unit in clause.units[lies + 1 : lies + 1 + _WITH_WHOM]:
        holder = next((side for cls, side in _HOLDERS.items() if cls in unit.classes), None)
        if holder:
            return OTHER_SIDE[holder]
    return None


#: Units behind "lies with" among which stands with whom.
_WITH_WHOM = 3
_HOLDERS = {
    "ua_state": Side.UA,
    "ru_state": Side.RU,
    "ua_people": Side.UA,
    "ru_people": Side.RU,
    "ua_adj": Side.UA,
    "ru_adj": Side.RU,
}
