"""`Actions` through the API of the obmin that runs and holds the database."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import ProxyHandler, Request, build_opener

from processors.errors import Reject, Stop
from search.api import Subscribed

_TIMEOUT_S = 30


class RemoteActions:
    """Asks the service at `address`. Raises Reject with the service's own message, Stop when it does not answer."""

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")
        # The service is on this machine: a proxy of the environment has no business here.
        self._opener = build_opener(ProxyHandler({}))

    def replay(self, letter_id: str) -> None:
        """Process a dead letter once more."""
        self._send("POST", f"quarantine/{quote(letter_id, safe='')}/replay", {})

    def discard(self, letter_id: str) -> None:
        """Close a dead letter."""
        self._send("POST", f"quarantine/{quote(letter_id, safe='')}/discard", {})

    def subscribe(self, fields: Mapping[str, Any]) -> Subscribed:
        """Make a subscription."""
        made = self._send("POST", "subscriptions", fields)
        return Subscribed(id=made["id"], secret=made["secret"])

    def edit(self, subscription_id: str, fields: Mapping[str, Any]) -> None:
        """Change a subscription."""
        self._send("PATCH", f"subscriptions/{quote(subscription_id, safe='')}", fields)

    def rotate(self, subscription_id: str) -> Subscribed:
        """A new secret."""
        made = self._send("POST", f"subscriptions/{quote(subscription_id, safe='')}/rotate", {})
        return Subscribed(id=made["id"], secret=made["secret"])

    def test(self, subscription_id: str) -> Mapping[str, Any]:
        """Send a signed example."""
        return self._send("POST", f"subscriptions/{quote(subscription_id, safe='')}/test", {})

    def _send(self, method: str, path: str, content: Mapping[str, Any]) -> dict[str, Any]:
        request = Request(  # noqa: S310  our own service's address
            f"{self._address}/api/v1/{path}",
            json.dumps(dict(content)).encode(),
            {"content-type": "application/json"},
            method=method,
        )
        try:
            with self._opener.open(request, timeout=_TIMEOUT_S) as answer:
                found: dict[str, Any] = json.load(answer)
                return found
        except HTTPError as error:
            raise _refusal(error) from error
        except (URLError, OSError, ValueError) as error:
            raise Stop(
                f"The obmin at {self._address} holds the database but does not answer ({error}). "
                "Stop it, then try again."
            ) from error


def _refusal(error: HTTPError) -> Reject:
    try:
        told = json.load(error)["error"]
        return Reject(str(told["code"]), str(told["message"]))
    except (ValueError, KeyError, TypeError):
        return Reject("service", f"the service answered {error.code}")
