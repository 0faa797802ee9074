"""How the index deals with what Elasticsearch answers: item by item, and one clear line for the operator."""

import socket

import pytest

from processors.errors import ConfigError, Quarantined, Retry, Stop
from search.index.elastic import BACKOFF_S, Cluster, ElasticIndex
from search.index.elastic_mapping import mapping
from search.query import Collection, Document, Query, QueryError
from tests.fakes.elastic import Reply, Scripted, bulk, fault, item, scripted

OK = item(201)
BUSY = item(429, "es_rejected_execution_exception", "rejected execution")
UNAVAILABLE = item(503, "unavailable_shards_exception", "primary shard is not active")
BLOCKED = item(403, "cluster_block_exception", "index [x] blocked by: [FORBIDDEN/12/read-only-allow-delete]")
NEWER = item(409, "version_conflict_engine_exception", "current version [9] is higher")
WRONG = item(400, "document_parsing_exception", "failed to parse field [at]")


def _documents(count: int) -> list[Document]:
    return [
        Document(collection=Collection.CLAIMS, id=f"c{n}", version=1, at=n, body={"id": f"c{n}"})
        for n in range(count)
    ]


def _index(cluster: Scripted) -> tuple[ElasticIndex, list[float]]:
    slept: list[float] = []
    return ElasticIndex(Cluster(cluster.url, timeout_s=5), sleep=slept.append), slept


@pytest.mark.parametrize("passing", [BUSY, UNAVAILABLE, BLOCKED], ids=["429", "503", "blocked"])
def test_only_the_items_that_were_not_taken_are_sent_again(passing: dict) -> None:
    with scripted(bulk(OK, passing, NEWER, passing), bulk(OK, passing), bulk(OK)) as cluster:
        index, slept = _index(cluster)
        index.apply(_documents(4))
        assert cluster.bulk_ids == [["c0", "c1", "c2", "c3"], ["c1", "c3"], ["c3"]]
        assert slept == list(BACKOFF_S[:2])


def test_a_newer_version_held_is_success() -> None:
    with scripted(bulk(NEWER, NEWER)) as cluster:
        index, slept = _index(cluster)
        index.apply(_documents(2))
        assert (len(cluster.requests), slept) == (1, [])


def test_a_document_that_is_refused_is_named_once_and_the_others_are_written() -> None:
    with scripted(bulk(WRONG, BUSY, OK), bulk(OK)) as cluster:
        index, _ = _index(cluster)
        [rejected] = index.write(_documents(3))
        assert (rejected.document.id, rejected.reason) == (
            "c0",
            "document_parsing_exception: failed to parse field [at]",
        )
        assert cluster.bulk_ids == [["c0", "c1", "c2"], ["c1"]]


def test_apply_says_that_documents_were_refused() -> None:
    with (
        scripted(bulk(OK, WRONG)) as cluster,
        pytest.raises(Quarantined, match=r"1 of 2 documents.*failed to parse"),
    ):
        _index(cluster)[0].apply(_documents(2))


def test_a_cluster_that_stays_busy_is_left_to_the_caller() -> None:
    with scripted(bulk(BUSY)) as cluster:
        index, slept = _index(cluster)
        with pytest.raises(Retry, match=r"1 documents were not taken.*rejected execution"):
            index.apply(_documents(1))
        assert slept == list(BACKOFF_S)


@pytest.mark.parametrize(
    "reply",
    [
        fault(429, "circuit_breaking_exception", "Data too large"),
        fault(503, "cluster_block_exception", "state not recovered"),
        fault(502, "", ""),
        fault(403, "cluster_block_exception", "index read-only / allow delete (api) block"),
    ],
)
def test_a_whole_request_that_was_not_taken_is_sent_again(reply: Reply) -> None:
    with scripted(reply, bulk(OK)) as cluster:
        index, slept = _index(cluster)
        index.apply(_documents(1))
        assert cluster.bulk_ids == [["c0"], ["c0"]]
        assert slept == [BACKOFF_S[0]]


def test_a_missing_index_stops_with_what_to_do() -> None:
    missing = item(
        404, "index_not_found_exception", "no such index and [require_alias] request flag is [true]"
    )
    with scripted(bulk(missing)) as cluster, pytest.raises(Stop, match="run `obmin indices create`"):
        _index(cluster)[0].apply(_documents(1))


def test_writes_carry_the_version_and_never_make_an_index_by_accident() -> None:
    with scripted(bulk(OK)) as cluster:
        _index(cluster)[0].apply(_documents(1))
        [(_, path, body)] = cluster.requests
        assert "require_alias=true" in path
        assert '"version": 1' in body
        assert '"version_type": "external_gte"' in body


def test_many_documents_go_in_several_requests() -> None:
    with scripted(Reply(body={"items": [OK] * 500, "errors": False}), bulk(OK)) as cluster:
        _index(cluster)[0].apply(_documents(501))
        assert [len(ids) for ids in cluster.bulk_ids] == [500, 1]


def test_nothing_is_sent_for_no_documents() -> None:
    with scripted(bulk()) as cluster:
        _index(cluster)[0].apply([])
        assert cluster.requests == []


HTML = Reply(body=b"<html>hello</html>", content_type="text/html", product="")
WRONG_VERSION = fault(
    400, "media_type_header_exception", "Invalid media-type value on headers [Accept, Content-Type]"
)


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (HTML, "is not Elasticsearch"),
        (Reply(body={"hello": "world"}, product=""), "is not Elasticsearch"),
        (Reply(status=404, body=b"not found", content_type="text/plain", product=""), "is not Elasticsearch"),
        (fault(401, "security_exception", "missing authentication credentials"), "needs valid credentials"),
        (fault(403, "security_exception", "action is unauthorized for user [x]"), "may not do this"),
        (WRONG_VERSION, "older than 9"),
        (fault(404, "index_not_found_exception", "no such index [obmin-claims]"), "obmin indices create"),
        (fault(400, "illegal_argument_exception", "odd"), "refused a request.*odd"),
    ],
)
def test_what_an_operator_must_do_is_one_clear_line(reply: Reply, says: str) -> None:
    with scripted(reply) as cluster, pytest.raises(Stop, match=says) as raised:
        _index(cluster)[0].search(Query(collection=Collection.CLAIMS))
    assert "\n" not in str(raised.value)


def test_a_query_with_too_many_clauses_is_the_users_error() -> None:
    reply = fault(
        400, "too_many_nested_clauses", "Query contains too many nested clauses; maxClauseCount is set to 1"
    )
    with scripted(reply) as cluster, pytest.raises(QueryError, match="too many conditions"):
        _index(cluster)[0].search(Query(collection=Collection.CLAIMS))


def test_nobody_there_is_a_retry_that_shows_no_password() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    index = ElasticIndex(
        Cluster(f"http://elastic:canary@127.0.0.1:{port}", timeout_s=1), sleep=lambda _: None
    )
    for attempt in (
        lambda: index.search(Query(collection=Collection.CLAIMS)),
        lambda: index.apply(_documents(1)),
    ):
        with pytest.raises(Retry, match=f"127.0.0.1:{port}") as raised:
            attempt()
        assert "canary" not in str(raised.value)


def test_one_that_does_not_answer_is_a_retry() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(Retry, match="no answer"):
            ElasticIndex(Cluster(url, timeout_s=0.3)).get(Collection.CLAIMS, "c1")


@pytest.mark.parametrize(
    "url", ["", "localhost", "ftp://x:9200", "http://", "http://x", "9200", "http://x:port"]
)
def test_an_address_that_is_none_stops(url: str) -> None:
    with pytest.raises((Stop, ConfigError), match="is no address of Elasticsearch"):
        Cluster(url)


@pytest.mark.parametrize("collection", list(Collection))
def test_every_mapping_is_strict_and_stores_the_body_unindexed(collection: Collection) -> None:
    made = mapping(collection)
    assert made["dynamic"] == "strict"
    assert made["properties"]["body"] == {"type": "object", "enabled": False}
    assert (
        made["properties"]["text"]["properties"]["uk"]["fields"]["ukrainian"]["analyzer"] == "obmin_ukrainian"
    )


def test_an_analyzer_that_is_missing_is_replaced_in_its_subfield_only() -> None:
    columns = mapping(Collection.CLAIMS, frozenset({"ukrainian"}))["properties"]["text"]["properties"]
    assert columns["uk"]["fields"]["ukrainian"]["analyzer"] == "standard"
    assert columns["ru"]["fields"]["russian"]["analyzer"] == "obmin_russian"
    assert columns["uk_own"]["analyzer"] == "whitespace"
