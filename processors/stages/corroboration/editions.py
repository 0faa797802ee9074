"""Which mentions of one edition may be one event after all, if other editions know both as one.

An article that tells two events apart can be wrong, or tell what was agreed beside what came of it. It is taken at its word
where figures, days or deeds of the two speak against it, and where the two differ by what they are.
"""

from collections.abc import Mapping, Sequence

from processors.stages.corroboration.facts import Facts
from processors.stages.corroboration.linking import Probe
from processors.stages.corroboration.parts import part_of
from processors.stages.corroboration.timing import both_dated, both_held

#: Mentions of an edition that are compared with each other, weightiest first; the others stay apart.
MOST = 24
_PAUSE = ("pause",)


def alike(mentions: Sequence[Facts]) -> Mapping[str, tuple[str, ...]]:
    """For each mention of an edition, by its key, those that it may be one event with."""
    found: dict[str, list[str]] = {facts.key: [] for facts in mentions}
    compared = sorted(mentions, key=lambda facts: facts.order)[:MOST]
    for at, facts in enumerate(compared):
        probe = Probe(facts)
        for other in compared[:at]:
            if probe.allows(other) and not _differ(facts, other):
                found[facts.key].append(other.key)
                found[other.key].append(facts.key)
    return {key: tuple(sorted(keys)) for key, keys in found.items()}


def _differ(one: Facts, other: Facts) -> bool:
    """Whether both were held, on days of their own, one is a part of the other, or a pause for which nobody is blamed."""
    days = both_held(one, other) and both_dated(one, other) and set(one.precise).isdisjoint(other.precise)
    pause = any(facts.families == _PAUSE and not facts.acts for facts in (one, other))
    return days or pause or bool(part_of(one, other) or part_of(other, one))
