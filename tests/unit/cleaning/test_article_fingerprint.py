import json
from itertools import combinations
from pathlib import Path

import pytest

from processors.stages.cleaning.address import canonical_url
from processors.stages.cleaning.fingerprint import fingerprint

SEEDS = Path(__file__).parents[3] / "seeds" / "newsroom" / "articles.jsonl"
TEXTS = [json.loads(line)["text"] for line in SEEDS.read_text("utf-8").splitlines()]


def distance(first: str, second: str) -> int:
    return (int(first, 16) ^ int(second, 16)).bit_count()


def test_the_fingerprint_of_a_text_never_changes():
    assert fingerprint("Forty soldiers came home across the bridge on Thursday.") == "83c7f930b8067feb"
    assert fingerprint("") == fingerprint("—!") == "0" * 16
    assert len(fingerprint("one")) == 16


def test_unrelated_articles_are_far_apart_and_slightly_edited_ones_near():
    prints = [fingerprint(text) for text in TEXTS]
    assert min(distance(*pair) for pair in combinations(prints, 2)) >= 16
    edited = [text.replace(text.split()[len(text.split()) // 2], "changed", 1) for text in TEXTS]
    assert max(distance(first, fingerprint(text)) for first, text in zip(prints, edited, strict=True)) <= 14


def test_case_and_punctuation_do_not_count():
    assert fingerprint("Forty soldiers, came HOME on Thursday") == fingerprint(
        "forty soldiers came home — on Thursday!"
    )


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://Outlet.Example:443/News/1", "https://outlet.example/News/1"),
        ("http://outlet.example:80", "http://outlet.example/"),
        ("http://outlet.example:8080/a", "http://outlet.example:8080/a"),
        ("https://user:secret@outlet.example/a#part", "https://outlet.example/a"),
        ("https://outlet.example/a?utm_source=x&id=7&fbclid=y", "https://outlet.example/a?id=7"),
        ("https://outlet.example/a?utm_source=x", "https://outlet.example/a"),
        ("https://outlet.example/a?b=2&a=1", "https://outlet.example/a?b=2&a=1"),
        ("http://[::1", "http://[::1"),
    ],
)
def test_one_article_has_one_address(url, canonical):
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical
