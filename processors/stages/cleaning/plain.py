"""Plain text, as `obmin import` takes it, to title, date and paragraphs."""

import re

from processors.model import DateProvenance
from processors.stages.cleaning.dates import Candidate, find_written, is_dateline
from processors.stages.cleaning.draft import Draft

_BLANK_LINE = re.compile(r"\n[ \t\u00a0]*\n")
_ENDS = (".", "!", "?", "…", ":", ";", "»", "”", '"', ")")
_TITLE_CHARACTERS = 300


def read_plain(text: str, entry_title: str) -> Draft:
    """The draft of a plain text: its first line is the title unless the entry brings one; a line with only a date is its date."""
    paragraphs = _paragraphs(text.replace("\r\n", "\n").replace("\r", "\n"))
    dates: tuple[Candidate, ...] = ()
    if paragraphs and is_dateline(paragraphs[0]):
        dates = tuple(c for c in [find_written(paragraphs.pop(0), DateProvenance.VISIBLE)] if c)
    title = entry_title.strip()
    if not title and len(paragraphs) > 1 and len(paragraphs[0]) <= _TITLE_CHARACTERS:
        title = paragraphs.pop(0)
    return Draft(title=title or _first_sentence(paragraphs), paragraphs=tuple(paragraphs), dates=dates)


def _paragraphs(text: str) -> list[str]:
    """Blocks between blank lines, or lines where there are none; a line that goes on in lower case was wrapped."""
    found: list[str] = []
    for block in _BLANK_LINE.split(text):
        fresh = True
        for line in filter(None, map(str.strip, block.split("\n"))):
            wrapped = not fresh and line[0].islower() and not found[-1].endswith(_ENDS)
            if wrapped:
                found[-1] = f"{found[-1]} {line}"
            else:
                found.append(line)
            fresh = False
    return found


def _first_sentence(paragraphs: list[str]) -> str:
    return re.split(r"(?<=[.!?…])\s", paragraphs[0], maxsplit=1)[0][:_TITLE_CHARACTERS] if paragraphs else ""
