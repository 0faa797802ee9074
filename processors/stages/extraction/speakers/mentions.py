"""Words that may name a speaker: a name, an office, a body, a description, a pronoun."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from processors.stages.extraction.speakers.both_nations import with_the_other
from processors.stages.extraction.speakers.noun_phrases import begins, ends_at, ends_description, is_dative
from processors.stages.extraction.speakers.venues import is_venue
from processors.stages.extraction.words.lexicon import Speaker
from processors.stages.extraction.words.units import Sentence, Unit

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
    return list(_each(sentence, start, end))


def first_mention(sentence: Sentence, start: int, end: int) -> Mention | None:
    """The first of them."""
    return next(_each(sentence, start, end), None)


def _each(sentence: Sentence, start: int, end: int) -> Iterator[Mention]:
    after = start
    for at in _naming(sentence):
        if after <= at < end and (mention := _mention(sentence, at, end)):
            after = mention.end
            yield mention


def _naming(sentence: Sentence) -> list[int]:
    """The units that may begin a mention, looked for once: a sentence is asked four times for those of some part."""
    if sentence.naming is None:
        whose = sentence.words.whose
        sentence.naming = [
            at
            for at, unit in enumerate(sentence.units)
            if not unit.classes.isdisjoint(_NAMING) or unit.word in whose
        ]
    return sentence.naming


def may_name_somebody(sentence: Sentence) -> bool:
    """Whether the sentence has a mention, or refers to who spoke before: a look at its classes tells for one in four."""
    return sentence.has(*_NAMING, "accord_ref", "viewnoun") or sentence.says(sentence.words.whose)


#: What may name somebody, beside "whose": four units in five are passed over by a look at their classes.
_NAMING = frozenset(("speaker", "name", "pronoun", "message", "role", "analyst", "anaphor"))


def is_oblique(sentence: Sentence, mention: Mention) -> bool:
    """A state or somebody told whose ending shows that they say nothing ("о готовности России заявил", "сказал собеседнику")."""
    words, before = sentence.words, sentence.units[mention.start - 1].word if mention.start else ""
    if mention.type == "noun":
        word = sentence.units[mention.head].word
        told = before not in words.prepositions and word.endswith(tuple(words.recipient_endings or "?"))
        return (
            told or _is_counted_among(sentence, mention) or is_dative(sentence, sentence.units[mention.head])
        )
    if mention.type in {"person", "name"}:  # "after talks with President Erdogan, Zelensky said"
        inside = words.toward & words.where
        return bool(words.oblique_plural) and before in words.prepositions and before not in inside
    if mention.type != "state" or before in words.toward:
        return False
    first, _, more = sentence.units[mention.head].word.partition(" ")
    if more:
        return bool(words.nominative_endings) and not first.endswith(tuple(words.nominative_endings))
    return first in words.genitives or first.endswith(tuple(words.oblique_endings or "?"))


def _is_counted_among(sentence: Sentence, mention: Mention) -> bool:
    """ "Зокрема десять офіцерів", "серед них командирів": a part of those freed, in a genitive plural, who say nothing."""
    if not sentence.units[mention.head].word.endswith(tuple(sentence.words.genitive_plurals or "?")):
        return False
    around = sentence.units[max(0, mention.start - _COUNTED) : mention.head]
    return any("subset" in unit.classes for unit in around)


#: Units before a description among which "including" stands.
_COUNTED = 2


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
    leading = (
        sentence.words.prepositions | sentence.words.topics
    )  # "the headquarters for the treatment of captives"
    placed = bool(gap) and (behind.word in leading or "venue" in behind.classes)
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
    if _is_told_of(sentence, at):
        return None
    if unit.possessive and not any(kind == "office" for kind, _ in unit.speakers):
        return _registered(sentence, at, end) if unit.speakers and _has_message(sentence, at) else None
    if unit.speakers:
        return _registered(sentence, at, end)
    if "name" in unit.classes:
        behind = sentence.units[at + 1] if at + 1 < end else None
        if behind is not None and behind.classes & {"role", "analyst"} and not unit.possessive:
            return _noun_phrase(sentence, at + 1, end)
        apart = (
            unit.word.rpartition(" ")[2] in sentence.words.geography
            or _is_title(sentence, at)
            or _belongs(sentence, at)
            or _is_employer(sentence, at)
        )
        return None if apart else Mention(at, at + 1, at, "name")
    if unit.word in sentence.words.whose and at + 1 < end:
        return _of_whom(sentence, at)
    if unit.classes & {"pronoun", "message"}:
        return Mention(at, at + 1, at, "pronoun" if "pronoun" in unit.classes else "message")
    if unit.classes & {"role", "analyst", "anaphor"} and not (
        is_venue(sentence, at) or _led_by(sentence, at)
    ):
        return _noun_phrase(sentence, at, end)
    return None


def _is_told_of(sentence: Sentence, at: int) -> bool:
    """ "Заяву Мединського відкинули": whose words are told of says nothing, except in "згідно із заявою Мединського"."""
    if at == 0 or "statement" not in (before := sentence.units[at - 1].classes) or "message" in before:
        return False
    return at == 1 or "accord" not in sentence.units[at - 2].classes


def _of_whom(sentence: Sentence, at: int) -> Mention | None:
    """ "Их родственники" is a description, "в его заявлении" speaks for him."""
    behind = sentence.units[at + 1].classes
    if not behind.isdisjoint({"role", "analyst", "deny"}):
        return None
    said = not behind.isdisjoint({"message", "statement"})
    pronoun = said or "pronoun" in sentence.units[at].classes
    return Mention(at, at + 1 + said, at, "pronoun") if pronoun else None


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
    stop = _with_parent(sentence, at, end) if speaker.type == "org" else at + 1
    return Mention(at, stop, at, "person" if kind == "office" else speaker.type, speaker)


def _with_parent(sentence: Sentence, at: int, end: int) -> int:
    """ "The Centre for Countering Disinformation under the NSDC": where a body ends that is named with the one above it."""
    units, words = sentence.units, sentence.words
    above = at + 1
    while above < min(end, at + 4) and (
        units[above].word in words.parent | words.definite or units[above].classes & {"ua_adj", "ru_adj"}
    ):
        above += 1
    led = above > at + 1 and units[at + 1].word in words.parent
    body = led and above < end and any(speaker.type == "org" for _, speaker in units[above].speakers)
    return above + 1 if body else at + 1


def _name_behind(sentence: Sentence, at: int, end: int) -> int | None:
    """Where the name behind an office stands, its given name perhaps unknown ("глава СБУ Валентин Наливайченко")."""
    units, stop = sentence.units, min(end, len(sentence.units))
    if at + 1 < stop and is_named(units[at + 1]):
        return at + 1
    given = at + 2 < stop and "capital" in units[at + 1].classes and is_named(units[at + 2])
    return at + 2 if given else None


def _has_message(sentence: Sentence, at: int) -> bool:
    """ "The ministry's statement", "the ministry's press office": who owns it speaks in it."""
    if at + 1 >= len(sentence.units):
        return False
    behind, body = sentence.units[at + 1].classes, sentence.units[at].speakers[0][1].type == "org"
    return "message" in behind or (body and "spokesperson" in behind)


def _led_by(sentence: Sentence, at: int) -> bool:
    """ "На зустрічі з родинами представник штабу": a plural in an oblique case begins no description of what follows."""
    behind = sentence.units[at + 1 : at + 2]
    named = bool(behind) and not behind[0].classes.isdisjoint({"role", "analyst", "speaker", "name"})
    return named and is_dative(sentence, sentence.units[at])


def _noun_phrase(sentence: Sentence, at: int, end: int) -> Mention:
    """The description around a role noun: modifiers before it, and what follows up to a comma or verb."""
    start, stop = begins(sentence, at), ends_at(sentence, at, end)
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
        if is_named(unit) and not unit.possessive and sentence.units[at].word not in sentence.words.sources:
            return _named(sentence, start, last_name(sentence, inner, stop))
    if (far := _name_far_behind(sentence, stop, end)) >= 0:
        return _named(sentence, start, last_name(sentence, far, end))
    if (beside := _name_beside(sentence, start, stop)) >= 0:
        return _named(sentence, start, beside)
    return Mention(*with_the_other(sentence, start, stop), at, "noun")


def _name_far_behind(sentence: Sentence, stop: int, end: int) -> int:
    """ "The deputy head of the parliament's committee on … Andrei Krasov": where the name stands behind a long title, else -1."""
    words, units = sentence.words, sentence.units
    for at in range(stop, min(end, stop + _LONG_TITLE)):
        if is_named(units[at]) and not units[at].possessive:
            before = units[at - 1]
            return -1 if before.word in words.prepositions or "conj" in before.classes else at
        if sentence.voice[at] in ',;"-sdAjqHDe' or ends_description(sentence, units[at]):
            return -1
    return -1


def _name_beside(sentence: Sentence, start: int, stop: int) -> int:
    """ "According to the president's special envoy, Ivan Koval": where the name set apart by commas stands, else -1."""
    at, units = stop + 1, sentence.units
    if sentence.voice[stop : stop + 1] != "," or at >= len(units) or not is_named(units[at]):
        return -1
    led = start - 1 - (units[start - 1].word in sentence.words.definite)
    if start == 0 or sentence.voice[led] not in "as":
        return -1
    last = last_name(sentence, at, len(units))
    apart = sentence.voice[last + 1 : last + 2] in {"", ",", ";"} and not units[last].possessive
    return last if apart else -1


#: Units of a title beyond which nobody is named.
_LONG_TITLE = 10


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
