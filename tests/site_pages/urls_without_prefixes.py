"""The addresses of a host that has no language prefixes."""

from django.urls import include, path

from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("delivery/v1/", include("wagtail_partnerships.cms.delivery.urls")),
    path("", include("wagtail_partnerships.site_pages.urls")),
    path("", include("wagtail_partnerships.site_pages.localised_urls")),
    path("", include(wagtail_urls)),
]

handler404 = "wagtail_partnerships.site_pages.views.faults.page_not_found"
