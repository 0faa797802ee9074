"""What the pages say about records."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.web import views


@pytest.mark.parametrize(
    ("low", "high", "approx", "text"),
    [
        (230, 230, False, "230"),
        (200, None, False, "200 or more"),
        (None, 230, False, "up to 230"),
        (170, 175, False, "170–175"),
        (200, 200, True, "about 200"),
        (None, None, False, ""),
        (1000, 1000, False, "1\u00a0000"),
        (0, 0, False, "0"),
    ],
)
def test_a_count_is_told_with_its_bounds(low: int | None, high: int | None, approx: bool, text: str) -> None:
    assert views.figure(low, high, approx=approx) == text


@pytest.mark.parametrize(
    ("bounds", "text"),
    [
        ([], ""),
        ([(None, None)], ""),
        ([(230, 230), (230, 230)], "230"),
        ([(230, 230), (173, 173)], "173 – 230"),
        ([(200, None)], "200+"),
        ([(200, None), (230, 230)], "200 – 230"),
        ([(None, 230), (173, 173)], "173 – 230"),
    ],
)
def test_rival_figures_are_told_as_their_range(
    bounds: list[tuple[int | None, int | None]], text: str
) -> None:
    assert views.spread([{"ua_min": low, "ua_max": high} for low, high in bounds], "ua") == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2024-01-03", "3\u00a0January 2024"),
        ("2023-08", "August 2023"),
        ("2023", "2023"),
        ("2023-05/2023-08", "May 2023 – August 2023"),
        (None, ""),
        ("2024-13-99", "2024-13-99"),
    ],
)
def test_a_date_is_told_with_its_precision(value: str | None, text: str) -> None:
    assert views.day(value) == text


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//evil.example", ""),
        ("http://[bad", ""),
        ("https:///nohost", ""),
        (None, ""),
    ],
)
def test_only_web_addresses_become_links(url: str | None, link: str) -> None:
    assert views.web_address(url) == link


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=6))
def test_a_fragment_is_whole_whatever_is_highlighted(fragment: str, matches: list[tuple[int, int]]) -> None:
    pieces = views.highlighted(fragment, [m for m in matches if m[0] < m[1]])
    assert "".join(text for text, _ in pieces) == fragment


spans = st.tuples(st.integers(0, 90), st.integers(0, 90))


@given(st.text("ab \n", max_size=80), st.lists(st.tuples(spans, st.lists(spans, max_size=3)), max_size=4))
def test_a_marked_text_is_whole_whatever_is_marked(text: str, found: list[tuple[Any, Any]]) -> None:
    claims = [
        {
            "id": f"c{n}",
            "span": {"start": span[0], "end": span[1]},
            "slots": [{"slot": "date", "span": {"start": s, "end": e}} for s, e in slots],
        }
        for n, (span, slots) in enumerate(found)
    ]
    paragraphs = views.marked(text, claims)
    assert ["".join(piece.text for piece in pieces) for pieces in paragraphs] == [
        p for p in text.split("\n\n") if p
    ]


def test_how_two_voices_stand_to_each_other_is_told_once_however_many_reports_give_it() -> None:
    rows = [
        {"id": "c1", "speaker": "Usov", "outlet": "Post", "ua_min": 307, "ua_max": 307},
        {"id": "c2", "speaker": "MoD", "outlet": "Post", "ua_min": 290, "ua_max": 290},
        {"id": "c3", "speaker": "Usov", "outlet": "Wire", "ua_min": 307, "ua_max": 307},
        {"id": "c4", "speaker": "MoD", "outlet": "Wire", "ua_min": 307, "ua_max": 307},
    ]
    told = [
        {"verdict": kind, "slot": slot, "claim_id": one, "other_id": other, "explanation": text}
        for kind, slot, one, other, text in (
            ("contradicts", "returned.UA", "c1", "c2", "307 according to Usov, 290 according to MoD."),
            ("contradicts", "returned.UA", "c2", "c3", "290 according to MoD, 307 according to Usov."),
            ("agrees", "returned.UA", "c3", "c4", "307 according to Usov and MoD."),
            ("contradicts", "kind", "c1", "c2", "Denied by Usov."),
            ("contradicts", "kind", "c3", "c2", "Denied by Usov."),
        )
    ]
    assert [each["explanation"] for each in views.verdicts({"claimants": rows, "verdicts": told})] == [
        "307 according to Usov, 290 according to MoD.",
        "307 according to Usov and MoD.",
        "Denied by Usov.",
    ]
