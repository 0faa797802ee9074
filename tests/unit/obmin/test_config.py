"""Settings: precedence, and errors that name the place."""

from pathlib import Path

import pytest

from obmin import config
from obmin.config import Settings
from processors.errors import ConfigError


def load(
    tmp_path: Path, toml: str = "", environ: dict[str, str] | None = None, **options: object
) -> Settings:
    if toml:
        (tmp_path / "obmin.toml").write_text(toml, encoding="utf-8")
    return config.load(config=None, environ=environ or {}, options=options, directory=tmp_path)


def test_without_anything_the_pages_are_on_loopback_and_the_data_in_the_directory(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert (settings.host, settings.port, settings.data_dir) == ("127.0.0.1", 8765, Path("obmin-data"))
    assert settings.database == Path("obmin-data/obmin.db")


def test_the_command_line_beats_the_environment_which_beats_the_file(tmp_path: Path) -> None:
    toml = "port = 1001\nprocesses = 3\nhost_delay = '2s'"
    settings = load(tmp_path, toml, {"OBMIN_PORT": "1002", "OBMIN_PROCESSES": "4"}, port=1003, host=None)
    assert (settings.port, settings.processes, settings.host_delay) == (1003, 4, 2.0)


def test_lists_are_toml_lists_or_separated_by_commas(tmp_path: Path) -> None:
    settings = load(
        tmp_path,
        'allowed_hosts = ["obmin.example", "[::1]"]',
        {"OBMIN_ALLOWED_NETWORKS": "127.0.0.1,10.0.0.0/8"},
    )
    assert settings.allowed_hosts == ("obmin.example", "[::1]")
    assert [str(a.network) for a in settings.allowed_networks] == ["127.0.0.1/32", "10.0.0.0/8"]


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("# remark\nprot = 1", "obmin.toml:2: unknown key prot; did you mean port?"),
        ("port = 80\n\nhost_delay = 'soon'", "obmin.toml:3: host_delay = 'soon' is wrong: must be a time"),
        ("port = 70000", "obmin.toml:1: port = 70000 is wrong: must be a whole number from 0 to 65535"),
        ("port = true", "obmin.toml:1: port = True is wrong"),
        ("[web]\nport = 1", "obmin.toml:1: unknown key web"),
        ("port = ", "obmin.toml: not valid TOML: Invalid value (at line 1"),
        ("runner = 'spark'", "must be embedded or cluster"),
        ("runner = 'cluster'", "needs kafka and elasticsearch"),
        ("allowed_networks = ['localhost']", "obmin.toml:1: allowed_networks"),
        ("allowed_hosts = ['a b']", "is not a host name"),
        ("elasticsearch = 'localhost'", "must be an address such as"),
        ("kafka = 'localhost'", "must be host:port"),
        ("sources = ''", "must be a path"),
    ],
)
def test_what_is_wrong_in_the_file_is_named_with_its_line(tmp_path: Path, toml: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, toml)
    assert message in str(caught.value)


def test_what_is_wrong_elsewhere_is_named_by_variable_or_option(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"variable OBMIN_PORT: port = 'x' is wrong"):
        load(tmp_path, environ={"OBMIN_PORT": "x"})
    with pytest.raises(
        ConfigError, match=r"variable OBMIN_DATADIR is unknown; did you mean OBMIN_DATA_DIR\?"
    ):
        load(tmp_path, environ={"OBMIN_DATADIR": "x"})
    with pytest.raises(ConfigError, match="option --port"):
        load(tmp_path, port=-1)


def test_variables_of_others_are_left_alone_but_known(tmp_path: Path) -> None:
    environ = {"OBMIN_SERVE_PORT_8765_TCP_ADDR": "10.0.0.1", "OBMIN_REQUIRE": "kafka"}
    assert load(tmp_path, environ=environ).port == 8765
    assert config.unknown_variables(environ) == ["OBMIN_SERVE_PORT_8765_TCP_ADDR"]


def test_a_file_that_was_named_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such configuration file"):
        config.load(config=tmp_path / "none.toml", environ={}, options={}, directory=tmp_path)
