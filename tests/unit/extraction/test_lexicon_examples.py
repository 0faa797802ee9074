"""The lexicons and the registry: every entry loads, and every example holds."""

import ast
import tomllib
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

import pytest

from processors.model import Language
from processors.stages import extraction
from processors.stages.extraction.document import read_sentences
from processors.stages.extraction.words.function_words import FunctionWords
from processors.stages.extraction.words.lexicon import matcher, registry, speakers
from processors.stages.extraction.words.views import LETTERS

LANGUAGES = [Language.EN, Language.UK, Language.RU, Language.PL]


def _tables(language: Language) -> dict:
    file = resources.files("processors.lexicon").joinpath(f"{language.value}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _examples():
    for language in LANGUAGES:
        for cls, table in _tables(language)["class"].items():
            for item in table["words"]:
                if isinstance(item, dict) and "ex" in item:
                    yield pytest.param(
                        language, cls, item["w"], item["ex"], id=f"{language.value}-{item['w']}"
                    )


def _names():
    for row in registry()["speaker"]:
        for example in row.get("ex", ()):
            yield pytest.param(row["id"], example, id=f"{row['id']}-{example[:12]}")


def _units(text: str, language: Language):
    subject = {
        Language.EN: "Ukraine swapped prisoners. ",
        Language.UK: "Україна обміняла полонених. ",
        Language.RU: "Украина обменяла пленных. ",
        Language.PL: "Ukraina wymieniła jeńców. ",
    }[language]
    sentences = read_sentences(subject + text, language, date(2025, 1, 1))
    return [unit for sentence in sentences[1:] for unit in sentence.units]


@pytest.mark.parametrize(("language", "cls", "word", "example"), list(_examples()))
def test_the_word_of_an_entry_has_its_class_in_its_example(language, cls, word, example):
    classes = {name for unit in _units(example, language) for name in unit.classes}
    assert cls in classes, f"{word!r} is not read as {cls} in {example!r}"


@pytest.mark.parametrize(("speaker_id", "example"), list(_names()))
def test_a_speaker_is_found_in_every_example_of_theirs(speaker_id, example):
    language = (
        Language.EN
        if example.isascii()
        else Language.UK
        if set("іїєґ") & set(example.lower())
        else Language.RU
    )
    found = {speaker.id for unit in _units(example, language) for _, speaker in unit.speakers}
    assert speaker_id in found


@cache
def _words_of_the_code() -> set[str]:
    """Every string that the extractor's modules spell out; a class that none of them names is read by nobody."""
    modules = Path(extraction.__file__).parent.rglob("*.py")
    return {
        node.value
        for module in modules
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_class_of_a_lexicon_is_one_that_the_code_knows(language):
    # A misspelt class would be silently useless.
    # "Charged with treason" is only there so that its words are not read as an accusation.
    known = set(LETTERS) | _words_of_the_code() | {"charged"}
    assert set(_tables(language)["class"]) <= known


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_function_word_list_is_one_that_the_grammar_asks_for(language):
    assert set(_tables(language)["words"]) <= set(FunctionWords.__dataclass_fields__)


def test_speaker_ids_are_unique_and_sides_are_known():
    rows = registry()["speaker"]
    assert len({row["id"] for row in rows}) == len(rows) == len(speakers())


def test_an_office_means_who_held_it_on_the_day():
    text = "Ukraine swapped prisoners. The Ukrainian ombudsman confirmed the exchange."
    found = {
        day: {
            s.id
            for sentence in read_sentences(text, Language.EN, day)
            for u in sentence.units
            for _, s in u.speakers
        }
        for day in (date(2024, 1, 1), date(2018, 1, 1))
    }
    assert "lubinets" in found[date(2024, 1, 1)]
    assert "lubinets" not in found[date(2018, 1, 1)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lexicon_is_loaded_into_one_matcher(language):
    assert matcher(language) is matcher(language)
