"""Mentions to clusters to exchanges: what is linked, incrementally, and with the same end for every order of arrival.

Each mention is linked to the two weightier mentions that score best with it. Which those are depends on the set of
mentions alone, not on when they came; so do connectivity and `split`, which is recomputed for a cluster that changed.
"""

from collections.abc import Iterable, Iterator, Sequence

from processors.stages.corroboration.cells import ClusterCell, Desk, Entry, Link, Member
from processors.stages.corroboration.facts import Days, Facts
from processors.stages.corroboration.linking import BAR, STANDING_DAYS, Probe, standing
from processors.stages.corroboration.parts import balances, part_of
from processors.stages.corroboration.timing import AFTER_DAYS, BEFORE_DAYS, PLAN_DAYS, SLACK_DAYS, TALK_DAYS

#: Weightier mentions that one is linked to.
LINKS = 2
#: Points from which the second link of a mention is followed beside the first.
SURE = 4.5

#: Families of what is held or planned for a day.
_DEEDS = frozenset(("held", "planned"))

_DAY_BUCKET, _MONTH_BUCKET, _TALK_BUCKET = 4, 30, 8


class Clusters:
    """The clusters touched by one call: change mentions, then `settle`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.members: dict[str, Member] = {}
        self.entries: dict[str, list[Entry]] = {}
        #: Clusters as they were, by key.
        self.opened: dict[str, ClusterCell] = {}
        #: Clusters whose mentions, links or claims may have changed; of the others only who is part of whom.
        self.dirty: set[str] = set()
        self._fresh: set[str] = set()

    def open(self, mention: str, *, dirty: bool = True) -> bool:
        """Load the cluster of a mention. False for a mention that belongs to none yet."""
        place = self._desk.place(mention)
        if place is None:
            return False
        if dirty:
            self.dirty.add(place.cluster)
        if place.cluster not in self.opened:
            cell = self._desk.cluster(place.cluster)
            assert cell is not None, "a place names its cluster"
            self.opened[place.cluster] = cell
            self.members.update((member.key, member) for member in cell.members)
            for entry in cell.entries:
                self.entries.setdefault(entry.mention, []).append(entry)
        return True

    def add(self, facts: Facts, alike: tuple[str, ...]) -> None:
        """File a new mention, link it, and link others to it; `alike` are those of its edition that it may be one event with."""
        candidates = self._candidates(facts)
        self._file(facts)
        self._fresh.add(facts.key)
        newcomer = Member(
            facts.key, facts.edition, facts.weight, facts.ordinals, _numbered_on(facts), alike=alike
        )
        probe = Probe(facts)
        links = []
        for other in candidates:
            points = probe.score(other)
            if points >= BAR and other.order < newcomer.order:
                links.append(_link(points, other))
            elif points >= BAR:
                self._offer(other.key, _link(points, facts))
        self.members[facts.key] = self._placed(newcomer, facts, links, candidates)
        for other in candidates:
            points = part_of(other, facts)
            if points > 0:
                self._offer_whole(other.key, Link(points, facts.key))

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
            key for key, member in self.members.items() if any(link.key == gone.key for link in member.links)
        }
        for other in self._candidates(facts):
            if other.key in dependants:
                self._relink(other)

    def _relink(self, facts: Facts) -> None:
        self.open(facts.key)
        old = self.members[facts.key]
        if old.whole:
            self._forget_part(old.whole.key, old.key)
        candidates = self._candidates(facts)
        probe = Probe(facts)
        links = [
            _link(points, other)
            for other in candidates
            if other.order < old.order and (points := probe.score(other)) >= BAR
        ]
        self.members[facts.key] = self._placed(old, facts, links, candidates)

    def _placed(
        self, member: Member, facts: Facts, links: Sequence[Link], candidates: Sequence[Facts]
    ) -> Member:
        best = _best(links)
        for link in best:
            self.open(link.key)
        wholes = [Link(points, other.key) for other in candidates if (points := part_of(facts, other)) > 0]
        whole = min(wholes, key=_strength, default=None)
        if whole:
            self._register(whole.key, member.key)
        return member._replace(links=best, whole=whole)

    def settle(self) -> list[list[Member]]:
        """The dirty clusters as they are now, each in its members' order."""
        loaded = {member.key for key in self.dirty for member in self.opened[key].members} | self._fresh
        members = {key: self.members[key] for key in loaded if key in self.members}
        union = _Union(members)
        for member in members.values():
            for link in member.links:
                union.join(member.key, link.key)
        groups: dict[str, list[Member]] = {}
        for member in sorted(members.values(), key=lambda member: member.order):
            groups.setdefault(union.find(member.key), []).append(member)
        return list(groups.values())

    def _offer(self, key: str, link: Link) -> None:
        self.open(key)
        member = self.members[key]
        links = _best([*(known for known in member.links if known.key != link.key), link])
        self.members[key] = member._replace(links=links)

    def _offer_whole(self, key: str, link: Link) -> None:
        self.open(key, dirty=False)
        member = self.members[key]
        if member.whole is None or _strength(link) < _strength(member.whole):
            if member.whole:
                self._forget_part(member.whole.key, key)
            self.members[key] = self.members[key]._replace(whole=link)
            self._register(link.key, key)

    def _register(self, whole: str, part: str) -> None:
        """Tell the whole of its part, so that the part is told again when the whole is renamed."""
        self.open(whole, dirty=False)
        member = self.members[whole]
        self.members[whole] = member._replace(parts=tuple(sorted({*member.parts, part})))

    def _forget_part(self, whole: str, part: str) -> None:
        self.open(whole, dirty=False)
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


def _link(points: float, other: Facts) -> Link:
    """A link to the other. Of exchanges of one day that suit a vague report alike, the one that is described best is meant."""
    described = other.weight / 100 if _DEEDS & {*other.families} else 0.0
    return Link(points + described, other.key)


def _best(links: Iterable[Link]) -> tuple[Link, ...]:
    return tuple(sorted(links, key=_strength)[:LINKS])


def _strength(link: Link) -> tuple[float, str]:
    return (-link.points, link.key)


#: Ordinals, and the days for which they are given.
_Numbers = tuple[set[int], set[int]]
#: The members of a cluster by edition.
_Editions = dict[str, list[Member]]


def split(members: Sequence[Member]) -> list[list[Member]]:
    """One cluster to exchanges: strongest links first, each member by the first of its links that can be followed.

    A link is not followed where it would join what an edition tells apart (`editions`), or the ordinals of two days (of one day
    they are counted differently). The second link of a member is for that case; followed beside the first, unless it is `SURE`,
    it would let a vague report join two exchanges.
    """
    links = sorted((-link.points, member.key, link.key) for member in members for link in member.links)
    union = _Union(member.key for member in members)
    editions = {member.key: {member.edition: [member]} for member in members}
    numbers = {member.key: (set(member.ordinals), set(member.numbered_on)) for member in members}
    placed: set[str] = set()
    for weakness, member, link in links:
        a, b = union.find(member), union.find(link)
        if (member in placed and -weakness < SURE) or (
            a != b and (_told_apart(editions[a], editions[b]) or _numbered_apart(numbers[a], numbers[b]))
        ):
            continue
        placed.add(member)
        if a == b:
            continue
        union.join(a, b)
        root = union.find(a)
        editions[root] = _joined(editions[a], editions[b])
        numbers[root] = numbers[a][0] | numbers[b][0], numbers[a][1] | numbers[b][1]
    groups: dict[str, list[Member]] = {}
    for each in members:
        groups.setdefault(union.find(each.key), []).append(each)
    return list(groups.values())


def _told_apart(a: _Editions, b: _Editions) -> bool:
    """Whether one edition tells both of two clusters, and as two."""
    shared = ((a[edition], b[edition]) for edition in a.keys() & b.keys())
    return any(other.key not in one.alike for mine, theirs in shared for one in mine for other in theirs)


def _joined(a: _Editions, b: _Editions) -> _Editions:
    return {edition: [*a.get(edition, ()), *b.get(edition, ())] for edition in a.keys() | b.keys()}


def _numbered_apart(a: _Numbers, b: _Numbers) -> bool:
    """Whether two clusters have ordinals of their own, each of another day."""
    return bool(a[0] and b[0] and a[0].isdisjoint(b[0]) and a[1].isdisjoint(b[1]))


def _numbered_on(facts: Facts) -> tuple[int, ...]:
    """The single days for which a mention gives the number of an exchange."""
    return tuple(span.first for span in facts.precise if facts.ordinals and span.first == span.last)


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
        if low != high:
            self._parent[high] = low


def _filed(facts: Facts) -> list[str]:
    """Names of the buckets that hold the mention."""
    names = {name for span in facts.precise for name in _buckets("d", span, _DAY_BUCKET, 0, 0)}
    names |= {name for span in facts.vague for name in _buckets("v", span, _MONTH_BUCKET, 0, 0)}
    if facts.published:
        names.add(f"u{facts.published // _TALK_BUCKET}")
    if standing(facts):
        names.add(f"s{standing(facts)}:{facts.published // STANDING_DAYS}")
    names |= {f"b{balance}" for balance in balances(facts)}
    return sorted(names)


def _searched(facts: Facts) -> list[str]:
    """Names of the buckets that can hold a mention to compare with: all those for which `score` is no veto."""
    names: set[str] = set()
    reach = SLACK_DAYS if "held" in facts.families else PLAN_DAYS
    for span in facts.precise:
        names |= {
            *_buckets("d", span, _DAY_BUCKET, PLAN_DAYS, reach),
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
    return sorted(names | {f"b{balance}" for balance in balances(facts)})


def _buckets(kind: str, span: Days, width: int, before: int, after: int) -> Iterator[str]:
    for number in range((span.first - before) // width, (span.last + after) // width + 1):
        yield f"{kind}{number}"
