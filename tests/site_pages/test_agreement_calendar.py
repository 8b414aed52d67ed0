"""The personal calendar: valid, in the reader's language, and only what they may see, as long as they may."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import pytest
import time_machine
from icalendar import Calendar

from tests.factories import AgreementPageFactory, site_tree
from tests.users import make_officer, make_user
from wagtail_partnerships.site_pages.models import CalendarKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db: None) -> User:
    return make_officer("officer", site_tree().swedish.agreements, "change", language="sv")


def feed(client: Client, key: str) -> Any:
    return client.get(reverse("partnerships_calendar_feed", args=[key]))


def events(response: Any) -> list[Any]:
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_the_calendar_holds_end_notice_and_review(client: Client, officer: User) -> None:
    agreement = AgreementPageFactory(
        title="Avsikt; med, tecken",
        parties=["Länsstyrelsen"],
        valid_from="2020",
        end_kind="date",
        end_date="2100-06",
        notice_date=datetime.date(2100, 1, 31),
        review_date=datetime.date(2099, 5, 1),
        reference_number="1-814/2014",
    )
    response = feed(client, CalendarKey.make(officer))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Cache-Control"] == "private, no-store"
    found = {str(event["SUMMARY"]): event for event in events(response)}
    assert set(found) == {
        "Slutar: Avsikt; med, tecken",
        "Sista dag för uppsägning: Avsikt; med, tecken",
        "Ska ses över: Avsikt; med, tecken",
    }
    end = found["Slutar: Avsikt; med, tecken"]
    assert end.decoded("DTSTART") == datetime.date(2100, 6, 30)
    assert end.decoded("DTEND") == datetime.date(2100, 7, 1)
    assert end["DTSTART"].params["VALUE"] == "DATE"
    assert str(agreement.translation_key) in str(end["UID"])
    assert f"/admin/pages/{agreement.pk}/edit/" in str(end["URL"])
    assert "Länsstyrelsen" in str(end["DESCRIPTION"])


def test_the_calendar_is_what_rfc_5545_asks_for(client: Client, officer: User) -> None:
    AgreementPageFactory(title="Å" * 100, end_kind="date", end_date="2100")
    response = feed(client, CalendarKey.make(officer))
    lines = response.content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert b"\n" not in response.content.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(response.content)
    assert {"PRODID", "VERSION", "CALSCALE"} <= set(calendar)
    for event in calendar.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event)
        assert event.decoded("DTSTAMP").tzinfo is not None
    uids = [str(event["UID"]) for event in calendar.walk("VEVENT")]
    assert len(set(uids)) == len(uids)


@pytest.mark.parametrize("is_saved_in_admin", [True, False])
def test_two_readings_are_the_same(client: Client, officer: User, is_saved_in_admin: bool) -> None:
    agreement = AgreementPageFactory(end_kind="date", end_date="2100")
    if is_saved_in_admin:
        agreement.save_revision(user=officer).publish()
    key = CalendarKey.make(officer)
    first = feed(client, key).content
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=1)):
        assert feed(client, key).content == first


def test_an_english_reader_gets_english(client: Client) -> None:
    reader = make_officer("ann", site_tree().swedish.agreements, "change", language="en")
    AgreementPageFactory(title="Avsikt", end_kind="date", end_date="2100")
    assert str(events(feed(client, CalendarKey.make(reader)))[0]["SUMMARY"]) == "Ends: Avsikt"


def test_what_the_user_may_not_edit_is_absent(client: Client) -> None:
    AgreementPageFactory(end_kind="date", end_date="2100")
    other = make_officer("other", site_tree().swedish.partners, "change")
    assert events(feed(client, CalendarKey.make(other))) == []


def test_drafts_and_what_is_over_are_absent(client: Client, officer: User) -> None:
    AgreementPageFactory(end_kind="date", end_date="2100", live=False)
    AgreementPageFactory(end_kind="date", end_date="2020")
    assert events(feed(client, CalendarKey.make(officer))) == []


@pytest.mark.parametrize("why", ["inactive", "no access", "revoked", "replaced", "unknown"])
def test_an_address_that_does_not_hold_gives_nothing(client: Client, officer: User, why: str) -> None:
    AgreementPageFactory(title="Hemligt", end_kind="date", end_date="2100")
    key = CalendarKey.make(officer)
    if why == "inactive":
        officer.is_active = False
        officer.save()
    if why == "no access":
        officer.groups.clear()
    if why == "revoked":
        CalendarKey.objects.all().delete()
    if why == "replaced":
        CalendarKey.make(officer)
    response = feed(client, "x" * 43 if why == "unknown" else key)
    assert response.status_code == 404
    assert "Hemligt" not in response.content.decode()


def test_only_a_digest_of_the_key_is_stored(officer: User) -> None:
    key = CalendarKey.make(officer)
    assert key not in str(list(CalendarKey.objects.values()))


def test_the_number_of_queries_is_the_same_for_many(client: Client, officer: User) -> None:
    key = CalendarKey.make(officer)
    counts = []
    for number in (1, 6):
        for _ in range(number):
            AgreementPageFactory(parties=["Ett", "Två"], end_kind="date", end_date="2100")
        with CaptureQueriesContext(connection) as queries:
            feed(client, key)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_address_is_made_shown_once_and_revoked(client: Client, officer: User) -> None:
    client.force_login(officer)
    url = reverse("partnerships_calendar")
    assert url in client.get(reverse("wagtailadmin_account")).content.decode()
    made = client.post(url, {"make": ""})
    address = made.context["url"]
    assert address in made.content.decode()
    assert Client().get(address).status_code == 200
    assert address not in client.get(url).content.decode()
    client.post(url, {"revoke": ""})
    assert Client().get(address).status_code == 404


def test_who_has_no_agreements_is_offered_no_calendar(client: Client) -> None:
    client.force_login(make_officer("other", site_tree().swedish.agreements, "lock"))
    assert reverse("partnerships_calendar") not in client.get(reverse("wagtailadmin_account")).content.decode()


def test_a_user_outside_of_the_admin_makes_no_key(client: Client) -> None:
    client.force_login(make_user("visitor"))
    client.post(reverse("partnerships_calendar"), {"make": ""})
    assert not CalendarKey.objects.exists()
