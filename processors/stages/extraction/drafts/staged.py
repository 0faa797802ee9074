"""Several exchanges told in one breath: "303 on Sunday, after 307 on Saturday and 390 on Friday", "on 9, 10 and 12 June"."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from itertools import pairwise

from processors.model import Kind, Precision
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.figures.ratios import state_formula
from processors.stages.extraction.figures.tally import Figures
from processors.stages.extraction.words.units import Unit

#: Units from where the exchange begins among which the row stands.
_LONGEST = 30
#: Figures with a day each, in a row; and one of them.
_ROW = re.compile(r"N[PCURbTX.]{0,4}D(?:[,c.TtE]{1,5}N[PCURb.]{0,3}D)+")
_ONE = re.compile(r"N[^N]*?D")


def stages(draft: Draft) -> Iterator[Draft]:
    """The draft with its own day; and one more for each further figure of the row, for the same sides."""
    if draft.kind is Kind.EXCHANGE and not draft.figures.returned and _days_apart(draft):
        for stage, day in enumerate(draft.days):  # Each with figures of its own: later sentences add to them.
            yield replace(draft, figures=deepcopy(draft.figures), days=[day], stage=stage)
        return
    yield draft
    if draft.kind is not Kind.EXCHANGE or not draft.figures.returned or draft.figures.ratio:
        return
    if (whole := _completed(draft)) is not None:
        yield replace(draft, figures=whole, days=[], rule="others")
    yield from _summed(draft)
    row = _ROW.search(draft.sentence.content, draft.start, draft.start + _LONGEST)
    if row is None or not _is_of(draft, row.start()):
        return
    first, *further = _ONE.finditer(draft.sentence.content, row.start(), row.end())
    draft.days = [first.end() - 1]
    for one in further:
        yield replace(draft, figures=_figures(draft, one.start()), days=[one.end() - 1], rule="counted")


def _completed(draft: Draft) -> Figures | None:
    """ "On Sunday 303 each, completing the exchange of 1,000 for 1,000": the whole of the stages, which is one more."""
    for at in range(draft.start, draft.end):
        unit = draft.sentence.units[at]
        leading = draft.sentence.units[max(draft.start, at - _NAMED) : at]
        if unit.ratio is None or None in unit.ratio or not any("completed" in one.classes for one in leading):
            continue
        found = Figures()
        state_formula(draft.sentence, at, found)
        return found
    return None


#: Units before a formula among which it is told that this completed it.
_NAMED = 8


def _summed(draft: Draft) -> Iterator[Draft]:
    """ "500 in two days: 200 yesterday and another 300 today": stages with a day each, of which the draft gives the sum."""
    sides = list(draft.figures.returned)
    total = draft.figures.returned[sides[0]]
    low, content, units = draft.start, draft.sentence.content, draft.sentence.units
    for row in _PARTS.finditer(content, low, low + _LONGEST):
        places = [at for at in range(row.start(), row.end()) if content[at] == "N"]
        parts = [quantity.min or 0 for at in places if (quantity := units[at].quantity) is not None]
        if len(sides) != 1 or len(parts) < len(places) or sum(parts) != total.min:
            continue
        days = [at for at in range(row.start(), row.end()) if content[at] == "D"]
        for at, day in zip(places, days, strict=True):
            yield replace(draft, figures=_figures(draft, at), days=[day], rule="counted")
        draft.days = [at for at in draft.days if at < row.start()]


#: Figures in a row, each with a day behind or before it.
_PARTS = re.compile("N[PCURb.]{0,2}D(?:[,c.]{1,4}N[PCURb.]{0,2}D)+|D[.]?N(?:[,c.]{1,4}D[.]?N)+")


def _days_apart(draft: Draft) -> bool:
    """Whether its days are a row of single ones that "and" closes; "on Thursday, the eve of Easter" is one."""
    sentence, days = draft.sentence, draft.days
    gaps = [sentence.content[low + 1 : high] for low, high in pairwise(days)]
    row = bool(gaps) and "c" in gaps[-1] and all(set(gap) <= set(",c") for gap in gaps)
    return row and all(_is_day(sentence.units[day]) for day in days)


def _is_day(unit: Unit) -> bool:
    return unit.day is not None and unit.day.precision is Precision.DAY


def _is_of(draft: Draft, at: int) -> bool:
    """Whether the figure that opens the row is that of the draft."""
    return draft.sentence.units[at].quantity in draft.figures.returned.values()


def _figures(draft: Draft, at: int) -> Figures:
    """The figure of a unit for the sides of the draft."""
    found, unit = Figures(), draft.sentence.units[at]
    if unit.quantity is not None:
        for side in draft.figures.returned:
            found.returned[side] = unit.quantity
            found.note("returned", side, unit)
    return found
