"""Turns of phrase, by subject, from `tests/data/phrases/*.toml`: which claims a small text makes.

A case has `lang`, `text`, perhaps `at` (the day of publication, else Thursday 14 August 2025) and `claims`, one string each:
`kind speaker slot=value …`. The speaker is an id of the registry, `unk:name`, or `-` for the outlet; slots that are not
written are not compared: `UA`, `RU`, `bodies.UA`, `bodies.RU` (230, >200, <230, ~200, 170..175, none), `date`, `stated`,
`side` (of the speaker), `actor`, `ratio`, `ordinal`, `location`, `via`, `mediators` (comma between names, `_` for a blank),
`background` (yes, no).
"""

import tomllib
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from processors.model import ArticleId, Claim, Language, Quantity
from processors.stages.claims import extract

FILES = sorted((Path(__file__).parents[2] / "data" / "phrases").glob("*.toml"))
THURSDAY = date(2025, 8, 14)


def cases_of(file: Path):
    """The cases of one file."""
    return tomllib.loads(file.read_text(encoding="utf-8"))["case"]


def _cases():
    for file in FILES:
        for number, case in enumerate(cases_of(file)):
            yield pytest.param(case, id=f"{file.stem}-{number}-{case['lang']}-{case['text'][:30]}")


def _claims_of(case) -> tuple[Claim, ...]:
    on = case.get("at", THURSDAY)
    return extract(
        case["text"],
        language=Language(case["lang"]),
        published_at=datetime.combine(on, time(12), UTC),
        article_id=ArticleId("a"),
    )


def _figure(quantity: Quantity | None) -> str:
    if quantity is None:
        return "none"
    low, high = quantity.min, quantity.max
    if low == high:
        return f"~{low}" if quantity.approx else str(low)
    return f">{low}" if high is None else f"<{high}" if low is None else f"{low}..{high}"


def _slots(claim: Claim) -> dict[str, str]:
    written = {
        "UA": _figure(claim.returned.UA),
        "RU": _figure(claim.returned.RU),
        "bodies.UA": _figure(claim.bodies.UA),
        "bodies.RU": _figure(claim.bodies.RU),
        "date": claim.date.iso() if claim.date else "none",
        "stated": claim.stated.iso() if claim.stated else "none",
        "actor": claim.actor.value if claim.actor else "none",
        "ratio": claim.ratio or "none",
        "ordinal": str(claim.ordinal or "none"),
        "side": claim.speaker_side.value if claim.speaker_side else "none",
        "via": ",".join(claim.via) or "none",
        "location": claim.location or "none",
        "mediators": ",".join(claim.mediators) or "none",
        "background": "yes" if claim.background else "no",
    }
    return {slot: value.replace(" ", "_") for slot, value in written.items()}


def _shown(claim: Claim, wanted: list[str]) -> str:
    """The claim as a case writes it, with the slots of the likest of the wanted strings."""
    head = f"{claim.kind.value} {(claim.speaker_id or '-').replace(' ', '_')}"
    slots = _slots(claim)
    options = [want for want in wanted if want.split()[:2] == head.split()] or [head]
    shown = [" ".join([head, *(f"{s}={slots[s]}" for s in _named(want))]) for want in options]
    return max(shown, key=lambda one: sum(one == want for want in wanted))


def _named(want: str) -> list[str]:
    return [slot.partition("=")[0] for slot in want.split()[2:]]


@pytest.mark.parametrize("case", list(_cases()))
def test_a_text_makes_the_claims_of_its_case(case):
    found = _claims_of(case)
    assert sorted(_shown(claim, case["claims"]) for claim in found) == sorted(case["claims"])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_slot_stands_in_its_text(file):
    for case in cases_of(file):
        for claim in _claims_of(case):
            for slot in claim.slots:
                assert 0 <= slot.span.start < slot.span.end <= len(case["text"]), (case["text"], slot)
