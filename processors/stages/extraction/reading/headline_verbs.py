"""Nouns that are verbs where they stand between who acts and whom it counts: "Russia and Ukraine swap 307 prisoners"."""

from collections.abc import Sequence

from processors.stages.extraction.words.units import Unit


def read_as_verbs(units: Sequence[Unit]) -> None:
    """ "Russia and Ukraine swap 307 prisoners": a noun of exchanging between who does it and whom it counts is a verb."""
    for at, unit in enumerate(units):
        if "verb_or_noun" in unit.classes and _acts(units[:at]) and _takes(units[at + 1 : at + 2]):
            unit.classes = _EXCHANGES


def _acts(before: Sequence[Unit]) -> bool:
    """Whether the words before end in who exchanges, perhaps with an adverb or a day behind."""
    for unit in reversed(before[-_ADVERBS:]):
        if not unit.classes.isdisjoint(_PARTIES):
            return True
        if not unit.classes.isdisjoint(_NO_ADVERB):
            return False
    return False


def _takes(behind: Sequence[Unit]) -> bool:
    return any(not unit.classes.isdisjoint(_EXCHANGED) for unit in behind)


#: Units before the verb among which its subject stands.
_ADVERBS = 3
_EXCHANGES = frozenset(("exchange_verb",))
_PARTIES = frozenset(("ua_state", "ru_state", "sides", "each", "pronoun", "ua_people", "ru_people"))
_NO_ADVERB = frozenset(
    ("mark", "quote", "semicolon", "dash", "rel", "ua_adj", "ru_adj", "quantity", "person", "captive")
)
_EXCHANGED = frozenset(
    ("quantity", "captive", "person", "bodies", "ua_people", "ru_people", "ua_adj", "ru_adj", "own")
)
