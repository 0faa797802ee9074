"""Files on disk to captures: four formats, and faults that name their place."""

import gzip
import io
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from ingest.archive import ImportOptions, import_files
from tests.fakes.polling import START, HandClock, ListJournal


def imported(tmp_path, name: str, content: bytes, **options):
    (tmp_path / name).write_bytes(content)
    journal = ListJournal()
    report = import_files([tmp_path / name], journal, HandClock(), ImportOptions(**options))
    return report, journal


def warc(*pages: tuple[str, str, str, bytes], packed: bool = True) -> bytes:
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=packed)
    for url, status, content_type, body in pages:
        headers = StatusAndHeaders(f"{status} X", [("Content-Type", content_type)], protocol="HTTP/1.1")
        stamp = {"WARC-Date": "2024-01-03T19:42:00Z"}
        writer.write_record(
            writer.create_warc_record(url, "request", payload=io.BytesIO(b"GET / HTTP/1.1\r\n\r\n"))
        )
        writer.write_record(
            writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), http_headers=headers, warc_headers_dict=stamp
            )
        )
    return stream.getvalue()


def test_a_text_file_is_one_capture_without_paths_of_this_machine(tmp_path):
    text = b"January 3, 2024\n\nTitle of it\n\nOne paragraph.\n"
    report, journal = imported(tmp_path, "some report.txt", text, outlet="ISW")
    (capture,) = journal.records("captures")
    assert report.counts == {"documents": 1}
    assert capture.body() == text
    assert (capture.content_type, capture.outlet, capture.origin) == (
        "text/plain; charset=utf-8",
        "ISW",
        "import",
    )
    assert capture.url.startswith("import:")
    assert capture.url.endswith("/some%20report.txt")
    assert str(tmp_path) not in capture.url
    assert capture.entry_published_at.date().isoformat() == "2024-01-03"
    assert [found.status for found in journal.records("outcomes")] == ["pending"]


@pytest.mark.parametrize(
    "lines",
    [
        "Title\n3 січня 2024\nText",
        "Title\nAuthor\n3 января 2024 г.\nText",
        "2024-01-03\nTitle\nText",
        "Title\nJan 3, 2024, 21:40\nText",
    ],
)
def test_the_date_of_a_text_may_stand_in_its_first_three_lines(tmp_path, lines):
    _, journal = imported(tmp_path, "a.txt", lines.encode())
    assert journal.records("captures")[0].entry_published_at.date().isoformat() == "2024-01-03"


def test_a_date_in_running_text_is_not_the_date_of_the_text(tmp_path):
    content = b"Title\n\nRussia returned two hundred people on January 3, 2024, and everybody was glad about that.\n"
    _, journal = imported(tmp_path, "a.txt", content)
    assert journal.records("captures")[0].entry_published_at is None


def test_the_operator_may_say_when_the_files_were_published(tmp_path):
    moment = datetime(2024, 12, 4, tzinfo=UTC)
    _, journal = imported(tmp_path, "a.txt", b"Title\n\nText\n", published_at=moment)
    assert journal.records("captures")[0].entry_published_at == moment


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_a_text_file_may_be_in_any_usual_encoding(tmp_path, encoding):
    _, journal = imported(
        tmp_path, "a.txt", "Обмін полоненими\n\nДодому повернулися 230 людей.".encode(encoding)
    )
    assert (
        journal.records("captures")[0].body().decode() == "Обмін полоненими\n\nДодому повернулися 230 людей."
    )


def test_a_page_is_kept_byte_for_byte(tmp_path):
    page = "<html><head><meta charset=windows-1251></head><body>Обмін</body></html>".encode("cp1251")
    _, journal = imported(tmp_path, "saved", page)
    (capture,) = journal.records("captures")
    assert (capture.body(), capture.content_type) == (page, "text/html")


def test_lines_of_the_gold_format_keep_title_outlet_date_and_offset(tmp_path):
    line = {
        "id": "dev-1",
        "lang": "en",
        "outlet": "Halyard Wire",
        "title": "A swap",
        "text": "One.\n\nTwo.",
        "claims": [],
    }
    line["published"] = "2024-01-03T19:42:00+02:00"
    _, journal = imported(tmp_path, "gold.jsonl", json.dumps(line).encode() + b"\n\n")
    (capture,) = journal.records("captures")
    assert capture.url.endswith("/dev-1")
    assert (capture.entry_title, capture.outlet, capture.body()) == (
        "A swap",
        "Halyard Wire",
        b"One.\n\nTwo.",
    )
    assert capture.entry_published_at == datetime(2024, 1, 3, 17, 42, tzinfo=UTC)
    assert capture.entry_utc_offset_minutes == 120


def test_lines_with_html_keep_their_address(tmp_path):
    line = {"url": "https://Outlet.example/a?x=1#top", "html": "<html>é</html>", "outlet": "Outlet"}
    _, journal = imported(tmp_path, "pages.jsonl", json.dumps(line).encode())
    (capture,) = journal.records("captures")
    assert capture.url == "https://outlet.example/a?x=1"
    assert (capture.content_type, capture.body().decode()) == ("text/html; charset=utf-8", "<html>é</html>")


def test_a_bad_line_is_a_dead_letter_with_its_number_and_the_rest_goes_on(tmp_path):
    good = b'{"text": "T", "id": "a"}'
    bad = [
        b"not json", b"[1, 2]", b'{"text": 5}', b'{"title": "no text"}', b'{"text": "T", "published": "yesterday"}',
        b'{"html": "x", "url": "file:///etc/passwd"}', b"[" * 100_000,
        b'{"text": "' + b"x" * 2_100_000 + b'"}', b'{"text": "   "}',
    ]  # fmt: skip
    report, journal = imported(tmp_path, "mixed.jsonl", b"\n".join([*bad, good]))
    assert report.counts == {"documents": 1, "quarantined": len(bad)}
    assert [fault.split(": ")[0] for fault in report.faults] == [
        f"mixed.jsonl:{number}" for number in range(1, len(bad) + 1)
    ]
    letters = journal.records("dead_letters")
    assert [letter.reason for letter in letters] == ["bad_line"] * 5 + [
        "bad_url",
        "bad_line",
        "too_large",
        "empty",
    ]
    assert all("mixed.jsonl:" in letter.detail and letter.payload for letter in letters)
    assert len({found.url for found in journal.records("outcomes")}) == len(bad) + 1


@pytest.mark.parametrize("packed", [True, False])
def test_pages_of_a_web_archive_keep_their_address_and_time(tmp_path, packed):
    content = warc(
        ("https://www.outlet.example/a", "200", "text/html; charset=utf-8", b"<html>one</html>"),
        ("https://www.outlet.example/gone", "404", "text/html", b"gone"),
        ("https://www.outlet.example/a.png", "200", "image/png", b"\x89PNG"),
        ("https://www.outlet.example/big", "200", "text/html", b"x" * 2_100_000),
        ("https://www.outlet.example/b", "200", "text/html", b"<html>two</html>"),
        packed=packed,
    )
    report, journal = imported(tmp_path, "a.warc.gz" if packed else "a.warc", content)
    captures = journal.records("captures")
    assert [capture.url.rsplit("/", 1)[1] for capture in captures] == ["a", "b"]
    assert captures[0].body() == b"<html>one</html>"
    assert captures[0].outlet == "outlet.example"
    assert captures[0].fetched_at == datetime(2024, 1, 3, 19, 42, tzinfo=UTC)
    assert {found.url.rsplit("/", 1)[1]: found.reason for found in journal.records("outcomes") if found.reason} == {
        "gone": "status_404", "a.png": "wrong_type", "big": "too_large",
    }  # fmt: skip
    assert report.counts == {"documents": 2, "filtered": 2, "quarantined": 1}


def test_a_cut_archive_gives_what_can_be_read_and_a_dead_letter(tmp_path):
    whole = warc(*((f"https://o.example/{n}", "200", "text/html", b"<html>%d</html>" % n) for n in range(5)))
    report, journal = imported(tmp_path, "cut.warc.gz", whole[: len(whole) // 2] + b"\x00garbage")
    assert 0 < len(journal.records("captures")) < 5
    assert report.counts["documents"] == len(journal.records("captures"))


def test_a_gzip_bomb_in_an_archive_is_refused(tmp_path):
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=True)
    headers = StatusAndHeaders(
        "200 OK", [("Content-Type", "text/html"), ("Content-Encoding", "gzip")], protocol="HTTP/1.1"
    )
    bomb = gzip.compress(bytes(50_000_000), 1)
    writer.write_record(
        writer.create_warc_record(
            "https://o.example/", "response", payload=io.BytesIO(bomb), http_headers=headers
        )
    )
    _, journal = imported(tmp_path, "bomb.warc.gz", stream.getvalue())
    assert [letter.reason for letter in journal.records("dead_letters")] == ["too_large"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("photo.png", b"\x89PNG\r\n", "unknown_format"),
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n", "empty"),
        ("huge.txt", b"word " * 500_000, "too_large"),
        ("broken.warc", b"this is no archive\r\n\r\n", "bad_archive"),
    ],
)
def test_a_file_that_cannot_be_used_is_explained_and_kept(tmp_path, name, content, reason):
    report, journal = imported(tmp_path, name, content)
    assert [letter.reason for letter in journal.records("dead_letters")] == [reason]
    assert report.counts == {"quarantined": 1}
    assert report.faults[0].startswith(name)


def test_a_missing_file_does_not_stop_the_others(tmp_path):
    (tmp_path / "b.txt").write_text("Title\n\nText")
    journal = ListJournal()
    report = import_files([tmp_path / "a.txt", tmp_path, tmp_path / "b.txt"], journal, HandClock())
    assert report.counts == {"documents": 1, "unread": 2}
    assert "No such file" in report.faults[0]
    assert journal.records("dead_letters") == []


def test_an_import_that_is_repeated_has_the_same_ids(tmp_path):
    _, first = imported(tmp_path, "a.txt", b"Title\n\nText")
    _, second = imported(tmp_path, "a.txt", b"Title\n\nText")
    assert first.messages == second.messages
    assert first.records("captures")[0].fetched_at == START


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.jsonl", "a.warc", "a.warc.gz", "a"]))
def test_no_file_makes_the_import_fail(tmp_path_factory, content, name):
    report, journal = imported(tmp_path_factory.mktemp("any"), name, content)
    ended = {found.url for found in journal.records("outcomes")}
    assert len(ended) <= sum(report.counts.values())
    assert len(journal.records("captures")) == report.counts["documents"]
