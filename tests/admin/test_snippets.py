"""Contacts and strategies in the admin: their lists, choosers, previews and deletion."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from wagtail.models import Locale, ModelLogEntry

import pytest

from tests.factories import ContactFactory, PartnerPageFactory, StrategyFactory, site_tree, translated
from wagtail_partnerships.snippets.choosable import rows_to_choose
from wagtail_partnerships.snippets.models import Contact, Strategy
from wagtail_partnerships.snippets.source_rows import source_of

pytestmark = pytest.mark.django_db

CONTACT_CHOOSER = "wagtailsnippetchoosers_partnerships_snippets_contact"
STRATEGY_CHOOSER = "wagtailsnippetchoosers_partnerships_snippets_strategy"


def results(client: Client, chooser: str = CONTACT_CHOOSER, **query: str) -> str:
    response = client.get(reverse(f"{chooser}:choose_results"), query)
    assert response.status_code == 200
    return response.content.decode()


def new_contact(**values: str) -> dict[str, str]:
    empty = dict.fromkeys(["role", "unit", "organisation", "phone", "email", "form_link", "when_to_contact"], "")
    return empty | {"kind": "person", "name": "Ada Exempel"} | values


@pytest.mark.parametrize("model", ["contact", "strategy"])
@pytest.mark.parametrize("view", ["list", "add"])
def test_lists_and_forms_open(admin_client: Client, model: str, view: str) -> None:
    ContactFactory(phone="021-10 19 93")
    StrategyFactory(valid_from="2013", valid_to="2016")
    response = admin_client.get(reverse(f"wagtailsnippets_partnerships_snippets_{model}:{view}"))
    assert response.status_code == 200


@pytest.mark.parametrize("view", ["edit", "copy", "history", "usage", "inspect", "delete"])
def test_every_view_of_a_contact_opens(admin_client: Client, view: str) -> None:
    contact = ContactFactory()
    response = admin_client.get(reverse(f"wagtailsnippets_partnerships_snippets_contact:{view}", args=[contact.pk]))
    assert response.status_code == 200


def test_the_list_shows_phone_numbers_as_people_write_them(admin_client: Client) -> None:
    ContactFactory(phone="+4621101993")
    response = admin_client.get(reverse("wagtailsnippets_partnerships_snippets_contact:list"))
    assert "021-10 19 93" in response.content.decode()


def test_contacts_past_their_review_date_can_be_filtered(admin_client: Client) -> None:
    ContactFactory(name="Gammal", review_date="2020-01-01")
    ContactFactory(name="Aktuell", review_date="2999-01-01")
    url = reverse("wagtailsnippets_partnerships_snippets_contact:list")
    page = admin_client.get(url, {"review_is_due": "true"}).content.decode()
    assert "Gammal" in page
    assert "Aktuell" not in page


@pytest.mark.parametrize(
    "ordering", ["name", "-role", "unit", "email", "-review_date", "_updated_at", "live", "nonsense"]
)
def test_a_search_can_be_filtered_and_sorted(admin_client: Client, ordering: str) -> None:
    ContactFactory(name="Emma Mossberg", review_date="2020-01-01")
    ContactFactory(name="Emma Annan")
    url = reverse("wagtailsnippets_partnerships_snippets_contact:list")
    query = {"q": "emma", "ordering": ordering, "review_is_due": "true", "kind": "person"}
    page = admin_client.get(url, query).content.decode()
    assert "Emma Mossberg" in page
    assert "Emma Annan" not in page


def test_the_partnerships_menu_leads_to_both_lists(admin_client: Client) -> None:
    page = admin_client.get(reverse("wagtailadmin_home")).content.decode()
    for model in ("contact", "strategy"):
        assert reverse(f"wagtailsnippets_partnerships_snippets_{model}:list") in page


@pytest.mark.parametrize("typed", ["Mos", "pro", "Sam", "emma mossb"])
def test_three_letters_of_name_role_or_unit_find_a_contact(admin_client: Client, typed: str) -> None:
    ContactFactory(name="Emma Mossberg", role="processledare", unit="Samhällskontraktet")
    ContactFactory(name="Ola Annan", role="rektor", unit="Ledningskansliet")
    page = results(admin_client, q=typed)
    assert "Emma Mossberg" in page
    assert "Ola Annan" not in page


@pytest.mark.parametrize("typed", ['"', '""', "'", "\0", "%", "*", "å" * 500, "a OR", "(", "-"])
def test_odd_searches_are_answered(admin_client: Client, typed: str) -> None:
    ContactFactory()
    results(admin_client, q=typed)


def test_drafts_are_not_offered(admin_client: Client) -> None:
    ContactFactory(name="Publicerad")
    ContactFactory(name="Utkast", live=False)
    page = results(admin_client)
    assert "Publicerad" in page
    assert "Utkast" not in page


def test_each_contact_is_offered_once_in_the_language_of_the_page(admin_client: Client) -> None:
    english = site_tree().english.locale
    translated(ContactFactory(name="Emma", role="processledare"), english, role="process leader")
    ContactFactory(name="Ola", role="rektor")
    on_a_swedish_page, on_an_english_page = results(admin_client, locale="sv"), results(admin_client, locale="en")
    assert "processledare" in on_a_swedish_page
    assert "process leader" not in on_a_swedish_page
    assert "process leader" in on_an_english_page
    assert "processledare" not in on_an_english_page
    assert "rektor" in on_an_english_page


def test_an_unpublished_translation_gives_way_to_its_source() -> None:
    tree = site_tree()
    source = ContactFactory()
    translated(source, tree.english.locale, publish=False)
    live = Contact.objects.filter(live=True)
    assert list(rows_to_choose(live, tree.english.locale)) == [source]


def test_a_row_without_a_source_language_stands_for_itself() -> None:
    tree = site_tree()
    only_english = ContactFactory(locale=tree.english.locale)
    assert list(rows_to_choose(Contact.objects.all(), tree.swedish.locale)) == [only_english]
    assert source_of(only_english) == only_english


def test_choosing_a_translation_answers_with_its_source(admin_client: Client) -> None:
    source = ContactFactory(name="Emma")
    english = translated(source, site_tree().english.locale)
    one = admin_client.get(reverse(f"{CONTACT_CHOOSER}:chosen", args=[english.pk])).json()
    many = admin_client.get(reverse(f"{CONTACT_CHOOSER}:chosen_multiple"), {"id": [english.pk]}).json()
    assert one["result"]["id"] == str(source.pk)
    assert [row["id"] for row in many["result"]] == [str(source.pk)]


def test_a_contact_created_in_the_chooser_is_live_and_logged(admin_client: Client) -> None:
    site_tree()
    response = admin_client.post(reverse(f"{CONTACT_CHOOSER}:create") + "?locale=sv", new_contact(phone="021-10 19 93"))
    assert response.json()["step"] == "chosen"
    contact = Contact.objects.get()
    assert contact.live
    assert contact.phone == "+4621101993"
    assert contact.latest_revision is not None
    assert contact.locale.language_code == "sv"
    assert {entry.action for entry in ModelLogEntry.objects.for_instance(contact)} == {
        "wagtail.create",
        "wagtail.publish",
    }


def test_a_strategy_created_on_an_english_page_is_english(admin_client: Client) -> None:
    site_tree()
    values = {"name": "Joint plan", "kind": "joint", "owner_organisation": "", "valid_from": "2013", "valid_to": "2016"}
    response = admin_client.post(
        reverse(f"{STRATEGY_CHOOSER}:create") + "?locale=en", {**values, "summary": "", "link": ""}
    )
    assert response.json()["step"] == "chosen"
    assert Strategy.objects.get().locale.language_code == "en"


def test_a_faulty_contact_is_not_created_and_the_form_says_why(admin_client: Client) -> None:
    response = admin_client.post(reverse(f"{CONTACT_CHOOSER}:create"), new_contact(name="", phone="12"))
    answer = response.json()
    assert answer["step"] == "reshow_creation_form"
    assert "w-field__errors" in answer["htmlFragment"]
    assert not Contact.objects.exists()


@pytest.fixture
def author(client: Client) -> Client:
    """A client signed in as one who may add contacts but not publish them."""
    group = Group.objects.create(name="authors")
    group.permissions.add(
        Permission.objects.get(codename="access_admin"), Permission.objects.get(codename="add_contact")
    )
    user = User.objects.create_user("author", password="x")
    user.groups.add(group)
    client.force_login(user)
    return client


def test_who_may_not_publish_creates_a_draft(author: Client) -> None:
    response = author.post(reverse(f"{CONTACT_CHOOSER}:create"), new_contact())
    assert response.json()["step"] == "chosen"
    assert not Contact.objects.get().live


def test_who_may_not_add_is_offered_no_form(author: Client) -> None:
    response = author.post(reverse(f"{STRATEGY_CHOOSER}:create"), {"name": "x", "kind": "joint"})
    assert response.status_code in {302, 403}
    assert not Strategy.objects.exists()
    assert "Create new" not in json.dumps(author.get(reverse(f"{STRATEGY_CHOOSER}:choose")).json())


@pytest.mark.parametrize("language", ["sv", "en"])
def test_previews_render_in_the_language_of_the_row(admin_client: Client, language: str) -> None:
    site_tree()
    locale = Locale.objects.get(language_code=language)
    rows: list[Any] = [
        ContactFactory(locale=locale, phone="+4621101993", email="a@example.se"),
        StrategyFactory(locale=locale, valid_from="2013", valid_to="2016"),
    ]
    for row in rows:
        page = row.make_preview_request().rendered_content
        assert f'<html lang="{language}">' in page
        assert "021-10 19 93" in page or "2013" in page


def test_a_contact_in_use_is_kept_and_the_places_are_named(admin_client: Client) -> None:
    contact = ContactFactory()
    PartnerPageFactory(title="Länsstyrelsen", contacts=[contact])
    url = reverse("wagtailsnippets_partnerships_snippets_contact:delete", args=[contact.pk])
    assert admin_client.get(url).status_code == 200
    admin_client.post(url)
    assert Contact.objects.filter(pk=contact.pk).exists()
    usage = reverse("wagtailsnippets_partnerships_snippets_contact:usage", args=[contact.pk])
    assert "Länsstyrelsen" in admin_client.get(usage).content.decode()
