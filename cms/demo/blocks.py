"""How the demo content writes its blocks: one function for each block type of ``site_pages.blocks``."""

from __future__ import annotations

from typing import Any

from .entries import Block, Date, Items, Ref, Text


def prose(html: Text) -> Block:
    """Running text; ``<a ref="partner/x">`` leads to a page of the demo, ``<a doc="document/x">`` to a document."""
    return Block("rich_text", html)


def section(heading: Text, *content: Block) -> Block:
    return Block("section", {"heading": heading, "content": content})


def listed(preset: str, *items: Text | tuple[Text, Text], heading: Text = "", introduction: Text = "") -> Block:
    """A list of areas, goals, examples or commitments; an item is its name, or its name and description."""
    pairs = [item if isinstance(item, tuple) else (item, "") for item in items]
    return Block(
        "list",
        {
            "preset": preset,
            "heading": heading,
            "introduction": introduction,
            "items": Items(tuple({"name": name, "description": description} for name, description in pairs)),
        },
    )


def quote(quotation: Text, person: str = "", role: Text = "") -> Block:
    return Block("quote", {"quotation": quotation, "person": person, "role": role})


def milestone(date: Date, what: Text, link: str = "") -> Block:
    return Block("milestone", {"date": date, "what": what, "link": link})


def fact_box(heading: Text, html: Text) -> Block:
    return Block("fact_box", {"heading": heading, "text": html})


def image(ref: Ref, alt: Text, caption: Text = "", credit: Text = "") -> Block:
    """A picture; an empty ``alt`` marks it as decoration."""
    picture = {"image": ref, "decorative": not alt, "alt_text": alt}
    return Block("image", {"image": picture, "caption": caption, "credit": credit})


def table(caption: Text, columns: dict[Text, str], *rows: tuple[Any, ...]) -> Block:
    """A table; ``columns`` maps each heading to the type of its cells: text, rich_text or number."""
    return Block(
        "table",
        {
            "caption": caption,
            "columns": [{"heading": heading, "type": kind} for heading, kind in columns.items()],
            "rows": [{"values": list(row)} for row in rows],
        },
    )


def embed(url: str) -> Block:
    return Block("embed", url)


def link(
    text: Text = "", *, url: str = "", page: Ref | None = None, document: Ref | None = None, description: Text = ""
) -> dict[str, Any]:
    return {"text": text, "page": page, "url": url, "document": document, "description": description}


def links(heading: Text, *targets: dict[str, Any]) -> Block:
    return Block("link_list", {"heading": heading, "links": Items(targets)})


def documents(heading: Text, *refs: Ref) -> Block:
    return Block("document_list", {"heading": heading, "documents": Items(refs)})


def agreement(ref: Ref, introduction: Text = "", extent: str = "full") -> Block:
    return Block("agreement", {"agreement": ref, "introduction": introduction, "extent": extent})


def partner(ref: Ref, introduction: Text = "") -> Block:
    return Block("partner", {"partner": ref, "introduction": introduction})


def strategy(ref: Ref, introduction: Text = "") -> Block:
    return Block("strategy", {"strategy": ref, "introduction": introduction})


def contact(ref: Ref, invitation: Text = "") -> Block:
    return Block("contact", {"contact": ref, "invitation": invitation})


def agreement_list(
    heading: Text,
    *,
    types: tuple[str, ...] = (),
    statuses: tuple[str, ...] = (),
    partner: Ref | None = None,
    strategy: Ref | None = None,
    layout: str = "cards",
    group_by_type: bool = False,
) -> Block:
    return Block(
        "agreement_list",
        {
            "heading": heading,
            "agreement_types": list(types),
            "statuses": list(statuses),
            "partner": partner,
            "strategy": strategy,
            "layout": layout,
            "group_by_type": group_by_type,
        },
    )


def partner_list(
    heading: Text,
    *,
    organisation_types: tuple[str, ...] = (),
    agreement_types: tuple[str, ...] = (),
    strategy: Ref | None = None,
    layout: str = "cards",
    group_by_type: bool = False,
) -> Block:
    return Block(
        "partner_list",
        {
            "heading": heading,
            "organisation_types": list(organisation_types),
            "agreement_types": list(agreement_types),
            "strategy": strategy,
            "layout": layout,
            "group_by_type": group_by_type,
        },
    )
