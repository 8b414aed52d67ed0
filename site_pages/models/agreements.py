"""Agreements: written once, shown on every party's page."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.api import APIField
from wagtail.models import Page, PageManager
from wagtail.search import index

from ...snippets.languages import synchronised
from ...snippets.partial_dates import PartialDateField
from ...snippets.showing import PlacesPanel
from ...snippets.sort_keys import SortKeyField, alphabetical_indexes
from ...snippets.source_rows import SourceForeignKey, is_source
from ..agreement_types import AgreementType
from ..forms import AgreementPageForm
from ..officers import ManagementTab
from ..panels import AgreementStatusPanel, OpenDocumentsPanel, TranslationsPanel
from ..querysets import AgreementPageQuerySet
from ..status import AgreementStatus, end_of, is_expiring_on, start_of, status_of
from .content import ContentPage


class AgreementIndexPage(ContentPage):
    """The list of all agreements."""

    page_description = _("Lists every agreement; new agreements are written below it.")
    subpage_types: ClassVar[list[str]] = ["partnerships_pages.AgreementPage"]

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, "introduction", "content"]

    class Meta:
        verbose_name = _("agreement index")
        verbose_name_plural = _("agreement indexes")


class AgreementPage(ContentPage):
    """An agreement between the own organisation and one or more parties."""

    class EndKind(models.TextChoices):
        NOT_STATED = "not_stated", _("Not stated")
        UNTIL_FURTHER_NOTICE = "until_further_notice", _("Until further notice")
        DATE = "date", _("A date")

    class Outcome(models.TextChoices):
        IN_PREPARATION = "in_preparation", _("In preparation")
        TERMINATED = "terminated", _("Terminated")

    introduction = None  # its purpose is what introduces an agreement

    purpose = models.TextField(
        _("purpose"),
        blank=True,
        max_length=1000,
        help_text=_(
            "Why the parties made the agreement, in one to three sentences. Also shown in lists and search results."
        ),
    )
    display_label = models.CharField(
        _("display label"),
        max_length=100,
        blank=True,
        help_text=_("What the reader sees instead of the type, such as “avsiktsförklaring”."),
    )
    partner_page_heading = models.CharField(
        _("heading on a partner's page"),
        max_length=150,
        blank=True,
        help_text=_("Such as “Om avsiktsförklaringen”. Left empty, the type brings its own."),
    )

    signed = PartialDateField(_("signed"), help_text=_("As exactly as you know: 2014, 2014-01 or 2014-01-15."))
    since = PartialDateField(
        _("collaboration since"), help_text=_("When the collaboration began, if the agreement says so.")
    )
    valid_from = PartialDateField(
        _("valid from"), help_text=_("The first day, month or year that the agreement holds.")
    )
    end_kind = models.CharField(_("end"), max_length=20, choices=EndKind.choices, default=EndKind.NOT_STATED)
    end_date = PartialDateField(_("end date"), help_text=_("The last day, month or year that the agreement holds."))

    contact_invitation = models.CharField(
        _("invitation to get in touch"),
        max_length=255,
        blank=True,
        help_text=_("Shown above the contacts: “Vill du veta mer om avtalen?”"),
    )

    responsible_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsible user"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who gets the reminders before the agreement ends."),
    )
    responsible_unit = models.CharField(_("responsible unit"), max_length=255, blank=True)
    reference_number = models.CharField(
        _("reference number"),
        max_length=100,
        blank=True,
        help_text=_("The registry's number (diarienummer), as it is written there. Shown to readers."),
    )
    review_date = models.DateField(_("review date"), null=True, blank=True)
    notice_date = models.DateField(
        _("last day to give notice"),
        null=True,
        blank=True,
        help_text=_("After this day the agreement goes on or ends by itself."),
    )
    renewal_terms = models.TextField(_("renewal terms"), blank=True, max_length=1000)
    renewal_pending = models.BooleanField(_("renewal pending"), default=False)
    outcome = models.CharField(
        _("set by hand"),
        max_length=20,
        choices=Outcome.choices,
        blank=True,
        help_text=_("Only if the dates don't tell: not signed yet, or ended before its time."),
    )
    outcome_date = PartialDateField(_("as of"), help_text=_("For a terminated agreement: from when."))
    outcome_reason = models.TextField(_("reason"), blank=True, max_length=1000)
    renews = SourceForeignKey(
        "self",
        verbose_name=_("renews"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="successors",
        help_text=_("The agreement that this one takes over from. That one is superseded when this one starts."),
    )
    part_of = SourceForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sub_agreements",
        help_text=_("The framework or main agreement that this one belongs to."),
    )
    internal_notes = models.TextField(_("internal notes"), blank=True, help_text=_("Never shown to readers."))

    title_key = SortKeyField(source="title")

    objects = PageManager.from_queryset(AgreementPageQuerySet)()

    #: Whether ``clean`` asks for what a draft may leave open. A form says so: what is published by schedule, or with
    #: many others, has nobody to ask.
    must_be_whole: bool = False

    resource = "agreement"
    page_description = _("An agreement. Write it once: it shows on the page of every party.")
    parent_page_types: ClassVar[list[str]] = ["partnerships_pages.AgreementIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    base_form_class = AgreementPageForm

    content_panels: ClassVar[list[Any]] = [
        AgreementStatusPanel(heading=_("Status of the agreement"), icon="info-circle"),
        PlacesPanel(heading=_("Where this shows"), icon="view"),
        TranslationsPanel(heading=_("Translations"), icon="globe"),
        InlinePanel(
            "parties",
            heading=_("Parties"),
            label=_("party"),
            help_text=_("Everyone who made the agreement but your own organisation."),
            icon="group",
        ),
        InlinePanel(
            "agreement_types",
            heading=_("Types of agreement"),
            label=_("type"),
            min_num=1,
            help_text=_("One is mostly enough. The first one is the primary type."),
            icon="tag",
        ),
        TitleFieldPanel("title", placeholder=_("Title; if left empty, made from type and parties")),
        FieldPanel("purpose"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("signed"), FieldPanel("since"), FieldPanel("valid_from")]),
                FieldRowPanel([FieldPanel("end_kind"), FieldPanel("end_date")]),
            ],
            heading=_("Period"),
            help_text=_("Fill in what you know; everything here may be left empty."),
            icon="date",
        ),
        MultipleChooserPanel(
            "contacts",
            chooser_field_name="contact",
            heading=_("Contacts"),
            label=_("contact"),
            help_text=_("Without any, the partner's own contacts are shown."),
            icon="user",
        ),
        MultipleChooserPanel(
            "strategies",
            chooser_field_name="strategy",
            heading=_("Strategies"),
            label=_("strategy"),
            help_text=_("What the parties work towards together."),
            icon="crosshairs",
        ),
        FieldPanel("content"),
        MultiFieldPanel(
            [FieldPanel("display_label"), FieldPanel("partner_page_heading"), FieldPanel("contact_invitation")],
            heading=_("Wording"),
            classname="collapsed",
        ),
    ]
    management_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldPanel("reference_number"),
                FieldRowPanel([FieldPanel("responsible_user"), FieldPanel("responsible_unit")]),
            ],
            heading=_("Responsibility"),
            icon="user",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("review_date"), FieldPanel("notice_date")]),
                FieldPanel("renewal_terms"),
                FieldPanel("renewal_pending"),
            ],
            heading=_("Renewal"),
            icon="rotate",
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("outcome"), FieldPanel("outcome_date")]), FieldPanel("outcome_reason")],
            heading=_("Status set by hand"),
            icon="edit",
        ),
        MultiFieldPanel([FieldPanel("renews"), FieldPanel("part_of")], heading=_("Related agreements"), icon="link"),
        InlinePanel("signatories", heading=_("Signatories"), label=_("signatory"), icon="edit"),
        OpenDocumentsPanel(heading=_("Documents that anyone can read"), icon="warning"),
        MultipleChooserPanel(
            "documents",
            chooser_field_name="document",
            heading=_("Documents"),
            label=_("document"),
            help_text=_("A file uploaded here can be read only by those who are signed in."),
            icon="doc-full",
        ),
        FieldPanel("internal_notes"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ManagementTab(management_panels, heading=_("Management")),
            ObjectList(Page.promote_panels, heading=_("Promote")),
        ]
    )

    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("purpose", boost=2),
        index.SearchField("display_label"),
        index.SearchField("reference_number"),
        index.SearchField("content"),
        index.RelatedFields("parties", [index.SearchField("name")]),
        index.FilterField("translation_key"),
    ]
    # What everybody may read, and no more: Wagtail shows anybody what a tool may write.
    api_fields: ClassVar[list[APIField]] = [
        APIField("purpose", writable=True),
        APIField("display_label", writable=True),
        APIField("partner_page_heading", writable=True),
        APIField("contact_invitation", writable=True),
    ]
    override_translatable_fields = synchronised(
        "signed",
        "since",
        "valid_from",
        "end_kind",
        "end_date",
        "responsible_user",
        "responsible_unit",
        "reference_number",
        "review_date",
        "notice_date",
        "renewal_pending",
        "outcome",
        "outcome_date",
        "outcome_reason",
        "renews",
        "part_of",
        "internal_notes",
        "agreement_types",
        "contacts",
        "strategies",
        "documents",
    )

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        indexes: ClassVar[list[models.Index]] = alphabetical_indexes("title_key", "partnerships_agreement")
        permissions: ClassVar[list[tuple[str, str]]] = [("manage_agreement", "Can manage agreements")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="partnerships_end_date_needs_its_kind",
                condition=models.Q(end_kind="date") | models.Q(end_date__isnull=True),
            ),
            models.CheckConstraint(
                name="partnerships_renews_another_agreement",
                condition=~models.Q(renews=models.F("page_ptr")),
            ),
            models.CheckConstraint(
                name="partnerships_is_part_of_another_agreement",
                condition=~models.Q(part_of=models.F("page_ptr")),
            ),
        ]

    def clean(self) -> None:
        if self.end_date is not None and self.end_kind == self.EndKind.NOT_STATED:
            self.end_kind = self.EndKind.DATE
        super().clean()
        errors: dict[str, Any] = {}
        if self.end_kind == self.EndKind.UNTIL_FURTHER_NOTICE and self.end_date is not None:
            errors["end_date"] = _("The agreement holds until further notice: remove the date, or choose “A date”.")
        if self._lacks_end_date():
            errors["end_date"] = _("Write the date, or choose another kind of end.")
        start, end = start_of(self), end_of(self)
        if start is not None and end is not None and end < start:
            errors["end_date"] = _("The end date lies before the start date.")
        if self.outcome_date is not None and self.outcome != self.Outcome.TERMINATED:
            errors["outcome_date"] = _(
                "Only a terminated agreement has this date: choose “Terminated”, or remove the date."
            )
        for name in ("renews", "part_of"):
            if self._leads_back(name):
                errors[name] = _("This would make a circle: the agreement you chose already comes from this one.")
        if errors:
            raise ValidationError(errors)

    def _lacks_end_date(self) -> bool:
        """Tell whether readers would be told of an end without its date, which a translation has from its source."""
        return self.must_be_whole and self.end_kind == self.EndKind.DATE and self.end_date is None and is_source(self)

    def _leads_back(self, name: str) -> bool:
        """Tell whether following ``renews`` or ``part_of`` from here comes back to this agreement."""
        seen = set()
        other = getattr(self, name)
        while other is not None and other.pk not in seen:
            if other.translation_key == self.translation_key:
                return True
            seen.add(other.pk)
            other = getattr(other, name)
        return False

    @property
    def primary_type(self) -> AgreementType:
        """The first of its types; ``other`` while a draft has none."""
        types = AgreementType.named_by(row.agreement_type for row in self.agreement_types.all())
        return types[0] if types else AgreementType.OTHER

    @property
    def label(self) -> str:
        """What the reader is told that this is: the editor's words, else the name of its primary type."""
        return self.display_label or str(self.primary_type.label)

    @property
    def heading(self) -> str:
        """The heading over this agreement on a partner's page: the editor's, else the default of its type."""
        return self.partner_page_heading or str(self.primary_type.heading)

    @cached_property
    def is_superseded(self) -> bool:
        """Whether a live successor has started by today; ``with_status()`` fills it without a query."""
        if "has_successor" in self.__dict__:
            return bool(self.__dict__["has_successor"])
        return bool(
            type(self)
            ._default_manager.filter(pk=self.pk)
            .with_successor()
            .values_list("has_successor", flat=True)
            .first()
        )

    def status_on(self, day: datetime.date) -> AgreementStatus:
        """Compute the status on ``day``; whether it is superseded is asked of the database as of today."""
        return status_of(self, day, is_superseded=self.is_superseded)

    @property
    def status(self) -> AgreementStatus:
        """The status today, local time. Agrees with ``status_code`` of ``with_status()``."""
        return self.status_on(timezone.localdate())

    def is_expiring_on(self, day: datetime.date) -> bool:
        """Tell whether it is active on ``day`` and ends within ``PARTNERSHIPS_EXPIRING_DAYS`` of it."""
        return is_expiring_on(self, self.status_on(day), day)

    @property
    def is_expiring(self) -> bool:
        """Whether it is active today and ends within ``PARTNERSHIPS_EXPIRING_DAYS``."""
        return self.is_expiring_on(timezone.localdate())

    @property
    def has_dates(self) -> bool:
        """Whether any date tells when it holds; without one it is active and shows no badge."""
        return start_of(self) is not None or end_of(self) is not None
