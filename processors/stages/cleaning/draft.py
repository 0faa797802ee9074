"""What reading a body gives, before it is judged: the same for a page and for plain text."""

from dataclasses import dataclass

from processors.stages.cleaning.dates import Candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Title, author, paragraphs and dates as the body states them."""

    title: str
    author: str = ""
    paragraphs: tuple[str, ...]
    dates: tuple[Candidate, ...] = ()
