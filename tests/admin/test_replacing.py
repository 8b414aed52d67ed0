"""A contact leaves: another takes over everywhere in one step, and gives the places back."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail_localize.models import TranslationSource

import pytest

from tests.admin.test_roles import client_of
from tests.factories import AgreementPageFactory, ContactFactory, PartnerPageFactory, SiteTree, translated
from tests.translation.translator import edit, publish, translate
from wagtail_partnerships.site_pages.models import PartnerContact, PartnerPage
from wagtail_partnerships.site_pages.roles import AUTHOR, EDITOR
from wagtail_partnerships.snippets.models import Replacement
from wagtail_partnerships.snippets.replacing import places_of, replace_contact, undo_replacement
from wagtail_partnerships.snippets.usage import uses_of

pytestmark = pytest.mark.django_db


def block(contact: Any, id_: str = "b1") -> str:
    return json.dumps([{"type": "contact", "id": id_, "value": {"contact": contact.pk, "invitation": "Ring"}}])


def published(page: Any) -> Any:
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def contacts_of(page: Any) -> list[str]:
    return [row.contact.name for row in type(page).objects.get(pk=page.pk).contacts.all()]


def draft_of(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def block_of(page: Any) -> str:
    return str(page.content[0].value["contact"].name)


@pytest.fixture
def old(db: None) -> Any:
    return ContactFactory(name="Ada Slutar")


@pytest.fixture
def new(db: None) -> Any:
    return ContactFactory(name="Bo Börjar")


def test_live_rows_and_blocks_are_replaced(old: Any, new: Any, admin_user: User) -> None:
    page = published(PartnerPageFactory(contacts=[old], content=block(old)))
    replace_contact(old, new, admin_user)
    assert contacts_of(page) == ["Bo Börjar"]
    assert block_of(PartnerPage.objects.get(pk=page.pk)) == "Bo Börjar"
    assert draft_of(page).contacts.get().contact == new
    assert uses_of([old]) == []


def test_a_block_keeps_what_else_it_says(old: Any, new: Any, admin_user: User) -> None:
    page = published(PartnerPageFactory(content=block(old)))
    replace_contact(old, new, admin_user)
    [value] = PartnerPage.objects.get(pk=page.pk).content
    assert (value.id, value.value["invitation"]) == ("b1", "Ring")


def test_a_draft_newer_than_the_live_page_is_replaced_and_stays_a_draft(old: Any, new: Any, admin_user: User) -> None:
    page = published(PartnerPageFactory(title="Publikt", contacts=[old]))
    page.title, page.content = "Utkast", block(old)
    draft = page.save_revision()
    replace_contact(old, new, admin_user)
    page = PartnerPage.objects.get(pk=page.pk)
    assert (page.title, page.has_unpublished_changes, page.latest_revision_id) == ("Publikt", True, draft.pk)
    assert (draft_of(page).title, block_of(draft_of(page))) == ("Utkast", "Bo Börjar")
    assert contacts_of(page) == ["Bo Börjar"]


def test_a_page_never_published_is_replaced(old: Any, new: Any, admin_user: User) -> None:
    page = PartnerPageFactory(live=False, contacts=[old])
    page.save_revision()
    replace_contact(old, new, admin_user)
    assert contacts_of(page) == ["Bo Börjar"]
    assert draft_of(page).contacts.get().contact == new


def test_who_stands_there_already_does_not_stand_there_twice(old: Any, new: Any, admin_user: User) -> None:
    page = published(PartnerPageFactory(contacts=[old, new]))
    record = replace_contact(old, new, admin_user)
    assert contacts_of(page) == ["Bo Börjar"]
    undo_replacement(record, admin_user)
    assert contacts_of(page) == ["Ada Slutar", "Bo Börjar"]


def test_translations_follow_in_rows_and_blocks(old: Any, new: Any, admin_user: User, site_tree: SiteTree) -> None:
    page = published(PartnerPageFactory(title="Länsstyrelsen", contacts=[old], content=block(old)))
    translation = translate(page, site_tree.english.locale, {"Länsstyrelsen": "County board"})
    english = translation.get_target_instance()
    record = replace_contact(old, new, admin_user)
    english = PartnerPage.objects.get(pk=english.pk)
    assert (contacts_of(english), block_of(english), english.title) == (["Bo Börjar"], "Bo Börjar", "County board")
    publish(translation)
    english = PartnerPage.objects.get(pk=english.pk)
    assert (contacts_of(english), block_of(english)) == (["Bo Börjar"], "Bo Börjar")
    undo_replacement(record, admin_user)
    publish(translation)
    english = PartnerPage.objects.get(pk=english.pk)
    assert (contacts_of(english), block_of(english)) == (["Ada Slutar"], "Ada Slutar")
    assert f'"contact": {new.pk}' not in TranslationSource.objects.get(object_id=page.translation_key).content_json


def test_a_translated_contact_is_replaced_by_its_identity(
    old: Any, new: Any, admin_user: User, site_tree: SiteTree
) -> None:
    english_old, english_new = translated(old, site_tree.english.locale), translated(new, site_tree.english.locale)
    page = published(PartnerPageFactory(contacts=[old]))
    replace_contact(english_old, english_new, admin_user)
    assert PartnerContact.objects.get(page=page).contact == new


def test_the_history_of_each_page_and_of_the_contact_tells_who(old: Any, new: Any, admin_user: User) -> None:
    page = published(PartnerPageFactory(contacts=[old]))
    replace_contact(old, new, admin_user)
    entry = PageLogEntry.objects.get(page=page.pk, action="partnerships.replace_contact")
    assert entry.user == admin_user
    assert "Bo Börjar" in entry.message
    assert ModelLogEntry.objects.filter(object_id=old.pk, action="partnerships.replace_contact").exists()


def test_taking_back_leaves_what_has_been_changed_since(old: Any, new: Any, admin_user: User) -> None:
    untouched = published(PartnerPageFactory(contacts=[old], content=block(old)))
    changed = published(AgreementPageFactory(title="Ändrat", parties=["A"], contacts=[old]))
    record = replace_contact(old, new, admin_user)
    edit(changed, contacts=[])
    undone = undo_replacement(record, admin_user)
    assert contacts_of(untouched) == ["Ada Slutar"]
    assert block_of(PartnerPage.objects.get(pk=untouched.pk)) == "Ada Slutar"
    assert contacts_of(changed) == []
    assert [str(row.title) for row in undone.left] == ["Ändrat"]


def test_a_fault_in_the_middle_changes_nothing(
    old: Any, new: Any, admin_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [published(PartnerPageFactory(contacts=[old])) for _number in range(2)]
    monkeypatch.setattr("wagtail_partnerships.snippets.replacing._replace_in_frozen", lambda keys, swap: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        replace_contact(old, new, admin_user)
    assert [contacts_of(page) for page in pages] == [["Ada Slutar"]] * 2
    assert not Replacement.objects.exists()


def replace_url(contact: Any) -> str:
    return reverse("wagtailsnippets_partnerships_snippets_contact:replace", args=[contact.pk])


def test_an_editor_sees_the_places_replaces_and_takes_back(old: Any, new: Any) -> None:
    page = published(PartnerPageFactory(title="Länsstyrelsen", contacts=[old]))
    client = client_of(EDITOR)
    form = client.get(reverse("wagtailsnippets_partnerships_snippets_contact:edit", args=[old.pk]))
    assert replace_url(old) in form.content.decode()
    preview = client.get(replace_url(old), {"new": new.pk}).content.decode()
    assert "Länsstyrelsen" in preview
    assert contacts_of(page) == ["Ada Slutar"]
    assert client.post(replace_url(old), {"new": new.pk}).status_code == 302
    assert contacts_of(page) == ["Bo Börjar"]
    record = Replacement.objects.get()
    undo = reverse("wagtailsnippets_partnerships_snippets_contact:undo_replacement", args=[old.pk, record.pk])
    assert undo in client.get(replace_url(old)).content.decode()
    assert client.post(undo).status_code == 302
    assert contacts_of(page) == ["Ada Slutar"]
    client.post(undo)
    assert contacts_of(page) == ["Ada Slutar"]


def test_a_locked_page_stops_the_whole_replacement(old: Any, new: Any, admin_user: User) -> None:
    locked = published(PartnerPageFactory(contacts=[old], locked=True, locked_by=admin_user))
    other = published(PartnerPageFactory(contacts=[old]))
    response = client_of(EDITOR).post(replace_url(old), {"new": new.pk})
    assert response.status_code == 302
    assert [contacts_of(page) for page in (locked, other)] == [["Ada Slutar"]] * 2


def test_authors_replace_nothing(old: Any, new: Any) -> None:
    page = published(PartnerPageFactory(contacts=[old]))
    client_of(AUTHOR).post(replace_url(old), {"new": new.pk})
    assert contacts_of(page) == ["Ada Slutar"]


@pytest.mark.parametrize("value", ["", "abc", "999999", "itself"])
def test_no_contact_or_the_same_is_refused_at_the_field(value: str, old: Any, admin_client: Client) -> None:
    response = admin_client.post(replace_url(old), {"new": str(old.pk) if value == "itself" else value})
    assert response.status_code == 200
    assert response.context["form"].errors["new"]


def test_nothing_is_left_of_the_old_one(old: Any, new: Any, admin_user: User) -> None:
    published(PartnerPageFactory(contacts=[old]))
    replace_contact(old, new, admin_user)
    assert places_of(old) == []
