"""An `Index` in memory that evaluates the query tree over views: the plainest reading of the language, held to the same
contract and the same conformance suite as the real backends."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from processors.codec import decode, encode
from search import cursors
from search.analysis import stem, tokens
from search.fields import ANY, FieldType, Text, View, check_filters, view
from search.highlights import highlights
from search.language import And, Everything, Keyword, Node, Not, Or, Range, Words, parse
from search.query import Collection, Document, Hit, Page, Query, Sort

TITLES = ("title", "label", "name")


class MemoryIndex:
    """Everything in a dict; relevance is the number of words found, four times as much in a title."""

    def __init__(self) -> None:
        self._held: dict[tuple[Collection, str], Document] = {}

    def apply(self, documents: Sequence[Document]) -> None:
        for document in documents:
            key = (document.collection, document.id)
            if key not in self._held or self._held[key].version <= document.version:
                self._held[key] = document

    def refresh(self) -> None:
        """Nothing waits."""

    def get(self, collection: Collection, id: str) -> Mapping[str, Any] | None:  # noqa: A002  the contract's name
        held = self._held.get((collection, id))
        return None if held is None else _body(held)

    def search(self, query: Query) -> Page:
        node = parse(query.text, query.collection)
        check_filters(dict(query.where))
        found = []
        for document in self._of(query.collection, dict(query.where)):
            seen = view(document)
            if _matches(node, seen):
                body = _body(document)
                lit = highlights(node, seen.texts)
                weighted = sum(len(h.matches) * (4 if h.field in TITLES else 1) for h in lit)
                score = float(weighted) if query.sort is Sort.RELEVANCE else 0.0
                hit = Hit(id=document.id, body=body, score=score, highlights=lit)
                found.append(((-score, -document.at, document.id), hit))
        found.sort(key=lambda pair: pair[0])
        rest = found
        if query.after is not None:
            last = tuple(cursors.decode(query.sort, query.after, ((int, float), int, str)))
            rest = [pair for pair in found if pair[0] > last]
        page = rest[: query.limit]
        after = cursors.encode(query.sort, page[-1][0]) if len(rest) > len(page) else None
        return Page(hits=tuple(hit for _, hit in page), total=len(found), next=after)

    def counts(
        self, collection: Collection, field: str, where: Mapping[str, str] | None = None
    ) -> Mapping[str, int]:
        check_filters({**(where or {}), field: ""})
        found = Counter(
            keyword.removeprefix(f"{field}=")
            for document in self._of(collection, where or {})
            for keyword in view(document).keywords
            if keyword.startswith(f"{field}=")
        )
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    def close(self) -> None:
        """Nothing is held open."""

    def _of(self, collection: Collection, where: Mapping[str, str]) -> list[Document]:
        wanted = {f"{name}={value}" for name, value in where.items()}
        return [d for (c, _), d in self._held.items() if c is collection and wanted <= view(d).keywords]


def _body(document: Document) -> Mapping[str, Any]:
    return decode(dict, encode(document.body))


def _matches(node: Node, seen: View) -> bool:
    match node:
        case Everything():
            return True
        case Words():
            return _said(node, seen)
        case Keyword():
            return _has(seen, f"{node.field.name}~{node.value}", prefix=node.prefix)
        case Range():
            return any(
                n == node.field.name and lo <= node.high and hi >= node.low for n, lo, hi in seen.ranges
            )
        case Not():
            return not _matches(node.part, seen)
        case And():
            return all(_matches(part, seen) for part in node.parts)
        case Or():
            return any(_matches(part, seen) for part in node.parts)


def _has(seen: View, keyword: str, *, prefix: bool = False) -> bool:
    return any(k.startswith(keyword) for k in seen.keywords) if prefix else keyword in seen.keywords


def _said(node: Words, seen: View) -> bool:
    if node.field is None:
        return any(_in(node, text) for text in seen.texts) or _named(ANY, node, seen)
    if node.field.type is FieldType.TEXT:
        return any(_in(node, text) for text in seen.texts if text.column == node.field.name)
    return _named(node.field.name, node, seen)


def _named(name: str, node: Words, seen: View) -> bool:
    *first, last = node.words
    return all(_has(seen, f"{name}~{word}") for word in first) and _has(
        seen, f"{name}~{last}", prefix=node.prefix
    )


def _in(node: Words, text: Text) -> bool:
    found = list(tokens(text.value, text.language))
    size = len(node.words)
    surfaces = [
        tuple(token.surface for token in found[at : at + size]) for at in range(len(found) - size + 1)
    ]
    if node.prefix:
        *first, last = node.words
        return any(s[:-1] == tuple(first) and s[-1].startswith(last) for s in surfaces)
    if node.words in surfaces:
        return True
    wanted = tuple(stem(word, text.language) for word in node.words)
    stemmed = [tuple(token.stem for token in found[at : at + size]) for at in range(len(found) - size + 1)]
    return text.language.value in ("en", "ru", "uk") and wanted in stemmed
