"""Records of the trade for tests of the way out, each with sensible defaults."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from processors.model import (
    Alert,
    AlertId,
    ArticleId,
    BySide,
    Claim,
    Claimant,
    ClaimId,
    DateRange,
    Development,
    DevelopmentId,
    DevelopmentType,
    ExchangeId,
    Kind,
    Language,
    Precision,
    Quantity,
    Side,
    Span,
    Subscription,
    SubscriptionId,
    VersionId,
    content_id,
)

NOW = datetime(2024, 1, 4, 12, 0, tzinfo=UTC)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def claim(name: str = "c1", **fields: Any) -> Claim:
    made = Claim(
        id=ClaimId(name),
        kind=Kind.EXCHANGE,
        evidence="Ukraine brought home 230 people, said Dmytro Lubinets.",
        span=Span(start=10, end=64),
        speaker="Dmytro Lubinets",
        speaker_id="lubinets",
        speaker_side=Side.UA,
        returned=BySide(UA=Quantity(min=230, max=230)),
        date=DateRange(start_on=date(2024, 1, 3), end_on=date(2024, 1, 3), precision=Precision.DAY),
        mediators=("United Arab Emirates",),
    )
    return replace(made, **fields)


def claimant(made: Claim | None = None, **fields: Any) -> Claimant:
    row = Claimant(
        claim=made or claim(),
        article_id=ArticleId("a1"),
        version_id=VersionId("v1"),
        url="https://harbour.example/a1",
        outlet="harbour",
        title="Prisoners return",
        language=Language.EN,
        published_at=datetime(2024, 1, 3, 18, tzinfo=UTC),
    )
    return replace(row, **fields)


def development(name: str = "d1", **fields: Any) -> Development:
    made = Development(
        id=DevelopmentId(name),
        type=DevelopmentType.CREATED,
        exchange_id=ExchangeId("e1"),
        claimant=claimant(),
        explanation="The first claim about the exchange of 3 January 2024.",
        occurred_at=NOW,
    )
    return replace(made, **fields)


def alert(subscription_id: str = "s1", name: str = "d1", **fields: Any) -> Alert:
    return Alert(
        id=AlertId(content_id(subscription_id, name)),
        subscription_id=SubscriptionId(subscription_id),
        development=development(name, **fields),
    )


def subscription(name: str = "s1", url: str = "https://hooks.example/in", **fields: Any) -> Subscription:
    made = Subscription(id=SubscriptionId(name), name=name, url=url, secret=SECRET, created_at=NOW)
    return replace(made, **fields)
