"""Who the site belongs to: its name then and now, its look, and what the law asks it to tell."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.images import get_image_model_string
from wagtail.models import Orderable

from ...snippets.partial_dates import PartialDateField


def language_choices() -> list[tuple[str, str]]:
    """List the site's languages as (code, name), as ``WAGTAIL_CONTENT_LANGUAGES`` or ``LANGUAGES`` sets them."""
    return list(getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", settings.LANGUAGES))


validate_contact = RegexValidator(
    r"\A(mailto:[^\s@]+@[^\s@]+|https://\S+|tel:\+[\d-]+)\Z",
    _("Write an address that begins with mailto:, https:// or tel:."),
)


@register_setting(icon="group")
class PartnershipSettings(BaseSiteSetting, ClusterableModel):
    """The own organisation of a site, and what its public pages say about the site itself."""

    logo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    accent_colour = models.CharField(
        _("accent colour"),
        max_length=7,
        blank=True,
        validators=[
            RegexValidator(r"\A#[0-9a-fA-F]{6}\Z", _("Write the colour as # and six digits, such as #005a70."))
        ],
        help_text=_("Such as #005a70. Leave empty for the colour that comes with the design."),
    )
    accessibility_statement = models.URLField(
        _("accessibility statement"), blank=True, help_text=_("The page that the law asks for; linked in the footer.")
    )
    accessibility_contact = models.CharField(
        _("accessibility contact"),
        max_length=255,
        blank=True,
        validators=[validate_contact],
        help_text=_(
            "Where to report what can't be read or used, linked in the footer: mailto:tillganglighet@example.se."
        ),
    )
    security_contact = models.CharField(
        _("security contact"),
        max_length=255,
        blank=True,
        validators=[validate_contact],
        help_text=_("Where to report a weakness, published as security.txt: mailto:security@example.se."),
    )
    data_licence = models.URLField(
        _("licence of open data"),
        blank=True,
        help_text=_(
            "The licence under which the API's data may be used, such as https://creativecommons.org/publicdomain/zero/1.0/."
        ),
    )

    panels: ClassVar[list[Any]] = [
        InlinePanel(
            "names",
            heading=_("The own organisation's names"),
            label=_("name"),
            help_text=_("One row for each language and, if the name has changed, for each name that it has had."),
        ),
        MultiFieldPanel([FieldPanel("logo"), FieldPanel("accent_colour")], heading=_("Look")),
        MultiFieldPanel(
            [
                FieldPanel("accessibility_statement"),
                FieldPanel("accessibility_contact"),
                FieldPanel("security_contact"),
                FieldPanel("data_licence"),
            ],
            heading=_("What readers are told"),
        ),
    ]

    class Meta:
        verbose_name = _("partnership settings")

    def name_on(self, day: datetime.date | None, language: str) -> OrganisationName | None:
        """Choose the name that the organisation bore on ``day``, or bears now if None, in ``language``.

        A language without a name of its own borrows that of another; None if no name is set at all.
        """
        return choose_name(list(self.names.all()), day, language)


def choose_name(names: list[OrganisationName], day: datetime.date | None, language: str) -> OrganisationName | None:
    """Choose among the names of one organisation: see ``PartnershipSettings.name_on``."""
    names = [name for name in names if name.language == language] or names
    current = [name for name in names if name.until is None]
    if day is not None:
        former = [(name.until.latest, name) for name in names if name.until is not None and name.until.latest >= day]
        if former:
            return min(former, key=lambda pair: pair[0])[1]
    return current[0] if current else (names[-1] if names else None)


class OrganisationName(Orderable):
    """A name of the own organisation in one language, borne until a given day or still."""

    settings = ParentalKey(PartnershipSettings, related_name="names", on_delete=models.CASCADE)
    language = models.CharField(_("language"), max_length=20, choices=language_choices)
    name = models.CharField(_("name"), max_length=255)
    short_name = models.CharField(_("short name"), max_length=50, blank=True, help_text=_("Such as MDU."))
    until = PartialDateField(
        _("until"), help_text=_("Only for a former name: the last day, month or year it was used.")
    )

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("language"), FieldPanel("until")]),
        FieldRowPanel([FieldPanel("name"), FieldPanel("short_name")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("name of the organisation")
        verbose_name_plural = _("names of the organisation")

    def __str__(self) -> str:
        return self.name
