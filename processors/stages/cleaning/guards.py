"""Refuses bodies that must not reach a parser, by size and by their first bytes."""

from processors.errors import Quarantined

#: Extraction is super-linear: 1 MB takes up to a second, 5 MB fifteen (research/reliability.md, finding 2).
MAX_BODY_BYTES = 2_000_000

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "a zip archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"\x28\xb5\x2f\xfd", "zstandard data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a rar archive"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"OggS", "Ogg media"),
    (b"ID3", "an MP3"),
)
_MARKUP_OTHER = (b"<rss", b"<feed", b"<rdf:rdf", b"<urlset", b"<sitemapindex", b"<svg", b"<opml")
_OTHER_TYPES = (
    "application/json",
    "application/ld+json",
    "application/pdf",
    "application/zip",
    "application/octet-stream",
)
_OTHER_FAMILIES = ("image/", "audio/", "video/", "font/")


def check_size(body_bytes: int) -> None:
    """Raise Quarantined("too_large") or Quarantined("empty"); looks at no byte of the body."""
    if body_bytes > MAX_BODY_BYTES:
        raise Quarantined("too_large", f"{body_bytes} bytes, a page may have {MAX_BODY_BYTES}")
    if body_bytes == 0:
        raise Quarantined("empty", "the body has no bytes")


def check_type(raw: bytes, content_type: str) -> None:
    """Raise Quarantined("wrong_type") for what is neither HTML nor text, Quarantined("empty") for nothing but blanks."""
    head = raw[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if not head and not raw.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise Quarantined("empty", "the body holds only blanks")
    for magic, name in _MAGIC:
        if head.startswith(magic):
            raise Quarantined("wrong_type", f"the body is {name}, not a page")
    if raw[4:8] == b"ftyp":
        raise Quarantined("wrong_type", "the body is an MP4, not a page")
    lowered = head.lower()
    if (
        lowered.startswith((b"<?xml", *_MARKUP_OTHER))
        and any(tag in lowered for tag in _MARKUP_OTHER)
        and b"<html" not in lowered
    ):
        raise Quarantined("wrong_type", "the body is a feed or other XML, not a page")
    kind = content_type.split(";", 1)[0].strip().lower()
    if (kind in _OTHER_TYPES or kind.startswith(_OTHER_FAMILIES)) and b"<html" not in lowered:
        raise Quarantined("wrong_type", f"the server calls it {kind}, and it holds no HTML")


def is_html(raw: bytes, content_type: str) -> bool:
    """True for HTML by its bytes, or by its declared type when the bytes do not say."""
    head = raw[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").replace(b"\x00", b"").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")) or b"<html" in head:
        return True
    kind = content_type.split(";", 1)[0].strip().lower()
    if kind == "text/plain":
        return False
    return "html" in kind or head.startswith(b"<")
