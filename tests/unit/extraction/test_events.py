"""Which claims of a small text are about one event."""

from datetime import UTC, datetime

import pytest

from processors.model import ArticleId, Claim, Kind, Language
from processors.stages.claims import extract

THURSDAY = datetime(2025, 8, 14, 12, tzinfo=UTC)


def by_kind(text: str, language: str) -> dict[Kind, Claim]:
    found = extract(text, language=Language(language), published_at=THURSDAY, article_id=ArticleId("a"))
    return {claim.kind: claim for claim in found}


@pytest.mark.parametrize(
    ("language", "text", "one", "other"),
    [
        (
            "en",
            "Ukraine and Russia had been preparing to exchange prisoners today, Ukraine's Defence Intelligence confirmed.\n\n"
            "The exchange has been postponed, Andriy Yusov said.",
            Kind.AGREEMENT,
            Kind.SUSPENSION,
        ),
        (
            "en",
            "Ukraine and Russia had been preparing to exchange prisoners today, Ukraine's Defence Intelligence confirmed.\n\n"
            "Russia said that Kyiv had thwarted the exchange.",
            Kind.AGREEMENT,
            Kind.REFUSAL,
        ),
        (
            "en",
            "Russia and Ukraine exchanged 84 prisoners each on Thursday.\n\n"
            "Steve Witkoff said that the two countries had agreed to exchange 168 prisoners.",
            Kind.EXCHANGE,
            Kind.AGREEMENT,
        ),
        (
            "en",
            "Russia and Ukraine exchanged 84 prisoners each on Thursday.\n\n"
            "Ukraine refuses to take its wounded back, Tatyana Moskalkova said.\n\n"
            "The Kremlin aims to soothe public discontent with the exchange, the Institute for the Study of War assesses.",
            Kind.EXCHANGE,
            Kind.ASSESSMENT,
        ),
    ],
)
def test_words_and_deeds_take_the_event_they_are_about(
    language: str, text: str, one: Kind, other: Kind
) -> None:
    claims = by_kind(text, language)
    assert claims[one].event == claims[other].event


def test_a_refusal_beside_a_held_exchange_is_of_an_event_of_its_own() -> None:
    claims = by_kind(
        "Russia and Ukraine exchanged 84 prisoners each on Thursday.\n\n"
        "Ukraine refuses to take its wounded back, Tatyana Moskalkova said.",
        "en",
    )
    assert claims[Kind.EXCHANGE].event != claims[Kind.REFUSAL].event


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Russia and Ukraine exchanged 300 prisoners each on August 11.\n\nOn August 12 each side returned another 200.\n\n"
            "From 11 to 12 August, 500 people on either side were exchanged, Russia's Defence Ministry said.\n\n"
            "Volodymyr Zelensky thanked the United Arab Emirates for the exchange.",
        ),
        (
            "uk",
            "Україна та Росія 11 серпня обміняли по 300 полонених.\n\n12 серпня кожна зі сторін повернула ще по 200.\n\n"
            "З 11 по 12 серпня обміняно по 500 людей з кожного боку, повідомило Міноборони РФ.\n\n"
            "Президент Володимир Зеленський подякував Еміратам за обмін.",
        ),
    ],
)
def test_what_is_said_of_an_exchange_in_stages_is_said_of_all_of_them(language: str, text: str) -> None:
    found = extract(text, language=Language(language), published_at=THURSDAY, article_id=ArticleId("a"))
    dates = [claim.date.iso() for claim in found if claim.date and claim.kind is Kind.EXCHANGE]
    assert dates == ["2025-08-11", "2025-08-12", "2025-08-11/2025-08-12", "2025-08-11/2025-08-12"]
    assert found[-1].event == found[-2].event != found[0].event


def test_deals_inside_an_exchange_have_events_of_their_own_beside_the_whole():
    text = (
        "Ukraine and Russia held a prisoner exchange on Wednesday. Zelensky said 215 people had returned home to Ukraine. "
        "Two hundred fighters were swapped for Viktor Medvedchuk, and five commanders for 55 Russian prisoners."
    )
    found = extract(text, language=Language.EN, published_at=THURSDAY, article_id=ArticleId("a"))
    events = {claim.event for claim in found if claim.speaker == "Volodymyr Zelensky"}
    assert len(events) == 3


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "uk",
            "Три тижні тому, 24 липня, з російського полону повернулися 250 військових; "
            "зараз готується новий обмін, сказав Лубінець.",
        ),
        (
            "ru",
            "Три недели назад, 24 июля, из украинского плена вернулись 250 военных; "
            "сейчас готовится новый обмен, заявила Захарова.",
        ),
    ],
)
def test_a_new_exchange_is_another_event_than_the_one_told_before(language: str, text: str) -> None:
    claims = by_kind(text, language)
    assert claims[Kind.EXCHANGE].event != claims[Kind.AGREEMENT].event
