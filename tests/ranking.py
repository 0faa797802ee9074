"""Points for signs, learned from choices whose right ones are known: a log-linear ranking in pure Python, nothing by chance.

It is for `fit_story_points`. Where several ways are right, any of them will do. Large points cost, a wrong link costs more
than a missed one, and only the signs of most effect are kept.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from processors.model import Claim

STEPS = 80
#: From how many times on a sign is looked at.
SELDOM = 8
#: What a wrong link costs more than a missed one, as a summand of its score.
WRONG_LINK = math.log(1.2)

Points = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Way:
    """What a claim can do: join the claim at `before`, or begin an event (-1); with the signs of it, and if it is right."""

    before: int
    signs: tuple[str, ...]
    right: bool | None


@dataclass(frozen=True, slots=True)
class Story:
    """The ways of each claim of a document."""

    claims: Sequence[Claim]
    events: Sequence[str | None]
    ways: Sequence[Sequence[Way]]

    def labels(self, points: Points) -> list[str]:
        """The event of each claim, as `Teller` tells it."""
        labels: list[str] = []
        for ways in self.ways:
            best = max(ways, key=lambda way: (sum(points.get(sign, 0.0) for sign in way.signs), way.before))
            labels.append(str(len(labels)) if best.before < 0 else labels[best.before])
        return labels


Choice = tuple[list[list[int]], list[float], int]


def choices(stories: Iterable[Story], place: Mapping[str, int]) -> list[Choice]:
    """The ways of each claim that can go wrong, the right ones first: signs as numbers, costs, and how many are right."""
    made = []
    for ways in chain.from_iterable(one.ways for one in stories):
        known = sorted((way for way in ways if way.right is not None), key=lambda way: not way.right)
        right = sum(bool(way.right) for way in known)
        costs = [0.0 if way.right or way.before < 0 else WRONG_LINK for way in known]
        if 0 < right < len(known):
            rows = [[place[sign] for sign in way.signs if sign in place] for way in known]
            made.append((rows, costs, right))
    return made


def slope(taught: Sequence[Choice], points: list[float], strength: float) -> list[float]:
    """Where the loss rises: the logarithm of how unlikely the right ways are, and the strength for large points."""
    rise = [strength * point for point in points]
    get = points.__getitem__
    for rows, costs, right in taught:
        raised = [math.exp(sum(map(get, row)) + cost) for row, cost in zip(rows, costs, strict=True)]
        every, good = sum(raised), sum(raised[:right])
        for at, (row, one) in enumerate(zip(rows, raised, strict=True)):
            push = one / every - (one / good if at < right else 0.0)
            for sign in row:
                rise[sign] += push
    return rise


def fit(stories: Sequence[Story], names: Sequence[str], strength: float) -> Points:
    """The points of least loss, by steps that grow while a slope keeps its sign (Rprop)."""
    taught = choices(stories, {name: at for at, name in enumerate(names)})
    points, steps, before = [0.0] * len(names), [0.05] * len(names), [0.0] * len(names)
    for _ in range(STEPS):
        rise = slope(taught, points, strength)
        for at, now in enumerate(rise):
            if now * before[at] < 0:
                steps[at] *= 0.5
                rise[at] = 0.0
                continue
            steps[at] = min(steps[at] * 1.2, 0.5) if now * before[at] > 0 else steps[at]
            points[at] -= math.copysign(steps[at], now) if now else 0.0
        before = rise
    return dict(zip(names, points, strict=True))


def learn(stories: Sequence[Story], strength: float, most: int) -> Points:
    """Points of the signs of most effect, rounded: fitted, cut to those kept, and fitted again."""
    seen = Counter(sign for one in stories for ways in one.ways for way in ways for sign in way.signs)
    names = sorted(sign for sign, times in seen.items() if times >= SELDOM)
    first = fit(stories, names, strength)
    kept = sorted(names, key=lambda sign: -abs(first[sign]) * math.sqrt(seen[sign]))[:most]
    points = first if len(kept) == len(names) else fit(stories, sorted(kept), strength)
    return {sign: round(point, 1) for sign, point in points.items() if round(point, 1)}
