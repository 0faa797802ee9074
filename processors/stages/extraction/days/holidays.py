"""Holidays on which exchanges fall, as days of a year."""

from collections.abc import Callable
from datetime import date, timedelta

#: From this year on the Ukrainian churches and the state keep Christmas on 25 December.
_NEW_CALENDAR = 2023


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _orthodox_easter(year: int) -> date:
    """Meeus's Julian algorithm; thirteen days are right for 1900 to 2099."""
    moon = (19 * (year % 19) + 15) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + sunday + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)


def _ukrainian_christmas(year: int) -> date:
    return date(year, 12, 25) if year >= _NEW_CALENDAR else date(year, 1, 7)


HOLIDAYS: dict[str, Callable[[int], date]] = {
    "new_year": _fixed(1, 1),
    "new_year_eve": _fixed(12, 31),
    "christmas": _fixed(12, 25),
    "christmas_eve": _fixed(12, 24),
    "orthodox_christmas": _fixed(1, 7),
    "orthodox_christmas_eve": _fixed(1, 6),
    "ukrainian_christmas": _ukrainian_christmas,
    "ukrainian_christmas_eve": lambda year: _ukrainian_christmas(year) - timedelta(days=1),
    "orthodox_easter": _orthodox_easter,
    "orthodox_easter_eve": lambda year: _orthodox_easter(year) - timedelta(days=1),
    "orthodox_good_friday": lambda year: _orthodox_easter(year) - timedelta(days=2),
    "trinity": lambda year: _orthodox_easter(year) + timedelta(days=49),
    "independence_day": _fixed(8, 24),
    "independence_eve": _fixed(8, 23),
    "victory_day": _fixed(5, 9),
    "womens_day": _fixed(3, 8),
    "russia_day": _fixed(6, 12),
}


#: Days before a feast from which on what is called after it may already have been.
_EVE = 21


def is_near(name: str, on: date) -> bool:
    """Whether the holiday comes within the next days."""
    coming = (HOLIDAYS[name](year) for year in (on.year, on.year + 1))
    return any(0 < (day - on).days <= _EVE for day in coming)
