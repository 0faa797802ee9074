"""Which claims are about one exchange, and which are not."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.errors import Quarantined
from processors.model import ArticleClaims, Claim, Exchange, Kind, Language, Side
from processors.stages.corroborate import MAX_CLAIMS, corroborate
from processors.stages.corroboration.cells import LAYOUT
from tests.fakes.claimdesk import NOON, Folded, article, claim, day, days, exchanges, month, shapes

THIRD, FOURTH, SIXTH = day("2024-01-03"), day("2024-01-04"), day("2024-01-06")


def grouped(items: Sequence[ArticleClaims]) -> set[frozenset[str]]:
    """Names of the articles of each exchange."""
    return {frozenset(row.article_id for row in exchange.claimants) for exchange in exchanges(items)}


TOGETHER = {
    "one day and no more": [
        article("a", claim(on=THIRD)),
        article("b", claim("Lubinets", on=THIRD, ua=230)),
    ],
    "other languages, other figures by other speakers": [
        article("a", claim("Lubinets", ua=230, on=THIRD, ordinal=49)),
        article("b", claim("Минобороны РФ", side=Side.RU, ru=248, on=THIRD), language=Language.RU),
        article("c", claim("канали", side=Side.RU, ua=173, on=THIRD), language=Language.UK),
    ],
    "a day apart with the same figure": [
        article("a", claim("Lubinets", ua=230, ru=248, on=THIRD)),
        article("b", claim(ua=230, ru=248, on=FOURTH)),
    ],
    "a month with the same figures, recalled a year later": [
        article("a", claim("Lubinets", ua=215, ru=55, on=day("2022-09-21"))),
        article("b", claim(ua=215, ru=55, on=month("2022-09"), background=True), published=NOON + timedelta(days=365)),
    ],
    "two days apart with figures that differ by side": [
        article("a", claim("Lubinets", ua=230, ru=248, on=FOURTH)),
        article("b", claim(ua=230, ru=248, on=SIXTH)),
    ],
    "an undated report of the same figures in the days after": [
        article("a", claim("Lubinets", ua=230, ru=248, on=THIRD)),
        article("b", claim(ua=230, ru=248), published=NOON + timedelta(days=2)),
    ],
    "a report without a day or a figure beside the news": [
        article("a", claim("Lubinets", ua=230, ru=248, on=THIRD)),
        article("b", claim("Red Cross", side=Side.THIRD), published=NOON + timedelta(days=1)),
    ],
    "two reports on a plan, of one evening": [
        article("a", claim("Umerov", kind=Kind.AGREEMENT, ua=1200)),
        article("b", claim("Zelensky", kind=Kind.AGREEMENT, ua=(1200, None)), published=NOON + timedelta(days=1)),
    ],
    "planned for the day on which it was held": [
        article("a", claim("Kremlin", kind=Kind.AGREEMENT, ua=175, ru=175, on=FOURTH)),
        article("b", claim("Zelensky", ua=175, on=FOURTH), published=NOON + timedelta(days=1)),
    ],
    "an exchange recalled with the day of its deal": [
        article("a", claim("Lubinets", ua=230, on=THIRD)),
        article("b", claim("Lubinets", ua=230, on=THIRD), claim(kind=Kind.AGREEMENT, ua=230, on=day("2023-12-20"))),
    ],
    "an offer with its refusal, denial and list": [
        article("a", claim("Zakharova", kind=Kind.OFFER, side=Side.RU, actor=Side.RU, ua=630, on=day("2024-11-27")),
                published=NOON + timedelta(days=329)),
        article("b", claim("Moskalkova", kind=Kind.REFUSAL, side=Side.RU, actor=Side.UA, ua=630), claim("Usov", kind=Kind.DENIAL),
                claim(kind=Kind.LIST, actor=Side.RU, ua=630), published=NOON + timedelta(days=335)),
    ],
    "a denial of the day of an exchange": [
        article("a", claim("MoD", side=Side.RU, ua=50, ru=50, on=THIRD)),
        article("b", claim("Usov", kind=Kind.DENIAL, on=THIRD), published=NOON + timedelta(days=1)),
    ],
    "a denial of a refusal by its figure, a week later": [
        article("a", claim("Moskalkova", kind=Kind.REFUSAL, side=Side.RU, actor=Side.UA, ua=1000)),
        article("b", claim("Usov", kind=Kind.DENIAL, evidence="Usov denied that Kyiv had refused to take 1,000 prisoners."),
                published=NOON + timedelta(days=7)),
    ],
    "a denial of what its side is blamed for, a day later": [
        article("a", claim("Moskalkova", kind=Kind.REFUSAL, side=Side.RU, actor=Side.UA)),
        article("b", claim("Усов", kind=Kind.DENIAL, evidence="Усов заперечив, що Київ відмовився від обміну."),
                language=Language.UK, published=NOON + timedelta(days=1)),
    ],
}  # fmt: skip

APART = {
    "a denial, and a refusal with another figure": [
        article("a", claim("Moskalkova", kind=Kind.REFUSAL, side=Side.RU, actor=Side.UA, ua=935)),
        article("b", claim("Usov", kind=Kind.DENIAL, evidence="Усов опроверг отказ от обмена 1000 пленных.")),
    ],
    "a denial by the side that blames": [
        article("a", claim("Moskalkova", kind=Kind.REFUSAL, side=Side.RU, actor=Side.UA)),
        article("b", claim("Peskov", kind=Kind.DENIAL, side=Side.RU)),
    ],
    "a denial a week after a refusal that shares no more than the parties": [
        article("a", claim("Moskalkova", kind=Kind.REFUSAL, side=Side.RU, actor=Side.UA)),
        article("b", claim("Usov", kind=Kind.DENIAL), published=NOON + timedelta(days=7)),
    ],
    "a denial whose sentence has the year and the day": [
        article("a", claim("MoD", side=Side.RU, ru=12, on=day("2024-01-08"))),
        article("b", claim("Usov", kind=Kind.DENIAL, on=day("2024-01-12"), evidence="Nothing came of it on 12 January 2024.")),
    ],
    "two exchanges in one week": [
        article("a", claim("Lubinets", ua=230, on=THIRD)),
        article("b", claim("Lubinets", ua=230, on=day("2024-01-08")), published=NOON + timedelta(days=5)),
    ],
    "two exchanges of one week that brought as many to either side": [
        article("a", claim(ua=84, ru=84, on=THIRD)),
        article("b", claim(ua=84, ru=84, on=SIXTH), published=NOON + timedelta(days=3)),
    ],
    "two exchanges on two days with their own figures": [
        article("a", claim("Zelensky", ua=49, on=day("2024-09-13"), ordinal=56)),
        article("b", claim("Zelensky", ua=103, ru=103, on=day("2024-09-14"), ordinal=57)),
    ],
    "a report without a day, ten days later": [
        article("a", claim("Lubinets", ua=230, ru=248, on=THIRD)),
        article("b", claim("Red Cross", side=Side.THIRD), published=NOON + timedelta(days=10)),
    ],
    "other ordinals on one day": [
        article("a", claim(on=THIRD, ordinal=49)),
        article("b", claim(on=THIRD, ordinal=50)),
    ],
    "another figure of the same speaker for the same side": [
        article("a", claim("MoD", side=Side.RU, ua=246, ru=246, on=THIRD)),
        article("b", claim("MoD", side=Side.RU, ua=31, ru=15, on=THIRD)),
    ],
    "prisoners and remains that were agreed on one day": [
        article("a", claim("Umerov", kind=Kind.AGREEMENT, ua=1000, on=THIRD)),
        article("b", claim("Medinsky", kind=Kind.OFFER, side=Side.RU, actor=Side.RU, on=THIRD,
                           bodies=claim(ua=6000).returned)),
    ],
    "a pause of today, and one of two years ago that is recalled": [
        article("a", claim("Yusov", kind=Kind.SUSPENSION, actor=Side.RU)),
        article("b", claim("Yusov", kind=Kind.SUSPENSION, actor=Side.RU, on=month("2022-01"))),
    ],
    "offers of opposite sides": [
        article("a", claim("Lubinets", kind=Kind.OFFER, actor=Side.UA)),
        article("b", claim("Moskalkova", kind=Kind.OFFER, side=Side.RU, actor=Side.RU)),
    ],
}  # fmt: skip


@pytest.mark.parametrize("items", TOGETHER.values(), ids=TOGETHER.keys())
def test_claims_about_one_exchange_are_joined(items):
    assert len(grouped(items)) == 1


@pytest.mark.parametrize("items", APART.values(), ids=APART.keys())
def test_claims_about_different_exchanges_stay_apart(items):
    assert len(grouped(items)) == 2


def _offer_and_refusal(one: str, other: str) -> tuple[Claim, Claim]:
    return (
        claim("Zakharova", kind=Kind.OFFER, side=Side.RU, actor=Side.RU, ua=935, event=one),
        claim("Moskalkova", kind=Kind.REFUSAL, side=Side.RU, actor=Side.UA, ua=935, event=other),
    )


TOLD_APART = {
    "an offer and its refusal, which another outlet tells as one": (
        [article("a", *_offer_and_refusal("x", "y")), article("b", *_offer_and_refusal("x", "x"))],
        1,
    ),
    "an offer and its refusal, which nobody tells as one": (
        [article("a", *_offer_and_refusal("x", "y")), article("b", claim(on=THIRD, ua=12))],
        3,
    ),
    "two exchanges of two days, for which another outlet has one": (
        [
            article("a", *(claim(on=on, ua=95, ratio="1:1", event=str(on)) for on in (THIRD, FOURTH))),
            article("b", claim(on=days("2024-01-03", "2024-01-04"), ua=95, ratio="1:1")),
        ],
        2,
    ),
    "offers of either side, which another outlet tells as one": (
        [
            article(
                "a",
                claim("Lubinets", kind=Kind.OFFER, actor=Side.UA, ua=935, event="x"),
                claim("Zakharova", kind=Kind.OFFER, side=Side.RU, actor=Side.RU, ru=200, event="y"),
            ),
            article("b", claim("Lubinets", kind=Kind.OFFER, ua=935, ru=200)),
        ],
        2,
    ),
    "a pause for which nobody is blamed, and an offer": (
        [
            article("a", _offer_and_refusal("x", "x")[0], claim(kind=Kind.SUSPENSION, event="y")),
            article("b", *_offer_and_refusal("x", "x"), claim("Zakharova", side=Side.RU, kind=Kind.SUSPENSION, event="x")),
        ],
        2,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("items", "number"), TOLD_APART.values(), ids=TOLD_APART.keys())
def test_what_one_article_tells_apart_is_joined_where_little_speaks_against_it_and_others_do(items, number):
    assert len(exchanges(items)) == len(exchanges(items[::-1])) == number


def test_events_that_one_article_tells_apart_and_counts_are_never_joined():
    bridge = article("c", claim(on=THIRD), outlet="C")
    both = article("a", claim(ua=230, on=THIRD, event="x"), claim(ua=95, on=THIRD, event="y"))
    found = exchanges([both, bridge])
    assert len(found) == 2
    assert all(
        len({row.claim.event for row in exchange.claimants if row.article_id == "a"}) == 1
        for exchange in found
    )


def test_a_group_handed_over_outside_the_exchange_is_part_of_it():
    main, wounded = (
        [
            claim("MoD", side=Side.RU, ua=246, ru=246, on=THIRD, event="m"),
            claim("Zelensky", ua=277, on=THIRD, event="m"),
        ],
        [claim("MoD", side=Side.RU, ua=31, ru=15, ratio="31:15", on=THIRD, event="w")],
    )
    found = exchanges([article("a", *main, *wounded), article("b", *wounded, *main)])
    whole, part = sorted(found, key=lambda exchange: -len(exchange.claimants))
    assert (len(found), whole.parent_id, part.parent_id) == (2, None, whole.id)


def test_deals_inside_an_exchange_are_parts_of_it_however_large():
    whole = claim("Zelensky", ua=215, on=THIRD, event="m")
    for_one = claim("Zelensky", ua=200, ru=1, ratio="200:1", on=THIRD, event="m~1")
    for_five = claim("Zelensky", ua=5, ru=55, ratio="5:55", on=THIRD, event="m~2")
    found = exchanges([article("a", whole, for_one, for_five)])
    [main] = [exchange for exchange in found if exchange.parent_id is None]
    assert len(found) == 3
    assert {exchange.parent_id for exchange in found} == {None, main.id}
    assert not any(exchange.disputed for exchange in found)


@pytest.mark.parametrize("ru", [None, 55])
def test_deals_that_one_outlet_tells_are_parts_of_the_whole_that_another_tells(ru):
    for_one = claim("Zelensky", ua=200, ru=1, ratio="200:1", on=THIRD, event="m")
    for_five = claim("Zelensky", ua=5, ru=55, ratio="5:55", on=THIRD, event="m-2")
    whole = article("b", claim("Yermak", ua=215, ru=ru and ru + 1, on=THIRD))
    found = exchanges([article("a", for_one, for_five), whole])
    [main] = [exchange for exchange in found if exchange.parent_id is None]
    assert [row.claim.speaker for row in main.claimants] == ["Yermak"]
    assert [exchange.parent_id for exchange in found if exchange is not main] == [main.id] * 2
    assert not any(exchange.disputed for exchange in found)


def test_unequal_numbers_of_one_order_are_no_deal_inside_another_count():
    items = [
        article("a", claim("Zelensky", ua=90, ru=95, ratio="90:95", on=THIRD)),
        article("b", claim("MoD", side=Side.RU, ua=100, on=THIRD)),
    ]
    [exchange] = exchanges(items)
    assert exchange.disputed


def test_stages_are_parts_of_the_whole_exchange():
    found = exchanges(
        [
            article("a", claim(ua=390, ru=390, on=day("2025-05-23"))),
            article("b", claim(ua=307, ru=307, on=day("2025-05-24"))),
            article("c", claim(ua=303, ru=303, on=day("2025-05-25"))),
            article("d", claim(ua=1000, ru=1000, on=days("2025-05-23", "2025-05-25"))),
        ]
    )
    whole = next(exchange for exchange in found if exchange.claimants[0].article_id == "d")
    assert len(found) == 4
    assert [exchange.parent_id for exchange in found if exchange is not whole] == [whole.id] * 3


def test_what_one_outlet_says_twice_is_one_row_and_a_repeat():
    said = claim("Lubinets", ua=230, on=THIRD)
    first, again = (
        article("a", said, outlet="Wire"),
        article("b", said, outlet="Wire", published=NOON + timedelta(hours=5)),
    )
    [exchange] = exchanges([first, again])
    assert [row.article_id for row in exchange.claimants] == ["a"]
    assert exchange.repeats == (again.claims[0].id,)


def test_an_exchange_is_named_dated_and_labelled():
    [exchange] = exchanges(
        [article("a", claim("Lubinets", ua=230, ordinal=49, on=THIRD)), article("b", claim(on=THIRD))]
    )
    assert (exchange.label, exchange.date) == ("Exchange of 3 January 2024, no. 49", THIRD)


def test_a_vague_report_does_not_join_two_exchanges():
    two = [
        article("a", claim("Lubinets", on=THIRD, ua=100)),
        article("b", claim("MoD", side=Side.RU, on=THIRD, ua=200)),
    ]
    assert len(exchanges(two)) == len(exchanges([*two, article("c", claim(on=THIRD))])) == 2


def test_a_merged_exchange_points_to_its_heir_once():
    folded = Folded()
    folded.take(
        article("a", claim("Lubinets", on=THIRD), published=NOON),
        article("b", claim("Lubinets", ua=230, on=FOURTH), published=NOON + timedelta(hours=1)),
    )
    assert len(folded.exchanges()) == 2
    moved = article("b", claim("Lubinets", ua=230, on=THIRD), published=NOON + timedelta(hours=1), version=2)
    same_claim = replace(
        moved, claims=(replace(moved.claims[0], id=folded.exchanges()[1].claimants[0].claim.id),)
    )
    [gone] = [
        record for record in folded.take(same_claim) if isinstance(record, Exchange) and not record.claimants
    ]
    [stays] = folded.exchanges()
    assert gone.merged_into == stays.id


def test_an_exchange_without_claims_ends_without_an_heir():
    folded = Folded()
    folded.take(article("a", claim("Lubinets", on=THIRD)))
    [gone] = [record for record in folded.take(article("a", version=2)) if isinstance(record, Exchange)]
    assert (gone.claimants, gone.merged_into, gone.version) == ((), None, 2)


def test_an_earlier_claim_renames_its_exchange():
    folded = Folded()
    folded.take(article("a", claim("Lubinets", ua=230, on=THIRD), published=NOON))
    fresh = folded.take(
        article("b", claim("Zelensky", ua=230, on=THIRD), published=NOON - timedelta(hours=1))
    )
    [gone] = [record for record in fresh if isinstance(record, Exchange) and record.merged_into]
    [stays] = folded.exchanges()
    assert (gone.merged_into, gone.claimants, gone.version) == (stays.id, (), 2)


def test_versions_of_an_exchange_grow():
    folded = Folded()
    for hour in range(5):
        folded.take(
            article(f"a{hour}", claim(f"Speaker {hour}", on=THIRD), published=NOON - timedelta(hours=hour))
        )
    versions: dict[str, int] = {}
    for record in folded.out:
        if isinstance(record, Exchange):
            assert record.version == versions.get(record.id, 0) + 1
            versions[record.id] = record.version


def test_an_item_seen_before_changes_nothing_and_brings_nothing():
    item = article("a", claim("Lubinets", ua=230, on=THIRD), claim(on=SIXTH, event="e2"))
    folded = Folded()
    folded.take(item)
    before = dict(folded.state)
    assert folded.take(item) == []
    assert folded.state == before


def test_a_version_that_comes_late_is_not_taken_for_the_newest():
    old = article("a", claim("Lubinets", ua=230, on=THIRD), version=1)
    new = article("a", version=2)
    assert exchanges([old, new]) == exchanges([new, old]) == []


def test_an_article_with_thousands_of_claims_is_quarantined():
    flood = article("a", *(claim(f"Speaker {number}", ua=number) for number in range(MAX_CLAIMS + 1)))
    with pytest.raises(Quarantined, match="too_many_claims"):
        corroborate({}, flood)


@pytest.mark.timeout(60)
def test_the_most_claims_that_are_taken_are_still_told():
    most = article(
        "a", *(claim(f"Speaker {n}", ua=n * n, on=THIRD, event=f"e{n % 250}") for n in range(MAX_CLAIMS))
    )
    assert sum(len(exchange.claimants) for exchange in exchanges([most])) == MAX_CLAIMS


@st.composite
def _newsrooms(draw: st.DrawFn) -> list[ArticleClaims]:
    """A dozen articles about a few days, by few speakers with few figures: much to join and much to tell apart."""
    items = []
    for number in range(draw(st.integers(2, 8))):
        claims = draw(st.lists(_claims(), min_size=0, max_size=4))
        published = NOON + timedelta(days=draw(st.integers(0, 6)), hours=draw(st.integers(0, 3)))
        outlet = draw(st.sampled_from(["Wire", "Voice", "Post"]))
        name = draw(st.sampled_from([f"n{number}", "edited"]))
        items.append(article(name, *claims, outlet=outlet, published=published, version=number + 1))
    return items


def _claims() -> st.SearchStrategy:
    dates = st.sampled_from([None, THIRD, FOURTH, SIXTH, month("2024-01"), days("2024-01-03", "2024-01-06")])
    figures = st.sampled_from([None, 230, 173, 31, 1, (200, None), (None, 230)])
    return st.builds(
        claim,
        st.sampled_from([None, "Lubinets", "MoD"]),
        kind=st.sampled_from(
            [
                Kind.EXCHANGE,
                Kind.EXCHANGE,
                Kind.AGREEMENT,
                Kind.OFFER,
                Kind.REFUSAL,
                Kind.DENIAL,
                Kind.SUSPENSION,
            ]
        ),
        ua=figures,
        ru=figures,
        on=dates,
        event=st.sampled_from(["e1", "e2"]),
        ordinal=st.sampled_from([None, None, 49, 50]),
        evidence=st.sampled_from(["", "It is untrue that 230 came home.", "Обмену 1 173 пленных не бывать."]),
        ratio=st.sampled_from([None, None, "all:all", "230:248"]),
        actor=st.sampled_from([None, Side.UA, Side.RU]),
        background=st.booleans(),
    )


@settings(max_examples=80, deadline=None)
@given(_newsrooms(), st.randoms(use_true_random=False))
def test_the_exchanges_do_not_depend_on_the_order_of_arrival(
    items: list[ArticleClaims], order: random.Random
):
    first, second = Folded(), Folded()
    first.take(*items)
    shuffled = list(items)
    order.shuffle(shuffled)
    second.take(*shuffled)
    assert shapes(first.exchanges()) == shapes(second.exchanges())
    version = f"{LAYOUT}x"
    one, other = ({key for key in each.state if not key.startswith(version)} for each in (first, second))
    assert one == other


@settings(max_examples=40, deadline=None)
@given(_newsrooms())
def test_every_claim_of_a_newest_version_is_in_one_exchange(items: list[ArticleClaims]):
    folded = Folded()
    folded.take(*items)
    newest: dict[str, ArticleClaims] = {}
    for item in items:
        newest[item.article_id] = max(
            newest.get(item.article_id, item), item, key=lambda each: (each.fetched_at, each.version_id)
        )
    wanted = sorted(each.id for item in newest.values() for each in item.claims)
    found = sorted(
        key
        for exchange in folded.exchanges()
        for key in (*(row.claim.id for row in exchange.claimants), *exchange.repeats)
    )
    assert found == wanted


def test_an_exchange_recalled_without_a_day_is_known_by_how_many_came_for_how_many():
    held = article("a", claim("Zelensky", on=THIRD, ua=215, ru=55))
    later = NOON + timedelta(days=400)
    recalled = article("b", claim(ua=215, ru=55, background=True), published=later)
    alike = article("c", claim(ua=100, ru=100, background=True), published=later)
    assert len(exchanges([held, recalled])) == 1
    assert len(exchanges([article("a", claim("Zelensky", on=THIRD, ua=100, ru=100)), alike])) == 2


def test_a_deal_meets_the_exchange_that_fulfils_it_and_no_other():
    deal = article("a", claim("Umerov", kind=Kind.AGREEMENT, on=THIRD, ua=1000, ru=1000, ratio="1000:1000"))
    week_later = claim("Umerov", on=day("2024-01-10"), ua=1000, ru=1000, ratio="1000:1000")
    assert len(exchanges([deal, article("b", week_later)])) == 1
    other = article("b", claim("Umerov", on=day("2024-01-10"), ua=95, ru=95))
    assert len(exchanges([deal, other])) == 2
