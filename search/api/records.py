"""The JSON routes: every collection as a list and one by one, and what an analyst can do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from processors.codec import decode, to_builtins
from processors.errors import Quarantined
from search.api.answers import json_answer
from search.api.asking import ask
from search.api.guard import bounded_body, check_same_origin
from search.api.openapi import document
from search.api.services import Services
from search.query import Collection, Hit

#: The collections by the name that they have in an address.
PATHS: Mapping[str, Collection] = {
    "articles": Collection.ARTICLES,
    "claims": Collection.CLAIMS,
    "exchanges": Collection.EXCHANGES,
    "developments": Collection.DEVELOPMENTS,
    "alerts": Collection.ALERTS,
    "deliveries": Collection.DELIVERIES,
    "subscriptions": Collection.SUBSCRIPTIONS,
    "quarantine": Collection.DEAD_LETTERS,
    "copies": Collection.COPIES,
    "outcomes": Collection.OUTCOMES,
    "sources": Collection.FEEDS,
}


def _listing(services: Services, collection: Collection) -> Callable[[Request], Response]:
    def respond(request: Request) -> Response:
        page = services.index.search(ask(collection, request.query_params).query)
        return json_answer(
            {"items": [_item(hit) for hit in page.hits], "total": page.total, "next": page.next}
        )

    return respond


def _item(hit: Hit) -> dict[str, Any]:
    return {**hit.body, "highlights": to_builtins(hit.highlights)}


def _one(services: Services, collection: Collection) -> Callable[[Request], Response]:
    def respond(request: Request) -> Response:
        body = services.index.get(collection, request.path_params["id"])
        if body is None:
            raise HTTPException(404, "There is no record with this id.")
        return json_answer(body)

    return respond


async def _fields(request: Request) -> dict[str, Any]:
    check_same_origin(request)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(415, "Send application/json.")
    try:
        return decode(dict[str, Any], await bounded_body(request) or b"{}")
    except Quarantined as error:
        raise HTTPException(400, f"The body is not a JSON object: {error.detail}") from error


@dataclass(frozen=True, slots=True)
class _Writes:
    """POST and PATCH."""

    services: Services

    async def replay(self, request: Request) -> Response:
        await _fields(request)
        await run_in_threadpool(self.services.actions.replay, request.path_params["id"])
        return json_answer({"status": "replayed"})

    async def discard(self, request: Request) -> Response:
        await _fields(request)
        await run_in_threadpool(self.services.actions.discard, request.path_params["id"])
        return json_answer({"status": "discarded"})

    async def subscribe(self, request: Request) -> Response:
        fields = await _fields(request)
        made = await run_in_threadpool(self.services.actions.subscribe, fields)
        return json_answer(made, 201, {"location": f"/api/v1/subscriptions/{made.id}"})

    async def edit(self, request: Request) -> Response:
        fields = await _fields(request)
        await run_in_threadpool(self.services.actions.edit, request.path_params["id"], fields)
        return json_answer({"status": "changed"})

    async def rotate(self, request: Request) -> Response:
        await _fields(request)
        made = await run_in_threadpool(self.services.actions.rotate, request.path_params["id"])
        return json_answer(made)

    async def test(self, request: Request) -> Response:
        await _fields(request)
        delivery = await run_in_threadpool(self.services.actions.test, request.path_params["id"])
        return json_answer(delivery)


def routes(services: Services) -> list[BaseRoute]:
    """Everything under /api/v1."""
    writes = _Writes(services)
    found: list[BaseRoute] = [
        Route("/api/v1/openapi.json", lambda _: json_answer(document())),
        Route("/api/v1/quarantine/{id}/replay", writes.replay, methods=["POST"]),
        Route("/api/v1/quarantine/{id}/discard", writes.discard, methods=["POST"]),
        Route("/api/v1/subscriptions", writes.subscribe, methods=["POST"]),
        Route("/api/v1/subscriptions/{id}", writes.edit, methods=["PATCH"]),
        Route("/api/v1/subscriptions/{id}/rotate", writes.rotate, methods=["POST"]),
        Route("/api/v1/subscriptions/{id}/test", writes.test, methods=["POST"]),
    ]
    for name, collection in PATHS.items():
        found.append(Route(f"/api/v1/{name}", _listing(services, collection), methods=["GET"]))
        found.append(Route(f"/api/v1/{name}/{{id}}", _one(services, collection), methods=["GET"]))
    return found
