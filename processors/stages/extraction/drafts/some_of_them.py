"""Some of those freed, told of as if they were all: "fifteen fighters of the brigade came home", of 49 who did."""

import re
from collections.abc import Sequence

from processors.model import Kind, Side
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.figures.subsets import LARGEST


def without_parts(found: Sequence[Draft]) -> None:
    """Empty the figure of a draft that names one kind of people, where the text counts more than twice as many for its event."""
    wholes: dict[tuple[str, Side], int] = {}
    for draft in found:
        for side, count in _counted(draft).items():
            wholes[draft.event, side] = max(count, wholes.get((draft.event, side), 0))
    for draft in found:
        counted = _counted(draft)
        if len(counted) != 1 or draft.figures.ratio or draft.rule == "others":
            continue
        ((side, count),) = counted.items()
        if count * _FEWER < wholes[draft.event, side] and _of_one_kind(draft):
            draft.figures.returned.clear()
            draft.figures.slots = [s for s in draft.figures.slots if not s.slot.startswith("returned")]


#: How many times as many the whole is at least.
_FEWER = 2


def _counted(draft: Draft) -> dict[Side, int]:
    """How many an exchange brought to each side, by the draft."""
    if draft.kind is not Kind.EXCHANGE:
        return {}
    figures = ((side, quantity.min or 0) for side, quantity in draft.figures.returned.items())
    return {side: count for side, count in figures if 0 < count <= LARGEST}


def _of_one_kind(draft: Draft) -> bool:
    """Whether behind the figure stand the men of one unit, officers, or those whom somebody had convicted."""
    if draft.has("dweller") or draft.has("others"):
        return False
    starts = {slot.span.start for slot in draft.figures.slots if slot.slot.startswith("returned")}
    sentence, kinds = draft.sentence, tuple(draft.sentence.words.some_kinds or " ")
    places = [at for at, unit in enumerate(sentence.units) if unit.start in starts]
    behind = [match for at in places if (match := _WHO.match(sentence.content, at + 1))]
    named = [unit.word for match in behind for unit in sentence.units[match.start() : match.end()]]
    return any(part.startswith(kinds) for word in named for part in word.split())


#: Behind a figure who they are: up to a mark, or in the relative clause there.
_WHO = re.compile("[^,;N⊂-]{0,6}(?:,?q[^,;N⊂-]{0,6})?")
