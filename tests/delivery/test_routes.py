"""What `/routes?path=` tells of a path is what the site answers a reader of that path."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urljoin
from uuid import UUID

from django.test import Client
from django.utils.encoding import iri_to_uri

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site

import pytest

from tests.delivery.client import ROOT
from tests.factories import PartnerPageFactory, SiteTree, StrategyFactory, translated
from wagtail_partnerships.site_pages.addresses import strategy_path
from wagtail_partnerships.site_pages.models import AgreementIndexPage, HomePage, PartnerIndexPage

pytestmark = pytest.mark.django_db
SITE = "http://localhost"
OTHER_SITE = "http://other.example"


class Document(NamedTuple):
    """The reader gets the page of a document with this title."""

    title: str


class Sent(NamedTuple):
    """The reader is sent on, and gets something there."""

    location: str
    is_permanent: bool = True


#: The reader gets nothing that the API has a document for: no page, a form for signing in, or a view of its own.
NOTHING = None

PARTNER = Document("Länsstyrelsen")
ENGLISH = Document("County board")
PATHS: dict[str, Document | Sent | None] = {
    "/sv/": Document("Samverkan"),
    "/en/": Document("Collaboration"),
    "/sv/partner/": Document("Partner"),
    "/sv/partner/lansstyrelsen/": PARTNER,
    "/en/partners/county-board/": ENGLISH,
    # A part that is left out
    "/": Sent("/sv/", is_permanent=False),
    "/sv": Sent("/sv/"),
    "/sv/partner/lansstyrelsen": Sent("/sv/partner/lansstyrelsen/"),
    "/partner/lansstyrelsen/": Sent("/sv/partner/lansstyrelsen/", is_permanent=False),
    "/partner/lansstyrelsen": Sent("/sv/partner/lansstyrelsen/", is_permanent=False),
    "/partners/county-board/": NOTHING,
    "/sv/partner/saknas": NOTHING,
    # Query and fragment
    "/sv/partner/lansstyrelsen/?q=a&page=2": PARTNER,
    "/sv/partner/lansstyrelsen/#kontakt": PARTNER,
    "/sv/partner/lansstyrelsen?q=å#kontakt": Sent("/sv/partner/lansstyrelsen/?q=%C3%A5"),
    "/partner/lansstyrelsen/?b=1&a=2": Sent("/sv/partner/lansstyrelsen/?b=1&a=2", is_permanent=False),
    "/?q=a": Sent("/sv/?q=a", is_permanent=False),
    # Other spellings
    "/sv//partner/lansstyrelsen/": NOTHING,
    "/sv/partner/lansstyrelsen//": NOTHING,
    "//sv/partner/lansstyrelsen/": NOTHING,
    "//": NOTHING,
    "//[::1/sv/": NOTHING,
    "/sv/./partner/": NOTHING,
    "/sv/Partner/lansstyrelsen/": NOTHING,
    "/SV/partner/": NOTHING,
    "/sv-SE/partner/": NOTHING,
    "/de/partner/": NOTHING,
    "/sv/partner/lansstyrelsen/;a=1": NOTHING,
    "/sv/partner/l%C3%A4nsstyrelsen/": NOTHING,
    "/sv/partner/v%C3%A4ster%C3%A5s/": Document("Västerås"),
    "/sv/partner/västerås/": Document("Västerås"),
    "/sv/partner/v%C3%A4ster%C3%A5s": Sent("/sv/partner/v%C3%A4ster%C3%A5s/"),
    "/%73v/partner%2Flansstyrelsen/": PARTNER,
    "/sv/partner/lansstyrelsen/%3Fq=1": NOTHING,
    "/sv/%00/": NOTHING,
    "/sv/%ff/": NOTHING,
    "/sv/partner/lansstyrelsen%20/": NOTHING,
    # What stands elsewhere or is not public
    "/sv/samverkan/partner/": NOTHING,
    "/sv/annan-sajt/": NOTHING,
    "/annan-sajt/": NOTHING,
    "/sv/utkast/": NOTHING,
    "/sv/hemlig/": NOTHING,
    "/sv/hemlig/kopia/": NOTHING,
    "/sv/kopia/": PARTNER,
    "/sv/kopia": Sent("/sv/kopia/"),
    # What is no page of the tree
    "/sv/search/": NOTHING,
    "/sv/search": NOTHING,
    "/sv/search/?q=a": NOTHING,
    "/sv/strategier/": NOTHING,
    "/sv/agreements.atom": NOTHING,
    "/sitemap.xml": NOTHING,
    "/robots.txt": NOTHING,
    "/admin/": NOTHING,
    f"{ROOT}/partners": NOTHING,
    "/sv/strategier/vaxa-0123456789ab/": Document("Växa"),
    "/sv/strategier/vaxa-0123456789ab": Sent("/sv/strategier/vaxa-0123456789ab/"),
    "/strategier/vaxa-0123456789ab/": Sent("/sv/strategier/vaxa-0123456789ab/", is_permanent=False),
    "/sv/strategies/vaxa-0123456789ab/": Sent("/sv/strategier/vaxa-0123456789ab/"),
    "/sv/strategies/vaxa-0123456789ab/?q=%C3%A5": Sent("/sv/strategier/vaxa-0123456789ab/?q=%C3%A5"),
    "/sv/strategier/%C3%A5-0123456789ab/": Sent("/sv/strategier/vaxa-0123456789ab/", is_permanent=False),
    "/sv/strategier/gammal-0123456789ab/": Sent("/sv/strategier/vaxa-0123456789ab/", is_permanent=False),
    "/en/strategies/vaxa-0123456789ab/": Sent("/sv/strategier/vaxa-0123456789ab/", is_permanent=False),
    "/sv/strategier/oanvand-fedcba987654/": NOTHING,
    # Redirects by editors
    "/gammal": Sent("/sv/partner/lansstyrelsen/"),
    "/gammal/": Sent("/sv/partner/lansstyrelsen/"),
    "/gammal/?q=1": Sent("/sv/partner/lansstyrelsen/"),
    "/gammal//": NOTHING,
    "/%67ammal/": Sent("/sv/partner/lansstyrelsen/"),
    "/Gammal/": NOTHING,
    "/sv/fråga": Sent("https://example.se/"),
    "/sv/fr%C3%A5ga/": Sent("https://example.se/"),
    "/sv/med?b=2&a=1": Sent("https://example.se/med"),
    "/sv/med?a=1": NOTHING,
    "/sv/tillfallig/": Sent("https://example.se/", is_permanent=False),
    "/sv/egen/": Sent("https://example.se/egen"),
    "/sv/till-delen/": Sent("/sv/partner/lansstyrelsen/"),
    "/sv/till-kopian/": Sent("/sv/kopia/"),
    "/sv/till-annan-sajt/": Sent(f"{OTHER_SITE}/sv/partner/"),
    "/sv/till-utkast/": NOTHING,
    "/sv/till-hemlig/": NOTHING,
    "/sv/till-kopia-i-hemlig/": NOTHING,
    "/sv/lank-till-delen/": Sent("/sv/partner/lansstyrelsen/?q=1#del"),
    "/sv/lank-med-vard/": Sent("/sv/partner/lansstyrelsen/"),
    "/sv/lank-till-lank/": Sent("/sv/lank-till-delen/"),
    "/sv/lank-till-annan-sajt/": Sent(f"{OTHER_SITE}/sv/partner/"),
    "/sv/lank-till-intet/": NOTHING,
    "/sv/lank-till-utkast/": NOTHING,
    "/sv/lank-till-hemlig/": NOTHING,
    "/sv/lank-utanfor-spraken/": NOTHING,
    "/sv/lank-till-lank-till-intet/": NOTHING,
    "/sv/partner/tackt/": Document("Täckt"),
    "/sv/partner/tackt": Sent("https://example.se/tackt"),
}


def _plant(tree: SiteTree) -> None:
    home = tree.swedish.home
    strategy = StrategyFactory(name="Växa", translation_key=UUID("01234567-89ab-4000-8000-000000000000"))
    StrategyFactory(name="Oanvänd", translation_key=UUID("fedcba98-7654-4000-8000-000000000000"))
    partner = PartnerPageFactory(title="Länsstyrelsen", slug="lansstyrelsen", strategies=[strategy])
    translated(partner, tree.english.locale, title="County board", slug="county-board")
    PartnerPageFactory(title="Västerås", slug="västerås")
    PartnerPageFactory(title="Täckt", slug="tackt")
    # A page that the site's own search stands before.
    home.add_child(instance=AgreementIndexPage(title="Sök", slug="search"))
    draft = home.add_child(instance=PartnerIndexPage(title="Utkast", slug="utkast", live=False))
    closed = home.add_child(instance=PartnerIndexPage(title="Hemlig", slug="hemlig"))
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    alias = partner.create_alias(parent=home, update_slug="kopia")
    closed_alias = partner.create_alias(parent=closed, update_slug="kopia")
    other_home = Page.get_first_root_node().add_child(instance=HomePage(title="Annan", slug="annan-sajt"))
    other = other_home.add_child(instance=PartnerIndexPage(title="Annan lista", slug="partner"))
    Site.objects.create(hostname="other.example", port=80, root_page=other_home)

    def redirect(path: str, target: Page | str, **values: Any) -> None:
        leads_to = {"redirect_link": target} if isinstance(target, str) else {"redirect_page": target}
        Redirect.objects.create(old_path=path, **leads_to, **values)

    redirect("/gammal", partner, site=tree.site)
    redirect("/sv/fråga", "https://example.se/")
    redirect("/sv/med?a=1&b=2", "https://example.se/med")
    redirect("/sv/tillfallig", "https://example.se/", is_permanent=False)
    redirect("/sv/egen", "https://example.se/alla")
    redirect("/sv/egen", "https://example.se/egen", site=tree.site)
    redirect("/sv/till-delen", partner, redirect_page_route_path="/del/")
    redirect("/sv/till-kopian", alias)
    redirect("/sv/till-annan-sajt", other)
    redirect("/sv/till-utkast", draft)
    redirect("/sv/till-hemlig", closed)
    redirect("/sv/till-kopia-i-hemlig", closed_alias)
    redirect("/sv/lank-till-delen", "/sv/partner/lansstyrelsen/?q=1#del")
    redirect("/sv/lank-med-vard", f"{SITE}/sv/partner/lansstyrelsen/")
    redirect("/sv/lank-till-lank", "/sv/lank-till-delen/")
    redirect("/sv/lank-till-annan-sajt", f"{OTHER_SITE}/sv/partner/")
    redirect("/sv/lank-till-intet", "/sv/partner/finns-inte/")
    redirect("/sv/lank-till-utkast", f"{SITE}/sv/utkast/")
    redirect("/sv/lank-till-hemlig", "/sv/hemlig/")
    redirect("/sv/lank-utanfor-spraken", "/finns-inte/alls/")
    redirect("/sv/lank-till-lank-till-intet", "/sv/lank-till-intet/")
    # These stand before what a reader gets without them: a page, a form for signing in, a view.
    for path in ("/sv/partner/tackt", "/sv/hemlig", "/sitemap.xml"):
        redirect(path, "https://example.se/tackt")
    assert strategy_path(strategy) == "/sv/strategier/vaxa-0123456789ab/"


def _reader(client: Client, path: str) -> Document | Sent | None:
    """What a visitor with a browser gets."""
    # As browsers write it.
    response = client.get(f"{SITE}{iri_to_uri(path)}")
    if response.status_code in (301, 302):
        location = urljoin(SITE, response["Location"])
        is_ours = location.startswith((f"{SITE}/", f"{OTHER_SITE}/"))
        if is_ours and _reader_of(client, location) is NOTHING:
            return NOTHING
        return Sent(location.removeprefix(SITE), response.status_code == 301)
    view = response.wsgi_request.resolver_match.url_name if response.status_code == 200 else None
    if view == "wagtail_serve":
        return Document(response.context["page"].title)
    return Document(response.context["strategy"].name) if view == "partnerships_strategy" else NOTHING


def _reader_of(client: Client, location: str) -> Document | Sent | None:
    host, _slash, path = location.removeprefix("http://").partition("/")
    return _reader(Client(SERVER_NAME=host), f"/{path}")


def _told(client: Client, path: str) -> Document | Sent | None:
    """What the API says of it."""
    response = client.get(f"{ROOT}/routes", {"path": path})
    assert response.status_code in (200, 404), response.content
    answer = response.json()
    if answer.get("outcome") == "redirect":
        return Sent(answer["location"].removeprefix(SITE), answer["is_permanent"])
    return Document(answer["document"]["title"]) if answer.get("outcome") == "document" else NOTHING


def test_what_is_told_of_a_path_is_what_its_reader_gets(client: Client, site_tree: SiteTree, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    _plant(site_tree)

    gets = {path: _reader(client, path) for path in PATHS}
    told = {path: _told(client, path) for path in PATHS}

    assert {path: found for path, found in gets.items() if found != PATHS[path]} == {}
    assert {path: found for path, found in told.items() if found != PATHS[path]} == {}


@pytest.mark.parametrize("link", ["/sv/search/?q=a", "/sitemap.xml", "/media/documents/avtal.pdf", "/admin/"])
def test_link_to_what_is_no_page_is_told(client: Client, site_tree: SiteTree, link: str) -> None:
    Redirect.objects.create(old_path="/sv/lank", redirect_link=link)

    assert _told(client, "/sv/lank/") == Sent(link)


def test_links_that_lead_in_a_circle_lead_to_nothing(client: Client, site_tree: SiteTree) -> None:
    Redirect.objects.create(old_path="/sv/ett", redirect_link="/sv/tva/")
    Redirect.objects.create(old_path="/sv/tva", redirect_link="/sv/ett/")

    assert _told(client, "/sv/ett/") is NOTHING
