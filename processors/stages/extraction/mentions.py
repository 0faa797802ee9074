"""Words that may name a speaker: a name, an office, a body, a description, a pronoun."""

import re
from dataclasses import dataclass

from processors.stages.extraction.both_nations import with_the_other
from processors.stages.extraction.lexicon import Speaker
from processors.stages.extraction.units import Sentence, Unit

#: Most units between a subject and its verb, insertions aside.
_GAP = 5
#: Most units of where it is said ("в эфире радио «Створка»").
_PLACE = 10
#: What stands before a name in an insertion, another name and "and" perhaps.
_INSERTED = re.compile(r",Q?(?:p{1,2}c)?$")
#: "…, were flown to Moscow, the Kremlin said": who stands at the verb behind a comma.
_ANOTHER = re.compile("[,][^,]*[pKM]$")
#: Somebody else, named in a relative clause.
_IN_CLAUSE = re.compile("q.*[pnHQ]")
_INSERTION = re.compile(r',[^,]*,|\([^)]*\)|"[^"sdAa]{1,4}"')
RANK = {"person": 5, "name": 4, "org": 3, "short": 3, "pronoun": 2, "noun": 2, "message": 1, "state": 1}
_BODIES = frozenset(("state", "org", "short"))
#: Types of a mention that names a person or body, and no state or description.
PERSONAL = frozenset(("person", "name", "org"))


@dataclass(slots=True)
class Mention:
    """Units `start` to `end` of the sentence, `head` the telling one."""

    start: int
    end: int
    head: int
    #: `person`, `org`, `state`, `name` (unknown), `noun` (a description), `pronoun`, `message`, `short` (an office known before)
    type: str
    speaker: Speaker | None = None


def best(
    sentence: Sentence, start: int, end: int, *, prefer_last: bool, oblique: bool = False
) -> Mention | None:
    """A person before a body, a body before a description, else the nearest; `prefer_last`: a subject of the verb at `end`."""
    found = [one for one in mentions(sentence, start, end) if oblique or not is_oblique(sentence, one)]
    if prefer_last:
        found = [mention for mention in found if _reaches(sentence, mention, end)]
        found.reverse()
    if not found:
        return None
    if found[0].type == "pronoun" and end - found[0].head <= 3:
        return found[0]
    if prefer_last and found[-1].type in _BODIES and _opens_inside(sentence, found[-1], end):
        return found[-1]
    return max(found, key=lambda mention: RANK[mention.type])


def mentions(sentence: Sentence, start: int, end: int) -> list[Mention]:
    """Every mention between two units, in order."""
    found: list[Mention] = []
    at = start
    while at < end:
        mention = _mention(sentence, at, end)
        if mention:
            found.append(mention)
        at = max(mention.end, at + 1) if mention else at + 1
    return found


def is_oblique(sentence: Sentence, mention: Mention) -> bool:
    """A state or somebody told whose ending shows that they say nothing ("о готовности России заявил", "сказал собеседнику")."""
    words, before = sentence.words, sentence.units[mention.start - 1].word if mention.start else ""
    if mention.type == "noun":
        word = sentence.units[mention.head].word
        told = before not in words.prepositions and word.endswith(tuple(words.recipient_endings or "?"))
        return told or _is_dative(sentence, sentence.units[mention.head])
    if mention.type in {"person", "name"}:  # "after talks with President Erdogan, Zelensky said"
        inside = words.toward & words.where
        return bool(words.oblique_plural) and before in words.prepositions and before not in inside
    if mention.type != "state" or before in words.toward:
        return False
    first, _, more = sentence.units[mention.head].word.partition(" ")
    if more:
        return bool(words.nominative_endings) and not first.endswith(tuple(words.nominative_endings))
    return first in words.genitives or first.endswith(tuple(words.oblique_endings or "?"))


def _is_dative(sentence: Sentence, unit: Unit) -> bool:
    """ "Родинам не кажуть": a plural whose ending shows that it is no subject."""
    endings = tuple(sentence.words.oblique_plural)
    return bool(endings) and unit.word.endswith(endings)


def _reaches(sentence: Sentence, mention: Mention, at: int) -> bool:
    """Whether nothing but adverbs and insertions between commas stands between a subject and its verb."""
    gap = sentence.voice[mention.end : at]
    if gap[-1:] == "w" and sentence.units[at - 2].word in sentence.words.toward:
        gap = gap[:-2]  # "the Headquarters … in a Telegram channel said"
    if _ANOTHER.search(gap):
        return False
    named = mention.type in {"person", "name"} and bool(_INSERTED.search(sentence.voice[: mention.start]))
    # "The head of the office, Andriy Yermak, said": the name itself is the insertion.
    behind = sentence.units[mention.end]
    placed = bool(gap) and (behind.word in sentence.words.prepositions or "venue" in behind.classes)
    whose = "pYHqc,;" if mention.type in {"person", "name"} else "pnYHqc,;"
    if placed and len(gap) <= _PLACE and not set(gap) & set(whose):
        return True
    if _opens_inside(sentence, mention, at):
        return True
    return _is_near(gap) or (named and gap[:1] == "," and _is_near(gap[1:]))


def _opens_inside(sentence: Sentence, mention: Mention, at: int) -> bool:
    """ "В Кремле возвращение командиров … назвали нарушением": those inside a body that opens the sentence, a plural verb."""
    words, units = sentence.words, sentence.units
    inside = 0 < mention.start <= 2 and units[mention.start - 1].word in words.toward
    if not inside or not units[at].word.endswith(tuple(words.plural_past or {"?"})):
        return False
    between = units[mention.end : at]
    personal = any("name" in u.classes or any(s.type == "person" for _, s in u.speakers) for u in between)
    gap = sentence.voice[mention.end : at]
    return len(gap) <= _OBJECT and not personal and set(gap).isdisjoint("YHqc,;")


#: Most units of what they call something.
_OBJECT = 14


def _is_near(gap: str) -> bool:
    """Whether the gap is short once its insertions are left out."""
    rest = _INSERTION.sub("", gap)
    return len(rest) <= _GAP and "," not in rest and not _IN_CLAUSE.search(rest)


def _mention(sentence: Sentence, at: int, end: int) -> Mention | None:
    unit = sentence.units[at]
    if at and "statement" in (before := sentence.units[at - 1].classes) and "message" not in before:
        return None
    if unit.possessive and not any(kind == "office" for kind, _ in unit.speakers):
        return _registered(sentence, at, end) if unit.speakers and _has_message(sentence, at) else None
    if unit.speakers:
        return _registered(sentence, at, end)
    if "name" in unit.classes:
        behind = sentence.units[at + 1] if at + 1 < end else None
        if behind is not None and behind.classes & {"role", "analyst"} and not unit.possessive:
            return _noun_phrase(sentence, at + 1, end)
        apart = _is_title(sentence, at) or _belongs(sentence, at) or _is_employer(sentence, at)
        return None if apart else Mention(at, at + 1, at, "name")
    if unit.word in sentence.words.whose and _describes_behind(sentence, at, end):
        return None
    if unit.classes & {"pronoun", "message"}:
        return Mention(at, at + 1, at, "pronoun" if "pronoun" in unit.classes else "message")
    if unit.classes & {"role", "analyst", "anaphor"} and not (
        _own_channel(sentence, at) or _led_by(sentence, at) or _calls_medium(sentence, at)
    ):
        return _noun_phrase(sentence, at, end)
    return None


def _is_title(sentence: Sentence, at: int) -> bool:
    """ "The ISW's Key Takeaways": what belongs to somebody named right before it is no person."""
    before = sentence.units[at - 1] if at else None
    return before is not None and before.possessive and bool(before.speakers)


def _belongs(sentence: Sentence, at: int) -> bool:
    """ "Тетяна Гнатів із «Моніторингу Півдня»": a name in quotes behind a preposition is where somebody works."""
    before = sentence.units[at - 2] if at > 1 and sentence.units[at - 1].word == '"' else None
    return before is not None and (before.word in sentence.words.prepositions or "venue" in before.classes)


def _is_employer(sentence: Sentence, at: int) -> bool:
    """ "Kaarel Piirsalu of the Tartu Defence Forum": where a person works, behind their name."""
    units, words = sentence.units, sentence.words
    before = at - 1
    while before > 0 and units[before].word in words.definite:
        before -= 1
    if before < 1 or units[before].word not in words.employing:
        return False
    return "name" in units[before - 1].classes or any(
        s.type == "person" for _, s in units[before - 1].speakers
    )


def _describes_behind(sentence: Sentence, at: int, end: int) -> bool:
    """ "Жалуются их родственники": the pronoun only tells whose relatives they are."""
    return at + 1 < end and not sentence.units[at + 1].classes.isdisjoint({"role", "analyst", "deny"})


def _registered(sentence: Sentence, at: int, end: int) -> Mention:
    kind, speaker = sentence.units[at].speakers[0]
    behind = sentence.units[at + 1] if at + 1 < min(end, len(sentence.units)) else None
    if (
        speaker.type in {"org", "state"}
        and kind != "short"
        and behind
        and behind.classes & {"role", "analyst"}
        and not behind.speakers
    ):
        return _noun_phrase(sentence, at + 1, end)
    if kind == "short":
        return Mention(at, at + 1, at, "short", speaker)
    if kind == "office" and (name := _name_behind(sentence, at, end)):
        return _named(sentence, at, last_name(sentence, name, end))  # the name says who holds it now
    return Mention(at, at + 1, at, "person" if kind == "office" else speaker.type, speaker)


def _name_behind(sentence: Sentence, at: int, end: int) -> int | None:
    """Where the name behind an office stands, its given name perhaps unknown ("глава СБУ Валентин Наливайченко")."""
    units, stop = sentence.units, min(end, len(sentence.units))
    if at + 1 < stop and is_named(units[at + 1]):
        return at + 1
    given = at + 2 < stop and "capital" in units[at + 1].classes and is_named(units[at + 2])
    return at + 2 if given else None


def _has_message(sentence: Sentence, at: int) -> bool:
    """ "The ministry's statement": who owns the message speaks in it."""
    return at + 1 < len(sentence.units) and "message" in sentence.units[at + 1].classes


def _own_channel(sentence: Sentence, at: int) -> bool:
    """ "In her Telegram channel", "the Headquarters in a Telegram channel said": where it is said, not who says it."""
    before = sentence.units[max(0, at - 3) : at]
    if at > 1 and "media" in sentence.units[at].classes and before[-1].word in sentence.words.toward:
        return any(unit.speakers or "name" in unit.classes for unit in sentence.units[: at - 1])
    own = any("own" in unit.classes or unit.word in sentence.words.she | sentence.words.he for unit in before)
    return own and any(unit.word in sentence.words.prepositions for unit in before)


def _calls_medium(sentence: Sentence, at: int) -> bool:
    """ "News agencies TASS and Interfax": what the medium right behind is called."""
    behind = sentence.units[at + 1 : at + 2]
    return "media" in sentence.units[at].classes and any(unit.medium for unit in behind)


def _led_by(sentence: Sentence, at: int) -> bool:
    """ "На зустрічі з родинами представник штабу": a plural in an oblique case begins no description of what follows."""
    behind = sentence.units[at + 1 : at + 2]
    named = bool(behind) and not behind[0].classes.isdisjoint({"role", "analyst", "speaker", "name"})
    return named and _is_dative(sentence, sentence.units[at])


def _noun_phrase(sentence: Sentence, at: int, end: int) -> Mention:
    """The description around a role noun: modifiers before it, and what follows up to a comma or verb."""
    start, stop = _from(sentence, at), _to(sentence, at, end)
    led = start > 0 and sentence.units[start - 1].word in sentence.words.prepositions
    if led and not sentence.units[start].classes.isdisjoint(PLACES):
        start = min(start + 1, at)
    for inner in range(at, stop):
        unit = sentence.units[inner]
        if unit.speakers and not unit.possessive:
            speaker = unit.speakers[0][1]
            if speaker.type == "person" and _complements(sentence, at, inner, stop):
                continue
            titled = speaker.type == "org" and sentence.units[inner - 1].word == '"'  # the project «…»
            known = speaker.analyst and "analyst" in sentence.units[at].classes
            if titled or known:
                return Mention(start, inner + 1, inner, speaker.type, speaker)
        if is_named(unit) and not unit.possessive:
            return _named(sentence, start, last_name(sentence, inner, stop))
    return Mention(*with_the_other(sentence, start, stop), at, "noun")


def is_named(unit: Unit) -> bool:
    """Whether the unit names a person."""
    return "name" in unit.classes or any(speaker.type == "person" for _, speaker in unit.speakers)


def last_name(sentence: Sentence, at: int, end: int) -> int:
    """ "Пресс-секретарь президента Владимира Зеленского Юлия Мендель": of names in a row the last is who holds the office."""
    while at + 1 < min(end, len(sentence.units)) and is_named(sentence.units[at + 1]):
        at += 1
    return at


def _named(sentence: Sentence, start: int, at: int) -> Mention:
    """The person whose name is the unit, with the titles from `start`."""
    speaker = next((speaker for _, speaker in sentence.units[at].speakers), None)
    return Mention(start, at + 1, at, "person" if speaker else "name", speaker)


def _complements(sentence: Sentence, at: int, inner: int, stop: int) -> bool:
    """ "An aide to the ombudsman", "помічник Путіна Володимир Мединський": the person is not whom the noun names."""
    units, words = sentence.units, sentence.words
    if any(
        is_named(units[behind]) and units[behind - 1].word not in words.prepositions
        for behind in range(inner + 1, stop)
    ):
        return True
    if "spokesperson" in units[at].classes:
        return False
    if inner - at == 1 and units[inner].speakers[0][0] == "office":  # "заступник керівника ГУР"
        return True
    link = inner - 1
    while link > at and (units[link].word in words.definite | {"a"} or "title" in units[link].classes):
        link -= 1
    return link > at and units[link].word in words.toward | words.employing


#: Behind a preposition the place where somebody is: "in Kyiv a source", "в Киеве источник".
PLACES = frozenset(("capital", "ua_state", "ru_state"))


def _from(sentence: Sentence, at: int) -> int:
    """Where the modifiers of a noun begin."""
    start = at
    while start > 0 and at - start < 4 and _modifies(sentence, start - 1):
        start -= 1
    return start


def _modifies(sentence: Sentence, at: int) -> bool:
    letter, unit = sentence.voice[at], sentence.units[at]
    if letter == "n" and _is_dative(sentence, unit):
        return False
    if letter == "p":
        return unit.possessive or any(speaker.type in {"org", "state"} for _, speaker in unit.speakers)
    if unit.word.partition(" ")[0] in sentence.words.determiners | sentence.words.prepositions:
        return False
    endings = tuple(sentence.words.modifier_endings)
    return letter in "urnQKMY" or (letter == "." and (not endings or unit.word.endswith(endings)))


def _to(sentence: Sentence, at: int, end: int) -> int:
    """Where the description behind a noun ends, a preposition left hanging apart."""
    stop = at + 1
    while (
        stop < min(end, at + 8)
        and not _opens_medium(sentence, stop)
        and sentence.voice[stop] not in ',";-sdAjqcHDe'
        and (not _ends(sentence, sentence.units[stop]) or _leads_on(sentence, stop))
        and not _tells_when(sentence, stop)
    ):
        stop += 1
    while stop > at + 1 and _hangs(sentence, stop - 1):
        stop -= 1
    return _with_closeness(sentence, stop)


def _hangs(sentence: Sentence, at: int) -> bool:
    """A preposition left hanging, or the adjective of an exchange that stands behind ("в МИД Германии новый обмен …")."""
    words, unit, behind = sentence.words, sentence.units[at], sentence.units[at + 1 : at + 2]
    of_exchange = any(other.word in words.objects for other in behind) and not unit.capital
    adjective = of_exchange and unit.word.endswith(tuple(words.modifier_endings or "?"))
    return adjective or unit.word in words.prepositions | words.definite


def _tells_when(sentence: Sentence, at: int) -> bool:
    """ "Глава государства во время общения с журналистами": when somebody speaks belongs to no description."""
    words, behind = sentence.words, sentence.units[at : at + 2]
    return behind[0].word in words.timed_by or (
        len(behind) > 1 and behind[0].word in words.prepositions and behind[1].word in words.timed_by
    )


def _opens_medium(sentence: Sentence, at: int) -> bool:
    """ "Джерела в спецслужбах «РБК-Україна» пише": the medium in quotes tells, and belongs to no description."""
    units = sentence.units
    return units[at].word == '"' and at + 1 < len(units) and bool(units[at + 1].medium)


def _with_closeness(sentence: Sentence, stop: int) -> int:
    """ "Сенатор, близкий к международному комитету, …": how near an unnamed source is belongs to the description."""
    units, view = sentence.units, sentence.voice
    if stop + 1 >= len(units) or view[stop] != "," or units[stop + 1].word not in sentence.words.close:
        return stop
    close = next((at for at in range(stop + 2, len(view)) if view[at] in ',;-"'), len(view))
    return close if close - stop <= _CLOSENESS else stop


#: Most units of such a remark.
_CLOSENESS = 9


def _leads_on(sentence: Sentence, at: int) -> bool:
    """ "Close to the talks", "aide to Ukraine's ombudsman": no infinitive follows."""
    behind = sentence.units[at + 1] if at + 1 < len(sentence.units) else None
    if behind is None or sentence.units[at].word not in sentence.words.toward:
        return False
    return behind.word in sentence.words.definite or behind.possessive or bool(behind.speakers)


def _ends(sentence: Sentence, unit: Unit) -> bool:
    verb = bool(unit.classes & _VERBS) or unit.word in sentence.words.we | sentence.words.objects
    return verb or (unit.word.partition(" ")[0] in sentence.words.after_noun and not unit.capital)


_VERBS = frozenset((
    "say", "opine", "endorse", "deny", "accuse", "refuse", "suspend", "offer", "return_verb", "future", "likely", "publish",
    "venue",
))  # fmt: skip
