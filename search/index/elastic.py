"""`Index` in Elasticsearch: one index a collection behind an alias, idempotent writes by external version.

The only module that knows the client. Nothing needs scripts, `_reindex` or `_delete_by_query`.
"""

import json
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import elastic_transport
import elasticsearch

from processors.codec import encode
from processors.errors import Quarantined, Retry, Stop
from search import cursors
from search.fields import Text, check_filters, texts
from search.highlights import highlights
from search.index.elastic_mapping import source
from search.index.elastic_query import highlighting, selected
from search.index.elastic_text import highlight
from search.language import Node, parse
from search.query import Collection, Document, Highlight, Hit, Page, Query, QueryError, Sort

Json = dict[str, Any]

MAX_LIMIT = 1000
#: One bulk request holds at most this much.
_BULK_DOCUMENTS, _BULK_BYTES = 500, 5_000_000
#: Seconds between attempts at what Elasticsearch was too busy for; after the last it is the caller's turn to wait.
BACKOFF_S = (0.2, 1.0, 3.0)
#: Statuses of an item or a request that pass by themselves. 403 is an index blocked for writing, as by a full disk.
_BUSY = frozenset((403, 408, 429, 500, 502, 503, 504))
_KEEP_ALIVE = "2m"
_KEPT_SNAPSHOTS = 64
_MOST_VALUES = 10_000


_TOO_MANY = ("too_many_clauses", "too_many_nested_clauses", "maxClauseCount")
_NOT_ELASTICSEARCH = "What answers at {address} is not Elasticsearch. Check the address."
#: What an operator must do about an answer; first match wins.
_STOPS: tuple[tuple[Callable[[elasticsearch.ApiError, int, str], bool], str], ...] = (
    (
        lambda error, _status, _told: isinstance(error, elasticsearch.UnsupportedProductError),
        _NOT_ELASTICSEARCH,
    ),
    (
        lambda _error, _status, told: "media_type_header_exception" in told or "compatible-with" in told,
        "Elasticsearch at {address} is older than 9, which this obmin speaks. Upgrade it.",
    ),
    (
        lambda _error, status, _told: status == 401,
        "Elasticsearch at {address} needs valid credentials: set user and password in the URL, or an API key.",
    ),
    (
        lambda _error, status, told: status == 403 and "block" not in told,
        "The user may not do this in Elasticsearch at {address}: {told}",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A document that Elasticsearch will never take, with its reason."""

    document: Document
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingError(Exception):
    """404: an index, alias or snapshot that is not there."""

    what: str


class Cluster:
    """One door to the cluster; every error that comes through it is ours.

    `url` may hold user and password; `api_key` and `ca_file` are optional. Raises Stop for a URL that is none.
    """

    def __init__(self, url: str, *, api_key: str = "", ca_file: str = "", timeout_s: float = 10.0) -> None:
        options: Json = {"request_timeout": timeout_s, "max_retries": 0, "retry_on_timeout": False}
        if api_key:
            options["api_key"] = api_key
        if ca_file:
            options["ca_certs"] = ca_file
        if not url.startswith(("http://", "https://")):
            raise Stop(f"{url!r} is no address of Elasticsearch, such as http://localhost:9200")
        try:
            self._client = elasticsearch.Elasticsearch(url, **options)
        except (ValueError, TypeError, OSError) as error:
            raise Stop(
                f"{_shown(url)!r} is no address of Elasticsearch, such as http://localhost:9200 ({error})"
            ) from error
        self.address = _shown(url)

    def call(
        self, method: str, path: str, body: object = None, *, ndjson: bool = False, **params: str
    ) -> Any:  # noqa: ANN401  JSON
        """The decoded answer of one request.

        Raises Retry when the cluster is out of reach or busy, MissingError on 404, QueryError for a search that it
        refuses as too large, Stop when an operator must act.
        """
        headers = {"accept": "application/json"}
        if body is not None:
            headers["content-type"] = "application/x-ndjson" if ndjson else "application/json"
        try:
            answer = self._client.perform_request(
                method, path, params=params or None, headers=headers, body=body
            )
        except elasticsearch.ApiError as error:
            raise self._refused(error) from error
        except elastic_transport.TlsError as error:
            raise Stop(
                f"No secure connection to Elasticsearch at {self.address}: {error}. Check the address and ca_file."
            ) from error
        except elastic_transport.SerializationError as error:
            raise Stop(_NOT_ELASTICSEARCH.format(address=self.address)) from error
        except elastic_transport.TransportError as error:
            raise Retry("elasticsearch", f"no answer from {self.address}: {error}") from error
        return answer.body

    def _refused(self, error: elasticsearch.ApiError) -> Exception:
        """The error of ours for an answer that is not 2xx."""
        status, told = error.meta.status, str(error)
        if status == 404:
            foreign = error.meta.headers.get("x-elastic-product") != "Elasticsearch"
            return (
                Stop(_NOT_ELASTICSEARCH.format(address=self.address)) if foreign else MissingError(what=told)
            )
        if any(sign in told for sign in _TOO_MANY):
            return QueryError(0, "the query has too many conditions for this cluster")
        for holds, text in _STOPS:
            if holds(error, status, told):
                return Stop(text.format(address=self.address, told=told))
        if status in _BUSY:
            return Retry("elasticsearch", f"{self.address} is too busy or blocked: {told}")
        return Stop(f"Elasticsearch at {self.address} refused a request: {told}")

    def close(self) -> None:
        """Close the connections; may be called twice."""
        self._client.close()


class ElasticIndex:
    """`Index` on a cluster. `prefix` begins the names of all indices and aliases; `sleep` waits between attempts."""

    def __init__(
        self, cluster: Cluster, *, prefix: str = "obmin", sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.cluster = cluster
        self.prefix = prefix
        self._sleep = sleep
        self._snapshots: OrderedDict[str, str] = OrderedDict()

    def alias(self, collection: Collection) -> str:
        """The name under which a collection is read and written."""
        return f"{self.prefix}-{collection.value.replace('_', '-')}"

    def apply(self, documents: Sequence[Document]) -> None:
        """Write the documents; an older version than the one held is ignored.

        Raises Retry when the cluster is out of reach or stays busy, Quarantined("index_rejected") when it refused some
        documents for good (the others are written; `write` names them), Stop when an index is missing.
        """
        rejected = self.write(documents)
        if rejected:
            raise Quarantined(
                "index_rejected", f"{len(rejected)} of {len(documents)} documents: {rejected[0].reason}"
            )

    def write(
        self, documents: Sequence[Document], *, into: Mapping[Collection, str] | None = None
    ) -> tuple[Rejected, ...]:
        """As `apply`, but returns the documents that were refused. `into` names other indices than the aliases."""
        rejected: list[Rejected] = []
        for batch in _batches(
            documents,
            lambda document: (into or {}).get(document.collection) or self.alias(document.collection),
        ):
            rejected += self._write_batch(batch, require_alias=into is None)
        return tuple(rejected)

    def _write_batch(self, batch: list[tuple[Document, bytes]], *, require_alias: bool) -> list[Rejected]:
        rejected: list[Rejected] = []
        for wait_s in (*BACKOFF_S, None):
            batch, problem = self._send(batch, rejected, require_alias=require_alias)
            if not batch:
                return rejected
            if wait_s is None:
                break
            self._sleep(wait_s)
        raise Retry(
            "elasticsearch", f"{len(batch)} documents were not taken by {self.cluster.address}: {problem}"
        )

    def _send(
        self, batch: list[tuple[Document, bytes]], rejected: list[Rejected], *, require_alias: bool
    ) -> tuple[list[tuple[Document, bytes]], str]:
        """Send once; what is to be sent again, and the last reason why."""
        try:
            answer = self.cluster.call(
                "POST",
                "/_bulk",
                b"".join(lines for _, lines in batch),
                ndjson=True,
                require_alias=str(require_alias).lower(),
            )
        except Retry as error:
            return batch, error.detail
        again, problem = [], ""
        for (document, lines), item in zip(batch, answer["items"], strict=True):
            told = item["index"]
            status, fault = told["status"], told.get("error") or {}
            reason = f"{fault.get('type', '')}: {fault.get('reason', '')}"
            if status < 300 or status == 409:
                continue  # 409: a newer version is held, which is what we want
            if status in _BUSY:
                again.append((document, lines))
                problem = reason
            elif status == 404:
                raise Stop(self._no_index(reason))
            else:
                rejected.append(Rejected(document=document, reason=reason))
        return again, problem

    def _no_index(self, reason: str) -> str:
        return f"Elasticsearch at {self.cluster.address} lacks an index of {self.prefix}: run `obmin indices create` ({reason})"

    def _call(self, method: str, path: str, body: object = None, **params: str) -> Any:  # noqa: ANN401  JSON
        try:
            return self.cluster.call(method, path, body, ndjson=False, **params)
        except MissingError as error:
            raise Stop(self._no_index(error.what)) from error

    def refresh(self) -> None:
        """Make everything applied visible to search."""
        self._call("POST", f"/{','.join(self.alias(collection) for collection in Collection)}/_refresh")

    def get(self, collection: Collection, id: str) -> Mapping[str, Any] | None:  # noqa: A002  the contract's name
        """The body of one document, also before a refresh."""
        body = {"docs": [{"_index": self.alias(collection), "_id": id, "_source": ["body"]}]}
        if not id or len(id.encode()) > 512:
            return None
        found = self._call("POST", "/_mget", body)["docs"][0]
        if "error" in found:
            raise Stop(self._no_index(found["error"].get("reason", "")))
        return found["_source"]["body"] if found["found"] else None

    def search(self, query: Query) -> Page:
        """Matching documents. Raises QueryError for text, a filter or a cursor that cannot be understood."""
        node = parse(query.text, query.collection)
        where = dict(query.where)
        check_filters(where)
        limit = max(1, min(query.limit, MAX_LIMIT))
        body: Json = {
            "query": selected(node, where),
            "size": limit + 1,
            "sort": [{"_score": "desc"}, {"at": "desc"}, {"id": "asc"}],
            "_source": ["body"],
            "track_total_hits": True,
            "highlight": highlighting(),
        }
        if query.sort is Sort.NEWEST:
            body["sort"] = [{"at": "desc"}, {"id": "asc"}]
        token = self._continued(query, body)
        answer = self._read(query.collection, body, token)
        rows = answer["hits"]["hits"]
        last = rows[limit - 1] if len(rows) > limit else None
        return Page(
            hits=tuple(_hit(row, query.collection, node) for row in rows[:limit]),
            total=answer["hits"]["total"]["value"],
            next=self._cursor(query, last, token) if last else None,
        )

    def _continued(self, query: Query, body: Json) -> str:
        """Continue where the cursor ended; the token of its snapshot, empty without one."""
        if query.after is None:
            return ""
        ranked = query.sort is Sort.RELEVANCE
        kinds = ((int, float), int, str, str) if ranked else (int, str, str)
        *values, token = cursors.decode(query.sort, query.after, kinds)
        body["search_after"] = values
        return str(token)

    def _read(self, collection: Collection, body: Json, token: str) -> Any:  # noqa: ANN401  JSON
        """Search the snapshot of the token while there is one, else the index as it is now."""
        snapshot = self._snapshots.get(f"{collection}/{token}") if token else None
        if snapshot is not None:
            with suppress(MissingError):
                return self.cluster.call(
                    "POST", "/_search", {**body, "pit": {"id": snapshot, "keep_alive": _KEEP_ALIVE}}
                )
            self._snapshots.pop(f"{collection}/{token}", None)
        return self._call("POST", f"/{self.alias(collection)}/_search", body)

    def _cursor(self, query: Query, last: Json, token: str) -> str:
        if not token:
            token = uuid.uuid4().hex
            opened = self._call("POST", f"/{self.alias(query.collection)}/_pit", keep_alive=_KEEP_ALIVE)
            self._snapshots[f"{query.collection}/{token}"] = opened["id"]
            while len(self._snapshots) > _KEPT_SNAPSHOTS:
                self._forget(self._snapshots.popitem(last=False)[1])
        values = last["sort"][: 3 if query.sort is Sort.RELEVANCE else 2]
        return cursors.encode(query.sort, (*values, token))

    def _forget(self, snapshot: str) -> None:
        with suppress(MissingError, Retry):
            self.cluster.call("DELETE", "/_pit", {"id": snapshot})

    def counts(
        self, collection: Collection, field: str, where: Mapping[str, str] | None = None, *, text: str = ""
    ) -> Mapping[str, int]:
        """Number of documents by value of a field of the body, most frequent first."""
        check_filters({**(where or {}), field: ""})
        body = {
            "size": 0,
            "query": selected(parse(text, collection), dict(where or {})),
            "aggs": {
                "values": {"terms": {"field": "keywords", "include": f"{field}=.*", "size": _MOST_VALUES}}
            },
        }
        answer = self._call("POST", f"/{self.alias(collection)}/_search", body)
        found = {
            bucket["key"][len(field) + 1 :]: bucket["doc_count"]
            for bucket in answer["aggregations"]["values"]["buckets"]
        }
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    def close(self) -> None:
        """Close snapshots and connections; may be called twice."""
        while self._snapshots:
            self._forget(self._snapshots.popitem()[1])
        self.cluster.close()


def _shown(url: str) -> str:
    """The URL without its user and password."""
    scheme, mark, rest = url.partition("://")
    return f"{scheme}{mark}{rest.rpartition('@')[2]}" if mark else url


def _batches(
    documents: Iterable[Document], target: Callable[[Document], str]
) -> Iterator[list[tuple[Document, bytes]]]:
    batch: list[tuple[Document, bytes]] = []
    size = 0
    for document in documents:
        action = {
            "_index": target(document), "_id": document.id, "version": document.version, "version_type": "external_gte",
        }  # fmt: skip
        lines = json.dumps({"index": action}).encode() + b"\n" + encode(source(document)) + b"\n"
        if batch and (len(batch) >= _BULK_DOCUMENTS or size + len(lines) > _BULK_BYTES):
            yield batch
            batch, size = [], 0
        batch.append((document, lines))
        size += len(lines)
    if batch:
        yield batch


def _highlights(
    row: Json, collection: Collection, body: Mapping[str, Any], node: Node
) -> Iterator[Highlight]:
    fragments: Mapping[str, list[str]] = row.get("highlight", {})
    for text in texts(collection, body):
        shown = [highlight(text.key, text.value, marked) for marked in fragments.get(_field_of(text), ())]
        found = [lit for lit in shown if lit is not None]
        # what was found by our own stems alone is not seen by the cluster's highlighter
        yield from found or highlights(node, [text])


def _field_of(text: Text) -> str:
    return f"{text.column}.{text.language.value}"


def _hit(row: Json, collection: Collection, node: Node) -> Hit:
    body = row["_source"]["body"]
    return Hit(
        id=row["_id"],
        body=body,
        score=float(row.get("_score") or 0.0),
        highlights=tuple(_highlights(row, collection, body, node)),
    )
