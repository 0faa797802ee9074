"""How a text introduces who speaks: the side, roles and trade that the words around a name or in a description tell."""

from functools import cache
from itertools import pairwise

from processors.model import Side
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.speakers.mentions import PLACES, Mention
from processors.stages.extraction.words.function_words import FunctionWords
from processors.stages.extraction.words.lexicon import Speaker, registry, speakers, split_phrase
from processors.stages.extraction.words.units import Sentence, Unit

#: First letters of a role or office by which it is known again.
ROLE_STEM = 5


def title_behind(sentence: Sentence, mention: Mention) -> str:
    """ "Об'єднання родин «Вертайся живим»": the name in quotes right behind a body."""
    units, behind = sentence.units, mention.head + 1
    at = behind if behind < len(units) and units[behind].word == '"' else mention.end
    body = "office" in units[mention.head].classes or "media" in units[mention.head].classes
    if not body or at + 1 >= len(units) or units[at].word != '"' or not units[at + 1].capital:
        return ""
    close = next((i for i in range(at + 1, min(at + _TITLE, len(units))) if units[i].word == '"'), 0)
    return sentence.written(units[at].end, units[close].start).strip() if close else ""


#: Units of a name in quotes with its marks.
_TITLE = 6


def gender_of(name: str, words: FunctionWords) -> str:
    """By the ending of a Slavic given name, empty for others."""
    given, _, surname = name.partition(" ")
    if not words.men_in_a or not surname:
        return ""
    return "f" if given.endswith(_WOMEN) and given not in words.men_in_a else "m" if given[-1] in _MEN else ""


def gender_by_verb(sentence: Sentence, mention: Mention) -> str:
    """ "Написала дипломат", "аналітикиня": what the noun or the verb beside it tells, empty where neither does."""
    words, units = sentence.words, sentence.units
    if units[mention.head].word.endswith(tuple(words.feminine_endings) or "?"):
        return "f"
    beside = [*units[max(0, mention.start - 1) : mention.start], *units[mention.end : mention.end + 1]]
    return gender_of_past(next((unit.word for unit in beside if "say" in unit.classes), ""), words)


def gender_of_past(word: str, words: FunctionWords) -> str:
    """ "Додала", "сказал": by the ending of a Slavic verb in the past, empty for others."""
    verb = word.partition(" ")[0]
    for gender, endings in (("f", words.feminine_past), ("m", words.masculine_past)):
        if verb.endswith(tuple(endings)):
            return gender
    return ""


#: Letters that end the given names of women and of men.
_WOMEN, _MEN = ("а", "я"), "бвгґджзйклмнпрстфхчшщ"


def nominative(name: str, words: FunctionWords, *, governed: bool = False) -> str:
    """ "За словами Марії Нагірської", "по словам Олега Брагина": the name as it is written where they are the subject."""
    given, *more = name.split(" ")
    first = _hyphened(given, words) if governed and more else given
    if first != given:
        man = not first.endswith(_WOMEN) or first.lower() in words.men_in_a
        *middle, surname = more
        last = _ended(surname, words.mens_surnames if man else words.womens_surnames)
        return " ".join([first, *(_ended(part, words.given_names) for part in middle), last])
    for pair in words.surnames:
        oblique, _, ending = pair.partition(">")
        if name.endswith(oblique):
            return name.removesuffix(oblique) + ending
    return name


def _hyphened(given: str, words: FunctionWords) -> str:
    return "-".join(_ended(part, words.given_names) for part in given.split("-"))


def _ended(word: str, endings: frozenset[str]) -> str:
    """The word with the longest of the endings that it has replaced ("ия>ий")."""
    pairs = [pair.split(">") for pair in endings]
    oblique, ending = max(
        (p for p in pairs if word.endswith(p[0])), key=lambda p: len(p[0]), default=("", "")
    )
    return word.removesuffix(oblique) + ending


def is_governed(sentence: Sentence, mention: Mention) -> bool:
    """Whether "according to" or "citing" leads to a mention over its titles, and no "as … said"."""
    for at in range(mention.start - 1, max(-1, mention.start - _TITLES), -1):
        unit = sentence.units[at]
        if "accord" in unit.classes:
            return unit.word.partition(" ")[0] not in sentence.words.like_as
        if sentence.voice[at] in _APART:
            return False
    return False


#: Units from "according to" to the name behind its titles, and what parts the two.
_TITLES, _APART = 8, frozenset(',";-sdAjqpY')


def nominative_description(name: str, size: int, words: FunctionWords) -> str:
    """ "З посиланням на офіційного представника ОАЕ": its first `size` words as they are written of a subject."""
    parts = name.split(" ")
    return " ".join([*(_ended(part, words.genitives_of_roles) for part in parts[:size]), *parts[size:]])


@cache
def office_words(speaker_id: str) -> frozenset[str]:
    """The stems of the words in which the registry names a person's office."""
    roles = next((row.get("roles", ()) for row in registry()["speaker"] if row["id"] == speaker_id), ())
    return frozenset(
        word.rstrip("*")[:ROLE_STEM] for role in roles for word in split_phrase(role) if len(word) > 5
    )


@cache
def body_of(speaker_id: str, stem: str) -> Speaker | None:
    """The body for which a person of the registry speaks by office, if it is called by that stem ("the ministry")."""
    rows = registry()["speaker"]
    roles = next((row.get("roles", ()) for row in rows if row["id"] == speaker_id), ())
    bodies = [row for row in rows if row["type"] == "org"]
    named = [
        (form, row) for row in bodies for form in row["forms"] for role in roles if _within_role(form, role)
    ]
    _, body = max(named, key=lambda one: len(one[0]), default=("", None))
    called = body is not None and any(stem in form for form in body["forms"])
    return speakers()[body["id"]] if body and called else None


def _within_role(form: str, role: str) -> bool:
    """ "<ru> foreign ministry" in "<ru> foreign ministry spokeswoman"."""
    return f" {form} " in f" {role} "


@cache
def presides(speaker_id: str, words: FunctionWords) -> bool:
    """Whether an office of the person in the registry is that of a president, not one beside a president."""
    roles = next((row.get("roles", ()) for row in registry()["speaker"] if row["id"] == speaker_id), ())
    return any(role.startswith(tuple(words.presidents)) for role in roles)


def roles_around(sentence: Sentence, start: int, end: int) -> set[str]:
    """The stems of the role nouns beside a name."""
    before = _within(sentence.units[max(0, start - 8) : start][::-1], _OTHERS)
    subjects = _subjects(sentence, end)
    behind = [unit for unit in _within(sentence.units[start : end + 10], _OTHERS) if unit not in subjects]
    around = [*before, *behind]
    return {unit.word[:ROLE_STEM] for unit in around if not unit.classes.isdisjoint(_ROLES)}


_ROLES = frozenset(("role", "analyst", "title"))


def _subjects(sentence: Sentence, end: int) -> list[Unit]:
    """ "За даними ГУР, пропагандисти стверджують": behind the name the subject of a verb of its own, and no apposition."""
    if not sentence.has("say"):
        return []
    behind = list(pairwise(sentence.units[end : end + 10]))
    return [
        unit
        for (mark, unit), (_, verb) in pairwise(behind)
        if "mark" in mark.classes and "say" in verb.classes
    ]


#: Units behind a name in which its apposition tells the side.
_BEHIND_NAME = 9
_NATIONS = {"ua_adj": Side.UA, "ru_adj": Side.RU, "ua_state": Side.UA, "ru_state": Side.RU}


def side_around(sentence: Sentence, mention: Mention) -> Side | None:
    """By nationality words in the description, or in the apposition around a name; `third` when there is none."""
    units, words = sentence.units, sentence.words
    inside = units[mention.start : mention.end]
    inserted = _is_inserted(sentence, mention)
    first = mention.start - inserted
    before = _within(units[max(0, first - 6) : first][::-1], _BREAKS | {"mark"})
    before = [
        unit
        for unit, left in pairwise([*before, Unit(0, 0, "")])
        if left.word not in words.toward | words.with_whom or _told(unit, words) in OTHER_SIDE
    ]
    behind = _apposition(sentence, mention.end) if mention.type == "name" else []
    behind = [unit for left, unit in pairwise([Unit(0, 0, ""), *behind]) if left.word not in words.topics]
    nations = [_nation(unit) or _told(unit, words) for unit in inside]
    around = [_nation(unit) or (None if inserted else _told(unit, words)) for unit in before]
    around += [_nation(unit) or _told(unit, words) for unit in behind]
    if {Side.UA, Side.RU} <= {_nation(unit) for unit in inside}:
        return Side.THIRD
    found = next((side for side in (*nations, *around) if side is not None), None)
    if found is not None:
        return found
    if "analyst" in units[mention.head].classes or analyst_near(sentence, mention):
        return Side.THIRD
    return _unsaid(sentence, units[mention.head], named=bool(title_behind(sentence, mention)))


def _is_inserted(sentence: Sentence, mention: Mention) -> bool:
    """ "A deputy head of the Russian delegation, Ivan Petrenkov, said": the name between commas behind its title."""
    units, at = sentence.units, mention.start
    closed = all(unit.word == "," for unit in units[mention.end : mention.end + 1])
    if at < 2 or units[at - 1].word != "," or not closed:
        return False
    titled = any(unit.classes & {"role", "title"} for unit in units[max(0, at - _TITLES) : at - 1])
    return titled and all(who.type != "person" for _, who in units[at - 2].speakers)


def _unsaid(sentence: Sentence, head: Unit, *, named: bool) -> Side:
    """Where no word around tells the side: of the language's country, where it has one alone.

    "The ombudsman" else is of the people told of; "Telegram channels" without a name are of neither.
    """
    home = next(iter(sentence.words.home), "")
    if home:
        return Side.THIRD if "posted" in head.classes and not named else Side(home.upper())
    people = {side for unit in sentence.units for cls, side in _PEOPLE.items() if cls in unit.classes}
    return people.pop() if head.classes >= _OF_OWN_PEOPLE and len(people) == 1 else Side.THIRD


_PEOPLE = {"ua_adj": Side.UA, "ru_adj": Side.RU, "ua_people": Side.UA, "ru_people": Side.RU}
#: An office that a state has for its people: "the ombudsman".
_OF_OWN_PEOPLE = frozenset(("anaphor", "title"))


_BREAKS = frozenset(("say", "opine", "semicolon", "accord", "deny", "accuse"))
#: Where the words around a name begin to be of somebody else: "the premier, who had spoken to Putin".
_OTHERS = _BREAKS | {"rel"}


def _apposition(sentence: Sentence, start: int) -> list[Unit]:
    """What describes the name that ends at `start`: ", a member of Ukraine's team," or "of the Russian union", no clause."""
    units = _within(sentence.units[start : start + _BEHIND_NAME], _BREAKS)
    inserted = bool(units) and "mark" in units[0].classes
    inside = _within(units[1:] if inserted else units, frozenset(("mark",)))
    if inserted or (units and units[0].word in sentence.words.prepositions):
        leads = inserted and inside and not inside[0].possessive
        if leads and inside[0].classes & {"ua_people", "ru_people"}:
            return []  # "as X told us, the Russians called it off"
        state = leads and inside[0].speakers and inside[0].speakers[0][1].type == "state"
        return [] if state else inside
    return [unit for unit in inside if unit.classes.isdisjoint(PLACES)]


def _within(units: list[Unit], breaks: frozenset[str]) -> list[Unit]:
    """The units before the first of a class that breaks, or before a quotation."""
    ends = (at for at, unit in enumerate(units) if not unit.classes.isdisjoint(breaks) or unit.word == '"')
    end = next(ends, len(units))
    return units[:end]


def _nation(unit: Unit) -> Side | None:
    for cls, side in _NATIONS.items():
        if cls in unit.classes:
            return side
    if unit.speakers:
        return unit.speakers[0][1].side
    return Side.THIRD if unit.mediator else None


def _told(unit: Unit, words: FunctionWords) -> Side | None:
    """By a word that tells a side without naming it: "families", "військкор", "польський"."""
    for stems, side in ((words.of_ua, Side.UA), (words.of_ru, Side.RU), (words.of_third, Side.THIRD)):
        if stems and unit.word.startswith(tuple(stems)):
            return side
    return None


def analyst_near(sentence: Sentence, mention: Mention) -> bool:
    """Whether words of an analyst stand around a name; analysts speak for no side."""
    low, high = max(0, mention.start - 7), min(len(sentence.units), mention.end + 10)
    around = sentence.units[low:high]
    return any("analyst" in unit.classes for unit in around) or _of_thinkers(sentence, mention)


def _of_thinkers(sentence: Sentence, mention: Mention) -> bool:
    """ "X of the Prague Institute for Security", "Y, who lectures at Galway": by where they work, right behind the name."""
    if mention.type != "name":
        return False
    behind = sentence.units[mention.end : mention.end + _AFFILIATED]
    described = _within(behind[1:], _BREAKS | {"mark"})
    return any("thinkers" in unit.classes for unit in described)


#: Units behind a name among which stands where an analyst works.
_AFFILIATED = 9
