"""Who relays a speaker to the reader: media named beside a voice, and the source a whole document rests on."""

import re
from collections.abc import Sequence

from processors.model import Side
from processors.stages.extraction.speakers.voice import Voice
from processors.stages.extraction.text.normalise import normalise, same_word
from processors.stages.extraction.words.function_words import function_words
from processors.stages.extraction.words.lexicon import Matcher, forms_of_medium
from processors.stages.extraction.words.units import Sentence

_SOURCE_LINE = re.compile(r"\s*(?P<word>[^\W\d_]+)\s*:\s*(?P<name>[^\n]{2,160})")
_QUOTED = re.compile(r"[«“\"]([^»”\"\n]{2,60})[»”\"]")
_TAIL = re.compile(r"[–—-]\s*([^\s–—-][^–—\n-]{1,40})$")
#: The end of a name that the tokenizer leaves behind a hyphen.
_NUMBERED = re.compile(r"-[A-Z0-9]\w*")
_WORD = re.compile(r"[^\W_]+")
_LEADING_LINES = 5


def relays(sentence: Sentence, voice: Voice) -> tuple[str, ...]:
    """The media that stand in the voice's stretch, outermost first."""
    if not (sentence.has("medium", "media", "venue") or "m" in sentence.voice):
        return ()
    found: list[str] = []
    for at in range(voice.start, min(voice.end, len(sentence.units))):
        unit = sentence.units[at]
        if is_dateline(sentence, at):
            continue
        if unit.medium and not _published_by(sentence, at):
            found.append(unit.medium)
        elif (_tells(sentence, at) or unit.classes & {"media", "venue"}) and (
            name := named_medium(sentence, at)
        ):
            found.append(name)
    return tuple(dict.fromkeys(found))


def _published_by(sentence: Sentence, at: int) -> bool:
    """ "The list published by RT is fake": the medium is part of what is told."""
    published, by = sentence.units[at - 2 : at] if at > 1 else (sentence.units[at],) * 2
    return by.word in sentence.words.by and "publish" in published.classes


def is_dateline(sentence: Sentence, at: int) -> bool:
    """ "MOSCOW (Reuters) - …" names the outlet itself."""
    if not 0 < at < _DATELINE or sentence.units[at - 1].word != "(":
        return False
    marks = [unit.word for unit in sentence.units[at + 1 : at + 3]]
    return marks[:1] == [")"] and marks[1:] in (["-"], ["—"], ["–"])


#: Units among which a dateline stands.
_DATELINE = 9


def _tells(sentence: Sentence, at: int) -> bool:
    """ "Сказал «Новой Европе»": the name in quotes behind the verb is whom it is told to."""
    return "say" in sentence.units[at].classes and sentence.voice[at + 1 : at + 3] == ".m"


def named_medium(sentence: Sentence, at: int) -> str:
    """The name behind a media noun: in quotes, or capitalised."""
    units = sentence.units
    behind = at + 1
    if behind < len(units) and units[behind].word == '"':
        close = next(
            (i for i in range(behind + 1, min(behind + 8, len(units))) if units[i].word == '"'), None
        )
        known = close is None or any(unit.medium for unit in units[behind:close])
        return (
            "" if known or close is None else sentence.written(units[behind].end, units[close].start).strip()
        )
    if (
        behind < len(units)
        and "media" in units[at].classes
        and units[behind].classes & {"name", "capital"}
        and not units[behind].possessive
    ):
        end = units[behind].end
        more = _NUMBERED.match(sentence.written(end, sentence.span.end))
        return sentence.written(units[behind].start, end + (more.end() if more else 0)).strip()
    return ""


def is_outlet(name: str, outlet: str) -> bool:
    """Whether a medium is the outlet itself, in whatever case ("told «Вечірньому Сейму»" in «Вечірній Сейм»)."""
    own = normalise(outlet).replace("«", " ").replace("»", " ").replace('"', " ").split()
    words = normalise(name).replace("-", " ").split()
    same = bool(words) and all(any(same_word(word, other, ending=4) for other in own) for word in words)
    return same or any(_is_form(form, own) for form in forms_of_medium(name))


def _is_form(form: str, own: Sequence[str]) -> bool:
    """Whether the outlet's name has every word of a medium's spelling (Interfax in «Интерфакс»)."""
    return all(any(_fits(word, other) for other in own) for word in form.split())


def _fits(pattern: str, word: str) -> bool:
    stem = pattern.rstrip("*")
    return word.startswith(stem) if stem != pattern else word == stem


def document_source(text: str, matcher: Matcher) -> tuple[str, ...]:
    """The source that the head of a document names for all of it ("Source: ISW", a first line ending in "– ISW")."""
    words = function_words(matcher.language)
    lines = [line for line in text[:3000].split("\n") if line.strip()][:_LEADING_LINES]
    for index, line in enumerate(lines):
        named = _SOURCE_LINE.match(line)
        if named and normalise(named["word"]) in words.source:
            if _is_party(named["name"], matcher):
                return _media(named["name"], matcher)
            quoted = _QUOTED.search(named["name"])
            plain = re.split(r"[.,;(]", named["name"])[0].strip()
            return (_known(named["name"], matcher) or (quoted[1] if quoted else plain),)
        tail = _TAIL.search(line) if index == 0 else None
        name = _known(tail[1] if tail else line, matcher) if len(line) < 60 or tail else ""
        if name:
            return (name,)
    return _channel(lines[:1], matcher) or _channel(text[-200:].rstrip().split("\n")[-1:], matcher)


def _channel(lines: Sequence[str], matcher: Matcher) -> tuple[str, ...]:
    """The channel whose name with a call to subscribe, or whose handle, is all that the first or last line of a post has."""
    line = lines[0].strip() if lines else ""
    name, mark, call = line.partition("|")
    handle = _HANDLE.fullmatch(line)
    invited = (
        mark and len(name) < _NAME and normalise(call.strip()) in function_words(matcher.language).subscribe
    )
    if not (handle or invited) or _is_party(line, matcher):
        return ()
    return _media(line, matcher)[:1] or ((f"@{handle[1]}" if handle else _SIGNS.sub("", name)),)


#: "@handle", "t.me/handle", a sign before it perhaps; the longest name of a channel; signs around one.
_HANDLE = re.compile(r"[^\w@]{0,3}(?:https?://)?(?:@|t\.me/)([A-Za-z]\w{3,})[^\w]{0,2}")
_NAME, _SIGNS = 40, re.compile(r"^\W+|\W+$")


def _media(line: str, matcher: Matcher) -> tuple[str, ...]:
    """The media of the registry that a line names: through them its source speaks ("Yusov, as reported by Suspilne")."""
    words = _WORD.findall(normalise(line))
    found = (
        entry
        for at in range(len(words))
        for entry in matcher.match(words, [False] * len(words), at)[1].entries
    )
    return tuple(dict.fromkeys(entry.name for entry in found if entry.cls == "medium"))


def _is_party(line: str, matcher: Matcher) -> bool:
    """Whether the source is a speaker of one side ("Source: the Coordination Headquarters"), who relays nobody."""
    words = _WORD.findall(normalise(line))
    found = (
        entry
        for at in range(len(words))
        for entry in matcher.match(words, [False] * len(words), at)[1].entries
    )
    return any(entry.speaker is not None and entry.speaker.side is not Side.THIRD for entry in found)


def _known(line: str, matcher: Matcher) -> str:
    """The analysts or medium of the registry that a line consists of."""
    words = _WORD.findall(normalise(line))
    if not words:
        return ""
    size, meaning = matcher.match(words, [False] * len(words), 0)
    if size < len(words) - 1:
        return ""
    for entry in meaning.entries:
        if entry.cls == "medium":
            return entry.name
        if entry.speaker and entry.speaker.analyst:
            return entry.speaker.name
    return ""
