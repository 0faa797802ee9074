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
