"""The page about the county administrative board holds every fact of the real one, in both languages."""

import datetime
import json
from typing import Any

from django.test import TestCase

from wagtail.models import Page

import pytest

from tests.factories import clear_site
from wagtail_partnerships.cms.demo.loading import DemoLoader
from wagtail_partnerships.site_pages.models import AgreementPage, PartnerPage
from wagtail_partnerships.snippets.models import Contact, Strategy

from .admin_forms import resubmit
from .contents import COUNTY_BOARD

FACTS = {
    "answers for growth, sustainably": ("ansvarar för länets tillväxt", "responsible for growth in the county"),
    "and for jobs": ("kommer i arbete", "more people in work"),
    "commissioned by the government": ("regeringens uppdrag", "government has also commissioned"),
    "runs the skills platform": ("kompetensplattformen", "skills platform"),
    "university's key role": ("nyckelspelare", "key player"),
    "by education, research, collaboration": ("utbildning, sin forskning", "its education, its research"),
    "letter of intent since 2014": ("avsiktsförklaring sedan 2014", "letter of intent since 2014"),
    "collaborated before that": ("Redan före avsiktsförklaringen", "even before the letter of intent"),
    "business plan: growth and innovation": ("tillväxt, innovationskraft", "growth, innovation"),
    "growing: labour market and skills": (
        "arbetsmarknad och kompetensförsörjning",
        "labour market and the supply of skills",
    ),
    "signed in January 2014": ("skrev under i januari 2014", "signed in January 2014"),
    "purpose: deepen": ("fördjupa samarbetet", "collaboration between the county administrative board and MDH further"),
    "read-more link": ("Läs mer om Länsstyrelsen Västmanland", "Read more about the county administrative board"),
    "areas of the agreement": (
        "forskning, utbildning och kompetensförsörjning möter",
        "research, education and the supply of skills meet",
    ),
    "companies and public sector": ("företag och i offentlig sektor", "companies and in the public sector"),
    "other areas of use to the region": ("hela regionen", "the region as a whole"),
    "heading over the areas": ("Samverkansområden", "Areas of collaboration"),
    "the university's strategy": (
        "forsknings- och utbildningsstrategi för 2013–2016",
        "research and education strategy for 2013–2016",
    ),
    "first council": ("Västmannarådet", "Västmannarådet"),
    "second council": ("Kompetensrådet", "Kompetensrådet"),
    "third council": ("Innovationsrådet", "Innovationsrådet"),
    "annual meeting place": ("Kompetens för Tillväxt", "Kompetens för Tillväxt"),
    "co-organised every year": (
        "hålls varje år, med MDH som en av arrangörerna",
        "held every year, with MDH as one of its organisers",
    ),
    "MKL": ("Mälardalens kompetenscentrum för lärande", "Mälardalen competence centre for learning"),
    "MKL within Samhällskontraktet": ("inom Samhällskontraktet", "within Samhällskontraktet"),
    "for all municipalities": ("alla kommuner i Västmanland", "every municipality in Västmanland"),
    "electrical engineering": ("elektroteknik", "electrical engineering"),
    "from autumn 2015": ("hösten 2015", "the autumn of 2015"),
    "invitation": ("Vill du veta mer om avtalen?", "Would you like to know more about the agreements?"),
}


def read_aloud(*pages: Page) -> str:
    """Return every text that the pages hold, blocks included, as one string without line ends."""
    texts: list[Any] = []
    for page in pages:
        texts += [getattr(page, name, "") for name in ("title", "introduction", "purpose", "contact_invitation")]
        texts.append(json.dumps(page.content.get_prep_value(), ensure_ascii=False))
    return " ".join(" ".join(str(text) for text in texts).split())


@pytest.mark.slow
class CountyBoardTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        clear_site()
        DemoLoader(datetime.date(2026, 11, 23), COUNTY_BOARD).load()

    def test_every_fact_is_told_in_both_languages(self) -> None:
        for column, language in enumerate(("sv", "en")):
            partner, agreement = self._rows(language)
            told = read_aloud(partner, agreement)
            for fact, wordings in FACTS.items():
                with self.subTest(fact, language=language):
                    assert wordings[column] in told

    def test_letter_of_intent_is_signed_in_january_and_holds_since_2014(self) -> None:
        for language in ("sv", "en"):
            _, agreement = self._rows(language)
            assert [str(agreement.signed), str(agreement.since), agreement.end_kind] == [
                "2014-01",
                "2014",
                "not_stated",
            ]
            assert agreement.primary_type == "letter_of_intent"
            assert agreement.status == "active"

    def test_letter_of_intent_is_called_by_its_swedish_name(self) -> None:
        _, agreement = self._rows("sv")
        assert (agreement.label, agreement.heading) == ("avsiktsförklaring", "Om avsiktsförklaringen")
        _, agreement = self._rows("en")
        assert (agreement.label, agreement.heading) == ("letter of intent", "About the letter of intent")

    def test_strategies_are_two_of_the_region_and_one_of_the_university(self) -> None:
        _, agreement = self._rows("en")
        strategies = [link.strategy for link in agreement.strategies.all()]
        assert [(strategy.name, strategy.kind) for strategy in strategies] == [
            ("Affärsplan Västmanland", "regional"),
            ("Växa i Västmanland", "regional"),
            ("Forsknings- och utbildningsstrategi 2013–2016", "university"),
        ]
        period = strategies[2]
        assert (str(period.valid_from), str(period.valid_to)) == ("2013", "2016")
        assert (
            Strategy.objects.get(locale__language_code="en", kind="university").name
            == "Research and education strategy 2013–2016"
        )

    def test_contact_is_the_pages_own(self) -> None:
        for language, role in (
            ("sv", "processledare Samhällskontraktet"),
            ("en", "process leader, Samhällskontraktet (the Social Contract)"),
        ):
            partner, agreement = self._rows(language)
            assert not agreement.contacts.all()
            assert [link.contact.name for link in partner.contacts.all()] == ["Emma Mossberg"]
            contact = Contact.objects.get(name="Emma Mossberg", locale__language_code=language)
            assert (contact.role, contact.phone, contact.phone.display, contact.live) == (
                role,
                "+4621101993",
                "021-10 19 93",
                True,
            )

    def test_texts_are_published_and_translated_through_wagtail_localize(self) -> None:
        from wagtail_localize.models import StringTranslation, Translation

        assert not Page.objects.filter(depth__gt=1).exclude(live=True, has_unpublished_changes=False).exists()
        assert {translation.get_progress()[0] for translation in Translation.objects.all()} != {0}
        for translation in Translation.objects.select_related("source"):
            total, done = translation.get_progress()
            assert total == done, str(translation.source.object_repr)
        assert not StringTranslation.objects.filter(has_error=True).exists()

    def test_history_and_search_know_the_pages(self) -> None:
        for language in ("sv", "en"):
            partner, _ = self._rows(language)
            assert partner.revisions.count() >= 1
            assert partner.latest_revision == partner.live_revision
        assert PartnerPage.objects.search("kompetensplattformen").count() == 1
        assert AgreementPage.objects.search("Innovationsrådet").count() == 2

    def test_addresses_are_those_that_are_printed(self) -> None:
        partner, _ = self._rows("sv")
        assert partner.url == "/sv/samarbetspartner/lansstyrelsen-vastmanland/"
        partner, agreement = self._rows("en")
        assert partner.url == "/en/partners/lansstyrelsen-vastmanland/"
        assert agreement.get_parent().url == "/en/agreements/"

    def test_pages_pass_the_forms_of_the_admin(self) -> None:
        for language in ("sv", "en"):
            for page in self._rows(language):
                assert resubmit(page) == {}

    def _rows(self, language: str) -> tuple[PartnerPage, AgreementPage]:
        return (
            PartnerPage.objects.get(locale__language_code=language),
            AgreementPage.objects.get(locale__language_code=language),
        )
