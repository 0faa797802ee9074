"""Forms of one word share a stem, different words do not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.model import Language
from search.stemming import stem, ukrainian

UKRAINIAN = [
    "обмін обміну обміни обмінів обміном обмінами обмінах обміні",
    "полонений полоненого полоненому полоненим полонені полонених полоненими полонена полонену",
    "військовополонений військовополонені військовополонених військовополоненими",
    "україна україни україні україну україною",
    "звільнення звільненню звільненням звільнень",
    "порушення порушень порушенням порушенні",
    "катування катувань катуванням",
    "українець українця українці українців українцями",
    "лубінець лубінця лубінцю лубінцем",
    "зеленський зеленського зеленському зеленським",
    "список списку списки списків списком",
    "повідомив повідомила повідомили повідомити повідомило",
    "сказав сказала сказали сказати",
    "повернувся повернулася повернулись повернулися повернути повернула",
    "домовленість домовленості домовленостей домовленістю",
    "росія росії росію росією",
    "захисник захисника захисники захисників захисниками",
    "солдат солдата солдати солдатів солдатами",
    "генерал генерала генерали генералів",
    "емірати еміратів еміратами еміратах",
    "тіло тіла тіл тілами",
    "жінка жінки жінку жінок",
    "переговори переговорів переговорам переговорах",
    "київ києва києву києві києвом",
    "цивільний цивільні цивільних цивільними",
    "відмова відмови відмову відмовою",
    "січень січня січні",
    "день дня дні днів днем",
    "сторона сторони стороні стороною",
    "харків харкова харкові",
    "чернігів чернігова чернігові",
    "об'єднання об'єднань об'єднанням",
]


@pytest.mark.parametrize("forms", UKRAINIAN)
def test_forms_of_a_ukrainian_word_have_one_stem(forms: str) -> None:
    assert len({ukrainian(form) for form in forms.split()}) == 1


def test_different_ukrainian_words_have_different_stems() -> None:
    found = sorted(ukrainian(forms.split()[0]) for forms in UKRAINIAN)
    assert all(one != other for one, other in pairwise(found))


@pytest.mark.parametrize("word", ["рік", "ліс", "що", "і", "їх", "я", "", "49", "нато", "а", "тсн"])
def test_short_words_keep_at_least_their_beginning(word: str) -> None:
    assert word.startswith(ukrainian(word))
    assert ukrainian(word) or not word


@pytest.mark.parametrize("pair", [("рік", "рик"), ("кіт", "кит"), ("ліс", "лис"), ("їсти", "істи")])
def test_ukrainian_letters_that_tell_words_apart_are_kept(pair: tuple[str, str]) -> None:
    assert ukrainian(pair[0]) != ukrainian(pair[1])


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        (Language.EN, "exchange exchanges exchanged exchanging exchange's"),
        (Language.EN, "negotiate negotiated negotiating"),
        (Language.RU, "обмен обмена обмены обменов обменом обмену обмене обменами"),
        (Language.RU, "список списки списков"),
        (Language.RU, "лубинец лубинца лубинцу лубинцом"),
        (Language.RU, "доброволец добровольца добровольцы"),
        (Language.RU, "украинец украинца украинцы"),
        (Language.RU, "день дня дней"),
        (Language.RU, "военнопленный военнопленные военнопленных военнопленными"),
        (Language.RU, "сообщил сообщила сообщили"),
    ],
)
def test_forms_of_english_and_russian_words_have_one_stem(language: Language, forms: str) -> None:
    assert len({stem(form, language) for form in forms.split()}) == 1


@pytest.mark.parametrize("language", [Language.PL, Language.OTHER])
def test_a_language_without_a_stemmer_keeps_its_words(language: Language) -> None:
    assert stem("jeńcy", language) == "jeńcy"


@given(st.text(max_size=30))
def test_any_text_has_a_stem_that_is_not_longer(word: str) -> None:
    assert len(ukrainian(word)) <= len(word)
