"""Dates that clash inside one article are kept and flagged."""

from datetime import UTC, datetime

import pytest

from processors.model import ArticleId, Claim, Language
from processors.stages.claims import extract

#: 17 July 2024, so that 16 July is a Tuesday.
WEDNESDAY = datetime(2024, 7, 17, 12, tzinfo=UTC)


def claims(text: str, language: str) -> tuple[Claim, ...]:
    return extract(text, language=Language(language), published_at=WEDNESDAY, article_id=ArticleId("a"))


def flagged(text: str, language: str) -> list[tuple[str | None, tuple[str, ...]]]:
    """Date and flags of each claim."""
    return [(claim.date.iso() if claim.date else None, claim.flags) for claim in claims(text, language)]


DOUBT = ("date-conflict",)
CLASHES = [
    # a weekday that is not that of the date
    (
        "en",
        "Ukraine and Russia exchanged prisoners on Friday, 16 July, and 95 Ukrainians came home.",
        [("2024-07-16", DOUBT)],
    ),
    (
        "en",
        "Ukraine and Russia exchanged prisoners on 16 July (Friday), and 95 Ukrainians came home.",
        [("2024-07-16", DOUBT)],
    ),
    (
        "uk",
        "У п'ятницю, 16 липня, відбувся обмін полоненими: додому повернулися 95 українців.",
        [("2024-07-16", DOUBT)],
    ),
    (
        "ru",
        "В пятницу, 16 июля, состоялся обмен пленными: домой вернулись 95 украинцев.",
        [("2024-07-16", DOUBT)],
    ),
    # days left open
    (
        "en",
        "The prisoner exchange took place on 14 or 16 July; 95 Ukrainians came home.",
        [("2024-07-14", DOUBT)],
    ),
    (
        "uk",
        "Обмін полоненими відбувся 14 чи 16 липня: додому повернулися 95 українців.",
        [("2024-07-14", DOUBT)],
    ),
    (
        "ru",
        "Обмен пленными состоялся 14 или 16 июля: домой вернулись 95 украинцев.",
        [("2024-07-14", DOUBT)],
    ),
    # two days for one exchange
    (
        "en",
        "Ukraine brought home 95 prisoners of war in an exchange on 14 July.\n\n"
        "The Russian Ministry of Defence said that 95 Ukrainian prisoners were handed over in the exchange of 16 July.",
        [("2024-07-14", DOUBT), ("2024-07-16", DOUBT)],
    ),
    (
        "uk",
        "14 липня в обміні додому повернулися 95 українських полонених.\n\n"
        "У Міноборони РФ заявили, що 95 українських полонених передали під час обміну 16 липня.",
        [("2024-07-14", DOUBT), ("2024-07-16", DOUBT)],
    ),
    (
        "ru",
        "14 июля в ходе обмена домой вернулись 95 украинских пленных.\n\n"
        "В Минобороны РФ заявили, что 95 украинских пленных передали в ходе обмена 16 июля.",
        [("2024-07-14", DOUBT), ("2024-07-16", DOUBT)],
    ),
]
#: One exchange without a figure, by two voices.
TWO_VOICES = [
    (
        "en",
        "Lubinets said that the prisoner exchange took place on 14 July. "
        "The Russian Ministry of Defence said that the exchange was held on 16 July.",
    ),
    (
        "uk",
        "Лубінець повідомив, що обмін полоненими відбувся 14 липня. "
        "У Міноборони РФ заявили, що обмін пройшов 16 липня.",
    ),
    (
        "ru",
        "Лубинец сообщил, что обмен пленными состоялся 14 июля. "
        "В Минобороны РФ заявили, что обмен прошёл 16 июля.",
    ),
]
NONE = [
    ("en", "Ukraine and Russia exchanged prisoners on Tuesday, 16 July, and 95 Ukrainians came home."),
    ("uk", "У вівторок, 16 липня, відбувся обмін полоненими: додому повернулися 95 українців."),
    ("ru", "Во вторник, 16 июля, состоялся обмен пленными: домой вернулись 95 украинцев."),
    (
        "en",
        "Ukraine brought home 95 prisoners of war in an exchange on 14 July.\n\n"
        "In another exchange, on 16 July, 90 Ukrainian prisoners were freed, Lubinets said.",
    ),
    (
        "en",
        "Ukraine brought home 95 prisoners of war in an exchange on 16 July.\n\n"
        "In the previous exchange, on 14 July, 95 Ukrainian prisoners were freed too.",
    ),
    (
        "en",
        "Lubinets said that the prisoner exchange took place on 14 July. "
        "The Russian Ministry of Defence said that another exchange was held on 16 July.",
    ),
]


def test_the_day_of_a_statement_can_clash_too() -> None:
    text = "Russia refused to exchange prisoners of war, Dmytro Lubinets said on {}, 16 July."
    found = [claim.flags for day in ("Friday", "Tuesday") for claim in claims(text.format(day), "en")]
    assert found == [DOUBT, ()]


@pytest.mark.parametrize(("language", "text", "expected"), CLASHES)
def test_a_claim_keeps_its_date_and_is_flagged_where_the_article_gives_another(
    language: str, text: str, expected: list
) -> None:
    assert flagged(text, language) == expected


@pytest.mark.parametrize(("language", "text"), TWO_VOICES)
def test_two_voices_give_one_exchange_two_days(language: str, text: str) -> None:
    found = claims(text, language)
    assert flagged(text, language) == [("2024-07-14", DOUBT), ("2024-07-16", DOUBT)]
    assert len({claim.event for claim in found}) == 1


@pytest.mark.parametrize(("language", "text"), NONE)
def test_dates_that_agree_or_are_of_two_exchanges_are_not_flagged(language: str, text: str) -> None:
    found = flagged(text, language)
    assert found
    assert all(flags == () for _, flags in found)
