"""What a verb of saying is where nobody speaks by it as its subject: a participle, an infinitive, a passive, a name given."""

from processors.stages.extraction.speakers.no_subject import published
from processors.stages.extraction.words.units import Sentence


def says_nothing(sentence: Sentence, at: int) -> bool:
    """A participle, a word like a verb ("Russia's alleged readiness"), a name given in passing."""
    word, words, units = sentence.units[at].word, sentence.words, sentence.units
    if word in words.going_on and _begins_infinitive(sentence, at + 1):
        return True  # "Россия продолжает удерживать …"
    before = units[at - 1].word if at else ""
    blames = "accuse" in units[at].classes and before in words.being  # "is accusing"
    ending = ("ing", "ed") if before in words.attributive else "ing"
    participle = word.endswith(ending) and " " not in word and not blames
    noun = f"{before} " in words.articles and not word.endswith("ed")  # "a claim that Kyiv denied"
    led = at > 0 and (units[at - 1].possessive or published(units[at - 1 : at + 1]))
    return participle or noun or led or _only_names(sentence, at)


def _begins_infinitive(sentence: Sentence, at: int) -> bool:
    """Whether the unit is an infinitive, or a phrase that begins with one ("отказываться от")."""
    first = sentence.units[at].word.partition(" ")[0] if at < len(sentence.units) else ""
    endings = tuple(sentence.words.infinitive_endings or "?")
    return first.endswith(endings) or first in sentence.words.infinitive_marker


def _only_names(sentence: Sentence, at: int) -> bool:
    """ "In what both governments called the largest exchange": a name given in passing, and no statement."""
    before = sentence.units[max(0, at - _NAMED) : at]
    return "naming" in sentence.units[at].classes and any(
        unit.word in sentence.words.whats for unit in before
    )


#: Units before a verb of naming among which its "what" stands.
_NAMED = 6


def is_passive(sentence: Sentence, at: int) -> bool:
    """ "Reporters were informed by the ministry": who speaks stands behind "by"."""
    words, around = sentence.words, sentence.units[at - 1 : at + 2] if at else []
    if around and around[1].word.rpartition(" ")[2] in words.by:
        return True
    return len(around) > 2 and around[0].word in words.being and around[2].word in words.by
