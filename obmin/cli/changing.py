"""Commands that change what is kept: import, quarantine, replay."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from ingest.archive import ImportOptions, import_files
from obmin.cli.launch import Json, acting, launch
from obmin.cli.printing import clean, err, out, plain, print_json, table
from obmin.cli.reading import After, Limit, find, told_more
from obmin.demo import summary
from obmin.rebuilding import rebuild
from obmin.wiring import engine, reading
from processors.errors import Reject
from search.api.asking import ask
from search.query import Collection
from search.web import views

quarantine = typer.Typer(
    no_args_is_help=True, help="Look after what was broken or hostile: list, show, replay, discard."
)
Ids = Annotated[list[str] | None, typer.Argument(help="Ids, as `list` prints them.", metavar="[ID]…")]
Reason = Annotated[str, typer.Option("--reason", help="All open ones with this reason.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("import")(import_command)
    app.add_typer(quarantine, name="quarantine")
    app.command()(replay)


def import_command(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Text, HTML, WARC or JSON Lines.", metavar="FILE…")],
    outlet: Annotated[
        str, typer.Option("--outlet", help="Outlet of documents that do not name theirs.")
    ] = "",
    published: Annotated[
        datetime | None, typer.Option("--published", help="Publication of documents that do not say it.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Take in files and process them as if they had been fetched."""
    at = published and (published.astimezone(UTC) if published.tzinfo else published.replace(tzinfo=UTC))
    options = ImportOptions(outlet=outlet, published_at=at)
    with engine(launch(ctx).settings()) as made:
        with err.status(f"Importing {len(files)} file{'s' if len(files) > 1 else ''} …"):
            report = import_files(files, made.store, made.clock, options)
            made.settle()
        counts = summary(made.index, 0)
    for fault in report.faults:
        err.print(plain(f"not read: {fault}", "red"))
    if as_json:
        print_json({"imported": dict(report.counts), "faults": report.faults, "index": counts})
    else:
        told = ", ".join(f"{count} {name}" for name, count in report.counts.items()) or "nothing"
        held = f"{counts['articles']} articles, {counts['claims']} claims, {counts['exchanges']} exchanges"
        out.print(plain(f"Imported: {told}. The index has {held}."))
    if report.counts and not report.counts["documents"]:
        raise typer.Exit(1)


@quarantine.command("list")
def list_letters(
    ctx: typer.Context,
    reason: Annotated[str, typer.Option("--reason", help="Only with this reason.")] = "",
    status: Annotated[str, typer.Option("--status", help="open, replayed, discarded, or all.")] = "open",
    limit: Limit = 50,
    after: After = "",
    as_json: Json = False,
) -> None:
    """List what is in quarantine, newest first."""
    page = find(ctx, Collection.DEAD_LETTERS, as_json, reason=reason, status="" if status == "all" else status,
                limit=limit, after=after)  # fmt: skip
    if page is None:
        return
    rows = (
        (h.id, h.body["reason"], h.body["stage"], h.body["url"] or h.body["outlet"], h.body["detail"][:200])
        for h in page.hits
    )
    table(("id", "reason", "stage", "address", "what happened"), rows, empty="Nothing is in quarantine.")
    told_more(page)


@quarantine.command("show")
def show_letter(
    ctx: typer.Context,
    letter_id: Annotated[str, typer.Argument(help="Id, as `list` prints it.", metavar="ID")],
    as_json: Json = False,
) -> None:
    """Show everything known of one."""
    with reading(launch(ctx).settings()) as index:
        body = index.get(Collection.DEAD_LETTERS, letter_id)
    if body is None:
        raise Reject("unknown", f"there is nothing in quarantine with the id {clean(letter_id)}")
    if as_json:
        print_json(body)
        return
    for name in ("reason", "detail", "stage", "topic", "outlet", "url", "status", "payload_bytes"):
        out.print(plain(f"{name:14}{body[name]}"))
    out.print(plain(f"{'at':14}{views.instant(body['at'])}"))


@quarantine.command("replay")
def replay_letters(ctx: typer.Context, ids: Ids = None, reason: Reason = "") -> None:
    """Process records once more, by id or all open ones with a reason."""
    _act(ctx, "replay", ids, reason)


@quarantine.command("discard")
def discard_letters(ctx: typer.Context, ids: Ids = None, reason: Reason = "") -> None:
    """Close records, by id or all open ones with a reason."""
    _act(ctx, "discard", ids, reason)


def _act(ctx: typer.Context, action: str, ids: list[str] | None, reason: str) -> None:
    if bool(ids) == bool(reason):
        raise typer.BadParameter("Name ids, or a --reason.")
    settings = launch(ctx).settings()
    chosen = ids or list(_open_ids(ctx, reason))
    done = 0
    refused: list[str] = []
    with acting(settings) as actions:
        act = actions.replay if action == "replay" else actions.discard
        for letter_id in chosen:
            try:
                act(letter_id)
                done += 1
            except Reject as error:
                refused.append(f"{letter_id}: {error.detail}")
    for line in refused:
        err.print(plain(f"obmin: {line}", "red"))
    out.print(f"{action}ed: {done}")
    if refused:
        raise typer.Exit(2)


def _open_ids(ctx: typer.Context, reason: str) -> Iterable[str]:
    after: str | None = ""
    with reading(launch(ctx).settings()) as index:
        while after is not None:
            asked = ask(
                Collection.DEAD_LETTERS, {"reason": reason, "status": "open", "limit": "100", "after": after}
            )
            page = index.search(asked.query)
            yield from (hit.id for hit in page.hits)
            after = page.next


def replay(
    ctx: typer.Context,
    into: Annotated[Path, typer.Option("--into", help="New data directory for the result.", metavar="DIR")],
    as_json: Json = False,
) -> None:
    """Run everything that was ever captured through today's stages, into a new data directory.

    The database in use stays as it is. Nothing is delivered again. Compare, then use the new one with --data-dir.
    """
    settings = launch(ctx).settings()
    with err.status("Replaying …") as status:
        before, after = rebuild(settings, into, lambda text: status.update(clean(text)))
    if as_json:
        print_json({"before": before, "after": after})
        return
    names = ("articles", "claims", "exchanges", "disputed_exchanges", "alerts", "quarantined")
    table(("", "before#", "after#"), ((n.replace("_", " "), before[n], after[n]) for n in names), empty="")
    out.print(plain(f"To use it: obmin --data-dir {into} run"))
