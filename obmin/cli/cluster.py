"""Commands of a cluster: poll, worker, index, deliver, serve; topics, indices, reindex, export-journal."""

import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Annotated, Any

import typer
from rich.progress import Progress

from obmin.cli.launch import Json, launch
from obmin.cli.printing import clean, err, out, plain, print_counts, print_json
from obmin.config import Settings
from obmin.service import listen
from processors.errors import Stop

Kafka = Annotated[str | None, typer.Option("--kafka", help="Kafka brokers, host:port.", metavar="SERVERS")]
Hops = Annotated[
    list[str] | None,
    typer.Argument(
        help="What to work on: maps (clean, extract) or folds (corroborate, match); default both."
    ),
]

topics = typer.Typer(no_args_is_help=True, help="The topics of Kafka.")
indices = typer.Typer(no_args_is_help=True, help="The indices of Elasticsearch.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    panel = "Cluster"
    for command in (poll, worker, index, deliver, serve, reindex):
        app.command(rich_help_panel=panel)(command)
    app.command("export-journal", rich_help_panel=panel)(export_journal)
    app.add_typer(topics, name="topics", rich_help_panel=panel)
    app.add_typer(indices, name="indices", rich_help_panel=panel)


def poll(ctx: typer.Context) -> None:
    """Poll the sources into Kafka, until stopped."""
    with _parts(ctx) as parts, _stopping() as stop:
        poller = parts.poller
        _ready("polling")
        poller.run(stop)


def worker(ctx: typer.Context, hops: Hops = None) -> None:
    """Clean, extract, corroborate and match what is in Kafka, until stopped. Start as many as there are cores to use."""
    with _parts(ctx) as parts:
        from obmin.cluster_wiring import HOPS  # noqa: PLC0415  needs the cluster extra

        unknown = sorted(set(hops or ()) - set(HOPS))
        if unknown:
            raise Stop(f"There is no hop {unknown[0]!r}: name {' or '.join(HOPS)}, or none for both.")
        runner = parts.worker(tuple(hops or HOPS))
        _ready("working")
        runner.run()


def index(ctx: typer.Context) -> None:
    """Take records from Kafka into Elasticsearch, until stopped."""
    with _parts(ctx) as parts, _stopping() as stop:
        indexer = parts.indexer()
        _ready("indexing")
        indexer.run(stop)


def deliver(ctx: typer.Context) -> None:
    """Call the webhooks of alerts, until stopped. One such process is enough."""
    with _parts(ctx) as parts, _stopping() as stop:
        sending = parts.sending()
        _ready("delivering")
        sending.run(stop)


def serve(
    ctx: typer.Context,
    host: Annotated[
        str | None, typer.Option("--host", help="Address to listen on; default 127.0.0.1.")
    ] = None,
    port: Annotated[int | None, typer.Option("--port", help="Port of the pages; default 8765.")] = None,
) -> None:
    """Serve the pages and the API on Elasticsearch, until stopped."""
    settings = launch(ctx).settings(host=host, port=port)
    listener = listen(settings)
    with _parts(ctx, replace(settings, port=listener.getsockname()[1])) as parts, _stopping() as stop:
        from obmin.cluster_service import Pages  # noqa: PLC0415  needs the cluster extra

        pages = Pages(parts, listener)
        pages.start()
        out.print(plain(f"ready  http://{settings.host}:{listener.getsockname()[1]}/"))
        stop.wait()
        pages.end()


@topics.command("create")
def topics_create(ctx: typer.Context, kafka: Kafka = None, as_json: Json = False) -> None:
    """Create the topics that are missing; change nothing that exists."""
    with _parts(ctx, _settings(ctx, kafka=kafka)) as parts:
        _tell("created", list(parts.topics.create()), as_json)


@topics.command("check")
def topics_check(ctx: typer.Context, kafka: Kafka = None, as_json: Json = False) -> None:
    """Say what is missing or wrong; exit status 1 when anything is."""
    with _parts(ctx, _settings(ctx, kafka=kafka)) as parts:
        _judge(list(parts.topics.problems()), as_json)


@indices.command("create")
def indices_create(ctx: typer.Context, as_json: Json = False) -> None:
    """Create the indices that are missing; change nothing that exists."""
    with _parts(ctx) as parts:
        _tell("created", list(parts.indices.ensure()), as_json)


@indices.command("check")
def indices_check(ctx: typer.Context, as_json: Json = False) -> None:
    """Say what is missing or wrong; exit status 1 when anything is."""
    with _parts(ctx) as parts:
        _judge(list(parts.indices.check()), as_json)


@indices.command("migrate")
def indices_migrate(ctx: typer.Context, as_json: Json = False) -> None:
    """Add the fields that this obmin has and the indices have not."""
    with _parts(ctx) as parts:
        _tell("changed", list(parts.indices.migrate()), as_json)


def reindex(
    ctx: typer.Context,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the old indices.")] = False,
    as_json: Json = False,
) -> None:
    """Rebuild the indices from Kafka beside the old ones, then swap them; searches are answered all the while."""
    with _parts(ctx) as parts:
        with err.status("Rebuilding …"):
            made = parts.rebuild(keep=keep)
        _tell("made", sorted(made.values()), as_json)


def export_journal(ctx: typer.Context, kafka: Kafka = None, as_json: Json = False) -> None:
    """Append the captures and subscriptions of the embedded database to Kafka, which makes everything else of them."""
    settings = _settings(ctx, kafka=kafka)
    with _parts(ctx, settings) as parts:
        from ingest.journal.sqlite import SqliteStore  # noqa: PLC0415
        from obmin.cluster import export_journal as export  # noqa: PLC0415

        if not settings.database.exists():
            raise Stop(f"There is no database at {settings.database}: name its directory with --data-dir.")
        store = SqliteStore(settings.database, readonly=True)
        try:
            total = store.end("captures") + store.end("subscriptions")
            with Progress(console=err) as progress:
                bar = progress.add_task("Exporting", total=total)
                done = export(store, parts.journal, lambda count: progress.update(bar, completed=count))
        finally:
            store.close()
        _tell("exported", [f"{done} records"], as_json)


def demo_on_cluster(ctx: typer.Context, settings: Settings, *, once: bool, as_json: bool) -> None:
    """`obmin demo --cluster`: the newsroom through Kafka, Faust and Elasticsearch, served until stopped unless `once`."""
    listener = listen(settings)
    url = f"http://{settings.host}:{listener.getsockname()[1]}"
    with _parts(ctx, settings), _stopping() as stop:
        from obmin.cluster_demo import cluster_demo, poll_all  # noqa: PLC0415
        from obmin.cluster_service import Pages  # noqa: PLC0415
        from obmin.demo import summary  # noqa: PLC0415

        with (
            err.status("Starting …") as status,
            cluster_demo(settings, lambda _: None, base_url=url) as running,
        ):
            entries = poll_all(running, lambda text: status.update(clean(text)))
            counts = summary(running.parts.index, running.receiver.verified, entries)
            print_json(counts) if as_json else print_counts(counts)
            if once:
                return
            status.stop()
            pages = Pages(running.parts, listener)
            pages.start()
            out.print(plain(f"ready  {url}/  Ctrl-C stops"))
            stop.wait()
            pages.end()


def _settings(ctx: typer.Context, **options: Any) -> Settings:  # noqa: ANN401  each setting has its type
    return launch(ctx).settings(**options)


@contextmanager
def _parts(ctx: typer.Context, settings: Settings | None = None) -> Iterator[Any]:
    try:
        from obmin.cluster_wiring import cluster_parts  # noqa: PLC0415  needs the cluster extra
    except ModuleNotFoundError as error:
        raise Stop(f"The cluster needs {error.name}: pip install 'obmin[cluster]'") from error
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for noisy in ("kafka", "elastic_transport"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)  # what matters is raised, in our words
    with cluster_parts(settings or _settings(ctx)) as parts:
        yield parts


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """An event that SIGTERM and Ctrl-C set."""
    stop = threading.Event()
    handlers: dict[int, Callable[..., Any] | int | None] = {
        number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield stop
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _ready(what: str) -> None:
    out.print(plain(f"{what}; Ctrl-C stops, nothing is lost"))


def _tell(what: str, names: list[str], as_json: bool) -> None:
    if as_json:
        print_json({what: names})
    else:
        out.print(plain(f"{what}: {', '.join(names) or 'nothing, all is there'}"))


def _judge(problems: list[str], as_json: bool) -> None:
    if as_json:
        print_json({"problems": problems})
    else:
        for line in problems or ["all is well"]:
            out.print(plain(line))
    if problems:
        raise typer.Exit(1)
