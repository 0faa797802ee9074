"""The cluster from the command line on real engines: faults are told in one line, the demo shows what the embedded one does."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from search.index.elastic import Cluster
from tests.servers import free_port

pytestmark = [pytest.mark.kafka, pytest.mark.elasticsearch, pytest.mark.timeout(900)]


def _obmin(directory: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    given = {
        **os.environ,
        "OBMIN_DATA_DIR": str(directory),
        "OBMIN_PARTITIONS": "2",
        "COLUMNS": "300",
        **environ,
    }
    return subprocess.run(
        [sys.executable, "-m", "obmin", *arguments],
        env=given,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def _line(result: subprocess.CompletedProcess[str]) -> str:
    """The one line of an error."""
    assert result.returncode == 2, result.stdout + result.stderr
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    return lines[0]


@pytest.fixture
def engines(kafka_address: str, elasticsearch_url: str) -> dict[str, str]:
    return {"OBMIN_RUNNER": "cluster", "OBMIN_KAFKA": kafka_address, "OBMIN_ELASTICSEARCH": elasticsearch_url}


def test_the_demo_on_the_cluster_shows_what_the_embedded_one_shows(
    tmp_path: Path, engines: dict[str, str]
) -> None:
    missing = _line(_obmin(tmp_path / "a", "worker", **engines))
    assert "topic captures is missing: obmin topics create" in missing
    missing = _line(
        _obmin(tmp_path / "a", "serve", "--port", "0", **engines | {"OBMIN_KAFKA": "127.0.0.1:1"})
    )
    assert "no answer from 127.0.0.1:1" in missing
    checked = _obmin(tmp_path / "a", "indices", "check", **engines)
    assert (
        checked.returncode,
        "there is no index obmin-articles: run `obmin indices create`" in checked.stdout,
    ) == (1, True)

    on_cluster = _obmin(tmp_path / "b", "demo", "--cluster", "--once", "--json", **engines)
    assert on_cluster.returncode == 0, on_cluster.stderr
    embedded = _obmin(tmp_path / "c", "demo", "--once", "--json")
    assert _known(on_cluster) == _known(embedded)

    examined = _obmin(tmp_path / "b", "doctor", "--json", **engines)
    told = {finding["what"]: finding["status"] for finding in json.loads(examined.stdout)}
    assert (told["Kafka"], told["Elasticsearch"]) == ("ok", "ok")

    before = _count(engines)
    rebuilt = _obmin(tmp_path / "b", "reindex", "--json", **engines)
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert "obmin-claims-000002" in json.loads(rebuilt.stdout)["made"]
    assert _count(engines) == before > 0


def _known(demo: subprocess.CompletedProcess[str]) -> dict[str, object]:
    """What the demo has found out, after a check that every alert was delivered and verified.

    The number of alerts is left out: what is new in an article depends on what came before it, and the poller asks hosts in
    parallel, so that two embedded runs differ by one as well (446 or 447).
    """
    told: dict[str, object] = json.loads(demo.stdout.splitlines()[-1])
    sent = {told.pop(name) for name in ("alerts", "delivered_webhooks", "verified_webhooks")}
    assert len(sent) == 1
    assert sent != {0}
    return told


def _count(engines: dict[str, str]) -> int:
    cluster = Cluster(engines["OBMIN_ELASTICSEARCH"], timeout_s=30.0)
    cluster.call("POST", "/obmin-claims/_refresh")
    return int(cluster.call("GET", "/obmin-claims/_count")["count"])


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"OBMIN_KAFKA": "nowhere"}, "OBMIN_KAFKA"),
        ({"OBMIN_KAFKA": ""}, "kafka"),
        ({"OBMIN_ELASTICSEARCH": "ftp://x"}, "OBMIN_ELASTICSEARCH"),
    ],
    ids=["no port", "no broker", "no http"],
)
def test_a_wrong_setting_is_named(
    tmp_path: Path, engines: dict[str, str], environ: dict[str, str], told: str
) -> None:
    assert told in _line(_obmin(tmp_path, "serve", "--port", "0", **engines | environ))


def test_what_is_not_elasticsearch_is_named(tmp_path: Path, engines: dict[str, str]) -> None:
    closed = f"http://127.0.0.1:{free_port()}"
    assert closed in _line(_obmin(tmp_path, "indices", "create", **engines | {"OBMIN_ELASTICSEARCH": closed}))
