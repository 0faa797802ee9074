"""What parts a subject from its verb: insertions and appositions between commas."""

from processors.stages.extraction.speakers.mentions import Mention, best
from processors.stages.extraction.speakers.verbless import LEADING
from processors.stages.extraction.words.units import Sentence

#: Letters of the verbs of saying.
VERBS = "sdAj"
#: What may stand between an insertion and the verb ("has firmly denied"), and how far the comma is from it at most.
_ADVERBS, _BEFORE_VERB = frozenset(".eD"), 3
#: An insertion of so few units is an aside ("however", "for its part").
_ASIDE = 6


def before_insertion(sentence: Sentence, at: int) -> Mention | None:
    """ "A Russian official, who asked not to be named, said": whom an insertion parts from the verb, first in the sentence."""
    if (dashed := _before_dashes(sentence, at)) is not None:
        return dashed
    view = sentence.voice
    close = view.rfind(",", 0, at)
    opening = view.find(",")
    apart = set(view[close + 1 : at]) <= _ADVERBS and at - close <= _BEFORE_VERB
    if not (0 < opening < close and apart) or set(view[opening:close]) & set('";'):
        return None
    subject = best(sentence, 0, opening, prefer_last=True)
    if subject is None or subject.type == "pronoun" or subject.start > LEADING:
        return None
    if subject.end < opening and not _comes_from(sentence, subject.end, opening):
        return None
    inside = sentence.units[opening + 3 if view[opening + 1 : opening + 3] == "N," else opening + 1]  # an age
    spoken = sentence.units[opening].word == "("
    if (spoken or close - opening <= _ASIDE) and not set(view[opening:close]) & set("pnY"):
        return subject
    if _opens_content(sentence, opening):
        return None
    close_to = inside.word in sentence.words.close
    telling = "rel" in inside.classes or close_to or inside.word.endswith(tuple(sentence.words.participles))
    return subject if telling and subject.type != "state" else None


def _before_dashes(sentence: Sentence, at: int) -> Mention | None:
    """ "Two officials — one in Kyiv, one in Ankara — told Axios": whom an insertion between dashes parts from the verb."""
    view, close = sentence.voice, at - 1
    opening = view.rfind("-", max(0, close - _DASHED), close) if view[close : close + 1] == "-" else -1
    if opening <= 0 or not set(view[opening + 1 : close]).isdisjoint('";' + VERBS):
        return None
    subject = best(sentence, max(0, opening - _DASHED), opening, prefer_last=True)
    return subject if subject is not None and subject.end == opening and subject.type != "state" else None


#: Most units between the dashes, and before them.
_DASHED = 14


def _comes_from(sentence: Sentence, start: int, end: int) -> bool:
    """ "Маркус Гольм зі Стокгольма, якого ми попросили …": where somebody is from, between the name and the comma."""
    units = sentence.units
    return end - start <= _ORIGIN and units[start].word in sentence.words.prepositions


#: Units of a preposition and a place.
_ORIGIN = 3


def _opens_content(sentence: Sentence, comma: int) -> bool:
    """ "He told the caller, that …": behind the comma begins what is said."""
    that = sentence.units[comma + 1].word in sentence.words.that
    return that and not set(sentence.voice[:comma]).isdisjoint(VERBS)


def closes_apposition(sentence: Sentence, left: Mention, at: int) -> bool:
    """ "Usov, the secretary of the headquarters, said": an even number of commas between the name and its verb."""
    between = sentence.voice[left.head + 1 : at]
    return (
        left.type != "state"
        and between[:1] == ","
        and between[-1:] == ","
        and not set(between) & set('";sdAae')
        and not _opens_content(sentence, left.head + 1)
    )
