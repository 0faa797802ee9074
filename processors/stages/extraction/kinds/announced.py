"""An exchange without figure or day that somebody announces: "the Headquarters reported another swap with Russia"."""

from processors.stages.extraction.reading.clauses import Clause


def announced(clause: Clause) -> str:
    """The rule by which it is held: it is the very object of the verb, and not talks, plans or a date for one."""
    who = clause.speaker
    if who is None or not who.known or who.analyst or who.type == "state":
        return ""
    if not set(clause.act).isdisjoint(_NOT_YET):
        return ""
    one = clause.content.find("E")
    if one < 0 or not clause.sentence.has("say") or not _names_one(clause, one):
        return ""
    return "held" if _is_object(clause, one) else ""


#: Plans, lists, offers, refusals, pauses, doubts, wishes and conditions.
_NOT_YET = frozenset("φkogğFyefSJL?q")


def _names_one(clause: Clause, at: int) -> bool:
    """One exchange, not exchanges, "all for all", or "an exchange deal"."""
    unit, words = clause.units[at], clause.sentence.words
    if not (words.exchanges | words.whatever).isdisjoint(unit.word.split()):
        return False
    if any(other.ratio is not None for other in clause.units):
        return False
    behind = at + 1
    while behind < len(clause.units) and _tells_whom(clause, behind):
        behind += 1
    following = clause.units[behind : behind + 1]
    if clause.units[behind - 1].word in words.about:
        return False  # "an exchange of lists", "of all for all"
    return all("mark" in other.classes or other.word in words.prepositions for other in following)


def _tells_whom(clause: Clause, at: int) -> bool:
    """ "Of Ukrainian prisoners"."""
    unit = clause.units[at]
    return not unit.classes.isdisjoint(_WHOM) or unit.word in clause.sentence.words.about


_WHOM = frozenset(("captive", "ua_adj", "ru_adj"))


def _is_object(clause: Clause, at: int) -> bool:
    """ "Announced another swap", "сообщили о новом обмене"; "о новом обмене сообщил X", where it leads."""
    units, words = clause.units, clause.sentence.words
    before = at - 1
    while before >= 0 and (units[before].word in words.one_more or "captive" in units[before].classes):
        before -= 1
    led = before >= 0 and units[before].word in words.about
    before -= led
    if before < 0:
        return led and any(_announces(clause, behind) for behind in range(at + 1, len(units)))
    return _announces(clause, before)


def _announces(clause: Clause, at: int) -> bool:
    unit = clause.units[at]
    return "say" in unit.classes and not clause.sentence.words.announces.isdisjoint(unit.word.split())
