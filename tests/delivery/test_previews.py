"""Headless previews: the front end gets what the editor has typed, and nobody else ever does."""

from __future__ import annotations

import datetime
import logging
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.models import GroupPagePermission, PageViewRestriction, Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

import pytest
import time_machine

from tests.admin.test_page_forms import agreement_form, party
from tests.delivery.client import ROOT, fetch, problem
from tests.factories import (
    AgreementPageFactory,
    ContactFactory,
    PartnerPageFactory,
    SiteTree,
    StrategyFactory,
    site_tree,
    translated,
)
from wagtail_partnerships.cms.delivery.models import Preview
from wagtail_partnerships.cms.delivery.previews import codes
from wagtail_partnerships.cms.delivery.store import local_store
from wagtail_partnerships.site_pages.models import PartnerPage

FRONT_END = "https://www.example.se/preview?from=admin"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def front_end(settings: Any) -> None:
    settings.PARTNERSHIPS_PREVIEW_URLS = {"*": FRONT_END}


def type_in(client: Client, partner: PartnerPage, **values: Any) -> str:
    """Type into a partner's form, open the preview, and return the front end's address."""
    form = {
        **dict.fromkeys(["slug", "contact_invitation", "website", "organisation_number", "ror_id", "logo_alt"], ""),
        "title": partner.title,
        "organisation_type": partner.organisation_type,
        "country": "SE",
        "introduction": rich_text("<p>Ej publicerat.</p>"),
        "content": streamfield([]),
        **{
            name: inline_formset([])
            for name in ("contacts", "strategies", "related_partners", "former_names", "comments")
        },
        **values,
    }
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[partner.pk])
    assert client.post(url, nested_form_data(form)).json() == {"is_valid": True, "is_available": True}
    response = client.get(url)
    assert response.status_code == 302, response.content
    assert "no-store" in response["Cache-Control"]
    return str(response["Location"])


def query_of(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def exchange(code: str) -> Any:
    # Another browser, on another origin, with no cookie of the admin.
    return Client().post(f"{ROOT}/preview-tokens", {"code": code}, content_type="application/json")


def token_for(client: Client, partner: PartnerPage, **values: Any) -> str:
    response = exchange(query_of(type_in(client, partner, **values))["code"])
    assert response.status_code == 201, response.content
    return str(response.json()["token"])


def ask(path: str, token: str, **query: Any) -> Any:
    return Client().get(f"{ROOT}{path}", query, headers={"authorization": f"Bearer {token}"})


@pytest.fixture
def partner(site_tree: SiteTree) -> PartnerPage:
    return PartnerPageFactory(title="Länsstyrelsen", introduction="<p>Publicerat.</p>")


def test_the_preview_button_opens_the_front_end(admin_client: Client, partner: PartnerPage) -> None:
    address = type_in(admin_client, partner, title="Nytt namn")

    assert address.startswith("https://www.example.se/preview?from=admin&code=")
    query = query_of(address)
    assert query["resource"] == "partners"
    assert query["id"] == str(partner.translation_key)
    assert query["locale"] == "sv"
    body = exchange(query["code"]).json()
    assert body["token_type"] == "Bearer"
    assert (body["resource"], body["id"], body["locale"]) == ("partner", query["id"], "sv")


def test_a_token_reads_what_was_typed_and_nobody_else_does(admin_client: Client, partner: PartnerPage) -> None:
    token = token_for(admin_client, partner, title="Nytt namn")
    path = f"/partners/{partner.translation_key}"

    response = ask(path, token)

    assert response.json()["title"] == "Nytt namn"
    assert response.json()["introduction"]["text"] == "Ej publicerat."
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response
    assert response.json().keys() == fetch(Client(), path).keys()
    assert fetch(Client(), path)["title"] == "Länsstyrelsen"
    assert PartnerPage.objects.get().title == "Länsstyrelsen"


def test_without_a_front_end_the_preview_is_wagtails_own(
    admin_client: Client, partner: PartnerPage, settings: Any
) -> None:
    settings.PARTNERSHIPS_PREVIEW_URLS = {"strategy": FRONT_END}
    response = partner.make_preview_request(preview_mode="")
    assert response.status_code == 200
    assert not Preview.objects.exists()


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        ("https://one.se", "https://one.se"),
        ({"*": "https://a.se", "partner": "https://b.se"}, "https://b.se"),
        ({"partner": "https://b.se", "localhost": "https://c.se"}, "https://c.se"),
        ({"localhost": "https://c.se", "localhost/partner": "https://d.se"}, "https://d.se"),
        ({"other.se": "https://c.se", "*": "https://a.se"}, "https://a.se"),
    ],
)
def test_the_front_end_is_chosen_by_site_and_kind(
    admin_client: Client, partner: PartnerPage, settings: Any, urls: Any, expected: str
) -> None:
    settings.PARTNERSHIPS_PREVIEW_URLS = urls
    assert type_in(admin_client, partner).startswith(f"{expected}?code=")


def test_a_code_works_once_and_for_a_minute(admin_client: Client, partner: PartnerPage) -> None:
    code = query_of(type_in(admin_client, partner))["code"]
    assert exchange(code).status_code == 201
    used = exchange(code)
    assert used.status_code == 404
    assert used["Content-Type"] == "application/problem+json"

    late = query_of(type_in(admin_client, partner))["code"]
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=61)):
        assert exchange(late).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        b" ",
        b"{",
        b"[]",
        b'"code"',
        b'{"code": 5}',
        b'{"code": ""}',
        b'{"code": "\\u0000"}',
        b'{"code": "x", "more": 1}',
        b"\xff",
    ],
)
def test_a_bad_body_is_a_problem(db: None, body: bytes) -> None:
    response = Client().post(f"{ROOT}/preview-tokens", body, content_type="application/json")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("content_type", ["application/json", "application/x-www-form-urlencoded"])
def test_a_body_that_is_too_large_is_a_problem(db: None, settings: Any, content_type: str) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = Client().post(f"{ROOT}/preview-tokens", b"code=" + b"x" * 1001, content_type=content_type)
    assert response.status_code == 413
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("fields", [{}, {"code": "x"}])
def test_a_form_is_a_problem(db: None, fields: dict[str, str]) -> None:
    response = Client().post(f"{ROOT}/preview-tokens", fields)
    assert response.status_code == 415
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("token", ["", "none", "å", "x" * 5000])
@pytest.mark.parametrize("path", ["/partners", "/openapi.json", "/changes"])
def test_a_bad_token_is_refused(site_tree: SiteTree, path: str, token: str) -> None:
    response = ask(path, token)
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response["WWW-Authenticate"].startswith("Bearer ")
    assert response["Cache-Control"] == "private, no-store"
    assert response["Access-Control-Allow-Origin"] == "*"


def test_a_scheme_without_a_token_is_refused(site_tree: SiteTree) -> None:
    # Servers strip the space of a header such as "Bearer ", which a front end sends whose token is empty.
    response = Client().get(f"{ROOT}/partners", headers={"authorization": "Bearer"})
    assert response.status_code == 401


def test_a_token_expires(admin_client: Client, partner: PartnerPage, settings: Any) -> None:
    settings.PARTNERSHIPS_PREVIEW_SECONDS = 600
    token = token_for(admin_client, partner)
    assert ask("/partners", token).status_code == 200
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=601)):
        assert ask("/partners", token).status_code == 401


def test_a_token_ends_with_its_editors_account(admin_client: Client, partner: PartnerPage) -> None:
    token = token_for(admin_client, partner)
    User.objects.update(is_active=False)
    assert ask("/partners", token).status_code == 401


def test_other_documents_are_the_public_ones(admin_client: Client, partner: PartnerPage) -> None:
    other = PartnerPageFactory(title="Kommunen")
    other.title = "Hemlig kommun"
    other.save_revision()
    draft = PartnerPageFactory(title="Utkast", live=False)
    token = token_for(admin_client, partner, title="Nytt namn")

    assert ask(f"/partners/{other.translation_key}", token).json()["title"] == "Kommunen"
    assert ask(f"/partners/{draft.translation_key}", token).status_code == 404
    response = ask("/partners", token)
    assert {item["title"] for item in response.json()["items"]} == {"Länsstyrelsen", "Kommunen"}
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(("path", "query"), [("/changes", {}), ("/search", {"q": "ny"})])
def test_feed_and_search_refuse_a_token(admin_client: Client, partner: PartnerPage, path: str, query: Any) -> None:
    response = ask(path, token_for(admin_client, partner), **query)
    assert response.status_code == 403
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "private, no-store"


def test_what_the_draft_embeds_is_shown_as_its_newest_draft(admin_client: Client, partner: PartnerPage) -> None:
    live = ContactFactory(name="Emma", role="chef")
    live.role = "processledare"
    live.save_revision()
    new = ContactFactory(name="Ny", live=False)
    new.save_revision()
    gone = ContactFactory(name="Slutat")
    gone.save_revision().publish()
    gone.refresh_from_db()
    gone.unpublish()
    agreement = AgreementPageFactory(title="Avtal", parties=[partner], purpose="Gammalt syfte")
    agreement.purpose = "Nytt syfte"
    agreement.save_revision()
    strategy = StrategyFactory(name="Växa")
    rows = [{"contact": str(row.pk)} for row in (live, new, gone)]
    token = token_for(
        admin_client,
        partner,
        contacts=inline_formset(rows),
        strategies=inline_formset([{"strategy": str(strategy.pk)}]),
    )

    document = ask(f"/partners/{partner.translation_key}", token).json()

    assert [(row["name"], row["role"]) for row in document["contacts"]] == [("Emma", "processledare"), ("Ny", "")]
    assert [row["purpose"] for row in document["agreements"]] == ["Nytt syfte"]
    assert [row["title"] for row in document["strategies"]] == ["Växa"]
    public = fetch(Client(), f"/partners/{partner.translation_key}")
    assert public["contacts"] == []
    assert [row["purpose"] for row in public["agreements"]] == ["Gammalt syfte"]


@pytest.mark.parametrize("path", ["/partners", "/agreements", "/partners/{other}", "/agreements/{agreement}"])
def test_a_token_opens_no_drafts_beside_its_document(admin_client: Client, partner: PartnerPage, path: str) -> None:
    contact = ContactFactory(name="Ej publicerad", live=False)
    contact.save_revision()
    other = PartnerPageFactory(title="Volvo", contacts=[contact])
    agreement = AgreementPageFactory(title="Avtal", parties=[other], purpose="Öppet", contacts=[contact])
    agreement.purpose = "Ej publicerat."
    agreement.save_revision()
    token = token_for(admin_client, partner)
    address = path.format(other=other.translation_key, agreement=agreement.translation_key)

    text = ask(address, token, **({"view": "full"} if path == address else {})).content.decode()
    assert "Volvo" in text
    assert "Ej publicera" not in text


def test_an_editor_sees_no_drafts_of_what_they_may_not_edit(partner: PartnerPage) -> None:
    editors = Group.objects.create(name="partner editors")
    editors.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=editors, page=site_tree().swedish.partners, permission=Permission.objects.get(codename="change_page")
    )
    editor = User.objects.create_user("editor", password="x")
    editor.groups.add(editors)
    agreement = AgreementPageFactory(title="Avtal", parties=[partner], purpose="Öppet")
    agreement.purpose = "Slutet"
    agreement.save_revision()
    contact = ContactFactory(name="Ny", live=False)
    contact.save_revision()
    client = Client()
    client.force_login(editor)

    token = token_for(client, partner, contacts=inline_formset([{"contact": str(contact.pk)}]))

    document = ask(f"/partners/{partner.translation_key}", token).json()
    assert document["introduction"]["text"] == "Ej publicerat."
    assert [row["purpose"] for row in document["agreements"]] == ["Öppet"]
    assert document["contacts"] == []


def test_a_page_that_was_never_saved_is_shown(admin_client: Client, partner: PartnerPage) -> None:
    index = site_tree().swedish.agreements
    url = reverse("wagtailadmin_pages:preview_on_add", args=["partnerships_pages", "agreementpage", index.pk])
    form = agreement_form(
        title="Nytt avtal",
        agreement_types=[{"agreement_type": "mou"}],
        parties=[party(partner=str(partner.pk))],
        purpose="Att fördjupa",
    )
    assert admin_client.post(url, form).json()["is_available"]
    query = query_of(admin_client.get(url)["Location"])
    token = exchange(query["code"]).json()["token"]

    document = ask(f"/agreements/{query['id']}", token).json()

    assert document["purpose"] == "Att fördjupa"
    assert document["parties"][0]["name"] == "Länsstyrelsen"
    assert problem(Client(), f"/agreements/{query['id']}")["status"] == 404


def test_a_translation_is_shown_in_its_language_alone(admin_client: Client, partner: PartnerPage) -> None:
    english = translated(partner, site_tree().english.locale, title="County board")
    token = token_for(admin_client, english, title="New name")
    path = f"/partners/{partner.translation_key}"

    assert ask(path, token).json()["title"] == "New name"
    assert ask(path, token, locale="en").json()["title"] == "New name"
    assert ask(path, token, locale="sv").json()["title"] == "Länsstyrelsen"


@pytest.mark.parametrize("kind", ["strategy", "contact"])
def test_a_snippet_is_shown_though_no_page_uses_it(admin_client: Client, site_tree: SiteTree, kind: str) -> None:
    row: Any = StrategyFactory(name="Växa") if kind == "strategy" else ContactFactory(name="Emma")
    row.name = "Utkast"
    viewset = row.snippet_viewset
    url = reverse(viewset.get_url_name("preview_on_edit"), args=[row.pk])
    form = {"name": "Utkast", "kind": row.kind}
    assert admin_client.post(url, form).json()["is_available"]
    query = query_of(admin_client.get(url)["Location"])
    token = exchange(query["code"]).json()["token"]

    document = ask(f"/{query['resource']}/{query['id']}", token).json()
    assert document["title" if kind == "strategy" else "name"] == "Utkast"
    assert problem(Client(), f"/{query['resource']}/{query['id']}")["status"] == 404


def test_a_plain_page_is_shown(admin_client: Client, site_tree: SiteTree) -> None:
    index = site_tree.swedish.partners
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[index.pk])
    form = {
        "title": "Våra partner",
        "slug": index.slug,
        "introduction": rich_text("<p>Hej</p>"),
        "content": streamfield([]),
        "comments": inline_formset([]),
    }
    assert admin_client.post(url, nested_form_data(form)).json()["is_available"]
    query = query_of(admin_client.get(url)["Location"])
    token = exchange(query["code"]).json()["token"]

    assert ask(f"/pages/{query['id']}", token).json()["title"] == "Våra partner"


def test_a_private_page_is_shown_to_its_editor_alone(admin_client: Client, partner: PartnerPage) -> None:
    PageViewRestriction.objects.create(page=partner, restriction_type=PageViewRestriction.LOGIN)
    token = token_for(admin_client, partner, title="Nytt namn")
    path = f"/partners/{partner.translation_key}"
    assert ask(path, token).json()["title"] == "Nytt namn"
    assert problem(Client(), path)["status"] == 404


def test_a_token_of_one_site_opens_nothing_on_another(
    admin_client: Client, partner: PartnerPage, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    other = site_tree().swedish.agreements
    Site.objects.create(hostname="other.se", port=80, root_page=other)
    token = token_for(admin_client, partner, title="Nytt namn")
    response = Client().get(
        f"{ROOT}/partners/{partner.translation_key}",
        headers={"authorization": f"Bearer {token}", "host": "other.se"},
    )
    assert response.status_code == 404


def test_a_browser_of_another_origin_may_ask(site_tree: SiteTree) -> None:
    for path, method in (("/partners", "GET"), ("/preview-tokens", "POST")):
        response = Client().options(
            f"{ROOT}{path}",
            headers={"origin": "https://www.example.se", "access-control-request-method": method},
        )
        assert response.status_code == 204
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Authorization" in response["Access-Control-Allow-Headers"]
        assert "Content-Type" in response["Access-Control-Allow-Headers"]
        assert method in response["Access-Control-Allow-Methods"]
    assert Client().get(f"{ROOT}/preview-tokens").status_code == 405
    assert Client().post(f"{ROOT}/partners").status_code == 405


def test_the_database_holds_neither_code_nor_token_and_the_log_neither(
    admin_client: Client, partner: PartnerPage, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        code = query_of(type_in(admin_client, partner))["code"]
        token = exchange(code).json()["token"]
        ask("/partners", token)
        ask("/nowhere", token)
    held = str(list(Preview.objects.values()))
    assert code not in held
    assert token not in held
    # SQL that the test database logs at DEBUG holds hashes.
    assert token not in caplog.text
    assert code not in caplog.text


def test_few_drafts_of_one_document_are_kept(
    admin_client: Client, partner: PartnerPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codes, "KEPT_DRAFTS", 2)
    for number in range(3):
        type_in(admin_client, partner, title=f"Namn {number}")
    assert [preview.content["title"] for preview in Preview.objects.order_by("pk")] == ["Namn 1", "Namn 2"]
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=2)):
        type_in(admin_client, partner)
        assert Preview.objects.count() == 1


def test_a_draft_is_kept_by_no_cache(committed_tree: SiteTree, admin_client: Client) -> None:
    partner = PartnerPageFactory(title="Länsstyrelsen")
    local_store.clear()
    path = f"/partners/{partner.translation_key}"
    token = token_for(admin_client, partner, title="Nytt namn")

    draft = ask(path, token).json()
    assert draft["title"] == "Nytt namn", draft
    assert len(local_store) == 0
    public = Client().get(f"{ROOT}{path}")
    assert public.json()["title"] == "Länsstyrelsen"
    etag = public["ETag"]
    # Not from what the public answer left either, whatever the client says that it holds.
    again = Client().get(f"{ROOT}{path}", headers={"authorization": f"Bearer {token}", "if-none-match": etag})
    assert (again.status_code, again.json()["title"]) == (200, "Nytt namn")
    assert fetch(Client(), path)["title"] == "Länsstyrelsen"
