"""What an agreement has several of: its types, parties, contacts, strategies, signatories and documents."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.documents import get_document_model_string
from wagtail.models import Orderable, TranslatableMixin

from ...snippets.languages import synchronised
from ...snippets.places import country_choices
from ...snippets.source_rows import SourceForeignKey
from ..agreement_types import AgreementType
from ..panels import AgreementDocumentPanel
from .agreements import AgreementPage
from .partners import PartnerPage


class AgreementTypeChoice(Orderable):
    """One of the types of an agreement; the first is its primary type."""

    page = ParentalKey(AgreementPage, related_name="agreement_types", on_delete=models.CASCADE)
    agreement_type = models.CharField(_("type"), max_length=30, choices=AgreementType.choices, db_index=True)

    panels: ClassVar[list[Any]] = [FieldPanel("agreement_type")]

    class Meta(Orderable.Meta):
        verbose_name = _("type of agreement")
        verbose_name_plural = _("types of agreement")

    def __str__(self) -> str:
        return self.get_agreement_type_display()


class AgreementParty(TranslatableMixin, Orderable):
    """A party to an agreement: a partner with a page, a name as written in the agreement, or both."""

    page = ParentalKey(AgreementPage, related_name="parties", on_delete=models.CASCADE)
    partner = SourceForeignKey(
        PartnerPage, verbose_name=_("partner"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(
        _("name in the agreement"),
        max_length=255,
        blank=True,
        help_text=_("If the party has no page here, or was called something else when it signed."),
    )
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        choices=country_choices,
        db_index=True,
        help_text=_("Only for a party without a page."),
    )
    role = models.CharField(
        _("role"), max_length=150, blank=True, help_text=_("Such as “coordinator”. Mostly left empty.")
    )

    panels: ClassVar[list[Any]] = [
        FieldPanel("partner"),
        FieldRowPanel([FieldPanel("name"), FieldPanel("role")]),
        FieldPanel("country"),
    ]
    override_translatable_fields = synchronised("partner", "name", "country")

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="partnerships_party_has_page_or_name",
                condition=models.Q(partner__isnull=False) | ~models.Q(name=""),
                violation_error_message=_("Choose a partner, or write the name of a party that has no page."),
            )
        ]

    def __str__(self) -> str:
        return self.name or (self.partner.title if self.partner else "")

    def clean(self) -> None:
        super().clean()
        if self.partner_id is None and not self.name:
            raise ValidationError(
                {"partner": _("Choose a partner, or write the name of a party that has no page.")}, code="required"
            )


class AgreementContact(Orderable):
    """Whom to ask about an agreement; points to the contact's source row."""

    page = ParentalKey(AgreementPage, related_name="contacts", on_delete=models.CASCADE)
    contact = SourceForeignKey(
        "partnerships_snippets.Contact", verbose_name=_("contact"), on_delete=models.PROTECT, related_name="+"
    )

    panels: ClassVar[list[Any]] = [FieldPanel("contact")]

    class Meta(Orderable.Meta):
        verbose_name = _("contact of an agreement")
        verbose_name_plural = _("contacts of an agreement")


class AgreementStrategy(Orderable):
    """A strategy that an agreement works towards; points to the strategy's source row."""

    page = ParentalKey(AgreementPage, related_name="strategies", on_delete=models.CASCADE)
    strategy = SourceForeignKey(
        "partnerships_snippets.Strategy", verbose_name=_("strategy"), on_delete=models.PROTECT, related_name="+"
    )

    panels: ClassVar[list[Any]] = [FieldPanel("strategy")]

    class Meta(Orderable.Meta):
        verbose_name = _("strategy of an agreement")
        verbose_name_plural = _("strategies of an agreement")


class AgreementSignatory(TranslatableMixin, Orderable):
    """Who signed an agreement, with their title then and on whose behalf."""

    page = ParentalKey(AgreementPage, related_name="signatories", on_delete=models.CASCADE)
    name = models.CharField(_("name"), max_length=255)
    title = models.CharField(_("title"), max_length=255, blank=True, help_text=_("As it was then: “landshövding”."))
    on_behalf_of = models.CharField(_("on behalf of"), max_length=255, blank=True)

    panels: ClassVar[list[Any]] = [FieldRowPanel([FieldPanel("name"), FieldPanel("title")]), FieldPanel("on_behalf_of")]
    override_translatable_fields = synchronised("name", "on_behalf_of")

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")

    def __str__(self) -> str:
        return self.name


class AgreementDocument(Orderable):
    """A document of an agreement. Readers see it only if its collection is open to all."""

    page = ParentalKey(AgreementPage, related_name="documents", on_delete=models.CASCADE)
    document = models.ForeignKey(
        get_document_model_string(), verbose_name=_("document"), on_delete=models.CASCADE, related_name="+"
    )

    panels: ClassVar[list[Any]] = [AgreementDocumentPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = _("document of an agreement")
        verbose_name_plural = _("documents of an agreement")
