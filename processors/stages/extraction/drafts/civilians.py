"""Civilians told of behind the soldiers: "Also, 20 civilians come home" adds to the figure before, or is a part of it."""

from collections.abc import Sequence
from itertools import pairwise

from processors.model import Kind, Side
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.figures.tally import total
from processors.stages.extraction.words.units import Unit

#: Characters between the end of the sentence with the figure and the one on the civilians.
_REACH = 500
#: Figures back that are looked at.
_LAST = 4


def with_civilians(found: Sequence[Draft]) -> list[Draft]:
    """The drafts, Ukrainian civilians who came with those counted before joined to them."""
    kept: list[Draft] = []
    counted: list[Draft] = []
    for draft in found:
        last = reversed(counted[-_LAST:]) if _only_civilians(draft) else ()
        base = next((one for one in last if _goes_on(one, draft)), None)
        if base is not None:
            _join(base, draft)
            continue
        kept.append(draft)
        if draft.kind is Kind.EXCHANGE and Side.UA in draft.figures.returned:
            counted.append(draft)
    return kept


def _goes_on(base: Draft, draft: Draft) -> bool:
    """Whether they came with those whom the same voice, or one before the outlet's, counted shortly before."""
    apart = draft.sentence.span.start - base.sentence.span.end
    if not 0 < apart < _REACH:
        return False
    if draft.speaker is not None and draft.speaker is not base.speaker:
        return False
    return not (draft.has("day") or draft.sentence.has("background_head", "past_cue"))


def _only_civilians(draft: Draft) -> bool:
    """ "Also, eight civilians were freed": their number alone, added to something, and none who live in Russia."""
    returned = draft.figures.returned
    if draft.kind is not Kind.EXCHANGE or set(returned) != {Side.UA} or draft.figures.bodies:
        return False
    if not draft.has("civilian") or draft.has("dweller") or draft.figures.ratio:
        return False
    if any("others" in unit.classes and " " in unit.word for unit in draft.units):
        return False  # "outside the exchange"
    return draft.sentence.has("also", "with_them") and not any(
        _are_others(unit) for before, unit in pairwise(draft.units) if "civilian" in before.classes
    )


def _are_others(unit: Unit) -> bool:
    """ "19 civilian sailors": a trade of their own, not "civilian people"."""
    return "person" in unit.classes and "anybody" not in unit.classes


def _join(base: Draft, draft: Draft) -> None:
    """Add the civilians to soldiers; of people at large they are a part, and some figures have them already."""
    figures = base.figures.returned
    if not base.has("civilian") and not base.has("anybody"):
        figures[Side.UA] = total([figures[Side.UA], draft.figures.returned[Side.UA]])
