"""The admin's lists cost the same number of queries for one row and for a hundred, and work with ten thousand."""

from __future__ import annotations

import time
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import pytest

from tests.factories import AgreementPageFactory, ContactFactory, PartnerPageFactory, StrategyFactory, site_tree
from tests.many import copy_rows
from tests.users import make_officer
from wagtail_partnerships.site_pages.models import AgreementPage
from wagtail_partnerships.snippets.models import Contact, Strategy

pytestmark = pytest.mark.django_db

REPORT = "partnerships_agreement_report"
AGREEMENT_VIEWS = [
    "partnerships_agreements:index",
    "partnerships_agreement_chooser:choose_results",
    REPORT,
    f"{REPORT}?export=csv",
    f"{REPORT}?export=xlsx",
    "wagtailadmin_home",
]


def agreement(**values: Any) -> AgreementPage:
    """An agreement that ends soon, so that it stands in every list."""
    row: AgreementPage = AgreementPageFactory(
        title="Avtal",
        slug="avtal-ett",
        parties=[PartnerPageFactory(title="Part"), "Annan"],
        valid_from="2020",
        end_kind="date",
        end_date=str(timezone.localdate().year + 1),
        agreement_types=["mou", "other"],
        responsible_unit="Samverkan",
        **values,
    )
    return row


def queries(client: Client, view: str) -> int:
    name, _sign, query = view.partition("?")
    with CaptureQueriesContext(connection) as captured:
        response = client.get(f"{reverse(name)}?{query}")
        if response.streaming:
            b"".join(response.streaming_content)
    assert response.status_code == 200
    return len(captured)


def assert_same_for_many(client: Client, views: list[str], fill: Any) -> None:
    for view in views:
        queries(client, view)
    few = {view: queries(client, view) for view in views}
    fill()
    assert {view: queries(client, view) for view in views} == few
    assert max(few.values()) < 60


@pytest.mark.slow
@pytest.mark.parametrize("who", ["admin", "editor"])
def test_agreements(client: Client, admin_user: User, who: str) -> None:
    row = agreement(responsible_user=admin_user)
    editor = make_officer("editor", site_tree().swedish.agreements, "change")
    client.force_login(admin_user if who == "admin" else editor)
    assert_same_for_many(client, AGREEMENT_VIEWS, lambda: copy_rows(row, 99))


@pytest.mark.slow
def test_partners(admin_client: Client) -> None:
    row = PartnerPageFactory(title="Part", slug="part-ett")
    views = ["partnerships_partners:index", "partnerships_partner_chooser:choose_results"]
    assert_same_for_many(admin_client, views, lambda: copy_rows(row, 99))


@pytest.mark.parametrize(
    ("model", "factory", "name"), [(Contact, ContactFactory, "contact"), (Strategy, StrategyFactory, "strategy")]
)
@pytest.mark.slow
def test_snippets(admin_client: Client, model: Any, factory: Any, name: str) -> None:
    row = factory()
    values = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
    del values["id"], values["translation_key"]
    views = [
        f"wagtailsnippets_partnerships_snippets_{name}:list",
        f"wagtailsnippetchoosers_partnerships_snippets_{name}:choose_results",
    ]
    assert_same_for_many(
        admin_client, views, lambda: model.objects.bulk_create([model(**values) for _number in range(99)])
    )


@pytest.mark.slow
def test_ten_thousand_agreements(client: Client, admin_user: User) -> None:
    row = agreement(responsible_user=admin_user)
    copy_rows(row, 9_999)
    client.force_login(make_officer("editor", site_tree().swedish.agreements, "change"))
    took = {}
    for view in [*AGREEMENT_VIEWS, f"{REPORT}?ordering=-status_code&p=100", f"{REPORT}?due_within=12"]:
        begun = time.perf_counter()
        assert queries(client, view) < 60
        took[view] = time.perf_counter() - begun
    assert max(took.values()) < 30, took
