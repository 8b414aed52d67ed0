"""Rotating a webhook's secret: for a while both sign, so that the receiver misses nothing."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.log_actions import registry as log_registry

import pytest
import time_machine
from standardwebhooks import Webhook, WebhookVerificationError

from tests.delivery.test_webhooks import DOWN, Receiver, change, form, receiver, settled, subscribe
from wagtail_partnerships.cms.delivery.webhooks import models
from wagtail_partnerships.cms.delivery.webhooks.delivering import deliver_due
from wagtail_partnerships.cms.delivery.webhooks.models import (
    ROTATION,
    FormerSecretSignsError,
    WebhookMessage,
    WebhookSubscription,
)
from wagtail_partnerships.cms.delivery.webhooks.sending import Outcome
from wagtail_partnerships.cms.delivery.webhooks.signatures import new_secret
from wagtail_partnerships.site_pages.due import run_due_tasks

__all__ = ["receiver", "settled"]  # fixtures

pytestmark = pytest.mark.django_db


def verifies(secret: str, sent: tuple[str, bytes, dict[str, str]]) -> bool:
    """Tell whether a receiver that knows a secret takes a message."""
    _url, body, headers = sent
    try:
        Webhook(secret).verify(body.decode(), headers)
    except WebhookVerificationError:
        return False
    return True


def rotated() -> tuple[WebhookSubscription, str]:
    """A subscription whose secret has just been rotated, and the former one."""
    subscription = subscribe()
    former = subscription.secret
    subscription.rotate_secret()
    return subscription, former


def rotate_url(subscription: WebhookSubscription) -> str:
    return reverse("webhooks:rotate_secret", args=[subscription.pk])


def edit_url(subscription: WebhookSubscription) -> str:
    return reverse("webhooks:edit", args=[subscription.pk])


def test_both_secrets_sign_the_new_one_first(receiver: Receiver) -> None:
    subscription, former = rotated()
    change("one")
    deliver_due()

    [sent] = receiver.sent
    assert subscription.secret != former
    assert verifies(former, sent)
    assert verifies(subscription.secret, sent)
    first, second = sent[2]["webhook-signature"].split(" ")
    url, body, headers = sent
    assert verifies(subscription.secret, (url, body, headers | {"webhook-signature": first}))
    assert verifies(former, (url, body, headers | {"webhook-signature": second}))


def test_former_secret_signs_no_more_after_its_time(receiver: Receiver) -> None:
    subscription, former = rotated()
    change("one")
    with time_machine.travel(timezone.now() + ROTATION, tick=False):
        deliver_due()

        assert not verifies(former, receiver.sent[0])
        assert verifies(subscription.secret, receiver.sent[0])


def test_rotation_counts_from_the_next_attempt_of_a_run_that_goes_on(receiver: Receiver) -> None:
    subscription = subscribe()
    for name in ("one", "two"):
        WebhookMessage.objects.create(
            subscription=subscription, body=f'{{"name": "{name}"}}', items=1, status="dead", is_requested=True
        )

    def rotate_meanwhile() -> Outcome:
        if len(receiver.sent) == 1:
            WebhookSubscription.objects.get().rotate_secret()
        return DOWN

    receiver.answer = rotate_meanwhile
    deliver_due()

    new = WebhookSubscription.objects.get().secret
    assert [verifies(new, sent) for sent in receiver.sent] == [False, True]


def test_second_rotation_waits_until_the_former_secret_signs_no_more() -> None:
    subscription, former = rotated()
    current = subscription.secret

    with pytest.raises(FormerSecretSignsError):
        subscription.rotate_secret()
    subscription.refresh_from_db()
    assert (subscription.secret, subscription.former_secret) == (current, former)

    with time_machine.travel(timezone.now() + ROTATION):
        subscription.rotate_secret()
    assert subscription.former_secret == current


def test_of_two_rotations_at_once_one_is_made() -> None:
    subscription = subscribe()
    former = subscription.secret
    # Both have read the subscription before either writes.
    one, other = WebhookSubscription.objects.get(), WebhookSubscription.objects.get()

    one.rotate_secret()
    with pytest.raises(FormerSecretSignsError):
        other.rotate_secret()

    assert other.secret == one.secret, "the second is told of what the first has made"
    subscription.refresh_from_db()
    assert (subscription.secret, subscription.former_secret) == (one.secret, former)


def test_former_secret_is_forgotten_after_its_time_and_not_before() -> None:
    subscription, former = rotated()
    assert "prune_webhook_secrets" not in run_due_tasks()
    subscription.refresh_from_db()
    assert subscription.former_secret == former

    with time_machine.travel(timezone.now() + ROTATION):
        assert "prune_webhook_secrets" not in run_due_tasks()
    subscription.refresh_from_db()
    assert (subscription.former_secret, subscription.former_secret_until) == ("", None)


# In the admin


def test_looking_at_the_confirmation_rotates_nothing(admin_client: Client) -> None:
    subscription = subscribe()
    assert rotate_url(subscription) in admin_client.get(edit_url(subscription)).content.decode()

    shown = admin_client.get(rotate_url(subscription)).content.decode()

    assert f"I {ROTATION.days} dagar" in shown
    assert WebhookSubscription.objects.get().secret == subscription.secret
    assert WebhookSubscription.objects.get().former_secret == ""


def test_secret_is_rotated_when_confirmed_and_the_log_tells(admin_client: Client) -> None:
    subscription = subscribe()
    former = subscription.secret

    response = admin_client.post(rotate_url(subscription), follow=True)

    subscription.refresh_from_db()
    shown = response.content.decode()
    assert response.redirect_chain == [(edit_url(subscription), 302)]
    assert subscription.former_secret == former
    assert subscription.secret in shown
    assert "Hemligheten är bytt." in shown
    assert log_registry.get_logs_for_instance(subscription).get().action == "wagtail.edit"


def test_former_secret_is_shown_nowhere(admin_client: Client) -> None:
    subscription, former = rotated()
    pages = [edit_url(subscription), rotate_url(subscription), reverse("webhooks:index")]
    pages += [reverse(f"webhooks:{name}", args=[subscription.pk]) for name in ("history", "delete", "usage")]

    for page in pages:
        assert former not in admin_client.get(page).content.decode(), page


def test_second_rotation_is_refused_with_its_reason(admin_client: Client) -> None:
    subscription, former = rotated()
    current = subscription.secret

    page = admin_client.get(rotate_url(subscription)).content.decode()
    answer = admin_client.post(rotate_url(subscription), follow=True).content.decode()

    for shown in (page, answer):
        assert "inte bytas igen ännu" in shown
        assert "skriv en annan i formuläret" in shown
    assert 'method="post"' not in page.partition("<main")[2].partition("</main>")[0]
    subscription.refresh_from_db()
    assert (subscription.secret, subscription.former_secret) == (current, former)


def test_form_tells_until_when_the_former_secret_signs(admin_client: Client) -> None:
    subscription = subscribe()
    notice = "signerar även den tidigare hemligheten"
    assert notice not in admin_client.get(edit_url(subscription)).content.decode()
    subscription.rotate_secret()
    assert notice in admin_client.get(edit_url(subscription)).content.decode()


def test_secret_typed_by_hand_signs_alone_at_once(admin_client: Client, receiver: Receiver) -> None:
    subscription, former = rotated()
    rotated_to, typed = subscription.secret, new_secret()

    assert admin_client.post(edit_url(subscription), form(secret=typed)).status_code == 302

    subscription.refresh_from_db()
    assert (subscription.secret, subscription.former_secret) == (typed, "")
    assert subscription.former_secret_until is None
    change("one")
    deliver_due()
    assert [verifies(secret, receiver.sent[0]) for secret in (typed, rotated_to, former)] == [True, False, False]
    subscription.rotate_secret()


def test_saving_anything_else_leaves_the_rotation_as_it_is(admin_client: Client) -> None:
    subscription, former = rotated()

    assert admin_client.post(edit_url(subscription), form(secret=subscription.secret)).status_code == 302

    saved = WebhookSubscription.objects.get()
    assert (saved.name, saved.secret, saved.former_secret) == ("Webben", subscription.secret, former)


def test_form_opened_before_the_rotation_does_not_bring_the_former_secret_back(admin_client: Client) -> None:
    subscription, former = rotated()

    response: Any = admin_client.post(edit_url(subscription), form(secret=former))

    shown = response.content.decode()
    assert "secret" in response.context["form"].errors
    assert former not in shown
    assert subscription.secret in shown
    assert WebhookSubscription.objects.get().secret == subscription.secret


@pytest.mark.parametrize("is_rotated_first", [True, False])
def test_stale_form_does_not_bring_back_a_secret_that_was_typed_over(
    admin_client: Client, is_rotated_first: bool
) -> None:
    subscription = subscribe()
    opened = admin_client.get(edit_url(subscription)).context["form"]
    stale = form(name="Nytt namn", secret=opened["secret"].value(), shown=opened["shown"].value())
    if is_rotated_first:
        subscription.rotate_secret()
    typed = new_secret()
    assert admin_client.post(edit_url(subscription), form(secret=typed)).status_code == 302

    refused: Any = admin_client.post(edit_url(subscription), stale)

    assert "secret" in refused.context["form"].errors
    assert WebhookSubscription.objects.get().secret == typed
    again = form(name="Nytt namn", **{name: refused.context["form"][name].value() for name in ("secret", "shown")})
    assert admin_client.post(edit_url(subscription), again).status_code == 302
    kept = WebhookSubscription.objects.get()
    assert (kept.name, kept.secret) == ("Nytt namn", typed)


def test_form_shows_which_secret_it_showed(admin_client: Client) -> None:
    subscription = subscribe()
    page = admin_client.get(edit_url(subscription)).content.decode()
    [hidden] = re.findall(r'<input type="hidden" name="shown" value="([0-9a-f]{64})"', page)
    assert hidden not in {"", subscription.secret}


def test_form_writes_nothing_over_that_is_delivered_or_rotated_meanwhile(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscription = subscribe()
    former = subscription.secret

    def rotate_meanwhile(url: str) -> None:
        other = WebhookSubscription.objects.get()
        if not other.former_secret:
            other.rotate_secret()
            WebhookSubscription.objects.update(cursor="1-later")

    monkeypatch.setattr(models, "check_url", rotate_meanwhile)
    assert admin_client.post(edit_url(subscription), form(secret=former)).status_code == 302

    saved = WebhookSubscription.objects.get()
    assert (saved.name, saved.former_secret, saved.cursor) == ("Webben", former, "1-later")


def test_rotating_is_for_those_who_may_change_the_webhook(client: Client) -> None:
    subscription = subscribe()
    group = Group.objects.create(name="Integration")
    user = User.objects.create_user("editor", password="x")
    user.groups.add(group)
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_webhooksubscription"]))
    client.force_login(user)

    assert client.get(rotate_url(subscription)).status_code in (302, 403)
    assert client.post(rotate_url(subscription)).status_code in (302, 403)
    assert WebhookSubscription.objects.get().secret == subscription.secret

    group.permissions.add(Permission.objects.get(codename="change_webhooksubscription"))
    assert client.get(rotate_url(subscription)).status_code == 200
    assert client.post(rotate_url(subscription)).status_code == 302
    assert WebhookSubscription.objects.get().former_secret == subscription.secret


def test_rotation_lasts_a_week() -> None:
    subscription, _former = rotated()
    assert subscription.former_secret_until is not None
    left = subscription.former_secret_until - timezone.now()
    assert datetime.timedelta(days=7) - left < datetime.timedelta(minutes=1)
