"""What attribution makes of a sentence: its stretches, each with the voice that says it."""

from dataclasses import dataclass, field

from processors.model import DateRange
from processors.stages.extraction.speakers.voice import Voice
from processors.stages.extraction.words.lexicon import Speaker
from processors.stages.extraction.words.units import Sentence


@dataclass(slots=True)
class Stretch:
    """Units `start` to `end` of a sentence with the voice that says them, None for the outlet."""

    start: int
    end: int
    voice: Voice | None

    @property
    def speaker(self) -> Speaker | None:
        """Who says it, None for the outlet."""
        return self.voice.speaker if self.voice else None


@dataclass(slots=True)
class Reading:
    """A sentence on the subject with its stretches."""

    sentence: Sentence
    near: bool
    stretches: list[Stretch] = field(default_factory=list)
    #: "This was reported by X": speaks for the sentences before it.
    reports: bool = False
    #: A quotation is open at the beginning, at the end.
    quote_before: bool = False
    quote_after: bool = False
    #: Whom it is about, where nobody speaks in it: a quotation behind it is theirs.
    about: Voice | None = None
    #: A question of the interviewer, whom nobody quotes.
    asked: bool = False

    @property
    def voice(self) -> Voice | None:
        """The last voice of the sentence."""
        for stretch in reversed(self.stretches):
            if stretch.voice is not None:
                return stretch.voice
        return None

    @property
    def unattributed(self) -> bool:
        """Whether all of it is the outlet's own."""
        return self.voice is None


def give(reading: Reading, voice: Voice, rule: str, day: DateRange | None = None) -> None:
    """Let `voice` say the whole sentence, on that day; others with the same verb too ("X and Y said")."""
    reading.stretches = _lent(voice, rule, 0, len(reading.sentence.units), day)


def give_the_rest(reading: Reading, voice: Voice, rule: str, day: DateRange | None = None) -> None:
    """ "1,000 bodies came back, which, the Russians claim, are of soldiers": let `voice` say what nobody in it does."""
    lent: list[Stretch] = []
    for one in reading.stretches:
        lent += [one] if one.voice else _lent(voice, rule, one.start, one.end, day)
    reading.stretches = lent


def _lent(voice: Voice, rule: str, start: int, end: int, day: DateRange | None) -> list[Stretch]:
    borrowed = [
        Voice(v.mention, -9, rule, start, end, v.speaker, carried=True, via=v.via, span=v.span, day=day)
        for v in (voice, *voice.beside)
    ]
    return [Stretch(start, end, one) for one in borrowed]
