"""Wagtail's own two APIs beside ours: v2 for clients that already speak it, v3 for tools that edit.

What they show passes the same test as everywhere else (``site_pages.visibility``).
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet

from wagtail.api import APIField
from wagtail.api.v2.filters import FieldsFilter, LocaleFilter, OrderingFilter, SearchFilter
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.serializers import BaseSerializer, PageLocaleField
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet
from wagtail.api.v3.urls import api as api_v3
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.locales.api.v3.router import router as locales_router
from wagtail.models import Collection, Page, Site

from rest_framework.fields import Field

from ..site_pages.models import AgreementPage, PartnerPage
from ..site_pages.models.content import ContentPage
from ..site_pages.visibility import published, used_snippets
from ..snippets.models import Contact, Strategy
from .delivery.listings.base import Listing
from .delivery.listings.others import PageListing
from .delivery.listings.partnerships import AgreementListing, PartnerListing
from .delivery.parameters import LanguageParameters
from .delivery.schemas.documents import PageSummary
from .delivery.scope import Scope, closed_collections
from .redirects_api import narrow_redirects

_LISTINGS: tuple[tuple[type[Page], Listing[Any]], ...] = (
    (PartnerPage, PartnerListing()),
    (AgreementPage, AgreementListing()),
    (ContentPage, PageListing()),
)


class DeliveredField(Field):  # type: ignore[misc]  # REST framework ships no types
    """A field of the page's document in the delivery API: what is public, in the same shape."""

    def __init__(self, name: str, listing: Listing[Any]) -> None:
        super().__init__(read_only=True)
        self.name = name
        self.listing = listing

    def get_attribute(self, instance: Page) -> Page:
        return instance

    def to_representation(self, page: Page) -> Any:
        delivered: dict[int, Any] = self.context.setdefault("delivered", {})
        if page.pk not in delivered:
            language = LanguageParameters(locale=page.locale.language_code)
            context = self.listing.context(Scope(self.context["request"], language))
            [delivered[page.pk]] = self.listing.documents(context, self.listing.for_rendering(context.scope, [page.pk]))
        return delivered[page.pk][self.name]


class PublicPagesAPIViewSet(PagesAPIViewSet):  # type: ignore[misc]  # Wagtail ships no types
    """The public pages, with the fields of their documents in the delivery API; no alias is an item of its own."""

    def get_base_queryset(self) -> QuerySet[Page]:
        # By id, since a search can filter by nothing that asks another table.
        public = published(super().get_base_queryset()).order_by()
        pages: QuerySet[Page] = Page.objects.filter(id__in=public.values("id"))
        return pages

    @classmethod
    def get_body_fields(cls, model: type[Page]) -> list[APIField]:
        fields: list[APIField] = super().get_body_fields(model)
        for page_type, listing in _LISTINGS:
            if issubclass(model, page_type):
                # What v3 takes of our own fields is not how v2 gives them.
                own = {field.name for field in APIField.get_fields_for_model(page_type)}
                fields = [field for field in fields if field.name not in own]
                known = {field.name for field in fields} | PageSummary.__required_keys__
                names = sorted(listing.field_names() - known)
                return fields + [APIField(name, serializer=DeliveredField(name, listing)) for name in names]
        return fields


def open_collection_ids() -> list[int]:
    """The collections that anyone may look into, as ids: a search can filter by nothing that asks another table."""
    return list(Collection.objects.exclude(pk__in=closed_collections()).values_list("pk", flat=True))


class OpenImagesAPIViewSet(ImagesAPIViewSet):  # type: ignore[misc]  # Wagtail ships no types
    """The images of open collections."""

    def get_queryset(self) -> QuerySet[Any]:
        images: QuerySet[Any] = super().get_queryset().filter(collection__in=open_collection_ids())
        return images


class OpenDocumentsAPIViewSet(DocumentsAPIViewSet):  # type: ignore[misc]  # Wagtail ships no types
    """The documents of open collections."""

    def get_queryset(self) -> QuerySet[Any]:
        documents: QuerySet[Any] = super().get_queryset().filter(collection__in=open_collection_ids())
        return documents


class SnippetSerializer(BaseSerializer):  # type: ignore[misc]  # Wagtail ships no types
    """Gives a row's language as that of a page."""

    locale = PageLocaleField(read_only=True)


class UsedSnippetsAPIViewSet(BaseAPIViewSet):  # type: ignore[misc]  # Wagtail ships no types
    """The live rows of a snippet that a public page of the site uses, in all languages or the asked one."""

    base_serializer_class = SnippetSerializer
    filter_backends: ClassVar[list[Any]] = [FieldsFilter, LocaleFilter, OrderingFilter, SearchFilter]
    known_query_parameters = BaseAPIViewSet.known_query_parameters | {"locale"}
    meta_fields: ClassVar[list[str]] = [*BaseAPIViewSet.meta_fields, "locale"]
    listing_default_fields: ClassVar[list[str]] = [*BaseAPIViewSet.listing_default_fields, "locale", "name"]
    nested_default_fields: ClassVar[list[str]] = [*BaseAPIViewSet.nested_default_fields, "name"]

    def get_queryset(self) -> QuerySet[Any]:
        used = used_snippets(self.model.objects.order_by(), Site.find_for_request(self.request))
        rows: QuerySet[Any] = self.model.objects.filter(id__in=used.values("id")).order_by("id")
        return rows.select_related("locale")


class StrategiesAPIViewSet(UsedSnippetsAPIViewSet):
    model = Strategy
    name = "strategies"


class ContactsAPIViewSet(UsedSnippetsAPIViewSet):
    model = Contact
    name = "contacts"


router_v2 = WagtailAPIRouter("wagtailapi")
router_v2.register_endpoint("pages", PublicPagesAPIViewSet)
router_v2.register_endpoint("images", OpenImagesAPIViewSet)
router_v2.register_endpoint("documents", OpenDocumentsAPIViewSet)
router_v2.register_endpoint("strategies", StrategiesAPIViewSet)
router_v2.register_endpoint("contacts", ContactsAPIViewSet)

# wagtail_localize.locales stands in for the app that would have added it.
api_v3.add_router("/locales/", locales_router)
narrow_redirects()
