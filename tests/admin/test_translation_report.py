"""One report tells what is to be translated: pages, contacts and strategies, with links that lead its reader on."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wagtail.models import Locale
from wagtail_localize.models import TranslationSource

import pytest
from bs4 import BeautifulSoup

from tests.admin.test_agreement_report import exported
from tests.admin.test_roles import client_of
from tests.factories import (
    AgreementPageFactory,
    ContactFactory,
    PartnerPageFactory,
    SiteTree,
    StrategyFactory,
    translated,
)
from tests.translation.translator import edit, publish, submit, translate
from tests.users import make_editor
from wagtail_partnerships.site_pages.roles import AUTHOR, EDITOR, TRANSLATOR

pytestmark = pytest.mark.django_db

REPORT = "partnerships_translation_report"
PARTNER = "partnerships_pages.partnerpage"


def shown(client: Client, **query: Any) -> list[list[str]]:
    """Return the texts of the report's rows."""
    page = BeautifulSoup(client.get(reverse(REPORT), query).content, "html.parser")
    return [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in page.select("main tbody tr")]


def titles(client: Client, **query: Any) -> set[str]:
    return {row[0] for row in shown(client, **query)}


def links(client: Client, title: str) -> list[str]:
    page = BeautifulSoup(client.get(reverse(REPORT)).content, "html.parser")
    [row] = [row for row in page.select("main tbody tr") if title in row.get_text()]
    return [str(link["href"]) for link in row.select("a")]


@pytest.fixture
def rows(site_tree: SiteTree) -> None:
    partner = PartnerPageFactory(title="Länsstyrelsen")
    AgreementPageFactory(title="Avsiktsförklaring", parties=[partner])
    ContactFactory(name="Ada", role="")
    StrategyFactory(name="Växa i länet")


def test_pages_contacts_and_strategies_stand_in_one_list(admin_client: Client, rows: None) -> None:
    found = {row[0]: row[1:4] for row in shown(admin_client)}
    assert found["Länsstyrelsen"] == ["Samarbetspartner", "Engelska", "inte översatt"]
    assert found["Avsiktsförklaring"] == ["Avtal", "Engelska", "inte översatt"]
    assert found["Ada"] == ["Kontakt", "Engelska", "inte översatt"]
    assert found["Växa i länet"] == ["Strategi", "Engelska", "inte översatt"]


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (PARTNER, "Länsstyrelsen"),
        ("partnerships_pages.agreementpage", "Avsiktsförklaring"),
        ("partnerships_snippets.contact", "Ada"),
        ("partnerships_snippets.strategy", "Växa i länet"),
    ],
)
def test_the_report_is_filtered_by_kind(admin_client: Client, rows: None, kind: str, title: str) -> None:
    assert titles(admin_client, kind=kind) == {title}


def test_the_report_is_filtered_by_state_in_every_kind(admin_client: Client, rows: None, site_tree: SiteTree) -> None:
    translated(ContactFactory(name="Bo", role=""), site_tree.english.locale)
    translated(PartnerPageFactory(title="Kommunen"), site_tree.english.locale)
    translated(StrategyFactory(name="Utkastet"), site_tree.english.locale, publish=False)
    assert {"Bo", "Kommunen"} <= titles(admin_client, state="done")
    assert titles(admin_client, state="draft") == {"Utkastet"}
    assert titles(admin_client, state="untranslated") == {"Länsstyrelsen", "Avsiktsförklaring", "Ada", "Växa i länet"}


def test_the_languages_are_those_that_one_translates_into(
    admin_client: Client, rows: None, site_tree: SiteTree, settings: Any
) -> None:
    settings.LANGUAGES = [("sv", "Svenska"), ("en", "Engelska"), ("fi", "Finska")]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
    Locale.objects.create(language_code="fi")
    page = BeautifulSoup(admin_client.get(reverse(REPORT)).content, "html.parser")
    choices = {str(choice["value"]) for choice in page.select("[name=locale] option, input[name=locale]")}
    assert choices == {"", "en", "fi"}
    translated(ContactFactory(name="Bo", role=""), site_tree.english.locale)
    untranslated = {"kind": "partnerships_snippets.contact", "state": "untranslated"}
    assert titles(admin_client, locale="fi", **untranslated) == {"Ada", "Bo"}
    assert titles(admin_client, locale="en", **untranslated) == {"Ada"}


def test_drafts_can_be_left_out(admin_client: Client, rows: None) -> None:
    PartnerPageFactory(title="Utkast", live=False)
    assert titles(admin_client, kind=PARTNER, live="true") == {"Länsstyrelsen"}
    assert titles(admin_client, kind=PARTNER, live="false") == {"Utkast"}


def test_the_titles_are_in_swedish_order_and_no_page_of_the_list_repeats_another(
    admin_client: Client, site_tree: SiteTree
) -> None:
    for number in range(30):
        PartnerPageFactory(title=f"Partner {number:02}")
        ContactFactory(name=f"Partner {number:02}", role="")
    StrategyFactory(name="Ölandsstrategin")
    StrategyFactory(name="Ålandsstrategin")
    first, second = shown(admin_client, p=1), shown(admin_client, p=2)
    assert len(first) == 50
    assert not {tuple(row) for row in first} & {tuple(row) for row in second}
    assert [row[0] for row in second][-2:] == ["Ålandsstrategin", "Ölandsstrategin"]


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse(REPORT))
    return len(asked)


@pytest.mark.parametrize("role", [None, EDITOR, TRANSLATOR, AUTHOR])
def test_the_report_asks_as_little_for_a_hundred_rows(
    admin_client: Client, rows: None, site_tree: SiteTree, settings: Any, role: Any
) -> None:
    client = client_of(role) if role else admin_client
    english = site_tree.english.locale
    for factory, name in ((PartnerPageFactory, "title"), (ContactFactory, "name"), (StrategyFactory, "name")):
        submit(factory(**{name: "Inskickad"}), english)
    queries(client)
    few = queries(client)
    for number in range(25):
        translated(ContactFactory(name=f"Kontakt {number}"), english)
        StrategyFactory(name=f"Strategi {number}")
        PartnerPageFactory(title=f"Partner {number}")
        AgreementPageFactory(title=f"Avtal {number}")
    assert queries(client) == few


def outdated(row: Any, site_tree: SiteTree, **values: Any) -> Any:
    """Translate a row, publish a change of the source, and return the translation."""
    row.save_revision().publish()
    translation = translate(type(row).objects.get(pk=row.pk), site_tree.english.locale)
    edit(type(row).objects.get(pk=row.pk), **values)
    return translation.get_target_instance()


def test_a_translator_is_led_to_what_is_new_and_then_to_the_translation(site_tree: SiteTree) -> None:
    client = client_of(TRANSLATOR)
    page = outdated(PartnerPageFactory(title="Länsstyrelsen"), site_tree, title="Länsstyrelsen i länet")
    contact = outdated(ContactFactory(name="Ada", role="chef"), site_tree, role="direktör")
    editor = "wagtailsnippets_partnerships_snippets_contact:edit"
    for title, row, form in (
        ("Länsstyrelsen i länet", page, reverse("wagtailadmin_pages:edit", args=[page.pk])),
        ("Ada", contact, reverse(editor, args=[contact.pk])),
    ):
        [url] = links(client, title)
        source = TranslationSource.objects.get(object_id=row.translation_key)
        assert url.startswith(reverse("wagtail_localize:update_translations", args=[source.pk]))
        assert client.get(url).status_code == 200
        response = client.post(url.partition("?")[0], {"next": form})
        assert response.status_code == 302
        assert response["Location"] == form
        assert client.get(form).status_code == 200


def test_a_translation_written_by_hand_is_led_to_by_its_form(site_tree: SiteTree) -> None:
    page = PartnerPageFactory(title="Länsstyrelsen")
    page.save_revision().publish()
    english = translated(page, site_tree.english.locale, title="County board")
    edit(page, title="Länsstyrelsen i länet")
    assert links(client_of(TRANSLATOR), "Länsstyrelsen i länet") == [
        reverse("wagtailadmin_pages:edit", args=[english.pk])
    ]


def test_what_is_untranslated_is_asked_for_in_that_language(rows: None) -> None:
    client = client_of(TRANSLATOR)
    for title in ("Länsstyrelsen", "Ada", "Växa i länet"):
        [url] = links(client, title)
        assert url.endswith("?select_locale=en")
        form = BeautifulSoup(client.get(url).content, "html.parser")
        assert form.select("[name=locales][checked]")


def test_no_link_leads_to_what_its_reader_may_not_edit(site_tree: SiteTree) -> None:
    page = PartnerPageFactory(title="Länsstyrelsen")
    outdated(page, site_tree, title="Länsstyrelsen i länet")
    PartnerPageFactory(title="Oöversatt")
    author = client_of(AUTHOR)
    assert links(author, "Länsstyrelsen i länet") == [reverse("wagtailadmin_pages:edit", args=[page.pk])]
    other = Client()
    other.force_login(make_editor("other", site_tree.swedish.partners, "add"))
    assert links(other, "Länsstyrelsen i länet") == []
    assert links(other, "Oöversatt") == []


def test_contacts_are_listed_to_those_only_who_work_with_them(rows: None, site_tree: SiteTree, client: Client) -> None:
    client.force_login(make_editor("other", site_tree.swedish.partners, "change"))
    found = titles(client)
    assert "Länsstyrelsen" in found
    assert not found & {"Ada", "Växa i länet"}


def test_pages_are_listed_to_those_only_who_work_in_their_part_of_the_site(
    rows: None, site_tree: SiteTree, client: Client
) -> None:
    PartnerPageFactory(title="Hemlig partner", live=False)
    client.force_login(make_editor("other", site_tree.swedish.agreements, "change"))
    assert titles(client) == {"Avsiktsförklaring", "Avtal", "Samverkan"}


def test_who_translates_a_part_of_the_site_is_told_of_what_stands_or_would_stand_there(
    rows: None, site_tree: SiteTree, client: Client
) -> None:
    moved = translated(PartnerPageFactory(title="Flyttad"), site_tree.english.locale)
    moved.move(site_tree.english.agreements, pos="last-child")
    PartnerPageFactory(title="Hemlig partner", live=False)
    client.force_login(make_editor("other", site_tree.english.agreements, "change"))
    assert titles(client) == {"Avsiktsförklaring", "Avtal", "Flyttad", "Samverkan"}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_export_has_what_the_filters_leave(
    admin_client: Client, rows: None, site_tree: SiteTree, form: str
) -> None:
    publish(submit(ContactFactory(name="Bo", role=""), site_tree.english.locale))
    heading, *found = exported(admin_client, form, REPORT, state="untranslated")
    assert heading == ["Titel", "Typ", "Översättning till", "Översättning", "Källan publicerad"]
    assert {(row[0], row[1], row[2], row[3]) for row in found} == {
        ("Länsstyrelsen", "Samarbetspartner", "Engelska", "inte översatt"),
        ("Avsiktsförklaring", "Avtal", "Engelska", "inte översatt"),
        ("Ada", "Kontakt", "Engelska", "inte översatt"),
        ("Växa i länet", "Strategi", "Engelska", "inte översatt"),
    }
