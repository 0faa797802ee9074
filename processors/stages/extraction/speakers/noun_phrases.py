"""Where a description of somebody begins and ends: its modifiers, and what stands behind the noun."""

from processors.stages.extraction.words.units import Sentence, Unit


def is_dative(sentence: Sentence, unit: Unit) -> bool:
    """ "Родинам не кажуть": a plural whose ending shows that it is no subject."""
    endings = tuple(sentence.words.oblique_plural)
    return bool(endings) and unit.word.endswith(endings)


def begins(sentence: Sentence, at: int) -> int:
    """Where the modifiers of a noun begin."""
    start = at
    while start > 0 and at - start < 4 and _modifies(sentence, start - 1):
        start -= 1
    return start


def _modifies(sentence: Sentence, at: int) -> bool:
    letter, unit = sentence.voice[at], sentence.units[at]
    if letter == "n" and is_dative(sentence, unit):
        return False
    if letter == "p":
        return unit.possessive or any(speaker.type in {"org", "state"} for _, speaker in unit.speakers)
    if unit.word.partition(" ")[0] in sentence.words.determiners | sentence.words.prepositions:
        return False
    endings = tuple(sentence.words.modifier_endings)
    return letter in "urnQKMY" or (letter == "." and (not endings or unit.word.endswith(endings)))


def ends_at(sentence: Sentence, at: int, end: int) -> int:
    """Where the description behind a noun ends, a preposition left hanging apart."""
    stop = at + 1
    while (
        stop < min(end, at + 8)
        and not (_opens_medium(sentence, stop) or _hears(sentence, at, stop))
        and sentence.voice[stop] not in ',";-sdAjqcHDe'
        and (not ends_description(sentence, sentence.units[stop]) or _leads_on(sentence, stop))
        and sentence.units[stop].word not in sentence.words.about & sentence.words.topics
        and not _tells_when(sentence, stop)
        and not _tells_where(sentence, stop)
    ):
        stop += 1
    while stop > at + 1 and _hangs(sentence, stop - 1):
        stop -= 1
    return _with_closeness(sentence, stop)


def _hangs(sentence: Sentence, at: int) -> bool:
    """A preposition left hanging, or the adjective of an exchange that stands behind ("в МИД Германии новый обмен …")."""
    words, unit, behind = sentence.words, sentence.units[at], sentence.units[at + 1 : at + 2]
    of_exchange = any(other.word in words.objects for other in behind) and not unit.capital
    adjective = of_exchange and unit.word.endswith(tuple(words.modifier_endings or "?"))
    return adjective or unit.word in words.prepositions | words.definite


def _tells_when(sentence: Sentence, at: int) -> bool:
    """ "Глава государства во время общения с журналистами": when somebody speaks belongs to no description."""
    words, behind = sentence.words, sentence.units[at : at + 2]
    return behind[0].word in words.timed_by or (
        len(behind) > 1 and behind[0].word in words.prepositions and behind[1].word in words.timed_by
    )


def _tells_where(sentence: Sentence, at: int) -> bool:
    """ "Омбудсмен в своём Telegram-канале": where somebody writes belongs to no description."""
    if sentence.units[at].word not in sentence.words.toward:
        return False
    return any(unit.classes & {"own", "posted"} for unit in sentence.units[at + 1 : at + 3])


def _opens_medium(sentence: Sentence, at: int) -> bool:
    """ "Джерела в спецслужбах «РБК-Україна» пише": the medium in quotes tells, and belongs to no description."""
    units = sentence.units
    return units[at].word == '"' and at + 1 < len(units) and bool(units[at + 1].medium)


def _hears(sentence: Sentence, head: int, at: int) -> bool:
    """ "Рассказала омбудсмен «Вечерней газете»": a name in quotes right behind an office is who hears it, not whose it is."""
    told = sentence.units[at].word == '"' and at == head + 1
    return (
        told
        and "title" in sentence.units[head].classes
        and sentence.units[head].word not in sentence.words.sources
    )


def _with_closeness(sentence: Sentence, stop: int) -> int:
    """ "Сенатор, близкий к международному комитету, …": how near an unnamed source is belongs to the description."""
    units, view = sentence.units, sentence.voice
    if stop + 1 >= len(units) or view[stop] != "," or units[stop + 1].word not in sentence.words.close:
        return stop
    close = next((at for at in range(stop + 2, len(view)) if view[at] in ',;-"'), len(view))
    return close if close - stop <= _CLOSENESS else stop


#: Most units of such a remark.
_CLOSENESS = 9


def _leads_on(sentence: Sentence, at: int) -> bool:
    """ "Close to the talks", "aide to Ukraine's ombudsman": no infinitive follows."""
    behind = sentence.units[at + 1] if at + 1 < len(sentence.units) else None
    if behind is None or sentence.units[at].word not in sentence.words.toward:
        return False
    return behind.word in sentence.words.definite or behind.possessive or bool(behind.speakers)


def ends_description(sentence: Sentence, unit: Unit) -> bool:
    verb = bool(unit.classes & _VERBS) or unit.word in sentence.words.we | sentence.words.objects
    return verb or (unit.word.partition(" ")[0] in sentence.words.after_noun and not unit.capital)


_VERBS = frozenset((
    "say", "opine", "endorse", "deny", "accuse", "refuse", "suspend", "offer", "return_verb", "future", "likely", "publish",
    "venue",
))  # fmt: skip
