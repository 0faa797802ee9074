"""What is asserted: the kinds of one clause, found in its `act` view by the rules of the shared grammar."""

import re
from dataclasses import dataclass

from processors.model import Kind, Side
from processors.stages.extraction.lexicon import Speaker
from processors.stages.extraction.units import Sentence

_THING = r"[EXCB%*1L]"
_MOVE = r"[TtGVX]"


@dataclass(slots=True)
class Proposition:
    """One kind asserted by units `start` to `end`; `actor` is the side that does it."""

    kind: Kind
    rule: str
    start: int
    end: int
    actor: Side | None = None


def propositions(
    sentence: Sentence, start: int, end: int, speaker: Speaker | None, *, near: bool
) -> list[Proposition]:
    """The propositions between two units. `near` tells that the sentences around speak of an exchange."""
    found: list[Proposition] = []
    for low, high in _clauses(sentence, start, end):
        found.extend(_of_clause(sentence, low, high, speaker, near=near))
    return _thinned(found)


def _clauses(sentence: Sentence, start: int, end: int) -> list[tuple[int, int]]:
    """Cut where both parts would hold a cue of their own."""
    view, cuts, low = sentence.act, [], start
    for at in range(start, end):
        mark = view[at] in ";-" or (view[at] in ",q" and at > low) or view[at] == "c"
        if mark and _cue(view[low:at]) and _cue(view[at:end]):
            cuts.append((low, at))
            low = at
    cuts.append((low, end))
    return cuts


def _cue(view: str) -> bool:
    return re.search("[ldWASfFygk]|L.*x|x.*L|X|N?.*T", view) is not None


def _of_clause(
    sentence: Sentence, low: int, high: int, speaker: Speaker | None, *, near: bool
) -> list[Proposition]:
    view = sentence.act[low:high]
    units = sentence.units[low:high]
    about = bool(re.search(f"{_THING}|{_MOVE}", view))
    topical = about or near

    def made(kind: Kind, rule: str, actor: Side | None = None) -> list[Proposition]:
        return [Proposition(kind, rule, low, high, actor)]

    has = set(view)
    analyst = speaker is not None and speaker.analyst
    if has & set("ld") and topical and speaker is not None and not analyst:
        extra = made(Kind.ACCUSATION, "denial-and-accusation") if "A" in has else []
        return [*made(Kind.DENIAL, "denial"), *extra]
    if "W" in has and topical:
        return made(Kind.VIOLATION, "violation", _actor(sentence, low, high, "W", speaker))
    if (
        "L" in has
        and any("publish" in unit.classes or "give_verb" in unit.classes for unit in units)
        and not has & set("f")
    ):
        return made(Kind.LIST, "list", _actor(sentence, low, high, "L", speaker))
    if "S" in has and (has & set("EXCB") or near):
        return made(Kind.SUSPENSION, "suspension", _actor(sentence, low, high, "S", None))
    if "f" in has and topical:
        return made(Kind.REFUSAL, "refusal", _actor(sentence, low, high, "f", speaker))
    if analyst and topical and has & set("AJj"):
        return made(Kind.ASSESSMENT, "analyst")
    if "A" in has and topical and speaker is not None:
        return made(Kind.ASSESSMENT if analyst else Kind.ACCUSATION, "accusation")
    if speaker is None and "J" in has and re.search("[jJ].*", view) and "j" in has and about:
        return made(Kind.ASSESSMENT, "judgement")
    if has & set("Fy") and re.search(r"[EXGTVtC*%1]", view):
        return made(Kind.OFFER, "offer", _actor(sentence, low, high, "Fy", speaker))
    if has & set("gk") and re.search(r"[EXTtGCB]", view):
        return made(Kind.AGREEMENT, "agreement")
    return _exchange(sentence, low, high, speaker, near=near)


def _exchange(
    sentence: Sentence, low: int, high: int, speaker: Speaker | None, *, near: bool
) -> list[Proposition]:
    content = sentence.content[low:high]
    act = sentence.act[low:high]
    counted = re.search(r"[N%]", content) and re.search(r"[TtGVX]", content)
    held = re.search(r"[EX]", content) and re.search(r"[TtXGV]|O|[KM].{0,6}c.{0,3}[KM]", content)
    if re.search(r"e.{0,2}[EXT]", act):
        return []
    if counted or held or (speaker is not None and near and re.search(r"[TtEXi]", content + act)):
        return [Proposition(Kind.EXCHANGE, "exchange", low, high)]
    return []


def _actor(sentence: Sentence, low: int, high: int, letters: str, speaker: Speaker | None) -> Side | None:
    """The side before the cue, else the speaker's when they speak of themselves ("we"), else the side after it."""
    cue = next((at for at in range(low, high) if sentence.act[at] in letters), low)
    for at in range(cue - 1, low - 1, -1):
        side = _side(sentence, at)
        if side:
            return side
    if speaker is not None and speaker.side in {Side.UA, Side.RU}:
        return speaker.side
    for at in range(cue, high):
        side = _side(sentence, at)
        if side:
            return side
    return None


def _side(sentence: Sentence, at: int) -> Side | None:
    unit = sentence.units[at]
    if "ua_state" in unit.classes:
        return Side.UA
    if "ru_state" in unit.classes:
        return Side.RU
    if unit.speakers:
        return unit.speakers[0][1].side
    return None


def _thinned(found: list[Proposition]) -> list[Proposition]:
    """One proposition a kind; a bare exchange beside an offer, agreement or the like is only what that is about."""
    kept: dict[Kind, Proposition] = {}
    for one in found:
        if one.kind in kept:
            kept[one.kind].end = one.end
        else:
            kept[one.kind] = one
    return list(kept.values())
