"""Copies are linked, each article has one outcome."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.model import ArticleClaims, CopyLink, Outcome, OutcomeStatus
from processors.stages.dedupe import MAX_DISTANCE, MIN_WORDS, PERIOD_DAYS, dedupe
from tests.fakes.claimdesk import NOON, Folded, article

PRINT = 0x0123456789ABCDEF


def flipped(*bits: int) -> str:
    return f"{PRINT ^ sum(1 << bit for bit in bits):016x}"


def at(name: str, fingerprint: str = flipped(), **slots) -> ArticleClaims:
    return article(name, fingerprint=fingerprint, **slots)


def outcomes(records: list) -> list[tuple[OutcomeStatus, str]]:
    return [(record.status, record.reason) for record in records if isinstance(record, Outcome)]


INDEXED, COPY = (OutcomeStatus.INDEXED, ""), (OutcomeStatus.DUPLICATE, "copy")


@pytest.mark.parametrize(
    ("second", "outcome"),
    [
        (at("b"), COPY),
        (at("b", flipped(0, 20, 63)), COPY),
        (at("b", flipped(0, 20, 40, 63)), INDEXED),
        (at("b", words=MIN_WORDS - 1), INDEXED),
        (at("a", flipped(1), version=2), INDEXED),
        (at("b", published=NOON + timedelta(days=PERIOD_DAYS)), COPY),
        (at("b", published=NOON + timedelta(days=3 * PERIOD_DAYS)), INDEXED),
    ],
    ids=[
        "the same text",
        "three bits",
        "four bits",
        "too short to tell",
        "a new version",
        "next month",
        "long after",
    ],
)
def test_the_second_of_two_articles(second, outcome):
    folded = Folded(dedupe)
    folded.take(at("a"))
    assert outcomes(folded.take(second)) == [outcome]


def test_a_copy_names_its_original_and_the_distance():
    folded = Folded(dedupe)
    folded.take(at("a", outlet="Wire"), at("far", flipped(1, 2), outlet="Post"))
    [link] = [
        record for record in folded.take(at("b", flipped(1), outlet="Voice")) if isinstance(record, CopyLink)
    ]
    assert (link.original_id, link.original_outlet, link.outlet, link.distance) == ("a", "Wire", "Voice", 1)


def test_an_item_seen_before_has_the_same_outcome_and_changes_nothing():
    folded = Folded(dedupe)
    first, copy = folded.take(at("a")), folded.take(at("b"))
    before = dict(folded.state)
    assert (folded.take(at("a")), folded.take(at("b"))) == (first, copy)
    assert folded.state == before


@given(st.integers(0, 2**64 - 1), st.sets(st.integers(0, 63), max_size=MAX_DISTANCE))
def test_whichever_three_bits_differ_a_copy_is_found(fingerprint: int, bits: set[int]):
    folded = Folded(dedupe)
    near = fingerprint ^ sum(1 << bit for bit in bits)
    folded.take(at("a", f"{fingerprint:016x}"))
    assert outcomes(folded.take(at("b", f"{near:016x}"))) == [COPY]


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 3)), max_size=12))
def test_every_item_has_one_outcome(arrivals: list[tuple[str, int]]):
    folded = Folded(dedupe)
    folded.take(*(at(name, flipped(bits * 7), version=bits) for name, bits in arrivals))
    assert len(outcomes(folded.out)) == len(arrivals)
