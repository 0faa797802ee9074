"""One query language, every backend: the same hits in the same order (NEWEST), the same set (RELEVANCE).

The corpus has articles, claims and exchanges in three languages; a line of queries.tsv is a collection, a query and
the ids that it finds, newest first.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.query import Collection, Document, Index, Query, Sort
from tests.contract.indices import BACKENDS, opened

DATA = Path(__file__).parents[1] / "data/search"
QUERIES = [
    tuple(line.split("\t")) for line in (DATA / "queries.tsv").read_text(encoding="utf-8").splitlines()
]


def _corpus() -> list[Document]:
    lines = (DATA / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    return [Document(**{**d, "collection": Collection(d["collection"])}) for d in map(json.loads, lines)]


@pytest.fixture(scope="module", params=BACKENDS)
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    for made in opened(request.param, tmp_path_factory.mktemp("index"), request):
        made.apply(_corpus())
        made.refresh()
        yield made


def test_the_suite_has_at_least_150_queries() -> None:
    assert len(set(QUERIES)) >= 150


@pytest.mark.parametrize(("collection", "text", "expected"), QUERIES, ids=lambda value: value[:40])
def test_a_query_finds_these_documents_in_this_order(
    index: Index, collection: str, text: str, expected: str
) -> None:
    newest = index.search(Query(collection=Collection(collection), text=text, limit=100))
    ranked = index.search(Query(collection=Collection(collection), text=text, limit=100, sort=Sort.RELEVANCE))
    assert [hit.id for hit in newest.hits] == expected.split()
    assert sorted(hit.id for hit in ranked.hits) == sorted(expected.split())
    assert newest.total == ranked.total == len(expected.split())
    assert newest.next is None


@pytest.mark.parametrize(("collection", "text", "expected"), QUERIES, ids=lambda value: value[:40])
def test_highlights_lie_inside_their_fragment_and_the_fragment_in_its_field(
    index: Index, collection: str, text: str, expected: str
) -> None:
    for hit in index.search(Query(collection=Collection(collection), text=text, limit=100)).hits:
        fields = [hit.body, *(row for row in hit.body.get("claimants", []) if isinstance(row, dict))]
        for lit in hit.highlights:
            assert lit.matches
            assert any(lit.fragment in str(field.get(lit.field, "")) for field in fields)
            for start, end in lit.matches:
                assert 0 <= start < end <= len(lit.fragment)
                assert lit.fragment[start].isalnum()
                assert lit.fragment[start:end].strip() == lit.fragment[start:end]


@pytest.mark.parametrize(
    ("text", "article", "words"),
    [
        ("prisoners", "a04", ["prisoners", "prisoners"]),
        ("prison*", "a02", ["prisoners"]),
        ("O'Neil", "a04", ["O'Neil"]),
        ("обміни", "a05", ["обмін", "Обмін"]),
        ("об'єднаних", "a05", ["Об’єднаних"]),
        ("очень", "a12", ["о́чень"]),
        ("самолет", "a12", ["Самолёт"]),
        ("border exchange", "a04", ["exchange", "border"]),
    ],
)
def test_the_exact_words_are_highlighted(index: Index, text: str, article: str, words: list[str]) -> None:
    hits = index.search(Query(collection=Collection.ARTICLES, text=text, limit=100)).hits
    lit = next(hit.highlights for hit in hits if hit.id == article)
    assert [h.fragment[start:end] for h in lit for start, end in h.matches] == words


def test_pages_of_two_give_the_same_hits_as_one_page(index: Index) -> None:
    for sort in Sort:
        whole = index.search(
            Query(collection=Collection.ARTICLES, text="exchange OR обмен OR обмін", sort=sort)
        )
        ids: list[str] = []
        after = None
        while True:
            page = index.search(
                Query(
                    collection=Collection.ARTICLES,
                    text="exchange OR обмен OR обмін",
                    sort=sort,
                    limit=2,
                    after=after,
                )
            )
            ids += [hit.id for hit in page.hits]
            assert page.total == whole.total
            after = page.next
            if after is None:
                break
        assert ids == [hit.id for hit in whole.hits]
