"""Who says it where no verb of saying tells: "to X", "in X's telling", headlines, "such was X's answer"."""

import re

from processors.stages.extraction.speakers.mentions import PERSONAL, Mention, best, mentions
from processors.stages.extraction.speakers.voice import Voice
from processors.stages.extraction.words.lexicon import speakers
from processors.stages.extraction.words.units import Sentence


def for_whom(sentence: Sentence) -> Voice | None:
    """ "To Ilse Brandt, of the Northern Centre, the timing is no accident"; "For the Headquarters this was the 59th"."""
    if not sentence.units or sentence.units[0].word not in sentence.words.for_whom:
        return None
    if _GIVEN_FOR.match(sentence.content):
        return None
    found = mentions(sentence, 1, min(5, len(sentence.units)))
    given = sentence.has("quantity") and sentence.has("give_verb", "return_verb", "receive_verb")
    traded = given and bool(found) and found[0].type == "name"
    if found and found[0].type in PERSONAL and not traded:  # "For Fedorov, Kyiv gave up nine conscripts"
        return Voice(found[0], 0, "according-to")
    return None


#: "For Ivan Fedorov, the mayor, Kyiv gave up nine": for whom others are traded, and who tells nothing.
_GIVEN_FOR = re.compile("/[^N;TX]{1,18}[KM][^N;,TXV]{0,2}G")


def in_whose_words(sentence: Sentence) -> Voice | None:
    """ "By Ukraine's count", "in Medinsky's telling"."""
    if "viewnoun" not in sentence.features:
        return None
    for at, unit in enumerate(sentence.units[1:-1], 1):
        if not unit.possessive or not _view_behind(sentence, at):
            continue
        speaker = unit.speakers[0][1] if unit.speakers else speakers().get(unit.word)
        kind = "name" if "name" in unit.classes else "noun" if unit.classes & {"role", "analyst"} else ""
        before = at - 1 - (sentence.units[at - 1].word in sentence.words.definite)
        if (speaker or kind) and before >= 0 and sentence.units[before].word in sentence.words.prepositions:
            mention = Mention(at, at + 1, at, speaker.type if speaker else kind, speaker)
            return Voice(mention, before, "according-to" if at < LEADING else "according-to-after")
    return None


def _view_behind(sentence: Sentence, at: int) -> bool:
    """ "… Medinsky's telling", "Abu Dhabi's own count"."""
    behind = sentence.units[at + 1 : at + 3]
    own = len(behind) > 1 and "own" in behind[0].classes
    return "viewnoun" in behind[1 if own else 0].classes


def cited_words(sentence: Sentence) -> Voice | None:
    """ "«…», — ці слова Мединського цитує агентство", "цитирует ТАСС Пескова": whose words a medium passes on."""
    units = sentence.units
    if not sentence.has("medium", "media"):
        return None
    if not sentence.has("statement"):
        return _quoted(sentence)
    for at, unit in enumerate(units[:-2]):
        behind = units[at + 1]
        if "statement" in unit.classes and behind.speakers and units[at + 2].word in sentence.words.quoting:
            speaker = behind.speakers[0][1]
            return Voice(Mention(at + 1, at + 2, at + 1, speaker.type, speaker), at, "said-x")
    return _whose_words(sentence)


def _quoted(sentence: Sentence) -> Voice | None:
    """ "«…», — цитирует РИА Новости пресс-секретаря Кремля Пескова": whom a medium quotes, right behind it."""
    units, words = sentence.units, sentence.words
    for at, unit in enumerate(units[:-2]):
        if unit.word not in words.quoting:
            continue
        behind = at + 1
        while behind < len(units) and (units[behind].medium or units[behind].word == '"'):
            behind += 1
        if behind == at + 1 or '"' not in sentence.voice[max(0, at - 3) : at]:
            continue
        named = [one for one in mentions(sentence, behind, len(units)) if one.type in PERSONAL]
        return Voice(named[-1], at, "said-x") if named and named[-1].start <= behind + _TITLED else None
    return None


def _whose_words(sentence: Sentence) -> Voice | None:
    """ "«…», — приводит агентство слова Мединского": behind the medium that passes them on."""
    units = sentence.units
    quoting = next((at for at, unit in enumerate(units) if unit.word in sentence.words.quoting), len(units))
    for at in range(quoting + 1, min(len(units), quoting + _PASSED_ON)):
        if "statement" not in units[at].classes:
            continue
        named = (who for who in range(at + 1, min(len(units), at + _TITLED)) if units[who].speakers)
        if (who := next(named, None)) is not None:
            speaker = units[who].speakers[0][1]
            return Voice(Mention(who, who + 1, who, speaker.type, speaker), at, "said-x")
    return None


#: Units from the verb of quoting to the words, and from these to the name behind its titles.
_PASSED_ON, _TITLED = 7, 6


#: Units before which an attribution leads its sentence.
LEADING = 4


def headline(sentence: Sentence) -> Voice | None:
    """ "230 people return – Coordination HQ", "Захарова: Киев отказался", "Officer X on Radio Y: …"."""
    view, size = sentence.voice, len(sentence.units)
    lead = _LEAD.match(view)
    if lead and _is_label(sentence, lead):
        mention = best(sentence, 0, lead.end("name"), prefer_last=False)
        return Voice(mention, lead.end() - 1, "headline") if mention else None
    if (signed := _SAID_QUOTE.search(view)) and "s" not in view and "a" not in view[: signed.start()]:
        mention = best(sentence, signed.end("dash"), signed.end(), prefer_last=False)
        return Voice(mention, signed.end("dash") - 1, "said-x") if mention else None
    dash = view.rfind("-")
    if dash < 2 or not _SIGNED.fullmatch(view, dash):
        return None
    if sentence.units[dash + 1].word in sentence.words.prepositions:
        return None
    if _SHARES.search(sentence.content, 0, dash + 2):  # "140 were taken by Ukraine, 82 – Russia"
        return None
    if not set(sentence.content[dash:]).isdisjoint("XTGV"):  # "32 men — 20 soldiers — returned to Ukraine"
        return None
    mention = best(sentence, dash + 1, size, prefer_last=False)
    return Voice(mention, dash, "headline") if mention else None


#: Who opens a sentence, where they spoke perhaps, and a colon.
_LEAD = re.compile(r"(?P<name>[nYurQ]{0,4}p{1,2})(?:\.[.wmpQ\"]{1,6}|,[.nYurQp]{1,7})?,")
#: "«…», – це вже депутат Картаполов": who stands behind a quotation and its dash.
_SAID_QUOTE = re.compile(r'(?P<dash>",?-)[.nYurQp]{0,8}p')
#: Behind what one side got or gave the figure of the other one, whose verb the dash stands for.
_SHARES = re.compile(
    "N[^N]{0,8}[GVT][^N]{0,6}N[PCUR]?-[KM]$|[KM][^N]{0,4}[GVT][^N]{0,3}N[^N]{0,4}N[PCUR]?-[KM]$"
)
#: Who signs the headline behind its dash.
_SIGNED = re.compile(r"-[.nYurQ]{0,3}p[.?]?")


def _is_label(sentence: Sentence, lead: re.Match[str]) -> bool:
    """Whether a colon closes the lead, a place at most before it, and no city of a dateline."""
    colon = sentence.units[lead.end() - 1].word == ":"
    return colon and _is_venue(sentence, lead.end("name")) and not _is_filed(sentence, lead.end())


def _is_filed(sentence: Sentence, at: int) -> bool:
    """ "Kyiv: Ukraine and Russia swapped 70 prisoners.": a city before the full sentence that opens the text, no headline."""
    city = sentence.units[0].word in sentence.words.filed_from and sentence.units[1].word == ":"
    opens = sentence.paragraph == 0 and sentence.first_in_paragraph and sentence.text.rstrip().endswith(".")
    return city and opens and sentence.voice[at : at + 1] != '"'


def _is_venue(sentence: Sentence, at: int) -> bool:
    """Whether the colon, or "in" and a place, stands at the unit."""
    unit = sentence.units[at]
    return unit.word in {":", ","} or unit.word in sentence.words.toward or "venue" in unit.classes


def source_of_this(sentence: Sentence) -> list[Voice]:
    """ "Такой ответ омбудсмена прозвучал в интервью": without a verb of saying the sentence still tells who said it."""
    at = next(at for at, unit in enumerate(sentence.units) if "backfill" in unit.classes)
    mention = best(sentence, at + 1, len(sentence.units), prefer_last=False)
    return [Voice(mention, at, "said-x")] if mention and mention.type in PERSONAL | {"noun"} else []


def named_source(sentence: Sentence) -> Voice | None:
    """ "Source: Andrii Yusov, in a comment to Suspilne": who is quoted below such a line, where it names one only."""
    units = sentence.units
    if len(units) < _SOURCE or units[0].word not in sentence.words.source or units[1].word != ":":
        return None
    named = [one for one in mentions(sentence, 2, len(units)) if one.type in PERSONAL]
    several = any("semicolon" in unit.classes for unit in units)
    return None if several or not named else Voice(named[0], 1, "source")


def label_end(sentence: Sentence) -> int:
    """Units of the label that leads a quotation ("Quote:", "Quote from Yusov:"), none where there is none."""
    label = _LABEL.match(sentence.voice)
    return label.end() - 1 if label and sentence.units[label.end() - 2].word == ":" else 0


#: Few words without a verb of saying, a colon, a quotation.
_LABEL = re.compile(r'[^",;sdAaj-]{1,6},"')


def labelled(sentence: Sentence) -> Voice | None:
    """ "Quote from Yusov: «…»": whom the label of a quotation names."""
    named = [one for one in mentions(sentence, 0, label_end(sentence)) if one.type in PERSONAL]
    return Voice(named[-1], label_end(sentence) - 1, "headline") if named else None


#: Units of the shortest line that names a source.
_SOURCE = 3
