"""What every answer to a visitor bears, whatever it is: a strict policy, no cookie, and nothing to be guessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from wagtail.models import PageViewRestriction

import pytest

from tests.cms.test_settings import read_setting, run
from tests.factories import (
    AgreementPageFactory,
    DocumentFactory,
    PartnerPageFactory,
    SiteTree,
    StrategyFactory,
    site_tree,
)
from wagtail_partnerships.site_pages.addresses import strategy_path
from wagtail_partnerships.site_pages.models import PartnershipSettings

HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def policy(response: Any) -> dict[str, str]:
    """Read a content security policy: directives and their sources."""
    parts = (part.partition(" ") for part in response["Content-Security-Policy"].split("; "))
    return {name: sources for name, _space, sources in parts}


def faults(response: Any) -> list[str]:
    """Tell what an answer to a visitor lacks, or bears that it should not."""
    found = [f"{name}: {response.get(name)}" for name, value in HEADERS.items() if response.get(name) != value]
    if "geolocation=()" not in response.get("Permissions-Policy", ""):
        found.append("no Permissions-Policy")
    if response.cookies:
        found.append(f"cookies: {list(response.cookies)}")
    directives = policy(response)
    sources = " ".join(directives.values())
    if directives.get("default-src") != "'none'" or any(word in sources for word in ("unsafe", "*", "http", "nonce")):
        found.append(f"policy: {directives}")
    if "data:" in sources and response.request["PATH_INFO"] != "/delivery/v1/docs":
        found.append(f"policy: {directives}")
    return found


def public_paths(tree: SiteTree) -> dict[str, int]:
    """Every kind of address that a visitor or a program may ask for, with the status that it answers."""
    strategy = StrategyFactory()
    partner = PartnerPageFactory(strategies=[strategy])
    agreement = AgreementPageFactory(parties=[partner])
    hidden = PartnerPageFactory(title="Dold", slug="dold")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    PartnershipSettings.objects.create(site=tree.site, security_contact="mailto:security@example.se")
    path = strategy_path(strategy)
    found = [
        *(page.url for half in (tree.swedish, tree.english) for page in (half.home, half.partners, half.agreements)),
        partner.url,
        agreement.url,
        path,
        f"{tree.swedish.partners.url}?q=x&organisation_type=company&page=1",
        f"{tree.swedish.agreements.url}?view=timeline",
        "/sv/sok/",
        "/en/search/?q=samverkan",
        "/sv/strategier/",
        "/sv/agreements.atom",
        "/sitemap.xml",
        "/robots.txt",
        "/.well-known/security.txt",
        "/partnerships/theme-7a1f5c.css",
        DocumentFactory().url,
        "/delivery/v1/partners",
        f"/delivery/v1/partners/{partner.translation_key}",
        "/delivery/v1/docs",
        "/delivery/v1/openapi.json",
        "/delivery/v1/changes",
        "/api/v2/pages/",
    ]
    lost = [
        "/sv/finns-inte/",
        "/en/not-here/",
        f"{tree.swedish.partners.url}?page=99",
        "/delivery/v1/nothing",
        "/media/images/no.png",
    ]
    moved = ["/", "/finns-inte/", partner.url.removeprefix("/sv"), path.replace("strategi-", "gammalt-"), hidden.url]
    refused = ["/delivery/v1/partners?limit=x", "/api/v2/pages/?offset=99999999999999"]
    return (
        dict.fromkeys(found, 200) | dict.fromkeys(lost, 404) | dict.fromkeys(moved, 302) | dict.fromkeys(refused, 400)
    )


@pytest.mark.slow
@pytest.mark.django_db
def test_every_public_answer_bears_the_headers_and_no_cookie(site_tree: SiteTree) -> None:
    found: dict[str, Any] = {}
    for path, status in public_paths(site_tree).items():
        for method in ("get", "head", "options"):
            response = getattr(Client(), method)(path)
            if method == "get" and response.status_code != status:
                found[path] = response.status_code
            if names := faults(response):
                found[f"{method} {path}"] = names
    assert not found


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_answer_without_a_page_behind_it_bears_the_headers_too(settings: Any) -> None:
    site_tree()
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client(raise_request_exception=False)
    page = client.get("/sv/")
    api = client.get("/delivery/v1/partners")
    answers = {
        304: [
            client.get("/sv/", headers={"if-none-match": page["ETag"]}),
            client.get("/delivery/v1/partners", headers={"if-none-match": api["ETag"]}),
        ],
        307: [client.get("/delivery/v1/partners?cv=1-other")],
        400: [client.get(path, headers={"host": "elsewhere.example"}) for path in ("/sv/", "/delivery/v1/partners")],
    }
    with patch("wagtail_partnerships.cms.delivery.keys.start_day_if_due", side_effect=RuntimeError):
        answers[500] = [client.get(path) for path in ("/sv/", "/delivery/v1/partners")]

    assert {status: [answer.status_code for answer in found] for status, found in answers.items()} == {
        304: [304, 304],
        307: [307],
        400: [400, 400],
        500: [500, 500],
    }
    assert [faults(answer) for found in answers.values() for answer in found] == [[]] * 7


@pytest.fixture
def editor(site_tree: SiteTree) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("editor", "editor@example.se", "x"))
    return client


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_confirming_a_copy_leaves_its_policy_as_it_was(client: Client) -> None:
    site_tree()
    docs = client.get("/delivery/v1/docs")
    confirmed = client.get("/delivery/v1/docs", headers={"If-None-Match": docs["ETag"]})

    assert confirmed.status_code == 304
    assert confirmed["Content-Security-Policy"] == docs["Content-Security-Policy"]


def test_the_admin_may_run_its_inline_scripts_and_frame_previews(editor: Client) -> None:
    directives = policy(editor.get(reverse("wagtailadmin_home")))

    assert "'unsafe-inline'" in directives["script-src"]
    assert directives["frame-ancestors"] == "'self'"
    assert "gravatar" not in " ".join(directives.values())


def test_a_signed_in_editor_reads_pages_under_the_visitors_policy(editor: Client, site_tree: SiteTree) -> None:
    assert faults(editor.get(site_tree.swedish.partners.url)) == []


def test_https_is_promised_where_it_is_served(tmp_path: Path) -> None:
    secure = read_setting("CONTENT_SECURITY_POLICY['DIRECTIVES']['upgrade-insecure-requests']", tmp_path, HTTPS="1")
    assert secure == "True"
    assert int(read_setting("SECURE_HSTS_SECONDS", tmp_path, HTTPS="1")) >= 31_536_000


def test_pictures_may_come_from_the_origins_that_are_named_and_from_nothing_like_them(tmp_path: Path) -> None:
    sources = read_setting(
        "CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src']", tmp_path, MEDIA_ORIGINS="https://files.example.se"
    )
    assert sources == "[\"'self'\", 'https://files.example.se']"
    result = run(["manage.py", "check"], tmp_path, MEDIA_ORIGINS="https://files.example.se; script-src *")
    assert result.returncode == 1
    assert "MEDIA_ORIGINS" in result.stderr
