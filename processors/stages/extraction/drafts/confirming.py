"""Who confirms what another one has just told claims it too: "Zelensky later confirmed this", "эту цифру подтвердили в ГУР"."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from processors.model import Kind
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.reading.clauses import Proposition, has_phrase
from processors.stages.extraction.speakers.readings import Reading, Stretch
from processors.stages.extraction.words.units import Sentence, Unit

#: Sentences back in which stands what is confirmed.
_BACK = 2
#: Sentences back in which stands the plan of which only a number is told; what would tell of people who moved.
_PLANNED, _MOVES = 3, frozenset("EXTtGV")
#: Units of a sentence that does no more than confirm.
_LONGEST = 30
#: Units around the verb among which its object stands; words before it among which its negation does.
_AROUND, _BEFORE = 5, 4


@dataclass(slots=True)
class Told:
    """What was told last, and how many sentences ago."""

    drafts: list[Draft] = field(default_factory=list)
    ago: int = 0

    def note(self, made: Sequence[Draft], *, again: bool) -> None:
        """Keep what a sentence tells; one that confirms it tells it again."""
        deeds = [] if again else [draft for draft in made if draft.kind in _DEEDS]
        self.drafts = deeds or self.drafts
        self.ago = 1 if deeds or again else self.ago + 1

    def number_plans(self, made: list[Draft], *, after_news: bool) -> list[Draft]:
        """ "A deal was struck. … Umerov spoke of 800 captives, with 200 to follow": a number alone is that of the plan."""
        numbers = [draft for draft in made if draft.rule == "tallied" and draft.figures.returned]
        behind = (
            not after_news
            and self.ago <= _PLANNED
            and {draft.kind for draft in self.drafts} == {Kind.AGREEMENT}
        )
        if not (behind and numbers) or not _MOVES.isdisjoint(made[0].sentence.content):
            return made
        numbers[0].kind = Kind.AGREEMENT
        return [draft for draft in made if draft is numbers[0] or draft.kind is not Kind.EXCHANGE]

    def confirmed(self, reading: Reading, made: Sequence[Draft]) -> list[tuple[Stretch, Proposition]]:
        """What was told shortly before once more, by the one who confirms it and tells nothing else of it."""
        if not self.drafts or self.ago > _BACK or not reading.near:
            return []
        at = _confirms(reading.sentence) if all(draft.rule in _BARE for draft in made) else None
        if at is None:
            return []
        one = _fullest(self.drafts)
        return [
            (stretch, Proposition(one.kind, "confirms", stretch.start, stretch.end, one.actor))
            for stretch in reading.stretches
            if stretch.start <= at < stretch.end and _may_confirm(reading.sentence, stretch, self.drafts)
        ]

    def counted(self, draft: Draft) -> Draft:
        """The draft; with the figures of what was told where somebody "confirmed this number", and not only that it is so."""
        figures = draft.sentence.words.confirmed_figures
        if not figures.isdisjoint(_spoken(draft.sentence.units)):
            draft.figures.returned = dict(_fullest(self.drafts).figures.returned)
        return draft


#: What happened or is agreed, no words.
_DEEDS = frozenset((Kind.EXCHANGE, Kind.AGREEMENT, Kind.OFFER, Kind.REFUSAL, Kind.SUSPENSION, Kind.VIOLATION))
#: Rules that see only that somebody confirms something.
_BARE = frozenset(("confirmed", "described", "spoke-of"))


def _fullest(told: Sequence[Draft]) -> Draft:
    """What is confirmed: an exchange rather than another act, the last one."""
    return max(told, key=lambda draft: draft.kind is Kind.EXCHANGE)


def _may_confirm(sentence: Sentence, stretch: Stretch, told: Sequence[Draft]) -> bool:
    """Whether somebody else speaks here, and of no people of his own telling."""
    speaker, voice = stretch.speaker, stretch.voice
    if speaker is None or voice is None or voice.carried or speaker.analyst:
        return False
    own = set(sentence.content[stretch.start : stretch.end])
    return own.isdisjoint(_TELLS) and all(draft.speaker is not speaker for draft in told)


#: Exchanges, figures and people.
_TELLS = frozenset("EXTtGVBN%LCURO")


def _spoken(units: Sequence[Unit]) -> list[str]:
    return [word for unit in units for word in unit.word.split()]


def _confirms(sentence: Sentence) -> int | None:
    """The unit in which somebody confirms what was told, and does not fail or refuse to."""
    if len(sentence.units) > _LONGEST:
        return None
    words = sentence.words
    for at, unit in enumerate(sentence.units):
        if unit.word in words.likewise:
            return at
        confirmed = not words.confirmed_figures.isdisjoint(unit.word.split())
        if confirmed and has_phrase(sentence.units, words.same_figures):
            return at
        if not sentence.words.confirms.isdisjoint(unit.word.split()):
            return at if _has_object(sentence, at) else None
    return None


def _has_object(sentence: Sentence, verb: int) -> bool:
    """ "Confirmed this", "эту информацию подтвердил": an object that points back stands beside the verb."""
    units, words = sentence.units, sentence.words
    before = _spoken(units[max(0, verb - _AROUND) : verb + 1])
    behind = _spoken(units[verb : verb + _AROUND])
    at = next(at for at in range(len(before) - 1, -1, -1) if before[at] in words.confirms)
    before, behind = before[:at], behind[behind.index(before[at]) + 1 :]
    if not words.unconfirming.isdisjoint(before[-_BEFORE:]):
        return False
    behind = behind[: next((at for at, word in enumerate(behind) if not word.isalpha()), len(behind))]
    pointed = next((at for at, word in enumerate(behind) if word in words.confirmed_things), None)
    if pointed is not None:
        return (words.that | words.about).isdisjoint(behind[pointed + 1 : pointed + 2])
    said = f" {' '.join(before)} "
    return any(f" {phrase} " in said for phrase in words.confirmed_before)
