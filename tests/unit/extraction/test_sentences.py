import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.model import Language, Span
from processors.stages.extraction.words.sentences import clauses, split

_KEPT_WHOLE = [
    ("en", "Mr. Smith met Gen. Budanov and Lt. Col. Usov in St. Petersburg."),
    ("en", "The plane was brought down by a U.S. Patriot system, J. K. Rowling's friend said."),
    ("en", "He came at 5 p.m. and left at 7.30 p.m. with 3.5 million dollars."),
    ("en", "The exchange of Jan. 31 followed that of Sept. 21."),
    ("en", "“Are they home?” she asked."),
    ("en", "They waited... and waited."),
    ("uk", "Вони прибули в м. Київ, вул. Ярославська, ім. Шевченка, у 2022 р. після обстрілу."),
    ("uk", "Повернулося 1,5 тис. військових, близько 2 млн. чекають."),
    ("uk", "«Усі вдома!» — зазначив він."),
    ("uk", "Про це повідомив Д. Лубінець о 10.30 ранку."),
    ("uk", "Це ст. 105 і п. Кодексу."),
    ("ru", "В 2014–2015 гг. обменяли около 2 тыс. человек и т. д. по списку."),
    ("ru", "«Мы на месте», — подчеркнул И. О. Фамилия."),
    ("ru", "Ген. Усов живёт на ул. Ленина в г. Курске."),
    ("pl", "Gen. Usow powiedział, że ok. 200 tys. osób itd. czeka."),
    ("en", "1. The leak that mattered."),
]

_CUT = [
    ("en", "He left. She stayed.", ["He left.", "She stayed."]),
    ("en", "He said: “We are home.” The buses left.", ["He said: “We are home.”", "The buses left."]),
    ("en", "He came at 5 p.m. The deal held.", ["He came at 5 p.m.", "The deal held."]),
    ("en", "Why? Nobody knows! 230 came home.", ["Why?", "Nobody knows!", "230 came home."]),
    ("en", "Headline\nFirst line\n\nSecond. Third", ["Headline", "First line", "Second.", "Third"]),
    ("en", "They live in the U.S. The rest fled.", ["They live in the U.S.", "The rest fled."]),
    ("en", "And so on… Then it ended.", ["And so on…", "Then it ended."]),
    ("uk", "«Ми вдома». Він усміхнувся.", ["«Ми вдома».", "Він усміхнувся."]),
    ("uk", "Їх було близько двох тис. Обмін тривав.", ["Їх було близько двох тис.", "Обмін тривав."]),
    (
        "uk",
        "Повернулися 95 військових. 12 із них — офіцери.",
        ["Повернулися 95 військових.", "12 із них — офіцери."],
    ),
    (
        "ru",
        "Вернулись солдаты, сержанты и т. д. Всего 95 человек.",
        ["Вернулись солдаты, сержанты и т. д.", "Всего 95 человек."],
    ),
    ("ru", "Обмен. В среду он прошёл.", ["Обмен.", "В среду он прошёл."]),
    ("other", "Одно. Два.", ["Одно.", "Два."]),
]


def sentences(text: str, language: str) -> list[str]:
    return [text[span.start : span.end] for span in split(text, Language(language))]


@pytest.mark.parametrize(("language", "text"), _KEPT_WHOLE)
def test_abbreviations_initials_and_quotes_do_not_end_a_sentence(language: str, text: str) -> None:
    assert sentences(text, language) == [text]


@pytest.mark.parametrize(("language", "text", "expected"), _CUT)
def test_sentences_end_at_stops_quotes_and_lines(language: str, text: str, expected: list[str]) -> None:
    assert sentences(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "Russia published a list, and claimed that Ukraine had refused.",
            ["Russia published a list", "and claimed that Ukraine had refused."],
        ),
        (
            "en",
            "Kyiv waits while Moscow talks; nobody moves.",
            ["Kyiv waits", "while Moscow talks", "nobody moves."],
        ),
        ("en", "Usov, who leads the staff, agreed.", ["Usov", "who leads the staff, agreed."]),
        (
            "uk",
            "Росія передала список, але Україна його не прийняла.",
            ["Росія передала список", "але Україна його не прийняла."],
        ),
        ("ru", "Киев получил 95 человек, а Москва 90.", ["Киев получил 95 человек", "а Москва 90."]),
        ("pl", "Kijów odmówił, lecz Moskwa czeka.", ["Kijów odmówił", "lecz Moskwa czeka."]),
        ("en", "Nothing to cut here.", ["Nothing to cut here."]),
    ],
)
def test_a_sentence_is_cut_into_clauses_before_their_openers(
    language: str, text: str, expected: list[str]
) -> None:
    whole = Span(start=0, end=len(text))
    assert [text[span.start : span.end] for span in clauses(text, whole, Language(language))] == expected


_TEXT = st.text(alphabet='Aaб. \n\u00a0!?…«»“”"—;,whoале12тисм', max_size=200)


@given(_TEXT, st.sampled_from(list(Language)))
def test_any_text_is_split_in_order_and_nothing_but_blanks_is_lost(text: str, language: Language) -> None:
    spans = split(text, language)
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(span.start < span.end for span in spans)
    assert sum(not c.isspace() for c in text) == sum(
        not c.isspace() for s in spans for c in text[s.start : s.end]
    )
    assert all("\n" not in text[span.start : span.end] for span in spans)


@given(_TEXT, st.sampled_from(list(Language)))
def test_clauses_lie_in_order_inside_their_sentence(text: str, language: Language) -> None:
    for sentence in split(text, language):
        edges = [edge for span in clauses(text, sentence, language) for edge in (span.start, span.end)]
        assert edges == sorted(edges)
        assert edges[0] >= sentence.start
        assert edges[-1] <= sentence.end


@pytest.mark.parametrize("piece", ["a. ", "U.S. ", "?!", ". ", "м. ", "« ", "\n", "«", "said said said. "])
def test_a_text_twenty_times_as_long_takes_no_more_than_about_twenty_times_as_long(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        split(text, Language.EN)
        return time.process_time() - start

    short = min(seconds(10_000) for _ in range(3))
    assert seconds(200_000) < 60 * short + 0.5
