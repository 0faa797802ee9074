"""What holds for every answer: headers, hosts, and writes from our own pages only."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from search.api import Services, make_app
from search.api.guard import HEADERS
from tests.fakes.newsdesk import RecordingActions, filled, records, services

PAGES = (
    *(
        "/",
        "/?q=(",
        "/exchanges",
        "/exchanges/x1",
        "/articles/a1",
        "/sources",
        "/quarantine",
        "/quarantine/l1",
    ),
    *("/subscriptions", "/deliveries", "/health", "/metrics", "/static/style.css", "/nothing"),
    *("/api/v1/claims", "/api/nothing"),
)


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_strict_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    for name, value in HEADERS.items():
        if not (name == "cache-control" and path.startswith("/static")):
            assert headers[name] == value, name
    assert "unsafe" not in headers["content-security-policy"]


class _Broken:
    def __getattr__(self, name: str) -> object:
        raise RuntimeError("inside: secret detail")


def test_the_answer_to_a_mistake_of_ours_is_guarded_and_tells_nothing_of_the_inside() -> None:
    broken = Services(index=_Broken(), actions=RecordingActions(), health=lambda: 1 / 0)  # type: ignore[arg-type,return-value]
    client = TestClient(make_app(broken), base_url="http://localhost", raise_server_exceptions=False)
    for path in ("/", "/api/v1/claims", "/health"):
        answer = client.get(path)
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert answer.headers["content-security-policy"] == HEADERS["content-security-policy"]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8765", 200),
        ("localhost", 200),
        ("LOCALHOST:80", 200),
        ("[::1]:8765", 200),
        ("desk.example", 200),
        ("evil.example", 400),
        ("127.0.0.1.evil.example", 400),
        ("localhost.", 400),
        ("", 400),
        ("[::1", 400),
    ],
)
def test_only_our_own_names_are_answered(tmp_path: Path, host: str, status: int) -> None:
    index = filled(tmp_path, records())
    client = TestClient(make_app(services(index, RecordingActions()), allowed_hosts=["desk.example"]))
    assert client.get("/health", headers={"host": host}).status_code == status
    index.close()


def form_of(client: TestClient) -> tuple[str, dict[str, str]]:
    page = client.get("/quarantine/l1").text
    found = re.search(r'name="token" value="([0-9a-f]{64})"', page)
    assert found
    return "/quarantine/l1/discard", {"token": found.group(1)}


def test_a_form_of_ours_acts_and_leads_back(client: TestClient, actions: RecordingActions) -> None:
    path, fields = form_of(client)
    answer = client.post(path, data=fields, headers={"sec-fetch-site": "same-origin", "origin": "null"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/quarantine/l1?done=discard")
    assert actions.asked == [("discard", "l1", {})]


@pytest.mark.parametrize(
    ("fields", "headers"),
    [
        ({"other": "x"}, {}),
        ({"token": "0" * 64}, {}),
        ({"token": "ключ"}, {}),
        (None, {"origin": "https://evil.example"}),
        (None, {"origin": "null"}),
        (None, {"origin": "http://127.0.0.1:9999"}),
        (None, {"sec-fetch-site": "cross-site"}),
        (None, {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:8765"}),
    ],
)
def test_a_form_of_another_site_is_refused(
    client: TestClient, actions: RecordingActions, fields: dict[str, str] | None, headers: dict[str, str]
) -> None:
    path, good = form_of(client)
    assert client.post(path, data=good if fields is None else fields, headers=headers).status_code == 403
    assert actions.asked == []


def test_a_token_holds_for_the_browser_that_it_was_shown_to_alone(
    client: TestClient, actions: RecordingActions
) -> None:
    path, fields = form_of(client)
    client.cookies.clear()
    assert client.post(path, data=fields).status_code == 403
    assert actions.asked == []


def test_the_json_api_refuses_writes_from_other_sites(client: TestClient, actions: RecordingActions) -> None:
    cross = {"sec-fetch-site": "cross-site"}
    assert client.post("/api/v1/quarantine/l1/discard", json={}, headers=cross).status_code == 403
    plain = {"content-type": "text/plain"}
    assert client.post("/api/v1/quarantine/l1/discard", content="{}", headers=plain).status_code == 415
    assert actions.asked == []


def test_a_form_that_is_too_long_or_of_another_type_is_refused(client: TestClient) -> None:
    assert client.post("/quarantine/l1/discard", json={}).status_code == 415
    assert client.post("/quarantine/l1/discard", data={"token": "x" * 70_000}).status_code == 413
