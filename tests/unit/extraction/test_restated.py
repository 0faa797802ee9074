"""What one voice says twice of one event is one claim."""

import pytest

from processors.model import Claim, Kind, Side
from processors.stages.extraction.events.restated import restated
from tests.fakes.claimdesk import claim, day

UA, RU = Side.UA, Side.RU


def _denial(**slots: object) -> Claim:
    return claim("Usov", **{"kind": Kind.DENIAL, "event": "offer", **slots})


def _exchange(**slots: object) -> Claim:
    return claim("Lubinets", **{"kind": Kind.EXCHANGE, "event": "main", **slots})


CASES: dict[str, tuple[Claim, Claim, int]] = {
    "a denial in other words": (_denial(), _denial(), 1),
    "a denial that gives another day": (_denial(on=day("2024-12-02")), _denial(on=day("2024-12-03")), 1),
    "a denial of something else": (_denial(), _denial(event="main"), 2),
    "the figure told further on": (_exchange(), _exchange(ua=230), 1),
    "another figure": (_exchange(ua=95), _exchange(ua=230), 2),
    "another day": (_exchange(on=day("2024-01-03")), _exchange(on=day("2024-01-31")), 2),
    "somebody else": (_exchange(), claim("Zelensky", kind=Kind.EXCHANGE, event="main"), 2),
    "an offer of the other side": (_denial(kind=Kind.OFFER, actor=UA), _denial(kind=Kind.OFFER, actor=RU), 2),
    "a second list": (_denial(kind=Kind.LIST), _denial(kind=Kind.LIST), 2),
}


@pytest.mark.parametrize(("first", "second", "claims"), CASES.values(), ids=CASES.keys())
def test_what_a_voice_says_again_makes_no_second_claim(first: Claim, second: Claim, claims: int) -> None:
    assert len(restated([(first, []), (second, [])], lambda _: first)) == claims
