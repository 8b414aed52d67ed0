"""The demo is loaded once, however often it is run, and what editors did since then stays."""

import datetime
from dataclasses import replace
from io import StringIO
from typing import Any

from django.core.management import CommandError, call_command
from django.test import override_settings

from wagtail.models import Locale, Page, Revision, Site

import pytest

from wagtail_partnerships.cms.demo.loading import DemoLoader
from wagtail_partnerships.cms.demo.models import LoadedEntry
from wagtail_partnerships.cms.demo.site import OccupiedError
from wagtail_partnerships.site_pages.models import HomePage, PartnerPage
from wagtail_partnerships.snippets.models import Contact

from .contents import COUNTY_BOARD

TODAY = datetime.date(2026, 11, 23)
#: The home page and the lists, which load in an instant.
FRAME = replace(
    COUNTY_BOARD, images=(), strategies=(), contacts=(), partners=(), agreements=(), showpiece=COUNTY_BOARD.home.key
)


def counts() -> dict[str, int]:
    return {
        model.__name__: model._default_manager.count() for model in (Page, Contact, Locale, Site, Revision, LoadedEntry)
    }


@pytest.mark.slow
@pytest.mark.usefixtures("bare_site")
class TestSecondRun:
    def test_loads_nothing_twice(self) -> None:
        DemoLoader(TODAY, COUNTY_BOARD).load()
        before = counts()

        report = DemoLoader(TODAY + datetime.timedelta(days=400), COUNTY_BOARD).load()

        assert counts() == before
        assert report.loaded == 0
        assert report.kept == before["LoadedEntry"]

    def test_keeps_edits_and_deletions(self) -> None:
        DemoLoader(TODAY, COUNTY_BOARD).load()
        partner = PartnerPage.objects.get(locale__language_code="sv")
        partner.title, partner.slug = "Länsstyrelsen", "lansstyrelsen"
        partner.save_revision().publish()
        HomePage.objects.get(locale__language_code="en").delete()

        DemoLoader(TODAY, COUNTY_BOARD).load()

        assert PartnerPage.objects.get(locale__language_code="sv").title == "Länsstyrelsen"
        assert not Page.objects.filter(locale__language_code="en").exists()

    @pytest.mark.slow
    @pytest.mark.parametrize("step", [1, 4, 9, 14, 17, 21])
    def test_completes_a_run_that_was_killed(self, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
        loader = DemoLoader(TODAY, COUNTY_BOARD)
        load_once, calls = loader.shelf.once, []

        def die_in_the_middle(key: str, load: Any) -> None:
            def load_and_die() -> None:
                load()
                raise KeyboardInterrupt

            calls.append(key)
            load_once(key, load_and_die if len(calls) == step else load)

        monkeypatch.setattr(loader.shelf, "once", die_in_the_middle)
        with pytest.raises(KeyboardInterrupt):
            loader.load()
        assert LoadedEntry.objects.count() == step - 1

        DemoLoader(TODAY, COUNTY_BOARD).load()

        assert LoadedEntry.objects.filter(key__in=calls).count() == step
        assert list(PartnerPage.objects.values_list("live", flat=True)) == [True, True]
        assert Contact.objects.count() == 2

    def test_follows_the_port_of_the_server(self) -> None:
        DemoLoader(TODAY, FRAME).load()
        with override_settings(WAGTAILADMIN_BASE_URL="http://localhost:8123"):
            DemoLoader(TODAY, FRAME).load()
        assert Site.objects.get().port == 8123

    def test_leaves_a_hostname_that_was_edited(self) -> None:
        DemoLoader(TODAY, FRAME).load()
        Site.objects.update(hostname="samverkan.example.se", port=443)
        with override_settings(WAGTAILADMIN_BASE_URL="http://localhost:8123"):
            DemoLoader(TODAY, FRAME).load()
        assert Site.objects.get().port == 443


@pytest.mark.usefixtures("bare_site")
class TestFirstRun:
    def test_replaces_the_welcome_page_of_a_fresh_site(self) -> None:
        DemoLoader(TODAY, FRAME).load()
        assert Site.objects.get().root_page.specific == HomePage.objects.get(locale__language_code="sv")
        assert Page.objects.filter(depth=2).count() == 2

    def test_refuses_a_site_with_pages_of_others(self) -> None:
        home = Page.objects.get(depth=2)
        home.save_revision().publish()
        with pytest.raises(OccupiedError):
            DemoLoader(TODAY, COUNTY_BOARD).load()
        assert Page.objects.filter(depth=2).get() == home
        assert not LoadedEntry.objects.exists()

    def test_tells_in_a_sentence_that_the_site_has_pages(self) -> None:
        Page.objects.get(depth=2).save_revision().publish()
        with pytest.raises(CommandError, match="This site has pages already"):
            call_command("load_demo")

    @override_settings(WAGTAIL_CONTENT_LANGUAGES=[("sv", "Svenska")])
    def test_tells_in_a_sentence_which_language_is_missing(self) -> None:
        with pytest.raises(CommandError, match="add en to the setting LANGUAGES"):
            call_command("load_demo")

    @override_settings(LANGUAGE_CODE="en")
    def test_tells_in_a_sentence_that_swedish_comes_first(self) -> None:
        with pytest.raises(CommandError, match="set LANGUAGE_CODE to sv"):
            call_command("load_demo")

    def test_tells_in_a_sentence_that_migrations_are_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(
            "django.db.migrations.executor.MigrationExecutor.migration_plan", lambda *args: [("a migration", False)]
        )
        with pytest.raises(CommandError, match=r"run manage\.py migrate first"):
            call_command("load_demo")

    def test_prints_the_addresses_in_both_languages(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(DemoLoader.__init__, "__defaults__", (COUNTY_BOARD,))
        printed = StringIO()
        call_command("load_demo", stdout=printed)
        assert "sv: http://localhost:8000/sv/samarbetspartner/lansstyrelsen-vastmanland/" in printed.getvalue()
        assert "en: http://localhost:8000/en/partners/lansstyrelsen-vastmanland/" in printed.getvalue()

    def test_names_the_university_by_the_day(self) -> None:
        DemoLoader(TODAY, FRAME).load()
        about = Site.objects.get().partnershipsettings
        names = {
            (language, year): about.name_on(datetime.date(year, 1, 15), language)
            for language in ("sv", "en")
            for year in (2014, 2021, 2022)
        }
        assert {key: name.short_name for key, name in names.items()} == {
            (language, year): "MDU" if year == 2022 else "MDH" for language, year in names
        }
        assert names["sv", 2014].name == "Mälardalens högskola"
