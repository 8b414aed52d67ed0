"""The delivery API: public, read-only, typed. Its addresses and shapes are a contract that only grows within v1."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from ninja import NinjaAPI, Query
from ninja.errors import HttpError, ValidationError

from .changes import router as changes_router
from .counts import counted
from .listings.base import Listing
from .listings.others import ContactListing, PageListing, StrategyListing
from .listings.partnerships import AgreementListing, PartnerListing
from .models import PublicItem
from .openapi import document_errors, list_shape, with_article
from .parameters import NAMES_MARK, LanguageParameters, check_parameters, split_names
from .previews.endpoint import router as previews_router
from .problems import GoneError, NotFoundError, ProblemError, describe_validation, problem_response
from .resources import Resource
from .responses import json_response, languages_of, list_links, list_meta
from .routes import router as routes_router
from .scope import Scope
from .search import router as search_router
from .site_endpoints import router as site_router
from .telling import tell_pending

LISTINGS: tuple[Listing[Any], ...] = (
    PartnerListing(),
    AgreementListing(),
    StrategyListing(),
    ContactListing(),
    PageListing(),
)

#: What a list's total does not depend on.
FACETS = frozenset({"facets"})

api = NinjaAPI(
    title="Partnerships delivery API",
    version="1",
    urls_namespace="partnerships_delivery_api",
    openapi_url=None,
    docs_url=None,
)


@api.exception_handler(ProblemError)
def answer_problem(request: HttpRequest, error: ProblemError) -> HttpResponse:
    return problem_response(request, error)


@api.exception_handler(ValidationError)
def answer_validation(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem_response(request, describe_validation(error.errors))


@api.exception_handler(HttpError)
def answer_bad_body(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that is no JSON."""
    return problem_response(request, ProblemError(HTTPStatus(error.status_code), "The body has to be a JSON object."))


def was_public(scope: Scope, resource: Resource, key: UUID) -> bool:
    """Tell whether a document that the scope finds no more was once public: in its language, or in any at all."""
    tell_pending()
    items = PublicItem.objects.filter(site=scope.site, resource=resource.name, translation_key=key)
    if items.filter(language_code=scope.language).exists():
        return True
    return items.exists() and not resource.public(scope.site).filter(translation_key=key).exists()


def _register(listing: Listing[Any]) -> None:
    parameters_type: Any = listing.parameters
    resource = listing.resource

    def answer_list(request: HttpRequest, parameters: Query[parameters_type]) -> HttpResponse:
        check_parameters(request.GET, parameters_type)
        if not resource.is_listed():
            raise NotFoundError(f"There is no list of {resource.plural} here; ask for one by its id.")
        scope = Scope(request, parameters)
        fields = split_names("fields", parameters.fields, listing.field_names())
        total = counted(scope, lambda: listing.filtered(scope, parameters).count(), leaving_out=FACETS)
        meta = list_meta(scope, parameters, total)
        found = listing.page(scope, parameters, total)
        context = listing.context(scope)
        if fields:
            items = listing.sparse(context, found, fields)
        elif parameters.view == "full":
            items = listing.documents(context, found)
        else:
            items = listing.summaries(context, found)
        envelope = {
            "view": "fields" if fields else parameters.view,
            "_meta": meta,
            "_links": list_links(scope, meta),
            "_facets": listing.facet_counts(scope, parameters),
            "items": items,
        }
        return json_response(envelope, scope.tags | listing.list_tags(parameters), languages_of(scope, items))

    def answer_one(request: HttpRequest, id: UUID, parameters: Query[LanguageParameters]) -> HttpResponse:
        check_parameters(request.GET, LanguageParameters)
        scope = Scope(request, parameters)
        draft = scope.draft(resource.name, id)
        context = listing.context(scope, of_drafts=draft is not None)
        row = draft or listing.find(context, id)
        if row is None:
            if was_public(scope, resource, id):
                raise GoneError(f"The {resource.name} with this id has been removed.")
            raise NotFoundError(f"No {resource.name} with this id is published in this language.")
        [document] = listing.documents(context, [row])
        return json_response(document, scope.tags, [document["locale"]])

    plural = resource.plural
    api.get(
        f"/{plural}",
        response={200: list_shape(listing), **document_errors(400, 404)},
        operation_id=f"list_{plural}",
        url_name=f"list_{plural}",
        tags=[plural],
        summary=f"A list of {plural}",
        description=f"Short or whole documents of {plural}, filtered, counted and sorted. "
        "Filters given together must all match; one given several times matches any of its values.",
        openapi_extra={
            NAMES_MARK: {
                "sort": sorted({f"{sign}{name}" for name in listing.order_names() for sign in ("", "-")}),
                "fields": sorted(listing.field_names()),
                "facets": sorted(listing.facets),
            }
        },
    )(answer_list)
    api.get(
        f"/{plural}/{{partnerships_id:id}}",
        response={200: listing.whole_shape, **document_errors(400, 404, 410)},
        operation_id=f"get_{resource.name}",
        url_name=f"get_{resource.name}",
        tags=[plural],
        summary=f"One of the {plural}",
        description=f"The whole document of {with_article(resource.name)}, with everything that its page shows.",
    )(answer_one)


for _listing in LISTINGS:
    _register(_listing)
for _router in (routes_router, search_router, site_router, changes_router, previews_router):
    api.add_router("", _router)
