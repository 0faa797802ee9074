"""The cue lists of `processors/lexicon/boilerplate.toml`, read once at import and compiled to patterns."""

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files

_ANY = r"[^\n]{0,40}?"


def _load() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("processors").joinpath("lexicon", "boilerplate.toml").read_text("utf-8"))


def _pattern(cues: Iterable[str]) -> str:
    """Alternatives, longest first; a cue that ends in a letter ends a word."""
    alternatives = (
        _ANY.join(map(re.escape, cue.split("*"))) + (r"(?!\w)" if cue[-1].isalnum() else "") for cue in cues
    )
    return "|".join(sorted(set(alternatives), key=len, reverse=True))


def _starts(table: dict[str, list[str]]) -> re.Pattern[str]:
    return re.compile(_pattern(cue for cues in table.values() for cue in cues))


_DATA = _load()
#: All of a lower-cased paragraph, but for numbers and punctuation.
END = re.compile(rf"(?:{_starts(_DATA['end']).pattern})[\W\d]*\Z")
#: Matched at the start of a lower-cased paragraph.
END_LINE = _starts(_DATA["end_line"])
DROP = _starts(_DATA["drop"])
#: The first letters of all these: a paragraph that begins with none of them needs no pattern.
BEGINNINGS = frozenset(
    cue[:2] for section in ("end", "end_line", "drop") for cues in _DATA[section].values() for cue in cues
)
#: An appeal after the end of a sentence, and the literal pieces without which it cannot occur.
GLUED = re.compile(rf"(?:(?<=[.!?…»”\")])|(?<=[.!?…»”\")] )|^)\s*(?:{_pattern(_DATA['glued']['any'])})")
GLUED_NEEDLES: tuple[str, ...] = tuple(max(cue.split("*"), key=len) for cue in _DATA["glued"]["any"])
WALL_TITLES: tuple[str, ...] = tuple(_DATA["wall"]["titles"])
MISSING_TITLES: tuple[str, ...] = tuple(_DATA["missing"]["titles"])
BOT, CONSENT, PAYWALL = (tuple(_DATA["wall"][name]) for name in ("bot", "consent", "paywall"))
