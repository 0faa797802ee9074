"""The query language: what is an error, where, and what is read as words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.language import (
    MAX_CONDITIONS,
    MAX_LENGTH,
    MAX_NESTING,
    And,
    Keyword,
    Node,
    Not,
    Or,
    Range,
    Words,
    parse,
)
from search.query import Collection, QueryError


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ('"never closed', 1, "not closed"),
        ('swap "', 6, "not closed"),
        ("(swap", 1, "not closed"),
        ("a (b (c)", 3, "not closed"),
        ("swap)", 5, "no \\( for this"),
        ("AND", 1, "AND needs"),
        ("AND b", 1, "AND needs"),
        ("a AND", 3, "AND needs"),
        ("a AND OR b", 3, "AND needs"),
        ("OR", 1, "OR needs"),
        ("OR b", 1, "OR needs"),
        ("a OR", 3, "OR needs"),
        ("(a OR)", 4, "OR needs"),
        ("a OR OR b", 6, "OR needs"),
        ("NOT", 1, "NOT needs"),
        ("a NOT", 3, "NOT needs"),
        ("NOT AND b", 1, "NOT needs"),
        ("f*o", 1, "only stand at the end"),
        ("*foo", 1, "only stand at the end"),
        ("speker:lubinets", 1, "no field speker; there are"),
        ("a disputed:true", 3, "claims have no field disputed"),
        ("ua:many", 4, "whole number"),
        ("ua:", None, ""),
        ("ua:3.5", 4, "whole number"),
        ("ua:>", 4, "whole number"),
        ("ua:[1 2]", 4, r"ua:\[LOW TO HIGH\]"),
        ("ua:[5 TO 1]", 4, "ends before it starts"),
        ("date:2024-13", 6, "needs a date"),
        ("date:2024-02-30", 6, "needs a date"),
        ("date:99999", 6, "needs a date"),
        ("date:yesterday", 6, "needs a date"),
        ("kind:>denial", 6, "has no order"),
        ("speaker:[a TO b]", 9, "has no order"),
        ("speaker:-", 9, "needs a word"),
        ("x" * (MAX_LENGTH + 1), MAX_LENGTH, "longer than"),
        ("(" * (MAX_NESTING + 1), MAX_NESTING + 1, "nested more than"),
        ("a " * (MAX_CONDITIONS + 1), None, "more than"),
    ],
)
def test_what_makes_no_sense_is_an_error_with_its_column(text: str, column: int | None, message: str) -> None:
    if not message:
        assert parse(text, Collection.CLAIMS) == Words(field=None, words=("ua",))
        return
    with pytest.raises(QueryError, match=message) as raised:
        parse(text, Collection.CLAIMS)
    assert column in (None, raised.value.column)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("?! — …", ()),
        ("- & / *", ()),
        ("Hello, world!", ("hello", "world")),
        ("and or not to", ("and", "or", "not", "to")),
        ("Zelensky: we will", ("zelensky", "we", "will")),
        ("note to self", ("note", "to", "self")),
        ("a - b", ("a", "b")),
        ("ANDREW ORWELL NOTHING", ("andrew", "orwell", "nothing")),
        ("«обмін» [sic] {x} ^2 ~3", ("обмін", "sic", "x", "2", "3")),
        ("a\x00b", ("a", "b")),
        ("'' \\ ;", ()),
        ("NEAR(a b)", ("near", "a", "b")),
    ],
)
def test_plain_punctuation_reads_as_space(text: str, expected: tuple[str, ...]) -> None:
    parsed = parse(text, Collection.CLAIMS)
    assert _words(parsed) == expected


def _words(node: Node) -> tuple[str, ...]:
    if isinstance(node, And):
        return tuple(word for part in node.parts for word in _words(part))
    return node.words if isinstance(node, Words) else ()


def test_precedence_is_not_then_and_then_or() -> None:
    a, b, c = (Words(field=None, words=(word,)) for word in "abc")
    assert parse("a b OR NOT c", Collection.CLAIMS) == Or(parts=(And(parts=(a, b)), Not(part=c)))
    assert parse("a (b OR c)", Collection.CLAIMS) == And(parts=(a, Or(parts=(b, c))))
    assert parse("NOT (NOT a)", Collection.CLAIMS) == parse("--a", Collection.CLAIMS) == a
    assert parse("-a -(b c)", Collection.CLAIMS) == And(parts=(Not(part=a), Not(part=And(parts=(b, c)))))


@pytest.mark.parametrize(
    ("text", "name", "value", "prefix"),
    [
        ("kind:denial", "kind", "denial", False),
        ("KIND:Denial", "kind", "denial", False),
        ('kind:"denial"', "kind", "denial", False),
        ("kind:den*", "kind", "den", True),
        ("side:UA", "speaker_side", "ua", False),
        ("lang:uk", "language", "uk", False),
        ("ratio:75:75", "ratio", "75:75", False),
        ("speaker:*", "speaker", "", True),
    ],
)
def test_keywords(text: str, name: str, value: str, prefix: bool) -> None:
    parsed = parse(text, Collection.CLAIMS)
    assert isinstance(parsed, Keyword)
    assert (parsed.field.name, parsed.value, parsed.prefix) == (name, value, prefix)


JANUARY = (1704067200000, 1706745599999)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("ua:5", 5, 5),
        ("ua:>=5", 5, 2**53),
        ("ua:>5", 6, 2**53),
        ("ua:<5", -(2**53), 4),
        ("ua:<=5", -(2**53), 5),
        ("ua:[2 TO 5]", 2, 5),
        ("ua:{2 TO 5}", 3, 4),
        ("ua:[2 TO 5}", 2, 4),
        ("ua:[* TO 5]", -(2**53), 5),
        ("ua:*", -(2**53), 2**53),
        ("ua:1,994", 1994, 1994),
        ('ua:"5"', 5, 5),
        ("date:2024-01", *JANUARY),
        ("date:[2024-01-01 TO 2024-01-31]", *JANUARY),
        ("date:[2024-01 TO 2024-01]", *JANUARY),
        ("date:{2023 TO 2024-02}", *JANUARY),
        ("published:2024-01-01T00:00:00Z", JANUARY[0], JANUARY[0]),
        ("published:2024-01-01T02:00:00+02:00", JANUARY[0], JANUARY[0]),
        ("date:<2024", -(2**53), JANUARY[0] - 1),
        ("date:>2024-01", JANUARY[1] + 1, 2**53),
    ],
)
def test_ranges(text: str, low: int, high: int) -> None:
    parsed = parse(text, Collection.CLAIMS)
    assert isinstance(parsed, Range)
    assert (parsed.low, parsed.high) == (low, high)


@settings(deadline=1000)
@given(st.text(max_size=MAX_LENGTH + 10))
def test_any_text_is_a_tree_or_a_query_error(text: str) -> None:
    for collection in (Collection.CLAIMS, Collection.OUTCOMES):
        try:
            parse(text, collection)
        except QueryError as error:
            assert str(error)  # noqa: PT017  both ends are right


@given(
    st.lists(
        st.sampled_from(["(", ")", "a", "-", "NOT ", "AND ", "OR ", '"', "ua:", ">", "*", " "]), max_size=300
    )
)
def test_any_mixture_of_syntax_is_a_tree_or_a_query_error(parts: list[str]) -> None:
    try:
        parse("".join(parts), Collection.CLAIMS)
    except QueryError as error:
        assert error.column >= 1  # noqa: PT017  both ends are right
