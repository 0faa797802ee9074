"""What operators ask: `/health` (200 or 503, JSON) and `/metrics` (Prometheus text format)."""

from collections.abc import Iterable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from search.api.answers import json_answer
from search.api.services import Services
from search.query import Collection, Query

_TEXT = "text/plain; version=0.0.4; charset=utf-8"


def routes(services: Services) -> list[BaseRoute]:
    """Both."""

    def health(request: Request) -> Response:  # noqa: ARG001  every endpoint takes one
        found = services.health()
        return json_answer(
            {"status": "ok" if found.ok else "failing", "checks": dict(found.checks)},
            200 if found.ok else 503,
        )

    def metrics(request: Request) -> Response:  # noqa: ARG001  every endpoint takes one
        return Response("\n".join(_lines(services)) + "\n", media_type=_TEXT)

    return [Route("/health", health, methods=["GET"]), Route("/metrics", metrics, methods=["GET"])]


def _lines(services: Services) -> Iterable[str]:
    index = services.index
    yield from _gauge(
        "obmin_documents",
        "Documents in the index",
        {(("collection", c.value),): index.search(Query(collection=c, limit=1)).total for c in Collection},
    )
    for name, text, collection, field in (
        ("obmin_outcomes", "URLs by what became of them", Collection.OUTCOMES, "status"),
        ("obmin_dead_letters", "Records in quarantine by status", Collection.DEAD_LETTERS, "status"),
        ("obmin_deliveries", "Alerts by the status of their last attempt", Collection.DELIVERIES, "status"),
        ("obmin_feed_errors", "Feeds by what their last poll failed on", Collection.FEEDS, "error"),
    ):
        counted = index.counts(collection, field)
        yield from _gauge(name, text, {((field, value),): count for value, count in counted.items()})
    for name, value in sorted(services.gauges().items()):
        yield from _gauge(f"obmin_{name}", name.replace("_", " "), {(): value})


def _gauge(name: str, text: str, values: Mapping[tuple[tuple[str, str], ...], float]) -> Iterable[str]:
    yield f"# HELP {name} {text}"
    yield f"# TYPE {name} gauge"
    for labels, value in values.items():
        inside = ",".join(f'{key}="{_escaped(label)}"' for key, label in labels)
        yield f"{name}{{{inside}}} {value:g}" if inside else f"{name} {value:g}"


def _escaped(label: str) -> str:
    return label.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
