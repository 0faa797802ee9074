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
from processors.stages.extraction.words.lexicon import Speaker, states
from processors.stages.extraction.words.units import Sentence, Unit

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
    for at in range(len(sentence.units)):
        where, speaker = _named_claimant(sentence, at)
        if speaker is None or speaker in deniers:
            continue
        low = max(at, where) + 1
        end = _until_denied(sentence, low)
        if not (PARTY.search(sentence.act, low, end) or _of_themselves(sentence, low, speaker, deniers)):
            continue  # whose deed it is
        mention = Mention(where, where + 1, where, speaker.type, speaker)
        voice = Voice(mention, at, "x-said", low, low, speaker, span=sentence.units[where].span)
        for one in propositions(sentence, low, end, speaker, near=True):
            if one.kind in _BLAMES and one.actor is OTHER_SIDE.get(speaker.side or Side.THIRD):
                yield replace(one, rule=DENIED), voice
        return


def _named_claimant(sentence: Sentence, at: int) -> tuple[int, Speaker | None]:
    """Whose claim the unit is, and where they are named: behind it, "by Moscow", before it, or in a phrase with it."""
    unit, words = sentence.units[at], sentence.words
    claimed = unit.word in words.claims
    if "deny" in unit.classes:  # "rejected Ukraine's claim", "dismissed allegations by Moscow"
        if inside := [states()[word] for word in unit.word.split() if word in states()]:
            return at, inside[0]
        claimed = any(word.startswith(tuple(words.claims)) for word in unit.word.split()[1:])
    if unit.classes.isdisjoint(("statement", "claimed")) and not claimed:
        return at, None
    behind = at + 2 if at + 2 < len(sentence.units) and sentence.units[at + 1].word in words.by else at + 1
    named = [where for where in (behind, at - 1) if 0 <= where < len(sentence.units)]
    found = ((where, _claimant(sentence, where)) for where in named)
    spoken = (one for one in found if one[1] and (one[0] > at or sentence.units[one[0]].possessive))
    return next(spoken, (at, None))


def _claimant(sentence: Sentence, at: int) -> Speaker | None:
    """The person, body or side whose words they are: "claims by Moscow that", "Kyiv's claim"."""
    if (person := _personal(sentence, at)) is not None:
        return person
    unit = sentence.units[at]
    if not unit.possessive and not _THAT.match(sentence.act, at + 1):
        return None  # "whoever claims that Russia does not want it"
    return next((one for one in _states_in(unit) if one.side in OTHER_SIDE), None)


#: "About its being that": what leads on from whose claim it is to what is claimed.
_THAT = re.compile("[.]{0,2},?q|,")


def _states_in(unit: Unit) -> list[Speaker]:
    """The states that a unit names, a possessive one too, which speaks in no other place; "the Russian side" is no name."""
    if " " in unit.word:
        return []
    owner = states().get(unit.word.removesuffix("'s")) if unit.possessive else None
    return [owner] if owner else [speaker for _, speaker in unit.speakers if speaker.type == "state"]


def _of_themselves(sentence: Sentence, low: int, claimant: Speaker, deniers: Sequence[Speaker]) -> bool:
    """ "Kyiv denied Moscow's claim that it had refused": the pronoun, or none, means who denies it, of the other side."""
    pronoun = any("pronoun" in unit.classes for unit in sentence.units[low : low + _REACH])
    other = OTHER_SIDE.get(claimant.side)
    theirs = pronoun or _NO_SUBJECT.match(sentence.act, low)
    return bool(theirs) and other is not None and any(denier.side is other for denier in deniers)


#: "О том, что отказался": the verb right behind "that".
_NO_SUBJECT = re.compile("[.]{0,2},?q[fSW]")


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
