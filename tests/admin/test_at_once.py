"""Two people press the same button at once: it is done once, and the second one is told who was first."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

import pytest

from tests.delivery.test_concurrent_editors import at_once
from tests.factories import AgreementPageFactory, ContactFactory, PartnerPageFactory
from tests.users import make_user
from wagtail_partnerships.site_pages import renewal
from wagtail_partnerships.site_pages.models import AgreementPage, PartnerContact
from wagtail_partnerships.snippets import replacing
from wagtail_partnerships.snippets.models import Contact, Replacement

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


class Meeting:
    """Holds everyone who gets there until the other one has come too, or evidently can't."""

    def __init__(self) -> None:
        self.barrier = threading.Barrier(2)

    def before(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def meet_first(*args: Any, **kwargs: Any) -> Any:
            with suppress(threading.BrokenBarrierError):
                self.barrier.wait(0.5)
            return function(*args, **kwargs)

        return meet_first


@pytest.fixture
def users(transactional_db: None) -> list[User]:
    return [make_user(name, language="sv", is_superuser=True) for name in ("first", "second")]


def post_at_once(users: list[User], url: str, *forms: dict[str, Any]) -> list[str]:
    """Send each user's form to one address at the same time; return what each is told, sorted."""
    pages = []

    def send(user: User, form: dict[str, Any]) -> None:
        client = Client()
        client.force_login(user)
        pages.append(client.post(url, form, follow=True).content.decode())

    at_once(*(lambda user=user, form=form: send(user, form) for user, form in zip(users, forms, strict=True)))  # type: ignore[misc]  # bound now
    return pages


def test_renewing_twice_at_once_makes_one_successor(users: list[User], monkeypatch: pytest.MonkeyPatch) -> None:
    agreement = AgreementPageFactory(title="Avtalet", valid_from="2020", end_kind="date", end_date="2022")
    agreement.save_revision().publish()
    monkeypatch.setattr(renewal, "moved_dates", Meeting().before(renewal.moved_dates))
    url = reverse("partnerships_renew", args=[agreement.pk])
    pages = post_at_once(users, url, {}, {})
    assert AgreementPage.objects.filter(renews=agreement).count() == 1
    assert sum("Det här är det nya avtalet" in page for page in pages) == 1
    assert sum("är redan förnyat" in page for page in pages) == 1


@pytest.fixture
def old(transactional_db: None) -> Any:
    contact = ContactFactory(name="Ada Slutar")
    PartnerPageFactory(contacts=[contact]).save_revision().publish()
    return contact


def replace_url(contact: Contact) -> str:
    return reverse(Contact.snippet_viewset.get_url_name("replace"), args=[contact.pk])


def test_replacing_a_contact_twice_at_once_is_done_once(
    users: list[User], old: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ones, others = ContactFactory(name="Bo Börjar"), ContactFactory(name="Cia Börjar")
    monkeypatch.setattr(replacing, "row_data", Meeting().before(replacing.row_data))
    pages = post_at_once(users, replace_url(old), {"new": ones.pk}, {"new": others.pk})
    record = Replacement.objects.get()
    assert list(PartnerContact.objects.values_list("contact", flat=True)) == [record.new_id]
    assert sum("Utbytt på ett ställe" in page for page in pages) == 1
    assert sum("någon hann byta ut" in page for page in pages) == 1


def test_taking_back_twice_at_once_is_done_once(users: list[User], old: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    record = replacing.replace_contact(old, ContactFactory(name="Bo Börjar"), users[0])
    monkeypatch.setattr(replacing, "row_data", Meeting().before(replacing.row_data))
    pages = post_at_once(users, f"{replace_url(old)}undo/{record.pk}/", {}, {})
    assert list(PartnerContact.objects.values_list("contact", flat=True)) == [old.pk]
    assert sum("Ångrat. Återställda" in page for page in pages) == 1
    assert sum("Någon hann ångra" in page for page in pages) == 1
