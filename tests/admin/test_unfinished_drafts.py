"""Drafts that have hardly begun: what is saved can be edited, looked at and previewed, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

import pytest

from tests.delivery.client import ROOT
from tests.delivery.test_previews import FRONT_END, ask, exchange, query_of
from tests.factories import AgreementPageFactory, PartnerPageFactory, SiteTree
from wagtail_partnerships.site_pages.blocks import ContentBlock
from wagtail_partnerships.site_pages.models import AgreementPage, PartnerPage

pytestmark = pytest.mark.django_db


def add_url(model: type[Page], tree: SiteTree) -> str:
    index = tree.swedish.agreements if model is AgreementPage else tree.swedish.partners
    return reverse("wagtailadmin_pages:add", args=["partnerships_pages", model._meta.model_name, index.pk])


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def shown_form(client: Client, url: str) -> dict[str, Any]:
    """Return what a browser sends of a form in which nothing has been typed."""
    response = client.get(url)
    assert response.status_code == 200
    fields = querydict_from_html(response.content.decode(), form_id="page-edit-form").dict()
    # The editor's script adds the fields of the stream.
    return {**fields, **nested_form_data({"content": streamfield([])})}


def as_added(block: blocks.Block) -> Any:
    """Return what a browser sends of a block that has been added and left as it came."""
    if isinstance(block, TypedTableBlock):
        return {"caption": "", "column-count": "0", "row-count": "0"}
    if isinstance(block, ImageBlock):
        return {"image": "", "alt_text": ""}
    if isinstance(block, blocks.StreamBlock | blocks.ListBlock):
        items = [as_added(block.child_block)] if isinstance(block, blocks.ListBlock) else []
        return streamfield([("item", item) for item in items])
    if isinstance(block, blocks.StructBlock):
        unsent = blocks.BooleanBlock | blocks.MultipleChoiceBlock
        return {name: as_added(child) for name, child in block.child_blocks.items() if not isinstance(child, unsent)}
    if isinstance(block, blocks.ChoiceBlock):
        return str(block.get_default())
    return rich_text("") if isinstance(block, blocks.RichTextBlock) else ""


def every_block() -> dict[str, str]:
    # A link without a target is refused in a draft as well.
    added = [(name, as_added(block)) for name, block in ContentBlock().child_blocks.items() if name != "link_list"]
    return dict(nested_form_data({"content": streamfield(added)}))


def look_everywhere(client: Client, page: Page, settings: Any, **content: str) -> dict[str, Any]:
    """Open a draft's form, the draft itself and both its previews; return what the front end gets in its preview."""
    form = shown_form(client, edit_url(page)) | content
    assert client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 200
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert client.post(preview, form).json() == {"is_valid": True, "is_available": True}
    assert client.get(preview).status_code == 200
    settings.PARTNERSHIPS_PREVIEW_URLS = {"*": FRONT_END}
    query = query_of(client.get(preview)["Location"])
    response = ask(f"/{query['resource']}/{query['id']}", exchange(query["code"]).json()["token"])
    assert response.status_code == 200
    document: dict[str, Any] = response.json()
    return document


def test_a_new_agreement_is_saved_before_its_type_is_chosen(admin_client: Client, site_tree: SiteTree) -> None:
    url = add_url(AgreementPage, site_tree)
    form = shown_form(admin_client, url)
    assert form["agreement_types-0-agreement_type"] == ""
    assert admin_client.post(url, form | {"purpose": "Att fördjupa"}).status_code == 302
    agreement = AgreementPage.objects.get()
    assert (agreement.purpose, agreement.live) == ("Att fördjupa", False)
    assert agreement.title


def test_a_new_agreement_is_autosaved_before_its_type_is_chosen(admin_client: Client, site_tree: SiteTree) -> None:
    url = add_url(AgreementPage, site_tree)
    form = shown_form(admin_client, url) | {"purpose": "Att fördjupa"}
    first = admin_client.post(url, form, headers={"Accept": "application/json"}).json()
    assert first["success"]
    form |= first["field_updates"] | {"purpose": "Att bredda", "overwrite_revision_id": first["revision_id"]}
    assert admin_client.post(first["url"], form, headers={"Accept": "application/json"}).json()["success"]
    assert AgreementPage.objects.get().purpose == "Att bredda"


def test_two_rows_without_a_type_are_no_duplicates(admin_client: Client, site_tree: SiteTree) -> None:
    url = add_url(AgreementPage, site_tree)
    form = shown_form(admin_client, url)
    second = {
        "agreement_types-1-agreement_type": "",
        "agreement_types-1-ORDER": "2",
        "agreement_types-TOTAL_FORMS": "2",
    }
    assert admin_client.post(url, form | second).status_code == 302


@pytest.mark.parametrize("content", [{}, every_block()], ids=["title alone", "every block empty"])
@pytest.mark.parametrize("model", [AgreementPage, PartnerPage])
def test_a_draft_with_a_title_alone_opens_everywhere(
    admin_client: Client, site_tree: SiteTree, settings: Any, model: type[Page], content: dict[str, str]
) -> None:
    url = add_url(model, site_tree)
    form = shown_form(admin_client, url) | {"title": "Utan typ", "slug": "utan-typ"}
    assert admin_client.post(url, form | content).status_code == 302
    document = look_everywhere(admin_client, model.objects.get(), settings, **content)
    if model is AgreementPage:
        assert (document["types"], document["label"]) == ([], "Annat avtal")
    else:
        assert document["organisation_type"]["code"] == "other"
    assert len(document["content"]) == int(content.get("content-count", 0))


def test_a_live_agreement_whose_draft_has_lost_its_type_opens_everywhere(
    admin_client: Client, site_tree: SiteTree, settings: Any
) -> None:
    agreement = AgreementPageFactory(title="Avsikten", purpose="Att fördjupa")
    form = shown_form(admin_client, edit_url(agreement)) | {"agreement_types-0-agreement_type": ""}
    assert admin_client.post(edit_url(agreement), form).status_code == 302
    assert look_everywhere(admin_client, agreement, settings)["types"] == []
    assert Client().get(f"{ROOT}/agreements/{agreement.translation_key}").json()["types"][0]["code"] == (
        "letter_of_intent"
    )


def test_the_first_type_that_is_chosen_is_the_primary_one(
    admin_client: Client, site_tree: SiteTree, settings: Any
) -> None:
    agreement = AgreementPageFactory(agreement_types=["", "mou", ""], live=False)
    agreement.save_revision()
    assert agreement.primary_type == "mou"
    document = look_everywhere(admin_client, agreement, settings)
    assert [row["code"] for row in document["types"]] == ["mou"]


def test_pages_that_are_live_without_a_type_are_listed(client: Client, site_tree: SiteTree) -> None:
    partner = PartnerPageFactory(title="Länsstyrelsen")
    PartnerPage.objects.update(organisation_type="")
    AgreementPageFactory(title="Avsikten", agreement_types=[""], parties=[partner])
    for index, title in ((site_tree.swedish.partners, partner.title), (site_tree.swedish.agreements, "Avsikten")):
        response = client.get(index.url)
        assert response.status_code == 200
        assert title in response.content.decode()
    for resource in ("partners", "agreements"):
        assert client.get(f"{ROOT}/{resource}", {"view": "full"}).status_code == 200
