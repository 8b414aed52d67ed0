"""The admin forms of pages: what they propose and check beyond the models."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from ..snippets.part_edits import PartEditForm
from .addresses import is_hidden, page_path
from .agreement_types import AgreementType
from .lost_rows import write_lost_rows_anew
from .officers import ManagedForm

#: So many parties are named in a proposed title; the others are counted.
NAMED_PARTIES = 3


def rows_of(form: Any, relation: str) -> Iterator[Any]:
    """Yield the valid, kept subforms of an inline relation, in the editor's order."""
    formset = form.formsets.get(relation)
    if formset is None:
        return
    kept = [row for row in formset.forms if row.is_valid() and row.cleaned_data and not row.cleaned_data.get("DELETE")]
    yield from sorted(kept, key=lambda row: row.cleaned_data.get("ORDER") or 0)


def refuse_duplicates(
    form: Any, relation: str, field: str, message: str, identity: Callable[[dict[str, Any]], Hashable | None]
) -> None:
    """Add ``message`` to ``field`` of each row that names what an earlier row names.

    ``identity`` tells what a row names, None if nothing; ``message`` takes the row's ``name``.
    """
    seen: set[Hashable] = set()
    for row in rows_of(form, relation):
        named = identity(row.cleaned_data)
        if named is None:
            continue
        if named in seen:
            shown = row.cleaned_data.get(field) or row.cleaned_data.get("name") or ""
            row.add_error(field, message % {"name": shown})
        seen.add(named)


def identity_of(field: str) -> Callable[[dict[str, Any]], Hashable | None]:
    """Tell rows apart by the translation key of what ``field`` points to."""

    def identity(row: dict[str, Any]) -> Hashable | None:
        target = row.get(field)
        return None if target is None else target.translation_key

    return identity


class ContentPageForm(PartEditForm, WagtailAdminPageForm):
    """Refuses an address that one of our views answers, where no reader would ever see the page."""

    def clean(self) -> dict[str, Any]:
        cleaned_data: dict[str, Any] = super().clean()
        slug = cleaned_data.get("slug")
        if slug and is_hidden(slug, self.parent_page):
            message = _("The site's own search or strategies answer at %(path)s. Choose another slug.")
            self.add_error("slug", message % {"path": page_path(self.parent_page, slug)})
        return cleaned_data


class RestorablePageForm(ContentPageForm):
    """A form that also takes an old revision whose rows have been deleted since."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        write_lost_rows_anew(kwargs.get("instance"))
        super().__init__(*args, **kwargs)

    def _slug_from(self, title: str, *, available: bool = True) -> str:
        """Make the address of ``title``; numbered, if ``available`` is asked and another page has it."""
        base = slugify(title, allow_unicode=getattr(settings, "WAGTAIL_ALLOW_UNICODE_SLUGS", True))[:240]
        slug, number = base, 1
        while base and available and not Page._slug_is_available(slug, self.parent_page, self.instance):  # noqa: SLF001  # Wagtail's forms ask it too
            number += 1
            slug = f"{base}-{number}"
        return slug


class PartnerPageForm(RestorablePageForm):
    """Refuses the same contact, strategy or related partner twice."""

    def clean(self) -> dict[str, Any]:
        # A namesake is hinted at and not refused, so the address that the browser proposed gives way.
        title, is_new = self.cleaned_data.get("title", ""), self.instance.pk is None
        if title and is_new and self.cleaned_data.get("slug") == self._slug_from(title, available=False):
            self.cleaned_data["slug"] = self._slug_from(title)
        cleaned_data: dict[str, Any] = super().clean()
        refuse_shared_duplicates(self)
        refuse_duplicates(
            self,
            "related_partners",
            "partner",
            _("“%(name)s” is already among the related partners. Remove one of the rows."),
            identity_of("partner"),
        )
        for row in rows_of(self, "related_partners"):
            if row.cleaned_data["partner"].translation_key == self.instance.translation_key:
                row.add_error("partner", _("A partner can't be related to itself. Choose another one."))
        return cleaned_data


class AgreementPageForm(ManagedForm, RestorablePageForm):
    """Proposes a title from the primary type and the parties, and an address from the title.

    The proposal follows the form until the editor writes a title of their own. Management is for officers.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leave_management_to_officers(type(self.instance), kwargs.get("for_user"))
        self.former_proposal = self._proposal_of_instance()
        for name in ("title", "slug"):
            if name in self.fields:
                self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        self.instance.must_be_whole = not self.is_deferred_validation
        self._fill_in_title()
        self._fill_in_slug()
        cleaned_data: dict[str, Any] = super().clean()
        refuse_shared_duplicates(self)
        refuse_duplicates(
            self,
            "agreement_types",
            "agreement_type",
            _("This type is already chosen. Remove one of the rows."),
            lambda row: row.get("agreement_type") or None,
        )
        refuse_duplicates(
            self, "parties", "partner", _("“%(name)s” is already among the parties. Remove one of the rows."), _party
        )
        for row in rows_of(self, "parties"):
            if row.cleaned_data.get("partner") and row.cleaned_data.get("country"):
                row.add_error("country", _("The partner's page tells its country. Leave this empty."))
        return cleaned_data

    def proposed_title(self) -> str:
        """Make a title such as “Letter of intent with Länsstyrelsen Västmanland”, in the language of the page."""
        codes = [row.cleaned_data["agreement_type"] for row in rows_of(self, "agreement_types")]
        rows = [row.cleaned_data for row in rows_of(self, "parties")]
        names = [row.get("name") or getattr(row.get("partner"), "title", "") for row in rows]
        return self._title_from(codes, names)

    def _proposal_of_instance(self) -> str | None:
        if self.instance.pk is None:
            return None
        codes = [row.agreement_type for row in self.instance.agreement_types.all()]
        return self._title_from(codes, [str(row) for row in self.instance.parties.all()])

    def _title_from(self, codes: list[str], names: list[str]) -> str:
        names = [name for name in names if name]
        types = AgreementType.named_by(codes)
        with translation.override(self.instance.locale.language_code):
            label = str(types[0].label) if types else _("Agreement")
            if not names:
                return label if types else _("New agreement")
            parties = ", ".join(names[:NAMED_PARTIES])
            if len(names) > NAMED_PARTIES:
                parties = _("%(parties)s and %(count)s more") % {
                    "parties": parties,
                    "count": len(names) - NAMED_PARTIES,
                }
            return (_("%(type)s with %(parties)s") % {"type": label, "parties": parties})[:255]

    def _fill_in_title(self) -> None:
        if "title" not in self.cleaned_data:
            return
        title = self.cleaned_data["title"].strip()
        if not title or title == self.former_proposal:
            self.cleaned_data["title"] = self.proposed_title()

    def _fill_in_slug(self) -> None:
        if "slug" not in self.cleaned_data:
            return
        slug, title = self.cleaned_data["slug"], self.cleaned_data.get("title", "")
        was_public = self.instance.first_published_at is not None
        if slug and (was_public or slug != self._slug_from(self.former_proposal or "", available=False)):
            return
        self.cleaned_data["slug"] = self._slug_from(title) or slug


def refuse_shared_duplicates(form: Any) -> None:
    """Refuse the same contact or strategy twice on a page, whichever language each was chosen in."""
    refuse_duplicates(
        form,
        "contacts",
        "contact",
        _("“%(name)s” is already among the contacts. Remove one of the rows."),
        identity_of("contact"),
    )
    refuse_duplicates(
        form,
        "strategies",
        "strategy",
        _("“%(name)s” is already among the strategies. Remove one of the rows."),
        identity_of("strategy"),
    )


def _party(row: dict[str, Any]) -> Hashable | None:
    """Tell parties apart: by the partner, or by the name if there is no page."""
    if row.get("partner"):
        return ("partner", row["partner"].translation_key)
    return ("name", row["name"].casefold()) if row.get("name") else None
