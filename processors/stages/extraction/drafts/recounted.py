"""Those freed, told by their number alone: "most of the 157, he noted, had been held since 2022" where the text has freed 157."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from processors.model import Kind, Side
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.figures.sides import OTHER_SIDE

#: What somebody says of those freed, and does not count them by a verb of returning.
_RULES = frozenset(("described", "the-freed", "spoke-of"))
#: Fewer may as well be some of them.
_FEW = 10


def recount(found: Sequence[Draft]) -> None:
    """Give what is said of those freed the figure that its sentence repeats from elsewhere in the text."""
    if not any(_is_open(draft) for draft in found):
        return
    told: defaultdict[int, set[Side]] = defaultdict(set)
    for draft in found:
        if draft.kind is Kind.EXCHANGE:
            for side, quantity in draft.figures.returned.items():
                if quantity.min is not None and quantity.min == quantity.max and quantity.min >= _FEW:
                    told[quantity.min].add(side)
    for draft in found if told else ():
        if _is_open(draft):
            _complete(draft, told)


def _is_open(draft: Draft) -> bool:
    return draft.kind is Kind.EXCHANGE and draft.rule in _RULES and not draft.figures.given


def _complete(draft: Draft, told: Mapping[int, set[Side]]) -> None:
    own = draft.speaker.side if draft.speaker else None
    for unit in draft.units:
        quantity = unit.quantity
        if quantity is None or quantity.min is None or quantity.min != quantity.max or unit.each:
            continue
        sides = told.get(quantity.min, set[Side]())
        side = next(iter(sides)) if len(sides) == 1 else own
        if sides and side is not None and side in OTHER_SIDE:
            draft.figures.returned[side] = quantity
            draft.figures.note("returned", side, unit)
            return
