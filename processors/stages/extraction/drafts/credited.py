"""Who mediated and where, named in a sentence that makes no claim of its own: they belong to the exchange just told."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from processors.model import Kind, Side, SlotSpan, Span
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.kinds.places import place_of
from processors.stages.extraction.kinds.unheld import of_other_deal, of_several
from processors.stages.extraction.reading.clauses import Clause
from processors.stages.extraction.speakers.readings import Reading, Stretch
from processors.stages.extraction.words.lexicon import Speaker
from processors.stages.extraction.words.units import Sentence, Unit

#: Paragraphs between the exchange and what is added to it.
_NEAR = 1
#: What is held or planned, and so has mediators and a place.
HELD = frozenset((Kind.EXCHANGE, Kind.AGREEMENT))


def mediators_of(sentence: Sentence, start: int, end: int, speaker: Speaker | None) -> list[Unit]:
    """The names between two units of a sentence that speaks of mediation or help, but the speaker's own."""
    if not sentence.has("mediate", "assist") or of_other_deal(sentence):
        return []
    units = sentence.units
    named = [at for at in range(start, min(end, len(units))) if units[at].mediator]
    return [
        units[at]
        for at, after in pairwise((*named, len(units)))
        if not (_is_place(sentence, at) or _is_of_citizens(sentence, at))
        and not (_describes(sentence, at, after) or _speaks(units[at], speaker))
    ]


def names_of(mediators: Sequence[Unit]) -> tuple[str, ...]:
    """Their names, each once."""
    return tuple(dict.fromkeys(unit.mediator for unit in mediators))


def own_mediation(sentence: Sentence, speaker: Speaker | None) -> tuple[str, ...]:
    """Who speaks for a third side and says that it was "with our mediation": the person, or the state of the ministry."""
    if speaker is None or speaker.side is not Side.THIRD or not speaker.known:
        return ()
    units, own = sentence.units, sentence.words.own_mediation
    thanks = [at for at, unit in enumerate(units) if "mediate" in unit.classes]
    before = (units[max(0, at - 2) : at + 1] for at in thanks)
    claimed = any(not own.isdisjoint(unit.word.split()) for near in before for unit in near)
    if not claimed or speaker.type == "person":
        return (speaker.name,) if claimed else ()
    named = (unit.mediator for unit in units if any(one is speaker for _, one in unit.speakers))
    return tuple(filter(None, named))


def _is_place(sentence: Sentence, at: int) -> bool:
    """ "Remain in Türkiye": where something happens."""
    words = sentence.words
    before = next(
        (u.word for u in reversed(sentence.units[max(0, at - 2) : at]) if u.word not in words.definite), ""
    )
    return before in words.where


def _is_of_citizens(sentence: Sentence, at: int) -> bool:
    """ "Citizens of the United States and Britain were freed": whose people they are."""
    before = sentence.units[max(0, at - _CITIZENS) : at]
    return any(unit.word.startswith(tuple(sentence.words.citizens) or "?") for unit in before)


#: Units before a state among which stands that its citizens are meant.
_CITIZENS = 2


#: Units between a state and the person whom it describes.
_TITLE = 4


def _describes(sentence: Sentence, at: int, after: int) -> bool:
    """The state in "the president of Türkiye Recep Tayyip Erdogan", whose name is the credit."""
    between = sentence.units[at + 1 : after]
    return (
        after < len(sentence.units)
        and len(between) < _TITLE
        and not any(u.classes & _PARTING for u in between)
    )


_PARTING = frozenset(("mark", "dash", "quote", "semicolon", "conj", "mediate", "assist", "say", "together"))


def _speaks(unit: Unit, speaker: Speaker | None) -> bool:
    """Whether the unit names the person who speaks, and who thanks others."""
    if speaker is None or speaker.type != "person":
        return False
    return any(one is speaker for _, one in unit.speakers)


@dataclass(slots=True)
class _Added:
    """What waits for the exchange of its voice."""

    paragraph: int
    mediators: list[Unit]
    place: Span | None


@dataclass(slots=True)
class Credits:
    """Keeps, by voice, the last exchange and what was said before it of who mediated and where."""

    told: dict[str, Draft] = field(default_factory=dict)
    waiting: dict[str, _Added] = field(default_factory=dict)

    def holds(self, draft: Draft) -> bool:
        """Whether a draft is an exchange of its own and no mere thanks; it takes what its voice said just before."""
        voice = draft.speaker.id if draft.speaker else ""
        if draft.rule == "mediated" and _is_bare(draft):
            if voice not in self.told:
                return not self._told_by_its_state(draft)
            if _of_another_exchange(draft.sentence):
                return False
            credited = [unit for unit in draft.sentence.units if unit.mediator in draft.mediators]
            return not _add(self.told[voice], _Added(draft.sentence.paragraph, credited, draft.location))
        if draft.kind in HELD and draft.rule != "described":
            if not self._is_aside(voice, draft):
                self.told[voice] = draft
            if (added := self.waiting.pop(voice, None)) is not None:
                _add(draft, added)
        return True

    def _told_by_its_state(self, draft: Draft) -> bool:
        """ "The ministry thanked both sides for accepting the mediation": its state has told of the exchange already."""
        if draft.speaker is None or draft.speaker.side is not Side.THIRD or draft.speaker.type == "person":
            return False
        others = (one for one in self.told.values() if one.speaker and one.speaker.side is Side.THIRD)
        return any(set(draft.mediators) <= set(one.mediators) for one in others if one.mediators)

    def _is_aside(self, voice: str, draft: Draft) -> bool:
        """ "Eight civilians came home as well": fewer people, told right behind the exchange that was mediated."""
        main = self.told.get(voice)
        near = main is not None and draft.sentence.paragraph - main.sentence.paragraph <= _NEAR
        return near and main is not None and 0 < _people(draft) < _people(main)

    def read(self, reading: Reading) -> None:
        """A sentence without an exchange adds to the last one of its voice, else to the next."""
        for stretch in reading.stretches:
            added = _of(reading.sentence, stretch)
            if not (added.mediators or added.place):
                continue
            voice = stretch.speaker.id if stretch.speaker else ""
            if voice not in self.told or not _add(self.told[voice], added):
                self.waiting[voice] = added


def _people(draft: Draft) -> int:
    """How many came home on either side, by what it tells."""
    return sum(one.min or 0 for one in draft.figures.returned.values())


def _is_bare(draft: Draft) -> bool:
    """Whether it tells neither day nor figures, nor "the same number": mere thanks."""
    figures = draft.figures
    same = "=" in draft.sentence.content[draft.start : draft.end]
    return not (draft.days or figures.given or figures.ordinal or same)


def _of(sentence: Sentence, stretch: Stretch) -> _Added:
    """What a stretch tells of who mediated, and of where if it speaks of an exchange."""
    named = mediators_of(sentence, stretch.start, stretch.end, stretch.speaker)
    mediators = [] if named and _of_another_exchange(sentence) else named
    moves = sentence.has("exchange_noun", "exchange_verb")
    place = place_of(sentence, stretch.start, stretch.end) if moves else None
    return _Added(sentence.paragraph, mediators, place)


def _of_another_exchange(sentence: Sentence) -> bool:
    """ "In a separate deal mediated by the crown prince", "brokered several swaps": of exchanges not gone into."""
    if sentence.says(sentence.words.separate):
        return True
    return of_several(Clause(sentence, 0, len(sentence.units), None, near=True))


def _add(draft: Draft, added: _Added) -> bool:
    """Complete an exchange that is near enough by what it does not tell itself."""
    if abs(draft.sentence.paragraph - added.paragraph) > _NEAR:
        return False
    if not draft.mediators:
        draft.mediators = names_of(added.mediators)
        draft.figures.slots.extend(SlotSpan(slot="mediators", span=unit.span) for unit in added.mediators)
    draft.location = draft.location or added.place
    return True
