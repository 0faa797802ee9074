"""How two claims about one exchange stand to each other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from processors.model import Claim, Kind, Side, Verdict
from tests.fakes.claimdesk import NOON, article, claim, day, exchanges, month, quantity

THIRD = day("2024-01-03")

AGREES, COMPATIBLE, CONTRADICTS = "agrees", "compatible", "contradicts"


def told(*claims: Claim) -> Sequence[Verdict]:
    """Verdicts of claims that come from one article each, on one day."""
    items = [
        article(f"a{hour}", each, published=NOON + timedelta(hours=hour)) for hour, each in enumerate(claims)
    ]
    [exchange] = exchanges(items)
    return exchange.verdicts


UA, RU = "returned.UA", "returned.RU"
CASES = {
    "the same figure": (claim("L", ua=230), claim("Z", ua=230), {(AGREES, UA)}),
    "a total of both sides that slipped onto one side": (claim("L", ua=115, ru=115), claim("Z", ua=230), {(COMPATIBLE, UA)}),
    "the other side": (claim("L", ua=230), claim("M", side=Side.RU, ru=248), {(COMPATIBLE, "returned")}),
    "another figure to the same side": (claim("L", ua=230), claim("M", side=Side.RU, ua=173), {(CONTRADICTS, UA)}),
    "over 200 beside 230": (claim("L", ua=230), claim("Z", ua=(200, None)), {(COMPATIBLE, UA)}),
    "up to 230 beside 173": (claim("L", ua=(None, 230)), claim("M", side=Side.RU, ua=173), {(COMPATIBLE, UA)}),
    "over 200 beside 173": (claim("L", ua=(200, None)), claim("M", side=Side.RU, ua=173), {(CONTRADICTS, UA)}),
    "between 170 and 175 beside 173": (claim("L", ua=(170, 175)), claim("M", ua=173), {(COMPATIBLE, UA)}),
    "one side agreed, the other not": (
        claim("L", ua=150, ru=150), claim("M", ua=150, ru=140), {(AGREES, UA), (CONTRADICTS, RU)},
    ),
    "recalled or not": (claim("L", ua=230), claim("M", ua=173, background=True), {(CONTRADICTS, UA)}),
    "other days": (claim("L", ua=230, on=THIRD), claim("M", ua=230, on=day("2024-01-04")), {(AGREES, UA), (CONTRADICTS, "date")}),
    "a day and its month": (claim("L", ua=230, on=THIRD), claim("M", ua=230, on=month("2024-01")), {(AGREES, UA)}),
    "the same ordinal": (claim("L", ordinal=49), claim("M", ordinal=49), {(AGREES, "ordinal")}),
    "nothing to compare": (claim("L"), claim("M", ua=230), set()),
}  # fmt: skip


@pytest.mark.parametrize(("one", "other", "expected"), CASES.values(), ids=CASES.keys())
def test_claims_are_compared_slot_by_slot(one, other, expected):
    pair = [each if each.date else replace(each, date=THIRD) for each in (one, other)]
    found = told(*pair)
    assert {(verdict.verdict.value, verdict.slot) for verdict in found} == expected


def test_about_leaves_room_for_a_tenth():
    about = replace(claim("L", on=THIRD), returned=replace(claim().returned, UA=quantity(200, approx=True)))
    assert [verdict.verdict.value for verdict in told(about, claim("M", ua=215, on=THIRD))] == [COMPATIBLE]


def test_a_figure_in_parts_is_no_conflict_and_says_so():
    parts = claim("Z", ua=230, on=THIRD, evidence="Z said 224 soldiers and six civilians were home.")
    [verdict] = told(claim("L", ua=230, on=THIRD, evidence="L said 230."), parts)
    assert verdict.explanation == "230 returned to Ukraine according to L and Z (in parts according to Z)."


@pytest.mark.parametrize(
    ("evidence", "whole", "expected"),
    [
        ("M said 246 were swapped for 246, and 31 wounded for 15.", 277, COMPATIBLE),
        ("M said 246 were swapped for 246, and 31 wounded for 15.", 278, CONTRADICTS),
        ("M said 246 came home on 3 January.", 249, CONTRADICTS),
    ],
    ids=["the others are told", "more than those", "a day of the month"],
)
def test_others_told_beside_a_figure_make_up_the_larger_one(evidence, whole, expected):
    [verdict] = told(
        claim("M", side=Side.RU, ua=246, on=THIRD, evidence=evidence), claim("Z", ua=whole, on=THIRD)
    )
    assert verdict.verdict.value == expected
    assert ("with the 31 told of beside them" in verdict.explanation) is (expected == COMPATIBLE)


@pytest.mark.parametrize(
    ("evidence", "each", "expected"),
    [
        ("A total of 230 people returned home, U said.", 115, [COMPATIBLE]),
        ("Загалом додому повернулися 2\u00a0000 людей, сказав U.", 1000, [COMPATIBLE]),
        ("2,000 people came home in all, U said.", 1000, [COMPATIBLE]),
        ("В общей сложности домой вернулись 230 человек, сказал U.", 120, []),
        ("The sides exchanged prisoners on January 10, U said.", 5, []),
    ],
)
def test_a_total_that_only_the_sentence_has_is_no_conflict_and_says_so(evidence, each, expected):
    total = claim("U", side=Side.THIRD, on=THIRD, evidence=evidence)
    found = told(claim("L", ua=each, ru=each, on=THIRD), total)
    assert [verdict.verdict.value for verdict in found] == expected
    assert all("in all according to U" in verdict.explanation for verdict in found)


def test_a_contradiction_is_explained_and_the_exchange_is_disputed():
    [exchange] = exchanges(
        [article("a", claim("Lubinets", ua=230, on=THIRD), claim("channels", side=Side.RU, ua=173, on=THIRD))]
    )
    assert exchange.disputed
    assert [v.explanation for v in exchange.verdicts] == [
        "230 returned to Ukraine according to Lubinets, 173 according to channels: both cannot hold."
    ]


def test_figures_of_one_exchange_are_not_held_against_those_of_its_parts():
    found = exchanges(
        [article("a", claim("M", ua=246, on=THIRD, event="x"), claim("M", ua=31, on=THIRD, event="y"))]
    )
    assert len(found) == 2
    assert not any(exchange.verdicts for exchange in found)


REFUSAL = claim("Moskalkova", kind=Kind.REFUSAL, side=Side.RU, actor=Side.UA, ua=630)


@pytest.mark.parametrize(
    ("claims", "contradicted"),
    [
        ([REFUSAL, claim("Usov", kind=Kind.DENIAL)], {"refusal"}),
        ([REFUSAL, claim("Peskov", kind=Kind.DENIAL, side=Side.RU)], set()),
        ([claim("Yusov", kind=Kind.REFUSAL, actor=Side.RU), claim("Usov", kind=Kind.DENIAL)], set()),
        (
            [
                claim("Moskalkova", kind=Kind.OFFER, side=Side.RU, actor=Side.RU),
                claim("Usov", kind=Kind.DENIAL),
            ],
            {"offer"},
        ),
        ([claim("Church", side=Side.RU), claim("Nikolenko", kind=Kind.DENIAL)], {"exchange"}),
        ([claim("MoD", side=Side.RU, ru=5), claim("Zelensky", ua=5), claim("Kyiv", kind=Kind.DENIAL)], set()),
        (
            [REFUSAL, claim("MoD", side=Side.RU, kind=Kind.ACCUSATION), claim("Usov", kind=Kind.DENIAL)],
            {"refusal"},
        ),
    ],
    ids=[
        "the accused side",
        "the side that accuses",
        "a refusal by others",
        "an offer to its side",
        "an exchange",
        "own side concedes it",
        "the gravest",
    ],
)
def test_a_denial_contradicts_what_others_claim_against_its_side(claims, contradicted):
    [exchange] = exchanges([article("a", *claims)])
    found = {verdict.slot for verdict in exchange.verdicts if verdict.verdict.value == CONTRADICTS}
    assert found == contradicted


def test_a_denial_in_another_article_contradicts_what_it_denies_whichever_comes_first():
    held = article("a", claim("MoD", side=Side.RU, ua=50, ru=50, on=THIRD))
    denial = article("b", claim("Usov", kind=Kind.DENIAL, on=THIRD), published=NOON + timedelta(days=1))
    for items in ([held, denial], [denial, held]):
        [exchange] = exchanges(items)
        [verdict] = exchange.verdicts
        assert exchange.disputed
        assert verdict.explanation == "Denied by Usov: the exchange claimed by MoD."
