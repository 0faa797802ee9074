"""Which claims of one article are told as one story, and what is told apart."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from processors.model import BySide, Claim, Kind, Side, Span
from processors.stages.extraction.events.signs import Between, Told, signs_of_pair
from processors.stages.extraction.events.stories import points
from processors.stages.extraction.events.stories import tell_stories as tell_drafted
from tests.fakes.claimdesk import claim, day, quantity

UA, RU = Side.UA, Side.RU
THIRD = day("2024-01-03")


def apart(claims: Sequence[Claim]) -> list[Claim]:
    """The claims, each told in a sentence of its own."""
    return [replace(each, span=Span(start=2 * at, end=2 * at + 1)) for at, each in enumerate(claims)]


def tell_stories(claims: Sequence[Claim]) -> list[Claim]:
    """The claims as one story or several, each told in a sentence of its own."""
    return tell_drafted([(each, ()) for each in apart(claims)])


def _offer(actor: Side, ua: int | None = None, **slots: object) -> Claim:
    return claim(str(actor), kind=Kind.OFFER, actor=actor, ua=ua, **{"event": "proposal-", **slots})


def _refusal(actor: Side, **slots: object) -> Claim:
    return claim("MoD", kind=Kind.REFUSAL, side=RU, actor=actor, **{"event": "proposal-", **slots})


def _list(actor: Side, ua: int | None = None, **slots: object) -> Claim:
    return claim("MoD", kind=Kind.LIST, side=RU, actor=actor, ua=ua, **{"event": "proposal-", **slots})


def _pause(**slots: object) -> Claim:
    return claim(kind=Kind.SUSPENSION, **{"event": "proposal-", **slots})


def _plan(event: str = "agreed-", **slots: object) -> Claim:
    return claim("Umerov", kind=Kind.AGREEMENT, event=event, **slots)


def _denial(event: str = "main") -> Claim:
    return claim("Usov", kind=Kind.DENIAL, event=event)


#: Claims in the order of a text, with a letter for the event of each; `fit_story_points` learns them.
STORIES: dict[str, tuple[list[Claim], str]] = {
    "a refusal and the denial that answers it": ([_refusal(UA), _denial("proposal-")], "aa"),
    "a refusal, and the list that gives the number": (
        [_refusal(UA), _list(RU, ua=640, event="proposal-640")],
        "aa",
    ),
    "a plan, its pause, its lists of both sides and a denial": (
        [_plan(), _pause(), _list(RU, ua=640, event="proposal-640"), _list(UA), _denial("agreed-")],
        "aaaaa",
    ),
    "a plan for one day on which two voices differ, and the list that fits one of them": (
        [
            _plan("agreed-2024-01-03", ua=65, on=THIRD),
            replace(_plan("agreed-2024-01-03", ua=192, on=THIRD), speaker_id="kartapolov"),
            _list(RU, ua=65, event="agreed-2024-01-03"),
        ],
        "aaa",
    ),
    "the deal behind the exchange, with its figure": (
        [
            claim("Lubinets", ua=205, on=THIRD, event="main"),
            _plan("agreed-2023-12-20", ua=205, on=day("2023-12-20"), background=True),
        ],
        "aa",
    ),
    "a plan for a day, and who thwarted it": (
        [_plan("agreed-2024-01-03", on=THIRD), _refusal(UA, event="agreed-2024-01-03")],
        "aa",
    ),
    "a deal on prisoners, that on remains and the first again": (
        [
            _plan("main", ua=1000, on=THIRD),
            replace(_plan("main-remains", on=THIRD), bodies=BySide(UA=quantity(6000))),
            replace(_plan("main", on=THIRD), speaker_id="medinsky"),
        ],
        "aba",
    ),
    "two numbers": (
        [_offer(RU, ua=935, event="proposal-935"), _list(RU, ua=630, event="proposal-630")],
        "ab",
    ),
    "an offer to exchange all for all beside a list": (
        [_list(RU, ua=630, event="proposal-630"), _offer(UA, ratio="all:all", event="proposal-all:all")],
        "ab",
    ),
    "a blamed side that is ready": ([_refusal(UA), _offer(UA)], "ab"),
    "a pause beside an offer": ([_pause(), _offer(UA, ratio="all:all", event="proposal-all:all")], "ab"),
    "people and remains": (
        [_offer(RU, ua=1000, event="proposal-1000"), replace(_offer(RU), bodies=BySide(UA=quantity(1000)))],
        "ab",
    ),
    "news and what is recalled": ([_refusal(UA), _list(RU, background=True, event="proposal-b")], "ab"),
    "a refusal, and the next exchange that is planned": ([_refusal(UA), _plan("agreed-2024-02")], "ab"),
    "an exchange, and those of both sides whom its deal was on": (
        [
            claim("Lubinets", ua=157, ru=157, on=THIRD, event="main"),
            _plan("agreed-2023-12-20", ua=314, on=day("2023-12-20"), background=True),
        ],
        "aa",
    ),
    "an exchange that was held, and a deal on more": (
        [
            claim("Lubinets", ua=390, on=THIRD, event="main"),
            _plan("agreed-2023-12-20", ua=1000, on=day("2023-12-20"), background=True),
        ],
        "ab",
    ),
    "words after an aside are about the story before it": (
        [
            _list(RU, ua=630, event="proposal-630"),
            _offer(UA, ratio="all:all", event="proposal-all:all"),
            claim("ISW", side=Side.THIRD, kind=Kind.ASSESSMENT, event="proposal-all:all"),
        ],
        "aba",
    ),
    "a denial is about what was recalled before it": (
        [_refusal(UA), _list(RU, ua=630, background=True, event="proposal-630"), _denial("proposal-630")],
        "abb",
    ),
    "one offer, another and the first again": ([_offer(UA), _offer(RU), _offer(UA)], "aba"),
}


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (2, 3, 0, 1)])
def test_far_fewer_people_are_a_group_of_their_own_whichever_is_told_first(order):
    told = [
        claim("Zelensky", ua=215, on=THIRD, event="main"),
        claim("Pushilin", on=THIRD, event="main"),
        claim("Riyadh", ua=10, on=THIRD, event="main"),
        claim("Truss", ua=10, on=THIRD, event="main"),
    ]
    events = {each.speaker: each.event for each in tell_stories([told[at] for at in order])}
    assert events["Zelensky"] == events["Pushilin"] != events["Riyadh"] == events["Truss"]


@pytest.mark.parametrize(("claims", "events"), STORIES.values(), ids=STORIES.keys())
def test_claims_of_one_story_have_one_label(claims: Sequence[Claim], events: str):
    labels = [told.event for told in tell_stories(claims)]
    letters = dict(zip(labels, events, strict=True))
    assert [letters[label] for label in labels] == [*events]
    assert len(letters) == len({*events})


def test_residents_of_a_border_district_are_rather_no_part_of_the_exchange_of_soldiers():
    between = Between(back=1, latest=True, words=True, news=True, side=False)
    soldiers, others = Told(claim("MoD", ru=146, on=THIRD)), claim("Moskalkova", ru=8, on=THIRD)
    residents = frozenset(("dweller",))
    beside = points(signs_of_pair(soldiers, Told(others, words=residents), between))
    assert beside < points(signs_of_pair(soldiers, Told(others), between))
    again = points(signs_of_pair(Told(others, words=residents), Told(others, words=residents), between))
    assert again == points(signs_of_pair(Told(others), Told(others), between))


def test_a_judgement_that_names_all_for_all_is_rather_about_the_offer_of_it():
    between = Between(back=2, latest=False, words=False, news=True, side=False)
    offer = Told(replace(claim("Zelensky", kind=Kind.OFFER), ratio="all:all"))
    judgement = claim("sociologist", kind=Kind.ASSESSMENT)
    named = Told(judgement, words=frozenset(("all",)))
    assert points(signs_of_pair(offer, named, between)) > points(
        signs_of_pair(offer, Told(judgement), between)
    )


def test_what_one_voice_says_in_one_sentence_by_two_kinds_is_rather_one_story():
    between = Between(back=1, latest=False, words=True, news=False, side=False)
    accusation = claim("MoD", kind=Kind.ACCUSATION, side=RU)
    refusal = _refusal(UA)
    elsewhere = replace(refusal, span=Span(start=9, end=10))
    together = points(signs_of_pair(Told(accusation), Told(refusal), between))
    assert together > points(signs_of_pair(Told(accusation), Told(elsewhere), between))
