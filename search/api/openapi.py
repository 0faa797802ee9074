"""The OpenAPI 3.1 description, made from the shapes of `search.schemas` and the filters of the query language."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from processors.codec import json_schema
from search import schemas
from search.api.asking import MAX_LIMIT, filters
from search.query import Collection, Sort

#: Name in the address, collection, shape, one sentence.
LISTS: tuple[tuple[str, Collection, type, str], ...] = (
    ("articles", Collection.ARTICLES, schemas.ArticleBody, "Articles, newest version of each"),
    ("claims", Collection.CLAIMS, schemas.ClaimBody, "Claims: who asserts what"),
    ("exchanges", Collection.EXCHANGES, schemas.ExchangeBody, "Exchanges with a row for each claimant"),
    (
        "developments",
        Collection.DEVELOPMENTS,
        schemas.DevelopmentBody,
        "What became known, and by which claim",
    ),
    ("alerts", Collection.ALERTS, schemas.AlertBody, "Developments that a subscription asked for"),
    ("deliveries", Collection.DELIVERIES, schemas.DeliveryBody, "Attempts to deliver alerts"),
    (
        "subscriptions",
        Collection.SUBSCRIPTIONS,
        schemas.SubscriptionBody,
        "Subscriptions, without their secrets",
    ),
    ("quarantine", Collection.DEAD_LETTERS, schemas.DeadLetterBody, "Records that could not be processed"),
    ("copies", Collection.COPIES, schemas.CopyBody, "Articles that repeat another"),
    ("outcomes", Collection.OUTCOMES, schemas.OutcomeBody, "What became of each URL"),
    ("sources", Collection.FEEDS, schemas.FeedBody, "Feeds and their state"),
)


@lru_cache(maxsize=1)
def document() -> Mapping[str, Any]:
    """The whole description, JSON-ready."""
    definitions: dict[str, Any] = {}
    paths: dict[str, Any] = {}
    _define(definitions, schemas.ErrorBody)
    for name, collection, shape, summary in LISTS:
        _define(definitions, shape)
        paths[f"/api/v1/{name}"] = {"get": _list(name, collection, shape, summary)}
        paths[f"/api/v1/{name}/{{id}}"] = {"get": _one(name, shape)}
    _define(definitions, schemas.NewSubscriptionBody)
    _writes(paths)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "obmin",
            "version": "1",
            "description": "Claims about exchanges of prisoners of war.",
        },
        "paths": paths,
        "components": {"schemas": definitions},
    }


def _define(definitions: dict[str, Any], shape: type) -> None:
    """Add the schema of a shape, and of what it contains, under their names."""
    schema = _moved(json_schema(shape))
    definitions.update(schema.pop("$defs", {}))


def _moved(value: Any) -> Any:  # noqa: ANN401  JSON
    """References from JSON Schema's place for definitions to OpenAPI's."""
    if isinstance(value, dict):
        return {key: _moved(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_moved(item) for item in value]
    return value.replace("#/$defs/", "#/components/schemas/") if isinstance(value, str) else value


def _ref(shape: type) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{shape.__name__}"}


def _json(schema: Mapping[str, Any], description: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _errors(*statuses: int) -> dict[str, Any]:
    return {str(status): _json(_ref(schemas.ErrorBody), "What is wrong") for status in statuses}


def _parameter(name: str, description: str, **schema: Any) -> dict[str, Any]:  # noqa: ANN401  JSON Schema
    return {"name": name, "in": "query", "description": description, "schema": {"type": "string", **schema}}


def _list(name: str, collection: Collection, shape: type, summary: str) -> dict[str, Any]:
    parameters = [
        _parameter("q", "text in the query language"),
        _parameter("sort", "order of the items", enum=[sort.value for sort in Sort]),
        _parameter("limit", "items on one page", type="integer", minimum=1, maximum=MAX_LIMIT, default=20),
        _parameter("after", "`next` of the page before"),
        _parameter("since", "first day, month or year"),
        _parameter("until", "last day, month or year"),
        *(_parameter(key, "exact value") for key in filters(collection)),
    ]
    highlight = {
        "type": "object",
        "properties": {
            "field": {"type": "string"},
            "fragment": {"type": "string"},
            "matches": {
                "type": "array",
                "items": {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
            },
        },
    }
    extra = {"type": "object", "properties": {"highlights": {"type": "array", "items": highlight}}}
    page = {
        "type": "object",
        "required": ["items", "total", "next"],
        "properties": {
            "items": {"type": "array", "items": {"allOf": [_ref(shape), extra]}},
            "total": {"type": "integer"},
            "next": {"type": ["string", "null"]},
        },
    }
    return {
        "operationId": f"list_{name}",
        "summary": summary,
        "parameters": parameters,
        "responses": {"200": _json(page, "A page of them"), **_errors(400, 503)},
    }


_ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}


def _one(name: str, shape: type) -> dict[str, Any]:
    return {
        "operationId": f"get_{name}",
        "summary": f"One of {name}",
        "parameters": [_ID],
        "responses": {"200": _json(_ref(shape), "The record"), **_errors(404, 503)},
    }


def _write(
    operation: str, summary: str, answer: str, *, body: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    content = {"application/json": {"schema": body or {"type": "object"}}}
    return {
        "operationId": operation,
        "summary": summary,
        "requestBody": {"required": body is not None, "content": content},
        "responses": {answer: _json({"type": "object"}, "Done"), **_errors(400, 403, 404, 415, 422, 503)},
    }


def _writes(paths: dict[str, Any]) -> None:
    new = _ref(schemas.NewSubscriptionBody)
    paths["/api/v1/subscriptions"]["post"] = _write(
        "subscribe", "Make a subscription; the answer has its secret, once", "201", body=new
    )
    paths["/api/v1/subscriptions/{id}"]["patch"] = {
        **_write(
            "edit_subscription", "Change fields; active: false switches off", "200", body={"type": "object"}
        ),
        "parameters": [_ID],
    }
    for path, operation, summary in (
        ("subscriptions/{id}/rotate", "rotate_secret", "A new secret, which is shown this once"),
        ("subscriptions/{id}/test", "test_subscription", "Send a signed example now"),
        ("quarantine/{id}/replay", "replay", "Process the record once more"),
        ("quarantine/{id}/discard", "discard", "Close the record"),
    ):
        paths[f"/api/v1/{path}"] = {"post": {**_write(operation, summary, "200"), "parameters": [_ID]}}
