"""One who is named beside a number of others: "for Viktor Medvedchuk and 55 servicemen" makes 56."""

import re
from collections.abc import Sequence

from processors.model import Quantity
from processors.stages.extraction.figures.tally import total
from processors.stages.extraction.words.function_words import FunctionWords
from processors.stages.extraction.words.units import Sentence, Unit

#: "X, a politician, and" before the number; "and X" behind its noun, at the end of the list.
_NAMED_BEFORE = re.compile(r"([p.])(?:,[^N;]{1,9},|,)?c[.ur]?$")
_NAMED_BEHIND = re.compile(r"[PCUR]{0,2},?c[.urP]{0,5}([p.])(?=[,;c-]|X.{0,2}/|[.]{0,3}[ED]|$)")
#: What moves people, in the `content` view.
_MOVED = frozenset("XTGVE/<")


def with_the_named(sentence: Sentence, stretch: range, at: int, last: int, quantity: Quantity) -> Quantity:
    """The quantity of the number at `at`, whose noun is `last`, with the person whom "and" joins to it."""
    view, start, end = sentence.content, stretch.start, stretch.stop
    if quantity.min is None or quantity.min != quantity.max or quantity.min < _FEW:
        return quantity
    if _MOVED.isdisjoint(view[start:end]):
        return quantity
    if besides := _described_before(sentence, start, at):
        return _with_others(quantity, besides)
    before = _NAMED_BEFORE.search(view, max(start, at - _REACH), at)
    if before is None and (_one_more(sentence, last + 1, end) or _given_with_them(sentence, last)):
        return _with_others(quantity, 1)
    named = before.start(1) if before else -1
    if before is None and (behind := _NAMED_BEHIND.match(view, last + 1, end)):
        joining = sentence.units[last + 1 : behind.start(1)]
        along = any(unit.word.partition(" ")[0] in sentence.words.along for unit in joining)
        named = -1 if along else behind.start(1)  # "400, together with X" has X among them
    if named < 0 or not is_person(sentence, named):
        return quantity
    return _with_others(quantity, 1)


def _with_others(quantity: Quantity, besides: int) -> Quantity:
    """So many more."""
    return total((quantity, Quantity(min=besides, max=besides)))


def _described_before(sentence: Sentence, start: int, at: int) -> int:
    """ "A journalist, a former mayor and (144 others)", "медсестра, вчитель і ще (89)": how many are told singly before them."""
    units, view = sentence.units, sentence.content
    here = at - 1
    further = here > start and "also" in units[here].classes
    here -= further
    others = further or any("others" in unit.classes for unit in units[at + 1 : at + 2])
    if not others or here <= start or "conj" not in units[here].classes:
        return 0
    found = 0
    while here > start and (not found or view[here] == ","):
        low = here
        while low > start and here - low < _TITLES and view[low - 1] not in _ENDS:
            low -= 1
        if not _is_one(units[low:here], sentence.words):
            break
        found, here = found + 1, low - 1
    return found


def _is_one(described: Sequence[Unit], words: FunctionWords) -> bool:
    """Somebody alone: behind an article, where the language has one, else a person in the singular."""
    if not described or described[-1].word.endswith(tuple(words.plural_endings)):
        return False
    if words.by:
        return any(f"{unit.word} " in words.articles - {"some "} for unit in described[:-1])
    return not described[-1].classes.isdisjoint(_PERSONS) and not described[-1].capital


#: Most units of such a person's description, and what ends it.
_TITLES, _ENDS = 4, frozenset(",;cNTXGVED/<:-")
_PERSONS = frozenset(("person", "role", "title", "rank", "reporter"))


def _given_with_them(sentence: Sentence, last: int) -> bool:
    """ "Отпустили 55 военных, и вместе с ними Киев отдал Виктора Медведчука": one who is named beside them."""
    units, view = sentence.units, sentence.content
    behind = range(last + 1, min(len(units), last + 1 + _SOON))
    along = next((at for at in behind if "with_them" in units[at].classes), -1)
    if along < 0 or not set(view[last + 1 : along]) <= _JOINED:
        return False
    given = next((at for at in range(along + 1, min(len(units), along + _GIVEN)) if view[at] == "G"), -1)
    return given > 0 and any(
        is_person(sentence, at) for at in range(given + 1, min(len(units), given + _GIVEN))
    )


#: Units from a number's noun to "together with them", what stands between, and units to whom somebody gave.
_SOON, _JOINED, _GIVEN = 5, frozenset(".PCUR,c"), 4


def _one_more(sentence: Sentence, at: int, end: int) -> bool:
    """ "(64 soldiers) and an American", "and a wounded officer": somebody behind an article, where the list ends."""
    match = _ONE_BEHIND.match(sentence.content, at, end)
    if match is None:
        return False
    units, words = sentence.units, sentence.words
    article = units[match.start("who") - 1].word
    if f"{article} " not in words.articles or article in words.definite:
        return False
    described = units[match.start("who") : match.end("who")]
    if any(unit.word in words.part_of or unit.classes & _SPEAKS for unit in described):
        return False
    return match["who"][-1] in "PUR" or described[-1].capital


#: An article with who is meant, and what follows the list.
_ONE_BEHIND = re.compile("[PCUR]{0,2},?c[.](?P<who>[.ur]{0,2}[PUR]|[.])(?=[,;q-]|[.]{0,2}[TXVED]|$)")


#: Units before a number within which the person joined to it stands.
_REACH = 13
#: Fewer people are rather those named.
_FEW = 10


def is_person(sentence: Sentence, at: int) -> bool:
    """Whether the unit names a person who does not speak here."""
    unit, around = sentence.units[at], sentence.units[max(0, at - 1) : at + 2]
    if any(other.classes & _SPEAKS for other in around):
        return False
    if unit.word.startswith(tuple(sentence.words.known_prisoners) or " "):
        return True
    full = "name" in unit.classes or (unit.capital and bool(around[0].classes & _LEADING))
    return any(one.type == "person" for _, one in unit.speakers) or (full and not unit.classes - _PLAIN)


_SPEAKS = frozenset(("say", "accord", "opine"))
#: The classes of a name that no list knows, and of what stands before a surname.
_PLAIN = frozenset(("name", "capital", "party"))
_LEADING = frozenset(("capital", "title", "role"))
