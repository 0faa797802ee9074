"""A toy plug-in: it proposes what a test tells it, or one candidate of each sort."""

from collections.abc import Sequence

from processors.model import ArticleVersion, BySide, Kind, Quantity
from processors.ports import Candidate


def exactly(count: int) -> Quantity:
    """So many, neither more nor less."""
    return Quantity(min=count, max=count)


class Told:
    """An extractor that proposes what it was told."""

    def __init__(self, *candidates: object) -> None:
        self._candidates = candidates

    def extract(self, article: ArticleVersion) -> Sequence[Candidate]:
        """The same for every article."""
        return self._candidates  # type: ignore[return-value]


class Toy:
    """Takes each sentence with "barter" for an exchange, and proposes another that no article has."""

    def extract(self, article: ArticleVersion) -> Sequence[Candidate]:
        """One good candidate, one with a wrong number, one with words that are not in the text."""
        said = [sentence + "." for sentence in article.text.split(". ")[0].split(".") if "barter" in sentence]
        return [
            *(Candidate(kind=Kind.EXCHANGE, evidence=s, returned=BySide(UA=exactly(12))) for s in said),
            *(Candidate(kind=Kind.OFFER, evidence=s, returned=BySide(UA=exactly(999))) for s in said),
            Candidate(kind=Kind.EXCHANGE, evidence="Nobody wrote this."),
        ]


def broken() -> Toy:
    """A factory that fails."""
    raise RuntimeError("no model here")
