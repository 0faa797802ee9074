"""Who is named beside a verb of saying or blaming and does not speak: the state that is blamed, those of whom a medium tells."""

from processors.stages.extraction.speakers.mentions import Mention, best
from processors.stages.extraction.speakers.voice import Voice
from processors.stages.extraction.words.units import Sentence, Unit


def by_medium(sentence: Sentence, at: int) -> bool:
    """ "…, among them Denys Kozak, RBC specifies": a medium behind the verb tells it, and nobody who is named before."""
    behind = sentence.units[at + 1 : at + 2]
    named = any(unit.medium and not unit.speakers for unit in behind)
    return bool(sentence.words.infinitive_endings) and (named or by_the_outlet(sentence, at))


def by_the_outlet(sentence: Sentence, at: int) -> bool:
    """ "Нагадує видання", "повідомляє кореспондент агентства": the outlet, which nothing names behind the verb."""
    units, first = sentence.units, at + 1
    if first >= len(units) or "say" not in units[at].classes:
        return False
    reports = "reporter" in units[first].classes
    last = first + reports
    if last >= len(units) or sentence.voice[last + 1 : last + 2] not in ("", ",", ".", "-"):
        return False
    whose = "media" in units[last].classes and not units[last].capital
    return whose if reports else units[last].word in sentence.words.outlets


def is_where(sentence: Sentence, mention: Mention | None, at: int) -> bool:
    """ "Обмен в Москве подтвердил депутат X": a capital behind a preposition says nothing by a verb in the singular."""
    words = sentence.words
    if mention is None or mention.type != "state" or not (mention.start and words.plural_past):
        return False
    inside = sentence.units[mention.start - 1].word in words.toward
    many = tuple(words.plural_past | words.plural_verbs)
    return inside and not any(part.endswith(many) for part in sentence.units[at].word.split())


def own_reporter(sentence: Sentence, mention: Mention | None) -> bool:
    """ "Our correspondent reports from the border": the outlet itself."""
    if mention is None or mention.type != "noun":
        return False
    named = sentence.units[mention.start : mention.end]
    return "reporter" in named[-1].classes and named[0].word in sentence.words.we


def blames_the_state(sentence: Sentence, at: int) -> bool:
    """ "Киев обвиняют в срыве": a state in the singular before a verb in the plural is whom others blame."""
    unit, words = sentence.units[at], sentence.words
    if "accuse" not in unit.classes or not unit.word.endswith(tuple(words.plural_verbs) or "?"):
        return False
    state = sentence.units[at - 1] if at else unit
    one = not any(word.endswith(tuple(words.plural_endings)) for word in state.word.split())
    alone = at < 2 or "conj" not in sentence.units[at - 2].classes
    return one and alone and not state.classes.isdisjoint(("ua_state", "ru_state"))


def published(units: list[Unit]) -> bool:
    """ "Published alleged lists"."""
    return "publish" in units[0].classes and "hedge" in units[1].classes


def learned_from(sentence: Sentence) -> Voice | None:
    """ "Обмен готовят, узнало агентство от двух дипломатов": from whom a medium has it."""
    words = sentence.words
    if not sentence.says(words.learned):
        return None
    at = next(at for at, unit in enumerate(sentence.units) if unit.word in words.learned)
    stop = min(len(sentence.units), at + _LEARNED)
    source = next((i for i in range(at + 1, stop) if sentence.units[i].word in words.learned_from), 0)
    if not source:
        return None
    who = best(
        sentence, source + 1, min(len(sentence.units), source + _SOURCE), prefer_last=False, oblique=True
    )
    return Voice(who, source, "according-to-after") if who is not None and who.type != "state" else None


#: Units from "learned" to "from", and behind that to the source.
_LEARNED, _SOURCE = 9, 7
