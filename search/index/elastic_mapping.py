"""Index settings and mappings for Elasticsearch, and documents in their shape. Pure.

One index a collection, strict: a field that is not declared here is refused. The body is stored and not indexed; what is
searched is the view of it (`search.fields`), in fields of the same shape for every collection.
"""

from collections.abc import Mapping
from typing import Any

from processors.model import Language
from search.analysis import tokens
from search.fields import FIELDS, FieldType, view
from search.index.elastic_text import copy
from search.query import Collection, Document

#: Raise it when the mapping changes: `obmin indices` then asks for a rebuild.
SCHEMA = 1
COLUMNS = ("title", "text")
#: Analyzers of Elasticsearch by language; each is also the name of the subfield that holds the stems.
ANALYZERS: Mapping[Language, str] = {Language.EN: "english", Language.RU: "russian", Language.UK: "ukrainian"}
#: What stands in for an analyzer that the cluster lacks.
FALLBACK = "standard"
#: Fields for the stems of our own, beside those of the cluster: the Ukrainian analyzer is a dictionary, which leaves names that
#: it does not know as they are, and the Russian one splits `обмен` in two. So every word has the forms that the embedded
#: index knows, also where the Ukrainian plugin is missing.
OWN_STEMS: Mapping[Language, str] = {Language.RU: "ru_own", Language.UK: "uk_own"}


def _text(language: Language, missing: frozenset[str]) -> dict[str, Any]:
    surface: dict[str, Any] = {"type": "text", "analyzer": "standard", "index_options": "offsets"}
    name = ANALYZERS.get(language)
    if name is None:
        return surface
    analyzer = FALLBACK if name in missing else f"obmin_{name}"
    return {**surface, "fields": {name: {"type": "text", "analyzer": analyzer, "index_options": "offsets"}}}


def range_fields(collection: Collection) -> tuple[str, ...]:
    """Names of the collection's fields that hold ranges."""
    return tuple(
        sorted(
            name
            for name, entry in FIELDS[collection].items()
            if entry.type in (FieldType.NUMBER, FieldType.DATE)
        )
    )


def mapping(collection: Collection, missing: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The mapping of a collection's index; `missing` are analyzers that the cluster lacks."""
    languages = {
        "properties": {
            **{language.value: _text(language, missing) for language in Language},
            **{name: {"type": "text", "analyzer": "whitespace"} for name in OWN_STEMS.values()},
        }
    }
    return {
        "dynamic": "strict",
        "_meta": {"obmin_schema": SCHEMA, "missing_analyzers": sorted(missing)},
        "properties": {
            "id": {"type": "keyword"},
            "at": {"type": "long"},
            "body": {"type": "object", "enabled": False},
            "keywords": {"type": "keyword"},
            **dict.fromkeys(COLUMNS, languages),
            "ranges": {"properties": {name: {"type": "long_range"} for name in range_fields(collection)}},
        },
    }


def settings(
    *, shards: int, replicas: int, refresh_interval: str, missing: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Settings of a new index.

    The refresh interval is explicit, since an idle shard without one stops refreshing. Stop words stay, so that a phrase
    means all its words.
    """
    analyzers = {
        f"obmin_{name}": {"type": name, "stopwords": "_none_"}
        for name in ANALYZERS.values()
        if name not in missing
    }
    return {
        "analysis": {"analyzer": analyzers},
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        "refresh_interval": refresh_interval,
    }


def source(document: Document) -> dict[str, Any]:
    """A document as it is stored."""
    seen = view(document)
    columns: dict[str, dict[str, list[str]]] = {column: {} for column in COLUMNS}
    for text in seen.texts:
        columns[text.column].setdefault(text.language.value, []).append(copy(text.value).text)
        if text.language in OWN_STEMS:
            own = " ".join(token.stem for token in tokens(text.value, text.language))
            columns[text.column].setdefault(OWN_STEMS[text.language], []).append(own)
    ranges: dict[str, list[dict[str, int]]] = {}
    for name, low, high in sorted(seen.ranges):
        ranges.setdefault(name, []).append({"gte": low, "lte": high})
    return {
        "id": document.id,
        "at": document.at,
        "body": document.body,
        "keywords": sorted(seen.keywords),
        **{column: by_language for column, by_language in columns.items() if by_language},
        "ranges": ranges,
    }
