"""The redirects in Wagtail's v3, which without this tells anybody of those to pages that are not public."""

# No ``annotations`` of the future: Django Ninja reads them from a wrapper that does not know this module's names.
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from wagtail.api.v3.auth import AllowAnonymous, BearerTokenAuth
from wagtail.api.v3.pagination import WagtailLimitOffsetPagination
from wagtail.api.v3.schemas.params import APIFieldFilterSchema, OrderingSchema
from wagtail.contrib.redirects.api.v3.router import BASE_REDIRECT_READ_FIELDS, RedirectSchema, router
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.permissions import policy_registry

from ninja import Query
from ninja.pagination import paginate

from ..site_pages.visibility import published


def shown_redirects(request: HttpRequest) -> QuerySet[Redirect]:
    """Return all redirects to who may manage them, and to others what a visitor of the site can be led by."""
    policy = policy_registry.get_by_type(Redirect)
    if policy.user_has_any_permission(request.user, ("add", "change", "delete", "view")):
        return Redirect.objects.all()
    site = Site.find_for_request(request)
    if site is None:
        return Redirect.objects.none()
    public = published(Page.objects.all(), site).order_by().values("pk")
    to_address = Q(redirect_page=None) & ~Q(redirect_link="")
    return Redirect.get_for_site(site).filter(Q(redirect_page__in=public) | to_address)


@paginate(WagtailLimitOffsetPagination, pass_parameter="pagination_info")  # noqa: S106  # no password
def list_redirects(request: HttpRequest, ordering: Query[OrderingSchema], **kwargs: Any) -> QuerySet[Redirect]:
    """List the redirects that are shown to who asks, filtered and sorted as Wagtail does."""
    filters = APIFieldFilterSchema.with_exclude_schemas(
        raw_params=request.GET, schemas=(OrderingSchema,), base_fields=BASE_REDIRECT_READ_FIELDS
    )
    found: QuerySet[Redirect] = ordering.order_queryset(
        filters.filter_queryset(shown_redirects(request)),
        kwargs["pagination_info"],
        base_fields=BASE_REDIRECT_READ_FIELDS,
    )
    return found


def find_redirect(request: HttpRequest, id: int | None = None, html_path: str | None = None) -> HttpResponseRedirect:  # noqa: A002  # the parameter's name
    """Lead to the redirect at a path, or of an id. Raises Http404 if none is shown to who asks."""
    at_path = get_redirect(request, html_path) if html_path else None
    for pk in (at_path.pk if at_path else None, id):
        if pk is not None and shown_redirects(request).filter(pk=pk).exists():
            query = request.GET.copy()
            query.pop("id", None)
            query.pop("html_path", None)
            address = reverse("wagtailapi_v3:detail_redirect", kwargs={"redirect_id": pk})
            return HttpResponseRedirect(f"{address}?{query.urlencode()}")
    raise Http404("No redirect matches.")


def show_redirect(request: HttpRequest, redirect_id: int) -> Redirect:
    """Show a redirect. Raises Http404 if none of this id is shown to who asks."""
    return get_object_or_404(shown_redirects(request), pk=redirect_id)


def narrow_redirects() -> None:
    """Let our reads stand in for those of Wagtail's router, which leave no place to narrow what they show."""
    for path_view in router.path_operations.values():
        path_view.operations = [operation for operation in path_view.operations if operation.methods != ["GET"]]
    reads = {
        "/": (list_redirects, list[RedirectSchema], "list_redirects", "redirects_list"),
        "/find/": (find_redirect, RedirectSchema, "find_redirect", "redirects_find"),
        "/{redirect_id}/": (show_redirect, RedirectSchema, "detail_redirect", "redirects_detail"),
    }
    for path, (view, response, url_name, operation_id) in reads.items():
        router.get(
            path,
            response=response,
            url_name=url_name,
            operation_id=operation_id,
            auth=[BearerTokenAuth(), AllowAnonymous()],
        )(view)
