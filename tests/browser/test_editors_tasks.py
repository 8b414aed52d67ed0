"""What editors do most, by hand in the admin: mistakes cost no input, and the second of two editors is warned."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SignIn, open_form
from tests.browser.test_building_a_page import publish
from tests.factories import AgreementPageFactory, ContactFactory, PartnerPageFactory
from wagtail_partnerships.site_pages.models import AgreementPage, PartnerPage
from wagtail_partnerships.site_pages.status import AgreementStatus

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def published_agreement(**values: Any) -> AgreementPage:
    partner = PartnerPageFactory(title="Länsstyrelsen Västmanland")
    partner.save_revision().publish()
    agreement = AgreementPageFactory(title="Avtalet", parties=[partner], **values)
    agreement.save_revision().publish()
    return agreement


def form_of(page: AgreementPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_a_wrong_date_is_told_at_its_field_and_costs_no_input(sign_in: SignIn) -> None:
    agreement = published_agreement()
    admin = sign_in("editor", "sv")
    open_form(admin, form_of(agreement))
    admin.fill("#id_purpose", "Bättre tillsammans.")
    admin.fill("#id_signed", "januari 2020")
    admin.select_option("#id_end_kind", "date")
    admin.fill("#id_end_date", "2019")
    admin.locator("footer .w-dropdown__toggle").first.click()
    admin.locator("button[name=action-publish]").click()
    field = admin.locator(".w-field:has(#id_end_date)")
    expect(field.locator(".error-message")).to_contain_text("Slutdatum ligger före startdatum.")
    expect(admin.locator("#id_purpose")).to_have_value("Bättre tillsammans.")
    expect(admin.locator("#id_signed")).to_have_value("januari 2020")

    admin.fill("#id_end_date", "2021")
    publish(admin)
    saved = AgreementPage.objects.get(pk=agreement.pk)
    assert (saved.purpose, str(saved.signed), str(saved.end_date)) == ("Bättre tillsammans.", "2020-01", "2021")


def test_an_agreement_is_renewed_and_its_successor_published(sign_in: SignIn) -> None:
    agreement = published_agreement(valid_from="2020", end_kind="date", end_date="2022")
    admin = sign_in("officer", "sv")
    open_form(admin, form_of(agreement))
    admin.goto(reverse("partnerships_renew", args=[agreement.pk]))
    admin.get_by_role("button", name="Skapa det nya avtalet").click()
    expect(admin.locator(".messages .success")).to_contain_text("Det här är det nya avtalet, som utkast")
    expect(admin.locator("#id_valid_from")).to_have_value("2023")
    expect(admin.locator("#id_end_date")).to_have_value("2025")
    publish(admin)

    successor = AgreementPage.objects.get(renews=agreement)
    assert successor.live
    assert AgreementPage.objects.get(pk=agreement.pk).status == AgreementStatus.SUPERSEDED
    open_form(admin, form_of(agreement))
    link = admin.locator(f"[href='{form_of(successor)}']").first
    expect(link).to_be_visible()


def test_two_editors_on_one_page_are_warned(sign_in: SignIn, settings: Any) -> None:
    settings.WAGTAIL_EDITING_SESSION_PING_INTERVAL = 1000
    agreement = published_agreement()
    ada, bo = sign_in("ada", "sv"), sign_in("bo", "sv")
    open_form(ada, form_of(agreement))
    open_form(bo, form_of(agreement))
    sessions = ada.locator("#w-editing-sessions")
    expect(sessions.locator(".w-editing-sessions__session")).to_be_visible()
    bo.fill("#id_purpose", "Bos ord.")
    publish(bo)
    expect(sessions.locator(".w-editing-sessions__session--saved")).to_be_visible()
    ada.fill("#id_purpose", "Adas ord.")
    expect(ada.locator("#id_purpose")).to_have_value("Adas ord.")
    assert AgreementPage.objects.get(pk=agreement.pk).purpose == "Bos ord."


def test_no_word_of_a_title_is_broken_in_a_narrow_list(sign_in: SignIn) -> None:
    AgreementPageFactory(title="Avsiktsförklaring med Länsstyrelsen Västmanland", parties=["Länsstyrelsen"])
    admin = sign_in("editor", "sv")
    for width in (1300, 390):
        admin.set_viewport_size({"width": width, "height": 800})
        admin.goto(reverse("partnerships_agreement_report"))
        title = admin.locator(".partnerships-title .title-wrapper").bounding_box()
        assert title is not None
        assert title["width"] >= 200, width


def test_a_successor_chosen_from_the_list_takes_over_and_gives_back(sign_in: SignIn) -> None:
    old, new = ContactFactory(name="Ada Slutar"), ContactFactory(name="Bo Börjar", unit="Samverkan")
    partner = PartnerPageFactory(title="Länsstyrelsen Västmanland", contacts=[old])
    partner.save_revision().publish()
    agreement = AgreementPageFactory(title="Avtalet", parties=[partner], contacts=[old])
    agreement.save_revision().publish()
    admin = sign_in("editor", "sv")
    admin.goto(reverse("wagtailsnippets_partnerships_snippets_contact:edit", args=[old.pk]))
    admin.locator("header .w-dropdown__toggle").first.click()
    admin.get_by_role("link", name="Byt ut överallt").click()

    admin.locator("#id_new-chooser [data-chooser-action-choose]").first.click()
    admin.locator(".modal-dialog").get_by_role("link", name="Bo Börjar").click()
    expect(admin.locator("#id_new-chooser [data-chooser-title]")).to_have_text("Bo Börjar")
    admin.get_by_role("button", name="Visa vad som händer").click()
    expect(admin.get_by_role("heading", name="Bo Börjar tar över på 2 ställen")).to_be_visible()
    for title in ("Länsstyrelsen Västmanland", "Avtalet"):
        expect(admin.locator("table.listing")).to_contain_text(title)

    admin.get_by_role("button", name="Byt ut mot Bo Börjar överallt").click()
    expect(admin.locator(".messages .success")).to_contain_text("Utbytt på 2 ställen.")
    assert [row.contact for row in PartnerPage.objects.get().contacts.all()] == [new]
    assert [row.contact for row in AgreementPage.objects.get().contacts.all()] == [new]
    admin.goto("/sv/partner/lansstyrelsen-vastmanland/")
    expect(admin.locator("main")).to_contain_text("Bo Börjar")
    expect(admin.locator("main")).not_to_contain_text("Ada Slutar")

    admin.goto(reverse("wagtailsnippets_partnerships_snippets_contact:replace", args=[old.pk]))
    admin.get_by_role("button", name="Ångra").click()
    expect(admin.locator(".messages .success")).to_contain_text("Återställda ställen: 2.")
    assert [row.contact for row in PartnerPage.objects.get().contacts.all()] == [old]
