"""Bytes to text. A declared encoding is believed only as far as the bytes bear it out.

Order: byte order mark, UTF-8 that decodes strictly (no Cyrillic 8-bit text does by chance), the header's charset, the
page's own, and when these give implausible text or nothing, a vote over the encodings that our languages use.
"""

import codecs
import re

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ("cp1251", "koi8-u", "cp866", "iso8859-5", "cp1250", "cp1252")
_TRUSTED = frozenset(
    {
        *_CANDIDATES,
        "koi8-r",
        "iso8859-1",
        "iso8859-2",
        "iso8859-15",
        "cp1254",
        "utf-8",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
    }
)
_DECLARED = re.compile(
    rb"""charset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_:.-]{2,40})|<\?xml[^>]{0,200}encoding=["']([A-Za-z0-9_.-]{2,40})"""
)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})")
_HIGH_RUNS = re.compile(rb"[\x80-\xff][\x20\x80-\xff]{2,}")
_COMMON = "оаеинтсрвл"
_LATIN_MARKS = "éèêàçñöäüßąęłśżźćńó“”’–—«»€"
_INSIDE_CAPITAL = re.compile(r"[а-яёіїєґ][А-ЯЁІЇЄҐ]")
_IMPLAUSIBLE = re.compile(r"[\x80-\x9f\u2500-\u25ff\ufffdЂЃЌЏђѓќџ¤¬¦¶\u20aa\u221a-\u2265]")
_SAMPLE_BYTES = 20_000


def decode(raw: bytes, content_type: str = "") -> str:
    """The text of a body. Never fails: bytes that no encoding explains become U+FFFD."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_other(raw, content_type, error)
    return (
        text if len(text) == len(raw) and "\x00" not in text else _repair_mojibake(_without_nuls(raw, text))
    )


def _decode_other(raw: bytes, content_type: str, error: UnicodeDecodeError) -> str:
    if _is_nearly_utf8(raw, error):
        return raw.decode("utf-8", "replace")
    sample = b" ".join(_HIGH_RUNS.findall(raw[:200_000]))[:_SAMPLE_BYTES] or raw[:_SAMPLE_BYTES]
    for encoding in _declared(raw, content_type):
        if encoding in _TRUSTED and encoding != "utf-8" and _score(sample, encoding) > 0:
            return raw.decode(encoding, "replace")
    best = max(_CANDIDATES, key=lambda encoding: (_score(sample, encoding), -_CANDIDATES.index(encoding)))
    return raw.decode(best, "replace")


def _declared(raw: bytes, content_type: str) -> list[str]:
    names = [match.group(1) for match in [_IN_HEADER.search(content_type.lower())] if match]
    names += [(m.group(1) or m.group(2)).decode("ascii") for m in [_DECLARED.search(raw[:4096])] if m]
    known = []
    for name in names:
        try:
            known.append(codecs.lookup(name).name)
        except LookupError:
            continue
    return known


def _is_nearly_utf8(raw: bytes, error: UnicodeDecodeError) -> bool:
    """A UTF-8 page with a few broken bytes (cut teasers, a stray cp1251 quote) is still UTF-8."""
    if error.start == 0 and len(raw) < 50:
        return False
    sample = raw[:200_000]
    high = sum(
        sample.count(lead) for lead in (b"\xd0", b"\xd1", b"\xe2\x80", b"\xc2", b"\xc3", b"\xc5", b"\xc4")
    )
    return sample.decode("utf-8", "replace").count("\ufffd") * 20 < high


def _without_nuls(raw: bytes, text: str) -> str:
    """UTF-16 without a mark is valid UTF-8 full of NULs."""
    if raw.count(b"\x00") * 5 < len(raw):
        return text
    little = raw[1:200:2].count(0) >= raw[0:200:2].count(0)
    return raw.decode("utf-16-le" if little else "utf-16-be", "replace")


def _score(sample: bytes, encoding: str) -> float:
    """How much the sample looks like words of our languages in this encoding; implausible text scores below zero."""
    text = sample.decode(encoding, "replace")
    good = sum(map(text.count, _COMMON)) + sum(map(text.count, _LATIN_MARKS))
    bad = 3 * len(_IMPLAUSIBLE.findall(text)) + 4 * len(_INSIDE_CAPITAL.findall(text))
    return good - bad


def _repair_mojibake(text: str) -> str:
    """UTF-8 once misread as cp1251 and saved ("РћР±РјС–РЅ"): undo it when every letter says so."""
    start = max(text.find("<body"), 0)
    sample = text[start : start + _SAMPLE_BYTES]
    pairs = sample.count("Р") + sample.count("С")
    if pairs < 20 or pairs < sum(map(sample.count, _COMMON)):
        return text
    try:
        repaired = text.encode("cp1251").decode("utf-8")
    except UnicodeError:
        return text
    return repaired
