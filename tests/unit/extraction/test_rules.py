"""Rules of kinds run only where a clause has a word of their classes (`fires_on`): without that look they find nothing more."""

from datetime import UTC, datetime, time

import pytest

from processors.model import ArticleId, Language
from processors.stages.claims import extract
from processors.stages.extraction.kinds import propositions
from tests.unit.extraction.test_phrases import FILES, THURSDAY, cases_of


def _unguarded(rule, missed):
    """The rule without its look at the classes, which notes what the look would have missed."""
    if not hasattr(rule, "__wrapped__"):
        return rule

    def run(clause):
        found = rule.__wrapped__(clause)
        if found and not rule(clause):
            missed.append((rule.__name__, found[0].rule, clause.sentence.text))
        return found

    return run


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_rule_fires_on_no_clause_without_a_word_of_its_classes(file, monkeypatch):
    missed = []
    monkeypatch.setattr(propositions, "_RULES", [_unguarded(rule, missed) for rule in propositions._RULES])
    for case in cases_of(file):
        at = datetime.combine(case.get("at", THURSDAY), time(12), UTC)
        extract(case["text"], language=Language(case["lang"]), published_at=at, article_id=ArticleId("a"))
    assert not missed, "add the class of the word that these rest on to the rule's `fires_on`"


def test_most_rules_look_first():
    assert sum(hasattr(rule, "__wrapped__") for rule in propositions._RULES) > len(propositions._RULES) / 2
