"""An editor builds the page about Länsstyrelsen Västmanland by hand, from nothing; a visitor and a program read it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import SignIn, await_form, open_form
from tests.factories import site_tree
from wagtail_partnerships.site_pages.models import AgreementPage, PartnerPage
from wagtail_partnerships.snippets.models import Contact, Strategy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PURPOSE = "Att befästa viljan att fördjupa samarbetet mellan länsstyrelsen och högskolan."


def open_chooser(page: Page, relation: str) -> Locator:
    page.click(f"#id_{relation}-OPEN_MODAL")
    modal = page.locator(".modal-dialog")
    expect(modal).to_be_visible()
    return modal


def create_in_chooser(page: Page, relation: str, **values: str) -> None:
    modal = open_chooser(page, relation)
    modal.locator("#tab-label-create").click()
    for name, value in values.items():
        field = modal.locator(f"#tab-create [name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    modal.locator("#tab-create [type=submit]").click()
    expect(modal).to_be_hidden()
    expect(page.locator(f"#id_{relation}-FORMS")).to_contain_text(values["name"])


def choose_by_typing(page: Page, relation: str, typed: str, expected: str) -> None:
    modal = open_chooser(page, relation)
    modal.locator("[name=q]").press_sequentially(typed, delay=50)
    results = modal.locator("#search-results")
    expect(results.locator("[role=alert]")).to_be_visible()
    expect(results).to_contain_text(expected)
    results.locator("tbody input[type=checkbox]").first.check()
    modal.locator("[data-multiple-choice-submit]").click()
    expect(modal).to_be_hidden()
    expect(page.locator(f"#id_{relation}-FORMS")).to_contain_text(expected)


def write_rich_text(field: Locator, text: str) -> None:
    editor = field.locator("[contenteditable=true]").first
    editor.click()
    editor.press_sequentially(text, delay=5)


def add_block(page: Page, label: str, number: int) -> Locator:
    """Add a block at the end of the content, and return its form."""
    stream = page.locator("#panel-child-content-content-section, [data-contentpath=content]").first
    stream.locator(".c-sf-add-button").last.click()
    page.get_by_role("option", name=label, exact=True).first.click()
    block = page.locator(f"[data-contentpath=content] [name=content-{number}-type]").locator("xpath=..")
    expect(block).to_be_visible()
    return block


def publish(page: Page) -> None:
    # Autosave makes a draft of a new page half a second after the last change, and the form then belongs to that draft:
    # a form that is sent while the draft is being made asks for a second page of the same address.
    page.wait_for_url("**/edit/**")
    page.wait_for_load_state("networkidle")
    page.locator("footer .w-dropdown__toggle, .footer .w-dropdown__toggle").first.click()
    with page.expect_navigation():
        page.locator("button[name=action-publish]").click()
    expect(page.locator(".messages .success")).to_be_visible()


def write_content(page: Page) -> None:
    """Add a block of each of four kinds."""
    prose = add_block(page, "Text", 0)
    write_rich_text(prose, "Parterna samverkar utifrån gemensamma mål.")
    examples = add_block(page, "List", 1)
    examples.locator("select").first.select_option("examples")
    examples.locator("[name$='-items-0-value-name']").fill("Västmannarådet, Kompetensrådet och Innovationsrådet")
    milestone = add_block(page, "Milestone", 2)
    milestone.locator("[name$='-date']").fill("2015")
    milestone.locator("[name$='-what']").fill("Elektroteknikutbildningen startar")
    links = add_block(page, "Links", 3)
    links.locator("[name$='-links-0-value-text']").fill("Läs mer om Länsstyrelsen Västmanland")
    links.locator("[name$='-links-0-value-url']").fill("https://www.lansstyrelsen.se/vastmanland")


def test_the_county_boards_page_is_built_by_hand(sign_in: SignIn) -> None:
    tree = site_tree()
    admin = sign_in("editor", "en")

    # Who: the partner, its contact and a strategy, both of which nobody has written yet.
    open_form(admin, f"/admin/pages/add/partnerships_pages/partnerpage/{tree.swedish.partners.pk}/")
    admin.fill("#id_title", "Länsstyrelsen Västmanland")
    admin.select_option("#id_organisation_type", "government_agency")
    admin.select_option("#id_region", "SE-U")
    write_rich_text(
        admin.locator("[data-contentpath=introduction]"), "Länsstyrelsen har det regionala tillväxtansvaret."
    )
    create_in_chooser(
        admin,
        "contacts",
        name="Emma Mossberg",
        role="processledare Samhällskontraktet",
        phone="021- 10 19 93",
    )
    create_in_chooser(admin, "strategies", name="Växa i Västmanland", kind="regional")
    publish(admin)
    partner = PartnerPage.objects.get()
    assert partner.live
    assert Contact.objects.get().live
    assert Strategy.objects.get().live

    # What, when and whom to ask: the agreement, begun from the partner's form.
    open_form(admin, f"/admin/pages/{partner.pk}/edit/")
    admin.click("a[href*='?party=']")
    expect(admin.locator("#id_parties-FORMS")).to_contain_text("Länsstyrelsen Västmanland")
    await_form(admin)
    admin.select_option("#id_agreement_types-0-agreement_type", "letter_of_intent")
    admin.fill("#id_purpose", PURPOSE)
    admin.fill("#id_signed", "januari 2014")
    choose_by_typing(admin, "contacts", "mos", "Emma Mossberg")
    choose_by_typing(admin, "strategies", "väx", "Växa i Västmanland")
    write_content(admin)
    publish(admin)

    agreement = AgreementPage.objects.get()
    assert agreement.live
    assert "Länsstyrelsen Västmanland" in agreement.title
    assert agreement.signed is not None
    assert agreement.signed.value == "2014-01"
    assert [block.block_type for block in agreement.content] == ["rich_text", "list", "milestone", "link_list"]

    # The visitor reads it on the partner's page.
    admin.context.clear_cookies()
    admin.goto("/sv/partner/lansstyrelsen-vastmanland/")
    reader = admin.locator("body")
    for text in (
        PURPOSE,
        "regionala tillväxtansvaret",
        "Emma Mossberg",
        "Växa i Västmanland",
        "Innovationsrådet",
        "Elektroteknikutbildningen startar",
        "gemensamma mål",
    ):
        expect(reader).to_contain_text(text)
    expect(admin.locator("time[datetime='2014-01']").first).to_have_text("januari 2014")
    expect(admin.locator("a[href='tel:+4621101993']").first).to_have_text(re.compile("021-10 19 93"))
    expect(admin.locator("a[href='https://www.lansstyrelsen.se/vastmanland']").first).to_be_visible()

    # And so does a program.
    answer = admin.request.get(f"/delivery/v1/partners/{partner.translation_key}?locale=sv")
    assert answer.status == 200
    document = answer.json()
    assert document["title"] == "Länsstyrelsen Västmanland"
    assert document["agreements"][0]["purpose"] == PURPOSE
    assert document["agreements"][0]["period"]["signed"]["value"] == "2014-01"
