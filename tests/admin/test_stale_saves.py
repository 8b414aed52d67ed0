"""Two editors at once: each is told of the other, and neither overwrites silently."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from wagtail.admin.models import EditingSession
from wagtail.models import Page

import pytest

from tests.admin.test_page_forms import partner_form
from tests.factories import ContactFactory, PartnerPageFactory

CONTACT = "wagtailsnippets_partnerships_snippets_contact"

pytestmark = pytest.mark.django_db


@pytest.fixture
def bo(db: None) -> User:
    return User.objects.create_superuser("bo", "bo@example.se", first_name="Bo", last_name="Exempel")


def contact_form(**values: str) -> dict[str, str]:
    names = ["role", "unit", "organisation", "phone", "email", "form_link", "when_to_contact", "photo", "review_date"]
    return dict.fromkeys(names, "") | {"kind": "person", "name": "Ada"} | values


def cases() -> list[Any]:
    return [
        pytest.param((PartnerPageFactory, "title", "wagtailadmin_pages:edit", partner_form), id="page"),
        pytest.param((ContactFactory, "name", f"{CONTACT}:edit", contact_form), id="contact"),
    ]


@pytest.mark.parametrize("case", cases())
def test_a_stale_save_is_held_back_once_with_everything_typed(
    case: tuple[Any, str, str, Any], admin_client: Client, bo: User
) -> None:
    factory, field, view, form = case
    row = factory()
    loaded = row.save_revision()
    data = form(**{field: "Mitt"}) | {
        "loaded_revision_id": str(loaded.pk),
        "loaded_revision_created_at": loaded.created_at.isoformat(),
    }
    setattr(row, field, "Bos")
    newer = row.save_revision(user=bo)
    url = reverse(view, args=[row.pk])
    response = admin_client.post(url, data)
    text = response.content.decode()
    assert response.status_code == 200
    assert "Bo Exempel" in text
    assert 'value="Mitt"' in text
    assert getattr(type(row).objects.get(pk=row.pk).get_latest_revision_as_object(), field) == "Bos"
    again = data | {"loaded_revision_id": str(newer.pk), "loaded_revision_created_at": newer.created_at.isoformat()}
    assert f'value="{newer.pk}"' in text
    assert admin_client.post(url, again).status_code == 302
    assert getattr(type(row).objects.get(pk=row.pk).get_latest_revision_as_object(), field) == "Mitt"


@pytest.mark.parametrize("case", cases())
def test_an_editor_is_told_of_another_one(case: tuple[Any, str, str, Any], admin_client: Client, bo: User) -> None:
    factory, _field, view, _form = case
    row = factory()
    row.save_revision()
    other = Client()
    other.force_login(bo)
    other.get(reverse(view, args=[row.pk]))
    admin_client.get(reverse(view, args=[row.pk]))
    mine = EditingSession.objects.exclude(user=bo).get()
    base = Page if isinstance(row, Page) else type(row)
    args = [base._meta.app_label, base._meta.model_name, row.pk, mine.pk]
    url = reverse("wagtailadmin_editing_sessions:ping", args=args)
    assert "Bo Exempel" in admin_client.post(url).json()["html"]


@pytest.mark.parametrize("case", cases())
def test_an_autosave_over_a_newer_version_is_refused(case: tuple[Any, str, str, Any], admin_client: Client) -> None:
    factory, field, view, form = case
    row = factory()
    loaded = row.save_revision()
    row.save_revision()
    data = form(**{field: "Mitt"}) | {"loaded_revision_id": str(loaded.pk)}
    response = admin_client.post(reverse(view, args=[row.pk]), data, headers={"Accept": "application/json"})
    assert (response.status_code, response.json()["error_code"]) == (400, "invalid_revision")
