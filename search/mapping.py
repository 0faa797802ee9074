"""Records to documents of the index. Pure.

A body is what the API shows: JSON-ready and flat where one filters or sorts. Versions make the index independent of order
and repetition: the document with the higher version stays, so every record's version grows with what it supersedes.
"""

import base64
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from processors.codec import to_builtins
from processors.model import (
    Alert,
    ArticleClaims,
    ArticleVersion,
    BySide,
    Claimant,
    CopyLink,
    DateRange,
    DeadLetter,
    Delivery,
    Development,
    DevelopmentType,
    Exchange,
    FeedState,
    Outcome,
    OutcomeStatus,
    Quantity,
    Subscription,
    content_id,
)
from search.fields import epoch_ms
from search.query import Collection, Document

#: Largest part of a dead letter's payload that is shown; the whole one is in the log.
PAYLOAD_SAMPLE_BYTES = 64 * 1024

_RANK = {status: rank for rank, status in enumerate(OutcomeStatus)}
#: More than any epoch millisecond of this era, so that the rank decides before the time.
_RANK_STEP = 10**14


def _body(record: object, *dropped: str) -> dict[str, Any]:
    body: dict[str, Any] = to_builtins(record)
    for name in ("schema", *dropped):
        body.pop(name, None)
    return body


def _article(record: ArticleVersion) -> Iterable[Document]:
    body = _body(record)
    body["version_id"] = body["id"]
    body["id"] = record.article_id
    yield Document(
        collection=Collection.ARTICLES,
        id=record.article_id,
        version=epoch_ms(record.fetched_at),
        at=epoch_ms(record.published_at),
        body=body,
    )


def _quantity(name: str, quantity: Quantity | None) -> dict[str, Any]:
    if quantity is None:
        return {f"{name}_min": None, f"{name}_max": None, f"{name}_approx": False}
    return {f"{name}_min": quantity.min, f"{name}_max": quantity.max, f"{name}_approx": quantity.approx}


def _counts(returned: BySide, bodies: BySide) -> dict[str, Any]:
    return {
        **_quantity("ua", returned.UA),
        **_quantity("ru", returned.RU),
        **_quantity("ua_bodies", bodies.UA),
        **_quantity("ru_bodies", bodies.RU),
    }


def _dates(name: str, value: DateRange | None) -> dict[str, Any]:
    if value is None:
        return {name: None, f"{name}_start": None, f"{name}_end": None, f"{name}_precision": None}
    return {
        name: value.iso(),
        f"{name}_start": value.start_on.isoformat(),
        f"{name}_end": value.end_on.isoformat(),
        f"{name}_precision": value.precision.value,
    }


def claim_body(claimant: Claimant) -> dict[str, Any]:
    """A claim with its article, flat: the body of a claim, a row of an exchange, the `data` of a webhook."""
    claim = claimant.claim
    return {
        **_body(claim, "returned", "bodies", "date", "stated"),
        **_counts(claim.returned, claim.bodies),
        **_dates("date", claim.date),
        **_dates("stated", claim.stated),
        "article_id": claimant.article_id,
        "version_id": claimant.version_id,
        "url": claimant.url,
        "outlet": claimant.outlet,
        "title": claimant.title,
        "language": claimant.language.value,
        "published_at": _instant(claimant.published_at),
    }


def _instant(value: datetime) -> str:
    text: str = to_builtins(value)
    return text


def _claim(claimant: Claimant, *, at: datetime, superseded: bool) -> Document:
    return Document(
        collection=Collection.CLAIMS,
        id=claimant.claim.id,
        # A retraction outranks the claims of the same fetch, and is outranked by a later fetch that claims it again.
        version=2 * epoch_ms(at) + superseded,
        at=epoch_ms(claimant.published_at),
        body={**claim_body(claimant), "superseded": superseded},
    )


def _claims(record: ArticleClaims) -> Iterable[Document]:
    for claim in record.claims:
        claimant = Claimant(
            claim=claim,
            article_id=record.article_id,
            version_id=record.version_id,
            url=record.url,
            outlet=record.outlet,
            title=record.title,
            language=record.language,
            published_at=record.published_at,
        )
        yield _claim(claimant, at=record.fetched_at, superseded=False)


def _distinct(values: Iterable[str | None]) -> list[str]:
    return sorted({value for value in values if value})


def _exchange(record: Exchange) -> Iterable[Document]:
    rows = [claim_body(claimant) for claimant in record.claimants]
    claims = [claimant.claim for claimant in record.claimants]
    if record.date:
        at = datetime.combine(record.date.start_on, datetime.min.time(), UTC)
    else:
        # Undated ones stand among the others where they were first reported, not all of them on top.
        at = min((claimant.published_at for claimant in record.claimants), default=record.updated_at)
    body = {
        **_body(record, "claimants", "date", "repeats", "repeated_in"),
        **_dates("date", record.date),
        "claimants": rows,
        "claimant_count": len(rows),
        "disputed": record.disputed,
        "merged": record.merged_into is not None,
        "ordinal": next((claim.ordinal for claim in claims if claim.ordinal is not None), None),
        "claim_ids": _distinct([*(claim.id for claim in claims), *record.repeats]),
        "article_ids": _distinct([*(row.article_id for row in record.claimants), *record.repeated_in]),
        "kinds": _distinct(claim.kind.value for claim in claims),
        "sides": _distinct(claim.speaker_side for claim in claims),
        "speakers": _distinct(claim.speaker for claim in claims),
        "speaker_ids": _distinct(claim.speaker_id for claim in claims),
        "outlets": _distinct(claimant.outlet for claimant in record.claimants),
        "languages": _distinct(claimant.language.value for claimant in record.claimants),
        "mediators": _distinct(mediator for claim in claims for mediator in claim.mediators),
    }
    yield Document(
        collection=Collection.EXCHANGES, id=record.id, version=record.version, at=epoch_ms(at), body=body
    )


def development_body(record: Development) -> dict[str, Any]:
    """A development with its claim, flat; `id` is the development's, `claim_id` the claim's."""
    return {
        **claim_body(record.claimant),
        "id": record.id,
        "claim_id": record.claimant.claim.id,
        "type": record.type.value,
        "exchange_id": record.exchange_id,
        "other_ids": list(record.other_ids),
        "explanation": record.explanation,
        "occurred_at": _instant(record.occurred_at),
    }


def _development(record: Development) -> Iterable[Document]:
    yield Document(
        collection=Collection.DEVELOPMENTS,
        id=record.id,
        version=1,
        at=epoch_ms(record.occurred_at),
        body=development_body(record),
    )
    if record.type is DevelopmentType.RETRACTED:
        yield _claim(record.claimant, at=record.occurred_at, superseded=True)


def _alert(record: Alert) -> Iterable[Document]:
    development = record.development
    body = {
        **development_body(development),
        "id": record.id,
        "development_id": development.id,
        "subscription_id": record.subscription_id,
    }
    yield Document(
        collection=Collection.ALERTS, id=record.id, version=1, at=epoch_ms(development.occurred_at), body=body
    )


def _delivery(record: Delivery) -> Iterable[Document]:
    yield Document(
        collection=Collection.DELIVERIES,
        id=record.id,
        version=record.attempt,
        at=epoch_ms(record.attempted_at),
        body=_body(record),
    )


def _subscription(record: Subscription) -> Iterable[Document]:
    yield Document(
        collection=Collection.SUBSCRIPTIONS,
        id=record.id,
        version=record.version,
        at=epoch_ms(record.created_at),
        body=_body(record, "secret"),
    )


def _dead_letter(record: DeadLetter) -> Iterable[Document]:
    body = {
        **_body(record, "payload"),
        "payload": base64.b64encode(record.payload[:PAYLOAD_SAMPLE_BYTES]).decode(),
        "payload_bytes": len(record.payload),
    }
    yield Document(
        collection=Collection.DEAD_LETTERS,
        id=record.id,
        version=record.version,
        at=epoch_ms(record.at),
        body=body,
    )


def _copy(record: CopyLink) -> Iterable[Document]:
    yield Document(collection=Collection.COPIES, id=record.version_id, version=1, at=0, body=_body(record))


def _outcome(record: Outcome) -> Iterable[Document]:
    at = epoch_ms(record.at)
    yield Document(
        collection=Collection.OUTCOMES,
        id=content_id(record.url),
        version=_RANK[record.status] * _RANK_STEP + at,
        at=at,
        body=_body(record),
    )


def _feed(record: FeedState) -> Iterable[Document]:
    at = record.polled_at or record.due_at
    yield Document(
        collection=Collection.FEEDS,
        id=content_id(record.feed_url),
        version=record.polls,
        at=epoch_ms(at),
        body=_body(record),
    )


_MAPPERS: Mapping[type, Callable[[Any], Iterable[Document]]] = {
    ArticleVersion: _article,
    ArticleClaims: _claims,
    Exchange: _exchange,
    Development: _development,
    Alert: _alert,
    Delivery: _delivery,
    Subscription: _subscription,
    DeadLetter: _dead_letter,
    CopyLink: _copy,
    Outcome: _outcome,
    FeedState: _feed,
}


def documents(record: object) -> tuple[Document, ...]:
    """The documents that a record of a topic becomes, empty for one that is not searched (a capture)."""
    mapper = _MAPPERS.get(type(record))
    return tuple(mapper(record)) if mapper else ()
