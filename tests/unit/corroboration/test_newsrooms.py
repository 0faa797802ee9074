"""Short articles of several outlets, from their words to exchanges and verdicts: `tests/data/newsrooms.toml`."""

import random
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from processors.model import ArticleClaims, ArticleId, Exchange, Language, VerdictType
from processors.stages.claims import extract
from tests.fakes.claimdesk import article, exchanges, shapes

CASES = tomllib.loads((Path(__file__).parents[2] / "data" / "newsrooms.toml").read_text(encoding="utf-8"))[
    "case"
]
ORDERS = 6


def _articles(case) -> list[ArticleClaims]:
    """The articles with their claims, named by letters in the order of the case."""
    found = []
    for name, one in zip("abcdefgh", case["articles"], strict=False):
        language, published = Language(one["lang"]), one["at"]
        made = extract(
            one["text"],
            language=language,
            published_at=published,
            article_id=ArticleId(name),
            outlet=one["outlet"],
        )
        bare = article(name, outlet=one["outlet"], published=published, language=language)
        found.append(replace(bare, claims=made))
    return found


def _told_in(exchange: Exchange) -> str:
    """The letters of the articles that have claims of the exchange."""
    return "".join(sorted({row.article_id for row in exchange.claimants} | {*exchange.repeated_in}))


def _slots(found: Sequence[Exchange], kind: VerdictType) -> set[str]:
    return {verdict.slot for exchange in found for verdict in exchange.verdicts if verdict.verdict is kind}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_articles_make_the_exchanges_of_their_case_in_every_order(case):
    items = _articles(case)
    found = exchanges(items)
    assert sorted(map(_told_in, found)) == sorted(case["exchanges"])
    assert _slots(found, VerdictType.CONTRADICTS) == {*case.get("contradicted", [])}
    assert _slots(found, VerdictType.COMPATIBLE) >= {*case.get("compatible", [])}
    assert sum(exchange.parent_id is not None for exchange in found) == case.get("parts", 0)
    for seed in range(ORDERS):
        shuffled = random.Random(seed).sample(items, len(items))
        assert shapes(exchanges(shuffled)) == shapes(found)
