import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.model import Language, Precision, Span
from processors.stages.extraction.days.dates import Basis, DateMention, find_dates, preferred

#: A Thursday.
_PUBLISHED = date(2024, 1, 4)


def mentions(
    text: str, language: str, *, on: date = _PUBLISHED, anchor: date | None = None
) -> tuple[DateMention, ...]:
    whole = Span(start=0, end=len(text))
    return find_dates(text, whole, published_on=on, language=Language(language), anchor=anchor)


def read(text: str, language: str, *, on: date = _PUBLISHED, anchor: date | None = None) -> list[str]:
    return [mention.date.iso() for mention in mentions(text, language, on=on, anchor=anchor)]


_EXPLICIT = [
    ("en", "on 3 January 2024", "2024-01-03"),
    ("en", "on January 3, 2024,", "2024-01-03"),
    ("en", "on the 3rd of January", "2024-01-03"),
    ("en", "on January 3rd", "2024-01-03"),
    ("en", "on Jan. 3", "2024-01-03"),
    ("en", "the twenty-fifth of May", "2023-05-25"),
    ("en", "2024-01-03", "2024-01-03"),
    ("en", "03.01.2024", "2024-01-03"),
    ("en", "3/1/2024", "2024-01-03"),
    ("uk", "03.01.24", "2024-01-03"),
    ("ru", "3 янв. 2024 г.", "2024-01-03"),
    ("ru", "в декабре, 6-го числа", "2023-12-06"),
    ("en", "on the 2nd of this month", "2024-01-02"),
    ("en", "on 6 January", "2024-01-06"),
    ("en", "on 20 December", "2023-12-20"),
    ("uk", "3 січня 2024 року", "2024-01-03"),
    ("uk", "3-го січня", "2024-01-03"),
    ("uk", "двадцять п'ятого травня", "2023-05-25"),
    ("uk", "15 серпня минулого року", "2023-08-15"),
    ("ru", "в первую среду ноября 2023 года", "2023-11-01"),
    ("en", "on the second Friday of December 2023", "2023-12-08"),
    ("uk", "05.02.2024", "2024-02-05"),
    ("ru", "3 января 2024 года", "2024-01-03"),
    ("ru", "Второго декабря", "2023-12-02"),
    ("ru", "9 ноября 2020 г.", "2020-11-09"),
    ("pl", "3 stycznia 2024 r.", "2024-01-03"),
]


@pytest.mark.parametrize(("language", "text", "expected"), _EXPLICIT)
def test_a_written_day_is_read_in_every_order(language: str, text: str, expected: str) -> None:
    (mention,) = mentions(text, language)
    assert (mention.date.iso(), mention.basis, mention.day_named) == (expected, Basis.EXPLICIT, True)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "on Wednesday", "2024-01-03"),
        ("en", "Wednesday's swap", "2024-01-03"),
        ("en", "on Thursday", "2024-01-04"),
        ("en", "last Thursday", "2023-12-28"),
        ("en", "last Friday", "2023-12-29"),
        ("en", "next Monday", "2024-01-08"),
        ("en", "on Friday last week", "2023-12-29"),
        ("en", "the swap will take place on Friday", "2024-01-05"),
        ("en", "On Saturday there will be borscht", "2024-01-06"),
        ("uk", "у середу", "2024-01-03"),
        ("uk", "минулої п’ятниці", "2023-12-29"),
        ("uk", "обмін відбудеться в суботу", "2024-01-06"),
        ("ru", "в минувшую среду", "2024-01-03"),
        ("ru", "в минувший четверг", "2023-12-28"),
        ("ru", "обмен начнётся в понедельник", "2024-01-08"),
        ("pl", "w środę", "2024-01-03"),
        ("pl", "w ubiegły piątek", "2023-12-29"),
    ],
)
def test_a_weekday_is_the_nearest_in_the_past_unless_it_is_announced(
    language: str, text: str, expected: str
) -> None:
    (mention,) = mentions(text, language)
    assert (mention.date.iso(), mention.basis) == (expected, Basis.WEEKDAY)


def test_a_report_verb_keeps_its_day_and_the_announced_one_lies_ahead() -> None:
    assert read("he said on Tuesday that it will be held on Saturday", "en") == ["2024-01-02", "2024-01-06"]
    assert read("етапи заплановано на суботу й неділю", "uk") == ["2024-01-06/2024-01-07"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "today", "2024-01-04"),
        ("en", "earlier in the day", "2024-01-04"),
        ("en", "yesterday", "2024-01-03"),
        ("en", "three days ago", "2024-01-01"),
        ("en", "a week ago", "2023-12-25/2023-12-31"),
        ("en", "two months ago", "2023-11"),
        ("en", "last week", "2023-12-25/2023-12-31"),
        ("en", "next week", "2024-01-08/2024-01-14"),
        ("en", "this month", "2024-01"),
        ("en", "last year", "2023"),
        ("en", "over the weekend", "2023-12-30/2023-12-31"),
        ("en", "the coming weekend", "2024-01-06/2024-01-07"),
        ("uk", "сьогодні", "2024-01-04"),
        ("uk", "вчора", "2024-01-03"),
        ("uk", "напередодні", "2024-01-03"),
        ("uk", "три дні тому", "2024-01-01"),
        ("uk", "тиждень тому", "2023-12-25/2023-12-31"),
        ("uk", "минулого тижня", "2023-12-25/2023-12-31"),
        ("uk", "на минулому тижні", "2023-12-25/2023-12-31"),
        ("ru", "в конце прошлой недели", "2023-12-25/2023-12-31"),
        ("uk", "наступного тижня", "2024-01-08/2024-01-14"),
        ("uk", "цими вихідними", "2024-01-06/2024-01-07"),
        ("ru", "обмен прошел в эти выходные", "2023-12-30/2023-12-31"),
        ("ru", "накануне", "2024-01-03"),
        ("ru", "позавчера", "2024-01-02"),
        ("ru", "на прошлой неделе", "2023-12-25/2023-12-31"),
        ("ru", "в начале месяца", "2024-01"),
        ("pl", "wczoraj", "2024-01-03"),
        ("pl", "w zeszłym tygodniu", "2023-12-25/2023-12-31"),
    ],
)
def test_relative_days_and_weeks_are_counted_from_the_publication(
    language: str, text: str, expected: str
) -> None:
    (mention,) = mentions(text, language)
    assert (mention.date.iso(), mention.basis) == (expected, Basis.RELATIVE)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "in August", "2023-08"),
        ("en", "last August", "2023-08"),
        ("en", "in August 2023", "2023-08"),
        ("en", "In May 25 people", "2023-05"),
        ("en", "will be held in June", "2024-06"),
        ("uk", "у серпні", "2023-08"),
        ("uk", "у травні 25 військових", "2023-05"),
        ("uk", "у серпні 2023 року", "2023-08"),
        ("uk", "торік у серпні", "2023-08"),
        ("ru", "в прошлом августе", "2023-08"),
        ("pl", "w sierpniu 2023 roku", "2023-08"),
    ],
)
def test_a_month_keeps_the_precision_of_a_month(language: str, text: str, expected: str) -> None:
    (mention,) = mentions(text, language)
    assert (mention.date.iso(), mention.basis, mention.day_named) == (expected, Basis.MONTH, False)


@pytest.mark.parametrize(
    ("language", "text", "expected", "basis"),
    [
        ("en", "late August", "2023-08", Basis.LATE),
        ("en", "by the end of December", "2023-12", Basis.LATE),
        ("en", "at the beginning of May", "2023-05", Basis.EARLY),
        ("en", "in mid-October", "2023-10", Basis.MIDDLE),
        ("uk", "наприкінці грудня", "2023-12", Basis.LATE),
        ("uk", "на початку травня", "2023-05", Basis.EARLY),
        ("ru", "до конца января", "2024-01", Basis.LATE),
        ("en", "by the end of the year", "2024-12", Basis.YEAR),
        ("uk", "наприкінці 2023 року", "2023-12", Basis.YEAR),
        ("ru", "в конце прошлого года", "2023-12", Basis.YEAR),
        ("ru", "в середине мая", "2023-05", Basis.MIDDLE),
    ],
)
def test_a_part_of_a_month_is_the_month_and_says_which_part(
    language: str, text: str, expected: str, basis: Basis
) -> None:
    (mention,) = mentions(text, language)
    assert (mention.date.iso(), mention.basis, mention.day_named) == (expected, basis, False)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "over the summer", "2023-06/2023-08"),
        ("en", "in the spring of 2022", "2022-03/2022-05"),
        ("uk", "влітку 2023 року", "2023-06/2023-08"),
        ("uk", "восени", "2023-09/2023-11"),
        ("ru", "летом", "2023-06/2023-08"),
        ("ru", "зимой 2023 года", "2022-12/2023-02"),
    ],
)
def test_a_season_is_its_three_months(language: str, text: str, expected: str) -> None:
    (mention,) = mentions(text, language)
    assert (mention.date.iso(), mention.basis) == (expected, Basis.SEASON)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "in 2022", "2022"),
        ("en", "in early 2023", "2023"),
        ("en", "in late 2022", "2022"),
        ("uk", "позаминулого року", "2022"),
        ("ru", "в позапрошлом году", "2022"),
        ("uk", "у 2023 році", "2023"),
        ("ru", "с 2014-го", "2014"),
        ("uk", "торік", "2023"),
    ],
)
def test_a_year_keeps_the_precision_of_a_year(language: str, text: str, expected: str) -> None:
    (mention,) = mentions(text, language)
    assert (mention.date.iso(), mention.date.precision) == (expected, Precision.YEAR)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "from 18 October to 30 December", "2023-10-18/2023-12-30"),
        ("en", "25–27 May", "2023-05-25/2023-05-27"),
        ("en", "from 23 to 25 May", "2023-05-23/2023-05-25"),
        ("en", "between 3 and 5 May", "2023-05-03/2023-05-05"),
        ("en", "August 23 to 24", "2023-08-23/2023-08-24"),
        ("en", "from May to August 2023", "2023-05/2023-08"),
        ("en", "from Friday to Sunday", "2023-12-29/2023-12-31"),
        ("uk", "з 18 жовтня до 30 грудня", "2023-10-18/2023-12-30"),
        ("uk", "14–15 вересня", "2023-09-14/2023-09-15"),
        ("uk", "із серпня по листопад", "2023-08/2023-11"),
        ("ru", "с 18 октября по 30 декабря", "2023-10-18/2023-12-30"),
        ("ru", "24 и 25 мая", "2023-05-24/2023-05-25"),
    ],
)
def test_two_ends_make_one_range(language: str, text: str, expected: str) -> None:
    (mention,) = mentions(text, language)
    assert mention.date.iso() == expected
    assert mention.date.precision is Precision.RANGE
    assert mention.basis is not Basis.SINCE


def test_two_days_that_do_not_touch_are_two_dates() -> None:
    assert read("on 3 and 9 May", "en") == ["2023-05-03", "2023-05-09"]
    assert read("on 29 November and 3 December", "en") == ["2023-11-29", "2023-12-03"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "since February 2022"),
        ("uk", "від лютого 2022 року"),
        ("ru", "с февраля 2022 года"),
        ("pl", "od lutego 2022 roku"),
    ],
)
def test_a_beginning_is_marked_as_since(language: str, text: str) -> None:
    (mention,) = mentions(text, language)
    assert (mention.date.iso(), mention.basis) == ("2022-02", Basis.SINCE)
    assert preferred([mention]) is None


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "on Saturday. The day before, 49", ["2023-12-30", "2023-12-29"]),
        ("en", "on December 26 and died on the next day", ["2023-12-26", "2023-12-27"]),
        ("uk", "24 січня, а наступного дня", ["2024-01-24", "2024-01-25"]),
    ],
)
def test_the_day_before_or_after_counts_from_the_day_named_last(
    language: str, text: str, expected: list[str]
) -> None:
    assert read(text, language) == expected


def test_an_earlier_sentence_gives_the_anchor() -> None:
    anchor = date(2023, 12, 2)
    assert read("he said the same day", "en", anchor=anchor) == ["2023-12-02"]
    assert read("A day later he replied", "en", anchor=anchor) == ["2023-12-03"]
    assert read("В тот же день", "ru", anchor=anchor) == ["2023-12-02"]
    assert read("he said the same day", "en") == []
    assert read("the day before", "en") == ["2024-01-03"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "2828 soldiers came home"),
        ("en", "he may march on"),
        ("en", "May we go?"),
        ("en", "In the coming days"),
        ("en", "since the fall of Mariupol"),
        ("en", "for the second time"),
        ("en", "some weeks ago"),
        ("en", "on 31 February"),
        ("en", "1,200 for 1,200"),
        ("uk", "2022 військовополонених"),
        ("uk", "кілька тижнів тому"),
        ("ru", "в прошлые годы"),
        ("ru", "в ближайшие дни"),
        ("ru", "десять лет"),
        ("other", "on 3 January 2024"),
    ],
)
def test_nothing_is_invented(language: str, text: str) -> None:
    assert read(text, language) == []


def test_a_clash_is_reported_and_the_written_day_is_preferred() -> None:
    found = mentions("on Friday, 3 January 2024", "en")
    assert [(m.basis, m.date.iso()) for m in found] == [
        (Basis.WEEKDAY, "2023-12-29"),
        (Basis.EXPLICIT, "2024-01-03"),
    ]
    best = preferred(found)
    assert best is not None
    assert best.basis is Basis.EXPLICIT


def test_a_weekday_beside_a_day_chooses_its_year() -> None:
    assert read("в субботу, 2 марта", "ru")[1] == "2024-03-02"


def test_the_span_holds_the_words_and_nothing_else() -> None:
    text = "They left on Jan. 3."
    (mention,) = mentions(text, "en")
    assert text[mention.span.start : mention.span.end] == "Jan. 3"


_PIECES = [
    *"12 .,-–:\n", "31", "2024", " May ", "on Monday", " last ", " week ", "since ", "from ", " to ", " and ",
    "between ", "the ",
    "3 січня", "з ", " до ", "минулого ", "року", "тому ", "29 February ",
    "наступного дня", "will ", "9999", "00.00.2024", "winter ", "ago",
]  # fmt: skip
_TEXT = st.lists(st.sampled_from(_PIECES), max_size=20).map("".join)
_DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1))


@given(_TEXT, st.sampled_from(list(Language)), _DAYS)
def test_any_text_has_its_dates_inside_it_and_in_order(text: str, language: Language, on: date) -> None:
    before = "Кілька слів. "
    span = Span(start=len(before), end=len(before) + len(text))
    found = find_dates(before + text, span, published_on=on, language=language)
    starts = [mention.span.start for mention in found]
    assert starts == sorted(starts)
    for mention in found:
        assert span.start <= mention.span.start < mention.span.end <= span.end
        assert mention.date.start_on <= mention.date.end_on
        assert mention.day_named == (mention.date.precision is Precision.DAY)


@given(
    st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 1, 1)),
    _DAYS,
    st.sampled_from(["en", "uk", "ru"]),
)
def test_a_numeric_date_is_itself_whenever_it_is_published(day: date, on: date, language: str) -> None:
    assert read(f"{day:%d.%m.%Y}", language, on=on) == [day.isoformat()]
    assert read(f"{day:%Y-%m-%d}", language, on=on) == [day.isoformat()]


@given(_DAYS, st.integers(min_value=1, max_value=7))
def test_a_weekday_is_at_most_six_days_back(on: date, weekday: int) -> None:
    name = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][weekday - 1]
    (mention,) = mentions(f"on {name}", "en", on=on)
    assert mention.date.start_on.isoweekday() == weekday
    assert 0 <= (on - mention.date.start_on).days <= 6


@pytest.mark.parametrize(
    "piece", ["5 May ", "will ", "on Monday ", "1 ", "last ", "the end of ", "W, ", "3 and 5 May "]
)
def test_reading_dates_takes_time_linear_in_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        mentions(text, "en")
        return time.process_time() - start

    short = min(seconds(2_000) for _ in range(3))
    assert seconds(40_000) < 60 * short + 0.5


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "A week earlier", "2023-05-01/2023-05-07"),
        ("en", "two months later", "2023-07"),
        ("en", "three days prior", "2023-05-07"),
        ("uk", "тижнем раніше", "2023-05-01/2023-05-07"),
        ("uk", "за тиждень до того", "2023-05-01/2023-05-07"),
        ("uk", "місяцем раніше", "2023-04"),
        ("uk", "Через два дні", "2023-05-12"),
        ("ru", "месяцем ранее", "2023-04"),
        ("ru", "Через два дня", "2023-05-12"),
        ("ru", "спустя неделю", "2023-05-15/2023-05-21"),
        ("en", "in August of that year", "2023-08"),
        ("uk", "у серпні того ж року", "2023-08"),
        ("ru", "в августе того же года", "2023-08"),
        ("en", "that same month", "2023-05"),
        ("uk", "того ж місяця", "2023-05"),
    ],
)
def test_weeks_months_and_years_are_counted_from_the_day_named_last(
    language: str, text: str, expected: str
) -> None:
    assert read(text, language, anchor=date(2023, 5, 10)) == [expected]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "half a year ago"),
        ("uk", "півроку тому"),
        ("ru", "полгода назад"),
        ("uk", "за останній тиждень"),
        ("ru", "перенесли на неделю раньше"),
        ("uk", "перенесли на тиждень пізніше"),
        ("ru", "обмен состоится через три дня"),
        ("en", "in the weeks earlier"),
    ],
)
def test_what_names_no_week_or_day_has_no_date(language: str, text: str) -> None:
    assert read(text, language, anchor=date(2023, 5, 10)) == []


def test_days_left_open_are_two() -> None:
    assert read("on 27 or 29 November", "en") == ["2023-11-27", "2023-11-29"]
    assert read("on November 27 or 28", "en") == ["2023-11-27", "2023-11-28"]
    assert read("27 чи 28 листопада", "uk") == ["2023-11-27", "2023-11-28"]


def test_years_of_a_row_are_all_those_in_which_something_began() -> None:
    found = mentions("held since 2014, 2016 and 2017", "en")
    assert {mention.basis for mention in found} == {Basis.SINCE}
