"""Indices and aliases on a real node: create, check, migrate, rebuild with no gap."""

import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest

from processors.errors import Quarantined, Retry, Stop
from search.index.elastic import Cluster, ElasticIndex
from search.index.elastic_indices import Indices, missing_analyzers
from search.query import Collection, Document, Query
from tests.contract.indices import elastic

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def index(elasticsearch_url: str) -> Iterator[ElasticIndex]:
    yield from elastic(elasticsearch_url)


@pytest.fixture
def indices(index: ElasticIndex) -> Indices:
    return Indices(index, replicas=0)


def _claim(name: str, version: int = 1, **body: object) -> Document:
    return Document(
        collection=Collection.CLAIMS,
        id=name,
        version=version,
        at=version,
        body={"id": name, "language": "uk", **body},
    )


def _ids(index: ElasticIndex, text: str = "") -> list[str]:
    index.refresh()
    return sorted(hit.id for hit in index.search(Query(collection=Collection.CLAIMS, text=text)).hits)


def test_ensure_is_idempotent_and_then_all_is_well(indices: Indices) -> None:
    assert indices.ensure() == ()
    assert indices.check() == ()
    assert indices.migrate() == ()


def test_a_name_that_is_taken_by_an_index_stops(elasticsearch_url: str) -> None:
    cluster = Cluster(elasticsearch_url, timeout_s=60)
    cluster.call("PUT", "/taken-articles", {"settings": {"index": {"number_of_replicas": 0}}})
    try:
        with pytest.raises(Stop, match="taken-articles is an index, not an alias"):
            Indices(ElasticIndex(cluster, prefix="taken"), replicas=0).ensure()
    finally:
        cluster.call("DELETE", "/taken-articles")
        cluster.close()


def test_a_missing_index_is_found_by_check_and_named_by_every_use(elasticsearch_url: str) -> None:
    index = ElasticIndex(Cluster(elasticsearch_url, timeout_s=60), prefix="nowhere")
    assert any("there is no index nowhere-claims" in line for line in Indices(index).check())
    for use in (
        lambda: index.apply([_claim("c1")]),
        lambda: index.get(Collection.CLAIMS, "c1"),
        lambda: index.search(Query(collection=Collection.CLAIMS)),
        lambda: index.counts(Collection.CLAIMS, "kind"),
        index.refresh,
    ):
        with pytest.raises(Stop, match="obmin indices create"):
            use()
    index.close()


def test_a_field_that_is_missing_is_found_and_added(index: ElasticIndex, indices: Indices) -> None:
    name = f"{index.alias(Collection.COPIES)}-000001"
    held = index.cluster.call("GET", f"/{name}")[name]["mappings"]
    index.cluster.call("DELETE", f"/{name}")
    held["properties"]["ranges"]["properties"].pop("distance")
    index.cluster.call(
        "PUT",
        f"/{name}",
        {"mappings": held, "settings": _analysis(index), "aliases": {index.alias(Collection.COPIES): {}}},
    )
    assert [line for line in indices.check() if "obmin indices migrate" in line] == [
        f"{name} lacks fields of this obmin: run `obmin indices migrate`"
    ]
    assert indices.migrate() == (name,)
    assert indices.check() == ()


def _analysis(index: ElasticIndex) -> dict:
    name = f"{index.alias(Collection.CLAIMS)}-000001"
    analysis = index.cluster.call("GET", f"/{name}/_settings")[name]["settings"]["index"]["analysis"]
    return {"index": {"number_of_replicas": 0, "analysis": analysis}}


def test_an_index_of_another_mapping_or_blocked_for_writing_is_found(
    index: ElasticIndex, indices: Indices
) -> None:
    name = f"{index.alias(Collection.FEEDS)}-000001"
    index.cluster.call("PUT", f"/{name}/_mapping", {"_meta": {"obmin_schema": 0}})
    index.cluster.call(
        "PUT", f"/{index.alias(Collection.ALERTS)}-000001/_settings", {"index.blocks.write": True}
    )
    problems = indices.check()
    assert any(f"{name} has mapping 0" in line and "obmin reindex" in line for line in problems)
    assert any("alerts-000001 is blocked for writing" in line for line in problems)


def test_a_field_that_is_not_declared_is_refused(index: ElasticIndex) -> None:
    with pytest.raises(Stop, match=r"strict_dynamic_mapping_exception|mapping set to strict"):
        index.cluster.call("PUT", f"/{index.alias(Collection.CLAIMS)}/_doc/x", {"surprise": 1})


def test_a_document_that_is_refused_is_named_and_the_rest_are_written(index: ElasticIndex) -> None:
    [rejected] = index.write([_claim("good"), _far("bad"), _claim("fine")])
    assert rejected.document.id == "bad"
    assert _ids(index) == ["fine", "good"]
    with pytest.raises(Quarantined):
        index.apply([_far("bad")])


def _far(name: str) -> Document:
    """A document whose time no 64 bits can hold."""
    return replace(_claim(name), at=2**70)


def test_an_index_that_is_read_only_for_a_while_takes_the_documents_afterwards(index: ElasticIndex) -> None:
    name = f"{index.alias(Collection.CLAIMS)}-000001"
    index.cluster.call("PUT", f"/{name}/_settings", {"index.blocks.read_only_allow_delete": True})
    waited: list[float] = []

    def lift(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 2:
            index.cluster.call("PUT", f"/{name}/_settings", {"index.blocks.read_only_allow_delete": None})

    patient = ElasticIndex(index.cluster, prefix=index.prefix, sleep=lift)
    patient.apply([_claim("c1")])
    assert len(waited) == 2
    assert _ids(index) == ["c1"]


def test_an_index_that_stays_read_only_is_a_retry(index: ElasticIndex) -> None:
    name = f"{index.alias(Collection.CLAIMS)}-000001"
    index.cluster.call("PUT", f"/{name}/_settings", {"index.blocks.read_only_allow_delete": True})
    hasty = ElasticIndex(index.cluster, prefix=index.prefix, sleep=lambda _: None)
    with pytest.raises(Retry, match="read-only"):
        hasty.apply([_claim("c1")])
    index.cluster.call("PUT", f"/{name}/_settings", {"index.blocks.read_only_allow_delete": None})


def test_a_rebuild_keeps_what_was_written_before_during_and_after_and_drops_what_the_log_has_not(
    index: ElasticIndex, indices: Indices
) -> None:
    index.apply([_claim("old", evidence="старий"), _claim("gone")])
    log = [_claim("old", evidence="старий")]
    asked: list[int] = []

    def tail() -> list[Document]:
        asked.append(len(asked))
        live = _claim(f"live{len(asked)}")
        index.apply([live])  # a writer that knows nothing of the rebuild
        log.append(live)
        return log[1:]

    made = indices.rebuild(iter(log[:1]), tail)
    assert asked == [0, 1]
    assert made[Collection.CLAIMS] == f"{index.alias(Collection.CLAIMS)}-000002"
    assert _ids(index) == ["live1", "live2", "old"]
    assert list(index.cluster.call("GET", f"/_alias/{index.alias(Collection.CLAIMS)}")) == [
        made[Collection.CLAIMS]
    ]
    assert indices.check() == ()


def test_during_a_rebuild_the_old_index_answers_and_a_failed_one_changes_nothing(
    index: ElasticIndex, indices: Indices
) -> None:
    index.apply([_claim("held")])

    def broken() -> Iterator[Document]:
        yield _claim("half")
        assert _ids(index) == ["held"]
        raise Retry("kafka", "away")

    with pytest.raises(Retry, match="away"):
        indices.rebuild(broken(), list)
    assert _ids(index) == ["held"]
    assert indices.check() == ()


def test_the_node_has_the_three_analyzers_and_a_missing_one_is_warned_of(
    index: ElasticIndex, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert missing_analyzers(index.cluster) == frozenset()
    monkeypatch.setattr("search.index.elastic_indices.missing_analyzers", lambda _: frozenset({"ukrainian"}))
    bare = ElasticIndex(index.cluster, prefix=f"{index.prefix}-bare")
    with caplog.at_level(logging.WARNING):
        Indices(bare, replicas=0).ensure()
    assert "no analyzer ukrainian" in caplog.text
    bare.apply([_claim("c1", evidence="Обмін військовополоненими")])
    try:
        assert _ids(bare, "військовополонені") == ["c1"]
        assert any("analysis-ukrainian" in line for line in Indices(bare).check())
        monkeypatch.undo()
        assert any("was made without the analyzer ukrainian" in line for line in Indices(bare).check())
    finally:
        for collection in Collection:
            index.cluster.call("DELETE", f"/{bare.alias(collection)}-000001")
