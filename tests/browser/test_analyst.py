"""What an analyst does with the demo's pages, in a real browser, at the widths of a desk and of a phone.

OBMIN_SCREENSHOTS=1 renews the pictures in docs/img.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "img"
WIDTHS = {"desk": (1280, 860), "phone": (390, 844)}


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser, demo_url: str) -> Iterator[Page]:
    """A page of the demo; whatever the browser complains of, such as a breach of the security policy, fails the test."""
    width, height = WIDTHS[request.param]
    context = browser.new_context(base_url=demo_url, viewport={"width": width, "height": height})
    made = context.new_page()
    complaints: list[str] = []
    made.on("console", lambda message: complaints.append(message.text))
    made.on("pageerror", lambda error: complaints.append(str(error)))
    yield made
    context.close()
    assert complaints == []


def picture(page: Page, name: str) -> None:
    size = page.viewport_size
    if os.environ.get("OBMIN_SCREENSHOTS") and size:
        suffix = "" if size["width"] > 600 else "-phone"
        PICTURES.mkdir(exist_ok=True)
        page.set_viewport_size({**size, "height": 1240})
        page.screenshot(path=PICTURES / f"{name}{suffix}.png")
        page.set_viewport_size(size)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_an_analyst_searches_and_follows_a_claim_into_its_article(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill("Lubinets")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("ol.hits li").first).to_be_visible()
    expect(page.locator("ol.hits mark").first).to_have_text(re.compile("Lubinets", re.IGNORECASE))
    assert fits(page)
    picture(page, "search")
    page.locator("ol.hits blockquote a").first.click()
    expect(page).to_have_url(re.compile(r"/articles/\w+#claim-\w+"))
    claim = page.url.partition("#claim-")[2]
    expect(page.locator(f"#claim-{claim}")).to_be_in_viewport()
    picture(page, "article")
    page.locator(f"#claim-{claim}").click()
    expect(page.locator(f"#slots-{claim}")).to_be_in_viewport()
    assert fits(page)
    page.get_by_role("link", name="Explain every sentence").click()
    expect(page.get_by_role("heading", name="What was seen in each sentence")).to_be_visible()


def test_filters_narrow_and_can_be_taken_back(page: Page) -> None:
    page.goto("/?q=prisoners+OR+полонених")
    if (page.viewport_size or {}).get("width", 0) < 600:
        expect(page.locator(".facets")).to_be_hidden()
        page.get_by_text("Filters").click()
    # "14" beside a long name was broken into "1" and "4", each on a line.
    heights = page.locator(".facets .count").evaluate_all("counts => counts.map(count => count.offsetHeight)")
    assert max(heights) == min(heights)
    everything = page.locator(".tabs a[aria-current] .count").inner_text()
    page.locator(".facets a[href*='language=uk']").click()
    narrowed = page.locator(".tabs a[aria-current] .count").inner_text()
    assert 0 < int(narrowed) < int(everything)
    if (page.viewport_size or {}).get("width", 0) < 600:
        page.get_by_text("Filters").click()
    page.locator(".facets a.chosen").click()
    expect(page.locator(".tabs a[aria-current] .count")).to_have_text(everything)


def test_a_disputed_exchange_shows_the_rival_figures_side_by_side(page: Page) -> None:
    page.goto("/exchanges")
    assert fits(page)
    page.get_by_label("only disputed").check()
    page.get_by_role("button", name="Search").click()
    rows = page.locator("table tbody tr")
    expect(rows.first.get_by_text("disputed")).to_be_visible()
    page.goto("/exchanges?q=date:2024-01-03+speaker:Lubinets+claimants:>3")
    page.locator("table tbody tr a").first.click()
    expect(page.get_by_role("heading", name="Who claims what")).to_be_visible()
    table = page.locator("table.claimants")
    for words in ("Lubinets", "230", "248"):
        expect(table).to_contain_text(words)
    assert fits(page)
    picture(page, "exchange")
    table.locator("td.quote a").first.click()
    expect(page).to_have_url(re.compile(r"/articles/\w+#claim-"))


def test_an_operator_discards_a_page_from_quarantine(page: Page) -> None:
    page.goto("/sources")
    assert fits(page)
    page.goto("/quarantine")
    assert fits(page)
    before = page.locator("table tbody tr").count()
    page.locator("table tbody tr a").first.click()
    page.get_by_role("button", name="Discard").click()
    expect(page).to_have_url(re.compile("done=discard"))
    expect(page.get_by_text("discarded", exact=True)).to_be_visible()
    page.goto("/quarantine")
    expect(page.locator("table tbody tr")).to_have_count(before - 1)


def test_every_page_fits_and_is_titled(page: Page) -> None:
    for path in (
        "/",
        "/?in=articles",
        "/exchanges",
        "/sources",
        "/quarantine",
        "/subscriptions",
        "/deliveries",
        "/?q=(",
    ):
        answer = page.context.request.get(path)
        assert answer.status in (200, 400)
    for path in ("/", "/?in=articles", "/subscriptions", "/deliveries"):
        page.goto(path)
        assert fits(page), path
        expect(page).to_have_title(re.compile(r" · obmin$"))
