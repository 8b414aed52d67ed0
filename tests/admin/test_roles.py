"""What each role may do and, above all, may not: in the admin, and through Wagtail's API that writes."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from wagtail.models import APIToken, GroupApprovalTask, GroupPagePermission, Page, Workflow

import pytest

from tests.admin.test_page_forms import agreement_form, errors, partner_form, party
from tests.factories import AgreementPageFactory, ContactFactory, PartnerPageFactory, site_tree, translated
from wagtail_partnerships.site_pages.models import AgreementPage
from wagtail_partnerships.site_pages.officers import management_names
from wagtail_partnerships.site_pages.roles import AUTHOR, EDITOR, OFFICER, TRANSLATOR, Role, set_up_roles

pytestmark = pytest.mark.django_db

ROLES = {"author": AUTHOR, "editor": EDITOR, "translator": TRANSLATOR, "officer": OFFICER}


def user_in(role: Role) -> User:
    group = set_up_roles()[role]
    user = User.objects.create_user(str(group), f"{group.pk}@example.se")
    user.groups.add(group)
    return user


def client_of(role: Role) -> Client:
    client = Client()
    client.force_login(user_in(role))
    return client


def draft_of(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def contact_url(contact: Any, view: str = "edit") -> str:
    return reverse(f"wagtailsnippets_partnerships_snippets_contact:{view}", args=[contact.pk])


def is_refused(response: Any) -> bool:
    """Wagtail's admin leads whoever may not do something to its front page."""
    return response.status_code == 403 or (response.status_code == 302 and response["Location"] == "/admin/")


def agreement(**values: Any) -> AgreementPage:
    page = AgreementPageFactory(title="Avtalet", parties=["Knivsta kommun"], signatories=["Ada Exempel"], **values)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def test_setting_up_twice_changes_nothing() -> None:
    call_command("set_up_roles", verbosity=0)
    before = (Group.objects.count(), GroupPagePermission.objects.count(), Workflow.objects.count())
    call_command("set_up_roles", verbosity=0)
    assert (Group.objects.count(), GroupPagePermission.objects.count(), Workflow.objects.count()) == before


SWEDISH = ["Författare", "Redaktörer", "Översättare", "Avtalsansvariga"]
ENGLISH = ["Authors", "Editors", "Translators", "Agreement officers"]


def names() -> list[str]:
    return [group.name for group in set_up_roles().values()]


def rights(group: Group) -> tuple[list[Any], list[Any]]:
    pages = GroupPagePermission.objects.filter(group=group).order_by("pk").values_list("page_id", "permission_id")
    return list(pages), list(group.permissions.order_by("pk"))


def test_the_groups_are_named_in_the_sites_language_and_wagtails_own_is_left_alone() -> None:
    wagtails = Group.objects.get(name="Editors")
    before = rights(wagtails)
    assert names() == names() == SWEDISH
    assert rights(wagtails) == before
    editors = Group.objects.get(name="Redaktörer")
    assert not GroupPagePermission.objects.filter(group=editors, page=Page.get_first_root_node()).exists()


def test_a_site_in_english_has_english_groups(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    with translation.override("sv"):
        assert names() == names() == ENGLISH


def test_the_groups_stay_when_the_sites_language_changes(settings: Any) -> None:
    groups = set_up_roles()
    before = (Group.objects.count(), Workflow.objects.count(), GroupApprovalTask.objects.count())
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        again = set_up_roles()
        assert again[EDITOR].name == "Redaktörer"
    assert again == groups
    assert (Group.objects.count(), Workflow.objects.count(), GroupApprovalTask.objects.count()) == before


def test_setting_up_keeps_what_a_site_has_added() -> None:
    editors = set_up_roles()[EDITOR]
    root = Page.get_first_root_node()
    GroupPagePermission.objects.create(group=editors, page=root, permission_id=editors.permissions.first().pk)
    set_up_roles()
    assert GroupPagePermission.objects.filter(group=editors, page=root).exists()


PAGES = {
    # role: may edit, may publish of a Swedish and of an English partner
    "author": (True, False, False, False),
    "editor": (True, True, True, True),
    "translator": (False, False, True, True),
    "officer": (False, False, False, False),
}


@pytest.mark.parametrize("name", PAGES)
def test_partner_pages(name: str) -> None:
    swedish = PartnerPageFactory()
    english = translated(swedish, site_tree().english.locale)
    user = user_in(ROLES[name])
    client = Client()
    client.force_login(user)
    found: list[bool] = []
    for page in (swedish, english):
        permissions = page.permissions_for_user(user)
        assert is_refused(client.get(edit_url(page))) is not permissions.can_edit()
        found += [permissions.can_edit(), permissions.can_publish()]
    assert tuple(found) == PAGES[name]


AGREEMENTS = {"author": (True, False), "editor": (True, True), "translator": (False, False), "officer": (True, True)}


@pytest.mark.parametrize("name", AGREEMENTS)
def test_agreement_pages(name: str) -> None:
    permissions = AgreementPageFactory().permissions_for_user(user_in(ROLES[name]))
    assert (permissions.can_edit(), permissions.can_publish()) == AGREEMENTS[name]


CONTACTS = {
    # role: may edit, may publish, may delete a Swedish contact; may edit an English one
    "author": (True, False, False, False),
    "editor": (True, True, True, True),
    "translator": (False, False, False, True),
    "officer": (True, False, False, False),
}


@pytest.mark.parametrize("name", CONTACTS)
def test_contacts(name: str) -> None:
    swedish = ContactFactory(name="Ada Exempel")
    english = translated(swedish, site_tree().english.locale)
    client = client_of(ROLES[name])
    data = {**dict.fromkeys(["role", "unit", "organisation", "email", "phone"], ""), "kind": "person", "name": "Bo"}
    edits = not is_refused(client.get(contact_url(swedish)))
    client.post(contact_url(swedish), {**data, "action-publish": "1"})
    swedish.refresh_from_db()
    found = (
        edits,
        swedish.name == "Bo",
        not is_refused(client.get(contact_url(swedish, "delete"))),
        not is_refused(client.get(contact_url(english))),
    )
    assert found == CONTACTS[name]


def test_what_an_author_publishes_stays_a_draft() -> None:
    page = agreement()
    data = agreement_form(title="Avtalet", slug=page.slug, purpose="Nytt", parties=[party(name="Knivsta kommun")])
    response = client_of(AUTHOR).post(edit_url(page), {**data, "action-publish": "1"})
    assert response.status_code == 302
    page.refresh_from_db()
    assert page.purpose == ""
    assert page.get_latest_revision_as_object().purpose == "Nytt"


@pytest.mark.parametrize("name", ["author", "editor"])
def test_the_management_of_an_agreement_is_not_shown(name: str) -> None:
    page = agreement(reference_number="D-1", internal_notes="Hemligt")
    text = client_of(ROLES[name]).get(edit_url(page)).content.decode()
    assert "Hemligt" not in text
    assert "reference_number" not in text
    assert "signatories" not in text


def test_an_officer_sees_and_writes_the_management() -> None:
    page = agreement(internal_notes="Hemligt")
    client = client_of(OFFICER)
    assert "Hemligt" in client.get(edit_url(page)).content.decode()
    data = agreement_form(title=page.title, slug=page.slug, parties=[party(name="Knivsta kommun")])
    client.post(edit_url(page), {**data, "reference_number": "D-2", "internal_notes": "Nytt"})
    assert draft_of(page).reference_number == "D-2"


@pytest.mark.parametrize("name", ["author", "editor"])
def test_the_management_of_an_agreement_can_not_be_posted(name: str) -> None:
    page = agreement(reference_number="D-1", internal_notes="Hemligt")
    posted = agreement_form(title="Avtalet", slug=page.slug, parties=[party(name="Knivsta kommun")], purpose="Nytt")
    posted |= {"reference_number": "Mitt", "internal_notes": "", "outcome": "terminated"}
    assert client_of(ROLES[name]).post(edit_url(page), posted).status_code == 302
    draft = draft_of(page)
    assert (draft.purpose, draft.reference_number, draft.internal_notes) == ("Nytt", "D-1", "Hemligt")
    assert [row.name for row in draft.signatories.all()] == ["Ada Exempel"]
    assert draft.outcome == ""


def test_versions_are_compared_without_the_management() -> None:
    page = agreement(internal_notes="Hemligt")
    page.internal_notes, page.purpose = "Hemligare", "Nytt"
    page.save_revision()
    first, second = page.revisions.order_by("pk")
    url = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, second.pk])
    text = client_of(AUTHOR).get(url).content.decode()
    assert "Nytt" in text
    assert "Hemlig" not in text
    assert "Hemlig" in client_of(OFFICER).get(url).content.decode()


def test_a_fault_in_the_management_is_told_to_those_who_do_not_see_it() -> None:
    page = agreement()
    page.outcome_date = "2014"
    page.save_revision(clean=False)
    posted = agreement_form(title="Avtalet", slug=page.slug, parties=[party(name="Knivsta kommun")])
    response = client_of(EDITOR).post(edit_url(page), posted | {"agreement_types-0-agreement_type": "mou"})
    assert "__all__" in errors(response)


def api(role: Role) -> dict[str, str]:
    _row, token = APIToken.create_token(user=user_in(role), name="test")
    return {"Authorization": f"Bearer {token}"}


def test_an_author_reverts_through_the_api_without_touching_the_management() -> None:
    page = agreement(internal_notes="Gammalt", purpose="Gammalt")
    first = page.latest_revision
    page.internal_notes, page.purpose = "Nytt", "Nytt"
    page.save_revision().publish()
    response = Client().post(
        f"/api/v3/pages/{page.pk}/actions/revert/",
        {"revision_id": first.pk},
        content_type="application/json",
        headers=api(AUTHOR),
    )
    assert response.status_code == 200, response.content
    draft = AgreementPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (draft.purpose, draft.internal_notes) == ("Gammalt", "Nytt")


@pytest.mark.parametrize(("name", "status"), [("author", 403), ("translator", 403), ("editor", 200)])
def test_publishing_through_the_api(name: str, status: int) -> None:
    page = agreement()
    url = f"/api/v3/pages/{page.pk}/actions/publish/"
    assert Client().post(url, headers=api(ROLES[name])).status_code == status


@pytest.mark.parametrize(("name", "status"), [("author", 200), ("translator", 403)])
def test_writing_through_the_api(name: str, status: int) -> None:
    page = agreement(reference_number="D-1")
    body = {
        "title": "Nytt",
        "reference_number": "Mitt",
        "internal_notes": "Mitt",
        "meta": {"type": "partnerships_pages.AgreementPage"},
    }
    response = Client().patch(
        f"/api/v3/pages/{page.pk}/", body, content_type="application/json", headers=api(ROLES[name])
    )
    assert response.status_code == status, response.content
    page = AgreementPage.objects.get(pk=page.pk)
    draft = page.get_latest_revision_as_object()
    assert draft.title == ("Nytt" if status == 200 else "Avtalet")
    assert (page.title, draft.reference_number, draft.internal_notes) == ("Avtalet", "D-1", "")


def test_every_field_of_the_management_tab_is_kept_from_others() -> None:
    assert {"reference_number", "internal_notes", "renews", "signatories", "documents"} <= management_names(
        AgreementPage
    )
    assert not {"title", "parties", "purpose", "slug"} & management_names(AgreementPage)


def test_submitting_a_draft_sends_an_e_mail_to_the_editors(settings: Any) -> None:
    page = PartnerPageFactory(live=False)
    editor, author = user_in(EDITOR), user_in(AUTHOR)
    client = Client()
    client.force_login(author)
    page.save_revision(user=author)
    data = partner_form(title=page.title, slug=page.slug) | {"action-submit": "1"}
    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert response.status_code == 302
    assert type(page).objects.get(pk=page.pk).current_workflow_state is not None
    assert [message.to for message in mail.outbox] == [[editor.email]]


def test_review_dates_are_no_business_of_authors() -> None:
    page = agreement(review_date=datetime.date(2020, 1, 1))
    assert "2020-01-01" not in client_of(AUTHOR).get(edit_url(page)).content.decode()
