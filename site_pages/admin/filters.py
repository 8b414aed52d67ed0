"""The filters of the lists of partners and agreements."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django.db.models import Q
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Locale

from django_filters import BooleanFilter, CharFilter, ChoiceFilter, ModelChoiceFilter, MultipleChoiceFilter

from ...snippets.places import region_choices
from ..agreement_types import AgreementType
from ..models import AgreementPage, AgreementParty, AgreementTypeChoice, PartnerPage
from ..status import AgreementStatus


class LocaleFilterMixin(WagtailFilterSet):
    locale = ModelChoiceFilter(
        label=_("Language"), queryset=lambda _request: Locale.objects.all(), empty_label=_("All"), widget=RadioSelect
    )
    live = BooleanFilter(label=_("Live"))


class PartnerFilterSet(LocaleFilterMixin):
    organisation_type = MultipleChoiceFilter(
        label=_("Type of organisation"), choices=PartnerPage.OrganisationType.choices, widget=CheckboxSelectMultiple
    )
    region = ChoiceFilter(label=_("Region"), choices=region_choices)
    agreement_type = MultipleChoiceFilter(
        label=_("With agreements of type"),
        choices=AgreementType.choices,
        widget=CheckboxSelectMultiple,
        method="filter_agreement_type",
    )

    class Meta:
        model = PartnerPage
        fields: ClassVar[list[str]] = ["locale", "live", "organisation_type", "region"]

    def filter_agreement_type(self, partners: Any, _name: str, codes: list[str]) -> Any:
        if not codes:
            return partners
        parties = AgreementParty.objects.filter(page__agreement_types__agreement_type__in=codes)
        return partners.filter(translation_key__in=parties.values("partner__translation_key"))


class AgreementRelationFilters(WagtailFilterSet):
    """How agreements are found by their types and parties; a set of filters names which it offers."""

    def filter_agreement_type(self, agreements: Any, _name: str, codes: list[str]) -> Any:
        if not codes:
            return agreements
        return agreements.filter(pk__in=AgreementTypeChoice.objects.filter(agreement_type__in=codes).values("page_id"))

    def filter_partner(self, agreements: Any, _name: str, name: str) -> Any:
        """Keep those with this in a party's name: as written, or a partner's present or former one in any language."""
        text = name.strip()
        if not text:
            return agreements
        # By a regular expression, since SQLite's LIKE takes å and Å for two letters.
        part = re.escape(text)
        names = Q(title__iregex=part) | Q(former_names__name__iregex=part)
        partners = PartnerPage.objects.filter(names).order_by()
        return self._with_party(
            agreements, Q(name__iregex=part) | Q(partner__translation_key__in=partners.values("translation_key"))
        )

    def _with_party(self, agreements: Any, *conditions: Q, **party: Any) -> Any:
        return agreements.filter(pk__in=AgreementParty.objects.filter(*conditions, **party).values("page_id"))


class AgreementFilterSet(AgreementRelationFilters, LocaleFilterMixin):
    status = MultipleChoiceFilter(
        label=_("Agreement status"),
        choices=AgreementStatus.choices,
        widget=CheckboxSelectMultiple,
        field_name="status_code",
    )
    expiring = BooleanFilter(label=_("Expiring"), field_name="expiring")
    has_dates = BooleanFilter(label=_("Has dates"), method="filter_has_dates")
    agreement_type = MultipleChoiceFilter(
        label=_("Agreement type"),
        choices=AgreementType.choices,
        widget=CheckboxSelectMultiple,
        method="filter_agreement_type",
    )
    partner = CharFilter(label=_("Name of a party"), method="filter_partner")
    organisation_type = MultipleChoiceFilter(
        label=_("Type of organisation"),
        choices=PartnerPage.OrganisationType.choices,
        widget=CheckboxSelectMultiple,
        method="filter_organisation_type",
    )
    region = ChoiceFilter(label=_("Region"), choices=region_choices, method="filter_region")

    class Meta:
        model = AgreementPage
        fields: ClassVar[list[str]] = ["locale", "live"]

    def filter_has_dates(self, agreements: Any, _name: str, has_dates: bool) -> Any:
        undated = {"starts_on__isnull": True, "ends_on__isnull": True}
        return agreements.exclude(**undated) if has_dates else agreements.filter(**undated)

    def filter_organisation_type(self, agreements: Any, _name: str, codes: list[str]) -> Any:
        return self._with_party(agreements, partner__organisation_type__in=codes) if codes else agreements

    def filter_region(self, agreements: Any, _name: str, code: str) -> Any:
        return self._with_party(agreements, partner__region=code) if code else agreements
