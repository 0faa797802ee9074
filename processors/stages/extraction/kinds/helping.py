"""What mediators did beside an exchange that took place: nothing yet, or only for a deal."""

import re

from processors.stages.extraction.reading.clauses import Clause


def may_help(clause: Clause) -> bool:
    """ "The Vatican could mediate in an exchange": what somebody may do, and nobody did."""
    if "o" not in clause.act or set(clause.content) & set("TGXN%"):
        return False
    return any(
        "mediate" in unit.classes and "o" in re.split("[,;]", clause.act[max(0, at - _MAY) : at])[-1]
        for at, unit in enumerate(clause.units)
    )


#: Units before a word of helping among which "could" stands.
_MAY = 3


def helped_to_agree(clause: Clause) -> bool:
    """ "Partners helped the sides to come to terms": to a deal, and to no exchange that is named."""
    return not set(clause.act).isdisjoint("gğř") and set(clause.content).isdisjoint("EXTtGN")


def helps(clause: Clause) -> bool:
    """Somebody helps or mediates, and is not only to ("asked the Pope to help bring their sons home")."""
    return clause.has(*_HELP) and any(
        not unit.classes.isdisjoint(_HELP) and not clause.infinitive(at)
        for at, unit in enumerate(clause.units)
    )


_HELP = ("mediate", "assist")
