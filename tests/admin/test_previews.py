"""Everything that an editor writes can be looked at before it is published: pages and blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

from wagtail import blocks
from wagtail.admin.icons import get_icons
from wagtail.models import Page

import pytest

from tests.factories import AgreementPageFactory, ContactFactory, PartnerPageFactory, StrategyFactory, site_tree
from wagtail_partnerships.site_pages.blocks import ContentBlock

pytestmark = pytest.mark.django_db


def stream_children(block: blocks.StreamBlock) -> Iterator[tuple[str, blocks.Block]]:
    for name, child in block.child_blocks.items():
        yield name, child
        for grandchild in getattr(child, "child_blocks", {}).values():
            if isinstance(grandchild, blocks.StreamBlock):
                yield from stream_children(grandchild)


BLOCKS = dict(stream_children(ContentBlock()))


@pytest.mark.parametrize("name", BLOCKS)
def test_each_block_says_what_it_is_for(name: str) -> None:
    block = BLOCKS[name]
    assert block.label
    assert block.get_description()
    assert block.meta.group


@pytest.mark.parametrize("name", BLOCKS)
def test_each_block_has_an_icon_that_exists(name: str) -> None:
    assert f'id="icon-{BLOCKS[name].meta.icon}"' in get_icons()


@pytest.mark.parametrize("name", BLOCKS)
def test_each_block_has_a_preview(admin_client: Client, name: str) -> None:
    site_tree()
    block = BLOCKS[name]
    assert block.is_previewable
    get_template(block.meta.template)
    response = admin_client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert response.status_code == 200
    body = re.sub(r"<[^>]+>", "", response.content.decode().partition("<body")[2]).strip()
    assert body


def pages() -> dict[str, Page]:
    tree = site_tree()
    contact, strategy = ContactFactory(), StrategyFactory()
    partner = PartnerPageFactory(contacts=[contact], strategies=[strategy])
    agreement = AgreementPageFactory(parties=[partner, "Någon annan"], signed="2014-01")
    return {
        "home": tree.swedish.home,
        "partner index": tree.swedish.partners,
        "agreement index": tree.swedish.agreements,
        "partner": partner,
        "agreement": agreement,
    }


def test_every_page_type_can_be_previewed(admin_client: Client) -> None:
    for name, page in pages().items():
        response = page.make_preview_request(preview_mode=page.default_preview_mode)
        assert response.status_code == 200, name
        assert page.title in response.rendered_content if hasattr(response, "rendered_content") else True, name


def test_a_page_that_was_never_saved_can_be_previewed(admin_client: Client) -> None:
    from tests.admin.test_page_forms import agreement_form, party

    index = site_tree().swedish.agreements
    partner = PartnerPageFactory(title="Länsstyrelsen")
    url = reverse("wagtailadmin_pages:preview_on_add", args=["partnerships_pages", "agreementpage", index.pk])
    form = agreement_form(
        agreement_types=[{"agreement_type": "mou"}],
        parties=[party(partner=str(partner.pk))],
        purpose="Att fördjupa samarbetet",
    )
    assert admin_client.post(url, form).json() == {"is_valid": True, "is_available": True}
    shown: Any = admin_client.get(url)
    assert shown.status_code == 200
    assert "Att fördjupa samarbetet" in shown.content.decode()
    assert not Page.objects.filter(title__contains="Memorandum").exists()
