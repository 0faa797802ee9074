"""What speaks for two claims of an article being about one event, and against it: the *signs* that `stories` adds up.

Each sign has a name that can be read: which kinds follow each other, under one strand or two, how their days and figures
agree, what the text recalls, and how far apart they stand.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from processors.model import Claim, DateRange, Kind, Precision, Quantity
from processors.stages.extraction.drafts.draft import MAIN, REMAINS, Draft
from processors.stages.extraction.figures.ratios import is_exact

WORDS = frozenset((Kind.DENIAL, Kind.ACCUSATION, Kind.ASSESSMENT, Kind.VIOLATION))
_TO_ALL = "all:all"
#: Fewer people than this are counted in sentences about anything.
_FEW = 2
#: Sides of people, and what more than few of both together are.
_PEOPLE, _FEW_OF_BOTH = ("UA", "RU"), 19
#: By which factor those of a side group are fewer.
_FAR_FEWER = 3
#: Above every figure: that of a quantity without an upper bound.
_UNBOUNDED = 10**9
#: Days between two dates up to which they are called by the name.
_GAPS = ((0, "within"), (1, "next"), (10, "near"), (60, "far"))
#: Factors between two figures up to which they are called by the name.
_FACTORS = ((1.25, "corrected"), (1.7, "disputed"))
#: Paragraphs and claims that part two, from so many on.
_PARAGRAPHS, _BACK = (0, 1, 2, 3, 5), (1, 2, 3, 5)
#: Whether none, one or both of two claims are of an exchange that was held.
_HELD = ("talk", "mixed", "held")


@dataclass(slots=True)
class Told:
    """A claim as it is told: with what its sentence says beside its slots."""

    claim: Claim
    paragraph: int = 0
    #: Whether its own clause names its day.
    dated: bool = False
    #: Classes of words in its sentence.
    words: frozenset[str] = frozenset()
    #: Whether its sentence opens a paragraph.
    opens: bool = False
    #: Figures by side, and all numbers of the sentence.
    figures: dict[str, Quantity] = field(default_factory=dict)
    numbers: frozenset[int] = frozenset()
    # What follows from these, once and not for each pair.
    #: Whether it counts the dead alone.
    remains: bool = field(init=False)
    #: Whether it is a word on something rather than a deed.
    word: bool = field(init=False)
    #: The same, what is recalled and what names remains, as a sign names them.
    sort: str = field(init=False)
    recalled: str = field(init=False)
    tells_of_bodies: str = field(init=False)
    #: Whether it is an exchange held, and whether it gives the formula "all for all".
    held: bool = field(init=False)
    to_all: bool = field(init=False)
    #: Its kind as a sign names it, and with words in one.
    own_kind: str = field(init=False)
    kind: str = field(init=False)
    #: The numbers of its figures, but for those of anything.
    counted: frozenset[int] = field(init=False)
    #: How many people exactly came home to each side, and how many to both, where the figure of one is that of either.
    exact: dict[str, int] = field(init=False)
    both: int = field(init=False)

    def __post_init__(self) -> None:
        self.remains = bool(self.figures) and all(side.startswith("bodies") for side in self.figures)
        self.word = self.claim.kind in WORDS
        self.sort = "word" if self.word else "deed"
        self.recalled = f"{self.claim.background:d}"
        self.tells_of_bodies = f"{'bodies' in self.words:d}"
        self.held, self.to_all = self.claim.kind is Kind.EXCHANGE, self.claim.ratio == _TO_ALL
        self.own_kind = self.claim.kind.value
        self.kind = "word" if self.word else self.own_kind
        counted = (number for quantity in self.figures.values() for number in _values(quantity))
        self.counted = frozenset([number for number in counted if number > _FEW])
        self.exact = {side: q.min or 0 for side, q in self.figures.items() if side in _PEOPLE and is_exact(q)}
        people = sum(self.exact.values())
        self.both = people if len(self.exact) == len(_PEOPLE) else 2 * people


def told(claim: Claim, drafts: Sequence[Draft] = ()) -> Told:
    """The claim with what the draft of its sentence adds."""
    draft = next((draft for draft in drafts if draft.sentence.span == claim.span), None)
    figures = _figures(claim)
    numbers = {number for one in figures.values() for number in _values(one)}
    if draft is None:
        return Told(claim, figures=figures, numbers=frozenset(numbers))
    named = (unit.quantity for unit in draft.sentence.units if unit.quantity)
    return Told(
        claim,
        paragraph=draft.sentence.paragraph,
        dated=any(each.days for each in drafts),
        words=frozenset(draft.sentence.features & _CUES),
        opens=draft.sentence.first_in_paragraph,
        figures=figures,
        numbers=frozenset(numbers.union(number for one in named for number in _values(one))),
    )


_CUES = frozenset(("past_cue", "also", "anew", "bodies", "dweller", "all"))
#: What may be new by itself; elsewhere the word is of another matter ("paused because of new demands").
_ANEW = frozenset((Kind.EXCHANGE, Kind.AGREEMENT))


def side_groups(claims: Sequence[Told]) -> list[bool]:
    """Whether each claim tells of far fewer people than exchanged before in its strand: "and 22 badly wounded"."""
    most: dict[str, int] = {}
    found = []
    for one in claims:
        strand = MAIN if one.claim.event.startswith(MAIN) else one.claim.event
        count = max((max(_values(quantity)) for quantity in one.figures.values()), default=0)
        held = one.claim.kind is Kind.EXCHANGE and bool(count)
        found.append(held and count * _FAR_FEWER < most.get(strand, 0))
        if held:
            most[strand] = max(count, most.get(strand, 0))
    return found


def signs_of_new(one: Told, *, beside: bool) -> Iterator[str]:
    """What speaks for a claim that begins an event; `beside` where the text reports an exchange held."""
    yield f"new {one.own_kind}"
    if not one.word:
        yield f"new {one.kind} {'beside' if beside else 'without'} exchange"
    if "past_cue" in one.words:
        yield f"new past {one.kind}"
    if "also" in one.words or ("anew" in one.words and one.claim.kind in _ANEW):
        yield "new also"
    if one.opens:
        yield "new paragraph"


@dataclass(slots=True)
class Between:
    """What stands between two claims."""

    #: How many claims on the second comes.
    back: int
    #: Whether none of them is of the first one's strand, and whether all are words.
    latest: bool
    words: bool
    #: Whether the first is of the strand with which the text begins.
    news: bool
    #: Whether the first tells of a group beside those who were exchanged.
    side: bool


def signs_of_pair(one: Told, other: Told, between: Between) -> Iterator[str]:
    """What speaks for and against `other` being about the event of `one`, which comes before it."""
    first, second = one.claim, other.claim
    pair = f"{one.kind} {other.kind}"
    yield f"{one.own_kind} {other.own_kind}"
    yield f"same {pair}" if first.event == second.event else f"other {pair}"
    held = _HELD[one.held + other.held]
    yield from _signs_of_days(one, other, held)
    yield from _signs_of_figures(one, other, held)
    yield f"recalled {one.recalled}{other.recalled}"
    yield f"paragraphs {_step(_PARAGRAPHS, other.paragraph - one.paragraph)} {one.sort} {other.sort}"
    yield f"back {_step(_BACK, between.back)}"
    if between.latest:
        yield f"latest {other.kind}"
    if between.words:
        yield f"next {pair}"
    yield f"news {other.kind}" if between.news else f"aside {other.kind}"
    yield f"bodies {one.tells_of_bodies}{other.tells_of_bodies}"
    if "dweller" in other.words and "dweller" not in one.words:
        yield "residents"
    if between.side and not other.figures:
        yield f"side {other.kind}"
    deals = first.kind is second.kind is Kind.AGREEMENT
    if deals and first.event.endswith(REMAINS) is not second.event.endswith(REMAINS):
        yield "remains deal"
    if one.remains or other.remains:
        yield f"remains {'both' if one.remains and other.remains else 'one'}"
    if first.actor and second.actor:
        actors = "same" if first.actor is second.actor else "other"
        yield f"actor {actors}"
        yield f"actor {actors} {pair}"
    if first.speaker_id and first.speaker_id == second.speaker_id:
        yield f"speaker {pair}"
        if held == _HELD[0] and first.span == second.span and first.kind is not second.kind:
            yield "one sentence"


def _signs_of_days(one: Told, other: Told, held: str) -> Iterator[str]:
    first, second = one.claim.date, other.claim.date
    when = _when(first, second)
    yield f"day {held} {when}"
    if other.dated and not other.word:
        loosely = when == "one" and second is not None and second.precision is not Precision.DAY
        yield f"dated {when} loosely" if loosely else f"dated {when}"
    if first and second and first.precision is second.precision is Precision.DAY:
        yield f"exact {when}"


def _when(one: DateRange | None, other: DateRange | None) -> str:
    if one is None or other is None:
        return "none" if one is other else "one"
    if (one.start_on, one.end_on) == (other.start_on, other.end_on):
        return "equal"
    gap = max(0, (one.start_on - other.end_on).days, (other.start_on - one.end_on).days)
    return next((name for most, name in _GAPS if gap <= most), "ages")


def _signs_of_figures(one: Told, other: Told, held: str) -> Iterator[str]:
    relation = _relation(one.figures, other.figures)
    yield f"figure {held} {relation}"
    named = not (one.numbers.isdisjoint(other.counted) and other.numbers.isdisjoint(one.counted))
    # Two days of one sentence are two events, whatever number they share.
    parted = one.claim.span == other.claim.span and one.claim.date != other.claim.date
    if relation != "equal" and named and not parted:
        yield "figure named"
    if _is_total(one, other) or _is_total(other, one):
        yield "figure total"
    if one.to_all is not other.to_all:
        by_name = any(each.word and "all" in each.words for each in (one, other))
        yield "all for all named" if by_name else "all for all"


def _relation(mine: dict[str, Quantity], theirs: dict[str, Quantity]) -> str:
    if not (mine and theirs):
        return "one" if mine or theirs else "none"
    shared = [(mine[side], theirs[side]) for side in mine.keys() & theirs.keys()]
    if not shared:
        return "sides"
    if _other_remains(mine, theirs):
        return "unlike"
    if any((a.min, a.max) == (b.min, b.max) for a, b in shared):
        return "equal"
    if all(max(a.min or 0, b.min or 0) <= min(a.max or _UNBOUNDED, b.max or _UNBOUNDED) for a, b in shared):
        return "possible"
    factor = max(_factor(a, b) for a, b in shared)
    return next((name for most, name in _FACTORS if factor <= most), "unlike")


def _is_total(one: Told, other: Told) -> bool:
    """ "314 prisoners" of both sides, for the 157 that each of them got back."""
    return one.both > _FEW_OF_BOTH and one.both in other.numbers


def _other_remains(mine: dict[str, Quantity], theirs: dict[str, Quantity]) -> bool:
    """A thousand remains for 26, and a thousand for 31: what the other side got tells two handovers apart."""
    return any(
        (mine[side].min, mine[side].max) != (theirs[side].min, theirs[side].max)
        and not (mine[side].approx or theirs[side].approx)
        for side in mine.keys() & theirs.keys()
        if side == "bodies RU"
    )


def _factor(a: Quantity, b: Quantity) -> float:
    small, large = sorted((max(_values(a)), max(_values(b))))
    return large / small


def _figures(claim: Claim) -> dict[str, Quantity]:
    people, bodies = claim.returned, claim.bodies
    rows = (("UA", people.UA), ("RU", people.RU), ("bodies UA", bodies.UA), ("bodies RU", bodies.RU))
    return {side: quantity for side, quantity in rows if quantity is not None and _values(quantity)}


def _values(quantity: Quantity) -> list[int]:
    return [number for number in (quantity.min, quantity.max) if number]


def _step(steps: Sequence[int], value: int) -> int:
    """The highest of the steps that the value reaches."""
    return steps[max(0, bisect_right(steps, value) - 1)]
