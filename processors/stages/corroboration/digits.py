"""Numbers that a sentence has in digits, in any language."""

import re

#: Digits, those of thousands maybe parted: "2,000", "2 000".
_NUMBER = re.compile(r"(?<!\d)(?:\d{1,3}(?:[ ,.\u00a0\u202f]\d{3})+|\d{1,6})(?!\d)")
#: The highest number that may be a day of a month, and the years of this war.
LAST_DAY = 31
_YEARS = range(2014, 2041)


def numbers_in(sentence: str) -> set[int]:
    """The numbers: 1000 in "denied that it had refused to exchange 1,000 prisoners"."""
    return {int(re.sub(r"\D", "", digits)) for digits in _NUMBER.findall(sentence)}


def counts_people(number: int) -> bool:
    """Whether the number is neither a day of a month nor a year ("on 12 March 2025")."""
    return number > LAST_DAY and number not in _YEARS
