"""No accessibility fault that a machine can find, on any kind of page, and a keyboard that gets everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.test import Client

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.factories import SiteTree
from wagtail_partnerships.site_pages.addresses import strategy_path
from wagtail_partnerships.site_pages.models import PartnerPage
from wagtail_partnerships.snippets.models import Strategy

pytestmark = pytest.mark.browser

PATHS = {
    "home": ("/sv/", "/en/"),
    "partners": ("/sv/partner/", "/en/partners/"),
    "partners, filtered": ("/sv/partner/?organisation_type=municipality&region=XX", "/en/partners/?q=nothing-like-it"),
    "partner": ("/sv/partner/lansstyrelsen-vastmanland/", "/en/partners/county-board/"),
    "agreements": ("/sv/avtal/", "/en/agreements/"),
    "timeline": ("/sv/avtal/?view=timeline", "/en/agreements/?view=timeline"),
    "agreement": ("/sv/avtal/avsiktsforklaring/", "/en/agreements/letter-of-intent/"),
    "strategies": ("/sv/strategier/", "/en/strategies/"),
    "search": ("/sv/sok/?q=samverkan", "/en/search/?q=samverkan"),
    "search without hits": ("/sv/sok/?q=xyzzy", "/en/search/"),
    "not found": ("/sv/finns-inte/", "/en/nothing-here/"),
    "broken": ("/broken/",),
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def visit(chromium: Browser, full_site: SiteTree, live_server: Any) -> Iterator[Callable[..., Page]]:
    contexts = []

    def open_page(path: str, width: int = 1280, scheme: Any = "light", **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, **options)
        contexts.append(context)
        page = context.new_page()
        broken = render_to_string("500.html")
        page.route("**/broken/", lambda route: route.fulfill(status=500, body=broken, content_type="text/html"))
        page.goto(live_server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def faults(page: Page) -> list[str]:
    response = Axe().run(page, options={"runOnly": RULES}).response
    return [f"{rule['id']}: {node['html'][:200]}" for rule in response["violations"] for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(visit: Callable[..., Page], width: int, scheme: str) -> None:
    found = {}
    paths = [path for versions in PATHS.values() for path in versions]
    page = visit(paths[0], width, scheme)
    root = page.url.removesuffix(paths[0])
    for path in [*paths, strategy_path(Strategy.objects.get())]:
        page.goto(f"{root}{path}")
        if names := faults(page):
            found[path] = names
    assert not found


def test_nothing_is_wider_than_a_phone(visit: Callable[..., Page]) -> None:
    page = visit("/sv/", 320)
    root = page.url.removesuffix("/sv/")
    too_wide = []
    for versions in PATHS.values():
        for path in versions:
            page.goto(f"{root}{path}")
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                too_wide.append(path)
    assert not too_wide


def test_a_keyboard_gets_past_the_navigation_and_through_the_page_in_order(visit: Callable[..., Page]) -> None:
    page = visit("/sv/partner/lansstyrelsen-vastmanland/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"

    order = []
    for _step in range(60):
        page.keyboard.press("Tab")
        place = page.evaluate(
            """() => { const all = [...document.querySelectorAll('*')], element = document.activeElement;
                       const outline = getComputedStyle(element).outlineStyle;
                       return [all.indexOf(element), element.tagName, outline] }"""
        )
        if place[1] == "BODY":
            break
        order.append(place)
    assert len(order) > 5
    assert [place[0] for place in order] == sorted(place[0] for place in order), "focus follows the reading order"
    assert all(place[2] != "none" for place in order), "focus can be seen"


def test_a_visitor_gets_no_cookie_and_meets_no_other_host(visit: Callable[..., Page]) -> None:
    page = visit("/sv/")
    root = page.url.removesuffix("/sv/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for versions in PATHS.values():
        page.goto(f"{root}{versions[0]}")
    assert page.context.cookies() == []
    assert [url for url in asked if not url.startswith(root)] == []


def test_no_browser_has_to_block_anything(visit: Callable[..., Page], full_site: SiteTree) -> None:
    """Neither on visitors' pages nor for an editor: what the policy forbids is not there."""
    page = visit("/sv/")
    root = page.url.removesuffix("/sv/")
    blocked: list[str] = []
    page.on("console", lambda message: "Policy" in message.text and blocked.append(f"{page.url}: {message.text}"))
    for path in ("/sv/partner/lansstyrelsen-vastmanland/", "/sv/avtal/?view=timeline", "/delivery/v1/docs"):
        page.goto(root + path)
    page.locator(".opblock").first.wait_for()

    editor = Client()
    editor.force_login(User.objects.create_superuser("editor", "editor@example.se", "x"))
    page.context.add_cookies([{"name": "sessionid", "value": editor.cookies["sessionid"].value, "url": root}])
    page.goto(f"{root}/sv/partner/lansstyrelsen-vastmanland/")
    page.locator("wagtail-userbar").get_by_role("button").first.click()
    page.locator("wagtail-userbar").get_by_role("menuitem").first.wait_for()
    page.goto(f"{root}/admin/pages/{PartnerPage.objects.first().pk}/edit/")
    page.locator("[data-side-panel-toggle=preview]").wait_for()
    assert blocked == []


def test_nothing_moves_for_who_asks_for_less_motion_and_focus_shows_in_forced_colours(
    visit: Callable[..., Page],
) -> None:
    page = visit("/sv/avtal/?view=timeline", reduced_motion="reduce", forced_colors="active")
    root = page.url.removesuffix("/sv/avtal/?view=timeline")
    for path in ("/sv/avtal/?view=timeline", "/sv/partner/", "/en/partners/county-board/"):
        page.goto(root + path)
        moving = page.evaluate(
            """() => [...document.querySelectorAll('*')].filter(element => { const style = getComputedStyle(element);
                 return [style.transitionDuration, style.animationDuration].join().split(',')
                   .some(time => parseFloat(time) > 0.01) }).map(element => element.className)"""
        )
        assert moving == [], path
        for _step in range(12):
            page.keyboard.press("Tab")
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", path
    page.goto(f"{root}/sv/avtal/?view=timeline")
    colours = page.evaluate(
        """() => [...document.querySelectorAll('figure.timeline svg[role=img] rect.timeline__bar')]
             .map(bar => getComputedStyle(bar).fill)"""
    )
    canvas = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert colours
    assert canvas not in colours


def test_lists_narrow_down_with_and_without_a_script(visit: Callable[..., Page]) -> None:
    for has_scripts in (True, False):
        page = visit("/sv/partner/", java_script_enabled=has_scripts)
        page.locator(".facets a", has=page.locator(".facet__label")).first.wait_for(state="visible")
        page.locator("a[href='?organisation_type=municipality']").click()
        page.locator(".chosen").wait_for()
        assert page.url.endswith("?organisation_type=municipality")
        assert page.locator(".entry").count() == 1
        if has_scripts:
            assert page.evaluate("document.activeElement.id") == "results-heading"
            page.go_back()
            page.locator(".chosen").wait_for(state="detached")
            assert page.locator(".entry").count() == 2


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_while_a_page_trickles_in(
    chromium: Browser, full_site: SiteTree, live_server: Any, width: int
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    # With the stylesheet kept and a slow network, the browser paints a page of which it has read only the beginning.
    page.goto(f"{live_server.url}/sv/")
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    slow = {"offline": False, "latency": 50, "downloadThroughput": 10_000, "uploadThroughput": 10_000}
    session.send("Network.emulateNetworkConditions", slow)
    shifts = {}
    for path in ("/sv/partner/lansstyrelsen-vastmanland/", "/sv/partner/", "/sv/avtal/", "/sv/avtal/?view=timeline"):
        page.goto(live_server.url + path)
        shifts[path] = page.evaluate(
            """() => new Promise(resolve => { let sum = 0;
                 new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value })
                   .observe({type: 'layout-shift', buffered: true});
                 setTimeout(() => resolve(sum), 500) })"""
        )
    context.close()
    assert {path: shift for path, shift in shifts.items() if shift >= 0.01} == {}
