"""Why an exchange act happens: what analysts judge, and what one side says the other is after."""

import re

from processors.model import Kind, Side
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.kinds.actors import subject_of
from processors.stages.extraction.kinds.negation import asserted
from processors.stages.extraction.kinds.offers import seeks_trade
from processors.stages.extraction.kinds.rules import fires_on
from processors.stages.extraction.reading.clauses import EXCHANGED, PARTY, Clause, Proposition
from processors.stages.extraction.words.lexicon import Speaker

#: What the sentence must name for an aim in it to be one of exchanges.
_SUBJECT = (*EXCHANGED, "list", "suspend", "refuse")


@fires_on("accuse", "smear", "aim", "opine", "likely")
def judgement(clause: Clause) -> list[Proposition]:
    """What an analyst in person says of an exchange with a word of opinion or aim, whatever else it mentions.

    Anybody else who is no known official judges where they "think" what somebody aims at.
    """
    speaker, opines = clause.speaker, clause.spoken("opine") or clause.has("i_think")
    if speaker is None or speaker.type == "org" or not (clause.about or clause.near):
        return []
    cues = set(clause.act)
    aims = cues & set("AJj") or (opines and cues & set("KMpUR"))
    if clause.analyst and aims and (clause.concerned or "J" in cues):
        return [clause.made(Kind.ASSESSMENT, "analyst")]
    judges = cues & set("AJS") and (cues & set("KMURp") or clause.has("serves") or _is_aimed(clause))
    gains = clause.has("serves") and speaker.type == "person" and "J" in cues
    if not speaker.official and (opines or gains) and judges and (clause.concerned or "J" in cues):
        return [clause.made(Kind.ASSESSMENT, "thinks")]
    return []


def _is_aimed(clause: Clause) -> bool:
    """An exchange and what it is for: not "those who returned need a year, in order to recover"."""
    aim = max(clause.act.rfind("A"), clause.act.rfind("J"), 0)
    before = zip(clause.act[:aim], clause.units[:aim], strict=True)
    return any(letter in "EXGTCB" and "freed" not in unit.classes for letter, unit in before)


def judged(clause: Clause) -> bool:
    """An analyst tells with what aim something is done: it is the aim that they assert."""
    personal = clause.speaker is not None and clause.speaker.type != "org"
    told = (
        clause.sentence.act
        if personal
        else clause.act + clause.sentence.act[clause.high : clause.high + _AIM]
    )
    return clause.analyst and bool(set(told) & set("JA"))


#: Units at the head of the next clause in which an aim is told ("…, in order to").
_AIM = 2


@fires_on("accuse", "smear", "aim", "opine", "likely")
def assessment(clause: Clause) -> list[Proposition]:
    """What analysts as a body, or the outlet with "in our view" or "likely", think that an act is for."""
    view = clause.act
    sees = clause.near and clause.spoken("opine") and "J" in view and clause.has("intent")
    if clause.analyst and (clause.concerned or sees) and set(view) & set("AJj"):
        return [clause.made(Kind.ASSESSMENT, "analyst")]
    if clause.speaker is not None or set(view).isdisjoint("JA"):
        return []
    likely = clause.has("likely") or any("likely" in unit.classes for unit in clause.sentence.units[:1])
    if (likely and ((clause.about and _of_a_deed(clause)) or (clause.near and clause.has("serves")))) or (
        clause.near and clause.sentence.has("our_view")
    ):
        return [clause.made(Kind.ASSESSMENT, "judgement")]
    return []


def _of_a_deed(clause: Clause) -> bool:
    """Something that a side does or is after, and not "probably this camp for prisoners is not the last"."""
    aims = any("aim" in unit.classes and "likely" not in unit.classes for unit in clause.units)
    return aims or not set(clause.act).isdisjoint("EXTtGV*%1fFSWLğgkAKM")


def explained(clause: Clause) -> list[Proposition]:
    """An analyst in person on what a side does, without a figure or a day that would make it a report."""
    speaker = clause.speaker
    if speaker is None or not clause.analyst or speaker.type == "org" or not clause.concerned:
        return []
    tells = PARTY.search(clause.act) and set(clause.content).isdisjoint("N%D")
    return [clause.made(Kind.ASSESSMENT, "explained")] if tells else []


@fires_on("accuse", "smear", "aim")
def accusation(clause: Clause) -> list[Proposition]:
    """A word of blame beside what is blamed, or the aim that one side says the other has."""
    speaker = clause.speaker
    if speaker is None or not clause.concerned:
        return []
    if _of_the_deed(clause):
        return []
    if asserted(clause, "A") and (clause.has("smear") or not set(clause.act).isdisjoint("EXTtGVLfSğ")):
        return [clause.made(Kind.ACCUSATION, "accusation")]
    if _charges_the_other(clause, speaker):
        return [clause.made(Kind.ACCUSATION, "charges")]
    if speaker.side in OTHER_SIDE and not clause.analyst and _aims(clause):
        official = speaker.official or speaker.type != "person"
        return [clause.made(Kind.ACCUSATION if official else Kind.ASSESSMENT, "aim")]
    return []


def _of_the_deed(clause: Clause) -> bool:
    """ "Bloggers criticised the swap": the exchange itself is found fault with, and nobody who exploits it."""
    return not clause.has("smear") and _FAULTED.search(clause.act) is not None


#: A word of blame with an exchange as its object, and nobody else.
_FAULTED = re.compile("A[.*%]{0,2}E[^KMpURAfSLğ]*$")


def _charges_the_other(clause: Clause, speaker: Speaker) -> bool:
    """ "He accused the Russian side of leaving his people out": what a deed of the other side is called, among talk of a swap."""
    if clause.analyst or not clause.spoken("accuse") or clause.has("other_news", "other_matter"):
        return False
    blamed = _BLAMED[speaker.side if speaker.known else None].search(clause.content)
    behind = clause.units[blamed.end() : blamed.end() + _CHARGE] if blamed else []
    words = clause.sentence.words
    return any(unit.word in words.part_of | words.charge for unit in behind)


#: Whom an official of a side blames, and whom anybody else does ("families accuse the Ukrainian authorities").
_BLAMED = {
    Side.UA: re.compile("[MrR]"),
    Side.RU: re.compile("[KuU]"),
    Side.THIRD: re.compile("[KM]"),
    None: re.compile("[KM]"),
}
#: Units behind whom somebody accuses within which "of" stands.
_CHARGE = 3


def _aims(clause: Clause) -> bool:
    """Whether the other side is said to want something: by name, with the public as its target, or as what an act is called."""
    aim = clause.act.find("J")
    if aim < 0 or seeks_trade(clause):
        return False
    other = subject_of(clause, aim) is OTHER_SIDE.get(clause.side) or (
        clause.has("serves") and clause.side is Side.UA
    )
    if other and (clause.sentence.has(*_SUBJECT) or clause.has("swayed")):
        return True
    named = clause.has("naming") and re.search(_BLAMED[clause.side], clause.content) is not None
    return clause.has("intent") and (clause.spoken("opine") or named)


def aim_of_refusing(clause: Clause, refusal: Proposition) -> list[Proposition]:
    """ "Russia is blocking exchanges so as to put pressure on Kyiv", said by an official of the other side: blame too."""
    speaker = clause.speaker
    if (
        speaker is None
        or not speaker.known
        or clause.analyst
        or speaker.side is not OTHER_SIDE.get(refusal.actor)
    ):
        return []
    refused = clause.act.find("f")
    aims = any(
        letter in "JA" and _is_purpose(clause, at) for at, letter in enumerate(clause.act) if at > refused
    )
    return [clause.made(Kind.ACCUSATION, "aim-of-refusing")] if aims else []


def _is_purpose(clause: Clause, at: int) -> bool:
    """ "To put pressure", "so as to": an infinitive or what leads one in."""
    last = clause.units[at].word.rpartition(" ")[2]
    return clause.infinitive(at) or last in clause.sentence.words.infinitive_marker
