"""The day of a held or planned exchange spreads to every claim about it, now that the events are known."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from processors.model import Claim, DateRange, Kind, Precision
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.events.signs import WORDS
from processors.stages.extraction.events.spans import Days, with_date

#: What has a day of its own, and what is said about a deed without naming the day: it takes that of the deed.
_DATED = (Kind.EXCHANGE, Kind.AGREEMENT)
_JUDGING = frozenset((Kind.DENIAL, Kind.ASSESSMENT, Kind.ACCUSATION))


@dataclass(slots=True)
class _Event:
    """What the text tells of an event: the days of it as held and as agreed on, and the last deed so far."""

    days: dict[Kind, set[DateRange]] = field(default_factory=lambda: defaultdict(set))
    deed: Claim | None = None
    #: The claim told last, deed or word.
    last: Claim | None = None

    def one(self, *kinds: Kind) -> DateRange | None:
        """The day that claims of those kinds name, None where they name several or none."""
        named = {day for kind in kinds for day in self.days[kind]}
        return next(iter(named)) if len(named) == 1 else None


def spread_days(told: Sequence[tuple[Claim, Sequence[Draft]]], places: Days) -> list[Claim]:
    """The claims, which are in the order of the text, dated by what it tells of their events elsewhere."""
    events: dict[str, _Event] = defaultdict(_Event)
    for claim, _ in told:
        if claim.date is not None:
            events[claim.event].days[claim.kind].add(claim.date)
    dated: list[Claim] = []
    for claim, drafts in told:
        event = events[claim.event]
        day = _day(claim, drafts, event)
        dated.append(claim if day == claim.date else with_date(claim, day, places))
        event.last = dated[-1]
        if claim.kind not in WORDS:
            event.deed = dated[-1]
    return dated


def _day(claim: Claim, drafts: Sequence[Draft], event: _Event) -> DateRange | None:
    """The day of the claim, as the text tells it here or elsewhere."""
    if claim.kind in _DATED and claim.date is None:
        soon = any(draft.has("soon") for draft in drafts)
        return None if soon else event.one(*_DATED)
    if claim.kind is Kind.AGREEMENT:
        return _carried_out(claim, drafts, event) or claim.date
    if (
        claim.kind is Kind.VIOLATION
        and claim.date is None
        and event.deed
        and event.deed.kind is Kind.AGREEMENT
    ):
        return event.deed.date
    if claim.kind is Kind.DENIAL and event.last and event.last.kind is Kind.VIOLATION:
        return claim.date or event.last.date
    if claim.kind not in _JUDGING or event.deed is None or any(draft.days for draft in drafts):
        return claim.date
    return _day_of_deed(claim, event.deed)


def _carried_out(agreed: Claim, drafts: Sequence[Draft], event: _Event) -> DateRange | None:
    """The day of the exchange that was held as agreed on a day before it, or for that month."""
    held = event.one(Kind.EXCHANGE)
    before = held is not None and agreed.date is not None and agreed.date.start_on < held.start_on
    return held if before and not any(draft.has("also") for draft in drafts) else None


def _day_of_deed(word: Claim, deed: Claim) -> DateRange | None:
    """The day of the exchange or deal that is judged, or of the one about which a dated word goes on; other deeds give none."""
    if word.date is not None and deed.date is not None and _is_series(word.date, deed.date):
        return word.date
    judged = word.kind is Kind.ASSESSMENT
    return deed.date if deed.kind in _DATED and (judged or word.date is not None) else None


def _is_series(days: DateRange, day: DateRange) -> bool:
    """Whether the day is one of a row of them."""
    return days.precision is Precision.RANGE and days.start_on <= day.start_on <= day.end_on <= days.end_on
