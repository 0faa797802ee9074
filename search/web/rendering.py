"""Templates to bytes: the one module that knows Jinja2. Everything is escaped; a name that is missing is an error."""

from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from search.web import views


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("search.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        day=views.day,
        instant=views.instant,
        web_address=views.web_address,
        host=views.host,
        speaker=views.speaker,
    )
    environment.globals.update(
        SIDES=views.SIDES,
        LANGUAGES=views.LANGUAGES,
        SLOTS=views.SLOTS,
        returned=views.returned,
        remains=views.remains,
        spread=views.spread,
        slot_rows=views.slot_rows,
    )
    return environment


def render(template: str, **values: Any) -> bytes:  # noqa: ANN401  what the template needs
    """The page as UTF-8; a lone surrogate of hostile text becomes a replacement character."""
    return _environment().get_template(template).render(**values).encode("utf-8", "replace")
