"""What is offered, agreed or planned in one clause."""

import re

from processors.model import Kind, Side
from processors.stages.extraction.actors import actor_of, subject_of
from processors.stages.extraction.clauses import Clause, Proposition, has_phrase
from processors.stages.extraction.held import only_intended, only_met
from processors.stages.extraction.negation import negated, none_agreed
from processors.stages.extraction.sides import OTHER_SIDE


def offer(clause: Clause) -> list[Proposition]:
    if (
        clause.about
        and clause.speaker is not None
        and clause.voiced.start < clause.low
        and clause.spoken("offer")
    ):
        return [clause.made(Kind.OFFER, "proposes", clause.speaker.side)]
    if _both_ready(clause):
        return []
    told = re.search(r"[Fy].{0,12}[EXTGTVtC*%1B]|[EXTGVC*%1B].{0,8}[Fy]", clause.act)
    if not told and not _proposed(clause):
        return _sought(clause)
    actor = actor_of(clause, "Fy")
    if clause.has("offered_to") and actor in OTHER_SIDE:
        actor = OTHER_SIDE[actor]
    found = clause.made(Kind.OFFER, "offer" if told else "proposed", actor)
    return [found] if found.actor else []


def _proposed(clause: Clause) -> bool:
    """ "We have proposed another for the end of the month": a verb of offering where the sentences around say what."""
    return clause.concerned and any(
        "offer" in unit.classes
        and "offer_noun" not in unit.classes
        and not negated(clause, at)
        and subject_of(clause, at, third=True) is not None
        for at, unit in enumerate(clause.units)
    )


def _sought(clause: Clause) -> list[Proposition]:
    """ "Ukraine says it will seek an exchange": what the speaker's own side wants."""
    side = clause.side
    wanted = re.search(r"J.{0,3}[EX]", clause.act)
    if side in OTHER_SIDE and wanted and subject_of(clause, wanted.start()) is side:
        return [clause.made(Kind.OFFER, "sought", side)]
    return []


def agreement(clause: Clause) -> list[Proposition]:
    view = clause.act
    if clause.asked("gğkφ"):
        return []
    if asked := re.search(r"o[^,;]{0,5}[gk]|k.?o", view):
        return _on_condition(clause, asked.end() - 1)
    figured = re.search("[ND%*1]", clause.content) is not None
    planned = any(
        "plan" in unit.classes and unit.classes & (_MOVES if figured else _EXCHANGES) for unit in clause.units
    )
    agreed = (
        planned
        or re.search(r"g.{0,12}[EXTtGCBV%*]|[EXTtGCBV%*L].{0,8}g|k.{0,10}[EXTtG]|[EXTtGC].{0,10}k", view)
        is not None
        or (
            clause.near
            and not clause.has("other_matter")
            and (figured or view.count("k") > 1)
            and "k" in view
            and clause.has("stage")
            and ("g" in view or not only_met(clause))
        )
        or (figured and _due(clause))
        or re.search("N.{0,3}[PCURb].{0,12}[gk]", view) is not None
    )
    agreed = agreed or _both_ready(clause) or (clause.near and clause.has("terms") and "g" in view)
    treaty = re.search(
        r"ğ.{0,6}[EXTG].{0,14}[gř]|[gř].{0,6}ğ|ğ.{0,8}ř|ğ.{0,4}[EX]|ğ[^TXG]{0,8}t.?N", view
    ) and not _under(clause)
    ahead = re.search(r"φ.{0,6}[EXTGB]|[EXTGB].{0,6}φ", view) or (
        "φ" in view
        and re.search(r"N[^;]{0,5}[PCURb]", clause.content)
        and re.search("[TXGVEth]", clause.content)
    )
    if _compared(clause) or _held_as_agreed(clause):
        return []
    if (
        not planned
        and not re.search("[gğ]", view)
        and clause.has("talk")
        and not re.search("[ND%*1]", clause.content)
    ):
        agreed = False
    side = clause.side
    if planned and _promised_alone(clause, side):
        return [clause.made(Kind.OFFER, "promise", side)]
    if (agreed or treaty) and not (re.search(r"e.{0,2}[gkř]", view) or none_agreed(clause)):
        return [clause.made(Kind.AGREEMENT, "agreed" if agreed else "agreement-noun")]
    promised = side in OTHER_SIDE and "G" in clause.content and "b" not in clause.content
    if re.search(r"φ.?e|e.?φ", view):
        return []
    if ahead and promised and actor_of(clause, "φ") in {None, side}:
        return [clause.made(Kind.OFFER, "promise", side)]
    if ahead and re.search("[ND%*]", clause.content):
        return [clause.made(Kind.AGREEMENT, "future")]
    return []


def _due(clause: Clause) -> bool:
    """ "An exchange was to be held", "Ukraine was to have received 192 servicemen"."""
    view = clause.act
    if not clause.has("due"):
        return False
    due = [at for at, unit in enumerate(clause.units) if "due" in unit.classes]
    return re.search("[EX]", view) is not None or any(
        re.search("[TGV]", view[max(0, at - 1) : at + _TO_COME]) for at in due
    )


#: Units behind "was to" within which stands what was to happen.
_TO_COME = 6


def _both_ready(clause: Clause) -> bool:
    """ "The sides are ready to swap prisoners", "both capitals agree to the release"."""
    ready = re.search("y.{0,8}[EXTtG]", clause.act)
    return ready is not None and _BOTH.search(clause.content[: ready.start()]) is not None


_BOTH = re.compile("[σb]|[KM].{0,3}c.{0,3}[KM]")


def _promised_alone(clause: Clause, side: Side | None) -> bool:
    """ "Москва передаст 23 раненых", said in Moscow: what one side will do, with nothing in return."""
    mutual = clause.has("inreturn", "each", "ratio", "exchange_noun", "exchange_verb", "agree")
    if side not in OTHER_SIDE or mutual or clause.sentence.content.count("N") > 1:
        return False
    return any(
        {"plan", "give_verb"} <= unit.classes and subject_of(clause, at) is side
        for at, unit in enumerate(clause.units)
    )


def _on_condition(clause: Clause, at: int) -> list[Proposition]:
    """ "They could come home if Kyiv agreed": no agreement, and an offer where the other side is who should agree."""
    side = clause.side
    if side in OTHER_SIDE and "g" in clause.act and subject_of(clause, at) is OTHER_SIDE[side]:
        return [clause.made(Kind.OFFER, "on-condition", side)]
    return []


_EXCHANGES = frozenset(("exchange_noun", "exchange_verb"))
_MOVES = frozenset(("exchange_noun", "exchange_verb", "return_verb", "give_verb"))


def _compared(clause: Clause) -> bool:
    """ "Later than agreed"."""
    agreed = re.search("g", clause.act)
    before = clause.units[max(0, agreed.start() - 2) : agreed.start()] if agreed else []
    return any(unit.word in clause.sentence.words.than for unit in before)


def _held_as_agreed(clause: Clause) -> bool:
    """ "They swapped 84 prisoners, in one of the exchanges agreed in Istanbul": held, and no news of a deal."""
    agreed = clause.act.find("g")
    before = clause.content[: max(agreed, 0)]
    moved = re.search(r"[XT].*[N%]|[N%].*[XT]", before)
    return agreed > 0 and clause.act[agreed - 1] == "E" and moved is not None and not only_intended(clause)


def _under(clause: Clause) -> bool:
    """ "In accordance with the Istanbul agreements": the agreement is no news here."""
    sentence = clause.sentence
    at = clause.low + clause.act.index("ğ")
    leading = re.split("[,;]", sentence.act[max(0, at - 5) : at])[-1]
    return has_phrase(sentence.units[at - len(leading) : at], sentence.words.under)
