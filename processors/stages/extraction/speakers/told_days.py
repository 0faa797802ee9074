"""Days on which somebody told of a plan, before the verb of telling: no days of what was planned."""

from processors.model import Kind
from processors.stages.extraction.reading.clauses import Proposition
from processors.stages.extraction.speakers.voice import Voice
from processors.stages.extraction.words.units import Sentence

#: Units with which the sentence begins; from the day to what was told of; and up to the verb.
_OPENS, _ABOUT, _VERB = 3, 4, 12


def is_day_of_telling(sentence: Sentence, at: int, one: Proposition) -> bool:
    """ "Накануне о готовящемся обмене написали блогеры", "the evening before, bloggers had written of a swap being prepared"."""
    if one.kind is not Kind.AGREEMENT or at >= _OPENS or sentence.units[at].day is None:
        return False
    units, about = sentence.units, sentence.words.about
    high = min(len(units), at + _VERB)
    for verb in range(at + 1, high):
        if "say" not in units[verb].classes:
            continue
        topics = units[at + 1 : at + _ABOUT], units[verb + 1 : verb + 2]
        return "q" not in sentence.voice[at:verb] and any(
            unit.word in about for near in topics for unit in near
        )
    return False


def stands_before_verb(sentence: Sentence, at: int, voice: Voice) -> bool:
    """ "О том, что обмен готовится, 5 мая говорил депутат": between the comma and the verb that its speaker follows."""
    if voice.rule != "said-x" or voice.verb != at + 1:
        return False
    before = sentence.content[max(0, at - 2) : at]
    return before.endswith(",") or before == ",."  # "…, в среду говорил …"
