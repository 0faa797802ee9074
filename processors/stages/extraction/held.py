"""An exchange that took place, in one clause."""

import re

from processors.model import Kind
from processors.stages.extraction.clauses import Clause, Proposition
from processors.stages.extraction.unheld import is_unheld


def exchange(clause: Clause) -> list[Proposition]:
    content, act = clause.content, clause.act
    if re.search(r"e.{0,2}[EXT]", act) or only_intended(clause) or is_unheld(clause):
        return []
    if clause.asked("EXTG"):
        return []
    if clause.has("bound") and clause.near and re.search("[N%]", content) and not re.search("[TX]", content):
        return [clause.made(Kind.AGREEMENT, "on-the-way")]
    helped = clause.has("mediate") or (clause.has("assist") and (clause.speaker is not None or clause.about))
    if helped and clause.has("mediator"):
        return [clause.made(Kind.EXCHANGE, "mediated")]
    if clause.near and clause.has("endorse") and "E" in act and clause.speaker is not None:
        return [clause.made(Kind.EXCHANGE, "confirmed")]
    if clause.near and clause.has("tally") and "N" in content and clause.speaker is not None:
        return [clause.made(Kind.EXCHANGE, "tallied")]
    if re.search(r"[N%].*[TtGVX]|[TtGVX].*[N%]|N.*<.{0,2}N", content) or ("%" in content and clause.near):
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


def only_intended(clause: Clause) -> bool:
    """Every verb of return or exchange is an infinitive without "managed to"; or the clause is about what will be."""
    if clause.has("success"):
        return False
    if "φ" in clause.act or re.search("o.?[TGX]", clause.act):
        return True
    verbs = [match.start() for match in re.finditer("[TGX]", clause.content)]
    return bool(verbs) and "E" not in clause.content and all(clause.infinitive(at) for at in verbs)
