"""Numbers without a noun that count remains, for the words before them do: "6,060 bodies … . We were given 78"."""

import re

from processors.stages.extraction.words.units import Sentence

#: What is counted: "909 bodies", "the remains of 212 soldiers", or people.
_COUNTED = re.compile(
    "(?P<remains>B[^;cTXGVN]{0,2}N(?![.]{0,2}B)[^N,;TXGV]{0,4}|N[^N,;PCURTXGV]{0,4}B)|N[^N,;BTXGV]{0,3}[PCUR]"
)
#: An exchange, or prisoners: whoever is counted there may be alive.
_ALIVE = frozenset("EC")


def counts_remains(sentence: Sentence) -> bool:
    """Whether remains are what the sentence counts last; one with a bare number goes on about those before it."""
    if not sentence.has("bodies"):
        return False
    return _last_counted(sentence, len(sentence.units)) is True


def is_of_remains(sentence: Sentence, at: int, start: int, end: int) -> bool:
    """Whether a bare number counts remains, as what is counted right before it in the sentence or the one before."""
    if not (sentence.after_remains or sentence.has("bodies")):
        return False
    if not _ALIVE.isdisjoint(sentence.content[start:end]):
        return False
    before = _last_counted(sentence, at)
    return sentence.after_remains if before is None else before


def _last_counted(sentence: Sentence, end: int) -> bool | None:
    """Whether the last of those counted up to the unit are remains; None where nobody is."""
    found = None
    for match in _COUNTED.finditer(sentence.content, 0, end):
        found = match["remains"] is not None
    return found
