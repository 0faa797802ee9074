"""Predictions for a gold file, and the floor under its scores."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from obmin.evaluation import evaluate, extract_file, guard, predict, read_documents
from processors.errors import Stop
from processors.model import ArticleClaims, ArticleVersion
from tests.fakes.claimdesk import article, claim, day

DOCUMENT = {
    "id": "d1",
    "lang": "en",
    "outlet": "Wire",
    "title": "Prisoners",
    "published": "2024-01-03T19:42:00+02:00",
    "text": "Ukraine and Russia exchanged prisoners of war on Wednesday. 230 Ukrainians returned home, Dmytro Lubinets said.",
    "claims": [
        {
            "kind": "exchange",
            "speaker_side": "UA",
            "speaker": "Lubinets",
            "returned": {"UA": 230, "RU": None},
            "date": "2024-01-03",
            "event": "e",
        }
    ],
}
OTHER = {**DOCUMENT, "id": "d2", "lang": "uk"}


def write(path: Path, *documents: Mapping[str, Any]) -> Path:
    path.write_text("".join(json.dumps(document) + "\n" for document in documents), encoding="utf-8")
    return path


def lubinets(version: ArticleVersion) -> Iterable[ArticleClaims]:
    """An extractor that finds the same claim in every text."""
    found = claim("Lubinets", ua=230, on=day("2024-01-03"))
    yield article(version.article_id, found, outlet=version.outlet, published=version.published_at)


def nothing(version: ArticleVersion) -> Iterable[ArticleClaims]:
    yield article(version.article_id)


def test_claims_of_two_documents_about_one_exchange_have_one_event(tmp_path):
    predictions = predict(read_documents(write(tmp_path / "gold.jsonl", DOCUMENT, OTHER)), lubinets)
    events = [prediction["claims"][0]["event"] for prediction in predictions]
    assert [prediction["id"] for prediction in predictions] == ["d1", "d2"]
    assert events[0] == events[1]


def test_the_claims_of_the_gold_file_are_ignored(tmp_path):
    assert predict(read_documents(write(tmp_path / "gold.jsonl", DOCUMENT)), nothing) == [
        {"id": "d1", "claims": []}
    ]


def test_extract_writes_one_prediction_a_document(tmp_path):
    gold, out = write(tmp_path / "gold.jsonl", DOCUMENT, OTHER), tmp_path / "predicted.jsonl"
    assert extract_file(gold, out) == 2
    assert [json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines()] == ["d1", "d2"]


def test_scores_are_given_in_all_and_by_language(tmp_path):
    reports = evaluate(write(tmp_path / "gold.jsonl", DOCUMENT, OTHER), lubinets)
    assert list(reports) == ["all", "en", "uk"]
    assert reports["en"].strict.f1 == 1.0


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("{", "line 1"),
        ('{"id": "x"}', "lang is missing"),
        (json.dumps({**DOCUMENT, "published": "2024-01-03T19:42:00"}), "offset"),
        (json.dumps({**DOCUMENT, "published": "yesterday"}), "yesterday"),
        ("[]", "not a document"),
    ],
)
def test_a_line_that_is_no_document_is_named(tmp_path, line, word):
    path = tmp_path / "gold.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(Stop, match=word):
        read_documents(path)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(Stop, match=r"none\.jsonl"):
        read_documents(tmp_path / "none.jsonl")


def test_a_first_floor_is_written_and_then_held(tmp_path):
    gold, floor = write(tmp_path / "gold.jsonl", DOCUMENT), tmp_path / "floor.json"
    guard(gold, floor, raise_floor=True, extract=lubinets)
    assert guard(gold, floor, extract=lubinets)["all"].strict.f1 == 1.0
    with pytest.raises(Stop, match=r"all: kind 0\.0000, floor 1\.0000"):
        guard(gold, floor, extract=nothing)


def test_a_floor_is_raised_but_never_lowered(tmp_path):
    gold, floor = write(tmp_path / "gold.jsonl", DOCUMENT), tmp_path / "floor.json"
    guard(gold, floor, raise_floor=True, extract=nothing)
    guard(gold, floor, raise_floor=True, extract=lubinets)
    high = floor.read_text(encoding="utf-8")
    with pytest.raises(Stop):
        guard(gold, floor, raise_floor=True, extract=nothing)
    assert floor.read_text(encoding="utf-8") == high


def test_a_floor_guards_the_scores_that_it_names(tmp_path):
    gold, floor = write(tmp_path / "gold.jsonl", DOCUMENT), tmp_path / "floor.json"
    guard(gold, floor, raise_floor=True, extract=nothing)
    named = json.loads(floor.read_text(encoding="utf-8"))
    named["f1"] = {"all": {"kind": 0.0}}
    floor.write_text(json.dumps(named), encoding="utf-8")
    guard(gold, floor, raise_floor=True, extract=lubinets)
    assert json.loads(floor.read_text(encoding="utf-8"))["f1"] == {"all": {"kind": 1.0}}
    with pytest.raises(Stop, match="1 scores fell"):
        guard(gold, floor, extract=nothing)


def test_a_floor_belongs_to_its_corpus(tmp_path):
    gold, floor = write(tmp_path / "gold.jsonl", DOCUMENT), tmp_path / "floor.json"
    guard(gold, floor, raise_floor=True, extract=lubinets)
    write(gold, DOCUMENT, OTHER)
    with pytest.raises(Stop, match="another corpus"):
        guard(gold, floor, extract=lubinets)


def test_without_a_floor_the_gate_says_how_to_write_one(tmp_path):
    with pytest.raises(Stop, match="--raise"):
        guard(write(tmp_path / "gold.jsonl", DOCUMENT), tmp_path / "floor.json", extract=lubinets)


def test_the_publication_offset_reaches_the_extractor(tmp_path):
    [document] = read_documents(write(tmp_path / "gold.jsonl", DOCUMENT))
    assert document.article().utc_offset_minutes == 120
