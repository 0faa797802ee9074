"""The application over a filled index."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from search.api import make_app
from tests.fakes.newsdesk import RecordingActions, filled, records, services


@pytest.fixture
def actions() -> RecordingActions:
    return RecordingActions()


@pytest.fixture
def client(tmp_path: Path, actions: RecordingActions) -> Iterator[TestClient]:
    index = filled(tmp_path, records())
    app = make_app(services(index, actions))
    with TestClient(app, base_url="http://127.0.0.1:8765", follow_redirects=False) as made:
        yield made
    index.close()
