"""One who is named beside a number of others: "for Viktor Medvedchuk and 55 servicemen" makes 56."""

import re

from processors.model import Quantity
from processors.stages.extraction.units import Sentence

#: "X, a politician, and" before the number; "and X" behind its noun, at the end of the list.
_NAMED_BEFORE = re.compile(r"([p.])(?:,[^N;]{1,9},)?c[.ur]?$")
_NAMED_BEHIND = re.compile(r",?c[.urP]{0,5}([p.])(?=[,;c-]|X.{0,2}/|$)")
#: What moves people, in the `content` view.
_MOVED = frozenset("XTGVE/<")


def with_the_named(sentence: Sentence, stretch: range, at: int, last: int, quantity: Quantity) -> Quantity:
    """The quantity of the number at `at`, whose noun is `last`, with the person whom "and" joins to it."""
    view, start, end = sentence.content, stretch.start, stretch.stop
    if quantity.min is None or quantity.min != quantity.max or quantity.min < _FEW:
        return quantity
    if _MOVED.isdisjoint(view[start:end]):
        return quantity
    before = _NAMED_BEFORE.search(view, max(start, at - _REACH), at)
    named = before.start(1) if before else -1
    if before is None and (behind := _NAMED_BEHIND.match(view, last + 1, end)):
        named = behind.start(1)
    if named < 0 or not _is_person(sentence, named):
        return quantity
    return Quantity(min=quantity.min + 1, max=quantity.max + 1, approx=quantity.approx)


def one_for_whom(sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """ "200 fighters were exchanged for Viktor Medvedchuk": the number, and the single person whom it was traded for."""
    found = _FOR_ONE.search(sentence.content, start, end)
    if found is None:
        return None
    for at in range(found.start("whom"), found.end("whom")):
        if not sentence.units[at].possessive and _is_person(sentence, at):
            return None if _AND_OTHERS.match(sentence.content, at + 1) else (found.start(), at)
    return None


#: A number, what trades it, and whom it is traded for ("for Putin's ally X"); "and 55 others" behind the name.
_FOR_ONE = re.compile(r"N[^N;/<]{1,20}(?:[XG][^N;,/<]{0,2}/|<)(?P<whom>[^N;,/<TGX]{1,7})")
_AND_OTHERS = re.compile(r",?c[^;]{0,5}N")


#: Units before a number within which the person joined to it stands.
_REACH = 13
#: Fewer people are rather those named.
_FEW = 10


def _is_person(sentence: Sentence, at: int) -> bool:
    """Whether the unit names a person who does not speak here."""
    unit, around = sentence.units[at], sentence.units[max(0, at - 1) : at + 2]
    if any(other.classes & _SPEAKS for other in around):
        return False
    full = "name" in unit.classes or (unit.capital and bool(around[0].classes & _LEADING))
    return any(one.type == "person" for _, one in unit.speakers) or (full and not unit.classes - _PLAIN)


_SPEAKS = frozenset(("say", "accord", "opine"))
#: The classes of a name that no list knows, and of what stands before a surname.
_PLAIN = frozenset(("name", "capital", "party"))
_LEADING = frozenset(("capital", "title", "role"))
