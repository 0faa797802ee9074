"""Dates that clash inside one article: the claim keeps its date and gets the flag `date-conflict`.

Three clashes are seen: a weekday that is not that of the date beside it ("Friday, 16 July" of a Tuesday), days that the
text leaves open ("on 27 or 29 November"), and two days that it gives for one exchange or for one act of a speaker.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from processors.model import BySide, Claim, DateRange, Kind, Precision, Side
from processors.stages.extraction.days.dates import Basis
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.kinds.elided import IT
from processors.stages.extraction.words.units import Sentence, Unit

DATE_CONFLICT = "date-conflict"

#: Two days further apart are those of two events.
_NEAR = timedelta(days=10)
#: Fewer people than this return often enough for the same number to mean nothing.
_FEW = 5
_NAMED = frozenset((Basis.EXPLICIT, Basis.WEEKDAY))
_ACTS = frozenset((Kind.OFFER, Kind.REFUSAL, Kind.LIST, Kind.SUSPENSION, Kind.AGREEMENT))
#: Words that set an exchange apart from the one reported, so that another day is no clash.
_APART = ("past_cue", "background_head", "also", "anew")


def gives_another_day(before: Draft, draft: Draft) -> bool:
    """ "Lubinets said the exchange was held on the 27th. The ministry said it was held on the 29th": two voices on one exchange.

    Two figures that differ, or a word for one more, make two exchanges of them.
    """
    days = [_named_day(before), _named_day(draft)]
    heard = draft.speaker is not None and draft.speaker is not before.speaker
    told = (
        before.kind is Kind.EXCHANGE
        and draft.rule in {"held", IT}
        and draft.sentence.paragraph - before.sentence.paragraph <= 1
    )
    counted = before.figures.given and draft.figures.given
    if not (heard and told) or counted or draft.figures.given or draft.sentence.has(*_APART):
        return False
    return days == [before.date, draft.date] and _near(day for day in days if day)


def flag_date_clashes(found: Sequence[tuple[Claim, Sequence[Draft]]]) -> list[Claim]:
    """The claims in their order, flagged where they or what dates them clash. Each comes with what it was made of."""
    doubtful = {
        (claim.event, claim.date)
        for claim, drafts in found
        if any(_in_sentence(draft) for draft in drafts) or _two_days(claim, drafts)
    }
    doubtful.update(_of_one_exchange(found))
    doubtful.update(_by_two_voices(found))
    return [
        replace(claim, flags=(*claim.flags, DATE_CONFLICT))
        if (claim.event, claim.date) in doubtful or any(_stated_clashes(draft) for draft in drafts)
        else claim
        for claim, drafts in found
    ]


def _in_sentence(draft: Draft) -> bool:
    return any(_clashes(draft.sentence, at) for at in draft.days)


def _stated_clashes(draft: Draft) -> bool:
    """Whether the day of the statement, or the date behind its weekday, clashes."""
    if draft.stated is None:
        return False
    units = draft.sentence.units
    named = [at for at, unit in enumerate(units) if unit.day and unit.day == draft.stated]
    named += [at + step for at in named if units[at].basis == Basis.WEEKDAY for step in (1, 2)]
    return any(at < len(units) and _clashes(draft.sentence, at) for at in named)


def _clashes(sentence: Sentence, at: int) -> bool:
    return _wrong_weekday(sentence, at) or _open_days(sentence, at)


def _wrong_weekday(sentence: Sentence, at: int) -> bool:
    """ "Friday, 16 July" or "16 July (Friday)" of a day that is no Friday."""
    units = sentence.units
    day = units[at].day
    if day is None or day.precision is not Precision.DAY or units[at].basis != Basis.EXPLICIT:
        return False
    weekday = day.start_on.weekday()
    before = at - 2 if units[at - 1].word == "," else at - 1
    beside = [units[before]] if before >= 0 else []
    if [unit.word for unit in units[at + 1 : at + 2]] == ["("]:
        beside += units[at + 2 : at + 3]
    return any(
        unit.basis == Basis.WEEKDAY and unit.day is not None and unit.day.start_on.weekday() != weekday
        for unit in beside
    )


def _open_days(sentence: Sentence, at: int) -> bool:
    """ "On 27 or 29 November", "in the night of the 27th or on the 28th"."""
    units = sentence.units
    for middle in (at - 1, at + 1):
        if 0 < middle < len(units) - 1 and units[middle].word in sentence.words.alternatives:
            left, right = units[middle - 1], units[middle + 1]
            if _is_day(right) and (_is_day(left) or _is_number_of_day(left)) and left.day != right.day:
                return True
    return False


def _is_day(unit: Unit) -> bool:
    return unit.day is not None and unit.day.precision is Precision.DAY and unit.basis in _NAMED


def _is_number_of_day(unit: Unit) -> bool:
    number = unit.quantity.min if unit.quantity else unit.ordinal
    return number is not None and 1 <= number <= 31


def _two_days(claim: Claim, drafts: Sequence[Draft]) -> bool:
    """An act of a speaker for which the text names two near days."""
    return claim.kind in _ACTS and _near(day for draft in drafts if (day := _named_day(draft)))


def _named_day(draft: Draft) -> DateRange | None:
    """The one day that the draft's own words name."""
    days = {unit.day for at in draft.days if _is_day(unit := draft.sentence.units[at])}
    return days.pop() if len(days) == 1 else None


def _near(days: Iterable[DateRange]) -> bool:
    """Whether any two different days are near each other."""
    starts = sorted({day.start_on for day in days})
    return any(later - earlier <= _NEAR for earlier, later in pairwise(starts))


def _of_one_exchange(
    found: Sequence[tuple[Claim, Sequence[Draft]]],
) -> Iterator[tuple[str, DateRange | None]]:
    """Event and date of the claims that give one exchange, known by its figures, different days."""
    same: dict[tuple[str, int], list[Claim]] = {}
    for claim, drafts in found:
        own = claim.kind is Kind.EXCHANGE and claim.date in {_named_day(draft) for draft in drafts}
        if own and not any(draft.sentence.has(*_APART) for draft in drafts):
            for mark in _marks(claim):
                same.setdefault(mark, []).append(claim)
    for claims in same.values():
        if _near(claim.date for claim in claims if claim.date):
            yield from ((claim.event, claim.date) for claim in claims)


def _by_two_voices(
    found: Sequence[tuple[Claim, Sequence[Draft]]],
) -> Iterator[tuple[str, DateRange | None]]:
    """Event and date of what `gives_another_day`, and of what it follows."""
    told: dict[str, Claim] = {}
    for claim, _ in found:
        before = told.get(claim.event)
        if claim.kind is not Kind.EXCHANGE:
            continue
        if before and before.speaker_id != claim.speaker_id and claim.returned == claim.bodies == BySide():
            days = [day for day in (before.date, claim.date) if day and day.precision is Precision.DAY]
            if _near(days):
                yield from ((claim.event, day) for day in days)
        told[claim.event] = claim


def _marks(claim: Claim) -> Iterator[tuple[str, int]]:
    """What an exchange is known by: its ordinal, and how many came home to a side."""
    if claim.ordinal is not None:
        yield "ordinal", claim.ordinal
    for side in (Side.UA, Side.RU):
        count = _exact(claim.returned, side)
        if count >= _FEW:
            yield side.value, count


def _exact(returned: BySide, side: Side) -> int:
    quantity = returned.UA if side is Side.UA else returned.RU
    return quantity.min if quantity is not None and quantity.min == quantity.max and quantity.min else 0
