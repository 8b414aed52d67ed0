"""Partners: the organisations that the own organisation collaborates with."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.api import APIField
from wagtail.images import get_image_model_string
from wagtail.models import Orderable, Page, PageManager
from wagtail.search import index

from ...snippets.languages import synchronised
from ...snippets.organisation_numbers import OrganisationNumberField
from ...snippets.partial_dates import PartialDate, PartialDateField
from ...snippets.places import country_choices, region_choices
from ...snippets.sort_keys import SortKeyField, alphabetical_indexes
from ...snippets.source_rows import SourceForeignKey
from ..forms import PartnerPageForm
from ..panels import PartnerAgreementsPanel, TranslationsPanel
from ..querysets import PartnerPageQuerySet
from .content import ContentPage


class PartnerIndexPage(ContentPage):
    """The list of all partners."""

    page_description = _("Lists every partner; new partners are written below it.")
    subpage_types: ClassVar[list[str]] = ["partnerships_pages.PartnerPage"]

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, "introduction", "content"]

    class Meta:
        verbose_name = _("partner index")
        verbose_name_plural = _("partner indexes")


class PartnerPage(ContentPage):
    """An organisation that the own organisation collaborates with."""

    class OrganisationType(models.TextChoices):
        GOVERNMENT_AGENCY = "government_agency", _("Government agency")
        MUNICIPALITY = "municipality", _("Municipality")
        REGION = "region", _("Region")
        HIGHER_EDUCATION = "higher_education", _("Higher education institution")
        RESEARCH_INSTITUTE = "research_institute", _("Research institute")
        COMPANY = "company", _("Company")
        PUBLIC_COMPANY = "public_company", _("Municipal or state-owned company")
        NON_PROFIT = "non_profit", _("Non-profit organisation")
        FOUNDATION = "foundation", _("Foundation")
        TRADE_BODY = "trade_body", _("Trade body")
        STUDENT_UNION = "student_union", _("Student union")
        OTHER = "other", _("Other organisation")

    organisation_type = models.CharField(
        _("type of organisation"), max_length=30, choices=OrganisationType.choices, db_index=True
    )
    country = models.CharField(_("country"), max_length=2, choices=country_choices, default="SE", db_index=True)
    region = models.CharField(
        _("region"),
        max_length=6,
        choices=region_choices,
        blank=True,
        db_index=True,
        help_text=_("The county, for a Swedish partner."),
    )
    contact_invitation = models.CharField(
        _("invitation to get in touch"),
        max_length=255,
        blank=True,
        help_text=_("Shown above the contacts: “Vill du veta mer om samarbetet?”"),
    )
    website = models.URLField(_("website"), blank=True)
    logo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    logo_alt = models.CharField(
        _("alternative text of the logo"),
        max_length=255,
        blank=True,
        help_text=_("What a reader who can't see it is told. Left empty: “Logo of” and the partner's name."),
    )
    organisation_number = OrganisationNumberField(_("organisation number"), blank=True)
    ror_id = models.URLField(
        _("ROR id"),
        blank=True,
        validators=[
            RegexValidator(
                r"\Ahttps://ror\.org/0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}\Z",
                _("Write the whole address, such as https://ror.org/033vfbz75."),
            )
        ],
        help_text=_("The Research Organization Registry's address for the partner."),
    )
    responsible_unit = models.CharField(
        _("responsible unit"),
        max_length=255,
        blank=True,
        help_text=_("The unit at your own organisation that keeps this collaboration."),
    )

    title_key = SortKeyField(source="title")

    objects = PageManager.from_queryset(PartnerPageQuerySet)()

    resource = "partner"
    page_description = _("An organisation that you collaborate with. Its agreements show here by themselves.")
    parent_page_types: ClassVar[list[str]] = ["partnerships_pages.PartnerIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    base_form_class = PartnerPageForm

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        TranslationsPanel(heading=_("Translations"), icon="globe"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("organisation_type"), FieldPanel("region")]), FieldPanel("country")],
            heading=_("Organisation"),
        ),
        FieldPanel("introduction"),
        PartnerAgreementsPanel(heading=_("Agreements"), icon="doc-full-inverse"),
        MultipleChooserPanel(
            "contacts",
            chooser_field_name="contact",
            heading=_("Contacts"),
            label=_("contact"),
            help_text=_("Whom a reader can ask about the collaboration as a whole."),
            icon="user",
        ),
        MultipleChooserPanel(
            "strategies",
            chooser_field_name="strategy",
            heading=_("Strategies"),
            label=_("strategy"),
            help_text=_("Those of the partner's agreements are shown anyway."),
            icon="crosshairs",
        ),
        FieldPanel("content"),
    ]
    more_panels: ClassVar[list[Any]] = [
        FieldPanel("contact_invitation"),
        MultiFieldPanel(
            [
                FieldPanel("website"),
                FieldPanel("organisation_number"),
                FieldPanel("ror_id"),
                FieldPanel("responsible_unit"),
            ],
            heading=_("About the organisation"),
        ),
        MultiFieldPanel([FieldPanel("logo"), FieldPanel("logo_alt")], heading=_("Logo")),
        MultipleChooserPanel(
            "related_partners",
            chooser_field_name="partner",
            heading=_("Related partners"),
            label=_("related partner"),
            icon="group",
        ),
        InlinePanel("former_names", heading=_("Former names"), label=_("former name"), icon="history"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(more_panels, heading=_("More about the partner")),
            ObjectList(Page.promote_panels, heading=_("Promote")),
        ]
    )

    search_fields: ClassVar[list[Any]] = [
        *ContentPage.search_fields,
        index.FilterField("organisation_type"),
        index.RelatedFields("former_names", [index.SearchField("name")]),
    ]
    # What everybody may read, and no more: Wagtail shows anybody what a tool may write.
    api_fields: ClassVar[list[APIField]] = [
        APIField("organisation_type", writable=True),
        APIField("country", writable=True),
        APIField("region", writable=True),
        APIField("contact_invitation", writable=True),
        APIField("website", writable=True),
        APIField("logo_alt", writable=True),
        APIField("organisation_number", writable=True),
        APIField("ror_id", writable=True),
    ]
    override_translatable_fields = synchronised(
        "organisation_type",
        "country",
        "region",
        "website",
        "logo",
        "organisation_number",
        "ror_id",
        "contacts",
        "strategies",
        "related_partners",
        "former_names",
    )

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        indexes: ClassVar[list[models.Index]] = alphabetical_indexes("title_key", "partnerships_partner")

    def clean(self) -> None:
        super().clean()
        if self.region and not self.region.startswith(f"{self.country}-"):
            raise ValidationError(
                {"region": _("The region lies in another country. Change the region or the country.")}
            )

    @property
    def known_organisation_type(self) -> OrganisationType:
        """Its type of organisation; ``other`` while a draft has none."""
        kind = self.OrganisationType
        return kind(self.organisation_type) if self.organisation_type in kind.values else kind.OTHER


class PartnerContact(Orderable):
    """Whom to ask about a partner; points to the contact's source row."""

    page = ParentalKey(PartnerPage, related_name="contacts", on_delete=models.CASCADE)
    contact = SourceForeignKey(
        "partnerships_snippets.Contact", verbose_name=_("contact"), on_delete=models.PROTECT, related_name="+"
    )

    panels: ClassVar[list[Any]] = [FieldPanel("contact")]

    class Meta(Orderable.Meta):
        verbose_name = _("contact of a partner")
        verbose_name_plural = _("contacts of a partner")


class PartnerStrategy(Orderable):
    """A strategy that the collaboration works towards; points to the strategy's source row."""

    page = ParentalKey(PartnerPage, related_name="strategies", on_delete=models.CASCADE)
    strategy = SourceForeignKey(
        "partnerships_snippets.Strategy", verbose_name=_("strategy"), on_delete=models.PROTECT, related_name="+"
    )

    panels: ClassVar[list[Any]] = [FieldPanel("strategy")]

    class Meta(Orderable.Meta):
        verbose_name = _("strategy of a partner")
        verbose_name_plural = _("strategies of a partner")


class RelatedPartner(Orderable):
    """Another partner that a reader of this one may look for; points to that partner's source row."""

    page = ParentalKey(PartnerPage, related_name="related_partners", on_delete=models.CASCADE)
    partner = SourceForeignKey(PartnerPage, verbose_name=_("partner"), on_delete=models.PROTECT, related_name="+")

    panels: ClassVar[list[Any]] = [FieldPanel("partner")]

    class Meta(Orderable.Meta):
        verbose_name = _("related partner")
        verbose_name_plural = _("related partners")


class FormerName(Orderable):
    """A name that a partner used to bear: Landstinget Västmanland became Region Västmanland."""

    page = ParentalKey(PartnerPage, related_name="former_names", on_delete=models.CASCADE)
    name = models.CharField(_("name"), max_length=255)
    since = PartialDateField(_("from"))
    until = PartialDateField(_("until"))

    panels: ClassVar[list[Any]] = [FieldPanel("name"), FieldRowPanel([FieldPanel("since"), FieldPanel("until")])]

    class Meta(Orderable.Meta):
        verbose_name = _("former name")
        verbose_name_plural = _("former names")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        # What code assigned may be no date; the field says so.
        since, until = self.since, self.until
        if isinstance(since, PartialDate) and isinstance(until, PartialDate) and until.latest < since.earliest:
            raise ValidationError({"until": _("The name ended before it began. Change one of the dates.")})
