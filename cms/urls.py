"""What the site answers: the admin, the APIs, documents, and pages under a language prefix."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView

from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from .media import media_urlpatterns

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # Programs ask for it unbidden. By its name without a hash, since a browser may remember for good where it is.
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}partnerships/icon.svg", permanent=True)),
    *media_urlpatterns(),
    # APIs stand outside of the language prefixes, where a 404 would lead to a page.
    path("delivery/v1/", include("wagtail_partnerships.cms.delivery.urls")),
    path("", include("wagtail_partnerships.cms.api_urls")),
    path("", include("wagtail_partnerships.site_pages.urls")),
    *i18n_patterns(
        path("", include("wagtail_partnerships.site_pages.localised_urls")),
        path("", include(wagtail_urls)),
    ),
]

handler404 = "wagtail_partnerships.site_pages.views.faults.page_not_found"
