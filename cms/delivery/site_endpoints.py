"""What is the site's own: its settings, vocabularies and what the API says of itself."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from wagtail.models import Locale, Page

from ninja import Query, Router

from ...site_pages.agreement_types import AgreementType
from ...site_pages.blocks.choosers import Extent, Layout
from ...site_pages.blocks.text import ListPreset
from ...site_pages.language_names import names_of
from ...site_pages.models import AgreementPage, PartnerPage, PartnershipSettings
from ...site_pages.models.organisation import choose_name
from ...site_pages.status import AgreementStatus
from ...site_pages.visibility import published
from ...snippets.languages import in_language
from ...snippets.models import Contact, Strategy
from ...snippets.places import country_codes, region_codes
from .openapi import document_errors
from .parameters import LanguageParameters, Parameters, check_parameters
from .rendering.context import Context, coded_country, coded_region, label_in
from .rendering.media import render_image
from .responses import json_response
from .schemas import site as shapes
from .scope import Scope
from .tags import ROUTES_TAG

#: The day on which version 1 of the contract came out.
RELEASED = "2026-11-23"

router = Router(tags=["site"])

_CHOICES: dict[str, Any] = {
    "agreement_type": AgreementType,
    "agreement_status": AgreementStatus,
    "organisation_type": PartnerPage.OrganisationType,
    "strategy_kind": Strategy.Kind,
    "contact_kind": Contact.Kind,
    "end_kind": AgreementPage.EndKind,
    "list_preset": ListPreset,
    "extent": Extent,
    "layout": Layout,
}


@router.get(
    "/settings",
    response={200: shapes.SiteSettings, **document_errors(400, 404)},
    operation_id="get_settings",
    summary="The site and whose it is",
)
def get_settings(request: HttpRequest, parameters: Query[LanguageParameters]) -> HttpResponse:
    """The site's name, languages, organisation and menu; names and menu fall back to the source language."""
    check_parameters(request.GET, LanguageParameters)
    scope = Scope(request, parameters)
    context = Context(scope, scope.reader())
    settings = PartnershipSettings.objects.filter(site=scope.site).prefetch_related("names").first()
    name = choose_name(list(settings.names.all()), None, scope.language) if settings else None
    homes = _homes(scope)
    by_locale = {home.locale_id: home for home in homes}
    document: shapes.SiteSettings = {
        "name": name.name if name else scope.site.site_name,
        "locale": scope.language,
        "locales": [_language(context, locale, by_locale.get(locale.pk)) for locale in scope.locales.values()],
        "organisation": {"name": name.name, "short_name": name.short_name} if name else None,
        "logo": render_image(context, settings.logo, alt=name.name if name else "") if settings else None,
        "accent_colour": (settings.accent_colour or None) if settings else None,
        "navigation": context.refs(_menu(scope, homes)),
        "accessibility_statement": (settings.accessibility_statement or None) if settings else None,
        "accessibility_contact": (settings.accessibility_contact or None) if settings else None,
        "security_contact": (settings.security_contact or None) if settings else None,
        "data_licence": (settings.data_licence or None) if settings else None,
    }
    return json_response(document, scope.tags | {"settings", ROUTES_TAG}, [scope.language])


def _homes(scope: Scope) -> list[Page]:
    """The site's first page in each language in which it is public."""
    key = scope.site.root_page.translation_key
    return list(published(Page.objects.filter(translation_key=key), scope.site))


def _menu(scope: Scope, homes: list[Page]) -> list[Page]:
    parents = [home.path for home in homes]
    below = published(Page.objects.filter(show_in_menus=True, depth__in={home.depth + 1 for home in homes}), scope.site)
    rows = [page for page in below if page.path[: -page.steplen] in parents]
    chosen = in_language(rows, scope.locale.pk).values()
    return sorted(chosen, key=lambda page: page.path[-page.steplen :])


def _language(context: Context, locale: Locale, home: Page | None) -> shapes.SiteLanguage:
    ref = context.ref(home) if home else None
    return {
        "code": locale.language_code,
        "name": names_of(locale.language_code).own,
        "is_default": locale.pk == context.scope.site.root_page.locale_id,
        "url": ref["url"] if ref else None,
        "path": ref["path"] if ref else None,
    }


@router.get(
    "/vocabularies",
    response={200: shapes.Vocabularies, **document_errors(400)},
    operation_id="get_vocabularies",
    summary="Every code with its label in each language",
)
def get_vocabularies(request: HttpRequest, parameters: Query[Parameters]) -> HttpResponse:
    """Codes may be added within v1, and none is ever taken away."""
    check_parameters(request.GET, Parameters)
    languages = tuple(Locale.objects.values_list("language_code", flat=True))
    return json_response(_vocabularies(languages), {"vocabularies"}, languages)


@cache
def _vocabularies(languages: tuple[str, ...]) -> shapes.Vocabularies:
    found: Any = {
        name: [
            {"code": choice.value, "labels": [{"locale": code, "label": label_in(choice, code)} for code in languages]}
            for choice in choices
        ]
        for name, choices in _CHOICES.items()
    }
    found["country"] = [_place(code, coded_country, languages) for code in country_codes()]
    found["region"] = [_place(code, coded_region, languages) for code in region_codes()]
    vocabularies: shapes.Vocabularies = found
    return vocabularies


def _place(code: str, coded: Any, languages: tuple[str, ...]) -> shapes.Term:
    return {
        "code": code,
        "labels": [{"locale": language, "label": coded(code, language)["label"]} for language in languages],
    }


@router.get(
    "/api-info",
    response={200: shapes.ApiInfo, **document_errors(400, 404)},
    operation_id="get_api_info",
    summary="About this API",
)
def get_api_info(request: HttpRequest, parameters: Query[Parameters]) -> HttpResponse:
    """Name, version and status, as the national REST API profile asks for."""
    check_parameters(request.GET, Parameters)
    scope = Scope(request, LanguageParameters())
    info: shapes.ApiInfo = {
        "apiName": "partnerships-delivery",
        "apiVersion": "1.0.0",
        "apiReleased": RELEASED,
        "apiDocumentation": f"{scope.site.root_url}{reverse('partnerships_delivery:docs')}",
        "apiStatus": "active",
    }
    return json_response(info, {"api-info"})
