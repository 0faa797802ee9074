"""Whether a sentence without a voice of its own is still of who spoke last: what they said goes on, or is alleged."""

from processors.stages.extraction.speakers.introductions import gender_of_past
from processors.stages.extraction.speakers.mentions import PERSONAL, first_mention
from processors.stages.extraction.speakers.quote_marks import goes_on_alone
from processors.stages.extraction.speakers.readings import Reading
from processors.stages.extraction.words.lexicon import Speaker
from processors.stages.extraction.words.units import Sentence


def goes_on(before: Reading, reading: Reading) -> bool:
    """Whether the sentence behind somebody's words is still theirs: no recollection, judgement or list of the outlet's."""
    voice, sentence = before.voice, reading.sentence
    further = any("also" in unit.classes for unit in sentence.units[:1])
    if voice is None or before.reports or voice.speaker is None or not reading.near:
        return False
    if voice.carried and not (further and voice.rule == "continued"):
        return False
    describes = sentence.has("subset") and not sentence.has("refuse", "offer", "suspend", "violate")
    describes = describes and not _tells_nothing_yet(before.sentence)
    shows = sentence.has("publish") and (
        sentence.has("pronoun") or (sentence.has("list") and sentence.has("media", "medium"))
    )
    alleged = any("hedge" in unit.classes for unit in sentence.units[:_ALLEGED])
    says = any("say" in unit.classes and not (further and "offer" in unit.classes) for unit in sentence.units)
    own = describes or shows or ((says or sentence.has(*_OWN)) and not alleged)
    closed = voice.speaker.type == "noun" and voice.rule == "said-x" and '"' in before.sentence.voice
    alone = goes_on_alone(sentence) or recalls_a_deal(sentence) or of_another(sentence, voice.speaker)
    return voice.speaker.type != "state" and not (own or closed or alone)


def _tells_nothing_yet(sentence: Sentence) -> bool:
    """ "В штабе уточнили состав.": a short sentence without news, of which the next one gives the substance."""
    news = sentence.has(
        "quantity", "ratio", "ordinal", "exchange_noun", "exchange_verb", "return_verb", "agree"
    )
    return not news and len(sentence.units) <= _SHORT


#: Units of such a sentence.
_SHORT = 10


def recalls_a_deal(sentence: Sentence) -> bool:
    """ "The swap was agreed at the talks in Istanbul": what both sides agreed on is no secret, and recalled by the outlet."""
    return sentence.has("agree", "agree_noun") and sentence.has("talk", "meeting") and not sentence.has("say")


def of_another(sentence: Sentence, speaker: Speaker) -> bool:
    """ "Moskalkova then published a list": the sentence begins with somebody else, of whom the outlet tells."""
    first = first_mention(sentence, 0, min(_OPENING + 1, len(sentence.units)))
    other = first is not None and first.type in PERSONAL and first.speaker is not None
    return other and first is not None and first.speaker is not speaker


#: Units before somebody else with whom a sentence begins.
_OPENING = 2


#: Units among which "якобы" marks a sentence as what the last voice alleges.
_ALLEGED = 6
#: What marks a sentence as the outlet's own: a recollection, a judgement, words that tell of other words.
_OWN = (
    "past_cue",
    "bygone_one",
    "background_head",
    "likely",
    "opine",
    "accord",
    "accuse",
    "deny",
    "noreply",
    "silent",
    "unheld",
)


def hedged(last: Reading, reading: Reading) -> bool:
    """ "Мовляв, Київ їй не відповідає": what the last voice alleged goes on."""
    units = reading.sentence.units
    distance = reading.sentence.paragraph - last.sentence.paragraph
    leads = distance <= 1 and bool(units) and "hedge" in units[0].classes
    return leads or (distance == 0 and reading.sentence.has("hedge"))


def noted(last: Reading, reading: Reading) -> bool:
    """ "Зазначається, що обмін відбудеться в суботу", "там же указано": nobody is named, and the last voice goes on."""
    sentence, words = reading.sentence, reading.sentence.words
    near = reading.near and sentence.paragraph - last.sentence.paragraph <= 1
    opening = [unit.word for unit in sentence.units[:_THERE]]
    there = bool(opening) and opening[0] in words.there and not words.told_there.isdisjoint(opening)
    there = there and last.voice is not None and last.voice.mention.type not in {"person", "name", "pronoun"}
    return near and (there or (bool(opening) and opening[0] in words.noted))


#: Units among which "it is told there" opens a sentence.
_THERE = 4


def says_on(last: Reading, reading: Reading) -> bool:
    """ "Також додав, що …": a verb of saying without a subject, in the past, is of who spoke last in the paragraph."""
    sentence, words = reading.sentence, reading.sentence.words
    voice = last.voice
    if voice is None or voice.speaker is None or not words.masculine_past or reading.quote_before:
        return False
    at = next((at for at, unit in enumerate(sentence.units[:_ELIDED]) if "say" in unit.classes), -1)
    beside = reading.near and sentence.paragraph == last.sentence.paragraph
    if at < 0 or not beside or not set(sentence.voice[:at]) <= _LEADING:
        return False
    gender = gender_of_past(sentence.units[at].word, words)
    return bool(gender) and voice.speaker.gender in {"", gender}


#: Units among which a verb without a subject stands, and the letters of what may lead to it.
_ELIDED, _LEADING = 4, frozenset(".c,")


def mediated(last: Reading, reading: Reading) -> bool:
    """Whether the sentence only names who helped, soon behind the last voice."""
    sentence = reading.sentence
    named = (
        sentence.has("mediate", "assist") and sentence.has("mediator") and not sentence.has("quantity", "day")
    )
    return reading.near and named and sentence.paragraph - last.sentence.paragraph <= 1
