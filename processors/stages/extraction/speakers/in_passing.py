"""What is named with who told of it, and not said by them: "the swap that Putin had announced", "the swap announced by Putin"."""

from processors.stages.extraction.words.units import Sentence, Unit

#: Units between the thing and the verb of its relative clause; between a participle and the thing behind it.
_CLAUSE, _BEHIND = 6, 4
_EVENTS = frozenset(("exchange_noun", "agree_noun"))


def only_names_event(sentence: Sentence, at: int) -> bool:
    """Whether the verb of saying belongs to the name of an exchange or a deal, of which the outlet tells."""
    words = sentence.words
    verb = sentence.units[at].word.rpartition(" ")[2]
    if verb.startswith(tuple(words.announced_things or "?")):
        behind = sentence.units[at + 1 : at + 1 + _BEHIND]
        return any(_is_event(unit) for unit in behind) and not any(
            "mark" in unit.classes for unit in behind[:2]
        )
    if verb not in words.announcing:
        return False
    return _is_participle(sentence, at) or _is_in_relative(sentence, at)


def _is_event(unit: Unit) -> bool:
    return not unit.classes.isdisjoint(_EVENTS)


def _is_participle(sentence: Sentence, at: int) -> bool:
    """ "The swap announced by Zelensky", "the deal announced last week": nothing parts the noun from its participle."""
    units, words = sentence.units, sentence.words
    if not words.by or at == 0 or not (_is_event(units[at - 1]) or units[at - 1].word in words.deals):
        return False
    behind = units[at + 1] if at + 1 < len(units) else None
    return behind is not None and (behind.word in words.by or behind.day is not None)


def _is_in_relative(sentence: Sentence, at: int) -> bool:
    """ "The swap, which Medinsky had announced": no clause follows of what was said."""
    units, words = sentence.units, sentence.words
    behind = sentence.voice[at + 1 : at + 3]
    if "q" in behind or '"' in behind:
        return False
    for rel in range(at - 1, max(0, at - _CLAUSE), -1):
        if "rel" not in units[rel].classes:
            continue
        noun = rel - 1
        while noun > 0 and ("mark" in units[noun].classes or units[noun].word in words.about):
            noun -= 1
        return _is_event(units[noun]) or units[noun].word in words.deals
    return False


def is_day_of_naming(sentence: Sentence, at: int) -> bool:
    """ "The swap that Putin mentioned to the president on Tuesday": when it was told of, and not when it was held."""
    if "say" not in sentence.features:
        return False
    for verb in range(at - 1, max(-1, at - 1 - _TOLD), -1):
        unit = sentence.units[verb]
        if "mark" in unit.classes or _is_event(unit):
            return False
        if "say" in unit.classes:
            return only_names_event(sentence, verb)
    return False


#: Units from the verb to its day.
_TOLD = 7
