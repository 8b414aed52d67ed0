"""Submitting a page for translation: a partner offers its agreements and contacts along."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from wagtail.models import Locale, Page
from wagtail_localize.operations import translate_object
from wagtail_localize.views.submit_translations import SubmitPageTranslationView, SubmitTranslationForm

from ...snippets.models import Contact
from ...snippets.permissions import may_write_in
from ..models import AgreementPage, PartnerPage


def rows_along_with(page: Page) -> list[Any]:
    """List what the page of a partner shows beside its own text: its agreements and both's contacts, as sources."""
    if not isinstance(page, PartnerPage):
        return []
    agreements = AgreementPage.objects.filter(alias_of__isnull=True, locale=page.locale_id, live=True)
    agreements = list(agreements.with_party([page.translation_key]).distinct().order_by("title", "pk"))
    shown: Iterable[Any] = [page, *agreements]
    keys = {row.contact_id for owner in shown for row in owner.contacts.all()}
    return [*agreements, *Contact.objects.filter(pk__in=keys, locale=page.locale_id).order_by("name", "pk")]


class SubmitWithOthersForm(SubmitTranslationForm):
    """Ticks what is not translated anywhere yet; each can be left out."""

    along = forms.MultipleChoiceField(
        required=False,
        label=_("Translate along"),
        help_text=_("They show on this partner's page. Each becomes a draft to translate and to publish by itself."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, instance: Any, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(instance, *args, **kwargs)
        allowed = [row for row in self.fields["locales"].queryset if may_write_in(user, row.pk)]
        self.fields["locales"].queryset = Locale.objects.filter(pk__in=[row.pk for row in allowed])
        self.rows = {}
        for row in rows_along_with(instance):
            # One that has a translation into every language asked for is passed over when submitted.
            if row.get_translations().count() < len(allowed):
                self.rows[f"{row._meta.model_name}-{row.pk}"] = row
        self.fields["along"].choices = [(key, f"{row} ({row._meta.verbose_name})") for key, row in self.rows.items()]
        self.fields["along"].initial = list(self.rows)
        if not self.rows:
            del self.fields["along"]


class SubmitWithOthersView(SubmitPageTranslationView):
    """Takes the place of wagtail-localize's view at its own address."""

    def get_form(self) -> SubmitWithOthersForm:
        original: Any = super().get_form()
        data = self.request.POST if self.request.method == "POST" else None
        return SubmitWithOthersForm(self.object, data, initial=original.initial, user=self.request.user)

    @transaction.atomic
    def form_valid(self, form: SubmitWithOthersForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        for key in form.cleaned_data.get("along", ()):
            row = form.rows[key]
            done = set(row.get_translations().values_list("locale_id", flat=True))
            locales = [locale for locale in form.cleaned_data["locales"] if locale.pk not in done]
            if locales:
                translate_object(row, locales, None, self.request.user)
        return response
