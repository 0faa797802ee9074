"""That an exchange or a return took place: told by a verb of happening beside it, or by its number."""

import re

from processors.stages.extraction.reading.clauses import Clause


def one_more(clause: Clause) -> bool:
    """ "On 14 June the fourth in a week took place": an ordinal whose exchange is left out."""
    if "D" not in clause.content or not clause.has("happened") or clause.has("meeting", "talk"):
        return False
    prepositions = clause.sentence.words.prepositions
    return any(
        letter == "O"
        and (
            not behind
            or behind[0].word in prepositions
            or behind[0].word in ",:—-"
            or "happened" in behind[0].classes
        )
        for at, letter in enumerate(clause.content)
        for behind in (clause.units[at + 1 : at + 2],)
    )


def return_held(clause: Clause, content: str) -> bool:
    """ "Повернення відновили в січні", "the release took place on Friday": the noun beside what happened, and a day."""
    return _RETURN_DATED.search(content) is not None and any(
        "happened" in unit.classes and "t" in clause.content[max(0, at - _BESIDE_IT) : at + _BESIDE_IT]
        for at, unit in enumerate(clause.units)
    )


#: A return and a day in one part of the clause; units between a return and that it took place.
_RETURN_DATED, _BESIDE_IT = re.compile("t[^,;B]*D|D[^,;B]*t"), 3


def took_place(clause: Clause) -> bool:
    """An exchange beside a verb of happening: not "a meeting was held, with talk of an exchange"."""
    view = clause.content
    return clause.has("happened") and any(
        "happened" in unit.classes
        and "E" in re.split("[,;]", _ASIDE.sub("", view[:at]))[-1] + view[at : at + 5]
        for at, unit in enumerate(clause.units)
    )


def is_negated(clause: Clause) -> bool:
    """Whether a negation stands in the part of the clause in which something happens."""
    at = next(at for at, unit in enumerate(clause.units) if "happened" in unit.classes)
    behind = re.split("[,;]", clause.act[at:])[0]
    return "e" in re.split("[,;]", clause.act[:at])[-1] + behind


#: "The swap, the largest of the war, ended": what commas set apart, behind the noun.
_ASIDE = re.compile("(?<=[KMpc.CE]),[^,;:XEG]{1,9},$")


def one_of_them(clause: Clause) -> bool:
    """ "Carried out one of the largest swaps of the war": one, beside a verb of happening, though the noun is plural."""
    if not clause.has("happened"):
        return False
    ones = (at for at, unit in enumerate(clause.units) if unit.quantity and unit.quantity.max == 1)
    return any(_ONE_OF.match(clause.content, at) for at in ones)


#: "One", and the exchanges behind it, at most words of size and people between.
_ONE_OF = re.compile("N[.0CurbI]{1,6}E")
