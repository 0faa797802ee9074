"""Which side somebody is of or goes to: by nationality, by who holds them, by the way they travel."""

import re

from processors.model import Side
from processors.stages.extraction.reading.clauses import BOTH_STATES
from processors.stages.extraction.words.units import Sentence

#: The other of the two sides; `third` has none.
OTHER_SIDE: dict[Side | None, Side] = {Side.UA: Side.RU, Side.RU: Side.UA}


def nation(sentence: Sentence, at: int, noun: int) -> Side | None:
    """The nationality between a number and its noun, or right behind the noun ("75 пленных ВСУ")."""
    for where, unit in enumerate(sentence.units[at : noun + 3], at):
        if where > at and (unit.word in sentence.words.away or _tells_holder(sentence, where, noun)):
            return None
        if where == noun + 1 and (owners := _owners(sentence, at, where) or _army(sentence, where)):
            return owners
        if (
            where > noun
            and sentence.content[noun] != "B"
            and "freed" not in sentence.units[noun].classes
            and (unit.word in sentence.words.prepositions or is_captivity(sentence, where))
        ):
            return None
        if "C" in sentence.content[at:where] and _held_ones(sentence, where):
            continue
        if unit.classes & {"ua_people", "ua_adj"}:
            return Side.UA
        if unit.classes & {"ru_people", "ru_adj"}:
            return Side.RU
        if unit.classes & {"mark", "semicolon", "conj", "rel"}:
            break
    return None


def _tells_holder(sentence: Sentence, where: int, noun: int) -> bool:
    """ "45 people held by (Russian forces)": behind the noun stands who holds them."""
    return where > noun and "held_by" in sentence.units[where].classes


def _held_ones(sentence: Sentence, at: int) -> bool:
    """ "74 полонених бойовиками ОРДЛО українців": who holds them, before the people of the other side."""
    return _HOLDER_OF.match(sentence.content, at) is not None


def topical(sentence: Sentence, at: int, start: int) -> Side | None:
    """ "Россиян отдали пятнадцать", "росіянам передали 45": whose they are, or to whom they go, before a bare number."""
    before = _TOPIC.search(sentence.content, start, at)
    if before is None:
        return None
    if before[0].endswith("-"):
        return _NATIONS[before[0][0]]  # "freed Ukrainians – 43, Russians – 37"
    if sentence.units[before.start()].word in sentence.words.peoples:
        return None
    return _NATIONS[before[0][0]] if sentence.words.instrumentals else None


#: People, and that they were moved.
_TOPIC = re.compile("[UR](?:[.]?[GVTX]|-)$")


#: A side, its name perhaps, and people of the other one.
_HOLDER_OF = re.compile("[RM][Mp]?U|[UK][Kp]?R")


def is_captivity(sentence: Sentence, where: int) -> bool:
    """ "(95 men) Russian captivity (let go)", where "five wounded Ukrainian prisoners" are the people themselves."""
    behind = sentence.content[where : where + 2] in {"uC", "rC"}
    return behind and sentence.units[where + 1].word.rpartition(" ")[2] in sentence.words.captivity


def _owners(sentence: Sentence, at: int, where: int) -> Side | None:
    """The state right behind the noun in the genitive ("146 военнослужащих РФ"), not one that is given them."""
    word = sentence.units[where].word
    if word not in sentence.words.state_genitives:
        return None
    if word.endswith(tuple(sentence.words.datives)) and "G" in sentence.content[max(0, at - 6) : at]:
        return None
    return state_at(sentence, where)


def _army(sentence: Sentence, where: int) -> Side | None:
    """ "157 prisoners of the Ukrainian armed forces", "of the Armed Forces of Ukraine", not "of Ukrainian captivity"."""
    if sentence.units[where].word not in sentence.words.part_of:
        return None
    view, words = sentence.content, sentence.words
    if match := _OF_ARMY.match(view, where + 1):
        return Side.UA if match[1] == "u" else Side.RU
    match = _FORCES_OF.match(view, where + 1)
    before = (
        {unit.word for unit in sentence.units[match.end() - 3 : match.end() - 1]} if match else set[str]()
    )
    return (Side.UA if match[1] == "K" else Side.RU) if match and before & words.part_of else None


#: "(Of) the Ukrainian army"; "(of) the Armed Forces of Ukraine".
_OF_ARMY, _FORCES_OF = re.compile("[.]?([ur])[^CEN]"), re.compile("[.]{0,3}[.p][.]{0,2}([KM])")

#: Units behind a number among which it is told who holds the people.
_HELD_BY = 5


def holder_of(sentence: Sentence, at: int) -> Side | None:
    """Who holds the people whom the number counts ("225 captives held by Kyiv", "70 удерживаемых Донецком")."""
    units = sentence.units
    for where in range(at + 1, min(at + _HELD_BY, len(units) - 1)):
        if sentence.content[where] in "N;":
            return None
        if "held_by" in units[where].classes:
            behind = (
                where + 1 + (units[where + 1].word in sentence.words.prepositions | sentence.words.definite)
            )
            return _holder_at(sentence, behind) if behind < len(units) else None
    return None


def _holder_at(sentence: Sentence, at: int) -> Side | None:
    """ "Kyiv", "the Ukrainian side", "Russian forces"; "Ukrainian servicemen" are those who are held."""
    adjective = sentence.content[at] in "ur" and sentence.content[at + 1 : at + 2] not in {"P", "C"}
    return state_at(sentence, at) or (_NATIONS[sentence.content[at]] if adjective else None)


def state_at(sentence: Sentence, at: int) -> Side | None:
    """The side that a state, or a body or armed group that acts for it, stands for."""
    letter = sentence.content[at]
    if letter == "R" and "ru_state" in sentence.units[at].classes and sentence.content[at - 1 : at] != "N":
        letter = "M"
    if letter in "ur" and sentence.content[at + 1 : at + 2] == "-":
        letter = "K" if letter == "u" else "M"
    return _STATES.get(letter) or (_party(sentence, at) if letter == "p" else None)


_STATES = {"K": Side.UA, "M": Side.RU}
_NATIONS = {"u": Side.UA, "r": Side.RU, "U": Side.UA, "R": Side.RU}
#: Whoever is named as of a side.
_SIDED = re.compile("[urURKMp]")


def direction(sentence: Sentence, start: int, end: int, voice: Side | None = None) -> Side | None:
    """ "To Russia", "from Ukrainian captivity", and only then "Kyiv received": the way the people travel."""
    places = (match.start() for match in _SIDED.finditer(sentence.content, start, end))
    named = [(at, side) for at in places if (side := _side_at(sentence, at))]
    for at, side in named:
        if side is voice and _is_origin(sentence, at, start):
            continue
        if _leaves(sentence, at, start) or _given_up_by(sentence, at, start, side is OTHER_SIDE.get(voice)):
            return OTHER_SIDE[side]
        if _reaches(sentence, at, start) or _received_by(sentence, at, start):
            return side
    for at, side in named:
        led = at > start and sentence.units[at - 1].word in sentence.words.prepositions
        if led or sentence.content[at] not in "KMpUR" or _with_the_other(sentence, at, start):
            continue
        if found := _acts(sentence, at, end, side, voice) or _acted_before(sentence, at, start, side):
            return found
    return None


def _acted_before(sentence: Sentence, at: int, start: int, side: Side) -> Side | None:
    """ "200 військових забрала Росія", "248 пленных передала Москва": who did it, told last."""
    word, verb = sentence.units[at].word, _TOLD_LAST.search(sentence.content, start, at)
    if verb is None or not sentence.words.instrumentals or word in sentence.words.state_genitives:
        return None
    if word.endswith((*sentence.words.datives, *sentence.words.instrumentals)):
        return None
    return OTHER_SIDE[side] if verb[1] == "G" or "release" in sentence.units[at - 1].classes else side


#: So many, and what somebody did with them.
_TOLD_LAST = re.compile("N[^N,;KMp]{0,4}([GVT])$")


def _with_the_other(sentence: Sentence, at: int, start: int) -> bool:
    """ "Between Ukraine and Russia": who is named with the other side acts with it, and tells no direction."""
    return BOTH_STATES.match(sentence.content, max(start, at - 2), at + 1) is not None


def _side_at(sentence: Sentence, at: int) -> Side | None:
    return _NATIONS.get(sentence.content[at]) or state_at(sentence, at)


_MOVED, _FIGURE = re.compile("[TG]"), re.compile("[N=]")
_NUMBER_BEHIND = re.compile("[^N,;]{0,5}N")
_JUST_GIVEN = re.compile(r"G.?$")
_ARRIVES = re.compile(r"[^N,;KM]{0,8}[TG]")
_GIVEN_TO = re.compile(r"(?:,[^N,;]{1,7},)?[^N,;KMpVTcq]{0,4}G")
#: What may stand between a state and its verb.
_SUBJECT_OF = re.compile(r"[^N,;KMpGVTcq]{0,6}([GVT])")


def _acts(sentence: Sentence, at: int, end: int, side: Side, voice: Side | None) -> Side | None:
    """ "Kyiv handed over 11" to the other side, "Kyiv received 11"; a state frees those of the other one, or its own."""
    if not _FIGURE.search(sentence.content, at + 1, end):
        return None
    if _wins_back(sentence, at, end):
        return side
    behind = max(_behind_origin(sentence, at), _last_name(sentence, at, side) + 1)
    match = _SUBJECT_OF.match(sentence.content, behind, end)
    if match is None:
        return None
    if match[1] == "G":
        return OTHER_SIDE[side]
    if match[1] == "T" and sentence.content[at] in "UR":
        return OTHER_SIDE[side] if _frees_captives(sentence, at, match.start(1)) else None
    if match[1] == "T" and side is Side.RU and "B" in sentence.content[at + 1 : end]:
        return Side.UA
    moved = sentence.units[match.start(1)].classes
    returned = "take_verb" not in moved and _RETURNED.match(sentence.content, match.start(1))
    if voice is OTHER_SIDE[side] and returned:
        return voice
    freed = match[1] == "T" and "release" in sentence.units[match.start(1)].classes
    return OTHER_SIDE[side] if freed and _lets_go(sentence, match.end(), end, side, voice) else side


#: "Украина вернула 12 моряков", told by those to whom they were returned.
_RETURNED = re.compile("T[.u]?N")


def _frees_captives(sentence: Sentence, at: int, verb: int) -> bool:
    """ "The rebels freed 20 captives", not "the separatists freed in Kyiv": a verb beside them, with an object."""
    released = "release" in sentence.units[verb].classes and verb == at + 1
    return released and _CAPTIVES.match(sentence.content, verb + 1) is not None


#: So many captives.
_CAPTIVES = re.compile("[.u]?N.?C")


def _behind_origin(sentence: Sentence, at: int) -> int:
    """Where the words behind a side go on, where it is from left out ("rebels from Luhansk and Donetsk regions handed …")."""
    away = sentence.units[at + 1 : at + 2]
    from_there = bool(away) and away[0].word in sentence.words.away
    origin = _ORIGIN.match(sentence.content, at + 2) if from_there else None
    return origin.end() if origin else at + 1


#: Up to two names with an article, and what they are of.
_ORIGIN = re.compile("[.]{0,2}[.p](?:c[.]?[.p])?")


def _last_name(sentence: Sentence, at: int, side: Side) -> int:
    """ "The Donetsk and Luhansk republics (DPR and LPR) handed over 76": the last of the names of one subject."""
    last, size = at, len(sentence.units)
    for where in range(at + 1, size):
        if state_at(sentence, where) is side or sentence.units[where].word == ")":
            last = where
        elif sentence.units[where].word != "(" and sentence.content[where] not in _JOINS:
            break
    return last


#: Letters between the names of one subject.
_JOINS = 'c"'


def _wins_back(sentence: Sentence, at: int, end: int) -> bool:
    """ "Москва договорилась об освобождении 50", "добилась возвращения": a side wins its own people back."""
    noun = sentence.content.find("t", at + 1, min(end, at + _TO_RETURN))
    if noun < 0 or not set(sentence.content[at + 1 : noun]).isdisjoint("N;TGVX"):
        return False
    if BOTH_STATES.match(sentence.content, at):
        return False
    about, won = sentence.words.about, sentence.units[at + 1 : noun]
    agreed = any("agree" in unit.classes for unit in won) and sentence.units[noun - 1].word in about
    return agreed or any("success" in unit.classes for unit in won)


#: Units behind a side among which stands the return that it wins.
_TO_RETURN = 8


def _lets_go(sentence: Sentence, start: int, end: int, side: Side, voice: Side | None) -> bool:
    """ "Russia released 200 prisoners", "Київ відпустив 80", and not "freed 200 people from captivity"."""
    view = sentence.content
    if sentence.units[start - 1].word.rpartition(" ")[2] in sentence.words.lets_go and voice is not side:
        return True
    captives = [at for at in range(start, end) if view[at] == "C"]
    if any(sentence.units[at - 1].word in sentence.words.away for at in captives):
        return False
    return bool(captives) or (voice is not side and (side is Side.RU or voice is Side.RU))


def _leaves(sentence: Sentence, at: int, start: int) -> bool:
    """ "From Ukrainian captivity", "from territory held by Kyiv", "received from Kyiv"."""
    before = {unit.word for unit in sentence.units[max(start, at - 2) : at]} & sentence.words.away
    if sentence.content[at] in "KMR" and sentence.content[at - 1 : at] == "C" and at > start:
        return bool(before)  # "З полону РФ", "из плена боевиков"
    if sentence.content[at] in "KM":
        return bool(before) and _moved_from(sentence, at, start)
    if sentence.content[at] not in "ur":
        return False
    behind = sentence.units[at + 1].classes if at + 1 < len(sentence.units) else frozenset[str]()
    if "captive" in behind and not before:  # "holds 4,000 Ukrainian prisoners; 95 came home"
        return is_captivity(sentence, at)
    if "place" in behind and before:  # "с украинской территории доставлены 12"
        return _MOVED_AT_ALL.search(sentence.content, start, at + _VERB_BEHIND) is not None
    return "captive" in behind or (bool(before) and ("jail" in behind or sentence.has("captive")))


def _is_origin(sentence: Sentence, at: int, start: int) -> bool:
    """ "144 soldiers from Russia and the DPR have returned home", says their own side: where they are from."""
    led = at > start + 1 and sentence.units[at - 1].word in sentence.words.away
    return (
        led
        and sentence.content[at] in "KM"
        and sentence.content[at - 2] == "P"
        and "T" in sentence.content[at:]
    )


def _given_up_by(sentence: Sentence, at: int, start: int, by_the_other: bool) -> bool:
    """ "248 were handed over by Ukraine", "переданы Украиной": who did it; "returned by Moscow" only if the other side tells."""
    words, units = sentence.words, sentence.units
    if words.instrumentals:
        verb = at - 1
        led = units[at].word.endswith(tuple(words.instrumentals))
    else:
        verb = at - 2 - (units[at - 1].word in words.definite)
        led = verb >= start and units[verb + 1].word in words.by
        if led and verb > start and units[verb - 1].word in words.toward:
            verb -= 2  # "handed over to it by Ukraine"
    if not led or verb < start:
        return False
    letter = sentence.content[verb]
    return letter == "G" or (letter == "T" and (by_the_other or "release" in units[verb].classes))


def _received_by(sentence: Sentence, at: int, start: int) -> bool:
    """ "Fourteen captives were taken back by the separatists"."""
    words, units = sentence.words, sentence.units
    before = at - 1 - (units[at - 1].word in words.definite)
    led = before > start and units[before].word in words.by - words.away
    return led and sentence.content[before - 1] == "V"


def _moved_from(sentence: Sentence, at: int, start: int) -> bool:
    """ "95 were handed over from Ukraine", "с украинской стороны переданы", not "обмен с Украиной"."""
    beside = sentence.units[at].word.endswith(tuple(sentence.words.instrumentals) or " ")
    return not beside and _MOVED_AT_ALL.search(sentence.content, start, at + _VERB_BEHIND) is not None


#: Verbs of moving, and units behind a state among which one may stand.
_MOVED_AT_ALL, _VERB_BEHIND = re.compile("[TGV]"), 5


def _reaches(sentence: Sentence, at: int, start: int) -> bool:
    """ "Returned to Russia", "handed Ukraine 76 people", "Україні передали 76"."""
    state = state_at(sentence, at)
    if sentence.content[at] in "UR" and state is None:
        handed = _JUST_GIVEN.match(sentence.content, max(start, at - 2), at)
        given = sentence.units[at].word in sentence.words.datives and is_given(sentence, at, start)
        return given or (handed is not None and _before_a_number(sentence, at))
    if state is None:
        return False
    before = _preposition(sentence, at, start)
    moved = _MOVED.search(sentence.content, start, at) or _ARRIVES.match(sentence.content, at + 1)
    return (before in sentence.words.toward and moved is not None) or is_given(sentence, at, start)


def _preposition(sentence: Sentence, at: int, start: int) -> str:
    """The word that leads a state, an article and what the state is called left out ("to the self-proclaimed republics")."""
    where = at - 1
    while where > start and at - where < _CALLED and _is_called(sentence, where):
        where -= 1
    return sentence.units[where].word.rpartition(" ")[2] if where >= start else ""


#: Units between a preposition and the state that it leads.
_CALLED = 4


def _is_called(sentence: Sentence, at: int) -> bool:
    """Whether an article stands here, or a word behind one."""
    definite = sentence.words.definite
    return sentence.units[at].word in definite or sentence.units[at - 1].word in definite


def is_given(sentence: Sentence, at: int, start: int) -> bool:
    """A state that receives: the dative, or between the verb and the number ("handed Ukraine 76 people")."""
    view = sentence.content
    word = sentence.units[at].word
    if word.endswith(tuple(sentence.words.datives)):
        returned = word not in sentence.words.state_genitives and "T" in view[start:at]
        return returned or "G" in view[start:at] or _GIVEN_TO.match(view, at + 1) is not None
    return at > start and view[at - 1] == "G" and _before_a_number(sentence, at)


def _before_a_number(sentence: Sentence, at: int) -> bool:
    return _NUMBER_BEHIND.match(sentence.content, at + 1) is not None


def _party(sentence: Sentence, at: int) -> Side | None:
    """The side of a body or state that is named, None for a person."""
    parties = (s.side for _, s in sentence.units[at].speakers if s.type in {"org", "state"})
    return next((side for side in parties if side in OTHER_SIDE), None)
