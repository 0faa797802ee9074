"""The pages: what an analyst reads on them, and that hostile text stays text on each of them."""

from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import html
from starlette.testclient import TestClient

from search.api import make_app
from tests.fakes.newsdesk import RecordingActions, filled, records, services

PAGES = (
    *("/", "/?in=articles", "/?q=prisoners&in=articles", "/?q=ombudsman", "/exchanges", "/exchanges/x1"),
    *("/articles/a1", "/articles/a1?explain=1", "/articles/a2", "/sources", "/quarantine", "/quarantine/l1"),
    *("/subscriptions", "/deliveries"),
)
EVIL = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></textarea></pre><svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "{{ 7*7 }}{% raw %}${7*7}",
    "<!--<iframe srcdoc='<script>alert(1)</script>'>-->",
    "\u202e\u0000<b>&lt;script&gt;",
    "[x](javascript:alert(1)) =cmd|'/c calc'!A1",
    "<style>*{display:none}</style><meta http-equiv=refresh content=0;url=//evil>",
)
ACTIVE = {"script", "iframe", "object", "embed", "svg", "style", "base", "img", "video", "math", "textarea"}


def page(client: TestClient, path: str) -> html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.content)


def text(tree: html.HtmlElement, xpath: str) -> list[str]:
    return [" ".join(" ".join(node.itertext()).split()) for node in tree.xpath(xpath)]


@pytest.mark.parametrize("evil", EVIL)
def test_hostile_text_stays_text_on_every_page(tmp_path: Path, evil: str) -> None:
    index = filled(tmp_path, records(evil))
    client = TestClient(make_app(services(index, RecordingActions())), base_url="http://127.0.0.1")
    said = quote(evil, safe="")
    paths = (
        *PAGES,
        f"/exchanges/{said}",
        f"/quarantine?reason={said}",
        f"/?q={said}",
        f"/?since={said}&outlet={said}",
    )
    for path in paths:
        tree = html.fromstring(client.get(path).content)
        assert not {node.tag for node in tree.iter() if isinstance(node.tag, str)} & ACTIVE, path
        assert [m for m in tree.xpath("//meta") if m.get("http-equiv")] == [], path
        for node in tree.iter():
            for name, value in node.attrib.items():
                assert not name.startswith("on"), (path, name)
                assert name != "style", path
                if name in ("href", "src", "action"):
                    assert value.startswith(("/", "#", "?", "http://", "https://")), (path, value)
                    assert not value.startswith("//"), (path, value)
        outward = tree.xpath("//a[starts-with(@href, 'http')]/@rel")
        assert set(outward) <= {"noopener noreferrer"}, path
        assert len(outward) == len(tree.xpath("//a[starts-with(@href, 'http')]")), path
    index.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_well_made(client: TestClient, path: str) -> None:
    tree = page(client, path)
    assert tree.get("lang") == "en"
    assert len(tree.xpath("//h1")) == 1
    assert len(tree.xpath("//main")) == 1
    ids = tree.xpath("//@id")
    assert sorted(set(ids)) == sorted(ids)
    for control in tree.xpath("//input[not(@type='hidden')] | //select"):
        assert control.xpath("ancestor::label") or tree.xpath(f"//label[@for='{control.get('id')}']")
    for table in tree.xpath("//table"):
        assert len(table.xpath("./thead/tr/th")) == len(table.xpath("./tbody/tr[1]/td"))


def test_the_search_shows_highlights_facets_and_what_the_other_tab_would_find(client: TestClient) -> None:
    tree = page(client, "/?q=ombudsman")
    assert text(tree, "//ol//mark") == ["ombudsman", "ombudsman"]
    assert text(tree, "//div[@class='tabs']/a") == ["Claims 2", "Articles 2"]
    facets = text(tree, "//div[@class='facets']//a")
    assert "Ukraine 1" in facets
    assert "Russia 1" in facets
    narrowed = page(client, tree.xpath("//div[@class='facets']//a[contains(., 'Ukraine')]/@href")[0])
    assert len(narrowed.xpath("//ol/li")) == 1
    assert narrowed.xpath("//a[@aria-current='true']")


def test_a_faulty_query_is_answered_with_its_place_and_keeps_what_was_typed(client: TestClient) -> None:
    answer = client.get("/", params={"q": "swap AND (a"})
    assert answer.status_code == 400
    tree = html.fromstring(answer.content)
    assert "column 10" in text(tree, "//*[@role='alert']")[0]
    assert tree.xpath("//input[@name='q']/@value") == ["swap AND (a"]


def test_the_page_of_an_exchange_has_a_row_for_each_claimant(client: TestClient) -> None:
    tree = page(client, "/exchanges/x1")
    assert "disputed" in text(tree, "//h1")[0]
    rows = text(tree, "//table[contains(@class, 'claimants')]/tbody/tr")
    assert len(rows) == 2
    assert "UA Dmytro Lubinets" in rows[0]
    assert "230" in rows[0]
    assert "248" in rows[1]
    assert text(tree, "//td[contains(@class, 'in-dispute')]") == ["230", "248"]
    assert "both cannot hold" in text(tree, "//ul[@class='verdicts']/li")[0]
    assert "Russian MoD says 248" in text(tree, "//ol[@class='timeline']/li")[0]
    assert "/articles/a1#claim-c1" in tree.xpath("//td[contains(@class, 'quote')]/a/@href")


def test_an_exchange_that_was_merged_leads_to_the_one_that_holds_its_claims(client: TestClient) -> None:
    answer = client.get("/exchanges/x0")
    assert (answer.status_code, answer.headers["location"]) == (308, "/exchanges/x1")


def test_an_article_has_its_claims_marked_and_listed(client: TestClient) -> None:
    tree = page(client, "/articles/a1")
    assert (
        "".join(text(tree, "//article//a[contains(@class, 'evidence')]")).replace(" ", "")
        == "Theombudsmansaid230camehome."
    )
    assert text(tree, "//article//*[contains(@class, ' slot')]") == ["230"]
    assert tree.xpath("//article//a[@id='claim-c1']/@href") == ["#slots-c1"]
    card = text(tree, "//section[@id='slots-c1']")[0]
    assert "returned to Ukraine 230" in card
    assert "Exchange of 3 January 2024" in card
    assert "What was seen in each sentence" not in tree.text_content()
    assert "What was seen in each sentence" in page(client, "/articles/a1?explain=1").text_content()


def test_copies_point_at_each_other(client: TestClient) -> None:
    assert "/articles/a2" in page(client, "/articles/a1").xpath("//aside//a/@href")
    assert "/articles/a1" in page(client, "/articles/a2").xpath("//p[@class='note']/a/@href")


def test_sources_tell_their_state_and_the_balance(client: TestClient) -> None:
    tree = page(client, "/sources")
    tally = dict(zip(text(tree, "//dl//dt"), text(tree, "//dl//dd"), strict=True))
    assert tally == {
        "addresses": "3",
        "indexed": "1",
        "duplicate": "0",
        "filtered": "1",
        "quarantined": "1",
        "pending": "0",
    }
    assert "timeout slow (2 times in a row)" in text(tree, "//table[1]/tbody/tr")[0]


def test_health_is_200_or_503(tmp_path: Path, client: TestClient) -> None:
    assert (client.get("/health").status_code, client.get("/health").json()["status"]) == (200, "ok")
    index = filled(tmp_path, [])
    failing = TestClient(
        make_app(services(index, RecordingActions(), healthy=False)), base_url="http://localhost"
    )
    assert (failing.get("/health").status_code, failing.get("/health").json()["checks"]) == (
        503,
        {"runner": "ended"},
    )
    index.close()


def test_metrics_are_prometheus_text(client: TestClient) -> None:
    lines = client.get("/metrics").text.splitlines()
    assert 'obmin_outcomes{status="indexed"} 1' in lines
    assert 'obmin_documents{collection="exchanges"} 2' in lines
    assert "obmin_topic_captures_end 2" in lines


@pytest.mark.parametrize(
    "path", ["/exchanges/none", "/articles/none", "/quarantine/none", "/static/none", "/static/../app.py"]
)
def test_what_is_not_there_is_a_page_that_says_so(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert html.fromstring(answer.content).xpath("//h1")


def test_an_empty_index_has_pages_too(tmp_path: Path) -> None:
    index = filled(tmp_path, [])
    client = TestClient(make_app(services(index, RecordingActions())), base_url="http://localhost")
    for path in ("/", "/exchanges", "/sources", "/quarantine", "/subscriptions", "/deliveries"):
        assert client.get(path).status_code == 200
    index.close()
