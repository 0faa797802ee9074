"""Whom a pronoun means: "he", "she" or "they" among those who spoke or were named before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from processors.stages.extraction.speakers.mentions import Mention, first_mention
from processors.stages.extraction.words.lexicon import Speaker
from processors.stages.extraction.words.units import Sentence


@dataclass(slots=True)
class Known:
    """Somebody who spoke or was named before."""

    speaker: Speaker
    #: Stems of the words that introduced them.
    words: set[str] = field(default_factory=set)
    #: A ministry or channel without a name, which is no "she".
    body: bool = False
    #: Several people whom a description names ("relatives of soldiers").
    many: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """Who was named so far: those who spoke, those who did not, each the last one last."""

    known: Sequence[Known]
    seen: Sequence[Known]
    #: Where the sentence at hand names those of the registry, by their id; whom the one before names.
    here: Mapping[str, int]
    before: frozenset[str]
    #: The person whom the last sentence was about, where nobody spoke in it.
    subject: Speaker | None


def by_pronoun(sentence: Sentence, mention: Mention, named: Named) -> Speaker | None:
    """Whom "he", "she" or "they" means: the last subject or speaker that fits, else who was named."""
    at = mention.head
    words = set(sentence.units[at].word.split())
    she, he = words & sentence.words.she, words & sentence.words.he
    if (body := _whose_data(sentence, at, named)) is not None:
        return body
    if (first := _of_clause_before(sentence, at, she=bool(she), he=bool(he))) is not None:
        return first
    if (spoke := _spoke_here(named, at, she=bool(she), he=bool(he))) is not None:
        return spoke
    if named.subject is not None and (she or he) and named.subject.gender in {"", "f" if she else "m"}:
        return named.subject
    neuter = words & sentence.words.it
    for known in reversed(named.known):
        if _fits(known, she=bool(she), he=bool(he), neuter=bool(neuter)):
            return known.speaker
    return _only_named(sentence, at, named, "f" if she else "m" if he else "")


def _spoke_here(named: Named, at: int, *, she: bool, he: bool) -> Speaker | None:
    """ "Poroshenko said …, in his words": who already speaks in the sentence, and not whom the one before was about."""
    last = named.known[-1] if named.known else None
    if last is None or not (she or he) or named.here.get(last.speaker.id, at) >= at:
        return None
    return last.speaker if _fits(last, she=she, he=he, neuter=False) else None


def _fits(known: Known, *, she: bool, he: bool, neuter: bool) -> bool:
    """Whether somebody who spoke may be meant."""
    speaker = known.speaker
    noun = speaker.type == "noun"
    one = speaker.type == "person" or (noun and not known.many and not known.body)
    if (she and one and speaker.gender != "m") or (he and one and speaker.gender != "f"):
        return True
    return not she and not he and (speaker.type in {"org", "state"} or known.many or (noun and neuter))


def _only_named(sentence: Sentence, at: int, named: Named, gender: str) -> Speaker | None:
    """Who was named without speaking; "by her account" may mean somebody behind it, where nobody else fits."""
    one = bool(gender)
    seen = [k.speaker for k in reversed(named.seen) if (k.speaker.type == "person") is one]
    before = seen
    if one:  # "He said it was agreed with Putin": not who comes behind
        before = [who for who in seen if named.here.get(who.id, -1) <= at]
    fitting = (who for who in before if who.gender == gender)
    found = next(fitting, next((who for who in before if not who.gender), None))
    if found is None and one and "accord_ref" in sentence.units[at].classes:
        return next((who for who in seen if who.gender == gender), None)
    return found


def _whose_data(sentence: Sentence, at: int, named: Named) -> Speaker | None:
    """ "Інші числа подає Міноборони. За його даними …": whose data are told, of a body where no person is named so near."""
    if sentence.units[at].word not in sentence.words.own_data:
        return None
    near = {who for who, where in named.here.items() if where < at} or named.before
    last = [known.speaker for known in named.seen if known.speaker.id in near]
    persons = any(one.type == "person" for one in last)
    return last[-1] if last and not persons and last[-1].type == "org" else None


def _of_clause_before(sentence: Sentence, at: int, *, she: bool, he: bool) -> Speaker | None:
    """ "The ministry did not mention it; it said that …": the subject of the clause before the semicolon."""
    close = sentence.voice.rfind(";", 0, at)
    if close < 0 or at - close > _OPENS:
        return None
    first = first_mention(sentence, 0, min(_SUBJECT, close))
    speaker = first.speaker if first is not None else None
    if speaker is None:
        return None
    if she or he:
        return speaker if speaker.type == "person" and speaker.gender in {"", "f" if she else "m"} else None
    return speaker if speaker.type == "org" else None


#: Units from the semicolon to the pronoun; units among which the first clause names its subject.
_OPENS, _SUBJECT = 2, 8
