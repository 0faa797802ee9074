"""Claims of articles to exchanges, and to what became known about them."""

from collections.abc import Iterator, Mapping, Sequence

from processors.errors import Quarantined
from processors.model import ArticleClaims, Claim, Claimant, ClaimId, Development, Exchange, ExchangeId
from processors.ports import Changes
from processors.stages.corroboration.cells import ArticleCell, Desk, Entry
from processors.stages.corroboration.clusters import Clusters
from processors.stages.corroboration.developments import changed, developed, retracted, revised
from processors.stages.corroboration.editions import alike
from processors.stages.corroboration.facts import mentions
from processors.stages.corroboration.naming import statement
from processors.stages.corroboration.telling import Telling
from processors.stages.corroboration.threads import threads

#: More claims than the longest article makes. A text made to hold thousands would keep the fold busy for minutes.
MAX_CLAIMS = 500


def corroborate(
    state: Mapping[str, bytes], item: ArticleClaims
) -> tuple[Changes, Sequence[Exchange | Development]]:
    """Take in one article version: the exchanges that changed by it, and at most one development a claim.

    The exchanges after any number of items depend on the newest version of each article alone, not on the order of
    arrival. An item seen before, or older than the version held, changes nothing and brings nothing. Raises Quarantined
    for one with more than `MAX_CLAIMS`.
    """
    if len(item.claims) > MAX_CLAIMS:
        raise Quarantined(
            "too_many_claims", f"{len(item.claims)} claims; at most {MAX_CLAIMS} are taken from one article"
        )
    desk = Desk(state)
    held = desk.article(item.article_id)
    if held is not None and (item.fetched_at, item.version_id) <= (held.fetched_at, held.version_id):
        return {}, ()
    intake = _Intake(desk, item, held)
    intake.replace()
    if not item.claims and (held is None or not held.mentions):
        return desk.changes(), ()
    exchanges = intake.telling.tell()
    return desk.changes(), (*exchanges, *intake.developments())


class _Intake:
    """One article version on one desk."""

    def __init__(self, desk: Desk, item: ArticleClaims, held: ArticleCell | None) -> None:
        self._desk = desk
        self._item = item
        self._held = held
        self._mentions = mentions(threads(item.claims), item.published_at)
        self._claimants = [[_claimant(item, claim) for claim in mention.claims] for mention in self._mentions]
        self._statements = {each.claim.id: statement(each) for group in self._claimants for each in group}
        self._clusters = Clusters(desk)
        self.telling = Telling(desk, self._clusters, (each for group in self._claimants for each in group))

    def replace(self) -> None:
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
        entries = self._clusters.entries
        for key in held.mentions:
            self._clusters.open(key)
            entries[key] = [entry for entry in entries[key] if entry.article_id != self._item.article_id]
        if held.mentions and for_good and not self._desk.count_edition(held.edition, -1):
            groups = [[claimant.claim for claimant in claimants] for claimants in held.claimants]
            for mention in mentions(groups, held.claimants[0][0].published_at):
                self._clusters.remove(mention.facts)

    def _enter(self, *, fresh: bool) -> None:
        may_join = alike([mention.facts for mention in self._mentions]) if fresh else {}
        for mention, claimants in zip(self._mentions, self._claimants, strict=True):
            key = mention.facts.key
            if fresh:
                self._clusters.add(mention.facts, may_join[key])
            else:
                self._clusters.open(key)
            entries = (self._entry(key, claimant) for claimant in claimants)
            self._clusters.entries.setdefault(key, []).extend(entries)

    def _entry(self, mention: str, claimant: Claimant) -> Entry:
        return Entry(
            published_at=claimant.published_at,
            claim_id=claimant.claim.id,
            mention=mention,
            article_id=claimant.article_id,
            fetched_at=self._item.fetched_at,
            outlet=claimant.outlet,
            statement=self._statements[claimant.claim.id],
        )

    def developments(self) -> Iterator[Development]:
        """What became known: claims in the order of the text, then claims withdrawn."""
        position = {claim.id: number for number, claim in enumerate(self._item.claims)}
        new = sorted(
            (each for group in self._claimants for each in group), key=lambda each: position[each.claim.id]
        )
        old = [claimant for claimants in self._held.claimants for claimant in claimants] if self._held else []
        before, gone = revised(new, old)
        exchange_of = self._exchange_of()
        at = self._item.fetched_at
        for index, claimant in enumerate(new):
            exchange = self.telling.exchanges[exchange_of[claimant.claim.id]]
            if claimant.claim.id in before:
                found = changed(exchange.id, claimant, before[claimant.claim.id], at)
            else:
                found = self._first_told(exchange, claimant, new[:index])
            if found is not None:
                yield found
        for claimant in gone:
            yield retracted(self._former(claimant), claimant, self._item.version_id, at)

    def _exchange_of(self) -> dict[ClaimId, ExchangeId]:
        return {
            claim.id: self.telling.after[mention.facts.key]
            for mention in self._mentions
            for claim in mention.claims
        }

    def _first_told(
        self, exchange: Exchange, claimant: Claimant, above: Sequence[Claimant]
    ) -> Development | None:
        said = self._statements[claimant.claim.id]
        for entry in self.telling.groups[exchange.id].entries:
            if entry.article_id != self._item.article_id and (entry.statement, entry.outlet) == (
                said,
                claimant.outlet,
            ):
                return None
        rows = [row for row in exchange.claimants if row.article_id != self._item.article_id]
        own = {row.claim.id for row in exchange.claimants if row.article_id == self._item.article_id}
        others = [*rows, *(row for row in above if row.claim.id in own)]
        return developed(exchange.id, claimant, others, self._item.fetched_at)

    def _former(self, claimant: Claimant) -> ExchangeId:
        """The exchange of a claim that the new version no longer makes."""
        assert self._held is not None, "only a version that was held can lose a claim"
        keys = zip(self._held.mentions, self._held.claimants, strict=True)
        key = next(key for key, claimants in keys if claimant in claimants)
        return self.telling.after.get(key) or self.telling.before[key]


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
