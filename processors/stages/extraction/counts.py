"""Numbers of people in a sentence: what they count, whether they are a part or a running total."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from processors.model import Quantity, Side
from processors.stages.extraction.clauses import begins_another_day, has_phrase
from processors.stages.extraction.named_too import with_the_named
from processors.stages.extraction.sides import OTHER_SIDE, direction, holder_of, nation
from processors.stages.extraction.units import Sentence

#: A number with its noun ("47 wounded Ukrainian soldiers", "men and women"), or bare.
_COUNT = re.compile(
    r"N(?P<gap>[^N,;TXGEVDmpb⊂\-]{0,4}?)(?P<noun>[PCURB])(?P<more>(?:(?:,c?|c)[PC])*)|N(?P<bare>)"
)


@dataclass(slots=True)
class Count:
    """One number of people (or remains), not yet given to a side."""

    at: int
    #: The unit of its noun, or of the number itself; of the last part where parts were summed.
    last: int
    quantity: Quantity
    nation: Side | None = None
    bodies: bool = False
    noun: bool = False
    both: bool = False
    subset: bool = False
    total: bool = False
    #: A total of both sides, without "each".
    joint: bool = False


def find_counts(sentence: Sentence, start: int, end: int) -> list[Count]:
    """The numbers of people and remains between two units; parts are summed, a total stands for its parts."""
    counts: list[Count] = []
    for match in _COUNT.finditer(sentence.content, start, end):
        quantity = sentence.units[match.start()].quantity
        if quantity is None or (quantity.min is None and quantity.max is None):
            continue
        noun = match.end("more") - 1 if match.group("noun") else -1
        if noun >= 0 or _bare_allowed(sentence, match.start(), start, end):
            counts.append(_count(sentence, range(start, end), quantity, match.start(), noun))
            counts[-1].bodies |= noun < 0 and len(counts) > 1 and counts[-2].bodies
    _run_on(counts)
    _halved(counts)
    summed = _summed(sentence, counts, range(start, end))
    for count in summed:
        if not (count.both or count.subset or count.bodies):
            count.quantity = with_the_named(sentence, range(start, end), count.at, count.last, count.quantity)
    return _totalled(summed, direction(sentence, start, end))


#: More people than this came back in no single exchange.
LARGEST = 1000


def _run_on(counts: list[Count]) -> None:
    """Beside the figure of one exchange a very large one is of all who came back, or are held."""
    people = [count for count in counts if not (count.bodies or count.subset)]
    large = [count for count in people if (count.quantity.min or 0) > LARGEST]
    for count in large if len(large) < len(people) else ():
        count.subset = True


def _halved(counts: list[Count]) -> None:
    """ "150 captives, 75 from each side": the whole of both sides stands beside its half."""
    halves = {count.quantity.min for count in counts if count.both}
    for count in counts if halves else ():
        twice = (count.quantity.min or 1) / 2 in halves
        count.joint |= twice and (not count.both or count is counts[0])


def _count(sentence: Sentence, stretch: range, quantity: Quantity, at: int, noun: int) -> Count:
    view, start, end = sentence.content, stretch.start, stretch.stop
    count = Count(at, max(noun, at), quantity)
    if noun >= 0:
        count.noun = True
        count.bodies = view[noun] == "B" or "B" in view[max(start, at - 3) : at]
        count.nation = nation(sentence, at, noun)
    elif _SHARED_NOUN.match(view, at):
        count.nation = Side.UA if view[at + 1] == "u" else Side.RU
    count.both = sentence.units[at].each or _is_both(view, at, noun, start, end)
    holder = None if count.nation or count.bodies else holder_of(sentence, at)
    count.nation = OTHER_SIDE[holder] if holder else count.nation
    count.subset = holder is None and _is_subset(sentence, at, start)
    count.subset = count.subset or _is_cumulative(sentence, at, start, end) or _instead_of(sentence, at)
    behind = view[count.last + 1 : count.last + 3]
    count.total = "τ" in view[max(start, at - 3) : at] or behind.startswith(("τ", ".τ", '"τ'))
    return count


def _instead_of(sentence: Sentence, at: int) -> bool:
    """ "233 came instead of 306", "замість запланованих 306": what was planned, and nobody who came."""
    return has_phrase(sentence.units[max(0, at - 2) : at], sentence.words.in_place_of)


#: "230 Ukrainian and 248 Russian soldiers".
_SHARED_NOUN = re.compile("N[ur]cN[ur]")
#: "A swap of 200", "in the exchange of … 200": a number of those exchanged.
_SWAP_OF = re.compile(r"E[^TtXGV,;:c-]N$|(?:^|[,;])[^TVG,;]*EN$")
#: Words of offering and of being ready.
_OFFER = re.compile("[Fy]")
#: "… returned": what the number does behind it.
_RETURNING = re.compile(r"[^,;cN]*[TV]")
#: "Russia and Ukraine exchanged 200", "the sides exchanged 200".
_BOTH_EXCHANGED = re.compile(r"(?:[KM].{0,3}c.{0,3}[KMUR]|σ).{0,6}X.{0,3}N")


def _of_both(sentence: Sentence, start: int, at: int) -> bool:
    """ "Russia and Ukraine exchanged 200 prisoners", "a swap of 200 prisoners": a total of both sides, without "each"."""
    view = sentence.content[start : at + 1]
    offered = _OFFER.search(sentence.act, start, at)
    if _SWAP_OF.search(view) and not offered and not _RETURNING.match(sentence.content, at + 1):
        return True
    return any(match.end() == len(view) for match in _BOTH_EXCHANGED.finditer(view))


def _summed(sentence: Sentence, counts: list[Count], stretch: range) -> list[Count]:
    """Parts in a row make one count ("185 soldiers and 20 civilians"), unless they only spell out the number before."""
    view, rows = sentence.content, list[list[Count]]()
    for count in counts:
        if rows and _goes_on(view, rows[-1], count):
            rows[-1].append(count)
        else:
            rows.append([count])
    shared = "=" in view[stretch.start : stretch.stop]
    summed: list[Count] = []
    for row in rows:
        counted = _sums(view, row)
        if len(counted) < len(row) and summed and _spells_out(view, summed[-1], counted[0]):
            continue
        for count in counted:
            if not (count.both or count.nation or shared) and _of_both(sentence, stretch.start, count.at):
                count.joint = True
        summed.extend(counted)
    return _more_each(sentence, summed)


def _more_each(sentence: Sentence, counts: list[Count]) -> list[Count]:
    """ "185 prisoners each on Thursday, along with 20 civilians on either side": what either side got is summed too."""
    kept: list[Count] = []
    for count in counts:
        before = kept[-1] if kept else None
        if before is not None and _is_more(sentence, before, count):
            before.quantity, before.last = total([before.quantity, count.quantity]), count.last
        else:
            kept.append(count)
    return kept


def _is_more(sentence: Sentence, before: Count, count: Count) -> bool:
    between = sentence.content[before.last + 1 : count.at]
    earlier = any(
        unit.word in sentence.words.subordinate for unit in sentence.units[before.last + 1 : count.at]
    )
    alike = before.noun and count.noun and before.bodies is count.bodies
    each = before.both and count.both and not (before.subset or count.subset)
    return alike and each and not earlier and "c" in between and not set(between) & set("NTXGV;")


def _goes_on(view: str, row: list[Count], count: Count) -> bool:
    """Whether the count is the next of the row, which ends behind a conjunction."""
    closed = len(row) > 1 and "c" in view[row[-2].last + 1 : row[-1].at]
    joined = view[row[-1].last + 1 : count.at]
    return _in_a_row(view, row[-1], count) and ("c" in joined or not closed)


def _in_a_row(view: str, left: Count, right: Count) -> bool:
    """ "213 soldiers, 11 officers and six civilians": nothing but commas and conjunctions between people of one side."""
    if not (left.noun and right.noun) or left.bodies != right.bodies or right.total:
        return False
    if left.nation and right.nation and left.nation is not right.nation:
        return False
    between = view[left.last + 1 : right.at]
    return len(between) <= 4 and bool(set(between) & set(",c")) and not set(between) & set("TXGVtDKM;-⊂/")


def _sums(view: str, row: list[Count]) -> list[Count]:
    """The sum of a row that a conjunction closes; each by itself where none does, or where the first is the whole."""
    first, *rest = row
    if not rest or "c" not in view[row[-2].last + 1 : row[-1].at]:
        return row
    for count in rest:
        count.subset = count.subset or first.subset
    if (
        first.subset
        or any(count.subset for count in rest)
        or first.quantity == total([count.quantity for count in rest])
    ):
        return [first, *(count for count in rest if count.subset)]
    first.quantity, first.last = total([count.quantity for count in row]), row[-1].last
    first.nation = next((count.nation for count in row if count.nation), None)
    first.both = any(count.both for count in row)
    return [first]


def _spells_out(view: str, whole: Count, parts: Count) -> bool:
    """ "400 people – 390 soldiers and 10 civilians"."""
    return (
        not whole.subset
        and whole.quantity == parts.quantity
        and bool(set(view[whole.last + 1 : parts.at]) & set("-,"))
    )


def total(quantities: Sequence[Quantity]) -> Quantity:
    """Their sum, with bounds where any has them."""
    closed = all(quantity.max for quantity in quantities)
    low = sum(quantity.min or 0 for quantity in quantities)
    return Quantity(min=low, max=low if closed else None, approx=any(q.approx for q in quantities))


def _totalled(counts: list[Count], toward: Side | None) -> list[Count]:
    """A total stands for its parts ("103 in all"), and for nothing where it may be one of both sides."""
    kept: list[Count] = []
    for count in counts:
        parts = [c for c in kept if c.noun and not c.subset]
        if count.total and not count.subset:
            if any(c.both for c in parts) or not (parts or count.nation or toward):
                count.subset = True
            else:
                kept = [c for c in kept if c.subset]
                count.nation = count.nation or (parts[0].nation if parts else None)
        kept.append(count)
    return kept


#: What moves people, or parts them between the sides.
_HANDED_OVER = re.compile("[TXGVtbE<L]")


def _bare_allowed(sentence: Sentence, at: int, start: int, end: int) -> bool:
    """A number without a noun counts people only beside a verb of return or exchange, with "each", or "and today 300"."""
    unit, view = sentence.units[at], sentence.content
    quantity = unit.quantity
    small = quantity is not None and max(quantity.min or 0, quantity.max or 0) < 3
    after = view[at + 1 : at + 2] if at + 1 < end else ""
    followed_by_a_noun = (
        after and sentence.units[at + 1].word[0].isalnum() and after in ".ELODurZ" and not unit.each
    )
    if _SHARED_NOUN.match(view, at):
        return True
    if small or (followed_by_a_noun and not _of_people(sentence, at)):
        return False
    if begins_another_day(sentence, start) or _whole_of(sentence, start, at):
        return True
    if is_told(sentence, at) or _tallied(sentence, start, at):
        return True
    if at > start and sentence.units[at - 1].word in sentence.words.about:
        return True
    if unit.each and "g" in sentence.act[start:end]:
        return True  # "1,200 from each side is what they agreed on"
    reach = (start, end) if unit.each else (max(start, at - 8), min(end, at + 10))
    return _HANDED_OVER.search(view, *reach) is not None or any(
        "others" in other.classes for other in sentence.units[start : start + 3]
    )


def is_told(sentence: Sentence, at: int) -> bool:
    """ "Says 307, five of them civilians", "gave the figure: 'more than 300'": a number alone behind the word that tells it."""
    before = at - 1
    while before >= 0 and (sentence.content[before] == '"' or sentence.units[before].word in _LEADING):
        before -= 1
    told = before >= 0 and not sentence.units[before].classes.isdisjoint(_TELLING)
    return told and (at + 1 == len(sentence.units) or sentence.content[at + 1] in ',;-"cD')


_LEADING, _TELLING = (":", ","), frozenset(("say", "tally"))


def _tallied(sentence: Sentence, start: int, at: int) -> bool:
    """ "The number of those freed was 144", "Moscow put the figure at 146"."""
    return any(
        not unit.classes.isdisjoint(_TALLIES) for unit in sentence.units[max(start, at - _TALLIED) : at]
    )


#: Units between a word of counting, or those counted, and a figure without a noun.
_TALLIED = 4
_TALLIES = frozenset(("tally", "freed"))


def _of_people(sentence: Sentence, at: int) -> bool:
    """ "390 of them", "279 з них": a number whose noun was said before."""
    return sentence.units[at + 1].word in sentence.words.behind_number


_EACH_BEHIND = re.compile(r"[^N,;\"]*b")


def _is_both(view: str, at: int, noun: int, start: int, end: int) -> bool:
    if "b" in view[max(start, at - 3) : at]:
        return True
    return _EACH_BEHIND.match(view, at + 1, min(end, max(noun, at) + 6)) is not None


#: "Among them 12": right before the number.
_INCLUDING = re.compile(r"⊂(?:(?!,T)[^;/<]){0,4}$")


def _is_subset(sentence: Sentence, at: int, start: int) -> bool:
    view = sentence.content
    including = _INCLUDING.search(view, max(start, at - 6), at)
    if including and "g" in sentence.act[including.start() : at]:
        return False  # "Of them Kyiv agreed to take only 279"
    told = including and _tallied(sentence, start, including.start())
    if (including and not told) or view[at + 1 : at + 2] == "⊂":
        return True
    if view[:1] == "⊂" and "N" not in view[:at]:
        return True
    if is_part_of_whole(sentence, at) and not set(view[start:at]) & set("TXGVE"):
        return True
    offered = _OFFER.search(sentence.act, start, at) is not None
    return _some_held(sentence, start, at, offered) and not _whole_of(sentence, start, at)


#: "… (of the 95) are held" behind the number.
_HELD = re.compile(r"(?P<whole>[^,;N]{1,3}N)?[^;N]{0,5}h")


def _some_held(sentence: Sentence, start: int, at: int, offered: bool) -> bool:
    """ "6,000 are still held", "48 of the 95 had been sentenced"; not those offered, nor those returned "whom Kyiv held"."""
    match = _HELD.match(sentence.content, at + 1, at + 10)
    if match is None or (match["whole"] and not _of_people(sentence, at)):
        return False
    described = set(match[0]) & set("q,") and set(sentence.content[start:at]) & set("TtV")
    return not ((offered and "," in match[0]) or described or _FREED_FIRST.match(match[0]))


#: "Eight come home: they were held in Sumy".
_FREED_FIRST = re.compile("[^,N]*[TVX],")

_OF_WHOLE = re.compile("[.I]{1,3}N|[.]DP")
_PART_BEFORE = re.compile("N[^,;N]{1,3}$")


def is_part_of_whole(sentence: Sentence, at: int) -> bool:
    """The eight in "eight of the 106", "eight of Thursday's men"."""
    match = _OF_WHOLE.match(sentence.content, at + 1)
    return match is not None and sentence.units[at + 1].word in sentence.words.part_of


def _whole_of(sentence: Sentence, start: int, at: int) -> bool:
    """The 95 in "48 of the 95"."""
    part = _PART_BEFORE.search(sentence.content, max(start, at - 4), at)
    return part is not None and _of_people(sentence, part.start())


def _is_cumulative(sentence: Sentence, at: int, start: int, end: int) -> bool:
    """A running total ("since February 2022 … 4 552 have returned"), not the figure of one exchange."""
    view, unit = sentence.content, sentence.units[at]
    if unit.each:
        return False
    cues = [
        where for where in range(start, end) if view[where] == "Σ" and not _of_the_exchange(sentence, where)
    ]
    lead = _TOTAL_BEFORE.search(view, max(start, at - 7), at)
    if lead is not None and lead.start() in cues:
        return True
    size = (unit.quantity.min or 0) if unit.quantity else 0
    since = cues or any(other.basis == "since" for other in sentence.units[start:end])
    return bool(since) and (size > LARGEST or (size > _LARGE and "O" not in view[start:end]))


#: With "since" in its sentence a number above this one is a running total.
_LARGE = 450
_TOTAL_BEFORE = re.compile(r"Σ[^;]{0,6}$")


def _of_the_exchange(sentence: Sentence, at: int) -> bool:
    """ "The 67th since the war began": the cue counts exchanges, or tells how this one compares, and no people."""
    return _ORDINAL_BEFORE.search(sentence.content, 0, at) is not None or _of_greatest(sentence, at)


_ORDINAL_BEFORE = re.compile("O[^,;N]{0,3}$")


def _of_greatest(sentence: Sentence, at: int) -> bool:
    """ "The largest such exchange since the war began": how it compares, and no total."""
    before = sentence.units[max(0, at - _COMPARED) : at]
    greatest = tuple(sentence.words.greatest)
    return any(unit.word.startswith(greatest) for unit in before)


#: Units between a superlative and the time over which it holds.
_COMPARED = 8
