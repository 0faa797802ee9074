"""What is asserted: the kinds of one clause, found in its `act` view by rules in order of precedence."""

import re

from processors.model import Kind, Side
from processors.stages.extraction.actors import actor_of, subject_of
from processors.stages.extraction.clauses import (
    Clause,
    Proposition,
    begins_another_day,
    cut_clauses,
    has_phrase,
)
from processors.stages.extraction.held import exchange
from processors.stages.extraction.lexicon import Speaker
from processors.stages.extraction.negation import asserted, negated, untold, will_not, withheld
from processors.stages.extraction.pauses import none_since
from processors.stages.extraction.plans import agreement, offer
from processors.stages.extraction.sides import OTHER_SIDE
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
    denied = False
    for low, high in cut_clauses(sentence, start, end, inserted):
        told = denied or (bool(found) and found[-1].kind in _OF_WORDS)
        denied = "deny" in sentence.features and re.search("d[^,;]*$", sentence.act[low:high]) is not None
        if told and _is_content(sentence, low):
            continue
        made = _of_clause(Clause(sentence, low, high, speaker, near, inserted))
        if not made and found and found[-1].kind is Kind.EXCHANGE and _goes_on(sentence, low, high):
            made = [Proposition(Kind.EXCHANGE, "others", low, high)]
        found.extend(made)
    return _thinned(sentence, _without_the_denied(sentence, found))


def _goes_on(sentence: Sentence, low: int, high: int) -> bool:
    """ "And another 20 through other channels", "… and today 300": a figure of others or of another day, without a verb."""
    if begins_another_day(sentence, low):
        return True
    return "N" in sentence.content[low:high] and any(
        "others" in unit.classes for unit in sentence.units[low : low + 3]
    )


_OF_WORDS = frozenset((Kind.DENIAL, Kind.ACCUSATION))


def _is_content(sentence: Sentence, low: int) -> bool:
    """ "… that Ukraine had refused", "which it allegedly refused" behind "denied": what is denied, not what is asserted."""
    opening = sentence.units[low : low + 3]
    hedged = any("hedge" in unit.classes for unit in sentence.units[low : low + 6])
    return any("rel" in unit.classes and (hedged or unit.word in sentence.words.that) for unit in opening)


def _without_the_denied(sentence: Sentence, found: list[Proposition]) -> list[Proposition]:
    """ "The claims that Kyiv wrecked the swap are false": what stands between the claims and their denial is not asserted."""
    denied = next((one for one in found if one.kind is Kind.DENIAL), None)
    claims = next((at for at, unit in enumerate(sentence.units) if "statement" in unit.classes), None)
    if denied is None or claims is None:
        return found
    return [one for one in found if not one.start <= claims < one.end <= denied.start]


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
        or not clause.concerned
        or clause.speaker is None
        or clause.analyst
        or re.search("[lf].?o", view)
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
        return [clause.made(Kind.VIOLATION, "mismatch", OTHER_SIDE.get(clause.side or Side.THIRD))]
    if broken and clause.concerned and not clause.analyst:
        return [clause.made(Kind.VIOLATION, "violation", actor_of(clause, "Ww"))]
    return []


def _whose(clause: Clause) -> Side | None:
    """The side of the soldiers spoken of, by their nation."""
    nation = re.search("[URur]", clause.content)
    if nation is None:
        return OTHER_SIDE.get(clause.side)
    return Side.UA if nation.group() in "Uu" else Side.RU


def _judgement(clause: Clause) -> list[Proposition]:
    """What an analyst in person says of an exchange with a word of opinion or aim, whatever else it mentions.

    Anybody else who is no known official judges where they "think" what somebody aims at.
    """
    speaker, opines = clause.speaker, clause.spoken("opine")
    if speaker is None or speaker.type == "org" or not clause.concerned:
        return []
    cues = set(clause.act)
    if clause.analyst and (cues & set("AJj") or (opines and cues & set("KMp"))):
        return [clause.made(Kind.ASSESSMENT, "analyst")]
    judged = cues & set("AJS") and (cues & set("KMUR") or re.search("[EX].*[AJ]", clause.act))
    if speaker.id.startswith("unk:") and opines and judged:
        return [clause.made(Kind.ASSESSMENT, "thinks")]
    return []


def _list(clause: Clause) -> list[Proposition]:
    told = (
        clause.speaker is not None
        and re.search(r"L[^,;]{0,2}N", clause.act)
        and not clause.has("receive_verb")
    )
    asked_not = re.search(r"e.{0,2}L", clause.act) or any(
        negated(clause, at) for at, unit in enumerate(clause.units) if unit.classes & _GIVING
    )
    given = clause.has("publish", "give_verb") or (told and "g" not in clause.act) or _given_behind(clause)
    if "L" in clause.act and not asked_not and "f" not in clause.act and given and not _judged(clause):
        found = clause.made(Kind.LIST, "list", _giver(clause) or actor_of(clause, "L"))
        if _LIST_RECEIVED.search(clause.act) and found.actor in OTHER_SIDE:
            found.actor = OTHER_SIDE[found.actor]
        return [found]
    return []


def _given_behind(clause: Clause) -> bool:
    """ "The list of those whom Kyiv refused was published in May": the verb stands behind a relative clause."""
    sentence = clause.sentence
    relative = re.match(",?q[^,;]*,", sentence.act[clause.high :])
    if relative is None:
        return False
    behind = sentence.units[clause.high + relative.end() :]
    return any("publish" in unit.classes for unit in behind[:_REACH])


#: Units behind a relative clause among which the verb of the main one stands.
_REACH = 8


_LIST_RECEIVED = re.compile(r"V[^,;c]{0,8}L|L[^,;c]{0,8}V")


def _giver(clause: Clause) -> Side | None:
    """Who hands over the list: the side before the verb, not the one to whom it goes."""
    verb = next((at for at, unit in enumerate(clause.units) if unit.classes & _GIVING), None)
    return subject_of(clause, verb) if verb is not None else None


_GIVING = frozenset(("publish", "give_verb"))


def _suspension(clause: Clause) -> list[Proposition]:
    if none_since(clause):
        return [clause.made(Kind.SUSPENSION, "none-since")]
    guessed = clause.speaker is None and clause.has("likely") and "J" in clause.act
    if not asserted(clause, "S") or _only_wished(clause) or _judged(clause) or guessed:
        return []
    if _blamed_on_refusal(clause) or _long_over(clause):
        return []
    said = clause.speaker is not None and clause.speaker.type in {"person", "org"} and not clause.analyst
    exchanges = ("exchange_noun", "exchange_verb", "captive", "bodies")
    resumed = "S" in clause.act[:3] and clause.sentence.has(*exchanges)
    talks = said and clause.concerned and clause.has("talk")
    blamed = said and clause.near and re.search("[KMp]", clause.act)
    if resumed or clause.has(*exchanges) or blamed or talks:
        return [clause.made(Kind.SUSPENSION, "suspension", _accused(clause) or actor_of(clause, "S"))]
    return []


def _accused(clause: Clause) -> Side | None:
    """ "Moscow accuses Kyiv of delaying swaps": the side that a state blames is the other one."""
    speaker = clause.speaker
    if speaker is None or speaker.type != "state" or speaker.side is None or not clause.has("accuse"):
        return None
    return OTHER_SIDE.get(speaker.side)


def _only_wished(clause: Clause) -> bool:
    """ "Whether they could be stopped", "in order to stop them"."""
    wished = re.search(r"[Jo].{0,2}S", clause.act)
    return wished is not None and ("o" in wished.group() or clause.infinitive(wished.end() - 1))


def _blamed_on_refusal(clause: Clause) -> bool:
    """ "The exchange is delayed due to Kyiv's refusal": the refusal is what is asserted."""
    if not (refused := re.search("S.*f", clause.act)):
        return False
    return has_phrase(clause.units[refused.start() : refused.end()], clause.sentence.words.because)


def _long_over(clause: Clause) -> bool:
    """ "The exchange took place after a pause"."""
    before = clause.units[: clause.act.index("S")][-4:]
    return clause.has("happened") and any(unit.word in clause.sentence.words.subordinate for unit in before)


def _refusal(clause: Clause) -> list[Proposition]:
    view = clause.act
    if not clause.concerned or _refusing_denied(view):
        return []
    if not asserted(clause, "f"):
        return withheld(clause) or will_not(clause)
    if _of_comment(clause):
        return []
    found = clause.made(Kind.REFUSAL, "refusal", actor_of(clause, "f"))
    if _judged(clause):
        return [clause.made(Kind.ASSESSMENT, "analyst")]
    own = clause.speaker is not None and clause.speaker.side is found.actor
    if own and "A" in view:
        return []
    if clause.speaker is None and re.search("[?].{0,3}f", view):
        return []
    if found.actor is None and clause.has("wreck") and re.search("[EX]", view):
        return [found]
    if found.actor is None or (clause.speaker is None and not re.search("[KMp].*f|f.*[KMp]", view)):
        return []
    return [found]


#: Units behind a word of refusing within which stands what is refused.
_REFUSED = 7


def _of_comment(clause: Clause) -> bool:
    """ "Did not reply to a request for comment": words are refused, and no exchange."""
    if not clause.has("comment"):
        return False
    refused = clause.act.index("f")
    behind = re.match("[^,;c]*", clause.act[refused : refused + _REFUSED])
    end = refused + (behind.end() if behind else 0)
    return any("comment" in unit.classes for unit in clause.units[refused:end])


def _judged(clause: Clause) -> bool:
    """An analyst tells with what aim something is done: it is the aim that they assert."""
    personal = clause.speaker is not None and clause.speaker.type != "org"
    told = clause.sentence.act if personal else clause.act
    return clause.analyst and bool(set(told) & set("JA"))


def _assessment(clause: Clause) -> list[Proposition]:
    view = clause.act
    if clause.analyst and clause.concerned and set(view) & set("AJj"):
        return [clause.made(Kind.ASSESSMENT, "analyst")]
    likely = clause.has("likely") or any("likely" in unit.classes for unit in clause.sentence.units[:1])
    if clause.speaker is None and likely and set(view) & set("JA") and clause.about:
        return [clause.made(Kind.ASSESSMENT, "judgement")]
    return []


def _explained(clause: Clause) -> list[Proposition]:
    """An analyst in person on what a side does, without a figure or a day that would make it a report."""
    speaker = clause.speaker
    if speaker is None or not clause.analyst or speaker.type == "org" or not clause.concerned:
        return []
    tells = re.search("[KMp]", clause.act) and not re.search("[N%D]", clause.content)
    return [clause.made(Kind.ASSESSMENT, "explained")] if tells else []


#: What the sentence must name for an aim in it to be one of exchanges.
_SUBJECT = ("exchange_noun", "exchange_verb", "captive", "bodies", "list", "suspend", "refuse")


def _accusation(clause: Clause) -> list[Proposition]:
    speaker = clause.speaker
    if speaker is None or not clause.concerned:
        return []
    if "A" in clause.act and (clause.has("smear") or re.search("[EXTtGVLfSğ]", clause.act)):
        return [clause.made(Kind.ACCUSATION, "accusation")]
    aim = clause.act.find("J") if clause.sentence.has(*_SUBJECT) else -1
    if aim >= 0 and speaker.side in OTHER_SIDE and subject_of(clause, aim) is OTHER_SIDE[speaker.side]:
        return [clause.made(Kind.ACCUSATION, "aim")]
    return []


_RULES = (
    _denial, _judgement, _violation, _list, _suspension, _refusal, _assessment, _accusation, offer, agreement, exchange,
    _explained,
)  # fmt: skip


def _thinned(sentence: Sentence, found: list[Proposition]) -> list[Proposition]:
    """One proposition a kind; a bare exchange beside an offer or the like is only what that is about."""
    kept: list[Proposition] = []
    for one in found:
        earlier = next((k for k in kept if k.kind is one.kind), None)
        if earlier is None or _two_events(sentence, earlier, one):
            kept.append(one)
        else:
            earlier.end = one.end
            earlier.rule = one.rule if earlier.rule in _WEAK else earlier.rule
    if any(k.rule == "analyst" for k in kept):
        kept = [k for k in kept if k.kind not in _DEEDS]
    acts = any(k.kind not in {Kind.EXCHANGE, Kind.DENIAL, Kind.ACCUSATION} for k in kept)
    return [k for k in kept if not (acts and k.kind is Kind.EXCHANGE and k.rule in _WEAK)]


#: What an analyst's judgement is about, and does not assert ("the statements on Russia's offer may be aimed at …").
_DEEDS = frozenset((Kind.OFFER, Kind.REFUSAL))
_WEAK = frozenset(("held", "spoke-of", "mediated"))


def _two_events(sentence: Sentence, left: Proposition, right: Proposition) -> bool:
    """Exchanges each with a date and a figure of its own, or told by others; acts of either side."""
    if right.kind is not Kind.EXCHANGE:
        return None not in {left.actor, right.actor} and left.actor is not right.actor
    views = [set(sentence.content[one.start : one.end]) for one in (left, right)]
    return right.rule == "others" or all("D" in view and view & {"N", "%"} for view in views)
