"""Our scores are those of the corpus's own scorer."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from obmin.names import same_name
from obmin.scoring import align, b_cubed, score
from tests.fakes.damaged import damaged

GOLD = Path(__file__).parents[2] / "data" / "gold"

CLAIM = {
    "kind": "exchange",
    "speaker": "Dmytro Lubinets",
    "returned": {"UA": {"min": 230, "max": 230}},
    "date": "2024-01-03",
    "event": "e1",
    "evidence": "x",
}


def test_damaged_predictions_score_as_with_the_reference_scorer():
    documents = [json.loads(line) for line in (GOLD / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    expected = json.loads((GOLD / "reference_scores.json").read_text(encoding="utf-8"))
    report = asdict(score({document["id"]: document["claims"] for document in documents}, damaged(documents)))
    assert {key: report[key] for key in expected if key != "events"} == {
        k: v for k, v in expected.items() if k != "events"
    }
    assert {key: report["events"][key] for key in ("p", "r", "f1")} == expected["events"]


def test_the_gold_file_against_itself_is_perfect():
    documents = [json.loads(line) for line in (GOLD / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    golds = {document["id"]: document["claims"] for document in documents}
    report = score(golds, golds)
    assert {report.relevance.f1, report.kind.f1, report.strict.f1, report.slots.f1, report.events.f1} == {1.0}
    assert report.mistakes == ()


def test_a_wrong_count_loses_strict_but_not_kind():
    report = score({"d": [CLAIM]}, {"d": [{**CLAIM, "returned": {"UA": 248}}]})
    assert (report.kind.f1, report.strict.f1) == (1.0, 0.0)
    assert "returned" in report.mistakes[0]


def test_a_wrong_kind_is_missed_and_spurious():
    report = score({"d": [CLAIM]}, {"d": [{**CLAIM, "kind": "offer"}]})
    assert report.kind.f1 == 0.0
    assert [line.split()[1] for line in report.mistakes] == ["missed", "spurious"]


def test_nothing_predicted_is_no_relevance():
    assert score({"d": [CLAIM]}, {}).relevance.r == 0.0


def test_claims_are_aligned_for_the_best_total():
    other = {**CLAIM, "speaker": "Russian MoD", "returned": {"RU": 248}}
    assert sorted(align([CLAIM, other], [other, CLAIM])) == [(0, 1), (1, 0)]


def test_one_cluster_for_two_events_costs_precision():
    found = b_cubed([("a", "x"), ("a", "x"), ("b", "x")])
    assert (found.p, found.r) == (round(5 / 9, 4), 1.0)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Лубинець", "Dmytro Lubinets", True),
        ("Zelenskyy", "Володимир Зеленський", True),
        ("ОАЭ", "United Arab Emirates", True),
        ("Минобороны", "Russian MoD", True),
        ("Ukrainian Ministry of Defense", "Russian MoD", False),
        ("Russian sources", "Ukrainian sources", False),
        (None, None, True),
        ("Lubinets", None, False),
    ],
)
def test_names_are_compared_across_scripts(one, other, expected):
    assert same_name(one, other) is expected
