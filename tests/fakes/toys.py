"""A small pipeline for the runners' tests: a page's body says what its stage does."""

import os
import signal
import time
import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from processors.errors import Filtered, Quarantined
from processors.model import (
    ArticleClaims,
    ArticleId,
    ArticleVersion,
    Capture,
    CaptureId,
    CopyLink,
    DateProvenance,
    Language,
    Subscription,
    VersionId,
    content_id,
)
from processors.ports import Changes, NewMessage
from processors.runners.step import message
from processors.topology import (
    ARTICLES,
    CAPTURES,
    CLAIMS,
    COPIES,
    SUBSCRIPTIONS,
    FoldStage,
    MapStage,
    Pipeline,
)

T0 = datetime(2026, 1, 1, tzinfo=UTC)


def capture(number: int, body: str = "", outlet: str = "Toy Times") -> Capture:
    """Capture `number`; a body that is empty says so many words as its number has."""
    text = (body or f"page {number} " + "word " * (number % 7)).encode()
    url = f"https://toy.example/{number}"
    return Capture(
        id=CaptureId(content_id(url)),
        url=url,
        final_url=url,
        outlet=outlet,
        fetched_at=T0 + timedelta(minutes=number),
        body_zlib=zlib.compress(text),
        body_bytes=len(text),
    )


def captured(number: int, body: str = "") -> NewMessage:
    """Capture `number` as it is appended."""
    return message(CAPTURES, capture(number, body))


def clean(page: Capture) -> Sequence[ArticleVersion]:
    """The page as an article, or the fault that its first word names."""
    text = page.body().decode()
    match text.split()[0]:
        case "filter":
            raise Filtered("wall", "a consent wall")
        case "quarantine":
            raise Quarantined("too_deep", "300 levels")
        case "raise":
            raise ZeroDivisionError("a fault in the stage")
        case "hang":
            time.sleep(600)
        case "loop":
            while True:
                pass
        case "segfault":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "exit":
            os._exit(3)
        case "memory":
            bytearray(1 << 36)
    return (
        ArticleVersion(
            id=VersionId(content_id(page.url, text)),
            article_id=ArticleId(content_id(page.url)),
            capture_id=page.id,
            url=page.url,
            outlet=page.outlet,
            title=f"Title {page.url}",
            text=text,
            language=Language.EN,
            published_at=page.fetched_at,
            date_provenance=DateProvenance.FIRST_SEEN,
            fetched_at=page.fetched_at,
            fingerprint="0" * 16,
        ),
    )


def claims(article: ArticleVersion) -> Sequence[ArticleClaims]:
    """No claims; the number of words."""
    if article.text.startswith("noclaims"):
        raise Quarantined("claims", "refused by the second stage")
    return (
        ArticleClaims(
            version_id=article.id,
            article_id=article.article_id,
            url=article.url,
            outlet=article.outlet,
            title=article.title,
            language=article.language,
            published_at=article.published_at,
            fetched_at=article.fetched_at,
            fingerprint=article.fingerprint,
            words=len(article.text.split()),
        ),
    )


def count(state: Mapping[str, bytes], item: ArticleClaims) -> tuple[Changes, Sequence[Any]]:
    """Links each article to the last one with as many words; `distance` counts them."""
    cell = f"words {item.words}"
    number, _, last = state.get(cell, b"0 ").partition(b" ")
    changes = {cell: b"%d %s" % (int(number) + 1, item.article_id.encode())}
    if not last:
        return changes, ()
    link = CopyLink(
        version_id=item.version_id,
        article_id=item.article_id,
        original_id=ArticleId(last.decode()),
        outlet=item.outlet,
        original_outlet=item.outlet,
        distance=int(number),
    )
    return changes, (link,)


def total(
    state: Mapping[str, bytes], item: ArticleClaims | CopyLink | Subscription
) -> tuple[Changes, Sequence[Any]]:
    """Counts all it sees by type; chokes on articles of 13 words."""
    if isinstance(item, ArticleClaims) and item.words == 13:
        raise KeyError("thirteen")
    cell = type(item).__name__
    return {cell: b"%d" % (int(state.get(cell, b"0")) + 1)}, ()


TOY = Pipeline(
    maps=(
        MapStage(name="clean", takes=CAPTURES, emits=(ARTICLES,), run=clean),
        MapStage(name="claims", takes=ARTICLES, emits=(CLAIMS,), run=claims),
    ),
    folds=(
        FoldStage(name="count", takes=(CLAIMS,), emits=(COPIES,), fold=count),
        FoldStage(name="total", takes=(SUBSCRIPTIONS, COPIES, CLAIMS), emits=(), fold=total),
    ),
)
TOY_REFERENCE = "tests.fakes.toys:TOY"
#: One whose children cannot start.
BROKEN = Pipeline(maps=TOY.maps, folds=(), modules=("no_such_module",))
BROKEN_REFERENCE = "tests.fakes.toys:BROKEN"
