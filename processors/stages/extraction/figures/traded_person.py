"""One person for whom others are traded: "200 soldiers for Viktor Medvedchuk", "she was exchanged for two Russians"."""

import re
from dataclasses import dataclass

from processors.stages.extraction.figures.named_too import is_person
from processors.stages.extraction.words.units import Sentence, Unit

#: Units before "for" among which stands the verb that trades, or the figure or the person traded; behind it, the others.
_REACH, _BEHIND = 12, 6
#: Others whom "and" joins to the person, and who are not traded for others again: then the figure is of all of them.
_AND_MORE = re.compile(r"[^XTVG;N]{0,12}c[.urPC]{0,3}N(?![^,;NT]{0,4}[/<])")
_FIGURE = re.compile(r"[^N,;/<]{0,2}N")


@dataclass(frozen=True, slots=True)
class PersonTraded:
    """Where the figure, the one person and the "for" of a trade stand."""

    figure: int
    person: int
    link: int


def person_traded(sentence: Sentence, stretch: range) -> PersonTraded | None:
    """The figure and the person of the first trade in the stretch that is of one person."""
    view = sentence.content
    if (given := _given_for(sentence, stretch)) is not None:
        return given
    for link in stretch:
        if view[link] not in "/<" or not _trades(sentence, link, stretch.start):
            continue
        before = view.rfind("N", stretch.start, link)
        person = _person_behind(sentence, link, stretch.stop)
        if person is not None:
            figure = before if before >= 0 else view.find("N", person, min(person + _REACH, stretch.stop))
            apart = link - before > _REACH or set(view[before:link]) & set(",;")
            return None if figure < 0 or (before >= 0 and apart) else PersonTraded(figure, person, link)
        behind = _FIGURE.match(view, link + 1, stretch.stop)
        person = _person_before(sentence, link, stretch.start) if behind and before < 0 else None
        if behind and person is not None:
            return PersonTraded(behind.end() - 1, person, link)
    return None


def _given_for(sentence: Sentence, stretch: range) -> PersonTraded | None:
    """ "For Ivan Fedorov, who was seized in March, Kyiv gave up nine": he leads the sentence, or what a colon opens."""
    opens = (at + 1 for at in stretch if sentence.units[at].word == ":")
    link = next((at for at in opens if sentence.content[at : at + 1] == "/"), stretch.start)
    person = _person_behind(sentence, link, stretch.stop) if sentence.content[link] in "/<" else None
    given = _GIVEN.match(sentence.content, person + 1, stretch.stop) if person is not None else None
    return PersonTraded(given.end() - 1, person, link) if given and person is not None else None


#: Behind the person the verb of giving up, and the figure of the others.
_GIVEN = re.compile("[^NGXTV;]{0,14}[GX][^N,;/<]{0,3}N")


def _trades(sentence: Sentence, link: int, start: int) -> bool:
    """ "In exchange for", or "for" behind a verb of exchanging, or behind "a swap of nine prisoners"."""
    if sentence.content[link] == "<":
        return sentence.units[link].word.split()[-1] in sentence.words.prepositions
    before = sentence.content[max(start, link - _REACH) : link]
    return "X" in before or _SWAP_OF.search(before) is not None


_SWAP_OF = re.compile("E[.]?N[^N,;cTGV]{0,4}$")


def _person_behind(sentence: Sentence, link: int, end: int) -> int | None:
    """Who stands right behind "for", or behind the comma of what he is ("for the mayor, Ivan Fedorov")."""
    for at in range(link + 1, min(link + 1 + _BEHIND, end)):
        if sentence.content[at] in "N;c" or (
            sentence.content[at] == "," and not _is_someone(sentence, at + 1)
        ):
            return None
        if _is_someone(sentence, at):
            return None if _AND_MORE.match(sentence.content, at + 1) else at
    return None


def _person_before(sentence: Sentence, link: int, start: int) -> int | None:
    """Who is exchanged or comes home: named before the verb, or the pronoun beside it."""
    single = sentence.words.he | sentence.words.she
    closing = ";" if sentence.content[link] == "/" else ",;"
    for at in range(link - 1, max(start, link - _REACH) - 1, -1):
        if sentence.content[at] in closing and not _closes_name(sentence, at):
            return None
        if _is_someone(sentence, at) or sentence.units[at].word in single:
            return at
    return None


def _closes_name(sentence: Sentence, at: int) -> bool:
    """ "The mayor, Ivan Fedorov, came home in return for nine": the comma behind a name that another one opens."""
    opened = at > 1 and sentence.units[at].word == sentence.units[at - 2].word == ","
    return opened and _is_someone(sentence, at - 1)


def _is_someone(sentence: Sentence, at: int) -> bool:
    """Whether a name of a person stands here, known or not: two capitals in a row, or an object's ending."""
    if at >= len(sentence.units):
        return False
    unit = sentence.units[at]
    if is_person(sentence, at) or unit.word.rpartition(" ")[2] in sentence.words.single_roles:
        return True
    if not _is_unknown(unit):
        return False
    beside = sentence.units[at + 1 : at + 2]
    return bool(beside and _is_unknown(beside[0])) or unit.word.endswith(
        tuple(sentence.words.named_objects) or " "
    )


def _is_unknown(unit: Unit) -> bool:
    return unit.capital and not unit.classes - _PLAIN


_PLAIN = frozenset(("name", "capital", "party"))
