"""Fixtures for what is expensive or may be missing: real servers and a real browser.

A server comes from a given address (`OBMIN_KAFKA`, `OBMIN_ELASTICSEARCH`), else Docker by testcontainers, else the jars of
Maven Central (tests/servers.py). Where none can be had the test is skipped with the reason; a name listed in
`OBMIN_REQUIRE` (kafka, elasticsearch, browser) turns that skip into a failure.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests import servers


def missing(name: str, reason: str) -> None:
    if name in os.environ.get("OBMIN_REQUIRE", "").split(","):
        pytest.fail(f"{name} is required (OBMIN_REQUIRE) but missing: {reason}")
    pytest.skip(f"no {name}: {reason}")


def _docker_runs() -> bool:
    return (
        shutil.which("docker") is not None
        and subprocess.run(["docker", "info"], capture_output=True, check=False).returncode == 0
    )


def _serve(name: str, in_docker: Callable[[], Any], on_jvm: Callable[[], servers.Server]) -> Iterator[str]:
    given = os.environ.get(f"OBMIN_{name.upper()}")
    if given:
        yield given
    elif _docker_runs():
        yield from in_docker()
    else:
        try:
            server = on_jvm()
        except servers.Unavailable as error:
            missing(name, str(error))
            return
        try:
            server.start()
            yield server.address
        finally:
            server.close()


def _kafka_in_docker() -> Iterator[str]:
    from testcontainers.kafka import KafkaContainer

    with KafkaContainer("confluentinc/cp-kafka:7.8.0").with_kraft() as container:
        yield container.get_bootstrap_server()


def _elasticsearch_in_docker() -> Iterator[str]:
    from testcontainers.elasticsearch import ElasticSearchContainer

    with ElasticSearchContainer(
        "docker.elastic.co/elasticsearch/elasticsearch:9.5.3", mem_limit="2G"
    ) as container:
        yield container.get_url()


@pytest.fixture(scope="session")
def kafka_address() -> Iterator[str]:
    """Bootstrap address of a real broker."""
    yield from _serve("kafka", _kafka_in_docker, servers.Kafka)


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """URL of a real node."""
    yield from _serve("elasticsearch", _elasticsearch_in_docker, servers.Elasticsearch)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium executable."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        if path:
            return path
    missing("browser", "no chromium on the PATH (apt-get install chromium)")
    raise AssertionError
