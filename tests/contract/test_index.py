"""The contract of `Index`, on every backend."""

from collections.abc import Iterator
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.query import Collection, Document, Index, Query, QueryError, Sort
from tests.contract.indices import BACKENDS, opened


@pytest.fixture(scope="module", params=BACKENDS)
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    yield from opened(request.param, tmp_path_factory.mktemp("index"), request)


def _article(name: str, version: int = 1, at: int = 1, **body: object) -> Document:
    made = {
        "id": name,
        "title": "A title",
        "text": "Some text",
        "language": "en",
        "outlet": "harbour",
        **body,
    }
    return Document(collection=Collection.ARTICLES, id=name, version=version, at=at, body=made)


def _ids(index: Index, text: str = "", **query: object) -> list[str]:
    return [hit.id for hit in index.search(Query(collection=Collection.ARTICLES, text=text, **query)).hits]


def _apply(index: Index, *documents: Document) -> None:
    index.apply(documents)
    index.refresh()


def test_a_document_is_found_and_got_as_it_was_written(index: Index) -> None:
    written = _article("plain", text="A zeppelin 😀 landed", nested={"a": [1, {"b": None}]}, n=3, f=1.5)
    _apply(index, written)
    assert index.get(Collection.ARTICLES, "plain") == written.body
    [hit] = index.search(Query(collection=Collection.ARTICLES, text="zeppelins")).hits
    assert (hit.id, hit.body) == ("plain", written.body)


@pytest.mark.parametrize("name", ["", "nobody", "x" * 600, "a/b?c#d", "\x00", "ї"])
def test_a_document_that_is_not_there_is_none(index: Index, name: str) -> None:
    assert index.get(Collection.ARTICLES, name) is None


def test_the_same_id_in_another_collection_is_another_document(index: Index) -> None:
    _apply(index, _article("shared"))
    assert index.get(Collection.CLAIMS, "shared") is None


@pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
def test_the_highest_version_stays_in_whatever_order_they_come(index: Index, order: tuple[int, ...]) -> None:
    name = f"versions{''.join(map(str, order))}"
    for version in (*order, *order):
        _apply(index, _article(name, version, at=version, text=f"{name} edition{version}"))
    assert index.get(Collection.ARTICLES, name) == _article(name, 3, text=f"{name} edition3").body
    assert _ids(index, f"{name} edition3") == [name]
    assert _ids(index, f"{name} edition1") == _ids(index, f"{name} edition2") == []


def test_several_versions_in_one_call_leave_the_highest(index: Index) -> None:
    _apply(
        index, _article("burst", 2, text="second"), _article("burst", 3, text="third"), _article("burst", 1)
    )
    assert index.get(Collection.ARTICLES, "burst") == _article("burst", text="third").body


def test_a_changed_keyword_and_range_are_forgotten(index: Index) -> None:
    _apply(index, _article("moved", 1, outlet="oldplace", published_at="2001-01-01T00:00:00Z"))
    _apply(index, _article("moved", 2, outlet="newplace", published_at="2002-01-01T00:00:00Z"))
    assert _ids(index, where={"outlet": "oldplace"}) == _ids(index, "published:2001") == []
    assert _ids(index, where={"outlet": "newplace"}) == _ids(index, "published:2002") == ["moved"]


def test_newest_first_and_equal_times_by_id(index: Index) -> None:
    _apply(
        index,
        *(
            _article(f"order-{name}", at=at, outlet="orders")
            for name, at in (("c", 5), ("a", 5), ("d", 9), ("b", 5))
        ),
    )
    assert _ids(index, where={"outlet": "orders"}) == ["order-d", "order-a", "order-b", "order-c"]


def test_a_word_in_the_title_ranks_higher_than_one_in_a_text(index: Index) -> None:
    filler = " ".join(f"filler{n}" for n in range(40))
    _apply(
        index,
        _article("rank-text", at=9, title="Other", text=f"walrus {filler}"),
        _article("rank-title", at=1, title="A walrus", text=filler),
    )
    assert _ids(index, "walrus", sort=Sort.RELEVANCE) == ["rank-title", "rank-text"]


def test_where_filters_strings_numbers_booleans_and_members_of_lists_exactly(index: Index) -> None:
    body = {"outlet": "Filter Post", "year": 2024, "paid": True, "tags": ["one two", "three"]}
    _apply(index, _article("filtered", **body))
    for where in (
        {"outlet": "Filter Post"},
        {"year": "2024"},
        {"paid": "true"},
        {"tags": "three"},
        {"tags": "one two"},
    ):
        assert _ids(index, where=where) == ["filtered"], where
    for where in ({"outlet": "filter post"}, {"outlet": "Filter"}, {"tags": "two"}, {"no_such": "x"}):
        assert _ids(index, where=where) == [], where
    assert _ids(index, where={"outlet": "Filter Post", "paid": "false"}) == []


def test_counts_by_value_with_and_without_a_filter(index: Index) -> None:
    for n, (outlet, lang) in enumerate([("count-a", "en"), ("count-a", "uk"), ("count-b", "uk")]):
        _apply(index, _article(f"counted{n}", outlet=outlet, language=lang, tags=["x", "y"], batch="counts"))
    assert index.counts(Collection.ARTICLES, "outlet", {"batch": "counts"}) == {"count-a": 2, "count-b": 1}
    assert index.counts(Collection.ARTICLES, "outlet", {"batch": "counts", "language": "uk"}) == {
        "count-a": 1,
        "count-b": 1,
    }
    assert index.counts(Collection.ARTICLES, "tags", {"batch": "counts"}) == {"x": 3, "y": 3}
    assert index.counts(Collection.ARTICLES, "batch")["counts"] == 3
    assert index.counts(Collection.COPIES, "outlet") == {}


def test_counts_forget_values_that_no_document_has_any_more(index: Index) -> None:
    _apply(index, _article("fickle", 1, mood="glad"))
    _apply(index, _article("fickle", 2, mood="sad"))
    assert index.counts(Collection.ARTICLES, "mood") == {"sad": 1}


def test_a_page_ends_with_a_cursor_and_new_documents_do_not_shift_the_next(index: Index) -> None:
    _apply(index, *(_article(f"page{n}", at=100 - n, outlet="pages") for n in range(5)))
    query = {"where": {"outlet": "pages"}, "limit": 2}
    first = index.search(Query(collection=Collection.ARTICLES, **query))
    _apply(index, _article("page-new", at=500, outlet="pages"))
    second = index.search(Query(collection=Collection.ARTICLES, after=first.next, **query))
    third = index.search(Query(collection=Collection.ARTICLES, after=second.next, **query))
    assert [[hit.id for hit in page.hits] for page in (first, second, third)] == [
        ["page0", "page1"],
        ["page2", "page3"],
        ["page4"],
    ]
    assert third.next is None


@pytest.mark.parametrize(
    "cursor", ["", "x", "e30", "WyJuZXdlc3QiLDEsMl0", "ї", "W10", "bnVsbA", "WyJuZXdlc3QiXQ"]
)
def test_a_cursor_that_is_not_ours_is_an_error_not_a_crash(index: Index, cursor: str) -> None:
    with pytest.raises(QueryError, match="cursor"):
        _ids(index, after=cursor)


def test_a_cursor_of_the_other_order_is_an_error(index: Index) -> None:
    _apply(index, *(_article(f"cursor{n}", outlet="cursors") for n in range(3)))
    page = index.search(Query(collection=Collection.ARTICLES, where={"outlet": "cursors"}, limit=1))
    with pytest.raises(QueryError, match="another query"):
        _ids(index, after=page.next, sort=Sort.RELEVANCE)


@pytest.mark.parametrize("where", [{"a b": "x"}, {"": "x"}, {"outlet": "x" * 300}, {'out"let': "x"}])
def test_a_filter_that_no_document_can_have_is_an_error(index: Index, where: dict[str, str]) -> None:
    with pytest.raises(QueryError):
        _ids(index, where=where)


def test_an_error_in_the_text_names_the_column(index: Index) -> None:
    with pytest.raises(QueryError) as raised:
        _ids(index, 'swap "unclosed')
    assert raised.value.column == 6


def test_hostile_text_is_stored_found_and_given_back_unchanged(index: Index) -> None:
    text = 'quo"te \x1e\x1f\x00 <script>alert(1)</script> \ue000mark\ue001 ' + "long" * 200
    _apply(index, _article("hostile", text=text, outlet='a"b\x1fc', title="'; DROP TABLE document; --"))
    assert (
        index.get(Collection.ARTICLES, "hostile")
        == _article("hostile", text=text, outlet='a"b\x1fc', title="'; DROP TABLE document; --").body
    )
    assert _ids(index, "script alert") == ["hostile"]
    assert _ids(index, "drop table") == ["hostile"]


SYNTAX = st.sampled_from(
    [
        "AND",
        "OR",
        "NOT",
        "(",
        ")",
        '"',
        "-",
        ":",
        "*",
        "lang:",
        "published:",
        "[",
        "TO",
        "]",
        ">",
        "NEAR(",
        "title:",
        "^",
        "+",
        "{",
        "\x00",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SYNTAX | st.text(max_size=8), max_size=12).map(" ".join))
def test_any_text_is_answered_or_refused_with_a_query_error(index: Index, text: str) -> None:
    page, column = None, 0
    try:
        page = index.search(Query(collection=Collection.ARTICLES, text=text))
    except QueryError as error:
        column = error.column
    assert 0 <= column <= len(text) + 1
    assert page is None or page.total >= len(page.hits)


def test_the_longest_query_of_many_conditions_is_answered(index: Index) -> None:
    assert _ids(index, " OR ".join(f"w{n}" for n in range(64))) == []
    assert _ids(index, " ".join(["aaaaaaaaaaaa"] * 64)) == []
