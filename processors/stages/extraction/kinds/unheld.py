"""Clauses about exchanges in which none takes place: talks, hopes, running totals, monthly rates."""

import re

from processors.model import Precision
from processors.stages.extraction.days.dates import Basis
from processors.stages.extraction.figures.subsets import LARGEST
from processors.stages.extraction.kinds.talked_of import only_talked_of
from processors.stages.extraction.kinds.took_place import one_of_them
from processors.stages.extraction.reading.clauses import Clause, has_phrase
from processors.stages.extraction.words.units import Sentence, Unit

#: Fewer people than this are rather those named.
_SEVERAL = 3


def is_unheld(clause: Clause) -> bool:
    """Whether the clause tells of no exchange that took place."""
    return (
        only_talked_of(clause)
        or asked_to_keep(clause)
        or _runs_on(clause)
        or _moves_lists(clause)
        or _moves_words(clause)
        or of_several(clause)
        or _over_a_period(clause)
        or _of_a_formula(clause)
        or _questioned(clause)
        or _names_a_deal(clause)
        or go_on(clause)
        or hoped(clause)
        or of_other_deal(clause.sentence)
        or at_all_times(clause)
        or _only_obliged(clause)
        or _with_a_third_state(clause)
        or the_more_the_more(clause.sentence)
    )


def the_more_the_more(sentence: Sentence) -> bool:
    """ "Що більше росіян візьмемо в полон, то більше наших повернемо": how one hangs on the other, and nobody has moved."""
    words = sentence.words
    if not sentence.has("exchange_noun", "exchange_verb", "return_verb"):
        return False
    text = f" {' '.join([unit.word for unit in sentence.units])} "
    firsts = [at for phrase in words.the_more if (at := text.find(f" {phrase} ")) >= 0]
    return bool(firsts) and any(f" {phrase} " in text[min(firsts) + 1 :] for phrase in words.all_the_more)


def _with_a_third_state(clause: Clause) -> bool:
    """ "Россия и США обменялись двумя заключёнными": one of the two states trades, and with another one."""
    pair = _THIRD_PAIR.search(clause.content)
    if pair is None:
        return False
    other = "KUu" if "M" in pair.group() else "MRr"
    return set(clause.sentence.content).isdisjoint(other)


#: "Russia and the United States swapped", "carried out an exchange"; "an exchange between Russia and the United States".
_THIRD_PAIR = re.compile("(?:[KM]c[.]?m|mc[.]?[KM])[^KMUR,;]{0,3}[XE]|[XE][C.]{0,3}(?:[KM]c[.]?m|mc[.]?[KM])")


def _only_obliged(clause: Clause) -> bool:
    """ "Ideally there should be an exchange of all for all": what ought to be, and is neither counted nor dated."""
    if not set(clause.content).isdisjoint("ND%OTGV"):
        return False
    return has_phrase(clause.units, clause.sentence.words.obliged)


def at_all_times(clause: Clause) -> bool:
    """ "Work on the next exchange goes on constantly": what is always done announces none."""
    if not set(clause.content).isdisjoint("ND%*O"):
        return False
    return has_phrase(clause.units, clause.sentence.words.at_all_times)


def of_other_deal(sentence: Sentence) -> bool:
    """ "Türkiye, which brokered the grain deal": a deal of another kind, in a sentence without captives or exchanges."""
    if not (sentence.has("other_deal") and sentence.has("mediate", "agree", "agree_noun")):
        return False
    rest = (unit.classes for unit in sentence.units if not unit.classes & {"other_deal", "agree_noun"})
    return all(classes.isdisjoint(_MOVED) for classes in rest)


_MOVED = frozenset(("exchange_noun", "exchange_verb", "return_verb", "captive"))


def hoped(clause: Clause) -> bool:
    """ "Сподіваються, що обмін відбудеться до кінця року": a wish; what is hoped for on a day is planned for it."""
    if not (clause.has("hope") or clause.spoken("hope")):
        return False
    first = next((at for at, letter in enumerate(clause.act) if letter in "gğkφEXT"), 0)
    wished = clause.spoken("hope") or any("hope" in unit.classes for unit in clause.units[:first])
    return wished and not any(_is_set(unit) for unit in clause.units)


def _is_set(unit: Unit) -> bool:
    """Whether a unit is a day, a week or a month; "by the end of the year" leaves it open."""
    day = unit.day
    return day is not None and day.precision is not Precision.YEAR and unit.basis != Basis.YEAR


def go_on(clause: Clause) -> bool:
    """ "Swaps would go on", "there will be more swaps", "обмены продолжаются": none in particular, counted or dated."""
    words, units = clause.sentence.words, clause.units
    if "E" not in clause.content:
        return False
    own = clause.content.rfind(",", 0, clause.content.index("E")) + 1
    if not set(clause.content[own:]).isdisjoint("NTXVGD%O"):
        return False
    named = [at for at, letter in enumerate(clause.content) if letter == "E"]
    return bool(named) and all(
        several(clause.sentence, units[at])
        and (
            has_phrase(units[at + 1 : at + _GO_ON], words.go_on)
            or any(unit.word in words.will_be for unit in units[max(0, at - _WILL_BE) : at])
        )
        for at in named
    )


#: Units behind exchanges among which stands that they go on.
_GO_ON = 7
#: Units before exchanges among which stands that there will be some.
_WILL_BE = 2


def _of_a_formula(clause: Clause) -> bool:
    """ "At issue is an exchange of all for all": a formula is spoken of, and nobody has moved."""
    if not any(unit.ratio is not None and None in unit.ratio for unit in clause.units):
        return False
    told = {
        letter
        for at, letter in enumerate(clause.content, clause.low)
        if letter != "D" or not _of_voice(clause, at)
    }
    return told.isdisjoint("XTGVDO") and not clause.has("happened")


def _of_voice(clause: Clause, at: int) -> bool:
    """ "Lubinets said on Monday that …": the day is that of the words."""
    voiced = clause.voiced
    return bool(voiced) and voiced.start - _SAID_ON <= at < voiced.stop + _SAID_ON


#: Units around a speaker and the verb of saying among which the day of the words stands.
_SAID_ON = 3


def _questioned(clause: Clause) -> bool:
    """ "Interviewed 60 captives who had been freed in exchanges": the figure is of those whom somebody asked."""
    counted = clause.content.find("N")
    asked = clause.units[max(0, counted - _ASKED) : counted] if counted > 0 else []
    return any("interviewed" in unit.classes for unit in asked)


#: Units before a number among which a verb of questioning stands.
_ASKED = 2


def asked_to_keep(clause: Clause) -> bool:
    """ "Urged Kyiv to stick to the agreement and begin the exchange": what was agreed is asked for, and nothing new."""
    units, view = clause.sentence.units, clause.sentence.content
    if not clause.sentence.has("asks"):
        return False
    asked = next((at for at, unit in enumerate(units[: clause.high]) if "asks" in unit.classes), None)
    if asked is None or not set(view[:asked]).isdisjoint("EXT"):
        return False
    return any("carry_out" in unit.classes for unit in units[asked + 1 : clause.high])


def of_several(clause: Clause) -> bool:
    """ "Brokered several swaps last year", "have traded thousands since 2022": exchanges, and none of them is told."""
    if _one_is_told(clause) or one_of_them(clause) or "S" in clause.act:  # "exchanges resumed after a pause"
        return False
    named = [unit for unit in clause.units if "exchange_noun" in unit.classes]
    if named and all(several(clause.sentence, unit) for unit in named):
        return set(clause.content).isdisjoint("XTGV") or _over_time(clause)
    return not named and "N" in clause.content and _over_time(clause)


def several(sentence: Sentence, unit: Unit) -> bool:
    """Whether a noun for an exchange stands in the plural."""
    return not sentence.words.exchanges.isdisjoint(unit.word.split())


def names_one(clause: Clause) -> bool:
    """Whether an exchange is named, and not several of them."""
    return any(
        shown == "E" and not several(clause.sentence, unit)
        for shown, unit in zip(clause.content, clause.units, strict=True)
    )


def _over_time(clause: Clause) -> bool:
    """ "Since the war began", "since 2022"."""
    return clause.has("cumulative") or any(
        unit.basis == Basis.SINCE or unit.word in clause.sentence.words.since for unit in clause.units
    )


def _over_a_period(clause: Clause) -> bool:
    """ "Last year over the same period more than 650 came home": a count of many returns, and no exchange of a day."""
    return set(clause.content).isdisjoint("EOX%") and has_phrase(
        clause.units, clause.sentence.words.same_period
    )


def _one_is_told(clause: Clause) -> bool:
    """Whether the clause has what tells one exchange from others: a number of people, its own number, a day or month."""
    for at, unit in enumerate(clause.units):
        if unit.quantity is not None and (unit.quantity.min or unit.quantity.max):
            behind = clause.content[at + 1 : at + 3]
            if "E" not in behind and not (unit.quantity.max == 1 and set(behind).isdisjoint("PCUR")):
                return True  # but not "one of the few successes"
        elif (
            unit.ratio or unit.ordinal or clause.content[at] in "*1" or (unit.day and _dates_one(clause, at))
        ):
            return True
    return False


def _dates_one(clause: Clause, at: int) -> bool:
    """A day or a month, and no year, "since 6 August" or "since the raid began on 6 August"."""
    unit = clause.units[at]
    return unit.basis != Basis.SINCE and _is_set(unit) and "Σ" not in clause.content[:at]


def _moves_words(clause: Clause) -> bool:
    """ "Received reports that 32 captives had been shot": what is received is word of them."""
    moved = (
        [at for at, letter in enumerate(clause.content) if letter in "XTGV"] if clause.has("tidings") else []
    )
    return bool(moved) and all(
        clause.content[at] in "GV"
        and any("tidings" in unit.classes for unit in clause.units[at + 1 : at + 1 + _OBJECT])
        for at in moved
    )


#: Units behind a verb of receiving among which stands what is received.
_OBJECT = 3


def _names_a_deal(clause: Clause) -> bool:
    """ "It was one of the conditions of the deal on an exchange": the exchange only tells which deal."""
    if not clause.has("agree_noun") or clause.has("happened", "success"):
        return False
    units, view = clause.units, clause.content
    moving = [at for at, letter in enumerate(view) if letter in "EXTGV"]
    return (
        bool(moving)
        and all(
            view[at] == "E"
            and any("agree_noun" in unit.classes for unit in units[max(0, at - _OF_DEAL) : at])
            for at in moving
        )
        and not has_phrase(units[: moving[0]], clause.sentence.words.under)
    )


#: Units between a deal and the exchange that it is about.
_OF_DEAL = 3


def _moves_lists(clause: Clause) -> bool:
    """ "No list of a thousand names had been received": what changes hands is a list."""
    if "L" not in clause.content or "E" in clause.content:
        return False
    verbs = [at for at, letter in enumerate(clause.content) if letter in "XTGV"]
    return bool(verbs) and all("publish" in clause.units[at].classes for at in verbs)


def _runs_on(clause: Clause) -> bool:
    """ "In 58 exchanges", "100 to 300 a month", "sixty times", and a number too large for one exchange."""
    units = clause.units
    letters = set(clause.content)
    if clause.has("rate") and (letters & set("N0") or not _one_is_told(clause)):
        return True
    if _all_the_dead(clause):
        return True
    if "N" not in letters:
        return False
    if _counts_them_all(clause) or _in_several(clause) or _how_many(clause):
        return True
    smaller = any(_SEVERAL <= (unit.quantity.min or 0) <= LARGEST for unit in units if unit.quantity)
    for match in _COUNTED.finditer(clause.content):
        quantity = units[match.start()].quantity
        low = (quantity.min or 0) if quantity else 0
        if low > LARGEST and not smaller and letters.isdisjoint("B%O") and not _of_one_swap(clause):
            return True
        if match["exchanges"] and low >= _SEVERAL and "formula" not in units[match.end() - 1].classes:
            return True
    return False


def _of_one_swap(clause: Clause) -> bool:
    """ "1,200 prisoners each", "1,100 for 1,300", "on Friday": what no running total is told with."""
    if _dated(clause):
        return True
    counted = [unit for unit in clause.units if unit.quantity is not None]
    if "Σ" in clause.content or any(
        (unit.quantity.min or 0) > 2 * LARGEST for unit in counted if unit.quantity
    ):
        return False
    if names_one(clause) and "τ" not in clause.content and not _over_time(clause):
        return True  # "1,200 soldiers had been returned in a prisoner exchange"
    even = any(unit.each for unit in counted) or not set(clause.content).isdisjoint("b=")
    return even or _TRADED.search(clause.content) is not None


#: One figure for another, or "in exchange" between them.
_TRADED = re.compile("N[^N;]*[/<][^N;]{0,4}N|<[^N;]{0,3}N[^;]*N")


def _counts_them_all(clause: Clause) -> bool:
    """ "Over the whole year 15 came back", "870 freed since 2014": the only figure is a running total, of no day."""
    view = clause.content
    if "N" not in view or not set(view).isdisjoint("DOE%=") or clause.units[view.index("N")].each:
        return False
    several = view.count("N") > 1  # "с начала перемирия Киев отпустил 287, Донецк — 317"
    return (_SINCE_ALL if several else _OVERALL).search(view) is not None


def _how_many(clause: Clause) -> bool:
    """ "Від січня обмінів було лише три": what is counted, behind the noun, is exchanges."""
    counted = _COUNTED_BEHIND.search(clause.content)
    if counted is None or clause.content.count("N") > 1 or not set(clause.content).isdisjoint("%PCURBO"):
        return False
    return several(clause.sentence, clause.units[counted.start()]) and counted.end() + 1 >= len(clause.units)


#: Exchanges, and a number that closes the clause.
_COUNTED_BEHIND = re.compile("E[^,;XTGVN]{0,6}N")


def _in_several(clause: Clause) -> bool:
    """ "Since January there have been four exchanges, 620 people were freed": a figure of all of them."""
    counted = _COUNTED.finditer(clause.sentence.content, 0, clause.low)
    quantities = [clause.sentence.units[one.start()].quantity for one in counted if one["exchanges"]]
    many = any(quantity is not None and (quantity.min or 0) >= _SEVERAL for quantity in quantities)
    return many and "N" in clause.content and set(clause.content).isdisjoint("DOE%")


def _all_the_dead(clause: Clause) -> bool:
    """ "In all Russia handed over more than ten thousand bodies": so many come over months, in many handovers."""
    if "B" not in clause.content or not clause.has("total", "cumulative") or _dated(clause):
        return False
    return any((unit.quantity.min or 0) > _MANY_DEAD for unit in clause.units if unit.quantity)


#: More remains than this were handed over in no single exchange.
_MANY_DEAD = 5 * LARGEST

_SINCE_ALL = re.compile("^[^N]*Σ[^;]{0,12}N")
_OVERALL = re.compile("Σ[^;]{0,8}N|N[^,;cq]{0,8}Σ")
_COUNTED = re.compile(r"N(?P<exchanges>[.urK]?E)?")


def _dated(clause: Clause) -> bool:
    """A single day is named, other than the one from which is counted."""
    return any(
        unit.day is not None and unit.day.precision is Precision.DAY and unit.basis != Basis.SINCE
        for unit in clause.units
    )


def of_steps(clause: Clause) -> bool:
    """ "The first steps towards peace are an exchange and a truce": what is counted is no exchange."""
    return any(
        not clause.sentence.words.steps.isdisjoint(clause.units[at + 1].word.split()[:1])
        for at, letter in enumerate(clause.content[:-1])
        if letter == "O"
    )


def called_step(clause: Clause) -> bool:
    """ "The exchange would be a huge step towards peace": what it is called, and no plan."""
    called = _CALLED.search(clause.act)
    if called is None or not set(clause.content[called.start() :]).isdisjoint("XTGN%D"):
        return False
    return any(unit.word in clause.sentence.words.steps for unit in clause.units[called.end() :])


#: An exchange, and what it would be.
_CALLED = re.compile("E[^,;EXTG]{0,3}[φok]")


def of_talks(clause: Clause) -> bool:
    """ "As a reminder, the second day of talks is under way": the number is of a meeting."""
    return clause.has("meeting", "talk") and set(clause.content).isdisjoint("EXTN%")
