"""The day that a claim's own words name: which of several to trust, and which are those of something else."""

import re
from datetime import date, timedelta

from processors.model import DateRange, Kind, Precision
from processors.stages.extraction.days.calendar_ranges import day_range
from processors.stages.extraction.days.dates import Basis
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.drafts.older_days import is_older_than_breach, is_planned_for, is_silence
from processors.stages.extraction.drafts.quoted_days import meant_day
from processors.stages.extraction.drafts.reported import of_the_deal
from processors.stages.extraction.words.units import Sentence, Unit

#: Most trusted first.
_ORDER = tuple(Basis)


def own_date(draft: Draft, published_on: date) -> DateRange | None:
    """The most exact of the days that the clause itself names."""
    units = draft.sentence.units
    ranked = [
        (_rank(units[at]), units[at].start, _agreed_for(draft, at, day, published_on))
        for at in _dating(draft)
        if (day := meant_day(draft, at, published_on)) is not None
    ]
    if draft.kind is Kind.AGREEMENT and (days := [day for (vague, *_), _, day in ranked if not vague]):
        last = max(days, key=lambda day: day.start_on)  # The planned day, behind that of the deal.
        settled = draft.has("agree") or draft.has("plan")
        to_come = [day for _, _, day in ranked if settled and last.end_on <= published_on < day.start_on]
        return min(
            to_come, key=lambda day: day.start_on, default=last
        )  # "Agreed on Monday to swap them next week".
    return min(ranked, key=lambda row: row[:2])[2] if ranked else None


def _agreed_for(draft: Draft, at: int, day: DateRange, published_on: date) -> DateRange:
    """ "Agreed on a swap on Sunday", "договорились об обмене в воскресенье": the Sunday to come, unless one just went by."""
    ahead = draft.kind is Kind.AGREEMENT and draft.sentence.units[at].basis == Basis.WEEKDAY
    if not ahead or not _WEEK_HALF < (published_on - day.start_on).days < _WEEK_DAYS:
        return day
    if _AGREED_ON.search(draft.sentence.act, draft.start, at) is None:
        return day
    return day_range(day.start_on + timedelta(days=_WEEK_DAYS))


#: A word of agreeing and the exchange up to the day; so many days ago a weekday is further than the next one.
_AGREED_ON, _WEEK_HALF, _WEEK_DAYS = re.compile("[gğ][^,;D]*E[^,;EXTGVDq]{0,4}$"), 3, 7


def _dating(draft: Draft) -> list[int]:
    """The units that date the event and nothing beside it."""
    units = draft.sentence.units
    if draft.kind is Kind.EXCHANGE:
        of_others = {at for at in draft.days if _of_another(draft.sentence, at)}
        if len(of_others) == len(draft.days):
            of_others.clear()  # "After the exchange of 24 July" may also be what is told.
        return [
            at
            for at in draft.days
            if not (_week(draft.sentence, at) or at in of_others or _is_aside(draft.sentence, at))
        ]
    if draft.kind is Kind.DENIAL:  # A feast is named for the days around it too.
        return [at for at in draft.days if units[at].basis != Basis.HOLIDAY]
    if draft.kind is Kind.REFUSAL and is_silence(draft):
        return [at for at in draft.days if is_planned_for(draft, at)]
    if draft.kind is Kind.VIOLATION:
        return [at for at in draft.days if not is_older_than_breach(draft, at)]
    if draft.kind is Kind.SUSPENSION:
        return [at for at in draft.days if _bounds_a_pause(draft, units[at])]
    return draft.days


def of_that_time(draft: Draft) -> DateRange | None:
    """ "Тоді додому повернулися 45": the date that the sentences before named."""
    told = draft.kind in {Kind.EXCHANGE, Kind.AGREEMENT} and not draft.days
    then = any("then_cue" in unit.classes and unit.word != "then" for unit in draft.units)
    return draft.sentence.before if told and then else None


def _is_aside(sentence: Sentence, at: int) -> bool:
    return of_the_deal(sentence, at) or _counted_over(sentence, at)


def _of_another(sentence: Sentence, at: int) -> bool:
    """ "After the exchange of 24 July the sides swapped …", "the first since the swap on 19 April"."""
    low = max(0, at - _COMPARED)
    after = [where for where in range(low, at) if sentence.units[where].word in sentence.words.compared]
    between = sentence.content[after[-1] : at] if after else ""
    return "E" in between and set(between).isdisjoint("XTtGV,;")


#: Units from "after" to the day of the exchange that it names.
_COMPARED = 6


def _counted_over(sentence: Sentence, at: int) -> bool:
    """ "The second swap in December": the week, month or year over which exchanges are counted."""
    day = sentence.units[at].day
    vague = day is not None and day.precision in {Precision.MONTH, Precision.YEAR}
    vague = vague or _is_week(sentence.units[at])
    return vague and _NUMBERED.search(sentence.content, 0, at) is not None


_NUMBERED = re.compile(r"O[^,;]{0,3}E[^,;TX]{0,3}$")


def _rank(unit: Unit) -> tuple[bool, bool, int]:
    precision = unit.day.precision if unit.day else Precision.YEAR
    return (precision is not Precision.DAY, precision is Precision.YEAR, _ORDER.index(Basis(unit.basis)))


def _week(sentence: Sentence, at: int) -> bool:
    """ "The last swap before this week's": a week that only compares, and no longer stretch of days."""
    near, words = sentence.units[max(0, at - 2) : at], sentence.words
    return _is_week(sentence.units[at]) and any(one.word in words.compared | words.timed_by for one in near)


def _is_week(unit: Unit) -> bool:
    """A stretch of days, and no weekend."""
    day = unit.day
    if unit.basis not in {Basis.RELATIVE, Basis.ANAPHORIC} or day is None:
        return False
    return day.precision is Precision.RANGE and day.end_on - day.start_on > _WEEKEND


_WEEKEND = timedelta(days=1)


def _had_none(draft: Draft, month: Unit) -> bool:
    """ "У липні обмінів не було": the month in one part with the word for none."""
    sentence, units = draft.sentence, draft.sentence.units
    if draft.rule not in _NONE_HELD or month.basis != Basis.MONTH:  # nor "this month", which is not over
        return False
    if month.day is None or month.day.precision is not Precision.MONTH:
        return False
    if sentence.has("lasting", "since_then"):
        return False
    at = next(at for at, unit in enumerate(units) if unit is month)
    none = (
        place for place, unit in enumerate(units) if unit.classes & _NONE or unit.classes >= _NO_EXCHANGES
    )
    return any(set(sentence.content[min(at, place) : max(at, place)]).isdisjoint(',;-"') for place in none)


#: Rules of what was not held; words for none, and "обменов не было" as one unit.
_NONE_HELD = frozenset(("none-since", "suspension"))
_NONE, _NO_EXCHANGES = frozenset(("absent", "neg")), frozenset(("exchange_noun", "suspend"))


def _bounds_a_pause(draft: Draft, unit: Unit) -> bool:
    """A pause has a date where the text bounds it; a single day only as the day for which the exchange was planned."""
    if unit.day is not None and unit.day.precision is not Precision.DAY:
        return unit.day.precision is Precision.RANGE or _had_none(draft, unit)
    return draft.has("plan") or unit.basis == Basis.RELATIVE
