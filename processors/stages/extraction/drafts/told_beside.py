"""Who speaks of people right behind the news of an exchange: of those who came back."""

import re
from collections.abc import Iterator

from processors.model import Kind
from processors.stages.extraction.figures.subsets import LARGEST
from processors.stages.extraction.kinds.unheld import the_more_the_more
from processors.stages.extraction.reading.clauses import Proposition, has_phrase
from processors.stages.extraction.speakers.readings import Reading, Stretch
from processors.stages.extraction.words.units import Sentence


def told_beside(reading: Reading) -> Iterator[tuple[Stretch, Proposition]]:
    """Right behind the news of an exchange an official in person or a body speaks of people: of those who came back."""
    sentence = reading.sentence
    if (
        not (sentence.has(*_OF_PEOPLE) or _OUR_OWN.search(sentence.content))
        or sentence.has(*_OF_ANOTHER_MATTER)
        or (sentence.has("held") and not _were_held(sentence))
        or _totals(sentence)
        or _stayed(sentence)
        or _of_the_next(sentence)
        or the_more_the_more(sentence)
    ):
        return
    for stretch in reading.stretches:
        speaker, voice = stretch.speaker, stretch.voice
        if speaker is None or voice is None or voice.carried or speaker.analyst or not speaker.known:
            continue
        if speaker.type in _OFFICIAL and "e" not in sentence.act[stretch.start : stretch.end]:
            yield stretch, Proposition(Kind.EXCHANGE, "described", stretch.start, stretch.end)


def _stayed(sentence: Sentence) -> bool:
    """ "Two of the detainees had made up their minds to stay": they did not come back, and nobody is said to have."""
    return sentence.has("unwilling") and not sentence.has(
        "freed", "give_verb", "exchange_verb", "exchange_noun"
    )


def _were_held(sentence: Sentence) -> bool:
    """ "Большинство провело в плену больше года": how long those who came back had been held, and nobody who still is."""
    stems = tuple(sentence.words.were_held)
    held = (at for at, unit in enumerate(sentence.units) if "held" in unit.classes)
    return bool(stems) and all(
        any(unit.word.startswith(stems) for unit in sentence.units[max(0, at - _SPENT) : at + _SPENT])
        for at in held
    )


#: Units around captivity among which stands the verb that tells it is over.
_SPENT = 4


def _of_the_next(sentence: Sentence) -> bool:
    """Whether it speaks of the next exchange or of what is always done, and not of the exchange that was held."""
    if has_phrase(sentence.units, sentence.words.at_all_times) or _TO_COME.search(sentence.act):
        return True
    return any({"exchange_noun", "plan"} <= unit.classes for unit in sentence.units)


#: "Будут новые обмены", "обміни будуть".
_TO_COME = re.compile("φ[^,;]{0,2}E|E[^,;]{0,2}φ")


def _totals(sentence: Sentence) -> bool:
    """Whether it names a number larger than that of any one exchange."""
    return any(unit.quantity is not None and (unit.quantity.min or 0) > LARGEST for unit in sentence.units)


#: "A hundred of ours".
_OUR_OWN = re.compile("N[.]?I")
#: Types of the speakers who may speak for a side: no state, and nobody whom only a description names.
_OFFICIAL = frozenset(("person", "org"))
_OF_PEOPLE = (
    "person", "captive", "ua_people", "ru_people", "return_noun", "return_verb", "exchange_noun",
    "exchange_verb", "freed", "cared_for", "rank", "subset", "each", "sides", "formula", "assist",
)  # fmt: skip
_OF_ANOTHER_MATTER = (
    "talk", "meeting", "silent", "other_matter", "other_news", "foreign", "agree", "agree_noun", "offer", "ready", "list",
    "refuse", "suspend", "deny", "untrue", "accuse", "aim", "noise", "cumulative", "remain", "comment",
    "hypothetical", "bodies", "prosecution", "child", "reunited", "urge", "asks",
)  # fmt: skip
