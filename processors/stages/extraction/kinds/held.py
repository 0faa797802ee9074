"""An exchange that took place, in one clause."""

import re

from processors.model import Kind, Side
from processors.stages.extraction.figures.bare_numbers import is_told
from processors.stages.extraction.figures.on_the_way import in_another, on_the_way, perished
from processors.stages.extraction.figures.subsets import is_part_of_whole
from processors.stages.extraction.kinds.announced import announced
from processors.stages.extraction.kinds.captivity import out_of_captivity, were_brought
from processors.stages.extraction.kinds.companions import with_residents
from processors.stages.extraction.kinds.described import describes, of_the_freed
from processors.stages.extraction.kinds.elided import it_held, the_previous
from processors.stages.extraction.kinds.helping import helped_to_agree, helps, may_help
from processors.stages.extraction.kinds.intentions import held_before_silence, in_general, only_intended
from processors.stages.extraction.kinds.lists import still_awaited
from processors.stages.extraction.kinds.negation import no_exchange, none_bigger
from processors.stages.extraction.kinds.plans_named import names_plans
from processors.stages.extraction.kinds.refusals import by_captives
from processors.stages.extraction.kinds.rules import fires_on
from processors.stages.extraction.kinds.took_place import is_negated, one_more, return_held, took_place
from processors.stages.extraction.kinds.trades import is_traded
from processors.stages.extraction.kinds.unconfirmed import confirms, unconfirmed
from processors.stages.extraction.kinds.unheld import is_unheld, names_one, of_steps, of_talks
from processors.stages.extraction.kinds.witnesses import is_witness
from processors.stages.extraction.reading.clauses import Clause, Proposition


@fires_on(
    "exchange_noun", "exchange_verb", "return_verb", "return_noun", "give_verb", "receive_verb", "quantity", "ratio", "ordinal",
    "subset", "mediate", "assist", "endorse", "freed", "cared_for", "bygone_one", "happened", opened_by="⊂",
)  # fmt: skip
def exchange(clause: Clause) -> list[Proposition]:
    """The exchange that a clause tells of, people on their way to one, or what is said of those who came back."""
    if none_bigger(clause) and clause.near and _may_tell(clause, clause.content):
        return [clause.made(Kind.EXCHANGE, "spoke-of")]
    if _not_held(clause) or no_exchange(clause) or is_unheld(clause) or names_plans(clause):
        return []
    if only_intended(clause):
        return [clause.made(Kind.EXCHANGE, "described")] if describes(clause) else []
    if clause.asked("EXTGk") or clause.conditional("EXTGVk"):
        return []
    if (
        in_general(clause)
        or _kept_silent(clause)
        or unconfirmed(clause)
        or _only_demanded(clause)
        or is_witness(clause)
        or _stayed(clause)
    ):
        return []
    if in_another(clause) or perished(clause) or still_awaited(clause):
        return []
    if on_the_way(clause):
        told = clause.speaker is not None or clause.has("exchange_noun", "exchange_verb")
        return [clause.made(Kind.AGREEMENT, "on-the-way")] if told else []
    if may_help(clause):
        return []
    rule = the_previous(clause) or it_held(clause) or _said_of(clause) or announced(clause) or _held(clause)
    return with_residents(clause, rule) if rule else []


def _not_held(clause: Clause) -> bool:
    """ "Was not exchanged", but not "has not cleared those released"."""
    return any(
        "freed" not in clause.units[match.end() - 1].classes for match in _NOT_HELD.finditer(clause.act)
    )


_NOT_HELD = re.compile(r"e.{0,2}[EXT]|e[.]{3}E|e[.]{1,2}t|f.{0,2}[EX]|f[.]{3,4}E")


def _kept_silent(clause: Clause) -> bool:
    """ "They know nothing of an exchange", "did not say how many of those freed are sick": nothing is said of it."""
    units, voiced = clause.sentence.units, clause.voiced
    said = clause.sentence.act[max(0, voiced.start) : max(0, voiced.stop - 1)]
    untold = "e" in said and "e" in re.split("[,;]", said)[-1]
    if untold and not any("say" in unit.classes for unit in units[voiced.stop : clause.high]):
        return True  # "Kyiv has not yet announced how many were freed"
    if not clause.has("silent") or confirms(clause) or held_before_silence(clause):
        return False
    told = (
        letter
        for letter, unit in zip(clause.content, clause.units, strict=True)
        if "freed" not in unit.classes
    )
    return set(told).isdisjoint("N%TXGV")


def _stayed(clause: Clause) -> bool:
    """ "Two prisoners refused to be exchanged": who did not go, and nobody who did."""
    none_went = set(clause.content).isdisjoint("TGXVE") and not clause.has("freed")
    if clause.has("unwilling") and (none_went or were_to_return(clause)):
        return True
    return "f" in clause.act and by_captives(clause) and set(clause.content).isdisjoint("TGXV")


def were_to_return(clause: Clause) -> bool:
    """ "Two prisoners, who were to return in the swap, chose to stay"."""
    return _WERE_TO.search(clause.act) is not None


#: A relative and a plan.
_WERE_TO = re.compile("q[.]{0,2}k")


def _only_demanded(clause: Clause) -> bool:
    """ "Families who have demanded an exchange of all for all": named by who wants it, and nobody has moved."""
    wanted = any(unit.word in clause.sentence.words.calls_for for unit in clause.units)
    moved = "XTGV" if wanted and "E" not in clause.content else "XTtGVD"
    return "F" in clause.act and set(clause.content).isdisjoint(moved) and not clause.has("happened")


def only_met(clause: Clause) -> bool:
    """ "Their teams met for the first time, through Qatar": a meeting, and no word of an exchange."""
    return clause.has("meeting") and set(clause.content).isdisjoint("EXTtGCBN")


#: A number with what moves people, in either order; "20 in return for 30".
_COUNTED = re.compile(r"[N%=].*[TtGVX]|[TtGVX].*[N%=]|N.*<.{0,2}N")


#: "24 May – 307", "9 April – the third: 12 soldiers", "the second – 1 April: 86": a row of a table, without a verb.
_LISTED = re.compile(r"[,;c.]{0,2}(?:D[-,].?N[PCUR,.]?|D-?O.?,N|O-?D,N)")
#: "The exchange of 95".
_NOUN_COUNTED = re.compile(r"E[.urC/]{0,2}N")


def _said_of(clause: Clause) -> str:
    """What is said about an exchange: who helped, that it is so, how many there were."""
    helped = helps(clause) and (clause.speaker is not None or clause.about)
    helped = helped and not helped_to_agree(clause)
    if helped and clause.has("mediator") and "y" not in clause.act and not only_met(clause):
        return "mediated"
    if clause.near and (_comprised(clause) or _with_each(clause)):
        return "counted"
    if clause.near and clause.side is Side.THIRD and clause.has("mediate") and not only_met(clause):
        return "" if set(clause.act) & set("Fyokφe") else "mediated"
    if clause.near and clause.speaker is not None:
        if _called(clause):
            return "spoke-of"
        on_list = "L" in clause.act and set(clause.content).isdisjoint("XTG")
        if confirms(clause) and not on_list and (clause.has("statement") or set(clause.act) & set("EtGB")):
            return "confirmed"
        if (
            "N" in clause.content
            and clause.concerned
            and (clause.has("tally") or _named(clause) or _of_those(clause) or _tells_number(clause))
        ):
            return "tallied"
        if _NOUN_COUNTED.search(clause.content):
            return "counted"
    if clause.near and _LISTED.match(clause.content):
        return "listed"
    return (
        "counted"
        if were_brought(clause)
        or _freed_in_it(clause)
        or _COUNTED.search(clause.content)
        or (clause.near and _by_numbers(clause))
        else ""
    )


def _freed_in_it(clause: Clause) -> bool:
    """ "Серед 103 звільнених під час обміну …", "144 украинца, освобожденных по обмену": a participle tells of the exchange."""
    match = _FREED_IN.search(clause.content)
    return match is not None and "freed" in clause.units[match.start("freed")].classes


_FREED_IN = re.compile("N[urUPC]{0,2},?(?P<freed>P)[^,;N]{0,4}E")


def _by_numbers(clause: Clause) -> bool:
    """ "146 for 146", not the formula "all for all", which sides only speak of."""
    ratios = {unit.ratio for unit in clause.units if unit.ratio is not None and None not in unit.ratio}
    if ratios == {(1, 1)}:
        return not clause.has("exchange_noun") or names_one(clause)
    return bool(ratios)


def _comprised(clause: Clause) -> bool:
    """ "The exchange covered 185 soldiers", "the swap involved 50 prisoners from each side"."""
    return clause.has("comprise") and any(
        "comprise" in unit.classes
        and "E" in clause.content[max(0, at - _BEFORE_COMPRISING) : at]
        and "N" in clause.content[at + 1 : at + _AFTER_NAMING]
        and not clause.infinitive(at)
        for at, unit in enumerate(clause.units)
    )


def _with_each(clause: Clause) -> bool:
    """ "There had been a swap, with 90 soldiers from each side": a figure for either side, and nothing planned or offered."""
    return (
        "b" in clause.content
        and _EACH.search(clause.content) is not None
        and set(clause.act).isdisjoint(_NOT_YET)
    )


_EACH = re.compile("E[^;]*N[.urPCU]{0,2}b|N[.urPCU]{0,2}b[^;q]*E")
_NOT_YET = frozenset("φkogğFyefSJ")

#: Units before a verb of comprising among which stands the exchange.
_BEFORE_COMPRISING = 4


def _called(clause: Clause) -> bool:
    """ "The patriarch called the exchange an act of mercy": whoever names it speaks of it."""
    return clause.has("naming") and any(
        "naming" in unit.classes and "E" in clause.content[at + 1 : at + _AFTER_NAMING]
        for at, unit in enumerate(clause.units)
    )


_AFTER_NAMING = 4


def _of_those(clause: Clause) -> bool:
    """ "Eight of the 106 were officers"."""
    return any(
        letter == "N" and is_part_of_whole(clause.sentence, clause.low + at)
        for at, letter in enumerate(clause.content)
    )


def _tells_number(clause: Clause) -> bool:
    """ "Lubinets says 307, five of them civilians"."""
    return any(
        letter == "N" and is_told(clause.sentence, clause.low + at)
        for at, letter in enumerate(clause.content)
    )


def _named(clause: Clause) -> bool:
    """ "The ministry reported on 300 servicemen", "she gave the number: 144 defenders"."""
    behind = max(clause.voiced.stop - 1, clause.low) - clause.low
    figure = _PEOPLE.search(clause.content[behind : behind + _NEAR])
    if figure is None or not len(clause.voiced):
        return False
    quantity = clause.units[behind + figure.start()].quantity
    if quantity is None or (quantity.min or quantity.max) is None:
        return False
    about = clause.sentence.words.about
    leading = clause.units[behind : behind + figure.start()]
    said = clause.units[behind - 1].word.rpartition(" ")[2] if behind else ""  # "spoke of"
    return said in about or any(unit.word == ":" or unit.word in about for unit in leading)


#: Units behind the verb of saying within which its figure stands.
_NEAR = 5
_PEOPLE = re.compile("N(?:[PCURBI]|$|[,;c])")


def _held(clause: Clause) -> str:
    """An exchange without a figure: by its number, day, parties, or by who speaks of it."""
    content = _behind_the_voice(clause)
    if of_steps(clause) or ("T" not in content and _only_proposed(clause)):
        return ""
    if "O" in content and clause.has("past_cue") and clause.near and not of_talks(clause):
        return "held"
    if is_traded(clause, content) or (clause.near and one_more(clause)):
        return "held"
    between = "X" in content or clause.has("happened")
    if _only_dates(clause, content):
        return ""
    if set(content) & set("EX") and (
        (_DAY_OR_NUMBER.search(content) and ("D" in content or not _of_a_sort(clause)))
        or (took_place(clause) and set(clause.act).isdisjoint("o?") and not is_negated(clause))
        or (between and _PARTIES.search(content))
    ):
        return "held"
    if "D" in content and (_PEOPLE_OF.search(content) or (clause.near and _returned(clause, content))):
        return "held"
    known = _may_tell(clause, content)
    described = _tells_of(clause, content) or clause.sentence.content.startswith("⊂")
    on_list = "L" in clause.act and (set(content).isdisjoint("E") or "L/E" in content)
    if set(content).isdisjoint("TtX") and (on_list or (clause.has("held") and "E" not in content)):
        described = False
    if clause.spoken("opine") and (
        "J" in clause.act or clause.has("serves")
    ):  # "thinks that swaps suit Moscow"
        described = False
    if known and clause.near and described and not (only_after(clause) or too_early(clause)):
        return "spoke-of"
    return "held" if out_of_captivity(clause) else of_the_freed(clause)


def _returned(clause: Clause, content: str) -> bool:
    return _BACK.search(content) is not None or return_held(clause, content)


def _of_a_sort(clause: Clause) -> bool:
    """ "The second are so-called numbered exchanges": a sort of them, and none in particular."""
    return set(clause.content).isdisjoint("XN%") and not names_one(clause)


def _may_tell(clause: Clause, content: str) -> bool:
    """Whether somebody known speaks, and not "Moscow and Kyiv speak of a new exchange"."""
    if clause.speaker is None or not clause.speaker.known:
        return False
    return clause.speaker.type != "state" or not set(content).isdisjoint("TtXDON%")


def _only_proposed(clause: Clause) -> bool:
    """ "Called for an exchange by Easter": who proposes it is not known, and it is not held for that."""
    return _PROPOSED.search(clause.act) is not None or any(
        {"offer", "exchange_noun"} <= unit.classes for unit in clause.units
    )


_PROPOSED = re.compile(r"[Fy][^,;D]{0,6}[EX]")


def _only_dates(clause: Clause, content: str) -> bool:
    """ "Before the swap of 14 August there were quarrels": the exchange only dates something else, and is not counted."""
    if not set(content).isdisjoint("TtXN%") or _PARTIES.search(content):
        return False
    named = [at for at, letter in enumerate(clause.content) if letter == "E"]
    return bool(named) and all(_is_dated_by(clause, at) for at in named)


def _is_dated_by(clause: Clause, at: int) -> bool:
    """Whether a preposition of time stands before the exchange, and not before a pause ("после перерыва обмены …")."""
    before = clause.units[max(0, at - _DATED) : at]
    return any(unit.word in clause.sentence.words.timed_by for unit in before) and not any(
        "suspend" in unit.classes for unit in before
    )


#: Units in which a preposition stands before its exchange ("before today's swap").
_DATED = 4


def _tells_of(clause: Clause, content: str) -> bool:
    """A word of moving that is no plan ("the next exchange may be the largest")."""
    first = len(clause.content) - len(content)
    return any(
        letter in "TtEX⊂"
        and clause.units[at].classes.isdisjoint(_NO_EVENT)
        and not _WISHED.search(clause.act[:at])
        and not ("arrive" in clause.units[at].classes and _NOBODY_NEAR.search(clause.content, 0, at))
        for at, letter in enumerate(content, first)
    )


#: A plan, or the place of an exchange ("the bodies are at the exchange point").
_NO_EVENT = frozenset(("plan", "spot"))

#: "Umerov said that he had arrived in Ankara": no freed people before the verb.
_NOBODY_NEAR = re.compile("^[^PCURN]*$")


#: "Wants to see them home", "could bring home 1,200": what is wished for or possible.
_WISHED = re.compile("[Jo][^,;c]{0,4}$")


#: "The third exchange", "on Friday the exchange", "exchanged on Friday".
_DAY_OR_NUMBER = re.compile(r"O|D.{0,3}E|E.{0,9}[DT]|D.*X|X.*D")
#: "Kyiv and Moscow".
_PARTIES = re.compile(r"[KM].{0,6}c.{0,3}[KM]")
#: "The captives returned"; "Moscow returned Ukrainians".
_BACK = re.compile("[CURP](?:,[^,;qXTGVNE]{1,9},)?[^,;NqG]{0,5}T|T[^,;NqGe]{0,3}[CUR]")
_PEOPLE_OF = re.compile(r"[KM].?T.*[UCRP]|[UCRP].{0,5}T.{0,3}[KM]")


def too_early(clause: Clause) -> bool:
    """ "It is early to speak of a next exchange": what closes the clause, or is said before its infinitive."""
    early = clause.sentence.words.too_early
    return any(
        unit.word.partition(" ")[0] in early
        and (at + 1 == len(clause.units) or clause.act[at + 1] in ",;" or clause.infinitive(at + 1))
        for at, unit in enumerate(clause.units)
    )


def only_after(clause: Clause) -> bool:
    """ "After the exchange they were captured again": every exchange only dates what is told."""
    units, view = clause.units, clause.content
    moving = [at for at, letter in enumerate(view) if letter in "TtEX"]
    return bool(moving) and all(
        view[at] == "E"
        and any(u.word in clause.sentence.words.subordinate for u in units[max(0, at - 2) : at])
        for at in moving
    )


def _behind_the_voice(clause: Clause) -> str:
    """The content without what leads a statement in ("Following the exchange, Putin said that …")."""
    voiced, content = clause.voiced, clause.content
    told = any("happened" in unit.classes for unit in clause.sentence.units[clause.low : voiced.start])
    if len(voiced) and not told and clause.low < voiced.start and clause.high - voiced.stop >= 5:
        return content[voiced.stop - clause.low :]
    return content
