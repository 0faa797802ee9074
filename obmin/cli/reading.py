"""Commands that read the index, beside a running obmin or without one."""

from collections.abc import Iterable
from typing import Annotated, Any

import typer

from obmin.cli.launch import Json, launch
from obmin.cli.printing import clean, figures, highlighted, out, plain, print_json, query_problem, table
from obmin.wiring import reading
from processors.codec import to_builtins
from search.api.asking import ask
from search.query import Collection, Index, Page, QueryError
from search.web import views

Text = Annotated[
    str,
    typer.Argument(help='Words, "a phrase", field:value, AND, OR, NOT; empty for all.', metavar="[QUERY]"),
]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, max=100, help="Most results.")]
After = Annotated[str, typer.Option("--after", help="Cursor that a page before named as next.")]
Kind = Annotated[str, typer.Option("--kind", help="exchange, agreement, offer, refusal, denial, …")]
SideOption = Annotated[str, typer.Option("--side", help="Whom the speaker speaks for: UA, RU, third.")]
Outlet = Annotated[str, typer.Option("--outlet", help="Outlet by its name.")]
Language = Annotated[str, typer.Option("--language", help="en, uk, ru, pl, other.")]
Since = Annotated[str, typer.Option("--since", help="First day, month or year: 2024-01-03, 2024-01, 2024.")]
Until = Annotated[str, typer.Option("--until", help="Last day, month or year.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (search, claims, exchanges, sources, deliveries):
        app.command()(command)


def find(ctx: typer.Context, collection: Collection, as_json: bool, **given: object) -> Page | None:
    """The page that the parameters ask for; None after printing it as JSON."""
    parameters = {name: str(value) for name, value in given.items() if value not in ("", None)}
    with reading(launch(ctx).settings()) as index:
        try:
            page = index.search(ask(collection, parameters).query)
        except QueryError as error:
            query_problem(error, parameters.get("q", ""))
            raise typer.Exit(2) from error
    if not as_json:
        return page
    items = [{**hit.body, "highlights": to_builtins(hit.highlights)} for hit in page.hits]
    print_json({"items": items, "total": page.total, "next": page.next})
    return None


def told_more(page: Page) -> None:
    """Say how much more there is, and how to see it."""
    if page.next:
        out.print(plain(f"{len(page.hits)} of {page.total}; more with --after {page.next}", "dim"))


def search(
    ctx: typer.Context,
    query: Text = "",
    limit: Limit = 10,
    after: After = "",
    outlet: Outlet = "",
    language: Language = "",
    since: Since = "",
    until: Until = "",
    as_json: Json = False,
) -> None:
    """Search the articles."""
    page = find(ctx, Collection.ARTICLES, as_json, q=query, limit=limit, after=after, outlet=outlet,
                language=language, since=since, until=until)  # fmt: skip
    if page is None:
        return
    for hit in page.hits:
        body = hit.body
        out.print(plain(body["title"] or "(no title)", "bold"))
        out.print(plain(f"{body['outlet']} · {views.instant(body['published_at'])} · {body['url']}", "dim"))
        for highlight in hit.highlights:
            if highlight.field == "text":
                out.print(highlighted(highlight.fragment, highlight.matches))
        out.print()
    if not page.hits:
        out.print("Nothing found.")
    told_more(page)


def claims(
    ctx: typer.Context,
    query: Text = "",
    kind: Kind = "",
    side: SideOption = "",
    speaker: Annotated[str, typer.Option("--speaker", help="Speaker by full name.")] = "",
    outlet: Outlet = "",
    language: Language = "",
    since: Since = "",
    until: Until = "",
    limit: Limit = 20,
    after: After = "",
    as_json: Json = False,
) -> None:
    """List or search the claims: who asserts what."""
    page = find(ctx, Collection.CLAIMS, as_json, q=query, kind=kind, speaker_side=side, speaker=speaker, outlet=outlet,
                language=language, since=since, until=until, limit=limit, after=after)  # fmt: skip
    if page is None:
        return
    for hit in page.hits:
        body = hit.body
        told = [
            views.speaker(body),
            f"({body['speaker_side']})" if body["speaker_side"] else "",
            figures(body),
        ]
        out.print(
            plain(body["kind"], "bold"),
            plain(" ".join(part for part in told if part)),
            plain(body["date"] or "", "dim"),
        )
        out.print(plain(f"  {body['evidence']}"))
        out.print(plain(f"  {body['outlet']} · {views.instant(body['published_at'])} · {body['id']}", "dim"))
    if not page.hits:
        out.print("No claims.")
    told_more(page)


def exchanges(
    ctx: typer.Context,
    query: Text = "",
    disputed: Annotated[bool, typer.Option("--disputed", help="Only those whose claims contradict.")] = False,
    since: Since = "",
    until: Until = "",
    limit: Limit = 20,
    after: After = "",
    exchange_id: Annotated[str, typer.Option("--id", help="One exchange with all its claimants.")] = "",
    as_json: Json = False,
) -> None:
    """List exchanges, or show one with a row for each claimant."""
    if exchange_id:
        with reading(launch(ctx).settings()) as index:
            _one_exchange(index, exchange_id, as_json)
        return
    page = find(ctx, Collection.EXCHANGES, as_json, q=query, disputed="true" if disputed else "", since=since,
                until=until, limit=limit, after=after)  # fmt: skip
    if page is None:
        return
    for hit in page.hits:
        body = hit.body
        out.print(
            plain(body["date"] or "undated", "dim"), plain(body["label"], "bold"),
            plain("disputed" if body["disputed"] else "", "red"),
        )  # fmt: skip
        sides = (
            (views.spread(body["claimants"], side), name)
            for side, name in (("ua", "Ukraine"), ("ru", "Russia"))
        )
        told = [f"{value} to {name}" for value, name in sides if value] + [
            f"{body['claimant_count']} claimants"
        ]
        out.print(plain(f"  {', '.join(told)} · {hit.id}"))
    if not page.hits:
        out.print("No exchanges.")
    told_more(page)


def _one_exchange(index: Index, exchange_id: str, as_json: bool) -> None:
    body = index.get(Collection.EXCHANGES, exchange_id)
    while body and body["merged_into"]:
        body = index.get(Collection.EXCHANGES, body["merged_into"])
    if body is None:
        raise typer.BadParameter(f"There is no exchange with the id {clean(exchange_id)}.")
    if as_json:
        print_json(body)
        return
    out.print(plain(body["label"], "bold"), plain("disputed", "red") if body["disputed"] else "")
    rows = (
        (
            views.speaker(row),
            row["speaker_side"] or "",
            row["kind"],
            figures(row),
            row["evidence"],
            row["outlet"],
        )
        for row in body["claimants"]
    )
    table(("claimant", "side", "kind", "returned", "quote", "outlet"), rows, empty="")
    for verdict in views.verdicts(body):
        style = "red" if verdict["verdict"] == "contradicts" else "dim"
        out.print(plain(f"{verdict['verdict']}: {verdict['explanation']}", style))


def sources(ctx: typer.Context, as_json: Json = False) -> None:
    """Show the feeds and their state, and what became of every address."""
    with reading(launch(ctx).settings()) as index:
        feeds = [hit.body for hit in _everything(index, Collection.FEEDS)]
        statuses = index.counts(Collection.OUTCOMES, "status")
    if as_json:
        print_json({"feeds": feeds, "outcomes": dict(statuses)})
        return
    rows = (
        (
            f["outlet"],
            f["feed_url"],
            plain(f["error"], "red") if f["error"] else plain("ok", "green"),
            views.instant(f["polled_at"]),
            views.instant(f["due_at"]),
            f["entries_seen"],
        )
        for f in sorted(feeds, key=lambda feed: (feed["outlet"], feed["feed_url"]))
    )
    table(
        ("outlet", "feed", "state", "polled", "due", "entries#"), rows, empty="No feed has been polled yet."
    )
    told = ", ".join(f"{count} {status}" for status, count in statuses.items())
    out.print(plain(f"addresses: {sum(statuses.values())}{f' ({told})' if told else ''}", "dim"))


def _everything(index: Index, collection: Collection) -> Iterable[Any]:
    after: str | None = ""
    while after is not None:
        page = index.search(ask(collection, {"limit": "100", "after": after}).query)
        yield from page.hits
        after = page.next


def deliveries(
    ctx: typer.Context,
    status: Annotated[str, typer.Option("--status", help="delivered, retrying, failed.")] = "",
    limit: Limit = 20,
    after: After = "",
    as_json: Json = False,
) -> None:
    """Show the attempts to deliver alerts, newest first."""
    page = find(ctx, Collection.DELIVERIES, as_json, status=status, limit=limit, after=after)
    if page is None:
        return
    rows = (
        (
            views.instant(d["attempted_at"]),
            d["status"],
            d["attempt"],
            d["response_status"] or "",
            d["error"],
            d["alert_id"],
        )
        for d in (hit.body for hit in page.hits)
    )
    table(
        ("when", "status", "attempt#", "answer#", "error", "webhook-id"),
        rows,
        empty="Nothing has been delivered yet.",
    )
    told_more(page)
