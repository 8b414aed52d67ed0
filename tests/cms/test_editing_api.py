"""Tools change our own fields by Wagtail's v3, checked as the admin's forms check them; readers see what is public."""

from __future__ import annotations

from typing import Any

from django.test import Client

from wagtail.models import APIToken

import pytest

from tests.factories import AgreementPageFactory, ContactFactory, PartnerPageFactory, SiteTree, StrategyFactory
from tests.users import make_editor
from wagtail_partnerships.site_pages.models import AgreementPage, PartnerPage
from wagtail_partnerships.snippets.models import Contact, Strategy

pytestmark = pytest.mark.django_db


def with_token(user: Any) -> Client:
    _row, token = APIToken.create_token(user=user, name="test")
    return Client(headers={"Authorization": f"Bearer {token}"}, raise_request_exception=False)


@pytest.fixture
def tool(site_tree: SiteTree, admin_user: Any) -> Client:
    return with_token(admin_user)


def patch(client: Client, address: str, **values: Any) -> Any:
    return client.patch(f"/api/v3/{address}/", values, content_type="application/json")


def test_field_of_a_partner_is_changed(tool: Client) -> None:
    page = PartnerPageFactory(website="https://old.example.se", region="")

    answer = patch(tool, f"pages/{page.pk}", website="https://new.example.se", organisation_type="region")

    assert answer.status_code == 200, answer.content
    assert answer.json()["website"] == "https://new.example.se"
    draft = PartnerPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (draft.website, draft.organisation_type) == ("https://new.example.se", "region")


def test_change_is_published_if_asked(tool: Client) -> None:
    page = AgreementPageFactory()

    answer = patch(
        tool,
        f"pages/{page.pk}",
        purpose="Nytt syfte",
        display_label="Avtal",
        meta={"action": "publish"},
    )

    assert answer.status_code == 200, answer.content
    live = AgreementPage.objects.get(pk=page.pk)
    assert (live.purpose, live.display_label) == ("Nytt syfte", "Avtal")
    assert Client().get(f"/api/v3/pages/{page.pk}/").json()["purpose"] == "Nytt syfte"


@pytest.mark.parametrize(
    "values",
    [
        {"website": "no address"},
        {"organisation_type": "circus"},
        {"organisation_number": "1"},
        {"country": "NO"},
        {"website": 7},
    ],
)
def test_bad_value_of_a_partner_is_refused(tool: Client, values: dict[str, Any]) -> None:
    page = PartnerPageFactory(region="SE-U")

    answer = patch(tool, f"pages/{page.pk}", **values)

    assert 400 <= answer.status_code < 500, answer.content
    assert not page.revisions.exists()


def test_bad_value_of_an_agreement_is_refused(tool: Client) -> None:
    page = AgreementPageFactory()

    assert 400 <= patch(tool, f"pages/{page.pk}", purpose="x" * 1001).status_code < 500


def test_management_is_neither_read_nor_written(tool: Client) -> None:
    page = AgreementPageFactory(internal_notes="hemligt")

    patch(tool, f"pages/{page.pk}", internal_notes="ändrat", purpose="Syfte")

    draft = AgreementPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (draft.purpose, draft.internal_notes) == ("Syfte", "hemligt")
    assert "hemligt" not in Client().get(f"/api/v3/pages/{page.pk}/").content.decode()
    assert Client().get("/api/v3/pages/?type=partnerships_pages.AgreementPage&internal_notes=x").json()["count"] == 1


def test_who_may_not_edit_a_page_changes_nothing(site_tree: SiteTree) -> None:
    page = PartnerPageFactory(website="https://old.example.se")
    client = with_token(make_editor("elsewhere", site_tree.english.home, "change"))

    assert patch(client, f"pages/{page.pk}", website="https://new.example.se").status_code in (403, 404)
    assert patch(Client(), f"pages/{page.pk}", website="https://new.example.se").status_code == 401


def test_fields_of_snippets_are_changed_and_checked(tool: Client) -> None:
    strategy, contact = StrategyFactory(valid_from="2014", valid_to="2020"), ContactFactory()
    at_strategy = f"snippets/partnerships_snippets.Strategy/{strategy.pk}"
    at_contact = f"snippets/partnerships_snippets.Contact/{contact.pk}"

    assert patch(tool, at_strategy, summary="Ny", meta={"action": "publish"}).status_code == 200
    assert patch(tool, at_contact, phone="021-10 19 93", meta={"action": "publish"}).status_code == 200
    assert 400 <= patch(tool, at_strategy, valid_from="2030").status_code < 500
    assert 400 <= patch(tool, at_contact, email="nobody").status_code < 500

    assert Strategy.objects.get(pk=strategy.pk).summary == "Ny"
    assert Contact.objects.get(pk=contact.pk).phone == "+4621101993"
    assert tool.get(f"/api/v3/{at_strategy}/").json()["valid_from"] == "2014"
