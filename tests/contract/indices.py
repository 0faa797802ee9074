"""The implementations of `Index` that the contract and the conformance suite run on."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from search.index.elastic import Cluster, ElasticIndex
from search.index.elastic_indices import Indices
from search.index.sqlite import SqliteIndex
from search.query import Collection, Index
from tests.fakes.index import MemoryIndex

BACKENDS = (
    "memory",
    "sqlite",
    "sqlite-in-memory",
    pytest.param("elastic", marks=pytest.mark.elasticsearch),
)


def opened(backend: str, directory: Path, request: pytest.FixtureRequest) -> Iterator[Index]:
    """A new, empty index."""
    if backend == "memory":
        yield MemoryIndex()
    elif backend.startswith("sqlite"):
        connection = apsw.Connection(
            ":memory:" if backend == "sqlite-in-memory" else str(directory / "index.db")
        )
        connection.pragma("journal_mode", "wal")
        index = SqliteIndex(connection)
        yield index
        index.close()
        connection.close()
    else:
        yield from elastic(request.getfixturevalue("elasticsearch_url"))


def elastic(url: str) -> Iterator[ElasticIndex]:
    """An index under a prefix of its own, removed afterwards."""
    index = ElasticIndex(Cluster(url, timeout_s=60), prefix=f"test-{uuid.uuid4().hex[:8]}")
    Indices(index, replicas=0).ensure()
    yield index
    for collection in Collection:
        for name in index.cluster.call("GET", f"/_alias/{index.alias(collection)}"):
            index.cluster.call("DELETE", f"/{name}")
    index.close()
