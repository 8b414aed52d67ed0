"""Content blocks as the API's union: one renderer for each type, the host's own blocks included."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from wagtail.blocks import StreamValue, StructValue
from wagtail.contrib.typed_table_block.blocks import TypedTable

from ....site_pages.agreement_types import AgreementType
from ....site_pages.blocks.choosers import Extent, Layout
from ....site_pages.blocks.text import ListPreset
from ....site_pages.models import PartnerPage
from ....site_pages.status import AgreementStatus
from ..schemas import blocks as shapes
from ..schemas import common
from .context import Context, coded, partial_date
from .media import render_document, render_image
from .text import render_rich_text

Rendered = dict[str, Any]


class BlockRenderer:
    """Renders the content of one row, in that row's language."""

    def __init__(self, context: Context, language: str) -> None:
        self.context = context
        self.language = language
        self._renderers: dict[str, Callable[[Any], Rendered]] = {
            "rich_text": self._rich_text,
            "list": self._list,
            "quote": self._quote,
            "milestone": self._milestone,
            "fact_box": self._fact_box,
            "image": self._image,
            "table": self._table,
            "embed": self._embed,
            "link_list": self._link_list,
            "document_list": self._document_list,
            "agreement": self._agreement,
            "partner": self._partner,
            "strategy": self._strategy,
            "contact": self._contact,
            "agreement_list": self._agreement_list,
            "partner_list": self._partner_list,
        }

    def render(self, content: StreamValue, level: int = 1) -> list[Rendered]:
        """Render a stream; a block of the host's without a registered schema is left out."""
        rendered = []
        for child in content:
            block = {"type": child.block_type, "id": child.id or ""}
            if child.block_type == "section":
                block |= {
                    "heading": child.value["heading"],
                    "level": level,
                    "content": self.render(child.value["content"], level + 1),
                }
            elif renderer := self._renderers.get(child.block_type):
                block |= renderer(child.value)
            elif getattr(child.block, "api_schema", None) is not None:
                block["value"] = child.block.get_api_representation(
                    child.value, {"request": self.context.scope.request}
                )
            else:
                continue
            rendered.append(block)
        return rendered

    def _coded(self, choice: Any) -> common.Coded:
        return coded(choice, self.language)

    def _rich_text(self, value: Any) -> Rendered:
        return {"text": render_rich_text(self.context, value)}

    def _list(self, value: StructValue) -> Rendered:
        preset = self._coded(ListPreset(value["preset"]))
        return {
            "preset": preset,
            "heading": value["heading"] or preset["label"],
            "introduction": value["introduction"] or "",
            "items": [list_item(item) for item in value["items"]],
        }

    def _quote(self, value: StructValue) -> Rendered:
        return {name: value[name] or "" for name in ("quotation", "person", "role")}

    def _milestone(self, value: StructValue) -> Rendered:
        return {"date": partial_date(value["date"]), "what": value["what"], "link": value["link"] or None}

    def _fact_box(self, value: StructValue) -> Rendered:
        return {"heading": value["heading"] or "", "text": render_rich_text(self.context, value["text"])}

    def _image(self, value: StructValue) -> Rendered:
        image = value["image"]
        return {
            "image": render_image(
                self.context,
                image,
                alt=(getattr(image, "contextual_alt_text", None) or "") if image else "",
                decorative=bool(getattr(image, "decorative", False)),
                caption=value["caption"] or "",
                credit=value["credit"] or "",
            )
        }

    def _table(self, value: TypedTable) -> Rendered:
        columns: list[shapes.TableColumn] = [
            {"type": column["block"].name, "heading": column["heading"]}
            for column in value.columns
            if column["block"].name in _CELLS
        ]
        rows = [
            [self._cell(cell.block.name, cell.value) for cell in row if cell.block.name in _CELLS] for row in value.rows
        ]
        return {"caption": value.caption or "", "columns": columns, "rows": rows}

    def _cell(self, kind: str, value: Any) -> Rendered:
        if kind == "rich_text":
            return {"type": kind, kind: render_rich_text(self.context, value or "")}
        if kind == "number":
            return {"type": kind, kind: f"{value:f}" if isinstance(value, Decimal) else None}
        return {"type": kind, kind: str(value or "")}

    def _embed(self, value: Any) -> Rendered:
        return {"url": value.url if value else ""}

    def _link_list(self, value: StructValue) -> Rendered:
        links = [self._link(link) for link in value["links"]]
        return {"heading": value["heading"] or "", "links": [link for link in links if link]}

    def _link(self, value: StructValue) -> shapes.ContentLink | None:
        """A link that leads somewhere; None if what it led to is not public."""
        text, description = value["text"] or "", value["description"] or ""
        if page := self.context.reader.page(value["page"]):
            ref = self.context.ref(page)
            return {"text": text or ref["title"], "description": description, "target": {"type": "page", "page": ref}}
        if document := self.context.reader.document(value["document"]):
            shape = render_document(self.context, document)
            target: shapes.DocumentTarget = {"type": "document", "document": shape}
            return {"text": text or shape["title"], "description": description, "target": target}
        if value["url"]:
            return {"text": text, "description": description, "target": {"type": "url", "url": value["url"]}}
        return None

    def _document_list(self, value: StructValue) -> Rendered:
        documents = (self.context.reader.document(document) for document in value["documents"])
        return {
            "heading": value["heading"] or "",
            "documents": [render_document(self.context, document) for document in documents if document],
        }

    def _ref(self, row: Any) -> common.Ref | None:
        return self.context.ref(row) if row is not None else None

    def _agreement(self, value: StructValue) -> Rendered:
        agreement = self.context.reader.agreement(value["agreement"])
        return {
            "agreement": self._ref(agreement.page if agreement else None),
            "introduction": value["introduction"] or "",
            "extent": self._coded(Extent(value["extent"])),
        }

    def _partner(self, value: StructValue) -> Rendered:
        partner = self._ref(self.context.reader.partner(value["partner"]))
        return {"partner": partner, "introduction": value["introduction"] or ""}

    def _strategy(self, value: StructValue) -> Rendered:
        strategy = self._ref(self.context.reader.strategy(value["strategy"]))
        return {"strategy": strategy, "introduction": value["introduction"] or ""}

    def _contact(self, value: StructValue) -> Rendered:
        return {
            "contact": self._ref(self.context.reader.contact(value["contact"])),
            "invitation": value["invitation"] or "",
        }

    def _agreement_list(self, value: StructValue) -> Rendered:
        partner = self._ref(self.context.reader.partner(value["partner"]))
        strategy = self._ref(self.context.reader.strategy(value["strategy"]))
        types, statuses = list(value["agreement_types"]), list(value["statuses"])
        return {
            "heading": value["heading"] or "",
            "agreement_types": [self._coded(AgreementType(code)) for code in types],
            "statuses": [self._coded(AgreementStatus(code)) for code in statuses],
            "partner": partner,
            "strategy": strategy,
            "layout": self._coded(Layout(value["layout"])),
            "group_by_type": bool(value["group_by_type"]),
            "list": self._list_link(
                "agreements",
                agreement_type=types,
                agreement_status=statuses,
                partner=[partner["id"]] if partner else [],
                strategy=[strategy["id"]] if strategy else [],
            ),
        }

    def _partner_list(self, value: StructValue) -> Rendered:
        strategy = self._ref(self.context.reader.strategy(value["strategy"]))
        kinds, types = list(value["organisation_types"]), list(value["agreement_types"])
        return {
            "heading": value["heading"] or "",
            "organisation_types": [self._coded(PartnerPage.OrganisationType(code)) for code in kinds],
            "agreement_types": [self._coded(AgreementType(code)) for code in types],
            "strategy": strategy,
            "layout": self._coded(Layout(value["layout"])),
            "group_by_type": bool(value["group_by_type"]),
            "list": self._list_link(
                "partners",
                organisation_type=kinds,
                agreement_type=types,
                strategy=[strategy["id"]] if strategy else [],
            ),
        }

    def _list_link(self, plural: str, **filters: list[str]) -> common.Link:
        query = urlencode({"locale": self.language, "fallback": "source"} | filters, doseq=True)
        path = reverse(f"partnerships_delivery:list_{plural}")
        return {"href": self.context.absolute(f"{path}?{query}"), "rel": "list", "method": "GET"}


_CELLS = frozenset({"text", "rich_text", "number"})


def list_item(value: StructValue) -> shapes.ListItem:
    return {"name": value["name"], "description": value["description"] or ""}


def items_of(content: StreamValue, preset: ListPreset) -> list[shapes.ListItem]:
    """Draw the items of all lists of one kind from the content, those within sections included."""
    return [list_item(item) for value in _lists_in(content) if value["preset"] == preset for item in value["items"]]


def _lists_in(content: StreamValue) -> Iterator[StructValue]:
    for child in content:
        if child.block_type == "section":
            yield from _lists_in(child.value["content"])
        elif child.block_type == "list":
            yield child.value
