"""Who is named beside a verb of saying or blaming and does not speak: the state that is blamed, those of whom a medium tells."""

from processors.stages.extraction.words.units import Sentence, Unit


def by_medium(sentence: Sentence, at: int) -> bool:
    """ "…, among them Denys Kozak, RBC specifies": a medium behind the verb tells it, and nobody who is named before."""
    behind = sentence.units[at + 1 : at + 2]
    return bool(sentence.words.infinitive_endings) and any(
        unit.medium and not unit.speakers for unit in behind
    )


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
