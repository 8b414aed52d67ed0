"""Contacts and strategies in the admin: their menu, lists and filters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib.admin.utils import quote
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, LocaleColumn, UpdatedAtColumn
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet
from wagtail_localize.models import TranslationSource

from django_filters import BooleanFilter, ChoiceFilter

from .choosers import ContactChooserViewSet, StrategyChooserViewSet
from .models import Contact, Strategy
from .partial_dates import PartialDate
from .permissions import InWrittenLanguageMixin
from .phones import Phone
from .replacement_views import ReplaceContactView, UndoReplacementView
from .searching import find_as_typed
from .spreadsheets import PlainSpreadsheetMixin
from .stale_saves import HeldBackMixin
from .translation_states import (
    TranslationColumn,
    TranslationState,
    attribute_for,
    target_locales,
    with_translation_states,
)

#: The hook whose menu items make the menu "Partnerships"; the floors above add theirs.
MENU_HOOK = "register_partnerships_menu_item"


class DayColumn(Column):
    """A day, which may be yet to come: Wagtail's column for dates tells how long ago it was, and of none later."""

    def get_value(self, instance: Any) -> str:
        day = super().get_value(instance)
        return PartialDate(day.isoformat()).display if day else ""


class PhoneColumn(Column):
    """A phone number as people write it."""

    def get_value(self, instance: Any) -> Any:
        value = super().get_value(instance)
        return value.display if isinstance(value, Phone) else value


class SharedSnippetIndexView(PlainSpreadsheetMixin, IndexView):
    """A list that can be sorted and filtered while it is searched, with as many queries for one row as for fifty."""

    def get_base_queryset(self) -> QuerySet[Any]:
        """Add what wagtail-localize's buttons depend on, which it asks of the database for each row."""
        same = self.model._default_manager.filter(translation_key=OuterRef(OuterRef("translation_key"))).order_by()
        sources = TranslationSource.objects.filter(
            object_id=OuterRef("translation_key"), locale=OuterRef("locale_id"), translations__enabled=True
        )
        rows: QuerySet[Any] = super().get_base_queryset()
        return with_translation_states(rows).annotate(
            is_untranslated=Exists(Locale.objects.exclude(pk__in=same.values("locale_id"))),
            synchronised_source=Subquery(sources.order_by().values("pk")[:1]),
        )

    def _get_title_column(self, field_name: str, *args: Any, **kwargs: Any) -> Any:
        return super()._get_title_column(field_name, *args, **kwargs, classname="partnerships-title")

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        buttons: list[Any] = super().get_list_more_buttons(instance)
        user, next_url = self.request.user, self.request.path
        for register in hooks.get_hooks("register_snippet_listing_buttons"):
            if not register.__module__.startswith("wagtail_localize"):
                buttons.extend(register(instance, user, next_url))
        if user.has_perm("wagtail_localize.submit_translation"):
            buttons.extend(self.translation_buttons(instance))
        for construct in hooks.get_hooks("construct_snippet_listing_buttons"):
            construct(buttons, instance, user)
        return buttons

    def get_list_buttons(self, instance: Any) -> list[Any]:
        # Not as the list of snippets makes them, which asks every hook again.
        buttons: list[Any] = super(IndexView, self).get_list_buttons(instance)
        return buttons

    def translation_buttons(self, instance: Any) -> Iterator[Button]:
        if instance.is_untranslated:
            arguments = [instance._meta.app_label, instance._meta.model_name, instance.pk]
            url = reverse("wagtail_localize:submit_snippet_translation", args=arguments)
            yield Button(_("Translate"), url, icon_name="wagtail-localize-language", priority=100)
        if instance.synchronised_source:
            url = reverse("wagtail_localize:update_translations", args=[instance.synchronised_source])
            url = f"{url}?{urlencode({'next': self.request.path})}"
            yield Button(_("Synchronise translations"), url, icon_name="resubmit", priority=106)

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return find_as_typed(queryset, self.search_query) if self.is_searching else queryset


class SharedSnippetViewSet(SnippetViewSet):
    """The views of a snippet, each for rows in the languages that its user writes."""

    def construct_view(self, view_class: type[Any], **kwargs: Any) -> Any:
        return super().construct_view(type(view_class.__name__, (InWrittenLanguageMixin, view_class), {}), **kwargs)


class SharedSnippetEditView(HeldBackMixin, EditView):
    """A form that does not save over a newer version silently."""


class ContactEditView(SharedSnippetEditView):
    @property
    def header_more_buttons(self) -> list[Any]:
        buttons: list[Any] = super().header_more_buttons
        if self.user_has_permission("publish"):
            url = reverse(f"{self.edit_url_name.removesuffix(':edit')}:replace", args=[quote(self.object.pk)])
            buttons.append(Button(_("Replace everywhere"), url=url, icon_name="resubmit", priority=25))
        return buttons


class TranslationFilterMixin(WagtailFilterSet):
    translation = ChoiceFilter(label=_("Translation"), choices=TranslationState.choices, method="filter_translation")

    def filter_translation(self, rows: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
        wanted = Q(pk__in=[])
        for locale in target_locales():
            wanted |= Q(**{attribute_for(locale): state})
        return rows.filter(wanted) if state else rows


class ContactFilterSet(TranslationFilterMixin):
    kind = ChoiceFilter(label=_("Kind"), choices=Contact.Kind.choices)
    live = BooleanFilter(label=_("Live"))
    review_is_due = BooleanFilter(label=_("Past its review date"), method="filter_review_is_due")

    class Meta:
        model = Contact
        fields: ClassVar[list[str]] = ["kind", "live"]

    def filter_review_is_due(self, contacts: QuerySet[Contact], _name: str, is_due: bool) -> QuerySet[Contact]:
        due = {"review_date__lte": timezone.localdate()}
        return contacts.filter(**due) if is_due else contacts.exclude(**due)


class ContactViewSet(SharedSnippetViewSet):
    model = Contact
    icon = "user"
    menu_hook = MENU_HOOK
    menu_name = "partnership-contacts"
    menu_order = 300
    index_view_class = SharedSnippetIndexView
    edit_view_class = ContactEditView
    inspect_view_enabled = True
    chooser_viewset_class = ContactChooserViewSet
    chooser_per_page = 25
    list_per_page = 50
    list_display: ClassVar[list[Any]] = [
        "name",
        Column("role", label=_("Role"), sort_key="role"),
        LocaleColumn(label=_("Language"), sort_key=None),
        TranslationColumn(),
        PhoneColumn("phone", label=_("Phone"), classname="w-whitespace-nowrap"),
        Column("email", label=_("E-mail"), sort_key="email"),
        DayColumn("review_date", label=_("Review date"), sort_key="review_date"),
    ]
    filterset_class = ContactFilterSet
    list_export: ClassVar[list[str]] = ["name", "role", "unit", "organisation", "phone", "email", "review_date", "live"]

    def get_urlpatterns(self) -> list[Any]:
        replace = self.construct_view(ReplaceContactView)
        undo = self.construct_view(UndoReplacementView)
        return [
            *super().get_urlpatterns(),
            path("replace/<str:pk>/", replace, name="replace"),
            path("replace/<str:pk>/undo/<int:record>/", undo, name="undo_replacement"),
        ]


class StrategyFilterSet(TranslationFilterMixin):
    kind = ChoiceFilter(label=_("Kind"), choices=Strategy.Kind.choices)
    live = BooleanFilter(label=_("Live"))

    class Meta:
        model = Strategy
        fields: ClassVar[list[str]] = ["kind", "live"]


class PartialDateColumn(Column):
    """A partial date in words."""

    def get_value(self, instance: Any) -> str:
        value = super().get_value(instance)
        return value.display if value else ""


class StrategyViewSet(SharedSnippetViewSet):
    model = Strategy
    icon = "crosshairs"
    menu_hook = MENU_HOOK
    menu_name = "partnership-strategies"
    menu_order = 400
    index_view_class = SharedSnippetIndexView
    edit_view_class = SharedSnippetEditView
    inspect_view_enabled = True
    chooser_viewset_class = StrategyChooserViewSet
    chooser_per_page = 25
    list_per_page = 50
    list_display: ClassVar[list[Any]] = [
        "name",
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("owner_organisation", label=_("Owner"), sort_key="owner_organisation"),
        PartialDateColumn("valid_from", label=_("From"), sort_key="valid_from_earliest"),
        PartialDateColumn("valid_to", label=_("To"), sort_key="valid_to_latest"),
        LocaleColumn(label=_("Language"), sort_key=None),
        TranslationColumn(),
        UpdatedAtColumn(label=_("Updated")),
    ]
    filterset_class = StrategyFilterSet
    list_export: ClassVar[list[str]] = ["name", "kind", "owner_organisation", "valid_from", "valid_to", "link", "live"]
