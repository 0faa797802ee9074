"""Words whose other half stands apart: "let 58 hostages go", "відповіді з Москви поки немає"."""

from collections.abc import Iterator, Sequence
from functools import cache

from processors.model import Language
from processors.stages.extraction.words.units import Unit
from processors.stages.extraction.words.vocabulary import lexicon

#: Units that may stand between a verb and its particle, and between those that a whole clause may part.
_REACH, _ACROSS = 9, 24
_PARTING = frozenset(("mark", "quote", "semicolon", "dash", "rel"))


@cache
def parted_verbs(language: Language) -> dict[str, dict[str, tuple[frozenset[str], bool]]]:
    """By verb and particle, their classes together, and whether a clause may part them ("речи о том, чтобы … не идет")."""
    found: dict[str, dict[str, tuple[frozenset[str], bool]]] = {}
    for row in lexicon(language).get("parted", ()):
        both = frozenset(row["classes"]), bool(row.get("across"))
        for verb in row["verbs"]:
            found.setdefault(verb, {}).update(dict.fromkeys(row["particles"], both))
    return found


def join_parted(units: Sequence[Unit], verbs: dict[str, dict[str, tuple[frozenset[str], bool]]]) -> None:
    """Give such a verb the classes that it has with its particle."""
    for at, unit in enumerate(units):
        if unit.word in verbs:
            particles = verbs[unit.word]
            for other, both in _with_particle(units[at + 1 : at + 1 + _ACROSS], particles):
                unit.classes = both[0]
                other.classes = other.classes & _OF_PARTICLES if both[1] else other.classes | _PARTICLE
                break


#: A particle by its verb is nobody whom a number counts ("let 230 go").
_PARTICLE = frozenset(("particle",))
#: What a particle keeps of its own behind a clause.
_OF_PARTICLES = frozenset(("neg",))


def _with_particle(
    behind: Sequence[Unit], particles: dict[str, tuple[frozenset[str], bool]]
) -> Iterator[tuple[Unit, tuple[frozenset[str], bool]]]:
    parted = False
    for at, other in enumerate(behind):
        parted = parted or at >= _REACH or not other.classes.isdisjoint(_PARTING)
        found = particles.get(other.word) or particles.get(other.word.partition(" ")[0])
        if found and (found[1] or not parted):
            yield other, found
