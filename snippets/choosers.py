"""Choosing rows that exist in several languages: each once, in the language of the page being edited."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column, LocaleColumn
from wagtail.log_actions import log
from wagtail.models import Locale
from wagtail.permissions import policy_registry
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
    SnippetCreateView,
)

from .choosable import rows_to_choose
from .forms import NewContactForm, NewStrategyForm
from .searching import find_as_typed
from .source_rows import source_of


def requested_locale(request: HttpRequest) -> Locale:
    """Return the locale of the page that a chooser was opened from, or the default one if it does not say."""
    code = request.GET.get("locale") or ""
    return Locale.objects.filter(language_code=code).first() or Locale.get_default()


class SearchForm(BaseFilterForm):
    """Searches as the editor types, and remembers the language of the page."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Three letters are enough"), "autocomplete": "off"}),
    )
    locale = forms.CharField(required=False, widget=forms.HiddenInput)

    def filter(self, objects: Any) -> Any:
        objects = super().filter(objects)
        query = self.cleaned_data["q"].strip()
        if query:
            objects = find_as_typed(objects, query)
            self.is_searching = True
            self.search_query = query
        return objects


class OneRowPerItemMixin:
    """Lists what can be chosen once each, in the language of the page."""

    request: HttpRequest
    model_class: Any
    filter_form_class = SearchForm
    preserve_url_parameters = ("multiple", "locale")
    ordering: Any = None

    def choosable(self) -> models.QuerySet[Any]:
        """Everything that may be chosen, in every language."""
        return self.model_class._default_manager.filter(live=True)

    def get_object_list(self) -> models.QuerySet[Any]:
        return rows_to_choose(self.choosable(), requested_locale(self.request)).select_related("locale")


class ChosenSourceMixin:
    """Answers with the identity of what was chosen, so that it is stored once for all languages."""

    def get_object_id(self, instance: Any) -> Any:
        return source_of(instance).pk


class ContactChooserMixin(OneRowPerItemMixin):
    @property
    def columns(self) -> list[Column]:
        return [
            self.title_column,  # type: ignore[attr-defined]  # of Wagtail's view
            Column("unit", label=_("Unit")),
            Column("organisation", label=_("Organisation")),
            LocaleColumn(label=_("Language"), sort_key=None),
        ]


class ChooseContactView(ContactChooserMixin, ChooseView):
    pass


class ChooseContactResultsView(ContactChooserMixin, ChooseResultsView):
    pass


class StrategyChooserMixin(OneRowPerItemMixin):
    @property
    def columns(self) -> list[Column]:
        return [
            self.title_column,  # type: ignore[attr-defined]  # of Wagtail's view
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("owner_organisation", label=_("Owner")),
            LocaleColumn(label=_("Language"), sort_key=None),
        ]


class ChooseStrategyView(StrategyChooserMixin, ChooseView):
    pass


class ChooseStrategyResultsView(StrategyChooserMixin, ChooseResultsView):
    pass


class ChosenSnippetView(ChosenSourceMixin, SnippetChosenView):
    pass


class ChosenSnippetsView(ChosenSourceMixin, SnippetChosenMultipleView):
    pass


class CreateLiveView(ChosenSourceMixin, SnippetCreateView):
    """Creates a snippet from within a chooser, in the language of the page.

    It is published at once by whoever may publish; from others it stays a draft until somebody does.
    """

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_creation_form_kwargs()
        # The locale is known before the form validates, since names are compared within it.
        return {**kwargs, "instance": self.model_class(locale=requested_locale(self.request), live=False)}

    @transaction.atomic
    def save_form(self, form: Any) -> Any:
        user = self.request.user
        instance = form.save()
        log(instance=instance, action="wagtail.create", user=user, content_changed=True)
        revision = instance.save_revision(user=user)
        if policy_registry.get_by_type(self.model_class).user_has_permission(user, "publish"):
            revision.publish(user=user)
            instance.refresh_from_db()
        return instance


class SharedSnippetChooserViewSet(SnippetChooserViewSet):
    """Chooses live snippets by what people know of them, and creates them on the spot."""

    preserve_url_parameters = ("multiple", "locale")
    # Wagtail's own is translated once and for all, into the language of the process that starts.
    page_title = _("Choose")
    search_tab_label = _("Choose")
    creation_tab_label = _("Create new")
    create_action_label = _("Create and choose")
    create_action_clicked_label = _("Creating…")
    create_view_class = CreateLiveView
    chosen_view_class = ChosenSnippetView
    chosen_multiple_view_class = ChosenSnippetsView


class ContactChooserViewSet(SharedSnippetChooserViewSet):
    choose_view_class = ChooseContactView
    choose_results_view_class = ChooseContactResultsView
    creation_form_class = NewContactForm


class StrategyChooserViewSet(SharedSnippetChooserViewSet):
    choose_view_class = ChooseStrategyView
    choose_results_view_class = ChooseStrategyResultsView
    creation_form_class = NewStrategyForm
