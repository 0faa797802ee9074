"""What a list is said to show: "published the names of 630 prisoners whom Kyiv allegedly refused" tells of a refusal too."""

import re
from collections.abc import Iterator

from processors.model import Kind, Side
from processors.stages.extraction.clauses import Proposition
from processors.stages.extraction.lexicon import Speaker
from processors.stages.extraction.mentions import Mention
from processors.stages.extraction.sides import OTHER_SIDE
from processors.stages.extraction.units import Sentence
from processors.stages.extraction.voice import Voice

#: A list, and a relative clause on those who are on it.
_ON_THE_LIST = re.compile("L[^;]{0,9}?(?P<relative>,?[^,;]?q[^,;]*)")
#: Units between a side and its refusal, and between the one who gives the list and the verb.
_REACH = 6


def alleged(sentence: Sentence) -> Iterator[tuple[Proposition, Voice]]:
    """The refusal that a hedged clause on the people of a list imputes to the other side, and who gives the list."""
    if not (sentence.has("hedge") and sentence.has("refuse") and sentence.has("list")):
        return
    for found in _ON_THE_LIST.finditer(sentence.act):
        low, high = found.span("relative")
        refused = sentence.act.find("f", low, high)
        if refused < 0 or not any("hedge" in unit.classes for unit in sentence.units[low:high]):
            continue
        giver = _giver(sentence, range(low, high))
        actor = OTHER_SIDE.get(giver.speaker.side) if giver and giver.speaker and giver.speaker.side else None
        if giver is not None and actor is not None and _may_refuse(sentence, low, refused, actor):
            yield Proposition(Kind.REFUSAL, "alleged", found.start(), high, actor), giver
            return


def _giver(sentence: Sentence, relative: range) -> Voice | None:
    """The person or body before the verb of publishing, outside the relative clause."""
    for at, unit in enumerate(sentence.units):
        if unit.classes.isdisjoint(_GIVING) or at in relative:
            continue
        for before in range(at - 1, max(-1, at - 1 - _REACH), -1):
            speaker = None if before in relative else _personal(sentence, before)
            if speaker is not None:
                mention = Mention(before, before + 1, before, speaker.type, speaker)
                return Voice(mention, at, "x-said", before, at + 1, speaker, span=sentence.units[before].span)
    return None


def _personal(sentence: Sentence, at: int) -> Speaker | None:
    named = (speaker for _, speaker in sentence.units[at].speakers if speaker.type in {"person", "org"})
    return next(named, None)


def _may_refuse(sentence: Sentence, low: int, refused: int, actor: Side) -> bool:
    """Whether the clause names nobody of the giver's own side before the word of refusing."""
    own = "M" if actor is Side.UA else "K"
    return own not in sentence.act[low:refused]


_GIVING = frozenset(("publish", "give_verb"))
