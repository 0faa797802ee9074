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
from typing import Any

from processors.model import Language, Side
from processors.stages.extraction.text.normalise import normalise
from processors.stages.extraction.words.vocabulary import phrases, section

_SIDE_CLASSES = {"<ua>": "ua_adj", "<ru>": "ru_adj"}
#: Traits of a word beside its class, which no longer stem takes away.
_ALONGSIDE = frozenset(
    (
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
        "swindler",
        "pause",
        "reporter",
        "warfare",
        "incident",
        "hope",
    )
)
_NOUNS = frozenset(("exchange_noun", "list", "captive", "bodies"))
#: Verbs that stay what they are in a phrase of the future ("will be freed").
_VERBS = frozenset(("exchange_verb", "return_verb", "give_verb"))
_LONGEST_WORD = 40
_CACHE_LIMIT = 50_000


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

    @property
    def known(self) -> bool:
        """Whether the registry knows them."""
        return not self.id.startswith("unk:")

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


@dataclass(slots=True)
class _Node:
    words: dict[str, "_Node"] = field(default_factory=dict)
    stems: dict[str, "_Node"] = field(default_factory=dict)
    classes: dict[str, "_Node"] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    shortest: int = _LONGEST_WORD

    def child(self, pattern: str) -> "_Node":
        if pattern in _SIDE_CLASSES:
            return self.classes.setdefault(_SIDE_CLASSES[pattern], _Node())
        if pattern.endswith("*") and len(pattern) > 1:
            self.shortest = min(self.shortest, len(pattern) - 1)
            return self.stems.setdefault(pattern[:-1], _Node())
        return self.words.setdefault(pattern, _Node())

    @property
    def leads_on(self) -> bool:
        """Whether any phrase goes on from here."""
        return bool(self.words or self.stems or self.classes)

    def after(self, word: str) -> "list[_Node]":
        """The nodes reached by `word`, longest stem first."""
        found = [self.words[word]] if word in self.words else []
        if self.stems:
            sizes = range(min(len(word), _LONGEST_WORD), self.shortest - 1, -1)
            found.extend(self.stems[word[:size]] for size in sizes if word[:size] in self.stems)
        return found


class Matcher:
    """All phrases of one language and all names of the registry."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._root = _Node()
        self._starts: dict[str, _First] = {}
        for cls in section(language, "class"):
            for phrase in phrases(language, cls):
                self._add(phrase, cls)
        self._add_nouns_of_phrases()
        for phrase, cls, speaker, name in _registry_phrases():
            self._add(phrase, cls, speaker, name)

    def _add(self, phrase: str, cls: str, speaker: Speaker | None = None, name: str = "") -> None:
        node = self._root
        words = split_phrase(phrase)
        for word in words:
            node = node.child(word)
        letters = sum(len(word.rstrip("*")) for word in words if not word.startswith("<"))
        node.entries.append(Entry(cls, speaker, name, letters))

    def _add_nouns_of_phrases(self) -> None:
        """A phrase around a noun of the subject ("the next exchange") is of the noun's class too."""
        for cls in section(self.language, "class"):
            if cls in {"topic_off", "others"}:  # "outside the exchange" names none
                continue
            wanted = _NOUNS | _VERBS if cls == "plan" else _NOUNS
            for phrase in phrases(self.language, cls):
                words = split_phrase(phrase)
                found = {self._class(word, wanted) for word in words} if len(words) > 1 else set[str]()
                for other in found - {"", cls}:
                    self._add(phrase, other)

    def _class(self, pattern: str, wanted: frozenset[str]) -> str:
        """Which of the classes the word has by itself, empty for none."""
        nodes = self._root.after(pattern.rstrip("*"))
        return next((entry.cls for node in nodes for entry in node.entries if entry.cls in wanted), "")

    def match(self, words: Sequence[str], possessive: Sequence[bool], start: int) -> tuple[int, list[Entry]]:
        """How many of the words from `start` the longest phrase takes (0 for none), and what it means."""
        first = self._first(words[start])
        adjective = first.possessive if possessive[start] else first.adjective
        begins = adjective in self._root.classes
        if first.alone and not begins:  # as nearly every word
            return (1 if first.entries else 0), first.entries
        frontier = first.nodes
        if begins:
            frontier = [*frontier, self._root.classes[adjective]]
        best, entries, at = 0, list[Entry](), start + 1
        while frontier:
            here = [entry for node in frontier if node.entries for entry in node.entries]
            if here:
                best, entries = at - start, here
            if at >= len(words):
                break
            frontier = self._step(frontier, words[at], possessive[at])
            at += 1
        return best, _most_written(entries)

    def _first(self, word: str) -> "_First":
        found = self._starts.get(word)
        if found is None:
            if len(self._starts) > _CACHE_LIMIT:
                self._starts.clear()
            found = self._starts[word] = self._look_up(word)
        return found

    def _look_up(self, word: str) -> "_First":
        nodes = self._root.after(word)
        entries = [entry for node in nodes for entry in node.entries]
        classes = [entry.cls for entry in entries]
        adjective = next((cls for cls in classes if cls in {"ua_adj", "ru_adj"}), "")
        state = next((cls for cls in classes if cls in {"ua_state", "ru_state"}), "")
        return _First(
            nodes=nodes,
            adjective=adjective,
            possessive=adjective or (state[:2] + "_adj" if state else ""),
            entries=_most_written(entries),
            alone=not any(node.leads_on for node in nodes),
        )

    def _step(self, frontier: list[_Node], word: str, possessive: bool) -> list[_Node]:
        reached = [child for node in frontier for child in node.after(word)]
        sided = [node.classes for node in frontier if node.classes]
        if sided:
            first = self._first(word)
            adjective = first.possessive if possessive else first.adjective
            reached.extend(classes[adjective] for classes in sided if adjective in classes)
        return reached


@dataclass(frozen=True, slots=True, kw_only=True)
class _First:
    """What a word begins, and of which side it is an adjective, alone and with a possessive ending."""

    nodes: list[_Node]
    adjective: str
    possessive: str
    #: What it means by itself, and whether no phrase goes on from it.
    entries: list[Entry]
    alone: bool


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
