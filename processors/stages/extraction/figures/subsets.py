"""Which numbers are no figure of the exchange told: parts of it, those still held, running totals, what was planned."""

import re

from processors.model import Side
from processors.stages.extraction.figures.joint_totals import OFFER
from processors.stages.extraction.reading.clauses import has_phrase
from processors.stages.extraction.words.units import Sentence

#: More people than this came back in no single exchange.
LARGEST = 1000


def instead_of(sentence: Sentence, at: int) -> bool:
    """ "233 came instead of 306", "замість запланованих 306", "not 306 but 233": what was planned, and nobody who came."""
    if _NOT_SO_MANY.match(sentence.content, at - 1) and at:
        return True
    if at and sentence.units[at - 1].word in sentence.words.them:
        return False  # "getting instead of them five"
    return has_phrase(sentence.units[max(0, at - 2) : at], sentence.words.in_place_of)


_NOT_SO_MANY = re.compile("eN[PCUR]?,?c[^,;N]?N")


def tallied(sentence: Sentence, start: int, at: int) -> bool:
    """ "The number of those freed was 144", "Moscow put the figure at 146"."""
    return any(
        not unit.classes.isdisjoint(_TALLIES) for unit in sentence.units[max(start, at - _TALLIED) : at]
    )


#: Units between a word of counting, or those counted, and a figure without a noun.
_TALLIED = 4
_TALLIES = frozenset(("tally", "freed"))


def of_people(sentence: Sentence, at: int) -> bool:
    """ "390 of them", "279 з них": a number whose noun was said before."""
    behind = sentence.units[at + 1 : at + 2]
    return bool(behind) and behind[0].word in sentence.words.behind_number


def settled_for(sentence: Sentence, at: int, start: int) -> Side | None:
    """ "Kyiv agreed to take only 279 (of them)": the side that agreed; the other one where it agreed to give them back."""
    agreed = _AGREED.search(sentence.act, start, at)
    only = agreed and any(unit.word in sentence.words.only for unit in sentence.units[agreed.start() : at])
    if agreed is None or not only:
        return None
    gives = "G" in sentence.content[agreed.start() : at]
    return _GIVEN_BACK[agreed[1]] if gives else {"K": Side.UA, "M": Side.RU}[agreed[1]]


_GIVEN_BACK = {"K": Side.RU, "M": Side.UA}
#: Who agreed to a figure.
_AGREED = re.compile("([KM])[^KM,;]{0,5}g[^,;]*$")


#: "Among them 12": right before the number.
_INCLUDING = re.compile(r"⊂(?:(?!,T)[^;/<]){0,4}$")


def is_subset(sentence: Sentence, at: int, start: int) -> bool:
    """Whether a figure is of some of those freed: "among them 36 wounded", "95 of the 144", "48 of those exchanged"."""
    view = sentence.content
    including = _INCLUDING.search(view, max(start, at - 6), at)
    if including and _is_whole(sentence, including.start(), at):
        return False
    if settled_for(sentence, at, start):
        return False  # "Agreed to take only 279 of them"
    told = including and tallied(sentence, start, including.start())
    behind = view[at + 1 : at + 2] == "⊂" and not _all_of(sentence, at)
    if behind or (including and not told):
        return True
    if _are_among(sentence, at) or _of_whole_freed(sentence, at):
        return True
    if _of_the_freed(sentence, at) or _of_kin(sentence, at, start):
        return True
    if view[:1] == "⊂" and view[1:2] != "E" and "N" not in view[:at]:
        return True  # but "in addition to the exchange of soldiers, eight civilians were handed over"
    if _starts_from(sentence, at, start) or _is_of_the_held(view, at, start):
        return True
    if is_part_of_whole(sentence, at) and not set(view[start:at]) & set("TXGVE"):
        return True
    if _dead(sentence, at):
        return True
    offered = OFFER.search(sentence.act, start, at) is not None
    return _some_held(sentence, start, at, offered) and not whole_of(sentence, start, at)


def _is_whole(sentence: Sentence, share: int, at: int) -> bool:
    """ "Nearly half of the 144 freed", "дехто із 60 звільнених": the whole that a share is told of, and no part of it."""
    words = sentence.words
    if "g" in sentence.act[share:at] or "besides" in sentence.units[share].classes:
        return True  # "Of them Kyiv agreed to take only 279", "in addition to the 185 soldiers"
    last = sentence.units[share].word.rpartition(" ")[2]
    between = [last, *(unit.word for unit in sentence.units[share + 1 : at])]
    if words.part_of.isdisjoint(between) or not words.part_of | words.definite >= set(between[1:]):
        return False
    behind = sentence.units[at + 1 : at + _FREED_SOON]
    return any(not unit.classes.isdisjoint(_CAME) for unit in behind)


#: Units behind a number among which it is told that they came back, and by which classes.
_FREED_SOON, _CAME = 7, frozenset(("freed", "return_verb", "exchange_verb"))


def _dead(sentence: Sentence, at: int) -> bool:
    """ "Shot down, killing all 298 people aboard", "унесла жизни 298 человек": who died, and nobody who came back."""
    killed = any("kills" in unit.classes for unit in sentence.units[max(0, at - _KILLED) : at])
    return killed and not _on_their_way(sentence, at)


def _on_their_way(sentence: Sentence, at: int) -> bool:
    """ "Killed 65 prisoners who were being taken to an exchange": those who were to be exchanged."""
    return any("bound" in unit.classes for unit in sentence.units[at : at + _TAKEN])


#: Units behind a number among which it is told that they were on their way.
_TAKEN = 7

#: Units between a verb of killing and the number of the dead.
_KILLED = 3


def _is_of_the_held(view: str, at: int, start: int) -> bool:
    """ "Ukraine holds 900 Russian prisoners; 40 went home": those held, before those who came."""
    return _HOLDS.search(view, start, at) is not None and _SOME_CAME.match(view, at + 1) is not None


#: A state that holds them; behind a mark or a conjunction another figure, who came.
_HOLDS = re.compile("[KM][^,;NTXGV]{0,2}h[.]?$")
_SOME_CAME = re.compile("[urPC.]{0,4}[,;c-]{1,2}[^N;]{0,4}N[^N;]{0,4}T")


def _all_of(sentence: Sentence, at: int) -> bool:
    """ "All 94 of them", "усі 94 із них": nobody is left out."""
    return at > 0 and sentence.units[at - 1].word in sentence.words.everyone


def _are_among(sentence: Sentence, at: int) -> bool:
    """ "19 defenders of Snake Island were among those returned"."""
    if _is_in_group(sentence, at):
        return True
    match = _AMONG.match(sentence.content, at + 1)
    if match is None:
        return False
    among = sentence.units[match.end() - 1]
    return "freed" in among.classes or among.word.split()[-1] in sentence.words.freed_ones


def _is_in_group(sentence: Sentence, at: int) -> bool:
    """ "Six civilians were also included in the released group": a part of those freed, named behind."""
    units, inside = sentence.units, sentence.words.toward | sentence.words.where
    for where in range(at + 1, min(at + _INCLUDED, len(units) - 2)):
        if sentence.content[where] in "N,;TXGV":
            return False
        if "comprise" in units[where].classes and units[where + 1].word in inside:
            return any("freed" in unit.classes for unit in units[where + 1 : where + 4])
    return False


#: Units behind a number among which "were included" stands.
_INCLUDED = 7
_AMONG = re.compile("[^;TXGVN⊂-]{1,14}⊂(?![^,;]{0,3}N)")


def _of_whole_freed(sentence: Sentence, at: int) -> bool:
    """The 95 in "95 of the 144 freed"."""
    if not is_part_of_whole(sentence, at):
        return False
    whole = sentence.content.find("N", at + 1)
    behind = sentence.units[whole + 1 : whole + 2]
    return any("freed" in unit.classes or unit.word in sentence.words.freed_ones for unit in behind)


def _of_the_freed(sentence: Sentence, at: int) -> bool:
    """ "Two of those freed", "одна зі звільнених жінок", "one of the women": of people told before."""
    units, words = sentence.units, sentence.words
    if at + 2 >= len(units) or units[at + 1].word not in words.part_of:
        return False
    quantity = units[at].quantity
    if quantity is not None and quantity.max == 1:
        return True
    return any("freed" in unit.classes for unit in units[at + 2 : at + 2 + _FREED_WITHIN])


#: Units behind "two of" among which those freed stand.
_FREED_WITHIN = 2


def _of_kin(sentence: Sentence, at: int, start: int) -> bool:
    """ "The mothers of two marines", "родственники одиннадцати военных": whose kin somebody is; of few, not of all freed."""
    quantity = sentence.units[at].quantity
    if quantity is None or (quantity.min or 0) > _FEW:
        return False
    leading = (*sentence.words.part_of, *sentence.words.definite)
    where = at - 1
    while where > start and at - where <= _KIN_WITHIN and sentence.units[where].word in leading:
        where -= 1
    return where >= start and "kin" in sentence.units[where].classes


#: Units that may stand between kin and the figure of theirs.
_KIN_WITHIN, _FEW = 2, 20


def _starts_from(sentence: Sentence, at: int, start: int) -> bool:
    """ "Из 306 человек Украина передаёт 237": the whole, named first, of which fewer are told behind it."""
    words, units, first = sentence.words, sentence.units, sentence.content[start : start + 1]
    opens = at - start - (first == '"')
    if opens not in {1, 2} or words.part_of.isdisjoint(unit.word for unit in units[start:at]):
        return False
    if are_all_freed(sentence, at, len(sentence.units)):
        return False
    return _FEWER.match(sentence.content, at + 1) is not None


#: Of them so many went, behind who let them go.
_FEWER = re.compile("[^N;]{0,16}[TXGV][^N,;]{0,3}N")


#: "… (of the 95) are held" behind the number.
_HELD = re.compile(r"(?P<whole>[^,;N]{1,3}N)?[^;N]{0,5}h")


def _some_held(sentence: Sentence, start: int, at: int, offered: bool) -> bool:
    """ "6,000 are still held", "48 of the 95 had been sentenced"; not those offered, nor those returned "whom Kyiv held"."""
    match = _HELD.match(sentence.content, at + 1, at + 10)
    if match is None or (match["whole"] and not of_people(sentence, at)):
        return False
    described = bool(set(match[0]) & set("q,") and set(sentence.content[start:at]) & set("TtV"))
    described = described or _is_attribute(sentence, match.end() - 1, start, offered=offered)
    return not ((offered and "," in match[0]) or described or _FREED_FIRST.match(match[0]))


def _is_attribute(sentence: Sentence, held: int, start: int, *, offered: bool) -> bool:
    """ "73 удерживавшихся в Донбассе военных", "two Russians convicted in Kyiv": who they are that somebody moves."""
    around = sentence.content[start : held + _CLAUSE]
    noun = held - 2 if sentence.units[held - 1].word == ")" else held - 1
    if sentence.content[noun] not in "NPCUR" or (_MOVED.isdisjoint(around) and not offered):
        return False
    word, endings = sentence.units[held].word, tuple(sentence.words.modifier_endings)
    if endings:
        return word.removesuffix("ся").endswith(endings)
    return " " not in word or "held_by" in sentence.units[held].classes


#: What moves people, and units behind those held among which it is looked for.
_MOVED, _CLAUSE = frozenset("TtVGXE<L"), 12
#: "Eight come home: they were held in Sumy".
_FREED_FIRST = re.compile("[^,N]*[TVX],")

_OF_WHOLE = re.compile("[.I]{1,3}N|[.]DP")
_PART_BEFORE = re.compile("N[^,;N]{1,3}$")


def is_part_of_whole(sentence: Sentence, at: int) -> bool:
    """The eight in "eight of the 106", "eight of Thursday's men"."""
    match = _OF_WHOLE.match(sentence.content, at + 1)
    return match is not None and sentence.units[at + 1].word in sentence.words.part_of


def whole_of(sentence: Sentence, start: int, at: int) -> bool:
    """The 95 in "48 of the 95"."""
    part = _PART_BEFORE.search(sentence.content, max(start, at - 4), at)
    return part is not None and of_people(sentence, part.start())


def is_cumulative(sentence: Sentence, at: int, start: int, end: int) -> bool:
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


def opens_with_whole(sentence: Sentence, at: int, end: int) -> bool:
    """The 306 in "of the 306 people Ukraine handed over 237", where the part comes behind."""
    if not _is_led(sentence, at) or are_all_freed(sentence, at, end):
        return False
    return _PART_BEHIND.match(sentence.content, at + 1, end) is not None


def are_all_freed(sentence: Sentence, at: int, end: int) -> bool:
    """ "(Of the 60) freed in the exchange, 45 had been missing": all came back, and what is told behind is of some."""
    return _is_led(sentence, at) and _FREED_WHOLE.match(sentence.content, at + 1, end) is not None


def _is_led(sentence: Sentence, at: int) -> bool:
    """Whether "of" opens the clause of the number."""
    match = _LEADS.search(sentence.content, max(0, at - 4), at)
    leading = sentence.units[match.start("lead") : at] if match else []
    return any(unit.word in sentence.words.part_of for unit in leading)


_FREED_WHOLE = re.compile("[PCUR]{0,2}[KM]?T[^,;N]*[,N][^TGVX]*$")
#: What opens a clause before its number; the part behind, with what moves it.
_LEADS = re.compile('(?:^|[,;"-])(?P<lead>[.⊂]{1,2})$')
_PART_BEHIND = re.compile("[^;N-]*(?:[TGVX][^;N-]*N|N[^;N-]*[TGVX])")


def is_from_a_region(sentence: Sentence, at: int, last: int) -> bool:
    """ "Four soldiers from the Volyn region", "п'ятеро буковинців": some of those exchanged."""
    if sentence.has("inreturn"):  # "eight Chechens in return for Ukrainians": all of one side
        return False
    words, regions = sentence.words, tuple(sentence.words.home_regions or " ")
    last += any(
        unit.capital for unit in sentence.units[last + 1 : last + 2]
    )  # "захисників Маріуполя з Волині"
    behind = sentence.units[last + 1 : last + 2]
    led = bool(behind) and (behind[0].word in words.away or behind[0].word in words.part_of)
    dwellers = tuple(words.dwellers) or "?"
    led = led or sentence.units[last].word.startswith(dwellers)  # "дев'ятеро жителів Прикарпаття"
    named = sentence.units[at + 1 : max(at + 3, last + (_REGION if led else 1))]
    return any(unit.word.startswith(regions) for unit in named)


#: Units behind a noun among which the region is named.
_REGION = 4


def is_denied(sentence: Sentence, at: int) -> bool:
    """ "Не 75, а 73 человека", "73 people, not 75": the other figure is right."""
    return at > 0 and sentence.content[at - 1] == "e"


def is_of_crew(sentence: Sentence, at: int, last: int) -> bool:
    """ "65 prisoners, six crew members and three escorts": who only brings them; not "for 19 crew members of a ship"."""
    if _TRADED_CREW.search(sentence.content, 0, at):
        return False
    return any("crew" in unit.classes for unit in sentence.units[at : last + 2])


#: What a crew is traded for, or that it comes home.
_TRADED_CREW = re.compile("(?:[/<][.]?|<[^,;N]{0,5}T[^,;N]{0,2})$")


def is_drawn_from(sentence: Sentence, at: int) -> bool:
    """ "Chosen from a group of 1,000 prisoners", "зі списку з 1000": those of whom some were taken."""
    words, before = sentence.words, [unit.word for unit in sentence.units[max(0, at - _DRAWN) : at]]
    if (
        len(before) < _DRAWN - 1
        or before[-1] not in words.part_of | words.away
        or before[-2] not in words.pools
    ):
        return False
    return any(word in words.away for word in before[:-2])


def is_of_the_killed(sentence: Sentence, at: int, last: int) -> bool:
    """ "A crash killing all 298 people aboard", "загинули 74 людини": of the dead of something else, and no remains."""
    if "B" in sentence.content[at : last + 1] or "B" in sentence.content[max(0, at - _LOST) : at]:
        return False
    before = sentence.units[max(0, at - _LOST) : at]
    lost = any("perished" in unit.classes for unit in before)
    return lost and not _on_their_way(sentence, at)


#: Units before a number: "from a group of", and those among which a verb of killing stands.
_DRAWN, _LOST = 4, 2
