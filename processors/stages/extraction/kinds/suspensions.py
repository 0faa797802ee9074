"""Exchanges that stopped: words of pausing, delaying and blocking, and what was not held since a day."""

import re

from processors.model import Kind, Side
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.kinds.actors import actor_of
from processors.stages.extraction.kinds.judgements import judged
from processors.stages.extraction.kinds.negation import (
    asserted,
    called_off,
    never_again,
    none_bigger,
    not_for_now,
)
from processors.stages.extraction.kinds.pauses import (
    is_only_none,
    long_over,
    no_pause_to_come,
    none_greater,
    none_since,
    of_something_else,
    of_talks,
    put_off,
    still_since,
    suffered,
)
from processors.stages.extraction.kinds.rules import fires_on
from processors.stages.extraction.reading.clauses import (
    EXCHANGED,
    PARTY,
    Clause,
    Proposition,
    has_phrase,
)


@fires_on("suspend", "neg", "absent", "unheld")
def suspension(clause: Clause) -> list[Proposition]:
    """A pause, a delay or a standstill; a blame of the other side for one that is on its terms is a refusal."""
    if none_bigger(clause):
        return []
    if none_since(clause):
        return [clause.made(Kind.SUSPENSION, "none-since")]
    if not_for_now(clause):
        return [clause.made(Kind.SUSPENSION, "not-for-now")]
    if (
        of_something_else(clause, "S")
        or none_greater(clause)
        or no_pause_to_come(clause)
        or is_only_none(clause)
        or of_talks(clause)
    ):
        return []
    guessed = clause.speaker is None and clause.has("likely") and "J" in clause.act
    if (
        not asserted(clause, "S")
        or _only_conceivable(clause)
        or judged(clause)
        or guessed
        or suffered(clause)
        or _lied_about(clause)
    ):
        return []
    if (
        only_believed(clause, "S")
        or _blamed_on_refusal(clause)
        or long_over(clause)
        or called_off(clause)
        or never_again(clause)
    ):
        return []
    said = _told_in_person(clause)
    aside = put_off(clause)
    resumed = (aside or "S" in clause.act.lstrip(",c-")[:3]) and clause.sentence.has(*EXCHANGED)
    talks = said and clause.concerned and clause.has("talk")
    blamed = said and clause.near and (_names_party(clause) or clause.sentence.has(*EXCHANGED))
    process = clause.near and clause.has("process")
    if resumed or clause.has(*EXCHANGED) or blamed or talks or process or still_since(clause):
        actor = None if _none_held(clause) else _accused(clause) or actor_of(clause, "S")
        if claimed_by_others(clause, "S", actor):
            return []
        refused = actor in OTHER_SIDE and (_on_terms(clause) or _blocked_by(clause))
        rule = "put-off" if aside else "suspension"
        return [clause.made(Kind.REFUSAL if refused else Kind.SUSPENSION, rule, actor)]
    return []


def _names_party(clause: Clause) -> bool:
    """A side, also by its people ("із боку росіян бачимо гальмування")."""
    return PARTY.search(clause.act) is not None or clause.has("ua_people", "ru_people")


def _told_in_person(clause: Clause) -> bool:
    """Whether somebody in person or a body speaks, or is quoted whom only a description names ("a western envoy")."""
    speaker = clause.speaker
    if speaker is None or clause.analyst:
        return False
    return speaker.type in {"person", "org"} or (speaker.type == "noun" and clause.sentence.has("quote"))


def claimed_by_others(clause: Clause, cue: str, actor: Side | None) -> bool:
    """ "Kyiv responded angrily to suggestions that Ukraine holds up the swap": what others say of the speaker's own side."""
    own = actor in OTHER_SIDE and clause.side is actor
    before = clause.sentence.units[: clause.low + clause.act.index(cue)] if own else []
    return any("claimed" in unit.classes or _on_what(clause, at) for at, unit in enumerate(before))


def _on_what(clause: Clause, at: int) -> bool:
    """ "Statements by Moscow on Kyiv's refusal", "заявления Москвы об отказе": what it is about follows the statement."""
    units, words = clause.sentence.units, clause.sentence.words
    about = any(unit.word in words.topics for unit in units[at + 1 : at + 1 + _TOPIC])
    return about and "statement" in units[at].classes


#: Units behind a statement among which stands what it is about.
_TOPIC = 4


def _on_terms(clause: Clause) -> bool:
    """ "The Ukrainian side holds no exchange if there are no women on the list": no pause, but what a side will not do."""
    sentence, paused = clause.sentence, clause.low + clause.act.index("S")
    conditions = (
        at for at in range(paused, len(sentence.units)) if sentence.units[at].word in sentence.words.condition
    )
    at = next(conditions, None)
    return at is not None and set(sentence.act[paused + 1 : at]) <= set(".,c")


def _blocked_by(clause: Clause) -> bool:
    """ "Обміни заблоковано Росією": by a side, and no mere standstill."""
    paused, endings = clause.act.index("S"), tuple(clause.sentence.words.instrumentals)
    agent = clause.units[paused + 1 : paused + 2]
    by_state = any(unit.classes & _STATES and unit.word.endswith(endings) for unit in agent)
    return by_state and "wreck" in clause.units[paused].classes


_STATES = frozenset(("ua_state", "ru_state"))


def _none_held(clause: Clause) -> bool:
    """ "No exchanges have taken place since August": told of nobody, unless who blames whom stands before."""
    paused, words = clause.act.index("S"), clause.sentence.words
    none = not (words.negators | words.no | words.nobody).isdisjoint(clause.units[paused].word.split())
    return none and "exchange_noun" in clause.units[paused].classes and "A" not in clause.act[:paused]


def _accused(clause: Clause) -> Side | None:
    """ "Moscow accuses Kyiv of delaying swaps": the side that a state blames is the other one."""
    speaker = clause.speaker
    if speaker is None or speaker.type != "state" or speaker.side is None or not clause.has("accuse"):
        return None
    return OTHER_SIDE.get(speaker.side)


def _only_conceivable(clause: Clause) -> bool:
    """ "Whether they could be stopped", "in order to stop them", "a delay may cost lives"."""
    if _CAN.search(clause.act) and set(clause.act).isdisjoint("EX"):
        return True
    wished = _WISHED.search(clause.act)
    return wished is not None and ("o" in wished.group() or clause.infinitive(wished.end() - 1))


def _lied_about(clause: Clause) -> bool:
    """ "Is launching disinformation on why exchanges have stopped": what somebody lies about is only named."""
    smeared = next((at for at, unit in enumerate(clause.units) if "smear" in unit.classes), None)
    if smeared is None:
        return False
    between = clause.units[smeared : clause.act.index("S")]
    return any(unit.word in clause.sentence.words.asking for unit in between)


_WISHED = re.compile(r"[Jo].{0,2}S")
#: "A delay may cost lives": what it can do, and none that is told of.
_CAN = re.compile("S.?o")


def _blamed_on_refusal(clause: Clause) -> bool:
    """ "The exchange is delayed due to Kyiv's refusal": the refusal is what is asserted."""
    if not (refused := _STOPPED_BY.search(clause.act)):
        return False
    because = clause.sentence.words.because
    if clause.units[refused.end() - 1].word in because:  # "through Kyiv's fault" names no refusal
        return False
    return has_phrase(clause.units[refused.start() : refused.end()], because)


_STOPPED_BY = re.compile("S.*f")


def only_believed(clause: Clause, letter: str) -> bool:
    """ "Trying to convince families that Kyiv is blocking swaps": what others are to believe, and nobody asserts."""
    at = clause.low + clause.act.index(letter)
    return any("believed" in unit.classes for unit in clause.sentence.units[:at])
