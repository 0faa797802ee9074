"""Refusals by words that also deny or blame: an offer waved away, and the offer that a refusal tells of."""

import re
from itertools import pairwise

from processors.model import Kind, Side
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.kinds.actors import STATES, actor_of, subject_of
from processors.stages.extraction.kinds.negation import negated
from processors.stages.extraction.kinds.open_offers import was_made
from processors.stages.extraction.reading.clauses import Clause, Proposition, has_phrase

#: Units between a word of dismissing and the idea that it is about.
_REACH = 5


def waved_away(clause: Clause) -> list[Proposition]:
    """ "Peskov brushed the idea aside": whoever dismisses an offer refuses it; "denied: there was no proposal" denies."""
    if not clause.near or clause.analyst or not clause.has("idea") or "l" in clause.act:
        return []
    for at, unit in enumerate(clause.units):
        if "deny" in unit.classes and "e" not in clause.act[at:] and _is_of_idea(clause, at):
            actor = _dismisser(clause, at)
            return [clause.made(Kind.REFUSAL, "waved-away", actor)] if actor else []
    return []


def _is_of_idea(clause: Clause, at: int) -> bool:
    """Whether the idea stands beside the verb, with no word of claiming between or behind it."""
    around = clause.units[max(0, at - _REACH) : at + _REACH]
    if any("statement" in unit.classes for unit in around):
        return False
    if any("receive_verb" in unit.classes for unit in clause.units[at : at + _REACH]):
        return False  # "denied receiving any such proposal"
    return any("idea" in unit.classes for unit in around)


def _dismisser(clause: Clause, at: int) -> Side | None:
    """Who dismisses it: the subject, who is named behind "by", or the speaker."""
    if clause.spoken("deny") and clause.side is not None:
        return clause.side
    return subject_of(clause, at) or actor_of(clause, "d")


def unanswered(clause: Clause) -> list[Proposition]:
    """ "The Kremlin has not commented on the idea", "there was no reaction from Moscow to the proposal"."""
    if not clause.near or clause.analyst or not clause.has("noreply", "silent") or clause.has("other_matter"):
        return []
    cue = next(at for at, unit in enumerate(clause.units) if unit.classes & _NO_WORD)
    if not any("idea" in unit.classes for unit in clause.units[cue : cue + _ON_IDEA]):
        return []
    actor = subject_of(clause, cue) or _from_whom(clause, cue)
    return [clause.made(Kind.REFUSAL, "unanswered", actor)] if actor in OTHER_SIDE else []


def _from_whom(clause: Clause, cue: int) -> Side | None:
    """The state that a word for "from" names behind the cue."""
    for before, unit in pairwise(clause.units[cue:]):
        if before.word in clause.sentence.words.away and unit.classes & STATES.keys():
            return next(side for cls, side in STATES.items() if cls in unit.classes)
    return None


def to_reporters(clause: Clause) -> bool:
    """ "Will there be a swap? The headquarters did not answer": reporters got no answer, and no side that proposed something."""
    answers, asked = tuple(clause.sentence.words.answers), _ASKED.fullmatch(clause.sentence.act)
    if asked is None or clause.has("idea", "offer_noun", "tidings"):
        return False
    return any(part.startswith(answers) for part in clause.sentence.units[asked.start(1)].word.split())


#: Who is named, and that they did not answer, with nothing else in the sentence.
_ASKED = re.compile("[.]{0,2}p[.]{0,4}(f)[.]{0,4}")


def stays_silent(clause: Clause) -> list[Proposition]:
    """ "The Ukrainian side has kept silent for three weeks", said by the other one beside an exchange."""
    waiting, silent = clause.side, clause.sentence.words.keeps_silent
    if clause.speaker is None or not clause.speaker.known or clause.analyst:
        return []
    if waiting not in OTHER_SIDE or not clause.near or "e" in clause.act:
        return []
    at = next((at for at, unit in enumerate(clause.units) if unit.word in silent), None)
    if at is None or subject_of(clause, at) is not OTHER_SIDE[waiting]:
        return []
    return [clause.made(Kind.REFUSAL, "stays-silent", OTHER_SIDE[waiting])]


def shifts_blame(clause: Clause) -> bool:
    """ "Trying to shift the blame for the failure of the swap onto us": the failure is what is blamed, and nobody's refusal."""
    blame = _BLAME_FOR.search(clause.act)
    if blame is None:
        return False
    noun = clause.units[blame.end() - 1].word in clause.sentence.words.refusal_nouns
    return noun and "smear" in clause.units[blame.start()].classes


#: A word of blaming, and what somebody is blamed for.
_BLAME_FOR = re.compile("A[^,;]{0,5}f")


def no_reply(clause: Clause) -> list[Proposition]:
    """ "Ответа мы так и не получили", "жодної реакції досі немає", said by a side: the other one owes it."""
    waiting, units = clause.side, clause.units
    if waiting not in OTHER_SIDE or not clause.near or clause.analyst or clause.has("comment"):
        return []
    replies = (at for at, unit in enumerate(units) if "reply" in unit.classes)
    if not any(_is_missing(clause, at) for at in replies):
        return []
    return [clause.made(Kind.REFUSAL, "no-reply", _from_whom(clause, 0) or OTHER_SIDE[waiting])]


def _is_missing(clause: Clause, at: int) -> bool:
    """Whether a negation stands behind the reply, or right before it, no mark between."""
    low, view = max(0, at - _MISSING), clause.act
    before, behind = re.split('[",;-]', view[low:at])[-1], re.split('[",;-]', view[at:])[0]
    return "e" in before or "e" in behind[: 2 * _MISSING]


#: Units before a reply among which stands that there is none; twice as many behind it.
_MISSING = 3
_NO_WORD = frozenset(("noreply", "silent"))
#: Units behind the words for silence among which stands the idea.
_ON_IDEA = 8


def off_the_table(clause: Clause) -> list[Proposition]:
    """ "An exchange is not on the agenda", said by a side: it will have none."""
    ruled_out = clause.has("off_table") and not set(clause.content).isdisjoint("E*%")
    actor = clause.side if ruled_out and not clause.analyst else None
    return [clause.made(Kind.REFUSAL, "off-the-table", actor)] if actor in OTHER_SIDE else []


def fell_through(clause: Clause) -> list[Proposition]:
    """ "The exchange of four engineers fell through, the ombudsman said": blocked, by nobody named and for no cause."""
    words = clause.sentence.words
    if (
        clause.speaker is None
        or clause.analyst
        or "k" in clause.act
        or has_phrase(clause.units, words.because)
    ):
        return []
    failed = (
        at
        for at, unit in enumerate(clause.units)
        if "wreck" in unit.classes and "refuse" not in unit.classes and not negated(clause, at)
    )
    told = any(_FAILED.search(clause.act, 0, at) for at in failed)
    return [clause.made(Kind.REFUSAL, "fell-through")] if told else []


#: An exchange, and no doubt or condition, before "fell through".
_FAILED = re.compile("E[^oe?;]*$")


def by_incident(clause: Clause) -> bool:
    """ "The downing of the plane disrupted the swap", "зірвався через обстріл": what wrecked it is no side."""
    wrecked = next((at for at, unit in enumerate(clause.units) if "wreck" in unit.classes), None)
    if wrecked is None:
        return False
    before = clause.units[max(0, wrecked - _INCIDENT) : wrecked]
    behind = clause.units[wrecked + 1 : wrecked + 1 + _INCIDENT]
    caused = has_phrase(behind, clause.sentence.words.because | clause.sentence.words.by)
    if any("incident" in unit.classes for unit in before) and not _BY_SIDE.search(clause.act, 0, wrecked):
        return True
    return caused and any("incident" in unit.classes for unit in behind)


#: Units on either side of "disrupted" among which stands the accident that did it.
_INCIDENT = 7
#: Who did it stands right before the verb.
_BY_SIDE = re.compile("[KM]$")


def by_captives(clause: Clause) -> bool:
    """ "Two of them refused to be swapped": those who do not want to go back, and no side."""
    who = _THEY_REFUSE.search(clause.act)
    if who is None or clause.has("idea", "offer_noun") or clause.act[max(0, who.start() - 1) :][:2] == "EC":
        return False  # "на место обмена пленными не прибыла": whom the exchange is of
    sides = clause.sentence.words.peoples
    return not any(
        unit.word in sides or unit.classes & {"role", "held_by", "speaker", "own"}
        for unit in clause.units[max(0, who.start() - 1) : who.end() - 1]
    )


#: People right before the verb, or before a clause about them; "whom Kyiv refused to take" names who does it.
_THEY_REFUSE = re.compile(
    "[NPC](?:,q[^,;KMp]*,|.?,q|[.]{1,2}L)?[.e?]{0,2}f(?![^,;]{0,4}[KMp])|(?:[PCUR],?|^)q[.e]{0,2}f[Tt]|[PC].{0,7}[^KMp]fT(?![^,;]{0,2}[NPCURB])"
)


def offer_refused(clause: Clause, refusal: Proposition) -> list[Proposition]:
    """ "Moscow has not reacted to Ukraine's suggestion to swap all women": the refusal tells what was offered."""
    if refusal.actor not in OTHER_SIDE or not any(
        _tells_offer(clause, at, OTHER_SIDE[refusal.actor]) for at in range(len(clause.units))
    ):
        return []
    return [clause.made(Kind.OFFER, "offer-refused", OTHER_SIDE[refusal.actor])]


def _tells_offer(clause: Clause, at: int, maker: Side) -> bool:
    """Whether the unit is a noun of offering, of one offer and not several, with what is offered or who made it behind it."""
    classes, view = clause.units[at].classes, clause.sentence.content
    if "N" in clause.content[max(0, at - _SEVERAL) : at]:
        return False
    if "idea" in classes:
        return _NAMED.match(view, clause.low + at + 1) is not None or was_made(clause, at, maker)
    return "offer_noun" in classes and _SPELT_OUT.match(view, clause.low + at + 1) is not None


#: Units before the noun among which a number tells of several proposals.
_SEVERAL = 3
_NAMED = re.compile(r"[^;]{0,12}[EXTGtC*%1N]")
#: Such a noun may stand in the plural too: it must be said what was offered.
_SPELT_OUT = re.compile(r"[^;N]{0,4}(?:[XTG%*]|E.{0,3}[N%*])")
