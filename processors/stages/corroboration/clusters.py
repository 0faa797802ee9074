"""Mentions to clusters to exchanges: what is linked, incrementally, and with the same end for every order of arrival.

Each mention is linked to the two weightier mentions that score best with it. Which those are depends on the set of
mentions alone, not on when they came; so do connectivity and `split`, which is recomputed for a cluster that changed.
"""

from collections.abc import Iterable, Iterator, Sequence

from processors.stages.corroboration.cells import ClusterCell, Desk, Entry, Link, Member
from processors.stages.corroboration.facts import Days, Facts
from processors.stages.corroboration.linking import (
    AFTER_DAYS,
    BAR,
    BEFORE_DAYS,
    SLACK_DAYS,
    STANDING_DAYS,
    TALK_DAYS,
    part_of,
    score,
    standing,
)

#: Weightier mentions that one is linked to.
LINKS = 2

_DAY_BUCKET, _MONTH_BUCKET, _TALK_BUCKET = 4, 30, 8


class Clusters:
    """The clusters touched by one call: open them by changing mentions, then `settle`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.members: dict[str, Member] = {}
        self.entries: dict[str, list[Entry]] = {}
        self.opened: dict[str, ClusterCell] = {}

    def open(self, mention: str) -> bool:
        """Load the cluster of a mention. False for a mention that belongs to none yet."""
        place = self._desk.place(mention)
        if place is None:
            return False
        if place.cluster not in self.opened:
            cell = self._desk.cluster(place.cluster)
            assert cell is not None, "a place names its cluster"
            self.opened[place.cluster] = cell
            self.members.update((member.key, member) for member in cell.members)
            for entry in cell.entries:
                self.entries.setdefault(entry.mention, []).append(entry)
        return True

    def add(self, facts: Facts) -> None:
        """File a new mention, link it, and link others to it."""
        newcomer = Member(facts.key, facts.edition, facts.weight, facts.ordinals)
        candidates = self._candidates(facts)
        self._file(facts)
        self.members[facts.key] = self._linked(newcomer, facts, candidates)
        for other in candidates:
            points = score(facts, other)
            if points >= BAR and newcomer.order < other.order:
                self._offer(other.key, Link(points, facts.key))
            points = part_of(other, facts)
            if points > 0:
                self._offer_whole(other.key, Link(points, facts.key))
        self._register(facts.key)

    def remove(self, facts: Facts) -> None:
        """Take a mention out, and link anew those that were linked to it."""
        self.open(facts.key)
        self._unfile(facts)
        gone = self.members.pop(facts.key)
        self.entries.pop(facts.key, None)
        self._desk.put_place(facts.key, None)
        if gone.whole:
            self._forget_part(gone.whole.key, gone.key)
        dependants = set(gone.parts)
        dependants |= {
            member.key
            for member in self.members.values()
            if any(link.key == gone.key for link in member.links)
        }
        for other in self._candidates(facts):
            if other.key in dependants:
                self.open(other.key)
                old = self.members[other.key]
                if old.whole:
                    self._forget_part(old.whole.key, old.key)
                self.members[other.key] = self._linked(old, other, self._candidates(other))
                self._register(other.key)

    def settle(self) -> list[list[Member]]:
        """The clusters as they are now, each in its members' order."""
        groups: dict[str, list[Member]] = {}
        union = _Union(self.members)
        for member in self.members.values():
            for link in member.links:
                union.join(member.key, link.key)
        for member in sorted(self.members.values(), key=lambda member: member.order):
            groups.setdefault(union.find(member.key), []).append(member)
        return list(groups.values())

    def _linked(self, member: Member, facts: Facts, candidates: Sequence[Facts]) -> Member:
        links = [
            Link(points, other.key)
            for other in candidates
            if other.order < member.order and (points := score(facts, other)) >= BAR
        ]
        for link in links:
            self.open(link.key)
        wholes = [Link(points, other.key) for other in candidates if (points := part_of(facts, other)) > 0]
        return member._replace(links=_best(links), whole=min(wholes, key=_strength, default=None))

    def _offer(self, key: str, link: Link) -> None:
        self.open(key)
        member = self.members[key]
        links = _best([*(known for known in member.links if known.key != link.key), link])
        self.members[key] = member._replace(links=links)

    def _offer_whole(self, key: str, link: Link) -> None:
        self.open(key)
        member = self.members[key]
        if member.whole is None or _strength(link) < _strength(member.whole):
            if member.whole:
                self._forget_part(member.whole.key, key)
            self.members[key] = member._replace(whole=link)
            self._register(key)

    def _register(self, key: str) -> None:
        """Tell the whole of this part, so that it can tell its parts when it is renamed."""
        whole = self.members[key].whole
        if whole is None:
            return
        self.open(whole.key)
        member = self.members[whole.key]
        self.members[whole.key] = member._replace(parts=tuple(sorted({*member.parts, key})))

    def _forget_part(self, whole: str, part: str) -> None:
        self.open(whole)
        if whole in self.members:
            member = self.members[whole]
            self.members[whole] = member._replace(parts=tuple(key for key in member.parts if key != part))

    def _candidates(self, facts: Facts) -> list[Facts]:
        found: dict[str, Facts] = {}
        for name in _searched(facts):
            for other in self._desk.bucket(name):
                found[other.key] = other
        found.pop(facts.key, None)
        return list(found.values())

    def _file(self, facts: Facts) -> None:
        for name in _filed(facts):
            self._desk.put_bucket(name, (*self._desk.bucket(name), facts))

    def _unfile(self, facts: Facts) -> None:
        for name in _filed(facts):
            self._desk.put_bucket(
                name, tuple(other for other in self._desk.bucket(name) if other.key != facts.key)
            )


def _best(links: Iterable[Link]) -> tuple[Link, ...]:
    return tuple(sorted(links, key=_strength)[:LINKS])


def _strength(link: Link) -> tuple[float, str]:
    return (-link.points, link.key)


def split(members: Sequence[Member]) -> list[list[Member]]:
    """One cluster to exchanges: join along links, strongest first, but never what an edition tells apart or ordinals do."""
    by_key = {member.key: member for member in members}
    links = sorted((-link.points, member.key, link.key) for member in members for link in member.links)
    union = _Union(by_key)
    editions = {member.key: {member.edition} for member in members}
    ordinals = {member.key: set(member.ordinals) for member in members}
    for _, left, right in links:
        a, b = union.find(left), union.find(right)
        if (
            a == b
            or editions[a] & editions[b]
            or (ordinals[a] and ordinals[b] and not ordinals[a] & ordinals[b])
        ):
            continue
        union.join(a, b)
        root = union.find(a)
        editions[root] = editions[a] | editions[b]
        ordinals[root] = ordinals[a] | ordinals[b]
    groups: dict[str, list[Member]] = {}
    for member in members:
        groups.setdefault(union.find(member.key), []).append(member)
    return list(groups.values())


class _Union:
    """Disjoint sets of keys; the smallest key stands for its set."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._parent = {key: key for key in keys}

    def find(self, key: str) -> str:
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def join(self, a: str, b: str) -> None:
        low, high = sorted((self.find(a), self.find(b)))
        self._parent[high] = low


def _filed(facts: Facts) -> list[str]:
    """Names of the buckets that hold the mention."""
    names = {name for span in facts.precise for name in _buckets("d", span, _DAY_BUCKET, 0, 0)}
    names |= {name for span in facts.vague for name in _buckets("v", span, _MONTH_BUCKET, 0, 0)}
    if facts.published:
        names.add(f"u{facts.published // _TALK_BUCKET}")
    if standing(facts):
        names.add(f"s{standing(facts)}:{facts.published // STANDING_DAYS}")
    return sorted(names)


def _searched(facts: Facts) -> list[str]:
    """Names of the buckets that can hold a mention to compare with: all those for which `score` is no veto."""
    names: set[str] = set()
    reach = SLACK_DAYS if "held" in facts.families else TALK_DAYS
    for span in facts.precise:
        names |= {
            *_buckets("d", span, _DAY_BUCKET, reach, reach),
            *_buckets("v", span, _MONTH_BUCKET, SLACK_DAYS, SLACK_DAYS),
        }
        names |= {*_buckets("u", span, _TALK_BUCKET, AFTER_DAYS, BEFORE_DAYS)}
    for span in facts.vague:
        names |= {
            *_buckets("d", span, _DAY_BUCKET, SLACK_DAYS, SLACK_DAYS),
            *_buckets("v", span, _MONTH_BUCKET, 0, 0),
        }
        names |= {*_buckets("u", span, _TALK_BUCKET, AFTER_DAYS, AFTER_DAYS)}
    day = Days(facts.published, facts.published)
    if not names:
        names |= {*_buckets("d", day, _DAY_BUCKET, BEFORE_DAYS, AFTER_DAYS)}
        names |= {*_buckets("v", day, _MONTH_BUCKET, AFTER_DAYS, AFTER_DAYS)}
    if facts.published:
        names |= {*_buckets("u", day, _TALK_BUCKET, TALK_DAYS, TALK_DAYS)}
    if standing(facts):
        names |= {*_buckets(f"s{standing(facts)}:", day, STANDING_DAYS, STANDING_DAYS, STANDING_DAYS)}
    return sorted(names)


def _buckets(kind: str, span: Days, width: int, before: int, after: int) -> Iterator[str]:
    for number in range((span.first - before) // width, (span.last + after) // width + 1):
        yield f"{kind}{number}"
