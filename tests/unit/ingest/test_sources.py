"""The list of sources: strict, with the line of each fault."""

from pathlib import Path

import pytest

from ingest.sources import all_feeds, load_sources, parse_interval, parse_sources
from processors.errors import ConfigError

SEEDS = Path(__file__).parents[3] / "seeds" / "sources.opml"


def opml(*outlines: str) -> bytes:
    lines = ["<opml version='2.0'>", "<body>", *outlines, "</body>", "</opml>"]
    return "\n".join(lines).encode()


def test_the_shipped_list_names_isw_and_twenty_outlets_in_three_languages():
    sources = load_sources(SEEDS)
    feeds = all_feeds(sources)
    assert "Institute for the Study of War" in {source.outlet for source in sources}
    assert len(sources) > 20
    assert {
        language: sum(feed.language == language for feed in feeds) >= 7 for language in ("en", "uk", "ru")
    } == {
        "en": True,
        "uk": True,
        "ru": True,
    }
    assert all(feed.url.startswith("https://") for feed in feeds)


def test_every_shipped_feed_is_documented_in_the_reference():
    table = (SEEDS.parents[1] / "docs" / "reference" / "sources.md").read_text()
    assert [feed.url for feed in all_feeds(load_sources(SEEDS)) if f" {feed.url} " not in table] == []


def test_an_outline_becomes_a_feed_with_its_options():
    (source,) = parse_sources(
        opml(
            "<outline text='Group'>",
            "<outline text='A' xmlUrl='https://a.example/rss' htmlUrl='https://a.example/' language='uk'/>",
            "<outline text='A, English' obmin:outlet='A' xmlUrl='https://a.example/en' language='en'"
            " category='wire' obmin:interval='2h'/>",
            "<outline text='A' xmlUrl='https://a.example/off' obmin:enabled='false'/>",
            "</outline>",
        )
    )
    first, second, third = source.feeds
    assert (source.outlet, source.homepage) == ("A", "https://a.example/")
    assert (first.language, first.category, first.interval_s, first.enabled) == ("uk", "Group", 900, True)
    assert (second.outlet, second.language, second.category, second.interval_s) == ("A", "en", "wire", 7200)
    assert third not in all_feeds([source])


@pytest.mark.parametrize(
    ("outline", "message"),
    [
        ("<outline text='A' xmlUrl='ftp://a.example/'/>", "xmlUrl"),
        ("<outline text='A' xmlUrl='https://a b/'/>", "xmlUrl"),
        ("<outline xmlUrl='https://a.example/'/>", "no text"),
        (
            "<outline text='A' xmlUrl='https://a.example/' obmin:intervall='1h'/>",
            "unknown option obmin:intervall",
        ),
        ("<outline text='A' xmlUrl='https://a.example/' obmin:interval='soon'/>", "obmin:interval"),
        ("<outline text='A' xmlUrl='https://a.example/' obmin:interval='0s'/>", "obmin:interval"),
        ("<outline text='A' xmlUrl='https://a.example/' obmin:enabled='yes'/>", "obmin:enabled"),
        ("<outline text='A'", "not well-formed"),
        ("<outline text='Only a group'/>", "no outline with an xmlUrl"),
    ],
)
def test_a_fault_names_file_and_line(outline, message):
    with pytest.raises(ConfigError, match=message) as caught:
        parse_sources(opml(outline), "my.opml")
    assert str(caught.value).startswith(("my.opml:3: ", "my.opml:4: ", "my.opml:5: "))


def test_a_feed_that_stands_twice_is_a_fault():
    outline = "<outline text='A' xmlUrl='https://a.example/'/>"
    with pytest.raises(ConfigError, match=r"my\.opml:4: .* already in line 3"):
        parse_sources(opml(outline, outline), "my.opml")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<html></html>", "must be OPML"),
        (b"", "not well-formed"),
        (b"<!DOCTYPE opml [<!ENTITY a 'b'>]><opml></opml>", "entity"),
    ],
)
def test_another_file_is_not_taken_for_a_list_of_sources(body, message):
    with pytest.raises(ConfigError, match=message):
        parse_sources(body)


def test_a_list_that_cannot_be_read_names_the_file(tmp_path):
    with pytest.raises(ConfigError, match=r"none\.opml: .*cannot be read"):
        load_sources(tmp_path / "none.opml")


@pytest.mark.parametrize(("text", "seconds"), [("90s", 90), ("15m", 900), ("1.5h", 5400), ("1d", 86400)])
def test_a_time_has_a_unit(text, seconds):
    assert parse_interval(text) == seconds


@pytest.mark.parametrize("text", ["", "5", "m", "-5m", "1w", "1e9s", "٣m.", "nan s"])
def test_a_time_without_sense_is_refused(text):
    with pytest.raises(ValueError, match="time"):
        parse_interval(text)
