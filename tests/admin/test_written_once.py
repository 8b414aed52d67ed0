"""What is written once tells where it shows, hints at doubles and asks to be looked after."""

from __future__ import annotations

import datetime
import json

from django.test import Client
from django.urls import reverse

import pytest

from tests.admin.test_page_forms import partner_form
from tests.admin.test_snippets import CONTACT_CHOOSER, new_contact
from tests.factories import (
    AgreementPageFactory,
    ContactFactory,
    PartnerPageFactory,
    SiteTree,
    StrategyFactory,
    translated,
)
from wagtail_partnerships.site_pages.models import PartnerPage
from wagtail_partnerships.snippets.contact_report import needing_care
from wagtail_partnerships.snippets.models import Contact
from wagtail_partnerships.snippets.showing import places_showing

pytestmark = pytest.mark.django_db

CONTACT = "wagtailsnippets_partnerships_snippets_contact"


def test_a_contact_shows_on_its_pages_and_through_its_agreements(site_tree: SiteTree) -> None:
    contact = ContactFactory()
    partner = PartnerPageFactory(title="Länsstyrelsen")
    translated(partner, site_tree.english.locale, title="County board")
    AgreementPageFactory(title="Avtalet", parties=[partner], contacts=[contact])
    draft = PartnerPageFactory(title="Utkast")
    draft.contacts.add(draft.contacts.model(contact=contact))
    draft.save_revision()
    found = [(place.title, place.is_draft) for place in places_showing(contact)]
    assert found == [("Avtalet", False), ("Länsstyrelsen", False), ("County board", False), ("Utkast", True)]


def test_a_contact_shows_on_the_agreements_that_have_no_other(site_tree: SiteTree) -> None:
    contact = ContactFactory()
    partner = PartnerPageFactory(title="Länsstyrelsen", contacts=[contact])
    silent = AgreementPageFactory(title="Avtal utan kontakt", parties=[partner])
    translated(silent, site_tree.english.locale, title="Agreement without contact")
    AgreementPageFactory(title="Avtal med annan kontakt", parties=[partner], contacts=[ContactFactory()])
    AgreementPageFactory(title="Avtal vars kontakt slutat", parties=[partner], contacts=[ContactFactory(live=False)])
    assert [place.title for place in places_showing(contact)] == [
        "Avtal utan kontakt",
        "Avtal vars kontakt slutat",
        "Länsstyrelsen",
        "Agreement without contact",
    ]


def test_an_agreement_shows_on_the_pages_of_its_parties_in_every_language(site_tree: SiteTree) -> None:
    partner = PartnerPageFactory(title="Länsstyrelsen")
    translated(partner, site_tree.english.locale, title="County board")
    agreement = AgreementPageFactory(parties=[partner])
    assert [place.title for place in places_showing(agreement)] == ["Länsstyrelsen", "County board"]


def test_the_forms_tell_it(admin_client: Client) -> None:
    contact, strategy = ContactFactory(), StrategyFactory()
    partner = PartnerPageFactory(title="Länsstyrelsen", contacts=[contact], strategies=[strategy])
    agreement = AgreementPageFactory(parties=[partner], contacts=[ContactFactory()])
    for url in (
        reverse(f"{CONTACT}:edit", args=[contact.pk]),
        reverse("wagtailsnippets_partnerships_snippets_strategy:edit", args=[strategy.pk]),
        reverse("wagtailadmin_pages:edit", args=[agreement.pk]),
    ):
        text = admin_client.get(url).content.decode()
        assert reverse("wagtailadmin_pages:edit", args=[partner.pk]) in text, url
        assert "visas genast på ett ställe (Svenska)" in text, url


def contact_form(**values: str) -> dict[str, str]:
    return new_contact(photo="", review_date="", **values)


def test_a_double_is_hinted_at_and_saved(admin_client: Client) -> None:
    ContactFactory(name="Ada Exempel", phone="021-10 19 93")
    response = admin_client.post(reverse(f"{CONTACT}:add"), contact_form(name="Bo", phone="021 101993"), follow=True)
    assert "Det finns redan en kontakt med det här numret: Ada Exempel" in response.content.decode()
    assert Contact.objects.filter(name="Bo").exists()


def test_nothing_is_hinted_at_for_a_new_one(admin_client: Client) -> None:
    ContactFactory(name="Ada Exempel")
    response = admin_client.post(reverse(f"{CONTACT}:add"), contact_form(name="Bo"), follow=True)
    assert "Det finns redan" not in response.content.decode()


def test_the_chooser_asks_once_about_a_double(admin_client: Client) -> None:
    ContactFactory(name="Ada Exempel")
    url = reverse(f"{CONTACT_CHOOSER}:create")
    first = admin_client.post(url, new_contact(name="ada exempel"))
    html = json.loads(first.content)["htmlFragment"]
    assert "Det finns redan en kontakt med det här namnet" in html
    assert 'name="hinted" value="on"' in html
    assert Contact.objects.count() == 1
    admin_client.post(url, new_contact(name="ada exempel", hinted="on"))
    assert Contact.objects.count() == 2


def test_a_double_of_a_partner_is_hinted_at_and_saved(admin_client: Client, site_tree: SiteTree) -> None:
    PartnerPageFactory(title="Länsstyrelsen Västmanland", organisation_number="2021000159")
    url = reverse("wagtailadmin_pages:add", args=["partnerships_pages", "partnerpage", site_tree.swedish.partners.pk])
    form = partner_form(title="Annan", slug="annan", organisation_number="202100-0159")
    response = admin_client.post(url, form, follow=True)
    assert "Det finns redan en samarbetspartner med det här organisationsnumret" in response.content.decode()
    assert PartnerPage.objects.filter(slug="annan").exists()


def test_contacts_that_need_care(site_tree: SiteTree) -> None:
    fine = ContactFactory(name="Bra", phone="021-10 19 93")
    ContactFactory(name="Oanvänd", phone="021-10 19 93")
    mute, due = ContactFactory(name="Stum"), ContactFactory(name="Gammal", phone="021-10 19 93")
    Contact.objects.filter(pk=due.pk).update(review_date=datetime.date(2020, 1, 1))
    drafted = ContactFactory(name="I utkast", phone="021-10 19 93")
    page = PartnerPageFactory(contacts=[fine, mute, due])
    page.contacts.add(page.contacts.model(contact=drafted))
    page.save_revision()
    found = {row.name: (row.is_due, row.is_mute, row.is_unused) for row in needing_care()}
    assert found == {
        "Oanvänd": (False, False, True),
        "Stum": (False, True, False),
        "Gammal": (True, False, False),
    }


@pytest.mark.parametrize("query", [{}, {"need": "unused"}, {"need": "nonsense"}, {"export": "csv"}])
def test_the_report_opens(query: dict[str, str], admin_client: Client) -> None:
    ContactFactory(name="Oanvänd")
    assert admin_client.get(reverse("partnerships_contact_report"), query).status_code == 200
