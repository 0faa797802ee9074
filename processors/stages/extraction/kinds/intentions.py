"""Exchanges that are only intended, asked about or told of in general: infinitives, plans, what may be, how they go."""

import re

from processors.stages.extraction.reading.clauses import Clause


def begun(clause: Clause, high: int) -> bool:
    """ "They began an exchange on Monday, the first stage of …": before the unit `high` of the clause one has taken place."""
    happened = next((at for at, unit in enumerate(clause.units[:high]) if "happened" in unit.classes), high)
    day = "D" in clause.content[:high]
    return day and "E" in clause.content[happened : happened + _BEGUN] and "k" not in clause.act[:happened]


#: Units behind "began" among which the exchange is named.
_BEGUN = 5


def thought_due(clause: Clause) -> bool:
    """ "Стороны должны провести обмен, считает депутат": what somebody thinks ought to be."""
    if not clause.spoken("opine"):
        return False
    return any(unit.word.partition(" ")[0] in clause.sentence.words.ought for unit in clause.units)


def only_intended(clause: Clause) -> bool:
    """Every verb of return or exchange is an infinitive without "managed to", or planned; or the clause is about what will be."""
    if clause.has("success"):
        return False
    ahead = "φ" in clause.act and not (begun(clause, clause.act.index("φ")) or _AFTERWARDS.search(clause.act))
    if thought_due(clause) or ahead or _may_be(clause):
        return True
    if _only_urged(clause) or _only_wanted(clause):
        return True
    verbs = [at for at, letter in enumerate(clause.content) if letter in "TGX"]
    return (
        bool(verbs)
        and "E" not in clause.content
        and all(clause.infinitive(at) or "plan" in clause.units[at].classes for at in verbs)
    )


def _may_be(clause: Clause) -> bool:
    """ "An exchange may be held"; not "they swapped 35 each, a deal that could help" of what has been told."""
    return "o" in clause.act and any(
        "q" not in found[0] or not _is_told_before(clause, found.start())
        for found in _WHETHER.finditer(clause.act)
    )


def _is_told_before(clause: Clause, at: int) -> bool:
    """Whether people have moved, or an exchange taken place, before this unit."""
    return not set(clause.act[:at]).isdisjoint("TX") or any(
        "happened" in unit.classes for unit in clause.units[:at]
    )


def _only_wanted(clause: Clause) -> bool:
    """ "Kyiv wants to get 1,000 people back", "хоче забрати 1000 людей у межах обміну": nobody has moved yet."""
    words, view = clause.sentence.words, clause.content
    first, *more = [at for at, letter in enumerate(view) if letter in "TGXV"] or [-1]
    if first < 0 or (more and _ANOTHER_DEED.search(view, first, more[-1])):
        return False
    before = clause.units[max(0, first - _WANTING) : first]
    wanted = any(unit.word in words.wants for unit in before)
    return wanted and (clause.infinitive(first) or before[-1].word.split()[-1] in words.infinitive_marker)


#: Units before an infinitive among which the verb of wishing stands; what parts it from another deed.
_WANTING, _ANOTHER_DEED = 4, re.compile("[,;cq]")


def _only_urged(clause: Clause) -> bool:
    """ "Called for an end to the swaps", "провести обмен": every exchange is the object of an infinitive, and nobody helped."""
    if set(clause.content) & set("TGX") or clause.has("assist", "mediate", "happened"):
        return False
    named = [at for at, letter in enumerate(clause.content) if letter == "E"]
    return bool(named) and all(_is_urged(clause, at) for at in named)


def _is_urged(clause: Clause, at: int) -> bool:
    """Whether a word with the ending of an infinitive stands right before the noun, or before its adjective."""
    endings = tuple(clause.sentence.words.infinitive_endings)
    before = clause.units[max(0, at - 2) : at]
    return bool(endings) and any(unit.word.endswith(endings) and not unit.classes for unit in before)


#: "Those freed reached Moscow, where they will be treated": what will be done with people who came back.
_AFTERWARDS = re.compile("[TX][^;φ]*,q[^,;EXTG]{0,3}φ[^,;EXTG]*$")
#: "Could be returned", "an exchange may …".
_WHETHER = re.compile("o.?[TGXV]|[TGX]o|E[^;,]{0,4}o")


def in_general(clause: Clause) -> bool:
    """ "Как проходит обмен пленными": how any exchange goes, a heading or the question that a text answers."""
    opening = clause.units[:1] if clause.low == 0 else []
    how = any(unit.word in clause.sentence.words.like_as for unit in opening)
    return (how or _asked_about(clause)) and set(clause.content).isdisjoint("NO%TX")


def _asked_about(clause: Clause) -> bool:
    """ "Юсов відповів на запитання про обмін": what somebody was asked about."""
    words, units = clause.sentence.words, clause.units
    named = [at for at, letter in enumerate(clause.content) if letter == "E"]
    return bool(named) and all(
        any(unit.word.rpartition(" ")[2] in words.questions for unit in units[max(0, at - _OF_QUESTION) : at])
        for at in named
    )


#: Units between a question and the exchange that it is about.
_OF_QUESTION = 4


def held_before_silence(clause: Clause) -> bool:
    """ "A swap took place on Tuesday, but neither side named figures": they keep silent about its numbers."""
    silent = next(at for at, unit in enumerate(clause.units) if "silent" in unit.classes)
    held = "happened" in {cls for unit in clause.units[:silent] for cls in unit.classes}
    return held and "E" in clause.content[:silent]
