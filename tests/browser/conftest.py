"""Chromium, and a small site that shows everything a visitor can meet."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.factories import (
    AgreementPageFactory,
    ContactFactory,
    ImageFactory,
    PartnerPageFactory,
    SiteTree,
    StrategyFactory,
    site_tree,
    translated,
)
from tests.users import make_user
from wagtail_partnerships.site_pages.models import AgreementParty, PartnershipSettings


@pytest.fixture(scope="session")
def chromium(django_db_setup: None) -> Iterator[Browser]:
    """A browser, Debian's own if it is there."""
    # Playwright's loop runs in the thread of the tests, which ask the database all the same.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    migrated_rows = getattr(connection, "_test_serialized_contents", None)
    with sync_playwright() as playwright:
        # Within the loop Django opens another connection, which must know as well what a flushed database begins with.
        if migrated_rows is not None:
            connection._test_serialized_contents = migrated_rows
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


SignIn = Callable[[str, str], Page]

# Two seconds after a form is loaded Wagtail notes its content as the one from which edits differ, and says so. What was
# typed before that is part of what it noted, and is not saved as a draft until something else is edited.
NOTE_WATCHING = """document.addEventListener(
    "w-unsaved:watch-edits", () => document.documentElement.toggleAttribute("data-watches-edits", true)
)"""


def open_form(page: Page, address: str) -> None:
    page.goto(address)
    await_form(page)


def await_form(page: Page) -> None:
    """Wait until the admin's form on the page notices what is typed."""
    page.wait_for_selector("html[data-watches-edits]", state="attached")


@pytest.fixture
def sign_in(chromium: Browser, transactional_db: None, live_server: Any) -> Iterator[SignIn]:
    """Opens the admin for a new superuser of that name in that language, each in a browser of their own."""
    contexts = []
    expect.set_options(timeout=60_000)

    def open_admin(name: str, language: str) -> Page:
        make_user(name, language=language, is_superuser=True)
        context = chromium.new_context(viewport={"width": 1400, "height": 1000}, base_url=live_server.url)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.add_init_script(NOTE_WATCHING)
        page.goto("/admin/login/")
        page.fill("[name=username]", name)
        page.fill("[name=password]", "pass")
        page.click("button[type=submit]")
        page.wait_for_url("**/admin/")
        return page

    yield open_admin
    for context in contexts:
        context.close()


def stream(*blocks: tuple[str, Any]) -> str:
    """Spell a StreamField's stored value; nested streams are lists of such pairs under the key ``content``."""
    return json.dumps(_stored(blocks))


def _stored(blocks: Any) -> list[dict[str, Any]]:
    stored = []
    for number, (kind, value) in enumerate(blocks):
        if isinstance(value, dict) and isinstance(value.get("content"), list):
            inner = {**value, "content": _stored(value["content"])}
        else:
            inner = value
        stored.append({"type": kind, "value": inner, "id": f"00000000-0000-4000-8000-{number:012}"})
    return stored


@pytest.fixture
def full_site(transactional_db: None, django_db_serialized_rollback: None) -> SiteTree:
    """A site in two languages whose first partner shows every kind of block."""
    tree = site_tree()
    PartnershipSettings.objects.update_or_create(
        site=tree.site,
        defaults={"accent_colour": "#e0a000", "accessibility_statement": "https://www.example.se/tillganglighet"},
    )
    for page in (tree.swedish.partners, tree.swedish.agreements, tree.english.partners, tree.english.agreements):
        page.show_in_menus = True
        page.save()
    contact = ContactFactory(
        name="Emma Mossberg", role="processledare", unit="Samverkan", phone="021-10 19 93", email="emma@example.se"
    )
    strategy = StrategyFactory(name="Växa i Västmanland", summary="Mer kompetens.", owner_organisation="Länsstyrelsen")
    image = ImageFactory(title="En bild", description="Ett hus vid en sjö")
    other = PartnerPageFactory(title="Eskilstuna kommun", organisation_type="municipality", region="SE-D")
    short = AgreementPageFactory(
        title="Samverkansavtal",
        parties=[other],
        purpose="Bättre tillsammans.",
        agreement_types=["collaboration_agreement"],
        valid_from="2018",
        end_kind="date",
        end_date="2021-06",
    )
    chosen = {"organisation_types": [], "agreement_types": [], "statuses": [], "partner": None, "strategy": None}
    items = [{"name": "Energi", "description": "Forskning"}, {"name": "Hälsa", "description": ""}]
    inner = [
        ("rich_text", f'<p>Med <a linktype="page" id="{other.pk}">Eskilstuna kommun</a>.</p><ul><li>Ett</li></ul>'),
        ("list", {"preset": "areas", "heading": "", "introduction": "Två områden:", "items": items}),
        ("quote", {"quotation": "Tillsammans når vi fler.", "person": "Kim Exempelsson", "role": "Chef"}),
        ("milestone", {"date": "2014-01", "what": "Undertecknas", "link": ""}),
        ("fact_box", {"heading": "I korthet", "text": "<p>Fem kommuner.</p>"}),
        (
            "image",
            {
                "image": {"image": image.pk, "alt_text": "Ett hus", "decorative": False},
                "caption": "Huset",
                "credit": "Kim",
            },
        ),
        ("section", {"heading": "Djupare", "content": [("rich_text", "<p>Mer.</p>")]}),
    ]
    content = stream(
        ("section", {"heading": "Bakgrund", "content": inner}),
        (
            "link_list",
            {
                "heading": "Läs mer",
                "links": [
                    {
                        "text": "Webbplats",
                        "page": None,
                        "url": "https://example.se",
                        "document": None,
                        "description": "Om oss",
                    }
                ],
            },
        ),
        ("agreement", {"agreement": short.pk, "introduction": "Till exempel:", "extent": "full"}),
        ("partner", {"partner": other.pk, "introduction": "En annan partner."}),
        ("strategy", {"strategy": strategy.pk, "introduction": ""}),
        ("agreement_list", {**chosen, "heading": "Alla avtal", "layout": "table", "group_by_type": True}),
        ("partner_list", {**chosen, "heading": "Alla partner", "layout": "cards", "group_by_type": False}),
    )
    partner = PartnerPageFactory(
        title="Länsstyrelsen Västmanland",
        introduction="<p>Länsstyrelsen arbetar för hela länet.</p>",
        region="SE-U",
        website="https://www.lansstyrelsen.se",
        contacts=[contact],
        strategies=[strategy],
        related_partners=[other],
        content=content,
        logo=image,
    )
    agreement = AgreementPageFactory(
        title="Avsiktsförklaring",
        parties=[partner, other, AgreementParty(name="Landstinget Sörmland", country="SE")],
        purpose="Fördjupa samarbetet.",
        signed="2014-01",
        end_kind="until_further_notice",
        reference_number="1-814/2014",
        contacts=[contact],
        strategies=[strategy],
        content=content,
        renews=short,
    )
    english = tree.english.locale
    translated(partner, english, title="County board of Västmanland", slug="county-board")
    translated(agreement, english, title="Letter of intent", slug="letter-of-intent", purpose="Work together.")
    return tree
