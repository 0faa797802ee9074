"""Totals of both sides without "each": "a swap of 200 prisoners", "206 prisoners were exchanged"; neither side's figure."""

import re

from processors.stages.extraction.words.units import Sentence

#: "A swap of 200", "in the exchange of … 200": a number of those exchanged.
_SWAP_OF = re.compile(r"E(?:[.][KM])?[^TtXGV,;:c-]N$|E[.][KM]N$|(?:^|[,;])[^TVG,;]*EN$")
#: Words of offering, of being ready and of refusing.
OFFER = re.compile("[Fyf]")
#: "… returned": what the number does behind it.
_RETURNING = re.compile(r"[^,;cN]*[TV]")
#: What somebody did with so many, behind a mark.
_MOVED_ON = re.compile(r"[^,;cN]*[GTV]")
#: "Russia and Ukraine exchanged 200", "the sides exchanged 200".
_BOTH_EXCHANGED = re.compile(r"(?:[KM].{0,3}c.{0,3}[KMUR]|σ).{0,6}X.{0,3}N")
#: "Ukraine and Russia would release 200".
_BOTH_RELEASE = re.compile(r"[KM]c[KM].{0,2}(?P<verb>T).?N$")


def _numbered(sentence: Sentence, start: int, at: int) -> bool:
    """ "The number of those freed in the swap was 207": not "a swap of 207"."""
    some = "⊂" in sentence.content[start:at]
    return at > start and not some and sentence.units[at - 1].word in sentence.words.finite


def of_both(sentence: Sentence, start: int, at: int) -> bool:
    """ "Russia and Ukraine exchanged 200 prisoners", "a swap of 200 prisoners": a total of both sides, without "each"."""
    view = sentence.content[start : at + 1]
    offered = OFFER.search(sentence.act, start, at)
    swapped = _SWAP_OF.search(view) and not _numbered(sentence, start, at)
    if swapped and not offered and not _RETURNING.match(sentence.content, at + 1):
        return True
    released = _BOTH_RELEASE.search(view)
    if released and "release" in sentence.units[start + released.start("verb")].classes:
        return True
    if "," in view[-4:] and _MOVED_ON.match(sentence.content, at + 1):
        return False  # "The sides exchanged prisoners: 140 were received by Ukraine"
    return any(match.end() == len(view) for match in _BOTH_EXCHANGED.finditer(view))


#: "Exchanged 300 prisoners", "300 prisoners were exchanged", and what would tell for whom, or to whom, they went.
_TRADED_BEHIND = re.compile("[^,;cN/<]{0,4}X[^/<URI]*$")
_TRADED_BEFORE = re.compile("X[^,;cNKMURI]{0,3}$")
_DIRECTED = frozenset("/<TtVGURI")


def traded(sentence: Sentence, stretch: range, at: int, last: int, *, told: bool) -> bool:
    """ "206 prisoners were exchanged": without a word of whose they are or where they went they may be of both sides.

    Where nobody of a third party tells it (`told`), this holds for captives: "115 conscripts exchanged" are ours.
    """
    units, before = sentence.units, range(max(stretch.start, at - _REACH), at)
    behind = _clause_behind(sentence.content, last, stretch.stop)
    if not _DIRECTED.isdisjoint(behind) or "rank" in units[last].classes:
        return False
    if any(
        "involve" in units[where].classes for where in (*before, *range(last + 1, last + 1 + len(behind)))
    ):
        return not _SWAPPED.isdisjoint(sentence.content[stretch.start : stretch.stop])
    if not told and "captive" not in units[last].classes:
        return False
    if _freed_by_both(sentence, stretch, at, last):
        return True
    view = sentence.content[before.start : at]
    return _TRADED_BEHIND.match(behind) is not None or _TRADED_BEFORE.search(view) is not None


def _freed_by_both(sentence: Sentence, stretch: range, at: int, last: int) -> bool:
    """ "A swap between Ukraine and Russia in which 150 captives were released": of either side, where no word tells whose."""
    if not _BOTH_SWAP.search(sentence.content, 0, at):
        return False
    around = sentence.units[max(stretch.start, at - _NEXT_TO) : last + _NEXT_TO + 1]
    return any(unit.word in sentence.words.released for unit in around)


#: Both states named with their exchange; units between a number and the word of freeing.
_BOTH_SWAP, _NEXT_TO = re.compile("E.{0,4}[KM].{0,2}c.{0,3}[KM]|[KM].{0,2}c.{0,3}[KM][^;]*E"), 3
_SWAPPED = frozenset("EX")
#: Units before a number among which stands the verb that trades those it counts.
_REACH = 5


def _clause_behind(view: str, last: int, end: int) -> str:
    """What follows a figure up to the next mark or conjunction."""
    return re.split("[,;c-]", view[last + 1 : end])[0]


def each_did(sentence: Sentence, start: int, at: int) -> bool:
    """ "Each side had let go 390", "кожна зі сторін відпустила під час обміну 84": as many for either."""
    return _EACH_DID.search(sentence.content, max(start, at - _DID), at) is not None


#: A subject that is each side, its verb, and nobody else before the number; units within which all that stands.
_EACH_DID, _DID = re.compile("b[^N,;cqKMur]{0,5}[TGV][^N,;cqTXGVKMur]{0,6}$"), 12
