"""Copies: articles whose text is nearly that of an article seen before. They are linked, never dropped."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from processors.codec import decode, encode
from processors.model import ArticleClaims, ArticleId, CopyLink, Outcome, OutcomeStatus
from processors.ports import Changes

#: Differing bits of two fingerprints up to which texts count as copies.
MAX_DISTANCE = 3
#: Shorter texts share too much by chance.
MIN_WORDS = 40
#: Copies are looked for among articles fetched in this stretch of days and the one before.
PERIOD_DAYS = 30

_BANDS = 4
_BAND_BITS = 16
#: Articles that one band cell holds. Two texts that share a band need not be alike; this bounds the work for a freak band.
_CELL = 64


class Seen(NamedTuple):
    """An article as a cell remembers it."""

    article_id: ArticleId
    fingerprint: str
    outlet: str


def dedupe(state: Mapping[str, bytes], item: ArticleClaims) -> tuple[Changes, Sequence[CopyLink | Outcome]]:
    """One outcome for every article version, and a link when its text is a copy of another article's.

    The first of two copies is indexed, the second a duplicate with the reason `copy`. Another version of one article is
    no copy of itself. Two fingerprints within three bits agree in at least one of four bands, so four small cells find it.
    """
    if item.words < MIN_WORDS:
        return {}, (_outcome(item, None),)
    fingerprint = int(item.fingerprint, 16)
    period = item.fetched_at.toordinal() // PERIOD_DAYS
    original = _nearest(state, item, fingerprint, period)
    changes: dict[str, bytes | None] = {}
    if original is None:
        seen = Seen(item.article_id, item.fingerprint, item.outlet)
        for name in _cells(fingerprint, period):
            held = _read(state, name)
            if seen not in held:
                changes[name] = encode((*held, seen)[-_CELL:])
        return changes, (_outcome(item, None),)
    link = CopyLink(
        version_id=item.version_id,
        article_id=item.article_id,
        original_id=original.article_id,
        outlet=item.outlet,
        original_outlet=original.outlet,
        distance=_distance(original, fingerprint),
    )
    return {}, (link, _outcome(item, original))


def _outcome(item: ArticleClaims, original: Seen | None) -> Outcome:
    if original is None:
        return Outcome(url=item.url, outlet=item.outlet, status=OutcomeStatus.INDEXED, at=item.fetched_at)
    return Outcome(
        url=item.url, outlet=item.outlet, status=OutcomeStatus.DUPLICATE, reason="copy", at=item.fetched_at
    )


def _nearest(state: Mapping[str, bytes], item: ArticleClaims, fingerprint: int, period: int) -> Seen | None:
    """The closest other article within reach; of equally close ones the one seen first in the lowest band."""
    best: tuple[int, Seen] | None = None
    for when in (period - 1, period):
        for name in _cells(fingerprint, when):
            for seen in _read(state, name):
                distance = _distance(seen, fingerprint)
                if (
                    distance <= MAX_DISTANCE
                    and seen.article_id != item.article_id
                    and (best is None or distance < best[0])
                ):
                    best = distance, seen
    return best[1] if best else None


def _distance(seen: Seen, fingerprint: int) -> int:
    return (int(seen.fingerprint, 16) ^ fingerprint).bit_count()


def _cells(fingerprint: int, period: int) -> list[str]:
    """Names of the cells of one period in which an article with this fingerprint is kept, one a band."""
    mask = (1 << _BAND_BITS) - 1
    return [f"1b{period}:{band}:{fingerprint >> band * _BAND_BITS & mask:04x}" for band in range(_BANDS)]


def _read(state: Mapping[str, bytes], name: str) -> tuple[Seen, ...]:
    raw = state.get(name)
    return decode(tuple[Seen, ...], raw) if raw else ()
