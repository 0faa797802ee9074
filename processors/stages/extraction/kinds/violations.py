"""What breaks an agreement, in one clause: a deal wrecked, people sent back to fight, others handed over than were agreed."""

import re
from itertools import pairwise

from processors.model import Kind, Side
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.kinds.actors import actor_of
from processors.stages.extraction.kinds.broken_terms import broken_terms, in_which_they_came
from processors.stages.extraction.kinds.negation import asserted
from processors.stages.extraction.kinds.rules import fires_on
from processors.stages.extraction.reading.clauses import Clause, Proposition


@fires_on(
    "violate",
    "breach",
    "wreck",
    "front",
    "mismatch",
    "flight_safety",
    "at_war_again",
    "swaps_names",
    "agree",
)
def violation(clause: Clause) -> list[Proposition]:
    """The breach that a clause tells of, the telling words first."""
    if unannounced(clause):
        planned = [clause.made(Kind.AGREEMENT, "agreed")] if _PLANNED.search(clause.act) else []
        return [
            *planned,
            clause.made(Kind.VIOLATION, "unannounced", OTHER_SIDE.get(clause.side or Side.THIRD)),
        ]
    if _means_himself(clause):
        return []
    broken = (
        _wrecked(clause)
        or _to_the_front(clause)
        or _mismatch(clause)
        or _broken(clause)
        or broken_terms(clause)
    )
    return broken and broken + in_which_they_came(clause)


def _means_himself(clause: Clause) -> bool:
    """ "Prokopenko said he would return to the front": what somebody means to do, and nobody does to him."""
    if not clause.has("front", "violate"):
        return False
    own = clause.sentence.words.he | clause.sentence.words.she
    return any(
        before.word in own and behind.classes & _MEANT for before, behind in pairwise(clause.units)
    ) and not clause.has("terms", "agree_noun")


_MEANT = frozenset(("future", "plan"))
#: "An exchange had been arranged, but …".
_PLANNED = re.compile("E[^;]{0,4}[kg]|[kg][^;]{0,4}E")


def unannounced(clause: Clause) -> bool:
    """ "Russia gave no notice that the airspace had to be secured", "не просили про тишу в небі": a term of exchanges."""
    if not clause.near or clause.analyst or clause.side not in OTHER_SIDE:
        return False
    if not clause.has("flight_safety") or "e" not in clause.act or "l" in clause.act:
        return False
    notifies = tuple(clause.sentence.words.notifies)
    return any(word.startswith(notifies) for unit in clause.units for word in unit.word.split())


def _wrecked(clause: Clause) -> list[Proposition]:
    """ "Kyiv wrecked the agreement"."""
    if clause.speaker is None or not clause.has("wreck"):
        return []
    if _DEAL_REFUSED.search(clause.act) or (clause.has("terms") and clause.has("exchange_noun")):
        return [clause.made(Kind.VIOLATION, "wrecked", actor_of(clause, "f"))]
    return []


_DEAL_REFUSED = re.compile("f.{0,4}ğ|ğ.{0,8}f")


def _to_the_front(clause: Clause) -> list[Proposition]:
    """ "Those who came back are fighting again"."""
    if not clause.near or clause.analyst or not clause.has("front"):
        return []
    moved = not set(clause.content).isdisjoint("TGX") or _once_more(clause)
    again = moved and set(clause.act).isdisjoint("eoφ")
    return [clause.made(Kind.VIOLATION, "to-the-front", _whose(clause))] if again else []


def _once_more(clause: Clause) -> bool:
    """ "Більшість солдатів, яких забрала Москва, знову опиниться в окопах": those who were taken back, and "again"."""
    again = any(unit.word in clause.sentence.words.again for unit in clause.units)
    return again and clause.speaker is not None and _WHO_CAME.search(clause.sentence.content) is not None


#: "Whom Moscow took back".
_WHO_CAME = re.compile("q[^,;]{0,3}[TGXV]")


def _mismatch(clause: Clause) -> list[Proposition]:
    """ "Those handed over were not on the list": not what was agreed."""
    if not clause.near or clause.speaker is None or not clause.has("mismatch") or clause.has("statement"):
        return []
    if _LISTS_DIFFER.search(clause.sentence.act):  # "our list does not match theirs"
        return []
    agreed = "L" in clause.act or clause.has("terms", "agree_noun", "agree")
    return (
        [clause.made(Kind.VIOLATION, "mismatch", OTHER_SIDE.get(clause.side or Side.THIRD))] if agreed else []
    )


def _broken(clause: Clause) -> list[Proposition]:
    """A word of breaking, or one of failing beside what was agreed."""
    cues = set(clause.act)
    if _raised(clause):
        return []
    broken = "W" in cues or ("w" in cues and (clause.has("terms") or cues & set("ğEgXT")))
    if broken and (_of_borders(clause) or _only_of_the_front(clause)):
        return []
    if broken and asserted(clause, "Ww") and clause.concerned and not clause.analyst:
        return [clause.made(Kind.VIOLATION, "violation", _breaker(clause))]
    return []


def _only_of_the_front(clause: Clause) -> bool:
    """ "Росіяни знову пішли на штурм Покровська": nobody who came back fights there."""
    broken = [unit for unit in clause.units if unit.classes & {"violate", "breach"}]
    fought = all("front" in unit.classes for unit in broken)
    return fought and set(clause.sentence.content).isdisjoint("ECTGXV") and not clause.sentence.has("freed")


def _of_borders(clause: Clause) -> bool:
    """ "Detained after they violated the maritime border": what was broken is of no exchange."""
    words = clause.sentence.words.borders
    broken = [at for at, letter in enumerate(clause.act) if letter in "Ww"]
    return all(any(unit.word in words for unit in clause.units[at + 1 : at + 1 + _BROKEN]) for at in broken)


#: Units behind a word of breaking among which stands what is broken.
_BROKEN = 4


def _raised(clause: Clause) -> bool:
    """ "Порушив з Путіним тему обміну": a topic is raised with the verb of breaking."""
    questions, view = clause.sentence.words.questions, clause.act
    if "W" in view or "w" not in view:
        return False
    behind = clause.units[view.index("w") + 1 : view.index("w") + _TOPIC]
    return any("talk" in unit.classes or unit.word in questions for unit in behind)


#: Units behind such a verb among which the topic stands.
_TOPIC = 5


def _breaker(clause: Clause) -> Side | None:
    """Who broke it: nobody says so of their own side ("Moscow said Ankara had broken the terms")."""
    actor = actor_of(clause, "Ww")
    if clause.side not in OTHER_SIDE or actor is not clause.side:
        return actor
    return Side.THIRD if clause.has("mediator") else OTHER_SIDE[clause.side]


def _whose(clause: Clause) -> Side | None:
    """The side of the soldiers spoken of, by their nation."""
    nation = re.search("[URur]", clause.content)
    if nation is None:
        return OTHER_SIDE.get(clause.side)
    return Side.UA if nation.group() in "Uu" else Side.RU


#: One list, and another behind it.
_LISTS_DIFFER = re.compile("L[^;]*L")
