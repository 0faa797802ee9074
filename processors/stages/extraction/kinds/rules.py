"""Rules of kinds, and the look at a clause's classes by which most of them pass it over."""

from collections.abc import Callable
from functools import wraps

from processors.stages.extraction.reading.clauses import Clause, Proposition

Rule = Callable[[Clause], list[Proposition]]

#: Every class that some rule needs: a sentence without any of them asserts nothing.
NEEDED = set[str]()


def fires_on(*classes: str, opened_by: str = "") -> Callable[[Rule], Rule]:
    """A rule that needs a word of one of the classes, in the clause or in what names its speaker.

    Or the letter with which `content` begins. Nine clauses in ten are none of its business, and one look at their classes
    tells. A test holds each rule to its classes.
    """
    needed = frozenset(classes)
    NEEDED.update(needed)

    def guarded(rule: Rule) -> Rule:
        @wraps(rule)
        def look(clause: Clause) -> list[Proposition]:
            opened = opened_by and clause.sentence.content.startswith(opened_by)
            return [] if needed.isdisjoint(clause.cues) and not opened else rule(clause)

        return look

    return guarded
