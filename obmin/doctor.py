"""Looks at everything that obmin needs, and says what to do about what is missing."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import apsw

from ingest.journal.sqlite import SqliteStore
from ingest.sources import all_feeds, load_sources
from obmin.config import Settings, unknown_variables
from obmin.extractors import claims_stage
from obmin.service import listen, running_at
from obmin.wiring import sources_path
from processors.errors import Retry, Stop

_LEAST_DISK_BYTES = 1_000_000_000
#: The first SQLite without the corruption of a WAL database that has several connections.
_LEAST_SQLITE = (3, 51, 3)
#: No clock that is right says less.
_RELEASED = datetime(2025, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at. `advice` is empty when it is well."""

    status: Literal["ok", "warn", "fail"]
    what: str
    found: str
    advice: str = ""


def examine(settings: Settings) -> list[Finding]:
    """Everything, in the order in which it matters; raises nothing."""
    findings = [
        _python(),
        _sqlite(),
        *_data_dir(settings),
        _database(settings),
        _sources(settings),
        _port(settings),
        *_extractors(settings),
    ]
    findings += [_clock(), *_variables()]
    if settings.kafka or settings.elasticsearch:
        findings += _cluster(settings)
    return findings


def _python() -> Finding:
    return Finding(status="ok", what="Python", found=".".join(map(str, sys.version_info[:3])))


def _sqlite() -> Finding:
    found = apsw.sqlite_lib_version()
    if tuple(map(int, found.split("."))) >= _LEAST_SQLITE:
        return Finding(status="ok", what="SQLite", found=found)
    least = ".".join(map(str, _LEAST_SQLITE))
    advice = f"Install apsw with SQLite {least} or newer (pip install -U apsw): older ones can corrupt the database."
    return Finding(status="fail", what="SQLite", found=found, advice=advice)


def _data_dir(settings: Settings) -> Iterator[Finding]:
    path = settings.data_dir.absolute()
    existing = next(place for place in (path, *path.parents) if place.exists())
    if not existing.is_dir():
        advice = "Name a directory with --data-dir, or move the file away."
        yield Finding(status="fail", what="data directory", found=f"{existing} is a file", advice=advice)
        return
    if not os.access(existing, os.W_OK | os.X_OK):
        advice = "Let this user write there, or name another with --data-dir."
        yield Finding(
            status="fail", what="data directory", found=f"{existing} is not writable", advice=advice
        )
        return
    yield Finding(
        status="ok", what="data directory", found=f"{path}{'' if path.exists() else ' (will be made)'}"
    )
    free = shutil.disk_usage(existing).free
    told = f"{free / 1e9:.1f} GB free"
    if free >= _LEAST_DISK_BYTES:
        yield Finding(status="ok", what="disk", found=told)
    else:
        yield Finding(
            status="warn", what="disk", found=told, advice="Free some: a million articles need about 20 GB."
        )


def _database(settings: Settings) -> Finding:
    path = settings.database
    if not path.exists():
        return Finding(status="ok", what="database", found="none yet; the first run makes it")
    try:
        store = SqliteStore(path, readonly=True)
        try:
            bad = [row[0] for row in store.connection.execute("PRAGMA quick_check(3)") if row[0] != "ok"]
            captures = store.end("captures")
        finally:
            store.close()
    except Stop as error:
        return Finding(status="fail", what="database", found=str(path), advice=str(error))
    except apsw.Error as error:
        return Finding(
            status="fail", what="database", found=f"{path}: {error}", advice="Restore a backup of it."
        )
    if bad:
        return Finding(
            status="fail", what="database", found=f"{path}: {bad[0]}", advice="Restore a backup of it."
        )
    holder = running_at(settings)
    told = f"{path}, {captures} captures{f', in use by {holder}' if holder else ''}"
    return Finding(status="ok", what="database", found=told)


def _sources(settings: Settings) -> Finding:
    try:
        feeds = all_feeds(load_sources(sources_path(settings)))
    except Stop as error:
        return Finding(status="fail", what="sources", found=str(sources_path(settings)), advice=str(error))
    return Finding(
        status="ok", what="sources", found=f"{len({f.outlet for f in feeds})} outlets, {len(feeds)} feeds"
    )


def _port(settings: Settings) -> Finding:
    try:
        listen(settings).close()
    except Stop as error:
        holder = running_at(settings)
        if holder:
            return Finding(status="ok", what="port", found=f"{settings.port}, in use by obmin at {holder}")
        return Finding(status="warn", what="port", found=f"{settings.port} cannot be had", advice=str(error))
    beyond = settings.host not in ("127.0.0.1", "localhost", "[::1]")
    if beyond:
        advice = "The pages have no login: put a proxy with one in front, or listen on 127.0.0.1."
        return Finding(status="warn", what="port", found=f"{settings.host}:{settings.port}", advice=advice)
    return Finding(status="ok", what="port", found=f"{settings.host}:{settings.port}")


def _extractors(settings: Settings) -> Iterator[Finding]:
    """The plug-ins, when any is switched on."""
    names = ", ".join(settings.extractors)
    if not names:
        return
    try:
        claims_stage(settings.extractors)
    except Stop as error:
        yield Finding(status="fail", what="extractors", found=names, advice=str(error))
    else:
        yield Finding(status="ok", what="extractors", found=names)


def _clock() -> Finding:
    now = datetime.now(UTC)
    told = f"{now:%Y-%m-%d %H:%M:%S} UTC"
    if now >= _RELEASED:
        return Finding(status="ok", what="clock", found=told)
    return Finding(
        status="fail", what="clock", found=told, advice="Set the clock: dates and signatures depend on it."
    )


def _variables() -> Iterator[Finding]:
    unknown = unknown_variables(os.environ)
    if unknown:
        advice = "They mean nothing to obmin; see docs/reference/configuration.md for those that do."
        yield Finding(status="warn", what="environment", found=", ".join(unknown), advice=advice)


def _cluster(settings: Settings) -> Iterator[Finding]:
    try:
        from obmin.cluster_wiring import cluster_parts  # noqa: PLC0415  needs the cluster extra
    except ModuleNotFoundError as error:
        advice = "pip install 'obmin[cluster]'"
        yield Finding(status="fail", what="cluster", found=f"{error.name} is not installed", advice=advice)
        return
    with cluster_parts(settings) as parts:
        if settings.kafka:
            yield from _engine("Kafka", settings.kafka, lambda: parts.topics.problems())  # noqa: PLW0108  the property may raise
        if settings.elasticsearch:
            yield from _engine("Elasticsearch", settings.elasticsearch, lambda: parts.indices.check())  # noqa: PLW0108


def _engine(what: str, address: str, problems: Callable[[], Sequence[str]]) -> Iterator[Finding]:
    """One line for an engine that is well, one for each problem otherwise."""
    try:
        found = problems()
    except (Retry, Stop) as error:
        advice = f"{error}. Check the address, the credentials, and that {what} runs."
        yield Finding(status="fail", what=what, found=address, advice=advice)
        return
    for problem in found:
        yield Finding(status="warn", what=what, found=address, advice=problem)
    if not found:
        yield Finding(status="ok", what=what, found=f"{address}, all there")
