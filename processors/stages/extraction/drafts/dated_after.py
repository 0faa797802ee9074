"""When an exchange was or will be, told in the sentence behind it: "They swapped 95 each. It happened on Wednesday"."""

from collections.abc import Sequence
from itertools import pairwise

from processors.model import DateRange, Precision
from processors.stages.extraction.days.dates import Basis
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.reading.clauses import has_phrase
from processors.stages.extraction.speakers.dating import is_since
from processors.stages.extraction.words.units import Sentence

#: Units with which the sentence begins, and those up to its day.
_OPENING, _NEAR = 4, 10
_TELLS = frozenset("EXTtGVCBN")


def days_behind(found: Sequence[Draft], sentences: Sequence[Sentence]) -> dict[int, DateRange]:
    """By the identity of a sentence with a draft the day that the one behind it names for "it"."""
    told = {id(draft.sentence) for draft in found}
    return {
        id(before): day
        for before, behind in pairwise(sentences)
        if id(before) in told
        and id(behind) not in told
        and behind.paragraph - before.paragraph <= 1
        and (day := _day_of_it(behind))
    }


def _day_of_it(sentence: Sentence) -> DateRange | None:
    """ "Это случилось 12 марта", "The handover is scheduled for Friday", and of nothing else than what was told before."""
    units, words = sentence.units, sentence.words
    opens = any(unit.word in words.points_back | words.the_event for unit in units[:_OPENING])
    if not opens or sentence.has("say", "statement"):
        return None
    for at, unit in enumerate(units[:_NEAR]):
        if unit.day is None or unit.basis == Basis.ANAPHORIC or is_since(sentence, at):
            continue
        exact = unit.day.precision is not Precision.YEAR and _TELLS.isdisjoint(sentence.content[:at])
        beside = units[: at + _OPENING]
        return unit.day if exact and has_phrase(beside, words.came_about) else None
    return None
