"""What the stages from reading to assembly hand on of one claim."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from processors.model import DateRange, Kind, Precision, Side, Span
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
        return any(cls in unit.classes for unit in self.units)


def apart(draft: Draft) -> Iterator[Draft]:
    """The draft; and one more where prisoners and remains are agreed on together, which are an event each."""
    figures = draft.figures
    if draft.kind is Kind.AGREEMENT and figures.bodies and (figures.returned or _of_captives(draft)):
        remains = Figures(
            bodies=figures.bodies, slots=[s for s in figures.slots if s.slot.startswith("bodies")]
        )
        figures.slots = [slot for slot in figures.slots if slot not in remains.slots]
        figures.bodies = {}
        yield draft
        yield replace(draft, figures=remains)
    else:
        yield draft


def _of_captives(draft: Draft) -> bool:
    """Whether prisoners are to be exchanged, besides the remains."""
    view = draft.sentence.content[draft.start : draft.end]
    return "C" in view and not _MOVED.isdisjoint(view)


_MOVED = frozenset("EXTt")
