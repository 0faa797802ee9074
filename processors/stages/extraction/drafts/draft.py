"""What the stages from reading to assembly hand on of one claim."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from processors.model import DateRange, Kind, Precision, Side, SlotSpan, Span
from processors.stages.extraction.figures.tally import Figures
from processors.stages.extraction.speakers.voice import Voice
from processors.stages.extraction.words.lexicon import Speaker
from processors.stages.extraction.words.units import Sentence, Unit

#: Label of the event that is the news of the text.
MAIN = "main"
#: How the label of a deal on remains ends: the codebook has it beside that on prisoners.
REMAINS = "-remains"


@dataclass(slots=True)
class Draft:
    """A claim being put together."""

    kind: Kind
    sentence: Sentence
    rule: str
    speaker: Speaker | None
    voice: Voice | None = None
    figures: Figures = field(default_factory=Figures)
    actor: Side | None = None
    mediators: tuple[str, ...] = ()
    #: Units of the sentence that may date the event.
    days: list[int] = field(default_factory=list)
    date: DateRange | None = None
    stated: DateRange | None = None
    via: tuple[str, ...] = ()
    location: Span | None = None
    background: bool = False
    event: str = ""
    start: int = 0
    end: int = 0
    #: Which of the exchanges of one clause it tells of, where they differ by their days alone ("on 9, 10 and 12 June").
    stage: int = 0

    @property
    def units(self) -> list[Unit]:
        """Those of the sentence that assert it."""
        return self.sentence.units[self.start : self.end]

    @property
    def said_on(self) -> DateRange | None:
        """The day of the statement, where the text names a single one."""
        return self.stated if self.stated and self.stated.precision is Precision.DAY else None

    def has(self, cls: str) -> bool:
        """Whether one of its units is of the class."""
        return cls in self.sentence.features and any(cls in unit.classes for unit in self.units)


def apart(draft: Draft) -> Iterator[Draft]:
    """The draft; and one more for remains that are agreed on beside prisoners, or handed over on another day than they."""
    figures = draft.figures
    agreed = draft.kind is Kind.AGREEMENT and figures.bodies and (figures.returned or _of_captives(draft))
    days = _days_of_each(draft) if draft.kind in _MOVING else None
    if not (agreed or days):
        yield draft
        return
    remains = Figures(bodies=figures.bodies, slots=[s for s in figures.slots if s.slot.startswith("bodies")])
    figures.slots = [slot for slot in figures.slots if slot not in remains.slots]
    figures.bodies = {}
    both = days or (draft.days, draft.days)
    yield replace(draft, days=both[0])
    yield replace(draft, figures=remains, days=both[1])


def _days_of_each(draft: Draft) -> tuple[list[int], list[int]] | None:
    """ "After Wednesday's exchange of 84 each, Russia on Thursday handed over 909 bodies": the days of people and of remains."""
    units, slots = draft.sentence.units, draft.figures.slots
    if not any(slot.slot.startswith("bodies") for slot in slots):
        return None
    people, remains = (
        [at for at, unit in enumerate(units) if any(_tells(slot, name, unit) for slot in slots)]
        for name in ("returned", "bodies")
    )
    if draft.kind is Kind.AGREEMENT and not people:
        people = [at for at in range(len(units)) if _is_of_captives(units[at : at + 2])]
    if not (people and remains):
        return None
    low, high = sorted((people[0], remains[0]))
    parted = next((at for at in range(high, low, -1) if draft.sentence.content[at] in ",;"), None)
    if parted is None:
        return None
    sides = [at for at in draft.days if at < parted], [at for at in draft.days if at > parted]
    told = [{draft.sentence.units[at].day for at in side} for side in sides]
    if not (told[0] and told[1]) or told[0] & told[1]:
        return None
    return sides if low == people[0] else (sides[1], sides[0])


#: What happens on days of their own.
_MOVING = frozenset((Kind.EXCHANGE, Kind.AGREEMENT))


def _is_of_captives(units: Sequence[Unit]) -> bool:
    """A prisoner exchange, as one unit or as two."""
    named = bool(units) and "exchange_noun" in units[0].classes
    return named and any("captive" in unit.classes for unit in units)


def _tells(slot: SlotSpan, name: str, unit: Unit) -> bool:
    return slot.slot.startswith(name) and slot.span == unit.span


def _of_captives(draft: Draft) -> bool:
    """Whether prisoners are to be exchanged, besides the remains."""
    view = draft.sentence.content[draft.start : draft.end]
    return "C" in view and not _MOVED.isdisjoint(view)


_MOVED = frozenset("EXTt")
