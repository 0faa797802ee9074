"""Turns of phrase of real news: what is an exchange and what is only talk of one, whose people, who says it."""

from datetime import UTC, datetime

import pytest

from processors.model import ArticleId, Language
from processors.stages.claims import extract

THURSDAY = datetime(2025, 8, 14, 12, tzinfo=UTC)


def rows(text: str, language: str) -> set[tuple[str, str | None, int | None, int | None]]:
    """(kind, speaker, UA, RU) of each claim, figures by their lower bound."""
    found = extract(text, language=Language(language), published_at=THURSDAY, article_id=ArticleId("a"))
    return {
        (
            claim.kind.value,
            claim.speaker_id,
            claim.returned.UA.min if claim.returned.UA else None,
            claim.returned.RU.min if claim.returned.RU else None,
        )
        for claim in found
    }


CASES = [
    # whose people: captivity names the side that they leave
    (
        "en",
        "Russia brought home 50 soldiers from Ukrainian captivity, Dmitry Peskov said.",
        {("exchange", "peskov", None, 50)},
    ),
    (
        "uk",
        "Україна повернула 13 військових з російського полону, повідомив Дмитро Лубінець.",
        {("exchange", "lubinets", 13, None)},
    ),
    (
        "ru",
        "Россия вернула 50 военных из украинского плена, сообщило Минобороны РФ.",
        {("exchange", "ru-mod", None, 50)},
    ),
    ("ru", "В ходе обмена ДНР получила 60 пленных, украинская сторона – 52.", {("exchange", None, 52, 60)}),
    (
        "ru",
        "В четверг состоялся обмен 215 пленными между Россией и Украиной.",
        {("exchange", None, None, None)},
    ),
    # talk of exchanges, totals and goals
    (
        "en",
        "Ukraine is working to resume the exchange of prisoners with Russia, Volodymyr Zelensky said.",
        set(),
    ),
    (
        "ru",
        "Россия и Украина ведут переговоры о большом обмене пленными, заявила Татьяна Москалькова.",
        set(),
    ),
    ("en", "Ukraine has managed to bring home 2,828 prisoners of war, Dmytro Lubinets said.", set()),
    # who says it
    (
        "en",
        "The head of the presidential office, Andriy Yermak, said 31 Ukrainian prisoners came home.",
        {("exchange", "yermak", 31, None)},
    ),
    (
        "en",
        "Russia and Ukraine said on Thursday that they had exchanged 84 prisoners each.",
        {("exchange", None, 84, 84)},
    ),
    # kinds
    (
        "ru",
        "Киев сорвал договоренности по обмену пленными, заявила Мария Захарова.",
        {("violation", "zakharova", None, None)},
    ),
    (
        "en",
        "Dmytro Usov said Russian officials claiming that Ukraine is blocking prisoner exchanges want to discredit Kyiv.",
        {("accusation", "usov", None, None)},
    ),
    # other countries
    (
        "en",
        "Ten Russians were exchanged for 16 prisoners, among them Evan Gershkovich, officials said.",
        set(),
    ),
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES, ids=[case[1][:40] for case in CASES])
def test_a_sentence_of_the_news_makes_these_claims(language, text, expected):
    assert rows(text, language) == expected
