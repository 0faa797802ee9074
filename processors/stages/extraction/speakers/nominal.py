"""Who says it where a noun stands for the verb: "an accusation made by X"."""

from processors.stages.extraction.speakers.mentions import PERSONAL, best
from processors.stages.extraction.speakers.voice import Voice
from processors.stages.extraction.words.units import Sentence

#: Units behind a claim among which its verb stands, and behind the verb among which its author does.
_VERB, _AUTHOR = 4, 10
_AUTHORS = PERSONAL | {"state", "noun"}


def whose_claim(sentence: Sentence) -> Voice | None:
    """ "…, an accusation made by Medinsky", "In a claim made by Moscow, …": in apposition, or where it opens the sentence."""
    units, words = sentence.units, sentence.words
    if not sentence.says(words.claims):
        return None
    for at, unit in enumerate(units[:-2]):
        if unit.word not in words.claims or not _set_off(sentence, at):
            continue
        stop = min(at + 1 + _VERB, len(units))
        verb = next((v for v in range(at + 1, stop) if units[v].word in words.made), 0)
        if not verb:
            continue
        by = units[verb + 1].word in words.by if verb + 1 < len(units) else False
        low, high = (verb + 1, min(len(units), verb + _AUTHOR)) if by or not words.by else (at + 1, verb)
        who = best(sentence, low, high, prefer_last=False, oblique=True)
        if who is not None and who.type in _AUTHORS:
            return Voice(who, verb, "according-to" if at <= _OPENS else "according-to-after")
    return None


#: Units among which a claim opens the sentence.
_OPENS = 6


def _set_off(sentence: Sentence, at: int) -> bool:
    """Whether a comma stands before the claim and its article, or a preposition that opens the sentence."""
    before = at - 1
    while before > 0 and sentence.units[before].word in sentence.words.claim_articles:
        before -= 1
    if before >= 0 and "mark" in sentence.units[before].classes:
        return sentence.units[before].word in ",—–-"
    return before <= 1 and sentence.units[0].word in sentence.words.in_claim
