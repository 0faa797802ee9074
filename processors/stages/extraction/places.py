"""Where an exchange took place, as the text names it ("at the Mayorske checkpoint", "на кордоні з Білоруссю")."""

from processors.model import Span
from processors.stages.extraction.units import Sentence, Unit

#: Words of a place on either side of the place noun.
_MOST = 5


def place_of(sentence: Sentence, start: int, end: int) -> Span | None:
    """The span of the first place noun between two units with its name, None where there is none behind a preposition."""
    for at in range(start, min(end, len(sentence.units))):
        if "place" in sentence.units[at].classes:
            return _around(sentence, at)
    return None


def _around(sentence: Sentence, at: int) -> Span | None:
    low = at
    while low > 0 and at - low < _MOST and _belongs(sentence, sentence.units[low - 1]):
        low -= 1
    before = sentence.units[low - 1].word if low else ""
    if before in sentence.words.definite and low > 1:
        before = sentence.units[low - 2].word
    if before not in sentence.words.prepositions:
        return None
    high = at + 1
    units = sentence.units
    if high + 1 < len(units) and units[high].word in sentence.words.prepositions and _named(units[high + 1]):
        high += 2
    while high < len(units) and high - at < _MOST and _named(units[high]):
        high += 1
    return Span(start=units[low].start, end=units[high - 1].end)


def _belongs(sentence: Sentence, unit: Unit) -> bool:
    words = sentence.words
    mark = unit.classes & {"mark", "dash", "semicolon", "quote", "day", "quantity", "conj", "say"}
    return (
        not mark
        and unit.word not in words.prepositions
        and unit.word not in words.definite
        and (_named(unit) or "ua_adj" in unit.classes or "ru_adj" in unit.classes)
    )


def _named(unit: Unit) -> bool:
    return bool(unit.capital or unit.classes & {"name", "capital", "ua_state", "ru_state"})
