"""What the options in front of a command say, and the settings that follow from them."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from obmin import config
from obmin.actions import LocalActions
from obmin.config import Settings
from obmin.remote import RemoteActions
from obmin.service import running_at
from obmin.wiring import engine
from processors.errors import InUse
from search.api import Actions

Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """Options that stand before the command."""

    config: Path | None = None
    data_dir: Path | None = None

    def settings(self, **options: Any) -> Settings:  # noqa: ANN401  each setting has its type
        """Settings for this process; `options` are those of the command. Raises ConfigError."""
        given = {"data_dir": None if self.data_dir is None else str(self.data_dir), **options}
        return config.load(config=self.config, environ=dict(os.environ), options=given, directory=Path())


def launch(ctx: typer.Context) -> Launch:
    """What the callback in front of the command kept."""
    found = ctx.find_object(Launch)
    return found if found is not None else Launch()


@contextmanager
def acting(settings: Settings) -> Iterator[Actions]:
    """What changes things: on the database itself, or through the service that holds it. Settled at the end."""
    with ExitStack() as stack:
        try:
            made = stack.enter_context(engine(settings))
        except InUse:
            address = running_at(settings)
            if not address:
                raise
            yield RemoteActions(address)
            return
        yield LocalActions(made)
        made.settle()
