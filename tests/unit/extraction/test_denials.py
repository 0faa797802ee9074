"""A denial points at what it denies."""

from datetime import UTC, datetime

import pytest

from processors.model import ArticleId, Claim, Kind, Language
from processors.stages.claims import extract

WEDNESDAY = datetime(2024, 7, 17, 12, tzinfo=UTC)


def claims(text: str, language: str) -> tuple[Claim, ...]:
    return extract(text, language=Language(language), published_at=WEDNESDAY, article_id=ArticleId("a"))


def answered(text: str, language: str) -> list[tuple[Kind, str | None] | None]:
    """Kind and speaker of the claim that each denial of the text answers."""
    found = claims(text, language)
    by_id = {claim.id: (claim.kind, claim.speaker_id) for claim in found}
    return [by_id.get(claim.denies) if claim.denies else None for claim in found if claim.kind is Kind.DENIAL]


CASES = [
    (
        "en",
        "Russia refused to exchange prisoners of war, Dmytro Lubinets said.\n\n"
        "Maria Zakharova denied that Russia had refused the prisoner exchange.",
        [(Kind.REFUSAL, "lubinets")],
    ),
    (
        "uk",
        "Росія відмовилася від обміну полоненими, заявив Дмитро Лубінець.\n\n"
        "Дмитро Пєсков спростував заяву про відмову від обміну полоненими.",
        [(Kind.REFUSAL, "lubinets")],
    ),
    (
        "ru",
        "Украина отказалась от обмена пленными, заявила Татьяна Москалькова.\n\n"
        "Дмитрий Лубинец опроверг заявление об отказе от обмена пленными.",
        [(Kind.REFUSAL, "moskalkova")],
    ),
    # an exchange, where nothing else is blamed on the denier
    (
        "en",
        "Ukraine and Russia exchanged prisoners on Wednesday and 95 Ukrainians came home, Dmytro Lubinets said.\n\n"
        "Maria Zakharova denied that a prisoner exchange took place.",
        [(Kind.EXCHANGE, "lubinets")],
    ),
    # what the same sentence says to be denied, and who claimed it
    (
        "uk",
        "Лубінець спростував заяву Москалькової про те, що Україна відмовилася обміняти 935 військовополонених.",
        [(Kind.REFUSAL, "moskalkova")],
    ),
    (
        "ru",
        "Лубинец опроверг заявление Москальковой о том, что Украина отказалась от обмена 935 военнопленных.",
        [(Kind.REFUSAL, "moskalkova")],
    ),
    (
        "en",
        "Lubinets denied Moskalkova's claim that Ukraine had refused to exchange 935 prisoners of war.",
        [(Kind.REFUSAL, "moskalkova")],
    ),
    # nothing to answer
    ("en", "Maria Zakharova denied that Russia had refused a prisoner exchange.", [None]),
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_a_denial_points_at_the_claim_that_it_answers(language: str, text: str, expected: list) -> None:
    assert answered(text, language) == expected


def test_only_denials_point_at_claims() -> None:
    assert all(
        claim.denies is None
        for language, text, _ in CASES
        for claim in claims(text, language)
        if claim.kind is not Kind.DENIAL
    )
