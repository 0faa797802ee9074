"""Two figures in one breath: "Ukraine and Russia got back 52 and 50 prisoners respectively"."""

import re

from processors.model import Side
from processors.stages.extraction.figures.counts import Count
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.figures.tally import total
from processors.stages.extraction.words.units import Sentence

#: Who is named before the figures, one after the other.
_BOTH = re.compile("([KM])[^KM;N]{0,3}c[^KM;N]{0,3}([KM])[^KM;]*$")
_ONE = re.compile("([KM])[^KM;N]*$")
_SIDES = {"K": Side.UA, "M": Side.RU}


def share_pair(sentence: Sentence, stretch: range, counts: list[Count]) -> bool:
    """Give the figures of a pair their sides, or sum them where one side is named; whether nobody says whose are whose."""
    pair = next((at for at in range(len(counts) - 1) if _is_pair(sentence, stretch, counts, at)), None)
    if pair is None:
        return False
    left, right = counts[pair], counts[pair + 1]
    before = sentence.content[stretch.start : left.at]
    if (named := _BOTH.search(before)) and named[1] != named[2]:
        left.nation = _SIDES[named[1]]
        left.nation = OTHER_SIDE[left.nation] if "G" in named[0] else left.nation
    elif (one := _ONE.search(before)) and "V" in one[0]:
        left.nation, left.quantity = _SIDES[one[1]], total([left.quantity, right.quantity])
        del counts[pair + 1]
        return False
    elif "b" in before[-_NEXT_TO:]:
        left.nation = Side.UA
    else:
        return False  # of two days, or of two groups
    right.nation = OTHER_SIDE[left.nation]
    left.both = right.both = False
    return named is None


def _is_pair(sentence: Sentence, stretch: range, counts: list[Count], at: int) -> bool:
    """Whether "and" alone parts two figures that are told "respectively", or given to each other."""
    left, right = counts[at], counts[at + 1]
    if sentence.content[left.at : right.at + 1] != "NcN" or left.subset or right.subset or left.nation:
        return False
    end = min(stretch.stop, right.last + _BEHIND)
    told = any(_tells_in_order(sentence, where) for where in range(right.at + 1, end))
    return told or "b" in sentence.content[max(stretch.start, left.at - _NEXT_TO) : left.at]


def _tells_in_order(sentence: Sentence, at: int) -> bool:
    """ "Respectively", and not "відповідно до домовленостей"."""
    behind = sentence.units[at + 1 : at + 2]
    led = any(unit.word in sentence.words.prepositions for unit in behind)
    return sentence.units[at].word in sentence.words.respectively and not led


#: Units behind the figures among which "respectively" stands, and before them "each other".
_BEHIND, _NEXT_TO = 6, 2
