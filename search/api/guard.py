"""What holds for every request, whatever answers it: known hosts only, same-origin writes, strict headers."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Names by which a machine calls itself.
LOCAL = ("localhost", "127.0.0.1", "[::1]")
COOKIE = "obmin_form"
_FORM_BYTES = 64 * 1024
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS: Mapping[str, str] = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
_RAW_HEADERS = [(name.encode(), value.encode()) for name, value in HEADERS.items()]


class Guard:
    """Middleware: refuses a Host that is not ours (a rebound DNS name) and adds the headers of `HEADERS`."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self._app = app
        self._hosts = frozenset({*LOCAL, *(host.lower() for host in hosts)})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it with 400."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = [pair for pair in message.get("headers", ()) if pair[0].decode() not in HEADERS]
                kept = [pair for pair in message.get("headers", ()) if pair[0] == b"cache-control"]
                ours = [pair for pair in _RAW_HEADERS if not (kept and pair[0] == b"cache-control")]
                message = {**message, "headers": [*given, *kept, *ours]}
            await send(message)

        if _host_name(Request(scope).headers.get("host", "")) in self._hosts:
            await self._app(scope, receive, send_guarded)
        else:
            await _refuse(send_guarded)


def _host_name(host: str) -> str:
    """The name of a Host header without its port."""
    name, bracket, _ = host.lower().partition("]")
    return name + bracket if bracket else name.partition(":")[0]


async def _refuse(send: Send) -> None:
    body = json.dumps(
        {
            "error": {
                "code": "unknown_host",
                "message": "obmin does not go by this name; add it to allowed_hosts if it should.",
            }
        }
    )
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 400, "headers": headers})
    await send({"type": "http.response.body", "body": body.encode()})


def check_same_origin(request: Request) -> None:
    """Raise HTTPException 403 when another site sends this request.

    Browsers say so in Sec-Fetch-Site; older ones in Origin, which is `null` under our referrer policy and then refused.
    Programs that send neither are no browsers and carry nobody's session.
    """
    if request.method in _SAFE_METHODS:
        return
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None:
        ours = site in ("same-origin", "none")
    else:
        ours = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    if not ours:
        raise HTTPException(403, "This request comes from another site and was refused.")


class Forms:
    """Tokens that tie a form to the browser that was shown it, so that no other site can send it."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def visitor(self, request: Request) -> str:
        """The browser's random mark: from its cookie, or a new one."""
        return request.cookies.get(COOKIE) or secrets.token_urlsafe(24)

    def token(self, visitor: str) -> str:
        """What a form shown to this browser must carry."""
        return hmac.new(self._key, visitor.encode(), hashlib.sha256).hexdigest()

    async def read(self, request: Request) -> dict[str, str]:
        """The fields of a form that is ours. Raises HTTPException 403, 413 or 415 for any other."""
        check_same_origin(request)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/x-www-form-urlencoded":
            raise HTTPException(415, "A form must be sent as application/x-www-form-urlencoded.")
        raw = await bounded_body(request)
        fields = dict(parse_qsl(raw.decode("utf-8", "replace"), max_num_fields=50))
        expected = self.token(request.cookies.get(COOKIE, ""))
        if not hmac.compare_digest(fields.pop("token", "").encode(), expected.encode()):
            raise HTTPException(
                403, "The page was open too long, or cookies are off. Reload it and try again."
            )
        return fields


async def bounded_body(request: Request) -> bytes:
    """The body, no longer than 64 KiB. Raises HTTPException 413."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _FORM_BYTES:
            raise HTTPException(413, f"The request is longer than {_FORM_BYTES} bytes.")
    return bytes(body)
