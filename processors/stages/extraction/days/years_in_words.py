"""Years of this century in words: "у вересні двадцять другого", "летом двадцать третьего года"."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from processors.stages.extraction.days.calendar_words import Token

_CENTURY, _TWENTY, _TEN = 2000, 20, 10


def with_years(tokens: Sequence["Token"], folded: str) -> Iterator["Token"]:
    """The tokens, with "twenty" and an ordinal behind a month or season, or before "year", put together as a year."""
    after = 0
    for index, token in enumerate(tokens):
        if index < after:
            continue
        if token.letter == "n" and token.value == _TWENTY and _is_year(tokens, index, folded):
            after = index + 2
            ordinal = tokens[index + 1]
            yield token._replace(letter="Y", value=_CENTURY + _TWENTY + ordinal.value, end=ordinal.end)
        else:
            yield token


def _is_year(tokens: Sequence["Token"], index: int, folded: str) -> bool:
    if index + 1 >= len(tokens) or folded[tokens[index].start].isdecimal():
        return False
    ordinal = tokens[index + 1]
    if ordinal.letter != "D" or not 0 < ordinal.value < _TEN:
        return False
    behind = tokens[index + 2].letter if index + 2 < len(tokens) else ""
    before = tokens[index - 1].letter if index else ""
    return behind == "y" or (before in {"M", "S"} and behind not in {"N", "M"})
