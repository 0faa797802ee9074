"""The pages that an operator works with: sources, quarantine, subscriptions, deliveries."""

import base64
from collections.abc import Mapping

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from search.api.answers import html_answer
from search.api.asking import ask
from search.api.guard import COOKIE, Forms
from search.api.services import Services
from search.query import Collection, Page, Query, QueryError
from search.web.rendering import render

_ALL = 500
_MOMENT_S = 3.0
_OUTCOMES = ("indexed", "duplicate", "filtered", "quarantined", "pending")


def routes(services: Services) -> list[BaseRoute]:
    """Sources, quarantine with its two forms, subscriptions, deliveries."""
    desk = _Desk(services)
    return [
        Route("/sources", desk.sources, methods=["GET"]),
        Route("/quarantine", desk.quarantine, methods=["GET"]),
        Route("/quarantine/{id}", desk.letter, methods=["GET"]),
        Route("/quarantine/{id}/{action}", desk.act, methods=["POST"]),
        Route("/subscriptions", desk.subscriptions, methods=["GET"]),
        Route("/deliveries", desk.deliveries, methods=["GET"]),
    ]


def balance(services: Services) -> dict[str, int]:
    """Outcomes by status, every status named, and their sum as `entries`."""
    counted = services.index.counts(Collection.OUTCOMES, "status")
    by_status = {status: counted.get(status, 0) for status in _OUTCOMES}
    return {**by_status, "entries": sum(by_status.values())}


class _Desk:
    def __init__(self, services: Services) -> None:
        self._services = services
        self._index = services.index
        self._forms = Forms()

    def _page(self, collection: Collection, given: Mapping[str, str]) -> tuple[Page, QueryError | None]:
        try:
            return self._index.search(ask(collection, given, strict=False).query), None
        except QueryError as error:
            return Page(hits=(), total=0), error

    def sources(self, request: Request) -> Response:  # noqa: ARG002  every endpoint takes one
        """`/sources`: the feeds' state and what became of every URL."""
        feeds = self._index.search(Query(collection=Collection.FEEDS, limit=_ALL))
        outlets = self._index.counts(Collection.OUTCOMES, "outlet")
        by_outlet = {
            outlet: self._index.counts(Collection.OUTCOMES, "status", {"outlet": outlet})
            for outlet in outlets
        }
        body = render(
            "sources.html",
            here="sources",
            feeds=sorted(
                (hit.body for hit in feeds.hits), key=lambda feed: (feed["outlet"], feed["feed_url"])
            ),
            balance=balance(self._services),
            statuses=_OUTCOMES,
            by_outlet=by_outlet,
            reasons=self._index.counts(Collection.OUTCOMES, "reason"),
        )
        return html_answer(body)

    def quarantine(self, request: Request) -> Response:
        """`/quarantine`: dead letters by status and reason."""
        given = dict(request.query_params)
        given.setdefault("status", "open")
        page, problem = self._page(Collection.DEAD_LETTERS, {"limit": "100", **given})
        where = {"status": given["status"]} if given["status"] else {}
        body = render(
            "quarantine.html",
            here="quarantine",
            given=given,
            page=page,
            problem=problem,
            letters=[hit.body for hit in page.hits],
            reasons=self._index.counts(Collection.DEAD_LETTERS, "reason", where),
            statuses=self._index.counts(Collection.DEAD_LETTERS, "status"),
            next_after=page.next,
        )
        return html_answer(body, 400 if problem else 200)

    def letter(self, request: Request) -> Response:
        """`/quarantine/{id}`: everything known of one dead letter, with the forms to act on it."""
        letter = self._index.get(Collection.DEAD_LETTERS, request.path_params["id"])
        if letter is None:
            raise HTTPException(404, "There is nothing in quarantine with this id.")
        visitor = self._forms.visitor(request)
        raw = base64.b64decode(letter["payload"])
        body = render(
            "letter.html",
            here="quarantine",
            letter=letter,
            payload=_readable(raw),
            shown_bytes=len(raw),
            token=self._forms.token(visitor),
        )
        answer = html_answer(body)
        answer.set_cookie(COOKIE, visitor, httponly=True, samesite="strict", path="/quarantine")
        return answer

    async def act(self, request: Request) -> Response:
        """POST `/quarantine/{id}/replay` and `/discard`."""
        await self._forms.read(request)
        actions = {"replay": self._services.actions.replay, "discard": self._services.actions.discard}
        action = actions.get(request.path_params["action"])
        if action is None:
            raise HTTPException(404, "A record in quarantine can be replayed or discarded.")
        await run_in_threadpool(action, request.path_params["id"])
        await self._until_closed(request.path_params["id"])
        return RedirectResponse(
            f"/quarantine/{request.path_params['id']}?done={request.path_params['action']}", 303
        )

    async def _until_closed(self, letter_id: str) -> None:
        """Wait a moment for the index, so that the page that follows shows what was done."""
        with anyio.move_on_after(_MOMENT_S):
            while True:
                letter = await run_in_threadpool(self._index.get, Collection.DEAD_LETTERS, letter_id)
                if letter is None or letter["status"] != "open":
                    return
                await anyio.sleep(0.05)

    def subscriptions(self, request: Request) -> Response:  # noqa: ARG002  every endpoint takes one
        """`/subscriptions`: who is told what."""
        found = self._index.search(Query(collection=Collection.SUBSCRIPTIONS, limit=_ALL))
        body = render(
            "subscriptions.html",
            here="subscriptions",
            subscriptions=[hit.body for hit in found.hits],
            alerts=self._index.counts(Collection.ALERTS, "subscription_id"),
            delivered=self._index.counts(Collection.DELIVERIES, "subscription_id", {"status": "delivered"}),
        )
        return html_answer(body)

    def deliveries(self, request: Request) -> Response:
        """`/deliveries`: the ledger."""
        given = dict(request.query_params)
        page, problem = self._page(Collection.DELIVERIES, {"limit": "100", **given})
        names = {
            hit.id: hit.body["name"]
            for hit in self._index.search(Query(collection=Collection.SUBSCRIPTIONS, limit=_ALL)).hits
        }
        rows = [
            {"delivery": hit.body, "alert": self._index.get(Collection.ALERTS, hit.body["alert_id"])}
            for hit in page.hits
        ]
        body = render(
            "deliveries.html",
            here="deliveries",
            given=given,
            page=page,
            problem=problem,
            rows=rows,
            names=names,
            statuses=self._index.counts(Collection.DELIVERIES, "status"),
            next_after=page.next,
        )
        return html_answer(body, 400 if problem else 200)


def _readable(raw: bytes) -> str:
    """Bytes as text for looking at: what is no character is replaced, controls but line ends are left out."""
    text = raw.decode("utf-8", "replace")
    return "".join(c for c in text if c in "\n\t" or c.isprintable())
