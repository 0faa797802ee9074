"""The query language compiled to Elasticsearch's query DSL. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from processors.model import Language
from search.fields import ALL, ANY, FieldType
from search.index.elastic_mapping import ANALYZERS, COLUMNS, OWN_STEMS
from search.index.elastic_text import CLOSE, OPEN
from search.language import And, Everything, Keyword, Node, Not, Or, Words
from search.ranges import Range
from search.stemming import stem

Json = dict[str, Any]

#: A match in a title counts this many times one in a text.
_BOOST = {"title": 4.0, "text": 1.0}
#: How many words a prefix at the end of a phrase may stand for.
_EXPANSIONS = 1000
_FRAGMENT = 240
_FRAGMENTS = 2
#: Longer texts are highlighted at their beginning only; without this Elasticsearch refuses them.
_ANALYZED = 999_999


def _keyword(token: str, *, prefix: bool = False) -> Json:
    """A condition that does not change the score."""
    found = {"prefix" if prefix else "term": {"keywords": {"value": token}}}
    return {"constant_score": {"filter": found, "boost": 0.0}}


def _surfaces(column: str) -> list[str]:
    return [f"{column}.{language.value}" for language in Language]


def _stems(column: str) -> list[str]:
    return [f"{column}.{language.value}.{analyzer}" for language, analyzer in ANALYZERS.items()]


def _word(columns: Iterable[str], node: Words) -> Json:
    if node.prefix:
        clauses = [
            {"prefix": {name: {"value": node.words[0], "boost": _BOOST[column]}}}
            for column in columns
            for name in _surfaces(column)
        ]
        return {"dis_max": {"queries": clauses}}
    fields = [
        f"{name}^{_BOOST[column]}" for column in columns for name in (*_surfaces(column), *_stems(column))
    ]
    return {
        "multi_match": {"query": node.words[0], "fields": fields, "type": "best_fields", "operator": "and"}
    }


def _phrase(columns: Iterable[str], node: Words) -> Json:
    kind = "phrase_prefix" if node.prefix else "phrase"
    fields = [
        f"{name}^{_BOOST[column]}"
        for column in columns
        for name in (_surfaces(column) if node.prefix else (*_surfaces(column), *_stems(column)))
    ]
    query: Json = {"query": " ".join(node.words), "fields": fields, "type": kind}
    if node.prefix:
        query["max_expansions"] = _EXPANSIONS
    return {"multi_match": query}


def _own_stems(columns: tuple[str, ...], node: Words) -> list[Json]:
    found = []
    for language, name in OWN_STEMS.items():
        fields = [f"{column}.{name}^{_BOOST[column]}" for column in columns]
        words = " ".join(stem(word, language) for word in node.words)
        found.append({"multi_match": {"query": words, "fields": fields, "type": "phrase"}})
    return found


def _stemmed(columns: tuple[str, ...], node: Words) -> Json:
    found = _word(columns, node) if len(node.words) == 1 else _phrase(columns, node)
    return found if node.prefix else {"dis_max": {"queries": [found, *_own_stems(columns, node)]}}


def _named(name: str, node: Words) -> Json:
    last = len(node.words) - 1
    words = [
        _keyword(f"{name}~{word}", prefix=node.prefix and n == last) for n, word in enumerate(node.words)
    ]
    return words[0] if len(words) == 1 else {"bool": {"must": words}}


def _words(node: Words) -> Json:
    if node.field is None:
        return {"bool": {"should": [_stemmed(COLUMNS, node), _named(ANY, node)], "minimum_should_match": 1}}
    if node.field.type is FieldType.TEXT:
        return _stemmed((node.field.name,), node)
    return _named(node.field.name, node)


def _overlaps(node: Range) -> Json:
    bounds = {"gte": node.low, "lte": node.high, "relation": "intersects"}
    return {"constant_score": {"filter": {"range": {f"ranges.{node.field.name}": bounds}}, "boost": 0.0}}


def compiled(node: Node) -> Json:
    """A tree as query DSL; only words count for the score."""
    match node:
        case Everything():
            return _keyword(ALL)
        case Words():
            return _words(node)
        case Keyword():
            return _keyword(f"{node.field.name}~{node.value}", prefix=node.prefix)
        case Range():
            return _overlaps(node)
        case Not():
            return {"bool": {"must": [_keyword(ALL)], "must_not": [compiled(node.part)]}}
        case And():
            return {"bool": {"must": [compiled(part) for part in node.parts]}}
        case Or():
            return {"bool": {"should": [compiled(part) for part in node.parts], "minimum_should_match": 1}}


def filters(where: Mapping[str, str]) -> list[Json]:
    """Exact filters."""
    return [{"term": {"keywords": {"value": f"{name}={value}"}}} for name, value in sorted(where.items())]


def selected(node: Node, where: Mapping[str, str]) -> Json:
    """The documents of a query."""
    return {"bool": {"must": [compiled(node)], "filter": filters(where)}}


def highlighting() -> Json:
    """Fragments of both columns in every language, by the unified highlighter on the stored offsets."""
    fields: Json = {}
    for column in COLUMNS:
        for language in Language:
            name = f"{column}.{language.value}"
            stems = [f"{name}.{ANALYZERS[language]}"] if language in ANALYZERS else []
            fields[name] = {"matched_fields": stems} if stems else {}
    return {
        "type": "unified",
        "boundary_scanner": "sentence",
        "boundary_scanner_locale": "und",
        "fragment_size": _FRAGMENT,
        "number_of_fragments": _FRAGMENTS,
        "order": "none",
        "max_analyzed_offset": _ANALYZED,
        "pre_tags": [OPEN],
        "post_tags": [CLOSE],
        "fields": fields,
    }
