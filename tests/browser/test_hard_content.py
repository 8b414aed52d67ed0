"""The design under content that no designer would have chosen, on small screens and thin lines."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Response

from tests.browser.conftest import stream
from tests.factories import AgreementPageFactory, ContactFactory, PartnerPageFactory, SiteTree
from wagtail_partnerships.site_pages.models import AgreementParty

pytestmark = pytest.mark.browser

LONG = "Överenskommelse om kompetensförsörjningsplattformen för arbetsmarknadsanpassad yrkeshögskoleutbildning"


def test_long_words_many_parties_and_foreign_scripts_fit_on_320_pixels(
    chromium: Browser, full_site: SiteTree, live_server: Any
) -> None:
    words = [{"type": "text", "value": "Samverkansområden"} for _column in range(9)]
    table = {
        "columns": [{"type": "text", "heading": "Kompetensförsörjning"} for _column in range(9)],
        "rows": [{"values": [word["value"] for word in words]}],
        "caption": "",
    }
    content = stream(
        ("rich_text", f"<p>{LONG.replace(' ', '')} https://www.example.se/{'a' * 90}</p>"),
        ("table", table),
    )
    contact = ContactFactory(name="Maximilian-Alexander", email=f"{'samverkan' * 6}@{'exempel' * 8}.example.se")
    partners = [
        PartnerPageFactory(title=title, slug=slug, contacts=[contact], content=content)
        for slug, title in (("long", LONG), ("cairo", "جامعة القاهرة"))
    ]
    parties = [AgreementParty(name=f"Landskommunalförbundet nummer {number}") for number in range(15)]
    AgreementPageFactory(
        slug="long",
        title=LONG,
        parties=[*partners, *parties],
        reference_number="MDU-2020/" + "ABCDEFGH" * 6,
        signed="2020",
    )
    page = chromium.new_page(viewport={"width": 320, "height": 740})
    lists = ("", "partner/", "avtal/", "avtal/?view=timeline")
    too_wide = []
    for path in ("avtal/long/", "partner/long/", "partner/cairo/", *lists):
        response = page.goto(f"{live_server.url}/sv/{path}")
        assert response
        assert response.ok, path
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            too_wide.append(path)
    page.close()
    assert not too_wide


def test_a_phone_shows_whom_to_call_before_the_first_scroll_and_a_desktop_only_once(
    chromium: Browser, full_site: SiteTree, live_server: Any
) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    response = page.goto(f"{live_server.url}/sv/partner/lansstyrelsen-vastmanland/")
    assert response
    assert response.ok
    calls = page.locator("a[href='tel:+4621101993']")
    box = calls.first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 740
    assert box["height"] >= 24
    for text in (page.locator("h1"), page.get_by_role("link", name="Avsiktsförklaring").first):
        place = text.bounding_box()
        assert place is not None
        assert place["y"] + place["height"] < box["y"]

    PartnerPageFactory(slug="new", contacts=[ContactFactory(phone="021-10 19 93")])
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{live_server.url}/sv/partner/new/")
    on_desktop = [call.is_visible() for call in calls.all()]
    page.close()
    assert on_desktop == [False, True]


def test_links_and_buttons_are_large_enough_to_hit(chromium: Browser, full_site: SiteTree, live_server: Any) -> None:
    """WCAG 2.2, target size (minimum): 24 pixels, but for links within a sentence."""
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    small = []
    for path in ("/sv/", "/sv/partner/", "/sv/avtal/?view=timeline", "/sv/partner/lansstyrelsen-vastmanland/"):
        response = page.goto(live_server.url + path)
        assert response
        assert response.ok, path
        small += page.eval_on_selector_all(
            "nav a, footer a, button, summary, .glance a, .reach a, .contact a, .chosen a, .views a, .entrances a",
            """found => found.filter(element => element.getClientRects().length)
                 .filter(element => element.getBoundingClientRect().height < 24)
                 .map(element => element.textContent.trim())""",
        )
    page.close()
    assert small == []


def weigh(browser: Browser, address: str) -> int:
    """Return how many bytes a page takes over the wire with its style sheets, scripts and drawings."""
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page = browser.new_page()
    page.on("response", note)
    page.goto(address, wait_until="networkidle")
    total = sum(
        answer.request.sizes()["responseBodySize"]
        for answer in answers
        if not re.match("image/(?!svg)", answer.headers.get("content-type", ""))
    )
    page.close()
    return total


def test_pages_weigh_less_than_60_kilobytes_without_their_photographs(
    chromium: Browser, full_site: SiteTree, live_server: Any
) -> None:
    paths = (
        *("/sv/", "/sv/partner/", "/sv/partner/lansstyrelsen-vastmanland/", "/sv/avtal/", "/sv/avtal/?view=timeline"),
        *("/sv/avtal/avsiktsforklaring/", "/sv/strategier/", "/sv/sok/?q=samverkan", "/sv/finns-inte/"),
    )
    weights = {path: weigh(chromium, live_server.url + path) for path in paths}
    assert {path: weight for path, weight in weights.items() if not 1_000 < weight < 60_000} == {}


def test_the_timeline_says_more_where_there_is_room_and_never_more_than_that(
    chromium: Browser, full_site: SiteTree, live_server: Any
) -> None:
    titles = (
        LONG,
        "MW@" * 40,
        "Överenskommelse " * 9,
        "合作协议" * 30,
        "Il fiordo illimitato, tillit; " * 8,
        "جامعة القاهرة" * 12,
    )
    for number, title in enumerate(titles):
        AgreementPageFactory(title=title, slug=f"hard-{number}", valid_from="2015")
    page = chromium.new_page()
    shown: dict[int, list[str]] = {}
    for width in (320, 360, 620, 768, 980, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        response = page.goto(f"{live_server.url}/sv/avtal/?view=timeline")
        assert response
        assert response.ok
        labels = page.locator("figure.timeline .timeline__label:visible")
        room = page.locator("figure.timeline svg[role=img]").bounding_box()
        assert room is not None
        shown[width] = labels.all_text_contents()
        assert len(shown[width]) == page.locator("figure.timeline rect.timeline__unsure").count() - 1
        for label in labels.all():
            box = label.bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= room["x"] + room["width"], (width, label.text_content())
    page.close()
    by_length = [sum(map(len, shown[width])) for width in (360, 768, 1280)]
    assert by_length[0] < by_length[1] < by_length[2]
    assert LONG in shown[1280]
    assert LONG not in shown[360]
