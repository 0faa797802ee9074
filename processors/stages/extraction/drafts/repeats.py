"""Which claim of its speaker, kind and event a draft repeats, by its figures; found without trying every one of them."""

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from heapq import merge

from processors.model import Side
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.figures.tally import Figures
from processors.stages.extraction.words.units import Unit

#: The lowest and the highest number that a figure can be.
_Limits = tuple[int, int]
_Slot = tuple[str, Side]

_SLOTS: tuple[_Slot, ...] = tuple(
    (name, side) for name in ("returned", "bodies") for side in (Side.UA, Side.RU)
)
_ANY = (0, 10**9)


@dataclass(slots=True)
class _Group:
    """The drafts of one claim.

    Figures that can pairwise be the same number have such numbers in common, so that one pair of limits a slot stands
    for the figures of all drafts.
    """

    event: str
    drafts: list[Draft] = field(default_factory=list)
    limits: dict[_Slot, _Limits] = field(default_factory=dict)

    def fits(self, figures: dict[_Slot, _Limits]) -> bool:
        """Whether each of the figures can be the number that is in its slot."""
        return _fit(figures, self.limits)


class _Shelf:
    """The groups, by their places, as their limits in one slot stand."""

    def __init__(self) -> None:
        #: Lower limit and place of those with narrow limits, and how far apart such limits were at most.
        self._narrow: list[tuple[int, int]] = []
        self._widest = 0
        #: The places of the others.
        self._open: list[int] = []

    def put(self, at: int, limits: _Limits) -> None:
        """Put a group where its limits belong."""
        if _is_narrow(limits):
            insort(self._narrow, (limits[0], at))
            self._widest = max(self._widest, limits[1] - limits[0])
        else:
            insort(self._open, at)

    def drop(self, at: int, limits: _Limits) -> None:
        """Take a group away from where its limits had put it."""
        if _is_narrow(limits):
            del self._narrow[bisect_left(self._narrow, (limits[0], at))]
        else:
            del self._open[bisect_left(self._open, at)]

    def count(self, limits: _Limits) -> int:
        """How many groups `near` gives."""
        return len(self._window(limits)) + len(self._open)

    def near(self, limits: _Limits) -> Iterable[int]:
        """In order the groups that may have a number in common with the limits, and no others with narrow ones."""
        return merge(sorted(self._narrow[index][1] for index in self._window(limits)), self._open)

    def _window(self, limits: _Limits) -> range:
        low, high = limits
        first = bisect_left(self._narrow, (low - self._widest, 0))
        return range(first, bisect_left(self._narrow, (high + 1, 0), lo=first))


def conflict(left: Draft, right: Draft) -> bool:
    """Whether two drafts give different figures for one side, and so are about two events."""
    return not _fit(_limits(left.figures), _limits(right.figures))


class Repeats:
    """The claims of one speaker, kind and event."""

    def __init__(self) -> None:
        self._groups: list[_Group] = []
        self._shelves = {slot: _Shelf() for slot in _SLOTS}

    @property
    def groups(self) -> list[list[Draft]]:
        """The drafts of each claim."""
        return [group.drafts for group in self._groups]

    def put(self, draft: Draft) -> None:
        """Put the draft to the claim that it repeats, as a part of it where its figures are smaller, or make a new one."""
        figures, apart = _limits(draft.figures), draft.rule == "others"
        at = None if apart or _of_residents(draft) else self._fitting(figures)
        if at is None and self._groups and not apart and _is_part(draft, self._groups[0]):
            draft.figures = replace(draft.figures, returned={}, bodies={}, ratio=None)
            at, figures = 0, {}
        self._add(draft, figures, self._new(draft.event, apart=apart) if at is None else at)

    def _fitting(self, figures: dict[_Slot, _Limits]) -> int | None:
        """The first group that the figures fit, looked for in the slot that leaves the fewest."""
        near: Iterable[int] = range(len(self._groups))
        if figures:
            slot = min(figures, key=lambda slot: self._shelves[slot].count(figures[slot]))
            near = self._shelves[slot].near(figures[slot])
        return next((at for at in near if self._groups[at].fits(figures)), None)

    def _new(self, event: str, *, apart: bool) -> int:
        at = len(self._groups)
        self._groups.append(_Group(f"{event}-{at + 1}" if at and not apart else event))
        for shelf in self._shelves.values():
            shelf.put(at, _ANY)
        return at

    def _add(self, draft: Draft, figures: dict[_Slot, _Limits], at: int) -> None:
        group = self._groups[at]
        draft.event = group.event
        group.drafts.append(draft)
        for slot, limits in figures.items():
            old = group.limits.get(slot)
            group.limits[slot] = _common(limits, old) if old else limits
            self._shelves[slot].drop(at, old or _ANY)
            self._shelves[slot].put(at, group.limits[slot])


def _limits(figures: Figures) -> dict[_Slot, _Limits]:
    found = {(name, side): figures.values(name).get(side) for name, side in _SLOTS}
    return {slot: (one.min or _ANY[0], one.max or _ANY[1]) for slot, one in found.items() if one}


def _fit(one: dict[_Slot, _Limits], other: dict[_Slot, _Limits]) -> bool:
    shared = (_common(limits, other[slot]) for slot, limits in one.items() if slot in other)
    return all(low <= high for low, high in shared)


def _common(one: _Limits, other: _Limits) -> _Limits:
    return max(one[0], other[0]), min(one[1], other[1])


def _is_narrow(limits: _Limits) -> bool:
    low, high = limits
    return low <= high <= 2 * low


def _of_residents(draft: Draft) -> bool:
    """ "Также на родину вернулись восемь жителей Курской области": a group of their own beside the soldiers."""
    return (
        bool(draft.figures.returned)
        and draft.has("dweller")
        and not (draft.has("rank") or draft.has("captive"))
    )


def _is_part(draft: Draft, group: _Group) -> bool:
    """A smaller figure of the same voice for the same event is a part of it, unless it is said to come on top.

    The residents of a border district come on top of the prisoners: no exchange counts them.
    """
    on_top = any(draft.has(cls) for cls in ("also", "with_them", "gesture"))
    on_top = on_top or any(_adds(unit) for unit in draft.units[:1])
    if draft.has("stage") and (draft.figures.ratio or len(draft.figures.returned) > 1):
        return False  # "the first stage was held, 200 for 200", "303 on either side"
    if (
        draft.has("inreturn") and len(draft.figures.returned) > 1
    ):  # "31 wounded were handed over in return for 15"
        return False
    if draft.has("dweller") or (on_top and not draft.has("rank")):
        return False
    for side in (Side.UA, Side.RU):
        one = draft.figures.returned.get(side)
        whole, _ = group.limits.get(("returned", side), (0, 0))
        if one and (one.min or one.max or 0) > whole:
            return False
    return not draft.figures.bodies


def _adds(unit: Unit) -> bool:
    """ "Plus 22 wounded", "on top of that", but not "others"."""
    return "together" in unit.classes or ("others" in unit.classes and " " in unit.word)
