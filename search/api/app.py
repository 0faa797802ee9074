"""Puts the routes behind the guard."""

from collections.abc import Iterable
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from search.api import desk, operations, pages, records
from search.api.answers import HANDLERS
from search.api.guard import Guard
from search.api.services import Services

_STATIC = Path(__file__).resolve().parents[1] / "web" / "static"
_TYPES = {"style.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"}


def make_app(services: Services, *, allowed_hosts: Iterable[str] = ()) -> ASGIApp:
    """The ASGI application. `allowed_hosts` are names, beside those of loopback, by which it may be asked for."""
    # Around everything, so that the answer to a mistake of ours is guarded as well.
    app = Starlette(
        routes=[
            *records.routes(services),
            *operations.routes(services),
            *desk.routes(services),
            *pages.routes(services),
            Route("/static/{name}", _static, methods=["GET"]),
        ],
        exception_handlers=HANDLERS,
    )
    return Guard(app, allowed_hosts)


def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _TYPES:
        raise HTTPException(404)
    return FileResponse(_STATIC / name, media_type=_TYPES[name], headers={"cache-control": "max-age=300"})
