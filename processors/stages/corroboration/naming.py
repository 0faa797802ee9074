"""An exchange as it is told: its id, its rows, its date and its label."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from processors.model import ArticleId, Claimant, ClaimId, DateRange, Exchange, ExchangeId, Kind, content_id
from processors.stages.corroboration.cells import Entry
from processors.stages.corroboration.facts import PRECISE_DAYS, days
from processors.stages.corroboration.verdicts import values, verdicts, voice_of

#: Outlets whose rows one statement has; of the others the claim ids are kept.
OUTLETS = 5

_SHORT = 14

#: A claim where it was read.
ClaimKey = tuple[ArticleId, ClaimId]

_DATED: tuple[frozenset[Kind], ...] = (
    frozenset({Kind.EXCHANGE}),
    frozenset({Kind.AGREEMENT}),
    frozenset({Kind.OFFER, Kind.LIST, Kind.SUSPENSION}),
    frozenset(Kind),
)
_NOUNS = (
    (frozenset({Kind.EXCHANGE}), "Exchange"),
    (frozenset({Kind.AGREEMENT}), "Planned exchange"),
    (frozenset({Kind.OFFER, Kind.LIST, Kind.REFUSAL}), "Proposal"),
    (frozenset({Kind.SUSPENSION}), "Pause"),
)


def exchange_id(entries: Sequence[Entry]) -> ExchangeId:
    """Named after its earliest claim, by publication and then by claim id. Takes entries earliest first."""
    return ExchangeId(content_id("exchange", entries[0].claim_id))


def statement(claimant: Claimant) -> str:
    """What is said, whoever prints it: voice, kind and values as a key."""
    claim = claimant.claim
    return content_id("statement", voice_of(claimant), repr(values(claim)), str(claim.background))[:_SHORT]


def rows_of(entries: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Entries that are rows, and entries that repeat one. Takes them, and gives them, earliest first.

    A statement has one row for each outlet, up to `OUTLETS` of them.
    """
    outlets: dict[str, set[str]] = {}
    rows, repeats = [], []
    for entry in entries:
        told = outlets.setdefault(entry.statement, set())
        if entry.outlet in told or len(told) >= OUTLETS:
            repeats.append(entry)
        else:
            told.add(entry.outlet)
            rows.append(entry)
    return rows, repeats


def tell(
    entries: Sequence[Entry], claimants: Mapping[ClaimKey, Claimant], *, parent_id: ExchangeId | None
) -> Exchange:
    """The exchange of these claims, which come earliest first; version 0. `claimants` has one for every row."""
    rows, repeats = rows_of(entries)
    told = tuple(sorted((claimants[entry.article_id, entry.claim_id] for entry in rows), key=_reading_order))
    date = _date(told)
    return Exchange(
        id=exchange_id(entries),
        version=0,
        date=date,
        label=_label(told, date),
        claimants=told,
        repeats=tuple(entry.claim_id for entry in repeats),
        repeated_in=tuple(dict.fromkeys(entry.article_id for entry in repeats)),
        verdicts=verdicts(told),
        parent_id=parent_id,
        updated_at=_latest(entries),
    )


def _reading_order(row: Claimant) -> tuple[datetime, ArticleId, int, ClaimId]:
    return (row.published_at, row.article_id, row.claim.span.start, row.claim.id)


def farewell(old: Exchange, *, version: int, merged_into: ExchangeId | None) -> Exchange:
    """The last version of an id that no claim names any more."""
    return Exchange(
        id=old.id,
        version=version,
        date=old.date,
        label=old.label,
        claimants=(),
        merged_into=merged_into,
        updated_at=old.updated_at,
    )


def _latest(entries: Sequence[Entry]) -> datetime:
    return max(entry.fetched_at for entry in entries)


def _date(rows: Sequence[Claimant]) -> DateRange | None:
    """The date that most voices name, among the claims that date the event best; precise before vague, early before late."""
    for kinds in _DATED:
        named = {
            (voice_of(row), row.claim.date) for row in rows if row.claim.date and row.claim.kind in kinds
        }
        votes = Counter(date for _, date in named if date)
        if votes:
            return min(votes, key=lambda date: (_is_vague(date), -votes[date], date.start_on, date.end_on))
    return None


def _is_vague(date: DateRange) -> bool:
    first, last = days(date)
    return last - first >= PRECISE_DAYS


def _label(rows: Sequence[Claimant], date: DateRange | None) -> str:
    kinds = {row.claim.kind for row in rows}
    noun = next((noun for among, noun in _NOUNS if among & kinds), "Dispute")
    ordinals = Counter(row.claim.ordinal for row in rows if row.claim.ordinal is not None)
    number = f", no. {min(ordinals, key=lambda n: (-ordinals[n], n))}" if ordinals else ""
    if date is not None:
        return f"{noun} of {spell(date)}{number}"
    return f"{noun} reported on {_day(min(row.published_at for row in rows))}{number}"


def spell(date: DateRange) -> str:
    """`3 January 2024`, `August 2023`, `2022`, `23–25 May 2025`, `June 2023 – August 2023`."""
    start, end = date.start_on, date.end_on
    iso = date.iso()
    if len(iso) == len("2022"):
        return iso
    if len(iso) == len("2022-09"):
        return f"{start:%B %Y}"
    if start == end:
        return f"{start.day} {start:%B %Y}"
    if len(iso) == len("2023-06/2023-08"):
        return f"{start:%B %Y} – {end:%B %Y}"
    left = (
        str(start.day)
        if (start.year, start.month) == (end.year, end.month)
        else f"{start.day} {start:%B %Y} "
    )
    return f"{left}–{' ' if left.endswith(' ') else ''}{end.day} {end:%B %Y}"


def _day(instant: datetime) -> str:
    return f"{instant.day} {instant:%B %Y}"
