"""What others are reported to have claimed: by a list of people allegedly refused, or in the words that somebody denies."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from processors.model import Kind, Side
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.kinds.actors import HANDING
from processors.stages.extraction.kinds.propositions import propositions
from processors.stages.extraction.reading.clauses import PARTY, Proposition
from processors.stages.extraction.speakers.mentions import Mention
from processors.stages.extraction.speakers.voice import Voice
from processors.stages.extraction.words.lexicon import Speaker
from processors.stages.extraction.words.units import Sentence

#: The rule of a claim that is quoted to be denied.
DENIED = "denied-claim"
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


def denied_claims(sentence: Sentence, deniers: Sequence[Speaker]) -> Iterator[tuple[Proposition, Voice]]:
    """ "The staff denied Moskalkova's words that Kyiv had refused": the blame itself, by the one whose words are named."""
    for at, unit in enumerate(sentence.units):
        if unit.classes.isdisjoint(("statement", "claimed")):
            continue
        named = [where for where in (at + 1, at - 1) if 0 <= where < len(sentence.units)]
        where = next((w for w in named if _claims(sentence, at, w)), None)
        speaker = _personal(sentence, where) if where is not None else None
        if where is None or speaker is None or speaker in deniers:
            continue
        low = max(at, where) + 1
        end = _until_denied(sentence, low)
        if not PARTY.search(sentence.act, low, end):  # whose deed it is
            continue
        mention = Mention(where, where + 1, where, speaker.type, speaker)
        voice = Voice(mention, at, "x-said", low, low, speaker, span=sentence.units[where].span)
        for one in propositions(sentence, low, end, speaker, near=True):
            if one.kind in _BLAMES and one.actor is OTHER_SIDE.get(speaker.side or Side.THIRD):
                yield replace(one, rule=DENIED), voice
        return


def _claims(sentence: Sentence, statement: int, at: int) -> bool:
    """Whose statement it is: named right behind it, or before it with a possessive ending."""
    unit = sentence.units[at]
    return _personal(sentence, at) is not None and (at > statement or unit.possessive)


def _until_denied(sentence: Sentence, low: int) -> int:
    """Where what was claimed ends: before the word of denying that follows it."""
    denied = _DENIED.search(sentence.act, low)
    return denied.start() if denied else len(sentence.units)


_DENIED = re.compile("[dl]")
_BLAMES = frozenset((Kind.REFUSAL, Kind.SUSPENSION, Kind.VIOLATION))


def _giver(sentence: Sentence, relative: range) -> Voice | None:
    """The person or body before the verb of publishing, outside the relative clause."""
    for at, unit in enumerate(sentence.units):
        if unit.classes.isdisjoint(HANDING) or at in relative:
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
