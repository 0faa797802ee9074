"""A claim being put together."""

from dataclasses import dataclass, field

from processors.model import DateRange, Kind, Side, Span
from processors.stages.extraction.lexicon import Speaker
from processors.stages.extraction.tally import Figures
from processors.stages.extraction.units import Sentence
from processors.stages.extraction.voice import Voice


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
