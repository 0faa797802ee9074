"""Any text gets an answer in time linear in its length, and every span points at the exact characters."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.model import ArticleId, Language
from processors.stages.claims import extract
from processors.stages.extraction.explain import explain
from processors.stages.extraction.text.normalise import normalise

NOW = datetime(2024, 7, 17, 12, tzinfo=UTC)
SUBJECT = "Ukraine and Russia swapped 95 prisoners each on Tuesday. "

WORDS = [
    "Zelensky", "said", "Moscow", "refused", "exchange", "prisoners", "95", "for", "«", "»", '"', "—", ",", ".", ";",
    "Лубінець", "заявив", "обмін", "полоненими", "по", "столько", "же", "взамен", "на", "\n\n", "according to", "list",
    "not", "2 December", "(", ")", "У", "ніж",
    "Ё", "İ", "\u00a0", "ﬁ", "😀", "who", "and", "others",
]  # fmt: skip


def run(text: str, language: Language = Language.EN):
    return extract(text, language=language, published_at=NOW, article_id=ArticleId("a"))


@given(
    st.lists(st.sampled_from(WORDS), max_size=80),
    st.sampled_from([Language.EN, Language.UK, Language.RU, Language.PL]),
)
@settings(max_examples=150, deadline=None)
def test_spans_point_at_the_exact_characters(words, language):
    text = SUBJECT + " ".join(words)
    for claim in run(text, language):
        assert text[claim.span.start : claim.span.end] == claim.evidence
        assert all(0 <= slot.span.start < slot.span.end <= len(text) for slot in claim.slots)


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_gets_an_answer(text):
    for language in Language:
        given_text = SUBJECT + text
        assert all(claim.evidence in given_text for claim in run(given_text, language))


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_normalising_keeps_every_position(text):
    assert len(normalise(text)) == len(text)


HOSTILE = {
    "digits": "7" * 1_000_000,
    "numbers": "95 for 95 " * 100_000,
    "quotes": '"' * 1_000_000,
    "opening quotes": "«" * 1_000_000,
    "quotes of both kinds": "\" 'a " * 200_000,
    "said": "said " * 200_000,
    "names": "Dmytro Lubinets " * 60_000,
    "commas": "Kyiv, " * 160_000,
    "one word": "обмін" * 200_000,
    "sentences": "Zelensky said 95 prisoners came home. " * 2_000,
    "prepositions": "за словами " * 90_000,
    "denials": "Zelensky denied that Kyiv had refused the exchange. " * 4_000,
    "figures of one voice": " ".join(
        f"Zelensky said Ukraine swapped {10 + at} Ukrainian prisoners for {20 + at} Russian prisoners."
        for at in range(6_000)
    ),
    "bounds of one voice": " ".join(
        f"Zelensky said more than {10 + at} bodies of Ukrainian soldiers were returned."
        for at in range(6_000)
    ),
    "exchanges that lasted": " ".join(
        f"Over three days Ukraine swapped {10 + at} Ukrainian prisoners for {20 + at} Russian prisoners."
        for at in range(6_000)
    ),
    "ranges of one voice": " ".join(
        f"Zelensky said between {10 + at} and {12 + at} bodies of Ukrainian soldiers were returned."
        for at in range(0, 30_000, 5)
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_megabyte_of_anything_answers_in_linear_time(name):
    # Four times the text may take at most about four times the time; the slack is for a loaded machine.
    whole = SUBJECT + HOSTILE[name]
    part = whole[: len(whole) // 4]
    run(part[:1000])
    started = time.process_time()
    run(part)
    quarter = time.process_time() - started
    started = time.process_time()
    run(whole)
    full = time.process_time() - started
    assert full < max(8 * quarter, 1.0)
    assert full < 30


def test_every_filled_slot_has_its_span():
    text = (
        "In the 54th prisoner exchange 95 Ukrainians came home on Tuesday, Dmytro Lubinets said. "
        "He thanked the United Arab Emirates for the swap."
    )
    (claim,) = run(text)
    written = {slot.slot: text[slot.span.start : slot.span.end] for slot in claim.slots}
    assert written["speaker"] in {"Dmytro Lubinets", "He"}
    assert written["ordinal"] == "54th"
    assert written["returned.UA"] == "95"
    assert written["date"] == "Tuesday"
    assert "Emirates" in written["mediators"]


def test_explaining_shows_words_voices_rules_and_why_it_is_background():
    text = (
        SUBJECT + "\n\nThe previous exchange, on 25 June, brought 90 Ukrainians home, Dmytro Lubinets said."
    )
    first, second = explain(text, language=Language.EN, published_at=NOW)
    assert first.rules[0].kind == "exchange"
    assert len(first.words) == len(first.content) == len(first.voice) == len(first.act)
    assert second.voices[-1].speaker_id == "lubinets"
    assert second.claims
    assert second.background


RECALLED = {
    "told as earlier": (
        "The previous exchange, on 25 June, brought 90 home.",
        "exchange: the sentence says that it was earlier",
    ),
    "of an earlier day": (
        "On 25 June, 90 Ukrainians were exchanged.",
        "exchange: dated 2024-06-25, before what this text reports",
    ),
    "answering what is recalled": (
        "Russia said 95 had returned. The last exchange was on 25 June, when 90 came home. Moscow denied that it had refused.",
        "denial: goes with what the text recalls",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("told", "why"), RECALLED.values(), ids=RECALLED.keys())
def test_explaining_says_why_a_claim_is_background(told, why):
    *_, last = explain(f"{SUBJECT}\n\n{told}", language=Language.EN, published_at=NOW)
    assert last.background == (why,)


def test_a_text_without_the_subject_is_not_even_read():
    assert explain("The weather in Lviv was fine.", language=Language.EN, published_at=NOW) == ()
