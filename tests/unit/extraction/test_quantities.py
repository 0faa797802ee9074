import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.model import Language, Quantity, Span
from processors.stages.extraction.numbers.quantities import (
    QuantityMention,
    Role,
    find_quantities,
    find_ratios,
)


def quantities(text: str, language: str) -> tuple[QuantityMention, ...]:
    return find_quantities(text, Span(start=0, end=len(text)), Language(language))


def only(text: str, language: str) -> QuantityMention:
    (mention,) = quantities(text, language)
    return mention


def ratios(text: str, language: str) -> list[str]:
    return [ratio.text() for ratio in find_ratios(text, Span(start=0, end=len(text)), Language(language))]


@pytest.mark.parametrize(
    ("language", "text", "words", "bounds"),
    [
        ("en", "230 prisoners", "230", (230, 230, False)),
        ("en", "over 200 people", "over 200", (200, None, False)),
        ("en", "spoke of “more than 200” returnees", "more than 200", (200, None, False)),
        ("en", "at least 200", "at least 200", (200, None, False)),
        ("en", "no fewer than 1,200 people", "no fewer than 1,200", (1200, None, False)),
        ("en", "200 or more", "200 or more", (200, None, False)),
        ("en", "200+ people", "200+", (200, None, False)),
        ("en", "up to 230", "up to 230", (None, 230, False)),
        ("en", "no more than 200 men", "no more than 200", (None, 200, False)),
        ("en", "about 200", "about 200", (200, 200, True)),
        ("en", "some 200 men", "some 200", (200, 200, True)),
        ("en", "nearly 200", "nearly 200", (200, 200, True)),
        ("en", "almost two hundred and thirty", "almost two hundred and thirty", (230, 230, True)),
        ("en", "between 170 and 175 soldiers", "between 170 and 175", (170, 175, False)),
        ("en", "170–175 soldiers", "170–175", (170, 175, False)),
        ("en", "more than a hundred and fifty", "more than a hundred and fifty", (150, None, False)),
        ("en", "to hand over 935 captives", "935", (935, 935, False)),
        ("en", "2000 prisoners", "2000", (2000, 2000, False)),
        ("uk", "понад 650 людей", "понад 650", (650, None, False)),
        ("uk", "щонайменше двісті", "щонайменше двісті", (200, None, False)),
        ("uk", "не менше 50 осіб", "не менше 50", (50, None, False)),
        ("uk", "більше тисячі військових", "більше тисячі", (1000, None, False)),
        ("uk", "до 230 осіб", "до 230", (None, 230, False)),
        ("uk", "близько двохсот людей", "близько двохсот", (200, 200, True)),
        ("uk", "майже сотня", "майже сотня", (100, 100, True)),
        ("uk", "від 170 до 175", "від 170 до 175", (170, 175, False)),
        ("uk", "п'ять-шість осіб", "п'ять-шість", (5, 6, False)),
        ("ru", "свыше тысячи украинцев", "свыше тысячи", (1000, None, False)),
        ("ru", "не менее двухсот", "не менее двухсот", (200, None, False)),
        ("ru", "до тридцати человек", "до тридцати", (None, 30, False)),
        ("ru", "около сорока раненых", "около сорока", (40, 40, True)),
        ("ru", "порядка 50 человек", "порядка 50", (50, 50, True)),
        ("ru", "от восьми до двенадцати сёл", "от восьми до двенадцати", (8, 12, False)),
        ("ru", "1\u00a0212 тел", "1\u00a0212", (1212, 1212, False)),
        ("pl", "ponad 200 jeńców", "ponad 200", (200, None, False)),
        ("pl", "około stu żołnierzy", "około stu", (100, 100, True)),
    ],
)
def test_words_around_a_number_give_its_bounds(
    language: str, text: str, words: str, bounds: tuple[int | None, int | None, bool]
) -> None:
    mention = only(text, language)
    assert text[mention.span.start : mention.span.end] == words
    assert (mention.quantity.min, mention.quantity.max, mention.quantity.approx) == bounds
    assert mention.role is Role.COUNT


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "dozens of men"),
        ("en", "several hundred relatives"),
        ("uk", "тисячі людей"),
        ("uk", "кілька десятків"),
        ("ru", "несколько сотен"),
        ("pl", "setki osób"),
    ],
)
def test_a_vague_number_has_no_bounds(language: str, text: str) -> None:
    mention = only(text, language)
    assert (mention.role, mention.quantity) == (Role.VAGUE, Quantity())


@pytest.mark.parametrize(
    ("language", "text", "role"),
    [
        ("en", "in 2024", Role.YEAR),
        ("en", "since 2022, when", Role.YEAR),
        ("uk", "у 2024 році", Role.YEAR),
        ("ru", "с февраля 2022 года", Role.YEAR),
        ("en", "on 5 May", Role.DATE),
        ("en", "on May 5", Role.DATE),
        ("uk", "23 травня", Role.DATE),
        ("en", "at nine o'clock", Role.TIME),
        ("en", "three days", Role.DURATION),
        ("ru", "два месяца", Role.DURATION),
        ("uk", "майже три години", Role.DURATION),
        ("en", "aged 24", Role.AGE),
        ("en", "soldiers under 25", Role.AGE),
        ("uk", "25-річний боєць", Role.AGE),
        ("ru", "25-летний", Role.AGE),
        ("en", "12 percent", Role.PERCENT),
        ("uk", "30 %", Role.PERCENT),
        ("en", "$200", Role.MONEY),
        ("uk", "200 гривень", Role.MONEY),
        ("ru", "десять миллионов долларов", Role.MONEY),
        ("en", "90 km", Role.MEASURE),
        ("uk", "100 мм", Role.MEASURE),
        ("en", "Article 5", Role.REFERENCE),
        ("uk", "ст. 105", Role.REFERENCE),
        ("en", "T-72", Role.REFERENCE),
        ("ru", "Ил-76", Role.REFERENCE),
        ("uk", "95 бригада", Role.UNIT),
        ("en", "12 Assault Brigade", Role.UNIT),
    ],
)
def test_numbers_that_count_no_people_say_what_they_are(language: str, text: str, role: Role) -> None:
    assert only(text, language).role is role


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the 95th brigade"),
        ("uk", "12-та бригада"),
        ("ru", "в 72-й бригаде"),
        ("en", "5.45 mm"),
        ("en", "the 49th exchange"),
    ],
)
def test_ordinals_and_decimals_are_no_quantities(language: str, text: str) -> None:
    assert quantities(text, language) == ()


def test_every_group_of_a_telephone_number_is_a_reference() -> None:
    assert {mention.role for mention in quantities("call +380 44 123 45 67", "en")} == {Role.REFERENCE}


def test_numbers_inside_known_dates_are_dates() -> None:
    text = "from 23 to 25 went 390"
    found = find_quantities(text, Span(start=0, end=len(text)), Language.EN, dates=[Span(start=0, end=13)])
    assert [mention.role for mention in found] == [Role.DATE, Role.COUNT]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "100 prisoners each"),
        ("en", "100 from each side"),
        ("en", "about 250 prisoners on each side"),
        ("uk", "по 100 осіб"),
        ("uk", "не менш як по 1200"),
        ("uk", "1200 людей із кожного боку"),
        ("ru", "не менее чем по 1200 военнопленных"),
        ("ru", "по 100–150 человек"),
        ("ru", "до тридцати человек с каждой стороны"),
        ("pl", "po 100 jeńców"),
    ],
)
def test_a_number_for_each_side_is_marked(language: str, text: str) -> None:
    mention = only(text, language)
    assert (mention.each, mention.both) == (True, False)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "478 people from both sides"),
        ("ru", "2484 человека с обеих сторон"),
        ("uk", "207 осіб з обох сторін"),
    ],
)
def test_a_total_of_both_sides_is_marked_and_is_not_each(language: str, text: str) -> None:
    mention = only(text, language)
    assert (mention.each, mention.both) == (False, True)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the same number of Ukrainians"),
        ("en", "and as many were handed over"),
        ("uk", "стільки ж"),
        ("ru", "столько же"),
        ("pl", "tyle samo"),
    ],
)
def test_the_same_number_is_a_mention_without_bounds(language: str, text: str) -> None:
    mention = only(text, language)
    assert (mention.same, mention.quantity) == (True, Quantity())


def test_the_noun_after_a_number_is_given() -> None:
    text = "more than 200 soldiers"
    noun = only(text, "en").noun
    assert noun is not None
    assert text[noun.start : noun.end] == "soldiers"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "one-for-one", ["1:1"]),
        ("en", "a ratio of 1:1", ["1:1"]),
        ("en", "the 146 for 146 rule", ["146:146"]),
        ("en", "on a 25-for-25 basis", ["25:25"]),
        ("en", "1,200 people for 1,200", ["1200:1200"]),
        ("en", "215 Ukrainians for 55 Russians", []),
        ("en", "a thousand for a thousand", ["1000:1000"]),
        ("en", "all for all, an all-for-all exchange", ["all:all", "all:all"]),
        ("uk", "«95 на 95»", ["95:95"]),
        ("uk", "тисяча на тисячу", ["1000:1000"]),
        ("uk", "всіх на всіх", ["all:all"]),
        ("ru", "один к одному", ["1:1"]),
        ("ru", "всех на всех", ["all:all"]),
        ("ru", "75 пленных на 75", ["75:75"]),
        ("pl", "205 za 205", ["205:205"]),
        ("en", "at 10:30", []),
        ("en", "2025: 25 people", []),
        ("en", "about 100 for 100", []),
        ("en", "soldiers 18 to 25", []),
        ("en", "three days for two", []),
        ("uk", "215 людей за 2 дні", []),
    ],
)
def test_formulas_are_ratios_and_times_and_ranges_are_not(
    language: str, text: str, expected: list[str]
) -> None:
    assert ratios(text, language) == expected


def test_the_figures_of_a_ratio_are_no_quantities() -> None:
    assert quantities("95 for 95", "en") == ()


_PIECES = [
    *"012578 -–:+%$,.\n",
    " over ",
    " for ",
    "між ",
    " and ",
    "по ",
    " each",
    "тисяча ",
    " May ",
    "всіх на ",
]
_TEXT = st.lists(st.sampled_from(_PIECES), max_size=30).map("".join)


@given(_TEXT, st.sampled_from(list(Language)))
def test_any_text_has_its_quantities_inside_it_and_in_order(text: str, language: Language) -> None:
    whole = Span(start=0, end=len(text))
    starts = [mention.span.start for mention in find_quantities(text, whole, language)]
    assert starts == sorted(starts)
    for mention in (*find_quantities(text, whole, language), *find_ratios(text, whole, language)):
        assert 0 <= mention.span.start < mention.span.end <= len(text)


@given(_TEXT, _TEXT, st.sampled_from(list(Language)))
def test_what_stands_before_the_span_does_not_change_what_is_found_in_it(
    before: str, text: str, language: Language
) -> None:
    whole = find_quantities(text, Span(start=0, end=len(text)), language)
    shifted = find_quantities(before + text, Span(start=len(before), end=len(before) + len(text)), language)
    assert [m.quantity for m in whole] == [m.quantity for m in shifted]
    assert [m.span.start + len(before) for m in whole] == [m.span.start for m in shifted]


@pytest.mark.parametrize("piece", ["1 ", "25-", "1:1 ", "5 May ", "€1 ", "між 1 і ", "100 for 100 "])
def test_reading_quantities_takes_time_linear_in_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        find_quantities(text, Span(start=0, end=len(text)), Language.EN)
        return time.process_time() - start

    short = min(seconds(2_000) for _ in range(3))
    assert seconds(40_000) < 60 * short + 0.5
