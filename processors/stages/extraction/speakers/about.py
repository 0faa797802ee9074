"""Whom a sentence is about in which nobody speaks: "he" in the next one is they, and a quotation behind it theirs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from processors.stages.extraction.speakers.mentions import Mention, is_oblique, mentions
from processors.stages.extraction.words.units import Sentence, Unit

#: Units among which a sentence names whom it is about.
SUBJECT = 12


@dataclass(slots=True)
class Quotations:
    """Whether a quotation is open, mark by mark: who is named in one is not whom the text is about."""

    paragraph: int = -1
    opened: bool = False

    def holds(self, sentence: Sentence) -> bool:
        """Whether the sentence begins inside a quotation or with one."""
        if sentence.paragraph != self.paragraph:
            self.paragraph, self.opened = sentence.paragraph, False
        begins = self.opened or sentence.voice[:1] == '"'
        if sentence.voice.count('"') % 2:
            self.opened = not self.opened
        return begins


def about(sentence: Sentence) -> Mention | None:
    """The person with whom the sentence begins, named, or described as one alone ("a lawyer for the families")."""
    words = sentence.words
    found = mentions(sentence, 0, min(SUBJECT, len(sentence.units)))
    while found and found[0].type == "state" and _led(sentence, found[0]):
        del found[0]  # "In Moscow the chief negotiator X …": where they are
    first, others = next(iter(found), None), found[1:]
    if first is None or first.type in {"person", "name"}:
        return first
    opening = {unit.word for unit in sentence.units[:_OPENS]}
    spoken = sentence.has("quote") or not opening.isdisjoint(words.we | words.first_person)
    if first.type != "noun" or spoken or not _is_one(sentence, first):
        return None
    described = without_verb(sentence, first)
    named = next((one for one in others if one.type in {"person", "name"}), None)
    if named is None:
        persons = any(who.type == "person" for unit in sentence.units for _, who in unit.speakers)
        return None if persons else described
    inserted = _INSERTED.match(sentence.voice, described.end) is not None
    return named if inserted and named.start == described.end + 1 else None


def _led(sentence: Sentence, mention: Mention) -> bool:
    """Whether a preposition stands right before the mention."""
    before = sentence.units[mention.start - 1].word if mention.start else ""
    return before in sentence.words.prepositions | sentence.words.toward | sentence.words.away


def without_verb(sentence: Sentence, mention: Mention) -> Mention:
    """A description without the verb behind it, by its ending, or in a language of articles by what precedes it.

    "Український переговірник розводить руками", "Ukraine's ambassador put down his pen".
    """
    units, words = sentence.units, sentence.words
    if mention.type != "noun":
        return mention
    if not words.by:
        finite = (
            at for at in range(mention.head + 1, mention.end) if _is_finite(units[at], words.finite_endings)
        )
        return replace(mention, end=next(finite, mention.end))
    leading = words.prepositions | words.definite | words.toward
    plain, after = 0, units[mention.head].word in leading
    for at in range(mention.head + 1, mention.end):
        led = units[at].word in leading
        plain = 0 if led else plain + (sentence.voice[at] == "." and not units[at].capital)
        if plain > after and not _leads_to_a_role(units[at + 1 : mention.end][:1]):
            return replace(mention, end=at)
        after = led
    return mention


def _is_finite(unit: Unit, endings: frozenset[str]) -> bool:
    return not unit.capital and unit.word.partition(" ")[0].endswith(tuple(endings) or "?")


def _leads_to_a_role(behind: Sequence[Unit]) -> bool:
    """ "Deputy defence minister"."""
    return any(unit.classes & {"role", "title"} for unit in behind)


def _is_one(sentence: Sentence, mention: Mention) -> bool:
    """Whether a description that opens the sentence means a single person, and no body, medium or group."""
    words, head = sentence.words, sentence.units[mention.head]
    opens = mention.start <= _OPENS and not is_oblique(sentence, mention)
    before = sentence.units[: mention.start]
    led = any(unit.word in words.prepositions or "mark" in unit.classes for unit in before)
    many = head.word.endswith(tuple(words.plural_endings) or "?")
    return opens and not (led or many) and head.classes.isdisjoint(_NO_PERSON)


#: The name between commas behind a title ("the village head, Oleh Trokhym, …").
_INSERTED = re.compile(",p[,.]")
#: Units before the description with which a sentence begins ("the next day the lawyer").
_OPENS = 2
_NO_PERSON = frozenset(("office", "media", "posted"))
