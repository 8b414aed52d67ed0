"""Addresses beside Wagtail's pages, the same in every language. A host includes them before Wagtail's own, which take
every path, and those of ``localised_urls`` within its ``i18n_patterns`` if it has any::

    path("", include("wagtail_partnerships.site_pages.urls")),
    *i18n_patterns(
        path("", include("wagtail_partnerships.site_pages.localised_urls")),
        path("", include(wagtail_urls)),
    )

Without language prefixes the words of ``localised_urls`` tell the language themselves. Without any of these addresses
the pages of partners and agreements work as well, and show no links to what is not there.
"""

from django.urls import path, re_path

from .views import calendars, machines

urlpatterns = [
    path("sitemap.xml", machines.sitemap, name="partnerships_sitemap"),
    path("robots.txt", machines.robots, name="partnerships_robots"),
    path(".well-known/security.txt", machines.security, name="partnerships_security"),
    re_path(
        r"^partnerships/calendar/(?P<key>[A-Za-z0-9_-]{43})\.ics$",
        calendars.calendar,
        name="partnerships_calendar_feed",
    ),
    re_path(r"^partnerships/theme-(?P<colour>[0-9a-f]{6})\.css$", machines.theme_css, name="partnerships_theme"),
]
