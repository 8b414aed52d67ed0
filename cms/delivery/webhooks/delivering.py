"""Sends what is due: at least once, and to each subscriber in the order of the feed.

The feed itself is the queue. A subscription has at most one message on its way; only when that has been delivered or
given up is the next made from what the feed holds after it. So nothing is lost with a process that is killed: the
message, its id and its content are committed before it is first sent, and stay pending until the answer is.
"""

from __future__ import annotations

import datetime
import logging
import random
import secrets
import time
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from wagtail.models import Site

import orjson

from ..changes import as_change
from ..feed import BadCursorError, Feed, FeedItem, ResyncRequiredError, read_feed
from ..rendering.context import timestamp
from ..versions import current_version
from .models import SECRETS, WebhookAttempt, WebhookMessage, WebhookSubscription
from .sending import Outcome, post
from .signatures import sign

logger = logging.getLogger(__name__)

#: The longest that an attempt may take, asking for the host's address included, before another process may try.
LEASE = datetime.timedelta(minutes=2)
#: Seconds after which a run begins no further attempt, so that the next run of `run_due` is not late.
RUN_SECONDS = 30
#: The first wait after a failure, and the longest; each is about double the one before.
FIRST_WAIT, LONGEST_WAIT = datetime.timedelta(seconds=30), datetime.timedelta(hours=1)
#: How long a message is tried.
LIFE = datetime.timedelta(days=3)
#: How long messages that are not on their way any more can be read and sent again.
KEPT = datetime.timedelta(days=30)
#: The most changes in one message.
MOST_ITEMS = 100
CHANGED = "content.changed"


def deliver_due() -> None:
    """Send what is due, whoever has waited longest first; many may call it at once."""
    begun = time.monotonic()
    for pk in list(_active().order_by(F("leased_until").asc(nulls_first=True), "pk").values_list("pk", flat=True)):
        if time.monotonic() - begun > RUN_SECONDS:
            return
        subscription, lease = _take(pk)
        if subscription is None:
            continue
        try:
            _deliver(subscription, lease, begun)
        except Exception:
            # One subscription's fault keeps no other waiting.
            logger.exception("Nothing could be sent for webhook %s", pk)
        finally:
            _release(pk, lease)


def prune_messages() -> None:
    """Forget the messages that are long over, with the log of their attempts."""
    over = WebhookMessage.objects.exclude(status=WebhookMessage.Status.PENDING)
    over.filter(created_at__lt=timezone.now() - KEPT, is_requested=False).delete()


def prune_former_secrets() -> None:
    """Forget the secrets that have been rotated away and sign no more."""
    over = WebhookSubscription.objects.filter(former_secret_until__lte=timezone.now())
    over.update(former_secret="", former_secret_until=None)


def _active() -> QuerySet[WebhookSubscription]:
    """The subscriptions that are on, and those of which somebody asked to send a message all the same."""
    requested = WebhookMessage.objects.filter(subscription=OuterRef("pk"), is_requested=True)
    return WebhookSubscription.objects.filter(Q(is_active=True) | Exists(requested))


def _take(pk: int) -> tuple[WebhookSubscription | None, str]:
    """Lease a subscription, unless another process has it."""
    now, lease = timezone.now(), secrets.token_hex(16)
    free = WebhookSubscription.objects.filter(Q(leased_until=None) | Q(leased_until__lte=now), pk=pk)
    taken = free.update(lease=lease, leased_until=now + LEASE)
    return (WebhookSubscription.objects.filter(pk=pk, lease=lease).first() if taken else None), lease


def _renew(pk: int, lease: str) -> bool:
    """Hold on to a lease for another attempt; False if another process has taken over."""
    return bool(WebhookSubscription.objects.filter(pk=pk, lease=lease).update(leased_until=timezone.now() + LEASE))


def _release(pk: int, lease: str) -> None:
    # The time stays, by which the run finds who has waited longest.
    WebhookSubscription.objects.filter(pk=pk, lease=lease).update(lease="", leased_until=timezone.now())


def _deliver(subscription: WebhookSubscription, lease: str, begun: float) -> None:
    """Send what was asked for by hand, then what is due, until something fails or nothing is left."""
    for message in subscription.messages.filter(is_requested=True).order_by("pk"):
        if time.monotonic() - begun > RUN_SECONDS or not _renew(subscription.pk, lease):
            return
        _attempt(subscription, message, lease)
    while subscription.is_active and time.monotonic() - begun <= RUN_SECONDS and _renew(subscription.pk, lease):
        pending = subscription.messages.filter(status=WebhookMessage.Status.PENDING).first() or _next(
            subscription, lease
        )
        if pending is None or pending.next_attempt_at > timezone.now():
            return
        if not _attempt(subscription, pending, lease):
            return


def _next(subscription: WebhookSubscription, lease: str) -> WebhookMessage | None:
    """Make the next message from the feed and move the cursor past it, in one transaction; None if nothing is new."""
    while True:
        feed = _read(subscription)
        if feed.next == subscription.cursor:
            return None
        items = [item for item in feed.items if subscription.takes(item.action, item.resource)]
        hosts = dict(Site.objects.values_list("pk", "hostname"))
        changes = [as_change(item) | {"site": hosts.get(item.site_id)} for item in items]
        message = None
        with transaction.atomic():
            # Both or neither, and only by whoever still holds the lease.
            held = WebhookSubscription.objects.filter(pk=subscription.pk, lease=lease)
            if not held.update(cursor=feed.next):
                return None
            if changes:
                message = _write(subscription, feed, changes)
        subscription.cursor = feed.next
        if message is not None or not feed.has_more:
            return message


def _read(subscription: WebhookSubscription) -> Feed:
    try:
        return read_feed(subscription.site, subscription.cursor, MOST_ITEMS)
    except (BadCursorError, ResyncRequiredError):
        # What came between is no longer kept: the subscriber is told to load everything again.
        return _reset()


def _reset() -> Feed:
    version = str(current_version())
    item = FeedItem(version, "reset", "", "", "", timezone.now(), [], None)
    return Feed([item], version, has_more=False)


def _write(subscription: WebhookSubscription, feed: Feed, changes: list[Any]) -> WebhookMessage:
    now = timezone.now()
    data = {"items": changes, "since": subscription.cursor, "next": feed.next}
    body = orjson.dumps({"type": CHANGED, "timestamp": timestamp(now), "data": data}).decode()
    return WebhookMessage.objects.create(
        subscription=subscription, body=body, items=len(changes), created_at=now, next_attempt_at=now
    )


def _attempt(subscription: WebhookSubscription, message: WebhookMessage, lease: str) -> bool:
    """Send a message and write down how it went; True if it has been delivered."""
    # Somebody may have changed them since this run began.
    subscription.refresh_from_db(fields=[*SECRETS, "url", "is_active"])
    now = timezone.now()
    seconds = int(now.timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "wagtail-partnerships",
        "webhook-id": message.message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": sign(subscription.signing_secrets, message.message_id, seconds, message.body),
    }
    outcome = post(subscription.url, message.body.encode(), headers)
    with transaction.atomic():
        WebhookAttempt.objects.create(
            message=message,
            started_at=now,
            duration=datetime.timedelta(seconds=outcome.seconds),
            status_code=outcome.status_code,
            answer=outcome.answer,
        )
        # Whoever lost the lease meanwhile leaves the message to the process that has it now.
        if _renew(subscription.pk, lease):
            _note(message, outcome)
    return outcome.is_success


def _note(message: WebhookMessage, outcome: Outcome) -> None:
    now = timezone.now()
    changed = ["attempt_count", "status", "delivered_at", "next_attempt_at"]
    message.attempt_count += 1
    if message.is_requested:
        # Who has asked only since the attempt began gets one more.
        message.is_requested = False
        changed.append("is_requested")
    if outcome.is_success:
        message.status = WebhookMessage.Status.DELIVERED
        message.delivered_at = now
    elif message.status == WebhookMessage.Status.PENDING:
        message.next_attempt_at = now + wait_after(message.attempt_count)
        if message.next_attempt_at > message.created_at + LIFE:
            message.status = WebhookMessage.Status.DEAD
            logger.warning(
                "Webhook message %s was given up after %s attempts", message.message_id, message.attempt_count
            )
    message.save(update_fields=changed)


def wait_after(attempts: int) -> datetime.timedelta:
    """How long to wait after so many failures: twice as long each time, and never the same for all subscribers."""
    longest = min(FIRST_WAIT * 2 ** min(attempts - 1, 20), LONGEST_WAIT)
    return longest * random.uniform(0.5, 1)  # noqa: S311  # spreads the load; nobody has to be kept from guessing it
