"""Every record of the topology as documents: ids, versions that do not depend on order, bodies that can be filtered."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from processors.codec import encode
from processors.model import (
    ArticleClaims,
    ArticleId,
    ArticleVersion,
    BySide,
    Capture,
    CaptureId,
    CopyLink,
    DateProvenance,
    DeadLetter,
    DeadLetterId,
    Delivery,
    DeliveryId,
    DeliveryStatus,
    DevelopmentType,
    Exchange,
    ExchangeId,
    FeedState,
    Kind,
    Language,
    Outcome,
    OutcomeStatus,
    Quantity,
    Verdict,
    VerdictType,
    VersionId,
)
from processors.topology import TOPICS
from search.fields import FIELDS, epoch_ms, view
from search.mapping import PAYLOAD_SAMPLE_BYTES, documents
from search.query import Collection, Query
from tests.fakes.claimed import NOW, alert, claim, claimant, development, subscription
from tests.fakes.index import MemoryIndex

LATER = NOW + timedelta(hours=1)


def _article(**fields: object) -> ArticleVersion:
    made = ArticleVersion(
        id=VersionId("v1"),
        article_id=ArticleId("a1"),
        capture_id=CaptureId("k1"),
        url="https://harbour.example/a1",
        outlet="harbour",
        title="Prisoners return",
        text="First.\n\nSecond.",
        language=Language.EN,
        published_at=NOW,
        date_provenance=DateProvenance.FEED,
        fetched_at=NOW,
        fingerprint="0" * 16,
    )
    return replace(made, **fields)


def _claims(*claims: object, **fields: object) -> ArticleClaims:
    made = ArticleClaims(
        version_id=VersionId("v1"),
        article_id=ArticleId("a1"),
        url="https://harbour.example/a1",
        outlet="harbour",
        title="Prisoners return",
        language=Language.EN,
        published_at=NOW,
        fetched_at=NOW,
        fingerprint="0" * 16,
        words=100,
        claims=claims or (claim(),),
    )
    return replace(made, **fields)


def _exchange(**fields: object) -> Exchange:
    other = claim(
        "c2",
        returned=BySide(UA=Quantity(min=173, max=230, approx=True)),
        speaker="Russian sources",
        mediators=(),
    )
    made = Exchange(
        id=ExchangeId("e1"),
        version=3,
        date=claim().date,
        label="Exchange of 3 January 2024",
        claimants=(claimant(), claimant(other, language=Language.RU, outlet="listok")),
        verdicts=(
            Verdict(
                verdict=VerdictType.CONTRADICTS,
                claim_id="c1",
                other_id="c2",
                slot="returned.UA",
                explanation="x",
            ),
        ),
        updated_at=NOW,
    )
    return replace(made, **fields)


def _delivery() -> Delivery:
    return Delivery(
        id=DeliveryId("x1"), alert_id=alert().id, subscription_id=subscription().id, attempt=2,
        status=DeliveryStatus.RETRYING, attempted_at=NOW,
    )  # fmt: skip


RECORDS = {
    "capture": Capture(id=CaptureId("k"), url="u", final_url="u", outlet="o", fetched_at=NOW, body_zlib=b"", body_bytes=0),
    "article": _article(),
    "claims": _claims(),
    "copy": CopyLink(version_id=VersionId("v2"), article_id=ArticleId("a2"), original_id=ArticleId("a1"), outlet="b",
        original_outlet="a", distance=2),
    "exchange": _exchange(),
    "development": development(),
    "alert": alert(),
    "delivery": _delivery(),
    "subscription": subscription(),
    "outcome": Outcome(url="https://x.example/", outlet="harbour", status=OutcomeStatus.INDEXED, at=NOW),
    "dead_letter": DeadLetter(id=DeadLetterId("d"), stage="clean", topic="captures", reason="too_deep",
        outlet="harbour", at=NOW, payload=b"\xff\x00"),
    "feed": FeedState(feed_url="https://x.example/rss", outlet="harbour", due_at=NOW, polls=4),
}  # fmt: skip


def test_every_record_type_of_the_topology_is_mapped() -> None:
    assert {type(record) for record in RECORDS.values()} == {topic.type for topic in TOPICS}


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_becomes_json_ready_documents_that_can_be_searched(name: str) -> None:
    made = documents(RECORDS[name])
    assert bool(made) is (name != "capture")
    for document in made:
        assert json.loads(encode(document.body)) is not None
        assert document.version >= 0
        assert "schema" not in document.body
        seen = view(document)
        assert {
            f"{key}={value}" for key, value in document.body.items() if key in ("id", "outlet", "status")
        } <= seen.keywords


def test_documents_are_the_same_every_time() -> None:
    assert [documents(record) for record in RECORDS.values()] == [
        documents(record) for record in RECORDS.values()
    ]


def test_an_article_is_found_by_its_id_and_a_later_fetch_outranks_an_earlier() -> None:
    [first] = documents(_article())
    [second] = documents(_article(id=VersionId("v2"), fetched_at=LATER, text="New."))
    assert first.id == second.id == "a1"
    assert (first.body["id"], first.body["version_id"], second.body["version_id"]) == ("a1", "v1", "v2")
    assert second.version > first.version
    assert first.at == epoch_ms(NOW)


def test_a_claim_is_flat_and_has_its_article() -> None:
    [made] = documents(_claims())
    wanted = {
        "id": "c1", "kind": "exchange", "speaker": "Dmytro Lubinets", "speaker_id": "lubinets", "speaker_side": "UA",
        "ua_min": 230, "ua_max": 230, "ua_approx": False, "ru_min": None, "ru_max": None, "date": "2024-01-03",
        "date_start": "2024-01-03", "date_end": "2024-01-03", "date_precision": "day", "outlet": "harbour", "language": "en",
        "url": "https://harbour.example/a1", "title": "Prisoners return", "article_id": "a1", "version_id": "v1",
        "published_at": "2024-01-04T12:00:00Z", "background": False, "superseded": False, "span": {"start": 10, "end": 64},
    }  # fmt: skip
    assert {key: made.body[key] for key in wanted} == wanted
    assert made.at == epoch_ms(NOW)


def test_a_retraction_marks_the_claim_and_a_later_fetch_revives_it_in_any_order() -> None:
    retracted = development(type=DevelopmentType.RETRACTED, occurred_at=NOW)
    again = _claims(fetched_at=LATER)
    for order in permutations((_claims(), retracted)):
        assert _held(order, "c1")["superseded"] is True
    for order in permutations((_claims(), retracted, again)):
        assert _held(order, "c1")["superseded"] is False


def _held(records: tuple[object, ...], claim_id: str) -> dict[str, object]:
    index = MemoryIndex()
    for record in records:
        index.apply(documents(record))
    return index.get(Collection.CLAIMS, claim_id)


def test_a_retraction_and_its_claim_have_the_same_body_but_for_the_mark() -> None:
    [made] = documents(_claims(published_at=claimant().published_at))
    _, marked = documents(development(type=DevelopmentType.RETRACTED))
    assert {**made.body, "superseded": True} == marked.body


def test_an_exchange_keeps_every_claimant_and_can_be_found_by_each() -> None:
    [made] = documents(_exchange())
    body = made.body
    assert [row["speaker"] for row in body["claimants"]] == ["Dmytro Lubinets", "Russian sources"]
    assert (body["disputed"], body["merged"], body["claimant_count"], made.version) == (True, False, 2, 3)
    assert body["speakers"] == ["Dmytro Lubinets", "Russian sources"]
    assert body["claim_ids"] == ["c1", "c2"]
    assert made.at == epoch_ms(datetime(2024, 1, 3, tzinfo=UTC))
    index = MemoryIndex()
    index.apply([made])
    for text in (
        "ua:180",
        "ua:230",
        "lang:ru",
        "outlet:listok",
        "disputed:true",
        "date:2024-01-03",
        "mediator:emirates",
    ):
        assert index.search(Query(collection=Collection.EXCHANGES, text=text)).total == 1, text
    assert index.search(Query(collection=Collection.EXCHANGES, where={"claim_ids": "c2"})).total == 1


def test_an_exchange_without_a_date_sorts_by_its_first_report_else_by_its_last_change() -> None:
    [made] = documents(_exchange(date=None))
    assert made.at == epoch_ms(claimant().published_at)
    assert made.body["date"] is None
    [empty] = documents(_exchange(date=None, claimants=()))
    assert empty.at == epoch_ms(NOW)


def test_a_merged_exchange_stays_and_names_its_successor() -> None:
    [made] = documents(_exchange(merged_into=ExchangeId("e2"), claimants=()))
    assert (made.id, made.body["merged"], made.body["merged_into"]) == ("e1", True, "e2")


def test_an_alert_and_a_development_name_each_other_and_the_exchange() -> None:
    [told] = documents(alert())
    assert (told.body["id"], told.body["development_id"], told.body["exchange_id"]) == (
        alert().id,
        "d1",
        "e1",
    )
    assert (told.body["claim_id"], told.body["type"], told.body["kind"]) == (
        "c1",
        "claim.created",
        Kind.EXCHANGE,
    )


def test_a_secret_is_in_no_body() -> None:
    [made] = documents(subscription())
    assert "secret" not in made.body
    assert subscription().secret not in str(made)


def test_of_a_big_payload_a_sample_is_shown() -> None:
    letter = replace(RECORDS["dead_letter"], payload=b"x" * 1_000_000)
    [made] = documents(letter)
    assert made.body["payload_bytes"] == 1_000_000
    assert len(made.body["payload"]) <= PAYLOAD_SAMPLE_BYTES * 4 / 3 + 4


def test_the_outcome_of_a_url_does_not_depend_on_order() -> None:
    told = [
        Outcome(url="https://x.example/", outlet="o", status=status, at=NOW - timedelta(minutes=n))
        for n, status in enumerate((OutcomeStatus.PENDING, OutcomeStatus.QUARANTINED, OutcomeStatus.INDEXED))
    ]
    for order in permutations(told):
        index = MemoryIndex()
        for outcome in order:
            index.apply(documents(outcome))
        assert index.counts(Collection.OUTCOMES, "status") == {"indexed": 1}


def test_open_bounds_overlap_and_missing_ones_do_not() -> None:
    over = _claims(claim(returned=BySide(UA=Quantity(min=200))))
    index = MemoryIndex()
    index.apply(documents(over))
    found = {
        q: index.search(Query(collection=Collection.CLAIMS, text=q)).total
        for q in ("ua:230", "ua:199", "ru:*", "ua:*")
    }
    assert found == {"ua:230": 1, "ua:199": 0, "ru:*": 0, "ua:*": 1}


def test_fields_read_keys_that_the_bodies_have() -> None:
    bodies: dict[Collection, set[str]] = {}
    for record in RECORDS.values():
        for document in documents(record):
            bodies.setdefault(document.collection, set()).update(document.body)
    texts = {"title", "text"}
    missing = [
        (collection, entry.name)
        for collection, fields in FIELDS.items()
        for entry in fields.values()
        if entry.name not in texts and not set(entry.keys) & bodies[collection]
        and not (collection is Collection.EXCHANGES and set(entry.keys) & bodies[Collection.CLAIMS])
    ]  # fmt: skip
    assert missing == []
