"""Editors can't write what a screen reader's user can't follow."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

import pytest
from bs4 import BeautifulSoup

from tests.factories import ImageFactory, PartnerPageFactory, SiteTree
from wagtail_partnerships.site_pages.blocks import ContentBlock
from wagtail_partnerships.site_pages.link_texts import check_link_text, check_link_texts


@pytest.mark.parametrize(
    "text",
    [
        "Klicka här",
        "här",
        "Här!",
        " läs  mer… ",
        "READ MORE",
        "click here »",
        "https://www.mdu.se/",
        "www.mdu.se/avtal",
    ],
)
def test_a_link_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        check_link_text(text)
    assert " ".join(text.split()) in caught.value.messages[0]


@pytest.mark.parametrize("text", ["Läs mer om Länsstyrelsen", "Avtal 2018–2021", "mdu.se", "Här bor vi", ""])
def test_a_link_that_says_where_it_leads_is_kept(text: str) -> None:
    check_link_text(text)


def test_every_vague_link_of_a_text_is_named() -> None:
    with pytest.raises(ValidationError) as caught:
        check_link_texts('<p><a href="https://a.se">Klicka <b>här</b></a>, <a id="1" linktype="page">läs mer</a></p>')
    assert len(caught.value.messages) == 2


def blocks_with(kind: str, value: Any) -> Any:
    block = ContentBlock()
    return block, block.to_python([{"type": kind, "value": value, "id": "1"}])


VAGUE = '<p>Om avtalet: <a href="https://www.mdu.se">läs mer</a>.</p>'
LINK = {"text": "Läs mer", "page": None, "url": "https://www.mdu.se", "document": None, "description": ""}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("rich_text", VAGUE),
        ("fact_box", {"heading": "", "text": VAGUE}),
        ("link_list", {"heading": "", "links": [LINK]}),
        ("section", {"heading": "Bakgrund", "content": [{"type": "rich_text", "value": VAGUE, "id": "2"}]}),
        (
            "table",
            {
                "caption": "",
                "columns": [{"type": "rich_text", "heading": "Avtal"}],
                "rows": [{"values": [VAGUE]}],
            },
        ),
    ],
)
def test_no_block_takes_one(kind: str, value: Any) -> None:
    block, content = blocks_with(kind, value)
    with pytest.raises(ValidationError):
        block.clean(content)


@pytest.mark.django_db
def test_no_introduction_takes_one(site_tree: SiteTree) -> None:
    partner = PartnerPageFactory()
    partner.introduction = VAGUE
    with pytest.raises(ValidationError) as caught:
        partner.full_clean()
    assert list(caught.value.message_dict) == ["introduction"]


@pytest.mark.django_db
def test_an_image_needs_an_alternative_text_or_is_decoration() -> None:
    image = ImageFactory()
    for alt_text, decorative, is_fine in (("", False, False), ("", True, True), ("Ett hus", False, True)):
        value = {
            "image": {"image": image.pk, "alt_text": alt_text, "decorative": decorative},
            "caption": "",
            "credit": "",
        }
        block, content = blocks_with("image", value)
        if is_fine:
            block.clean(content)
        else:
            with pytest.raises(ValidationError):
                block.clean(content)


@pytest.mark.django_db
def test_the_editor_runs_the_content_checker_with_our_rules(site_tree: SiteTree) -> None:
    editor = Client()
    editor.force_login(User.objects.create_superuser("editor", "editor@example.se", "x"))
    partner = PartnerPageFactory()
    for path in (reverse("wagtailadmin_pages:edit", args=[partner.pk]), partner.url):
        soup = BeautifulSoup(editor.get(path).content.decode(), "html.parser")
        template = soup.find("template", id="wagtail-userbar-template")
        script = soup.find("script", id="checker-axe-configuration") or (
            template and template.find("script", id="checker-axe-configuration")
        )
        rules = json.loads(script.get_text())["options"]["runOnly"]
        assert {"image-alt", "identical-links-same-purpose", "heading-order"} <= set(rules)
