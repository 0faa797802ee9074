"""Quotation marks around names (titles, media, bodies) and scare quotes: they quote nobody."""

from processors.stages.extraction.words.function_words import FunctionWords
from processors.stages.extraction.words.units import Unit


def without_quoted_names(text: str, voice: str, units: list[Unit], words: FunctionWords) -> str:
    """The voice view without the quotes of names («Азовсталь», радио «Створка»), which quote nobody.

    A mark that opens closes nothing: «Дивними є «списки»» begins with no name.
    """
    view = list(voice)
    open_at = -1
    for at, unit in enumerate(units):
        if unit.word != '"':
            continue
        inside = units[open_at + 1 : at]
        if (
            open_at >= 0
            and text[unit.start] not in _OPENING
            and ((0 < len(inside) <= 4 and inside[0].capital) or _scared(units, open_at, at))
            and not any(u.classes & _SPEECH for u in inside[:1] + _but_a_number(inside[1:]))
            and not (open_at and units[open_at - 1].word == ":" and len(inside) > 1)
        ):
            view[open_at] = view[at] = "."
            if _is_venue(units, open_at, words):
                _make_medium(inside)
                view[open_at + 1 : at] = "m" * len(inside)
            open_at = -1
        else:
            open_at = at
    return "".join(view)


_OPENING = frozenset("«„")


def _but_a_number(inside: list[Unit]) -> list[Unit]:
    """The words of a name but its number («Ера-1», «Канал 5»)."""
    numbered = len(inside) == 1 and inside[0].quantity is not None
    return [] if numbered else inside


def mute_names_of_bodies(units: list[Unit]) -> None:
    """ "Из организации «Дорога домой»": behind a noun for a body its name, whatever its words mean elsewhere."""
    for at, unit in enumerate(units[:-2]):
        if "body" not in unit.classes or units[at + 1].word != '"' or not units[at + 2].capital:
            continue
        close = next((i for i in range(at + 3, min(at + 7, len(units))) if units[i].word == '"'), at + 2)
        for inside in units[at + 2 : close]:
            if not (inside.speakers or inside.medium):
                inside.classes = frozenset()


def _is_venue(units: list[Unit], quote: int, words: FunctionWords) -> bool:
    """ "Сказал «Новой Европе»", "в ефірі каналу «Ера-1»": a name in an oblique case behind a verb of saying or a media noun."""
    endings = tuple(words.oblique_endings or "?")
    before, first = units[quote - 1] if quote else units[quote], units[quote + 1].word.partition(" ")[0]
    told = "say" in before.classes and first.endswith(endings)
    aired = quote > 1 and "venue" in units[quote - 2].classes
    media = "media" in before.classes and (before.word.endswith(endings) or aired)
    return told or media or "venue" in before.classes


def _make_medium(units: list[Unit]) -> None:
    """Read the units between two quotation marks as the name of a medium, unless the registry knows them."""
    if any(unit.speakers or unit.medium for unit in units):
        return
    for unit in units:
        unit.classes = _MEDIUM


_MEDIUM = frozenset(("medium",))


def _scared(units: list[Unit], open_at: int, close: int) -> bool:
    """A word in scare quotes inside a sentence (the head of the Donetsk "republic"), which no mark cuts off."""
    single = close == open_at + 2 and open_at > 0 and close + 1 < len(units)
    around = (units[open_at - 1], units[close + 1]) if single else ()
    return single and not any(unit.classes & {"dash", "say"} or unit.word == ":" for unit in around)


_SPEECH = frozenset(("say", "mark", "dash", "return_verb", "quantity", "ratio", "refuse"))
