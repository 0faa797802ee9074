"""How much speaks for a denial in one article answering what another article claims.

A denial counts nobody and is of no family of its own: it is of that of what it denies. It is known by the day, by a number in its
sentence, or, a few days apart, by what its own side is blamed for ("Kyiv denied that it had refused").
"""

from processors.stages.corroboration.facts import DENIAL, Facts

#: Days after which a denial no longer answers a blame that shares neither its day nor its number.
ANSWER_DAYS = 3
_NUMBER, _OTHER_NUMBER, _BLAME = 3.0, -2.0, 2.0


def only_denies(facts: Facts) -> bool:
    """Whether nothing is claimed but that something is untrue."""
    return facts.families == (DENIAL,)


def answers(a: Facts, b: Facts) -> float:
    """Points for the one being what the other denies; 0 where neither or both are denials."""
    if only_denies(a) is only_denies(b):
        return 0.0
    denial, claimed = (a, b) if only_denies(a) else (b, a)
    counted = {figure.low for figure in claimed.figures if figure.low == figure.high}
    if counted and denial.numbers:
        return _OTHER_NUMBER if counted.isdisjoint(denial.numbers) else _NUMBER
    return _BLAME * (_near(denial, claimed) and not set(denial.blames).isdisjoint(claimed.acts))


def _near(a: Facts, b: Facts) -> bool:
    return abs(a.published - b.published) <= ANSWER_DAYS
