"""Lists of names: published, handed over, received; not those asked for, spoken of or withheld."""

import re

from processors.model import Kind, Side
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.kinds.actors import HANDING, actor_of, subject_of
from processors.stages.extraction.kinds.judgements import judged
from processors.stages.extraction.kinds.lists_named import with_the_other
from processors.stages.extraction.kinds.lists_traded import (
    the_other_list,
    where_the_other_begins,
    whose_list,
)
from processors.stages.extraction.kinds.negation import negated
from processors.stages.extraction.kinds.rules import fires_on
from processors.stages.extraction.reading.clauses import Clause, Proposition
from processors.stages.extraction.words.units import Unit


@fires_on("list", "publish")
def lists(clause: Clause) -> list[Proposition]:
    """A list that somebody hands over or publishes, or whose length a speaker tells."""
    view = clause.act
    if not ("L" in view or _names_given(clause)) or "f" in view or judged(clause) or clause.has("topic_off"):
        return []
    if _taken_from(clause):
        return []
    if clause.near and (sender := with_the_other(clause)):
        return [clause.made(Kind.LIST, "with-the-other", sender)]
    if not _given(clause) or _not_given(clause) or _by_list(clause, view.find("L")):
        return []
    if "A" in view and (
        clause.has("naming") or _IS_BLAMED.search(view)
    ):  # "called the publication of the list an operation": blame
        return []
    giver = _giver(clause)
    if giver is not None and clause.has("offered_to"):  # "Kyiv was sent a list"
        giver = OTHER_SIDE.get(giver)
    actor = giver or _giver_behind(clause) or whose_list(clause) or actor_of(clause, "L")
    other = where_the_other_begins(clause)
    if _LIST_RECEIVED.search(view[:other]):
        actor = OTHER_SIDE.get(actor, actor)
    found = [clause.made(Kind.LIST, "list", actor)]
    if other is not None:
        return the_other_list(clause, found[0], other)
    if actor in OTHER_SIDE and _of_the_offered(clause, actor):
        found.append(clause.made(Kind.OFFER, "list-offered", actor))
    return found


def _taken_from(clause: Clause) -> bool:
    """ "An appeal to strike them from the lists", "об исключении из списков": the lists are not what is given."""
    named = [at for at, letter in enumerate(clause.act) if letter == "L"]
    away = clause.sentence.words.away
    return bool(named) and all(at and clause.units[at - 1].word in away for at in named)


def _of_the_offered(clause: Clause, actor: Side | None) -> bool:
    """ "A list of prisoners whom it is willing to exchange": what a list is of is offered with it."""
    offered = _WILLING.search(clause.sentence.act, clause.low)
    if offered is None:
        return False
    whole = Clause(clause.sentence, clause.low, offered.end(), clause.speaker, clause.near)
    return subject_of(whole, offered.end() - 1 - clause.low) in {None, actor}


#: A list, and behind a relative who is ready to exchange those on it.
_WILLING = re.compile("L[^;]*q[^,;e]{0,4}y.?[XG]")


def _names_given(clause: Clause) -> bool:
    """ "Published 65 names": a list by another word."""
    units = clause.units
    return any(
        unit.word in clause.sentence.words.names
        and "N" in clause.content[max(0, at - 2) : at]
        and any("publish" in other.classes for other in units[max(0, at - _REACH) : at])
        for at, unit in enumerate(units)
    )


def _given(clause: Clause) -> bool:
    """Whether a verb of handing over stands with the list, or a speaker tells how many are on it."""
    if any(
        _hands_over(unit, clause) and not _only_asked_for(clause, at) for at, unit in enumerate(clause.units)
    ):
        return True
    told = clause.speaker is not None and set(clause.act).isdisjoint("gk") and _LIST_OF.search(clause.act)
    if told and not clause.has("receive_verb"):
        return True
    return _given_behind(clause)


def _only_asked_for(clause: Clause, at: int) -> bool:
    """ "Demanded that she hand over the list", "щоб вона передала списки": an infinitive without "managed to", or a wish."""
    wished = any(unit.word in clause.sentence.words.purpose for unit in clause.units[:at])
    return wished or (clause.infinitive(at) and not clause.has("success"))


def _by_list(clause: Clause, at: int) -> bool:
    """ "By our lists they hold 396", "in the published list there is no officer": nothing that anybody published."""
    words, before = clause.sentence.words, clause.units[max(0, at - 3) : max(0, at)]
    out_of = words.toward | words.part_of  # "two men out of the list published earlier"
    inside = any(unit.word in out_of for unit in before[:-1]) and "publish" in before[-1].classes
    # "В среду обнародовала список", "у Мінську передала список": when and where
    named = any(unit.capital and unit.word not in out_of for unit in before[:-1])
    inside = inside and not named and all(unit.day is None for unit in before)
    whose = before[:-1] if before[-1:] and before[-1].word in words.ours else before  # "who is on our lists"
    standing = whose[-1:] and whose[-1].word in (words.toward & words.where) | words.part_of
    if standing and whose is not before and not clause.has(*HANDING):
        return True
    if standing and "C" not in clause.act[at:] and _PEOPLE_ON.search(clause.act, 0, at):
        return True  # "we gave all who were on the list"
    return inside or any(unit.word in words.under - words.part_of for unit in before[-2:])


#: "(All) who were on the list": a relative clause before it.
_PEOPLE_ON = re.compile("G[^,;L]*,[.q][^,;GVTX]*$")


def _hands_over(unit: Unit, clause: Clause) -> bool:
    """A word of handing over, unless it names what is blamed ("called the publication of the list a provocation")."""
    return not unit.classes.isdisjoint(HANDING) and not ("statement" in unit.classes and clause.has("smear"))


def _not_given(clause: Clause) -> bool:
    """ "There is no list", "they have not sent it"."""
    if still_awaited(clause):
        return True
    return _NO_LIST.search(clause.act) is not None or any(
        unit.classes & HANDING and (negated(clause, at) or _to_come(clause, at))
        for at, unit in enumerate(clause.units)
    )


def _to_come(clause: Clause, at: int) -> bool:
    """ "A commission, which will draw up lists": "will" right before the verb."""
    return any("future" in unit.classes for unit in clause.units[max(0, at - 2) : at])


def still_awaited(clause: Clause) -> bool:
    """ "The lists for an exchange of 1,000, as agreed, have still not been handed over", "списки, як домовлено, не передані"."""
    behind = _AWAITED.search(clause.sentence.act, clause.low)
    if behind is None or behind.start() >= clause.high:
        return False
    return any(unit.classes & HANDING for unit in clause.sentence.units[behind.end() - 1 : behind.end() + 3])


#: A list, an aside, and what has not been done with it.
_AWAITED = re.compile("L[^,;]*,[^,;]{1,12},[^,;pKM]{0,3}e")
#: "A list of 640".
_LIST_OF = re.compile(r"L[^,;]{0,2}N")
#: "The list they published is a manipulation": a dash or nothing between, where a verb of giving would stand.
_IS_BLAMED = re.compile(r"L[^,;TXGVFfgk]{0,2}-[^,;]{0,3}A")
_NO_LIST = re.compile(r"e.{0,2}L")


def _given_behind(clause: Clause) -> bool:
    """ "The list of those whom Kyiv refused was published in May": the verb stands behind a relative clause."""
    main = _main_clause(clause)
    return main is not None and main.has("publish")


def _main_clause(clause: Clause) -> Clause | None:
    """What goes on behind the relative clause that follows this one."""
    relative = _RELATIVE.match(clause.sentence.act, clause.high)
    if relative is None:
        return None
    end = min(relative.end() + _REACH, len(clause.sentence.units))
    return Clause(clause.sentence, relative.end(), end, clause.speaker, clause.near)


def _giver_behind(clause: Clause) -> Side | None:
    """ "The list of those whom …, the ombudsman published": who gives it stands in the main clause too."""
    main = None if clause.has(*HANDING) else _main_clause(clause)
    return _giver(main) if main is not None else None


#: Units behind a relative clause among which the verb of the main one stands.
_REACH = 8
#: ", whom Kyiv refused,": up to the comma that closes the clause.
_RELATIVE = re.compile(",?q[^,;]*,")

#: "Received the list": who is named as the giver took it.
_LIST_RECEIVED = re.compile(r"V[^,;c]{0,8}L|L[^,;c]{0,8}V")


def _giver(clause: Clause) -> Side | None:
    """Who hands over the list: the side before the verb, not the one to whom it goes."""
    verb = next((at for at, unit in enumerate(clause.units) if unit.classes & HANDING), None)
    return subject_of(clause, verb) if verb is not None else None
