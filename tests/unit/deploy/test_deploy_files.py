"""deploy/ is checked by tools that need no engine and no cluster."""

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[3] / "deploy"
CUSTOM_RESOURCES = ("Kustomization", "ScaledObject")  # no schema outside their own operators


def _run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_compose_file_is_valid() -> None:
    compose = ["docker-compose"] if shutil.which("docker-compose") else ["docker", "compose"]
    if shutil.which(compose[0]) is None or _run(*compose, "version").returncode:
        pytest.skip("neither docker-compose nor the compose plugin of docker is installed")
    result = _run(*compose, "-f", DEPLOY / "compose.yaml", "config", "-q")
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("path", sorted((DEPLOY / "kubernetes").glob("*.yaml")), ids=lambda path: path.name)
def test_a_kubernetes_manifest_fits_the_schema(path: Path) -> None:
    result = _run(Path(sys.executable).parent / "kubernetes-validate", "--strict", path)
    warnings = [
        line for line in result.stderr.splitlines() + result.stdout.splitlines() if line.startswith("WARN")
    ]
    assert result.returncode == 0, result.stderr
    assert [line for line in warnings if not any(kind in line for kind in CUSTOM_RESOURCES)] == []


def test_hadolint_has_nothing_to_say_of_the_dockerfiles() -> None:
    result = _run(
        Path(sys.executable).parent / "hadolint", DEPLOY / "Dockerfile", DEPLOY / "elasticsearch/Dockerfile"
    )
    assert (result.returncode, result.stdout) == (0, "")


def test_every_panel_of_the_dashboard_asks_for_something() -> None:
    dashboard = json.loads((DEPLOY / "monitoring/dashboards/obmin.json").read_text())
    assert all(target["expr"] for panel in dashboard["panels"] for target in panel["targets"])


def test_the_topic_and_index_templates_are_those_of_the_code() -> None:
    """`python deploy/templates.py` renews them."""
    spec = importlib.util.spec_from_file_location("templates", DEPLOY / "templates.py")
    assert spec is not None
    assert spec.loader is not None
    templates = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(templates)
    assert json.loads((DEPLOY / "topics.json").read_text()) == templates.topics()
    assert json.loads((DEPLOY / "indices.json").read_text()) == templates.indices()
