"""How two claims about one exchange stand to each other, and why, in a sentence.

Only claims of one exchange are compared, and only what can be compared: figures of one kind to one side, ordinals, days,
and a denial with what it denies. What a text recalls counts like its news.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from processors.model import BySide, Claim, Claimant, Kind, Quantity, Side, Verdict, VerdictType
from processors.stages.corroboration.digits import numbers_in
from processors.stages.corroboration.facts import days, voice
from processors.stages.corroboration.quantities import compared, exact, in_parts, text_of, total_in

#: Voices with their values that are compared pair by pair, where an exchange has more.
COMPARED = 20
_EVENTS = frozenset({Kind.EXCHANGE, Kind.AGREEMENT})
_COUNTED = frozenset({Kind.EXCHANGE, Kind.AGREEMENT, Kind.OFFER, Kind.LIST})
#: What is denied where the text does not say what, gravest first.
_BLAME = frozenset({Kind.REFUSAL, Kind.VIOLATION, Kind.SUSPENSION})
_DENIABLE = (_BLAME, frozenset({Kind.ACCUSATION}), _COUNTED)
_COUNTRY = {"UA": "Ukraine", "RU": "Russia"}


def who(claimant: Claimant) -> str:
    """Name of the voice: the speaker, else the outlet."""
    return claimant.claim.speaker or claimant.outlet


def voice_of(claimant: Claimant) -> str:
    """Key of the voice: the speaker, else the outlet."""
    return voice(claimant.claim) or f"outlet:{claimant.outlet}"


def values(claim: Claim) -> tuple[object, ...]:
    """What is compared: claims of one voice with the same values say the same. Plain values, since they are hashed a lot."""
    date = claim.date
    return (
        claim.kind,
        claim.actor,
        *_plain(claim.returned),
        *_plain(claim.bodies),
        claim.ratio,
        claim.ordinal,
        date and (date.start_on, date.end_on),
    )


def _plain(by_side: BySide) -> tuple[object, object]:
    ua, ru = by_side.UA, by_side.RU
    return ua and (ua.min, ua.max, ua.approx), ru and (ru.min, ru.max, ru.approx)


def verdicts(rows: Sequence[Claimant]) -> tuple[Verdict, ...]:
    """All verdicts among the rows of one exchange, earliest first. Of one voice saying one thing, the first row speaks."""
    speaking = speakers(rows)
    found = [verdict for a, b in combinations(speaking, 2) for verdict in compare(a, b)]
    return (*found, *_denials(speaking))


def speakers(rows: Sequence[Claimant]) -> list[Claimant]:
    """The rows that are compared, earliest first: one of each voice with each of its values, each value before more voices."""
    first: dict[object, Claimant] = {}
    for row in rows:
        first.setdefault((row.claim.speaker_id or row.claim.speaker, *values(row.claim)), row)
    if len(first) <= COMPARED:
        return list(first.values())
    said: set[object] = set()
    order: list[tuple[bool, int]] = []
    spoken = list(first.values())
    for number, row in enumerate(spoken):
        order.append((values(row.claim) in said, number))
        said.add(values(row.claim))
    return [spoken[number] for number in sorted(number for _, number in sorted(order)[:COMPARED])]


def compare(a: Claimant, b: Claimant) -> tuple[Verdict, ...]:
    """Verdicts of two claims slot by slot, empty where nothing can be compared. `a` is the earlier one."""
    counted = a.claim.kind is b.claim.kind and a.claim.kind in _COUNTED
    if not counted and (a.claim.ordinal is None or b.claim.ordinal is None):
        return ()
    found = [*_figures(a, b), *_ordinal(a, b), *_day(a, b)]
    return tuple(found or (*_other_side(a, b), *_total(a, b)))


def _verdict(kind: VerdictType, a: Claimant, b: Claimant, slot: str, explanation: str) -> Verdict:
    return Verdict(verdict=kind, claim_id=a.claim.id, other_id=b.claim.id, slot=slot, explanation=explanation)


def _comparable(a: Claim, b: Claim) -> bool:
    return a.kind is b.kind and a.kind in _COUNTED and (a.kind in _EVENTS or a.actor is b.actor)


def _figures(a: Claimant, b: Claimant) -> Iterator[Verdict]:
    x, y = a.claim, b.claim
    if not _comparable(x, y):
        return
    for slot, noun, mine, theirs in (
        ("returned", "", x.returned, y.returned),
        ("bodies", "bodies ", x.bodies, y.bodies),
    ):
        for side, one, other in (("UA", mine.UA, theirs.UA), ("RU", mine.RU, theirs.RU)):
            if one is None or other is None:
                continue
            kind, reason = compared(mine, theirs, one, other)
            if kind is VerdictType.CONTRADICTS and (more := _added(x, one, other) or _added(y, other, one)):
                kind, reason = VerdictType.COMPATIBLE, f": with the {more} told of beside them"
            what = f"{noun}returned to {_COUNTRY[side]}"
            text = (
                _agreement(a, b, one, what) if kind is VerdictType.AGREES else _clash(a, b, one, other, what)
            )
            yield _verdict(kind, a, b, f"{slot}.{side}", f"{text}{reason}.")


def _added(claim: Claim, fewer: Quantity, more: Quantity) -> int | None:
    """ "246 for 246, and 31 wounded for 15" beside 277: the sentence of the smaller figure has the others in digits."""
    part, whole = exact(fewer), exact(more)
    if part is None or whole is None or whole <= part:
        return None
    others, numbers = whole - part, numbers_in(claim.evidence)
    dated = claim.date is not None and claim.date.start_on.day == others
    return others if {others, part} <= numbers and not dated and others != claim.ordinal else None


def _agreement(a: Claimant, b: Claimant, figure: Quantity, what: str) -> str:
    parts = [who(claimant) for claimant in (a, b) if in_parts(claimant.claim.evidence, figure)]
    voices = f"according to {who(a)} and {who(b)}" if who(a) != who(b) else f"in both reports of {who(a)}"
    return f"{text_of(figure)} {what} {voices}" + (
        f" (in parts according to {parts[0]})" if len(parts) == 1 else ""
    )


def _clash(a: Claimant, b: Claimant, mine: Quantity, theirs: Quantity, what: str) -> str:
    if who(a) == who(b):
        return f"{text_of(mine)} and also {text_of(theirs)} {what} according to {who(a)}"
    return f"{text_of(mine)} {what} according to {who(a)}, {text_of(theirs)} according to {who(b)}"


def _ordinal(a: Claimant, b: Claimant) -> Iterator[Verdict]:
    mine, theirs = a.claim.ordinal, b.claim.ordinal
    if mine is None or theirs is None:
        return
    if mine == theirs:
        text = f"Exchange no. {mine} according to {who(a)} and {who(b)}."
        yield _verdict(VerdictType.AGREES, a, b, "ordinal", text)
    else:
        text = f"Exchange no. {mine} according to {who(a)}, no. {theirs} according to {who(b)}: both cannot hold."
        yield _verdict(VerdictType.CONTRADICTS, a, b, "ordinal", text)


def _day(a: Claimant, b: Claimant) -> Iterator[Verdict]:
    """Only a conflict of days is worth a word, since a date spreads to every claim of an article."""
    if not (a.claim.kind is b.claim.kind is Kind.EXCHANGE and a.claim.date and b.claim.date):
        return
    mine, theirs = days(a.claim.date), days(b.claim.date)
    if mine.first > theirs.last or theirs.first > mine.last:
        one, other = a.claim.date.iso(), b.claim.date.iso()
        text = f"Dated {one} according to {who(a)}, {other} according to {who(b)}: both cannot hold."
        yield _verdict(VerdictType.CONTRADICTS, a, b, "date", text)


def _other_side(a: Claimant, b: Claimant) -> Iterator[Verdict]:
    """248 returned to Russia beside 230 returned to Ukraine: said, since readers take it for a conflict."""
    x, y = a.claim.returned, b.claim.returned
    if not _comparable(a.claim, b.claim) or (x.UA and x.RU) or (y.UA and y.RU):
        return
    for side, one, other_side, other in (("UA", x.UA, "RU", y.RU), ("RU", x.RU, "UA", y.UA)):
        if one and other:
            text = (
                f"{text_of(one)} returned to {_COUNTRY[side]} according to {who(a)}, {text_of(other)} returned to "
                f"{_COUNTRY[other_side]} according to {who(b)}: no conflict, since the sides differ."
            )
            yield _verdict(VerdictType.COMPATIBLE, a, b, "returned", text)


def _total(a: Claimant, b: Claimant) -> Iterator[Verdict]:
    """ "A total of 230 people" beside 115 each: the extractor counts a total to no side, so it is read from the sentence."""
    if not _comparable(a.claim, b.claim):
        return
    for one, each in ((a, b), (b, a)):
        mine, theirs = one.claim.returned, each.claim.returned
        total = None if mine.UA or mine.RU else total_in(one.claim.evidence, theirs)
        if total and theirs.UA and theirs.RU:
            text = (
                f"{total} in all according to {who(one)}, {text_of(theirs.UA)} returned to Ukraine and {text_of(theirs.RU)} "
                f"to Russia according to {who(each)}: no conflict, since that is the total of both sides."
            )
            yield _verdict(VerdictType.COMPATIBLE, a, b, "returned", text)


def _denials(rows: Sequence[Claimant]) -> Iterator[Verdict]:
    for denial in rows:
        if denial.claim.kind is Kind.DENIAL:
            for denied in denied_by(denial, rows):
                text = denial_text(denial, denied)
                yield _verdict(VerdictType.CONTRADICTS, denial, denied, denied.claim.kind.value, text)


def denial_text(denial: Claimant, denied: Claimant) -> str:
    """The sentence on a denial and what it answers."""
    return f"Denied by {who(denial)}: the {denied.claim.kind.value} claimed by {who(denied)}."


def denied_by(denial: Claimant, rows: Sequence[Claimant]) -> list[Claimant]:
    """What a denial answers: claims of the kind that its article names, else the gravest that others make against its side."""
    others = [row for row in rows if row.claim.kind is not Kind.DENIAL and _opposed(denial, row)]
    named = {row.claim.kind for row in rows if row.claim.id == denial.claim.denies}
    if named:
        return [row for row in others if row.claim.kind in named]
    conceded = {row.claim.kind for row in rows if not _opposed(denial, row)}
    for deniable in _DENIABLE:
        found = [
            row
            for row in others
            if row.claim.kind in deniable and _blamed(row.claim, denial.claim.speaker_side)
        ]
        if deniable is _COUNTED:
            found = [row for row in found if row.claim.kind not in conceded]
        if found:
            return found
    return []


def _opposed(denial: Claimant, row: Claimant) -> bool:
    """Another speaker who does not speak for the same side; an outlet's own voice only where the denial names its claim."""
    if row.claim.id == denial.claim.denies:
        return True
    side = row.claim.speaker_side
    return (
        row.claim.speaker is not None
        and voice_of(row) != voice_of(denial)
        and (side is None or side is not denial.claim.speaker_side)
    )


def _blamed(claim: Claim, side: Side | None) -> bool:
    """A refusal or a breach by Russia is not what Ukraine denies; an offer that Russia says to have made may be."""
    return (
        claim.kind is Kind.OFFER
        or claim.actor is None
        or side is None
        or side is Side.THIRD
        or claim.actor is side
    )


def contradictions(found: Iterable[Verdict]) -> list[Verdict]:
    """Those that contradict."""
    return [verdict for verdict in found if verdict.verdict is VerdictType.CONTRADICTS]
