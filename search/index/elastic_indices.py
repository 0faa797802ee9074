"""Indices and aliases in Elasticsearch: create, check, rebuild without a gap."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from processors.errors import Quarantined, Stop
from search.index.elastic import Cluster, ElasticIndex, MissingError
from search.index.elastic_mapping import ANALYZERS, FALLBACK, SCHEMA, mapping, settings
from search.query import Collection, Document

_log = logging.getLogger(__name__)

REFRESH_INTERVAL = "1s"
_OLDEST_MAJOR = 9
_NUMBERED = re.compile(r"(.+)-(\d{6})")
_CHUNK = 500


def missing_analyzers(cluster: Cluster) -> frozenset[str]:
    """Analyzers that the cluster lacks, such as `ukrainian` without the plugin analysis-ukrainian."""
    missing = set()
    for name in ANALYZERS.values():
        try:
            cluster.call("POST", "/_analyze", {"analyzer": name, "text": "x"})
        except Stop as error:
            if "failed to find" not in str(error):
                raise
            missing.add(name)
    return frozenset(missing)


class Indices:
    """Looks after the indices of an `ElasticIndex`. `replicas` and `shards` are for indices made from now on."""

    def __init__(
        self,
        index: ElasticIndex,
        *,
        shards: int = 1,
        replicas: int = 1,
        refresh_interval: str = REFRESH_INTERVAL,
    ) -> None:
        self._index = index
        self._cluster = index.cluster
        self._shards, self._replicas, self._refresh_interval = shards, replicas, refresh_interval

    def ensure(self) -> tuple[str, ...]:
        """Create what is missing; the names of the indices that were created. Raises Stop for a name that is taken."""
        missing = self._missing_analyzers()
        created = []
        for collection in Collection:
            alias = self._index.alias(collection)
            if self._behind(alias) is None:
                name = f"{alias}-000001"
                self._create(name, collection, missing, aliases={alias: {"is_write_index": True}})
                created.append(name)
        return tuple(created)

    def check(self) -> tuple[str, ...]:
        """What is wrong or missing, one line each with what to do; empty when all is well."""
        return (*self._cluster_problems(), *self._index_problems())

    def _cluster_problems(self) -> Iterator[str]:
        nodes = self._cluster.call("GET", "/_nodes")["nodes"]
        for version in sorted({node["version"] for node in nodes.values()}):
            if int(version.split(".")[0]) < _OLDEST_MAJOR:
                yield f"Elasticsearch {version} is older than {_OLDEST_MAJOR}: upgrade it"
        for name in sorted(missing_analyzers(self._cluster)):
            yield (
                f"Elasticsearch has no analyzer {name}: install the plugin analysis-{name} on every node, restart, "
                "and run `obmin reindex`; until then words are found by obmin's own stemmers or in their exact form only"
            )

    def _index_problems(self) -> Iterator[str]:
        present = missing_analyzers(self._cluster)
        for collection in Collection:
            alias = self._index.alias(collection)
            name = self._behind(alias)
            if name is None:
                yield f"there is no index {alias}: run `obmin indices create`"
                continue
            held = self._cluster.call("GET", f"/{name}")[name]
            meta = held["mappings"].get("_meta", {})
            if meta.get("obmin_schema") != SCHEMA:
                yield f"{name} has mapping {meta.get('obmin_schema')}, this obmin needs {SCHEMA}: run `obmin reindex`"
            elif not _covers(held["mappings"]["properties"], mapping(collection)["properties"]):
                yield f"{name} lacks fields of this obmin: run `obmin indices migrate`"
            for analyzer in sorted(set(meta.get("missing_analyzers", ())) - present):
                yield f"{name} was made without the analyzer {analyzer}, which is there now: run `obmin reindex`"
            blocks = held["settings"]["index"].get("blocks", {})
            if any(str(value) == "true" for value in blocks.values()):
                yield f"{name} is blocked for writing ({', '.join(sorted(blocks))}): free disk space, then lift the block"

    def migrate(self) -> tuple[str, ...]:
        """Add the fields that an older obmin did not have; the indices that were changed. A changed field needs a rebuild."""
        changed = []
        for collection in Collection:
            name = self._behind(self._index.alias(collection))
            if name is None:
                continue
            held = self._cluster.call("GET", f"/{name}")[name]["mappings"]
            wanted = mapping(collection, frozenset(held.get("_meta", {}).get("missing_analyzers", ())))
            if not _covers(held["properties"], wanted["properties"]):
                self._cluster.call("PUT", f"/{name}/_mapping", {"properties": wanted["properties"]})
                changed.append(name)
        return tuple(changed)

    def rebuild(
        self, documents: Iterable[Document], tail: Callable[[], Iterable[Document]], *, keep: bool = False
    ) -> Mapping[Collection, str]:
        """Fill new indices with `documents`, swap the aliases, remove the old indices unless `keep`; the new names.

        `documents` are those of the whole log; `tail` gives those of what the log has got since. It is asked before the
        swap and once more after it, so that what was written to the old index meanwhile is in the new one too. Writes
        are idempotent, so a document may come several times. On an error the new indices are removed and nothing has
        changed.
        """
        missing = self._missing_analyzers()
        old = {collection: self._behind(self._index.alias(collection)) for collection in Collection}
        new = {collection: _next(self._index.alias(collection), old[collection]) for collection in Collection}
        try:
            for collection, name in new.items():
                self._delete(name)
                self._create(name, collection, missing)
            self._fill(documents, new)
            self._fill(tail(), new)
            self._cluster.call("POST", f"/{','.join(new.values())}/_refresh")
        except BaseException:
            for name in new.values():
                self._delete(name)
            raise
        self._swap(old, new)
        self._fill(tail(), new)
        if not keep:
            for held in old.values():
                if held is not None:
                    self._delete(held)
        return new

    def _fill(self, documents: Iterable[Document], into: Mapping[Collection, str]) -> None:
        rest = iter(documents)
        while chunk := list(islice(rest, _CHUNK)):
            rejected = self._index.write(chunk, into=into)
            if rejected:
                raise Quarantined("index_rejected", rejected[0].reason)

    def _swap(self, old: Mapping[Collection, str | None], new: Mapping[Collection, str]) -> None:
        actions: list[dict[str, Any]] = []
        for collection, name in new.items():
            alias, held = self._index.alias(collection), old[collection]
            if held is not None:
                actions.append({"remove": {"index": held, "alias": alias}})
            actions.append({"add": {"index": name, "alias": alias, "is_write_index": True}})
        self._cluster.call("POST", "/_aliases", {"actions": actions})

    def _missing_analyzers(self) -> frozenset[str]:
        missing = missing_analyzers(self._cluster)
        for name in sorted(missing):
            _log.warning(
                "Elasticsearch has no analyzer %s: using %s, which knows no word forms", name, FALLBACK
            )
        return missing

    def _behind(self, alias: str) -> str | None:
        """The index behind an alias. Raises Stop when the name is an index itself."""
        try:
            found = self._cluster.call("GET", f"/{alias}", filter_path="*.aliases")
        except MissingError:
            return None
        names = sorted(found)
        if alias in names:
            raise Stop(
                f"In Elasticsearch {alias} is an index, not an alias: remove it or choose another prefix"
            )
        return names[-1] if names else None

    def _create(
        self,
        name: str,
        collection: Collection,
        missing: frozenset[str],
        aliases: Mapping[str, Any] | None = None,
    ) -> None:
        chosen = settings(
            shards=self._shards,
            replicas=self._replicas,
            refresh_interval=self._refresh_interval,
            missing=missing,
        )
        body = {
            "settings": {"index": chosen},
            "mappings": mapping(collection, missing),
            "aliases": dict(aliases or {}),
        }
        self._cluster.call("PUT", f"/{name}", body)

    def _delete(self, name: str) -> None:
        self._cluster.call("DELETE", f"/{name}", ignore_unavailable="true")


def _next(alias: str, held: str | None) -> str:
    found = _NUMBERED.fullmatch(held) if held else None
    return f"{alias}-{int(found.group(2)) + 1 if found else 1:06}"


def _covers(held: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """True when every wanted field is held; settings of a field that is there are not compared."""
    for name, field in wanted.items():
        if name not in held:
            return False
        for below in ("properties", "fields"):
            if below in field and not _covers(held[name].get(below, {}), field[below]):
                return False
    return True
