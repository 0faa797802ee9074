"""An exchange that one sentence dates is that of another one with the very same figure: "103 on Saturday. … 103, wrote X"."""

from collections import defaultdict
from collections.abc import Sequence

from processors.model import DateRange, Kind, Precision
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.drafts.repeats import conflict
from processors.stages.extraction.drafts.reported import marked


def date_by_figures(found: Sequence[Draft], main: DateRange | None) -> None:
    """Date those that no sentence of their own dates, where the text tells of exchanges on several days."""
    dated = [draft for draft in found if draft.kind is Kind.EXCHANGE and _has_day(draft)]
    if main is None or len({draft.date for draft in dated}) < 2:
        return
    alike: dict[int, dict[tuple[object, ...], Draft]] = defaultdict(
        dict
    )  # Each figure of each day once: texts may be long.
    for one in dated:
        for figure in _exact(one):
            alike[figure].setdefault((one.date, *one.figures.returned.items()), one)
    for draft in found:
        if draft.kind is not Kind.EXCHANGE or draft.date is not None or marked(draft):
            continue
        near = [one for figure in _exact(draft) for one in alike[figure].values()]
        days = {one.date for one in near if not conflict(one, draft)}
        if len(days) == 1:
            draft.date = days.pop()


def _has_day(draft: Draft) -> bool:
    exact = draft.date is not None and draft.date.precision is Precision.DAY
    return exact and bool(draft.days and draft.figures.returned)


def _exact(draft: Draft) -> set[int]:
    """Its exact figures, of whichever side: both often get as many."""
    told = draft.figures.returned.values()
    return {one.min for one in told if one.min is not None and one.min == one.max and one.min >= _TELLING}


#: Smaller figures are those of many things.
_TELLING = 20
