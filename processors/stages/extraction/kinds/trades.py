"""People traded for each other, nobody numbered: "Savchenko was swapped for the Russians X and Y"."""

import re

from processors.stages.extraction.reading.clauses import Clause


def is_traded(clause: Clause, content: str) -> bool:
    """Whether people go both ways, or somebody is traded for somebody else, and neither is of another state."""
    if _BOTH_WAYS.search(content):
        return True
    told = set(clause.act).isdisjoint(_NOT_YET)
    return told and names_a_trade(content) and not clause.sentence.has("foreign")


#: Plans, offers, refusals, doubts, wishes, questions, conditions, and who is only described.
_NOT_YET = frozenset("φkogğFyefSJ?q")


#: "Russia got back its soldiers, and Ukrainians were handed over in exchange": people go both ways.
_BOTH_WAYS = re.compile(
    "[TV][^;]*[PCUR][^;]*<[^;]*[PCUR][^;]*[GT]|[TV][^;]*[PCUR][^;]*[PCUR][^;]*[GT][^;PCUR]{0,3}<"
)


def names_a_trade(content: str) -> bool:
    """Whether somebody is swapped for people, or comes home in exchange for them ("… for two officers", "… for X")."""
    return _TRADED.search(content) is not None


_TRADED = re.compile("(?:[^f]X/|[TG][^,;Nf]{0,6}<)[.]?(?:[RU]|[ur][PC])|(?:[^f]X/|T[^,;Nf]{0,6}<)p")
