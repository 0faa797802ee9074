"""Who confirms an exchange and goes on to something else: "confirmed the swap but accused Kyiv of …"."""

import re

from processors.stages.extraction.words.units import Sentence


def goes_on_behind_confirming(sentence: Sentence, low: int, at: int, end: int) -> bool:
    """Whether the mark or conjunction at `at` leads from an exchange that somebody confirms to what else they do."""
    if "endorse" not in sentence.features or _GOES_ON.match(sentence.act, at, end) is None:
        return False
    return any(_confirms(sentence, one, at) for one in range(low, at))


def _confirms(sentence: Sentence, one: int, at: int) -> bool:
    """ "Confirmed the swap near Kherson", not "did not confirm" and not "welcomed any exchange"."""
    units, words = sentence.units, sentence.words
    if "endorse" not in units[one].classes or "e" in sentence.act[max(0, one - _NOT) : one]:
        return False
    named = _AN_EXCHANGE.match(sentence.act, one + 1, at)
    if named is None:
        return False
    between = {unit.word for unit in units[one + 1 : named.end()]}
    return between.isdisjoint(words.that) and between.isdisjoint(words.whatever)


#: Units before a word of confirming among which stands that nobody does.
_NOT = 2
#: An exchange or a return right behind the word, whatever they are called by.
_AN_EXCHANGE = re.compile("[.CKMpurNDB]{0,4}[Et]")
#: A mark or an "and", no relative clause, and what is denied, blamed, broken, refused or stopped.
_GOES_ON = re.compile("[,c]{1,2}(?![,;q])[^;]*?[ldWwASfFy]")
