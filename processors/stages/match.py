"""Developments to alerts: each subscription whose filters all hold gets one, with an id that never changes."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from processors.codec import decode, encode
from processors.model import (
    Alert,
    AlertId,
    Claim,
    Claimant,
    Development,
    Quantity,
    Side,
    Subscription,
    content_id,
)
from processors.ports import Changes

#: The one cell: subscriptions in the order of their ids. They are few, and every development asks for all of them.
_CELL = "1subscriptions"


def match(state: Mapping[str, bytes], item: Subscription | Development) -> tuple[Changes, Sequence[Alert]]:
    """Remember a subscription in its newest version, or alert those that ask for a development."""
    held = _subscriptions(state)
    if isinstance(item, Subscription):
        return _remembered(held, item), ()
    alerts = [
        _alert(subscription, item)
        for subscription in held
        if subscription.active and wants(subscription, item)
    ]
    return {}, alerts


def wants(subscription: Subscription, development: Development) -> bool:
    """True when every filter that is set holds for the development."""
    claimant = development.claimant
    claim = claimant.claim
    return (
        (not subscription.kinds or claim.kind in subscription.kinds)
        and (not subscription.types or development.type in subscription.types)
        and (not subscription.sides or bool(_sides(claim) & {*subscription.sides}))
        and (not subscription.speakers or bool(_speaker(claim) & _folded(subscription.speakers)))
        and (not subscription.outlets or claimant.outlet.casefold() in _folded(subscription.outlets))
        and (not subscription.languages or claimant.language in subscription.languages)
        and (subscription.min_count is None or _most(claim) >= subscription.min_count)
        and _has_words(subscription.text, claimant)
    )


def _alert(subscription: Subscription, development: Development) -> Alert:
    return Alert(
        id=AlertId(content_id("alert", subscription.id, development.id)),
        subscription_id=subscription.id,
        development=development,
    )


def _subscriptions(state: Mapping[str, bytes]) -> tuple[Subscription, ...]:
    raw = state.get(_CELL)
    return _decoded(raw) if raw else ()


@lru_cache(maxsize=2)
def _decoded(raw: bytes) -> tuple[Subscription, ...]:
    """Hundreds of subscriptions take longer to decode than to ask; the cell rarely changes."""
    return decode(tuple[Subscription, ...], raw)


def _remembered(held: Sequence[Subscription], new: Subscription) -> Changes:
    """Inactive subscriptions stay too, so that an older version that comes late does not bring them back."""
    known = {subscription.id: subscription for subscription in held}
    if new.id in known and known[new.id].version >= new.version:
        return {}
    known[new.id] = new
    return {_CELL: encode(tuple(known[key] for key in sorted(known)))}


def _sides(claim: Claim) -> set[Side]:
    """Sides that a claim is about: who speaks, who acts, and to whom people or bodies return."""
    found = {side for side in (claim.speaker_side, claim.actor) if side is not None}
    found |= {Side.UA for by_side in (claim.returned, claim.bodies) if by_side.UA is not None}
    return found | {Side.RU for by_side in (claim.returned, claim.bodies) if by_side.RU is not None}


def _speaker(claim: Claim) -> set[str]:
    return _folded(name for name in (claim.speaker, claim.speaker_id) if name)


def _folded(names: Iterable[str]) -> set[str]:
    return {name.casefold() for name in names}


def _most(claim: Claim) -> int:
    """Largest lower bound of people returned to either side; "up to 230" has none."""
    return max((_least(claim.returned.UA), _least(claim.returned.RU)))


def _least(quantity: Quantity | None) -> int:
    return quantity.min or 0 if quantity is not None else 0


def _has_words(text: str, claimant: Claimant) -> bool:
    if not text:
        return True
    claim = claimant.claim
    haystack = "\n".join((claim.evidence, claimant.title, claim.speaker or "")).casefold()
    return all(word in haystack for word in text.casefold().split())
