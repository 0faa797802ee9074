"""Who says it: the attributions of one sentence, found in its `voice` view.

A voice is a speaker with the stretch of the sentence that is theirs. References ("he", "the ministry", a bare surname)
are left open here and closed by `discourse`, which knows what was said before.
"""

import re
from itertools import pairwise

from processors.stages.extraction.reading.clauses import is_infinitive
from processors.stages.extraction.speakers.before_colon import before_colon
from processors.stages.extraction.speakers.ellipsis import without_verb
from processors.stages.extraction.speakers.in_passing import only_names_event
from processors.stages.extraction.speakers.insertions import before_insertion, closes_apposition
from processors.stages.extraction.speakers.joint import beside
from processors.stages.extraction.speakers.mentions import PERSONAL, Mention, best, is_oblique, mentions
from processors.stages.extraction.speakers.no_subject import (
    blames_the_state,
    by_medium,
    by_the_outlet,
    is_where,
    learned_from,
    own_reporter,
)
from processors.stages.extraction.speakers.nominal import whose_claim
from processors.stages.extraction.speakers.reporters import only_relays
from processors.stages.extraction.speakers.stretches import stretch, without_describing, without_inner
from processors.stages.extraction.speakers.subjects import (
    antecedent,
    behind_medium,
    clause_end,
    first_subject,
    in_relative,
    is_relative,
    more_closely,
    phrase_end,
    subject_before,
)
from processors.stages.extraction.speakers.verbless import (
    cited_words,
    for_whom,
    headline,
    in_whose_words,
    labelled,
    source_of_this,
)
from processors.stages.extraction.speakers.verbs_of_saying import is_passive, says_nothing
from processors.stages.extraction.speakers.voice import Voice
from processors.stages.extraction.words.units import Sentence

_REACH_RIGHT = 11
#: Verbs of saying, and "according to".
_SPEAKING = re.compile("[sdAja]")
#: What stands before an attribution that does not lead its sentence.
_LED_BY = re.compile(r"[^,.cD\"-]")
#: Another attribution or clause.
_ANOTHER = re.compile("[sdAjaqc]")
_CONJOINED = re.compile(r"c[.eD]{0,2}$")


def find_voices(sentence: Sentence) -> list[Voice]:
    """The voices of a sentence in order, each with its stretch; speakers of references are still None."""
    voices = _find(sentence)
    for opening in filter(None, (reading(sentence) for reading in _WITHOUT_VERB)):
        if not _is_among(voices, opening):
            voices.append(opening)
    heading = headline(sentence) or labelled(sentence)
    if heading and not _is_among(voices, heading):
        voices = [heading] if len(voices) <= 1 else voices
    voices = [v for v in voices if len(voices) == 1 or not _subordinate(sentence, v)]
    voices = [v for v in voices if not _both_meanwhile(sentence, v)]
    if cited := cited_words(sentence):
        voices = [cited]
    if not voices and "refuse" in sentence.features:
        voices = _refuser(sentence)
    if not voices and "say" in sentence.features:
        voices = _in_passing(sentence)
    if not voices and "backfill" in sentence.features:
        voices = [v for v in source_of_this(sentence) if not only_relays(sentence, v.verb, v.mention)]
    voices.sort(key=lambda voice: voice.verb)
    voices += without_verb(sentence, voices)
    voices = _without_offers(sentence, voices)
    voices = without_describing(sentence, without_inner(sentence, voices))
    stretch(sentence, voices)
    for voice in voices:
        voice.beside = beside(sentence, voice)
    return voices


#: Readings of who says it where no verb of saying tells.
_WITHOUT_VERB = (for_whom, in_whose_words, whose_claim, before_colon, learned_from)


def _is_among(voices: list[Voice], voice: Voice) -> bool:
    """Whether somebody already speaks by the same mention."""
    return any(other.mention.head == voice.mention.head for other in voices)


def _after_preposition(sentence: Sentence, at: int) -> Voice | None:
    """ "According to X", unless X only relays."""
    if "accord_ref" in sentence.units[at].classes:
        mention: Mention | None = Mention(at, at + 1, at, "pronoun")
    elif any(unit.medium for unit in sentence.units[at + 1 : at + 2]):
        mention = None  # "according to TASS": who relays
    elif sentence.units[at].word in sentence.words.noted and "," in sentence.voice[at + 1 : at + 2]:
        mention = None  # "as is noted, …": by whoever spoke before
    else:
        mention = best(sentence, at + 1, phrase_end(sentence, at + 1), prefer_last=False, oblique=True)
    if mention is None:
        return None
    leading = not _LED_BY.search(sentence.voice, 0, at)
    return Voice(mention, at, "according-to" if leading else "according-to-after")


def _of_verb(sentence: Sentence, at: int) -> Voice | None:
    """The subject of a verb of saying: before it, behind it, or of the sentence's first verb."""
    view = sentence.voice
    if is_relative(sentence, at):
        return _in_relative(sentence, at)
    before = at - 1
    while before >= 0 and view[before] in ".eD" and at - before <= 3:
        before -= 1
    if says_nothing(sentence, at) or blames_the_state(sentence, at):
        return None
    inverted = before < 0 or view[before] in ',"-'
    right = _right(sentence, at, inverted=inverted)
    left = _left(sentence, at) if right or not inverted or not by_medium(sentence, at) else None
    if right and is_passive(sentence, at):
        return Voice(right, at, "said-x")
    if inverted and (voice := _inverted(sentence, at, left, right)):
        return voice
    if right and _speaks_behind(sentence, at, left, right):
        return Voice(right, at, "said-x")
    if _is_infinitive(sentence, at) and (left is None or left.type == "state"):
        return None  # "when Moscow has to explain its delay"
    if left and not in_relative(sentence, left):
        return Voice(left, at, "x-said")
    if left is None and view[max(0, before)] == "c" and (first := first_subject(sentence, before)):
        return Voice(first, at, "and-said")
    return _following(sentence, at, right) if right else _in_which(sentence, at)


def _left(sentence: Sentence, at: int) -> Mention | None:
    """Who stands before the verb, no place where somebody else says it and no reporter of the outlet's own."""
    left = subject_before(sentence, at)
    return None if own_reporter(sentence, left) or is_where(sentence, left, at) else left


def _in_which(sentence: Sentence, at: int) -> Voice | None:
    """ "Лубінець записав відео, в якому заявив": the subject of the sentence, where the language leaves the pronoun out."""
    opens = next(
        (i for i in range(at - 1, max(0, at - 4), -1) if sentence.units[i].word in sentence.words.in_which), 0
    )
    before = opens - 2
    if (
        before <= 0
        or sentence.voice[before] != ","
        or sentence.units[at].word.endswith(tuple(sentence.words.plural_past))
    ):
        return None
    who = first_subject(sentence, before)
    return Voice(who, at, "x-said") if who else None


def _in_relative(sentence: Sentence, at: int) -> Voice | None:
    """ "Moskalkova, who said …", "як заявляє Москалькова"."""
    if sentence.units[at - 1].word in sentence.words.like_as:
        who = _right(sentence, at, inverted=True)
        return Voice(who, at, "said-x" if at > 1 else "according-to") if who else None
    who = antecedent(sentence, at)
    return Voice(who, at, "who-said") if who else None


def _speaks_behind(sentence: Sentence, at: int, left: Mention | None, right: Mention) -> bool:
    """ "Об этом сообщил X", "в телеграм-канале сообщил губернатор X": before the verb stands what is said, or where."""
    if left is None or left.type == "state":
        opens = max(sentence.voice.rfind(mark, 0, at) for mark in ",q") + 1
        first = {sentence.units[0].word, sentence.units[opens].word}  # "писали, что об обмене заявил X"
        return not sentence.words.about.isdisjoint(first)
    before = sentence.units[left.start - 1].word if left.start else ""
    medium = left.type == "noun" and "media" in sentence.units[left.head].classes
    return medium and before in sentence.words.toward and right.type in PERSONAL


def _is_infinitive(sentence: Sentence, at: int) -> bool:
    return " " not in sentence.units[at].word and is_infinitive(sentence, at)


def _right(sentence: Sentence, at: int, *, inverted: bool) -> Mention | None:
    """Who stands behind the verb, but whom somebody blames or thanks, or what they deny, is not who speaks."""
    classes = sentence.units[at].classes
    first = sentence.units[at + 1].word if at + 1 < len(sentence.units) else ""
    passive = first in sentence.words.by or is_passive(sentence, at)
    objects = {"accuse", "assist"} if inverted else {"accuse", "assist", "deny"}
    if not (passive or classes.isdisjoint(objects)) or (_is_object_behind(sentence, at) and not passive):
        return None
    if by_the_outlet(sentence, at):
        return None
    low = behind_medium(sentence, at + 1)
    found = best(sentence, low, clause_end(sentence, low, _REACH_RIGHT), prefer_last=False, oblique=passive)
    found = more_closely(sentence, found)
    if found and found.type == "state" and not passive and is_oblique(sentence, found):
        return None  # "when Moscow has to": no subject by its ending
    if found and only_relays(sentence, at, found):
        return None
    # "Announced assistance to Ukraine"; "the agency, citing an official, said Kyiv would …".
    given = sentence.units[found.start - 1].word in sentence.words.for_whom if found else False
    cites = any(unit.word in sentence.words.citing for unit in sentence.units[:at])
    return None if found and found.type == "state" and (given or cites) else found


def _is_object_behind(sentence: Sentence, at: int) -> bool:
    """ "Told the agency X", "claims that Russia …", "explained why Azov …": whom it is told to, and what is told."""
    words = sentence.words
    first, _, more = sentence.units[at].word.partition(" ")
    asks = any(unit.word in words.asking for unit in sentence.units[at + 1 : at + 3])
    of_itself = first.endswith(tuple(words.gerunds) or "?")  # "сообщил X, поблагодарив Y"
    return first in words.told or more in words.that or asks or of_itself


def _inverted(sentence: Sentence, at: int, left: Mention | None, right: Mention | None) -> Voice | None:
    """A verb behind a comma, a quotation or nothing: "…, said X", unless the comma closes what parts X from it."""
    apart = before_insertion(sentence, at)
    beside_it = right is not None and right.type == "org" and right.start == at + 1
    if apart and not beside_it and (right is None or right.type not in {"person", "name"}):
        return Voice(apart, at, "x-said")
    closes = left and sentence.voice[at - 1] == "," and closes_apposition(sentence, left, at)
    if left and right and right.type == "noun" and _is_object(sentence, right, at):
        return None  # "in her channel", with the subject before: where it is said
    return Voice(right, at, "said-x") if right and not closes else None


def _following(sentence: Sentence, at: int, right: Mention) -> Voice | None:
    """ "Earlier said the ministry …": a subject behind a verb that none precedes."""
    leads = not _ANOTHER.search(sentence.voice, max(0, at - 6), at)
    passive = sentence.units[at + 1].word in sentence.words.by
    says = (passive or "say" in sentence.units[at].classes) and right.head - at <= 6
    return Voice(right, at, "said-x") if leads and says and not _is_object(sentence, right, at) else None


def _is_object(sentence: Sentence, mention: Mention, at: int) -> bool:
    """ "confirmed through the Red Cross": behind a preposition it is no subject."""
    words = sentence.words
    between = [unit.word for unit in sentence.units[at + 1 : mention.start]]
    inside = between[:1] and between[0] in words.toward and mention.type in {"org", "noun"}
    if inside and sentence.units[at].word.endswith(tuple(words.plural_past or {"?"})):
        return False
    return (
        bool(between) and between[0] in words.prepositions - words.by and set(between[1:]) <= words.definite
    )


def _subordinate(sentence: Sentence, voice: Voice) -> bool:
    """ "… after Moscow claimed that …", "on the day that Putin announced …" inside what another voice says."""
    at, words = voice.mention.start, sentence.words
    if voice.rule != "x-said" or at < 2:
        return False
    noun, link = sentence.voice[at - 2], sentence.units[at - 1]
    relative = link.word in words.that and "rel" in link.classes and noun == "."
    return link.word in words.subordinate or relative


def _both_meanwhile(sentence: Sentence, voice: Voice) -> bool:
    """ "…, as the two countries concluded their talks": what both sides did meanwhile is nobody's word."""
    units, words, who = sentence.units, sentence.words, voice.mention
    named = " ".join(unit.word for unit in units[who.start : who.end])
    before = next((unit.word for unit in reversed(units[: who.start]) if unit.word not in words.definite), "")
    return before in words.subordinate and named in words.both_states


def _find(sentence: Sentence) -> list[Voice]:
    """The voices of verbs of saying and of "according to", one a mention."""
    voices: list[Voice] = []
    for match in _SPEAKING.finditer(sentence.voice):
        at = match.start()
        if sentence.voice[at] == "a":
            voice = _after_preposition(sentence, at)
        else:
            silent = _goes_on(sentence, at, voices) or only_names_event(sentence, at)
            voice = None if silent else _of_verb(sentence, at)
        if voice is None or _is_among(voices, voice):
            continue
        if "offer" in sentence.units[at].classes and not _offers(sentence, voice):
            continue
        if voice.mention.type == "state" and _dismisses(sentence, at):
            continue
        if voice.rule == "who-said" and any(
            v.verb < voice.mention.head and v.rule != "x-said" for v in voices
        ):
            continue
        if voices and _cited_by(sentence, voices[-1], voice):
            voices.pop()
        elif voices and _cited_by(sentence, voice, voices[-1]) and _cites_around(voice, voices[-1]):
            continue
        voices.append(voice)
    return voices


def _in_passing(sentence: Sentence) -> list[Voice]:
    """ "Trump had jumped the gun on Friday, announcing that …": the subject of the sentence, where nobody else speaks."""
    endings = tuple(sentence.words.participles | sentence.words.gerunds)
    for at, unit in enumerate(sentence.units):
        word = unit.word.partition(" ")[0]
        if at and "say" in unit.classes and sentence.voice[at - 1] == "," and word.endswith(endings):
            named = [m for m in mentions(sentence, 0, at) if m.type in PERSONAL | {"noun"}]
            first = named[0] if named and named[0].start <= _SUBJECT else None
            return [Voice(first, at, "in-passing")] if first else []
    return []


#: Units among which the subject of a sentence begins.
_SUBJECT = 6


def _refuser(sentence: Sentence) -> list[Voice]:
    """ "The foreign ministry turned it down on July 15": a person or body that refuses, where nobody else speaks."""
    at = next((at for at, unit in enumerate(sentence.units) if "refuse" in unit.classes), 0)
    subject = subject_before(sentence, at)
    if subject is None or subject.type not in PERSONAL or subject.speaker is None:
        return []
    first = mentions(sentence, 0, at)[0]
    return [Voice(subject, at, "x-said")] if first.head == subject.head else []


def _cited_by(sentence: Sentence, medium: Voice, voice: Voice) -> bool:
    """ "Пишет канал, ссылаясь на офицера", "Канал, ссылаясь на офицера, пишет": who is cited speaks, and not who cites."""
    if sentence.units[voice.verb].word not in sentence.words.citing:
        return False
    bodies = medium.mention.type == "org" and voice.mention.type in PERSONAL | {"short"}
    return bodies or "media" in sentence.units[medium.mention.head].classes


def _cites_around(medium: Voice, voice: Voice) -> bool:
    """ "The ministry, citing X, said", "Citing X, the ministry said"."""
    return medium.mention.start < voice.verb or voice.rule == "according-to"


def _dismisses(sentence: Sentence, at: int) -> bool:
    """ "The Kremlin dismissed the idea": an act of the state that the outlet tells."""
    beside = sentence.units[max(0, at - 4) : at + 4]
    return "deny" in sentence.units[at].classes and any("idea" in unit.classes for unit in beside)


def _without_offers(sentence: Sentence, voices: list[Voice]) -> list[Voice]:
    """ "Vatican sources told Crux that the cardinal put forward a swap": what somebody offers is told by the first voice."""
    told = [
        voice
        for before, voice in pairwise(voices)
        if "offer" in sentence.units[voice.verb].classes
        and any("rel" in unit.classes for unit in sentence.units[before.verb : voice.mention.start])
    ]
    return [voice for voice in voices if voice not in told]


def _offers(sentence: Sentence, voice: Voice) -> bool:
    """ "Putin proposed a swap", "«…», предложил Путин" is his word, "Moscow proposed" an act that the outlet tells."""
    quoted = voice.rule == "said-x" and '"' in sentence.voice[max(0, voice.verb - _CLOSED) : voice.verb]
    behind = sentence.units[voice.verb + 1 : voice.verb + 2]
    quoted = quoted and all(
        unit.word not in sentence.words.by for unit in behind
    )  # the «plan» put forward by X
    side = voice.mention.type == "state" or sentence.units[voice.mention.head].word in sentence.words.peoples
    return (voice.rule == "x-said" or quoted) and not side


#: Units before a verb of saying among which the quotation closes.
_CLOSED = 3


def _goes_on(sentence: Sentence, at: int, voices: list[Voice]) -> bool:
    """ "The Headquarters thanked Trump and promised": the second verb has the subject of the first."""
    last = voices[-1] if voices else None
    return (
        last is not None
        and last.rule in {"x-said", "and-said", "who-said"}
        and last.verb < at
        and _CONJOINED.search(sentence.voice, last.verb, at) is not None
    )
