"""What machines ask a site for: its sitemap, robots.txt, security.txt, its feed and its theme."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wagtail.coreutils import get_content_languages
from wagtail.models import Locale, Page

from ...snippets.models import Strategy
from ..addresses import address_of, strategy_path
from ..catalogue import AgreementEntry, Catalogue
from ..colours import Colour, theme
from ..frame import Frame
from ..models import PartnershipSettings
from ..reader import Reader
from ..visibility import published, used_snippets

FEED_LENGTH = 30
#: How long the contact in security.txt may be relied on (RFC 9116 recommends less than a year).
SECURITY_DAYS = 180


def _frame(request: HttpRequest) -> Frame:
    return Frame(request, Locale.get_active(), "")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every public page with its language versions, after sitemaps.org and Google's ``xhtml:link``."""
    frame = _frame(request)
    groups: dict[object, dict[str, tuple[str, datetime.datetime | None]]] = {}
    pages = published(Page.objects.filter(depth__gt=1), frame.site).select_related("locale").order_by("path")
    for page in pages:
        if path := frame.path_of(page):
            group = groups.setdefault(page.translation_key, {})
            group[page.locale.language_code] = (frame.absolute(path), page.last_published_at)
    strategies = used_snippets(Strategy.objects.all(), frame.site).select_related("locale")
    for strategy in strategies:
        if path := strategy_path(strategy):
            group = groups.setdefault(strategy.translation_key, {})
            group[strategy.locale.language_code] = (frame.absolute(path), strategy.last_published_at)
    if strategies:
        lists = {code: address_of("strategies", code) for code in get_content_languages()}
        groups["strategies"] = {code: (frame.absolute(path), None) for code, path in lists.items() if path}
    context = {"groups": [[(code, *entry) for code, entry in group.items()] for group in groups.values()]}
    return render(request, "partnerships_pages/sitemap.xml", context, content_type="application/xml; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep crawlers out of the search and of filtered lists, which are endless; show them the sitemap (RFC 9309)."""
    frame = _frame(request)
    hidden = [path for code in get_content_languages() if (path := address_of("search", code))]
    parameters = (
        "organisation_type",
        "country",
        "region",
        "agreement_type",
        "agreement_status",
        "strategy",
        "sort",
        "q",
    )
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in hidden),
        *(f"Disallow: /*{sign}{name}=" for name in parameters for sign in "?&"),
        "",
    ]
    if path := address_of("sitemap", frame.language):
        lines.append(f"Sitemap: {frame.absolute(path)}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Tell where to report a weakness (RFC 9116); 404 until the site's settings name a contact."""
    frame = _frame(request)
    settings: PartnershipSettings | None = frame.settings
    if settings is None or not settings.security_contact:
        raise Http404("no security contact is set")
    # Whole days, so that the answer stays the same all day.
    expires = datetime.datetime.combine(timezone.localdate(), datetime.time(), datetime.UTC)
    expires += datetime.timedelta(days=SECURITY_DAYS)
    lines = [
        f"Contact: {settings.security_contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(get_content_languages())}",
    ]
    if path := address_of("security", frame.language):
        lines.append(f"Canonical: {frame.absolute(path)}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def theme_css(request: HttpRequest, colour: str) -> HttpResponse:
    """Answer with the style sheet of an accent colour; the colour is in the address, so it never changes."""
    response = HttpResponse(theme(Colour.parse(colour)), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


#: What XML 1.0 can't hold, not even escaped (section 2.2), such as the line break within a paragraph that Word copies.
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _in_xml(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _NOT_IN_XML.sub(" ", value) if isinstance(value, str) else value for name, value in values.items()}


class _Feed(Atom1Feed):
    """Marks each entry with its own language, and says the same all day when it has none, so that it can be kept."""

    def write(self, outfile: Any, encoding: str) -> None:
        self.feed = _in_xml(self.feed)
        self.items = [_in_xml(item) for item in self.items]
        super().write(outfile, encoding)

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}

    def latest_post_date(self) -> datetime.datetime:
        if self.items:
            return super().latest_post_date()
        return datetime.datetime.combine(timezone.localdate(), datetime.time(), datetime.UTC)


class AgreementFeed(Feed):  # type: ignore[type-arg]  # generic in the stubs alone
    """New and changed agreements of a site, the latest first, as Atom (RFC 4287) in the language of its address."""

    feed_type = _Feed

    def get_object(self, request: HttpRequest) -> Frame:
        return Frame(request, Locale.get_active(), _("Agreements"))

    def title(self, frame: Frame) -> str:
        return _("Agreements – %(site)s") % {"site": frame.site_name}

    def subtitle(self, frame: Frame) -> str:
        return _("New and changed agreements.")

    def link(self, frame: Frame) -> str:
        return frame.absolute(frame.home_path)

    def feed_url(self, frame: Frame) -> str:
        return frame.absolute(frame.feed_path or "")

    def feed_guid(self, frame: Frame) -> str:
        return self.feed_url(frame)

    def author_name(self, frame: Frame) -> str:
        return frame.site_name

    def items(self, frame: Frame) -> list[tuple[Frame, AgreementEntry]]:
        entries = Catalogue(Reader(frame.locale, site=frame.site)).agreements
        dated = [entry for entry in entries if entry.page.last_published_at and frame.path_of(entry.page)]
        dated.sort(key=lambda entry: entry.page.last_published_at, reverse=True)
        return [(frame, entry) for entry in dated[:FEED_LENGTH]]

    def item_title(self, item: tuple[Frame, AgreementEntry]) -> str:
        return item[1].page.title

    def item_description(self, item: tuple[Frame, AgreementEntry]) -> str:
        return item[1].page.purpose

    def item_link(self, item: tuple[Frame, AgreementEntry]) -> str:
        frame, entry = item
        return frame.absolute(frame.path_of(entry.page) or "")

    def item_guid(self, item: tuple[Frame, AgreementEntry]) -> str:
        # An address may move, and a reader of the feed must still know the agreement.
        return f"urn:uuid:{item[1].page.translation_key}"

    def item_updateddate(self, item: tuple[Frame, AgreementEntry]) -> datetime.datetime:
        return item[1].page.last_published_at

    def item_extra_kwargs(self, item: tuple[Frame, AgreementEntry]) -> dict[str, str]:
        return {"language": item[1].page.locale.language_code}

    def item_pubdate(self, item: tuple[Frame, AgreementEntry]) -> datetime.datetime:
        return item[1].page.first_published_at or item[1].page.last_published_at
