"""Words of agreeing and planning that tell of no deal: lists or mail agreed on, hopes, thanks, what is always so."""

import re

from processors.stages.extraction.kinds.held import only_after, too_early, were_to_return
from processors.stages.extraction.kinds.kept_deals import only_judged, only_possible, only_wished
from processors.stages.extraction.kinds.unheld import at_all_times, of_other_deal, the_more_the_more
from processors.stages.extraction.reading.clauses import Clause


def of_other_things(clause: Clause) -> bool:
    """Lists, mail or goods are agreed on, and no exchange."""
    return (
        _agrees_lists(clause)
        or _agrees_on_mail(clause)
        or _agreed_list(clause)
        or of_other_deal(clause.sentence)
    )


def _agreed_list(clause: Clause) -> bool:
    """ "Their names were on the agreed list", "в узгодженому списку": a participle, and no deal that is made."""
    endings = tuple(clause.sentence.words.modifier_endings)
    agreed = [at for at, letter in enumerate(clause.act) if letter in "gğk"]
    return bool(endings and agreed) and all(
        clause.units[at].word.endswith(endings) and clause.act[at + 1 : at + 2] == "L" for at in agreed
    )


def _agrees_on_mail(clause: Clause) -> bool:
    """ "Agreed to go on delivering parcels to the prisoners": nobody is moved."""
    return clause.has("mail") and set(clause.content).isdisjoint("EXN%")


def not_talked_of(clause: Clause) -> bool:
    """ "Did not comment on the coming exchange"."""
    first = next((at for at, letter in enumerate(clause.act) if letter in "gğkφ"), 0)
    if too_early(clause) or _ought_to(clause):
        return True
    return clause.has("silent") and any("silent" in unit.classes for unit in clause.units[:first])


def _ought_to(clause: Clause) -> bool:
    """ "Дату слід погодити до п'ятниці": what is still to be agreed."""
    at = clause.act.find("g")
    return at > 0 and clause.units[at - 1].word in clause.sentence.words.ought


def _agrees_lists(clause: Clause) -> bool:
    """ "Согласование списков на обмен начнётся в феврале": lists are to be agreed, and no exchange is."""
    lists = next((at for at, unit in enumerate(clause.units) if {"list", "talk"} <= unit.classes), None)
    if lists is None:
        return False
    return set(clause.act[:lists]).isdisjoint("EXTgk") and set(clause.content).isdisjoint("XTGN%")


def are_unwilling(clause: Clause) -> bool:
    """ "43 of those who were to be handed over refused to go": people who stayed, and no deal."""
    if not clause.sentence.has("unwilling"):
        return False
    named = _AGREED_ONES.search(clause.act) is not None or set(clause.act).isdisjoint("EXgğ")
    return clause.has("due") or named or were_to_return(clause)


#: "The 110 people agreed on".
_AGREED_ONES = re.compile("N.?[PCUR]+g")


def is_wish(clause: Clause) -> bool:
    """A hope, preparations that are over or that somebody is thanked for, or a plan without a day yet."""
    return (
        _hoped_for(clause)
        or only_wished(clause)
        or only_judged(clause)
        or _credited(clause)
        or _undated(clause)
        or only_possible(clause)
        or at_all_times(clause)
    )


def _credited(clause: Clause) -> bool:
    """ "Thanked the envoy for his role in arranging an exchange": what somebody had a part in, and nothing planned."""
    planned = clause.act.find("k")
    roles = clause.sentence.words.roles
    before = clause.units[max(0, planned - _ROLE) : max(0, planned)]
    part = any(unit.word.rpartition(" ")[2] in roles for unit in before)
    return part and "g" not in clause.act and "," not in clause.act[max(0, planned - _ROLE) : planned]


#: Units before the preparations within which the part in them stands.
_ROLE = 6


def _undated(clause: Clause) -> bool:
    """ "No date has been set for the next swap": the next one is only named, unless it is agreed."""
    planned = [unit for unit in clause.units if "plan" in unit.classes]
    if "g" in clause.act or not all("exchange_noun" in unit.classes for unit in planned):
        return False
    named = any(unit.word in clause.sentence.words.calendar_nouns for unit in clause.units)
    unknown = clause.has("undated") or (named and "e" in clause.act)
    return unknown and set(clause.content).isdisjoint("D%")


def _hoped_for(clause: Clause) -> bool:
    """ "Kyiv is counting on the exchanges to resume", "denied that a deal had been reached": wished for, or not so."""
    first = next((at for at, letter in enumerate(clause.act) if letter in "gğkφ"), 0)
    hoped = any(unit.classes >= {"aim", "talk"} for unit in clause.units[:first])
    return hoped or "d" in clause.act[:first]


def dated_by_one(clause: Clause) -> bool:
    """ "After the exchange Moscow will hand over a memorandum": the exchange only dates what is planned."""
    return "g" not in clause.act and only_after(clause)


def whenever(clause: Clause) -> bool:
    """ "When an exchange is being prepared, people must be clothed": of any exchange, and of none."""
    first = next((at for at, letter in enumerate(clause.act) if letter in "gğk"), 0)
    if the_more_the_more(clause.sentence):
        return True
    opening = [unit.word for unit in clause.units[max(0, first - _OPENS) : first]]
    general = set(clause.content).isdisjoint("ND%*O")
    return general and not clause.sentence.words.subordinate.isdisjoint(opening)


#: Units between "when" and what is planned.
_OPENS = 2
