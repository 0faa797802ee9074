"""The numbers of a candidate read again from its evidence, with the reader of our own rules."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from processors.model import BySide, Language, Quantity, SlotSpan, Span
from processors.ports import Candidate
from processors.stages.extraction.days.dates import find_dates
from processors.stages.extraction.numbers.quantities import Role, find_quantities, find_ratios
from processors.stages.extraction.words.numerals import NumberForm, find_numbers


class Recount:
    """The figures of the evidence at `span`."""

    def __init__(self, text: str, span: Span, language: Language, published_on: date) -> None:
        numbers = find_numbers(text, span, language)
        dates = find_dates(text, span, published_on=published_on, language=language)
        self._ratios = find_ratios(text, span, language, numbers=numbers)
        found = find_quantities(text, span, language, numbers=numbers, dates=[day.span for day in dates])
        self._counts = [
            (mention.quantity, mention.span)
            for mention in found
            if mention.role is Role.COUNT and not mention.same
        ]
        for ratio in self._ratios:
            figures = (value for value in (ratio.left, ratio.right) if value is not None)
            self._counts += [(Quantity(min=value, max=value), ratio.span) for value in figures]
        self._ordinals = {number.value for number in numbers if number.form is NumberForm.ORDINAL}

    def held(self, candidate: Candidate) -> Candidate:
        """The candidate with the figures that the evidence has, bounded as the evidence bounds them, and without others."""
        return replace(
            candidate,
            returned=self._by_side(candidate.returned),
            bodies=self._by_side(candidate.bodies),
            ratio=candidate.ratio if candidate.ratio in {r.text() for r in self._ratios} else None,
            ordinal=candidate.ordinal if candidate.ordinal in self._ordinals else None,
        )

    def slots(self, held: Candidate) -> Iterator[SlotSpan]:
        """Where the figures of a candidate that holds stand."""
        for name, by_side in (("returned", held.returned), ("bodies", held.bodies)):
            for side, quantity in (("UA", by_side.UA), ("RU", by_side.RU)):
                place = next((span for count, span in self._counts if count == quantity), None)
                if quantity is not None and place is not None:
                    yield SlotSpan(slot=f"{name}.{side}", span=place)

    def _by_side(self, claimed: BySide) -> BySide:
        return BySide(UA=self._read(claimed.UA), RU=self._read(claimed.RU))

    def _read(self, claimed: Quantity | None) -> Quantity | None:
        """The evidence's own quantity with a figure of the one claimed, None when there is none."""
        if claimed is None:
            return None
        wanted = {claimed.min, claimed.max} - {None}
        read = [count for count, _ in self._counts if wanted & {count.min, count.max}]
        return claimed if claimed in read else next(iter(read), None)


def lacks(candidate: Candidate, held: Candidate) -> bool:
    """Whether a figure of the candidate was taken out."""
    figures = [
        (c.returned.UA, c.returned.RU, c.bodies.UA, c.bodies.RU, c.ratio, c.ordinal)
        for c in (candidate, held)
    ]
    return any(
        claimed is not None and kept is None for claimed, kept in zip(figures[0], figures[1], strict=True)
    )
