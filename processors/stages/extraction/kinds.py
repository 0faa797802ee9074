"""What is asserted: the kinds of one clause, found in its `act` view by rules in order of precedence."""

import re

from processors.model import Kind, Side
from processors.stages.extraction.actors import actor_of, subject_of
from processors.stages.extraction.clauses import Clause, Proposition, begins_another_day, cut_clauses
from processors.stages.extraction.lexicon import Speaker
from processors.stages.extraction.negation import asserted, negated, untold, withheld
from processors.stages.extraction.sides import OTHER_SIDE
from processors.stages.extraction.unheld import is_unheld
from processors.stages.extraction.units import Sentence


def propositions(
    sentence: Sentence,
    start: int,
    end: int,
    speaker: Speaker | None,
    *,
    near: bool,
    inserted: range = range(0),
) -> list[Proposition]:
    """The propositions between two units. `near` tells that the sentences around speak of an exchange."""
    found: list[Proposition] = []
    for low, high in cut_clauses(sentence, start, end, inserted):
        if found and found[-1].kind in _OF_WORDS and _is_content(sentence, low):
            continue
        made = _of_clause(Clause(sentence, low, high, speaker, near, inserted))
        if not made and found and found[-1].kind is Kind.EXCHANGE and _goes_on(sentence, low, high):
            made = [Proposition(Kind.EXCHANGE, "others", low, high)]
        found.extend(made)
    return _thinned(sentence, found)


def _goes_on(sentence: Sentence, low: int, high: int) -> bool:
    """ "And another 20 through other channels", "… and today 300": a figure of others or of another day, without a verb."""
    if begins_another_day(sentence, low):
        return True
    return "N" in sentence.content[low:high] and any(
        "others" in unit.classes for unit in sentence.units[low : low + 3]
    )


_OF_WORDS = frozenset((Kind.DENIAL, Kind.ACCUSATION))


def _is_content(sentence: Sentence, low: int) -> bool:
    """ "… that Ukraine had refused" behind "denied" or "accused": what is denied, not what is asserted."""
    opening = sentence.units[low : low + 2]
    return any("rel" in unit.classes and unit.word in sentence.words.that for unit in opening)


def _of_clause(clause: Clause) -> list[Proposition]:
    for rule in _RULES:
        found = rule(clause)
        if found:
            return found
    return []


def _denial(clause: Clause) -> list[Proposition]:
    view = clause.act
    if found := untold(clause):
        return found
    if (
        not (set(view) & set("ld") or _refusing_denied(view))
        or (set(view) & set("ldf") == {"d"} and not asserted(clause, "d"))
        or not (clause.about or clause.near)
        or clause.speaker is None
        or clause.analyst
    ):
        return []
    if clause.speaker.type == "state" and "d" not in view and "l" not in view:
        return []
    found = [clause.made(Kind.DENIAL, "denial")]
    if "A" in view or (clause.has("accuse", "smear")):
        found.append(clause.made(Kind.ACCUSATION, "denial-and-accusation"))
    return found


def _refusing_denied(view: str) -> bool:
    """ "Ukraine has never refused an exchange"."""
    return re.search("e[.]?f", view) is not None


def _violation(clause: Clause) -> list[Proposition]:
    broken = "W" in clause.act or (
        "w" in clause.act and (clause.has("terms") or re.search("[ğEgXT]", clause.act))
    )
    wrecked = clause.has("wreck") and re.search("f.{0,4}ğ|ğ.{0,8}f", clause.act)
    if wrecked and clause.speaker is not None:
        return [clause.made(Kind.VIOLATION, "wrecked", actor_of(clause, "f"))]
    again = clause.has("front") and re.search("[TGX]", clause.content) and not re.search("[eoφ]", clause.act)
    if again and clause.near and not clause.analyst:
        return [clause.made(Kind.VIOLATION, "to-the-front", _whose(clause))]
    mismatch = (
        clause.has("mismatch")
        and not clause.has("statement")
        and ("L" in clause.act or clause.has("terms", "agree_noun", "agree"))
    )
    if mismatch and clause.near and clause.speaker is not None:
        return [clause.made(Kind.VIOLATION, "mismatch", OTHER_SIDE.get(clause.speaker.side or Side.THIRD))]
    if broken and (clause.about or clause.near) and not clause.analyst:
        return [clause.made(Kind.VIOLATION, "violation", actor_of(clause, "Ww"))]
    return []


def _whose(clause: Clause) -> Side | None:
    """The side of the soldiers spoken of, by their nation."""
    nation = re.search("[URur]", clause.content)
    if nation is None:
        return OTHER_SIDE.get(clause.speaker.side) if clause.speaker and clause.speaker.side else None
    return Side.UA if nation.group() in "Uu" else Side.RU


def _judgement(clause: Clause) -> list[Proposition]:
    """What an analyst in person says of an exchange with a word of opinion or aim, whatever else it mentions."""
    personal = clause.analyst and clause.speaker is not None and clause.speaker.type != "org"
    if personal and (clause.about or clause.near) and set(clause.act) & set("AJj"):
        return [clause.made(Kind.ASSESSMENT, "analyst")]
    return []


def _list(clause: Clause) -> list[Proposition]:
    told = (
        clause.speaker is not None
        and re.search(r"L[^,;]{0,2}N", clause.act)
        and not clause.has("receive_verb")
    )
    asked_not = re.search(r"e.{0,2}L", clause.act) or any(
        negated(clause, at) for at, unit in enumerate(clause.units) if "publish" in unit.classes
    )
    given = clause.has("publish", "give_verb") or told
    if "L" in clause.act and not asked_not and "f" not in clause.act and given and not _judged(clause):
        found = clause.made(Kind.LIST, "list", actor_of(clause, "L"))
        if clause.has("receive_verb") and found.actor in OTHER_SIDE:
            found.actor = OTHER_SIDE[found.actor]
        return [found]
    return []


def _suspension(clause: Clause) -> list[Proposition]:
    if not asserted(clause, "S") or re.search(r"[Jo].{0,2}S", clause.act) or _judged(clause):
        return []
    if _blamed_on_refusal(clause) or _long_over(clause):
        return []
    said = clause.speaker is not None and clause.speaker.type in {"person", "org"} and not clause.analyst
    if clause.has("exchange_noun", "exchange_verb", "captive", "bodies") or (
        said and clause.near and re.search("[KMp]", clause.act)
    ):
        return [clause.made(Kind.SUSPENSION, "suspension", actor_of(clause, "S"))]
    return []


def _blamed_on_refusal(clause: Clause) -> bool:
    """ "The exchange is delayed due to Kyiv's refusal": the refusal is what is asserted."""
    if not (refused := re.search("S.*f", clause.act)):
        return False
    words = " ".join(unit.word for unit in clause.units[refused.start() : refused.end()])
    return any(f" {phrase} " in f" {words} " for phrase in clause.sentence.words.because)


def _long_over(clause: Clause) -> bool:
    """ "The exchange took place after a pause"."""
    before = clause.units[: clause.act.index("S")][-4:]
    return clause.has("happened") and any(unit.word in clause.sentence.words.subordinate for unit in before)


def _refusal(clause: Clause) -> list[Proposition]:
    view = clause.act
    if not (clause.about or clause.near) or _refusing_denied(view):
        return []
    if not asserted(clause, "f"):
        return withheld(clause)
    found = clause.made(Kind.REFUSAL, "refusal", actor_of(clause, "f"))
    if _judged(clause):
        return [clause.made(Kind.ASSESSMENT, "analyst")]
    own = clause.speaker is not None and clause.speaker.side is found.actor
    if own and "A" in view:
        return []
    if clause.speaker is None and re.search("[?].{0,3}f", view):
        return []
    if found.actor is None or (clause.speaker is None and not re.search("[KMp].*f|f.*[KMp]", view)):
        return []
    return [found]


def _judged(clause: Clause) -> bool:
    """An analyst tells with what aim something is done: it is the aim that they assert."""
    return clause.analyst and bool(set(clause.act) & set("JA"))


def _assessment(clause: Clause) -> list[Proposition]:
    view = clause.act
    if clause.analyst and (clause.about or clause.near) and set(view) & set("AJj"):
        return [clause.made(Kind.ASSESSMENT, "analyst")]
    if clause.speaker is None and clause.has("likely") and set(view) & set("JA") and clause.about:
        return [clause.made(Kind.ASSESSMENT, "judgement")]
    return []


def _accusation(clause: Clause) -> list[Proposition]:
    speaker = clause.speaker
    if speaker is None or not (clause.about or clause.near):
        return []
    if "A" in clause.act and (clause.has("smear") or re.search("[EXTtGVLfSğ]", clause.act)):
        return [clause.made(Kind.ACCUSATION, "accusation")]
    aim = clause.act.find("J")
    if aim >= 0 and speaker.side in OTHER_SIDE and subject_of(clause, aim) is OTHER_SIDE[speaker.side]:
        return [clause.made(Kind.ACCUSATION, "aim")]
    return []


def _offer(clause: Clause) -> list[Proposition]:
    told = re.search(r"[Fy].{0,12}[EXTGTVtC*%1B]|[EXTGVC*%1B].{0,8}[Fy]", clause.act)
    if not told and not _proposed(clause):
        return _sought(clause)
    found = clause.made(Kind.OFFER, "offer" if told else "proposed", actor_of(clause, "Fy"))
    return [found] if found.actor else []


def _proposed(clause: Clause) -> bool:
    """ "We have proposed another for the end of the month": a verb of offering where the sentences around say what."""
    return clause.near and any(
        "offer" in unit.classes
        and "offer_noun" not in unit.classes
        and not negated(clause, at)
        and subject_of(clause, at, third=True) is not None
        for at, unit in enumerate(clause.units)
    )


def _sought(clause: Clause) -> list[Proposition]:
    """ "Ukraine says it will seek an exchange": what the speaker's own side wants."""
    side = clause.speaker.side if clause.speaker else None
    wanted = re.search(r"J.{0,3}[EX]", clause.act)
    if side in OTHER_SIDE and wanted and subject_of(clause, wanted.start()) in {None, side}:
        return [clause.made(Kind.OFFER, "sought", side)]
    return []


def _agreement(clause: Clause) -> list[Proposition]:
    view = clause.act
    if asked := re.search(r"o[^,;]{0,5}[gk]|k.?o", view):
        return _on_condition(clause, asked.end() - 1)
    figured = re.search("[ND%*1]", clause.content) is not None
    planned = any(
        "plan" in unit.classes and unit.classes & (_MOVES if figured else _EXCHANGES) for unit in clause.units
    )
    agreed = (
        planned
        or re.search(r"g.{0,12}[EXTtGCBV%*]|[EXTtGCBV%*].{0,8}g|k.{0,10}[EXTtG]|[EXTtGC].{0,10}k", view)
        is not None
        or (clause.near and figured and "k" in view and clause.has("stage"))
        or re.search("N.{0,3}[PCURb].{0,12}[gk]", view) is not None
    )
    treaty = re.search(r"ğ.{0,6}[EXTG].{0,14}[gř]|[gř].{0,6}ğ|ğ.{0,8}ř|ğ.{0,4}[EX]", view) and not _under(
        clause
    )
    ahead = re.search(r"φ.{0,6}[EXTGB]|[EXTGB].{0,6}φ", view) or (
        "φ" in view and re.search(r"N[^;]{0,5}[PCURb]", clause.content)
    )
    if _held_as_agreed(clause) or _asked_about(clause, "gğkφ"):
        return []
    if not re.search("[gğ]", view) and clause.has("talk") and not re.search("[ND%*1]", clause.content):
        agreed = False
    if (agreed or treaty) and not re.search(r"e.{0,2}[gkř]", view):
        return [clause.made(Kind.AGREEMENT, "agreed" if agreed else "agreement-noun")]
    side = clause.speaker.side if clause.speaker else None
    promised = side in OTHER_SIDE and "G" in clause.content and "b" not in clause.content
    if re.search(r"φ.?e|e.?φ", view):
        return []
    if ahead and promised and actor_of(clause, "φ") in {None, side}:
        return [clause.made(Kind.OFFER, "promise", side)]
    if ahead and re.search("[ND%*]", clause.content):
        return [clause.made(Kind.AGREEMENT, "future")]
    return []


def _asked_about(clause: Clause, letters: str) -> bool:
    """ "It is not known whether the exchange will take place": the question opens before what it asks about."""
    first = re.search(f"[{letters}]", clause.act)
    before = clause.units[: first.start()] if first else []
    return any(unit.word in clause.sentence.words.whether for unit in before)


def _on_condition(clause: Clause, at: int) -> list[Proposition]:
    """ "They could come home if Kyiv agreed": no agreement, and an offer where the other side is who should agree."""
    side = clause.speaker.side if clause.speaker else None
    if side in OTHER_SIDE and "g" in clause.act and subject_of(clause, at) is OTHER_SIDE[side]:
        return [clause.made(Kind.OFFER, "on-condition", side)]
    return []


_EXCHANGES = frozenset(("exchange_noun", "exchange_verb"))
_MOVES = frozenset(("exchange_noun", "exchange_verb", "return_verb", "give_verb"))


def _held_as_agreed(clause: Clause) -> bool:
    """ "They swapped 84 prisoners, in one of the exchanges agreed in Istanbul": held, and no news of a deal."""
    agreed = clause.act.find("g")
    before = clause.content[: max(agreed, 0)]
    moved = re.search(r"[XT].*[N%]|[N%].*[XT]", before)
    return agreed > 0 and clause.act[agreed - 1] == "E" and moved is not None and not _only_intended(clause)


def _under(clause: Clause) -> bool:
    """ "In accordance with the Istanbul agreements": the agreement is no news here."""
    sentence = clause.sentence
    at = clause.low + clause.act.index("ğ")
    leading = re.split("[,;]", sentence.act[max(0, at - 5) : at])[-1]
    before = " ".join(unit.word for unit in sentence.units[at - len(leading) : at])
    return any(f" {phrase} " in f" {before} " for phrase in sentence.words.under)


def _exchange(clause: Clause) -> list[Proposition]:
    content, act = clause.content, clause.act
    if re.search(r"e.{0,2}[EXT]", act) or _only_intended(clause) or is_unheld(clause):
        return []
    if _asked_about(clause, "EXTG"):
        return []
    if clause.has("bound") and clause.near and re.search("[N%]", content) and not re.search("[TX]", content):
        return [clause.made(Kind.AGREEMENT, "on-the-way")]
    helped = clause.has("mediate") or (clause.has("assist") and (clause.speaker is not None or clause.about))
    if helped and clause.has("mediator"):
        return [clause.made(Kind.EXCHANGE, "mediated")]
    if re.search(r"[N%].*[TtGVX]|[TtGVX].*[N%]", content) or ("%" in content and clause.near):
        return [clause.made(Kind.EXCHANGE, "counted")]
    content = _behind_the_voice(clause)
    if "O" in content and clause.has("past_cue") and clause.near:
        return [clause.made(Kind.EXCHANGE, "held")]
    between = "X" in content or clause.has("happened")
    if re.search(r"[EX]", content) and (
        re.search(r"O|D.{0,3}E|E.{0,9}[DT]|D.*X|X.*D", content)
        or (clause.has("happened") and not re.search("[oe?]", act))
        or (between and re.search(r"[KM].{0,6}c.{0,3}[KM]", content))
    ):
        return [clause.made(Kind.EXCHANGE, "held")]
    known = clause.speaker is not None and not clause.speaker.id.startswith("unk:")
    if known and clause.near and re.search(r"[TtEX⊂]", content) and not _only_after(clause):
        return [clause.made(Kind.EXCHANGE, "spoke-of")]
    return []


def _only_after(clause: Clause) -> bool:
    """ "After the exchange they were captured again": every exchange only dates what is told."""
    units, view = clause.units, clause.content
    moving = [match.start() for match in re.finditer("[TtEX]", view)]
    return bool(moving) and all(
        view[at] == "E" and at > 0 and units[at - 1].word in clause.sentence.words.subordinate
        for at in moving
    )


def _behind_the_voice(clause: Clause) -> str:
    """The content without what leads a statement in ("Following the exchange, Putin said that …")."""
    voiced, content = clause.voiced, clause.content
    if len(voiced) and clause.low < voiced.start and clause.high - voiced.stop >= 5:
        return content[voiced.stop - clause.low :]
    return content


def _only_intended(clause: Clause) -> bool:
    """Every verb of return or exchange is an infinitive without "managed to"; or the clause is about what will be."""
    if clause.has("success"):
        return False
    if "φ" in clause.act or re.search("o.?[TGX]", clause.act):
        return True
    verbs = [match.start() for match in re.finditer("[TGX]", clause.content)]
    return bool(verbs) and "E" not in clause.content and all(clause.infinitive(at) for at in verbs)


_RULES = (
    _denial, _judgement, _violation, _list, _suspension, _refusal, _assessment, _accusation, _offer, _agreement, _exchange,
)  # fmt: skip


def _thinned(sentence: Sentence, found: list[Proposition]) -> list[Proposition]:
    """One proposition a kind; a bare exchange beside an offer or the like is only what that is about."""
    kept: list[Proposition] = []
    for one in found:
        earlier = next((k for k in kept if k.kind is one.kind), None)
        if earlier is None or (one.kind is Kind.EXCHANGE and _two_events(sentence, earlier, one)):
            kept.append(one)
        else:
            earlier.end = one.end
            earlier.rule = one.rule if earlier.rule in _WEAK else earlier.rule
    acts = any(k.kind not in {Kind.EXCHANGE, Kind.DENIAL, Kind.ACCUSATION} for k in kept)
    return [k for k in kept if not (acts and k.kind is Kind.EXCHANGE and k.rule in _WEAK)]


_WEAK = frozenset(("held", "spoke-of", "mediated"))


def _two_events(sentence: Sentence, left: Proposition, right: Proposition) -> bool:
    """Each with a date and a figure of its own, or told by others."""
    if right.rule == "others":
        return True
    return all({"N", "D"} <= set(sentence.content[one.start : one.end]) for one in (left, right))
