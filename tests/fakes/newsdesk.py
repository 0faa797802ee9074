"""A small newsroom's records in an index, and actions that only remember what was asked: for tests of API and pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import apsw

from processors.errors import Reject
from processors.model import (
    Alert,
    AlertId,
    ArticleClaims,
    ArticleId,
    ArticleVersion,
    BySide,
    CaptureId,
    Claim,
    Claimant,
    ClaimId,
    CopyLink,
    DateProvenance,
    DateRange,
    DeadLetter,
    DeadLetterId,
    Delivery,
    DeliveryId,
    DeliveryStatus,
    Development,
    DevelopmentId,
    DevelopmentType,
    Exchange,
    ExchangeId,
    FeedState,
    Kind,
    Language,
    Outcome,
    OutcomeStatus,
    Precision,
    Quantity,
    Side,
    SlotSpan,
    Span,
    Subscription,
    SubscriptionId,
    Verdict,
    VerdictType,
    VersionId,
)
from search.api import Health, Services, Subscribed
from search.index.sqlite import SqliteIndex
from search.sink import IndexSink

NOW = datetime(2024, 1, 4, 8, 30, tzinfo=UTC)
DAY = DateRange(start_on=date(2024, 1, 3), end_on=date(2024, 1, 3), precision=Precision.DAY)


def records(evil: str = "") -> list[object]:
    """Two articles about one disputed exchange and what follows. `evil` stands in every text that comes from outside."""
    first = _article("a1", f"Heron Post{evil}", "230 come home", evil)
    second = _article("a2", "Вісник", "248 повернулися", evil)
    one = _claim("c1", first, Side.UA, f"Dmytro Lubinets{evil}", count=230, evil=evil)
    two = _claim("c2", second, Side.RU, f"Russian MoD{evil}", count=248, evil=evil)
    rows = (_claimant(one, first), _claimant(two, second))
    verdict = Verdict(
        verdict=VerdictType.CONTRADICTS,
        claim_id=one.id,
        other_id=two.id,
        slot="returned.UA",
        explanation=f"One says 230, the other 248: both cannot hold.{evil}",
    )
    exchange = Exchange(
        id=ExchangeId("x1"),
        version=2,
        date=DAY,
        label=f"Exchange of 3 January 2024{evil}",
        claimants=rows,
        verdicts=(verdict,),
        updated_at=NOW,
    )
    merged = Exchange(
        id=ExchangeId("x0"),
        version=3,
        date=DAY,
        label="Gone",
        claimants=(),
        merged_into=exchange.id,
        updated_at=NOW,
    )
    subscription = Subscription(
        id=SubscriptionId("s1"),
        name=f"Contradictions{evil}",
        url=f"https://hooks.example/in{evil}",
        secret="whsec_Y2FuYXJ5LWNhbmFyeS1jYW5hcnktY2FuYXJ5",
        text=evil,
        created_at=NOW,
    )
    development = Development(
        id=DevelopmentId("d1"),
        type=DevelopmentType.CONTRADICTED,
        exchange_id=exchange.id,
        claimant=rows[1],
        other_ids=(one.id,),
        explanation=f"Russian MoD says 248, Lubinets 230.{evil}",
        occurred_at=NOW,
    )
    alert = Alert(id=AlertId("w1"), subscription_id=subscription.id, development=development)
    claims = [_claims(first, one), _claims(second, two)]
    return [first, second, *claims, exchange, merged, subscription, development, alert, *_operations(evil)]


def _operations(evil: str) -> list[object]:
    delivery = Delivery(
        id=DeliveryId("v1"),
        alert_id=AlertId("w1"),
        subscription_id=SubscriptionId("s1"),
        attempt=1,
        status=DeliveryStatus.RETRYING,
        response_status=503,
        error=f"the endpoint answered 503{evil}",
        attempted_at=NOW,
        latency_ms=12,
    )
    letter = DeadLetter(
        id=DeadLetterId("l1"),
        stage="clean",
        topic="captures",
        reason="too_deep",
        detail=f"nested too deep{evil}",
        url=f"https://heron.example/deep{evil}",
        outlet=f"Heron Post{evil}",
        payload=f"<p>raw{evil}".encode("utf-8", "surrogatepass"),
        at=NOW,
    )
    feed = FeedState(
        feed_url=f"https://heron.example/feed{evil}",
        outlet=f"Heron Post{evil}",
        due_at=NOW,
        polled_at=NOW,
        failures=2,
        error="timeout",
        error_detail=f"slow{evil}",
        polls=3,
    )
    outcomes = [
        Outcome(
            url=f"https://heron.example/{n}", outlet=f"Heron Post{evil}", status=status, reason=reason, at=NOW
        )
        for n, (status, reason) in enumerate(
            [
                (OutcomeStatus.INDEXED, ""),
                (OutcomeStatus.QUARANTINED, "too_deep"),
                (OutcomeStatus.FILTERED, f"robots{evil}"),
            ]
        )
    ]
    copy = CopyLink(
        version_id=VersionId("a2v"),
        article_id=ArticleId("a2"),
        original_id=ArticleId("a1"),
        outlet=f"Вісник{evil}",
        original_outlet=f"Heron Post{evil}",
        distance=2,
    )
    return [delivery, letter, feed, *outcomes, copy]


def _article(name: str, outlet: str, title: str, evil: str) -> ArticleVersion:
    return ArticleVersion(
        id=VersionId(f"{name}v"),
        article_id=ArticleId(name),
        capture_id=CaptureId(f"{name}c"),
        url=f"javascript:alert(1)//{evil}" if evil else f"https://example.org/{name}",
        outlet=outlet,
        title=f"{title}{evil}",
        author=f"A. Writer{evil}",
        text=f"A lead about prisoners.\n\nThe ombudsman said 230 came home.{evil}\n\nThe end.",
        language=Language.EN,
        published_at=NOW,
        date_provenance=DateProvenance.FEED,
        fetched_at=NOW,
        fingerprint="0" * 16,
    )


def _claim(name: str, article: ArticleVersion, side: Side, speaker: str, *, count: int, evil: str) -> Claim:
    start = article.text.index("The ombudsman")
    end = article.text.index("\n\nThe end.")
    number = article.text.index("230")
    return Claim(
        id=ClaimId(name),
        kind=Kind.EXCHANGE,
        evidence=article.text[start:end],
        span=Span(start=start, end=end),
        speaker=speaker,
        speaker_id=f"unk:{name}",
        speaker_side=side,
        via=(f"ISW{evil}",),
        returned=BySide(UA=Quantity(min=count, max=count)),
        ordinal=49,
        mediators=(f"UAE{evil}",),
        location=f"border{evil}",
        date=DAY,
        event="e1",
        slots=(SlotSpan(slot="returned.UA", span=Span(start=number, end=number + 3)),),
        rule="counted",
    )


def _claimant(claim: Claim, article: ArticleVersion) -> Claimant:
    return Claimant(
        claim=claim,
        article_id=article.article_id,
        version_id=article.id,
        url=article.url,
        outlet=article.outlet,
        title=article.title,
        language=article.language,
        published_at=article.published_at,
    )


def _claims(article: ArticleVersion, claim: Claim) -> ArticleClaims:
    return ArticleClaims(
        version_id=article.id,
        article_id=article.article_id,
        url=article.url,
        outlet=article.outlet,
        title=article.title,
        language=article.language,
        published_at=article.published_at,
        fetched_at=article.fetched_at,
        fingerprint=article.fingerprint,
        words=12,
        claims=(claim,),
    )


def filled(directory: Path, items: Iterable[object]) -> SqliteIndex:
    """An index in a file with the records in it."""
    index = SqliteIndex(apsw.Connection(str(directory / "index.db")))
    IndexSink(index).apply(items)
    return index


@dataclass
class RecordingActions:
    """Remembers what it was asked; an id that begins with `no` is unknown."""

    asked: list[tuple[str, str, Mapping[str, Any]]] = field(default_factory=list)

    def _ask(self, what: str, name: str, fields: Mapping[str, Any] | None = None) -> None:
        if name.startswith("no"):
            raise Reject("unknown", f"There is nothing with the id {name}.")
        self.asked.append((what, name, fields or {}))

    def replay(self, letter_id: str) -> None:
        self._ask("replay", letter_id)

    def discard(self, letter_id: str) -> None:
        self._ask("discard", letter_id)

    def subscribe(self, fields: Mapping[str, Any]) -> Subscribed:
        self._ask("subscribe", str(fields.get("name")), fields)
        return Subscribed(id="s2", secret="whsec_new")

    def edit(self, subscription_id: str, fields: Mapping[str, Any]) -> None:
        self._ask("edit", subscription_id, fields)

    def rotate(self, subscription_id: str) -> Subscribed:
        self._ask("rotate", subscription_id)
        return Subscribed(id=subscription_id, secret="whsec_newer")

    def test(self, subscription_id: str) -> Mapping[str, Any]:
        self._ask("test", subscription_id)
        return {"status": "delivered"}


def services(index: SqliteIndex, actions: RecordingActions, *, healthy: bool = True) -> Services:
    """Everything that the application asks for."""
    return Services(
        index=index,
        actions=actions,
        health=lambda: Health(ok=healthy, checks={"runner": "ok" if healthy else "ended"}),
        gauges=lambda: {"topic_captures_end": 2.0},
        explain=lambda article: [{"text": article["text"][:60], "notes": [article["title"]]}],
    )
