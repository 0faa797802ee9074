"""Claims and articles with as little as a test wants to say, and a fold run over them as a runner would."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from processors.model import (
    ArticleClaims,
    ArticleId,
    BySide,
    Claim,
    ClaimId,
    DateRange,
    Development,
    Exchange,
    Kind,
    Language,
    Precision,
    Quantity,
    Side,
    Span,
    VersionId,
    content_id,
)
from processors.stages.corroborate import corroborate

NOON = datetime(2024, 1, 3, 12, tzinfo=UTC)


def day(iso: str) -> DateRange:
    return DateRange(
        start_on=date.fromisoformat(iso), end_on=date.fromisoformat(iso), precision=Precision.DAY
    )


def days(first: str, last: str) -> DateRange:
    return DateRange(
        start_on=date.fromisoformat(first), end_on=date.fromisoformat(last), precision=Precision.RANGE
    )


def month(iso: str) -> DateRange:
    first = date.fromisoformat(f"{iso}-01")
    following = (first + timedelta(days=31)).replace(day=1)
    return DateRange(start_on=first, end_on=following - timedelta(days=1), precision=Precision.MONTH)


def quantity(value: int | tuple[int | None, int | None] | None, *, approx: bool = False) -> Quantity | None:
    if value is None:
        return None
    low, high = (value, value) if isinstance(value, int) else value
    return Quantity(min=low, max=high, approx=approx)


def claim(
    speaker: str | None = None,
    *,
    kind: Kind = Kind.EXCHANGE,
    side: Side | None = None,
    ua: int | tuple[int | None, int | None] | None = None,
    ru: int | tuple[int | None, int | None] | None = None,
    on: DateRange | None = None,
    event: str = "e1",
    evidence: str = "",
    **slots: Any,
) -> Claim:
    """A claim; `article` gives it its id. A named speaker speaks for Ukraine unless told otherwise."""
    return Claim(
        id=ClaimId(""),
        kind=kind,
        evidence=evidence or f"{speaker or 'The outlet'} said so.",
        span=Span(start=0, end=1),
        speaker=speaker,
        speaker_id=speaker.casefold() if speaker else None,
        speaker_side=side or (Side.UA if speaker else None),
        returned=BySide(UA=quantity(ua), RU=quantity(ru)),
        date=on,
        event=event,
        **slots,
    )


def article(
    name: str,
    *claims: Claim,
    outlet: str = "",
    published: datetime = NOON,
    version: int = 1,
    language: Language = Language.EN,
    fingerprint: str = "0" * 16,
    words: int = 100,
    title: str = "Prisoners",
) -> ArticleClaims:
    """Article `name` of `outlet` (its own by default) as of version `version`; claims keep their ids over versions."""
    named = [
        replace(each, id=ClaimId(content_id("claim", name, repr(replace(each, id=ClaimId(str(index)))))))
        for index, each in enumerate(claims)
    ]
    return ArticleClaims(
        version_id=VersionId(f"{name}-v{version}"),
        article_id=ArticleId(name),
        url=f"https://news.test/{name}",
        outlet=outlet or f"Outlet of {name}",
        title=title,
        language=language,
        published_at=published,
        fetched_at=published + timedelta(hours=version),
        fingerprint=fingerprint,
        words=words,
        claims=tuple(named),
    )


class Folded:
    """A fold with its state; `take` runs it on items and collects what came out."""

    def __init__(
        self, fold: Callable[..., tuple[Mapping[str, bytes | None], Sequence[Any]]] = corroborate
    ) -> None:
        self._fold = fold
        self.state: dict[str, bytes] = {}
        self.out: list[Any] = []

    def take(self, *items: object) -> list[Any]:
        """What the items brought, in order."""
        fresh: list[Any] = []
        for item in items:
            changes, records = self._fold(self.state, item)
            for key, value in changes.items():
                if value is None:
                    self.state.pop(key, None)
                else:
                    self.state[key] = value
            fresh += records
        self.out += fresh
        return fresh

    def exchanges(self) -> list[Exchange]:
        """Exchanges that stand, by the last version of each id."""
        last = {record.id: record for record in self.out if isinstance(record, Exchange)}
        return [exchange for exchange in last.values() if exchange.claimants]

    def developments(self) -> list[Development]:
        return [record for record in self.out if isinstance(record, Development)]


def exchanges(items: Iterable[ArticleClaims]) -> list[Exchange]:
    """The exchanges after the items came in this order."""
    folded = Folded()
    folded.take(*items)
    return folded.exchanges()


def shapes(found: Iterable[Exchange]) -> dict[str, Exchange]:
    """Exchanges by id without their version counters, which count tellings and so depend on the order."""
    return {exchange.id: replace(exchange, version=0) for exchange in found}
