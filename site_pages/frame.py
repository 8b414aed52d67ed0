"""What surrounds a page's content: where the reader is, in which languages it exists, and whose site it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, Case, Q, Value, When
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from wagtail.coreutils import get_content_languages
from wagtail.images.models import AbstractImage, AbstractRendition, SourceImageIOError
from wagtail.models import Locale, Page, Site

from ..snippets.languages import in_language, source_language
from .addresses import address_of
from .colours import Colour
from .language_names import names_of
from .models import OrganisationName, PartnershipSettings
from .models.organisation import choose_name
from .standing import standing
from .visibility import public_pages


@dataclass(frozen=True)
class Crumb:
    """A step on the way from the first page to this one."""

    title: str
    path: str
    language: str


@dataclass(frozen=True)
class LanguageChoice:
    """A language of the site; without a path, the page does not exist in it."""

    code: str
    name: str
    path: str | None
    url: str | None
    is_current: bool
    note: str = ""


@dataclass(frozen=True)
class NavigationItem:
    """A link of the main navigation."""

    title: str
    path: str
    language: str
    is_current: bool


@dataclass
class Frame:
    """The surroundings of one answer. What a template does not use is never asked for."""

    request: HttpRequest
    locale: Locale
    title: str
    page: Page | None = None
    description: str = ""
    #: The path of this page in each language that it exists in, for what is no Wagtail page.
    paths: dict[str, str] = field(default_factory=dict)
    #: What the reader has asked here, as a query, to be asked in another language as well.
    question: str = ""
    #: The page that it belongs under, for what is no Wagtail page; by default the first page.
    trail: Sequence[Crumb] = ()
    is_indexed: bool = True
    structured_data: Sequence[dict[str, Any]] = ()

    @property
    def language(self) -> str:
        return self.locale.language_code

    @cached_property
    def site(self) -> Site | None:
        return Site.find_for_request(self.request)

    # Addresses

    def absolute(self, path: str) -> str:
        """Return the address of a path on this site, as the site's own settings name its host."""
        root = self.site.root_url if self.site else f"{self.request.scheme}://{self.request.get_host()}"
        return path if path.startswith(("http://", "https://")) else f"{root}{path}"

    def path_of(self, page: Page) -> str | None:
        parts = page.get_url_parts(self.request)
        return parts[2] if parts else None

    @cached_property
    def canonical(self) -> str | None:
        """The one address that search engines should know this page by."""
        if self.page is None:
            path = self.paths.get(self.language)
            return self.absolute(path) if path else None
        path = self.path_of(self._original) if self._original else None
        return self.absolute(path) if path else None

    @cached_property
    def _original(self) -> Page | None:
        """This page, or the one that it is an alias of."""
        return self.page.alias_of if self.page and self.page.alias_of_id else self.page

    @cached_property
    def _surroundings(self) -> list[Page]:
        """The first pages, what menus show below them, the pages above this one and its translations: in one query.

        Each has ``is_public``.
        """
        wanted = Q(pk__in=[])
        if self.site:
            root = self.site.root_page
            wanted |= Q(translation_key=root.translation_key) | Q(depth=root.depth + 1, show_in_menus=True)
        if self.page and self._original:
            steps = range(2 * Page.steplen, len(self.page.path), Page.steplen)
            wanted |= Q(path__in=[self.page.path[:length] for length in steps])
            wanted |= Q(translation_key=self._original.translation_key)
        is_public = Case(When(public_pages(), then=Value(True)), default=Value(False), output_field=BooleanField())
        rows = Page.objects.filter(wanted).annotate(is_public=is_public)
        return list(rows.select_related("locale").order_by("path"))

    def _chosen(self, rows: Iterable[Page]) -> list[Page]:
        """Keep the reader's row of each group: in their language, else the source's."""
        rows = list(rows)
        source = next((row.locale_id for row in rows if row.locale.language_code == source_language()), 0)
        return list(in_language(rows, self.locale.pk, source).values())

    @cached_property
    def _homes(self) -> list[Page]:
        if self.site is None:
            return []
        return [row for row in self._surroundings if row.translation_key == self.site.root_page.translation_key]

    @cached_property
    def _translations(self) -> dict[str, str]:
        """The path of each public language version, this one included."""
        if self._original is None:
            return self.paths
        key = self._original.translation_key
        versions = [row for row in self._surroundings if row.translation_key == key and row.is_public]
        return {row.locale.language_code: path for row in versions if (path := self.path_of(row))}

    @cached_property
    def languages(self) -> list[LanguageChoice]:
        """Every language of the site, with this page's address in it."""
        choices = []
        for code in get_content_languages():
            path = self._translations.get(code)
            note = ""
            if path is None and code != self.language:
                with translation.override(code):
                    note = _("no translation")
            choices.append(
                LanguageChoice(
                    code=code,
                    name=names_of(code).own.capitalize(),
                    path=f"{path}?{self.question}" if path and self.question else path,
                    # Search engines ask nothing.
                    url=self.absolute(path) if path else None,
                    is_current=code == self.language,
                    note=note,
                )
            )
        return choices

    @property
    def alternates(self) -> list[LanguageChoice]:
        """The language versions that search engines are told of: all public ones, if there are several."""
        known = [choice for choice in self.languages if choice.url]
        return known if len(known) > 1 else []

    @property
    def default_alternate(self) -> LanguageChoice | None:
        return next((choice for choice in self.alternates if choice.code == source_language()), None)

    # The way here

    @cached_property
    def home(self) -> Page | None:
        """The first page in the reader's language, else the source's."""
        return next(iter(self._chosen(row for row in self._homes if row.is_public)), None)

    @cached_property
    def home_path(self) -> str:
        return (self.path_of(self.home) if self.home else None) or "/"

    @cached_property
    def breadcrumbs(self) -> list[Crumb]:
        """The public pages above this one, from the first page on; this page itself is not among them."""
        if self.page is None:
            above = [self.home] if self.home else []
        else:
            path = self.page.path
            tops = tuple(row.path for row in self._homes) or ("",)
            above = [
                row
                for row in self._surroundings
                if row.is_public and path.startswith(row.path) and row.path != path and row.path.startswith(tops)
            ]
        crumbs = [Crumb(row.title, path, row.locale.language_code) for row in above if (path := self.path_of(row))]
        return [*crumbs, *self.trail]

    @cached_property
    def navigation(self) -> list[NavigationItem]:
        """The pages under the first page that editors put into menus, in the reader's language or the source's."""
        parents = {row.path for row in self._homes}
        below = [
            row
            for row in self._surroundings
            if row.is_public and row.show_in_menus and row.path[: -Page.steplen] in parents
        ]
        here = self.page.path if self.page else ""
        return [
            NavigationItem(row.title, path, row.locale.language_code, here.startswith(row.path))
            for row in sorted(self._chosen(below), key=lambda row: row.path[-Page.steplen :])
            if (path := self.path_of(row))
        ]

    # Whose site it is

    @cached_property
    def _about(self) -> tuple[PartnershipSettings | None, list[OrganisationName]]:
        site = self.site
        if site is None:
            return None, []
        return standing(self.request, ("settings", site.pk), lambda: _settings_of(site))

    @property
    def settings(self) -> PartnershipSettings | None:
        return self._about[0]

    @cached_property
    def organisation(self) -> OrganisationName | None:
        names = self._about[1]
        return choose_name(names, None, self.language) if names else None

    @cached_property
    def site_name(self) -> str:
        if self.organisation:
            return self.organisation.name
        return (self.site.site_name if self.site else "") or str(settings.WAGTAIL_SITE_NAME)

    @property
    def logo_image(self) -> AbstractImage | None:
        return self.settings.logo if self.settings else None

    @cached_property
    def logo(self) -> AbstractRendition | None:
        image = self.logo_image
        if image is None:
            return None
        try:
            return image.get_rendition("original" if image.is_svg() else "max-400x120")
        except (SourceImageIOError, OSError):
            return None

    @cached_property
    def theme_path(self) -> str | None:
        """The style sheet of the site's accent colour; None if the design's own colour stands."""
        colour = self.settings.accent_colour if self.settings else ""
        try:
            return address_of("theme", self.language, colour=str(Colour.parse(colour))[1:]) if colour else None
        except ValueError:
            return None

    @cached_property
    def search_path(self) -> str | None:
        return address_of("search", self.language)

    @cached_property
    def strategies_path(self) -> str | None:
        return address_of("strategies", self.language)

    @cached_property
    def feed_path(self) -> str | None:
        return address_of("feed", self.language)

    @property
    def image_url(self) -> str:
        """The picture that social media show beside a link: the logo, if there is one."""
        return self.absolute(self.logo.url) if self.logo else ""

    @property
    def og_locale(self) -> str:
        return translation.to_locale(self.language)


def _settings_of(site: Site) -> tuple[PartnershipSettings | None, list[OrganisationName]]:
    """Read the settings of a site and the names of its organisation."""
    # Any name brings the settings and the logo along.
    names = list(
        OrganisationName.objects.filter(settings__site=site)
        .select_related("settings__logo")
        .order_by("sort_order", "pk")
    )
    if names:
        return names[0].settings, names
    # for_site() would write a row when a visitor comes first.
    return PartnershipSettings.objects.filter(site=site).select_related("logo").first(), []
