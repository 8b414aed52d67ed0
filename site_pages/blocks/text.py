"""Blocks of words: prose, lists, quotations, milestones and fact boxes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from ...snippets.field_blocks import LabelledChoiceBlock, PartialDateBlock
from ..link_texts import check_link_texts

#: What prose may hold. Headings come from sections, so that their levels are always right.
PROSE_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]

#: What a short text inside another block may hold.
SHORT_TEXT_FEATURES = ["bold", "italic", "link", "document-link"]


class ProseBlock(blocks.RichTextBlock):
    """Running text."""

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("features", PROSE_FEATURES)
        kwargs.setdefault("validators", [check_link_texts])
        super().__init__(**kwargs)

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        description = _("Paragraphs, links and simple lists.")
        template = "partnerships_pages/blocks/rich_text.html"
        preview_template = "partnerships_pages/blocks/preview.html"
        preview_value = "<p>We have worked together since 2014, in education and in research.</p>"


class ListPreset(models.TextChoices):
    """What a list is a list of; gives the list its heading and consumers its meaning."""

    AREAS = "areas", _("Areas of collaboration")
    GOALS = "goals", _("Goals")
    EXAMPLES = "examples", _("Examples")
    COMMITMENTS = "commitments", _("Commitments")
    OTHER = "other", _("Other list")


class ListItemBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=500)
    description = blocks.TextBlock(label=_("Description"), required=False, rows=2)

    class Meta:
        label = _("Item")
        icon = "list-ul"
        label_format = "{name}"


class ListOfItemsBlock(blocks.StructBlock):
    """A list of areas, goals, examples or commitments."""

    preset = LabelledChoiceBlock(choices=ListPreset.choices, default=ListPreset.AREAS, label=_("A list of"))
    heading = blocks.CharBlock(
        required=False,
        max_length=150,
        label=_("Heading"),
        help_text=_("Left empty, the kind of list gives the heading."),
    )
    introduction = blocks.TextBlock(required=False, rows=2, label=_("Introduction"))
    items = blocks.ListBlock(ListItemBlock(), label=_("Items"), min_num=1)

    class Meta:
        label = _("List")
        icon = "list-ul"
        label_format = "{heading}"
        description = _("Areas, goals, examples or commitments, each with a description if you like.")
        template = "partnerships_pages/blocks/list.html"
        preview_template = "partnerships_pages/blocks/preview.html"
        preview_value = {
            "preset": "areas",
            "heading": "",
            "introduction": "We work together in three areas:",
            "items": [
                {"name": "Skills supply", "description": "Courses that working life asks for."},
                {"name": "Research", "description": "Joint projects on energy and health."},
                {"name": "Innovation", "description": ""},
            ],
        }


class QuotationBlock(blocks.StructBlock):
    """What somebody said."""

    quotation = blocks.TextBlock(label=_("Quotation"), help_text=_("Without quotation marks: the design adds them."))
    person = blocks.CharBlock(required=False, max_length=255, label=_("Person"))
    role = blocks.CharBlock(required=False, max_length=255, label=_("Role"))

    class Meta:
        label = _("Quotation")
        icon = "openquote"
        label_format = "{person}"
        description = _("A quotation, with or without the person's name and role.")
        template = "partnerships_pages/blocks/quote.html"
        preview_template = "partnerships_pages/blocks/preview.html"
        preview_value = {
            "quotation": "Together we reach people that neither of us would reach alone.",
            "person": "Kim Exempelsson",
            "role": "Director",
        }


class MilestoneBlock(blocks.StructBlock):
    """Something that happened on a day, in a month or in a year."""

    date = PartialDateBlock(label=_("Date"), help_text="2014, 2014-01, 2014-01-15")
    what = blocks.CharBlock(max_length=255, label=_("What happened"))
    link = blocks.URLBlock(required=False, label=_("Link"))

    class Meta:
        label = _("Milestone")
        icon = "date"
        label_format = "{date} {what}"
        description = _("A date in the history of a collaboration: an event, a signing, a renewal.")
        template = "partnerships_pages/blocks/milestone.html"
        preview_template = "partnerships_pages/blocks/preview.html"
        preview_value = {"date": "2014-01", "what": "The letter of intent is signed", "link": ""}


class FactBoxBlock(blocks.StructBlock):
    """A short text set apart from the rest."""

    heading = blocks.CharBlock(required=False, max_length=150, label=_("Heading"))
    text = blocks.RichTextBlock(features=PROSE_FEATURES, validators=[check_link_texts], label=_("Text"))

    class Meta:
        label = _("Fact box")
        icon = "info-circle"
        label_format = "{heading}"
        description = _("Background that the reader can skip.")
        template = "partnerships_pages/blocks/fact_box.html"
        preview_template = "partnerships_pages/blocks/preview.html"
        preview_value = {"heading": "In brief", "text": "<p>The agreement concerns five municipalities.</p>"}
