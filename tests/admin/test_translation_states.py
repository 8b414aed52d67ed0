"""What is untranslated or outdated shows in lists, on forms and in a report; what goes along, and who published."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wagtail.models import Page, PageLogEntry
from wagtail_localize.models import StringSegment

import pytest
from bs4 import BeautifulSoup
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tests.admin.test_roles import client_of
from tests.factories import AgreementPageFactory, ContactFactory, PartnerPageFactory, SiteTree, translated
from tests.translation.translator import committed, edit, publish, submit, translate, write
from wagtail_partnerships.site_pages.models import AgreementPage, PartnerPage
from wagtail_partnerships.site_pages.roles import TRANSLATOR
from wagtail_partnerships.snippets.models import Contact
from wagtail_partnerships.snippets.translation_states import attribute_for, with_translation_states

pytestmark = pytest.mark.django_db


def partner(**values: Any) -> Any:
    page = PartnerPageFactory(title="Länsstyrelsen", **values)
    page.save_revision().publish()
    return PartnerPage.objects.get(pk=page.pk)


def state(page: Page, site_tree: SiteTree) -> str:
    [row] = with_translation_states(Page.objects.filter(pk=page.pk))
    return str(getattr(row, attribute_for(site_tree.english.locale)))


def test_each_state(site_tree: SiteTree) -> None:
    page, english = partner(), site_tree.english.locale
    assert state(page, site_tree) == "untranslated"
    translation = submit(page, english)
    assert state(page, site_tree) == "incomplete"
    write_all(translation)
    assert state(page, site_tree) == "draft"
    publish(translation)
    assert state(page, site_tree) == "done"
    edit(page, title="Länsstyrelsen i länet")
    assert state(page, site_tree) == "outdated"
    assert state(translation.get_target_instance(), site_tree) == ""


def write_all(translation: Any) -> None:
    texts = StringSegment.objects.filter(source=translation.source).values_list("string__data", flat=True)
    write(translation, dict.fromkeys(texts, "County board"))


def test_a_translation_without_wagtail_localize_is_outdated_by_its_date(site_tree: SiteTree) -> None:
    page = partner()
    translated(page, site_tree.english.locale)
    assert state(page, site_tree) == "done"
    edit(page, title="Nytt")
    assert state(page, site_tree) == "outdated"


def test_lists_form_and_report_tell_the_state(admin_client: Client, site_tree: SiteTree) -> None:
    page = partner()
    agreement = AgreementPageFactory(parties=[page])
    urls = [
        reverse("partnerships_partners:index"),
        reverse("partnerships_agreements:index"),
        reverse("wagtailadmin_explore", args=[site_tree.swedish.partners.pk]),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_pages:edit", args=[agreement.pk]),
        reverse("partnerships_translation_report"),
    ]
    for url in urls:
        assert "inte översatt" in admin_client.get(url).content.decode(), url


def test_the_report_is_filtered_by_state(admin_client: Client, site_tree: SiteTree) -> None:
    translated(partner(), site_tree.english.locale)
    PartnerPageFactory(title="Oöversatt")
    url = reverse("partnerships_translation_report")
    text = admin_client.get(url, {"state": "untranslated"}).content.decode()
    assert "Oöversatt" in text
    assert "Länsstyrelsen" not in text
    assert admin_client.get(url, {"state": "nonsense", "content_type": "abc"}).status_code == 200
    assert admin_client.get(url, {"export": "csv"}).status_code == 200


def test_the_report_asks_as_little_for_many_pages(admin_client: Client, site_tree: SiteTree) -> None:
    url = reverse("partnerships_translation_report")
    partner()
    admin_client.get(url)
    with CaptureQueriesContext(connection) as few:
        admin_client.get(url)
    for _number in range(10):
        PartnerPageFactory()
    with CaptureQueriesContext(connection) as many:
        admin_client.get(url)
    assert len(many) == len(few)


def submit_url(page: Page) -> str:
    return reverse("wagtail_localize:submit_page_translation", args=[page.pk])


def test_a_partner_offers_its_agreements_and_contacts_along(admin_client: Client, site_tree: SiteTree) -> None:
    contact, other = ContactFactory(name="Ada"), ContactFactory(name="Bo")
    page = partner(contacts=[contact])
    agreement = AgreementPageFactory(title="Avtalet", parties=[page], contacts=[other])
    text = admin_client.get(submit_url(page)).content.decode()
    assert "Avtalet" in text
    assert "Ada" in text
    along = [f"agreementpage-{agreement.pk}", f"contact-{contact.pk}"]
    with committed():
        response = admin_client.post(submit_url(page), {"locales": [site_tree.english.locale.pk], "along": along})
    assert response.status_code == 302
    english = {"locale": site_tree.english.locale}
    assert not PartnerPage.objects.get(translation_key=page.translation_key, **english).live
    assert not AgreementPage.objects.get(translation_key=agreement.translation_key, **english).live
    assert not Contact.objects.get(translation_key=contact.translation_key, **english).live
    assert not Contact.objects.filter(translation_key=other.translation_key, **english).exists()


def test_other_pages_offer_nothing_along(admin_client: Client, site_tree: SiteTree) -> None:
    page = AgreementPageFactory(parties=["A"])
    assert 'name="along"' not in admin_client.get(submit_url(page)).content.decode()


def test_the_history_says_who_published_a_translation(site_tree: SiteTree) -> None:
    page = partner()
    translation = submit(page, site_tree.english.locale)
    english = translation.get_target_instance()
    assert not english.live
    client = client_of(TRANSLATOR)
    url = reverse("wagtailadmin_pages:edit", args=[english.pk])
    with committed():
        assert client.post(url, {"action": "publish"}).status_code == 302
    entry = PageLogEntry.objects.get(page=english.pk, action="wagtail.publish")
    assert entry.user == User.objects.get()


def test_a_machine_translates_only_if_one_is_named(
    admin_client: Client, site_tree: SiteTree, settings: Any, httpserver: HTTPServer
) -> None:
    translation = translate(partner(), site_tree.english.locale)
    url = reverse("wagtail_localize:machine_translate", args=[translation.pk])
    admin_client.post(url)
    assert not httpserver.log
    httpserver.expect_request("/translate", method="POST").respond_with_handler(translate_by_stub)
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.libretranslate.LibreTranslator",
        "OPTIONS": {"LIBRETRANSLATE_URL": httpserver.url_for("").rstrip("/"), "API_KEY": "key"},
    }
    before = translation.get_target_instance().title
    assert admin_client.post(url).status_code == 302
    [(request, _response)] = httpserver.log
    assert (request.json["source"], request.json["target"], request.json["api_key"]) == ("sv", "en", "key")
    assert translation.get_target_instance().title == before
    assert publish(translation).title == "LÄNSSTYRELSEN"


def translate_by_stub(request: Request) -> Response:
    texts = [text.upper() for text in json.loads(request.data)["q"]]
    return Response(json.dumps({"translatedText": texts}), content_type="application/json")


def test_the_lists_of_contacts_and_strategies_tell_it_with_links(admin_client: Client, site_tree: SiteTree) -> None:
    done, waiting = ContactFactory(name="Ada Översatt"), ContactFactory(name="Bo Väntar")
    english = translated(done, site_tree.english.locale)
    name = "wagtailsnippets_partnerships_snippets_contact"
    page = BeautifulSoup(admin_client.get(reverse(f"{name}:list")).content, "html.parser")
    links = {(link["href"], link.get_text(strip=True)) for link in page.select("main table td a")}
    assert (reverse(f"{name}:edit", args=[english.pk]), "aktuell") in links
    submit = ["partnerships_snippets", "contact", waiting.pk]
    assert (reverse("wagtail_localize:submit_snippet_translation", args=submit), "inte översatt") in links
    found = admin_client.get(reverse(f"{name}:list"), {"translation": "untranslated"}).content.decode()
    assert "Bo Väntar" in found
    assert "Ada Översatt" not in found


def test_the_report_leads_to_the_translating(admin_client: Client) -> None:
    partner = PartnerPageFactory()
    page = admin_client.get(reverse("partnerships_translation_report")).content.decode()
    assert reverse("wagtail_localize:submit_page_translation", args=[partner.pk]) in page
