"""Days that a breach or a refusal names and on which it was not done."""

import re

from processors.stages.extraction.drafts.draft import Draft


def is_silence(draft: Draft) -> bool:
    """ "We sent the list in December, no answer", "as of the end of February it had not received a reply": on no day."""
    stems = tuple(draft.sentence.words.answers)
    return any(
        "refuse" in unit.classes and any(word.startswith(stems) for word in unit.word.split())
        for unit in draft.units
    )


def is_planned_for(draft: Draft, at: int) -> bool:
    """ "They proposed an exchange on 7 and 8 June, but there was no reply": the day of what nobody answered."""
    return _PLANNED_FOR.search(draft.sentence.act, max(0, at - _NEAR), at) is not None


_PLANNED_FOR = re.compile("[EX][^;Gc]{0,6}$")


def is_older_than_breach(draft: Draft, at: int) -> bool:
    """The day of the deal that was broken, or of the exchange that freed those of whom the breach tells."""
    sentence = draft.sentence
    if _OF_A_DEAL.match(sentence.act, at) or _REACHED.search(sentence.act, max(0, at - _NEAR), at):
        return True
    before = sentence.act[max(0, at - _NEAR) : at]
    behind = draft.rule in _LATER or _BREACH_BEHIND.match(sentence.act, at)
    freed = _FREED_LATER if behind else _FREED
    return freed.search(before) is not None


#: "The July accord", "last year's swap"; "the accord, reached in Paris in December".
_OF_A_DEAL = re.compile("D[ğE]")
_REACHED = re.compile("[gř][^EXTGVt,;W]{0,4}$")
#: "Those freed in September", and behind a comma in any breach ("людей, полученных в апреле").
_FREED_LATER, _FREED = re.compile("[TVGX][^,;EfwW]{0,4}$"), re.compile(",[.q]?[TVGX][^,;EfwW]{0,4}$")
#: "Freed in May had been | sent back to the front".
_BREACH_BEHIND = re.compile("D[^;q]{0,4}W")
#: Units between; and the breaches that come after an exchange.
_NEAR, _LATER = 8, frozenset(("not-cleared", "at-war-again", "to-the-front"))
