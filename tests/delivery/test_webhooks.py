"""Webhooks: every change of the feed, at least once and in order, signed, tried again, and given up in the end."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from wagtail.models import Site
from wagtail.users.models import UserProfile

import pytest
import time_machine
from pytest_httpserver import HTTPServer
from standardwebhooks import Webhook

from tests.factories import SiteTree
from wagtail_partnerships.cms.delivery import feed
from wagtail_partnerships.cms.delivery.midnight import start_day_if_due
from wagtail_partnerships.cms.delivery.models import ContentChange, ContentMark, ContentVersion
from wagtail_partnerships.cms.delivery.versions import current_version, draw_token
from wagtail_partnerships.cms.delivery.webhooks import delivering
from wagtail_partnerships.cms.delivery.webhooks.delivering import LEASE, LIFE, deliver_due, prune_messages, wait_after
from wagtail_partnerships.cms.delivery.webhooks.models import WebhookAttempt, WebhookMessage, WebhookSubscription
from wagtail_partnerships.cms.delivery.webhooks.sending import Outcome, post
from wagtail_partnerships.cms.delivery.webhooks.signatures import new_secret
from wagtail_partnerships.site_pages.due import run_due_tasks

pytestmark = pytest.mark.django_db

URL = "https://www.example.se/hook"
DOWN = Outcome(503, "later", 0.1)


@pytest.fixture(autouse=True)
def settled(site_tree: SiteTree) -> SiteTree:
    """A feed that is told up to here."""
    start_day_if_due()
    feed.read_feed(None, None)
    return site_tree


def change(title: str, *, site: Site | None = None, resource: str = "partner", action: str = "upsert") -> None:
    """Write a feed item as telling does, under a number of its own."""
    token = draw_token()
    number = current_version().number + 1
    ContentVersion.objects.update(number=number, token=token)
    ContentMark.objects.create(transaction=number, number=number, token=token, is_told=True)
    ContentChange.objects.create(
        number=number,
        position=0,
        token=token,
        site=site,
        action=action,
        resource="" if action == "reset" else resource,
        object_id=title,
        language_code="sv",
        tags=[title],
        created_at=timezone.now(),
    )


def subscribe(**values: Any) -> WebhookSubscription:
    return WebhookSubscription.objects.create(**{"name": "Test", "url": URL} | values)


class Receiver:
    """Stands for the network: keeps what is sent, and answers as told."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, bytes, dict[str, str]]] = []
        self.answer: Callable[[], Outcome] = lambda: Outcome(204, "", 0.01)

    def __call__(self, url: str, body: bytes, headers: dict[str, str]) -> Outcome:
        self.sent.append((url, body, headers))
        return self.answer()

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for _url, _body, headers in self.sent]

    @property
    def titles(self) -> list[str]:
        return [item["id"] for _url, body, _headers in self.sent for item in json.loads(body)["data"]["items"]]


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Receiver:
    receiver = Receiver()
    monkeypatch.setattr(delivering, "post", receiver)
    return receiver


def later(**delta: float) -> Any:
    return time_machine.travel(timezone.now() + datetime.timedelta(**delta))


def test_a_message_is_signed_as_the_standard_says(httpserver: HTTPServer, settings: Any) -> None:
    settings.PARTNERSHIPS_WEBHOOKS_ALLOW_PRIVATE = True
    httpserver.expect_request("/hook").respond_with_data("tack")
    subscription = subscribe(url=httpserver.url_for("/hook"))
    change("one")

    assert "deliver_webhooks" not in run_due_tasks()

    [(request, _response)] = httpserver.log
    payload = Webhook(subscription.secret).verify(request.get_data(as_text=True), dict(request.headers.items()))
    assert payload["type"] == "content.changed"
    [item] = payload["data"]["items"]
    assert (item["action"], item["resource"], item["id"], item["site"]) == ("upsert", "partner", "one", None)
    assert payload["data"]["next"] == str(current_version())
    message = WebhookMessage.objects.get()
    assert message.status == "delivered"
    [attempt] = message.attempts.all()
    assert (attempt.status_code, attempt.answer) == (200, "tack")
    with pytest.raises(Exception, match="signature"):
        Webhook(new_secret()).verify(request.get_data(as_text=True), dict(request.headers.items()))


def test_only_what_changes_afterwards_is_told_and_nothing_twice(receiver: Receiver) -> None:
    change("before")
    subscribe()
    deliver_due()
    change("one")
    change("two")
    deliver_due()
    deliver_due()
    change("three")
    deliver_due()
    assert receiver.titles == ["one", "two", "three"]
    assert len(receiver.sent) == 2


def test_a_failed_message_holds_back_the_next_and_keeps_its_id(receiver: Receiver) -> None:
    subscribe()
    change("one")
    receiver.answer = lambda: DOWN
    deliver_due()
    change("two")
    deliver_due()
    assert receiver.titles == ["one"], "it waits before it is tried again"
    with later(minutes=1):
        deliver_due()
    receiver.answer = lambda: Outcome(200, "", 0)
    with later(minutes=5):
        deliver_due()
    assert receiver.titles == ["one", "one", "one", "two"]
    assert len(set(receiver.ids)) == 2
    assert len({body for _url, body, headers in receiver.sent if headers["webhook-id"] == receiver.ids[0]}) == 1


def test_many_changes_come_in_several_messages_in_order(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivering, "MOST_ITEMS", 2)
    subscribe()
    for number in range(5):
        change(str(number))
    deliver_due()
    assert receiver.titles == ["0", "1", "2", "3", "4"]
    assert len(receiver.sent) == 3
    pairs = [(json.loads(body)["data"]["since"], json.loads(body)["data"]["next"]) for _url, body, _h in receiver.sent]
    assert [since for since, _next in pairs[1:]] == [following for _since, following in pairs[:-1]]


def test_one_subscription_that_fails_keeps_no_other_waiting(receiver: Receiver) -> None:
    broken, whole = subscribe(url="https://a.se/"), subscribe(url="https://b.se/")
    WebhookSubscription.objects.filter(pk=broken.pk).update(secret="whsec_broken")
    change("one")
    deliver_due()
    assert [url for url, _body, _headers in receiver.sent] == [whole.url]


def test_waits_grow_and_are_never_the_same_for_all() -> None:
    assert datetime.timedelta(seconds=15) <= wait_after(1) <= datetime.timedelta(seconds=30)
    assert datetime.timedelta(minutes=2) <= wait_after(4) <= datetime.timedelta(minutes=4)
    assert datetime.timedelta(minutes=30) <= wait_after(5000) <= datetime.timedelta(hours=1)
    assert len({wait_after(9) for _ in range(20)}) > 1


def test_a_message_is_given_up_after_its_time_and_the_next_goes_on(receiver: Receiver) -> None:
    subscribe()
    change("one")
    receiver.answer = lambda: DOWN
    deliver_due()
    change("two")
    receiver.answer = lambda: Outcome(500, "", 0)
    with later(days=LIFE.days):
        deliver_due()
    first = WebhookMessage.objects.earliest("pk")
    assert (first.status, first.attempt_count) == ("dead", 2)
    receiver.answer = lambda: Outcome(200, "", 0)
    with later(days=LIFE.days, minutes=1):
        deliver_due()
    assert receiver.titles[-1] == "two"


def test_two_who_deliver_at_once_send_nothing_twice(receiver: Receiver) -> None:
    subscribe()
    change("one")
    change("two")

    def meanwhile() -> Outcome:
        receiver.answer = lambda: Outcome(200, "", 0)
        before = len(receiver.sent)
        deliver_due()
        assert len(receiver.sent) == before
        return Outcome(200, "", 0)

    receiver.answer = meanwhile
    deliver_due()
    assert receiver.titles == ["one", "two"]


def test_whoever_lost_the_lease_writes_nothing_over(receiver: Receiver) -> None:
    subscription = subscribe()
    change("one")

    def taken_over() -> Outcome:
        WebhookSubscription.objects.filter(pk=subscription.pk).update(
            lease="another", leased_until=timezone.now() + LEASE
        )
        return DOWN

    receiver.answer = taken_over
    deliver_due()
    message = WebhookMessage.objects.get()
    assert (message.status, message.attempt_count) == ("pending", 0)
    assert message.attempts.count() == 1
    assert WebhookSubscription.objects.get().lease == "another"


def test_a_lease_whose_holder_died_is_taken_over(receiver: Receiver) -> None:
    subscription = subscribe(lease="dead", leased_until=timezone.now() + LEASE)
    change("one")
    deliver_due()
    assert not receiver.sent
    with time_machine.travel(timezone.now() + LEASE):
        deliver_due()
    assert receiver.titles == ["one"]
    assert WebhookSubscription.objects.get(pk=subscription.pk).lease == ""


def test_a_subscription_hears_of_its_kinds_and_site_and_of_every_reset(receiver: Receiver, settled: SiteTree) -> None:
    other = Site.objects.create(hostname="other.se", root_page=settled.english.home)
    feed.read_feed(None, None)
    subscribe(site=settled.site, resources=["partner"])
    change("here", site=settled.site)
    change("there", site=other)
    change("contact", site=settled.site, resource="contact")
    change("everything", action="reset")
    deliver_due()
    items = json.loads(receiver.sent[0][1])["data"]["items"]
    assert [item["action"] for item in items] == ["upsert", "reset"]
    assert (items[0]["id"], items[0]["site"]) == ("here", settled.site.hostname)


def test_a_subscription_of_all_sites_hears_of_all(receiver: Receiver, settled: SiteTree) -> None:
    other = Site.objects.create(hostname="other.se", root_page=settled.english.home)
    feed.read_feed(None, None)
    subscribe()
    change("here", site=settled.site)
    change("there", site=other)
    deliver_due()
    items = json.loads(receiver.sent[-1][1])["data"]["items"]
    assert [(item["id"], item["site"]) for item in items][-2:] == [("here", "localhost"), ("there", "other.se")]


def test_what_is_not_kept_any_more_is_told_as_a_reset(receiver: Receiver) -> None:
    subscription = subscribe()
    change("one")
    WebhookSubscription.objects.filter(pk=subscription.pk).update(cursor="1-00000000")
    deliver_due()
    [item] = json.loads(receiver.sent[0][1])["data"]["items"]
    assert item["action"] == "reset"
    change("two")
    deliver_due()
    assert receiver.titles[-1] == "two"


def test_nothing_is_sent_while_it_is_off_and_all_that_changed_afterwards(receiver: Receiver) -> None:
    subscription = subscribe(is_active=False)
    change("one")
    deliver_due()
    assert not receiver.sent
    WebhookSubscription.objects.filter(pk=subscription.pk).update(is_active=True)
    deliver_due()
    assert receiver.titles == ["one"]


def test_messages_that_are_over_are_pruned_and_pending_ones_kept(receiver: Receiver) -> None:
    subscribe(url="https://a.se/")
    change("one")
    deliver_due()
    receiver.answer = lambda: DOWN
    change("two")
    deliver_due()
    prune_messages()
    assert WebhookMessage.objects.count() == 2
    with later(days=31):
        prune_messages()
    assert WebhookMessage.objects.get().status == "pending"


# In the admin


def form(**values: str) -> dict[str, str]:
    return {"name": "Webben", "url": URL, "secret": new_secret(), "is_active": "on", "site": ""} | values


def test_a_webhook_is_added_with_a_secret_of_its_own(admin_client: Client) -> None:
    add = reverse("webhooks:add")
    shown = admin_client.get(add).content.decode()
    assert 'value="whsec_' in shown
    assert admin_client.post(add, form() | {"resources": ["partner", "image"]}).status_code == 302
    subscription = WebhookSubscription.objects.get()
    assert subscription.resources == ["partner", "image"]
    assert subscription.cursor == str(current_version())
    edit = admin_client.get(reverse("webhooks:edit", args=[subscription.pk])).content.decode()
    assert subscription.secret in edit


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", "http://www.example.se/"),
        ("url", "https://127.0.0.1/"),
        ("url", "https://a:b@example.se/"),
        ("secret", "hemligt"),
        ("secret", "whsec_a"),
        ("secret", "whsec_åäö"),
        ("resources", "nothing"),
    ],
)
def test_a_webhook_that_could_not_work_is_refused(admin_client: Client, field: str, value: str) -> None:
    response: Any = admin_client.post(reverse("webhooks:add"), form(**{field: value}))
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not WebhookSubscription.objects.exists()


def test_a_message_can_be_looked_at_and_sent_again(admin_client: Client, receiver: Receiver) -> None:
    subscribe()
    change("one")
    receiver.answer = lambda: Outcome(200, "<script>alert(1)</script>", 0.25)
    deliver_due()
    message = WebhookMessage.objects.get()
    page = reverse("webhook_messages:inspect", args=[message.pk])
    shown = admin_client.get(page).content.decode()
    assert "250 ms" in shown
    assert not re.search(r"\b(None|True|False)\b", re.sub("<[^>]*>", " ", shown.partition("<main")[2]))
    assert "&lt;script&gt;alert(1)" in shown
    assert message.message_id in admin_client.get(reverse("webhook_messages:index")).content.decode()

    again = reverse("webhook_messages:send_again", args=[message.pk])
    assert admin_client.get(again).status_code == 405
    assert admin_client.post(again).status_code == 302
    deliver_due()
    deliver_due()
    assert receiver.ids == [message.message_id] * 2
    message.refresh_from_db()
    assert (message.status, message.attempt_count) == ("delivered", 2)


@pytest.mark.parametrize(
    ("url", "reasons"),
    [
        (
            "https://127.0.0.1/100%",
            {
                "sv": "127.0.0.1 leder in i ett privat nät, dit inget skickas.",
                "en": "127.0.0.1 leads into a private network, where nothing is sent.",
            },
        ),
        ("http://www.example.se/", {"en": "Messages are sent by https:// only."}),
    ],
)
def test_why_nothing_was_sent_is_told_in_the_readers_language(
    admin_client: Client, receiver: Receiver, url: str, reasons: dict[str, str]
) -> None:
    subscribe()
    change("one")
    with override("sv"):
        receiver.answer = lambda: post(url, b"{}", {})
        deliver_due()
    page = reverse("webhook_messages:inspect", args=[WebhookMessage.objects.get().pk])

    for language, reason in reasons.items():
        UserProfile.objects.update_or_create(user=User.objects.get(), defaults={"preferred_language": language})
        assert f"<code>{reason}</code>" in admin_client.get(page).content.decode()


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (None, "10.0.0.1 leder in i ett privat nät, dit inget skickas."),
        (None, "OSError: 100 %(host)s"),
        (None, ""),
        (200, '{"reason": "OK", "host": ""}'),
        (500, "[1]"),
    ],
)
def test_what_else_an_attempt_has_brought_is_shown_as_it_is(status: int | None, answer: str) -> None:
    assert WebhookAttempt(status_code=status, answer=answer).shown_answer == answer


def test_a_dead_message_of_a_webhook_that_is_off_can_be_sent_again(admin_client: Client, receiver: Receiver) -> None:
    subscription = subscribe(is_active=False)
    message = WebhookMessage.objects.create(subscription=subscription, body="{}", items=1, status="dead")
    admin_client.post(reverse("webhook_messages:send_again", args=[message.pk]))
    receiver.answer = lambda: DOWN
    deliver_due()
    message.refresh_from_db()
    assert (message.status, message.is_requested) == ("dead", False)
    admin_client.post(reverse("webhook_messages:send_again", args=[message.pk]))
    receiver.answer = lambda: Outcome(200, "", 0)
    deliver_due()
    message.refresh_from_db()
    assert message.status == "delivered"


def test_what_is_asked_for_during_an_attempt_is_heeded(admin_client: Client, receiver: Receiver) -> None:
    message = WebhookMessage.objects.create(subscription=subscribe(), body="{}", items=1)

    def answer() -> Outcome:
        admin_client.post(reverse("webhook_messages:send_again", args=[message.pk]))
        return DOWN

    receiver.answer = answer
    deliver_due()
    message.refresh_from_db()
    assert (message.attempt_count, message.is_requested) == (1, True)


def test_an_address_that_changes_during_a_run_is_heeded(receiver: Receiver) -> None:
    subscription = subscribe()
    for _number in range(2):
        WebhookMessage.objects.create(subscription=subscription, body="{}", items=1, status="dead", is_requested=True)

    def answer() -> Outcome:
        WebhookSubscription.objects.update(url=f"{URL}/new")
        return DOWN

    receiver.answer = answer
    deliver_due()
    assert [url for url, _body, _headers in receiver.sent][:2] == [URL, f"{URL}/new"]


@pytest.fixture
def editor() -> User:
    group = Group.objects.create(name="Integration")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = User.objects.create_user("editor", password="x")
    user.groups.add(group)
    return user


def test_webhooks_are_for_those_who_may(client: Client, editor: User, receiver: Receiver) -> None:
    subscription = subscribe()
    message = WebhookMessage.objects.create(subscription=subscription, body="{}", items=1)
    client.force_login(editor)
    pages = [
        reverse("webhooks:index"),
        reverse("webhooks:add"),
        reverse("webhooks:edit", args=[subscription.pk]),
        reverse("webhook_messages:index"),
        reverse("webhook_messages:inspect", args=[message.pk]),
    ]
    for page in pages:
        assert client.get(page).status_code == 302, page
    assert client.post(reverse("webhook_messages:send_again", args=[message.pk])).status_code in (302, 403)
    message.refresh_from_db()
    assert not message.is_requested

    editor.groups.get().permissions.add(Permission.objects.get(codename="view_webhookmessage"))
    assert client.get(pages[-1]).status_code == 200
    assert "Send again" not in client.get(pages[-1]).content.decode()
    assert subscription.secret not in client.get(pages[-1]).content.decode()


def test_nobody_writes_messages_by_hand(admin_client: Client) -> None:
    message = WebhookMessage.objects.create(subscription=subscribe(), body="{}", items=1)
    for name, args in (("add", []), ("edit", [message.pk]), ("delete", [message.pk])):
        assert admin_client.get(reverse(f"webhook_messages:{name}", args=args)).status_code == 302
