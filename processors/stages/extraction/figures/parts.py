"""Figures that describe people who came back, and do not count them: "94 of the freed had defended Mariupol"."""

import re

from processors.stages.extraction.words.units import Sentence


def is_part(sentence: Sentence, at: int, last: int, stretch: range) -> bool:
    """Whether the number at `at`, whose noun is `last`, is only of some of those who came back, or of no people."""
    return (
        _fought(sentence, at, last, stretch)
        or _are_among_more(sentence, at)
        or _among_them(sentence, at, last, stretch)
        or _of_those_before(sentence, at)
        or is_included(sentence, at)
        or _of_a_row(sentence, at, stretch.start)
    )


def _of_a_row(sentence: Sentence, at: int, start: int) -> bool:
    """ "Among those freed 37 (evacuated), eleven officers": in a row that begins with some of them, and not "besides" them."""
    row = _ROW_OF_SOME.search(sentence.content, start, at)
    return row is not None and "besides" not in sentence.units[row.start()].classes


#: Some of them with a number, and no verb up to the mark before the next one.
_ROW_OF_SOME = re.compile("⊂[^,;cTXGVE-]{0,2}N[^;TXGVE-]*,[^;TXGVE-]*$")


def is_included(sentence: Sentence, at: int) -> bool:
    """ "The freed fighters included 59 guardsmen, 30 sailors": some of them, as the verb tells."""
    before = sentence.units[max(0, at - _NEAR) : at]
    freed = any("freed" in unit.classes for unit in before)
    return freed and "comprise" in before[-1].classes


def _fought(sentence: Sentence, at: int, last: int, stretch: range) -> bool:
    """ "94 of the freed had defended Mariupol", "Маріуполь захищали 84 врятовані воїни": what they did or met, and no return."""
    if any(_moves(sentence, where) for where in stretch) or _is_of_all(sentence, at):
        return False
    behind = _BEHIND.match(sentence.content, last + 1, min(stretch.stop, last + _FAR))
    near = range(last + 1, behind.end() if behind else last + 1)
    before = range(max(stretch.start, at - _NEAR), at)
    return any(_tells_of_service(sentence, where) for where in (*near, *before))


#: Up to another number or a relative; units behind and before a number among which its verb stands.
_BEHIND, _FAR, _NEAR = re.compile("[^Nq;]*"), 9, 3


def _moves(sentence: Sentence, at: int) -> bool:
    """A verb or noun of moving people, no word for those who were freed."""
    return sentence.content[at] in "TtXGVE<L" and "freed" not in sentence.units[at].classes


def _is_of_all(sentence: Sentence, at: int) -> bool:
    """ "All 94 had been captured", "its 103 servicemen", "the 157": nobody is left out."""
    words = sentence.words
    return (
        at > 0
        and sentence.units[at - 1].word in words.everyone | words.definite | words.own_mediation | words.whose
    )


def _tells_of_service(sentence: Sentence, at: int) -> bool:
    """A finite verb of fighting or of being captured; in English a participle only behind "were" or "had"."""
    words, word = sentence.words, sentence.units[at].word
    if words.modifier_endings:
        return word.startswith((*words.capture, *words.fought)) and not word.endswith(
            tuple(words.modifier_endings)
        )
    led = word.partition(" ")[0] in words.finite or any(
        unit.word in words.finite for unit in sentence.units[at - 2 : at]
    )
    plain = word.rpartition(" ")[2] if led else word.partition(" ")[0]
    return plain.startswith(tuple(words.capture if led else words.fought))


def _are_among_more(sentence: Sentence, at: int) -> bool:
    """ "Four civilians were among the 75 who came home", "четверо были среди 75 вернувшихся"."""
    match = _AMONG_MORE.match(sentence.content, at)
    if match is None:
        return False
    units = sentence.units
    led = {unit.word.rpartition(" ")[2] for unit in units[match.end("few") : match.end() - 1]}
    few, more = units[at].quantity, units[match.end() - 1].quantity
    fewer = few is not None and more is not None and (few.max or 0) < (more.min or 0)
    return fewer and not led.isdisjoint(sentence.words.among)


#: A number, and behind a few words another.
_AMONG_MORE = re.compile("(?P<few>N[PCURur]{0,3})[^,;NXGV-]{1,7}N")


def _among_them(sentence: Sentence, at: int, last: int, stretch: range) -> bool:
    """ "372 captives, 20 wounded Ukrainians among them": some of the number before, named between commas."""
    if at == 0 or sentence.content[at - 1] not in ",-" or "N" not in sentence.content[stretch.start : at]:
        return False
    match = _SOME.match(sentence.content, last + 1)
    return (
        match is not None
        and sentence.units[match.end("some") - 1].word.partition(" ")[2] in sentence.words.them
    )


#: "(Ukrainians) among them", up to a mark or the end.
_SOME = re.compile("(?P<some>[PCUR]{0,2}⊂)(?=[,;-]|$)")


def _of_those_before(sentence: Sentence, at: int) -> bool:
    """ "As in the three that came before it", "як і в трьох, що були раніше": of exchanges told before, and of no people."""
    articled = at > 1 and sentence.units[at - 1].word in sentence.words.definite
    led = at > 0 and sentence.units[at - 1 - articled].word in sentence.words.where
    return (
        led
        and _THAT.match(sentence.content, at + 1) is not None
        and (articled or sentence.content[at + 1] == ",")
    )


_THAT = re.compile(",?q")


def is_company(sentence: Sentence, at: int, last: int, start: int) -> bool:
    """ "Soldiers come home, and with them eight civilians": the only figure, and not that of those whom they come with."""
    units, words = sentence.units, sentence.words
    if not any("civilian" in unit.classes for unit in units[at : last + 1]):
        return False
    pronoun = at - 1 if at and units[at - 1].word in words.them else at
    with_them = "with_them" in units[at - 1].classes or (
        pronoun < at and units[pronoun - 1].word in words.with_whom
    )
    if at and with_them and "T" in sentence.content[start : at - 1]:
        return True
    return any(_is_accompanied(sentence, where, at) for where in range(max(start, at - _COMPANY), at))


#: Units before a number among which those stand whom the counted come with.
_COMPANY = 5


def _is_accompanied(sentence: Sentence, where: int, at: int) -> bool:
    """ "With the defenders eight civilians returned", "із захисниками повернулися …"."""
    words = sentence.words
    if sentence.units[where].word not in words.with_whom:
        return False
    people = where + 1 + (sentence.units[where + 1].word in words.definite)
    named = sentence.content[people] in "PU" and sentence.units[people].word.endswith(tuple(words.company))
    return named and sentence.content[people + 1 : at] in {"T", "", "T.", ".T"}
