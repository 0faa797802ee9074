"""People who came out of captivity, told without a day or a number: "Уроженца Чувашии освободили из украинского плена"."""

import re

from processors.stages.extraction.reading.clauses import Clause


def out_of_captivity(clause: Clause) -> bool:
    """A finite verb of freeing or coming back, and out of whose captivity, with nothing wished, planned or denied."""
    if not clause.near or not clause.has("captive") or not _NOT_TOLD.isdisjoint(clause.act):
        return False
    return any(
        letter == "C" and _is_left(clause, at) and _comes_back(clause, at)
        for at, letter in enumerate(clause.content)
    )


def were_brought(clause: Clause) -> bool:
    """ "Автобусы привезли 307 военных", told by the outlet on a day beside an exchange."""
    if clause.speaker is not None or not clause.near or not clause.has("travel"):
        return False
    if not _NOT_TOLD.isdisjoint(clause.act) or _DAY_AND_PEOPLE.search(clause.content) is None:
        return False
    words = clause.sentence.words
    return any(
        "travel" in unit.classes
        and unit.word.startswith(tuple(words.brings) or "?")
        and _PEOPLE.match(clause.content, at + 1)
        for at, unit in enumerate(clause.units)
    )


_DAY_AND_PEOPLE = re.compile("D[^;h]*N[^,;]{0,2}[PCUR]")
_PEOPLE = re.compile("[^,;]{0,3}N[^,;]{0,2}[PCUR]")
#: What makes it no report: denials, conditions, plans, wishes, doubt.
_NOT_TOLD = frozenset("eoφkJ?FySfg")


def _is_left(clause: Clause, at: int) -> bool:
    """ "Из украинского плена": the captivity of one of the states, behind "out of"."""
    units, words = clause.units, clause.sentence.words
    if at < len(("out of", "whose")) or units[at].word.rpartition(" ")[2] not in words.captivity:
        return False
    return units[at - 2].word in words.away and clause.content[at - 1] in "ur"


def _comes_back(clause: Clause, at: int) -> bool:
    """Whether a verb stands near on either side, no relative or participle ("вернувшийся из украинского плена")."""
    words, view = clause.sentence.words, clause.content
    participle = (*words.modifier_endings, *words.infinitive_endings, *words.participles)
    near = range(max(0, at - _BEFORE), min(len(view), at + _BEHIND))
    return any(
        view[place] == "T"
        and set(view[min(place, at) : max(place, at)]).isdisjoint(",;q")
        and not _in_relative(clause, place)
        and not clause.units[place].word.removesuffix("ся").endswith(participle)
        for place in near
    )


def _in_relative(clause: Clause, place: int) -> bool:
    """ "(The deal) under which they were let out of captivity": what tells which one it is."""
    low = max(clause.content.rfind(mark, 0, place) for mark in ",;") + 1
    opening = clause.units[low:place]
    return any("rel" in unit.classes and unit.word not in clause.sentence.words.that for unit in opening)


#: Units before and behind captivity among which the verb stands.
_BEFORE, _BEHIND = 7, 5
