"""Settings: every knob with its default, read once from defaults < file < environment < command line.

The file is `obmin.toml` in the working directory, or what `--config` or `OBMIN_CONFIG` name. A key stands in the file as
`data_dir`, in the environment as `OBMIN_DATA_DIR`, on the command line as `--data-dir`. Whatever is wrong raises
ConfigError, which names the place (file and line, variable, or option) and says what would be right.
"""

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from processors.addresses import Allowance, parse_allowance
from processors.errors import ConfigError

# Readers raise ValueError for every wrong value, of the wrong type too; `_setting` only wraps `dataclasses.field`.
# ruff: noqa: TRY004, RUF009

PREFIX = "OBMIN_"
FILE_NAME = "obmin.toml"
#: Variables of the tests and of this module that are no settings.
_NOT_SETTINGS = frozenset({"OBMIN_CONFIG", "OBMIN_REQUIRE", "OBMIN_SCREENSHOTS", "OBMIN_TRACEBACK"})
_UNITS_S = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.IGNORECASE)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("must be a text in quotes")
    return value.strip()


def _path(value: object) -> Path:
    text = _text(value)
    if not text:
        raise ValueError("must be a path")
    return Path(text).expanduser()


def _whole(lowest: int, highest: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if isinstance(value, str) and value.strip().lstrip("-").isdigit():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            raise ValueError(f"must be a whole number from {lowest} to {highest}")
        return value

    return read


def _seconds(value: object) -> float:
    """`90s`, `15m`, `2h`, `1d`, or a bare number of seconds."""
    wrong = ValueError("must be a time such as 30s, 15m, 2h or 1d")
    if isinstance(value, bool):
        raise wrong
    text = str(value).strip()
    unit = _UNITS_S.get(text[-1:], 0)
    number = text[:-1] if unit else text
    if not re.fullmatch(r"\d{1,9}(\.\d{1,6})?", number):
        raise wrong
    return float(number) * (unit or 1)


def _list(read: Callable[[str], Any]) -> Callable[[object], tuple[Any, ...]]:
    """A list of texts; in the environment and on the command line separated by commas."""

    def read_all(value: object) -> tuple[Any, ...]:
        items = [part for part in value.split(",") if part.strip()] if isinstance(value, str) else value
        if not isinstance(items, list | tuple):
            raise ValueError('must be a list such as ["a", "b"]')
        return tuple(read(_text(item)) for item in items)

    return read_all


def _one_of(*choices: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        if value not in choices:
            raise ValueError(f"must be {' or '.join(choices)}")
        return str(value)

    return read


def _host_name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise ValueError(f"{text!r} is not a host name")
    return text.lower()


def _plugin_name(text: str) -> str:
    if not re.fullmatch(r"[\w.-]+", text):
        raise ValueError(f"{text!r} is not the name of a plug-in")
    return text


def _servers(value: object) -> str:
    """`host:port`, several separated by commas; empty for none."""
    text = _text(value)
    for part in filter(None, text.split(",")):
        host, _, port = part.strip().rpartition(":")
        if not host or not port.isdigit():
            raise ValueError("must be host:port, several separated by commas")
    return text


def _url(value: object) -> str:
    text = _text(value)
    if text and (urlsplit(text).scheme not in ("http", "https") or not urlsplit(text).hostname):
        raise ValueError("must be an address such as http://127.0.0.1:9200")
    return text.rstrip("/")


def _setting(default: Any, read: Callable[[object], Any], help: str) -> Any:  # noqa: A002, ANN401  any field's type
    return field(default=default, metadata={"read": read, "help": help})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What can be configured. Times are seconds."""

    data_dir: Path = _setting(Path("obmin-data"), _path, "directory of the database")
    sources: Path | None = _setting(
        None, _path, "OPML file of the feeds to poll; without it the list that comes with obmin"
    )
    host: str = _setting("127.0.0.1", lambda v: _host_name(_text(v)), "address that the pages listen on")
    port: int = _setting(8765, _whole(0, 65535), "port that the pages listen on, 0 for any that is free")
    allowed_hosts: tuple[str, ...] = _setting(
        (), _list(_host_name), "names beside localhost by which the pages may be asked for"
    )
    allowed_networks: tuple[Allowance, ...] = _setting(
        (), _list(parse_allowance), "private networks that may be fetched from and delivered to"
    )
    processes: int = _setting(
        0, _whole(0, 256), "processes that clean and read pages, 0 for one on each core"
    )
    page_deadline: float = _setting(10.0, _seconds, "longest time that one page may take")
    host_delay: float = _setting(1.0, _seconds, "pause between two requests to one host")
    poll_threads: int = _setting(8, _whole(1, 64), "hosts that are polled at the same time")
    extractors: tuple[str, ...] = _setting(
        (), _list(_plugin_name), "plug-ins that propose claims beside our own rules, by name"
    )
    runner: str = _setting(
        "embedded", _one_of("embedded", "cluster"), "one process, or Kafka and Elasticsearch"
    )
    kafka: str = _setting("", _servers, "Kafka brokers, host:port, for the cluster")
    elasticsearch: str = _setting("", _url, "address of Elasticsearch, for the cluster")
    partitions: int = _setting(
        8, _whole(1, 1000), "workers that can share the maps: partitions of new Kafka topics"
    )
    replication: int = _setting(1, _whole(1, 9), "copies of each new Kafka topic and Elasticsearch index")
    kafka_protocol: str = _setting(
        "PLAINTEXT", _one_of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"), "how Kafka is spoken to"
    )
    kafka_mechanism: str = _setting(
        "SCRAM-SHA-512", _one_of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"), "how we log in to Kafka"
    )
    kafka_username: str = _setting("", _text, "user name for Kafka")
    kafka_password: str = _setting(
        "", _text, "password for Kafka; better in the environment than in the file"
    )
    kafka_ca_file: str = _setting("", _text, "certificates that Kafka's is checked against")
    elasticsearch_api_key: str = _setting("", _text, "API key for Elasticsearch; better in the environment")
    elasticsearch_ca_file: str = _setting("", _text, "certificates that Elasticsearch's is checked against")

    @property
    def database(self) -> Path:
        """The one file of the embedded runner."""
        return self.data_dir / "obmin.db"


_FIELDS = {item.name: item for item in fields(Settings)}


def described() -> tuple[tuple[str, str, str], ...]:
    """Name, default as text, and help of every setting, for the reference."""
    return tuple((name, _shown(item.default), item.metadata["help"]) for name, item in _FIELDS.items())


def _shown(value: object) -> str:
    if value is None or value in ("", ()):
        return ""
    return f"{value:g} s" if isinstance(value, float) else str(value)


def load(
    *, config: Path | None, environ: Mapping[str, str], options: Mapping[str, object], directory: Path
) -> Settings:
    """The settings for a process that runs in `directory`. `options` come from the command line; None means not given."""
    named = config or (Path(environ["OBMIN_CONFIG"]) if environ.get("OBMIN_CONFIG") else None)
    values = _from_file(named or directory / FILE_NAME, must_exist=named is not None)
    values |= _from_environ(environ)
    for name, value in options.items():
        if value is not None:
            values[name] = _read(name, value, f"option --{name.replace('_', '-')}")
    settings = Settings(**values)
    if settings.runner == "cluster":
        missing = [name for name in ("kafka", "elasticsearch") if not getattr(settings, name)]
        if missing:
            raise ConfigError(
                f"runner = cluster needs {' and '.join(missing)}: set it in {FILE_NAME}, "
                f"or as {', '.join(PREFIX + name.upper() for name in missing)}"
            )
    return settings


def unknown_variables(environ: Mapping[str, str]) -> list[str]:
    """Variables that look like ours and mean nothing."""
    known = {PREFIX + name.upper() for name in _FIELDS} | _NOT_SETTINGS
    return sorted(name for name in environ if name.startswith(PREFIX) and name not in known)


def _from_file(path: Path, *, must_exist: bool) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        if must_exist:
            raise ConfigError(f"{path}: there is no such configuration file") from error
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error).replace("end of document", f"line {len(text.splitlines())}, the end of the file")
        raise ConfigError(f"{path}: not valid TOML: {message}") from error
    return {key: _read(key, value, f"{path}:{_line(text, key)}") for key, value in table.items()}


def _line(text: str, key: str) -> int:
    """The line (from 1) where a key stands; TOML's parser does not tell."""
    pattern = re.compile(rf"""^\s*(\[+\s*)?["']?{re.escape(key)}["']?\s*[=.\]]""")
    return next((number for number, line in enumerate(text.splitlines(), 1) if pattern.match(line)), 1)


def _from_environ(environ: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, item in _FIELDS.items():
        variable = PREFIX + name.upper()
        if variable in environ and (environ[variable] or item.default == ""):
            values[name] = _read(name, environ[variable], f"variable {variable}")
    # Others may own variables that begin with our name (Kubernetes makes some for every service); a near miss is a mistake.
    for unknown in unknown_variables(environ):
        near = _near(unknown.removeprefix(PREFIX).lower())
        if near:
            raise ConfigError(f"variable {unknown} is unknown; did you mean {PREFIX}{near.upper()}?")
    return values


def _near(name: str) -> str:
    return next(iter(difflib.get_close_matches(name, _FIELDS, n=1, cutoff=0.85)), "")


def _read(name: str, value: object, place: str) -> Any:  # noqa: ANN401  the type of the field
    item = _FIELDS.get(name)
    if item is None:
        near = next(iter(difflib.get_close_matches(name, _FIELDS, n=1, cutoff=0.5)), "")
        hint = f"did you mean {near}?" if near else f"known are {', '.join(_FIELDS)}"
        raise ConfigError(f"{place}: unknown key {name}; {hint}")
    try:
        return item.metadata["read"](value)
    except (ValueError, ConfigError) as error:
        raise ConfigError(f"{place}: {name} = {value!r} is wrong: {error}") from error
