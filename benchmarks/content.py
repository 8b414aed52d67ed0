"""The content that is measured: partners and twice as many agreements, in Swedish and English, alike at every run.

Each is of about the size of a real page: an introduction, a section with a text and a list, a quotation, contacts and
strategies that it shares with others. Every tenth agreement exists in Swedish alone, every seventh renews another.
"""

from __future__ import annotations

import datetime
import io
import random
import uuid
from collections.abc import Iterator
from typing import Any

from django.core.files.images import ImageFile
from django.utils import timezone

from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import Locale, Page, Site

from PIL import Image

from wagtail_partnerships.cms.delivery.marks import one_reset
from wagtail_partnerships.site_pages.agreement_types import AgreementType
from wagtail_partnerships.site_pages.models import (
    AgreementContact,
    AgreementIndexPage,
    AgreementPage,
    AgreementParty,
    AgreementStrategy,
    AgreementTypeChoice,
    HomePage,
    PartnerContact,
    PartnerIndexPage,
    PartnerPage,
    PartnerStrategy,
    RelatedPartner,
)
from wagtail_partnerships.site_pages.pictures import LOGO, make_renditions
from wagtail_partnerships.snippets.models import Contact, Strategy

from .bulk import finish_indexes, write_pages, write_snippets

AGREEMENTS_PER_PARTNER = 2
CONTACTS, STRATEGIES, LOGOS = 40, 12, 6
#: So many partners go in together, with their agreements: all of them at once would take gigabytes of memory.
CHUNK = 1_000

SOURCE, TRANSLATION = "sv", "en"
_REGIONS = ("SE-U", "SE-D", "SE-AB", "SE-C", "SE-T", "SE-W", "SE-M", "SE-O")
_PLACES = ("Västerås", "Eskilstuna", "Örebro", "Åmål", "Köping", "Sala", "Arboga", "Strängnäs", "Uppsala", "Ängelholm")
_WORDS = {
    SOURCE: (
        "samverkan forskning utbildning region näringsliv hållbar kompetens studenter utveckling gemensam välfärd "
        "innovation kommun strategi medverka praktik energi hälsa digital framtid länet arbete projekt mål"
    ).split(),
    TRANSLATION: (
        "collaboration research education region industry sustainable skills students development joint welfare "
        "innovation municipality strategy contribute placement energy health digital future county work project goals"
    ).split(),
}


class _Draw(random.Random):
    """Draws for one row: the same facts in either language, and words of that language."""

    def __init__(self, kind: str, number: int, language: str) -> None:
        super().__init__(f"{kind} {number}")
        self.language = language

    def uuid(self) -> uuid.UUID:
        return uuid.UUID(int=self.getrandbits(128), version=4)

    def words(self, number: int) -> str:
        return f"{' '.join(self.choices(_WORDS[self.language], k=number)).capitalize()}."

    def stream(self) -> list[dict[str, Any]]:
        """Return content as it is stored: a section with a text and a list, and a quotation."""
        areas = [self._block("item", {"name": self.words(3), "description": self.words(9)}) for _area in range(4)]
        areas_list = {"preset": "areas", "heading": "", "introduction": self.words(8), "items": areas}
        prose = self._block("rich_text", f"<p>{self.words(60)}</p><p>{self.words(50)}</p>")
        section = {"heading": self.words(4), "content": [prose, self._block("list", areas_list)]}
        quote = {"quotation": self.words(25), "person": "Kim Exempelsson", "role": self.words(2)}
        return [self._block("section", section), self._block("quote", quote)]

    def _block(self, block_type: str, value: Any) -> dict[str, Any]:
        return {"type": block_type, "value": value, "id": str(self.uuid())}


class Loader:
    """Fills a database that holds Wagtail's welcome page and nothing else."""

    def __init__(self, port: int) -> None:
        self.today = timezone.localdate()
        self.port = port
        self.locales: dict[str, Locale] = {}
        # The source rows that others point to.
        self.contacts: list[Contact] = []
        self.strategies: list[Strategy] = []
        self.partners: list[PartnerPage] = []
        self.agreements: list[AgreementPage] = []
        self.logos: list[AbstractImage] = []

    def load(self, partners: int) -> None:
        """Write so many partners, and twice as many agreements."""
        with one_reset():
            for code in (SOURCE, TRANSLATION):
                self.locales[code] = Locale.objects.get_or_create(language_code=code)[0]
            self.logos = [_make_logo(number) for number in range(LOGOS)]
            indexes = {code: self._plant(code) for code in self.locales}
            self._load_snippets()
            for numbers in _chunks(partners):
                for code, (partner_index, _agreement_index) in indexes.items():
                    pages = [self._partner(number, code) for number in numbers]
                    write_pages(partner_index, pages)
                for code, (_partner_index, agreement_index) in indexes.items():
                    made = [
                        self._agreement(number * AGREEMENTS_PER_PARTNER + part, code)
                        for number in numbers
                        for part in range(AGREEMENTS_PER_PARTNER)
                    ]
                    write_pages(agreement_index, [page for page in made if page is not None])
        # After the commit, when what was saved one by one is in the search index as well.
        finish_indexes()

    def _plant(self, language: str) -> tuple[PartnerIndexPage, AgreementIndexPage]:
        """Make the pages that all others go below; the first home page takes the place of Wagtail's welcome page."""
        home_key, partners_key, agreements_key = (uuid.UUID(int=number, version=4) for number in (1, 2, 3))
        locale = self.locales[language]
        home = HomePage(title="Samverkan", slug=f"home-{language}", locale=locale, translation_key=home_key)
        Page.get_first_root_node().add_child(instance=home)
        if language == SOURCE:
            site = {"root_page": home, "hostname": "localhost", "port": self.port, "site_name": "Benchmark"}
            Site.objects.update_or_create(is_default_site=True, defaults=site)
            for welcome in Page.objects.filter(depth=2, slug="home"):
                welcome.delete()
        partners = PartnerIndexPage(title="Partner", slug="partner", translation_key=partners_key)
        agreements = AgreementIndexPage(title="Avtal", slug="avtal", translation_key=agreements_key)
        for page in (partners, agreements):
            home.add_child(instance=page)
        return partners, agreements

    def _load_snippets(self) -> None:
        for code in self.locales:
            contacts = [self._contact(number, code) for number in range(CONTACTS)]
            strategies = [self._strategy(number, code) for number in range(STRATEGIES)]
            write_snippets(contacts)
            write_snippets(strategies)
            if code == SOURCE:
                self.contacts, self.strategies = contacts, strategies

    def _contact(self, number: int, language: str) -> Contact:
        draw = _Draw("contact", number, language)
        return Contact(
            translation_key=draw.uuid(),
            locale=self.locales[language],
            name=f"Kontakt {number}",
            phone=f"+4621101{number:03d}",
            email=f"kontakt{number}@example.se",
            role=draw.words(2),
            unit=draw.words(2),
        )

    def _strategy(self, number: int, language: str) -> Strategy:
        draw = _Draw("strategy", number, language)
        return Strategy(
            translation_key=draw.uuid(),
            locale=self.locales[language],
            kind=draw.choice(Strategy.Kind.values),
            valid_from=str(draw.randint(2010, 2020)),
            link=f"https://example.se/strategi/{number}",
            name=f"Strategi {number}: {draw.words(3)}",
            owner_organisation=draw.words(2),
            summary=draw.words(20),
        )

    def _partner(self, number: int, language: str) -> PartnerPage:
        draw = _Draw("partner", number, language)
        partner = PartnerPage(
            translation_key=draw.uuid(),
            locale=self.locales[language],
            organisation_type=draw.choice(PartnerPage.OrganisationType.values),
            country="SE",
            region=draw.choice(_REGIONS),
            logo=draw.choice([*self.logos, None]),
            website=f"https://example.se/{number}",
            contacts=[PartnerContact(contact=row) for row in draw.sample(self.contacts, 2)],
            strategies=[PartnerStrategy(strategy=row) for row in draw.sample(self.strategies, 2)],
            related_partners=[
                RelatedPartner(partner=row) for row in draw.sample(self.partners[:number], min(2, number))
            ],
            title=f"{draw.choice(_PLACES)} {draw.choice(_WORDS[SOURCE])} {number}",
            slug=f"partner-{number}",
            introduction=f"<p>{draw.words(40)}</p>",
            content=draw.stream(),
        )
        if language == SOURCE:
            self.partners.append(partner)
        return partner

    def _agreement(self, number: int, language: str) -> AgreementPage | None:
        """Make an agreement; None where there is no translation."""
        draw = _Draw("agreement", number, language)
        key, signed = draw.uuid(), self.today - datetime.timedelta(days=draw.randint(0, 4_000))
        lasts = draw.choice([None, 700, 1_500, 3_000])
        partner = self.partners[number // AGREEMENTS_PER_PARTNER]
        others = draw.sample(self.partners, 1) if draw.random() < 0.3 else []
        renews = self.agreements[draw.randrange(number)] if number % 7 == 6 else None
        agreement = AgreementPage(
            translation_key=key,
            locale=self.locales[language],
            signed=signed.isoformat()[:7],
            end_kind="date" if lasts else "until_further_notice",
            end_date=(signed + datetime.timedelta(days=lasts)).isoformat() if lasts else None,
            renews=renews,
            agreement_types=[
                AgreementTypeChoice(agreement_type=code) for code in draw.sample(AgreementType.values, 1 + number % 2)
            ],
            parties=[
                AgreementParty(translation_key=draw.uuid(), locale=self.locales[language], partner=row)
                for row in (partner, *(row for row in others if row is not partner))
            ],
            contacts=[AgreementContact(contact=row) for row in draw.sample(self.contacts, number % 2)],
            strategies=[AgreementStrategy(strategy=row) for row in draw.sample(self.strategies, 1)],
            title=f"Avsiktsförklaring {number}" if language == SOURCE else f"Letter of intent {number}",
            slug=f"avtal-{number}",
            purpose=draw.words(30),
            content=draw.stream(),
        )
        if language == SOURCE:
            self.agreements.append(agreement)
        return agreement if language == SOURCE or number % 10 else None


def _chunks(partners: int) -> Iterator[range]:
    for start in range(0, partners, CHUNK):
        yield range(start, min(start + CHUNK, partners))


def _make_logo(number: int) -> AbstractImage:
    file = io.BytesIO()
    Image.new("RGB", (600, 300), (40 * number, 90, 120)).save(file, "PNG")
    logo: AbstractImage = get_image_model().objects.create(
        title=f"Logo {number}", file=ImageFile(file, f"logo-{number}.png")
    )
    make_renditions(logo, LOGO)
    return logo
