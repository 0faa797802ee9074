"""Silence told in a sentence of its own: a list or an offer without an answer ("ответа нет"), no exchange since the last."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from processors.model import Kind, Side
from processors.stages.extraction.days.dates import Basis
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.kinds.actors import STATES
from processors.stages.extraction.reading.clauses import Proposition, has_phrase
from processors.stages.extraction.speakers.readings import Reading, Stretch
from processors.stages.extraction.words.units import Sentence

#: Sentences back in which the list was given or the offer made.
_BACK = 2
#: Units of a sentence that says no more than that there is no answer.
_LONGEST = 18


@dataclass(slots=True)
class Unanswered:
    """The lists and offers told last, and how many sentences ago."""

    drafts: list[Draft] = field(default_factory=list)
    ago: int = _BACK
    #: Sentences since an exchange that is told with its date, or as the last one.
    since_exchange: int = _BACK

    def note(self, made: Sequence[Draft]) -> None:
        """Keep what a sentence hands over or offers; what is refused already has its answer."""
        held = any(draft.kind is Kind.EXCHANGE and _is_of_a_date(draft) for draft in made)
        self.since_exchange = 0 if held else self.since_exchange + 1
        if any(draft.kind is Kind.REFUSAL for draft in made):
            self.ago = _BACK
        elif deeds := [draft for draft in made if draft.kind in _ANSWERED]:
            self.drafts, self.ago = deeds, 0
        else:
            self.ago += 1

    def silence(self, reading: Reading) -> Iterator[tuple[Stretch, Proposition]]:
        """That the other side does not answer, or that no exchange followed."""
        sentence = reading.sentence
        if self._since_the_last(sentence):
            for stretch in reading.stretches[:1]:
                if stretch.speaker is None:
                    yield stretch, Proposition(Kind.SUSPENSION, "silence", stretch.start, stretch.end)
            return
        if self.ago >= _BACK or not _tells_of_silence(sentence):
            return
        for stretch in reading.stretches[:1]:
            actor = _named(sentence) or self._owes_it(stretch)
            yield stretch, Proposition(Kind.REFUSAL, "no-answer", stretch.start, stretch.end, actor)

    def _since_the_last(self, sentence: Sentence) -> bool:
        """ "(The last exchange took place on 2 October.) Then came silence"."""
        return self.since_exchange == 0 and _tells_of_nothing(sentence)

    def _owes_it(self, stretch: Stretch) -> Side:
        """The other side than the one that offered something, or that speaks; a mediator's list waits for Russia."""
        made = next((draft.actor for draft in self.drafts if draft.actor in OTHER_SIDE), None)
        waits = made or (stretch.speaker.side if stretch.speaker else None)
        return OTHER_SIDE.get(waits, Side.RU) if waits else Side.RU


def _tells_of_silence(sentence: Sentence) -> bool:
    """Whether there is no answer, and not one to reporters or to relatives."""
    if len(sentence.units) > _LONGEST or sentence.has("comment", "other_matter", "foreign"):
        return False
    if not set(sentence.content).isdisjoint("EXTGVN%") or sentence.says(sentence.words.questions):
        return False
    return has_phrase(sentence.units, sentence.words.no_answer)


def _is_of_a_date(draft: Draft) -> bool:
    """Whether an exchange is not the news of the day."""
    dated = any(unit.basis == Basis.EXPLICIT for unit in draft.units)
    return draft.has("past_cue") or (dated and draft.figures.given)


def _tells_of_nothing(sentence: Sentence) -> bool:
    """ "Since then, nothing", "затем наступила тишина", and no more."""
    units, words = sentence.units, sentence.words
    if len(units) > _SHORT or sentence.has("comment", "other_matter", "ua_state", "ru_state"):
        return False
    if has_phrase(units, words.nothing_followed):
        return True
    return has_phrase(units, words.since_then) and has_phrase(units, words.quiet)


#: Units of a sentence that says no more than that nothing followed.
_SHORT = 8


def _named(sentence: Sentence) -> Side | None:
    """The one side that is named."""
    sides = {side for cls, side in STATES.items() if sentence.has(cls)}
    return sides.pop() if len(sides) == 1 else None


#: What waits for an answer.
_ANSWERED = frozenset((Kind.OFFER, Kind.LIST))
