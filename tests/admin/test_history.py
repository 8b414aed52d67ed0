"""The history of an agreement: who changed what, compared field by field, and the way back."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import nested_form_data, rich_text

import pytest
from bs4 import BeautifulSoup

from tests.browser.conftest import stream
from tests.factories import (
    AgreementPageFactory,
    ContactFactory,
    DocumentFactory,
    ImageFactory,
    PartnerPageFactory,
    StrategyFactory,
    site_tree,
    translated,
)
from wagtail_partnerships.site_pages.models import (
    AgreementContact,
    AgreementPage,
    AgreementParty,
    AgreementTypeChoice,
)
from wagtail_partnerships.snippets.partial_dates import PartialDate

pytestmark = pytest.mark.django_db


def content(text: str, item: str, preset: str, types: list[str]) -> str:
    blocks = [
        ("rich_text", f"<p>{text}</p>"),
        (
            "list",
            {
                "preset": preset,
                "heading": "",
                "introduction": "",
                "items": [{"name": item, "description": ""}],
            },
        ),
    ]
    listed = {"agreement_types": types, "statuses": [], "partner": None, "strategy": None, "group_by_type": False}
    return stream(
        ("section", {"heading": "Bakgrund", "content": blocks}),
        ("agreement_list", {**listed, "heading": "", "layout": "cards"}),
    )


@pytest.fixture
def revisions(admin_user: User) -> tuple[AgreementPage, int, int]:
    """An agreement and two revisions of it, which differ in a field or row of every kind."""
    county_board = PartnerPageFactory(title="Länsstyrelsen")
    agreement = AgreementPageFactory(
        title="Avtal",
        parties=[county_board, "Landstinget"],
        contacts=[ContactFactory(name="Kim")],
        strategies=[StrategyFactory(name="Gammal strategi")],
        documents=[DocumentFactory(title="Bilaga")],
        signatories=["Ingemar"],
        signed="2014-01",
        end_kind="until_further_notice",
        notice_date=datetime.date(2026, 1, 1),
        responsible_user=admin_user,
        content=content("Ett ord", "Energi", "areas", ["mou"]),
    )
    first = agreement.save_revision(user=admin_user)
    changed = AgreementPage.objects.get(pk=agreement.pk).get_latest_revision_as_object()
    changed.signed, changed.end_kind, changed.end_date = PartialDate("2014-02-03"), "date", PartialDate("2030")
    changed.notice_date, changed.review_date, changed.responsible_user = None, datetime.date(2027, 2, 3), None
    changed.renewal_pending = True
    [party] = [row for row in changed.parties.all() if row.name == "Landstinget"]
    party.name = "Regionen"
    changed.parties = [party, AgreementParty(partner=PartnerPageFactory(title="Volvo"), sort_order=2)]
    changed.contacts = [AgreementContact(contact=ContactFactory(name="Lo"))]
    changed.agreement_types = [AgreementTypeChoice(agreement_type="mou")]
    changed.strategies, changed.documents, changed.signatories = [], [], []
    changed.content = content("Två ord", "Hälsa", "goals", ["mou", "framework_agreement"])
    second = changed.save_revision(user=admin_user, log_action=True)
    second.publish(user=admin_user)
    return agreement, first.pk, second.pk


def compared(client: Client, agreement: AgreementPage, first: int, second: int) -> dict[str, tuple[str, str]]:
    """Return what each field that differs had before and has now, by the field's label."""
    page = client.get(reverse("wagtailadmin_pages:revisions_compare", args=[agreement.pk, first, second]))
    soup = BeautifulSoup(page.content, "html.parser")
    found = {}
    for row in soup.select("main table.listing > tbody > tr"):
        label, cell = row.find_all("td", recursive=False)
        parts = [
            " ".join(part.get_text(" ", strip=True) for part in cell.select(f".{kind}"))
            for kind in ("deletion", "addition")
        ]
        found[label.get_text(strip=True).rstrip(":")] = (parts[0], parts[1])
    return found


def test_revisions_are_compared_field_by_field(admin_client: Client, revisions: Any) -> None:
    changes = compared(admin_client, *revisions)
    assert changes["Undertecknat"] == ("januari 2014", "3 februari 2014")
    assert changes["Slutdatum"] == ("", "2030")
    assert changes["Sista dag för uppsägning"] == ("1 januari 2026", "")
    assert changes["Datum för genomgång"] == ("", "3 februari 2027")
    assert changes["Förnyelse pågår"] == ("Nej", "Ja")
    assert changes["Slut"] == ("Tills vidare", "Ett datum")
    assert changes["Ansvarig användare"] == ("admin", "")
    assert changes["Kontakter"] == ("Kim", "Lo")
    assert changes["Typer av avtal"] == ("Avsiktsförklaring", "Samförståndsavtal")
    assert "Gammal strategi" in changes["Strategier"][0]
    assert "Bilaga" in changes["Dokument"][0]
    assert "Ingemar" in changes["Undertecknare"][0]
    removed, added = changes["Parter"]
    assert "Landstinget" in removed
    assert "Länsstyrelsen" in removed
    assert "Regionen" in added
    assert "Volvo" in added
    removed, added = changes["Innehåll"]
    assert "Ett ord" in removed
    assert "Energi" in removed
    assert "Två ord" in added
    assert "Hälsa" in added
    assert "Samverkansområden" in removed
    assert "Mål" in added
    assert "Ramavtal" in added


def test_a_comparison_names_nothing_that_stayed(admin_client: Client, revisions: Any) -> None:
    assert {"Titel", "Syfte", "Diarienummer"}.isdisjoint(compared(admin_client, *revisions))


def form_data(page: str) -> dict[str, Any]:
    """Return what a browser sends that posts the form of a page as it stands."""
    soup = BeautifulSoup(page, "html.parser")
    form = soup.select_one("#page-edit-form") or soup.select_one("form[data-edit-form]")
    assert form is not None
    data: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(field["name"]), field.get("type")
        if kind in {"checkbox", "radio"} and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            data[name] = chosen.get("value", "") if chosen else ""
        elif field.name == "textarea":
            data[name] = field.get_text()
        else:
            data[name] = field.get("value", "")
    return {name: value for name, value in data.items() if "__prefix__" not in name}


def test_an_old_revision_is_brought_back_whole(admin_client: Client, revisions: Any, admin_user: User) -> None:
    agreement, first, _second = revisions
    old = admin_client.get(reverse("wagtailadmin_pages:revisions_revert", args=[agreement.pk, first]))
    assert old.status_code == 200
    data = form_data(old.content.decode())
    # The content is drawn by script from the value that the page brings along; a browser sends it so.
    text = {"deleted": "", "order": "0", "type": "rich_text", "id": "", "value": rich_text("<p>Ett ord</p>")}
    section = {"heading": "Bakgrund", "content": {"count": "1", "0": text}}
    block = {"deleted": "", "order": "0", "type": "section", "id": "", "value": section}
    data |= nested_form_data({"content": {"count": "1", "0": block}})
    data["action-publish"] = "1"
    url = reverse("wagtailadmin_pages:revisions_revert", args=[agreement.pk, first])
    response = admin_client.post(url, data)
    assert response.status_code == 302
    row = AgreementPage.objects.get(pk=agreement.pk)
    assert (str(row.signed), row.end_kind, row.end_date) == ("2014-01", "until_further_notice", None)
    assert (row.notice_date, row.responsible_user) == (datetime.date(2026, 1, 1), admin_user)
    assert [str(party) for party in row.parties.all()] == ["Länsstyrelsen", "Landstinget"]
    assert [str(row.contact) for row in row.contacts.all()] == ["Kim"]
    assert [str(row.strategy) for row in row.strategies.all()] == ["Gammal strategi"]
    assert [row.agreement_type for row in row.agreement_types.all()] == ["letter_of_intent"]
    assert [str(row.name) for row in row.signatories.all()] == ["Ingemar"]
    assert [str(row.document.title) for row in row.documents.all()] == ["Bilaga"]
    assert "Ett ord" in str(row.content)
    assert PageLogEntry.objects.filter(page=agreement.pk, action="wagtail.revert", user=admin_user).exists()


def test_an_old_revision_is_opened_after_its_party_was_deleted(admin_client: Client) -> None:
    partner = PartnerPageFactory(title="Borta")
    agreement = AgreementPageFactory(parties=[partner, "Kvar"])
    first = agreement.save_revision()
    changed = agreement.get_latest_revision_as_object()
    changed.parties = [row for row in changed.parties.all() if row.name]
    changed.save_revision().publish()
    partner.delete()
    revert = reverse("wagtailadmin_pages:revisions_revert", args=[agreement.pk, first.pk])
    assert "Kvar" in admin_client.get(revert).content.decode()


def test_what_a_translation_is_given_stands_in_its_history(admin_client: Client, admin_user: User) -> None:
    agreement = AgreementPageFactory(signed="2014")
    english = translated(agreement, site_tree().english.locale)
    before = PageLogEntry.objects.filter(page=english.pk).count()
    agreement.signed = PartialDate("2015")
    agreement.save_revision(user=admin_user).publish(user=admin_user)
    assert str(AgreementPage.objects.get(pk=english.pk).signed) == "2015"
    assert PageLogEntry.objects.filter(page=english.pk).count() > before
    history = admin_client.get(reverse("wagtailadmin_pages:history", args=[english.pk]))
    assert history.status_code == 200


def listing(**values: Any) -> str:
    chosen = {"heading": "", "agreement_types": [], "statuses": [], "partner": None, "layout": "cards"}
    return stream(("agreement_list", {**chosen, **values}))


def test_blocks_tell_in_words_what_is_ticked_and_nothing_where_nothing_is_chosen(admin_client: Client) -> None:
    strategy = StrategyFactory(name="Växa i länet")
    agreement = AgreementPageFactory(content=listing(strategy=None, group_by_type=False))
    first = agreement.save_revision()
    agreement.content = listing(strategy=strategy.pk, group_by_type=True)
    second = agreement.save_revision()
    assert compared(admin_client, agreement, first.pk, second.pk)["Innehåll"] == ("Nej", "Växa i länet Ja")
    assert compared(admin_client, agreement, second.pk, first.pk)["Innehåll"] == ("Växa i länet Ja", "Nej")


def test_a_new_block_tells_it_too(admin_client: Client) -> None:
    agreement = AgreementPageFactory()
    first = agreement.save_revision()
    picture = {"image": ImageFactory().pk, "alt_text": "", "decorative": True}
    links = {"heading": "Mer", "links": [{"text": "Webb", "page": None, "url": "", "document": None}]}
    agreement.content = stream(
        ("image", {"image": picture, "caption": "", "credit": ""}),
        ("link_list", links),
        ("agreement_list", {"heading": "", "strategy": None, "partner": None, "group_by_type": True}),
    )
    second = agreement.save_revision()
    url = reverse("wagtailadmin_pages:revisions_compare", args=[agreement.pk, first.pk, second.pk])
    soup = BeautifulSoup(admin_client.get(url).content, "html.parser")
    told = {part.get_text(strip=True): part.find_next("dd").get_text(strip=True) for part in soup.select("main dt")}
    assert told["Bilden är dekorativ"] == "Ja"
    assert told["Gruppera efter typ"] == "Ja"
    assert told["Strategi"] == told["Samarbetspartner"] == ""
    assert not {"None", "True", "False"} & set(soup.select_one("main").stripped_strings)


def test_an_image_that_was_not_chosen_or_has_been_deleted_tells_nothing(admin_client: Client) -> None:
    def picture(image: int | None) -> str:
        value = {"image": image, "alt_text": "Ett hus", "decorative": False}
        return stream(("image", {"image": value, "caption": "Huset", "credit": ""}))

    image = ImageFactory()
    agreement = AgreementPageFactory()
    revisions = [agreement.save_revision()]
    for key in (None, image.pk):
        agreement.content = picture(key)
        revisions.append(agreement.save_revision())
    image.delete()
    for later in revisions[1:]:
        told = compared(admin_client, agreement, revisions[0].pk, later.pk)["Innehåll"]
        assert "Huset" in told[1]
