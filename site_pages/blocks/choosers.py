"""Blocks that show what is written elsewhere: agreements, partners, strategies and contacts."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from ...snippets.field_blocks import LabelledChoiceBlock, LabelledMultipleChoiceBlock, YesNoBlock
from ..agreement_types import AgreementType
from ..status import AgreementStatus
from .identity import SourceSnippetChooserBlock
from .page_choosers import AgreementChooserBlock, PartnerChooserBlock


class Extent(models.TextChoices):
    """How much of an agreement a block shows."""

    FULL = "full", _("The whole agreement")
    SHORT = "short", _("Heading, facts and purpose")


class Layout(models.TextChoices):
    """How a list of pages is laid out."""

    CARDS = "cards", _("Cards")
    TABLE = "table", _("Table")


def _organisation_types() -> list[tuple[str, Any]]:
    from ..models import PartnerPage  # the models need these blocks first

    return PartnerPage.OrganisationType.choices


class AgreementBlock(blocks.StructBlock):
    """An agreement at a place of the editor's choice, with an introduction of its own."""

    agreement = AgreementChooserBlock(label=_("Agreement"))
    introduction = blocks.TextBlock(required=False, rows=2, label=_("Introduction"))
    extent = LabelledChoiceBlock(choices=Extent.choices, default=Extent.FULL, label=_("Show"))

    class Meta:
        label = _("Agreement")
        icon = "doc-full-inverse"
        description = _("Shows an agreement here instead of at its usual place on the page.")
        template = "partnerships_pages/blocks/agreement.html"
        preview_template = "partnerships_pages/blocks/preview_without_value.html"


class PartnerBlock(blocks.StructBlock):
    """A link to a partner, as a card."""

    partner = PartnerChooserBlock(label=_("Partner"))
    introduction = blocks.TextBlock(required=False, rows=2, label=_("Introduction"))

    class Meta:
        label = _("Partner")
        icon = "group"
        description = _("A card that leads to a partner.")
        template = "partnerships_pages/blocks/partner.html"
        preview_template = "partnerships_pages/blocks/preview_without_value.html"


class StrategyBlock(blocks.StructBlock):
    """A strategy with its summary and link."""

    strategy = SourceSnippetChooserBlock("partnerships_snippets.Strategy", label=_("Strategy"))
    introduction = blocks.TextBlock(required=False, rows=2, label=_("Introduction"))

    class Meta:
        label = _("Strategy")
        icon = "crosshairs"
        description = _("A strategy: what it wants and where to read it.")
        template = "partnerships_pages/blocks/strategy.html"
        preview_template = "partnerships_pages/blocks/preview_without_value.html"


class ContactBlock(blocks.StructBlock):
    """A contact at a place of the editor's choice."""

    contact = SourceSnippetChooserBlock("partnerships_snippets.Contact", label=_("Contact"))
    invitation = blocks.CharBlock(required=False, max_length=255, label=_("Invitation to get in touch"))

    class Meta:
        label = _("Contact")
        icon = "user"
        description = _("Shows a contact here instead of at its usual place on the page.")
        template = "partnerships_pages/blocks/contact.html"
        preview_template = "partnerships_pages/blocks/preview_without_value.html"


class AgreementListBlock(blocks.StructBlock):
    """The agreements that match a filter, kept up to date by itself."""

    heading = blocks.CharBlock(required=False, max_length=150, label=_("Heading"))
    agreement_types = LabelledMultipleChoiceBlock(choices=AgreementType.choices, required=False, label=_("Types"))
    statuses = LabelledMultipleChoiceBlock(choices=AgreementStatus.choices, required=False, label=_("Statuses"))
    partner = PartnerChooserBlock(required=False, label=_("Partner"))
    strategy = SourceSnippetChooserBlock("partnerships_snippets.Strategy", required=False, label=_("Strategy"))
    layout = LabelledChoiceBlock(choices=Layout.choices, default=Layout.CARDS, label=_("Layout"))
    group_by_type = YesNoBlock(required=False, default=False, label=_("Group by type"))

    class Meta:
        label = _("List of agreements")
        icon = "list-ol"
        label_format = "{heading}"
        description = _("All agreements of a type, of a partner or towards a strategy.")
        template = "partnerships_pages/blocks/agreement_list.html"
        preview_template = "partnerships_pages/blocks/preview_without_value.html"


class PartnerListBlock(blocks.StructBlock):
    """The partners that match a filter, kept up to date by itself."""

    heading = blocks.CharBlock(required=False, max_length=150, label=_("Heading"))
    organisation_types = LabelledMultipleChoiceBlock(
        choices=_organisation_types, required=False, label=_("Types of organisation")
    )
    agreement_types = LabelledMultipleChoiceBlock(
        choices=AgreementType.choices, required=False, label=_("With agreements of type")
    )
    strategy = SourceSnippetChooserBlock("partnerships_snippets.Strategy", required=False, label=_("Strategy"))
    layout = LabelledChoiceBlock(choices=Layout.choices, default=Layout.CARDS, label=_("Layout"))
    group_by_type = YesNoBlock(required=False, default=False, label=_("Group by type"))

    class Meta:
        label = _("List of partners")
        icon = "group"
        label_format = "{heading}"
        description = _("All partners of a kind, or with agreements of a type.")
        template = "partnerships_pages/blocks/partner_list.html"
        preview_template = "partnerships_pages/blocks/preview_without_value.html"
