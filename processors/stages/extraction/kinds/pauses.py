"""Pauses told by what did not happen: none since a day, nobody for months."""

import re
from datetime import timedelta
from itertools import takewhile

from processors.model import Precision
from processors.stages.extraction.kinds.negation import (
    is_since,
    no_exchange,
    none_agreed,
    none_of_several,
    of_the_kind,
    since,
)
from processors.stages.extraction.reading.clauses import EXCHANGED, Clause
from processors.stages.extraction.words.units import Sentence, Unit

#: A date this long is a stretch of time ("from 8 February to the end of May").
_LONG = timedelta(days=25)


def none_since(clause: Clause) -> bool:
    """ "Since 2 October neither side has released anybody", "there are no exchanges since July", "none since then"."""
    if not clause.near:
        return False
    started, lasts = since(clause.sentence), _lasts(clause.sentence)
    if lasts and _LASTED.search(clause.act) and clause.has("happened"):
        return True
    moved = _not_moved(clause) or _moves_nobody(clause)
    none = none_of_several(clause) and set(clause.act).isdisjoint("AJ")  # else who is blamed for it is told
    if (none or started or lasts) and no_exchange(clause):
        return not of_the_kind(clause)
    if started and (moved or (none_agreed(clause) and clause.has(*EXCHANGED))):
        return True
    if moved and _no_captives(clause) and (started or lasts):
        return True
    if moved and clause.sentence.has("lasting") and _NOT_TRADED.search(clause.act):
        return True
    if not _nobody(clause):
        return False
    kept = _NOT_GIVEN.search(clause.act) is not None and (started or clause.sentence.has("lasting"))
    return kept or (moved and lasts) or (started and _left_out(clause))


def still_since(clause: Clause) -> bool:
    """ "Since 2 October, when 205 came back, neither side has released a soul": no exchange named, but one since when."""
    if not clause.near or "A" in clause.act or clause.has("other_matter", "meeting", "pronoun"):
        return False
    paused = clause.low + clause.act.index("S")
    return any(map(is_since, clause.sentence.units[:paused]))


def none_greater(clause: Clause) -> bool:
    """ "There has been no larger exchange since the war began": one is praised, and none is missing."""
    return any(
        letter == "E" and before.word in clause.sentence.words.greater
        for letter, before in zip(clause.content[1:], clause.units, strict=False)
    )


def of_something_else(clause: Clause, letter: str) -> bool:
    """ "A halt in the fighting", "не хотят окончания войны": what stops, or is not wanted, is no exchange."""
    cues = [at for at, shown in enumerate(clause.act) if shown == letter]
    return bool(cues) and all(_is_of_war(clause, at) for at in cues)


def _is_of_war(clause: Clause, at: int) -> bool:
    """Whether the war or the enemy's service stands right behind the cue, and no exchange before it."""
    words = clause.sentence.words
    behind = _OBJECT.match(clause.act, at + 1)
    units = clause.units[at + 1 : behind.end() if behind else at + 1]
    told = [*takewhile(lambda unit: unit.word not in words.timed_by, units)]
    if not told and words.infinitive_endings:  # "на сотрудничество он не согласился"
        low = max(clause.act.rfind(mark, 0, at) for mark in ",;-") + 1
        told = clause.units[max(low, at - _BEFORE) : at]
    return any("warfare" in unit.classes for unit in told)


#: Units before a cue among which its object may stand.
_BEFORE = 4
#: What stands behind a cue, up to an exchange, those exchanged, or a mark.
_OBJECT = re.compile("[^EXTC,;]{0,5}")


def stands_blocked(clause: Clause) -> bool:
    """ "Процес обміну заблокований, визнав Лубінець": a participle that names nobody who blocks it."""
    blocked = [at for at, unit in enumerate(clause.units) if unit.word in clause.sentence.words.blocked]
    named = clause.has("process") or "E" in clause.act
    return bool(blocked) and named and _BY_PARTY.match(clause.act, blocked[0] + 1) is None


def blocked_for_long(clause: Clause) -> bool:
    """ "For 15 months the process had been blocked by Russia", "С февраля по май Россия обмены блокировала": a standstill."""
    words, units = clause.sentence.words, clause.sentence.units
    months = any(unit.day is not None and unit.day.precision is Precision.RANGE for unit in units)
    if set(clause.act).isdisjoint("EX") or not (clause.has("lasting") or months):
        return False
    return any(unit.word in words.blocking | words.blocked for unit in clause.units)


#: Who blocks it, behind the participle.
_BY_PARTY = re.compile("[^,;]{0,2}[KMp]")


def of_talks(clause: Clause) -> bool:
    """ "Negotiations with Russia remain stalled", which the outlet says beside an exchange: talks of whatever kind."""
    if clause.speaker is not None or not clause.has("meeting"):
        return False
    paused = clause.act.index("S") if "S" in clause.act else 0
    before = clause.units[max(0, paused - _TALKS) : paused]
    met = any("meeting" in unit.classes for unit in before)
    return met and set(clause.act[:paused]).isdisjoint("EXC")


#: Units before "are stalled" among which the talks stand.
_TALKS = 5


def put_off(clause: Clause) -> bool:
    """ "The swap, which was expected before the elections, was delayed": told of the exchange before the aside."""
    stopped = _BEHIND_ASIDE.search(clause.act)
    if stopped is None:
        return False
    return _ASIDE.match(clause.sentence.act[: clause.low + stopped.start() + 1]) is not None


#: Who or what is put off stands first, then a relative clause up to the comma.
_BEHIND_ASIDE = re.compile(",[^,;qKMp]{0,3}S")
_ASIDE = re.compile("[^,;K]{0,4}E[^,;]*,[^,;]{0,2}q[^;]*,$")


def no_pause_to_come(clause: Clause) -> bool:
    """ "Довгих пауз не буде", "пауз, які були, не повинно бути": a pause that there is not to be."""
    denied = _NO_PAUSE.search(clause.act)
    return denied is not None and any(
        unit.classes & _TO_COME for unit in clause.units[denied.end() : denied.end() + 2]
    )


_NO_PAUSE = re.compile("S.{0,8}e")
_TO_COME = frozenset(("future", "due"))


def is_only_none(clause: Clause) -> bool:
    """ "There has been no official confirmation": what there has been none of is no exchange."""
    words = clause.sentence.words
    nones = [at for at, unit in enumerate(clause.units) if unit.word.rpartition(" ")[2] in words.no]
    paused = [at for at, shown in enumerate(clause.act) if shown == "S"]
    return bool(paused) and all(
        at in nones and set(clause.act[at + 1 : at + 1 + _NONE_OF]).isdisjoint("EXTC") for at in paused
    )


#: Units behind "there has been no" among which the exchange stands.
_NONE_OF = 2


#: "Four months in which no exchange was held", "half a year went by without a swap".
_LASTED = re.compile("q?e[.]?E")
#: "Neither side returned anybody", "neither army has let go of a man": the one for nobody beside what is not done.
_NOT_GIVEN = re.compile(r"[fG]e|ef|e[.]{1,3}G")
#: "Пів року сторони не міняються": no verb of handing over, which tells what one side withholds.
_NOT_TRADED = re.compile("e[^,;]{0,1}X")
_NOT_MOVED = re.compile(r"e[^,;]{0,3}[TX]")


def _not_moved(clause: Clause) -> bool:
    """Whether a verb of moving people is negated, and not only the wish for it ("called to exchange nobody")."""
    if any(not clause.infinitive(found.end() - 1) for found in _NOT_MOVED.finditer(clause.act)):
        return True
    words = clause.sentence.words
    return any(
        clause.units[found.end() - 1].word in words.no | words.nobody
        for found in _MOVED_NONE.finditer(clause.act)
    )


#: "Had swapped no prisoners", "had exchanged nobody".
_MOVED_NONE = re.compile("[XT]e")


def _no_captives(clause: Clause) -> bool:
    """ "No prisoners were swapped from 6 May until 10 June"."""
    found = _NO_CAPTIVES.finditer(clause.act)
    return any(clause.units[one.start()].word in clause.sentence.words.no for one in found)


_NO_CAPTIVES = re.compile("e[ur]?[CUR][XT]")


def _nobody(clause: Clause) -> bool:
    return any(_is_nobody(clause, unit) for unit in clause.units)


def _is_nobody(clause: Clause, unit: Unit) -> bool:
    """A word for nobody, or a phrase that begins with one."""
    return unit.word.partition(" ")[0] in clause.sentence.words.nobody


def _moves_nobody(clause: Clause) -> bool:
    """ "Никого не меняют" as one phrase."""
    return any("suspend" in unit.classes and _is_nobody(clause, unit) for unit in clause.units)


def _lasts(sentence: Sentence) -> bool:
    """ "For four months", "from February to May"."""
    return sentence.has("lasting") or any(
        unit.day.end_on - unit.day.start_on >= _LONG for unit in sentence.units if unit.day is not None
    )


def _left_out(clause: Clause) -> bool:
    """ "Since then, none": a clause that names nothing else, for the sentence before has named the exchange."""
    return set(clause.content).isdisjoint("EXTtGVNBCURPL") and any(
        unit.word in clause.sentence.words.nobody and _closes(clause, at)
        for at, unit in enumerate(clause.units)
    )


def _closes(clause: Clause, at: int) -> bool:
    """Whether no noun follows that is denied instead ("since then no word of him")."""
    behind = clause.units[at + 1 : at + 2]
    return not behind or not behind[0].classes.isdisjoint(_CLOSING)


_CLOSING = frozenset(("mark", "semicolon", "dash", "quote", "conj", "neg", "absent"))


def long_over(clause: Clause) -> bool:
    """ "The exchange came after a pause", "after four months of a pause they exchanged prisoners", or "95 came home"."""
    paused = clause.act.index("S")
    words = clause.sentence.words.subordinate
    low = max(0, paused - 4)
    after = next((at for at in range(low, paused) if clause.units[at].word in words), None)
    if after is None:
        return False
    if "pause" in clause.units[paused].classes and set(clause.act[after:paused]) <= _LENGTH:
        return True  # "in the first exchange after a long pause"
    came = re.match("S[^,;KMpA]*(?:[XT][^,;]*N|N[^,;]*[XT])", clause.act[paused:]) is not None
    return (
        clause.has("happened")
        or (came and clause.speaker is None)
        or "X" in clause.act[paused:]
        or "E" in clause.act[:after]
    )


#: Letters of how long a pause was.
_LENGTH = frozenset(".NO?")


def suffered(clause: Clause) -> bool:
    """ "Перенес в плену инфаркт": what somebody went through, in the word for putting off."""
    if not clause.has("ailment"):
        return False
    view, units = clause.act, clause.units
    return all(
        any("ailment" in unit.classes for unit in units[at + 1 : at + _AILMENT])
        for at, letter in enumerate(view)
        if letter == "S"
    )


#: Units behind such a word within which the ailment stands.
_AILMENT = 5
