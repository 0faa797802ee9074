"""What one label of an article can hold, and what it cannot."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from processors.model import Claim, Kind, Side
from processors.stages.corroboration.threads import threads
from tests.fakes.claimdesk import claim, day, month

THIRD = day("2024-01-03")

CASES = {
    "conflicting figures of two voices are one event": (
        [claim("L", ua=230), claim("M", side=Side.RU, ua=173)],
        1,
    ),
    "a figure of another order is that of some of them": (
        [claim("L", ua=189), claim("M", side=Side.RU, ua=31)],
        1,
    ),
    "figures for two sides are one event": ([claim("L", ua=200), claim("M", side=Side.RU, ru=55)], 1),
    "exchanges of different weeks are two": ([claim("L", on=THIRD), claim("L", on=day("2024-01-31"))], 2),
    "a day and its month are one": ([claim("L", on=THIRD), claim("M", on=month("2024-01"))], 1),
    "other ordinals are two": ([claim("L", ordinal=49), claim("M", ordinal=50)], 2),
    "offers of both sides are two": (
        [
            claim("L", kind=Kind.OFFER, actor=Side.UA),
            claim("M", kind=Kind.OFFER, side=Side.RU, actor=Side.RU),
        ],
        2,
    ),
    "an offer and a denial are one story": (
        [claim("M", kind=Kind.OFFER, actor=Side.RU), claim("U", kind=Kind.DENIAL)],
        1,
    ),
    "labels are kept apart": ([claim("L", event="x"), claim("L", event="y")], 2),
    "labels of one day are kept apart": (
        [claim("L", ua=173, on=THIRD, event="x"), claim("M", ua=22, on=THIRD, event="x-2")],
        2,
    ),
    "claims without a label stand alone": ([claim("L", event=""), claim("L", event="", ua=1)], 2),
}


@pytest.mark.parametrize(("claims", "number"), CASES.values(), ids=CASES.keys())
def test_a_label_is_taken_at_its_word_unless_it_cannot_be(claims, number):
    named = _named(claims)
    found = threads(named)
    assert len(found) == number
    assert sorted(each.id for part in found for each in part) == sorted(each.id for each in named)


def test_what_fits_both_parts_goes_to_that_which_is_news_as_it_is():
    news, old, late = _named(
        [
            claim("L", on=day("2024-01-31")),
            claim("L", on=THIRD, background=True),
            claim("ICRC", background=True),
        ]
    )
    assert [[each.speaker for each in part] for part in threads([late, news, old])] == [["L"], ["L", "ICRC"]]


def _named(claims: Sequence[Claim]) -> list[Claim]:
    return [replace(each, id=f"c{number}") for number, each in enumerate(claims)]
