"""To which side each number of a stretch goes, part by part: "Ukraine received 230 people | and Russia 248"."""

import re
from dataclasses import dataclass, field

from processors.model import Side
from processors.stages.extraction.figures.sides import (
    OTHER_SIDE,
    direction,
    is_captivity,
    is_given,
    nation,
    state_at,
)
from processors.stages.extraction.reading.clauses import BOTH_STATES
from processors.stages.extraction.words.function_words import FunctionWords
from processors.stages.extraction.words.units import Sentence, Unit

_MOVES = re.compile("[GVT]")
_RIGHT_BEHIND = re.compile("[^,;c]{0,5}")


@dataclass(slots=True)
class Halves:
    """A stretch in parts, one for each of its counts: "Ukraine received 230 people | and Russia 248"."""

    sentence: Sentence
    stretch: range
    counts: list[int]
    #: To whom the counts before went.
    given: list[Side | None] = field(default_factory=list)
    #: Where the counts end, which parts may have been summed in.
    ends: list[int] = field(default_factory=list)

    def part(self, number: int) -> range:
        """The units that belong to one count."""
        pairs = list(zip(self.ends or self.counts, self.counts[1:], strict=False))
        low = _cut(self.sentence, *pairs[number - 1]) if number else self.stretch.start
        high = _cut(self.sentence, *pairs[number]) if number < len(pairs) else self.stretch.stop
        return range(low, high)


def _cut(sentence: Sentence, left: int, right: int) -> int:
    """Where the part of the right count begins: before the side that is named for it, else before its conjunction."""
    between = sentence.content[left + 1 : right]
    named = max(between.rfind(letter) for letter in "KMpurUR")
    marks = [at for at, letter in enumerate(between) if letter in ",;cq"]
    before = [at for at in marks if at < named] or marks
    return left + 1 + before[-1] if before else right


def side_of(halves: Halves, number: int, *, noun: bool, voice: Side | None) -> Side | None:
    """The side for a number without nationality: whose "own", of whom it speaks, the way they travel, the speaker's."""
    sentence, at, part = halves.sentence, halves.counts[number], halves.part(number)
    start, end = halves.stretch.start, halves.stretch.stop
    own = any("own" in unit.classes for unit in sentence.units[max(start, at - 2) : at + 4])
    if own and (owner := subject_of(sentence, start, at) or (voice if voice in OTHER_SIDE else None)):
        return owner
    if voice in OTHER_SIDE and _given_us(sentence, part, voice):
        return voice
    found = _both_give(halves, number) or direction(sentence, part.start, part.stop, voice)
    found = found or _way_back(halves, number, part) or _balance(halves, number)
    found = found or (_of_the_row(sentence, at) if noun else _people_before(sentence, at, voice))
    found = found or _other_half(halves, number) or direction(sentence, start, end, voice)
    if found is None and _outbound(sentence, part):
        return OTHER_SIDE[voice if voice in OTHER_SIDE else Side.UA]
    if found is None and voice is Side.UA and "B" in sentence.content[part.start : part.stop]:
        return voice
    if found is None and voice in OTHER_SIDE and _taken_by_others(sentence, part):
        return OTHER_SIDE[voice]
    if found is None and voice in OTHER_SIDE:
        verb = _nearest_verb(sentence, part.start, part.stop, at) or _nearest_verb(sentence, start, end, at)
        return OTHER_SIDE[voice] if verb == "G" else voice
    return found


def _taken_by_others(sentence: Sentence, part: range) -> bool:
    """ "Москва предлагала 935, но тот согласился забрать лишь 279": whoever agrees to take them is not who tells it."""
    units = sentence.units[part.start : part.stop]
    taken = any("take_verb" in unit.classes for unit in units) and any(
        "agree" in unit.classes for unit in units
    )
    return taken and not any(unit.word in sentence.words.we for unit in units)


def _given_us(sentence: Sentence, part: range, voice: Side | None) -> bool:
    """ "Нам віддали 75 оборонців", "кажуть, що їм передали 248": those who speak are who got them."""
    words, units = sentence.words, sentence.units
    return any(
        unit.word in words.to_us
        and (
            unit.word in words.we
            or (at and units[at - 1].word in words.that)
            or _nobody_else(sentence, part, at, voice)
        )
        for at, unit in enumerate(units[part.start : part.stop], part.start)
    )


def _nobody_else(sentence: Sentence, part: range, at: int, voice: Side | None) -> bool:
    """ "The Russian side said 248 had been handed over to them": no other side is named whom the pronoun could stand for."""
    view = sentence.content
    others = "MRr" if voice is Side.UA else "KUu"
    return "G" in view[part.start : part.stop] and set(view[part.start : at]).isdisjoint(others)


def _outbound(sentence: Sentence, part: range) -> bool:
    """ "233 went the other way": not to the side of who tells it."""
    return any("outbound" in unit.classes for unit in sentence.units[part.start : part.stop])


def _way_back(halves: Halves, number: int, part: range) -> Side | None:
    """ "73 came to Ukraine, and 233 went the other way": not where those before went."""
    before = halves.given[number - 1] if number else None
    return OTHER_SIDE[before] if before in OTHER_SIDE and _outbound(halves.sentence, part) else None


def _balance(halves: Halves, number: int) -> Side | None:
    """A half of a balance that leaves out the verb ("and Russia 248") or the subject ("and received 100")."""
    if len(halves.counts) < 2:
        return None
    here = _named(halves, number)
    if not number:
        balanced = here and _named(halves, 1) is OTHER_SIDE[here]
        return (OTHER_SIDE[here] if _by_whom(halves, 0) else here) if here and balanced else None
    before, last = _named(halves, number - 1, giver=True), halves.given[number - 1]
    if here:
        part = halves.part(number)
        units = halves.sentence.units
        freed = any("release" in unit.classes for unit in units[part.start : part.stop])
        freed = freed or _by_whom(halves, number)
        return OTHER_SIDE[here] if freed or (before and before is not last) else here
    verb = _MOVES.search(halves.sentence.content, halves.part(number).start, halves.counts[number])
    subject = subject_of(halves.sentence, halves.stretch.start, halves.counts[number]) if verb else None
    return OTHER_SIDE[subject] if verb and subject and _gives(halves, verb, subject) else subject


def _other_half(halves: Halves, number: int) -> Side | None:
    """ "The militants gave up one man; Kyiv let two go", "90 came to Ukraine and 90 were taken to Belarus": each its own way."""
    if len(halves.counts) != 2:
        return None
    view = halves.sentence.content
    here, there = halves.part(number), halves.part(1 - number)
    if any(not _MOVES.search(view, part.start, part.stop) for part in (here, there)):
        return None
    if "D" in view[min(halves.counts) : halves.stretch.stop] or "⊂" in view[here.start : here.stop]:
        return None
    return OTHER_SIDE.get(direction(halves.sentence, there.start, there.stop))


def _both_give(halves: Halves, number: int) -> Side | None:
    """ "Kyiv handed over 233 people, the republics returned 73": beside one that gives, the other returns what is not its own."""
    if len(halves.counts) != 2:
        return None
    givers = [_giver(halves, part) for part in (0, 1)]
    if {giver for giver, _ in givers} != set(OTHER_SIDE) or all(verb == "T" for _, verb in givers):
        return None
    giver, _ = givers[number]
    return OTHER_SIDE[giver] if giver else None


def _giver(halves: Halves, number: int) -> tuple[Side | None, str]:
    """ "Rebels from the two regions handed over": who does it, and the verb that it stands before."""
    part = halves.part(number)
    verb = _FIRST_VERB.match(halves.sentence.content, part.start, halves.counts[number])
    return (subject_of(halves.sentence, part.start, verb.end() - 1), verb[1]) if verb else (None, "")


_FIRST_VERB = re.compile("[^;VXN]*?([GT])")


def _by_whom(halves: Halves, number: int) -> bool:
    """ "74 were let go by Moscow and 230 by Kyiv": who stands behind the number gives the people up; not "received by"."""
    first = halves.part(0)
    if "V" in halves.sentence.content[first.start : first.stop]:
        return False
    behind = halves.sentence.units[halves.counts[number] + 1 : halves.part(number).stop]
    return any(unit.word in halves.sentence.words.by for unit in behind)


def _gives(halves: Halves, verb: re.Match[str], subject: Side) -> bool:
    """ "Handed over 25", and "received 63 people and released 25"."""
    released = "release" in halves.sentence.units[verb.start()].classes
    return verb[0] == "G" or (released and halves.given[-1] is subject)


def _named(halves: Halves, number: int, *, giver: bool = False) -> Side | None:
    """The side that is named beside a count, before it or right behind it; as a `giver` not one that is given them."""
    sentence, part, at = halves.sentence, halves.part(number), halves.counts[number]
    behind = _RIGHT_BEHIND.match(sentence.content, at + 1, part.stop)
    beside = (*range(at - 1, part.start - 1, -1), *range(at + 1, behind.end() if behind else at + 1))
    sides = ((where, side) for where in beside if (side := state_at(sentence, where)))
    return next(
        (side for where, side in sides if not (giver and is_given(sentence, where, part.start))), None
    )


def subject_of(sentence: Sentence, start: int, at: int) -> Side | None:
    """The state whose own people they are ("Украина получила 100 своих военных"), not one that is given others."""
    for where in range(at - 1, start - 1, -1):
        side = state_at(sentence, where) or {"U": Side.UA, "R": Side.RU}.get(sentence.content[where])
        if side is None or is_given(sentence, where, start):
            continue
        if BOTH_STATES.match(sentence.content, max(start, where - 2), where + 1):
            return None
        if not _is_led(sentence, where):
            return side
    return None


def _is_led(sentence: Sentence, at: int) -> bool:
    """Whether a preposition leads the unit, with or without an article ("to the Donbas republics")."""
    words = sentence.words
    before = at - 1 - (sentence.units[at - 1].word in words.definite)
    return before >= 0 and sentence.units[before].word in words.prepositions


def _lets_go(sentence: Sentence, at: int) -> bool:
    """ "The militants let 146 hostages go": those who hold them, right before the verb."""
    behind = sentence.units[at + 1 : at + 3]
    acts = not sentence.units[at].classes.isdisjoint({"ua_state", "ru_state"})
    return acts and any("release" in unit.classes for unit in behind)


def _people_before(sentence: Sentence, at: int, voice: Side | None = None) -> Side | None:
    """The nation that a sentence speaks of, for a bare number ("the number of Ukrainians returned … it was 173")."""
    sides = {
        Side.UA if unit.classes & _OURS else Side.RU
        for where, unit in enumerate(sentence.units[:at])
        if (unit.classes & _PEOPLE and not _lets_go(sentence, where)) or _are_captives(sentence, where)
    }
    if voice and voice in OTHER_SIDE and any(of_us(unit, sentence.words) for unit in sentence.units[:at]):
        return voice
    return sides.pop() if len(sides) == 1 else None


def of_us(unit: Unit, words: FunctionWords) -> bool:
    """ "Our boys": people of whichever side tells of them."""
    return "ua_people" in unit.classes and unit.word.partition(" ")[0] in words.ours


def _are_captives(sentence: Sentence, at: int) -> bool:
    """ "(Holds 4,000) Ukrainian prisoners; 95 returned": a nation beside captives, and no captivity."""
    return sentence.content[at : at + 2] in {"uC", "rC"} and not is_captivity(sentence, at)


_PEOPLE, _OURS = frozenset(("ua_people", "ru_people")), frozenset(("ua_people", "ua_adj"))


def _of_the_row(sentence: Sentence, at: int) -> Side | None:
    """ "307 Russian soldiers came back on Saturday, on Friday – 390 people": a dash stands for verb and nation."""
    before = sentence.content.rfind("N", 0, at)
    if before < 0 or not _ROW.fullmatch(sentence.content, before + 1, at):
        return None
    return nation(sentence, before, before + 1) or _people_before(sentence, before + 1)


_ROW = re.compile(r"[^;GVTtXE]*[,;c.]+D-.?")


def _nearest_verb(sentence: Sentence, start: int, end: int, at: int) -> str:
    """The letter of the verb of moving that stands nearest to the number."""
    verbs = [
        where for where in range(max(start, at - 8), min(end, at + 8)) if sentence.content[where] in "GVTtX"
    ]
    return sentence.content[min(verbs, key=lambda where: (abs(where - at), where > at))] if verbs else ""
