"""The change feed over time: what it tells of changes that nobody asked about in between, and from when on it can't."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.test import Client
from django.utils import timezone

from wagtail.images import get_image_model
from wagtail.models import PageViewRestriction, Site

import pytest
import time_machine

from tests.delivery.client import ROOT, fetch, problem
from tests.delivery.snapshots import Snapshot
from tests.factories import AgreementPageFactory, ContactFactory, ImageFactory, PartnerPageFactory, SiteTree, translated
from wagtail_partnerships.cms.delivery.feed import prune
from wagtail_partnerships.cms.delivery.models import ContentChange, ContentMark
from wagtail_partnerships.cms.delivery.versions import current_version
from wagtail_partnerships.site_pages.models import AgreementIndexPage, HomePage, PartnerPage


@pytest.fixture
def start(client: Client, committed_tree: SiteTree) -> str:
    """A cursor before everything that a test does."""
    return str(client.get(f"{ROOT}/settings")["Content-Version"])


def commit(edit: Callable[[], Any]) -> Any:
    with transaction.atomic():
        return edit()


def changes(client: Client, since: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = fetch(client, "/changes", since=since)["items"]
    return items


def test_what_came_and_went_before_anybody_asked_is_told_to_who_saw_it(client: Client, start: str) -> None:
    contact = commit(ContactFactory)
    partner = commit(lambda: PartnerPageFactory(contacts=[contact]))
    seen = str(current_version())
    commit(partner.unpublish)

    items = changes(client, seen)

    gone = {(item["action"], item["resource"], item["id"]) for item in items}
    assert gone == {
        ("delete", "partner", str(partner.translation_key)),
        ("delete", "contact", str(contact.translation_key)),
    }
    assert client.get(f"{ROOT}/partners/{partner.translation_key}").status_code == 410


def test_what_was_down_and_came_back_before_anybody_asked_names_who_shows_it(client: Client, start: str) -> None:
    partner = commit(PartnerPageFactory)
    agreement = commit(lambda: AgreementPageFactory(parties=[partner]))
    changes(client, start)
    commit(partner.unpublish)
    seen = str(current_version())
    commit(lambda: PartnerPage.objects.get(pk=partner.pk).save_revision().publish())

    [item] = changes(client, seen)

    assert item["action"] == "upsert"
    assert str(agreement.translation_key) in item["tags"]


def test_what_is_removed_is_gone_even_if_nobody_ever_read_the_feed(client: Client, start: str) -> None:
    partner = commit(PartnerPageFactory)
    commit(partner.delete)

    assert problem(client, f"/partners/{partner.translation_key}")["status"] == 410


def test_a_new_page_names_its_parent_which_lists_it(client: Client, committed_tree: SiteTree, start: str) -> None:
    partner = commit(PartnerPageFactory)

    [item] = changes(client, start)

    assert item["id"] == str(partner.translation_key)
    assert str(committed_tree.swedish.partners.translation_key) in item["tags"]


def test_a_deleted_image_names_the_pages_that_showed_it(client: Client, start: str) -> None:
    image = commit(ImageFactory)
    partner = commit(lambda: PartnerPageFactory(logo=image))
    seen = str(current_version())
    commit(lambda: get_image_model().objects.get(pk=image.pk).delete())

    [item] = changes(client, seen)

    assert (item["action"], item["resource"]) == ("delete", "image")
    assert str(partner.translation_key) in item["tags"]


def test_a_translation_names_who_shows_the_source_instead(client: Client, committed_tree: SiteTree, start: str) -> None:
    partner = commit(PartnerPageFactory)
    agreement = commit(lambda: AgreementPageFactory(parties=[partner]))
    seen = str(current_version())
    commit(lambda: translated(partner, committed_tree.english.locale))

    [item] = changes(client, seen)

    assert item["locale"] == "en"
    assert str(agreement.translation_key) in item["tags"]


@pytest.mark.parametrize("hidden_by", ["restriction", "site"])
def test_what_a_hidden_successor_does_to_an_agreement_is_told(
    client: Client, committed_tree: SiteTree, start: str, hidden_by: str
) -> None:
    agreement = commit(AgreementPageFactory)
    if hidden_by == "site":
        root, swedish = committed_tree.swedish.home.get_parent(), committed_tree.swedish.locale
        home = root.add_child(instance=HomePage(title="Annan", slug="annan", locale=swedish))
        Site.objects.create(hostname="other.example", root_page=home)
        index = home.add_child(instance=AgreementIndexPage(title="Andra", slug="andra"))
        successor = commit(lambda: AgreementPageFactory(parent=index, signed="2099"))
    else:
        successor = commit(lambda: AgreementPageFactory(signed="2099"))
        commit(lambda: PageViewRestriction.objects.create(page=successor, restriction_type="login"))
    address = f"/agreements/{agreement.translation_key}"
    for renewed, status in ((agreement, "superseded"), (None, "active")):
        seen = str(current_version())
        successor.renews, successor.signed = renewed, "2014"
        commit(successor.save)

        assert fetch(client, address)["status"]["code"] == status
        [item] = [item for item in changes(client, seen) if item["resource"] == "agreement"]
        assert (item["action"], item["id"]) == ("upsert", str(agreement.translation_key))
        assert {str(agreement.translation_key), "agreements"} <= set(item["tags"])
        assert str(successor.translation_key) not in item["tags"]


@pytest.mark.parametrize(
    ("path", "decided_by"),
    [
        ("/partners?agreement_type=consortium", "agreements"),
        ("/partners?facets=agreement_status", "agreements"),
        ("/agreements?region=SE-U", "partners"),
        ("/agreements?facets=country", "partners"),
        ("/strategies?partner=f0ccaaba-0000-4000-8000-000000000000", "agreements"),
    ],
)
def test_a_list_that_others_decide_about_bears_their_tag(
    client: Client, db: None, site_tree: SiteTree, path: str, decided_by: str
) -> None:
    assert decided_by in client.get(f"{ROOT}{path}")["Cache-Tag"].split(",")


def test_a_plain_list_bears_its_own_tag_alone(client: Client, site_tree: SiteTree) -> None:
    assert client.get(f"{ROOT}/partners?limit=5&sort=-title")["Cache-Tag"] == "partners"


def test_cursors_and_answers_from_before_a_restore_are_known_as_such(client: Client, start: str) -> None:
    partner = commit(lambda: PartnerPageFactory(title="Före"))
    kept = client.get(f"{ROOT}/partners")
    backup = Snapshot()
    commit(lambda: PartnerPageFactory(title="Förlorad"))
    lost = client.get(f"{ROOT}/partners")

    backup.restore()
    commit(lambda: PartnerPageFactory(title="Ny"))

    # The number is the one that the lost edit had; the token is not.
    now = client.get(f"{ROOT}/partners", headers={"If-None-Match": lost["ETag"]})
    assert now.status_code == 200
    assert sorted(item["title"] for item in now.json()["items"]) == ["Före", "Ny"]
    assert now["Content-Version"].split("-")[0] == lost["Content-Version"].split("-")[0]
    refused = problem(client, "/changes", since=lost["Content-Version"])
    assert (refused["status"], refused["type"]) == (410, "resync-required")
    [item] = changes(client, kept["Content-Version"])
    assert item["id"] != str(partner.translation_key)


def test_a_database_restored_and_left_alone_is_followed_no_further(client: Client, start: str) -> None:
    backup = Snapshot()
    commit(PartnerPageFactory)
    lost = client.get(f"{ROOT}/partners")["Content-Version"]
    backup.restore()

    assert problem(client, "/changes", since=lost)["type"] == "resync-required"


def test_the_feed_is_kept_for_ninety_days(client: Client, start: str) -> None:
    commit(PartnerPageFactory)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=89)):
        prune()
        assert len(changes(client, start)) == 1
    with time_machine.travel(timezone.now() + datetime.timedelta(days=91)):
        prune()
        assert problem(client, "/changes", since=start)["type"] == "resync-required"
        # Whoever has it all needs nothing that was pruned, now or after the next change.
        last = str(current_version())
        assert changes(client, last) == []
        # What followed this place within the number is gone.
        assert problem(client, "/changes", since=f"{last}.0")["type"] == "resync-required"
        partner = commit(PartnerPageFactory)
        assert [item["id"] for item in changes(client, last)] == [str(partner.translation_key)]
        assert problem(client, "/changes", since=f"{last}.0")["type"] == "resync-required"


def test_pruning_leaves_no_gap_behind_a_transaction_that_took_long(client: Client, start: str) -> None:
    commit(PartnerPageFactory)
    middle = str(current_version())
    commit(PartnerPageFactory)
    changes(client, start)
    # The later of the two began long before the other, and so its marks are older.
    old = timezone.now() - datetime.timedelta(days=100)
    number = current_version().number
    ContentMark.objects.filter(number=number).update(created_at=old)
    ContentChange.objects.filter(number=number).update(created_at=old)

    prune()

    assert problem(client, "/changes", since=middle)["type"] == "resync-required"


@pytest.mark.parametrize("cursor", ["", "7", "-", "1-zzzzzzzz", "1-00000000.x", "9" * 40, "\x00", "1-00000000.-1"])
def test_what_is_no_cursor_is_a_bad_request(client: Client, site_tree: SiteTree, cursor: str) -> None:
    assert problem(client, "/changes", since=cursor)["status"] == 400
