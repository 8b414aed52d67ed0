"""Blocks of every shape can be translated, whoever wrote them and however deep they lie."""

import json
from typing import Any

from django.urls import reverse

from wagtail.models import Locale
from wagtail.rich_text import RichText
from wagtail_localize.models import StringSegment, Translation

import pytest

from tests.factories import (
    AgreementPageFactory,
    ContactFactory,
    DocumentFactory,
    ImageFactory,
    PartnerPageFactory,
    StrategyFactory,
    translated,
)
from wagtail_partnerships.site_pages.blocks import ContentBlock
from wagtail_partnerships.site_pages.blocks.block_ids import with_ids
from wagtail_partnerships.site_pages.models import PartnerPage

from .translator import publish, submit, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]

TABLE = {
    "caption": "Tabellens rubrik",
    "columns": [
        {"type": "text", "heading": "Kommun"},
        {"type": "number", "heading": "Antal"},
        {"type": "rich_text", "heading": "Mer"},
    ],
    "rows": [
        {"values": ["Sala", "7", '<p>Läs <a href="https://www.example.se/sala">om Sala</a></p>']},
        {"values": ["Norberg", None, ""]},
        {"values": ["Sala", "3", ""]},
    ],
}


@pytest.fixture
def samples() -> dict[str, tuple[Any, set[str]]]:
    """A stored value of every block type without any id, and the texts in it that are to be translated."""
    partner, contact, strategy = PartnerPageFactory(), ContactFactory(), StrategyFactory()
    agreement, document, image = AgreementPageFactory(), DocumentFactory(), ImageFactory()
    filters = {"agreement_types": ["mou"], "layout": "cards", "group_by_type": False, "strategy": strategy.pk}
    quote = {"type": "quote", "value": {"quotation": "Djupt citat", "person": "Kim", "role": "Chef"}}
    table = {"type": "table", "value": TABLE}
    subsection = {"heading": "Underrubrik", "content": [quote, table]}
    return {
        "rich_text": (
            f'<p>Stycke med <a id="{partner.pk}" linktype="page">länk</a>.</p><ul><li>Punkt</li></ul>',
            {'Stycke med <a id="a1">länk</a>.', "Punkt"},
        ),
        "list": (
            {
                "preset": "areas",
                "heading": "Områden",
                "introduction": "Vi gör:",
                "items": [{"name": "Forskning", "description": "Mycket"}, {"name": "Utbildning", "description": ""}],
            },
            {"Områden", "Vi gör:", "Forskning", "Mycket", "Utbildning"},
        ),
        "quote": ({"quotation": "Bra", "person": "Eva", "role": "Rektor"}, {"Bra", "Eva", "Rektor"}),
        "milestone": ({"date": "2014-01", "what": "Undertecknat", "link": "https://www.example.se/"}, {"Undertecknat"}),
        "fact_box": (
            {"heading": "Fakta", "text": '<p>Se <a href="https://www.example.se/a.b">sidan</a></p>'},
            {"Fakta", 'Se <a id="a1">sidan</a>'},
        ),
        "image": (
            {
                "image": {"image": image.pk, "alt_text": "En bro", "decorative": False},
                "caption": "Bron",
                "credit": "Foto: Kim",
            },
            {"En bro", "Bron", "Foto: Kim"},
        ),
        "table": (
            TABLE,
            {"Tabellens rubrik", "Kommun", "Antal", "Mer", "Sala", "Norberg", 'Läs <a id="a1">om Sala</a>'},
        ),
        "embed": ("https://film.example.se/1", set()),
        "link_list": (
            {
                "heading": "Läs mer",
                "links": [
                    {"text": "Länk", "page": partner.pk, "url": "", "document": None, "description": "Vart den går"},
                    {"text": "", "page": None, "url": "", "document": document.pk, "description": ""},
                ],
            },
            {"Läs mer", "Länk", "Vart den går"},
        ),
        "document_list": ({"heading": "Dokument", "documents": [document.pk]}, {"Dokument"}),
        "agreement": ({"agreement": agreement.pk, "introduction": "Avtalet:", "extent": "short"}, {"Avtalet:"}),
        "partner": ({"partner": partner.pk, "introduction": "Partnern:"}, {"Partnern:"}),
        "strategy": ({"strategy": strategy.pk, "introduction": "Strategin:"}, {"Strategin:"}),
        "contact": ({"contact": contact.pk, "invitation": "Fråga:"}, {"Fråga:"}),
        "agreement_list": (
            {"heading": "Avtal", "statuses": ["active"], "partner": partner.pk, **filters},
            {"Avtal"},
        ),
        "partner_list": ({"heading": "Partner", "organisation_types": ["region"], **filters}, {"Partner"}),
        "section": (
            {
                "heading": "Rubrik",
                "content": [
                    {"type": "section", "value": subsection},
                    {
                        "type": "list",
                        "value": {
                            "preset": "goals",
                            "heading": "",
                            "introduction": "",
                            "items": [{"name": "Mål", "description": ""}],
                        },
                    },
                ],
            },
            {"Rubrik", "Underrubrik", "Djupt citat", "Kim", "Chef", "Mål"}
            | {"Tabellens rubrik", "Kommun", "Antal", "Mer", "Sala", "Norberg", 'Läs <a id="a1">om Sala</a>'},
        ),
    }


def test_every_block_type_is_among_the_samples(samples: dict[str, Any]) -> None:
    assert set(samples) == set(ContentBlock().child_blocks)


def offered(translation: Translation) -> set[str]:
    segments = StringSegment.objects.filter(source=translation.source, context__path__startswith="content.")
    return set(segments.values_list("string__data", flat=True))


def without_ids(value: Any) -> Any:
    if isinstance(value, list):
        return [without_ids(item) for item in value]
    if isinstance(value, dict):
        if value.get("type") == "item" and "value" in value:
            return without_ids(value["value"])
        return {name: without_ids(item) for name, item in value.items() if name != "id"}
    return value


BLOCK_TYPES = sorted(ContentBlock().child_blocks)


@pytest.mark.parametrize("block_type", BLOCK_TYPES)
def test_block_is_translated_and_otherwise_the_same(
    block_type: str, samples: dict[str, tuple[Any, set[str]]], english: Locale
) -> None:
    value, texts = samples[block_type]
    partner = PartnerPage.objects.get(pk=PartnerPageFactory(content=[{"type": block_type, "value": value}]).pk)
    before = partner.content.get_prep_value()
    translation = submit(partner, english)
    assert offered(translation) == texts

    write(translation, {text: f"EN {text}" for text in texts})
    page = publish(translation)

    expected = json.dumps(value, ensure_ascii=False)
    # Whole values first, so that no part of one is taken for another.
    for text in sorted(texts, key=len, reverse=True):
        plain = text.split("<")[0]
        expected = expected.replace(f'"{text}"', f'"EN {text}"').replace(f">{plain}<", f">EN {plain}<")
    assert without_ids(page.content.get_prep_value()) == [{"type": block_type, "value": json.loads(expected)}]
    assert PartnerPage.objects.get(pk=partner.pk).content.get_prep_value() == before


def test_block_can_be_changed_after_its_translation(english: Locale) -> None:
    rows = [{"name": "Ett", "description": ""}, {"name": "Två", "description": ""}]
    listing = {"preset": "areas", "heading": "", "introduction": "", "items": rows}
    partner = PartnerPageFactory(content=[{"type": "list", "value": listing}])
    translation = submit(partner, english)
    write(translation, {"Ett": "One", "Två": "Two"})
    publish(translation)

    partner = PartnerPage.objects.get(pk=partner.pk)
    partner.content[0].value["items"].insert(1, {"name": "Ett och ett halvt", "description": ""})
    partner.save()
    translation.source.update_from_db()
    page = publish(translation)

    assert [item["name"] for item in page.content[0].value["items"]] == ["One", "Ett och ett halvt", "Two"]


def test_table_keeps_its_translation_when_rows_are_moved(english: Locale) -> None:
    partner = PartnerPageFactory(content=[{"type": "table", "value": TABLE}])
    translation = submit(partner, english)
    write(translation, {"Norberg": "EN Norberg", "Kommun": "Municipality"})
    publish(translation)

    partner = PartnerPage.objects.get(pk=partner.pk)
    partner.content[0].value.row_data.reverse()
    partner.content[0].value.row_data.insert(0, {"values": ["Ny", None, RichText("")]})
    partner.save()
    translation.source.update_from_db()
    table = publish(translation).content[0].value

    assert [str(row["values"][0]) for row in table.row_data] == ["Ny", "Sala", "EN Norberg", "Sala"]
    assert [column["heading"] for column in table.columns] == ["Municipality", "Antal", "Mer"]


def test_untranslated_table_is_shown_in_the_source_language(english: Locale) -> None:
    partner = PartnerPageFactory(content=[{"type": "table", "value": TABLE}])

    page = publish(submit(partner, english))

    assert without_ids(page.content.get_prep_value()) == [{"type": "table", "value": TABLE}]


def test_image_that_has_been_deleted_stops_no_translation(english: Locale) -> None:
    image = ImageFactory()
    value = {"image": {"image": image.pk, "alt_text": "En bro", "decorative": False}, "caption": "Bron", "credit": ""}
    partner = PartnerPageFactory(content=[{"type": "image", "value": value}])
    translation = submit(partner, english)
    write(translation, {"En bro": "A bridge", "Bron": "The bridge"})
    image.delete()

    page = publish(translation)
    assert page.content[0].value["caption"] == "The bridge"

    translation.source.update_from_db()
    assert publish(translation).content[0].value["caption"] == "The bridge"


def test_alternative_text_of_a_decorative_image_is_not_offered(english: Locale) -> None:
    value = {"image": {"image": ImageFactory().pk, "alt_text": "", "decorative": True}, "caption": "", "credit": ""}

    translation = submit(PartnerPageFactory(content=[{"type": "image", "value": value}]), english)

    assert offered(translation) == set()


def test_unfinished_blocks_of_a_draft_can_be_submitted(english: Locale) -> None:
    blank_image = {"image": {"image": None, "alt_text": None, "decorative": None}, "caption": "", "credit": ""}
    content = [
        {"type": "embed", "value": ""},
        {"type": "image", "value": blank_image},
        {"type": "table", "value": None},
        {"type": "milestone", "value": {"date": None, "what": "", "link": ""}},
        {"type": "agreement", "value": {"agreement": None, "introduction": "", "extent": "full"}},
        {"type": "document_list", "value": {"heading": "", "documents": [None]}},
        {"type": "section", "value": {"heading": "", "content": []}},
        {"type": "section", "value": {"heading": "", "content": [{"type": "embed", "value": ""}]}},
    ]
    partner = PartnerPageFactory(content=content, live=False)

    translation = submit(partner, english)

    assert offered(translation) == set()


def test_saving_a_page_gives_every_block_and_item_an_id() -> None:
    listing = {"preset": "areas", "heading": "", "introduction": "", "items": [{"name": "Ett", "description": ""}]}
    section = {"heading": "Rubrik", "content": [{"type": "list", "value": listing}]}
    partner = PartnerPageFactory(content=[{"type": "section", "value": section}])

    [stored] = PartnerPage.objects.get(pk=partner.pk).content.get_prep_value()
    [inner] = stored["value"]["content"]
    [item] = inner["value"]["items"]
    assert all((stored["id"], inner["id"], item["id"]))
    assert (item["type"], item["value"]["name"]) == ("item", "Ett")

    page = PartnerPage.objects.get(pk=partner.pk)
    page.save()
    assert PartnerPage.objects.get(pk=partner.pk).content.get_prep_value() == [stored]
    assert json.loads(page.save_revision().content["content"]) == [stored]


def test_ids_that_are_there_stay_and_unknown_blocks_are_passed_on() -> None:
    raw = [{"type": "gone", "value": [1], "id": "a"}, {"type": "rich_text", "value": "<p>x</p>", "id": "b"}]

    assert with_ids(ContentBlock(), raw) == raw


def test_choosers_in_blocks_store_the_source(english: Locale) -> None:
    contact, partner = ContactFactory(), PartnerPageFactory()
    row, page = translated(contact, english), translated(partner, english)

    host = PartnerPageFactory(
        content=[("contact", {"contact": row, "invitation": ""}), ("partner", {"partner": page, "introduction": ""})]
    )

    first, second = PartnerPage.objects.get(pk=host.pk).content.get_prep_value()
    assert first["value"]["contact"] == contact.pk
    assert second["value"]["partner"] == partner.pk


def test_translation_editor_opens_with_every_block_type(
    samples: dict[str, tuple[Any, set[str]]], english: Locale, admin_client: Any
) -> None:
    content = [{"type": block_type, "value": value} for block_type, (value, _texts) in samples.items()]
    translation = submit(PartnerPageFactory(content=content), english)
    page = translation.get_target_instance()

    response = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    assert response.status_code == 200
    assert "Tabellens rubrik" in response.content.decode()
