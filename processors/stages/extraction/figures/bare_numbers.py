"""Numbers without a noun: which of them count people who are moved."""

import re

from processors.stages.extraction.figures.subsets import of_people, settled_for, tallied, whole_of
from processors.stages.extraction.reading.clauses import begins_another_day
from processors.stages.extraction.words.units import Sentence

#: "230 Ukrainian and 248 Russian soldiers".
SHARED_NOUN = re.compile("N[ur]cN[ur]")
#: "Bodies have been handed over, too: 1,000".
OF_REMAINS = re.compile("B[^NPCUR;q]*$")

#: "(150 of) the 700 offered", "700, whom it was offered".
_OFFERED = re.compile("N(?:F|,q[^,;]{0,3}F)")

#: What moves people, or parts them between the sides.
_HANDED_OVER = re.compile("[TXGVtbE<L]")


def bare_allowed(sentence: Sentence, at: int, start: int, end: int) -> bool:
    """A number without a noun counts people only beside a verb of return or exchange, with "each", or "and today 300"."""
    unit, view = sentence.units[at], sentence.content
    quantity = unit.quantity
    small = quantity is not None and max(quantity.min or 0, quantity.max or 0) < 3
    after = view[at + 1 : at + 2] if at + 1 < end else ""
    followed_by_a_noun = (
        after
        and sentence.units[at + 1].word[0].isalnum()
        and after in ".ELODurZ"
        and not (unit.each or _no_noun(sentence, at + 1) or _is_more(sentence, at + 1))
    )
    if SHARED_NOUN.match(view, at) or _is_offered(sentence, at):
        return True
    if _is_age(sentence, at):
        return False
    if small or (followed_by_a_noun and not of_people(sentence, at)):
        return False
    if begins_another_day(sentence, start) or whole_of(sentence, start, at):
        return True
    if settled_for(sentence, at, start) or after == "I":
        return True  # "a hundred of ours"
    if is_told(sentence, at) or tallied(sentence, start, at):
        return True
    if at > start and sentence.units[at - 1].word in sentence.words.about:
        return True
    if unit.each and not set(sentence.act[start:end]).isdisjoint("gφ"):
        return True  # "1,200 from each side is what they agreed on", "500 from each side would go"
    reach = (
        (start, end)
        if unit.each or _SIDE_DASH.search(view, start, at)
        else (max(start, at - 8), min(end, at + 10))
    )
    return _HANDED_OVER.search(view, *reach) is not None or any(
        "others" in other.classes for other in sentence.units[start : start + 3]
    )


def _is_age(sentence: Sentence, at: int) -> bool:
    """ "Alex Drueke, 40, of Tuscaloosa": between commas behind somebody's name."""
    if at < len((",", "name")) or sentence.content[at - 1] != "," or sentence.content[at + 1 : at + 2] != ",":
        return False
    unit, named = sentence.units[at], sentence.units[at - 2]
    person = "name" in named.classes or any(who.type == "person" for _, who in named.speakers)
    return person and unit.quantity is not None and (unit.quantity.max or _OLDEST) < _OLDEST


#: Nobody who is exchanged is as old.
_OLDEST = 100


def _is_offered(sentence: Sentence, at: int) -> bool:
    """ "Из тысячи предложенных", and not "rejected four offers"."""
    return _OFFERED.match(sentence.act, at) is not None and "offer_noun" not in sentence.units[at + 1].classes


def _is_more(sentence: Sentence, at: int) -> bool:
    """ "1,800 more" at the end, "four more would be handed over", "ещё 1500 мы готовы отдать": a number without a noun."""
    units, words = sentence.units, sentence.words
    if units[at].word in words.we:
        return True
    if units[at].word not in words.further:
        return False
    if at + 1 >= len(units):
        return True
    behind = units[at + 1].word
    return not behind[0].isalnum() or behind in words.behind_number or sentence.content[at + 1] in "TGVX"


def _no_noun(sentence: Sentence, at: int) -> bool:
    """ "Let 230 go", and not "let the five go", who were told of before."""
    classes, definite = sentence.units[at].classes, sentence.words.definite
    return "others" in classes or ("particle" in classes and sentence.units[at - 2].word not in definite)


#: "Kyiv got 76 people, the LPR — 63", "freed Ukrainians — 43, Russians — 37": a side and a dash before the number.
_SIDE_DASH = re.compile('[KMUR]"?-$')


def is_told(sentence: Sentence, at: int) -> bool:
    """ "Says 307, five of them civilians", "gave the figure: 'more than 300'": a number alone behind the word that tells it."""
    before = at - 1
    while before >= 0 and (sentence.content[before] == '"' or sentence.units[before].word in _LEADING):
        before -= 1
    told = before >= 0 and not sentence.units[before].classes.isdisjoint(_TELLING)
    return told and (at + 1 == len(sentence.units) or sentence.content[at + 1] in ',;-"cD')


_LEADING, _TELLING = (":", ","), frozenset(("say", "tally"))
