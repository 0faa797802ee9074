"""What a plug-in proposes is checked against the text before it stands beside our own claims."""

from datetime import UTC, date, datetime

import pytest

from processors.errors import Quarantined
from processors.model import (
    ArticleId,
    ArticleVersion,
    BySide,
    CaptureId,
    Claim,
    DateProvenance,
    DateRange,
    Kind,
    Language,
    Precision,
    Quantity,
    Side,
    VersionId,
)
from processors.ports import Candidate
from processors.stages.claims import claims
from tests.fakes.plugins import Told, exactly

TEXT = (
    "Ukraine and Russia exchanged prisoners on 16 July, and 95 Ukrainians came home.\n\n"
    "The barter of more than 12 captives on 15 July was the 54th, Dmytro Lubinets and Olha Testova wrote, 7 for 9.\n\n"
    "The deal was brokered in Geneva."
)
FIRST, SECOND, THIRD = TEXT.split("\n\n")
WEDNESDAY = datetime(2024, 7, 17, 12, tzinfo=UTC)


def article(text: str = TEXT, language: Language = Language.EN) -> ArticleVersion:
    return ArticleVersion(
        id=VersionId("v"), article_id=ArticleId("a"), capture_id=CaptureId("c"), url="https://toy.example/1", outlet="Toy",
        title="", text=text, language=language, published_at=WEDNESDAY, date_provenance=DateProvenance.METADATA,
        fetched_at=WEDNESDAY, fingerprint="0" * 16,
    )  # fmt: skip


def proposed(*candidates: object, text: str = TEXT, language: Language = Language.EN) -> list[Claim]:
    """The claims that candidates became."""
    (record,) = claims(article(text, language), {"toy": Told(*candidates)})
    return [claim for claim in record.claims if "plugin:toy" in claim.flags]


def refused(*candidates: Candidate) -> tuple[str, ...]:
    (record,) = claims(article(), {"toy": Told(*candidates)})
    assert not [claim for claim in record.claims if "plugin:toy" in claim.flags]
    return record.flags


def day(number: int) -> DateRange:
    return DateRange(start_on=date(2024, 7, number), end_on=date(2024, 7, number), precision=Precision.DAY)


def test_without_plugins_nothing_changes() -> None:
    (plain,) = claims(article())
    (record,) = claims(article(), {"toy": Told()})
    assert (record, record.flags) == (plain, ())


def test_a_candidate_that_holds_becomes_a_flagged_claim_at_its_place() -> None:
    (claim,) = proposed(
        Candidate(
            kind=Kind.EXCHANGE,
            evidence=SECOND,
            speaker="Dmytro Lubinets",
            ordinal=54,
            ratio="7:9",
            date=day(15),
        )
    )
    assert TEXT[claim.span.start : claim.span.end] == claim.evidence == SECOND
    assert (claim.speaker_id, claim.speaker_side, claim.ordinal, claim.ratio) == (
        "lubinets",
        Side.UA,
        54,
        "7:9",
    )
    assert (claim.date, claim.flags, claim.rule) == (day(15), ("plugin:toy",), "plugin:toy")


def test_a_speaker_whom_the_registry_does_not_know_has_an_id_of_their_own() -> None:
    (claim,) = proposed(
        Candidate(kind=Kind.OFFER, evidence=SECOND, speaker="Olha Testova", speaker_side=Side.UA)
    )
    assert (claim.speaker, claim.speaker_id, claim.speaker_side) == (
        "Olha Testova",
        "unk:olha testova",
        Side.UA,
    )


@pytest.mark.parametrize(
    ("candidate", "reason"),
    [
        (Candidate(kind=Kind.EXCHANGE, evidence=FIRST.replace("95", "96")), "evidence"),
        (Candidate(kind=Kind.EXCHANGE, evidence=FIRST.upper()), "evidence"),
        (Candidate(kind=Kind.EXCHANGE, evidence=" "), "evidence"),
        (Candidate(kind=Kind.EXCHANGE, evidence=SECOND, speaker="Somebody Else"), "speaker"),
    ],
)
def test_a_candidate_without_verbatim_evidence_or_named_speaker_is_refused_and_counted(
    candidate: Candidate, reason: str
) -> None:
    assert refused(candidate, candidate) == (f"plugin:toy refused 2: {reason}",)


@pytest.mark.parametrize(
    ("counts", "read", "flags"),
    [
        (BySide(UA=exactly(999)), BySide(), ("unverified-count",)),
        (BySide(UA=Quantity(min=12)), BySide(UA=Quantity(min=12)), ()),
        # the evidence has its own bounds
        (BySide(UA=exactly(12)), BySide(UA=Quantity(min=12)), ()),
        (BySide(UA=exactly(7), RU=exactly(9)), BySide(UA=exactly(7), RU=exactly(9)), ()),
        # 15 is a day, 54 an ordinal
        (BySide(UA=exactly(15), RU=exactly(54)), BySide(), ("unverified-count",)),
        # in the text, but not in the evidence
        (BySide(UA=exactly(95)), BySide(), ("unverified-count",)),
    ],
)
def test_counts_are_read_again_from_the_evidence(
    counts: BySide, read: BySide, flags: tuple[str, ...]
) -> None:
    (claim,) = proposed(Candidate(kind=Kind.OFFER, evidence=SECOND, returned=counts))
    assert (claim.returned, claim.flags) == (read, ("plugin:toy", *flags))
    assert {slot.slot for slot in claim.slots} == {
        f"returned.{side}" for side in ("UA", "RU") if getattr(read, side)
    }


@pytest.mark.parametrize(
    ("candidate", "flag"),
    [
        (Candidate(kind=Kind.OFFER, evidence=SECOND, ordinal=55), "unverified-count"),
        (Candidate(kind=Kind.OFFER, evidence=SECOND, ratio="9:7"), "unverified-count"),
        (Candidate(kind=Kind.OFFER, evidence=SECOND, date=day(3)), "unverified-date"),
        (Candidate(kind=Kind.OFFER, evidence=SECOND, stated=day(3)), "unverified-date"),
        (Candidate(kind=Kind.OFFER, evidence=SECOND, location="Paris"), "unverified-name"),
        (Candidate(kind=Kind.OFFER, evidence=SECOND, mediators=("Qatar",)), "unverified-name"),
        (Candidate(kind=Kind.OFFER, evidence=SECOND, via=("Other News",)), "unverified-name"),
    ],
)
def test_what_the_article_does_not_have_is_taken_out_and_flagged(candidate: Candidate, flag: str) -> None:
    (claim,) = proposed(candidate)
    assert claim.flags == ("plugin:toy", flag)
    assert (claim.ordinal, claim.ratio, claim.date, claim.stated) == (None, None, None, None)
    assert (claim.location, claim.mediators, claim.via) == (None, (), ())


def test_names_and_places_of_the_article_stay() -> None:
    (claim,) = proposed(Candidate(kind=Kind.AGREEMENT, evidence=THIRD, location="Geneva"))
    assert (claim.location, claim.flags) == ("Geneva", ("plugin:toy",))


def test_a_candidate_that_repeats_a_claim_of_ours_is_that_claim() -> None:
    again = Candidate(kind=Kind.EXCHANGE, evidence="95 Ukrainians came home", returned=BySide(UA=exactly(95)))
    (plain,), (record,) = claims(article()), claims(article(), {"toy": Told(again)})
    assert record == plain


def test_what_two_plugins_find_is_one_claim_with_both_flags() -> None:
    found = Candidate(kind=Kind.OFFER, evidence=SECOND)
    (record,) = claims(article(), {"one": Told(found, found), "two": Told(found)})
    assert [c.flags for c in record.claims if c.kind is Kind.OFFER] == [("plugin:one", "plugin:two")]


def test_an_exchange_of_the_same_day_has_the_label_of_ours() -> None:
    (claim,) = proposed(
        Candidate(kind=Kind.EXCHANGE, evidence=THIRD, date=day(16)),
    )
    (record,) = claims(article())
    assert claim.event == next(c.event for c in record.claims if c.date == day(16))


def test_a_language_that_we_do_not_know_can_be_read_by_a_plugin() -> None:
    text = "Am Dienstag kamen 95 Menschen frei."
    (claim,) = proposed(
        Candidate(kind=Kind.EXCHANGE, evidence=text, returned=BySide(UA=exactly(95))),
        text=text,
        language=Language.OTHER,
    )
    assert (claim.returned, claim.flags) == (BySide(UA=exactly(95)), ("plugin:toy",))


def test_a_plugin_that_gives_something_else_is_named() -> None:
    with pytest.raises(Quarantined, match="toy gives str, not Candidate"):
        claims(article(), {"toy": Told("95")})
