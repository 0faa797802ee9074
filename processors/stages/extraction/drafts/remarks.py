"""What somebody says of the exchange told before, without naming it: thanks, praise, regret, "called it a good sign"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from processors.model import Kind, Side
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.reading.clauses import Proposition
from processors.stages.extraction.speakers.readings import Reading, Stretch
from processors.stages.extraction.words.lexicon import Speaker
from processors.stages.extraction.words.units import Sentence

#: Sentences behind the news of an exchange in which a remark is one on it.
_REACH = 16
#: Sentences behind another deed in which a remark is one on that.
_BESIDE = 1
#: Units behind a word of naming or praising among which stands what is named.
_OBJECT = 4
#: Units behind "spoke of" among which stands what the exchange is a sign of.
_SIGN = 6


@dataclass(slots=True)
class Remarked:
    """How many sentences ago the text told of an exchange, how many ago of another deed, and who has told of an exchange."""

    ago: int = _REACH
    other: int = _REACH
    voices: set[str] = field(default_factory=set)

    def note(self, made: Sequence[Draft], *, news: bool) -> None:
        """Keep what a sentence tells: right behind a plan, an offer or the like a remark is on that."""
        self.ago = 0 if news else self.ago + 1
        self.other = 0 if any(draft.kind not in _NO_DEEDS for draft in made) else self.other + 1
        told = (draft for draft in made if draft.kind is Kind.EXCHANGE)
        self.voices.update(draft.speaker.id for draft in told if draft.speaker is not None)

    @property
    def any_news(self) -> bool:
        """Whether the text has told of an exchange not long ago."""
        return self.ago < _REACH

    def _on_the_news(self) -> bool:
        return self.any_news and (self.other >= _BESIDE or self.other >= self.ago)

    def remarks(self, reading: Reading) -> Iterator[tuple[Stretch, Proposition]]:
        """An official's or a body's remark on the exchange, where that voice has told of none."""
        sentence = reading.sentence
        if not self._on_the_news() or not sentence.has(*_REMARKING) or sentence.has(*_OF_ANOTHER_MATTER):
            return
        for stretch in reading.stretches:
            speaker, voice = stretch.speaker, stretch.voice
            if speaker is None or voice is None or voice.carried or speaker.analyst or not speaker.known:
                continue
            if speaker.type not in _OFFICIAL or speaker.id in self.voices:
                continue
            if not _of_talks(sentence) and _remarks(sentence, stretch, speaker):
                yield stretch, Proposition(Kind.EXCHANGE, "described", stretch.start, stretch.end)


def _of_talks(sentence: Sentence) -> bool:
    """Whether it speaks of talks or hopes, and not of "a glimmer of hope"."""
    signs = tuple(sentence.words.signs) or " "
    return any("talk" in unit.classes and not unit.word.startswith(signs) for unit in sentence.units)


def _remarks(sentence: Sentence, stretch: Stretch, speaker: Speaker) -> bool:
    """Whether somebody names, praises or regrets it, or a party to it thanks others."""
    return any(
        _remarks_at(sentence, at, speaker)
        for at in range(stretch.start, stretch.end)
        if not sentence.units[at].classes.isdisjoint(_REMARKING)
    )


def _remarks_at(sentence: Sentence, at: int, speaker: Speaker) -> bool:
    units, words = sentence.units, sentence.words
    classes = units[at].classes
    behind = units[at + 1 : at + 1 + _OBJECT]
    if "thanks" in classes:
        return speaker.side in _PARTIES
    if "regrets" in classes:
        return True
    if "naming" in classes or "endorse" in classes or "hails" in classes:
        pointed = units[at].word.rpartition(" ")[2] in words.what_happened
        return pointed or any(unit.word in words.what_happened for unit in behind)
    return "say" in classes and _of_a_sign(sentence, at)


def _of_a_sign(sentence: Sentence, at: int) -> bool:
    """ "Spoke of a hopeful sign"."""
    units, about = sentence.units, sentence.words.about
    told = units[at].word.rpartition(" ")[2] in about
    told = told or any(unit.word in about for unit in units[at + 1 : at + 2])
    signs = tuple(sentence.words.signs) or " "
    return told and any(unit.word.startswith(signs) for unit in units[at + 1 : at + 1 + _SIGN])


#: Who remarks on an exchange in somebody's name: no state, and nobody whom only a description names.
_OFFICIAL = frozenset(("person", "org"))
#: Who may thank others for it; a mediator thanks for their trust in it.
_PARTIES = frozenset((Side.UA, Side.RU))
#: What is said of an exchange, and no other act.
_NO_DEEDS = frozenset((Kind.EXCHANGE, Kind.DENIAL, Kind.ACCUSATION, Kind.ASSESSMENT))
_REMARKING = ("thanks", "regrets", "naming", "endorse", "hails", "say")
_OF_ANOTHER_MATTER = (
    "meeting", "other_matter", "other_news", "foreign", "agree", "agree_noun", "offer", "ready", "list", "refuse",
    "suspend", "deny", "untrue", "accuse", "cumulative", "held", "prosecution", "urge", "asks",
)  # fmt: skip
