"""The parts of one process in their threads: poller, runner, deliverer, pages. Started together, stopped together."""

import json
import logging
import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

import uvicorn

from obmin.actions import LocalActions
from obmin.config import Settings
from obmin.explaining import explain_article
from obmin.wiring import Engine
from processors.errors import Stop
from processors.topology import TOPICS
from search.api import Health, Services, make_app
from search.query import Collection, Query

_log = logging.getLogger(__name__)
#: Where a running service says how to reach it, beside its database.
ADDRESS_FILE = "service.json"
_LONGEST_WAIT_S = 5.0
_JOIN_S = 20.0


class Service:
    """An engine at work. `start`, then `wait` until it is to end, then `stop`."""

    def __init__(self, engine: Engine, listener: socket.socket) -> None:
        self._engine = engine
        self._listener = listener
        self._stopping = threading.Event()
        self._failure: BaseException | None = None
        self._threads: list[threading.Thread] = []
        services = Services(
            index=engine.index,
            actions=LocalActions(engine),
            health=self.health,
            gauges=self._gauges,
            explain=explain_article,
        )
        settings = engine.settings
        app = make_app(services, allowed_hosts=(*settings.allowed_hosts, *own_names(settings)))
        config = uvicorn.Config(
            app, log_config=None, log_level="warning", access_log=False, server_header=False, lifespan="off",
            timeout_graceful_shutdown=3,
        )  # fmt: skip
        self._server = uvicorn.Server(config)

    @property
    def url(self) -> str:
        """Where the pages are."""
        return _url(self._listener)

    def start(self, *, poll: bool = True) -> None:
        """Start the threads; returns when the pages answer. Raises Stop when they cannot."""
        engine = self._engine
        # Made here, so that what is wrong with them is told before anything runs.
        parts: dict[str, Callable[[], None]] = {"runner": lambda: engine.runner.run(self._stopping)}
        assert engine.deliverer
        parts["deliverer"] = self._deliver
        if poll:
            poller = engine.poller
            parts["poller"] = lambda: poller.run(self._stopping)
        assert engine.runner
        parts["pages"] = lambda: self._server.run(sockets=[self._listener])
        for name, work in parts.items():
            thread = threading.Thread(target=self._guarded, args=(name, work), name=name, daemon=True)
            self._threads.append(thread)
            thread.start()
        while not self._server.started and not self._stopping.wait(0.02):
            pass
        self._raise()
        address = engine.settings.data_dir / ADDRESS_FILE
        address.write_text(json.dumps({"url": self.url}), encoding="utf-8")

    def wait(self, timeout_s: float | None = None) -> bool:
        """Block until a part fails (raises its error) or the time is up. True when it is to end."""
        ended = self._stopping.wait(timeout_s)
        self._raise()
        return ended

    def end(self) -> None:
        """Make `wait` return; safe in a signal handler."""
        self._stopping.set()

    def stop(self) -> None:
        """End all threads. What was committed is safe; what was not is done again next time."""
        with suppress(OSError):
            (self._engine.settings.data_dir / ADDRESS_FILE).unlink(missing_ok=True)
        self._stopping.set()
        self._server.should_exit = True
        for thread in self._threads:
            thread.join(_JOIN_S)

    def health(self) -> Health:
        """Every part alive, and the index readable."""
        checks = {thread.name: "ok" if thread.is_alive() else "ended" for thread in self._threads}
        try:
            self._engine.index.search(Query(collection=Collection.OUTCOMES, limit=1))
            checks["index"] = "ok"
        except Exception as error:  # noqa: BLE001  whatever it is, the answer is 503
            checks["index"] = type(error).__name__
        return Health(ok=all(state == "ok" for state in checks.values()), checks=checks)

    def _gauges(self) -> Mapping[str, float]:
        store = self._engine.store
        return {f"topic_{topic.name}_end": float(store.end(topic.name)) for topic in TOPICS}

    def _deliver(self) -> None:
        deliverer, store = self._engine.deliverer, self._engine.store
        while not self._stopping.is_set():
            seen = store.wait(-1, 0)
            due = deliverer.deliver_due(self._engine.clock())
            wait_s = _LONGEST_WAIT_S
            if due is not None:
                wait_s = min(max((due - self._engine.clock()) / timedelta(seconds=1), 0.05), wait_s)
            store.wait(seen, wait_s)

    def _guarded(self, name: str, work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001  told by `wait`, in the main thread
            _log.error("%s ended: %s", name, error)
            self._failure = self._failure or error
        finally:
            self._stopping.set()

    def _raise(self) -> None:
        if self._failure is not None:
            raise self._failure


def listen(settings: Settings) -> socket.socket:
    """A listening socket on the configured address. Raises Stop that says what to do when it cannot be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((settings.host.strip("[]"), settings.port))
        opened.listen(128)
    except OSError as error:
        opened.close()
        raise Stop(
            f"Cannot listen on {settings.host}:{settings.port} ({error.strerror}). "
            "Another program may use the port: stop it, or choose another with --port (0 for any free one)."
        ) from error
    return opened


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}"


def own_names(settings: Settings) -> tuple[str, ...]:
    """The address that we listen on is a name of ours, unless it stands for all addresses."""
    return () if settings.host in ("0.0.0.0", "[::]") else (settings.host,)  # noqa: S104


def running_at(settings: Settings) -> str:
    """The address of the service that holds the database, empty when it is not known."""
    try:
        told: Any = json.loads((settings.data_dir / ADDRESS_FILE).read_text(encoding="utf-8"))
        return str(told["url"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
