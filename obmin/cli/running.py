"""Commands that run the pipeline: demo, run, newsroom."""

import logging
import signal
import tempfile
import threading
import time
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from obmin import demo as demonstration
from obmin.cli.cluster import demo_on_cluster
from obmin.cli.launch import Json, launch
from obmin.cli.printing import clean, err, out, plain, print_counts, print_json
from obmin.config import Settings
from obmin.newsroom import Newsroom
from obmin.receiver import Arrival
from obmin.service import Service, listen
from obmin.wiring import Engine, engine
from processors.errors import Stop
from search.query import Collection

Host = Annotated[str | None, typer.Option("--host", help="Address to listen on; default 127.0.0.1.")]
Port = Annotated[
    int | None, typer.Option("--port", help="Port of the pages; default 8765, 0 for any free one.")
]
Processes = Annotated[int | None, typer.Option("--processes", help="Child processes; default one a core.")]
_TELL_EVERY_S = 30.0
_READY_WAIT_S = 300.0


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (demo, run, newsroom):
        app.command()(command)


def demo(
    ctx: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="End when everything is processed.")] = False,
    host: Host = None,
    port: Port = None,
    processes: Processes = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the pages in a browser.")] = False,
    cluster: Annotated[
        bool, typer.Option("--cluster", help="On Kafka and Elasticsearch (OBMIN_KAFKA, OBMIN_ELASTICSEARCH).")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show everything on a sample newsroom on this machine; no network is used.

    Invented outlets in three languages are polled, read, compared and searched; a local receiver gets signed webhooks.
    """
    begun = launch(ctx)
    with tempfile.TemporaryDirectory(prefix="obmin-demo-") as scratch:
        settings = begun.settings(host=host, port=port, processes=processes)
        if begun.data_dir is None:
            settings = replace(settings, data_dir=Path(scratch))
        if cluster:
            demo_on_cluster(ctx, replace(settings, runner="cluster"), once=once, as_json=as_json)
        elif once:
            _demo_once(settings, as_json)
        else:
            _demo_on(settings, as_json, open_browser)


def _demo_once(settings: Settings, as_json: bool) -> None:
    base_url = f"http://{settings.host}:{settings.port}"
    with (
        err.status("Starting the newsroom …") as status,
        demonstration.demo(settings, lambda _: None, base_url=base_url) as running,
    ):
        entries = demonstration.run_once(running, lambda text: status.update(clean(text)))
        counts = demonstration.summary(running.engine.index, running.receiver.verified, entries)
    print_json(counts) if as_json else print_counts(counts)


def _demo_on(settings: Settings, as_json: bool, open_browser: bool) -> None:
    listener = listen(settings)
    shown = threading.Event()

    def told(arrival: Arrival) -> None:
        if shown.is_set() and not as_json:
            what = arrival.problem or f"{arrival.body['type']}: {arrival.body['data']['explanation']}"
            out.print(plain(f"webhook {'refused' if arrival.problem else 'verified'}  {what}", "dim"))

    url = f"http://{settings.host}:{listener.getsockname()[1]}"
    with (
        demonstration.demo(settings, told, base_url=url) as running,
        _serving(running.engine, listener) as service,
    ):
        with err.status("Polling the newsroom …"):
            _until_processed(service, running.engine)
        counts = demonstration.summary(running.engine.index, running.receiver.verified)
        if as_json:
            print_json({"ready": True, "url": service.url, "newsroom": running.newsroom.base, **counts})
        else:
            _print_ready(service.url, running, counts)
        shown.set()
        if open_browser:
            webbrowser.open(service.url)
        _until_interrupted(service)


def _until_processed(service: Service, running: Engine) -> None:
    """Wait until the first poll went through and its alerts are delivered. Raises what ended the service."""
    index, ends_at = running.index, time.monotonic() + _READY_WAIT_S
    while time.monotonic() < ends_at and not service.wait(0.2):
        outcomes = index.counts(Collection.OUTCOMES, "status")
        alerts = sum(index.counts(Collection.ALERTS, "type").values())
        delivered = index.counts(Collection.DELIVERIES, "status").get("delivered", 0)
        if outcomes and not outcomes.get("pending") and delivered >= alerts:
            return


def _print_ready(url: str, running: demonstration.Demo, counts: dict[str, Any]) -> None:
    told = (
        f"{counts['articles']} articles, {counts['claims']} claims, {counts['exchanges']} exchanges "
        f"({counts['disputed_exchanges']} disputed), {counts['delivered_webhooks']} webhooks delivered, "
        f"{counts['verified_webhooks']} of them verified, {counts['quarantined']} in quarantine"
    )
    balance = ", ".join(f"{n} {status}" for status, n in counts["outcomes"].items())
    data_dir = running.engine.settings.data_dir
    out.print(plain("ready", "bold green"))
    for name, text in (
        ("search", f"{url}/"),
        ("exchanges", f"{url}/exchanges"),
        ("disputed", f"{url}/exchanges?disputed=true"),
        ("newsroom", f"{running.newsroom.base}/"),
        ("found", told),
        ("addresses", f"{counts['entries']}: {balance}"),
        ("data", f"{data_dir}   (obmin --data-dir {data_dir} claims)"),
    ):
        out.print(plain(f"  {name:11}{text}"), soft_wrap=True)
    out.print(plain("An article is edited in a few seconds; its webhooks show here. Ctrl-C stops.", "dim"))


def run(
    ctx: typer.Context,
    host: Host = None,
    port: Port = None,
    sources: Annotated[
        Path | None,
        typer.Option("--sources", help="OPML file of the feeds; default the list of obmin.", metavar="FILE"),
    ] = None,
    processes: Processes = None,
    as_json: Json = False,
) -> None:
    """Poll the real sources, process what they publish, serve the pages and deliver alerts, until stopped."""
    settings = launch(ctx).settings(
        host=host, port=port, processes=processes, sources=None if sources is None else str(sources)
    )
    listener = listen(settings)
    port_used = listener.getsockname()[1]
    with engine(replace(settings, port=port_used)) as made:
        outlets, feeds = len(made.sources), sum(len(source.feeds) for source in made.sources)
        with _serving(made, listener) as service:
            if as_json:
                print_json({"ready": True, "url": service.url, "outlets": outlets, "feeds": feeds})
            else:
                out.print(plain("ready", "bold green"))
                out.print(plain(f"  pages      {service.url}/"))
                out.print(plain(f"  sources    {outlets} outlets, {feeds} feeds   ({service.url}/sources)"))
                out.print(plain(f"  data       {settings.database}"))
                out.print(plain("Ctrl-C stops; everything is kept.", "dim"))
            _until_interrupted(service, made)


def newsroom(
    port: Annotated[int, typer.Option("--port", help="Port to serve it on, 0 for any free one.")] = 0,
) -> None:
    """Serve only the sample newsroom, for a look at what the demo reads."""
    rooms = Newsroom()
    try:
        base = rooms.start(port)
    except OSError as error:
        raise Stop(f"Cannot listen on 127.0.0.1:{port} ({error.strerror}); choose another --port.") from error
    out.print(plain(f"The newsroom is at {base}/ ; Ctrl-C stops."))
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        pass
    finally:
        rooms.stop()


@contextmanager
def _serving(made: Engine, listener: Any) -> Iterator[Service]:  # noqa: ANN401  a socket
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    service = Service(made, listener)
    signal.signal(signal.SIGTERM, lambda *_: service.end())
    try:
        service.start()
        yield service
    except KeyboardInterrupt:
        pass
    finally:
        with err.status("Stopping …"):
            service.stop()


def _until_interrupted(service: Service, made: Engine | None = None) -> None:
    """Wait; every half minute say what is new, if anything is."""
    told = ""
    while not service.wait(_TELL_EVERY_S):
        if made is None:
            continue
        counts = demonstration.summary(made.index, 0)
        line = ", ".join(
            f"{counts[name]} {name.replace('_', ' ')}"
            for name in ("articles", "claims", "exchanges", "alerts", "delivered_webhooks", "quarantined")
        )
        if line != told:
            out.print(plain(f"{made.clock():%H:%M:%S}  {line}"))
            told = line
