"""Which side does what is asserted: offers, refuses, stops, lists, violates."""

import re

from processors.model import Side
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.reading.clauses import Clause, has_phrase
from processors.stages.extraction.words.units import Sentence


def actor_of(clause: Clause, letters: str) -> Side | None:
    """The side before the cue, after "by" behind it, or as the speaker stands to it ("we", "they")."""
    sentence, low, high = clause.sentence, clause.low, clause.high
    cue = next((at for at in range(low, high) if sentence.act[at] in letters), low)
    start = _behind_naming(clause, cue) if set(letters) & set("fS") else _behind_colon(clause, cue)
    before = _sides_before(clause, cue, blamed=bool(set(letters) & set("fWS")), low=start)
    guilty = _by_whose_fault(sentence, cue, high) if set(letters) & set("fS") else None
    guilty = (
        _blamed(clause, cue, letters)
        or guilty
        or (_of_refusal(sentence, cue, high) if "f" in letters else None)
    )
    if named := guilty or _silent(clause, cue, before, letters):
        return named
    if before:
        return None if _both(clause, cue, before) else before[-1]
    if meant := _meant(clause, cue):
        return meant
    if "F" in letters and (third := _third(clause, cue)):
        return third
    if (
        (start == low or "F" not in letters)
        and cue + 1 < high
        and (genitive := _side(sentence, cue + 1, any_case=True))
        and not _dative(sentence, cue + 1)
    ):
        return genitive
    if "f" in letters and (away := _from_whom(sentence, cue, high)):
        return away
    if "S" in letters and _joined(clause, cue, clause.high):
        return None
    behind = _side_behind(clause, cue) or _inside_behind(clause, cue)
    passive = any(unit.word in sentence.words.by for unit in sentence.units[cue:high])
    if (behind and (passive or clause.speaker is None)) or "S" in letters:
        return behind
    if clause.side in OTHER_SIDE:
        return OTHER_SIDE[clause.side] if set(letters) & set("fW") else clause.side
    return behind


def _behind_colon(clause: Clause, cue: int) -> int:
    """ "He turned to Moscow: «I propose …»": where the words of who speaks open, else where the clause does."""
    units = clause.sentence.units
    opens = (
        at for at in range(cue - 1, clause.low, -1) if units[at].word == '"' and units[at - 1].word == ":"
    )
    return next(opens, clause.low - 1) + 1


def offered_by(clause: Clause) -> Side | None:
    """ "Offered by Kyiv", "Росією запропоновано", "от Украины поступило предложение": who does it and is not the subject."""
    cues = [at for at, unit in enumerate(clause.units) if "offer" in unit.classes]
    for at in range(len(clause.units)):
        side = _side(clause.sentence, clause.low + at, any_case=True)
        if side in OTHER_SIDE and any(abs(at - cue) <= _DOER and _does(clause, cue, at) for cue in cues):
            return side
    return None


def _does(clause: Clause, cue: int, at: int) -> bool:
    """Whether the side at `at` is said to do what the cue says: behind "by" or "from", or in the instrumental case."""
    words, units = clause.sentence.words, clause.units
    before = units[at - 1].word if at else ""
    if words.by:
        return cue < at and before in words.by
    instrumental = all(word.endswith(tuple(words.instrumentals)) for word in units[at].word.split())
    if before in words.away:
        return not instrumental
    return (
        bool(words.instrumentals)
        and instrumental
        and not _after_preposition(clause.sentence, clause.low + at)
    )


#: Units between a deed and who is said to do it.
_DOER = 4


def _dative(sentence: Sentence, at: int) -> bool:
    """ "Предложение украинской стороне": the other side's, and not of that side; "пропозиція Росії" is taken for a genitive."""
    word, words = sentence.units[at].word, sentence.words
    return word.endswith(tuple(words.datives)) and word not in words.state_genitives


def _blamed(clause: Clause, cue: int, letters: str) -> Side | None:
    """ "Росія звинуватила Україну у зриві": whom a verb of blaming before the cue has as its object."""
    sentence = clause.sentence
    blaming = range(max(clause.low, cue - _BLAMED), cue - 1) if set(letters) & set("fWS") else ()
    at = next((at for at in blaming if "accuse" in sentence.units[at].classes), None)
    return _side(sentence, at + 1, any_case=True) if at is not None else None


#: Units before a cue among which somebody is blamed for it.
_BLAMED = 6


def _of_refusal(sentence: Sentence, cue: int, high: int) -> Side | None:
    """ "Подтвердил отказ Киева", "the refusal by Kyiv": whose refusal a noun tells of, whoever speaks of it."""
    words, units = sentence.words, sentence.units
    if units[cue].word not in words.refusal_nouns:
        return None
    if cue and units[cue - 1].possessive:
        return _side(sentence, cue - 1, any_case=True)
    at = cue + 1
    while at < high and units[at].word in words.by | words.definite:
        at += 1
    return _side(sentence, at, any_case=True) if at < high and not _dative(sentence, at) else None


def _silent(clause: Clause, cue: int, before: list[Side], letters: str) -> Side | None:
    """ "We got no answer from Kyiv", "Kyiv waited in vain": the subject only waits for the one who refuses."""
    if "f" not in letters or "unanswered" not in clause.sentence.units[cue].classes:
        return None
    waiting = before[-1] if before else clause.side
    return _from_whom(clause.sentence, cue, clause.high) or OTHER_SIDE.get(waiting or Side.THIRD)


def _by_whose_fault(sentence: Sentence, cue: int, high: int) -> Side | None:
    """ "Отложен по вине Киева", "призупинено з ініціативи Москви"."""
    because, units = sentence.words.because, sentence.units
    led = (at for at in range(cue, high - 1) if has_phrase(units[max(cue, at - _CAUSE) : at + 1], because))
    at = next(led, None)
    side = _side(sentence, at + 1, any_case=True) if at is not None else None
    return side if side in OTHER_SIDE else None


#: Words of "in connection with" before its last.
_CAUSE = 2


def _from_whom(sentence: Sentence, cue: int, high: int) -> Side | None:
    """ "Відповіді з Москви немає", "no answer from Moscow": who owes it."""
    behind = range(cue + 1, min(cue + _OWED, high - 1))
    at = next((at for at in behind if sentence.units[at].word in sentence.words.away), None)
    return _side(sentence, at + 1, any_case=True) if at is not None else None


#: Units behind "an answer" among which "from" stands.
_OWED = 4


def _side_behind(clause: Clause, cue: int) -> Side | None:
    """The first side named behind the cue other than the speaker."""
    voiced = clause.voiced
    sides = (
        _side(clause.sentence, at)
        for at in range(cue, clause.high)
        if not (_is_speaker(clause, at) or voiced.start < at < voiced.stop)
    )
    return next(filter(None, sides), None)


def _inside_behind(clause: Clause, cue: int) -> Side | None:
    """ "Гальмують якраз у Києві": those in a capital, soon behind a verb in the plural that tells what they do."""
    words, units = clause.sentence.words, clause.sentence.units
    if not units[cue].word.endswith(tuple(words.plural_verbs) or "?"):
        return None
    inside = words.toward & words.where
    behind = range(cue + 1, min(cue + _OWED, clause.high - 1))
    at = next((at for at in behind if units[at].word in inside), None)
    return _side(clause.sentence, at + 1, any_case=True) if at is not None else None


def _joined(clause: Clause, low: int, high: int) -> bool:
    """Whether "and" joins the two sides between two units ("no exchange between Russia and Ukraine")."""
    sentence = clause.sentence
    joined = _TOGETHER.finditer(sentence.act, low, high)
    return any(_side(sentence, match.start()) is not _side(sentence, match.end() - 1) for match in joined)


def _third(clause: Clause, cue: int) -> Side | None:
    """ "Ankara has proposed …": a mediator who is the subject."""
    sentence = clause.sentence
    named = any(
        sentence.units[at].mediator and not _after_preposition(sentence, at) for at in range(clause.low, cue)
    )
    return Side.THIRD if named else None


def subject_of(clause: Clause, at: int, *, third: bool = False) -> Side | None:
    """The side that does what the unit of the clause says, a mediator's too if `third`, None where none is named before it."""
    cue = clause.low + at
    before = _sides_before(clause, cue, blamed=True)
    if before:
        return None if _both(clause, cue, before) else before[-1]
    return _meant(clause, cue) or (_third(clause, cue) if third else None)


def _sides_before(clause: Clause, cue: int, *, blamed: bool, low: int | None = None) -> list[Side]:
    """The sides named before the cue, by their state, or by their people where no state is named."""
    if which := _antecedent(clause, cue):
        return [which]
    sentence, low = clause.sentence, clause.low if low is None else low
    free = [
        at
        for at in range(low, cue)
        if not _after_preposition(sentence, at)
        and not (_owns(sentence, at) or _is_handed(sentence, at))
        and not (blamed and _is_speaker(clause, at))
    ]
    people = [side for at in free if (side := _people(sentence, at))]
    if people:  # "said Budanov, the Russians have offered": who says it does not do it
        free = [at for at in free if not _is_speaker(clause, at)]
    states = [side for at in free if (side := _side(sentence, at))]
    states = [side for side in states if side is not Side.THIRD] or states  # "to the Vatican's appeal"
    found = states or people or [side for at in free if blamed and (side := _negotiators(sentence, at))]
    return found or _in_capital(clause, cue)


def _antecedent(clause: Clause, cue: int) -> Side | None:
    """ "Pressure on Russia, which is stalling the exchanges": whom the relative before the cue means."""
    sentence = clause.sentence
    relative = _WHICH.search(sentence.act, max(clause.low - 1, 0), cue)
    if relative is None or sentence.units[relative.end("which") - 1].word in sentence.words.that:
        return None
    between = range(relative.end("which"), cue)
    if any(_side(sentence, at) or _people(sentence, at) for at in between) or _is_speaker(
        clause, relative.start()
    ):
        return None
    return _side(sentence, relative.start(), any_case=True)


#: A side, and behind its comma a relative clause up to the cue.
_WHICH = re.compile("(?P<which>[KM],q)[^,;]*$")


def _behind_naming(clause: Clause, cue: int) -> int:
    """Where who acts may be named: behind "a member of Ukraine's team, X, explained" before the cue, no insertion."""
    speaker, voiced = clause.speaker, clause.voiced
    named = speaker is not None and speaker.type != "state" and clause.low < voiced.stop - 1 <= cue
    named = named and clause.sentence.act[max(voiced.start, 0)] != ","
    return voiced.stop - 1 if named else clause.low


def _in_capital(clause: Clause, cue: int) -> list[Side]:
    """ "У Москві не збираються нікого міняти": those in a capital who do it open the clause."""
    sentence, low = clause.sentence, clause.low
    inside = sentence.words.toward & sentence.words.where
    first = next((at for at in range(low, cue) if sentence.units[at].word in inside), cue)
    apart = first + 1 < cue and not _is_speaker(clause, first + 1)
    named = _side(sentence, first + 1, any_case=True) if apart else None
    return [named] if named and first <= low + _OPENS else []


#: Units before "in Moscow" where it opens a clause.
_OPENS = 2


def _owns(sentence: Sentence, at: int) -> bool:
    """ "Кремль на пропозицію понтифіка не відгукнувся": whose proposal or list it is, not who does anything."""
    before = sentence.units[at - 1].classes if at else frozenset[str]()
    return bool(sentence.units[at].speakers) and not before.isdisjoint(("offer_noun", "statement"))


def _is_handed(sentence: Sentence, at: int) -> bool:
    """ "Sent Moskalkova a proposal", where word order tells: who stands right behind the verb is given something."""
    ordered = not sentence.words.oblique_endings
    return ordered and at > 0 and not sentence.units[at - 1].classes.isdisjoint(HANDING)


#: Classes of the verbs of handing over, lists among what is handed.
HANDING = frozenset(("publish", "give_verb"))
#: Which side a state or its capital is.
STATES = {"ua_state": Side.UA, "ru_state": Side.RU}


def _negotiators(sentence: Sentence, at: int) -> Side | None:
    """ "Российские переговорщики", "Ukrainian officials" as the subject: they act for their side."""
    unit, endings = sentence.units[at], tuple(sentence.words.nominative_endings)
    behind = sentence.units[at + 1] if at + 1 < len(sentence.units) else None
    if behind is None or "role" not in behind.classes or (endings and not unit.word.endswith(endings)):
        return None
    return Side.UA if "ua_adj" in unit.classes else Side.RU if "ru_adj" in unit.classes else None


def _both(clause: Clause, cue: int, before: list[Side]) -> bool:
    """ "Kyiv and Moscow" before the cue: neither of the two alone, unlike "the separatists of Donetsk and Luhansk"."""
    if len(set(before)) < 2:
        return False
    return _joined(clause, clause.low, cue)


_TOGETHER = re.compile(r"[KMp].{0,2}c.{0,2}[KMp]")


def _meant(clause: Clause, cue: int) -> Side | None:
    """ "We" and "they" before the cue, as the speaker stands to them."""
    sentence, side = clause.sentence, clause.side
    first = {unit.word for unit in sentence.units[clause.low : cue]}
    refused = any("refuse" in unit.classes for unit in sentence.units[cue : cue + 1])
    given = sentence.words.to_us if refused else frozenset[str]()  # "нам ответили отказом"
    if side in OTHER_SIDE and first & (sentence.words.we - given):
        return side
    if side in OTHER_SIDE and first & (sentence.words.they - given):
        return OTHER_SIDE[side]
    return None


def _people(sentence: Sentence, at: int) -> Side | None:
    """ "The Russians" for Russia."""
    unit = sentence.units[at]
    if unit.word not in sentence.words.peoples or (at and sentence.content[at - 1] == "N"):
        return None
    return Side.UA if "ua_people" in unit.classes else Side.RU


def _is_speaker(clause: Clause, at: int) -> bool:
    """Who says that somebody refuses means another."""
    speaker = clause.speaker
    named = {other.id for _, other in clause.sentence.units[at].speakers}
    return speaker is not None and speaker.type in {"person", "org"} and speaker.id in named


def _oblique(sentence: Sentence, word: str) -> bool:
    """A state that is not the subject by its ending: "Києву", "Россией"."""
    head = word.partition(" ")[0]
    if (
        head in sentence.words.peoples | sentence.words.indeclinable
    ):  # "республики", a plural that is the subject
        return False
    return head in sentence.words.genitives or head.endswith(tuple(sentence.words.oblique_endings))


def _after_preposition(sentence: Sentence, at: int) -> bool:
    return at > 0 and (
        sentence.units[at - 1].word in sentence.words.prepositions or "neg" in sentence.units[at - 1].classes
    )


def _side(sentence: Sentence, at: int, *, any_case: bool = False) -> Side | None:
    """The side that the unit names as a state or a speaker, in the case of a subject unless any will do."""
    unit = sentence.units[at]
    if not any_case and _oblique(sentence, unit.word):
        return None
    if "ua_state" in unit.classes:
        return Side.UA
    if "ru_state" in unit.classes:
        return Side.RU
    if unit.speakers:
        return unit.speakers[0][1].side
    return None
