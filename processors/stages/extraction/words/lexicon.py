"""The lexicon of a language and the registry of speakers as one matcher: which classes does a run of words have?

An entry is a phrase of words; `stem*` stands for any word with that beginning and `<ua>` / `<ru>` for an adjective or
possessive of that side. The longest phrase wins, and of phrases of one length the one with the most letters written out.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from sys import intern
from typing import Any

from processors.model import Language, Side
from processors.stages.extraction.text.normalise import normalise
from processors.stages.extraction.words.vocabulary import phrases, section

_SIDE_CLASSES = {"<ua>": "ua_adj", "<ru>": "ru_adj"}
#: Traits of a word beside its class, which no longer stem takes away.
_ALONGSIDE = frozenset(
    (
        "arrive",
        "anew",
        "awaits",
        "home_exchange",
        "contrary",
        "demand",
        "venue_for_talks",
        "prelude",
        "prosecution",
        "take_verb",
        "spokesperson",
        "office",
        "anaphor",
        "rank",
        "place",
        "terms",
        "others",
        "statement",
        "message",
        "formula",
        "plan",
        "talk",
        "happened",
        "rate",
        "wreck",
        "release",
        "publish",
        "naming",
        "endorse",
        "tally",
        "mismatch",
        "offered_to",
        "meeting",
        "body",
        "comment",
        "idea",
        "thinkers",
        "lasting",
        "travel",
        "outbound",
        "our_view",
        "swayed",
        "intent",
        "serves",
        "unheld",
        "unwilling",
        "process",
        "verb_or_noun",
        "urge",
        "freed",
        "cared_for",
        "comprise",
        "dweller",
        "venue",
        "reply",
        "unanswered",
        "sequel",
        "civilian",
        "anybody",
        "spot",
        "mail",
        "possible",
        "swindler",
        "pause",
        "reporter",
        "warfare",
        "incident",
        "hope",
        "stands_open",
        "tabled",
        "offered_as",
        "promising",
        "under_way",
        "thanks",
        "regrets",
        "hails",
    )
)
_NOUNS = frozenset(("exchange_noun", "list", "captive", "bodies"))
#: Verbs that stay what they are in a phrase of the future ("will be freed").
_VERBS = frozenset(("exchange_verb", "return_verb", "give_verb"))
#: Classes whose phrases name no exchange, whatever noun is in them ("outside the exchange", "combat operations").
_APART = frozenset(("topic_off", "others", "warfare", "noise"))
#: Classes whose phrases are on the subject by a verb of exchanging within ("stopped exchanging", "предложение обменять").
_ABOUT_TRADING = frozenset(("suspend", "refuse", "offer"))
_CACHE_LIMIT = 30_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody who makes claims. `id` begins with `unk:` when the registry does not know them."""

    id: str
    name: str
    side: Side | None
    #: `person`, `org`, `state` (speaks only with a verb of saying), or `noun` for a description ("a Russian official").
    type: str
    gender: str = ""
    analyst: bool = False
    since: date | None = None
    until: date | None = None
    #: Holds no office: what they say a side is after is their judgement.
    private: bool = False

    @property
    def known(self) -> bool:
        """Whether the registry knows them."""
        return not self.id.startswith("unk:")

    @property
    def official(self) -> bool:
        """Whether the registry knows them by an office."""
        return self.known and not self.private

    def holds_office_on(self, day: date) -> bool:
        """Whether the role names of this speaker mean them on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase means: a class, and for a name what it names."""

    cls: str
    speaker: Speaker | None = None
    #: Display name of a mediator or medium.
    name: str = ""
    letters: int = 0

    @property
    def is_name(self) -> bool:
        """Whether it comes from the registry."""
        return self.speaker is not None or bool(self.name)

    @property
    def sort(self) -> str:
        """A word, a speaker, or a name that only helps or relays."""
        return "speaker" if self.speaker is not None else "name" if self.name else "word"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a run of words means."""

    entries: Sequence[Entry] = ()
    #: Its classes where they hang on the words alone, and not on capitals, possessives or dates: as of nearly every word.
    classes: frozenset[str] | None = frozenset()


_NOTHING = Meaning()
#: Classes that hang on how a word is written, beside those of names.
_AS_WRITTEN = frozenset(("ua_state", "ru_state", "mediator", "medium"))


@dataclass(slots=True)
class _Node:
    words: dict[str, "_Node"] = field(default_factory=dict)
    stems: dict[str, "_Node"] = field(default_factory=dict)
    classes: dict[str, "_Node"] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    #: How long the stems are, the longest first.
    sizes: tuple[int, ...] = ()

    def child(self, pattern: str) -> "_Node":
        if pattern in _SIDE_CLASSES:
            return self.classes.setdefault(_SIDE_CLASSES[pattern], _Node())
        if pattern.endswith("*") and len(pattern) > 1:
            stem = pattern[:-1]
            self.sizes = tuple(sorted({*self.sizes, len(stem)}, reverse=True))
            return self.stems.setdefault(stem, _Node())
        return self.words.setdefault(pattern, _Node())

    @property
    def leads_on(self) -> bool:
        """Whether any phrase goes on from here."""
        return bool(self.words or self.stems or self.classes)

    def after(self, word: str) -> "list[_Node]":
        """The nodes reached by `word`, longest stem first."""
        found = [self.words[word]] if word in self.words else []
        if self.sizes:
            found += [self.stems[word[:n]] for n in self.sizes if n <= len(word) and word[:n] in self.stems]
        return found


class Matcher:
    """All phrases of one language and all names of the registry."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._root = _Node()
        self._start, self._kept = _State([self._root]), 0
        #: The phrases of each class, word by word; of `party` the names of those who speak for a side too.
        self.phrases: dict[str, list[Sequence[str]]] = {}
        for cls in section(language, "class"):
            for phrase in phrases(language, cls):
                self._add(split_phrase(phrase), cls)
        self._add_nouns_of_phrases()
        for phrase, cls, speaker, name in _registry_phrases():
            self._add(split_phrase(phrase), cls, speaker, name)

    def _add(self, words: Sequence[str], cls: str, speaker: Speaker | None = None, name: str = "") -> None:
        node = self._root
        for word in words:
            node = node.child(word)
        letters = sum(len(word.rstrip("*")) for word in words if not word.startswith("<"))
        node.entries.append(Entry(cls, speaker, name, letters))
        of_side = speaker is not None and speaker.side in {Side.UA, Side.RU}
        self.phrases.setdefault("party" if of_side else cls, []).append(tuple(map(intern, words)))

    def _add_nouns_of_phrases(self) -> None:
        """A phrase around a noun of the subject ("the next exchange") is of the noun's class too."""
        nouns = cache(lambda word: self._class(word, _NOUNS))
        with_verbs = cache(lambda word: self._class(word, _NOUNS | _VERBS))
        traded = cache(lambda word: self._class(word, _NOUNS | {"exchange_verb"}))
        for cls, listed in [(cls, tuple(listed)) for cls, listed in self.phrases.items()]:
            if cls in _APART:
                continue
            class_of = with_verbs if cls == "plan" else traded if cls in _ABOUT_TRADING else nouns
            for words in listed:
                found = {class_of(word) for word in words} if len(words) > 1 else set[str]()
                for other in found - {"", cls}:
                    self._add(words, other)

    def _class(self, pattern: str, wanted: frozenset[str]) -> str:
        """Which of the classes the word has by itself, empty for none."""
        nodes = self._root.after(pattern.rstrip("*"))
        return next((entry.cls for node in nodes for entry in node.entries if entry.cls in wanted), "")

    def match(self, words: Sequence[str], possessive: Sequence[bool], start: int) -> tuple[int, Meaning]:
        """How many of the words from `start` the longest phrase takes (0 for none), and what it means."""
        best, meaning, state = 0, _NOTHING, self._start
        for at in range(start, len(words)):
            known = state.reached[possessive[at]]
            state = known.get(words[at]) or self._reach(known, state, words[at], possessive[at])
            if state.meaning is not None:
                best, meaning = at + 1 - start, state.meaning
            if not state.nodes:
                break
        return best, meaning

    def _reach(self, known: "dict[str, _State]", state: "_State", word: str, possessive: bool) -> "_State":
        """The state to which the word leads from another one, kept for the next time."""
        if self._kept > _CACHE_LIMIT:
            self._start, self._kept = _State([self._root]), 0
        nodes = [reached for node in state.nodes for reached in node.after(word)]
        if sided := [node.classes for node in state.nodes if node.classes]:
            side = self._side(word, possessive)
            nodes += [classes[side] for classes in sided if side in classes]
        entries = [entry for node in nodes for entry in node.entries]
        onward = [node for node in nodes if node.leads_on]
        found = _State(onward, _meaning(entries) if entries else None) if nodes else _NOWHERE
        known[word] = found
        self._kept += 1
        return found

    def _side(self, word: str, possessive: bool) -> str:
        """Of which side the word is an adjective, a state's name with a possessive ending too."""
        classes = [entry.cls for node in self._root.after(word) for entry in node.entries]
        adjective = next((cls for cls in classes if cls in {"ua_adj", "ru_adj"}), "")
        if adjective or not possessive:
            return adjective
        state = next((cls for cls in classes if cls in {"ua_state", "ru_state"}), "")
        return state[:2] + "_adj" if state else ""


@dataclass(slots=True)
class _State:
    """Where words lead: the nodes from which phrases go on, and what the words mean so far.

    An automaton that is made as it is used: a step that was taken once is one look-up, a fifth of the time of making it.
    """

    nodes: list[_Node]
    meaning: Meaning | None = None
    #: Where the next word led from here, without and with a possessive ending.
    reached: "tuple[dict[str, _State], dict[str, _State]]" = field(default_factory=lambda: ({}, {}))


_NOWHERE = _State([])


def _meaning(found: list[Entry]) -> Meaning:
    entries = _most_written(found)
    plain = not any(entry.is_name or entry.cls in _AS_WRITTEN for entry in entries)
    return Meaning(entries, frozenset([entry.cls for entry in entries]) if plain else None)


def _most_written(entries: list[Entry]) -> list[Entry]:
    """Of the words, the speakers, and the mediators and media those with the most letters: none hides behind another."""
    if len(entries) < 2:
        return entries
    most: dict[str, int] = {}
    for entry in entries:
        if entry.cls not in _ALONGSIDE:
            most[entry.sort] = max(entry.letters, most.get(entry.sort, 0))
    return [entry for entry in entries if entry.cls in _ALONGSIDE or entry.letters == most[entry.sort]]


def split_phrase(phrase: str) -> list[str]:
    """A phrase of the lexicon as the tokenizer would cut it: hyphens part words, a possessive 's falls away."""
    words = normalise(phrase).replace("-", " ").replace("/", " ").split()
    return [
        word.removesuffix("'s").removesuffix("'") if len(word) > 2 else word for word in words if word != "'s"
    ]


@cache
def matcher(language: Language) -> Matcher:
    """The matcher of a language, built once."""
    return Matcher(language)


@cache
def registry() -> dict[str, Any]:
    """entities.toml as it is written: speakers, mediators, media."""
    file = resources.files("processors.lexicon").joinpath("entities.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def speakers() -> dict[str, Speaker]:
    """The registry's speakers by id."""
    return {row["id"]: _speaker(row) for row in registry()["speaker"]}


@cache
def states() -> dict[str, Speaker]:
    """The states and governments of the registry by every spelling that is no stem."""
    rows = (row for row in registry()["speaker"] if row["type"] == "state")
    return {form: speakers()[row["id"]] for row in rows for form in row["forms"]}


@cache
def side_of_medium(name: str) -> Side | None:
    """The side of a medium of the registry, `third` where it gives none; None for a medium that it does not know."""
    found = next((row for row in registry()["media"] if row["name"] == name), None)
    return Side(found.get("side", "third")) if found else None


@cache
def forms_of_medium(name: str) -> tuple[str, ...]:
    """The spellings of a medium of the registry, in every script."""
    return tuple(form for row in registry()["media"] if row["name"] == name for form in row["forms"])


def _speaker(row: dict[str, Any]) -> Speaker:
    return Speaker(
        id=row["id"],
        name=row["name"],
        side=Side(row["side"]),
        type=row["type"],
        gender=row.get("gender", ""),
        analyst=row.get("class") == "analyst",
        since=row.get("since"),
        until=row.get("until"),
        private=row.get("class") == "private",
    )


def _registry_phrases() -> Iterable[tuple[str, str, Speaker | None, str]]:
    for row in registry()["speaker"]:
        speaker = speakers()[row["id"]]
        for form in row["forms"]:
            yield form, speaker.type, speaker, ""
        for form in row.get("roles", ()):
            yield form, "office", speaker, ""
        for form in row.get("short", ()):
            yield form, "short", speaker, ""
    for row in registry()["mediator"]:
        yield from ((form, "mediator", None, row["name"]) for form in row["forms"])
    for row in registry()["media"]:
        yield from ((form, "medium", None, row["name"]) for form in row["forms"])
