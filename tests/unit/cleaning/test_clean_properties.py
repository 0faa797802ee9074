import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.errors import Reject
from processors.model import ArticleVersion, DateProvenance, Language
from processors.stages.clean import clean
from processors.stages.cleaning import boilerplate, charset, language
from processors.stages.cleaning.address import canonical_url
from processors.stages.cleaning.dates import find_written, parse_date
from processors.stages.cleaning.fingerprint import fingerprint
from processors.stages.cleaning.mentions import latest_mention
from tests.fakes.captures import STORY, capture, html

_PIECES = [
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<br>",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<table><tr><td>",
    "</table>",
    "<meta ",
    "<title>",
    '<time datetime="2024-',
    "&#x0;",
    "&nbsp;",
    "<![CDATA[",
    "<html>",
    "</html>",
    STORY[0],
    STORY[1],
    STORY[2],
    "Читайте також: ",
    "Share the post:",
    "\x00",
    "\ud800",
]
_SOUP = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=30)), max_size=40).map("".join)
_TYPES = st.sampled_from(
    [
        "text/html",
        "text/plain",
        "",
        "text/html; charset=koi8-u",
        "application/octet-stream",
        ";;",
        "text/html; charset=\x00",
    ]
)


def outcome(body: bytes, content_type: str):
    try:
        (article,) = clean(capture(body, content_type))
    except Reject as reject:
        return reject
    return article


@settings(deadline=None, max_examples=150)
@given(
    body=st.one_of(st.binary(max_size=400), _SOUP.map(lambda text: text.encode("utf-8", "replace"))),
    content_type=_TYPES,
)
def test_any_bytes_give_an_article_or_a_reason(body, content_type):
    result = outcome(body, content_type)
    if isinstance(result, ArticleVersion):
        assert result.text.strip()
        assert result.text == result.text.strip()
        assert "\n\n\n" not in result.text
        result.text.encode("utf-8")
        result.title.encode("utf-8")
    else:
        assert result.reason.isidentifier()


@settings(deadline=None, max_examples=100)
@given(st.text())
def test_the_parts_take_any_text(text):
    assert isinstance(language.detect(text), Language)
    assert len(fingerprint(text)) == 16
    assert isinstance(charset.decode(text.encode("utf-8", "replace")), str)
    canonical_url(text)
    parse_date(text, DateProvenance.METADATA)
    find_written(text)
    latest_mention(text, until=datetime(2026, 1, 1, tzinfo=UTC))


@settings(deadline=None, max_examples=100)
@given(
    st.lists(
        st.one_of(
            st.text(min_size=1, max_size=60), st.sampled_from(["Share the post:", "Read also", *STORY])
        ),
        max_size=12,
    )
)
def test_stripping_only_ever_removes(paragraphs):
    once = boilerplate.strip(paragraphs, title="T")
    assert all(any(original.startswith(kept) for original in paragraphs) for kept in once)


@pytest.mark.parametrize(
    "bait",
    [
        "a" * 1_000_000,
        "(" * 500_000,
        "<meta " * 200_000,
        "<" * 1_000_000,
        "<script type=application/ld+json>" + "[" * 500_000,
        "<!--" * 250_000,
        "1 " * 500_000,
        "3 January " * 100_000,
        "Р" * 500_000,
        "Share the post: " * 60_000,
        " . " * 400_000,
        "<td>" * 20_000,
        "<a href=x>" * 20_000,
    ],
    ids=lambda bait: bait[:12],
)
@pytest.mark.parametrize("content_type", ["text/html", "text/plain"])
def test_bait_for_slow_patterns_ends_in_bounded_time(bait, content_type):
    body = html(*STORY, bait) if content_type == "text/html" else "\n\n".join([*STORY, bait])
    started = time.process_time()
    outcome(body.encode(), content_type)
    assert time.process_time() - started < 5
