"""Making and editing subscriptions."""

import base64
from datetime import timedelta

import pytest

from processors.addresses import parse_allowance
from processors.codec import decode
from processors.model import Kind, Subscription
from search.subscriptions import SubscriptionError, Subscriptions, check_url, latest, new_secret
from tests.fakes.claimed import NOW, SECRET
from tests.fakes.journal import MemoryStore


def _public(host: str, port: int) -> list[str]:
    return ["93.184.216.34"]


def _desk(store: MemoryStore, **options: object) -> Subscriptions:
    return Subscriptions(store, **{"clock": lambda: NOW, "resolver": _public, **options})


def _held(store: MemoryStore) -> list[Subscription]:
    return [
        decode(Subscription, message.value) for message in store.read("subscriptions", after=0, limit=100)
    ]


def test_a_new_subscription_is_appended_with_a_secret_and_an_id_of_its_own() -> None:
    store = MemoryStore()
    one, two = (
        _desk(store).create(
            name="figures", url="https://hooks.example/in", kinds=(Kind.EXCHANGE,), min_count=100
        )
        for _ in range(2)
    )
    assert _held(store) == [one, two]
    assert one.id != two.id
    assert one.secret != two.secret
    assert one.secret.startswith("whsec_")
    assert len(base64.b64decode(one.secret.removeprefix("whsec_"))) == 32
    assert (one.kinds, one.min_count, one.active, one.version) == ((Kind.EXCHANGE,), 100, True, 1)
    assert one.secret not in repr(one)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("ftp://hooks.example/", "must begin with https"),
        ("hooks.example/in", "must begin with https"),
        ("javascript:alert(1)", "must begin with https"),
        ("https://", "names no host"),
        ("https:///path", "names no host"),
        ("https://user:pass@hooks.example/", "user name"),
        ("https://user@hooks.example/", "user name"),
        ("https://hooks.example/#x", "#fragment"),
        ("https://hooks.example:0/", "names no host"),
        ("https://hooks.example:99999/", "is not a URL"),
        ("https://[::1/", "is not a URL"),
        ("https://hooks.example/a b", "space"),
        ("https://hooks.example/\r\nX: y", "control"),
        ("https://hooks.example\\@127.0.0.1/", "backslash"),
        ("https://hooks.example/" + "x" * 2000, "longer than"),
    ],
)
def test_a_malformed_url_is_refused_with_what_is_wrong(url: str, says: str) -> None:
    store = MemoryStore()
    with pytest.raises(SubscriptionError, match=says) as raised:
        _desk(store).create(name="x", url=url)
    assert raised.value.field == "url"
    assert _held(store) == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "::1",
        "fd00::1",
        "64:ff9b::a00:1",
        "100.64.1.1",
    ],
)
def test_a_private_address_is_refused_unless_it_is_allowed(address: str) -> None:
    with pytest.raises(SubscriptionError, match="not public; add it to the allowed networks"):
        check_url("https://hooks.example/", resolver=lambda *_: ["93.184.216.34", address])
    check_url("https://hooks.example/", resolver=lambda *_: [address], allowed=(parse_allowance(address),))


def test_an_allowed_network_may_be_limited_to_a_port() -> None:
    allowed = (parse_allowance("127.0.0.1:8080"),)
    check_url("http://localhost:8080/", resolver=lambda *_: ["127.0.0.1"], allowed=allowed)
    with pytest.raises(SubscriptionError):
        check_url("http://localhost:8081/", resolver=lambda *_: ["127.0.0.1"], allowed=allowed)


def test_a_name_that_does_not_resolve_now_is_accepted() -> None:
    def offline(host: str, port: int) -> list[str]:
        raise OSError

    check_url("https://hooks.example/", resolver=offline)


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_a_name_is_needed_and_short(name: str) -> None:
    with pytest.raises(SubscriptionError, match="name"):
        _desk(MemoryStore()).create(name=name, url="https://hooks.example/")


def test_an_own_secret_is_taken_and_a_weak_one_refused() -> None:
    assert _desk(MemoryStore()).create(name="x", url="https://hooks.example/", secret=SECRET).secret == SECRET
    short = "whsec_" + base64.b64encode(b"x" * 23).decode()
    for secret in ("hunter2", "whsec_", "whsec_!!!", short, SECRET.removeprefix("whsec_"), "v1," + SECRET):
        with pytest.raises(SubscriptionError, match="secret") as raised:
            _desk(MemoryStore()).create(name="x", url="https://hooks.example/", secret=secret)
        assert secret == "whsec_" or secret not in str(raised.value)


def test_edit_disable_enable_and_rotate_are_new_versions_of_one_id() -> None:
    store = MemoryStore()
    desk = _desk(store)
    made = desk.create(name="x", url="https://hooks.example/")
    edited = desk.edit(made, name="y", kinds=(Kind.DENIAL,))
    disabled = desk.disable(edited)
    enabled = desk.enable(disabled)
    rotated = desk.rotate_secret(enabled)
    assert [held.version for held in _held(store)] == [1, 2, 3, 4, 5]
    assert {held.id for held in _held(store)} == {made.id}
    assert (edited.name, edited.secret) == ("y", made.secret)
    assert (disabled.active, enabled.active) == (False, True)
    assert rotated.secret != made.secret
    assert latest(store.read("subscriptions", after=0, limit=100)) == {made.id: rotated}


def test_an_edit_is_checked_like_a_new_one() -> None:
    desk = _desk(MemoryStore())
    made = desk.create(name="x", url="https://hooks.example/")
    for change in (
        {"url": "ftp://x/"},
        {"id": "other"},
        {"secret": "s"},
        {"min_count": -1},
        {"created_at": NOW + timedelta(1)},
    ):
        with pytest.raises(SubscriptionError):
            desk.edit(made, **change)


def test_secrets_come_from_the_given_source() -> None:
    assert new_secret(lambda n: b"\x00" * n) == "whsec_" + base64.b64encode(b"\x00" * 32).decode()
