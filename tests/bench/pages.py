"""The pages that the benchmarks read, the same in every run.

- `newsroom`: the sample newsroom's pages as they are: dense with claims and, at 5 KB, far lighter than a page of the web.
- `dense`: the same articles in pages of the web's usual weight (median 72 KB: navigation, scripts, related stories).
- `plain`: long articles about something else in pages of that weight, as most of what a poller brings.
- `claims`, `near`: the articles of the gold file `news` with claims and without; `aside`: plain ones with one paragraph on an
  exchange; all in pages of that weight.
"""

import random
import zlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

from obmin.evaluation import read_documents
from obmin.newsroom import Newsroom
from processors.errors import Reject
from processors.model import ArticleVersion, Capture, CaptureId, content_id
from processors.stages.clean import clean

_FETCHED_AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
_PLAIN_PAGES = 60
_GOLD = Path(__file__).parents[1] / "data" / "gold" / "news.jsonl"
_TEXT = """
the council of harbour city voted on a new bridge over river after years of debate about cost and traffic
while residents asked for quieter nights more trees along roads better schools cheaper tickets and longer
library hours engineers presented plans with wider lanes for bicycles opened last spring market sellers expect
visitors from villages across valley where apples cherries and plums ripen early this year because of warm
weather farmers say prices remain stable although transport became slower in winter museum shows paintings
maps letters collected by travellers who painted mountains long centuries ago with mules boats and patience
"""
_WORDS = _TEXT.split()


def newsroom() -> list[Capture]:
    """Pages of the newsroom that hold an article."""
    return [page for page in Newsroom().pages() if _is_article(page)]


def dense() -> list[Capture]:
    """The newsroom's articles in pages of usual weight."""
    rng = random.Random(1)
    return [_with_body(page, _heavier(page.body(), rng)) for page in newsroom()]


def plain() -> list[Capture]:
    """Long articles without a claim, in pages of usual weight."""
    rng = random.Random(2)
    return [_plain(number, rng) for number in range(_PLAIN_PAGES)]


def gold_articles(*, with_claims: bool) -> dict[str, list[ArticleVersion]]:
    """The articles of the gold file `news` with claims or without, by language."""
    found: dict[str, list[ArticleVersion]] = {}
    for document in read_documents(_GOLD):
        if bool(document.claims) is with_claims:
            found.setdefault(document.language.value, []).append(document.article())
    return found


def gold(*, with_claims: bool) -> list[Capture]:
    """The same in pages of usual weight."""
    rng = random.Random(3)
    listed = (article for articles in gold_articles(with_claims=with_claims).values() for article in articles)
    return [
        _in_page(article.title, article.text.split("\n\n"), article.published_at, article.language, rng)
        for article in listed
    ]


def aside() -> list[Capture]:
    """Long articles about something else with one paragraph on an exchange, in pages of usual weight."""
    rng = random.Random(4)
    paragraphs = [article.text.split("\n\n")[0] for article in gold_articles(with_claims=True)["en"]]
    return [_plain(number, rng, paragraph) for number, paragraph in enumerate(paragraphs[:_PLAIN_PAGES])]


#: What `extraction` measures.
ARTICLES: dict[str, Callable[[], Sequence[Capture]]] = {
    "claims": lambda: gold(with_claims=True), "aside": aside, "near": lambda: gold(with_claims=False), "plain": plain,
}  # fmt: skip

CORPORA: dict[str, Callable[[], Sequence[Capture]]] = {"newsroom": newsroom, "dense": dense, "plain": plain}


def _is_article(page: Capture) -> bool:
    try:
        return bool(clean(page))
    except Reject:
        return False


def _with_body(page: Capture, body: bytes) -> Capture:
    return Capture(
        id=CaptureId(content_id(page.url, body)),
        url=page.url,
        final_url=page.final_url,
        outlet=page.outlet,
        fetched_at=page.fetched_at,
        content_type=page.content_type,
        body_zlib=zlib.compress(body, 1),
        body_bytes=len(body),
        entry_title=page.entry_title,
        entry_published_at=page.entry_published_at,
    )


def _plain(number: int, rng: random.Random, aside: str = "") -> Capture:
    paragraphs = [" ".join(_sentence(rng, 18) for _ in range(3)) for _ in range(rng.randint(6, 20))]
    if aside:
        paragraphs.insert(len(paragraphs) // 2, aside)
    return _in_page(_sentence(rng, 8), paragraphs, _FETCHED_AT - timedelta(hours=number), "en", rng)


def _in_page(
    title: str, paragraphs: Sequence[str], published_at: datetime, language: str, rng: random.Random
) -> Capture:
    """An article in a page of usual weight."""
    text = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in paragraphs)
    body = (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)} | Harbour Post</title>'
        f'<meta property="article:published_time" content="{published_at.isoformat()}"></head><body><article>'
        f"<h1>{escape(title)}</h1>{text}</article></body></html>"
    ).encode()
    url = f"https://harbour-post.example/{zlib.crc32(body)}"
    empty = Capture(
        id=CaptureId(""), url=url, final_url=url, outlet="Harbour Post", fetched_at=_FETCHED_AT, content_type="text/html",
        body_zlib=b"", body_bytes=0, entry_title=title,
    )  # fmt: skip
    return _with_body(empty, _heavier(body, rng))


def _heavier(body: bytes, rng: random.Random) -> bytes:
    """The page with what surrounds an article on the web: scripts and styles before it, navigation and teasers around it."""
    links = "".join(
        f'<li class="n{n}"><a href="/s/{n}">{_sentence(rng, 2)}</a></li>' for n in range(rng.randint(60, 200))
    )
    cards = "".join(
        f'<div class="card teaser-{n}"><a href="/story/{rng.getrandbits(32)}"><img src="/i/{n}.jpg" alt="">'
        f"<h3>{_sentence(rng, 7)}</h3></a>"
        f'<span class="meta">{rng.randint(1, 23)} h</span></div>'
        for n in range(rng.randint(20, 60))
    )
    data = ",".join(f'"{rng.getrandbits(48):x}":{rng.getrandbits(30)}' for _ in range(rng.randint(600, 2000)))
    head = f"<style>{'.a{margin:0;padding:1px}' * 300}</style><script>window.state={{{data}}}</script></head>"
    before = f'<nav class="menu"><ul>{links}</ul></nav>'
    after = f'<aside class="related">{cards}</aside><footer class="footer"><ul>{links}</ul></footer></body>'
    body = body.replace(b"</head>", head.encode(), 1).replace(b"</body>", after.encode(), 1)
    start = body.find(b">", body.find(b"<body")) + 1
    return body[:start] + before.encode() + body[start:]


def _sentence(rng: random.Random, words: int) -> str:
    return " ".join(rng.choices(_WORDS, k=words)).capitalize() + ("." if words > 8 else "")
