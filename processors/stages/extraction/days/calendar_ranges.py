"""Ranges of days: a day, a month, a year, a season, and the arithmetic of months. Years 1900 to 2099."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from processors.model import DateRange, Precision

#: The number of a weekday, Monday being 0.
SATURDAY = 5
_FIRST, _LAST = date(1900, 1, 1), date(2099, 12, 31)


def exists(year: int, month: int, day: int) -> bool:
    """Whether the calendar has the day."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def in_years(day_of: Callable[[int], date], years: range) -> Iterator[date]:
    """The day in each of the years that have it (29 February)."""
    for year in years:
        try:
            day = day_of(year)
        except ValueError:
            continue
        yield day


def months_on(day: date, months: int) -> tuple[int, int]:
    """Year and month so many months from the month of `day`."""
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def _bounded(start_on: date, end_on: date, precision: Precision) -> DateRange:
    if start_on < _FIRST or end_on > _LAST:
        raise ValueError
    return DateRange(start_on=start_on, end_on=end_on, precision=precision)


def day_range(day: date) -> DateRange:
    """One day. All four raise ValueError outside 1900 to 2099."""
    return _bounded(day, day, Precision.DAY)


def month_range(year: int, month: int) -> DateRange:
    """A whole month."""
    first = date(year, month, 1)
    return _bounded(first, date(*months_on(first, 1), 1) - timedelta(days=1), Precision.MONTH)


def year_range(year: int) -> DateRange:
    """A whole year."""
    return _bounded(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)


def day_to_day(start_on: date, end_on: date) -> DateRange:
    """From one day to another, both inclusive."""
    return _bounded(start_on, end_on, Precision.RANGE)


def numbered_day(number: int, month: date | None, on: date, *, ahead: bool) -> DateRange:
    """ "On the 6th" without a month: that of the month named last, else the last one, or the next where it is announced.

    ValueError if no such day exists.
    """
    if month is not None and exists(month.year, month.month, number):
        return day_range(month.replace(day=number))
    step = 1 if ahead else -1
    for year_month in (months_on(on, 0), months_on(on, step)):
        if exists(*year_month, number) and (date(*year_month, number) - on).days * step >= 0:
            return day_range(date(*year_month, number))
    raise ValueError


def monday_of(on: date, shift: int) -> date:
    """The first day of the week so many weeks from that of the day."""
    return on + timedelta(days=7 * shift - on.weekday())


def whole_unit(unit: str, shift: int, anchor: date, on: date) -> DateRange:
    """The week, weekend, month or year so many of them from the anchor, in a text published on the other day."""
    if unit == "fortnight":
        unit, shift = "week", 2 * shift
    if unit == "month":
        return month_range(*months_on(anchor, shift))
    if unit == "year":
        return year_range(anchor.year + shift)
    if unit == "weekend" and shift > 0 and on.weekday() < SATURDAY:
        shift = 0
    monday = monday_of(anchor, shift)
    first = monday + timedelta(days=SATURDAY if unit == "weekend" else 0)
    return day_to_day(first, monday + timedelta(days=6))
