"""What is said of a planned exchange that fell through was about the day for which it was planned."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from processors.model import Claim, DateRange, Kind
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.events.spans import Days, with_date

_Told = tuple[Claim, list[Draft]]


def date_fallen_through(told: Sequence[_Told], published_on: date, places: Days) -> list[_Told]:
    """The breaches, judgements and charges without a day of their own, and denials of these, dated by the plan."""
    plans = _plans(told, published_on)
    last: dict[str, Claim] = {}
    dated: list[_Told] = []
    for claim, drafts in told:
        one, day = claim, plans.get(claim.event)
        if day and claim.date is None and _is_of_plan(claim, drafts, last.get(claim.event)):
            one = with_date(claim, day, places)
        last[claim.event] = one
        dated.append((one, drafts))
    return dated


def _is_of_plan(claim: Claim, drafts: Sequence[Draft], before: Claim | None) -> bool:
    """Lists that breach an agreement do so on no day; a denial answers a dated charge or breach just before it."""
    if any(draft.days or draft.rule == "mismatch" for draft in drafts):
        return False
    answers = before is not None and before.kind in _CHARGES and before.date is not None
    return claim.kind in _JUDGED or (claim.kind is Kind.DENIAL and answers)


_CHARGES = frozenset((Kind.ACCUSATION, Kind.VIOLATION))
_JUDGED = _CHARGES | {Kind.ASSESSMENT}


def _plans(told: Sequence[_Told], published_on: date) -> dict[str, DateRange]:
    """By event the only day for which its exchange was planned, now gone by without one."""
    days: dict[str, set[DateRange]] = defaultdict(set)
    planned, held, off = set[str](), set[str](), set[str]()
    for claim, drafts in told:
        if claim.kind is Kind.AGREEMENT and claim.date is not None:
            days[claim.event].add(claim.date)
        if claim.kind is Kind.EXCHANGE:
            held.add(claim.event)
        elif claim.date is not None and any(
            _names_plan(draft) and draft.date == claim.date for draft in drafts
        ):
            days[claim.event].add(claim.date)
            planned.add(claim.event)
            off |= {claim.event for draft in drafts if draft.rule == _OFF}
    return {
        event: day
        for event in planned - (held - off)
        if len(days[event]) == 1 and (day := next(iter(days[event]))).end_on <= published_on
    }


def _names_plan(draft: Draft) -> bool:
    """Whether its own words name the day of the plan, and not that of the deal."""
    if not draft.days or draft.has("agree"):
        return False
    return draft.kind is Kind.AGREEMENT or draft.rule == _OFF or (draft.kind in _STOPS and draft.has("plan"))


#: The rule of "and it did not take place".
_OFF = "called-off"
_STOPS = frozenset((Kind.REFUSAL, Kind.SUSPENSION, Kind.DENIAL))
