"""Words of a text, where they stand, and how they are folded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.model import Language
from search.analysis import TOKEN, fold, tokens, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Обмін 49-й", ["обмін", "49", "й"]),
        ("об’єднання об'єднання обʼєднання об`єднання", ["об'єднання"] * 4),
        ("'quoted' ‘quoted’ ʼquotedʼ", ["quoted"] * 3),
        ("don't O’Neil’s", ["don't", "o'neil's"]),
        ("rock 'n' roll", ["rock", "n", "roll"]),
        ("5'a a'5 5'5", ["5", "a", "a", "5", "5", "5"]),
        ("1,994 3.5 10:30", ["1", "994", "3", "5", "10", "30"]),
        ("snake_case prisoner-of-war", ["snake", "case", "prisoner", "of", "war"]),
        ("Ёлка ёж", ["елка", "еж"]),
        ("їжак ґанок євро", ["їжак", "ґанок", "євро"]),
        ("за́мок о́чень", ["замок", "очень"]),
        ("й й", ["й", "й"]),
        ("é e\u0301", ["é", "é"]),
        ("😀 слово 🎉", ["слово"]),
        ("", []),
        ("— « » …", []),
    ],
)
def test_the_words_of_a_text(text: str, expected: list[str]) -> None:
    assert list(words(text)) == expected


def test_a_token_points_at_the_exact_code_points_after_characters_outside_the_bmp() -> None:
    text = "😀𝔸 Обмін"
    assert [text[token.start : token.end] for token in tokens(text, Language.UK)] == ["𝔸", "Обмін"]


def test_a_token_has_the_stem_of_the_texts_language() -> None:
    assert [t.stem for t in tokens("обмінами", Language.UK)] == ["обмін"]
    assert [t.stem for t in tokens("обмінами", Language.OTHER)] == ["обмінами"]


def test_a_very_long_word_is_cut() -> None:
    assert len(fold("a" * 5000)) == 100


@given(st.text())
def test_tokens_lie_in_order_inside_the_text_and_hold_no_space(text: str) -> None:
    end = 0
    for match in TOKEN.finditer(text):
        assert end <= match.start() < match.end()
        assert not any(character.isspace() for character in match.group())
        end = match.end()


@given(st.text(alphabet="aбїʼ'’́0_ ", max_size=40))
def test_folding_a_folded_word_changes_nothing(text: str) -> None:
    assert [fold(word) for word in words(text)] == list(words(text))
