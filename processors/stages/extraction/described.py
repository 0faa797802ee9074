"""Who speaks of those who came back, and of no exchange by name: their health, their care, where they served."""

import re
from collections.abc import Iterator

from processors.model import Kind
from processors.stages.extraction.clauses import Clause, Proposition
from processors.stages.extraction.readings import Reading, Stretch
from processors.stages.extraction.subsets import LARGEST
from processors.stages.extraction.units import Sentence


def describes(clause: Clause) -> bool:
    """ "The freed men will be treated in hospital", "all 35 would undergo medical examinations", "many of them are ill"."""
    speaker = clause.speaker
    if speaker is None or not speaker.known or clause.analyst or not clause.near:
        return False
    if clause.has("freed"):
        return True
    return clause.has("cared_for") and not clause.has(*_HELD) and _PEOPLE.search(clause.content) is not None


def names_the_freed(clause: Clause) -> bool:
    """A mayor or a doctor speaks of them; "the wife of one of the freed" is only a description of the speaker."""
    if clause.speaker is None or clause.analyst or not clause.near or "o" in clause.act:
        return False
    return any(
        "freed" in unit.classes
        and clause.low + at not in clause.voiced
        and "e" not in clause.act[max(0, at - _BESIDE) : at + _BESIDE]
        for at, unit in enumerate(clause.units)
    )


#: Units around the freed among which a negation says that somebody is not of them.
_BESIDE = 4

#: Those of whom this is said are still prisoners.
_HELD = ("held", "remain", "held_by", "foreign")
#: People, or a part of them.
_PEOPLE = re.compile("[PCURNI]|⊂")


def told_beside(reading: Reading) -> Iterator[tuple[Stretch, Proposition]]:
    """Right behind the news of an exchange an official in person or a body speaks of people: of those who came back."""
    sentence = reading.sentence
    if (
        not sentence.has(*_OF_PEOPLE)
        or sentence.has(*_OF_ANOTHER_MATTER)
        or _totals(sentence)
        or _of_the_next(sentence)
    ):
        return
    for stretch in reading.stretches:
        speaker, voice = stretch.speaker, stretch.voice
        if speaker is None or voice is None or voice.carried or speaker.analyst or not speaker.known:
            continue
        if speaker.type in _OFFICIAL and "e" not in sentence.act[stretch.start : stretch.end]:
            yield stretch, Proposition(Kind.EXCHANGE, "described", stretch.start, stretch.end)


def _of_the_next(sentence: Sentence) -> bool:
    """Whether it speaks of the next exchange, and not of the one that was held."""
    return any({"exchange_noun", "plan"} <= unit.classes for unit in sentence.units)


def _totals(sentence: Sentence) -> bool:
    """Whether it names a number larger than that of any one exchange."""
    return any(unit.quantity is not None and (unit.quantity.min or 0) > LARGEST for unit in sentence.units)


#: Types of the speakers who may speak for a side: no state, and nobody whom only a description names.
_OFFICIAL = frozenset(("person", "org"))
_OF_PEOPLE = (
    "person", "captive", "ua_people", "ru_people", "return_noun", "return_verb", "exchange_noun",
    "exchange_verb", "freed", "cared_for", "rank", "subset", "each", "sides", "formula", "assist", "endorse",
)  # fmt: skip
_OF_ANOTHER_MATTER = (
    "talk", "meeting", "silent", "other_matter", "other_news", "foreign", "agree", "agree_noun", "offer", "ready", "list",
    "refuse", "suspend", "deny", "untrue", "accuse", "aim", "noise", "cumulative", "held", "remain", "comment",
    "hypothetical", "bodies",
)  # fmt: skip
