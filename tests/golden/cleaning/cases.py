"""What cleaning makes of one page of each outlet's template, and where the expected result is kept."""

from pathlib import Path
from typing import Any

from obmin.newsroom import Newsroom
from processors.codec import to_builtins
from processors.stages.clean import clean

DIRECTORY = Path(__file__).parent
#: Pages whose texts are short enough to be read in a diff: one or more of each outlet.
PAGES = ("own-en-1", "own-en-2", "own-en-3", "own-en-4", "own-uk-1", "own-uk-2", "own-ru-1", "own-ru-2")


def cleaned() -> dict[str, list[dict[str, Any]]]:
    """The article versions of each page, as they are encoded."""
    found: dict[str, list[dict[str, Any]]] = {page: [] for page in PAGES}
    for capture in Newsroom().pages():
        page = next((name for name in PAGES if f"{name}/" in f"{capture.url}/".replace(".", "/")), None)
        if page:
            (article,) = clean(capture)
            found[page].append(to_builtins(article))
    return found
