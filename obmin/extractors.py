"""Plug-ins that propose claims: found by entry point, named in the settings, put into the pipeline's stage `claims`.

A child process of the pool makes the same pipeline from the same text (`stages`), so parent and children agree.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING

from processors.errors import ConfigError
from processors.ports import Extractor
from processors.runners.child import load
from processors.topology import PIPELINE, Pipeline

if TYPE_CHECKING:
    from processors.model import ArticleClaims, ArticleVersion

#: The group in which a distribution names its extractors: a class, or a function that makes one, without arguments.
GROUP = "obmin.extractors"


def stages(names: Sequence[str]) -> str:
    """How the pool and its children name the pipeline with these plug-ins (`processors.runners.child.load`)."""
    text = ",".join(names)
    return f"{__name__}:pipeline:{text}" if text else "processors.topology:PIPELINE"


def pipeline(names: str) -> Pipeline:
    """The pipeline with the installed plug-ins named, separated by commas. Raises ConfigError, see `with_extractors`."""
    return with_extractors(names.split(","), entry_points(group=GROUP))


def with_extractors(names: Sequence[str], installed: Iterable[EntryPoint]) -> Pipeline:
    """The pipeline whose claims the named ones among the installed plug-ins add to, in that order.

    Raises ConfigError for a name that is not installed and for a plug-in that cannot be loaded.
    """
    extractors = {name: _load(point) for name, point in _chosen(names, installed).items()}

    def run(article: "ArticleVersion") -> Iterable["ArticleClaims"]:
        from processors.stages.claims import claims  # noqa: PLC0415  loads the language data, see topology

        return claims(article, extractors)

    return replace(
        PIPELINE,
        maps=tuple(replace(stage, run=run) if stage.name == "claims" else stage for stage in PIPELINE.maps),
    )


def claims_stage(names: Sequence[str]) -> Callable[["ArticleVersion"], Iterable["ArticleClaims"]]:
    """What makes claims of an article with these plug-ins. Raises ConfigError, see `with_extractors`."""
    return next(stage.run for stage in load(stages(names)).maps if stage.name == "claims")


def _chosen(names: Sequence[str], installed: Iterable[EntryPoint]) -> Mapping[str, EntryPoint]:
    known = {point.name: point for point in installed}
    missing = [name for name in names if name not in known]
    if missing:
        raise ConfigError(
            f"extractors: {missing[0]} is not installed; "
            f"{'known are ' + ', '.join(sorted(known)) if known else 'no plug-in is'}. "
            f"It needs an entry point of the group {GROUP} in this Python environment."
        )
    return {name: known[name] for name in names}


def _load(point: EntryPoint) -> Extractor:
    try:
        made: Extractor = point.load()()
    except Exception as error:
        raise ConfigError(f"extractors: {point.name} ({point.value}) cannot be loaded: {error}") from error
    return made
