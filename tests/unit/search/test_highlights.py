"""Fragments and matches that our own highlighter and Elasticsearch's copy give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.model import Language
from search.fields import Text
from search.highlights import FRAGMENT, highlights
from search.index.elastic_text import CLOSE, OPEN, copy, highlight
from search.language import parse
from search.query import Collection, Highlight


def _shown(query: str, value: str, language: Language = Language.EN) -> list[tuple[str, list[str]]]:
    text = Text(column="text", key="text", language=language, value=value)
    found = highlights(parse(query, Collection.ARTICLES), [text])
    return [(lit.fragment, [lit.fragment[a:b] for a, b in lit.matches]) for lit in found]


@pytest.mark.parametrize(
    ("query", "value", "matches"),
    [
        ("swap", "A swap, swaps and swapping.", ["swap", "swaps", "swapping"]),
        ('"prisoners of war"', "prisoners of peace; Prisoners of war", ["Prisoners of war"]),
        ("war OR wars", "😀 war", ["war"]),
        ("swap -deal", "a swap and a deal", ["swap"]),
        ("title:swap", "a swap", []),
        ("text:swap", "a swap", ["swap"]),
        ("exch*", "exchange exchequer echo", ["exchange", "exchequer"]),
        ("lang:en", "lang en", []),
        ("NOT (NOT swap)", "a swap", ["swap"]),
        ('a "a b"', "a b a", ["a b", "a"]),
    ],
)
def test_the_words_that_were_found_are_marked(query: str, value: str, matches: list[str]) -> None:
    assert [word for _, found in _shown(query, value) for word in found] == matches


def test_a_long_text_is_shown_in_two_fragments_of_whole_words() -> None:
    filler = " ".join(["filler"] * 200)
    shown = _shown("needle", f"{filler} needle {filler} needle {filler} needle")
    assert len(shown) == 2
    for fragment, matches in shown:
        assert matches == ["needle"]
        assert len(fragment) <= FRAGMENT
        assert set(fragment.split()) <= {"filler", "needle"}


@given(st.text(), st.sampled_from(list(Language)))
def test_any_text_is_highlighted_inside_its_bounds(value: str, language: Language) -> None:
    text = Text(column="text", key="text", language=language, value=value)
    for query in ("a*", "0 OR и OR й", '"a b"'):
        for lit in highlights(parse(query, Collection.ARTICLES), [text]):
            assert lit.fragment in value
            assert all(0 <= start < end <= len(lit.fragment) for start, end in lit.matches)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Об’єднані. Ёж!", "Об'єднані. Еж!"),
        ("a.b c_d 1,994", "a b c d 1 994"),
        ("о́чень", "очень"),
        ("й", "й"),
        ("x\x00y 😀", "x y  "),
        ("line\nline", "line\nline"),
        ("End. Next", "End. Next"),
    ],
)
def test_the_copy_for_elasticsearch_holds_our_words(text: str, expected: str) -> None:
    assert copy(text).text == expected


@given(st.text(alphabet="ab яйёєʼ’'.́̆_😀\n", max_size=60))
def test_every_word_of_a_copy_leads_back_to_its_place(text: str) -> None:
    made = copy(text)
    if made.positions is not None:
        assert len(made.positions) == len(made.text)
        assert list(made.positions) == sorted(set(made.positions))


def test_a_marked_fragment_of_the_copy_becomes_a_fragment_of_the_text() -> None:
    text = "Тест. Про́стий об’єкт 😀 тут."
    marked = f"Простий {OPEN}об'єкт{CLOSE}   тут."
    assert highlight("text", text, marked) == Highlight(
        field="text", fragment="Про́стий об’єкт 😀 тут.", matches=((9, 15),)
    )


def test_a_fragment_of_another_text_is_not_shown() -> None:
    assert highlight("text", "one", f"{OPEN}two{CLOSE}") is None
