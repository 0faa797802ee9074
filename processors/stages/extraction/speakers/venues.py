"""Media and channels that only tell where something is said: "in her Telegram channel", "the agencies TASS and Interfax"."""

from processors.stages.extraction.words.units import Sentence


def is_venue(sentence: Sentence, at: int) -> bool:
    """Whether the noun names no speaker, but where one speaks."""
    return _own_channel(sentence, at) or _calls_medium(sentence, at)


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
