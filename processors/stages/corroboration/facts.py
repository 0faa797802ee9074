"""What one article says about one event, boiled down to what linking looks at.

A *mention* is all claims of one article about one event. Its `Facts` hold no article and no wording, so that
an agency text printed by ten outlets is one mention for linking, however many articles print it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from processors.model import BySide, Claim, DateRange, Kind, Precision, Quantity, Side, content_id
from processors.stages.corroboration.digits import counts_people, numbers_in

#: Longest stretch of days that still says when something happened; a longer one is vague.
PRECISE_DAYS = 10
#: Longest stretch that linking looks at: a season and a bit. A year dates nothing.
VAGUE_DAYS = 100

_PROPOSAL = frozenset({Kind.OFFER, Kind.REFUSAL, Kind.LIST, Kind.DENIAL, Kind.ACCUSATION, Kind.ASSESSMENT})
#: Whose dates date the event: the first of these groups that has any.
_DATING: tuple[frozenset[Kind], ...] = (
    frozenset({Kind.EXCHANGE}),
    frozenset({Kind.AGREEMENT}),
    frozenset({Kind.OFFER, Kind.LIST, Kind.SUSPENSION}),
    frozenset({Kind.REFUSAL, Kind.DENIAL, Kind.ACCUSATION, Kind.ASSESSMENT}),
)


class Figure(NamedTuple):
    """A number of people (side `UA`, `RU`) or of bodies (`bUA`, `bRU`) returned to a side, and who gave it."""

    #: Speaker id, empty for an outlet's own voice.
    voice: str
    side: str
    low: int | None
    high: int | None
    planned: bool


class Days(NamedTuple):
    """First and last day as proleptic ordinals, both inclusive."""

    first: int
    last: int


class Facts(NamedTuple):
    """The facts of a mention. A tuple, so that a cell of hundreds is read in well under a millisecond."""

    key: str
    #: Mentions of one edition (one article and its reprints) that are told apart there stay apart.
    edition: str
    #: How much there is to recognise it by; others are recognised by it, not the other way round.
    weight: int
    #: `held`, `planned`, `proposal`, `pause`, `breach`; `denial` where nothing else is claimed.
    families: tuple[str, ...]
    precise: tuple[Days, ...]
    vague: tuple[Days, ...]
    #: Day of publication; 0 for a dated exchange, which is the same whenever it is told.
    published: int
    figures: tuple[Figure, ...]
    ratios: tuple[str, ...]
    ordinals: tuple[int, ...]
    mediators: tuple[str, ...]
    locations: tuple[str, ...]
    speakers: tuple[str, ...]
    #: `offer:RU`, `refusal:UA`, …
    acts: tuple[str, ...]
    #: What a mention of nothing but denials can be known to deny: acts of the side that denies, and numbers of people.
    blames: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()

    @property
    def order(self) -> tuple[int, str]:
        """Weightiest first: a mention is recognised by those before it."""
        return (-self.weight, self.key)


class Mention(NamedTuple):
    """Facts with the claims behind them."""

    facts: Facts
    claims: tuple[Claim, ...]


def voice(claim: Claim) -> str:
    """Who speaks, as a key: the speaker's id, else the folded name, empty for the outlet."""
    return claim.speaker_id or (f"unk:{claim.speaker.casefold()}" if claim.speaker else "")


def mentions(groups: Sequence[Sequence[Claim]], published_at: datetime) -> tuple[Mention, ...]:
    """One mention for each group of claims of one article, in their order."""
    day = published_at.toordinal()
    bare = [_facts(group, day) for group in groups]
    edition = content_id("edition", *sorted(repr(facts) for facts in bare))
    found = []
    for index, (facts, group) in enumerate(zip(bare, groups, strict=True)):
        key = content_id("mention", edition, repr(facts), str(bare[:index].count(facts)))
        found.append(Mention(facts._replace(edition=edition, key=key), tuple(group)))
    return tuple(found)


def _facts(claims: Sequence[Claim], day: int) -> Facts:
    precise, vague = _dates(claims)
    families = _families(claims)
    blames, numbers = _denied(claims) if families == {DENIAL} else ((), ())
    facts = Facts(
        key="",
        edition="",
        weight=0,
        families=tuple(sorted(families)),
        precise=precise,
        vague=() if precise else vague,
        published=0 if "held" in families and (precise or vague) else day,
        figures=tuple(sorted({figure for claim in claims for figure in figures(claim)}, key=repr)),
        ratios=tuple(sorted({claim.ratio for claim in claims if claim.ratio})),
        ordinals=tuple(sorted({claim.ordinal for claim in claims if claim.ordinal is not None})),
        mediators=tuple(sorted({name.casefold() for claim in claims for name in claim.mediators})),
        locations=tuple(sorted({claim.location.casefold() for claim in claims if claim.location})),
        speakers=tuple(sorted({voice(claim) for claim in claims} - {""})),
        acts=tuple(sorted({f"{claim.kind.value}:{claim.actor.value}" for claim in claims if claim.actor})),
        blames=blames,
        numbers=numbers,
    )
    return facts._replace(weight=_weight(facts))


def _weight(facts: Facts) -> int:
    if facts.families == (DENIAL,):
        return 0  # a denial is recognised by what it denies
    sides = len({figure.side for figure in facts.figures})
    return (
        4 * bool(facts.precise)
        + bool(facts.vague)
        + 2 * min(sides, 2)
        + 2 * bool(facts.ordinals)
        + bool(facts.ratios)
        + 2 * ("held" in facts.families)
        + ("planned" in facts.families)
    )


#: The family of a mention of nothing but denials: it is of whatever kind it denies.
DENIAL = "denial"


def _families(claims: Sequence[Claim]) -> set[str]:
    if all(claim.kind is Kind.DENIAL for claim in claims):
        return {DENIAL}
    return {_family(claim.kind) for claim in claims}


def _denied(claims: Sequence[Claim]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The deeds that the speakers' sides are blamed for, which they deny, and the numbers in their sentences."""
    accused = {claim.speaker_side for claim in claims} & {Side.UA, Side.RU}
    blames = {f"{kind.value}:{side.value}" for kind in _BLAMES for side in accused if side}
    numbers = {number for claim in claims for number in numbers_in(claim.evidence) if counts_people(number)}
    return tuple(sorted(blames)), tuple(sorted(numbers))


#: What a side is blamed for and denies.
_BLAMES = (Kind.REFUSAL, Kind.SUSPENSION, Kind.VIOLATION)


def _family(kind: Kind) -> str:
    if kind is Kind.EXCHANGE:
        return "held"
    if kind is Kind.AGREEMENT:
        return "planned"
    if kind is Kind.SUSPENSION:
        return "pause"
    return "proposal" if kind in _PROPOSAL else "breach"


def _dates(claims: Sequence[Claim]) -> tuple[tuple[Days, ...], tuple[Days, ...]]:
    """Precise and vague days of the event, each without repeats."""
    for kinds in _DATING:
        ranges = {claim.date for claim in claims if claim.date is not None and claim.kind in kinds}
        if ranges:
            spans = sorted({days(item) for item in ranges})
            short = tuple(span for span in spans if span.last - span.first < PRECISE_DAYS)
            long = tuple(span for span in spans if PRECISE_DAYS <= span.last - span.first < VAGUE_DAYS)
            return short, long
    return (), ()


def days(date: DateRange) -> Days:
    """The range as day numbers."""
    return Days(date.start_on.toordinal(), date.end_on.toordinal())


def is_day(date: DateRange | None) -> bool:
    """True for a single day."""
    return date is not None and date.precision is Precision.DAY


def figures(claim: Claim) -> list[Figure]:
    """The figures of the claim, people before bodies."""
    who = voice(claim)
    return [
        Figure(who, prefix + side, quantity.min, quantity.max, claim.kind is not Kind.EXCHANGE)
        for prefix, by_side in (("", claim.returned), ("b", claim.bodies))
        for side, quantity in sides(by_side)
    ]


def sides(by_side: BySide) -> list[tuple[str, Quantity]]:
    """The sides that have a figure, Ukraine first."""
    pairs = (("UA", by_side.UA), ("RU", by_side.RU))
    return [
        (side, quantity)
        for side, quantity in pairs
        if quantity is not None and (quantity.min, quantity.max) != (None, None)
    ]
