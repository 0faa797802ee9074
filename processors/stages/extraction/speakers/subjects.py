"""Where the subject of a verb of saying stands: before it in its clause, behind it, before "who", first in the sentence."""

import re

from processors.stages.extraction.speakers.insertions import VERBS
from processors.stages.extraction.speakers.mentions import PERSONAL, RANK, Mention, best, is_named, mentions
from processors.stages.extraction.words.units import Sentence

#: Units before a verb among which its subject stands; units of "according to …"; before "who".
_REACH_LEFT, _REACH_ACCORD, _REACH_WHO = 26, 14, 12
#: Units with which a sentence begins, its first verb and subject among them.
_FIRST_CLAUSE = 16
#: Most units between "who" and whom it means.
_APART = 6
#: "Who" right before the verb, a negation or a day between.
_RELATIVE = re.compile(r"q[.eD]{0,3}$")


def in_relative(sentence: Sentence, mention: Mention) -> bool:
    """ "… whom Russia had pledged to …": no statement that matters here, but "a row in which Russia accused Kyiv" is one."""
    before = sentence.units[mention.start - 1] if mention.start else None
    return (
        mention.type == "state"
        and before is not None
        and "rel" in before.classes
        and before.word not in sentence.words.that
        and not _opens_clause(sentence, mention.start - 1)
    )


def _opens_clause(sentence: Sentence, at: int) -> bool:
    """ "During which", "in which": a whole clause follows, with a subject of its own."""
    return at > 0 and sentence.units[at - 1].word in sentence.words.inside


def first_subject(sentence: Sentence, end: int) -> Mention | None:
    """The subject of the sentence's first verb: "Moskalkova published a list and claimed …"."""
    found = [m for m in mentions(sentence, 0, min(end, _FIRST_CLAUSE)) if m.type in PERSONAL]
    return max(found[:2], key=lambda mention: RANK[mention.type]) if found else None


def is_relative(sentence: Sentence, at: int) -> bool:
    """Whether the verb's subject is "who" or "which"."""
    found = _RELATIVE.search(sentence.voice, max(0, at - 5), at)
    return found is not None and not _opens_clause(sentence, found.start())


def antecedent(sentence: Sentence, at: int) -> Mention | None:
    """Whom "who" means, "that" being a conjunction."""
    rel = sentence.voice.rindex("q", 0, at)
    if sentence.units[rel].word in sentence.words.that:
        return None
    found = [m for m in mentions(sentence, max(0, rel - _REACH_WHO), rel) if m.type in PERSONAL | {"noun"}]
    if not found or found[-1].end < rel - _APART:
        return None
    return max(found[-2:], key=lambda mention: RANK[mention.type])


def subject_before(sentence: Sentence, at: int) -> Mention | None:
    """The subject before the verb, in its own clause."""
    view = sentence.voice
    start = at
    while start > 0 and at - start < _REACH_LEFT:
        letter = view[start - 1]
        if letter == '"' and (opening := _opens_short(sentence, start - 1)) >= 0:
            start = opening
            continue
        if letter in ';"sdAa' or _ends_dateline(sentence, start - 1):
            break
        if letter == "c" and _verb_between(sentence, start, at):
            break
        start -= 1
    return best(sentence, start, at, prefer_last=True)


def _opens_short(sentence: Sentence, close: int) -> int:
    """Where a quotation of few words without a verb of saying opens ("the words of a «voluntary decision»"), else -1."""
    opening = sentence.voice.rfind('"', max(0, close - _SHORT_QUOTE), close)
    inside = sentence.voice[opening + 1 : close]
    return opening if opening > 0 and inside and not set(inside) & set(";sdAa,") else -1


#: Units of a quotation that is a part of a clause.
_SHORT_QUOTE = 5


def _ends_dateline(sentence: Sentence, at: int) -> bool:
    """ "ABU DHABI (Reuters) -": who filed the text says nothing in it."""
    return sentence.voice[at] == "-" and at > 0 and sentence.units[at - 1].word == ")"


def _verb_between(sentence: Sentence, start: int, end: int) -> bool:
    return any(letter in VERBS for letter in sentence.voice[start:end])


def clause_end(sentence: Sentence, start: int, reach: int) -> int:
    """Where the clause from `start` ends: at the next verb of saying or mark, at a comma once somebody is named.

    Titles in a row ("the vice-speaker, Ukraine's envoy to the talks X") are read on to the name behind them.
    """
    view, end, stop = sentence.voice, start, min(len(sentence.voice), start + reach)
    while end < stop:
        if _titled(sentence, start, end):
            stop = min(len(view), end + _TITLES)
        elif (
            view[end] in ';"-'
            or sentence.units[end].word == ":"  # "нам говорят: Россия …"
            or view[end] in VERBS + "q"
            or (view[end] == "," and mentions(sentence, start, end))
        ):
            break
        end += 1
    return _to_the_name(sentence, start, end) if end == stop else end


def more_closely(sentence: Sentence, found: Mention | None) -> Mention | None:
    """ "Отчитались в Москве, в Минобороны": the body that is named behind the capital where it sits."""
    if found is None or found.type != "state" or sentence.voice[found.end : found.end + 1] != ",":
        return found
    inside = sentence.units[found.end + 1 : found.end + 2]
    if not any(unit.word in sentence.words.toward for unit in inside):
        return found
    bodies = (
        one
        for one in mentions(sentence, found.end, min(found.end + 5, len(sentence.units)))
        if one.type in {"org", "short"}
    )
    return next(bodies, found)


def behind_medium(sentence: Sentence, start: int) -> int:
    """ "Сказал «Радио Свобода» (признано иноагентом) представитель ГУР": past the medium in quotes and what is remarked on it."""
    units, at = sentence.units, start
    close = _closed(sentence, at, '"', _SHORT_QUOTE)
    at = close if any(unit.medium or unit.capital for unit in units[at + 1 : close]) else at
    at = _closed(sentence, at, "(", _REMARK)
    return at if at < len(units) else start


def _closed(sentence: Sentence, at: int, opening: str, reach: int) -> int:
    """Past what a mark opens at `at`, at most `reach` units, else `at`."""
    units = sentence.units
    if at >= len(units) or units[at].word != opening:
        return at
    mark = ")" if opening == "(" else opening
    return next((i + 1 for i in range(at + 1, min(len(units), at + reach)) if units[i].word == mark), at)


#: Units of a remark in brackets.
_REMARK = 12


def _to_the_name(sentence: Sentence, start: int, end: int) -> int:
    """Behind a title longer than the reach to the name that ends it, if nothing else comes between."""
    found = mentions(sentence, start, end)
    if not found or found[0].type != "noun" or any(mention.type in {"person", "name"} for mention in found):
        return end
    for at in range(end, min(len(sentence.units), end + _TITLES)):
        if is_named(sentence.units[at]):
            return at + 1
        if sentence.voice[at] not in ".nurQKMYwp":
            break
    return end


def _titled(sentence: Sentence, start: int, at: int) -> bool:
    """Whether a comma or dash joins the next title, or a name between commas, to titles that name nobody yet."""
    named = _INSERTED.match(sentence.voice, at) and is_named(sentence.units[at + 1])
    if sentence.voice[at] not in ",-" or not (named or _TITLE.match(sentence.voice, at)):
        return False
    found = mentions(sentence, start, at)
    return bool(found) and all(mention.type == "noun" for mention in found)


#: Most units of one more title, up to the name.
_TITLES = 16
#: "A relative of one of the captives, Vera Stolbova, …".
_INSERTED = re.compile(',p(?:[,"]|$)')
#: Another title, modifiers before it.
_TITLE = re.compile("[,-][.urQKM]{0,2}n")


def phrase_end(sentence: Sentence, start: int) -> int:
    """Where "according to …" ends: at its comma, though one names "the ombudsman, X" behind it."""
    end = clause_end(sentence, start, _REACH_ACCORD)
    comma = sentence.voice.find(",", start + 1, end)
    while comma > 0 and "D" in sentence.voice[start:comma] and sentence.voice[comma + 1 : comma + 2] == "D":
        closing = sentence.voice.find(",", comma + 1, end)  # "on Thursday, 14 August, …"
        comma = sentence.voice.find(",", closing + 1, end) if closing > 0 else -1
    return end if comma < 0 or set(sentence.voice[start:comma]) & set("pnYH") else comma
