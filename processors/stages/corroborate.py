"""Claims of articles to exchanges, and to what became known about them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from processors.model import ArticleClaims, Claim, Claimant, Development, Exchange, ExchangeId
from processors.ports import Changes
from processors.stages.corroboration.cells import ArticleCell, ClusterCell, Desk, Entry, Member, Place
from processors.stages.corroboration.clusters import Clusters, split
from processors.stages.corroboration.developments import changed, developed, retracted, revised
from processors.stages.corroboration.facts import mentions
from processors.stages.corroboration.naming import ClaimKey, exchange_id, farewell, row_key, rows_of, tell


def corroborate(
    state: Mapping[str, bytes], item: ArticleClaims
) -> tuple[Changes, Sequence[Exchange | Development]]:
    """Take in one article version: the exchanges that changed by it, and at most one development a claim.

    The exchanges after any number of items depend on the newest version of each article alone, not on the order of
    arrival. An item seen before, or older than the version held, changes nothing and brings nothing.
    """
    desk = Desk(state)
    held = desk.article(item.article_id)
    if held is not None and (item.fetched_at, item.version_id) <= (held.fetched_at, held.version_id):
        return {}, ()
    session = _Session(desk, item, held)
    session.take_in()
    if not item.claims and (held is None or not held.mentions):
        return desk.changes(), ()
    exchanges = session.tell()
    return desk.changes(), (*exchanges, *session.developments())


class _Group:
    """One exchange in the making."""

    def __init__(self, cluster: str, members: Sequence[Member], entries: Sequence[Entry]) -> None:
        self.cluster = cluster
        self.members = members
        self.entries = sorted(entries)
        self.id = exchange_id(entries)


class _Session:
    """One article version on one desk."""

    def __init__(self, desk: Desk, item: ArticleClaims, held: ArticleCell | None) -> None:
        self._desk = desk
        self._item = item
        self._held = held
        self._clusters = Clusters(desk)
        self._mentions = mentions(item.claims, item.published_at)
        self._claimants = [[_claimant(item, claim) for claim in mention.claims] for mention in self._mentions]
        self._exchange_of: dict[str, ExchangeId] = {}
        self._told: dict[ExchangeId, Exchange] = {}
        self._group_of: dict[ExchangeId, _Group] = {}
        #: Exchanges of the mentions of the version before.
        self._places_before: dict[str, ExchangeId] = {}

    def take_in(self) -> None:
        """Replace the article's mentions and claims by those of the new version."""
        edition = self._mentions[0].facts.edition if self._mentions else ""
        same = self._held is not None and self._held.edition == edition
        if self._held is not None:
            self._withdraw(self._held, for_good=not same)
        if self._mentions:
            self._enter(fresh=not same and self._desk.count_edition(edition, 1) == 1)
        cell = ArticleCell(
            version_id=self._item.version_id,
            fetched_at=self._item.fetched_at,
            edition=edition,
            mentions=tuple(mention.facts.key for mention in self._mentions),
            claimants=tuple(tuple(claimants) for claimants in self._claimants),
        )
        self._desk.put_article(self._item.article_id, cell)

    def _withdraw(self, held: ArticleCell, *, for_good: bool) -> None:
        if not held.mentions:
            return
        for key in held.mentions:
            self._clusters.open(key)
            place = self._desk.place(key)
            assert place is not None, "a mention has a place"
            self._places_before[key] = ExchangeId(place.exchange)
            kept = [
                entry for entry in self._clusters.entries[key] if entry.article_id != self._item.article_id
            ]
            self._clusters.entries[key] = kept
        if for_good and not self._desk.count_edition(held.edition, -1):
            claims = [claimant.claim for claimants in held.claimants for claimant in claimants]
            for mention in mentions(claims, held.claimants[0][0].published_at):
                self._clusters.remove(mention.facts)

    def _enter(self, *, fresh: bool) -> None:
        for mention, claimants in zip(self._mentions, self._claimants, strict=True):
            key = mention.facts.key
            if fresh:
                self._clusters.add(mention.facts)
            else:
                self._clusters.open(key)
            self._clusters.entries.setdefault(key, []).extend(
                self._entry(key, claimant) for claimant in claimants
            )

    def _entry(self, mention: str, claimant: Claimant) -> Entry:
        return Entry(
            published_at=claimant.published_at,
            claim_id=claimant.claim.id,
            mention=mention,
            article_id=claimant.article_id,
            fetched_at=self._item.fetched_at,
            row=row_key(claimant),
        )

    def tell(self) -> list[Exchange]:
        """Settle the clusters and tell the exchanges that changed, ids that ended first."""
        groups = self._groups()
        while self._open_renamed_parts(groups):
            groups = self._groups()
        self._group_of = {group.id: group for group in groups}
        pool = self._pool()
        old = {
            exchange.id: exchange for cell in self._clusters.opened.values() for exchange in cell.exchanges
        }
        self._told = {group.id: self._retold(group, old.get(group.id), pool) for group in groups}
        self._store(groups)
        ended = [self._farewell(exchange) for key, exchange in sorted(old.items()) if key not in self._told]
        return [*ended, *(told for key, told in sorted(self._told.items()) if told != old.get(key))]

    def _groups(self) -> list[_Group]:
        found = []
        for cluster in self._clusters.settle():
            for members in split(cluster):
                entries = [entry for member in members for entry in self._clusters.entries[member.key]]
                found.append(_Group(cluster[0].key, members, entries))
        self._exchange_of = {member.key: group.id for group in found for member in group.members}
        return found

    def _open_renamed_parts(self, groups: Sequence[_Group]) -> bool:
        """Exchanges that are part of a renamed one name it as their parent: they are told again."""
        unknown = [
            part
            for group in groups
            for member in group.members
            if (place := self._desk.place(member.key)) is None or place.exchange != group.id
            for part in member.parts
            if part not in self._clusters.members
        ]
        opened = [self._clusters.open(part) for part in unknown]
        return any(opened)

    def _pool(self) -> dict[ClaimKey, Claimant]:
        """Claimants at hand: the rows of the exchanges as last told, and the article's own."""
        known = (
            row
            for cell in self._clusters.opened.values()
            for exchange in cell.exchanges
            for row in exchange.claimants
        )
        own = (claimant for claimants in self._claimants for claimant in claimants)
        pool = {
            (row.article_id, row.claim.id): row for row in known if row.article_id != self._item.article_id
        }
        return pool | {(claimant.article_id, claimant.claim.id): claimant for claimant in own}

    def _retold(self, group: _Group, old: Exchange | None, pool: dict[ClaimKey, Claimant]) -> Exchange:
        for entry in rows_of(group.entries)[0]:
            if (entry.article_id, entry.claim_id) not in pool:
                pool |= self._fetched(entry)
        told = tell(group.entries, pool, parent_id=self._parent(group))
        if old is not None and replace(told, version=old.version) == old:
            return old
        return replace(told, version=self._next_version(told.id))

    def _fetched(self, entry: Entry) -> dict[ClaimKey, Claimant]:
        """Claimants of an article whose claims were repeats so far."""
        cell = self._desk.article(entry.article_id)
        assert cell is not None, "an entry names its article"
        return {(row.article_id, row.claim.id): row for rows in cell.claimants for row in rows}

    def _parent(self, group: _Group) -> ExchangeId | None:
        """The exchange of which the weightiest mention is a part."""
        whole = group.members[0].whole
        if whole is None:
            return None
        place = self._desk.place(whole.key)
        found = self._exchange_of.get(whole.key) or (ExchangeId(place.exchange) if place else None)
        return None if found == group.id else found

    def _next_version(self, exchange: ExchangeId) -> int:
        version = self._desk.version(exchange) + 1
        self._desk.put_version(exchange, version)
        return version

    def _store(self, groups: Sequence[_Group]) -> None:
        clusters: dict[str, list[_Group]] = {}
        for group in groups:
            clusters.setdefault(group.cluster, []).append(group)
            for member in group.members:
                self._desk.put_place(member.key, Place(group.cluster, group.id))
        for key in self._clusters.opened.keys() - clusters.keys():
            self._desk.put_cluster(key, None)
        for key, parts in clusters.items():
            cell = ClusterCell(
                members=tuple(sorted(member for group in parts for member in group.members)),
                entries=tuple(sorted(entry for group in parts for entry in group.entries)),
                exchanges=tuple(self._told[key] for key in sorted(group.id for group in parts)),
            )
            self._desk.put_cluster(key, cell)

    def _farewell(self, old: Exchange) -> Exchange:
        """The id has ended: it points to the exchange that took over most of its claims, if any is left."""
        heirs = Counter(
            self._exchange_of[entry.mention]
            for cell in self._clusters.opened.values()
            if any(exchange.id == old.id for exchange in cell.exchanges)
            for entry in cell.entries
            if entry.mention in self._exchange_of and self._was(entry, old)
        )
        heir = min(heirs, key=lambda key: (-heirs[key], key), default=None)
        return farewell(old, version=self._next_version(old.id), merged_into=heir)

    def _was(self, entry: Entry, old: Exchange) -> bool:
        return entry.claim_id in old.repeats or any(
            row.claim.id == entry.claim_id and row.article_id == entry.article_id for row in old.claimants
        )

    def developments(self) -> Iterator[Development]:
        """What became known: claims in the order of the text, then claims withdrawn."""
        new = [claimant for claimants in self._claimants for claimant in claimants]
        old = [claimant for claimants in self._held.claimants for claimant in claimants] if self._held else []
        before, gone = revised(new, old)
        mention_of = {
            claimant.claim.id: mention.facts.key
            for mention, group in zip(self._mentions, self._claimants, strict=True)
            for claimant in group
        }
        at = self._item.fetched_at
        for index, claimant in enumerate(new):
            exchange = self._told[self._exchange_of[mention_of[claimant.claim.id]]]
            if claimant.claim.id in before:
                found = changed(exchange.id, claimant, before[claimant.claim.id], at)
            else:
                found = self._fresh(exchange, claimant, new[:index])
            if found is not None:
                yield found
        for claimant in gone:
            yield retracted(self._former(claimant), claimant, self._item.version_id, at)

    def _fresh(self, exchange: Exchange, claimant: Claimant, above: Sequence[Claimant]) -> Development | None:
        row = row_key(claimant)
        if any(
            entry.row == row and entry.article_id != self._item.article_id
            for entry in self._group_of[exchange.id].entries
        ):
            return None  # the outlet has told it before
        rows = [row for row in exchange.claimants if row.article_id != self._item.article_id]
        own = {row.claim.id for row in exchange.claimants if row.article_id == self._item.article_id}
        others = [*rows, *(row for row in above if row.claim.id in own)]
        return developed(exchange.id, claimant, others, self._item.fetched_at)

    def _former(self, claimant: Claimant) -> ExchangeId:
        assert self._held is not None, "only a version that was held can lose a claim"
        for key, claimants in zip(self._held.mentions, self._held.claimants, strict=True):
            if claimant in claimants:
                return self._exchange_of.get(key) or self._places_before[key]
        raise AssertionError("a claimant is in its article")


def _claimant(item: ArticleClaims, claim: Claim) -> Claimant:
    return Claimant(
        claim=claim,
        article_id=item.article_id,
        version_id=item.version_id,
        url=item.url,
        outlet=item.outlet,
        title=item.title,
        language=item.language,
        published_at=item.published_at,
    )
