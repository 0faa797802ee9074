"""The stages or groups that come next, behind news of others: "two more groups will follow this week"."""

from itertools import pairwise

from processors.stages.extraction.reading.clauses import Clause


def comes_next(clause: Clause) -> bool:
    """Whether a group or a stage is to come on a day, or the next one is said to be prepared."""
    if not clause.near or clause.analyst or clause.has(*_OF_ANOTHER_MATTER) or not _ahead(clause):
        return False
    if not set(clause.act).isdisjoint("eoJ?") or clause.sentence.asks:
        return False
    if _names_some(clause) and "D" in _behind_voice(clause):
        return True
    return clause.speaker is not None and clause.has("plan") and _next_one(clause)


def _names_some(clause: Clause) -> bool:
    """ "Two more groups", "the next 300", "everything" behind what the text has told of."""
    words, units = clause.sentence.words, clause.units
    groups = tuple(words.groups) or "?"
    return any(
        (unit.word.rpartition(" ")[2].startswith(groups) and not _of_others(clause, at))
        or (unit.word in words.all_of_it and clause.has("plan"))
        or (unit.quantity is not None and (unit.each or (at > 0 and units[at - 1].word in words.next_one)))
        for at, unit in enumerate(units)
    )


def _of_others(clause: Clause, at: int) -> bool:
    """ "A group of officials", "група експертів"."""
    behind = clause.units[at + 1 : at + 1 + _OF_WHOM]
    return any(unit.classes & _OFFICIALS for unit in behind)


#: Units behind a group among which stands who it is of, when those are no prisoners.
_OF_WHOM, _OFFICIALS = 2, frozenset(("role", "analyst", "title", "thinkers", "office", "reporter"))


def _ahead(clause: Clause) -> bool:
    """A word of the future or of a plan, or a verb of going in the future."""
    goes = clause.sentence.words.will_go
    return clause.has("future", "plan") or any(unit.word in goes for unit in clause.units)


def _behind_voice(clause: Clause) -> str:
    """The content without the words that name the speaker, who may have said it on a day."""
    voiced = clause.voiced
    if not voiced:
        return clause.content
    low, high = max(0, voiced.start - clause.low), max(0, voiced.stop - clause.low)
    return clause.content[:low] + clause.content[high:].removeprefix("D")


def _next_one(clause: Clause) -> bool:
    """ "The next step is already being prepared", said by somebody who is named."""
    words = [word for unit in clause.units for word in unit.word.split()]
    own = tuple(clause.sentence.words.groups | clause.sentence.words.steps_ahead) or "?"
    next_one = clause.sentence.words.next_one
    return any(one in next_one and other.startswith(own) for one, other in pairwise(words))


_OF_ANOTHER_MATTER = ("meeting", "talk", "other_matter", "other_news", "foreign", "suspend", "refuse", "deny")
