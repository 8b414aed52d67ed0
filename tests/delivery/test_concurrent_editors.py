"""Editors who publish at once: nobody deadlocks, the feed has no gap, and no reader gets parts of two states."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.db import close_old_connections, connection, transaction
from django.test import Client
from django.utils import timezone

import pytest
import time_machine

from tests.delivery.client import ROOT, fetch, titles
from tests.delivery.following import Follower, download
from tests.factories import AgreementPageFactory, ContactFactory, PartnerPageFactory, SiteTree
from wagtail_partnerships.cms.delivery.models import ContentChange, ContentMark
from wagtail_partnerships.cms.delivery.versions import current_version
from wagtail_partnerships.site_pages.models import AgreementPage, PartnerPage
from wagtail_partnerships.site_pages.reader import Reader
from wagtail_partnerships.snippets.models import Contact

ROUNDS = 3


def at_once(*jobs: Callable[[], object]) -> None:
    """Do all jobs at the same time, each with a connection of its own. Raises what the first to fail met."""
    errors: list[BaseException] = []

    def run(job: Callable[[], object]) -> None:
        try:
            if connection.vendor == "sqlite":
                with connection.cursor() as cursor:
                    # Writers queue; on a busy machine they do so for longer than the site lets them.
                    cursor.execute("PRAGMA busy_timeout = 60000")
            job()
        except BaseException as error:  # noqa: BLE001  # a thread must hand over what it met
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not any(thread.is_alive() for thread in threads), "deadlock"
    if errors:
        raise errors[0]


def again(job: Callable[[int], object]) -> Callable[[], None]:
    def all_rounds() -> None:
        for number in range(ROUNDS):
            job(number)

    return all_rounds


def publish(model: Any, pk: int, **values: Any) -> None:
    with transaction.atomic():
        row = model.objects.get(pk=pk).get_latest_revision_as_object()
        for name, value in values.items():
            setattr(row, name, value)
        row.save_revision().publish()


def test_editors_and_readers_at_once(committed_tree: SiteTree, settings: Any) -> None:
    settings.PARTNERSHIPS_LIST_CONTACTS = True
    with transaction.atomic():
        # An office: a list of contacts, and so a full download, leaves persons out.
        contact = ContactFactory(kind=Contact.Kind.OFFICE)
        partner = PartnerPageFactory(contacts=[contact])
        agreement = AgreementPageFactory(parties=[partner])
        for row in (contact, partner, agreement):
            row.save_revision()
    follower = Follower(Client(), ())
    before = current_version().number

    def edit_agreement(number: int) -> None:
        publish(AgreementPage, agreement.pk, title=f"Avtal {number}")
        publish(Contact, contact.pk, role=f"Roll {number}")

    def write_and_remove(_number: int) -> None:
        with transaction.atomic():
            page = AgreementPageFactory(parties=[partner])
        with transaction.atomic():
            page.unpublish()

    def read(_number: int) -> None:
        follower.follow()
        fetch(Client(), "/partners?view=full")

    at_once(
        again(lambda number: publish(PartnerPage, partner.pk, title=f"Partner {number}")),
        again(edit_agreement),
        again(write_and_remove),
        again(read),
    )

    commits = 5 * ROUNDS
    assert current_version().number == before + commits
    numbers = ContentMark.objects.filter(number__gt=before).values_list("number", flat=True).distinct()
    assert sorted(numbers) == list(range(before + 1, before + commits + 1))
    follower.follow()
    assert {key: held.body for key, held in follower.documents.items()} == download(Client())
    assert not ContentMark.objects.filter(is_told=False).exists()


def test_editors_whose_pages_link_each_other_both_get_through(committed_tree: SiteTree) -> None:
    with transaction.atomic():
        pages = [PartnerPageFactory() for _ in range(2)]
        for page in pages:
            page.save_revision()
    before = current_version().number

    def link(order: list[PartnerPage]) -> None:
        for _ in range(ROUNDS):
            publish(PartnerPage, order[0].pk, introduction=f'<a linktype="page" id="{order[1].pk}">andra</a>')

    at_once(lambda: link(pages), lambda: link(pages[::-1]))

    assert current_version().number == before + 2 * ROUNDS


def test_what_a_writer_has_not_committed_is_not_told(committed_tree: SiteTree) -> None:
    with transaction.atomic():
        partner = PartnerPageFactory(title="Förut")
    client = Client()
    cursor = client.get(f"{ROOT}/settings")["Content-Version"]

    def fail() -> None:
        partner.title = "Aldrig skriven"
        partner.save_revision().publish()
        # Within the transaction the edit is seen, and nothing of it is kept.
        assert titles(client, "/partners") == ["Aldrig skriven"]
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction.atomic():
        fail()

    assert titles(client, "/partners") == ["Förut"]
    feed = fetch(client, "/changes", since=cursor)
    assert feed["items"] == []
    assert feed["next"] == cursor


def test_a_reader_never_gets_parts_of_two_states(
    client: Client, committed_tree: SiteTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wagtail_partnerships.cms.delivery.listings.partnerships import PartnerListing  # patched below

    with transaction.atomic():
        PartnerPageFactory(title="Alfa")
    count = PartnerListing.facet_counts
    edits = iter(["Beta", "Gamma"])

    def write_before_counting(self: Any, *args: Any) -> Any:
        # The rows have been read; now somebody publishes, and only then the facets are counted.
        if title := next(edits, None):
            with transaction.atomic():
                PartnerPageFactory(title=title)
        return count(self, *args)

    monkeypatch.setattr(PartnerListing, "facet_counts", write_before_counting)

    for _ in range(3):
        body = fetch(client, "/partners", facets="organisation_type")
        assert len(body["items"]) == body["_facets"]["organisation_type"][0]["count"] == body["_meta"]["total"] == 3


@pytest.fixture
def failing_once(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Have the next reading of agreements fail after something has been done, as if that had taken a row away."""
    read = Reader._fetch

    def fail_after(do: Callable[[], object]) -> None:
        jobs = iter([do])

        def fetch_once_failing(self: Any, **pages: Any) -> Any:
            if job := next(jobs, None):
                job()
                raise KeyError("gone")
            return read(self, **pages)

        monkeypatch.setattr(Reader, "_fetch", fetch_once_failing)

    return fail_after


def _publish_another() -> None:
    with transaction.atomic():
        AgreementPageFactory(title="Annat")


@pytest.mark.parametrize(
    ("is_api", "has_middleware"),
    [(True, True), (True, False), (False, True)],
    ids=["JSON", "JSON in a host without the middleware", "HTML"],
)
def test_what_vanishes_while_it_is_read_is_no_error(
    committed_tree: SiteTree,
    settings: Any,
    caplog: pytest.LogCaptureFixture,
    failing_once: Callable[[Callable[[], object]], None],
    *,
    is_api: bool,
    has_middleware: bool,
) -> None:
    if not has_middleware:
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith(".DeliveryMiddleware")]
    with transaction.atomic():
        agreement = AgreementPageFactory(title="Kvar")
    path = f"{ROOT}/agreements/{agreement.translation_key}" if is_api else agreement.url
    failing_once(_publish_another)

    response = Client(raise_request_exception=True).get(path)

    assert response.status_code == 200
    assert "Kvar" in response.content.decode()
    assert not [record for record in caplog.records if record.name == "django.request"]


@pytest.mark.parametrize("is_api", [True, False], ids=["JSON", "HTML"])
def test_an_error_of_its_own_is_one(
    committed_tree: SiteTree, failing_once: Callable[[Callable[[], object]], None], is_api: bool
) -> None:
    with transaction.atomic():
        agreement = AgreementPageFactory()
    path = f"{ROOT}/agreements/{agreement.translation_key}" if is_api else agreement.url
    failing_once(lambda: None)

    assert Client(raise_request_exception=False).get(path).status_code == 500


def test_a_partner_whose_agreement_is_taken_offline_meanwhile(
    client: Client, site_tree: SiteTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    partner = PartnerPageFactory(title="Kvar")
    AgreementPageFactory(title="Borta", parties=[partner])
    choose = Reader._agreements_of

    def choose_and_unpublish(self: Any, keys: Any) -> Any:
        chosen = choose(self, keys)
        AgreementPage.objects.update(live=False)
        return chosen

    monkeypatch.setattr(Reader, "_agreements_of", choose_and_unpublish)

    assert fetch(client, f"/partners/{partner.translation_key}")["agreements"] == []
    assert client.get(partner.url).status_code == 200


def test_what_falls_due_counts(client: Client, committed_tree: SiteTree) -> None:
    now = timezone.now()
    with transaction.atomic():
        scheduled = PartnerPageFactory(title="I morgon", live=False)
        scheduled.go_live_at = now + datetime.timedelta(hours=1)
        scheduled.save_revision(approved_go_live_at=scheduled.go_live_at)
        PartnerPageFactory(title="Idag", expire_at=now + datetime.timedelta(hours=1))
    assert titles(client, "/partners") == ["Idag"]
    before = client.get(f"{ROOT}/settings")["Content-Version"]

    with time_machine.travel(now + datetime.timedelta(hours=2)):
        call_command("run_due")

    assert titles(client, "/partners") == ["I morgon"]
    actions = {item["action"] for item in fetch(client, "/changes", since=before)["items"]}
    assert actions == {"upsert", "delete"}


def test_midnight_counts_once_however_many_ask_first(committed_tree: SiteTree) -> None:
    with transaction.atomic():
        agreement = AgreementPageFactory(end_kind="date", end_date="2031-06-30")
    evening = datetime.datetime(2031, 6, 30, 21, 59, tzinfo=datetime.UTC)
    statuses: list[str] = []

    def ask() -> None:
        close_old_connections()
        statuses.append(fetch(Client(), f"/agreements/{agreement.translation_key}")["status"]["code"])

    # Tests run in Stockholm's time, two hours ahead of UTC in summer.
    with time_machine.travel(evening, tick=False):
        ask()
        before = current_version()
    with time_machine.travel(evening + datetime.timedelta(minutes=2), tick=False):
        at_once(ask, ask, ask)
        after = current_version()
        [item] = fetch(Client(), "/changes", since=str(before))["items"]

    assert statuses == ["active", "expired", "expired", "expired"]
    assert after.number == before.number + 1
    assert item["id"] == str(agreement.translation_key)
    assert ContentChange.objects.filter(number=after.number).count() == 1
