from datetime import UTC, datetime, timedelta

import pytest

from processors.model import DateProvenance, Language
from processors.stages.clean import clean
from processors.stages.cleaning.dates import (
    Candidate,
    choose,
    find_written,
    is_dateline,
    kyiv_offset_minutes,
    parse_date,
)
from tests.fakes.captures import FETCHED_AT, STORY, capture, html

METADATA, FEED, VISIBLE, FIRST_SEEN = (
    DateProvenance.METADATA,
    DateProvenance.FEED,
    DateProvenance.VISIBLE,
    DateProvenance.FIRST_SEEN,
)
FEED_AT = datetime(2025, 6, 10, 18, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "at", "offset"),
    [
        ("2024-01-03T19:42:00+02:00", "2024-01-03T17:42", 120),
        ("2024-01-03T19:42:00Z", "2024-01-03T19:42", 0),
        ("2024-01-03T19:42:00.123-0500", "2024-01-04T00:42", -300),
        ("2024-01-03 19:42", "2024-01-03T17:42", 120),
        ("2024-07-03T19:42:00", "2024-07-03T16:42", 180),
        ("2024-01-03", "2024-01-03T10:00", 120),
        ("Wed, 03 Jan 2024 19:42:00 +0200", "2024-01-03T17:42", 120),
        ("January 3, 2024", "2024-01-03T10:00", 120),
        ("3 січня 2024, 19:42", "2024-01-03T17:42", 120),
        ("3 января 2024 года, 19:42", "2024-01-03T17:42", 120),
        ("03.01.2024, 19:42", "2024-01-03T17:42", 120),
        ("3 stycznia 2024", "2024-01-03T10:00", 120),
        ("1704303720", "2024-01-03T17:42", 0),
        ("1704303720000", "2024-01-03T17:42", 0),
    ],
)
def test_dates_are_read_in_the_forms_that_pages_use(text, at, offset):
    candidate = parse_date(text, METADATA)
    assert candidate is not None
    assert candidate.at.strftime("%Y-%m-%dT%H:%M") == at
    assert candidate.offset_minutes == offset


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2024-02-30",
        "32 January 2024",
        "99999-01-01",
        "0000",
        "{{date}}",
        "31.02.2024",
        "0001-01-01T00:00+14:00",
    ],
)
def test_what_is_no_date_gives_none(text):
    assert parse_date(text, METADATA) is None


@pytest.mark.parametrize(
    ("at", "offset"),
    [
        (datetime(2024, 3, 31, 0, 59, tzinfo=UTC), 120),
        (datetime(2024, 3, 31, 1, 0, tzinfo=UTC), 180),
        (datetime(2024, 10, 27, 0, 59, tzinfo=UTC), 180),
        (datetime(2024, 10, 27, 1, 0, tzinfo=UTC), 120),
    ],
)
def test_kyivs_offset_changes_with_the_clocks(at, offset):
    assert kyiv_offset_minutes(at) == offset


@pytest.mark.parametrize(
    ("head", "body", "feed", "provenance", "day"),
    [
        (
            '<meta property="article:published_time" content="2025-06-01T10:00:00+03:00">',
            "",
            True,
            METADATA,
            "2025-06-01",
        ),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2025-06-01T10:00:00+03:00"}</script>',
            "",
            True,
            METADATA,
            "2025-06-01",
        ),
        (
            '<script type="application/ld+json">{"@graph":[{},{"@type":["Article"],"datePublished":"2025-06-01"}]}</script>',
            "",
            False,
            METADATA,
            "2025-06-01",
        ),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle", "datePublished": "2025-06-01T10:00Z", broken</script>',
            "",
            False,
            METADATA,
            "2025-06-01",
        ),
        ('<meta name="date" content="2025-06-10">', "", True, FEED, "2025-06-10"),
        ('<meta name="date" content="2025-06-01">', "", True, METADATA, "2025-06-01"),
        ('<meta name="date" content="2027-06-01">', "", True, FEED, "2025-06-10"),
        ('<meta name="date" content="1970-01-01T00:00:00Z">', "", True, FEED, "2025-06-10"),
        ("", '<time datetime="2025-06-01T10:00+03:00">1 June</time>', True, FEED, "2025-06-10"),
        ("", '<time datetime="2025-06-01T10:00+03:00">1 June</time>', False, VISIBLE, "2025-06-01"),
        ("", '<span class="post-date">June 1, 2025</span>', False, VISIBLE, "2025-06-01"),
        ("", '<div class="published">1 червня 2025, 10:00</div>', False, VISIBLE, "2025-06-01"),
        ("", "<p>June 1, 2025</p>", False, VISIBLE, "2025-06-01"),
        ("", "", False, FIRST_SEEN, FETCHED_AT.date().isoformat()),
    ],
)
def test_the_most_trusted_sane_date_wins_and_says_where_it_is_from(head, body, feed, provenance, day):
    page = html(*STORY, head=head).replace("</h1>", f"</h1>{body}")
    (article,) = clean(capture(page, entry_published_at=FEED_AT if feed else None))
    assert (article.date_provenance, article.published_at.date().isoformat()) == (provenance, day)


def test_the_pages_offset_is_kept_so_that_its_wednesday_stays_wednesday():
    head = '<meta property="article:published_time" content="2025-06-04T00:30:00+03:00">'
    (article,) = clean(capture(html(*STORY, head=head)))
    assert article.published_at == datetime(2025, 6, 3, 21, 30, tzinfo=UTC)
    assert (article.published_at + timedelta(minutes=article.utc_offset_minutes)).strftime(
        "%A"
    ) == "Wednesday"


@pytest.mark.parametrize(
    ("language", "given", "offset"),
    [
        (Language.UK, 0, 180),
        (Language.RU, 0, 180),
        (Language.EN, 0, 0),
        (Language.EN, -240, -240),
        (Language.UK, 60, 60),
    ],
)
def test_a_feeds_date_has_its_own_offset_or_the_likely_one(language, given, offset):
    feed = Candidate(at=FEED_AT, provenance=FEED, offset_minutes=given)
    assert choose([feed], language=language, fetched_at=FETCHED_AT).offset_minutes == offset


def test_the_first_full_date_of_a_text_is_found():
    found = find_written("Updated by the desk. 3 January 2024 | 19:42. Earlier: 1 January 2024")
    assert found is not None
    assert found.at == datetime(2024, 1, 3, 17, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("January 3, 2024", True),
        ("Published 3 січня 2024, 21:40", True),
        ("03.01.2024", True),
        ("The exchange of 3 January 2024 was the largest of the war", False),
        ("In 2024 nothing happened", False),
        ("", False),
    ],
)
def test_a_dateline_says_hardly_more_than_a_date(line, expected):
    assert is_dateline(line) is expected
