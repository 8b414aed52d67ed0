"""Whatever changes what readers see is one transaction, and counts once: in the admin, in bulk, and by command.

The fixture ``whole_writes`` of every test fails on a write outside of one.
"""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Collection, Page

from tests.factories import ContactFactory, DocumentFactory, ImageFactory, PartnerPageFactory, SiteTree, StrategyFactory
from wagtail_partnerships.cms.delivery.versions import current_version


def bulk(model: str, action: str, *rows: Any) -> str:
    address = reverse("wagtail_bulk_action", args=[*model.split("."), action])
    return f"{address}?{urlencode({'id': [row.pk for row in rows], 'next': '/admin/'}, doseq=True)}"


def test_each_write_of_the_admin_is_one_transaction(committed_tree: SiteTree, admin_client: Client) -> None:
    with transaction.atomic():
        contact, strategy = ContactFactory(), StrategyFactory()
        pages = [PartnerPageFactory(contacts=[contact]) for _ in range(3)]
        for row in (*pages, contact, strategy):
            row.save_revision().publish()
        image, document = ImageFactory(), DocumentFactory(file=ContentFile(b"x", name="x.txt"))
        collection = Collection.get_first_root_node().add_child(name="Handlingar")
    page = pages[0]
    snippet = "wagtailsnippets_partnerships_snippets"
    writes: list[tuple[str, dict[str, Any]]] = [
        (reverse(f"{snippet}_contact:unpublish", args=[contact.pk]), {}),
        (reverse(f"{snippet}_strategy:delete", args=[strategy.pk]), {}),
        (reverse("wagtailadmin_pages:set_privacy", args=[page.pk]), {"restriction_type": "login"}),
        (reverse("wagtailadmin_pages:set_privacy", args=[page.pk]), {"restriction_type": "none"}),
        (reverse("wagtailadmin_collections:set_privacy", args=[collection.pk]), {"restriction_type": "login"}),
        (reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {}),
        (reverse("wagtailadmin_pages:move_confirm", args=[page.pk, committed_tree.swedish.partners.pk]), {}),
        (bulk("wagtailcore.page", "publish", *pages), {"next": "/admin/"}),
        (bulk("wagtailcore.page", "unpublish", *pages), {"next": "/admin/"}),
        (bulk("wagtailimages.image", "add_to_collection", image), {"collection": collection.pk}),
        (bulk("wagtaildocs.document", "add_to_collection", document), {"collection": collection.pk}),
        (reverse("wagtailimages:delete", args=[image.pk]), {}),
        (reverse("wagtailadmin_pages:delete", args=[page.pk]), {}),
    ]
    moved = {}
    for address, fields in writes:
        before = current_version().number
        response = admin_client.post(address, fields)
        assert response.status_code in {200, 302}, (address, response.content)
        moved[f"{address} {fields}"] = current_version().number - before

    # The page is a draft by then, and its going is nothing that readers could see.
    assert {address: number for address, number in moved.items() if number != 1} == {
        f"{reverse('wagtailadmin_pages:delete', args=[page.pk])} {{}}": 0
    }
    assert not Page.objects.filter(pk=page.pk).exists()


def test_what_falls_due_is_one_transaction(committed_tree: SiteTree) -> None:
    with transaction.atomic():
        for _ in range(2):
            PartnerPageFactory(expire_at=timezone.now() - datetime.timedelta(hours=1))
    before = current_version().number

    call_command("run_due")

    assert current_version().number == before + 1
