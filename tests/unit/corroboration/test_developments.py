"""What becomes known by an article, and what does not."""

from datetime import timedelta

import pytest

from processors.model import ArticleClaims, Kind, Side
from tests.fakes.claimdesk import NOON, Folded, article, claim, day

THIRD = day("2024-01-03")
LATER = NOON + timedelta(hours=3)

L230 = claim("Lubinets", ua=230, on=THIRD)
FIRST = article("a", L230, outlet="Wire")


def types(*items: ArticleClaims) -> list[str]:
    """Types of the developments that the last item brings."""
    folded = Folded()
    folded.take(*items[:-1])
    known = len(folded.developments())
    folded.take(items[-1])
    return [development.type.value.removeprefix("claim.") for development in folded.developments()[known:]]


CASES = {
    "the first claim": ([FIRST], ["created"]),
    "a figure for the other side": (
        [FIRST, article("b", claim("MoD", side=Side.RU, ru=248, on=THIRD))],
        ["created"],
    ),
    "another speaker with the figure": (
        [FIRST, article("b", claim("Zelensky", ua=230, on=THIRD))],
        ["corroborated"],
    ),
    "another speaker with a figure that fits": (
        [FIRST, article("b", claim("Zelensky", ua=(200, None), on=THIRD))],
        ["corroborated"],
    ),
    "the outlet in its own voice": ([FIRST, article("b", claim(ua=230, on=THIRD))], ["corroborated"]),
    "the same words by another outlet": ([FIRST, article("b", L230)], ["corroborated"]),
    "the same words by the same outlet": ([FIRST, article("b", L230, outlet="Wire", published=LATER)], []),
    "the same speaker with another figure later": (
        [FIRST, article("b", claim("Lubinets", ua=231, on=THIRD), published=LATER)],
        ["changed"],
    ),
    "another figure of another speaker": (
        [FIRST, article("b", claim("MoD", side=Side.RU, ua=173, on=THIRD))],
        ["contradicted"],
    ),
    "a contradiction told again by another outlet": (
        [
            FIRST,
            article("b", claim("MoD", side=Side.RU, ua=173, on=THIRD)),
            article("c", claim("MoD", side=Side.RU, ua=173, on=THIRD)),
        ],
        ["corroborated"],
    ),
    "a known exchange recalled": (
        [FIRST, article("b", claim(ua=230, on=THIRD, background=True), published=LATER)],
        [],
    ),
    "a known exchange recalled with another figure": (
        [FIRST, article("b", claim(ua=220, on=THIRD, background=True), published=LATER)],
        ["contradicted"],
    ),
    "an unknown exchange recalled": ([article("b", claim(ua=230, on=THIRD, background=True))], ["created"]),
    "a denial": (
        [
            article("a", claim("Moskalkova", kind=Kind.REFUSAL, side=Side.RU, actor=Side.UA, ua=630)),
            article("b", claim(kind=Kind.LIST, actor=Side.RU, ua=630), claim("Usov", kind=Kind.DENIAL)),
        ],
        ["created", "contradicted"],
    ),
    "a claim of what was denied": (
        [
            article("a", claim("Usov", kind=Kind.DENIAL), claim(kind=Kind.LIST, actor=Side.RU, ua=630)),
            article("b", claim("Moskalkova", kind=Kind.REFUSAL, side=Side.RU, actor=Side.UA, ua=630)),
        ],
        ["contradicted"],
    ),
    "a new version with another figure": (
        [FIRST, article("a", claim("Lubinets", ua=207, on=THIRD), outlet="Wire", version=2)],
        ["changed"],
    ),
    "a new version without the claim": ([FIRST, article("a", outlet="Wire", version=2)], ["retracted"]),
    "a new version with the claim and one more": (
        [FIRST, article("a", L230, claim("MoD", side=Side.RU, ru=248, on=THIRD), outlet="Wire", version=2)],
        ["created"],
    ),
    "a new version with the same claims": ([FIRST, article("a", L230, outlet="Wire", version=2)], []),
    "two speakers of one article against each other": (
        [article("a", L230, claim("MoD", side=Side.RU, ua=173, on=THIRD))],
        ["created", "contradicted"],
    ),
    "an outlet that repeats its own source": (
        [article("a", L230, claim(ua=230, on=THIRD))],
        ["created", "created"],
    ),
}


@pytest.mark.parametrize(("items", "expected"), CASES.values(), ids=CASES.keys())
def test_an_article_brings_the_developments_that_it_is_news_for(items, expected):
    assert types(*items) == expected


def test_a_copy_by_another_outlet_says_that_it_is_no_new_voice():
    folded = Folded()
    folded.take(FIRST, article("b", L230, outlet="Voice"))
    assert folded.developments()[-1].explanation == (
        "Corroborated by outlet Voice for Lubinets: the same statement, no new voice."
    )


def test_a_changed_figure_is_told_with_the_one_before():
    folded = Folded()
    folded.take(FIRST, article("a", claim("Lubinets", ua=207, on=THIRD), outlet="Wire", version=2))
    last = folded.developments()[-1]
    assert (
        last.explanation
        == "Text changed by Wire. Now according to Lubinets: 207 returned to Ukraine, earlier 230."
    )
    assert last.other_ids == (FIRST.claims[0].id,)


def test_a_retracted_claim_leaves_its_exchange():
    folded = Folded()
    folded.take(
        FIRST, article("b", claim("Zelensky", ua=230, on=THIRD)), article("a", outlet="Wire", version=2)
    )
    assert [[row.article_id for row in exchange.claimants] for exchange in folded.exchanges()] == [["b"]]
    assert folded.developments()[-1].exchange_id


def test_the_same_claims_give_the_same_development_ids():
    def ids() -> list[str]:
        folded = Folded()
        folded.take(FIRST, article("b", L230), article("a", outlet="Wire", version=2))
        return [development.id for development in folded.developments()]

    assert ids() == ids()
    assert len(set(ids())) == 3
