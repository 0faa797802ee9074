"""What is asserted: the kinds of one clause, found in its `act` view by rules in order of precedence."""

import re

from processors.model import Kind, Side
from processors.stages.extraction.kinds.actors import actor_of
from processors.stages.extraction.kinds.beside import is_beside
from processors.stages.extraction.kinds.broken_terms import uncleared
from processors.stages.extraction.kinds.continuations import continued
from processors.stages.extraction.kinds.held import exchange
from processors.stages.extraction.kinds.judgements import (
    accusation,
    aim_of_refusing,
    assessment,
    explained,
    judged,
    judgement,
)
from processors.stages.extraction.kinds.lists import lists
from processors.stages.extraction.kinds.lists_named import list_refused
from processors.stages.extraction.kinds.negation import (
    asserted,
    will_not,
    withheld,
)
from processors.stages.extraction.kinds.offered_too import offer_refused_too
from processors.stages.extraction.kinds.offers import offer
from processors.stages.extraction.kinds.partial import taken_in_part
from processors.stages.extraction.kinds.pauses import (
    blocked_for_long,
    of_something_else,
    stands_blocked,
)
from processors.stages.extraction.kinds.plans import agreement
from processors.stages.extraction.kinds.refusals import (
    by_captives,
    by_incident,
    fell_through,
    no_reply,
    off_the_table,
    offer_refused,
    shifts_blame,
    stays_silent,
    to_reporters,
    unanswered,
)
from processors.stages.extraction.kinds.refutations import denial, refusing_denied
from processors.stages.extraction.kinds.remains import brought
from processors.stages.extraction.kinds.rules import NEEDED, fires_on
from processors.stages.extraction.kinds.suspensions import claimed_by_others, only_believed, suspension
from processors.stages.extraction.kinds.unheld import names_one, of_several
from processors.stages.extraction.kinds.violations import violation
from processors.stages.extraction.reading.clauses import (
    Clause,
    Proposition,
    cut_clauses,
)
from processors.stages.extraction.words.lexicon import Speaker
from processors.stages.extraction.words.units import Sentence


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
    explains = speaker is not None and speaker.analyst
    if sentence.features.isdisjoint(NEEDED) and not explains:
        return found
    if sentence.asks and (speaker is None or not sentence.has("quote")):
        return found
    denied = False
    for low, high in cut_clauses(sentence, start, end, inserted):
        told = denied or (bool(found) and found[-1].kind in _OF_WORDS)
        denied = "deny" in sentence.features and _DENIED.search(sentence.act, low, high) is not None
        told = told and not (found and _says_too(sentence, found[-1], low))
        if told and (_is_content(sentence, low) or _on_reports(sentence, low, high)):
            if found and found[-1].rule == "charges":
                found[-1:] = _charged(Clause(sentence, low, high, speaker, near, inserted)) or found[-1:]
            continue
        made = _of_clause(Clause(sentence, low, high, speaker, near, inserted))
        found.extend(continued(sentence, found[-1], made, low, high) if found else made)
    return _thinned(sentence, _without_the_denied(sentence, found)) if found else found


#: A word of denying that the clause to come is the object of.
_DENIED = re.compile("d[^,;]*$")
_OF_WORDS = frozenset((Kind.DENIAL, Kind.ACCUSATION))


def _charged(clause: Clause) -> list[Proposition]:
    """ "He blamed Kyiv for the fact that it wrecked the swap": the deed of which somebody is accused, where it is one."""
    return [one for one in _of_clause(clause) if one.kind in _CHARGED]


_CHARGED = frozenset((Kind.REFUSAL, Kind.SUSPENSION, Kind.VIOLATION))


def _says_too(sentence: Sentence, before: Proposition, low: int) -> bool:
    """ "Answered that no date had been agreed and that Moscow plays dirty games": no word of denying, and two things said."""
    opened = _AND_THAT.match(sentence.act, low) is not None
    units = sentence.units[before.start : low]
    if not opened or before.kind is not Kind.DENIAL or any(unit.classes & _CLAIMS for unit in units):
        return False
    return "d" not in sentence.act[:low] and "A" not in sentence.act[:low]


#: "And that".
_AND_THAT = re.compile(",?cq")


def _is_content(sentence: Sentence, low: int) -> bool:
    """ "… that Ukraine had refused", "which it allegedly refused" behind "denied": what is denied, not what is asserted."""
    opening = sentence.units[low : low + 3]
    hedged = any("hedge" in unit.classes for unit in sentence.units[low : low + 6])
    return any("rel" in unit.classes and (hedged or unit.word in sentence.words.that) for unit in opening)


def _on_reports(sentence: Sentence, low: int, high: int) -> bool:
    """ "«…», he said of reports that Kyiv had refused": what was reported is what is untrue."""
    words, units = sentence.words, sentence.units
    told = (
        at
        for at in range(low + 1, high)
        if units[at].classes & _REPORTS and units[at - 1].word in words.about
    )
    at = next(told, high)
    return any(unit.word in words.that for unit in units[at + 1 : min(high, at + 1 + _THAT)])


#: What tells what others say, and units behind it among which "that" stands.
_REPORTS, _THAT = frozenset(("tidings", "statement", "claimed")), 4


def _without_the_denied(sentence: Sentence, found: list[Proposition]) -> list[Proposition]:
    """ "The claims that Kyiv wrecked the swap are false": what stands between the claims and their denial is not asserted."""
    denied = next((one for one in found if one.kind is Kind.DENIAL), None)
    if denied is not None and denied.rule == "called-off":
        return [one for one in found if one.kind is not Kind.AGREEMENT or not _describes(sentence, one)]
    if denied is None:
        return found
    claims = next((at for at, unit in enumerate(sentence.units) if unit.classes & _CLAIMS), None)
    if claims is None:
        return found
    between = (one for one in found if one.start <= claims < one.end <= denied.start)
    dropped = [one for one in between if one.kind is not Kind.ACCUSATION]
    return [one for one in found if one not in dropped]


def _describes(sentence: Sentence, one: Proposition) -> bool:
    """ "The exchange, planned for the 24th, was not held": the plan is a participle."""
    planned = (unit.word for unit in sentence.units[one.start : one.end] if "plan" in unit.classes)
    return all(word.endswith(tuple(sentence.words.modifier_endings) or "") for word in planned)


_CLAIMS = frozenset(("statement", "claimed"))


def _of_clause(clause: Clause) -> list[Proposition]:
    for rule in _RULES:
        found = rule(clause)
        if found:
            swindled = clause.sentence.has("swindler") and found[0].kind in _PROMISED
            return [] if swindled or is_beside(clause, found[0].kind) else found
    return []


#: What swindlers promise families, and no side does.
_PROMISED = frozenset((Kind.OFFER, Kind.AGREEMENT, Kind.EXCHANGE, Kind.LIST, Kind.ACCUSATION))


@fires_on("refuse", "neg", "noreply", "silent", "off_table", "wreck")
def _refusal(clause: Clause) -> list[Proposition]:
    """What is refused, and the list or offer that it tells of."""
    found = _refusing(clause)
    refused = (one for one in found if one.kind is Kind.REFUSAL)
    lists_too = [named for one in refused for named in list_refused(clause, one)]
    return [*found, *lists_too, *offer_refused_too(clause, found)]


def _refusing(clause: Clause) -> list[Proposition]:
    """ "Kyiv refused to take 1,000 prisoners", or handed nobody over; what an accident blocked is none."""
    if not clause.concerned or refusing_denied(clause):
        return []
    if not asserted(clause, "f"):
        return (
            withheld(clause)
            or will_not(clause)
            or unanswered(clause)
            or no_reply(clause)
            or stays_silent(clause)
            or off_the_table(clause)
            or fell_through(clause)
        )
    if (
        _of_comment(clause)
        or to_reporters(clause)
        or shifts_blame(clause)
        or _only_intended(clause)
        or by_captives(clause)
        or only_believed(clause, "f")
    ):
        return []
    if of_something_else(clause, "f") or (
        clause.has("front") and clause.sentence.has("freed", "exchange_verb")
    ):
        return []
    if by_incident(clause):
        return [clause.made(Kind.AGREEMENT, "fell-through")] if names_one(clause) else []
    if blocked_for_long(clause):
        return [clause.made(Kind.SUSPENSION, "blocked", actor_of(clause, "f"))]
    if clause.speaker is not None and stands_blocked(clause):
        return [clause.made(Kind.SUSPENSION, "blocked")]
    return _refused(clause)


def _refused(clause: Clause) -> list[Proposition]:
    """The refusal that a word of refusing tells of, and what was refused."""
    view = clause.act
    if judged(clause):
        return [clause.made(Kind.ASSESSMENT, "analyst")]
    himself = clause.side if clause.spoken("refuse") and not _of_a_noun(clause) else None
    found = clause.made(Kind.REFUSAL, "refusal", himself or actor_of(clause, "f"))
    own = not himself and clause.speaker is not None and clause.speaker.side is found.actor
    if (own and "A" in view) or claimed_by_others(clause, "f", found.actor):
        return []
    if (
        _IF_REFUSED.search(view)
        or clause.conditional("f")
        or clause.asked("f")
        or (clause.speaker is None and _WHETHER_REFUSED.search(view))
    ):
        return []
    if found.actor is None:
        wrecked = clause.has("wreck") and not set(view).isdisjoint("EX") and not of_several(clause)
        return [found] if wrecked or (clause.speaker is not None and clause.has("reply")) else []
    told = _REFUSED_BY.search(view) and found.actor is not Side.THIRD
    if not told and clause.speaker is None:
        return []
    return [found, *offer_refused(clause, found), *aim_of_refusing(clause, found)]


def _of_a_noun(clause: Clause) -> bool:
    """ "He confirmed the refusal by Kyiv": who speaks only tells of it."""
    return clause.units[clause.act.index("f")].word in clause.sentence.words.refusal_nouns


def _only_intended(clause: Clause) -> bool:
    """ "Tried to wreck the exchange": each word of refusing is an infinitive."""
    refusing = [at for at, letter in enumerate(clause.act) if letter == "f"]
    return all(" " not in clause.units[at].word and clause.infinitive(at) for at in refusing)


#: "In case of a refusal".
_IF_REFUSED = re.compile("of")
#: "Asked whether Kyiv refused"; who refuses, or is refused.
_WHETHER_REFUSED = re.compile("[?].{0,3}f")
_REFUSED_BY = re.compile("[KMp].*f|f.*[KMp]|[UR].{0,3}f")


#: Units behind a word of refusing within which stands what is refused.
_REFUSED = 7


def _of_comment(clause: Clause) -> bool:
    """ "Did not reply to a request for comment", "would not comment on reports of a refusal": words are refused, no exchange."""
    before = [unit.classes for unit in clause.units[: clause.act.index("f")]]
    reported = any("tidings" in classes for classes in before)
    if reported and clause.speaker is None and any("silent" in classes for classes in before):
        return True
    if not clause.has("comment"):
        return False
    refused = clause.act.index("f")
    stretch = re.split("[,;cEXTG]", clause.act[refused : refused + _REFUSED])[0]
    low = refused
    # Where endings tell, the object may stand first: "Называть день она отказалась".
    if clause.sentence.words.infinitive_endings:
        low = max(0, refused - len(re.split("[,;]", clause.act[:refused])[-1]), refused - _REFUSED)
    return any("comment" in unit.classes for unit in clause.units[low : refused + len(stretch)])


_RULES = (
    denial, judgement, taken_in_part, violation, lists, suspension, _refusal, assessment,
    accusation, uncleared, brought, offer, agreement, exchange, explained,
)  # fmt: skip


def _thinned(sentence: Sentence, found: list[Proposition]) -> list[Proposition]:
    """One proposition a kind; a bare exchange beside an offer or the like is only what that is about."""
    kept: list[Proposition] = []
    if any(one.rule == "put-off" for one in found):
        found = [one for one in found if one.kind is not Kind.AGREEMENT]
    for one in found:
        earlier = next((k for k in kept if k.kind is one.kind), None)
        if earlier is None or _two_events(sentence, earlier, one):
            kept.append(one)
        else:
            earlier.end = one.end
            earlier.rule = one.rule if earlier.rule in _WEAK else earlier.rule
    if any(k.rule == "analyst" for k in kept):
        kept = [k for k in kept if k.kind not in _DEEDS and k.rule != "agreement-noun"]
    if any(k.kind is Kind.ASSESSMENT for k in kept):
        kept = [k for k in kept if k.kind is not Kind.ACCUSATION]
    if any(k.kind is Kind.VIOLATION and _joined(sentence, k) for k in kept):
        kept = [k for k in kept if k.kind is not Kind.SUSPENSION or _names_exchange(sentence, k)]
    acts = any(k.kind not in {Kind.EXCHANGE, Kind.DENIAL, Kind.ACCUSATION} for k in kept)
    return [
        k
        for k in kept
        if not (acts and k.kind is Kind.EXCHANGE and k.rule in _WEAK) or _stands_alone(sentence, k)
    ]


def _stands_alone(sentence: Sentence, one: Proposition) -> bool:
    """ "The last exchange took place on 31 May; before that …": of a day of its own, in front of a semicolon."""
    return sentence.act[one.end : one.end + 1] == ";" and "D" in sentence.content[one.start : one.end]


def _joined(sentence: Sentence, one: Proposition) -> bool:
    """ "Plays for time and does not keep its commitments": one charge in two verbs."""
    return "conj" in sentence.units[one.start].classes


def _names_exchange(sentence: Sentence, one: Proposition) -> bool:
    return not set(sentence.act[one.start : one.end]).isdisjoint("EX")


#: What an analyst's judgement is about, and does not assert ("the statements on Russia's offer may be aimed at …").
_DEEDS = frozenset((Kind.OFFER, Kind.REFUSAL, Kind.SUSPENSION))
_WEAK = frozenset(("held", "spoke-of", "described", "mediated"))


def _two_events(sentence: Sentence, left: Proposition, right: Proposition) -> bool:
    """Exchanges each with a date and a figure of its own, or told by others, or of civilians; acts of either side."""
    if right.kind is not Kind.EXCHANGE:
        return None not in {left.actor, right.actor} and left.actor is not right.actor
    views = [set(sentence.content[one.start : one.end]) for one in (left, right)]
    apart = any("dweller" in unit.classes for unit in sentence.units[right.start : right.end])
    return apart or right.rule == "others" or all("D" in view and view & {"N", "%"} for view in views)
