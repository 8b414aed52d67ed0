"""A block that the host adds stands in the contract and in the answers, beside ours."""

from typing import Any

from django.test import Client

import jsonschema_rs
import pytest

from tests.delivery.client import fetch
from tests.delivery.host_blocks import MapBlock
from tests.factories import PartnerPageFactory, SiteTree
from wagtail_partnerships.cms.delivery.contract import make_openapi
from wagtail_partnerships.cms.delivery.views import openapi_document
from wagtail_partnerships.site_pages.models import PartnerPage

MAP = {"latitude": 59.61, "longitude": 16.54, "label": "Västerås"}


@pytest.fixture
def host_block(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The block registered, as a host's settings would before our models are imported."""
    settings.PARTNERSHIPS_EXTRA_BLOCKS = {"map": "tests.delivery.host_blocks.MapBlock"}
    block = MapBlock()
    block.set_name("map")
    monkeypatch.setitem(PartnerPage._meta.get_field("content").stream_block.child_blocks, "map", block)
    make_openapi.cache_clear()
    yield
    make_openapi.cache_clear()


@pytest.mark.usefixtures("host_block")
def test_a_hosts_block_stands_in_the_union() -> None:
    schemas = openapi_document()["components"]["schemas"]

    assert schemas["Block"]["discriminator"]["mapping"]["map"] == "#/components/schemas/MapBlock"
    assert {"$ref": "#/components/schemas/MapBlock"} in schemas["Block"]["oneOf"]
    assert schemas["MapBlock"]["properties"]["value"] == {"$ref": "#/components/schemas/MapValue"}
    assert schemas["MapValue"]["properties"]["latitude"] == {"type": "number"}


@pytest.mark.usefixtures("host_block")
@pytest.mark.django_db
def test_a_hosts_block_stands_in_the_answers_as_its_schema_says(client: Client, site_tree: SiteTree) -> None:
    partner = PartnerPageFactory(content=[("map", MAP)])

    document = fetch(client, f"/partners/{partner.translation_key}")

    [block] = document["content"]
    assert (block["type"], block["value"]) == ("map", MAP)
    contract = openapi_document()
    schema = {"$ref": "#/components/schemas/Partner", "components": contract["components"]}
    assert [fault.message for fault in jsonschema_rs.validator_for(schema).iter_errors(document)] == []


@pytest.mark.usefixtures("host_block")
@pytest.mark.django_db
def test_a_hosts_block_without_a_schema_stays_out_of_the_api(
    client: Client, site_tree: SiteTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MapBlock, "api_schema", None)
    partner = PartnerPageFactory(content=[("map", MAP), ("rich_text", "<p>Hej</p>")])

    document = fetch(client, f"/partners/{partner.translation_key}")

    assert [block["type"] for block in document["content"]] == ["rich_text"]
    assert "map" not in openapi_document()["components"]["schemas"]["Block"]["discriminator"]["mapping"]
