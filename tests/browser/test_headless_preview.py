"""The example front end, and an editor's draft on it, in a real browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import SignIn, open_form
from tests.factories import SiteTree
from wagtail_partnerships.site_pages.models import PartnerPage

FRONT_END = Path(__file__).parents[2] / "docs" / "examples" / "front-end"
MEANT_FOR = b"http://localhost:8000/delivery/v1"

pytestmark = pytest.mark.browser


class FrontEnd(SimpleHTTPRequestHandler):
    """Serves the example's files, its API being the test's."""

    api: bytes = b""

    def do_GET(self) -> None:
        if self.path.partition("?")[0] != "/":
            super().do_GET()
            return
        body = (FRONT_END / "index.html").read_bytes().replace(MEANT_FOR, self.api)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def front_end(live_server: Any, settings: Any) -> Iterator[str]:
    """The address of the example, on another origin than the site."""
    handler = type("FrontEndOfTest", (FrontEnd,), {"api": f"{live_server.url}/delivery/v1".encode()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(FRONT_END)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}/"
    settings.PARTNERSHIPS_PREVIEW_URLS = {"*": address}
    yield address
    server.shutdown()
    server.server_close()


def test_a_draft_shows_on_the_front_end_while_it_is_typed(
    full_site: SiteTree, chromium: Browser, sign_in: SignIn, live_server: Any, front_end: str
) -> None:
    partner = PartnerPage.objects.get(title="Länsstyrelsen Västmanland")
    page = sign_in("editor", "en")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_form(page, reverse("wagtailadmin_pages:edit", args=[partner.pk]))
    page.locator('[data-side-panel-toggle="preview"]').click()
    draft = page.frame_locator("#w-preview-iframe")
    expect(draft.get_by_role("heading", level=1)).to_have_text("Länsstyrelsen Västmanland", timeout=60_000)
    expect(draft.get_by_role("status")).to_contain_text("utkast")

    page.fill("#id_title", "Länsstyrelsen i Köping")
    expect(draft.get_by_role("heading", level=1)).to_have_text("Länsstyrelsen i Köping", timeout=60_000)
    assert {urlsplit(url).hostname for url in asked} <= {"localhost", "127.0.0.1"}, "no third party is asked"
    assert not any("code=" in frame.url for frame in page.frames), "nothing that opens the draft stays in an address"
    # The editor's autosave and this request need not wait for each other on a slow machine.
    page.context.close()
    anonymous = chromium.new_context()
    answer = anonymous.request.get(f"{live_server.url}/delivery/v1/partners/{partner.translation_key}")
    assert answer.json()["title"] == "Länsstyrelsen Västmanland", answer.status
    anonymous.close()


def test_one_request_shows_a_partner_page_in_either_language(
    full_site: SiteTree, chromium: Browser, live_server: Any, front_end: str
) -> None:
    partner = PartnerPage.objects.get(title="Länsstyrelsen Västmanland")
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{front_end}?resource=partners&id={partner.translation_key}&locale=sv")
    expect(page.get_by_role("heading", level=1)).to_have_text("Länsstyrelsen Västmanland")
    expect(page.get_by_text("Emma Mossberg").first).to_be_visible()
    expect(page.locator("dl").first).to_contain_text("Gällande")
    assert "[object" not in page.locator("body").inner_text()
    assert len([url for url in asked if "/delivery/v1/" in url and "/images/" not in url]) == 1
    expect(page.get_by_role("status")).to_be_hidden()

    page.get_by_role("link", name="en", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("County board of Västmanland")
    assert page.locator("html").get_attribute("lang") == "en"
    page.close()
