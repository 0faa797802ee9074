"""The command line: one module for each family of commands, joined here."""

from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from obmin.cli import changing, cluster, judging, reading, running, subscribing
from obmin.cli.launch import Launch

app = typer.Typer(
    name="obmin",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Watches the news for claims about exchanges of prisoners of war: who claimed what, and when.\n\n"
    "Start with [bold]obmin demo[/bold]: everything on a sample newsroom, without network. "
    "Then [bold]obmin run[/bold] on real sources.",
    epilog="Settings: obmin.toml here, OBMIN_… in the environment, options; docs/reference/configuration.md lists them.",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(asked: bool | None) -> None:
    if asked:
        typer.echo(f"obmin {version('obmin')}")
        raise typer.Exit


@app.callback()
def start(
    ctx: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option("--config", "-c", help="Configuration file; default ./obmin.toml.", metavar="FILE"),
    ] = None,
    data_dir: Annotated[
        Path | None, typer.Option("--data-dir", "-d", help="Directory of the database.", metavar="DIR")
    ] = None,
    show_version: Annotated[  # noqa: ARG001  its callback acts
        bool | None,
        typer.Option("--version", help="Print the version and end.", is_eager=True, callback=_print_version),
    ] = None,
) -> None:
    """Keep what every command needs."""
    ctx.obj = Launch(config=config, data_dir=data_dir)


for family in (running, reading, changing, judging, subscribing, cluster):
    family.register(app)
