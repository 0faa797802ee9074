"""What the pages say about records: figures, sides, times, marked texts. Pure; everything returned is text, never markup."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

SIDES: Mapping[str, str] = {"UA": "Ukraine", "RU": "Russia", "third": "third party"}
LANGUAGES: Mapping[str, str] = {
    "en": "English", "uk": "Ukrainian", "ru": "Russian", "pl": "Polish", "other": "other language",
}  # fmt: skip
SLOTS: Mapping[str, str] = {
    "returned.UA": "returned to Ukraine",
    "returned.RU": "returned to Russia",
    "bodies.UA": "remains to Ukraine",
    "bodies.RU": "remains to Russia",
}
_NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text with the ids of the claims whose evidence it is, and the slots that stand in it."""

    text: str
    claims: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    #: Claims whose evidence begins here: where a link to the claim leads.
    begins: tuple[str, ...] = ()


def figure(low: int | None, high: int | None, *, approx: bool = False) -> str:
    """A count in words: `230`, `200 or more`, `up to 230`, `170–175`, `about 200`; empty when nothing is known."""
    if low is None and high is None:
        return ""
    if low == high:
        text = _number(low)
    elif high is None:
        text = f"{_number(low)} or more"
    elif low is None:
        text = f"up to {_number(high)}"
    else:
        text = f"{_number(low)}–{_number(high)}"
    return f"about {text}" if approx else text


def _number(value: int | None) -> str:
    return f"{value:,}".replace(",", _NO_BREAK)


def returned(body: Mapping[str, Any], side: str) -> str:
    """The figure of people that a claim's body says returned to a side."""
    key = side.lower()
    return figure(body.get(f"{key}_min"), body.get(f"{key}_max"), approx=bool(body.get(f"{key}_approx")))


def verdicts(exchange: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """How the claims of an exchange stand to each other, two voices with their figures once, whoever reports them."""
    rows = {row["id"]: row for row in exchange["claimants"]}
    once: dict[tuple[object, ...], Mapping[str, Any]] = {}
    for each in exchange["verdicts"]:
        once.setdefault(_compared(each, rows), each)
    return [*once.values()]


def _compared(verdict: Mapping[str, Any], rows: Mapping[str, Mapping[str, Any]]) -> tuple[object, ...]:
    """What a verdict compares, in either order: who says which figure; of anything else the sentence itself."""
    kind, _, side = verdict["slot"].partition(".")
    one, other = rows.get(verdict["claim_id"]), rows.get(verdict["other_id"])
    if kind != "returned" or one is None or other is None:
        return verdict["verdict"], verdict["explanation"]
    told = frozenset((speaker(row), returned(row, side)) for row in (one, other))
    return verdict["verdict"], verdict["slot"], told


def remains(body: Mapping[str, Any], side: str) -> str:
    """The figure of remains that a claim's body says were returned to a side."""
    return returned(body, f"{side}_bodies")


def spread(claims: Iterable[Mapping[str, Any]], side: str) -> str:
    """The range that the claims of an exchange that took place give for one side: `173 – 230`, with `+` for an open end."""
    lows: list[int] = []
    highs: list[int] = []
    opens: list[int] = []
    key = side.lower()
    for claim in claims:
        bounds: list[int] = [
            claim[f"{key}_{end}"] for end in ("min", "max") if claim.get(f"{key}_{end}") is not None
        ]
        if bounds:
            lows.append(bounds[0])
            highs.append(bounds[-1])
            if claim.get(f"{key}_max") is None:
                opens.append(bounds[0])
    if not lows:
        return ""
    lowest, highest = min(lows), max(highs)
    text = _number(lowest) if lowest == highest else f"{_number(lowest)} – {_number(highest)}"
    return f"{text}+" if highest in opens and opens.count(highest) == highs.count(highest) else text


def speaker(body: Mapping[str, Any]) -> str:
    """Who claims it: the speaker, or the outlet in its own voice."""
    return body.get("speaker") or f"{body.get('outlet') or 'the outlet'}, in its own voice"


def day(value: str | None) -> str:
    """`2024-01-03` as `3 January 2024`, `2023-08` as `August 2023`; ranges with a dash; empty for None."""
    if not value:
        return ""
    return " – ".join(_day(part) for part in value.split("/"))


def _day(value: str) -> str:
    try:
        if len(value) == 10:
            found = date.fromisoformat(value)
            return f"{found.day}{_NO_BREAK}{found:%B %Y}"
        if len(value) == 7:
            return f"{date.fromisoformat(value + '-01'):%B %Y}"
    except ValueError:
        pass
    return value


def instant(value: str | None) -> str:
    """An ISO instant as `3 Jan 2024, 17:42`; UTC, as the pages' foot says. Empty for None."""
    if not value:
        return ""
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return value
    return f"{found.day} {found:%b %Y}, {found:%H:%M}".replace(" ", _NO_BREAK)


def web_address(url: str | None) -> str:
    """The URL when it is http or https, else nothing: no other scheme may become a link."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    return url or "" if parts.scheme in ("http", "https") and parts.hostname else ""


def host(url: str | None) -> str:
    """The host of a web address, for showing beside a link."""
    return urlsplit(web_address(url)).hostname or ""


def highlighted(fragment: str, matches: Iterable[Sequence[int]]) -> list[tuple[str, bool]]:
    """The fragment cut into pieces that match and pieces that do not."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted((int(m[0]), int(m[1])) for m in matches):
        if start < at or end > len(fragment):
            continue
        pieces += [(fragment[at:start], False), (fragment[start:end], True)]
        at = end
    pieces.append((fragment[at:], False))
    return [piece for piece in pieces if piece[0]]


def marked(text: str, claims: Sequence[Mapping[str, Any]]) -> list[list[Piece]]:
    """The paragraphs of an article's text, each cut where a claim's evidence or one of its slots begins or ends."""
    evidence = [(c["span"]["start"], c["span"]["end"], c["id"]) for c in claims if _inside(c["span"], text)]
    slots = [
        (s["span"]["start"], s["span"]["end"], s["slot"])
        for claim in claims
        for s in claim.get("slots", ())
        if _inside(s["span"], text)
    ]
    paragraphs: list[list[Piece]] = []
    at = 0
    for part in text.split("\n\n"):
        paragraphs.append(_pieces(text, at, at + len(part), evidence, slots))
        at += len(part) + 2
    return [pieces for pieces in paragraphs if pieces]


def _inside(span: Mapping[str, int], text: str) -> bool:
    return 0 <= span["start"] < span["end"] <= len(text)


def _pieces(
    text: str,
    start: int,
    end: int,
    evidence: Sequence[tuple[int, int, str]],
    slots: Sequence[tuple[int, int, str]],
) -> list[Piece]:
    cuts = {start, end}
    for low, high, _ in (*evidence, *slots):
        cuts.update(point for point in (low, high) if start < point < end)
    points = sorted(cuts)
    return [
        Piece(
            text=text[low:high],
            claims=tuple(dict.fromkeys(name for s, e, name in evidence if s <= low and high <= e)),
            slots=tuple(dict.fromkeys(name for s, e, name in slots if s <= low and high <= e)),
            begins=tuple(dict.fromkeys(name for s, _, name in evidence if s == low)),
        )
        for low, high in itertools.pairwise(points)
        if high > low
    ]


def slot_rows(claim: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The filled slots of a claim as name and value, in the codebook's order."""
    rows = [
        ("speaker", speaker(claim)),
        ("speaks for", SIDES.get(claim.get("speaker_side") or "", "")),
        ("relayed by", ", ".join(claim.get("via") or ())),
        ("acting side", SIDES.get(claim.get("actor") or "", "")),
        ("returned to Ukraine", returned(claim, "ua")),
        ("returned to Russia", returned(claim, "ru")),
        ("remains to Ukraine", remains(claim, "ua")),
        ("remains to Russia", remains(claim, "ru")),
        ("ratio", claim.get("ratio") or ""),
        ("ordinal", f"no. {claim['ordinal']} since 2022" if claim.get("ordinal") else ""),
        ("mediators", ", ".join(claim.get("mediators") or ())),
        ("event date", day(claim.get("date"))),
        ("stated on", day(claim.get("stated"))),
        ("location", claim.get("location") or ""),
        ("background", "recalled as earlier context" if claim.get("background") else ""),
        ("remarks", ", ".join(claim.get("flags") or ())),
        ("rule", claim.get("rule") or ""),
    ]
    return [(name, value) for name, value in rows if value]
