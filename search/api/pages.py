"""The pages that an analyst reads: search, exchanges, articles."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from search.api.answers import html_answer
from search.api.asking import Asked, ask, filters
from search.api.services import Services
from search.query import Collection, Hit, Page, Query, QueryError
from search.web import views
from search.web.rendering import render

#: What can be searched on the first page, and by which filters.
SEARCHED: Mapping[str, tuple[str, ...]] = {
    "claims": ("kind", "speaker_side", "speaker", "language", "outlet"),
    "articles": ("language", "outlet"),
}
_FACET_VALUES = 12
#: Rows of one exchange or article: more than any real one has.
_ALL = 500


def routes(services: Services) -> list[BaseRoute]:
    """Search, exchanges and articles."""
    pages = _Pages(services)
    return [
        Route("/", pages.search, methods=["GET"]),
        Route("/exchanges", pages.exchanges, methods=["GET"]),
        Route("/exchanges/{id}", pages.exchange, methods=["GET"]),
        Route("/articles/{id}", pages.article, methods=["GET"]),
    ]


class _Pages:
    def __init__(self, services: Services) -> None:
        self._services = services
        self._index = services.index

    def search(self, request: Request) -> Response:
        """`/`: claims or articles with highlights, facets and pages."""
        name = request.query_params.get("in", "claims")
        if name not in SEARCHED:
            name = "claims"
        collection = Collection(name)
        given = {key: value for key, value in request.query_params.items() if key != "in"}
        asked, page, problem = self._find(collection, given)
        body = render(
            "search.html",
            here="search",
            name=name,
            given=given,
            page=page,
            problem=problem,
            hits=[_shown(hit) for hit in page.hits],
            tabs=self._tabs(name, given, page),
            facets=self._facets(collection, SEARCHED[name], asked, given),
            next_url=_link("/", {**given, "in": name}, after=page.next) if page.next else "",
            first_url=_link("/", {**given, "in": name}, after=None) if given.get("after") else "",
        )
        return html_answer(body, 400 if problem else 200)

    def _find(
        self, collection: Collection, given: Mapping[str, str]
    ) -> tuple[Asked | None, Page, QueryError | None]:
        try:
            asked = ask(collection, given, strict=False)
            return asked, self._index.search(asked.query), None
        except QueryError as error:
            return None, Page(hits=(), total=0), error

    def _tabs(self, current: str, given: Mapping[str, str], page: Page) -> list[dict[str, Any]]:
        """The collections with what each would find for the same text and dates."""
        shared = {key: given[key] for key in ("q", "since", "until", "sort") if given.get(key)}
        tabs = []
        for name in SEARCHED:
            total: int | None = page.total
            if name != current:
                _, other, problem = self._find(Collection(name), {**shared, "limit": "1"})
                total = None if problem else other.total
            tabs.append({"name": name, "total": total, "url": _link("/", {**shared, "in": name})})
        return tabs

    def _facets(
        self, collection: Collection, names: Iterable[str], asked: Asked | None, given: Mapping[str, str]
    ) -> list[dict[str, Any]]:
        """For each filter its values with the number of documents under the other filters and the text."""
        if asked is None:
            return []
        facets = []
        for name in names:
            key = filters(collection)[name]
            where = {k: v for k, v in asked.query.where.items() if k != key}
            counted = self._index.counts(collection, key, where, text=asked.query.text)
            chosen = given.get(name, "")
            values = [
                {
                    "value": value,
                    "label": _label(name, value),
                    "count": count,
                    "chosen": value == chosen,
                    "url": _link(
                        "/",
                        {**given, "in": collection.value},
                        after=None,
                        **{name: None if value == chosen else value},
                    ),
                }
                for value, count in counted.items()
            ]
            if values:
                facets.append({"name": name, "title": name.removeprefix("speaker_"), "values": values[:_FACET_VALUES],
                               "more": max(0, len(values) - _FACET_VALUES)})  # fmt: skip
        return facets

    def exchanges(self, request: Request) -> Response:
        """`/exchanges`: newest event first."""
        given = dict(request.query_params)
        _, page, problem = self._find(Collection.EXCHANGES, given)
        body = render(
            "exchanges.html",
            here="exchanges",
            given=given,
            page=page,
            problem=problem,
            rows=[_exchange_row(hit.body) for hit in page.hits],
            next_url=_link("/exchanges", given, after=page.next) if page.next else "",
            first_url=_link("/exchanges", given, after=None) if given.get("after") else "",
        )
        return html_answer(body, 400 if problem else 200)

    def exchange(self, request: Request) -> Response:
        """`/exchanges/{id}`: a row for each claimant; the way on for an id whose claims moved to another."""
        exchange = self._index.get(Collection.EXCHANGES, request.path_params["id"])
        if exchange is None:
            raise HTTPException(404, "There is no exchange with this id.")
        if exchange["merged_into"]:
            return RedirectResponse(f"/exchanges/{exchange['merged_into']}", 308)
        rows = sorted(exchange["claimants"], key=_claimant_order)
        parent = exchange["parent_id"] and self._index.get(Collection.EXCHANGES, exchange["parent_id"])
        body = render(
            "exchange.html",
            here="exchanges",
            exchange=exchange,
            rows=rows,
            disagreeing=_disagreeing(exchange),
            figures={side: _figures(rows, side) for side in ("UA", "RU")},
            verdicts=views.verdicts(exchange),
            parent=parent,
            sub_exchanges=self._all(Collection.EXCHANGES, {"parent_id": exchange["id"], "merged": "false"}),
            developments=self._all(Collection.DEVELOPMENTS, {"exchange_id": exchange["id"]}),
        )
        return html_answer(body)

    def _all(self, collection: Collection, where: Mapping[str, str]) -> list[Mapping[str, Any]]:
        page = self._index.search(Query(collection=collection, where=where, limit=_ALL))
        return [hit.body for hit in page.hits]

    def article(self, request: Request) -> Response:
        """`/articles/{id}`: the text with its claims marked; with `explain=1` what was seen in each sentence."""
        article = self._index.get(Collection.ARTICLES, request.path_params["id"])
        if article is None:
            raise HTTPException(404, "There is no article with this id.")
        known = self._all(Collection.CLAIMS, {"article_id": article["id"]})
        claims = sorted(
            (c for c in known if c["version_id"] == article["version_id"] and not c["superseded"]),
            key=lambda claim: (claim["span"]["start"], claim["id"]),
        )
        explain = self._services.explain if request.query_params.get("explain") == "1" else None
        body = render(
            "article.html",
            here="",
            article=article,
            paragraphs=views.marked(article["text"], claims),
            claims=claims,
            numbers={claim["id"]: number for number, claim in enumerate(claims, 1)},
            exchange_of=self._exchanges_of(claims),
            withdrawn=[c for c in known if c["superseded"]],
            copies=self._all(Collection.COPIES, {"original_id": article["id"]}),
            originals=self._all(Collection.COPIES, {"version_id": article["version_id"]}),
            can_explain=self._services.explain is not None,
            sentences=explain(article) if explain else None,
        )
        return html_answer(body)

    def _exchanges_of(self, claims: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
        """Claim id to the exchange that it is about."""
        found: dict[str, Mapping[str, Any]] = {}
        for claim in claims:
            if claim["id"] not in found:
                where = {"claim_ids": claim["id"], "merged": "false"}
                for exchange in self._all(Collection.EXCHANGES, where):
                    found.update((claim_id, exchange) for claim_id in exchange["claim_ids"])
        return found


def _link(path: str, given: Mapping[str, str], **changes: str | None) -> str:
    merged: dict[str, str | None] = {**given, **changes}
    return f"{path}?{urlencode({key: value for key, value in merged.items() if value})}"


def _label(name: str, value: str) -> str:
    names = {"speaker_side": views.SIDES, "language": views.LANGUAGES}.get(name, {})
    return names.get(value, value)


def _shown(hit: Hit) -> dict[str, Any]:
    """A hit with its matches marked, or the beginning of its text."""
    fragments: dict[str, list[list[tuple[str, bool]]]] = {}
    for highlight in hit.highlights:
        pieces = views.highlighted(highlight.fragment, highlight.matches)
        fragments.setdefault(highlight.field, []).append(pieces)
    return {"body": hit.body, "fragments": fragments}


def _exchange_row(body: Mapping[str, Any]) -> dict[str, Any]:
    held = [row for row in body["claimants"] if row["kind"] in ("exchange", "agreement")] or body["claimants"]
    return {"body": body, "ua": views.spread(held, "ua"), "ru": views.spread(held, "ru")}


def _claimant_order(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Claims of the event first, then what was said around it; by side, speaker and time within."""
    sides = {"UA": 0, "RU": 1, "third": 2}
    return (
        row["background"],
        row["kind"] not in ("exchange", "agreement"),
        sides.get(row["speaker_side"], 3),
        row["speaker"] or "",
        row["published_at"],
        row["id"],
    )


def _figures(rows: Iterable[Mapping[str, Any]], side: str) -> list[tuple[str, list[str]]]:
    """Each figure that is claimed for a side, with who claims it."""
    found: dict[str, list[str]] = {}
    for row in rows:
        text = views.returned(row, side)
        if text:
            found.setdefault(text, []).append(views.speaker(row))
    return [(text, list(dict.fromkeys(names))) for text, names in found.items()]


def _disagreeing(exchange: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Claim id and slot of every value that another claim contradicts."""
    return {
        (verdict[key], verdict["slot"])
        for verdict in exchange["verdicts"]
        if verdict["verdict"] == "contradicts"
        for key in ("claim_id", "other_id")
    }
