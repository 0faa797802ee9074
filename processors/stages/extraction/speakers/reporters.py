"""Reporters, who relay for their medium what another says or what it tells itself."""

from itertools import pairwise

from processors.stages.extraction.speakers.mentions import Mention
from processors.stages.extraction.words.units import Sentence, Unit


def only_relays(sentence: Sentence, verb: int, mention: Mention) -> bool:
    """ "Передає кореспондент РБК-Україна", "йдеться у матеріалі журналістки ТСН Марії Бук": a reporter and the medium.

    A journalist who "told" something is a source like others.
    """
    if "reporter" not in sentence.features:
        return False
    units = sentence.units
    if _of_a_medium(units[mention.start : mention.end + 1]):
        return True
    relaying = sentence.words.inverted_media | sentence.words.goes_about
    relays = any(unit.word in relaying for unit in units[verb : mention.start])
    return relays and _of_a_medium(units[max(verb, mention.start - _TITLE) : mention.start])


#: Units before a name among which the reporter and the medium stand.
_TITLE = 5


def _of_a_medium(units: list[Unit]) -> bool:
    return any(
        "reporter" in one.classes and (other.medium or "media" in other.classes)
        for one, other in pairwise(units)
    )
