"""Every field of every translatable model is either translated or the same in every language, as written down here."""

from django.db import models

from wagtail.models import get_translatable_models
from wagtail_localize.fields import SynchronizedField, get_translatable_fields

import pytest

PAGE_TEXTS = {"title", "slug", "seo_title", "search_description"}
CONTENT_TEXTS = PAGE_TEXTS | {"introduction", "content"}
PAGE_VALUES = {"show_in_menus"}
SNIPPET_STATE = {"first_published_at", "go_live_at", "expire_at"}

#: By model: what a translator is offered, and what follows the source.
FATES: dict[str, tuple[set[str], set[str]]] = {
    "wagtailcore.Page": (PAGE_TEXTS, PAGE_VALUES),
    "partnerships_pages.HomePage": (CONTENT_TEXTS, PAGE_VALUES),
    "partnerships_pages.PartnerIndexPage": (CONTENT_TEXTS, PAGE_VALUES),
    "partnerships_pages.AgreementIndexPage": (CONTENT_TEXTS, PAGE_VALUES),
    "partnerships_pages.PartnerPage": (
        CONTENT_TEXTS | {"contact_invitation", "logo_alt", "responsible_unit"},
        PAGE_VALUES
        | {"organisation_type", "country", "region", "website", "logo", "organisation_number", "ror_id"}
        | {"contacts", "strategies", "related_partners", "former_names"},
    ),
    "partnerships_pages.AgreementPage": (
        PAGE_TEXTS
        | {"content", "purpose", "display_label", "partner_page_heading", "contact_invitation", "renewal_terms"}
        | {"parties", "signatories"},
        PAGE_VALUES
        | {"signed", "since", "valid_from", "end_kind", "end_date", "outcome", "outcome_date", "outcome_reason"}
        | {"responsible_user", "responsible_unit", "reference_number", "review_date", "notice_date", "renewal_pending"}
        | {"renews", "part_of", "internal_notes", "agreement_types", "contacts", "strategies", "documents"},
    ),
    "partnerships_pages.AgreementParty": ({"role"}, {"partner", "name", "country"}),
    "partnerships_pages.AgreementSignatory": ({"title"}, {"name", "on_behalf_of"}),
    "partnerships_snippets.Strategy": (
        {"name", "owner_organisation", "summary"},
        SNIPPET_STATE | {"kind", "valid_from", "valid_to", "link", "document"},
    ),
    "partnerships_snippets.Contact": (
        {"role", "unit", "organisation", "when_to_contact"},
        SNIPPET_STATE | {"kind", "name", "phone", "email", "form_link", "photo", "review_date"},
    ),
}
MODELS = {model._meta.label: model for model in get_translatable_models(include_subclasses=True)}


def test_every_translatable_model_is_known() -> None:
    assert set(MODELS) == set(FATES)


@pytest.mark.parametrize("label", sorted(FATES))
def test_every_field_has_the_fate_that_was_meant_for_it(label: str) -> None:
    fields = get_translatable_fields(MODELS[label])
    followed = {field.field_name for field in fields if isinstance(field, SynchronizedField)}

    assert ({field.field_name for field in fields} - followed, followed) == FATES[label]


@pytest.mark.parametrize("label", sorted(FATES))
def test_no_translator_can_override_what_is_ours_and_synchronised(label: str) -> None:
    fields = [field for field in get_translatable_fields(MODELS[label]) if isinstance(field, SynchronizedField)]

    assert {field.field_name for field in fields if field.overridable} <= PAGE_VALUES | SNIPPET_STATE


@pytest.mark.parametrize("label", sorted(FATES))
def test_nothing_is_unique_across_languages(label: str) -> None:
    fields = MODELS[label]._meta.get_fields()

    # wagtail-localize silently translates nothing where a field is.
    unique = {
        field.name for field in fields if isinstance(field, models.Field) and field.unique and not field.primary_key
    }
    assert unique <= {"path"}
