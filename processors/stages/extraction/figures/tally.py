"""Figures while they are gathered: what is found first stays, and where it stood is remembered for the slots."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from processors.model import BySide, Quantity, Side, SlotSpan
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.words.units import Unit


@dataclass(slots=True)
class Figures:
    """What a stretch says in numbers."""

    returned: dict[Side, Quantity] = field(default_factory=dict)
    bodies: dict[Side, Quantity] = field(default_factory=dict)
    ratio: str | None = None
    ordinal: int | None = None
    #: "The first", "the third exchange": in the row of all only while that was new.
    early: int | None = None
    #: A formula of two figures that does not say whose are whose.
    unmarked: bool = False
    #: It gives a total of both sides, which is the figure of neither.
    joint: bool = False
    #: It tells of dozens or hundreds who came in an exchange.
    vague: bool = False
    slots: list[SlotSpan] = field(default_factory=list)

    def values(self, name: str) -> dict[Side, Quantity]:
        """`returned` or `bodies`, by the name of its slots."""
        return self.bodies if name == "bodies" else self.returned

    def turn(self, name: str) -> None:
        """Give the figures of either side, with the places where they stand, to the other one."""
        values = self.values(name)
        turned = {OTHER_SIDE[side]: quantity for side, quantity in values.items()}
        values.clear()
        values.update(turned)
        self.slots = [
            replace(slot, slot=_turned(slot.slot)) if slot.slot.startswith(name) else slot
            for slot in self.slots
        ]

    @property
    def given(self) -> bool:
        """Whether it says how many people or remains, or by which formula."""
        return bool(self.returned or self.bodies or self.ratio or self.joint or self.vague)

    def by_side(self, name: str) -> BySide:
        """`returned` or `bodies` as the model writes it."""
        values = self.values(name)
        return BySide(UA=values.get(Side.UA), RU=values.get(Side.RU))

    def note(self, name: str, side: Side, unit: Unit) -> None:
        """Remember where the figure of a side stands."""
        self.slots.append(SlotSpan(slot=f"{name}.{side.value}", span=unit.span))


def _turned(slot: str) -> str:
    """ "returned.UA" for "returned.RU"."""
    name, _, side = slot.partition(".")
    return f"{name}.{OTHER_SIDE[Side(side)].value}"


def total(quantities: Sequence[Quantity]) -> Quantity:
    """Their sum, with bounds where any has them."""
    closed = all(quantity.max for quantity in quantities)
    low = sum(quantity.min or 0 for quantity in quantities)
    return Quantity(min=low, max=low if closed else None, approx=any(q.approx for q in quantities))
