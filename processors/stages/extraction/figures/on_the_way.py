"""People who are being taken to an exchange: counted, and not yet exchanged, or never to be."""

from processors.model import Side
from processors.stages.extraction.reading.clauses import Clause, Proposition
from processors.stages.extraction.words.units import Sentence


def on_the_way(clause: Clause) -> bool:
    """ "A column with 186 prisoners is bound for the border": counted, and not yet exchanged."""
    letters = set(clause.content)
    # "Killing all 74 people on board" is no plan.
    prisoners = clause.speaker is not None or letters & set("CUR")
    counted = bool(letters & set("N%") and prisoners)
    return clause.near and clause.has("bound") and counted and letters.isdisjoint("TX")


def perished(clause: Clause) -> bool:
    """ "All 74 people on board were killed": who was on the way, and the sentence tells of no exchange."""
    lost = clause.has("bound") and clause.has("perished")
    return lost and not clause.sentence.has("exchange_noun", "exchange_verb")


def in_another(clause: Clause) -> bool:
    """ "A second plane with 80 more prisoners": people of no exchange that is told."""
    letters = set(clause.content)
    return "O" in letters and letters.isdisjoint("EXT") and clause.has("bound")


def are_held_by(sentence: Sentence, one: Proposition, side: Side | None) -> bool:
    """ "The plane carried 65 captives", says Moscow: whom Russia takes to an exchange are not its own."""
    content = set(sentence.content[one.start : one.end])
    return one.rule == "on-the-way" and side is Side.RU and "C" in content and "I" not in content
