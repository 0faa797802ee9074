"""Where an exchange took place, as the text names it ("at the Mayorske checkpoint", "під Горлівкою", "в Сумской области")."""

import re

from processors.model import Span
from processors.stages.extraction.words.units import Sentence, Unit

#: Words of a place on either side of the place noun.
_MOST = 5
_STATES = frozenset(("ua_state", "ru_state"))
#: What ends a clause.
_EDGE = re.compile("[,;:-]")


def place_of(sentence: Sentence, start: int, end: int) -> Span | None:
    """The span of the first place between two units that has a name and stands behind a preposition, None without one."""
    if not sentence.has("place", "site", "beside"):
        return None
    for at in range(start, min(end, len(sentence.units))):
        unit = sentence.units[at]
        low, high = at, at
        if not unit.classes.isdisjoint(("place", "site")):
            low, high = _around(sentence, at)
        elif "beside" in unit.classes:
            low, high = _beside(sentence, at + 1)
        if low < high and _is_where(sentence, low, high):
            return Span(start=sentence.units[low].start, end=sentence.units[high - 1].end)
    return None


def _beside(sentence: Sentence, at: int) -> tuple[int, int]:
    """The units of a name that no list knows ("near Zholobok")."""
    known = (
        at < len(sentence.units) and sentence.units[at].capital and "place" not in sentence.units[at].classes
    )
    return at, _name_end(sentence, at) if known else at


def _around(sentence: Sentence, at: int) -> tuple[int, int]:
    """The units of the place noun with its name before and behind it; none without a name or a preposition."""
    low = at
    while low > 0 and at - low < _MOST and _belongs(sentence, sentence.units[low - 1]):
        low -= 1
    high, units = at + 1, sentence.units
    if high + 1 < len(units) and units[high].word in sentence.words.prepositions and _named(units[high + 1]):
        high += 1
    high = _name_end(sentence, high)
    named = "site" in units[at].classes or any(
        _named(unit) for unit in (*units[low:at], *units[at + 1 : high])
    )
    return (low, high) if named and _led(sentence, low, at) else (low, low)


def _led(sentence: Sentence, low: int, at: int) -> bool:
    """Behind a preposition of place, its article left out, and not where somebody is ("they are in Belarus")."""
    units, words = sentence.units, sentence.words
    skipped = low > 1 and units[low - 1].word in words.definite | words.articles
    lead = low - 1 - skipped
    if lead < 0 or (lead > 0 and units[lead - 1].word in words.being):
        return False
    if "beside" in units[lead].classes or units[lead].word in words.where:
        return True
    return "place" in units[at].classes and units[lead].word in words.toward


def _name_end(sentence: Sentence, at: int) -> int:
    """Where the name that begins at the unit ends, in quotation marks or not; the unit itself where none begins."""
    units, high = sentence.units, at
    if at + 2 < len(units) and units[at].word == '"' and _named(units[at + 1]):
        closing = next(
            (end for end in range(at + 2, min(at + _MOST, len(units))) if units[end].word == '"'), 0
        )
        return closing + 1 if closing else at
    while high < len(units) and high - at < _MOST and (_named(units[high]) or "place" in units[high].classes):
        if not units[high].classes.isdisjoint(_STATES):
            break
        high += 1
    return high


def _is_where(sentence: Sentence, low: int, high: int) -> bool:
    """Not where people are now, were captured or live."""
    view = sentence.content
    first = max((match.end() for match in _EDGE.finditer(view, 0, low)), default=0)
    edge = _EDGE.search(view, high)
    clause = sentence.units[first : edge.start() if edge else len(view)]
    return not any(unit.classes & _ELSEWHERE for unit in clause)


_ELSEWHERE = frozenset(("elsewhere", "held_by"))


def _belongs(sentence: Sentence, unit: Unit) -> bool:
    """Whether the unit before a place noun is of its name."""
    words = sentence.words
    mark = unit.classes & {"mark", "dash", "semicolon", "quote", "day", "quantity", "conj", "say", "beside"}
    return not mark and unit.word not in words.prepositions | words.where | words.definite and _named(unit)


def _named(unit: Unit) -> bool:
    """Whether it may be a part of a place's name: no person or body."""
    if "day" in unit.classes or any(speaker.type != "state" for _, speaker in unit.speakers):
        return False
    return bool(unit.capital or unit.classes & {"name", *_STATES, "ua_adj", "ru_adj", "place_adj"})
