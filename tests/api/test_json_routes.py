"""JSON: shapes that keep to the OpenAPI description, filters, paging, one error shape."""

from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from search import schemas
from search.api.openapi import LISTS, document
from tests.fakes.newsdesk import RecordingActions

SHAPES = {name: shape for name, _, shape, _ in LISTS}


def fields(shape: type) -> set[str]:
    return {name for kind in shape.__mro__ for name in getattr(kind, "__annotations__", {})}


@pytest.mark.parametrize("name", SHAPES)
def test_a_list_has_items_of_exactly_the_described_shape(client: TestClient, name: str) -> None:
    answer = client.get(f"/api/v1/{name}").json()
    assert answer["total"] >= 1
    assert answer["next"] is None
    for item in answer["items"]:
        assert set(item) - {"highlights"} == fields(SHAPES[name])
    components = {
        "components": document()["components"],
        "$ref": f"#/components/schemas/{SHAPES[name].__name__}",
    }
    jsonschema.Draft202012Validator(components).validate(answer["items"][0])


@pytest.mark.parametrize(
    ("name", "id_"), [("articles", "a1"), ("claims", "c1"), ("exchanges", "x1"), ("quarantine", "l1")]
)
def test_one_record_is_what_its_list_shows(client: TestClient, name: str, id_: str) -> None:
    one = client.get(f"/api/v1/{name}/{id_}").json()
    listed = next(item for item in client.get(f"/api/v1/{name}").json()["items"] if item["id"] == id_)
    assert one == {key: value for key, value in listed.items() if key != "highlights"}


def test_the_secret_of_a_subscription_is_never_shown(client: TestClient) -> None:
    for path in (
        "/api/v1/subscriptions",
        "/api/v1/subscriptions/s1",
        "/subscriptions",
        "/metrics",
        "/deliveries",
    ):
        assert "whsec" not in client.get(path).text


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("speaker_side=UA", ["c1"]),
        ("q=speaker:lubinets", ["c1"]),
        ("q=ua:>240", ["c2"]),
        ("kind=denial", []),
        ("since=2024-01-04&until=2024-01", ["c1", "c2"]),
        ("until=2023", []),
        ("outlet=Вісник", ["c2"]),
    ],
)
def test_claims_are_found_by_text_and_filter(client: TestClient, query: str, ids: list[str]) -> None:
    assert sorted(item["id"] for item in client.get(f"/api/v1/claims?{query}").json()["items"]) == ids


def test_a_cursor_leads_through_all_pages(client: TestClient) -> None:
    seen: list[str] = []
    after = ""
    while True:
        page = client.get("/api/v1/claims", params={"limit": "1", "after": after}).json()
        seen += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        after = page["next"]
    assert sorted(seen) == ["c1", "c2"]


def test_a_hidden_exchange_is_shown_when_it_is_asked_for(client: TestClient) -> None:
    assert [i["id"] for i in client.get("/api/v1/exchanges").json()["items"]] == ["x1"]
    assert [i["id"] for i in client.get("/api/v1/exchanges?merged=true").json()["items"]] == ["x0"]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/claims?colour=red", 400, "query"),
        ("GET", "/api/v1/claims?limit=0", 400, "query"),
        ("GET", "/api/v1/claims?sort=up", 400, "query"),
        ("GET", "/api/v1/claims?after=nonsense", 400, "query"),
        ("GET", "/api/v1/claims?since=yesterday", 400, "query"),
        ("GET", "/api/v1/claims?since=2024)%20OR%20(", 400, "query"),
        ("GET", "/api/v1/claims/none", 404, "not_found"),
        ("GET", "/api/v1/nothing", 404, "not_found"),
        ("DELETE", "/api/v1/claims", 405, "method_not_allowed"),
        ("POST", "/api/v1/quarantine/l1/replay", 415, "unsupported_type"),
    ],
)
def test_every_error_has_the_one_shape(
    client: TestClient, method: str, path: str, status: int, code: str
) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    body = answer.json()
    assert set(body) == {"error"}
    assert body["error"]["code"] == code
    assert body["error"]["message"]


def test_a_faulty_query_names_the_column_as_it_was_typed(client: TestClient) -> None:
    for suffix in ("", "&since=2024"):
        error = client.get(f"/api/v1/claims?q=swap AND (a{suffix}").json()["error"]
        assert (error["code"], error["column"]) == ("query", 10)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=80))
def test_no_text_breaks_the_search(client: TestClient, text: str) -> None:
    for path in ("/api/v1/articles", "/"):
        assert client.get(path, params={"q": text.encode("utf-8", "replace").decode()}).status_code in (
            200,
            400,
        )


def test_actions_are_passed_on(client: TestClient, actions: RecordingActions) -> None:
    made = client.post("/api/v1/subscriptions", json={"name": "n", "url": "https://h.example/"})
    assert (made.status_code, made.json()) == (201, {"id": "s2", "secret": "whsec_new"})
    assert client.patch("/api/v1/subscriptions/s1", json={"active": False}).status_code == 200
    for path in (
        "subscriptions/s1/test",
        "subscriptions/s1/rotate",
        "quarantine/l1/replay",
        "quarantine/l1/discard",
    ):
        assert client.post(f"/api/v1/{path}", json={}).status_code == 200
    assert [what for what, _, _ in actions.asked] == [
        "subscribe",
        "edit",
        "test",
        "rotate",
        "replay",
        "discard",
    ]


def test_an_unknown_id_is_not_found_and_other_refusals_say_why(client: TestClient) -> None:
    answer = client.post("/api/v1/quarantine/none/replay", json={})
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "unknown")


@pytest.mark.parametrize("body", [b"[]", b"{", b'"x"', b"x" * 70_000])
def test_a_body_that_is_no_object_is_refused(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/v1/subscriptions", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 413)


def test_the_description_is_openapi_and_every_reference_resolves(client: TestClient) -> None:
    described: dict[str, Any] = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    names = set(described["components"]["schemas"])

    def references(value: Any) -> set[str]:
        if isinstance(value, dict):
            own = {value["$ref"].rpartition("/")[2]} if "$ref" in value else set()
            return own.union(*(references(item) for item in value.values()))
        return set().union(*(references(item) for item in value)) if isinstance(value, list) else set()

    assert references(described) <= names
    assert fields(schemas.ErrorBody) == {"error"}
