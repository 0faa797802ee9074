"""A voice: a speaker with the stretch of a sentence that is theirs."""

from dataclasses import dataclass, field

from processors.model import DateRange, Span
from processors.stages.extraction.speakers.mentions import Mention
from processors.stages.extraction.words.lexicon import Speaker


@dataclass(slots=True)
class Voice:
    """A mention that speaks. `verb` is its verb or preposition; units `start` to `end` are what it says."""

    mention: Mention
    verb: int
    rule: str
    start: int = 0
    end: int = 0
    speaker: Speaker | None = None
    via: tuple[str, ...] = ()
    #: Where the text names them.
    span: Span | None = None
    #: Taken over from another sentence.
    carried: bool = False
    #: The day on which they said it, where only that other sentence names it.
    day: DateRange | None = None
    #: Others who say it with this one ("X and Y announced").
    beside: list["Voice"] = field(default_factory=list)
