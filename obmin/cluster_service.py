"""The pages and the API of a cluster: the web application on Elasticsearch, writing to Kafka."""

import socket
import threading
from collections.abc import Mapping

import uvicorn

from obmin.actions import LocalActions
from obmin.cluster_wiring import ClusterParts
from obmin.explaining import explain_article
from obmin.service import own_names
from processors.errors import ObminError
from search.api import Health, Services, make_app
from search.query import Collection, Query


class Pages:
    """Serves until `end`. `start` returns when the pages answer."""

    def __init__(self, parts: ClusterParts, listener: socket.socket) -> None:
        self._parts = parts
        self._listener = listener
        services = Services(
            index=parts.index,
            actions=LocalActions(parts),
            health=self._health,
            gauges=_no_gauges,
            explain=explain_article,
        )
        held = parts.settings
        app = make_app(services, allowed_hosts=(*held.allowed_hosts, *own_names(held)))
        config = uvicorn.Config(
            app, log_config=None, log_level="warning", access_log=False, server_header=False, lifespan="off"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listener]}, daemon=True)
        self._ended = threading.Event()

    def start(self) -> None:
        """Begin to serve. Raises Stop when Kafka or Elasticsearch is not as it should be."""
        assert self._parts.journal
        self._parts.index.search(Query(collection=Collection.OUTCOMES, limit=1))
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            self._ended.wait(0.02)

    def wait(self) -> None:
        """Block until `end`."""
        self._ended.wait()

    def end(self) -> None:
        """Stop serving."""
        self._server.should_exit = True
        self._ended.set()
        self._thread.join(10)

    def _health(self) -> Health:
        try:
            self._parts.index.search(Query(collection=Collection.OUTCOMES, limit=1))
        except ObminError as error:
            return Health(ok=False, checks={"elasticsearch": str(error)})
        return Health(ok=True, checks={"elasticsearch": "ok"})


def _no_gauges() -> Mapping[str, float]:
    return {}
