import pytest

from processors.errors import Filtered, Quarantined, Reject
from processors.model import DateProvenance, Language
from processors.stages.clean import clean
from tests.fakes.captures import FETCHED_AT, STORY, capture, html

CONSENT = (
    "We and our partners store and read information on your device, such as cookies.",
    "With your consent we and our partners may use your location. You may withdraw your consent.",
    "Accept all or manage your preferences.",
)


def test_a_page_becomes_an_article_with_its_paragraphs_and_nothing_else():
    (article,) = clean(capture(html(*STORY)))
    assert article.text.split("\n\n") == list(STORY)
    assert article.title == "A headline"
    assert article.language is Language.EN
    assert article.outlet == "Outlet"


def test_cleaning_the_same_capture_twice_gives_the_same_record_whatever_came_between():
    first = clean(capture(html(*STORY)))
    for _ in range(5):
        clean(capture(html(*STORY), url="https://other.example/copy"))
    assert clean(capture(html(*STORY))) == first


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"", "text/html", "empty"),
        (b" \n\t\r\n ", "text/html", "empty"),
        (b"\x00" * 100, "text/html", "empty"),
        (b"%PDF-1.7\n1 0 obj", "text/html", "wrong_type"),
        (b"\x89PNG\r\n\x1a\n<html><p>polyglot</p></html>", "text/html", "wrong_type"),
        (b"PK\x03\x04<html>", "text/html", "wrong_type"),
        (b"\x1f\x8b\x08\x00", "text/html", "wrong_type"),
        (b"\xff\xd8\xff\xe0", "image/jpeg", "wrong_type"),
        (b'{"title": "a"}', "application/json", "wrong_type"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "text/xml", "wrong_type"),
        (b"<html>" + b"x" * 2_000_001, "text/html", "too_large"),
        (html("<div>" * 300 + STORY[0] + "</div>" * 300).encode(), "text/html", "too_deep"),
        (b"<html><body>" + b"<div>" * 100_000 + b"text", "text/html", "too_deep"),
        (b"<html><body>" + b"</b><i><br><div>" * 300 + b"text", "text/html", "too_deep"),
        (html(*CONSENT, title="Before you continue"), "text/html", "wall"),
        (
            html("Checking your browser before accessing the site.", title="Just a moment..."),
            "text/html",
            "wall",
        ),
        (html("Please enable JavaScript and cookies to continue."), "text/html", "wall"),
        (
            html("The exchange took place.", "Subscribe to continue reading this article."),
            "text/html",
            "wall",
        ),
        (html("Щоб продовжити читання, оформіть передплату."), "text/html", "wall"),
    ],
)
def test_what_is_no_readable_page_is_quarantined_with_its_reason(body, content_type, reason):
    with pytest.raises(Quarantined) as caught:
        clean(capture(body, content_type))
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("body", "url"),
    [
        (
            html(
                "Perhaps it was moved. Try the search, or go back to the front page and begin again.",
                title="404 - Page not found",
            ),
            "https://a.example/x",
        ),
        (
            html(
                "Спробуйте пошук або поверніться на головну сторінку нашого видання, там усе є.",
                title="Сторінку не знайдено",
            ),
            "https://a.example/x",
        ),
        (html(*STORY), "https://a.example/"),
        (html(*(f"A headline without an end, number {n}" for n in range(30))), "https://a.example/news"),
        ("<html><body><img src=a.png></body></html>", "https://a.example/x"),
        (html("Soon."), "https://a.example/x"),
    ],
)
def test_a_page_without_an_article_is_filtered(body, url):
    with pytest.raises(Filtered) as caught:
        clean(capture(body, url=url))
    assert caught.value.reason == "not_article"


def test_an_article_that_speaks_of_cookies_and_robots_is_no_wall():
    story = (
        "Regulators say that 'accept all' buttons are not consent.",
        *STORY,
        "A captcha asks you to prove you are not a robot.",
    )
    (article,) = clean(capture(html(*story)))
    assert "accept all" in article.text


def test_a_hidden_depth_of_200_levels_is_read():
    (article,) = clean(capture(html("<div>" * 200 + STORY[0] + "</div>" * 200, *STORY[1:])))
    assert STORY[1] in article.text


def test_nulls_and_surrogates_do_not_reach_the_text():
    body = html(*STORY).replace("Forty soldiers", "Forty\x00 sol\u00addiers &#xD800;\u202e").encode()
    (article,) = clean(capture(body))
    assert "\x00" not in article.text
    assert "\u202e" not in article.text
    article.text.encode("utf-8")
    assert "soldiers" in article.text


@pytest.mark.parametrize(
    ("head", "title", "expected"),
    [
        ('<meta property="og:title" content="The story itself">', "The story | Outlet", "The story itself"),
        ("", "The story | Outlet", "The story"),
        ("", "Outlet: The story", "The story"),
        ('<meta property="og:site_name" content="The Daily">', "The story - The Daily", "The story"),
        ("", "Talks - and what came of them", "Talks - and what came of them"),
    ],
)
def test_the_title_is_freed_of_the_outlets_name(head, title, expected):
    page = html(*STORY, head=head, title=title)
    assert clean(capture(page))[0].title == expected


def test_the_author_is_read_from_metadata_but_not_a_link():
    head = '<meta name="author" content="Ann Reed"><meta property="article:author" content="https://x.example/ann">'
    assert clean(capture(html(*STORY, head=head)))[0].author == "Ann Reed"


def test_a_changed_text_is_another_version_of_the_same_article():
    (first,) = clean(capture(html(*STORY)))
    (second,) = clean(capture(html(*STORY, "Later the governor corrected the number to forty-two.")))
    assert first.article_id == second.article_id
    assert first.id != second.id


def test_tracking_parameters_do_not_make_another_article():
    (plain,) = clean(capture(html(*STORY), url="https://outlet.example/news/1"))
    (tracked,) = clean(
        capture(html(*STORY), url="https://OUTLET.example:443/news/1?utm_source=feed&fbclid=x#top")
    )
    assert plain.article_id == tracked.article_id
    assert plain.id == tracked.id


def test_plain_text_has_its_title_in_the_first_line():
    (article,) = clean(
        capture("The headline\n" + "\n".join(STORY), "text/plain; charset=utf-8", origin="import")
    )
    assert article.title == "The headline"
    assert article.text.split("\n\n") == list(STORY)
    assert article.date_provenance is DateProvenance.FIRST_SEEN
    assert article.published_at == FETCHED_AT


def test_plain_text_with_a_title_from_its_source_keeps_its_first_line():
    (article,) = clean(capture("\n\n".join(STORY), "text/plain", entry_title="From the catalogue"))
    assert article.title == "From the catalogue"
    assert article.text.startswith(STORY[0])


def test_plain_text_may_begin_with_its_date_and_wrap_its_lines():
    wrapped = STORY[0].replace(" and were", "\nand were")
    (article,) = clean(
        capture(f"January 3, 2024\n\nThe headline\n\n{wrapped}\n\n  • {STORY[1]}\n", "text/plain")
    )
    assert article.title == "The headline"
    assert article.text.split("\n\n") == [STORY[0], STORY[1]]
    assert (article.published_at.date().isoformat(), article.date_provenance) == (
        "2024-01-03",
        DateProvenance.VISIBLE,
    )


def test_an_undated_import_is_dated_by_the_days_it_speaks_of():
    text = "A headline\n\nThey met on 27 November and again on 2 December.\n\nThroughout November 2024 little else happened."
    (imported,) = clean(capture(text, "text/plain", origin="import"))
    assert imported.published_at.date().isoformat() == "2024-12-02"
    (polled,) = clean(capture(text, "text/plain", origin="feed"))
    assert polled.published_at == FETCHED_AT


def test_a_body_that_does_not_decompress_is_quarantined():
    with pytest.raises(Reject, match="undecodable"):
        clean(capture("x" * 100, body_zlib=b"not zlib"))
