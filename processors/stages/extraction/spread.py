"""The day of a held or planned exchange spreads to every claim about it, now that the events are known."""

from collections import defaultdict
from collections.abc import Sequence

from processors.model import Claim, DateRange, Kind
from processors.stages.extraction.draft import Draft
from processors.stages.extraction.signs import WORDS
from processors.stages.extraction.spans import Days, with_date

#: What has a day of its own, and what is said about a deed without naming the day: it takes that of the deed.
_HELD = frozenset((Kind.EXCHANGE, Kind.AGREEMENT))
_JUDGING = frozenset((Kind.DENIAL, Kind.ASSESSMENT, Kind.ACCUSATION))


def spread_days(told: Sequence[tuple[Claim, Sequence[Draft]]], places: Days) -> list[Claim]:
    """The claims, which are in the order of the text, dated by what it tells of their events elsewhere."""
    days: dict[str, set[DateRange]] = defaultdict(set)
    for claim, _ in told:
        if claim.kind in _HELD and claim.date is not None:
            days[claim.event].add(claim.date)
    deeds: dict[str, Claim] = {}
    dated: list[Claim] = []
    for claim, drafts in told:
        day = _day(claim, drafts, days[claim.event], deeds.get(claim.event))
        dated.append(claim if day == claim.date else with_date(claim, day, places))
        if claim.kind not in WORDS:
            deeds[claim.event] = dated[-1]
    return dated


def _day(claim: Claim, drafts: Sequence[Draft], days: set[DateRange], deed: Claim | None) -> DateRange | None:
    """Its own day; else the one day of its event; of what is said about a deed that of the deed."""
    if claim.kind in _HELD and claim.date is None and len(days) == 1:
        return next(iter(days))
    if claim.kind not in _JUDGING or deed is None or any(draft.days for draft in drafts):
        return claim.date
    held = claim.kind is Kind.ASSESSMENT and deed.kind is Kind.EXCHANGE
    if claim.date is None and not held:
        return None
    return deed.date if deed.kind in _HELD else None
