"""The one number: what moves it, what doesn't, and that it does so once for each transaction."""

import datetime
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Collection, Page, PageViewRestriction, Revision

import pytest
import time_machine

from tests.factories import (
    AgreementPageFactory,
    ContactFactory,
    DocumentFactory,
    ImageFactory,
    PartnerPageFactory,
    SiteTree,
)
from wagtail_partnerships.cms.delivery.feed import read_feed
from wagtail_partnerships.cms.delivery.marks import mark, one_reset
from wagtail_partnerships.cms.delivery.models import ContentChange, ContentMark
from wagtail_partnerships.cms.delivery.store import local_store
from wagtail_partnerships.cms.delivery.versions import Version, current_version
from wagtail_partnerships.site_pages.models import AgreementPage, PartnerPage
from wagtail_partnerships.snippets.models import Contact


def moved(edit: Callable[[], object]) -> int:
    """Return by how much an edit moves the number, in a transaction of its own."""
    before = current_version().number
    with transaction.atomic():
        edit()
    return current_version().number - before


@pytest.fixture
def agreement(committed_tree: SiteTree) -> AgreementPage:
    contact = ContactFactory(name="Helena")
    return AgreementPageFactory(title="Avsiktsförklaring", parties=[PartnerPageFactory()], contacts=[contact])


def test_publishing_moves_the_number_by_one_however_many_rows_it_writes(agreement: AgreementPage) -> None:
    agreement.title = "Ny avsiktsförklaring"

    assert moved(lambda: agreement.save_revision().publish()) == 1


def test_many_edits_in_one_transaction_move_it_by_one(agreement: AgreementPage) -> None:
    def edit() -> None:
        for number in range(5):
            agreement.title = f"Avtal {number}"
            agreement.save()
            with transaction.atomic():
                ContactFactory()
                Contact.objects.get(name="Helena").save()

    assert moved(edit) == 1


def test_a_saved_draft_does_not_move_it(agreement: AgreementPage) -> None:
    agreement.title = "Utkast"
    agreement.purpose = "Ett utkast"

    assert moved(agreement.save_revision) == 0
    assert Revision.objects.for_instance(agreement).exists()


def test_first_draft_of_a_page_that_was_made_without_any_changes_no_answer(
    client: Client, agreement: AgreementPage
) -> None:
    # What is loaded or copied can be live and have no revision, so that nobody knows when it was published.
    address = f"/delivery/v1/agreements/{agreement.translation_key}"
    before = client.get(address).content

    with transaction.atomic():
        agreement.save_revision()
    local_store.clear()
    cache.clear()

    assert client.get(address).content == before


def test_a_saved_draft_of_a_snippet_does_not_move_it(agreement: AgreementPage) -> None:
    contact = Contact.objects.get(name="Helena")
    contact.name = "Helena Utkast"

    assert moved(contact.save_revision) == 0


def test_a_new_draft_does_not_move_it(committed_tree: SiteTree) -> None:
    draft = PartnerPage(title="Utkast", slug="utkast", live=False, organisation_type="company")

    assert moved(lambda: committed_tree.swedish.partners.add_child(instance=draft)) == 0
    assert moved(lambda: ContactFactory(live=False)) == 0


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda page: page.unpublish(), id="unpublish"),
        pytest.param(lambda page: page.delete(), id="delete"),
        pytest.param(lambda page: Page.objects.get(pk=page.pk).delete(), id="delete as a plain page"),
        pytest.param(lambda page: page.contacts.first().delete(), id="a contact taken away"),
        pytest.param(lambda page: page.contacts.first().contact.save(), id="its contact saved"),
        pytest.param(
            lambda page: PageViewRestriction.objects.create(page=page, restriction_type="login"), id="privacy"
        ),
        pytest.param(lambda page: page.move(page.get_parent(), "first-child"), id="reorder"),
        pytest.param(lambda page: ImageFactory(), id="image"),
    ],
)
def test_what_readers_could_see_moves_it(agreement: AgreementPage, edit: Callable[[AgreementPage], object]) -> None:
    assert moved(lambda: edit(AgreementPage.objects.get(pk=agreement.pk))) == 1


def test_a_rolled_back_transaction_leaves_no_trace(agreement: AgreementPage) -> None:
    before, marks = current_version(), ContentMark.objects.count()

    def fail() -> None:
        agreement.save()
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction.atomic():
        fail()

    assert current_version() == before
    assert ContentMark.objects.count() == marks
    agreement.title = "Efteråt"
    assert moved(agreement.save) == 1


def test_a_rolled_back_savepoint_leaves_no_trace(agreement: AgreementPage) -> None:
    def edit() -> None:
        with transaction.atomic():
            agreement.save()
            transaction.set_rollback(True)

    assert moved(edit) == 0


def test_what_is_saved_after_a_rolled_back_savepoint_counts(agreement: AgreementPage) -> None:
    def edit() -> None:
        with transaction.atomic():
            agreement.save()
            transaction.set_rollback(True)
        agreement.save()

    assert moved(edit) == 1


def test_an_edit_outside_a_transaction_is_seen_only_under_a_later_number(
    agreement: AgreementPage, caplog: pytest.LogCaptureFixture
) -> None:
    contact = Contact.objects.get(name="Helena")
    before = current_version().number

    contact.save_base()

    # Once before the row is written and once after.
    assert current_version().number == before + 2
    assert "outside a transaction" in caplog.text


def test_each_number_bears_a_token_of_its_own(agreement: AgreementPage) -> None:
    first = current_version()
    moved(agreement.save)
    second = current_version()

    assert second.number == first.number + 1
    assert second.token != first.token
    assert len(second.token) == 8
    assert str(second) == f"{second.number}-{second.token}"


def test_a_bulk_load_is_one_reset(agreement: AgreementPage) -> None:
    before = current_version()
    with one_reset():
        PartnerPageFactory.create_batch(3)

    assert current_version().number == before.number + 1
    [item] = read_feed(agreement.get_site(), str(before)).items
    assert item.action == "reset"


@pytest.mark.usefixtures("committed_tree")
def test_concurrent_writers_give_gapless_numbers_and_nobody_deadlocks() -> None:
    contacts = [ContactFactory() for _ in range(2)]
    before = current_version().number
    errors: list[Exception] = []
    rounds = 20

    def write(order: list[Contact]) -> None:
        try:
            for _ in range(rounds):
                with transaction.atomic():
                    for contact in order:
                        mark(contact)
                        # The rows are locked in one order, the number only when each transaction ends.
                        Contact.objects.filter(pk=min(row.pk for row in order)).update(role="x")
        except Exception as error:  # noqa: BLE001  # a thread must hand over what it met
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(order,)) for order in (contacts, contacts[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert errors == []
    assert current_version().number == before + 2 * rounds
    numbers = ContentMark.objects.filter(number__gt=before).values_list("number", flat=True).distinct()
    assert sorted(numbers) == list(range(before + 1, before + 2 * rounds + 1))


@pytest.mark.postgres
def test_a_writer_at_work_does_not_keep_others_from_committing(agreement: AgreementPage) -> None:
    other: list[Version] = []

    def write() -> None:
        with transaction.atomic():
            mark(Contact.objects.get(name="Helena"))
        other.append(current_version())
        connection.close()

    before = current_version().number
    with transaction.atomic():
        mark(agreement)
        thread = threading.Thread(target=write)
        thread.start()
        thread.join(10)
        assert [version.number for version in other] == [before + 1]

    assert current_version().number == before + 2


@pytest.mark.parametrize("factory", [ImageFactory, DocumentFactory])
def test_files_moved_to_another_collection_in_bulk_move_it(
    agreement: AgreementPage, factory: Any, admin_client: Client
) -> None:
    private = Collection.get_first_root_node().add_child(name="Avtalshandlingar")
    files = [factory(), factory()]
    address = reverse(
        "wagtail_bulk_action", args=[files[0]._meta.app_label, files[0]._meta.model_name, "add_to_collection"]
    )
    query = urlencode({"id": [file.pk for file in files], "next": "/admin/"}, doseq=True)

    assert moved(lambda: admin_client.post(f"{address}?{query}", {"collection": private.pk})) == 1
    assert {type(file).objects.get(pk=file.pk).collection for file in files} == {private}


def test_due_tasks_start_the_day_and_prune_the_feed(committed_tree: SiteTree) -> None:
    with time_machine.travel(timezone.now() + datetime.timedelta(days=200)):
        PartnerPageFactory()
        call_command("run_due")

        assert current_version().day == timezone.localdate()
        oldest = ContentChange.objects.order_by("created_at").values_list("created_at", flat=True).first()
        assert oldest is None or oldest > timezone.now() - datetime.timedelta(days=91)
