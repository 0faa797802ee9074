"""Settled clusters to exchanges: which ids there are, which have ended, and what of them is told anew."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from processors.model import Claimant, Exchange, ExchangeId
from processors.stages.corroboration.cells import ClusterCell, Desk, Entry, Member, Place, Told
from processors.stages.corroboration.clusters import Clusters, split
from processors.stages.corroboration.naming import ClaimKey, exchange_id, farewell, rows_of, tell


class Group:
    """One exchange in the making."""

    def __init__(self, cluster: str, members: Sequence[Member], entries: Iterable[Entry]) -> None:
        self.cluster = cluster
        self.members = members
        self.entries = sorted(entries)
        self.id = exchange_id(self.entries)
        self.parent: ExchangeId | None = None

    def told(self) -> Told:
        """As its cluster remembers it."""
        return Told(self.id, self.parent, tuple(sorted(member.key for member in self.members)))


class Telling:
    """The exchanges of the clusters that one call has changed."""

    def __init__(self, desk: Desk, clusters: Clusters, own: Iterable[Claimant]) -> None:
        self._desk = desk
        self._clusters = clusters
        self._own = {(claimant.article_id, claimant.claim.id): claimant for claimant in own}
        #: Exchange of each mention, before and after.
        self.before: dict[str, ExchangeId] = {}
        self.after: dict[str, ExchangeId] = {}
        #: Exchanges that were settled anew, whether or not they became others.
        self.groups: dict[ExchangeId, Group] = {}
        self.exchanges: dict[ExchangeId, Exchange] = {}

    def tell(self) -> list[Exchange]:
        """What is told anew: ids that ended first, then exchanges that became others, each in the order of ids."""
        self.groups = {group.id: group for group in self._settled()}
        self.after = {member.key: group.id for group in self.groups.values() for member in group.members}
        self._open_parts_of_renamed()
        self._remember(self._clusters.opened)
        for group in self.groups.values():
            group.parent = self._parent(group.members[0], group.id)
        old = self._old()
        pool = {
            (row.article_id, row.claim.id): row for each in old.values() for row in each.claimants
        } | self._own
        self.exchanges = {
            group.id: self._retold(group, old.get(group.id), pool) for group in self.groups.values()
        }
        news = [exchange for key, exchange in sorted(self.exchanges.items()) if exchange is not old.get(key)]
        ended = [
            self._farewell(exchange) for key, exchange in sorted(old.items()) if key not in self.exchanges
        ]
        moved = self._store()
        return [*ended, *sorted([*news, *moved], key=lambda exchange: exchange.id)]

    def _settled(self) -> list[Group]:
        entries = self._clusters.entries
        return [
            Group(cluster[0].key, members, (entry for member in members for entry in entries[member.key]))
            for cluster in self._clusters.settle()
            for members in split(cluster)
        ]

    def _open_parts_of_renamed(self) -> None:
        """Exchanges that are part of a renamed one name it as their parent."""
        self._remember(self._clusters.opened)
        for group in self.groups.values():
            for member in group.members:
                if self.before.get(member.key) != group.id:
                    for part in member.parts:
                        self._clusters.open(part, dirty=False)

    def _remember(self, cells: dict[str, ClusterCell]) -> None:
        for cell in cells.values():
            self.before.update((mention, told.id) for told in cell.exchanges for mention in told.mentions)

    def _exchange_of(self, mention: str) -> ExchangeId | None:
        found = self.after.get(mention) or self.before.get(mention)
        place = None if found else self._desk.place(mention)
        return ExchangeId(place.exchange) if place else found

    def _parent(self, head: Member, own: ExchangeId) -> ExchangeId | None:
        """The exchange of which the weightiest mention is a part."""
        found = self._exchange_of(head.whole.key) if head.whole else None
        return None if found == own else found

    def _old(self) -> dict[ExchangeId, Exchange]:
        """Exchanges of the dirty clusters as they were told last."""
        ids = {told.id for key in self._clusters.dirty for told in self._clusters.opened[key].exchanges}
        return {each: told for each in ids if (told := self._desk.told(each)) is not None}

    def _retold(self, group: Group, old: Exchange | None, pool: dict[ClaimKey, Claimant]) -> Exchange:
        for entry in rows_of(group.entries)[0]:
            if (entry.article_id, entry.claim_id) not in pool:
                pool.update(self._fetched(entry))
        told = tell(group.entries, pool, parent_id=group.parent)
        if old is not None and replace(told, version=old.version) == old:
            return old
        return self._versioned(told)

    def _fetched(self, entry: Entry) -> dict[ClaimKey, Claimant]:
        """Claimants of an article whose claims had no row so far."""
        cell = self._desk.article(entry.article_id)
        assert cell is not None, "an entry names its article"
        return {(row.article_id, row.claim.id): row for rows in cell.claimants for row in rows}

    def _versioned(self, exchange: Exchange) -> Exchange:
        version = self._desk.version(exchange.id) + 1
        self._desk.put_version(exchange.id, version)
        told = replace(exchange, version=version)
        self._desk.put_told(exchange.id, told)
        return told

    def _farewell(self, old: Exchange) -> Exchange:
        """The id has ended: it points to the exchange that took over most of its claims, if any is left."""
        same_claim = {entry.claim_id: group.id for group in self.groups.values() for entry in group.entries}
        heirs = Counter(
            heir
            for key in self._clusters.dirty
            for entry in self._clusters.opened[key].entries
            if self.before[entry.mention] == old.id
            and (heir := self.after.get(entry.mention) or same_claim.get(entry.claim_id))
        )
        heir = min(heirs, key=lambda key: (-heirs[key], key), default=None)
        version = self._desk.version(old.id) + 1
        self._desk.put_version(old.id, version)
        self._desk.put_told(old.id, None)
        return farewell(old, version=version, merged_into=heir)

    def _store(self) -> list[Exchange]:
        """Write the clusters; the exchanges outside the dirty ones that got another parent."""
        clusters: dict[str, list[Group]] = {}
        for group in self.groups.values():
            clusters.setdefault(group.cluster, []).append(group)
        for key in self._clusters.dirty - clusters.keys():
            self._desk.put_cluster(key, None)
        for key, groups in clusters.items():
            self._write(key, groups)
        return [
            moved
            for key in self._clusters.opened.keys() - self._clusters.dirty
            for moved in self._refresh(key)
        ]

    def _write(self, key: str, groups: Sequence[Group]) -> None:
        cell = ClusterCell(
            members=tuple(
                sorted(self._clusters.members[member.key] for group in groups for member in group.members)
            ),
            entries=tuple(sorted(entry for group in groups for entry in group.entries)),
            exchanges=tuple(sorted(group.told() for group in groups)),
        )
        self._desk.put_cluster(key, cell)
        old = self._clusters.opened.get(key)
        held = {mention: told.id for told in old.exchanges for mention in told.mentions} if old else {}
        for group in groups:
            for member in group.members:
                if held.get(member.key) != group.id:
                    self._desk.put_place(member.key, Place(key, group.id))

    def _refresh(self, key: str) -> list[Exchange]:
        """A cluster of which only who is part of whom may have changed."""
        cell = self._clusters.opened[key]
        members = tuple(self._clusters.members[member.key] for member in cell.members)
        exchanges, moved = [], []
        for told in cell.exchanges:
            head = min(
                (self._clusters.members[mention] for mention in told.mentions),
                key=lambda member: member.order,
            )
            parent = self._parent(head, told.id)
            exchanges.append(told._replace(parent=parent))
            exchange = self._desk.told(told.id) if parent != told.parent else None
            if exchange is not None:
                moved.append(self._versioned(replace(exchange, parent_id=parent)))
        self._desk.put_cluster(key, cell._replace(members=members, exchanges=tuple(exchanges)))
        return moved
