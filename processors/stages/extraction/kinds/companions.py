"""Residents who came with soldiers in one clause: "Вместе со 157 военными вернулись трое жителей Курской области"."""

import re

from processors.model import Kind
from processors.stages.extraction.reading.clauses import Clause, Proposition


def with_residents(clause: Clause, rule: str) -> list[Proposition]:
    """The exchange, and once more those residents, whom no exchange counts; else the exchange alone."""
    if not clause.has("dweller"):
        return [clause.made(Kind.EXCHANGE, rule)]
    if (others := _joined(clause)) is not None:
        return [
            clause.made(Kind.EXCHANGE, rule),
            Proposition(Kind.EXCHANGE, "others", clause.low + others, clause.high),
        ]
    both = _BOTH.search(clause.content)
    if both is None or not _along(clause, both.start()):
        return [clause.made(Kind.EXCHANGE, rule)]
    verb = clause.low + both.start("verb")
    return [
        Proposition(Kind.EXCHANGE, rule, clause.low, verb),
        Proposition(Kind.EXCHANGE, "others", verb, clause.high),
    ]


def _joined(clause: Clause) -> int | None:
    """ "146 soldiers and eight residents of the Kursk region": where the residents are counted behind those exchanged."""
    for match in _AND.finditer(clause.content):
        at = match.start("others")
        if any("dweller" in unit.classes for unit in clause.units[at : match.end()]):
            return at
    return None


#: People who are counted, and behind a conjunction others.
_AND = re.compile("N[^N,;TVGX]{0,4}[PCUR],?c[^N;TVGXKM]{0,2}(?P<others>N)[^N,;]{0,2}[PR]")

#: Those who are counted, a verb of coming back, and others who are.
_BOTH = re.compile("N[^N,;TV]{0,4}[PCUR][^N;TV]{0,9}(?P<verb>[TV])[^N;]{0,3}N[^N,;]{0,2}[PR]")


def _along(clause: Clause, at: int) -> bool:
    """Whether "together with" stands before the first number."""
    before = clause.units[max(0, at - _WITH) : at]
    return any(unit.word.partition(" ")[0] in clause.sentence.words.along for unit in before)


#: Units before a number among which "together with" begins.
_WITH = 3
