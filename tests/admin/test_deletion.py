"""What is in use is kept: pages and snippets, one by one, from above, in bulk and through the API."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from wagtail.models import APIToken, Page

import pytest

from tests.factories import (
    AgreementPageFactory,
    ContactFactory,
    PartnerPageFactory,
    StrategyFactory,
    site_tree,
    translated,
)
from wagtail_partnerships.site_pages.models import AgreementPage, PartnerContact, PartnerPage
from wagtail_partnerships.snippets.models import Contact
from wagtail_partnerships.snippets.usage import uses_of

pytestmark = pytest.mark.django_db


def delete_page(client: Client, page: Page, **data: str) -> Any:
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), data)


def delete_contact(client: Client, contact: Contact) -> Any:
    return client.post(reverse("wagtailsnippets_partnerships_snippets_contact:delete", args=[contact.pk]))


def test_a_partner_with_an_agreement_is_kept_and_the_agreement_named(admin_client: Client) -> None:
    partner = PartnerPageFactory()
    agreement = AgreementPageFactory(title="Avsikten", parties=[partner])
    response = delete_page(admin_client, partner)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Avsikten" in page
    assert reverse("wagtailadmin_pages:edit", args=[agreement.pk]) in page
    assert reverse("wagtailadmin_pages:unpublish", args=[partner.pk]) in page
    assert PartnerPage.objects.filter(pk=partner.pk).exists()


def test_the_uses_are_told_before_one_is_asked_to_confirm(admin_client: Client) -> None:
    partner = PartnerPageFactory()
    AgreementPageFactory(title="Avsikten", parties=[partner])
    response = admin_client.get(reverse("wagtailadmin_pages:delete", args=[partner.pk]))
    assert response.status_code == 200
    assert "Avsikten" in response.content.decode()


def test_an_index_page_above_a_used_partner_is_kept(admin_client: Client) -> None:
    index = site_tree().swedish.partners
    AgreementPageFactory(title="Avsikten", parties=[PartnerPageFactory()])
    response = delete_page(admin_client, index)
    assert response.status_code == 409
    assert "Avsikten" in response.content.decode()


def test_the_home_page_above_everything_is_kept(admin_client: Client) -> None:
    AgreementPageFactory(parties=[PartnerPageFactory()])
    assert delete_page(admin_client, site_tree().swedish.home).status_code == 409


def test_a_used_translation_of_a_source_keeps_the_source(admin_client: Client) -> None:
    partner = PartnerPageFactory()
    english = translated(partner, site_tree().english.locale)
    index = site_tree().swedish.partners
    index.content = [{"type": "partner", "value": {"partner": english.pk, "introduction": ""}}]
    index.save_revision().publish()
    assert delete_page(admin_client, partner).status_code == 409


def test_unused_partners_are_deleted_with_their_translations(admin_client: Client) -> None:
    partner = PartnerPageFactory()
    translated(partner, site_tree().english.locale)
    assert delete_page(admin_client, partner).status_code == 302
    assert not PartnerPage.objects.exists()


def test_a_translation_alone_can_be_deleted_while_its_source_is_in_use(admin_client: Client) -> None:
    partner = PartnerPageFactory()
    english = translated(partner, site_tree().english.locale)
    AgreementPageFactory(parties=[partner])
    assert delete_page(admin_client, english).status_code == 302
    assert list(PartnerPage.objects.all()) == [partner]


def test_an_agreement_that_another_renews_is_kept(admin_client: Client) -> None:
    old = AgreementPageFactory()
    AgreementPageFactory(title="Den nya", renews=old)
    response = delete_page(admin_client, old)
    assert response.status_code == 409
    assert "Den nya" in response.content.decode()


def test_pages_in_use_survive_a_bulk_deletion(admin_client: Client) -> None:
    used, unused = PartnerPageFactory(), PartnerPageFactory()
    AgreementPageFactory(title="Avsikten", parties=[used])
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    response = admin_client.post(f"{url}?id={used.pk}&id={unused.pk}")
    assert response.status_code == 409
    assert "Avsikten" in response.content.decode()
    assert PartnerPage.objects.count() == 2


def test_unused_pages_are_deleted_in_bulk(admin_client: Client) -> None:
    pages = [PartnerPageFactory(), PartnerPageFactory()]
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    response = admin_client.post(url + "?" + "&".join(f"id={page.pk}" for page in pages))
    assert response.status_code == 302
    assert not PartnerPage.objects.exists()


def test_a_contact_of_a_page_is_kept(admin_client: Client) -> None:
    contact = ContactFactory()
    PartnerPageFactory(title="Länsstyrelsen", contacts=[contact])
    response = delete_contact(admin_client, contact)
    assert response.status_code == 409
    assert "Länsstyrelsen" in response.content.decode()
    assert Contact.objects.filter(pk=contact.pk).exists()


def test_a_contact_in_a_block_is_kept(admin_client: Client) -> None:
    contact = ContactFactory()
    block = {"type": "contact", "value": {"contact": contact.pk, "invitation": ""}}
    PartnerPageFactory(title="Länsstyrelsen", content=[block])
    response = delete_contact(admin_client, contact)
    assert response.status_code == 409
    assert "Länsstyrelsen" in response.content.decode()


def test_a_contact_in_a_draft_is_kept_since_the_draft_could_not_be_opened_without(admin_client: Client) -> None:
    contact = ContactFactory()
    partner = PartnerPageFactory(title="Länsstyrelsen")
    partner.contacts.add(PartnerContact(contact=contact))
    partner.save_revision()
    assert not PartnerContact.objects.exists()
    assert delete_contact(admin_client, contact).status_code == 409
    assert admin_client.get(reverse("wagtailadmin_pages:edit", args=[partner.pk])).status_code == 200


def test_contacts_in_use_survive_a_bulk_deletion(admin_client: Client) -> None:
    used, unused = ContactFactory(), ContactFactory()
    PartnerPageFactory(contacts=[used])
    url = reverse("wagtail_bulk_action", args=["partnerships_snippets", "contact", "delete"])
    assert admin_client.post(f"{url}?id={used.pk}&id={unused.pk}").status_code == 409
    assert Contact.objects.count() == 2


def test_an_unused_contact_is_deleted(admin_client: Client) -> None:
    assert delete_contact(admin_client, ContactFactory()).status_code == 302
    assert not Contact.objects.exists()


def test_uses_are_found_in_as_many_queries_for_many_rows(django_assert_max_num_queries: Any) -> None:
    partners = [PartnerPageFactory(contacts=[ContactFactory()]) for _ in range(5)]
    contacts = [row.contact for partner in partners for row in partner.contacts.all()]
    with django_assert_max_num_queries(12):
        assert len(uses_of(contacts)) == 5


def test_the_action_that_the_api_calls_names_what_uses_a_page() -> None:
    from django.core.exceptions import ValidationError

    from wagtail.actions import action_registry

    partner = PartnerPageFactory()
    AgreementPageFactory(title="Avsikten", parties=[partner])
    action = action_registry.get_action_class(Page, "delete")
    with pytest.raises(ValidationError, match="Avsikten"):
        action(partner).execute(skip_permission_checks=True)
    unused = AgreementPageFactory()
    action(unused).execute(skip_permission_checks=True)
    assert not AgreementPage.objects.filter(pk=unused.pk).exists()


def test_the_writing_api_refuses_with_a_sentence(admin_user: User) -> None:
    partner = PartnerPageFactory()
    AgreementPageFactory(title="Avsikten", parties=[partner])
    _token, key = APIToken.create_token(user=admin_user, name="test")
    client = Client(headers={"Authorization": f"Bearer {key}"})
    answer = client.delete(f"/api/v3/pages/{partner.pk}/")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert "Avsikten" in answer.content.decode()
    AgreementPage.objects.all().delete()
    assert client.delete(f"/api/v3/pages/{partner.pk}/").status_code == 204


def test_a_strategy_in_use_is_kept(admin_client: Client) -> None:
    strategy = StrategyFactory()
    AgreementPageFactory(strategies=[strategy])
    url = reverse("wagtailsnippets_partnerships_snippets_strategy:delete", args=[strategy.pk])
    assert admin_client.post(url).status_code == 409
