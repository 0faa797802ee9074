"""The offer that a refusal tells of in a relative clause: "rejects the swap of all for all that Kyiv proposes"."""

import re
from collections.abc import Sequence

from processors.model import Kind, Side
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.kinds.actors import STATES
from processors.stages.extraction.reading.clauses import Clause, Proposition
from processors.stages.extraction.words.units import Unit


def offer_refused_too(clause: Clause, refused: Sequence[Proposition]) -> list[Proposition]:
    """The offer of the other side, which a relative clause right behind what was refused tells of."""
    refusal = next((one for one in refused if one.kind is Kind.REFUSAL and one.actor in OTHER_SIDE), None)
    if refusal is None or refusal.actor is None or any(one.kind is Kind.OFFER for one in refused):
        return []
    sentence, maker = clause.sentence, OTHER_SIDE[refusal.actor]
    cue = sentence.act.find("f", clause.low, clause.high)
    led = _WHAT_IS.search(sentence.act, max(cue, clause.low))
    if led is None or led.start() >= clause.high:
        return []
    behind = sentence.units[led.end() : led.end() + _REACH]
    relative = behind[: next((at for at, unit in enumerate(behind) if "mark" in unit.classes), len(behind))]
    made = any(unit.classes & _OFFERED or unit.word in sentence.words.demands for unit in relative)
    if not (made and _names(relative, maker)) or any("neg" in unit.classes for unit in relative):
        return []
    return [Proposition(Kind.OFFER, "offer-refused", clause.low, clause.high, maker)]


def _names(relative: Sequence[Unit], maker: Side) -> bool:
    """Whether the relative names that side, and not the other one."""
    sides = [side for unit in relative for cls, side in STATES.items() if cls in unit.classes]
    return bool(sides) and sides[0] is maker


#: An exchange, whom or what it is of, and the relative.
_WHAT_IS = re.compile("[E*%][^;,q]{0,5},?[^;,EXTGq]?[^;,EXTGq]?q")
#: Units behind the relative among which stands who offers it.
_REACH = 6
_OFFERED = frozenset(("offer", "ready"))
