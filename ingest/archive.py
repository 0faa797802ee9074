"""The back door of the way in: files on disk to captures.

Takes plain text, HTML, WARC (the one module that knows warcio) and JSON Lines. What cannot be read becomes a dead letter
that names the file and the line; the rest goes on. The same document imported twice has the same URL and the same id.
"""

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from ingest.fetch import PAGE_BYTES
from ingest.records import capture, message, outcome, refused
from ingest.urls import parse_target
from processors.errors import Filtered, Quarantined, Reject
from processors.model import DateProvenance, OutcomeStatus
from processors.ports import Clock, Journal
from processors.stages.cleaning.dates import Candidate, find_written, is_dateline, parse_date

_LINE_BYTES = 10_000_000
_BATCH = 100
#: Reason of a file that could not even be opened.
_UNREAD = "unreadable_file"
_TEXT = "text/plain; charset=utf-8"
_HTML = "text/html; charset=utf-8"
_FORMATS = "obmin takes plain text (.txt), HTML (.html), WARC (.warc, .warc.gz) and JSON Lines (.jsonl)"
_SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".warc": "warc", ".warc.gz": "warc",
    ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip
_DECODABLE = ("", "identity", "gzip", "x-gzip", "deflate")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What the operator says of all the files, for documents that do not say it themselves."""

    outlet: str = ""
    published_at: datetime | None = None


@dataclass(slots=True)
class ImportReport:
    """Counts of `documents`, `filtered`, `quarantined` and `unread` (files that cannot be opened: a typing error, not bad
    input), and a sentence for each fault, at most a thousand.
    """

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    """One document of a file, or the reason why there is none. `where` is for the reader: file and line."""

    url: str
    where: str
    body: bytes = b""
    content_type: str = _TEXT
    outlet: str = ""
    #: Stands for the outlet when nobody names it.
    host: str = ""
    title: str = ""
    published: Candidate | None = None
    fetched_at: datetime | None = None
    error: Reject | None = None


def import_files(
    paths: Iterable[Path], journal: Journal, clock: Clock, options: ImportOptions | None = None
) -> ImportReport:
    """Append the documents of the files to the journal as captures, each with its outcome.

    A file or line that cannot be read is counted, explained in the report and kept as a dead letter. Raises Retry and
    Stop of the journal.
    """
    options = options or ImportOptions()
    report = ImportReport()
    batch: list[object] = []
    for document in (document for path in paths for document in _documents(path)):
        batch += _records(document, options, clock(), report)
        if len(batch) >= _BATCH:
            journal.append([message(record) for record in batch])
            batch = []
    if batch:
        journal.append([message(record) for record in batch])
    return report


def _records(
    document: _Document, options: ImportOptions, now: datetime, report: ImportReport
) -> list[object]:
    outlet = document.outlet or options.outlet or document.host or "import"
    error = document.error
    if error is None and len(document.body) > PAGE_BYTES:
        error = Quarantined("too_large", f"longer than {PAGE_BYTES} bytes")
    if error is None and not document.body.strip():
        error = Quarantined("empty", "there is nothing in it")
    if error is not None:
        kind = "filtered" if isinstance(error, Filtered) else "quarantined"
        report.counts["unread" if error.reason == _UNREAD else kind] += 1
        if len(report.faults) < 1000:
            report.faults.append(f"{document.where}: {error.detail or error.reason}")
        if error.reason == _UNREAD:
            return []  # nothing was received, so there is nothing to keep
        located = type(error)(error.reason, f"{document.where}: {error.detail}")
        return refused(document.url, outlet, located, now, stage="import", body=document.body)
    report.counts["documents"] += 1
    return [
        outcome(document.url, outlet, OutcomeStatus.PENDING, now),
        _capture(document, outlet, options, now),
    ]


def _capture(document: _Document, outlet: str, options: ImportOptions, now: datetime) -> object:
    published = document.published
    return capture(
        url=document.url,
        outlet=outlet,
        body=document.body,
        content_type=document.content_type,
        now=document.fetched_at or now,
        title=document.title,
        published_at=published.at if published else options.published_at,
        utc_offset_minutes=published.offset_minutes if published else 0,
        origin="import",
    )


def _documents(path: Path) -> Iterator[_Document]:
    """The documents of one file; the file itself as a fault when it cannot be read."""
    try:
        with path.open("rb") as stream:
            head = stream.read(512)
            stream.seek(0)
            yield from _READERS[_format(path.name, head)](path.name, stream)
    except OSError as error:
        fault = Quarantined(_UNREAD, f"the file cannot be read ({error.strerror or error})")
        yield _Document(
            url=_url(path.name, path.name.encode("utf-8", "replace")), where=path.name, error=fault
        )
    except Quarantined as error:
        yield _Document(url=_url(path.name, head), where=path.name, body=head, error=error)


def _format(name: str, head: bytes) -> str:
    lowered = name.lower()
    for suffix, known in _SUFFIXES.items():
        if lowered.endswith(suffix):
            return known
    if head.startswith(b"WARC/"):
        return "warc"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "html"
    raise Quarantined("unknown_format", f"the format is not known; {_FORMATS}")


def _url(name: str, content: bytes) -> str:
    """An address for a document that has none: its content and its name, nothing of this machine."""
    return f"import:{hashlib.sha256(content).hexdigest()[:16]}/{quote(name, safe='')[:200]}"


def _read_text(name: str, stream: BinaryIO) -> Iterator[_Document]:
    raw = stream.read(PAGE_BYTES + 1)
    text = _decoded(raw)
    lines = [line.strip() for line in text[:5000].splitlines() if line.strip()][:3]
    dated = next((find_written(line, DateProvenance.FEED) for line in lines if is_dateline(line)), None)
    yield _Document(
        url=_url(name, raw),
        where=name,
        body=text.encode("utf-8", "replace") if text else raw,
        published=dated,
    )


def _decoded(raw: bytes) -> str:
    """Text files are UTF-8, UTF-16 with its mark, or what Windows writes for Cyrillic."""
    encoding = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return raw.decode("cp1251", "replace")


def _read_html(name: str, stream: BinaryIO) -> Iterator[_Document]:
    raw = stream.read(PAGE_BYTES + 1)
    # No charset: the page's own declaration decides, as it would for a server that sends none.
    yield _Document(url=_url(name, raw), where=name, body=raw, content_type="text/html")


def _read_jsonl(name: str, stream: BinaryIO) -> Iterator[_Document]:
    number = 0
    while line := stream.readline(_LINE_BYTES + 1):
        number += 1
        if not line.strip():
            continue
        where = f"{name}:{number}"
        try:
            _check_length(stream, line)
            yield _document(json.loads(line), line, name, where)
        except Quarantined as error:
            yield _Document(url=_url(where, line), where=where, body=line, error=error)
        except (ValueError, RecursionError) as error:
            fault = Quarantined("bad_line", f"not a JSON object in one line: {error}")
            yield _Document(url=_url(where, line), where=where, body=line, error=fault)


def _check_length(stream: BinaryIO, line: bytes) -> None:
    """Refuse a line that is too long, and read on to its end so that the next one is whole."""
    if len(line) <= _LINE_BYTES:
        return
    while line and not line.endswith(b"\n"):
        line = stream.readline(_LINE_BYTES)
    raise Quarantined("too_large", f"the line is longer than {_LINE_BYTES} bytes")


def _document(found: Any, line: bytes, name: str, where: str) -> _Document:  # noqa: ANN401  JSON has no narrower type
    """The document of one line: `text` or `html`, and of `id`, `url`, `title`, `outlet`, `published` what is known."""
    if not isinstance(found, dict):
        raise Quarantined("bad_line", "the line holds JSON, but no object")
    known = {key: found.get(key) for key in ("id", "url", "title", "outlet", "published", "text", "html")}
    for key, value in known.items():
        if value is not None and not isinstance(value, str):
            raise Quarantined("bad_line", f"`{key}` must be a text, not {type(value).__name__}")
    body = known["text"] or known["html"]
    if not body:
        raise Quarantined("bad_line", "the object has neither `text` nor `html`")
    published = parse_date(known["published"], DateProvenance.FEED) if known["published"] else None
    if known["published"] and published is None:
        raise Quarantined("bad_line", f"`published` is no date: {known['published'][:40]!r}")
    return _Document(
        url=parse_target(known["url"]).url if known["url"] else _url(known["id"] or name, line),
        where=where,
        body=body.encode("utf-8", "replace"),
        content_type=_TEXT if known["text"] else _HTML,
        outlet=(known["outlet"] or "")[:200],
        title=(known["title"] or "")[:1000],
        published=published,
    )


def _read_warc(name: str, stream: BinaryIO) -> Iterator[_Document]:
    try:
        for number, record in enumerate(ArchiveIterator(stream), start=1):
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            if record.rec_type == "response" and record.http_headers is not None:
                yield _response(record, url.strip("<>"), f"{name}, record {number}")
    except (ArchiveLoadFailed, EOFError, OSError, ValueError, zlib.error) as error:
        raise Quarantined("bad_archive", f"the archive cannot be read from here on: {error}") from error


def _response(record: Any, url: str, where: str) -> _Document:  # noqa: ANN401  warcio has no types
    known_as, raw = url, b""
    try:
        target = parse_target(url)
        known_as = target.url
        raw = _payload(record)
    except Reject as error:
        return _Document(url=known_as or _url(where, b""), where=where, error=error)
    fetched = parse_date(record.rec_headers.get_header("WARC-Date") or "", DateProvenance.FIRST_SEEN)
    return _Document(
        url=known_as,
        where=where,
        body=raw,
        content_type=record.http_headers.get_header("content-type") or "",
        host=target.host.removeprefix("www."),
        fetched_at=fetched.at if fetched else None,
    )


def _payload(record: Any) -> bytes:  # noqa: ANN401
    status = record.http_headers.get_statuscode()
    if status != "200":
        raise Filtered(f"status_{status[:3]}", "the archived answer is no page")
    kind = (record.http_headers.get_header("content-type") or "text/html").lower()
    if not kind.startswith(("text/", "application/xhtml")):
        raise Filtered("wrong_type", f"the archived answer is {kind[:60]}, no page")
    encoding = (record.http_headers.get_header("content-encoding") or "").strip().lower()
    if encoding not in _DECODABLE:
        raise Quarantined("unsupported_encoding", f"the archived answer is encoded with {encoding[:40]!r}")
    body = bytearray()
    stream = record.content_stream()
    while len(body) <= PAGE_BYTES and (chunk := stream.read(64 * 1024)):
        body += chunk
    return bytes(body)


_READERS: dict[str, Callable[[str, BinaryIO], Iterator[_Document]]] = {
    "text": _read_text,
    "html": _read_html,
    "jsonl": _read_jsonl,
    "warc": _read_warc,
}
