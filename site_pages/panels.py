"""Panels of our own: what an editor sees on a form beside its fields."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from wagtail.admin.panels import FieldPanel, Panel
from wagtail.models import Locale, Page

from ..snippets.choosable import rows_to_choose
from ..snippets.source_rows import source_of
from .admin.badges import badge_text, is_in_force
from .deadlines import deadlines_of
from .officers import may_manage_agreements

#: The name of the GET parameter by which the form of a new agreement takes its first party.
PARTY_PARAMETER = "party"


class PartnerAgreementsPanel(Panel):
    """Lists a partner's agreements, drafts included, with their status and a link to write a new one."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "partnerships_pages/admin/partner_agreements_panel.html"

        def is_shown(self) -> bool:
            # A page that is not saved yet is nobody's partner.
            return self.instance is not None and self.instance.pk is not None

        @cached_property
        def agreements(self) -> list[Any]:
            agreement_model = apps.get_model("partnerships_pages", "AgreementPage")
            found = agreement_model.objects.filter(alias_of__isnull=True).with_party([self.instance.translation_key])
            rows: Any = rows_to_choose(agreement_model.objects.filter(pk__in=found.values("pk")), self.locale)
            return list(
                rows.defer_streamfields()
                .with_status()
                .select_related("locale")
                .prefetch_related("agreement_types")
                .order_by("-live", "title", "pk")
            )

        @property
        def locale(self) -> Locale:
            return self.instance.locale

        def agreement_rows(self) -> list[dict[str, Any]]:
            user = self.request.user
            return [
                {
                    "agreement": agreement,
                    "edit_url": reverse("wagtailadmin_pages:edit", args=[agreement.pk])
                    if agreement.permissions_for_user(user).can_edit()
                    else None,
                    "badge": badge_text(agreement),
                    "is_in_force": is_in_force(agreement),
                    "is_other_language": agreement.locale_id != self.instance.locale_id,
                }
                for agreement in self.agreements
            ]

        def new_agreement_url(self) -> str | None:
            """The form of a new agreement with this partner; None if the user may not write any."""
            index_model = apps.get_model("partnerships_pages", "AgreementIndexPage")
            source = source_of(self.instance)
            for index in index_model.objects.filter(locale_id=source.locale_id, alias_of__isnull=True).order_by("path"):
                if index.permissions_for_user(self.request.user).can_add_subpage():
                    url = reverse("wagtailadmin_pages:add", args=["partnerships_pages", "agreementpage", index.pk])
                    return f"{url}?{urlencode({PARTY_PARAMETER: source.pk})}"
            return None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "rows": self.agreement_rows(), "new_agreement_url": self.new_agreement_url()}


class AgreementStatusPanel(Panel):
    """Tells how an agreement stands: its status today, what renews it, and what falls due."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "partnerships_pages/admin/agreement_status_panel.html"

        def is_shown(self) -> bool:
            return self.instance is not None and self.instance.pk is not None

        @cached_property
        def stored(self) -> Any:
            """The row with its status as readers are told it; the form may hold a newer draft."""
            rows = apps.get_model("partnerships_pages", "AgreementPage").objects
            return rows.with_status().defer_streamfields().get(pk=self.instance.pk)

        @cached_property
        def successors(self) -> list[Any]:
            rows = apps.get_model("partnerships_pages", "AgreementPage").objects.sources()
            found = rows.filter(renews__translation_key=self.instance.translation_key)
            return list(found.defer_streamfields().order_by("-live", "pk"))

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            today = timezone.localdate()
            deadlines = deadlines_of(self.stored) if may_manage_agreements(self.request.user) else ()
            return context | {
                "badge": badge_text(self.stored),
                "is_in_force": is_in_force(self.stored),
                "predecessor": self.stored.renews,
                "successors": self.successors,
                "deadlines": sorted((day, kind.label) for kind, day in deadlines if day >= today),
            }


class TranslationsPanel(Panel):
    """Tells what each translation of a page of the source language needs, with links to it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "partnerships_pages/admin/translations_panel.html"

        def is_shown(self) -> bool:
            page = self.instance
            return bool(
                page is not None and page.pk and page.locale_id == Locale.get_default().pk and not page.alias_of_id
            )

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            # Its columns need the models first.
            from ..snippets.translation_states import (
                TranslationState,
                attribute_for,
                target_locales,
                with_translation_states,
            )

            context: dict[str, Any] = super().get_context_data(parent_context)
            page = with_translation_states(Page.objects.filter(pk=self.instance.pk)).get()
            pages = {row.locale_id: row for row in page.get_translations().filter(alias_of__isnull=True)}
            user = self.request.user
            rows = []
            for locale in target_locales():
                found = pages.get(locale.pk)
                url = None
                if found is None and user.has_perm("wagtail_localize.submit_translation"):
                    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
                elif found is not None and found.permissions_for_user(user).can_edit():
                    url = reverse("wagtailadmin_pages:edit", args=[found.pk])
                state = TranslationState(getattr(page, attribute_for(locale)))
                rows.append({"locale": locale, "state": state, "url": url, "is_done": state == TranslationState.DONE})
            return {**context, "rows": rows}


class AgreementDocumentPanel(FieldPanel):
    """Chooses a document, and uploads a new one to where only those who are signed in can read it."""

    def get_form_options(self) -> dict[str, Any]:
        from .admin.documents import agreement_document_chooser  # its views need the models first

        options: dict[str, Any] = super().get_form_options()
        return {**options, "widgets": {self.field_name: agreement_document_chooser.widget_class}}


class OpenDocumentsPanel(Panel):
    """Warns of the documents of an agreement that anyone can read; shows nothing if there are none."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "partnerships_pages/admin/open_documents_panel.html"

        @cached_property
        def documents(self) -> list[Any]:
            if self.instance is None:
                return []
            documents = [row.document for row in self.instance.documents.all()]
            return [document for document in documents if is_open(document)]

        def is_shown(self) -> bool:
            return bool(self.documents)


def is_open(document: Any) -> bool:
    """Tell whether anyone can read a document: no restriction lies on its collection or on one above it."""
    return not document.collection.get_view_restrictions().exists()
