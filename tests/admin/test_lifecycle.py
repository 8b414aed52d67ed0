"""Renewing and terminating an agreement in the admin, and what its form says of it."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.models import PageLogEntry

import pytest

from tests.factories import (
    AgreementPageFactory,
    ContactFactory,
    DocumentFactory,
    PartnerPageFactory,
    StrategyFactory,
    site_tree,
    translated,
)
from tests.users import make_officer
from wagtail_partnerships.site_pages.models import AgreementPage
from wagtail_partnerships.site_pages.renewal import AlreadyRenewedError, renew
from wagtail_partnerships.site_pages.status import AgreementStatus

pytestmark = pytest.mark.django_db


def renew_url(agreement: AgreementPage) -> str:
    return reverse("partnerships_renew", args=[agreement.pk])


def terminate_url(agreement: AgreementPage) -> str:
    return reverse("partnerships_terminate", args=[agreement.pk])


@pytest.fixture
def agreement() -> AgreementPage:
    row: AgreementPage = AgreementPageFactory(
        title="Samverkansavtal",
        slug="samverkansavtal",
        parties=[PartnerPageFactory(title="Länsstyrelsen"), "Landstinget Sörmland"],
        agreement_types=["collaboration_agreement", "mou"],
        contacts=[ContactFactory()],
        strategies=[StrategyFactory()],
        documents=[DocumentFactory()],
        signatories=["Ingemar Skogö"],
        purpose="Bättre tillsammans.",
        signed="2019-11-02",
        valid_from="2020",
        end_kind="date",
        end_date="2022",
        notice_date=datetime.date(2022, 6, 30),
        reference_number="1-814/2014",
        internal_notes="Ring först.",
        responsible_unit="Samverkan",
        renewal_pending=True,
    )
    return row


def test_renewing_makes_a_draft_with_what_carries_over(admin_client: Client, agreement: AgreementPage) -> None:
    response = admin_client.post(renew_url(agreement))
    successor = AgreementPage.objects.get(renews=agreement)
    assert response.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[successor.pk])
    for row in (successor, successor.get_latest_revision_as_object()):
        assert not row.live
        assert (str(row.valid_from), str(row.end_date), row.notice_date) == ("2023", "2025", datetime.date(2025, 6, 30))
        assert [str(party) for party in row.parties.all()] == ["Länsstyrelsen", "Landstinget Sörmland"]
        assert [choice.agreement_type for choice in row.agreement_types.all()] == ["collaboration_agreement", "mou"]
        assert (row.contacts.count(), row.strategies.count()) == (1, 1)
        assert (row.signatories.count(), row.documents.count()) == (0, 0)
        assert (row.signed, row.reference_number, row.internal_notes, row.renewal_pending) == (None, "", "", False)
        assert (row.purpose, row.responsible_unit) == ("Bättre tillsammans.", "Samverkan")
        assert row.renews_id == agreement.pk
    assert successor.translation_key != agreement.translation_key
    assert successor.slug == "samverkansavtal-2023"
    assert admin_client.get(response.headers["Location"]).status_code == 200


def test_an_agreement_until_the_last_year_is_renewed_without_dates(admin_client: Client) -> None:
    agreement = AgreementPageFactory(title="För evigt", valid_from="2020", end_kind="date", end_date="2999")
    assert admin_client.get(renew_url(agreement)).status_code == 200
    assert admin_client.post(renew_url(agreement)).status_code == 302
    successor = AgreementPage.objects.get(renews=agreement)
    assert (successor.valid_from, successor.end_date, successor.end_kind) == (None, None, "not_stated")


def test_the_old_agreement_keeps_everything(admin_client: Client, agreement: AgreementPage) -> None:
    admin_client.post(renew_url(agreement))
    old = AgreementPage.objects.get(pk=agreement.pk)
    assert old.live
    assert (old.signatories.count(), old.documents.count(), old.parties.count()) == (1, 1, 2)
    assert old.reference_number == "1-814/2014"


def test_the_old_agreement_is_superseded_once_the_new_one_has_started(
    agreement: AgreementPage, admin_user: User
) -> None:
    successor = renew(agreement, admin_user)
    later = datetime.date(2023, 6, 1)
    statuses = AgreementPage.objects.with_status(later).values_list("status_code", flat=True)
    assert statuses.get(pk=agreement.pk) == AgreementStatus.EXPIRED
    successor.get_latest_revision().publish()
    assert statuses.get(pk=agreement.pk) == AgreementStatus.SUPERSEDED
    assert statuses.get(pk=successor.pk) == AgreementStatus.ACTIVE


def test_renewing_stands_in_the_history_of_both(admin_client: Client, agreement: AgreementPage) -> None:
    admin_client.post(renew_url(agreement))
    successor = AgreementPage.objects.get(renews=agreement)
    old_history = admin_client.get(reverse("wagtailadmin_pages:history", args=[agreement.pk])).content.decode()
    new_history = admin_client.get(reverse("wagtailadmin_pages:history", args=[successor.pk])).content.decode()
    assert "Förnyat genom ”Samverkansavtal”" in old_history
    assert "Skapat som förnyelse av ”Samverkansavtal”" in new_history


def test_a_second_renewal_leads_to_the_first(admin_client: Client, agreement: AgreementPage) -> None:
    admin_client.post(renew_url(agreement))
    successor = AgreementPage.objects.get(renews=agreement)
    response = admin_client.post(renew_url(agreement), follow=True)
    assert response.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[successor.pk])
    assert "är redan förnyat" in response.content.decode()
    assert AgreementPage.objects.filter(renews=agreement).count() == 1


def test_two_who_both_saw_the_question_make_one_successor(agreement: AgreementPage, admin_user: User) -> None:
    first = renew(AgreementPage.objects.get(pk=agreement.pk), admin_user)
    with pytest.raises(AlreadyRenewedError) as raised:
        renew(agreement, admin_user)
    assert raised.value.successor.pk == first.pk


def test_a_draft_that_never_was_public_is_renewed_as_last_saved(admin_user: User) -> None:
    agreement = AgreementPageFactory(title="Först", live=False, parties=["Ett"])
    agreement.title = "Sedan"
    agreement.parties.all()[0].name = "Två"
    agreement.save_revision()
    successor = renew(AgreementPage.objects.get(pk=agreement.pk), admin_user)
    assert successor.title == "Sedan"


def test_renewing_a_translation_renews_its_source_and_publishes_nothing(
    admin_client: Client, agreement: AgreementPage
) -> None:
    english = translated(agreement, site_tree().english.locale, title="Agreement")
    admin_client.post(renew_url(english))
    successor = AgreementPage.objects.get(renews=agreement)
    assert successor.locale == site_tree().swedish.locale
    assert not AgreementPage.objects.filter(translation_key=successor.translation_key, live=True).exists()


def test_only_who_may_write_below_the_index_renews(client: Client, agreement: AgreementPage) -> None:
    reader = make_officer("reader", site_tree().swedish.partners, "change")
    client.force_login(reader)
    # Wagtail's admin answers a refusal with its first page and a message.
    assert client.post(renew_url(agreement)).headers["Location"] == reverse("wagtailadmin_home")
    editor = make_officer("editor", site_tree().swedish.agreements, "change")
    client.force_login(editor)
    assert client.post(renew_url(agreement)).headers["Location"] == reverse("wagtailadmin_home")
    assert not AgreementPage.objects.filter(renews=agreement).exists()


def test_a_get_renews_nothing(admin_client: Client, agreement: AgreementPage) -> None:
    page = admin_client.get(renew_url(agreement)).content.decode()
    assert "2023" in page
    assert not AgreementPage.objects.filter(renews=agreement).exists()


@pytest.fixture
def current() -> AgreementPage:
    row: AgreementPage = AgreementPageFactory(title="Gällande", valid_from="2020", end_kind="date", end_date="2999")
    return row


def test_terminating_publishes_and_tells_the_history_why(admin_client: Client, current: AgreementPage) -> None:
    admin_client.post(terminate_url(current), {"date": "2026-11", "reason": "Parten har lagts ned."})
    current = AgreementPage.objects.get(pk=current.pk)
    assert (current.outcome, str(current.outcome_date), current.outcome_reason) == (
        "terminated",
        "2026-11",
        "Parten har lagts ned.",
    )
    assert not current.has_unpublished_changes
    history = admin_client.get(reverse("wagtailadmin_pages:history", args=[current.pk])).content.decode()
    assert "Uppsagt från och med november 2026" in history
    assert "Parten har lagts ned." in history


def test_terminating_reaches_the_live_translation(admin_client: Client, current: AgreementPage) -> None:
    english = translated(current, site_tree().english.locale)
    admin_client.post(terminate_url(english), {"date": "2026-11", "reason": "Skäl."})
    english.refresh_from_db()
    assert english.outcome == "terminated"


def test_terminating_does_not_publish_somebodys_draft(admin_client: Client, current: AgreementPage) -> None:
    current.title = "Ett utkast"
    current.save_revision()
    admin_client.post(terminate_url(current), {"date": "2026-11", "reason": "Skäl."})
    current = AgreementPage.objects.get(pk=current.pk)
    draft = current.get_latest_revision_as_object()
    assert (current.title, current.outcome, current.has_unpublished_changes) == ("Gällande", "terminated", True)
    assert (draft.title, draft.outcome) == ("Ett utkast", "terminated")


def test_who_may_not_publish_saves_the_termination_as_a_draft(client: Client, current: AgreementPage) -> None:
    client.force_login(make_officer("author", site_tree().swedish.agreements, "change"))
    response = client.post(terminate_url(current), {"date": "2026-11", "reason": "Skäl."}, follow=True)
    assert "sparad som utkast" in response.content.decode()
    current = AgreementPage.objects.get(pk=current.pk)
    assert current.outcome == ""
    assert current.get_latest_revision_as_object().outcome == "terminated"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"date": "", "reason": "Skäl."}, "Skriv från när"),
        ({"date": "2026", "reason": ""}, "Skriv varför"),
        ({"date": "2019", "reason": "Skäl."}, "kan inte sägas upp innan dess"),
        ({"date": "snart", "reason": "Skäl."}, "Skriv ett år, en månad eller en dag"),
    ],
)
def test_the_form_says_what_is_missing(
    admin_client: Client, current: AgreementPage, data: dict[str, str], message: str
) -> None:
    assert message in admin_client.post(terminate_url(current), data).content.decode()
    assert AgreementPage.objects.get(pk=current.pk).outcome == ""


def test_it_can_not_be_terminated_after_it_has_ended(admin_client: Client, agreement: AgreementPage) -> None:
    page = admin_client.post(terminate_url(agreement), {"date": "2024", "reason": "Skäl."}).content.decode()
    assert "löper ut av sig självt 31 december 2022" in page


def test_a_terminated_agreement_is_not_terminated_again(admin_client: Client, current: AgreementPage) -> None:
    data = {"date": "2026-11", "reason": "Skäl."}
    admin_client.post(terminate_url(current), data)
    page = admin_client.post(terminate_url(current), data, follow=True).content.decode()
    assert "är redan uppsagt" in page
    assert PageLogEntry.objects.filter(action="partnerships.terminate").count() == 1


def test_a_locked_agreement_is_not_terminated(admin_client: Client, current: AgreementPage, admin_user: User) -> None:
    other = make_officer("other", site_tree().swedish.agreements, "change", "lock")
    AgreementPage.objects.filter(pk=current.pk).update(locked=True, locked_by=other, locked_at=timezone.now())
    page = admin_client.post(terminate_url(current), {"date": "2026", "reason": "Skäl."}, follow=True).content.decode()
    assert "är låst" in page


@pytest.mark.parametrize("where", ["form", "list"])
def test_the_menus_offer_both(admin_client: Client, current: AgreementPage, where: str) -> None:
    urls = {
        "form": reverse("wagtailadmin_pages:edit", args=[current.pk]),
        "list": reverse("partnerships_agreements:index"),
    }
    page = admin_client.get(urls[where]).content.decode()
    assert renew_url(current) in page
    assert terminate_url(current) in page


def test_a_partner_can_not_be_renewed(admin_client: Client) -> None:
    partner = PartnerPageFactory()
    page = admin_client.get(reverse("wagtailadmin_pages:edit", args=[partner.pk])).content.decode()
    assert "/renew/" not in page


def test_the_form_shows_the_badge_and_what_renews_it(admin_client: Client, agreement: AgreementPage) -> None:
    admin_client.post(renew_url(agreement))
    successor = AgreementPage.objects.get(renews=agreement)
    old: Any = admin_client.get(reverse("wagtailadmin_pages:edit", args=[agreement.pk])).content.decode()
    new: Any = admin_client.get(reverse("wagtailadmin_pages:edit", args=[successor.pk])).content.decode()
    assert "Utgånget" in old
    assert "Förnyat genom" in old
    assert reverse("wagtailadmin_pages:edit", args=[successor.pk]) in old
    assert reverse("wagtailadmin_pages:edit", args=[agreement.pk]) in new


def test_a_new_agreement_has_no_status_panel(admin_client: Client) -> None:
    index = site_tree().swedish.agreements
    url = reverse("wagtailadmin_pages:add", args=["partnerships_pages", "agreementpage", index.pk])
    assert "partnership-agreement-status" not in admin_client.get(url).content.decode()
