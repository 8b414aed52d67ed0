"""What a visitor sees on the pages of partners and agreements."""

from __future__ import annotations

import datetime
import json
import re
from itertools import pairwise
from typing import Any

from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone, translation
from django.views.defaults import server_error

from wagtail.models import Locale

import pytest
from bs4 import BeautifulSoup

from tests.factories import (
    AgreementPageFactory,
    ContactFactory,
    DocumentFactory,
    ImageFactory,
    PartnerPageFactory,
    SiteTree,
    StrategyFactory,
    translated,
)
from wagtail_partnerships.site_pages.frame import Frame
from wagtail_partnerships.site_pages.models import PartnerIndexPage, PartnershipSettings
from wagtail_partnerships.snippets.models import Contact

pytestmark = pytest.mark.django_db


def get(path: str, status: int = 200) -> BeautifulSoup:
    response = Client().get(path)
    assert response.status_code == status, path
    assert not response.cookies, "a visitor gets no cookie"
    return BeautifulSoup(response.content.decode(), "html.parser")


def headings(soup: BeautifulSoup) -> list[int]:
    return [int(found.name[1]) for found in soup.find_all(re.compile("^h[1-6]$"))]


@pytest.fixture
def contact() -> Contact:
    return ContactFactory(name="Emma Mossberg", role="processledare", phone="021-10 19 93", email="emma@example.se")


def section(heading: str, *content: tuple[str, Any]) -> tuple[str, Any]:
    blocks = [
        {"type": kind, "value": value, "id": f"00000000-0000-4000-8000-{number:012}"}
        for number, (kind, value) in enumerate(content)
    ]
    return "section", {"heading": heading, "content": blocks}


def stream(*blocks: tuple[str, Any]) -> str:
    return json.dumps(
        [
            {"type": kind, "value": value, "id": f"10000000-0000-4000-8000-{number:012}"}
            for number, (kind, value) in enumerate(blocks)
        ]
    )


class TestPartnerPage:
    def test_shows_what_we_do_together_and_whom_to_call(self, site_tree: SiteTree, contact: Contact) -> None:
        partner = PartnerPageFactory(
            title="Länsstyrelsen", contacts=[contact], strategies=[StrategyFactory(name="Växa")]
        )
        AgreementPageFactory(parties=[partner], purpose="Fördjupa samarbetet.", signed="2014-01")
        soup = get(partner.url)

        assert soup.h1.get_text(strip=True) == "Länsstyrelsen"
        assert "Fördjupa samarbetet." in soup.main.get_text()
        assert soup.main.find("time", datetime="2014-01") is not None
        assert soup.main.find("a", href="tel:+4621101993").get_text(strip=True).endswith("021-10 19 93")
        assert soup.main.find("a", href="mailto:emma@example.se") is not None
        assert "Växa" in soup.main.get_text()

    def test_answers_what_and_whom_to_call_right_below_the_name(self, site_tree: SiteTree, contact: Contact) -> None:
        partner = PartnerPageFactory(contacts=[contact, ContactFactory()], introduction="<p>Lång text.</p>")
        agreement = AgreementPageFactory(parties=[partner], signed="2014-01")
        soup = get(partner.url)
        glance = soup.h1.find_next_sibling()

        assert "glance" in glance["class"]
        assert soup.find(id=glance.find("a", href=f"#agreement-{agreement.pk}")["href"][1:]) is not None
        assert glance.find("a", href="tel:+4621101993") is not None
        assert soup.find(id=glance.find("a", href="#contact")["href"][1:]) is not None

    def test_whom_to_call_is_the_agreements_contact_if_the_partner_has_none(
        self, site_tree: SiteTree, contact: Contact
    ) -> None:
        partner = PartnerPageFactory()
        AgreementPageFactory(parties=[partner], contacts=[contact])

        assert get(partner.url).select_one(".glance a[href='tel:+4621101993']") is not None

    def test_without_agreements_and_contacts_nothing_stands_in_their_place(self, site_tree: SiteTree) -> None:
        assert get(PartnerPageFactory().url).select_one(".glance, .contacts, section[id]") is None

    def test_a_title_that_is_long_is_set_smaller(self, site_tree: SiteTree) -> None:
        long = PartnerPageFactory(title="Kompetensförsörjningsnätverket i Mellansverige")

        assert get(long.url).h1["class"] == ["is-long"]
        assert not get(PartnerPageFactory(title="Länsstyrelsen Västmanland").url).h1.has_attr("class")

    def test_headings_descend_one_step_at_a_time(self, site_tree: SiteTree, contact: Contact) -> None:
        items = {"preset": "areas", "heading": "", "introduction": "", "items": [{"name": "Energi", "description": ""}]}
        content = stream(section("Bakgrund", ("list", items)))
        partner = PartnerPageFactory(contacts=[contact], content=content)
        AgreementPageFactory(parties=[partner], content=content)
        levels = headings(get(partner.url))

        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels)), levels

    def test_an_agreement_that_a_block_shows_does_not_show_again(self, site_tree: SiteTree) -> None:
        partner = PartnerPageFactory()
        agreement = AgreementPageFactory(parties=[partner], purpose="Syftet står en gång.")
        partner.content = stream(("agreement", {"agreement": agreement.pk, "introduction": "", "extent": "full"}))
        partner.save_revision().publish()

        assert get(partner.url).main.get_text().count("Syftet står en gång.") == 1

    def test_a_contact_that_a_block_shows_does_not_show_again(self, site_tree: SiteTree, contact: Contact) -> None:
        partner = PartnerPageFactory(contacts=[contact])
        partner.content = stream(("contact", {"contact": contact.pk, "invitation": ""}))
        partner.save_revision().publish()

        assert len(get(partner.url).find_all("a", href="tel:+4621101993")) == 1

    def test_agreements_that_show_each_other_come_to_an_end(self, site_tree: SiteTree) -> None:
        partner = PartnerPageFactory()
        one, other = (AgreementPageFactory(parties=[partner], title=title) for title in ("Ett", "Två"))
        for agreement, shown in ((one, other), (other, one)):
            agreement.content = stream(("agreement", {"agreement": shown.pk, "introduction": "", "extent": "full"}))
            agreement.save_revision().publish()

        assert len(get(partner.url).find_all("article", class_="agreement")) == 2
        assert get(one.url).find("a", href=other.url) is not None

    def test_what_is_not_public_never_shows(self, site_tree: SiteTree, contact: Contact) -> None:
        hidden_contact = ContactFactory(name="Hemlig Person", live=False)
        hidden_partner = PartnerPageFactory(title="Hemlig partner", live=False)
        partner = PartnerPageFactory(contacts=[contact, hidden_contact], related_partners=[hidden_partner])
        AgreementPageFactory(title="Hemligt avtal", parties=[partner], live=False)
        AgreementPageFactory(parties=[partner, hidden_partner], internal_notes="Hemlig anteckning")
        for path in (
            partner.url,
            site_tree.swedish.partners.url,
            site_tree.swedish.agreements.url,
            "/sv/sok/?q=hemlig",
        ):
            text = get(path).get_text().replace("hemlig”", "")
            assert not re.search("hemlig (person|partner|anteckning)|hemligt avtal", text, re.IGNORECASE), path


class TestLanguages:
    @pytest.mark.parametrize("language_code", ["sv", "sv-se"])
    def test_a_page_says_its_language_and_its_versions(
        self, site_tree: SiteTree, settings: Any, language_code: str
    ) -> None:
        settings.LANGUAGE_CODE = language_code
        partner = PartnerPageFactory(title="Länsstyrelsen")
        english = translated(partner, site_tree.english.locale, title="The county board", slug="county-board")
        # As a request to /sv/ does; without one Wagtail takes the variant that is active for the page's own language.
        with translation.override("sv"):
            urls = {"sv": partner.url, "en": english.url}
        for language, url in urls.items():
            soup = get(url)
            assert soup.html["lang"] == language
            assert soup.find("link", rel="canonical")["href"].endswith(url)
            versions = {link["hreflang"]: link["href"] for link in soup.find_all("link", hreflang=True)}
            assert set(versions) == {"sv", "en", "x-default"}
            assert versions["sv"].endswith(urls["sv"])
            assert versions["x-default"] == versions["sv"]
            assert versions["en"].endswith(urls["en"])

    def test_the_switcher_leads_to_the_same_page(self, site_tree: SiteTree) -> None:
        partner = PartnerPageFactory()
        english = translated(partner, site_tree.english.locale, title="Partner in English", slug="partner-in-english")

        assert get(partner.url).select_one(".languages a")["href"] == english.url

    def test_the_switcher_says_that_there_is_no_translation(self, site_tree: SiteTree) -> None:
        switcher = get(PartnerPageFactory().url).select_one(".languages")

        assert switcher.find("a") is None
        assert switcher.find("span")["lang"] == "en"
        assert "no translation" in switcher.get_text()

    def test_no_hreflang_stands_alone(self, site_tree: SiteTree) -> None:
        assert get(PartnerPageFactory().url).find_all("link", hreflang=True) == []

    def test_what_is_not_translated_is_marked_and_noted(self, site_tree: SiteTree) -> None:
        partner = PartnerPageFactory()
        english = translated(partner, site_tree.english.locale, title="Partner in English", slug="partner-in-english")
        agreement = AgreementPageFactory(parties=[partner], title="Avtalet", purpose="Svensk text.")
        soup = get(english.url)

        article = soup.find("article", class_="agreement")
        assert "Svensk text." in article.get_text()
        for words in ("Svensk text.", "Om avsiktsförklaringen"):
            for found in article.find_all(string=re.compile(words)):
                assert found.find_parent(lang=True)["lang"] == "sv"
        assert article.find(class_="language-note") is not None
        link = article.find("a", href=agreement.url)
        assert link["hreflang"] == link["lang"] == "sv"

    def test_parties_and_roles_in_the_words_of_an_agreement_that_is_not_translated_are_marked(
        self, site_tree: SiteTree
    ) -> None:
        swedish = PartnerPageFactory(title="Region Sörmland")
        english = translated(swedish, site_tree.english.locale, title="Sörmland County", slug="sormland")
        untranslated = PartnerPageFactory(title="Kommunen")
        agreement = AgreementPageFactory(parties=["Föreningen Framåt", swedish, untranslated])
        for name, role in (("", ""), ("Landstinget Sörmland", "samordnare")):
            agreement.parties.filter(partner=swedish).update(name=name, role=role)
            parties = get(english.url).select_one(".agreement .parties")
            link = parties.find("a", href=english.url)

            assert parties.find(string="Föreningen Framåt").parent["lang"] == "sv"
            assert parties.find("a", href=untranslated.url)["lang"] == "sv"
            assert link.get_text() == (name or "Sörmland County")
            assert (link.get("lang"), link.get("hreflang")) == ("sv" if name else None, None)
            assert not role or parties.find(string=role).parent["lang"] == "sv"

    def test_parties_in_the_words_of_the_page_itself_are_not_marked(self, site_tree: SiteTree) -> None:
        agreement = AgreementPageFactory(parties=["Föreningen Framåt"])

        assert get(agreement.url).find("bdi", string="Föreningen Framåt").get("lang") is None

    def test_the_name_of_a_contact_in_another_language_is_marked(self, site_tree: SiteTree) -> None:
        office = ContactFactory(name="Samverkanskontoret", phone="021-10 19 93")
        english = translated(PartnerPageFactory(contacts=[office]), site_tree.english.locale, title="A", slug="a")
        names = get(english.url).main.find_all(string="Samverkanskontoret")

        assert len(names) == 2
        assert all(name.parent.get("lang") == "sv" for name in names)

    def test_documents_and_choices_in_another_language_are_marked_and_noted(self, site_tree: SiteTree) -> None:
        strategies = [StrategyFactory(name=name) for name in ("Växa i Västmanland", "Leva i Västmanland")]
        agreement = AgreementPageFactory(strategies=strategies[:1], documents=[DocumentFactory(title="Färdplan")])
        AgreementPageFactory(strategies=strategies[1:])
        english = translated(agreement, site_tree.english.locale, title="The agreement", slug="the-agreement")
        for path, words in ((english.url, "Färdplan"), (site_tree.english.agreements.url, "Växa i Västmanland")):
            found = get(path).main.find(string=words)
            assert found.parent["lang"] == "sv"
            assert found.parent.parent.find(class_="language-note") is not None

    def test_a_document_is_in_the_source_language_however_exactly_that_is_set(
        self, site_tree: SiteTree, settings: Any
    ) -> None:
        settings.LANGUAGE_CODE = "sv-se"
        agreement = AgreementPageFactory(documents=[DocumentFactory(title="Färdplan")])
        english = translated(agreement, site_tree.english.locale, title="The agreement", slug="the-agreement")
        found = get(english.url).main.find(string="Färdplan")

        assert found.parent["lang"] == "sv"
        with translation.override("sv"):
            assert get(agreement.url).main.find(class_="language-note") is None

    def test_menus_fall_back_to_the_source_however_exactly_its_language_is_set(
        self, site_tree: SiteTree, settings: Any
    ) -> None:
        settings.LANGUAGE_CODE = "sv-se"
        settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [
            ("sv", "Svenska"),
            ("en", "English"),
            ("fi", "Suomi"),
        ]
        finnish = translated(
            site_tree.swedish.home, Locale.objects.create(language_code="fi"), title="Yhteistyö", slug="yhteistyo"
        )
        written_first = finnish.add_child(
            instance=PartnerIndexPage(title="Muut", slug="muut", show_in_menus=True, locale=finnish.locale)
        )
        translated(written_first, site_tree.swedish.locale, title="Andra", slug="andra")
        frame = Frame(RequestFactory().get("/"), site_tree.english.locale, "")

        assert [item.title for item in frame.navigation] == ["Andra"]

    def test_a_link_in_the_editors_own_words_speaks_the_pages_language(self, site_tree: SiteTree) -> None:
        target = AgreementPageFactory(title="Avtalet")
        links = [
            {"text": text, "page": target.pk, "url": "", "document": None, "description": ""}
            for text in ("The agreement about skills", "")
        ]
        content = stream(("link_list", {"heading": "", "links": links}))
        english = translated(PartnerPageFactory(), site_tree.english.locale, title="A", slug="a", content=content)
        worded, titled = get(english.url).main.select(".blocks .link-list a")

        assert (worded.get("lang"), worded["hreflang"]) == (None, "sv")
        assert (titled["lang"], titled["hreflang"]) == ("sv", "sv")

    def test_a_translated_agreement_carries_no_note(self, site_tree: SiteTree) -> None:
        partner = PartnerPageFactory()
        english = translated(partner, site_tree.english.locale, title="Partner in English", slug="partner-in-english")
        agreement = AgreementPageFactory(parties=[partner])
        translated(agreement, site_tree.english.locale, title="The agreement", slug="the-agreement")

        assert get(english.url).find(class_="language-note") is None


class TestFrame:
    def test_the_footer_tells_of_accessibility_and_whom_to_tell(self, site_tree: SiteTree) -> None:
        PartnershipSettings.objects.create(
            site=site_tree.site,
            accessibility_statement="https://www.example.se/tillganglighet",
            accessibility_contact="mailto:tillganglighet@example.se",
        )
        for page, words in (
            (site_tree.swedish.home, ("Tillgänglighetsredogörelse", "Anmäl bristande tillgänglighet")),
            (site_tree.english.home, ("Accessibility statement", "Report what is not accessible")),
        ):
            footer = get(page.url).footer
            links = {link.get_text(strip=True): link["href"] for link in footer.find_all("a")}
            assert links[words[0]] == "https://www.example.se/tillganglighet"
            assert links[words[1]] == "mailto:tillganglighet@example.se"

    def test_the_page_for_our_own_faults_asks_nothing_of_the_database(self) -> None:
        response = server_error(RequestFactory().get("/sv/"))
        soup = BeautifulSoup(response.content.decode(), "html.parser")

        assert response.status_code == 500
        assert soup.html["lang"] == "sv"
        assert soup.find("section", lang="en").get_text(strip=True)
        assert soup.find("a", href="/") is not None


class TestAgreementPage:
    def test_shows_its_facts(self, site_tree: SiteTree, contact: Contact) -> None:
        main = AgreementPageFactory(title="Ramavtalet")
        old = AgreementPageFactory(title="Det förra avtalet")
        agreement = AgreementPageFactory(
            parties=[PartnerPageFactory(title="Kommunen"), "Landstinget Sörmland"],
            contacts=[contact],
            reference_number="1-814/2014",
            valid_from="2018",
            end_kind="date",
            end_date="2021-06",
            part_of=main,
            renews=old,
        )
        text = get(agreement.url).main.get_text()
        for words in (
            "Kommunen",
            "Landstinget Sörmland",
            "1-814/2014",
            "2018",
            "Ramavtalet",
            "Det förra avtalet",
            "Emma",
        ):
            assert words in text
        assert agreement.title in get(old.url).main.get_text()
        assert agreement.title in get(main.url).main.get_text()

    @pytest.mark.parametrize(
        "end", [{"end_kind": "date", "end_date": "2100"}, {"end_kind": "until_further_notice"}, {}]
    )
    def test_a_termination_stands_in_place_of_the_end_that_was_agreed(
        self, site_tree: SiteTree, end: dict[str, str]
    ) -> None:
        day = timezone.localdate() + datetime.timedelta(days=20)
        agreement = AgreementPageFactory(valid_from="2020", outcome="terminated", outcome_date=day.isoformat(), **end)
        soup = get(agreement.url)
        facts = {fact.dt.get_text(strip=True): fact.dd for fact in soup.select(".facts > div")}
        [graph] = [json.loads(script.string) for script in soup.select("script[type='application/ld+json']")]

        assert facts["Uppsagt"].time["datetime"] == day.isoformat()
        assert "Gäller till" not in facts
        assert graph["@graph"][0]["expires"] == day.isoformat()
        assert soup.select_one(".badge").get_text(strip=True) == "Gällande, löper snart ut"
        row = get(f"{site_tree.swedish.agreements.url}?sort=valid_to").main
        assert [time["datetime"] for time in row.find_all("time")] == ["2020", day.isoformat()]

    def test_a_reference_number_is_shown_but_no_note(self, site_tree: SiteTree) -> None:
        agreement = AgreementPageFactory(internal_notes="Bara för oss", renewal_terms="Intern text")

        assert "Bara för oss" not in str(get(agreement.url))
        assert "Intern text" not in str(get(agreement.url))


class TestPictures:
    def test_come_in_widths_with_their_size_and_load_late(self, site_tree: SiteTree) -> None:
        image = ImageFactory()
        value = {"image": {"image": image.pk, "alt_text": "Ett hus", "decorative": False}, "caption": "", "credit": ""}
        picture = get(PartnerPageFactory(content=stream(("image", value))).url).main.picture

        assert picture.source["type"] == "image/webp"
        assert picture.img["alt"] == "Ett hus"
        assert {"width", "height"} <= set(picture.img.attrs)
        assert picture.img["loading"] == "lazy"

    def test_are_left_out_with_their_captions_once_deleted(self, admin_client: Client, site_tree: SiteTree) -> None:
        image = ImageFactory()
        picture = {"image": image.pk, "alt_text": "Ett hus", "decorative": False}
        value = {"image": picture, "caption": "Hus", "credit": ""}
        partner = PartnerPageFactory(logo=image, content=stream(("image", value), section("Bilder", ("image", value))))
        assert len(get(partner.url).main.select("figcaption")) == 2

        admin_client.post(reverse("wagtailimages:delete", args=[image.pk]))
        assert get(partner.url).main.select("figure, img") == []

    def test_are_made_when_a_page_is_published(
        self, site_tree: SiteTree, django_capture_on_commit_callbacks: Any
    ) -> None:
        image = ImageFactory()
        partner = PartnerPageFactory(logo=image)
        with django_capture_on_commit_callbacks(execute=True):
            partner.save_revision().publish()
        made = image.renditions.count()

        get(partner.url)
        assert made > 0
        assert image.renditions.count() == made
