"""Points for signs, improved one at a time from those that are there, for `fit_story_points --improve`.

A point is moved where that puts more claims into the right events, and helps more than twice the texts that it spoils: what
one text alone gains by is left. The stories that must stay right stay right. The same stories give the same points.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from obmin.scoring import b_cubed
from tests.ranking import Points, Story

#: By how much points are moved: one round for each.
STEPS = (0.4, 0.2)
#: From how many texts on a sign is moved, and how large its points may get.
SELDOM, LARGEST = 10, 2.6
#: The least gain: a part of all claims.
LEAST = 0.0004


def right(story: Story, points: Points) -> float:
    """How many claims of the story are in the right events: B-cubed F1 times their number."""
    pairs = [(event, label) for event, label in zip(story.events, story.labels(points), strict=True) if event]
    return b_cubed(pairs).f1 * len(pairs)


class Ascent:
    """Stories and what the points make of them so far."""

    def __init__(self, stories: Iterable[Story], points: Points, *, holds: Callable[[Points], bool]) -> None:
        self._stories = [story for story in stories if sum(event is not None for event in story.events) > 1]
        self._holds = holds
        self.points: dict[str, float] = dict(points)
        self._right = [right(story, points) for story in self._stories]
        self._least = LEAST * sum(len(story.claims) for story in self._stories)
        self._with: dict[str, set[int]] = defaultdict(set)
        for at, story in enumerate(self._stories):
            for way in (way for ways in story.ways for way in ways):
                for sign in way.signs:
                    self._with[sign].add(at)

    def climb(self) -> Points:
        """The points after one round for each step, the most frequent signs first; without those that are nothing."""
        signs = sorted(self._with, key=lambda sign: (-len(self._with[sign]), sign))
        for step in STEPS:
            for sign in signs:
                if len(self._with[sign]) >= SELDOM:
                    _ = self._move(sign, step) or self._move(sign, -step)
        return {sign: point for sign, point in self.points.items() if point}

    def _move(self, sign: str, step: float) -> bool:
        """Move the point of a sign where that is a gain."""
        moved = {**self.points, sign: round(self.points.get(sign, 0.0) + step, 1)}
        if abs(moved[sign]) > LARGEST:
            return False
        now = {at: right(self._stories[at], moved) for at in self._with[sign]}
        if not self._gains(now) or not self._holds(moved):
            return False
        self.points = moved
        for at, value in now.items():
            self._right[at] = value
        return True

    def _gains(self, now: Mapping[int, float]) -> bool:
        gains: Sequence[float] = [value - self._right[at] for at, value in now.items()]
        better, worse = sum(gain > 0 for gain in gains), sum(gain < 0 for gain in gains)
        return sum(gains) > self._least and better > 2 * worse + 1
