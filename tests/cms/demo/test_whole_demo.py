"""The whole demo, loaded as the command loads it."""

import tempfile
import time
from pathlib import Path

from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client, TestCase
from django.utils import timezone

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex, Site
from wagtail_localize.models import StringTranslation, Translation

import pytest

from tests.factories import clear_site
from wagtail_partnerships.cms.demo.content import CONTENT
from wagtail_partnerships.site_pages.models import AgreementPage, PartnerPage
from wagtail_partnerships.snippets.models import Contact, Strategy

from .admin_forms import resubmit
from .reading import markup_faults, misplaced_words, paths_in, vocabulary_faults
from .test_content import EXPECTED, EXPIRING


@pytest.mark.slow
class WholeDemoTests(TestCase):
    seconds: float

    @classmethod
    def setUpTestData(cls) -> None:
        clear_site()
        started = time.process_time()
        call_command("load_demo", verbosity=0)
        cls.seconds = time.process_time() - started

    def test_loads_within_a_minute_of_work(self) -> None:
        assert self.seconds < 60

    def test_loads_everything_once(self) -> None:
        for model, entries in (
            (PartnerPage, CONTENT.partners),
            (AgreementPage, CONTENT.agreements),
            (Contact, CONTENT.contacts),
            (Strategy, CONTENT.strategies),
        ):
            with self.subTest(model.__name__):
                rows = model._default_manager.filter(live=True)
                assert rows.filter(locale__language_code="sv").count() == len(entries)
                assert rows.filter(locale__language_code="en").count() == sum(entry.translated for entry in entries)
        assert get_image_model().objects.count() == len(CONTENT.images)
        assert get_document_model().objects.count() == len(CONTENT.documents)

    def test_statuses_hold_today(self) -> None:
        today = timezone.localdate()
        keys = {entry.slug if isinstance(entry.slug, str) else entry.slug.sv: entry.key for entry in CONTENT.agreements}
        for agreement in AgreementPage.objects.filter(locale__language_code="sv").with_status(today):
            key = keys[agreement.slug].partition("/")[2]
            with self.subTest(key):
                assert agreement.status_code == agreement.status == EXPECTED.get(key, "active")
                assert bool(agreement.expiring) == agreement.is_expiring == (key in EXPIRING)

    def test_translations_are_complete(self) -> None:
        assert Translation.objects.count() == len(list(CONTENT.translated()))
        for translation in Translation.objects.select_related("source"):
            total, done = translation.get_progress()
            assert total == done, translation.source.object_repr
        assert not StringTranslation.objects.filter(has_error=True).exists()

    def test_every_page_passes_the_form_of_the_admin(self) -> None:
        for page in (*PartnerPage.objects.all(), *AgreementPage.objects.all()):
            with self.subTest(page.title):
                assert resubmit(page) == {}

    def test_every_page_is_published_as_it_was_last_saved(self) -> None:
        pages = Page.objects.filter(depth__gt=1)
        assert pages.exists()
        assert not pages.exclude(live=True, has_unpublished_changes=False, latest_revision__isnull=False).exists()

    def test_references_are_those_that_a_rebuilt_index_finds(self) -> None:
        found = set(
            ReferenceIndex.objects.values_list("base_content_type", "object_id", "to_object_id", "content_path")
        )
        call_command("rebuild_references_index", verbosity=0)
        rebuilt = set(
            ReferenceIndex.objects.values_list("base_content_type", "object_id", "to_object_id", "content_path")
        )
        assert found == rebuilt
        assert len(rebuilt) > 100

    def test_signed_agreement_is_for_those_who_sign_in(self) -> None:
        documents = {document.title: document for document in get_document_model().objects.select_related("collection")}
        private = documents["Undertecknat samverkansavtal (demo)"]
        assert private.collection.name == "Avtalshandlingar"
        assert Client().get(private.url).status_code == 302
        assert Client().get(documents["Färdplan: elektrifierade arbetsplatser"].url).status_code == 200

    def test_translated_pages_keep_their_addresses_without_redirects(self) -> None:
        from wagtail.contrib.redirects.models import Redirect

        assert not Redirect.objects.exists()
        assert Site.objects.get().root_page.slug == "hem"

    def test_images_that_tell_something_have_alternative_texts(self) -> None:
        assert not get_image_model().objects.filter(description="").exists()

    def test_every_public_page_is_valid_and_speaks_its_language(self) -> None:
        paths = paths_in(Client().get("/sitemap.xml").content.decode())
        pages = {path: Client().get(path).content.decode() for path in paths}
        pages["500"] = render_to_string("500.html")
        assert len(pages) > 80
        with self.subTest("each word stands in its language or is marked with another"):
            assert {path: words for path, html in pages.items() if (words := misplaced_words(html))} == {}
        for faults in (markup_faults, vocabulary_faults):
            with self.subTest(faults.__name__), tempfile.TemporaryDirectory() as folder:
                assert faults(pages, Path(folder)) == []
