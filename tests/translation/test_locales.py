"""Locales: what wagtail-localize's own app leaves out of Wagtail's API v3, and the one that must be there."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.test import Client

from wagtail.models import Locale

import pytest
from bs4 import BeautifulSoup

from tests.delivery.client import fetch
from tests.factories import AgreementPageFactory, PartnerPageFactory, SiteTree
from tests.site_pages.test_visitor_pages import stream
from wagtail_partnerships.snippets.languages import make_source_locale

pytestmark = pytest.mark.django_db


def test_api_v3_knows_locales() -> None:
    from wagtail_partnerships.cms.content_apis import api_v3

    assert any(
        path.startswith("/api/v3/locales") for path in api_v3.get_openapi_schema(path_prefix="/api/v3/")["paths"]
    )


def test_locales_are_answered_under_the_api_and_not_under_a_language(client: Any, admin_user: AbstractBaseUser) -> None:
    response = client.get("/api/v3/locales/")

    assert response.status_code in {200, 401, 403}


def test_migrate_makes_the_language_that_a_site_has_chosen_since_wagtail_was_set_up(settings: Any) -> None:
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska")]
    settings.LANGUAGE_CODE = "fi"

    make_source_locale()  # a flush has no plan and leaves its tables empty
    assert not Locale.all_objects.filter(language_code="fi").exists()
    make_source_locale(plan=[])
    make_source_locale(plan=[])
    assert Locale.get_default().language_code == "fi"


def test_a_language_that_django_does_not_know_is_called_what_the_site_calls_it(
    client: Client, site_tree: SiteTree, settings: Any
) -> None:
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [*settings.LANGUAGES, ("se", "Davvisámegiella")]
    sami = Locale.objects.create(language_code="se")
    agreement = AgreementPageFactory(locale=sami, parties=["Sámediggi"])
    partner = PartnerPageFactory(content=stream(("agreement", {"agreement": agreement.pk})))

    names = {language["code"]: language["name"] for language in fetch(client, "/settings")["locales"]}
    assert names == {"sv": "svenska", "en": "English", "se": "Davvisámegiella"}
    html = BeautifulSoup(client.get(partner.url).content, "html.parser")
    assert "Davvisámegiella" in html.header.get_text()
    assert "davvisámegiella" in html.main.get_text()
