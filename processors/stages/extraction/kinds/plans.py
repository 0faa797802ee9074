"""What is agreed or planned in one clause; what one side promises alone is its offer."""

import re
from itertools import takewhile

from processors.model import Kind, Precision
from processors.stages.extraction.days.dates import Basis
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.kinds.actors import actor_of, subject_of
from processors.stages.extraction.kinds.held import only_after, only_met
from processors.stages.extraction.kinds.kept_deals import (
    held_as_agreed,
    held_as_planned,
    names_agreed_one,
    to_stay,
)
from processors.stages.extraction.kinds.negation import none_agreed
from processors.stages.extraction.kinds.next_ones import comes_next
from processors.stages.extraction.kinds.no_deals import (
    are_unwilling,
    dated_by_one,
    is_wish,
    not_talked_of,
    of_other_things,
    whenever,
)
from processors.stages.extraction.kinds.offers import MOVES, both_ready
from processors.stages.extraction.kinds.open_offers import promised
from processors.stages.extraction.kinds.rules import fires_on
from processors.stages.extraction.kinds.unheld import asked_to_keep, called_step, go_on
from processors.stages.extraction.reading.clauses import Clause, Proposition, has_phrase


@fires_on("agree", "agree_noun", "plan", "future", "due", "ready", "stage", "reached")
def agreement(clause: Clause) -> list[Proposition]:
    """What the sides agreed on, what is planned and what is to come; what one side promises alone is its offer."""
    if clause.asked("gğkφ") or not_talked_of(clause) or whenever(clause) or asked_to_keep(clause):
        return []
    if are_unwilling(clause) or dated_by_one(clause) or to_stay(clause) or is_wish(clause):
        return []
    if doubted := _DOUBTED.search(clause.act):
        return _on_condition(clause, doubted.end() - 1)
    if of_other_things(clause) or _compared(clause) or _only_vowed(clause) or names_agreed_one(clause):
        return []
    if called_step(clause) or held_as_agreed(clause) or held_as_planned(clause) or clause.conditional("gğkφ"):
        return []
    if _NO_MORE.search(clause.act) or go_on(clause):
        return []
    planned = _planned(clause)
    if clause.side in OTHER_SIDE and _IF_READY.search(clause.sentence.act, clause.low):
        return [clause.made(Kind.OFFER, "if-ready", clause.side)]
    agreed = planned or _agreed(clause)
    if (agreed and promised(clause)) or ((planned or _gives_all(clause)) and _promised_alone(clause)):
        return [clause.made(Kind.OFFER, "promise", clause.side)]
    if (agreed or _treaty(clause)) and not (_NOT_AGREED.search(clause.act) or none_agreed(clause)):
        return [clause.made(Kind.AGREEMENT, "agreed" if agreed else "agreement-noun")]
    return _next(clause) or _ahead(clause)


def _next(clause: Clause) -> list[Proposition]:
    """The stage or group that comes next, whoever says so."""
    return [clause.made(Kind.AGREEMENT, "comes-next")] if comes_next(clause) else []


def _ahead(clause: Clause) -> list[Proposition]:
    """What will be, or what one side promises that will."""
    ahead = _future(clause)
    return [clause.made(Kind.OFFER, "promise", clause.side)] if ahead and promised(clause) else ahead


#: "We can hold an all-for-all swap if the other side is ready": what hangs on their word is not agreed.
_IF_READY = re.compile("k[^;]{0,14}o[^;]{0,4}[MKp][^;]{0,4}y")
#: "If … agreed", "might be planned", "could come home next week if Kyiv agreed".
_DOUBTED = re.compile(r"o[^,;]{0,5}[gk]|k[^,;]{0,5}o[^,;]{0,3}g|k.?o")
#: "There will be no exchange": what is ahead is denied.
_NO_MORE = re.compile(r"E[^,;]{0,6}(?:e.?φ|φ.?e)|(?:e.?φ|φ.?e)[^,;]{0,4}E")
#: "Have not agreed", "no date was set".
_NOT_AGREED = re.compile(r"e.{0,2}[gkř]|ke")
#: What makes a return one of those agreed on: a number, a day, a formula.
_FIGURE = re.compile(r"[ND%*1b]")


def _planned(clause: Clause) -> bool:
    """An exchange is planned, or a return or transfer with a figure or day to it; one that only "may" be, with a day."""
    moves = MOVES | {"receive_verb"} if _FIGURE.search(clause.content) else _EXCHANGES
    planned = [unit for unit in clause.units if "plan" in unit.classes and unit.classes & moves]
    return any("hypothetical" not in unit.classes for unit in planned) or (
        bool(planned) and _on_a_day(clause)
    )


def _on_a_day(clause: Clause) -> bool:
    """ "Next week", "on 5 May", not the month in which those who may come home were captured."""
    return any(
        unit.day is not None and (unit.basis == Basis.RELATIVE or unit.day.precision is Precision.DAY)
        for unit in clause.units
    )


def _names_what_for(clause: Clause) -> bool:
    """ "Решено обменять", "детали обмена утрясены": one phrase tells that it is agreed and on what; not "under the deal"."""
    return any(
        "agree" in unit.classes and unit.classes & _EXCHANGES and "then_cue" not in unit.classes
        for unit in clause.units
    )


def _agreed(clause: Clause) -> bool:
    """Words of agreeing, or of both sides' being ready; in talks only what they name or count."""
    view, figured = clause.act, _FIGURE.search(clause.content) is not None
    if not figured and clause.has("talk") and not (set(view) & set("gğ") or _is_set(clause)):
        return False
    return (
        _AGREED.search(view) is not None
        or _names_what_for(clause)
        or _agreed_to(clause)
        or (clause.near and _SEALED.search(view) is not None)
        or (clause.near and _AGREED_ON.search(clause.act) is not None)
        or (figured and _due(clause))
        or both_ready(clause)
        or (clause.near and "g" in view and clause.has("terms"))
        or (clause.near and (_next_stage(clause, figured=figured) or _settled(clause)))
    )


def _agreed_to(clause: Clause) -> bool:
    """ "Had agreed in Minsk on Wednesday, at a meeting of envoys, to exchange 225 captives": behind any asides."""
    return any(clause.infinitive(found.end() - 1) for found in _TO_DO.finditer(clause.act))


#: What is agreed on opens behind a comma.
_TO_DO = re.compile("g[^;XTGEe]{0,40},[XTG]")
#: "The deal had been sealed".
_SEALED = re.compile("E[.]{0,2}ř(?![.]?[NE])")


def _settled(clause: Clause) -> bool:
    """ "500 for 500 was what they settled on", "1,200 from each side is what was agreed": a formula and nothing that moves."""
    agreed = clause.act.find("g")
    if agreed < 0 or not set(clause.content).isdisjoint("XTGVE"):
        return False
    return any(
        unit.each or (unit.ratio is not None and None not in unit.ratio) for unit in clause.units[:agreed]
    )


def _is_set(clause: Clause) -> bool:
    """ "The swap will start within days, he said after the talks": no talks on one that will."""
    planned = _SET.search(clause.act)
    return planned is not None and not any("talk" in unit.classes for unit in clause.units[: planned.end()])


_SET = re.compile("E[^,;]{0,4}k")
_AGREED = re.compile(
    r"g.{0,12}[EXTtGCBV%*]|[EXTtGCBV%*L].{0,8}g|k.{0,10}[EXTtG%*]|[EXTtGCB].{0,10}k|N.{0,3}[PCURb].{0,12}[gk]"
)


#: "Kyiv agreed to only 279".
_AGREED_ON = re.compile("g[^,;]{0,2}N")


def _next_stage(clause: Clause, *, figured: bool) -> bool:
    """ "The second stage is being prepared": what the sentences around speak of, with a figure or told twice."""
    view = clause.act
    if "k" not in view or not clause.has("stage") or clause.has("other_matter"):
        return False
    return (figured or view.count("k") > 1) and ("g" in view or not only_met(clause))


def _treaty(clause: Clause) -> bool:
    """The noun "agreement" with what it is about, unless something is done under it."""
    if _TREATY.search(clause.act) is None or _STALLED.search(clause.act) or _kept(clause):
        return False
    return not (_under(clause) or _carried_out(clause))


#: "Москва відтерміновує будь-які домовленості": what stops is the deal itself.
_STALLED = re.compile("S[^,;]{0,3}ğ")


def _kept(clause: Clause) -> bool:
    """ "Россия полностью выполнила договоренности об обмене": who keeps a deal makes none."""
    deal = clause.act.find("ğ")
    around = clause.units[max(0, deal - _KEPT) : max(0, deal) + _KEPT + 1]
    return any("kept" in unit.classes for unit in around)


#: Units on either side of a deal among which stands that somebody keeps it.
_KEPT = 5


def _carried_out(clause: Clause) -> bool:
    """ "The agreement on the exchange has been carried out in full": a deal no longer, but an exchange held."""
    deal = _TREATY.search(clause.act)
    behind = clause.units[deal.end() : deal.end() + _CARRIED] if deal else []
    before_mark = [unit.classes for unit in takewhile(lambda unit: "mark" not in unit.classes, behind)]
    met = any(classes & {"talk", "meeting"} for classes in before_mark)
    return "e" not in clause.act and not met and any("happened" in classes for classes in before_mark)


#: Units behind a deal on an exchange among which "has been carried out" stands.
_CARRIED = 6


#: The noun with what it is about, or the verb that makes it.
_TREATY = re.compile(
    r"ğ.{0,6}[EXTG].{0,14}[gř]|[gř].{0,6}ğ|ğ.{0,8}ř|ğ.{0,4}[EX]|ğ.{0,3}[*%]|ğ[^TXG]{0,8}t.?N|ğ.{0,2}[TG].{0,2}N|ğ[.]?N[PCURB]"
)


def _future(clause: Clause) -> list[Proposition]:
    """What will be: with a figure or day an agreement, by one side alone its offer."""
    view, content, side = clause.act, clause.content, clause.side
    ahead = view.find("φ")
    counted = ahead >= 0 and _PEOPLE.search(content) and _MOVED.search(content, max(0, ahead - _LED_BY))
    if not (counted or _AHEAD.search(view)) or _NOT_AHEAD.search(view) or only_after(clause):
        return []
    if ahead >= 0 and (_to_discuss(clause, ahead) or _only_goes_on(clause, ahead)):
        return []
    if side in OTHER_SIDE and _in_return_for_an_act(clause) and subject_of(clause, view.index("φ")) is side:
        return [clause.made(Kind.OFFER, "on-condition", side)]
    told = not set(content).isdisjoint("ND%*CURB")
    promised = side in OTHER_SIDE and "G" in content and "b" not in content and told
    if promised and actor_of(clause, "φ") in {None, side}:
        return [clause.made(Kind.OFFER, "promise", side)]
    sure = bool(set(_main(clause)) & set("ND%*")) or _BOTH_WILL.search(view) is not None
    return [clause.made(Kind.AGREEMENT, "future")] if sure else []


def _to_discuss(clause: Clause, ahead: int) -> bool:
    """ "Will also take up the question of exchanges", "is to discuss forbidding the swap": what is to come is talk of it."""
    units = clause.units[ahead + 1 : ahead + _TALK]
    talk = next((at for at, unit in enumerate(units, ahead + 1) if "talk" in unit.classes), None)
    return talk is not None and set(clause.content[:talk]).isdisjoint("EXTGVN%")


def _only_goes_on(clause: Clause, ahead: int) -> bool:
    """ "Work on the release of the 103 still held would go on": nothing new, and on no day."""
    behind = clause.units[ahead + 1 : ahead + _GOES_ON]
    return has_phrase(behind, clause.sentence.words.go_on) and "D" not in clause.content[ahead:]


#: Units behind "will" among which stands that it goes on.
_GOES_ON = 4
#: Units from "will" among which the talk stands.
_TALK = 7


def _main(clause: Clause) -> str:
    """The content without a relative clause behind it ("…, who took office this year")."""
    that = clause.sentence.words.that
    for match in re.finditer(",q", clause.content):
        if clause.units[match.end() - 1].word not in that:
            return clause.content[: match.start()]
    return clause.content


#: Units before "will" within which what moves people may stand ("their release will follow").
_LED_BY = 3
#: "Russia and Ukraine will swap prisoners".
_BOTH_WILL = re.compile("[KM]c[KM].?φX")


def _in_return_for_an_act(clause: Clause) -> bool:
    """ "Moscow would free 300 if Kyiv released as many": the condition is what somebody else does."""
    conditions = clause.sentence.words.condition
    at = next((at for at, unit in enumerate(clause.units) if at and unit.word in conditions), None)
    return at is not None and _OTHERS_ACT.match(clause.act, at + 1) is not None


#: "(if) Kyiv agrees": a party, and what it does.
_OTHERS_ACT = re.compile("[^,;]{0,2}[KMp][^,;]{0,3}[gGTXV]")
#: What will be, or will not, or is somebody's goal; who is counted, and what moves them.
_AHEAD = re.compile(r"φ.{0,6}[EXTGB]|[EB].{0,6}φ|[XTG](?:(?!,q).){0,6}φ|E[^,;]{0,16}φ")
_NOT_AHEAD = re.compile(r"φ.?e|e.?φ|J.?φ")
_PEOPLE = re.compile(r"N[^;]{0,5}[PCURb]")
_MOVED = re.compile(r"[TXGVEth]")


def _due(clause: Clause) -> bool:
    """ "An exchange was to be held", "Ukraine was to have received 192 servicemen"."""
    if not clause.has("due"):
        return False
    view = "".join(
        "." if "freed" in unit.classes else letter
        for letter, unit in zip(clause.act, clause.units, strict=True)
    )  # "48 of those exchanged had wounds": who they are, and nothing to come
    dated = not set(clause.content).isdisjoint("ND%")
    for at, unit in enumerate(clause.units):
        if not dated and unit.word.partition(" ")[0] in clause.sentence.words.obliged:
            continue  # "civilians should be exchanged as well"
        before = re.split("[,;]|q(?=[^q]{2})", _ASIDE.sub("", view[:at]))[-1][-_BEFORE_DUE:]
        behind = view[at : at + _TO_COME]
        if "due" in unit.classes and not (
            set(before + behind).isdisjoint("EX") and set(before[-1:] + behind).isdisjoint("TGV")
        ):
            return True
    return False


#: What commas set apart ("the exchange, which was not held, was to be …").
_ASIDE = re.compile(",[^,;]*,")
#: Units before "was to" among which the exchange stands.
_BEFORE_DUE = 9
#: Units behind "was to" within which stands what was to happen.
_TO_COME = 6


def _promised_alone(clause: Clause) -> bool:
    """ "Москва передаст 23 раненых", said in Moscow: what one side will do, with nothing in return."""
    mutual = clause.has("inreturn", "each", "ratio", "exchange_noun", "exchange_verb", "agree")
    if clause.side not in OTHER_SIDE or mutual or clause.sentence.content.count("N") > 1:
        return False
    return any(
        {"plan", "give_verb"} <= unit.classes and subject_of(clause, at) is clause.side
        for at, unit in enumerate(clause.units)
    )


def _gives_all(clause: Clause) -> bool:
    """ "Ukraine will hand over all the Russians": as good as a figure."""
    everyone = clause.sentence.words.everyone
    return any(
        {"plan", "give_verb"} <= unit.classes
        and any(behind.word in everyone for behind in clause.units[at + 1 : at + 3])
        for at, unit in enumerate(clause.units)
    )


def _on_condition(clause: Clause, at: int) -> list[Proposition]:
    """ "They could come home if Kyiv agreed": no agreement, and an offer where the other side is who should agree."""
    side = clause.side
    condition, comma = clause.act.rfind("o", 0, at + 1), clause.act.find(",", at)
    told = clause.content[:condition] + (clause.content[comma:] if comma >= 0 else "")
    if set(told).isdisjoint("EXTtGV*"):
        return []  # "If Moscow agreed to a swap, their families would be the first to know"
    if side in OTHER_SIDE and "g" in clause.act and subject_of(clause, at) is OTHER_SIDE[side]:
        return [clause.made(Kind.OFFER, "on-condition", side)]
    return []


_EXCHANGES = frozenset(("exchange_noun", "exchange_verb"))


def _only_vowed(clause: Clause) -> bool:
    """ "We will bring everyone back": a vow of the speaker's own side, with no day, figure or exchange to it."""
    end = clause.voiced.start - clause.low if clause.voiced.start > clause.low else len(clause.units)
    vowed = set(clause.content[:end])
    everyone = any(unit.word in clause.sentence.words.everyone for unit in clause.units[:end])
    return clause.side in OTHER_SIDE and everyone and "T" in vowed and vowed.isdisjoint("ND%*OEXG")


def _compared(clause: Clause) -> bool:
    """ "Later than agreed"."""
    agreed = max(clause.act.find("g"), 0)
    before = clause.units[max(agreed - 2, 0) : agreed]
    return any(unit.word in clause.sentence.words.than for unit in before)


def _under(clause: Clause) -> bool:
    """ "In accordance with the Istanbul agreements": the agreement is no news here."""
    sentence = clause.sentence
    at = clause.low + clause.act.index("ğ")
    leading = re.split("[,;]", sentence.act[max(0, at - 5) : at])[-1]
    return has_phrase(sentence.units[at - len(leading) : at], sentence.words.under)
