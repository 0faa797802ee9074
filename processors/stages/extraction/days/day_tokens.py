"""What the tokens of a date say: their values, the number of a day, the days of a row."""

from collections.abc import Sequence
from itertools import pairwise

from processors.stages.extraction.days.calendar_words import Token


def token_of(tokens: Sequence[Token], letters: str) -> Token:
    return next(token for token in tokens if token.letter in letters)


def value_of(tokens: Sequence[Token], letter: str) -> int:
    return token_of(tokens, letter).value


def day_number(tokens: Sequence[Token]) -> int:
    """The day of the month, in one token or in two ("двадцять п'ятого")."""
    tens = sum(
        token.value for token, after in pairwise(tokens) if token.letter == "n" and after.letter in "D-"
    )
    return tens + value_of(tokens, "D")


def number_of(tokens: Sequence[Token]) -> int | None:
    """How many are counted; an article is one."""
    one = 1 if tokens[0].letter == "A" else None
    return next((token.value for token in tokens if token.letter in "nD"), one)


def days_of(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """The tokens of each day of a row: of "9, 10 and 12 June, 2025" those of three, the last with the month and the year."""
    ends = [at for at, token in enumerate(tokens) if token.letter == "D"]
    starts = [
        0,
        *(next(at for at in range(end + 1, len(tokens)) if tokens[at].letter in "Dn") for end in ends[:-1]),
    ]
    return [
        tokens[low:high]
        for low, high in zip(starts, [*(end + 1 for end in ends[:-1]), len(tokens)], strict=True)
    ]
