"""A copy of a partner or an agreement is a starting point: a draft without what identifies the original."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

import pytest

from tests.admin.test_roles import api
from tests.factories import AgreementPageFactory, ContactFactory, PartnerPageFactory, SiteTree, translated
from wagtail_partnerships.site_pages.models import AgreementPage, PartnerPage
from wagtail_partnerships.site_pages.roles import EDITOR
from wagtail_partnerships.site_pages.status import AgreementStatus

pytestmark = pytest.mark.django_db


def copy(client: Client, page: Any) -> Any:
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    data = {"new_title": "Kopia", "new_slug": "kopia", "new_parent_page": page.get_parent().pk}
    assert client.post(url, data).status_code == 302
    return type(page).objects.get(slug="kopia")


def agreement() -> AgreementPage:
    page = AgreementPageFactory(
        title="Avtalet",
        parties=[PartnerPageFactory(title="Länsstyrelsen"), "Knivsta kommun"],
        contacts=[ContactFactory()],
        signatories=["Ada Exempel"],
        agreement_types=["mou"],
        purpose="Syftet",
        signed="2014-01",
        end_kind="date",
        end_date="2017",
        reference_number="D-1",
        internal_notes="Hemligt",
        outcome="terminated",
        outcome_date="2015",
        renews=AgreementPageFactory(parties=["A"]),
    )
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def assert_is_a_start(new: AgreementPage) -> None:
    for page in (new, new.get_latest_revision_as_object()):
        assert [str(row) for row in page.parties.all()] == ["Länsstyrelsen", "Knivsta kommun"]
        assert page.contacts.count() == 1
        assert (page.purpose, [row.agreement_type for row in page.agreement_types.all()]) == ("Syftet", ["mou"])
        assert (page.signed, page.end_date, page.end_kind) == (None, None, "not_stated")
        assert (page.reference_number, page.internal_notes, page.renews, page.outcome) == ("", "", None, "")
        assert page.signatories.count() == 0
    assert not new.live
    assert new.status == AgreementStatus.ACTIVE
    assert not new.has_dates


def test_a_copied_agreement_keeps_its_parties_and_loses_its_numbers_and_dates(admin_client: Client) -> None:
    original = agreement()
    new = copy(admin_client, original)
    assert_is_a_start(new)
    assert new.translation_key != original.translation_key
    assert set(original.parties.values_list("translation_key", flat=True)).isdisjoint(
        new.parties.values_list("translation_key", flat=True)
    )
    original.refresh_from_db()
    assert (original.reference_number, original.signatories.count()) == ("D-1", 1)


def test_what_is_copied_below_an_index_is_a_start_as_well(admin_client: Client) -> None:
    original = agreement()
    index = original.get_parent()
    url = reverse("wagtailadmin_pages:copy", args=[index.pk])
    data = {
        "new_title": "Kopior",
        "new_slug": "kopior",
        "new_parent_page": index.get_parent().pk,
        "copy_subpages": "on",
        "publish_copies": "on",
    }
    assert admin_client.post(url, data).status_code == 302
    new = AgreementPage.objects.exclude(pk=original.pk).get(title="Avtalet")
    assert new.get_parent().slug == "kopior"
    for page in (new, new.get_latest_revision_as_object()):
        assert [str(row) for row in page.parties.all()] == ["Länsstyrelsen", "Knivsta kommun"]
        assert (page.signed, page.end_date, page.reference_number, page.renews) == (None, None, "", None)
        assert (page.outcome, page.internal_notes, page.signatories.count()) == ("", "", 0)


def test_the_api_copies_likewise() -> None:
    original = agreement()
    body = {"destination_page_id": original.get_parent().pk, "slug": "kopia", "title": "Kopia", "keep_live": False}
    response = Client().post(
        f"/api/v3/pages/{original.pk}/actions/copy/", body, content_type="application/json", headers=api(EDITOR)
    )
    assert response.status_code == 201, response.content
    assert_is_a_start(AgreementPage.objects.exclude(pk=original.pk).get(title="Kopia"))


def test_a_copied_partner_keeps_its_contacts_and_loses_its_identity(admin_client: Client) -> None:
    original = PartnerPageFactory(contacts=[ContactFactory()], organisation_number="2021000159", website="https://a.se")
    new = copy(admin_client, original)
    assert (new.organisation_number, new.website, new.contacts.count(), new.live) == ("", "", 1, False)
    assert new.organisation_type == original.organisation_type


def test_a_translation_is_no_copy(site_tree: SiteTree) -> None:
    original = PartnerPageFactory(website="https://a.se")
    assert translated(original, site_tree.english.locale).website == "https://a.se"
    assert PartnerPage.exclude_fields_in_copy == []
