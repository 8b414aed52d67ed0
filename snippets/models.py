"""What many pages share and nobody should type twice: whom to ask, and towards which strategy."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.documents import get_document_model_string
from wagtail.images import get_image_model_string
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from .languages import synchronised
from .part_edits import PartEditForm
from .partial_dates import PartialDate, PartialDateField
from .phones import PhoneField
from .previews import FrontEndPreview
from .showing import PlacesPanel
from .sort_keys import SortKeyField
from .synchronisation import FollowsSource


class SharedSnippet(
    FollowsSource,
    FrontEndPreview,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    index.Indexed,
    models.Model,
):
    """A row that pages refer to: drafted, reviewed, previewed, translated and searched by itself."""

    base_form_class = PartEditForm

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return f"{self._meta.app_label}/{self._meta.model_name}_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return {"object": self, "request": request, "page_language": self.locale.language_code}


class Strategy(SharedSnippet):
    """A strategy that partners and agreements work towards."""

    class Kind(models.TextChoices):
        REGIONAL = "regional", _("Regional")
        NATIONAL = "national", _("National")
        UNIVERSITY = "university", _("University")
        JOINT = "joint", _("Joint")
        INTERNATIONAL = "international", _("International")

    name = models.CharField(
        _("name"), max_length=255, help_text=_("The strategy's name as readers know it, such as “Växa i Västmanland”.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, db_index=True)
    owner_organisation = models.CharField(
        _("owner"), max_length=255, blank=True, help_text=_("The organisation that has adopted the strategy.")
    )
    valid_from = PartialDateField(_("from"), help_text=_("A year is enough: 2013, 2013-01 or 2013-01-15."))
    valid_to = PartialDateField(_("to"), help_text=_("The last year, month or day. Leave empty if none is set."))
    summary = models.TextField(
        _("summary"), blank=True, max_length=1000, help_text=_("What the strategy wants, in two or three sentences.")
    )
    link = models.URLField(_("link"), blank=True, help_text=_("Where the reader finds the strategy on the web."))
    document = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The strategy itself, if you keep it here. Make sure that the document is open to all."),
    )

    name_key = SortKeyField(source="name")

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="partnership_strategy",
        for_concrete_model=False,
    )
    revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="partnership_strategy",
        for_concrete_model=False,
    )

    panels: ClassVar[list[Any]] = [
        PlacesPanel(heading=_("Where this shows"), icon="view"),
        FieldPanel("name"),
        FieldPanel("kind"),
        FieldPanel("owner_organisation"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")], heading=_("Period")),
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("link"), FieldPanel("document")], heading=_("Read more")),
    ]
    search_fields: ClassVar[list[Any]] = [
        index.SearchField("name", boost=3),
        index.AutocompleteField("name"),
        index.SearchField("owner_organisation"),
        index.AutocompleteField("owner_organisation"),
        index.SearchField("summary"),
        index.FilterField("id"),
        index.FilterField("kind"),
        index.FilterField("live"),
        index.FilterField("locale_id"),
        index.FilterField("translation_key"),
    ]
    api_fields: ClassVar[list[APIField]] = [
        APIField("name", writable=True),
        APIField("kind", writable=True),
        APIField("owner_organisation", writable=True),
        APIField("valid_from", writable=True),
        APIField("valid_to", writable=True),
        APIField("summary", writable=True),
        APIField("link", writable=True),
    ]
    override_translatable_fields = synchronised("kind", "valid_from", "valid_to", "link", "document")

    class Meta(SharedSnippet.Meta):
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")
        ordering: ClassVar[list[str]] = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        start, end = self.valid_from, self.valid_to
        # What code assigned may be no date; the field says so.
        if isinstance(start, PartialDate) and isinstance(end, PartialDate) and end.latest < start.earliest:
            raise ValidationError({"valid_to": _("The period ends before it starts. Change one of the dates.")})


class Contact(SharedSnippet):
    """A person or an office to ask. Every channel is optional: many real contacts have only a name and a unit."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        OFFICE = "office", _("Office or function")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PERSON)
    name = models.CharField(
        _("name"), max_length=255, help_text=_("The person's full name, or what the office is called.")
    )
    role = models.CharField(
        _("role"),
        max_length=255,
        blank=True,
        help_text=_("Shown after the name: “process leader, Samhällskontraktet”."),
    )
    unit = models.CharField(_("unit"), max_length=255, blank=True, help_text=_("The department or office."))
    organisation = models.CharField(
        _("organisation"), max_length=255, blank=True, help_text=_("Fill in only if it is not your own organisation.")
    )
    when_to_contact = models.CharField(
        _("when to contact"),
        max_length=255,
        blank=True,
        help_text=_("What this contact answers: “Questions about internships”."),
    )
    phone = PhoneField(_("phone"), blank=True, help_text=_("Any spelling will do: 021-10 19 93, +46 21 10 19 93."))
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Prefer a function mailbox to a personal one."))
    form_link = models.URLField(_("contact form"), blank=True, help_text=_("The address of a contact form on the web."))
    photo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    review_date = models.DateField(
        _("review date"),
        null=True,
        blank=True,
        help_text=_("When to check that this still holds. Never shown to readers."),
    )

    name_key = SortKeyField(source="name")

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="partnership_contact",
        for_concrete_model=False,
    )
    revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="partnership_contact",
        for_concrete_model=False,
    )

    panels: ClassVar[list[Any]] = [
        PlacesPanel(heading=_("Where this shows"), icon="view"),
        FieldPanel("kind"),
        FieldPanel("name"),
        FieldPanel("role"),
        FieldRowPanel([FieldPanel("unit"), FieldPanel("organisation")]),
        MultiFieldPanel([FieldPanel("phone"), FieldPanel("email"), FieldPanel("form_link")], heading=_("Channels")),
        FieldPanel("when_to_contact"),
        MultiFieldPanel(
            [FieldPanel("photo"), FieldPanel("review_date")], heading=_("Photo and review"), classname="collapsed"
        ),
    ]
    search_fields: ClassVar[list[Any]] = [
        index.SearchField("name", boost=3),
        index.AutocompleteField("name"),
        index.SearchField("role"),
        index.AutocompleteField("role"),
        index.SearchField("unit"),
        index.AutocompleteField("unit"),
        index.SearchField("organisation"),
        index.AutocompleteField("organisation"),
        index.FilterField("id"),
        index.FilterField("kind"),
        index.FilterField("live"),
        index.FilterField("locale_id"),
        index.FilterField("translation_key"),
    ]
    api_fields: ClassVar[list[APIField]] = [
        APIField("kind", writable=True),
        APIField("name", writable=True),
        APIField("role", writable=True),
        APIField("unit", writable=True),
        APIField("organisation", writable=True),
        APIField("when_to_contact", writable=True),
        APIField("phone", writable=True),
        APIField("email", writable=True),
        APIField("form_link", writable=True),
    ]
    override_translatable_fields = synchronised("kind", "name", "phone", "email", "form_link", "photo", "review_date")

    class Meta(SharedSnippet.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering: ClassVar[list[str]] = ["name", "pk"]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.role) if part)


class Replacement(models.Model):
    """What was changed when one contact took the places of another, so that it can be taken back."""

    old = models.ForeignKey(Contact, verbose_name=_("replaced"), on_delete=models.CASCADE, related_name="+")
    new = models.ForeignKey(Contact, verbose_name=_("replaced by"), on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, editable=False)
    #: One for each row or draft: what it is, and the fields before and after.
    changes = models.JSONField(encoder=DjangoJSONEncoder)

    #: A record of the past is no use of a contact.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("replacement")
        verbose_name_plural = _("replacements")
        ordering: ClassVar[list[str]] = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
