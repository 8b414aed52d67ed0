"""Reminders by mail: in good time, to the right person, once."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command

import pytest
import time_machine

from tests.factories import AgreementPageFactory, site_tree, translated
from tests.users import make_user
from wagtail_partnerships.site_pages import reminders
from wagtail_partnerships.site_pages.models import AgreementPage, Reminder, ReminderMail
from wagtail_partnerships.site_pages.reminders import send_reminders

pytestmark = pytest.mark.django_db

TODAY = "2026-11-24"


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(f"{TODAY}T09:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def kim(db: None) -> User:
    return make_user("kim", language="sv", first_name="Kim", last_name="Berg")


def go_to(clock: Any, day: str) -> None:
    clock.move_to(datetime.datetime.fromisoformat(f"{day}T09:00:00+00:00"))


def agreement_until(day: str, user: User | None, **values: Any) -> AgreementPage:
    row: AgreementPage = AgreementPageFactory(
        valid_from="2020", end_kind="date", end_date=day, responsible_user=user, **values
    )
    return row


def test_a_mail_tells_who_is_responsible_in_their_language(kim: User) -> None:
    agreement = agreement_until("2027-02-24", kim, title="Avsikt & vilja", reference_number="1-814/2014")
    send_reminders()
    [message] = mail.outbox
    html = message.alternatives[0][0]
    assert message.to == ["kim@example.se"]
    assert "Avsikt & vilja" in message.subject
    assert "Hej Kim Berg," in message.body
    assert "24 februari 2027" in message.body
    assert "1-814/2014" in message.body
    assert f"/admin/pages/{agreement.pk}/edit/" in message.body
    assert all("Förnya eller säg upp" in text for text in (message.body, html))
    assert "Avsikt &amp; vilja" in html
    assert 'lang="sv"' in html


def test_an_english_reader_is_told_in_english() -> None:
    agreement_until("2027-02-24", make_user("ann", language="en"))
    send_reminders()
    assert "you are responsible" in mail.outbox[0].body
    assert "Feb. 24, 2027" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2027-11-25", False),
        ("2027-11-24", True),
        ("2027-06-01", True),
        ("2026-11-24", True),
        ("2026-11-23", False),
    ],
)
def test_the_first_mail_comes_twelve_months_before(kim: User, day: str, told: bool) -> None:
    agreement_until(day, kim)
    send_reminders()
    assert bool(mail.outbox) is told


def test_each_horizon_is_told_once(kim: User, clock: Any) -> None:
    agreement_until("2027-11-24", kim)
    told = []
    for day in ("2026-11-24", "2026-11-25", "2027-05-23", "2027-05-24", "2027-08-24", "2027-08-25", "2027-11-24"):
        go_to(clock, day)
        before = len(mail.outbox)
        send_reminders()
        send_reminders()
        told += [day] * (len(mail.outbox) - before)
    assert told == ["2026-11-24", "2027-05-24", "2027-08-24"]


def test_notice_and_end_have_reminders_of_their_own(kim: User) -> None:
    agreement_until("2027-11-24", kim, notice_date=datetime.date(2027, 2, 1))
    send_reminders()
    assert set(Reminder.objects.values_list("kind", "months")) == {("end", 12), ("notice", 3)}
    assert len(mail.outbox) == 1


def test_a_week_without_any_run_makes_it_late_and_not_never(kim: User, clock: Any) -> None:
    agreement_until("2027-11-24", kim)
    go_to(clock, "2026-12-01")
    send_reminders()
    assert len(mail.outbox) == 1


def test_one_mail_a_day_names_everything(kim: User) -> None:
    for number in range(3):
        agreement_until("2027-02-24", kim, title=f"Avtal {number}")
    send_reminders()
    [message] = mail.outbox
    assert all(f"Avtal {number}" in message.body for number in range(3))


def test_what_falls_due_later_in_a_day_waits_for_the_next(kim: User, clock: Any) -> None:
    agreement_until("2027-02-24", kim)
    send_reminders()
    agreement_until("2027-02-24", kim, title="Senare")
    send_reminders()
    assert len(mail.outbox) == 1
    go_to(clock, "2026-11-25")
    send_reminders()
    assert "Senare" in mail.outbox[1].body


def test_another_date_is_told_anew(kim: User) -> None:
    agreement = agreement_until("2027-02-24", kim)
    send_reminders()
    ReminderMail.objects.update(day="2026-11-01")
    AgreementPage.objects.filter(pk=agreement.pk).update(
        **AgreementPage._meta.get_field("end_date").update_values("2027-03-31")
    )
    send_reminders()
    assert Reminder.objects.filter(deadline="2027-03-31").count() == 1
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(
    "values",
    [
        {"live": False},
        {"outcome": "terminated"},
        {"outcome": "in_preparation"},
        {"end_kind": "until_further_notice", "end_date": None},
    ],
)
def test_only_what_is_in_force_is_told(kim: User, values: dict[str, Any]) -> None:
    agreement = agreement_until("2027-02-24", kim)
    for name, value in values.items():
        setattr(agreement, name, value)
    agreement.save()
    send_reminders()
    assert mail.outbox == []


def test_an_agreement_terminated_as_of_a_coming_day_ends_then_and_asks_for_nothing(kim: User) -> None:
    agreement_until(
        "2027-01-23",
        kim,
        notice_date=datetime.date(2026, 12, 24),
        outcome="terminated",
        outcome_date="2026-12-18",
    )
    send_reminders()
    assert list(Reminder.objects.values_list("kind", "deadline")) == [("end", datetime.date(2026, 12, 18))]
    [message] = mail.outbox
    assert "18 december 2026" in message.body
    assert "Förnya eller säg upp" not in message.body + message.alternatives[0][0]


def test_what_is_renewed_already_is_not_told(kim: User) -> None:
    old = agreement_until("2027-02-24", kim)
    AgreementPageFactory(renews=old, valid_from="2027-02-25", end_kind="until_further_notice")
    send_reminders()
    assert mail.outbox == []


def test_a_draft_of_a_renewal_stops_nothing(kim: User) -> None:
    old = agreement_until("2027-02-24", kim)
    AgreementPageFactory(renews=old, valid_from="2027-02-25", live=False)
    send_reminders()
    assert len(mail.outbox) == 1


def test_a_translation_is_not_told_beside_its_source(kim: User) -> None:
    translated(agreement_until("2027-02-24", kim), site_tree().english.locale)
    send_reminders()
    assert Reminder.objects.count() == 1


@pytest.mark.parametrize("who", ["nobody", "inactive", "without an address"])
def test_the_fallback_is_told_what_nobody_is_responsible_for(kim: User, settings: Any, who: str) -> None:
    settings.PARTNERSHIPS_REMINDER_FALLBACK = "avtal@example.se"
    if who == "inactive":
        kim.is_active = False
    if who == "without an address":
        kim.email = ""
    kim.save()
    agreement_until("2027-02-24", None if who == "nobody" else kim)
    send_reminders()
    [message] = mail.outbox
    assert message.to == ["avtal@example.se"]
    assert "ingen är ansvarig" in message.body


def test_without_any_recipient_it_waits_until_there_is_one(kim: User, caplog: pytest.LogCaptureFixture) -> None:
    agreement = agreement_until("2027-02-24", None)
    send_reminders()
    assert "PARTNERSHIPS_REMINDER_FALLBACK" in caplog.text
    assert not Reminder.objects.exists()
    AgreementPage.objects.filter(pk=agreement.pk).update(responsible_user=kim)
    send_reminders()
    assert len(mail.outbox) == 1


class BrokenBackend(EmailBackend):
    def send_messages(self, messages: Any) -> int:
        raise OSError("no route")


def test_a_fault_is_tried_again_until_it_is_sent(
    kim: User, clock: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    agreement_until("2027-02-24", kim)
    with monkeypatch.context() as patch:
        patch.setattr(reminders, "mail_connection", BrokenBackend)
        send_reminders()
        # Not at once again.
        send_reminders()
    assert ReminderMail.objects.get().attempts == 1
    assert mail.outbox == []
    clock.shift(datetime.timedelta(minutes=3))
    send_reminders()
    send_reminders()
    assert len(mail.outbox) == 1


def test_a_mail_that_comes_a_day_late_is_still_one_a_day(
    kim: User, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreement_until("2027-02-24", kim)
    with monkeypatch.context() as patch:
        patch.setattr(reminders, "mail_connection", BrokenBackend)
        send_reminders()
    go_to(clock, "2026-11-25")
    agreement_until("2027-02-24", kim, title="Ny")
    send_reminders()
    send_reminders()
    assert len(mail.outbox) == 1
    go_to(clock, "2026-11-26")
    send_reminders()
    assert len(mail.outbox) == 2


class KilledBackend(EmailBackend):
    def send_messages(self, messages: Any) -> int:
        super().send_messages(messages)
        raise KeyboardInterrupt


def test_killed_after_sending_the_same_message_goes_once_more(
    kim: User, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreement_until("2027-02-24", kim)
    with monkeypatch.context() as patch:
        patch.setattr(reminders, "mail_connection", KilledBackend)
        with pytest.raises(KeyboardInterrupt):
            send_reminders()
    send_reminders()
    assert len(mail.outbox) == 1
    clock.shift(datetime.timedelta(minutes=11))
    send_reminders()
    send_reminders()
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_killed_before_sending_nothing_is_lost(kim: User, clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    agreement_until("2027-02-24", kim)
    with monkeypatch.context() as patch:
        patch.setattr(reminders, "deliver", lambda today: None)
        send_reminders()
    send_reminders()
    assert len(mail.outbox) == 1


def test_what_has_been_renewed_since_is_left_out_of_a_late_mail(kim: User, monkeypatch: pytest.MonkeyPatch) -> None:
    old = agreement_until("2027-02-24", kim)
    with monkeypatch.context() as patch:
        patch.setattr(reminders, "deliver", lambda today: None)
        send_reminders()
    AgreementPageFactory(renews=old, valid_from="2027-02-25")
    send_reminders()
    assert mail.outbox == []
    assert not ReminderMail.objects.exists()


def test_who_becomes_responsible_before_a_late_mail_gets_it(kim: User, monkeypatch: pytest.MonkeyPatch) -> None:
    agreement = agreement_until("2027-02-24", kim)
    with monkeypatch.context() as patch:
        patch.setattr(reminders, "deliver", lambda today: None)
        send_reminders()
    AgreementPage.objects.filter(pk=agreement.pk).update(responsible_user=make_user("ann"))
    send_reminders()
    send_reminders()
    assert [message.to for message in mail.outbox] == [["ann@example.se"]]


def test_a_run_that_takes_a_mail_keeps_others_from_it(kim: User, monkeypatch: pytest.MonkeyPatch) -> None:
    agreement_until("2027-02-24", kim)
    other = make_user("ann")
    agreement_until("2027-02-24", other)

    class Overtaken(EmailBackend):
        def send_messages(self, messages: Any) -> int:
            monkeypatch.setattr(reminders, "mail_connection", EmailBackend)
            # A second run, while this one is at its first mail.
            send_reminders()
            return int(super().send_messages(messages))

    monkeypatch.setattr(reminders, "mail_connection", Overtaken)
    send_reminders()
    assert sorted(message.to[0] for message in mail.outbox) == ["ann@example.se", "kim@example.se"]


def test_run_due_sends_them(kim: User) -> None:
    agreement_until("2027-02-24", kim)
    call_command("run_due")
    assert len(mail.outbox) == 1


def test_nothing_due_costs_few_queries(kim: User, django_assert_max_num_queries: Any) -> None:
    agreement_until("2027-02-24", kim)
    send_reminders()
    with django_assert_max_num_queries(8):
        send_reminders()
