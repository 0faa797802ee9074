import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from processors.model import Language, Span
from processors.stages.extraction.words.numerals import NumberForm, find_numbers

_EVERY = (*range(1, 1101), *range(1101, 6001, 37), 2000, 3000, 4000, 5000, 6000)
_CARDINAL, _ORDINAL, _COLLECTIVE, _VAGUE = NumberForm


def read(text: str, language: str) -> list[tuple[str, int, NumberForm]]:
    whole = Span(start=0, end=len(text))
    return [
        (text[mention.span.start : mention.span.end], mention.value, mention.form)
        for mention in find_numbers(text, whole, Language(language))
    ]


def wrong(language: str, form: NumberForm, **options: object) -> list[tuple[int, str]]:
    """Numbers (all to 1100, then every 37th) that are read otherwise than num2words wrote them."""
    kind = {_CARDINAL: "cardinal", _ORDINAL: "ordinal"}[form]
    missed = []
    for number in _EVERY:
        written = num2words(number, lang=language, to=kind, **options)
        if [(value, found) for _, value, found in read(written, language)] != [(number, form)]:
            missed.append((number, written))
    return missed


#: A bare "тысячи" is vague, and num2words writes 1000 in the genitive without its "одной".
@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("form", [_CARDINAL, _ORDINAL])
def test_numbers_to_6000_are_read_in_words(language: str, form: NumberForm) -> None:
    assert wrong(language, form) == []


@pytest.mark.parametrize(
    "case", ["nominative", "genitive", "dative", "accusative", "instrumental", "prepositional"]
)
def test_russian_cardinals_to_6000_are_read_in_every_case(case: str) -> None:
    assert wrong("ru", _CARDINAL, case=case) == []


@pytest.mark.parametrize(
    "case", ["nominative", "genitive", "dative", "accusative", "instrumental", "locative"]
)
def test_ukrainian_cardinals_to_6000_are_read_in_every_case(case: str) -> None:
    assert wrong("uk", _CARDINAL, case=case) == []


@pytest.mark.parametrize("gender", ["m", "f", "n"])
@pytest.mark.parametrize("case", list("ngdaip"))
def test_russian_ordinals_to_6000_are_read_in_every_case(case: str, gender: str) -> None:
    assert wrong("ru", _ORDINAL, case=case, gender=gender) == []


def test_ukrainian_ordinals_to_6000_are_read() -> None:
    assert wrong("uk", _ORDINAL) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "two hundred and thirty people", [("two hundred and thirty", 230, _CARDINAL)]),
        ("en", "the forty-ninth exchange", [("forty-ninth", 49, _ORDINAL)]),
        ("en", "Ninety-five on each side", [("Ninety-five", 95, _CARDINAL)]),
        ("en", "a dozen, two dozen", [("a dozen", 12, _CARDINAL), ("two dozen", 24, _CARDINAL)]),
        ("en", "dozens and hundreds", [("dozens", 12, _VAGUE), ("hundreds", 100, _VAGUE)]),
        ("en", "several hundred relatives", [("hundred", 100, _VAGUE)]),
        (
            "en",
            "2.5 thousand, 1,200, 3 767 and 1.25",
            [("2.5 thousand", 2500, _CARDINAL), ("1,200", 1200, _CARDINAL), ("3 767", 3767, _CARDINAL)],
        ),
        ("en", "half a million, half of them", [("half a million", 500_000, _CARDINAL)]),
        ("en", "one-for-one", [("one", 1, _CARDINAL), ("one", 1, _CARDINAL)]),
        ("en", "on May 25 390 people", [("25", 25, _CARDINAL), ("390", 390, _CARDINAL)]),
        (
            "uk",
            "двісті тридцять, двохсот, ста сорока",
            [
                ("двісті тридцять", 230, _CARDINAL),
                ("двохсот", 200, _CARDINAL),
                ("ста сорока", 140, _CARDINAL),
            ],
        ),
        ("uk", "сорок дев’ятий обмін", [("сорок дев’ятий", 49, _ORDINAL)]),
        ("uk", "восьмеро й вісьмох", [("восьмеро", 8, _COLLECTIVE), ("вісьмох", 8, _CARDINAL)]),
        ("uk", "двадцять двоє", [("двадцять двоє", 22, _COLLECTIVE)]),
        ("uk", "півтори тисячі", [("півтори тисячі", 1500, _CARDINAL)]),
        ("uk", "1,5 тис. людей", [("1,5 тис", 1500, _CARDINAL)]),
        (
            "uk",
            "68-й та 49-го, 5-ти",
            [("68-й", 68, _ORDINAL), ("49-го", 49, _ORDINAL), ("5-ти", 5, _CARDINAL)],
        ),
        ("uk", "тисячі людей", [("тисячі", 1000, _VAGUE)]),
        ("ru", "сорок девятый", [("сорок девятый", 49, _ORDINAL)]),
        ("ru", "двухсот тридцати", [("двухсот тридцати", 230, _CARDINAL)]),
        ("ru", "восьмерых", [("восьмерых", 8, _COLLECTIVE)]),
        (
            "ru",
            "1\u00a0212 тел, 6\u2009000 тел",
            [("1\u00a0212", 1212, _CARDINAL), ("6\u2009000", 6000, _CARDINAL)],
        ),
        ("ru", "105-го", [("105-го", 105, _ORDINAL)]),
        ("ru", "три тысячи двести трёх", [("три тысячи двести трёх", 3203, _CARDINAL)]),
        ("pl", "czterdziesta dziewiąta wymiana", [("czterdziesta dziewiąta", 49, _ORDINAL)]),
        ("pl", "dwustu trzydziestu jeńców", [("dwustu trzydziestu", 230, _CARDINAL)]),
        ("pl", "półtora tysiąca", [("półtora tysiąca", 1500, _CARDINAL)]),
        ("other", "230 and two hundred", [("230", 230, _CARDINAL)]),
    ],
)
def test_numbers_are_read_as_they_are_written_in_news(
    language: str, text: str, expected: list[tuple[str, int, NumberForm]]
) -> None:
    assert read(text, language) == expected


@pytest.mark.parametrize("text", ["03.01.2024", "1.2.3", "9" * 5000, "Version 2.5", "анов", ""])
def test_dates_versions_and_endless_digits_are_no_numbers(text: str) -> None:
    assert read(text, "en") == []


@given(st.text(alphabet="two hundredтисяча -,.0159п'ять\n "), st.sampled_from(list(Language)))
def test_any_text_has_numbers_in_order_inside_it(text: str, language: Language) -> None:
    mentions = find_numbers(text, Span(start=0, end=len(text)), language)
    edges = [edge for mention in mentions for edge in (mention.span.start, mention.span.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)
    assert all(mention.span.start < mention.span.end for mention in mentions)
