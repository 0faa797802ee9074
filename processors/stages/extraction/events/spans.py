"""Where in the text each slot of a claim stands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from processors.model import Claim, DateRange, Side, SlotSpan, Span
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.words.units import Sentence, Unit


class Days:
    """The place of each date of a document, its first mention."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._first: dict[DateRange, Span] = {}
        for sentence in sentences:
            for unit in sentence.units:
                if unit.day is not None:
                    self._first.setdefault(unit.day, _span(unit))

    def of(self, day: DateRange | None) -> Span | None:
        """Where the text names `day` first."""
        return self._first.get(day) if day is not None else None


def slot_spans(
    group: Sequence[Draft], text: str, days: Days, *, date: DateRange | None, stated: DateRange | None
) -> tuple[SlotSpan, ...]:
    """One span a slot and value, in the order of the text; nothing for what the text implies but does not write."""
    found = {(slot.slot, slot.span.start, slot.span.end): slot for slot in _of_group(group, text)}
    for name, day in (("date", date), ("stated", stated)):
        own = next((span for draft in group if (span := _day(draft, day))), None) or days.of(day)
        if own is not None:
            found[name, own.start, own.end] = SlotSpan(slot=name, span=own)
    return _in_order(found.values())


def with_date(claim: Claim, day: DateRange | None, days: Days) -> Claim:
    """The claim with another date, which stands where the text names it first."""
    slots = [slot for slot in claim.slots if slot.slot != "date"]
    if (place := days.of(day)) is not None:
        slots.append(SlotSpan(slot="date", span=place))
    return replace(claim, date=day, slots=_in_order(slots))


def _in_order(slots: Iterable[SlotSpan]) -> tuple[SlotSpan, ...]:
    return tuple(sorted(slots, key=lambda slot: (slot.span.start, slot.slot)))


def _of_group(group: Sequence[Draft], text: str) -> Iterator[SlotSpan]:
    for draft in group:
        yield from draft.figures.slots
        if draft.voice is not None and draft.voice.span is not None:
            yield SlotSpan(slot="speaker", span=draft.voice.span)
        for unit in draft.sentence.units:
            if unit.mediator and unit.mediator in draft.mediators:
                yield SlotSpan(slot="mediators", span=_span(unit))
        if draft.actor is not None and (unit_of := _state(draft, draft.actor)):
            yield SlotSpan(slot="actor", span=_span(unit_of))
        for name in draft.via:
            at = text.find(name)
            if at >= 0:
                yield SlotSpan(slot="via", span=Span(start=at, end=at + len(name)))
        if draft.location is not None:
            yield SlotSpan(slot="location", span=draft.location)


def _day(draft: Draft, day: DateRange | None) -> Span | None:
    if day is None:
        return None
    return next((_span(unit) for unit in draft.sentence.units if unit.day and unit.day == day), None)


def _state(draft: Draft, side: Side) -> Unit | None:
    wanted = {Side.UA: "ua_state", Side.RU: "ru_state"}.get(side, "speaker")
    return next((unit for unit in draft.sentence.units if wanted in unit.classes), None)


def _span(unit: Unit) -> Span:
    return Span(start=unit.start, end=unit.end)
