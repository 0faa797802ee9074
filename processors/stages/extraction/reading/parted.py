"""Words whose other half stands apart: "let 58 hostages go", "відповіді з Москви поки немає"."""

from collections.abc import Iterator, Sequence
from functools import cache

from processors.model import Language
from processors.stages.extraction.words.units import Unit
from processors.stages.extraction.words.vocabulary import lexicon

#: Units that may stand between a verb and its particle.
_REACH = 9
_PARTING = frozenset(("mark", "quote", "semicolon", "dash", "rel"))


@cache
def parted_verbs(language: Language) -> dict[str, dict[str, frozenset[str]]]:
    """By verb and particle, the classes of the two together."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for row in lexicon(language).get("parted", ()):
        for verb in row["verbs"]:
            found.setdefault(verb, {}).update(dict.fromkeys(row["particles"], frozenset(row["classes"])))
    return found


def join_parted(units: Sequence[Unit], verbs: dict[str, dict[str, frozenset[str]]]) -> None:
    """Give such a verb the classes that it has with its particle."""
    for at, unit in enumerate(units):
        if unit.word in verbs:
            particles = verbs[unit.word]
            unit.classes = next(_with_particle(units[at + 1 : at + 1 + _REACH], particles), unit.classes)


def _with_particle(behind: Sequence[Unit], particles: dict[str, frozenset[str]]) -> Iterator[frozenset[str]]:
    for other in behind:
        if not other.classes.isdisjoint(_PARTING):
            return
        if found := particles.get(other.word) or particles.get(other.word.partition(" ")[0]):
            yield found
