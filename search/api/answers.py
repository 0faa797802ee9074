"""JSON answers and the one shape of every error: `{"error": {"code", "message", "column"?}}`; pages get the same as HTML."""

import logging
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from processors.codec import encode
from processors.errors import Reject, Retry, Stop
from search.query import QueryError
from search.web.rendering import render

_log = logging.getLogger(__name__)
_CODES: Mapping[int, str] = {
    400: "bad_request", 403: "forbidden", 404: "not_found", 405: "method_not_allowed", 413: "too_large",
    415: "unsupported_type", 422: "refused", 503: "unavailable",
}  # fmt: skip
_TITLES: Mapping[int, str] = {
    400: "That was not understood", 403: "Refused", 404: "Nothing is here", 405: "Not possible here",
    413: "Too long", 415: "Wrong type", 422: "That cannot be done", 503: "Not available right now",
}  # fmt: skip


def json_answer(content: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """The content as JSON."""
    return Response(encode(content), status, headers, media_type="application/json")


def html_answer(body: bytes, status: int = 200) -> Response:
    """A page."""
    return Response(body, status, media_type="text/html; charset=utf-8")


def _answer(request: Request, status: int, code: str, message: str, **more: Any) -> Response:  # noqa: ANN401  JSON values
    if request.url.path.startswith("/api/"):
        return json_answer({"error": {"code": code, "message": message, **more}}, status)
    title = _TITLES.get(status, "Something went wrong")
    return html_answer(render("error.html", title=title, message=message, here="", status=status), status)


def http_error(request: Request, error: Exception) -> Response:
    """For Starlette's own errors and those that we raise as such."""
    assert isinstance(error, HTTPException)
    if error.status_code < 400:
        return Response(status_code=error.status_code, headers=error.headers)
    message = "There is no such page." if error.detail == "Not Found" else error.detail
    answer = _answer(request, error.status_code, _CODES.get(error.status_code, "error"), message)
    answer.headers.update(error.headers or {})
    return answer


def query_error(request: Request, error: Exception) -> Response:
    """For a text that is not in the query language."""
    assert isinstance(error, QueryError)
    return _answer(request, 400, "query", str(error.message), column=error.column)


def refused(request: Request, error: Exception) -> Response:
    """For a value that was refused."""
    assert isinstance(error, Reject)
    status = 404 if error.reason == "unknown" else 422
    return _answer(request, status, error.reason, error.detail or error.reason)


def unavailable(request: Request, error: Exception) -> Response:
    """For what may work later (Retry) and for what an operator must mend (Stop)."""
    assert isinstance(error, Retry | Stop)
    _log.warning("%s %s: %s", request.method, request.url.path, type(error).__name__)
    answer = _answer(request, 503, "unavailable", str(error))
    answer.headers["retry-after"] = "5"
    return answer


def crashed(request: Request, error: Exception) -> Response:
    """For our own mistakes: the reader learns nothing of the inside; Starlette passes the error on to the server's log."""
    _log.error("%s failed: %s", request.url.path, type(error).__name__)
    return _answer(request, 500, "internal", "obmin made a mistake; the log has the details.")


HANDLERS = {
    HTTPException: http_error,
    QueryError: query_error,
    Reject: refused,
    Retry: unavailable,
    Stop: unavailable,
    Exception: crashed,
}
