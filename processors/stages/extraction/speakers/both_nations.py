"""Descriptions of those who speak for both states at once: "Russian and Ukrainian sources", "officials in Kyiv and Moscow"."""

from processors.stages.extraction.words.units import Sentence

_NATIONS = ({"ua_adj", "ua_state"}, {"ru_adj", "ru_state"})


def with_the_other(sentence: Sentence, start: int, stop: int) -> tuple[int, int]:
    """The description between two units, with the other state before its first word or behind its last."""
    if _joined(sentence, start - 2, start):
        return start - 2, stop
    if stop - start > 1 and (_joined(sentence, stop - 1, stop + 1) or _both_places(sentence, stop - 1)):
        return start, stop + 2
    return start, stop


def _both_places(sentence: Sentence, at: int) -> bool:
    """ "Proxies in Donetsk and Luhansk": a preposition, a place, "and", one more."""
    units = sentence.units
    return (
        at + 2 < len(units)
        and units[at - 1].word in sentence.words.where
        and units[at].capital
        and "conj" in units[at + 1].classes
        and any(speaker.type == "state" for _, speaker in units[at + 2].speakers)
    )


def named_together(sentence: Sentence, start: int, end: int) -> bool:
    """ "Both sides", "the two countries": the warring states under one name."""
    words = (unit.word for unit in sentence.units[start:end] if unit.word not in sentence.words.definite)
    return " ".join(words) in sentence.words.both_states


def _joined(sentence: Sentence, left: int, right: int) -> bool:
    """Whether "and" parts the names or adjectives of the two states."""
    units = sentence.units
    if left < 0 or right >= len(units) or "conj" not in units[left + 1].classes:
        return False
    sides = [
        {side for side, classes in enumerate(_NATIONS) if units[at].classes & classes} for at in (left, right)
    ]
    return all(sides) and not sides[0] & sides[1]
