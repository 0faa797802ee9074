"""What a sentence without a claim of its own says of what the text has told just before."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from processors.model import Kind
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.drafts.remarks import Remarked
from processors.stages.extraction.drafts.reported import marked
from processors.stages.extraction.drafts.silence import Unanswered
from processors.stages.extraction.drafts.told_beside import told_beside
from processors.stages.extraction.reading.clauses import Proposition
from processors.stages.extraction.speakers.readings import Reading, Stretch

#: Sentences behind one that tells of an exchange in which people are those who came back.
_BESIDE = 2


@dataclass(slots=True)
class Behind:
    """What was told before, and how far back."""

    #: Sentences since the news of an exchange.
    news: int = _BESIDE
    remarked: Remarked = field(default_factory=Remarked)
    unanswered: Unanswered = field(default_factory=Unanswered)

    def leaning(self, reading: Reading) -> list[tuple[Stretch, Proposition]]:
        """Of whom those are of whom it speaks, that nobody has answered, or what is thought of the exchange."""
        beside = list(told_beside(reading)) if self.news < _BESIDE else []
        return beside or list(self.unanswered.silence(reading)) or list(self.remarked.remarks(reading))

    def note(self, made: Sequence[Draft]) -> None:
        """Keep what a sentence tells."""
        news = any(_tells(draft) for draft in made)
        self.news = 0 if news else self.news + 1
        self.remarked.note(made, news=news)
        self.unanswered.note(made)


def _tells(draft: Draft) -> bool:
    """Whether a draft is the news of an exchange."""
    return draft.kind is Kind.EXCHANGE and draft.rule in _NEWS and not marked(draft)


_NEWS = frozenset(("counted", "held", "mediated", "spoke-of"))
