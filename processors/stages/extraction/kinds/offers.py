"""What one side, or a mediator, proposes in one clause, is ready for or wants."""

import re

from processors.model import Kind, Side
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.kinds.actors import actor_of, offered_by, subject_of
from processors.stages.extraction.kinds.negation import negated
from processors.stages.extraction.kinds.open_offers import told_otherwise
from processors.stages.extraction.kinds.readiness import stands_ready
from processors.stages.extraction.kinds.rules import fires_on
from processors.stages.extraction.kinds.unheld import asked_to_keep
from processors.stages.extraction.reading.clauses import Clause, Proposition

#: What moves people from one side to the other.
MOVES = frozenset(("exchange_noun", "exchange_verb", "return_verb", "give_verb"))


@fires_on("offer", "ready", "gesture", "aim", "urge", "stands_open", "tabled", "promising")
def offer(clause: Clause) -> list[Proposition]:
    """What one side, or a mediator, proposes, is ready for or wants; what both are ready for is agreed."""
    if (
        asked_to_keep(clause)
        or _is_asked(clause)
        or _demands_release(clause)
        or _WHO_ARE_READY.search(clause.act)
        or _only_goes_on(clause)
    ):
        return []
    if otherwise := told_otherwise(clause):
        return otherwise
    if clause.speaker is not None and clause.about and _proposes(clause):
        return [clause.made(Kind.OFFER, "proposes", clause.speaker.side)]
    if both_ready(clause) or _AGREED_TO.search(clause.act):
        return []
    if given := _as_gesture(clause):
        return [clause.made(Kind.OFFER, "gesture", given)]
    if _of_another_matter(clause) or _ready_for_another(clause) or _only_hosts(clause):
        return []
    told = _OFFERED.search(_cues(clause)) is not None or _ready_to_move(clause) is not None
    told = told or (_lets_us(clause) and clause.has(*MOVES)) or _simply_ready(clause) or stands_ready(clause)
    if not told and not _proposed(clause):
        return _sought(clause)
    actor = offered_by(clause) or _offering(clause)
    if actor is None and not _lets_us(clause):
        return []
    return [clause.made(Kind.OFFER, "offer" if told else "proposed", actor)]


def _only_goes_on(clause: Clause) -> bool:
    """ "Ready to go on with exchanges", "готовы продолжать обмены": none in particular, without figure, formula or day."""
    ready = _READY.search(clause.act)
    if ready is None or not _SOME.isdisjoint(clause.content):
        return False
    before = (unit.word for unit in clause.units[ready.start() + 1 : ready.end() - 1])
    return any(word in clause.sentence.words.carries_on for word in before)


#: What makes an exchange one of its own: a figure, a formula, a day.
_SOME = frozenset("ND%*1O")


def _demands_release(clause: Clause) -> bool:
    """ "She called for the release of those held by Moscow": a demand, and nothing that is offered for it."""
    called = any(unit.word in clause.sentence.words.calls_for for unit in clause.units)
    return called and "t" in clause.content and set(clause.content).isdisjoint("EX*%1")


def _is_asked(clause: Clause) -> bool:
    """ "Папа закликав Україну й Росію обмінятися": an appeal to both by somebody unknown, and no side's offer."""
    if not clause.has("asks") or (clause.speaker is not None and clause.speaker.known):
        return False
    appeal = next(at for at, unit in enumerate(clause.units) if "asks" in unit.classes)
    return _TO_BOTH.match(clause.act, appeal + 1) is not None and "F" not in clause.act[appeal + 1 :]


#: Whom somebody appeals to: both states.
_TO_BOTH = re.compile("[.]?[KM]c?[.]?[KM]")


def _cues(clause: Clause) -> str:
    """The view without "the proposed swap", by which one is only named."""
    view = clause.act
    if not clause.has("offered_as"):
        return view
    named = (
        at
        for at, unit in enumerate(clause.units)
        if "offered_as" in unit.classes
        and view[at + 1 : at + 2] in {"E", "%", "*"}
        and clause.units[at - 1].word in clause.sentence.words.attributive
    )
    hidden = set(named)
    return "".join("." if at in hidden else letter for at, letter in enumerate(view))


def _offering(clause: Clause) -> Side | None:
    """The side that offers; of "Kyiv was offered a swap" the other one."""
    actor = actor_of(clause, "Fy")
    return OTHER_SIDE.get(actor, actor) if actor and clause.has("offered_to") else actor


def _of_another_matter(clause: Clause) -> bool:
    """ "Proposed extra sessions", "a truce of two days to collect the dead": the object of offering, and no exchange with it."""
    offered = _LAST_OFFER.search(clause.act)
    if offered is None:
        return False
    behind = clause.units[offered.start() + 1 : offered.start() + 1 + _OBJECT]
    named = next((unit for unit in behind if unit.classes & _OBJECTS), None)
    return named is not None and not named.classes.isdisjoint(_OTHER) and offered[1] == ""


def _ready_for_another(clause: Clause) -> bool:
    """ "Kyiv is ready for creative solutions to bring them back": how it would act, and no exchange that it is ready for."""
    if not clause.has("other_matter") or not set(clause.content).isdisjoint("EX*%Nt"):
        return False
    ready = clause.act.find("y")
    behind = clause.units[ready + 1 : ready + 1 + _OBJECT] if ready >= 0 else []
    named = next((unit for unit in behind if unit.classes & _OBJECTS), None)
    return named is not None and "other_matter" in named.classes


#: What is offered behind the last word of offering: an exchange, or people.
_LAST_OFFER = re.compile("F[^FEXG%*TtL]*([EXG%*TtL]?)[^F]*$")
#: Units behind a word of offering among which its object stands; what may be the object.
_OBJECT = 4
_OTHER = frozenset(("other_matter", "meeting", "demand", "venue_for_talks"))
_OBJECTS = _OTHER | MOVES | {"captive", "person", "bodies", "list", "all", "day"}


def _only_hosts(clause: Clause) -> bool:
    """ "Fidan said he was ready to receive them again", "to provide a venue": a mediator who takes nobody back."""
    if clause.side is not Side.THIRD or "y" not in clause.act:
        return False
    behind = clause.content[clause.act.index("y") :]
    return clause.has("venue_for_talks") or ("V" in behind and set(behind).isdisjoint("EXTtG*%N"))


def _simply_ready(clause: Clause) -> bool:
    """ "We are ready", "Повністю готові": among talk of an exchange a side says no more than that."""
    if not clause.near or clause.analyst or clause.side not in OTHER_SIDE:
        return False
    ready = _NO_MORE_THAN.search(clause.act)
    if ready is None or negated(clause, ready.start()):
        return False
    words, units = clause.sentence.words, clause.units
    low = max(clause.act.rfind(mark, 0, ready.start()) for mark in '",;-q') + 1
    before = units[low : ready.start()]
    first_person = any(unit.word in words.we for unit in before)
    return first_person or (len(before) <= 1 and all(unit.word in words.wholly for unit in before))


#: A word of being ready that closes a clause or a quotation.
_NO_MORE_THAN = re.compile('y(?=["”,;-]|$)')


def _lets_us(clause: Clause) -> bool:
    """ "Давайте обменяем всех": an offer, though nobody is named who makes it."""
    return any(unit.word in clause.sentence.words.hortative for unit in clause.units)


def _proposes(clause: Clause) -> bool:
    """Whether the verb of saying is one of offering, with what is offered behind it or in it ("proposed trading him")."""
    known = clause.speaker is not None and clause.speaker.known
    if clause.spoken("asks") or (known and clause.spoken("urge")):
        return _urges_a_swap(clause)
    if not clause.spoken("offer") or clause.spoken("urge"):
        return False
    return clause.voiced.start < clause.low or clause.spoken("exchange_verb")


def _urges_a_swap(clause: Clause) -> bool:
    """ "Urged Putin to agree to an all-for-all swap", not "urged families not to believe rumours about swaps"."""
    to_take = _TO_TAKE.get(clause.side or Side.THIRD)
    if to_take is not None and to_take.search(clause.content):
        return True
    apart = clause.sentence.words.about | clause.sentence.words.timed_by
    first = max(clause.voiced.stop - clause.low, 0)
    for at in range(first, len(clause.units)):
        if clause.content[at] in "EX*":
            return True
        if clause.act[at] in "eLSf" or clause.units[at].word in apart:
            return False
    return False


#: "Urged Kyiv to take back 640 captives": whom somebody urges is the other side, and takes.
_TO_TAKE = {Side.UA: re.compile("M.?V[^,;]{0,5}C"), Side.RU: re.compile("K.?V[^,;]{0,5}C")}
#: "О готовности к обмену стороны договорились": what is ready is what they agreed on.
_AGREED_TO = re.compile("y[^,;]*g")
#: "Marines who would be ready to fight again": people are ready, and no side.
_WHO_ARE_READY = re.compile("[CPUR][^,;KM]{0,2}qo?y")
#: A word of offering with what is offered behind it, or before.
_OFFERED = re.compile(
    r"y[^,;]*,J.{0,2}X|[Fy].{0,12}[EXTGVtC*%1B]|F[^,;]{0,4}N.{0,2}[PUR]|[EXTGVC*%1B].{0,8}[Fy]"
)


def _as_gesture(clause: Clause) -> Side | None:
    """The side that will give "as a gesture of goodwill": one that did so has done it, and offers nothing."""
    if not clause.has("gesture") or clause.has("each", "ratio", "exchange_verb"):
        return None
    ahead = next((at for at, letter in enumerate(clause.act) if letter in "kφy"), None)
    if ahead is None or set(clause.content).isdisjoint("NPCURB*"):
        return None
    return subject_of(clause, ahead) or clause.side


def _proposed(clause: Clause) -> bool:
    """ "We have proposed another for the end of the month": a verb of offering where the sentences around say what."""
    view = _cues(clause)
    return clause.concerned and any(
        "offer" in unit.classes
        and (view[at] == "F" or clause.act[at] != "F")
        and "offer_noun" not in unit.classes
        and not _needs_an_object(clause, unit.word)
        and not negated(clause, at)
        and not any(behind.classes & _OTHER for behind in clause.units[at + 1 : at + _REACH])
        and (subject_of(clause, at, third=True) is not None or _speaker_is(clause, at))
        for at, unit in enumerate(clause.units)
    )


def _needs_an_object(clause: Clause, word: str) -> bool:
    """ "Insists on": what it insists on has to be named."""
    return word.rpartition(" ")[2] in clause.sentence.words.where


#: Units behind a verb of offering among which stands what is offered ("proposed a two-day ceasefire").
_REACH = 9


def _speaker_is(clause: Clause, at: int) -> bool:
    """ "Zelensky replied that he was ready to go on swapping": the pronoun right before the cue means who speaks."""
    words = clause.sentence.words
    return clause.side in OTHER_SIDE and at > 0 and clause.units[at - 1].word in words.he | words.she


def _sought(clause: Clause) -> list[Proposition]:
    """ "Ukraine says it will seek an exchange": what the speaker's own side wants."""
    side = clause.side
    wanted = _AIMED_AT.search(clause.act)
    resumed = wanted and any("talk" in unit.classes for unit in clause.units[wanted.start() : wanted.end()])
    if side in OTHER_SIDE and wanted and not resumed and subject_of(clause, wanted.start()) is side:
        return [clause.made(Kind.OFFER, "sought", side)]
    trader = seeks_trade(clause)
    return [clause.made(Kind.OFFER, "seeks-trade", trader)] if trader else []


def seeks_trade(clause: Clause) -> Side | None:
    """ "Россия пытается обменять украинских гражданских на своих военных": the side that wants to trade some for others."""
    trade = _TRADE.search(clause.act)
    if trade is None or not clause.infinitive(trade.end() - 1):
        return None
    behind = clause.content[trade.end() :]
    return subject_of(clause, trade.start()) if _FOR_OTHERS.search(behind) else None


#: "Wants to exchange"; "(them) for others".
_TRADE = re.compile("J[.]?X")
_FOR_OTHERS = re.compile("[PCURNur][^,;]{0,3}/[^,;]{0,4}[PCUR]")


_AIMED_AT = re.compile(r"J.{0,3}[EX]")


def both_ready(clause: Clause) -> bool:
    """ "The sides are ready to swap prisoners", "both capitals agree to the release"."""
    ready = _READY.search(clause.act)
    at = ready.start() if ready else _ready_to_move(clause)
    return at is not None and _BOTH.search(clause.content[:at]) is not None


def _ready_to_move(clause: Clause) -> int | None:
    """ "Promised to swap": the unit is of being ready and of what for."""
    return next(
        (at for at, unit in enumerate(clause.units) if "ready" in unit.classes and unit.classes & MOVES),
        None,
    )


#: "Ready for an exchange"; "the sides", "Kyiv and Moscow".
_READY = re.compile("y.{0,8}[EXTtG]")
_BOTH = re.compile("[σb]|[KM].{0,3}c.{0,3}[KM]")
