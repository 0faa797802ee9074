"""Remains that no word of the text ties to an exchange are no claim."""

from collections.abc import Sequence

from processors.model import Kind
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.figures.tally import Figures
from processors.stages.extraction.kinds.remains import are_tied
from processors.stages.extraction.words.units import Sentence


def without_untied(found: Sequence[Draft], sentences: Sequence[Sentence]) -> list[Draft]:
    """The drafts without returns of remains that no word of the text ties to an exchange."""
    if are_tied(sentences):
        return list(found)
    return [draft for draft in found if not (draft.kind is Kind.EXCHANGE and _of_remains(draft.figures))]


def _of_remains(figures: Figures) -> bool:
    return bool(figures.bodies) and not figures.returned
