"""The forms of partners and agreements: what they propose, refuse and never lose."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from wagtail.models import GroupPagePermission, Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

import pytest

from tests.factories import (
    AgreementPageFactory,
    ContactFactory,
    PartnerPageFactory,
    StrategyFactory,
    site_tree,
    translated,
)
from wagtail_partnerships.site_pages.models import AgreementPage, PartnerPage

pytestmark = pytest.mark.django_db

EMPTY_ROWS = ("agreement_types", "parties", "contacts", "strategies", "signatories", "documents", "comments")


def agreement_form(**values: Any) -> dict[str, str]:
    """Post data of an agreement's form: a row is a dict of its fields."""
    data: dict[str, Any] = {
        **dict.fromkeys(["title", "slug", "purpose", "signed", "since", "valid_from", "end_date"], ""),
        "end_kind": "not_stated",
        "content": streamfield([]),
        **{name: inline_formset([]) for name in EMPTY_ROWS},
    }
    for name, value in values.items():
        data[name] = inline_formset(value) if isinstance(value, list) else value
    return dict(nested_form_data(data))


def party(**values: Any) -> dict[str, Any]:
    return {"partner": "", "name": "", "country": "", "role": ""} | values


def create(client: Client, publish: bool = False, **values: Any) -> Any:
    index = site_tree().swedish.agreements
    url = reverse("wagtailadmin_pages:add", args=["partnerships_pages", "agreementpage", index.pk])
    return client.post(url, agreement_form(**values) | ({"action-publish": "1"} if publish else {}))


def edit(client: Client, page: Page, **values: Any) -> Any:
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), agreement_form(**values))


def errors(response: Any) -> dict[str, Any]:
    assert response.status_code == 200, response.get("Location")
    form = response.context["form"]
    found = {name: [str(error) for error in messages] for name, messages in form.errors.items()}
    for relation, formset in form.formsets.items():
        for number, row in enumerate(formset.errors):
            for field, messages in row.items():
                found[f"{relation}-{number}-{field}"] = [str(error) for error in messages]
    return found


def test_type_and_parties_make_title_and_address_when_published(admin_client: Client) -> None:
    partner = PartnerPageFactory(title="Region Sörmland")
    rows = [party(partner=str(partner.pk), name="Landstinget Sörmland"), party(name="Knivsta kommun")]
    create(admin_client, publish=True, agreement_types=[{"agreement_type": "mou"}], parties=rows)
    agreement = AgreementPage.objects.get()
    assert agreement.live
    assert agreement.title.endswith("Landstinget Sörmland, Knivsta kommun")
    assert agreement.slug.endswith("landstinget-sormland-knivsta-kommun")


def test_an_empty_draft_is_saved(admin_client: Client) -> None:
    assert create(admin_client).status_code == 302
    agreement = AgreementPage.objects.get()
    assert not agreement.live
    assert agreement.title
    assert agreement.slug


def test_two_empty_drafts_have_addresses_of_their_own(admin_client: Client) -> None:
    create(admin_client)
    create(admin_client)
    assert len({page.slug for page in AgreementPage.objects.all()}) == 2


def test_the_proposal_follows_the_form_until_the_editor_writes_a_title(admin_client: Client) -> None:
    create(admin_client, agreement_types=[{"agreement_type": "mou"}])
    agreement = AgreementPage.objects.get()
    rows = {"agreement_types": [{"agreement_type": "mou"}], "parties": [party(name="Knivsta kommun")]}
    edit(admin_client, agreement, title=agreement.title, slug=agreement.slug, **rows)
    agreement.refresh_from_db()
    assert agreement.title.endswith("Knivsta kommun")
    assert agreement.slug.endswith("knivsta-kommun")
    edit(admin_client, agreement, title="Vårt eget", slug=agreement.slug, **rows)
    agreement.refresh_from_db()
    rows["parties"] = [party(name="Heby kommun")]
    edit(admin_client, agreement, title="Vårt eget", slug=agreement.slug, **rows)
    agreement.refresh_from_db()
    assert agreement.title == "Vårt eget"


def test_the_address_of_a_published_agreement_stays(admin_client: Client) -> None:
    agreement = AgreementPageFactory(title="Avsikten", parties=["Heby kommun"])
    edit(admin_client, agreement, title="", slug=agreement.slug, agreement_types=[{"agreement_type": "mou"}])
    assert agreement.get_latest_revision_as_object().slug == "avsikten"


def test_many_parties_make_a_title_that_fits(admin_client: Client) -> None:
    create(admin_client, parties=[party(name="K" * 200 + str(number)) for number in range(17)])
    assert len(AgreementPage.objects.get().title) <= 255


def test_an_agreement_without_type_is_not_published(admin_client: Client) -> None:
    response = create(admin_client, publish=True, parties=[party(name="Heby kommun")])
    assert response.status_code == 200
    assert not AgreementPage.objects.exists()


@pytest.mark.parametrize("publish", [False, True])
def test_an_end_before_the_start_is_refused_at_the_field(admin_client: Client, publish: bool) -> None:
    response = create(admin_client, publish, valid_from="2015", end_kind="date", end_date="2014-12")
    assert "end_date" in errors(response)


def test_an_end_on_a_date_needs_one_when_published(admin_client: Client) -> None:
    response = create(admin_client, publish=True, parties=[party(name="Heby kommun")], end_kind="date")
    assert errors(response)["end_date"] == ["Skriv datumet, eller välj ett annat slags slut."]
    create(admin_client, end_kind="date")
    [agreement] = AgreementPage.objects.all()
    assert not agreement.live
    # A schedule has nobody to ask, and others that wait for it.
    agreement.get_latest_revision().publish()
    assert AgreementPage.objects.get().live


def test_a_draft_of_a_published_agreement_may_lack_the_date_of_its_end(admin_client: Client) -> None:
    agreement = AgreementPageFactory()
    edit(admin_client, agreement, end_kind="date", slug=agreement.slug)
    agreement.refresh_from_db()
    assert agreement.get_latest_revision_as_object().end_kind == "date"
    assert agreement.end_kind == "not_stated"


def test_a_translation_has_the_date_of_its_end_from_its_source(db: None) -> None:
    agreement = AgreementPageFactory(end_kind="date", live=False)
    english = translated(agreement, site_tree().english.locale, publish=False)
    assert english.end_kind == "date"
    AgreementPage.objects.filter(pk=agreement.pk).update(live=True)
    english.get_latest_revision().publish()


def test_an_end_date_chooses_its_kind_by_itself(admin_client: Client) -> None:
    create(admin_client, end_date="2017")
    assert AgreementPage.objects.get().end_kind == "date"


def test_the_same_party_twice_is_refused_at_the_second_row(admin_client: Client) -> None:
    partner = PartnerPageFactory(title="Volvo")
    translation = translated(partner, site_tree().english.locale)
    response = create(
        admin_client, parties=[party(partner=str(partner.pk)), party(partner=str(translation.pk), name="Volvo CE")]
    )
    assert list(errors(response)) == ["parties-1-partner"]
    assert "Volvo" in errors(response)["parties-1-partner"][0]


def test_the_same_written_name_twice_is_refused(admin_client: Client) -> None:
    response = create(admin_client, parties=[party(name="Heby kommun"), party(name="heby kommun")])
    assert list(errors(response)) == ["parties-1-partner"]


def test_a_removed_row_is_no_duplicate(admin_client: Client) -> None:
    rows = [party(name="Heby kommun", DELETE="1"), party(name="Heby kommun")]
    assert create(admin_client, parties=rows).status_code == 302


@pytest.mark.parametrize(
    ("relation", "field", "factory"),
    [("contacts", "contact", ContactFactory), ("strategies", "strategy", StrategyFactory)],
)
def test_a_contact_or_strategy_chosen_twice_is_refused(
    admin_client: Client, relation: str, field: str, factory: Any
) -> None:
    row = {field: str(factory().pk)}
    assert list(errors(create(admin_client, **{relation: [row, row]}))) == [f"{relation}-1-{field}"]


def test_a_type_chosen_twice_is_refused(admin_client: Client) -> None:
    row = {"agreement_type": "mou"}
    assert list(errors(create(admin_client, agreement_types=[row, row]))) == ["agreement_types-1-agreement_type"]


def test_a_party_without_partner_or_name_is_told_so_once(admin_client: Client) -> None:
    assert list(errors(create(admin_client, parties=[party(role="koordinator")]))) == ["parties-0-partner"]


def test_a_party_with_a_page_needs_no_country(admin_client: Client) -> None:
    response = create(admin_client, parties=[party(partner=str(PartnerPageFactory().pk), country="SE")])
    assert list(errors(response)) == ["parties-0-country"]


def test_what_is_refused_is_shown_again(admin_client: Client) -> None:
    response = create(admin_client, purpose="Att fördjupa samarbetet", end_date="igår", parties=[party(name="Heby")])
    page = response.content.decode()
    assert "Att fördjupa samarbetet" in page
    assert 'value="igår"' in page
    assert 'value="Heby"' in page


def test_autosave_creates_and_goes_on_saving_one_draft(admin_client: Client) -> None:
    index = site_tree().swedish.agreements
    url = reverse("wagtailadmin_pages:add", args=["partnerships_pages", "agreementpage", index.pk])
    headers = {"Accept": "application/json"}
    first = admin_client.post(url, agreement_form(parties=[party(name="Heby")]), headers=headers).json()
    assert first["success"]
    updates = first["field_updates"]
    data = agreement_form(parties=[party(name="Heby kommun")]) | updates
    second = admin_client.post(first["url"], data | {"overwrite_revision_id": first["revision_id"]}, headers=headers)
    assert second.json()["success"]
    agreement = AgreementPage.objects.get()
    assert [str(row) for row in agreement.parties.all()] == ["Heby kommun"]
    assert agreement.title.endswith("Heby kommun")


def partner_form(**values: Any) -> dict[str, str]:
    data: dict[str, Any] = {
        "title": "Länsstyrelsen",
        "slug": "lansstyrelsen",
        "organisation_type": "government_agency",
        "country": "SE",
        "region": "",
        "introduction": rich_text("<p>Text</p>"),
        "content": streamfield([]),
    }
    for name in ("contacts", "strategies", "related_partners", "former_names", "comments"):
        data[name] = inline_formset([])
    for name, value in values.items():
        data[name] = inline_formset(value) if isinstance(value, list) else value
    return dict(nested_form_data(data))


def test_a_partner_is_published_from_its_form(admin_client: Client) -> None:
    index = site_tree().swedish.partners
    url = reverse("wagtailadmin_pages:add", args=["partnerships_pages", "partnerpage", index.pk])
    contact = ContactFactory()
    form = partner_form(contacts=[{"contact": str(contact.pk)}]) | {"action-publish": "1"}
    assert admin_client.post(url, form).status_code == 302
    partner = PartnerPage.objects.get()
    assert partner.live
    assert [row.contact for row in partner.contacts.all()] == [contact]


def test_a_namesake_is_hinted_at_and_gets_an_address_of_its_own(admin_client: Client) -> None:
    index = site_tree().swedish.partners
    PartnerPageFactory(title="Västerås stad", slug="vasteras-stad")
    url = reverse("wagtailadmin_pages:add", args=["partnerships_pages", "partnerpage", index.pk])
    response = admin_client.post(url, partner_form(title="Västerås stad", slug="vasteras-stad"), follow=True)
    assert PartnerPage.objects.filter(title="Västerås stad", slug="vasteras-stad-2").exists()
    assert "Det finns redan en samarbetspartner med det här namnet" in response.content.decode()


def test_an_address_of_ones_own_that_is_taken_is_refused(admin_client: Client) -> None:
    index = site_tree().swedish.partners
    PartnerPageFactory(title="Västerås stad", slug="vasteras")
    url = reverse("wagtailadmin_pages:add", args=["partnerships_pages", "partnerpage", index.pk])
    response = admin_client.post(url, partner_form(title="Västerås stad", slug="vasteras"))
    assert "slug" in errors(response)


def test_a_partner_is_not_related_to_itself_or_twice_to_another(admin_client: Client) -> None:
    partner, other = PartnerPageFactory(), PartnerPageFactory()
    url = reverse("wagtailadmin_pages:edit", args=[partner.pk])
    rows = [{"partner": str(pk)} for pk in (partner.pk, other.pk, other.pk)]
    assert list(errors(admin_client.post(url, partner_form(related_partners=rows)))) == [
        "related_partners-0-partner",
        "related_partners-2-partner",
    ]


def partner_page(client: Client, partner: PartnerPage) -> str:
    return client.get(reverse("wagtailadmin_pages:edit", args=[partner.pk])).content.decode()


def test_a_partners_form_lists_its_agreements_and_drafts_once(admin_client: Client) -> None:
    tree = site_tree()
    partner = PartnerPageFactory()
    agreement = AgreementPageFactory(title="Avsikten", parties=[partner])
    translated(agreement, tree.english.locale, title="The intent")
    draft = AgreementPageFactory(title="Utkastet", parties=[partner], live=False)
    page = partner_page(admin_client, partner)
    assert "The intent" not in page
    for row in (agreement, draft):
        assert reverse("wagtailadmin_pages:edit", args=[row.pk]) in page


def test_the_english_form_of_a_partner_lists_english_agreements(admin_client: Client) -> None:
    english = site_tree().english.locale
    partner = PartnerPageFactory()
    translation = translated(partner, english)
    translated(AgreementPageFactory(title="Avsikten", parties=[partner]), english, title="The intent")
    assert "The intent" in partner_page(admin_client, translation)


def test_a_new_agreement_begins_with_the_partner_as_its_party(admin_client: Client) -> None:
    partner = PartnerPageFactory(title="Länsstyrelsen")
    index = site_tree().swedish.agreements
    url = reverse("wagtailadmin_pages:add", args=["partnerships_pages", "agreementpage", index.pk])
    link = f"{url}?party={partner.pk}"
    assert link in partner_page(admin_client, partner)
    form = admin_client.get(link).context["form"]
    assert [row.instance.partner for row in form.formsets["parties"].forms] == [partner]


@pytest.mark.parametrize("key", ["abc", "0", "-1", "9" * 40, "", "²"])
def test_a_party_that_nobody_has_is_left_out(admin_client: Client, key: str) -> None:
    index = site_tree().swedish.agreements
    url = reverse("wagtailadmin_pages:add", args=["partnerships_pages", "agreementpage", index.pk])
    form = admin_client.get(url, {"party": key}).context["form"]
    assert not form.formsets["parties"].forms


def test_who_may_not_write_agreements_is_offered_no_new_one(client: Client) -> None:
    tree = site_tree()
    partner = PartnerPageFactory()
    AgreementPageFactory(title="Avsikten", parties=[partner])
    group = Group.objects.create(name="partner editors")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=group, page=tree.swedish.partners, permission=change)
    user = User.objects.create_user("editor", password="x")
    user.groups.add(group)
    client.force_login(user)
    page = partner_page(client, partner)
    assert "Avsikten" in page
    assert "?party=" not in page
    agreement = AgreementPage.objects.get()
    assert reverse("wagtailadmin_pages:edit", args=[agreement.pk]) not in page
