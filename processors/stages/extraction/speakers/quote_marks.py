"""Where quotations are open: marks toggle, a dash opens, and one may run over paragraphs."""

import re

from processors.stages.extraction.days.dates import Basis
from processors.stages.extraction.speakers.readings import Reading
from processors.stages.extraction.speakers.verbless import label_end
from processors.stages.extraction.words.units import Sentence

#: Sentences that one quotation may have before its speaker is named.
LONGEST_QUOTE = 30
#: Units among which "it is expected" opens a sentence.
_OPENING = 2


def mark_quotes(readings: list[Reading]) -> None:
    """A quote mark toggles; a quotation runs over the sentences of a paragraph, and further where it is closed further on."""
    inside, paragraph = False, -1
    for index, reading in enumerate(readings):
        sentence = reading.sentence
        if sentence.paragraph != paragraph:
            runs_on = inside and _closed_below(readings, index)
            inside, paragraph = runs_on or _opens_with_a_dash(sentence), sentence.paragraph
        inside = inside or _closes_first(sentence)
        reading.quote_before = inside or sentence.voice[label_end(sentence) :][:1] == '"'
        if sentence.voice.count('"') % 2:
            inside = not inside
        reading.quote_after = inside


def _opens_with_a_dash(sentence: Sentence) -> bool:
    """Whether a dash begins somebody's words, and no item of the outlet's own list ("- 17 липня Росія передала …")."""
    return sentence.text[:1] in "–—-" and sentence.text[1:2] == " " and not goes_on_alone(sentence)


def goes_on_alone(sentence: Sentence) -> bool:
    """ "17 июля российская сторона передала …", "Ожидается, что …": the outlet goes on with its story."""
    opening = sentence.units[:_OPENING]
    dated = bool(opening) and opening[0].day is not None and opening[0].basis == Basis.EXPLICIT
    return dated or any(unit.word in sentence.words.expected for unit in opening)


def _closed_below(readings: list[Reading], index: int) -> bool:
    """Whether the next quotation mark from the sentence on closes."""
    for reading in readings[index : index + LONGEST_QUOTE]:
        sentence = reading.sentence
        if '"' in sentence.voice:
            odd = sentence.voice.count('"') % 2 == 1
            opens = any(mark in sentence.text for mark in _OPENING_MARKS) or sentence.voice[0] == '"'
            return _closes_first(sentence) or (odd and not opens)
    return False


def _closes_first(sentence: Sentence) -> bool:
    """Whether its first quotation mark closes: the quotation began in a paragraph before."""
    if '"' not in sentence.voice:
        return False
    first = _MARK.search(sentence.text)
    return first is not None and first.group() in _CLOSING


_OPENING_MARKS = "«“„"
_MARK, _CLOSING = re.compile('["«»“”„]'), frozenset("»”")
