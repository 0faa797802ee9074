"""Which event a claim is about, when it was, and whether the text only recalls it."""

from collections.abc import Sequence
from datetime import date, timedelta

from processors.model import DateRange, Kind, Precision, Quantity, Side
from processors.stages.extraction.dates import Basis
from processors.stages.extraction.document import Draft

_ORDER = (
    Basis.EXPLICIT,
    Basis.WEEKDAY,
    Basis.RELATIVE,
    Basis.ANAPHORIC,
    Basis.MONTH,
    Basis.SEASON,
    Basis.YEAR,
)
#: A statement or act that lies further back than this is recalled, not reported.
_RECENT = timedelta(days=10)
_FOLLOWERS = frozenset((Kind.DENIAL, Kind.ACCUSATION, Kind.ASSESSMENT, Kind.VIOLATION))
_ACTS = frozenset((Kind.OFFER, Kind.REFUSAL, Kind.LIST, Kind.SUSPENSION))


def place(found: Sequence[Draft], published_on: date) -> None:
    """Give every draft its date, its background flag and the label of its event."""
    for draft in found:
        draft.date = _own_date(draft)
    main = _main_day(found, published_on)
    _recall(found)
    before: Draft | None = None
    for draft in found:
        if draft.kind is Kind.EXCHANGE:
            _place_exchange(draft, main, published_on)
            _follow(draft, before)
            before = draft
    _threads(found, main, published_on)
    _spread_statements(found)
    for draft in found:
        if draft.stated and draft.stated.end_on < published_on - _RECENT:
            draft.background = True


def _own_date(draft: Draft) -> DateRange | None:
    units = [draft.sentence.units[at] for at in draft.days]
    if draft.kind is Kind.EXCHANGE:
        units = [
            u
            for u in units
            if not (u.day and u.basis == Basis.RELATIVE and u.day.precision is Precision.RANGE)
        ]
    ranked = [
        (unit.day.precision is not Precision.DAY, _ORDER.index(Basis(unit.basis)), unit.start, unit.day)
        for unit in units
        if unit.day
    ]
    return min(ranked, key=lambda row: row[:3])[3] if ranked else None


def _main_day(found: Sequence[Draft], published_on: date) -> DateRange | None:
    """The day of the exchange that the text reports: the first one dated and not marked as earlier."""
    dated = [
        d
        for d in found
        if d.kind is Kind.EXCHANGE and d.date and d.date.precision in {Precision.DAY, Precision.RANGE}
    ]
    fresh = [d for d in dated if not _marked(d)]
    recent = [d for d in fresh if d.date and published_on - _RECENT <= d.date.end_on]
    for draft in recent:
        return draft.date
    return None


def _marked(draft: Draft) -> bool:
    """Whether the words themselves say that this was earlier ("the previous exchange", "Нагадаємо")."""
    units = draft.sentence.units[draft.start : draft.end]
    for at, unit in enumerate(units):
        if "past_cue" in unit.classes:
            before = units[max(0, at - 2) : at]
            if not any(
                u.word in {"after", "since", "than", "після", "после", "від", "от", "с", "з"} for u in before
            ):
                return True
    return False


def _recall(found: Sequence[Draft]) -> None:
    recalled = -1
    for draft in found:
        sentence = draft.sentence
        first = next((u for u in sentence.units if u.classes - {"quote", "mark"}), None)
        if first is not None and "background_head" in first.classes:
            recalled = sentence.paragraph
        draft.background = sentence.paragraph == recalled or _marked(draft)


def _place_exchange(draft: Draft, main: DateRange | None, published_on: date) -> None:
    if draft.date is None:
        if draft.background and main is not None:
            draft.event = f"earlier-{draft.sentence.span.start}"
        else:
            draft.date = main
            draft.event = "main"
            draft.background = draft.background and main is None
        return
    if main is not None:
        if draft.date == main or _within(main, draft.date):
            draft.date, draft.event, draft.background = main, "main", False
            return
        draft.background = draft.background or draft.date.end_on < main.start_on
    else:
        draft.background = draft.background or draft.date.end_on < published_on - _RECENT
    draft.event = draft.date.iso()


def _follow(draft: Draft, before: Draft | None) -> None:
    """ "Then the sides handed over …": the exchange of the sentence before."""
    opening = draft.sentence.units[draft.start : draft.start + 3]
    if before and not draft.days and any("then_cue" in unit.classes for unit in opening):
        draft.date, draft.event, draft.background = before.date, before.event, before.background


def _within(day: DateRange, span: DateRange) -> bool:
    """A vaguer date that holds the day ("in January" for the exchange of 3 January)."""
    return (
        span.precision in {Precision.MONTH, Precision.YEAR} and span.start_on <= day.start_on <= span.end_on
    )


def _threads(found: Sequence[Draft], main: DateRange | None, published_on: date) -> None:
    """Claims on words and deeds take the event of what they follow."""
    current, day, background = "main", main, False
    for draft in found:
        if draft.kind is Kind.EXCHANGE:
            if not draft.background:
                current, day, background = draft.event, draft.date, False
        elif draft.kind is Kind.AGREEMENT:
            draft.event = "agreed-" + (draft.date.iso() if draft.date else "x")
            if draft.date and draft.date.end_on < published_on - _RECENT:
                draft.background = True
            current, day, background = draft.event, draft.date, draft.background
        elif draft.kind in _ACTS:
            draft.event = _proposal(draft)
            draft.background = draft.background or bool(
                draft.date and draft.date.end_on < published_on - _RECENT
            )
            current, day, background = draft.event, draft.date, draft.background
        elif draft.kind in _FOLLOWERS:
            draft.event = current
            draft.date = draft.date or (day if current == "main" else None)


def _proposal(draft: Draft) -> str:
    return "proposal"


def _spread_statements(found: Sequence[Draft]) -> None:
    """ "She added": what a speaker goes on to say was said on the same day."""
    last: dict[str, Draft] = {}
    for draft in found:
        if draft.speaker is None:
            continue
        earlier = last.get(draft.speaker.id)
        if (
            draft.stated is None
            and earlier is not None
            and draft.sentence.paragraph - earlier.sentence.paragraph <= 1
        ):
            draft.stated = earlier.stated
        last[draft.speaker.id] = draft


def conflict(left: Draft, right: Draft) -> bool:
    """Whether two drafts of one speaker give different figures for one side, and so are about two events."""
    for side in (Side.UA, Side.RU):
        for values, others in (
            (left.figures.returned, right.figures.returned),
            (left.figures.bodies, right.figures.bodies),
        ):
            one, two = values.get(side), others.get(side)
            if one and two and not _compatible(one, two):
                return True
    return False


def _compatible(one: Quantity, two: Quantity) -> bool:
    low = max(one.min or 0, two.min or 0)
    high = min(one.max or 10**9, two.max or 10**9)
    return low <= high


def is_part(draft: Draft, group: Sequence[Draft]) -> bool:
    """A smaller figure of the same voice for the same event is a part of it, unless it is said to come on top."""
    if any("also" in unit.classes for unit in draft.sentence.units[draft.start : draft.end]):
        return False
    for side in (Side.UA, Side.RU):
        one = draft.figures.returned.get(side)
        whole = max(
            (d.figures.returned[side].min or 0 for d in group if side in d.figures.returned), default=0
        )
        if one and (one.min or one.max or 0) > whole:
            return False
    return not draft.figures.bodies
