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
    "figures of another order are another event": ([claim("L", ua=189), claim("M", side=Side.RU, ua=31)], 2),
    "figures for two sides are one event": ([claim("L", ua=200), claim("M", side=Side.RU, ru=55)], 1),
    "bounds that hold both are one event": ([claim("L", ua=230), claim("Z", ua=(100, None))], 1),
    "one voice with two figures means two events": ([claim("M", ua=246), claim("M", ua=120)], 2),
    "one voice may correct itself": ([claim("M", ua=246), claim("M", ua=248)], 1),
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
    "labels of one day and no conflict are one": (
        [claim("L", ua=173, on=THIRD, event="x"), claim("L", ua=(None, 230), on=THIRD, event="x-2")],
        1,
    ),
    "labels of one day with other figures are two": (
        [claim("L", ua=246, on=THIRD, event="x"), claim("L", ua=31, on=THIRD, event="y")],
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
        [claim("L", ua=230), claim("L", ua=95, background=True), claim("ICRC", background=True)]
    )
    assert [[each.speaker for each in part] for part in threads([news, old, late])] == [["L"], ["L", "ICRC"]]


def test_a_claim_without_figures_is_about_what_most_is_said_of():
    few, many, more, plain = _named(
        [claim("M", side=Side.RU, ru=8), claim("M", side=Side.RU, ru=146), claim("L", ru=146), claim("ICRC")]
    )
    found = threads([plain, few, many, more])
    assert [[each.speaker for each in part] for part in found] == [["M"], ["M", "L", "ICRC"]]


def _named(claims: Sequence[Claim]) -> list[Claim]:
    return [replace(each, id=f"c{number}") for number, each in enumerate(claims)]
