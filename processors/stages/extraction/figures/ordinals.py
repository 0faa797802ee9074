"""The number of an exchange in the row of all of this war: "the 59th exchange"."""

import re
from datetime import date

from processors.model import Precision, SlotSpan
from processors.stages.extraction.figures.tally import Figures
from processors.stages.extraction.words.units import Sentence

#: No ordinal of an exchange is higher.
_HIGHEST = 300


def find_ordinal(sentence: Sentence, start: int, end: int, result: Figures) -> None:
    """ "The 59th exchange", in the row of all of this war."""
    if not sentence.has("ordinal"):
        return
    for at in range(start, end):
        unit = sentence.units[at]
        if unit.ordinal is None or unit.ordinal > _HIGHEST:
            continue
        window = sentence.units[at : min(at + 14, len(sentence.units))]
        if any("foreign" in u.classes for u in window) or not _counts_exchanges(sentence, at):
            continue
        if _of_a_year(sentence, at):
            continue
        if unit.ordinal <= _FIRST_FEW:
            if sentence.content[at + 1 : at + 2] == "E":  # not "the first full exchange"
                result.early = result.early or unit.ordinal
            continue
        result.ordinal = unit.ordinal
        result.slots.append(SlotSpan(slot="ordinal", span=unit.span))
        return


def _counts_exchanges(sentence: Sentence, at: int) -> bool:
    """Whether the ordinal may be that of an exchange: one is spoken of, and no brigade or the like follows."""
    numbered = tuple(sentence.words.numbered)
    for where in range(at + 1, min(at + 4, len(sentence.units))):
        unit = sentence.units[where]
        if "stage" in unit.classes and "exchange_noun" not in unit.classes:
            return False  # "the ninth stage of the exchange"
        if sentence.content[where] in "EX":
            return True
        if unit.word in sentence.words.prepositions or not unit.classes.isdisjoint(_CLOSING):
            break
        if numbered and unit.word.startswith(numbered):
            return False
    return "E" in sentence.content or "X" in sentence.content[max(0, at - 6) : at + 6]


#: What ends the words that belong to an ordinal.
_CLOSING = frozenset(("mark", "dash", "quote", "semicolon", "conj", "cumulative", "day"))


_YEAR = re.compile(r"\b20\d\d\b")


def _of_a_year(sentence: Sentence, at: int) -> bool:
    """ "The sixth exchange this year", "за 2024 рік цей обмін одинадцятий": no number in the row of all exchanges."""
    near = " ".join(unit.word for unit in sentence.units[at : at + 7])
    since = any(unit.basis == "since" or "cumulative" in unit.classes for unit in sentence.units[at : at + 7])
    scoped = any(
        f" {phrase} " in f" {near} "
        for phrase in sentence.words.year_scope
        if not (since and phrase in sentence.words.times)  # "for the seventh time since the war began"
    )
    yearly = not since and _YEAR.search(near) is not None
    return scoped or yearly or _in_the_year(sentence, at) or _of_less_than_the_war(sentence, at)


def _in_the_year(sentence: Sentence, at: int) -> bool:
    """ "За 2024 рік цей обмін одинадцятий": the year stands before the ordinal; not that of "the fourth this year and 63rd"."""
    before = sentence.units[max(0, at - _YEAR_BEFORE) : at]
    if any(unit.ordinal is not None for unit in before):
        return False
    return any(
        unit.day is not None and unit.day.precision is Precision.YEAR and unit.basis != "since"
        for unit in before
    )


#: Units before an ordinal among which stands the year that it counts; ordinals that are told of any row.
_YEAR_BEFORE, _FIRST_FEW = 6, 3


def _of_less_than_the_war(sentence: Sentence, at: int) -> bool:
    """ "The fourth exchange since the incursion into Kursk", "since August 2024": counted from a later day."""
    behind = sentence.units[at + 1 : at + _SCOPE]
    for where, unit in enumerate(behind):
        if unit.basis == "since" and unit.day is not None:
            return unit.day.start_on >= _INVASION
        if unit.word in sentence.words.counting_since:
            what = behind[where + 1 : where + _SCOPE // 2]
            return any(one.word.startswith(tuple(sentence.words.counted_from)) for one in what)
        if "cumulative" in unit.classes:
            return False
    return False


#: Units behind an ordinal among which it is told since when exchanges are counted; until when all of them are meant.
_SCOPE, _INVASION = 12, date(2022, 4, 1)
