"""Denials: words of denying or of lies, deeds that did not happen, a blame answered, a claim that the outlet calls false."""

import re

from processors.model import Kind
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.kinds.actors import subject_of
from processors.stages.extraction.kinds.negation import (
    asserted,
    goes_on_for_long,
    negated,
    of_the_kind,
    untold,
)
from processors.stages.extraction.kinds.refusals import waved_away
from processors.stages.extraction.kinds.rules import fires_on
from processors.stages.extraction.kinds.violations import unannounced
from processors.stages.extraction.reading.clauses import Clause, Proposition, has_phrase

#: Units of a clause among which a claim to be called false is named.
_CLAIM = 8


@fires_on("deny", "untrue", "neg", "mismatch", "naming", "absent", "unheld", "contrary", "silent")
def denial(clause: Clause) -> list[Proposition]:
    """What a speaker says did not happen or is untrue, and whom they blame for saying so."""
    if _of_contacts(clause) or unannounced(clause):
        return []
    if found := (untold(clause) or waved_away(clause)):
        return found
    if not _denies(clause):
        return []
    found = [clause.made(Kind.DENIAL, "denial")]
    if clause.has("accuse", "smear") and not _only_denied(clause):
        found.append(clause.made(Kind.ACCUSATION, "denial-and-accusation"))
    return found


def _of_contacts(clause: Clause) -> bool:
    """ "Contact had never been broken off", "переговори про обмін не припинялися": what goes on, and no answer to a claim."""
    words = clause.sentence.words
    broken = next((at for at, letter in enumerate(clause.act) if letter in "lfS"), 0)
    if not broken:
        return False
    kept = negated(clause, broken) or clause.units[broken].word.partition(" ")[0] in words.negators
    before = (unit.word for unit in clause.units[max(0, broken - _KEPT_UP) : broken])
    return kept and any(not words.contacts.isdisjoint(word.split()) for word in before)


#: Units before "was never broken off" among which stands what was not.
_KEPT_UP = 7


def _only_denied(clause: Clause) -> bool:
    """ "Rejected these accusations (of blackmail)", "відкинули звинувачення": what they deny, and no blame of their own."""
    denied = _DENIED_OBJECT.search(clause.act)
    if denied is None:
        return False
    charged = any(unit.classes >= _CHARGE for unit in clause.units[denied.start() : denied.end()])
    rest = clause.units[: denied.start()] + clause.units[denied.end() :]
    return charged and not any(unit.classes & {"accuse", "smear"} for unit in rest)


#: A word of denying with its object; an accusation as a noun.
_DENIED_OBJECT, _CHARGE = re.compile("d[^,;c]*"), frozenset(("smear", "statement"))


def _denies(clause: Clause) -> bool:
    """A word of denying or of lies, or a refusal denied, by a speaker in person where a state is not quoted with it."""
    speaker, cues = clause.speaker, set(clause.act)
    if speaker is None and _outlet_denies(clause):
        return True
    if speaker is None or clause.analyst or not clause.concerned or _WHETHER_TRUE.search(clause.act):
        return False
    if speaker.type == "state" and not cues & set("ld"):
        return False
    if cues & set("ldf") == {"d"} and (_of_meetings(clause) or not asserted(clause, "d")):
        return False
    if "f" in cues and clause.has("reply"):
        return False
    mismatch = clause.has("mismatch") and clause.has("statement")  # "their statements do not match the deals"
    contrary = clause.has("contrary") and cues.isdisjoint("SfWFygkLXTG")  # "утверждает обратное", and no more
    return "d" in cues or _untrue(clause) or mismatch or contrary or _answers_blame(clause)


def _untrue(clause: Clause) -> bool:
    """A word of lies that no negation takes back ("real people, not invented ones"), or a phrase ("no formal request")."""
    if goes_on_for_long(clause) and of_the_kind(clause):
        return False
    lies = (at for at, letter in enumerate(clause.act) if letter == "l")
    return any(" " in clause.units[at].word or not negated(clause, at) for at in lies)


def _outlet_denies(clause: Clause) -> bool:
    """ "The claim that Ukraine refused its dead is false": the outlet, or a fact-check, says so itself."""
    claimed = any("claimed" in unit.classes for unit in clause.sentence.units[: clause.low + _CLAIM])
    claimed = claimed or _untrue_that(clause)
    return claimed and clause.near and "l" in clause.act and "o" not in clause.sentence.act


def _untrue_that(clause: Clause) -> bool:
    """ "Мы не нашли подтверждений тому, что Украина отказалась": what is untrue stands in the clause behind."""
    behind = _UNTRUE_THAT.search(clause.sentence.act, clause.low)
    return behind is not None and clause.sentence.units[behind.end() - 1].word in clause.sentence.words.that


#: A word of lies, and the comma with "that".
_UNTRUE_THAT = re.compile("l[.]?,q")


def _of_meetings(clause: Clause) -> bool:
    """ "Denied that a date had been set for new talks": what is denied is a meeting, and no exchange."""
    behind = clause.sentence.units[clause.low + clause.act.index("d") :]
    met = any("meeting" in unit.classes for unit in behind)
    return met and set(clause.sentence.content[-len(behind) :]).isdisjoint("EXTtGVBCUR%*NL")


_WHETHER_TRUE = re.compile("[lf].?o")


def refusing_denied(clause: Clause) -> bool:
    """ "Ukraine has never refused an exchange"."""
    return _never_refused(clause) is not None


def _never_refused(clause: Clause) -> int | None:
    """Where what is denied stands; "nobody came", whose verb has a negation of its own, refuses."""
    never = _NEVER_REFUSED.search(clause.act)
    if never is None:
        return None
    at = never.end() - 1
    if has_phrase(clause.units[never.start() : at], clause.sentence.words.because):
        return None  # "it may not be held due to the unwillingness of Kyiv"
    return None if clause.units[at].word.partition(" ")[0] in clause.sentence.words.negators else at


def _answers_blame(clause: Clause) -> bool:
    """Whether somebody tells that their own side, or an unnamed one, did not refuse: "the Russians have not said no" is none."""
    at = _never_refused(clause)
    if at is None:
        return False
    return clause.side is None or subject_of(clause, at) is not OTHER_SIDE.get(clause.side)


_NEVER_REFUSED = re.compile("e[.]{0,3}f")
