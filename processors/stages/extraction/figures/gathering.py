"""What a stretch of a sentence says in numbers: people and remains by side, ratio, ordinal."""

import re
from dataclasses import dataclass

from processors.model import Kind, Quantity, Side, SlotSpan
from processors.stages.extraction.days.dates import Basis
from processors.stages.extraction.figures.counts import Count, find_counts
from processors.stages.extraction.figures.halves import Halves, of_us, side_of, subject_of
from processors.stages.extraction.figures.joint_totals import traded
from processors.stages.extraction.figures.ordinals import find_ordinal
from processors.stages.extraction.figures.pairs import share_pair
from processors.stages.extraction.figures.ratios import find_ratio, ratio_of
from processors.stages.extraction.figures.sides import OTHER_SIDE, direction
from processors.stages.extraction.figures.tally import Figures, total
from processors.stages.extraction.words.units import Sentence, Unit


def figures(
    sentence: Sentence,
    start: int,
    end: int,
    *,
    voice: Side | None,
    default: Side | None,
    deed: Kind | None = None,
) -> Figures:
    """The figures between two units. `voice` is the speaker's side, `default` the side that an unmarked count goes to.

    `deed` is an offer, a refusal or a list.
    """
    result = Figures()
    find_ordinal(sentence, start, end, result)
    formula(sentence, start, end, result)
    counts = find_counts(sentence, start, end)
    if deed is Kind.LIST:
        counts = _on_list(sentence, counts)
    unmarked = share_pair(sentence, range(start, end), counts)
    if not find_ratio(sentence, range(start, end), counts, result, None if deed else voice):
        _share(sentence, range(start, end), result, _Sharing(counts, voice, default, deed))
    result.unmarked |= unmarked
    result.unmarked &= _GOT_AND_GAVE.search(sentence.content, start, end) is None
    result.vague = not result.given and _dozens_exchanged(sentence, start, end)
    if deed is None and not result.bodies and sentence.has("bodies"):
        _one_body(sentence, range(start, end), voice, result)
    return result


#: "To get 27 and give ten for them", in either order: it is told who goes where.
_GOT_AND_GAVE = re.compile("V[^;NG]*N[^;NV]*G[^;NV]*N|G[^;NV]*N[^;NG]*V[^;NG]*N")


def _on_list(sentence: Sentence, counts: list[Count]) -> list[Count]:
    """A list names people: remains counted beside it are no figure of it."""
    kept = [
        count
        for count in counts
        if not count.bodies or "B" not in sentence.content[count.at : count.last + 1]
    ]
    for count in kept:
        count.bodies = False
    return kept


def _dozens_exchanged(sentence: Sentence, start: int, end: int) -> bool:
    """ "Dozens of soldiers came home in the exchange", and not "hundreds have, since 2022"."""
    if any(unit.basis == Basis.SINCE or "cumulative" in unit.classes for unit in sentence.units):
        return False
    match = _DOZENS.search(sentence.content, start, end)
    return match is not None and sentence.units[match.start("many")].word in sentence.words.dozens


#: People, moved in an exchange.
_DOZENS = re.compile("(?P<many>N)[^N,;TXGEV]{0,3}[PCUR][^N,;]*[TX][^N;]*E")


def formula(sentence: Sentence, start: int, end: int, result: Figures) -> None:
    """ "All for all", "one for one", "all the Russians for all of ours"."""
    if not (sentence.has("all", "one") or sentence.says(sentence.words.everyone)):
        return
    for at in range(start, end):
        unit = sentence.units[at]
        wholly = unit.word in sentence.words.everyone and _for_all(sentence, at, end)
        if wholly or unit.classes & {"all", "one"}:
            result.ratio = "1:1" if "one" in unit.classes else "all:all"
            result.slots.append(SlotSpan(slot="ratio", span=unit.span))
            return


#: Units between "all" and "for all" that name the people.
_NAMED = 3


def _for_all(sentence: Sentence, at: int, end: int) -> bool:
    """Whether "for all" stands soon behind the unit."""
    return any(
        sentence.content[where] == "/" and sentence.units[where + 1].word in sentence.words.everyone
        for where in range(at + 1, min(at + 2 + _NAMED, end - 1))
    )


@dataclass(frozen=True, slots=True)
class _Sharing:
    """The counts to be given to sides, and what decides where the text does not."""

    counts: list[Count]
    voice: Side | None
    default: Side | None
    #: An offer, a refusal or a list: unmarked people go to `default`, whoever speaks.
    deed: Kind | None


def _share(sentence: Sentence, stretch: range, result: Figures, sharing: _Sharing) -> None:
    counts = [
        count
        for count in sharing.counts
        if not (count.subset or _is_joint(sentence, stretch, count, sharing))
        and (sharing.deed or not _is_refused(sentence, count))
    ]
    result.joint = any(_is_joint(sentence, stretch, count, sharing) for count in sharing.counts)
    halves = Halves(sentence, stretch, [count.at for count in counts], ends=[count.last for count in counts])
    for number, count in enumerate(counts):
        _same_number(sentence, stretch.start, count.at, result)
        side = _to(halves, number, count, sharing)
        halves.given.append(side)
        name = "bodies" if count.bodies else "returned"
        target = result.values(name)
        for one in (Side.UA, Side.RU) if count.both else (side,):
            if one is not None and one not in target:
                target[one] = count.quantity
                result.note(name, one, sentence.units[count.at])
            elif one is not None and (
                _on_top(halves, number, counts)
                or (sharing.voice is not Side.RU and _of_the_other_republic(halves, number))
            ):
                target[one] = total([target[one], count.quantity])
    _same_number(sentence, stretch.start, stretch.stop, result)


def _one_body(sentence: Sentence, stretch: range, voice: Side | None, result: Figures) -> None:
    """ "32 soldiers and the body of Dmytro Fialka were handed over": the remains of one who is named."""
    view = sentence.content
    for at in stretch:
        if sentence.units[at].word not in sentence.words.one_body or view[max(0, at - 1) : at] == "N":
            continue
        whose = sentence.units[at + 1 : min(at + _WHOSE, stretch.stop)]
        moved = not _MOVES.isdisjoint(view[stretch.start : stretch.stop])
        if moved and any(unit.capital or "person" in unit.classes for unit in whose):
            side = direction(sentence, stretch.start, stretch.stop, voice) or Side.UA
            result.bodies[side] = Quantity(min=1, max=1)
            result.note("bodies", side, sentence.units[at])
            return


#: Units behind a body among which it is told whose it is.
_WHOSE = 6


def _is_joint(sentence: Sentence, stretch: range, count: Count, sharing: _Sharing) -> bool:
    """A total of both sides; a speaker of one side who tells of people exchanged means those of that side."""
    if count.joint or count.nation or count.both or sharing.deed:
        return count.joint
    if _AGREED_SWAP.search(sentence.act, stretch.start, count.at):
        return True
    if sharing.voice in OTHER_SIDE:
        return False
    told = sharing.voice is Side.THIRD
    return traded(sentence, stretch, count.at, count.last, told=told)


#: "The commissioners agreed to exchange more than 40".
_AGREED_SWAP = re.compile("g[^;NF]*X[.]{0,2}$")
#: Behind a noun a clause in which somebody refuses them.
_REFUSED = re.compile("[^,;N]{0,3},?[.]?q[^,;qXTG]{0,6}f")


def _is_refused(sentence: Sentence, count: Count) -> bool:
    """ "Received captives out of the thousand whom it had refused": those whom nobody took are no figure of an exchange."""
    return _REFUSED.match(sentence.act, count.last + 1) is not None


def _on_top(halves: Halves, number: int, counts: list[Count]) -> bool:
    """ "185 soldiers each, and Kyiv also received 20 civilians": civilians come on top of soldiers; people are of any kind."""
    part, count, units = halves.part(number), counts[number], halves.sentence.units
    civil = any("civilian" in unit.classes for unit in units[count.at : count.last + 1])
    if not civil or any("anybody" in unit.classes for unit in units[counts[0].at : counts[0].last + 1]):
        return False
    both = counts[0].both or "=" in halves.sentence.content[halves.stretch.start : count.at]
    joining = units[counts[number - 1].last + 1 : count.at]
    together = any("together" in unit.classes or _besides_them(unit, halves) for unit in joining)
    return together or (
        both and any(not unit.classes.isdisjoint(_MORE) for unit in units[part.start : part.stop])
    )


def _besides_them(unit: Unit, halves: Halves) -> bool:
    """ "Besides them", "крім них"."""
    return "also" in unit.classes and unit.word.rpartition(" ")[2] in halves.sentence.words.them


def _of_the_other_republic(halves: Halves, number: int) -> bool:
    """ "Kyiv got 76 people, the LPR 63, the DPR 61": the figures of the two republics make that of their side."""
    republics = halves.sentence.words.republics
    if not number or not halves.sentence.says(republics):
        return False
    here, before = (
        {
            unit.word[:_REPUBLIC]
            for unit in halves.sentence.units[part.start : part.stop]
            if unit.word in republics
        }
        for part in (halves.part(number), halves.part(number - 1))
    )
    return bool(here and before) and here != before


#: Letters that tell one republic from the other.
_REPUBLIC = 2
_MORE = frozenset(("conj", "also", "others", "together", "with_them"))


def _to(halves: Halves, number: int, count: Count, sharing: _Sharing) -> Side | None:
    """The side that a count goes to, None for one of both sides."""
    if count.both:
        return None
    if count.nation:
        ours = any(
            of_us(unit, halves.sentence.words) for unit in halves.sentence.units[count.at : count.last + 1]
        )
        return sharing.voice if ours and sharing.voice in OTHER_SIDE else count.nation
    if _goes_with_those_before(halves, number, sharing.counts):
        return halves.given[number - 1]
    if sharing.deed:
        found = _of_list(halves.sentence, count.at) or _whose(halves, number, sharing)
        return found or _as_offered(halves, number, sharing) or sharing.default
    if _of_its_own(halves, number):
        return OTHER_SIDE.get(halves.given[number - 1])
    return side_of(halves, number, noun=count.noun, voice=sharing.voice) or sharing.default


def _goes_with_those_before(halves: Halves, number: int, counts: list[Count]) -> bool:
    """ "75 prisoners and 45 bodies": people and remains that "and" joins travel one way."""
    if not number or halves.given[number - 1] is None or counts[number].bodies is counts[number - 1].bodies:
        return False
    return (
        _AND_ALSO.fullmatch(halves.sentence.content, counts[number - 1].last + 1, counts[number].at)
        is not None
    )


#: Nothing but "and", and the nouns of either figure.
_AND_ALSO = re.compile("[.PCURB]*c[.B]{0,3}")


def _of_its_own(halves: Halves, number: int) -> bool:
    """ "It handed over 95 Ukrainians and got back 95 of its own": its own go the other way than those whom it gave."""
    if not number or halves.given[number - 1] is None:
        return False
    content, units, words = halves.sentence.content, halves.sentence.units, halves.sentence.words
    before, here = halves.counts[number - 1], halves.counts[number]
    behind = units[here + 1 : here + 1 + _OWN]
    own = any(not words.reflexive.isdisjoint((unit.word, unit.word.rpartition(" ")[2])) for unit in behind)
    gave = not _GIVING.isdisjoint(content[max(halves.stretch.start, before - _GAVE) : before])
    return own and gave and not _RECEIVED.isdisjoint(content[before + 1 : here])


#: Units behind a number that tell whose they are; before one, among which stands the verb of giving.
_OWN, _GAVE = 4, 3
_GIVING, _RECEIVED = frozenset("GT"), frozenset("VT")


_WHOSE_LIST = re.compile(r"([ur])L[^N,;]{0,3}$")


def _of_list(sentence: Sentence, at: int) -> Side | None:
    """Whose list it is that names them ("Russia's list had 200 names")."""
    match = _WHOSE_LIST.search(sentence.content, max(0, at - 5), at)
    return {"u": Side.UA, "r": Side.RU}[match[1]] if match else None


def _whose(halves: Halves, number: int, sharing: _Sharing) -> Side | None:
    """ "A list of 90 of our men", "of its own men", "свой список", "перелік двадцяти її громадян"."""
    sentence, words, at = halves.sentence, halves.sentence.words, halves.counts[number]
    beside = _BESIDE.match(sentence.content, at + 1)
    around = [unit.word for unit in sentence.units[at + 1 : beside.end() if beside else at]]
    listed = _OWN_LIST.search(sentence.content, halves.stretch.start, at)
    around += [unit.word for unit in sentence.units[listed.start() : at]] if listed else []
    voice = sharing.voice if sharing.voice in OTHER_SIDE else None
    if not words.ours.isdisjoint(around):
        return voice
    own = not words.reflexive.isdisjoint(around)
    if not (own or not words.theirs.isdisjoint(around)):
        return None
    subject = subject_of(sentence, halves.stretch.start, at)
    return (subject or voice) if own else OTHER_SIDE.get(subject)


#: Units behind a number among which it is told whose they are; "handed over its own list".
_BESIDE, _OWN_LIST = re.compile("[^N,;/<GVTX]{0,3}"), re.compile("G[^N,;]{0,4}L[^N,;]{0,3}$")


def _as_offered(halves: Halves, number: int, sharing: _Sharing) -> Side | None:
    """ "Offered to hand over ten and get 27 back", "is ready to release 306 and expects 74": those whom it gets are its own."""
    if sharing.deed is not Kind.OFFER or len(halves.counts) != _PAIR:
        return None
    if any(count.bodies or count.both for count in sharing.counts):
        return None  # "ready to return 3,000 bodies, and to free 1,200 on either side"
    parts = [halves.sentence.content[part.start : part.stop] for part in map(halves.part, range(_PAIR))]
    given = ["G" in part for part in parts]
    last = halves.part(_PAIR - 1)
    awaited = any("awaits" in unit.classes for unit in halves.sentence.units[last.start : last.stop])
    moved = not _MOVES.isdisjoint(parts[0]) and (awaited or not _MOVES.isdisjoint(parts[1]))
    if awaited and number and "T" in parts[0] and not given[1]:
        return OTHER_SIDE.get(sharing.default)
    if not moved or given[0] is given[1] or given[number]:
        return None
    return OTHER_SIDE.get(sharing.default)


_PAIR, _MOVES = 2, frozenset("GVT")


#: "The same number, a hundred of its own", "as many soldiers, that is, 95": a figure of its own, of one side.
_SPELT_OUT = re.compile("[^,;cNTXGV-]{0,5}[,-][^,;NTXGV]{0,2}N")


def _same_number(sentence: Sentence, start: int, end: int, result: Figures) -> None:
    """ "230 came home, and the same number went to Russia": the one figure stands for both sides."""
    same = sentence.content.find("=", start, end)
    if same < 0 or _SPELT_OUT.match(sentence.content, same + 1):
        return
    for name in ("returned", "bodies"):
        values = result.values(name)
        if len(values) == 1:
            ((side, quantity),) = values.items()
            values[OTHER_SIDE[side]] = quantity
            result.note(name, OTHER_SIDE[side], sentence.units[same])
            if name == "returned" and set(sentence.content[max(start, same - 3) : same]) & set("</"):
                result.ratio = ratio_of(quantity, quantity)
