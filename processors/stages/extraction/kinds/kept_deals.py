"""Deals and plans that are no news of their own: the exchange that was agreed or planned was held, or is only spoken of."""

import re

from processors.stages.extraction.kinds.intentions import begun, only_intended, thought_due
from processors.stages.extraction.kinds.unheld import hoped
from processors.stages.extraction.reading.clauses import Clause, has_phrase


def held_as_agreed(clause: Clause) -> bool:
    """ "They swapped 84 prisoners, in one of the exchanges agreed in Istanbul", "outside the agreed numbers": held."""
    agreed = clause.act.find("g")
    if agreed < 1:
        return False
    if _agreed_before(clause, agreed) or _under_the_deal(clause, agreed) or _which_were(clause, agreed):
        return True
    of_terms = clause.units[agreed - 1].word in clause.sentence.words.definite
    if not (of_terms or _AGREED_ONE.search(clause.act, 0, agreed)):
        return False
    if not of_terms and _under_one(clause, agreed):
        return True
    if begun(clause, agreed - 1):
        return True
    return _TOLD.search(clause.content, 0, agreed) is not None and not only_intended(clause)


def _which_were(clause: Clause, agreed: int) -> bool:
    """ "They swapped 300 prisoners, whom they had agreed to swap in Istanbul": which ones, with no day or figure of the deal."""
    sentence, at = clause.sentence, clause.low + agreed
    led = _WHICH_WERE.match(sentence.act, 0, at)
    if led is None or _COUNTED_MOVE.search(sentence.act, 0, led.end(1)) is None:
        return False
    return set(sentence.content[led.end(1) : clause.high]).isdisjoint("ND%")


#: What was done, nothing planned, offered or denied in it, and the relative that leads to the deal.
_WHICH_WERE = re.compile("([^;gkφoefFyJ?]*),[.]?q[^;,k]{0,8}$")
#: People counted, and what moved them.
_COUNTED_MOVE = re.compile("[XTG][^;]*N|N[^;]*[XTG]")


def _under_the_deal(clause: Clause, agreed: int) -> bool:
    """ "Handed over 75 people under the deal": it was kept, and is no news."""
    under = has_phrase(clause.units[agreed : agreed + 1], clause.sentence.words.under)
    told = under and _TOLD.search(clause.content, 0, agreed) is not None
    return told and set(clause.act).isdisjoint("φko") and not only_intended(clause)


#: "The exchange agreed", "обмена, согласованного", "обмена, о котором договорились".
_AGREED_ONE = re.compile("E(?:,.?q?)?$")


def _under_one(clause: Clause, agreed: int) -> bool:
    """ "Under the terms of a swap agreed last year": the deal is no news."""
    words, leading = clause.sentence.words, clause.units[max(0, agreed - _TERMS) : agreed]
    apart = clause.act[agreed - 1] != "E"  # "в ходе обмена, согласованного …", no "after a swap was agreed"
    return has_phrase(leading, words.under - words.part_of | (words.timed_by if apart else frozenset[str]()))


#: Units before an agreed exchange among which "under the terms of" stands.
_TERMS = 7
#: A figure or a day with what moves people.
_TOLD = re.compile(r"[XTG].*[N%D]|[N%D].*[XTG]")


def names_agreed_one(clause: Clause) -> bool:
    """ "В рамках согласованного обмена вернулись 95", "имена были в согласованном списке": which one, and no deal told."""
    agreed = [at for at, letter in enumerate(clause.act) if letter == "g"]
    if not agreed or not set(clause.act).isdisjoint("kφğ") or clause.has("naming"):
        return False
    return all(_is_modifier(clause, at) and _AGREED_NOUN.match(clause.act, at + 1) for at in agreed)


def _is_modifier(clause: Clause, at: int) -> bool:
    """Whether the word is a participle with the ending of an adjective, or one behind an article or adverb ("the agreed")."""
    words = clause.sentence.words
    if words.modifier_endings:
        word = clause.units[at].word
        return " " not in word and word.endswith(tuple(words.modifier_endings))
    before = clause.units[at - 1].word if at else ""
    led = before in words.attributive or before in words.earlier_told
    return led and clause.units[at].word in words.agreed_ones


#: The noun behind its participle.
_AGREED_NOUN = re.compile("[.?]{0,2}[EL]")


def only_wished(clause: Clause) -> bool:
    """ "Сподіваються, що обмін до кінця року відбудеться", "preparations took long": no plan, but a hope or a look back."""
    words = clause.sentence.words
    if thought_due(clause) or hoped(clause):
        return True
    return any(
        unit.word in words.preparations
        and any(behind.word in words.lasted for behind in clause.units[at + 1 : at + _LASTED])
        for at, unit in enumerate(clause.units)
    )


#: Units behind preparations among which stands how long they took.
_LASTED = 10


def held_as_planned(clause: Clause) -> bool:
    """ "The exchange planned for the 24th, …, took place", "further exchanges were carried out"."""
    if _planned_was_held(clause) or _held_one_told(clause) or _came_of_it(clause):
        return True
    plans = [unit for unit in clause.units if "plan" in unit.classes]
    further = plans and all(not unit.classes.isdisjoint(("exchange_noun", "stage")) for unit in plans)
    if further and clause.has("happened") and set(clause.act).isdisjoint("φog"):
        return True
    return any(
        "happened" in unit.classes
        for plan in _PLANNED.finditer(clause.act)
        for unit in clause.units[plan.end() : plan.end() + _TOOK_PLACE]
    )


def _held_one_told(clause: Clause) -> bool:
    """ "An exchange took place, which diplomats had prepared for a year": which one it was that was held."""
    told = _WHICH_ONE.match(clause.act)
    if told is None or not set(clause.act).isdisjoint("φoe"):
        return False
    return any("happened" in unit.classes for unit in clause.units[: told.end()])


#: An exchange with nothing planned or agreed before it, a relative behind it, and nothing else in that.
_WHICH_ONE = re.compile("[^;gkqF]*E[^;gkq]{0,9},[.]?q(?=[^;EXTN%]*$)")


def _came_of_it(clause: Clause) -> bool:
    """ "An exchange was held, as a result of which 22 will return home", "в ходе которого вернутся 22": those on their way."""
    held = _AND_MARK.match(clause.act)
    if held is None or not any("happened" in unit.classes for unit in clause.units[: held.end()]):
        return False
    return has_phrase(clause.units[held.end() : held.end() + _OUTCOME], clause.sentence.words.outcome)


#: An exchange, nothing planned or agreed before it, and the mark behind it; units in which "as a result of which" stands.
_AND_MARK, _OUTCOME = re.compile("[^,;kgφoe]*E[^,;]*,"), 4


def _planned_was_held(clause: Clause) -> bool:
    """ "Анонсированный двухдневный обмен завершился": a participle, and behind the exchange that it was held."""
    planned = _PLANNED_BEFORE.search(clause.act)
    if planned is None or not set(clause.act).isdisjoint("φoe") or clause.act.count("k") > 1:
        return False
    return any("happened" in unit.classes for unit in clause.units[planned.end() : planned.end() + _WAS_HELD])


#: "The planned two-day exchange", and units behind it among which "was completed" stands.
_PLANNED_BEFORE = re.compile("k[^,;egXTG]{0,2}E")
_WAS_HELD = 6
#: Units behind the insertion that tells of the plan among which "took place" stands.
_TOOK_PLACE = 2
#: "The exchange, which was planned for the 24th,".
_PLANNED = re.compile("E[^;]{0,5},q?[^,;]{0,5}[kg][^,;]*,")


def _agreed_before(clause: Clause, agreed: int) -> bool:
    """ "The exchange, which was agreed in Istanbul, took place", "calls on them not to delay the exchanges agreed"."""
    which = _AGREED_BEFORE.search(clause.act[: agreed + 1])
    if which is None or _WHAT_FOR.match(clause.act, agreed + 1):
        return False
    own = max(which.start(), clause.act.rfind(",", which.start(), agreed)) + 1
    if any(not unit.classes.isdisjoint(_SUBJECTS) for unit in clause.units[own:agreed]):
        return False
    if clause.has("happened") and set(clause.act).isdisjoint("φo"):
        return True
    before = range(max(0, which.start() - _OBJECT), which.start())
    return any(clause.infinitive(at) and not clause.units[at].classes & _MOVING for at in before)


#: An exchange and the participle that tells where it was agreed, in a relative clause or not.
_AGREED_BEFORE = re.compile("E(?:[^;gk]{0,9},)?[^,;cgk]{0,4}g$")
#: "Agreed to exchange": what is agreed is still to come.
_WHAT_FOR = re.compile("[^,;]{0,3}[EXTG]")
#: Units before an exchange among which the verb stands whose object it is.
_OBJECT = 4
#: Who agrees on it, between the exchange and the verb.
_SUBJECTS = frozenset(("sides", "speaker", "ua_state", "ru_state", "pronoun", "name"))
_MOVING = frozenset(("exchange_verb", "return_verb", "give_verb"))


def to_stay(clause: Clause) -> bool:
    """ "The five were to be kept in Turkey as part of a swap": where those freed were to live is no deal of its own."""
    return any(
        any("stay" in behind.classes for behind in clause.units[at : at + within])
        for at, unit in enumerate(clause.units)
        for cls, within in _BOUND_TO
        if cls in unit.classes
    )


#: "Were to remain", "will remain", and units among which the staying is told.
_BOUND_TO = (("due", 4), ("future", 2))


def only_possible(clause: Clause) -> bool:
    """ "Discussed a possible swap": no plan, unless somebody tells of its day or size."""
    if not clause.has("possible") or "g" in clause.act:
        return False
    vague = clause.speaker is None or set(clause.content).isdisjoint("DN%")
    return vague or clause.has("talk", "comment", "silent")


def only_judged(clause: Clause) -> bool:
    """ "The swap would be a good step", "обмін стане кроком до миру": what it is thought to be, and nothing agreed."""
    ahead = next((at for at, unit in enumerate(clause.units) if "future" in unit.classes), None)
    if ahead is None or "g" in clause.act:
        return False
    behind = clause.units[ahead + 1 : ahead + _JUDGED]
    return any(unit.word in clause.sentence.words.judged_as for unit in behind)


#: Units behind "would be" among which what it is judged to be stands.
_JUDGED = 7
