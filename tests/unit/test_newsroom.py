import gzip
import urllib.error
import urllib.request
from collections import Counter
from itertools import pairwise

import feedparser
import pytest

from ingest.sources import all_feeds, parse_sources
from obmin.newsroom import Newsroom
from processors.errors import Reject
from processors.stages.clean import clean


@pytest.fixture
def newsroom():
    newsroom = Newsroom()
    newsroom.start()
    yield newsroom
    newsroom.stop()


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def get(url, **headers):
    """Status, headers and body, without following redirects."""
    request = urllib.request.Request(
        url, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    try:
        with urllib.request.build_opener(_NoRedirects).open(request, timeout=5) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def test_there_are_at_least_six_outlets_in_three_languages_with_sixty_articles():
    newsroom = Newsroom()
    assert len(newsroom.outlets) >= 6
    assert {outlet.language for outlet in newsroom.outlets.values()} == {"en", "uk", "ru"}
    assert {feed.style for outlet in newsroom.outlets.values() for feed in outlet.feeds} == {"rss", "atom"}
    kinds = Counter(entry.kind for entry in newsroom._entries)
    assert kinds["article"] >= 60
    assert {"wall", "deep", "missing", "soft_missing", "robots", "pdf", "large"} <= set(kinds)


def test_the_poller_can_read_its_list_of_sources(newsroom):
    feeds = all_feeds(parse_sources(newsroom.opml().encode()))
    assert len(feeds) == sum(len(outlet.feeds) for outlet in newsroom.outlets.values())
    assert all(feed.url.startswith(newsroom.base) for feed in feeds)


def test_every_entry_of_every_feed_is_there_even_in_the_broken_one(newsroom):
    named = 0
    for outlet in newsroom.outlets.values():
        for feed in outlet.feeds:
            parsed = feedparser.parse(get(newsroom.base + feed.path)[2])
            assert bool(parsed.bozo) == feed.damaged
            assert (not parsed.entries) == feed.empty
            named += len(parsed.entries)
    assert named == len(newsroom._entries)


def test_pages_and_feeds_have_validators(newsroom):
    for path in ("/halyard/rss/world.xml", newsroom._entries[0].path):
        status, headers, body = get(newsroom.base + path)
        assert (status, bool(body)) == (200, True)
        assert get(newsroom.base + path, If_None_Match=headers["ETag"])[0] == 304
        assert get(newsroom.base + path, If_Modified_Since=headers["Last-Modified"])[0] == 304
        assert get(newsroom.base + path, If_None_Match='"other"')[0] == 200
        assert get(newsroom.base + path, If_Modified_Since="nonsense")[0] == 200


def test_bodies_are_compressed_for_those_who_accept_it(newsroom):
    url = newsroom.base + "/corvid/feed.xml"
    plain, packed = get(url), get(url, Accept_Encoding="gzip")
    assert packed[1]["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed[2]) == plain[2]


def test_a_feed_that_moved_redirects(newsroom):
    status, headers, _ = get(newsroom.base + "/osprey/rss")
    assert (status, headers["Location"]) == (301, newsroom.base + "/osprey/feed")


def test_an_edited_story_changes_after_it_was_read_once_and_its_feed_says_so(newsroom):
    entry = next(entry for entry in newsroom._entries if entry.id == "own-uk-2")
    feed = newsroom.base + "/obrii/atom.xml"
    before = get(feed)
    assert before[2] == get(feed)[2], "reading a feed changes nothing"
    first = get(newsroom.base + entry.path)[2].decode()
    second = get(newsroom.base + entry.path)[2].decode()
    assert "280 військових, повідомив" in first
    assert "307 людей, повідомив" in second
    assert get(newsroom.base + entry.path)[2].decode() == second
    after = get(feed, If_None_Match=before[1]["ETag"])
    assert after[0] == 200
    assert b"2026-02-12T19:30:00+02:00" in after[2]


@pytest.mark.parametrize(
    "path", ["/nowhere", "/halyard/world/2025/03/04/withdrawn", "/calder/story.php?id=none"]
)
def test_what_does_not_exist_is_404(newsroom, path):
    assert get(newsroom.base + path)[0] == 404


def test_robots_txt_closes_the_print_versions(newsroom):
    assert b"Disallow: /meridian/print/" in get(newsroom.base + "/robots.txt")[2]
    assert any(entry.path.startswith("/meridian/print/") for entry in newsroom._entries)


def test_the_meridian_is_served_in_windows_1251(newsroom):
    entry = next(entry for entry in newsroom._entries if entry.id == "own-ru-1")
    body = get(newsroom.base + entry.path)[2]
    assert entry.title in body.decode("windows-1251")
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")


def test_it_can_be_looked_at_from_its_front_page(newsroom):
    for path in ("/", "/prichal/"):
        status, _, body = get(newsroom.base + path)
        assert status == 200
        assert b"<a href=" in body


def test_stopping_twice_and_never_starting_are_fine():
    newsroom = Newsroom()
    newsroom.stop()
    base = newsroom.start()
    newsroom.stop()
    newsroom.stop()
    with pytest.raises(OSError, match="refused"):
        get(base + "/")


def test_the_pages_without_a_server_are_the_same_each_time():
    first, second = list(Newsroom().pages()), list(Newsroom().pages())
    assert first == second
    assert len({capture.id for capture in first}) == len(first)


def test_cleaning_finds_every_article_whole_and_nothing_of_the_templates():
    newsroom = Newsroom()
    versions = {entry.path: [entry] for entry in newsroom._entries}
    for path, revised in newsroom._revised.items():
        versions[path].append(revised)
    outcomes: Counter[str] = Counter()
    for capture in newsroom.pages("http://n.example"):
        entry = versions[capture.url.removeprefix("http://n.example")].pop(0)
        try:
            (article,) = clean(capture)
        except Reject as reject:
            outcomes[f"{entry.kind}: {reject.reason}"] += 1
            continue
        outcomes[entry.kind] += 1
        given = {" ".join(paragraph.split()).lstrip("• ") for paragraph in entry.paragraphs}
        kept = set(article.text.split("\n\n"))
        assert kept <= given, f"{entry.id}: {len(kept - given)} paragraphs are not the article's"
        assert len(given - kept) <= 1, f"{entry.id}: {len(given - kept)} paragraphs are missing"
        assert article.title == entry.title
        assert article.language.value == newsroom.outlets[entry.outlet].language
        assert abs(article.published_at - entry.published).total_seconds() < 60
    assert outcomes == {
        "article": outcomes["article"],
        "wall: wall": 1,
        "deep: too_deep": 1,
        "large: too_large": 1,
        "pdf: wrong_type": 1,
        "soft_missing: not_article": 1,
    }


def test_the_newest_entries_come_first_in_a_feed(newsroom):
    parsed = feedparser.parse(get(newsroom.base + "/halyard/rss/world.xml")[2])
    times = [entry.published_parsed for entry in parsed.entries]
    assert all(earlier >= later for earlier, later in pairwise(times))
