"""Puts the demo's home page at the root of the site, and tells the site whose it is."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.db import models, transaction

from wagtail.models import Locale, Page, Site

from ...site_pages.models import OrganisationName, PartnershipSettings

_LOCAL_HOSTS = {"localhost", "127.0.0.1"}


class OccupiedError(Exception):
    """The site has pages that the demo did not make."""


def base_address() -> tuple[str, int]:
    """Return host and port of the address at which the site is served, as ``WAGTAILADMIN_BASE_URL`` tells."""
    url = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    return url.hostname or "localhost", url.port or (443 if url.scheme == "https" else 80)


def tree_root() -> Page:
    """Return the root of the page tree.

    Raises:
        OccupiedError: if pages of others stand below it: anything but the welcome page of a fresh Wagtail.
    """
    root = Page.get_first_root_node()
    children = list(root.get_children())
    if len(children) > 1 or any(_is_not_welcome(child) for child in children):
        raise OccupiedError
    return root


def _is_not_welcome(page: Page) -> bool:
    return page.specific_class is not Page or page.numchild > 0 or page.latest_revision_id is not None


def claim_site(home: Page) -> Site:
    """Make ``home`` the root page of the default site, and remove the welcome page of a fresh Wagtail."""
    hostname, port = base_address()
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port, site.site_name = hostname, port, "Mälardalens universitet"
    site.root_page = home
    site.full_clean()
    site.save()
    for page in Page.get_first_root_node().get_children().exclude(pk=home.pk):
        page.delete()
    return site


def follow_base_address(site: Site) -> None:
    """Keep the site's port that of the server, while the demo is served on the machine itself."""
    hostname, port = base_address()
    if site.hostname in _LOCAL_HOSTS and hostname in _LOCAL_HOSTS and (site.hostname, site.port) != (hostname, port):
        site.hostname, site.port = hostname, port
        with transaction.atomic():
            site.save()


def describe_organisation(site: Site, logo: models.Model | None) -> PartnershipSettings:
    """Write down the own organisation: its names then and now, and what the law asks it to tell."""
    about = PartnershipSettings.for_site(site)
    about.logo = logo
    about.accent_colour = "#7a1f5c"
    about.accessibility_statement = "https://www.example.se/tillganglighet"
    about.accessibility_contact = "mailto:tillganglighet@example.se"
    about.security_contact = "mailto:security@example.se"
    about.data_licence = "https://creativecommons.org/publicdomain/zero/1.0/"
    about.names = [
        OrganisationName(language="sv", name="Mälardalens högskola", short_name="MDH", until="2021-12-31"),
        OrganisationName(language="en", name="Mälardalen University", short_name="MDH", until="2021-12-31"),
        OrganisationName(language="sv", name="Mälardalens universitet", short_name="MDU"),
        OrganisationName(language="en", name="Mälardalen University", short_name="MDU"),
    ]
    about.full_clean()
    for name in about.names.all():
        name.full_clean(exclude=["settings"])
    about.save()
    return about


def demo_locales() -> tuple[Locale, Locale]:
    """Return the locales of Swedish and English, making what is missing.

    Raises:
        LookupError: if the settings lack one of the languages, or Swedish is not the default.
    """
    offered = dict(settings.WAGTAIL_CONTENT_LANGUAGES)
    missing = [code for code in ("sv", "en") if code not in offered]
    if missing:
        raise LookupError(
            f"The demo content is in Swedish and English: add {' and '.join(missing)} to the setting LANGUAGES."
        )
    if settings.LANGUAGE_CODE != "sv":
        raise LookupError("The demo content is written in Swedish first: set LANGUAGE_CODE to sv.")
    swedish, english = (Locale.objects.get_or_create(language_code=code)[0] for code in ("sv", "en"))
    return swedish, english
