"""Which dates of a sentence are none of the event that it tells of: those of captures, battles, offers and datelines."""

import re

from processors.model import Kind, Precision
from processors.stages.extraction.days.dates import Basis
from processors.stages.extraction.reading.clauses import Proposition, has_phrase
from processors.stages.extraction.speakers.in_passing import is_day_of_naming
from processors.stages.extraction.words.units import Sentence


def of_something_else(sentence: Sentence, at: int, one: Proposition) -> bool:
    """Whether the day at a unit is that of something beside what is asserted."""
    return (
        is_filing_day(sentence, at)
        or of_capture(sentence, at)
        or _of_aside(sentence, at)
        or _of_another(sentence, at)
        or _is_like(sentence, at)
        or is_day_of_naming(sentence, at)
        or _is_apart(sentence, at)
        or _of_talks(sentence, at, one)
        or _beside_kind(sentence, at, one)
    )


def _of_talks(sentence: Sentence, at: int, one: Proposition) -> bool:
    """ "On Monday they held the swap agreed at talks in Istanbul on 2 June": of two days the one that talks were held on."""
    if one.kind is not Kind.EXCHANGE or sentence.content.count("D") == 1:
        return False
    low = max(0, at - _MET)
    begin = max((sentence.content.rfind(letter, low, at) for letter in "EXTGN;D"), default=-1) + 1
    near = sentence.units[max(low, begin) : at]
    return any(unit.word.rpartition(" ")[2] in sentence.words.gatherings for unit in near)


#: Units between talks and their day.
_MET = 6


def _beside_kind(sentence: Sentence, at: int, one: Proposition) -> bool:
    """What a day is not for claims of this kind; back at the front, people were after the day of their exchange."""
    if one.kind is Kind.REFUSAL:
        return _of_offer(sentence, at)
    if one.kind is Kind.ASSESSMENT:
        return _of_purpose(sentence, at)
    if one.kind is Kind.OFFER:
        return _any_day(sentence, at, one)
    return one.rule == "to-the-front"


def _of_aside(sentence: Sentence, at: int) -> bool:
    """ "In Kursk region, where an incursion began in August": a relative clause on something else has its own day."""
    found = _ASIDE.search(sentence.content, 0, at)
    return found is not None and any("elsewhere" in unit.classes for unit in sentence.units[found.end() : at])


#: A comma and a relative, and nothing of an exchange up to the day.
_ASIDE = re.compile("[,][.]?q(?=[^EXTtGVNCB,;]*$)")


def of_capture(sentence: Sentence, at: int) -> bool:
    """ "Assault troops captured in 2024", "men who defended Mariupol in early 2022": when somebody was taken, or fought."""
    day = sentence.units[at].day
    reach = _CAPTURED if day and day.precision is Precision.DAY else _FOUGHT
    stems = tuple(sentence.words.capture)
    near = range(max(0, at - reach), at)
    taken = [
        where
        for where in near
        if sentence.units[where].word.startswith(stems) and not _modifies(sentence, where)
    ]
    if not taken:
        return False
    # "Потрапили в полон"; but the phrase "потрапили додому" is a return.
    alone = " " not in sentence.units[taken[-1]].word
    return set(_ROW.sub("", sentence.content[taken[-1] + alone : at])).isdisjoint("EXTGVt,;")


def _modifies(sentence: Sentence, at: int) -> bool:
    """ "Wounded prisoners were exchanged on 9 June", "обмен ранеными начнётся 9 июня": an adjective tells of no capture."""
    view = sentence.content
    return view[at + 1 : at + 2] in {"C", "P", "U", "R"} or view[max(0, at - 1) : at] == "E"


def _of_offer(sentence: Sentence, at: int) -> bool:
    """ "Has not answered the proposal that Kyiv made in November": the day of what is left unanswered."""
    return _OFFERED.search(sentence.act, 0, at) is not None


#: A proposal or a list, and up to the day what tells of its making: a relative clause, or a participle.
_OFFERED = re.compile("[FL][^,;fc]{0,9}(?:,?.?q|G)[^,;f]*$|[FL][^,;fc]{0,4},[.G][^,;f]{0,3}$")


def _of_purpose(sentence: Sentence, at: int) -> bool:
    """ "To stir up protests ahead of winter": a day beside no exchange or list is none of what is judged."""
    beside = re.split("[,;]", sentence.content[:at])[-1][-_JUDGED:] + sentence.content[at + 1 : at + 3]
    return set(beside).isdisjoint("EXTtGVL") and not sentence.has("message", "statement")


#: Units before its day in which what is judged is named.
_JUDGED = 6


def _any_day(sentence: Sentence, at: int, one: Proposition) -> bool:
    """ "We would gladly exchange them tomorrow", "готовы хоть завтра": how ready somebody is, and no plan."""
    ready = set(sentence.act[one.start : one.end])
    return sentence.units[at].word in sentence.words.any_day and not ready.isdisjoint("yo")


def _of_another(sentence: Sentence, at: int) -> bool:
    """ "После августовских боёв", "before Christmas": the month or the feast of something else than an exchange."""
    first = at - _DESCRIBED if at > _DESCRIBED and sentence.units[at - 1].word == "," else at
    described = sentence.units[first : at + 1 + _DESCRIBED]
    moved = any(unit.classes & _DATED_NOUNS for unit in described)
    return sentence.units[at].basis == Basis.EPITHET and not moved


def _is_like(sentence: Sentence, at: int) -> bool:
    """ "Так же, как месяц назад": the day of another exchange, which this one is like."""
    like = at > 0 and sentence.units[at - 1].word in sentence.words.like
    return like and _WHEN_IT.match(sentence.content, at + 1) is None


#: "Як торік улітку перед Курськом, коли зупинили все": the day of what is told behind it.
_WHEN_IT = re.compile("[^,;EXTGV]{0,4},[cq]")


def _is_apart(sentence: Sentence, at: int) -> bool:
    """ "Spoke on 15 September, a week before Kyiv and Moscow swapped prisoners": the day of what was so long before."""
    dated_by = _DATED_BY.match(sentence.content, at + 1)
    if dated_by is None or not _TOLD.isdisjoint(sentence.content[:at]):
        return False
    return has_phrase(sentence.units[at + 1 : dated_by.end()], sentence.words.apart)


#: What stands behind a day up to the exchange, in one clause.
_DATED_BY, _TOLD = re.compile(",?[^,;EXTGVN]{1,6}(?:,q)?[^,;EXTGVN]{0,6}[EX]"), frozenset("EXTtGVNB")
#: Units on either side of an adjective of a month within which stands what it describes.
_DESCRIBED = 2
_DATED_NOUNS = frozenset(("exchange_noun", "return_noun", "agree_noun", "agree"))

#: Units in which a word of capture stands before its day, and before a month or a year.
_CAPTURED, _FOUGHT = 4, 12
#: A year before others ("in 2014, 2016 and 2017").
_ROW = re.compile("D[.]?,")

#: Units before the day of a dateline: the city and the comma.
_CITY = 5


def is_filing_day(sentence: Sentence, at: int) -> bool:
    """ "KYIV, 3 January (Reuters) — …", "Abu Dhabi [UAE], October 19: …": where and when the text was filed."""
    units = sentence.units
    if not (sentence.first_in_paragraph and 0 < at <= _CITY and at + 1 < len(units)):
        return False
    framed = units[at - 1].word == "," and (units[at + 1].word in "(/:" or "dash" in units[at + 1].classes)
    return framed and set(sentence.content[:at]).isdisjoint("EXTtGVNBC")
