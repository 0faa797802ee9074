"""Figures that lean on the sentence before: "the same number came home", "together with them 20 civilians return"."""

from collections.abc import Sequence

from processors.model import Kind, Side
from processors.stages.extraction.counts import total
from processors.stages.extraction.draft import Draft
from processors.stages.extraction.sides import OTHER_SIDE
from processors.stages.extraction.tally import Figures

#: Units at the head of a sentence in which it says that it goes on about those before.
_HEAD = 4


def carry_figures(found: Sequence[Draft]) -> None:
    """Complete the figures of exchanges by those of the sentence before in the same paragraph."""
    before: Draft | None = None
    for draft in found:
        if draft.kind is not Kind.EXCHANGE:
            continue
        if before and before.sentence is not draft.sentence and _adjoins(before, draft):
            _carry(before.figures, draft)
        before = draft


def _adjoins(before: Draft, draft: Draft) -> bool:
    near = before.sentence.paragraph == draft.sentence.paragraph
    return near and (draft.speaker is None or draft.speaker is before.speaker)


def _carry(before: Figures, draft: Draft) -> None:
    sentence, returned = draft.sentence, draft.figures.returned
    if not returned and len(before.returned) == 1 and "=" in sentence.content[draft.start : draft.end]:
        ((side, quantity),) = before.returned.items()
        returned[OTHER_SIDE[side]] = quantity
        place = draft.start + sentence.content[draft.start : draft.end].index("=")
        draft.figures.note("returned", OTHER_SIDE[side], sentence.units[place])
    elif any("with_them" in unit.classes for unit in sentence.units[draft.start : draft.start + _HEAD]):
        for side in (Side.UA, Side.RU):
            if side in returned and side in before.returned:
                before.returned[side] = total([before.returned[side], returned.pop(side)])
