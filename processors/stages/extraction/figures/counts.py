"""Numbers of people in a sentence: what they count, whether they are a part or a running total."""

import re
from dataclasses import dataclass
from itertools import pairwise

from processors.model import Quantity, Side
from processors.stages.extraction.figures.bare_numbers import OF_REMAINS, SHARED_NOUN, bare_allowed
from processors.stages.extraction.figures.joint_totals import each_did, of_both
from processors.stages.extraction.figures.named_too import with_the_named
from processors.stages.extraction.figures.of_remains import is_of_remains
from processors.stages.extraction.figures.parts import is_company, is_included, is_part
from processors.stages.extraction.figures.sides import OTHER_SIDE, direction, holder_of, nation, topical
from processors.stages.extraction.figures.subsets import (
    LARGEST,
    are_all_freed,
    instead_of,
    is_cumulative,
    is_denied,
    is_drawn_from,
    is_from_a_region,
    is_of_crew,
    is_of_the_killed,
    is_subset,
    opens_with_whole,
    settled_for,
)
from processors.stages.extraction.figures.tally import total
from processors.stages.extraction.words.units import Sentence

#: A number with its noun ("47 wounded Ukrainian soldiers", "men and women", "92 names"), or bare.
_COUNT = re.compile(
    r"N(?P<gap>[^N,;TXGEVDmpb⊂\-]{0,4}?)(?P<noun>[PCURB]|(?<=N)L)(?P<more>(?:(?:,c?|c)[PC])*)|N(?P<bare>)"
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
        if noun >= 0 or bare_allowed(sentence, match.start(), start, end):
            counts.append(_count(sentence, range(start, end), quantity, match.start(), noun))
            if noun < 0:
                before = (
                    counts[-2].bodies
                    if len(counts) > 1
                    else is_of_remains(sentence, match.start(), start, end)
                )
                counts[-1].bodies |= before
    if not counts:
        return counts
    _without_war_dead(counts)
    _run_on(counts)
    _halved(counts)
    _with_those_besides(sentence, counts, start)
    _of_the_some(sentence, counts, start)
    _beside_others(sentence, counts, start)
    summed = _summed(sentence, counts, range(start, end))
    for count in summed:
        if not (count.both or count.subset or count.bodies):
            count.quantity = with_the_named(sentence, range(start, end), count.at, count.last, count.quantity)
    return _totalled(summed, direction(sentence, start, end))


def _run_on(counts: list[Count]) -> None:
    """Beside the figure of one exchange a very large one is of all who came back, or are held."""
    people = [count for count in counts if not (count.bodies or count.subset)]
    large = [count for count in people if (count.quantity.min or 0) > LARGEST]
    for count in large if len(large) < len(people) else ():
        count.subset = True


def _without_war_dead(counts: list[Count]) -> None:
    """ "A war that has cost some 14,000 lives": so many have never come home in one exchange."""
    for count in counts:
        count.subset |= (count.quantity.min or 0) > (_BODIES if count.bodies else _NEVER_AS_MANY)


#: Twice the largest exchange that there was; more remains than ever came home at once.
_NEVER_AS_MANY, _BODIES = 2 * LARGEST, 7 * LARGEST


def _beside_others(sentence: Sentence, counts: list[Count], start: int) -> None:
    """What is a figure only by itself: of the crew beside the prisoners, one that is denied beside the right one."""
    first = counts[0].at if counts else start
    for count in counts[1:] if are_all_freed(sentence, first, len(sentence.units)) else ():
        count.subset = True
    for count in counts:
        count.subset |= is_drawn_from(sentence, count.at)
        count.subset |= is_of_the_killed(sentence, count.at, count.last)
    if len(counts) == 1:
        counts[0].subset |= is_company(sentence, counts[0].at, counts[0].last, start)
    for count in counts if len(counts) > 1 else ():
        count.subset |= is_denied(sentence, count.at) or is_of_crew(sentence, count.at, count.last)


def _with_those_besides(sentence: Sentence, counts: list[Count], start: int) -> None:
    """ "Besides 20 civilians, Ukraine received 185 soldiers": those who are named first came with them."""
    if len(counts) < _PARTS:
        return
    first, second = counts[:_PARTS]
    led = any("besides" in unit.classes for unit in sentence.units[max(start, first.at - _LED_BY) : first.at])
    if not led or _NOT_MOVED.match(sentence.content, first.last + 1, second.at) is None:
        return
    people = all(count.noun and not (count.bodies or count.both or count.subset) for count in (first, second))
    counted = sentence.units[first.at : first.last + 1] + sentence.units[second.at : second.last + 1]
    civil = any("civilian" in unit.classes for unit in counted)
    if people and civil and None in {first.nation, second.nation}:
        second.quantity = total([first.quantity, second.quantity])
        second.nation = second.nation or first.nation
        del counts[0]


#: Units between "besides" and its number; those besides are not moved by a verb of their own.
_LED_BY, _NOT_MOVED = 2, re.compile("[^,;TXGV]*,")


def _halved(counts: list[Count]) -> None:
    """ "150 captives, 75 from each side": the whole of both sides stands beside its half."""
    halves = {count.quantity.min for count in counts if count.both}
    for count in counts if halves else ():
        twice = (count.quantity.min or 1) / 2 in halves
        count.joint |= twice and (not count.both or count is counts[0])
    if len(counts) > _PARTS:
        _of_both_nations(counts)


def _of_both_nations(counts: list[Count]) -> None:
    """ "25 Ukrainian captives and 25 Russian captives, 50 in all": the sum of the two is neither side's."""
    nations = {count.nation: count.quantity.min or 0 for count in counts if count.nation and not count.subset}
    for count in counts if set(nations) >= set(OTHER_SIDE) else ():
        count.subset |= not count.nation and count.quantity.min == nations[Side.UA] + nations[Side.RU]


#: A figure for each side.
_PARTS = 2


def _of_the_some(sentence: Sentence, counts: list[Count], start: int) -> None:
    """ "Among those freed were 37 marines, eleven officers and 12 civilians": each of the row is only some of them."""
    if not counts or not counts[0].subset:
        return
    if "⊂" not in sentence.content[start : counts[0].at] and not is_included(sentence, counts[0].at):
        return
    for left, right in pairwise(counts):
        if set(sentence.content[left.last + 1 : right.at]) & _CLOSING:
            return
        right.subset = True


#: What ends a row of people: the next of them is moved by a verb of its own.
_CLOSING = frozenset(";TXGVE-")


def _count(sentence: Sentence, stretch: range, quantity: Quantity, at: int, noun: int) -> Count:
    view, start, end = sentence.content, stretch.start, stretch.stop
    count = Count(at, max(noun, at), quantity)
    if noun >= 0:
        count.noun = True
        count.bodies = view[noun] == "B" or _REMAINS_OF.search(view, max(start, at - 3), at) is not None
        count.nation = nation(sentence, at, noun)
    elif SHARED_NOUN.match(view, at):
        count.nation = Side.UA if view[at + 1] == "u" else Side.RU
    else:
        count.bodies = OF_REMAINS.search(view, start, at) is not None
        count.nation = topical(sentence, at, start)
    count.both = (
        sentence.units[at].each or _is_both(view, at, noun, start, end) or _by_both(sentence, at, start)
    )
    settled = settled_for(sentence, at, start)
    count.nation = count.nation or settled
    holder = None if count.nation or count.bodies else holder_of(sentence, at)
    count.nation = OTHER_SIDE[holder] if holder else count.nation
    count.subset = holder is None and is_subset(sentence, at, start)
    count.subset = (
        count.subset or (not settled and is_cumulative(sentence, at, start, end)) or instead_of(sentence, at)
    )
    count.subset = count.subset or opens_with_whole(sentence, at, end)
    count.subset = count.subset or is_part(sentence, at, count.last, stretch)
    behind = view[count.last + 1 : count.last + 3]
    far = _TOTAL_OF_BOTH if count.both and not sentence.units[at].each else _TOTAL_BEFORE
    count.total = "τ" in view[max(start, at - far) : at] or behind.startswith(("τ", ".τ", '"τ'))
    count.joint = not count.both and _MIXED.match(view, at) is not None
    return count


#: "The remains of 212 soldiers", not "the remains, handing back 75 Russians"; "168 Ukrainian and Russian prisoners".
_REMAINS_OF, _MIXED = re.compile("B[^;cTXGV]{0,2}$"), re.compile("N[.]?(?:ucr|rcu)[^N]?[PC]")


def _summed(sentence: Sentence, counts: list[Count], stretch: range) -> list[Count]:
    """Parts in a row make one count ("185 soldiers and 20 civilians"), unless they only spell out the number before."""
    view, rows = sentence.content, list[list[Count]]()
    for count in counts:
        if len(rows) > 1 and _goes_on(view, rows[-2], count) and _is_of_civilians(sentence, rows[-2], count):
            rows[-2].append(count)
            count.subset = rows[-2][0].subset
        elif rows and _goes_on(view, rows[-1], count) and not _of_others(sentence, rows[-1][-1], count):
            rows[-1].append(count)
        else:
            rows.append([count])
    shared = "=" in view[stretch.start : stretch.stop]
    summed: list[Count] = []
    for row in rows:
        counted = _sums(sentence, row, stretch.stop)
        if len(counted) < len(row) and summed and _spells_out(view, summed[-1], counted[0]):
            continue
        for count in counted:
            if count.both or shared:
                continue
            count.joint |= not count.nation and of_both(sentence, stretch.start, count.at)
            count.joint |= is_from_a_region(sentence, count.at, count.last)
        summed.extend(counted)
    return _more_each(sentence, summed)


def _more_each(sentence: Sentence, counts: list[Count]) -> list[Count]:
    """ "185 prisoners each on Thursday, along with 20 civilians on either side": what either side got is summed too."""
    kept: list[Count] = []
    for count in counts:
        before = kept[-1] if kept else None
        if before is not None and (_is_more(sentence, before, count) or _is_along(sentence, before, count)):
            before.quantity, before.last = total([before.quantity, count.quantity]), count.last
        else:
            kept.append(count)
    return kept


def _is_along(sentence: Sentence, before: Count, count: Count) -> bool:
    """ "Two priests came home along with eight other civilians": who came with them were others than they."""
    units, words = sentence.units, sentence.words
    if before.subset or count.subset or before.bodies or count.bodies or before.both or count.both:
        return False
    joined = any(
        unit.word.partition(" ")[0] in words.along or "with_them" in unit.classes
        for unit in units[max(before.last + 1, count.at - _ALONG) : count.at]
    )
    others = units[count.at - 1 : count.at + _ALONG]
    return joined and any(unit.word in words.further for unit in others)


#: Units before a number among which "along with" stands, and behind it "other".
_ALONG = 4


def _is_more(sentence: Sentence, before: Count, count: Count) -> bool:
    between = sentence.content[before.last + 1 : count.at]
    earlier = any(
        unit.word in sentence.words.subordinate for unit in sentence.units[before.last + 1 : count.at]
    )
    alike = before.noun and count.noun and before.bodies is count.bodies
    each = before.both and count.both and not (before.subset or count.subset)
    return alike and each and not earlier and "c" in between and not set(between) & set("NTXGV;")


def _of_others(sentence: Sentence, left: Count, right: Count) -> bool:
    """ "303 soldiers, after 307 combatants", "157 soldiers, plus three residents of the border": of another day or group."""
    units = sentence.units
    if any(unit.word in sentence.words.subordinate for unit in units[left.last + 1 : right.at]):
        return True
    residents = ["dweller" in unit.classes for unit in units[right.at : right.last + 1]]
    return any(residents) and not any("dweller" in unit.classes for unit in units[left.at : left.last + 1])


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
    between = _INSERTED.sub("", view[left.last + 1 : right.at]).lstrip("PCUR.")
    return (
        len(between) <= 4
        and "N" not in between
        and bool(set(between) & set(",c"))
        and not set(between) & set("TXGVtDKM;-⊂/<")
    )


def _is_of_civilians(sentence: Sentence, row: list[Count], count: Count) -> bool:
    """Civilians come on top of soldiers; people are of any kind."""
    whole, more = sentence.units[row[0].at : row[0].last + 1], sentence.units[count.at : count.last + 1]
    civil = any("civilian" in unit.classes for unit in more)
    return civil and not any("anybody" in unit.classes for unit in whole)


#: "Ten soldiers, including two officers, and nine civilians", "80 sailors, whom it held since May, and 30 soldiers".
_INSERTED = re.compile(r",(?:⊂[^,;TXGVE]*|.?q[^,;TXGVEN]*)(?=,c)")


def _sums(sentence: Sentence, row: list[Count], end: int) -> list[Count]:
    """The sum of a row that a conjunction closes; each by itself where none does, or where the first is the whole."""
    first, *rest = row
    joined = bool(rest) and "c" in sentence.content[row[-2].last + 1 : row[-1].at]
    if not rest or not (joined or _is_listed(sentence, row, end)):
        return row
    for count in rest:
        count.subset = count.subset or first.subset
    if rest[-1].subset and not any(count.subset for count in row[:-1]):
        return [*_sums(sentence, row[:-1], end), rest[-1]]  # "225 men and five women, of whom 48 …"
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


def _is_listed(sentence: Sentence, row: list[Count], end: int) -> bool:
    """ "Those freed: 82 privates, 21 officers": a row behind a colon, up to the end."""
    before = sentence.units[row[0].at - 1].word if row[0].at else ""
    return before == ":" and not set(sentence.content[row[-1].last + 1 : end]) & set("NTXGVE")


def _spells_out(view: str, whole: Count, parts: Count) -> bool:
    """ "400 people – 390 soldiers and 10 civilians"."""
    between = view[whole.last + 1 : parts.at]
    alike = not whole.subset and whole.quantity == parts.quantity and not set(between).isdisjoint("-,")
    return alike and not _OTHERS_MOVED.search(between)


#: "And Ukraine received 20 civilians and 185 soldiers": as many went the other way.
_OTHERS_MOVED = re.compile("[KM][^N]{0,2}[VGT]")


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


def _by_both(sentence: Sentence, at: int, start: int) -> bool:
    """ "Both released 307", "both Moscow and Kyiv freed 307", "и Москва, и Киев освободили 307": as many each."""
    before = _BOTH_DID.search(sentence.content, max(start, at - _SUBJECTS), at)
    if before is None:
        return each_did(sentence, start, at)
    led = sentence.units[max(0, before.start() - 1)].word
    return before[0].count("c") > 1 or sentence.words.both.issuperset((led,))


#: Perhaps both states, and the verb before the number.
_BOTH_DID, _SUBJECTS = re.compile("(?:c?[KM],?c[KM])?[TGVX]$"), 6


#: Units before a number where "in total" makes it the whole; further off where people "from both sides" are counted.
_TOTAL_BEFORE, _TOTAL_OF_BOTH = 3, 9

#: "75 people each", "75 people, soldiers and civilians, were received by each nation", "75, whom each side freed".
_EACH_BEHIND, _EACH_WITHIN = (
    re.compile(r"[^N,;\"]{0,7}\"?b|[^N,;\"]?,[^N,;\"]{1,6},[^N,;\"]{0,4}b|,q[^N,;\"]{0,2}b"),
    12,
)


def _is_both(view: str, at: int, noun: int, start: int, end: int) -> bool:
    if "b" in view[max(start, at - 3) : at]:
        return True
    return _EACH_BEHIND.match(view, max(noun, at) + 1, min(end, max(noun, at) + _EACH_WITHIN)) is not None
