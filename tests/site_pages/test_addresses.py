"""The addresses of strategies and the search: each in the words of its language."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.translation import get_language, override

from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail.users.models import UserProfile

import pytest
from bs4 import BeautifulSoup

from tests.factories import AgreementPageFactory, SiteTree, StrategyFactory, translated
from tests.translation.translator import publish, submit, write
from wagtail_partnerships.site_pages.addresses import address_of, short_key, strategy_path
from wagtail_partnerships.site_pages.checks import LOCALE_MIDDLEWARE
from wagtail_partnerships.site_pages.models import PartnerIndexPage
from wagtail_partnerships.snippets.models import Strategy

pytestmark = pytest.mark.django_db


@pytest.fixture
def strategies(site_tree: SiteTree) -> tuple[Strategy, Strategy]:
    """A strategy in Swedish and in English, which a public agreement works towards."""
    swedish = StrategyFactory(name="Växa")
    AgreementPageFactory(strategies=[swedish])
    return swedish, translated(swedish, site_tree.english.locale, name="Grow")


def soup_of(path: str, **headers: str) -> BeautifulSoup:
    response = Client(headers=headers).get(path)
    assert response.status_code == 200, (path, response.get("Location"))
    return BeautifulSoup(response.content.decode(), "html.parser")


def alternates(soup: BeautifulSoup) -> dict[str, str]:
    return {
        link["hreflang"]: link["href"].removeprefix("http://localhost") for link in soup.find_all("link", hreflang=True)
    }


class TestWords:
    def test_each_language_has_its_own(self, strategies: tuple[Strategy, Strategy]) -> None:
        key = short_key(strategies[0].translation_key)

        assert [address_of("search", language) for language in ("sv", "en")] == ["/sv/sok/", "/en/search/"]
        assert [address_of("strategies", language) for language in ("sv", "en")] == [
            "/sv/strategier/",
            "/en/strategies/",
        ]
        assert strategy_path(strategies[0]) == f"/sv/strategier/vaxa-{key}/"
        assert strategy_path(strategies[1]) == f"/en/strategies/grow-{key}/"

    def test_all_that_names_an_address_uses_them(self, strategies: tuple[Strategy, Strategy]) -> None:
        paths = [strategy_path(strategy) for strategy in strategies]
        for path, other, strategy_list, search in (
            (paths[0], paths[1], "/sv/strategier/", "/sv/sok/"),
            (paths[1], paths[0], "/en/strategies/", "/en/search/"),
        ):
            soup = soup_of(path)
            assert soup.find("link", rel="canonical")["href"].endswith(path)
            assert alternates(soup) == {"sv": paths[0], "en": paths[1], "x-default": paths[0]}
            assert soup.select_one(".languages a")["href"] == other
            assert soup.select(".breadcrumbs a")[-1]["href"] == strategy_list
            assert soup.select_one(".site-nav li:last-child a")["href"] == search
            assert soup_of(search).select_one("form.search")["action"] == search
        assert alternates(soup_of("/sv/sok/")) == {"sv": "/sv/sok/", "en": "/en/search/", "x-default": "/sv/sok/"}

    def test_machines_are_told_of_them(self, strategies: tuple[Strategy, Strategy]) -> None:
        sitemap, robots = (Client().get(path).content.decode() for path in ("/sitemap.xml", "/robots.txt"))
        routes = {item["path"] for item in Client().get("/delivery/v1/routes").json()["items"]}
        for strategy in strategies:
            path = strategy_path(strategy)
            assert f"<loc>http://localhost{path}</loc>" in sitemap
            assert path in routes
            outcome = Client().get("/delivery/v1/routes", {"path": path}).json()
            assert outcome["document"]["path"] == path
        assert "<loc>http://localhost/sv/strategier/</loc>" in sitemap
        assert "Disallow: /sv/sok/\nDisallow: /en/search/\n" in robots

    def test_the_word_of_another_language_leads_to_the_right_one_for_good(
        self, strategies: tuple[Strategy, Strategy]
    ) -> None:
        for asked, right in (
            ("/sv/search/?q=x%20y&q=%C3%A5", "/sv/sok/?q=x%20y&q=%C3%A5"),
            ("/en/sok/", "/en/search/"),
            ("/sv/strategies/", "/sv/strategier/"),
            (strategy_path(strategies[0]).replace("strategier", "strategies"), strategy_path(strategies[0])),
            (
                strategy_path(strategies[1]).replace("strategies", "strategier") + "?a=1",
                f"{strategy_path(strategies[1])}?a=1",
            ),
        ):
            response = Client().get(asked)
            assert (response.status_code, response["Location"]) == (301, right)
            assert Client().get(right).status_code == 200
        assert Client().post("/sv/search/").status_code == 405


class TestHostWithoutPrefixes:
    @pytest.fixture(autouse=True)
    def urls(self, settings: Any) -> None:
        settings.ROOT_URLCONF = "tests.site_pages.urls_without_prefixes"

    def test_the_word_tells_the_language(self, strategies: tuple[Strategy, Strategy]) -> None:
        assert address_of("search", "sv") == "/sok/"
        assert strategy_path(strategies[1]).startswith("/strategies/grow-")
        for preferred in ("sv", "en"):
            for language, paths in (
                ("sv", ("/sok/", "/sok/?q=v", "/strategier/", strategy_path(strategies[0]))),
                ("en", ("/search/", "/search/?q=v", "/strategies/", strategy_path(strategies[1]))),
            ):
                for path in paths:
                    response = Client(headers={"accept-language": preferred}).get(path)
                    soup = BeautifulSoup(response.content.decode(), "html.parser")
                    assert response.status_code == 200
                    assert response["Content-Language"] == language
                    assert soup.html["lang"] == language
                    assert soup.find("link", rel="canonical")["href"].endswith(path.split("?")[0])
                    assert ("Sök" if language == "sv" else "Search") in soup.select_one(".site-nav").get_text()

    def test_what_follows_is_in_the_language_from_before(self, site_tree: SiteTree, settings: Any) -> None:
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != LOCALE_MIDDLEWARE]
        with override("sv"):
            assert soup_of("/search/").html["lang"] == "en"
            assert get_language() == "sv"


class TestSlugsOfPages:
    def save(self, client: Client, parent: Any, slug: str) -> Any:
        data: dict[str, Any] = {
            "title": "Listan",
            "slug": slug,
            "introduction": rich_text(""),
            "content": streamfield([]),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        }
        url = reverse("wagtailadmin_pages:add", args=["partnerships_pages", "partnerindexpage", parent.pk])
        return client.post(url, nested_form_data(data) | {"action-publish": "1"})

    @pytest.mark.parametrize("slug", ["sok", "search", "strategier", "strategies"])
    def test_those_of_the_search_and_of_strategies_are_refused(
        self, admin_client: Client, site_tree: SiteTree, slug: str
    ) -> None:
        for home in (site_tree.swedish.home, site_tree.english.home):
            form = self.save(admin_client, home, slug).context["form"]
            assert f"{home.url}{slug}/" in form.errors["slug"][0]
        assert not PartnerIndexPage.objects.filter(slug=slug).exists()

    def test_others_are_taken(self, admin_client: Client, site_tree: SiteTree) -> None:
        self.save(admin_client, site_tree.swedish.home, "sokning")

        assert Client().get(PartnerIndexPage.objects.get(slug="sokning").url).status_code == 200

    @pytest.mark.parametrize("is_bulk", [False, True])
    def test_a_page_with_such_an_address_is_not_moved_there(
        self, admin_client: Client, site_tree: SiteTree, *, is_bulk: bool
    ) -> None:
        home, parent = site_tree.swedish.home, site_tree.swedish.partners
        pages = [
            parent.add_child(instance=PartnerIndexPage(title=slug, slug=slug, locale=home.locale))
            for slug in ("sok", "annat")
        ]

        def move(*moved: Page) -> Any:
            if is_bulk:
                address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
                query = urlencode({"id": [page.pk for page in moved], "next": "/admin/"}, doseq=True)
                return admin_client.post(f"{address}?{query}", {"chooser": home.pk}, follow=True)
            address = reverse("wagtailadmin_pages:move_confirm", args=[moved[0].pk, home.pk])
            return admin_client.post(address, follow=True)

        told = [str(message) for message in move(*pages).context["messages"]]

        assert len(told) == 1
        assert "/sv/sok/" in told[0]
        assert all(Page.objects.get(pk=page.pk).get_parent().pk == parent.pk for page in pages)
        move(pages[1])
        assert Page.objects.get(pk=pages[1].pk).get_parent().pk == home.pk

    def test_a_copy_takes_the_next_that_is_free(self, site_tree: SiteTree) -> None:
        home = site_tree.swedish.home
        PartnerIndexPage.objects.filter(pk=site_tree.swedish.partners.pk).update(slug="strategier-1")

        copy = site_tree.swedish.agreements.copy(to=home, update_attrs={"slug": "strategier"})

        copy = type(copy).objects.get(pk=copy.pk)
        assert copy.slug == "strategier-2"
        assert Client().get(copy.url).context["page"].pk == copy.pk
        copy.get_latest_revision().publish()
        assert type(copy).objects.get(pk=copy.pk).slug == "strategier-2"

    def test_a_translation_takes_the_next_that_is_free(self, site_tree: SiteTree) -> None:
        page = PartnerIndexPage(title="Listan", slug="listan", locale=site_tree.swedish.home.locale)
        site_tree.swedish.home.add_child(instance=page)
        translation = submit(page, site_tree.english.locale)
        write(translation, {"Listan": "The list", "listan": "strategies"})
        publish(translation)

        assert page.get_translation(site_tree.english.locale).slug == "strategies-1"

    def test_the_refusal_is_in_the_editors_language(self, admin_client: Client, site_tree: SiteTree) -> None:
        user = User.objects.get()
        for language, words in (("sv", "Välj en annan"), ("en", "Choose another")):
            UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
            assert words in self.save(admin_client, site_tree.swedish.home, "sok").context["form"].errors["slug"][0]
