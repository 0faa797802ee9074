"""An exchange of a month is that of the day named for one in it: "after the exchange of 19 March … that March swap"."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from processors.model import DateRange, Kind, Precision
from processors.stages.extraction.days.dates import Basis
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.drafts.repeats import conflict
from processors.stages.extraction.words.units import Sentence


def sharpen_days(found: Sequence[Draft], sentences: Sequence[Sentence]) -> None:
    """Give an exchange with a month alone the only day of it that the text names for an exchange."""
    vague = [draft for draft in found if draft.kind is Kind.EXCHANGE and _is_of_month(draft)]
    if not vague:
        return
    named = {day for sentence in sentences for day in _days_of_exchanges(sentence)}
    dated = [draft for draft in found if draft.kind is Kind.EXCHANGE and _is_day(draft.date)]
    named |= {draft.date for draft in dated if draft.date}
    by_month: dict[tuple[int, int], list[DateRange]] = defaultdict(list)
    for day in named:
        by_month[day.start_on.year, day.start_on.month].append(day)
    told: dict[DateRange | None, dict[tuple[object, ...], Draft]] = defaultdict(dict)
    for one in dated:
        told[one.date].setdefault(tuple(one.figures.returned.items()), one)
    for draft in vague:
        inside = by_month[draft.date.start_on.year, draft.date.start_on.month] if draft.date else []
        if len(inside) != 1 or draft.has("stage"):
            continue
        if not any(conflict(one, draft) for one in told[inside[0]].values()):
            draft.date = inside[0]


def _is_of_month(draft: Draft) -> bool:
    """Whether a whole month is told, and no part of one ("at the end of January")."""
    if draft.date is None or draft.date.precision is not Precision.MONTH:
        return False
    units = draft.sentence.units
    return all(units[at].basis not in _PARTS for at in draft.days if units[at].day == draft.date)


_PARTS = frozenset((Basis.EARLY, Basis.MIDDLE, Basis.LATE))


def _is_day(day: DateRange | None) -> bool:
    return day is not None and day.precision is Precision.DAY


def _days_of_exchanges(sentence: Sentence) -> Iterator[DateRange]:
    """ "Вернувшихся по обмену 19 марта", "the exchange of 3 January": a day right behind the noun."""
    if "exchange_noun" not in sentence.features:
        return
    for found in _NAMED.finditer(sentence.content):
        day = sentence.units[found.end() - 1].day
        if day is not None and day.precision is Precision.DAY:
            yield day


_NAMED = re.compile("EC?[.]{0,2}D")
