"""Which subscription gets an alert for which development."""

from dataclasses import replace

import pytest

from processors.model import (
    Development,
    DevelopmentType,
    Kind,
    Language,
    Side,
    Subscription,
    SubscriptionId,
    content_id,
)
from processors.stages.match import match
from tests.fakes.claimdesk import NOON, Folded, article, claim

ALL = Subscription(
    id=SubscriptionId("s1"), name="All", url="https://hook.test/", secret="whsec_x", created_at=NOON
)


def development(**slots) -> Development:
    item = article(
        "a",
        claim("Dmytro Lubinets", ua=230, **slots),
        outlet="Wire",
        language=Language.UK,
        title="Обмін: 230 додому",
    )
    folded = Folded()
    folded.take(item)
    return folded.developments()[0]


FILTERS = {
    "nothing": ({}, True),
    "the kind": ({"kinds": (Kind.OFFER, Kind.EXCHANGE)}, True),
    "another kind": ({"kinds": (Kind.OFFER,)}, False),
    "the type": ({"types": (DevelopmentType.CREATED,)}, True),
    "another type": ({"types": (DevelopmentType.CONTRADICTED,)}, False),
    "the speaker's side": ({"sides": (Side.UA,)}, True),
    "another side": ({"sides": (Side.RU,)}, False),
    "the speaker's name": ({"speakers": ("dmytro lubinets",)}, True),
    "another speaker": ({"speakers": ("Zelensky",)}, False),
    "the outlet in other case": ({"outlets": ("WIRE",)}, True),
    "another outlet": ({"outlets": ("Voice",)}, False),
    "the language": ({"languages": (Language.UK, Language.EN)}, True),
    "another language": ({"languages": (Language.RU,)}, False),
    "a count that is reached": ({"min_count": 230}, True),
    "a count that is not": ({"min_count": 231}, False),
    "words of title, evidence and speaker": ({"text": "lubinets ОБМІН said"}, True),
    "a word too many": ({"text": "lubinets обмін Москалькова"}, False),
    "one filter of two": ({"kinds": (Kind.EXCHANGE,), "outlets": ("Voice",)}, False),
    "paused": ({"active": False}, False),
}


@pytest.mark.parametrize(("filters", "expected"), FILTERS.values(), ids=FILTERS.keys())
def test_every_filter_that_is_set_must_hold(filters, expected):
    folded = Folded(match)
    folded.take(replace(ALL, **filters))
    assert bool(folded.take(development())) is expected


def test_up_to_230_does_not_reach_a_count():
    folded = Folded(match)
    folded.take(replace(ALL, min_count=1))
    vague = article("a", claim("Lubinets", ua=(None, 230)))
    source = Folded()
    source.take(vague)
    assert folded.take(source.developments()[0]) == []


def test_an_alert_has_one_id_for_ever():
    folded = Folded(match)
    folded.take(ALL)
    one, again = folded.take(development()), folded.take(development())
    assert one == again
    assert one[0].id == content_id("alert", "s1", development().id)


def test_each_subscription_gets_its_own_alert():
    folded = Folded(match)
    folded.take(ALL, replace(ALL, id=SubscriptionId("s2")))
    assert [alert.subscription_id for alert in folded.take(development())] == ["s1", "s2"]


def test_an_older_version_of_a_subscription_does_not_bring_it_back():
    folded = Folded(match)
    folded.take(replace(ALL, active=False, version=2), ALL)
    assert folded.take(development()) == []
