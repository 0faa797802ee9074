"""`obmin subscriptions`: who is told what."""

from typing import Annotated, Any

import typer

from obmin.cli.launch import Json, acting, launch
from obmin.cli.printing import out, plain, print_json, table
from obmin.cli.reading import find
from search.query import Collection

subscriptions = typer.Typer(
    no_args_is_help=True, help="Say who is told what: add, list, edit, test, disable, rotate."
)

Id = Annotated[str, typer.Argument(help="Id, as `list` prints it.", metavar="ID")]
Name = Annotated[str | None, typer.Option("--name", help="What you call it.")]
Url = Annotated[str | None, typer.Option("--url", help="Endpoint that is called.")]
Kinds = Annotated[
    list[str] | None, typer.Option("--kind", help="exchange, agreement, offer, refusal, …; may be repeated.")
]
Types = Annotated[
    list[str] | None, typer.Option("--type", help="claim.created, claim.contradicted, …; may be repeated.")
]
Sides = Annotated[list[str] | None, typer.Option("--side", help="UA, RU, third; may be repeated.")]
Speakers = Annotated[list[str] | None, typer.Option("--speaker", help="May be repeated.")]
Outlets = Annotated[list[str] | None, typer.Option("--outlet", help="May be repeated.")]
Languages = Annotated[list[str] | None, typer.Option("--language", help="en, uk, ru, pl; may be repeated.")]
MinCount = Annotated[
    int | None, typer.Option("--min-count", min=0, help="Least number of people returned to a side.")
]
Words = Annotated[str | None, typer.Option("--text", help="Words that must all occur.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(subscriptions, name="subscriptions")


def _fields(**given: Any) -> dict[str, Any]:  # noqa: ANN401  as the options have them
    return {name: value for name, value in given.items() if value is not None}


@subscriptions.command("list")
def list_all(ctx: typer.Context, as_json: Json = False) -> None:
    """List the subscriptions; secrets are never shown."""
    page = find(ctx, Collection.SUBSCRIPTIONS, as_json, limit=100)
    if page is None:
        return
    rows = (
        (
            h.id,
            h.body["name"],
            h.body["url"],
            _filter(h.body),
            plain("on", "green") if h.body["active"] else plain("off", "red"),
        )
        for h in page.hits
    )
    table(
        ("id", "name", "endpoint", "filter", "state"),
        rows,
        empty="Nobody is told anything yet: obmin subscriptions add",
    )


def _filter(body: Any) -> str:  # noqa: ANN401  a body of the index
    names = ("kinds", "types", "sides", "speakers", "outlets", "languages")
    told = [f"{name}: {', '.join(body[name])}" for name in names if body[name]]
    told += [f"at least {body['min_count']}"] if body["min_count"] is not None else []
    told += [f"words: {body['text']}"] if body["text"] else []
    return "; ".join(told) or "everything"


@subscriptions.command()
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Option("--name", help="What you call it.")],
    url: Annotated[str, typer.Option("--url", help="Endpoint that is called.")],
    kind: Kinds = None,
    type_: Types = None,
    side: Sides = None,
    speaker: Speakers = None,
    outlet: Outlets = None,
    language: Languages = None,
    min_count: MinCount = None,
    text: Words = None,
    as_json: Json = False,
) -> None:
    """Make a subscription. Its signing secret is printed once."""
    fields = _fields(name=name, url=url, kinds=kind, types=type_, sides=side, speakers=speaker, outlets=outlet,
                     languages=language, min_count=min_count, text=text)  # fmt: skip
    with acting(launch(ctx).settings()) as actions:
        made = actions.subscribe(fields)
    _tell_secret(made.id, made.secret, as_json)


def _tell_secret(subscription_id: str, secret: str, as_json: bool) -> None:
    if as_json:
        print_json({"id": subscription_id, "secret": secret})
    else:
        out.print(plain(f"id      {subscription_id}"))
        out.print(plain(f"secret  {secret}"))
        out.print(plain("Give the secret to the receiver; it is not shown again.", "dim"))


@subscriptions.command()
def edit(
    ctx: typer.Context,
    subscription_id: Id,
    name: Name = None,
    url: Url = None,
    kind: Kinds = None,
    type_: Types = None,
    side: Sides = None,
    speaker: Speakers = None,
    outlet: Outlets = None,
    language: Languages = None,
    min_count: MinCount = None,
    text: Words = None,
) -> None:
    """Change what is named; a filter given once replaces the old one."""
    fields = _fields(name=name, url=url, kinds=kind, types=type_, sides=side, speakers=speaker, outlets=outlet,
                     languages=language, min_count=min_count, text=text)  # fmt: skip
    if not fields:
        raise typer.BadParameter("Name at least one field to change.")
    _change(ctx, subscription_id, fields, "changed")


@subscriptions.command()
def disable(ctx: typer.Context, subscription_id: Id) -> None:
    """Switch off; alerts on their way wait."""
    _change(ctx, subscription_id, {"active": False}, "switched off")


@subscriptions.command()
def enable(ctx: typer.Context, subscription_id: Id) -> None:
    """Switch on again; alerts that waited are delivered."""
    _change(ctx, subscription_id, {"active": True}, "switched on")


def _change(ctx: typer.Context, subscription_id: str, fields: dict[str, Any], done: str) -> None:
    with acting(launch(ctx).settings()) as actions:
        actions.edit(subscription_id, fields)
    out.print(plain(f"{subscription_id} {done}"))


@subscriptions.command()
def rotate(ctx: typer.Context, subscription_id: Id, as_json: Json = False) -> None:
    """Make a new secret; from now on it signs every attempt."""
    with acting(launch(ctx).settings()) as actions:
        made = actions.rotate(subscription_id)
    _tell_secret(made.id, made.secret, as_json)


@subscriptions.command("test")
def send_test(ctx: typer.Context, subscription_id: Id, as_json: Json = False) -> None:
    """Send a signed example now, by the code that sends alerts."""
    with acting(launch(ctx).settings()) as actions:
        delivery = actions.test(subscription_id)
    if as_json:
        print_json(delivery)
    else:
        answer = delivery["response_status"] or "none"
        out.print(
            plain(
                f"{delivery['status']}: answer {answer} after {delivery['latency_ms']} ms {delivery['error']}"
            )
        )
    if delivery["status"] != "delivered":
        raise typer.Exit(1)
