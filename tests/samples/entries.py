"""Pages as other universities and municipalities have them, entered into our model: their shapes, in words of our own.

Organisations, dates and formats are facts and stay; the people are as invented as those of the samples.
"""

from dataclasses import dataclass

from wagtail_partnerships.cms.demo.blocks import (
    documents,
    fact_box,
    image,
    link,
    links,
    listed,
    milestone,
    prose,
    quote,
    section,
)
from wagtail_partnerships.cms.demo.content import contacts as demo_contacts
from wagtail_partnerships.cms.demo.content import county_board
from wagtail_partnerships.cms.demo.content import strategies as demo_strategies
from wagtail_partnerships.cms.demo.entries import (
    AgreementEntry,
    Block,
    ContactEntry,
    DocumentEntry,
    FormerNameEntry,
    ImageEntry,
    PartnerEntry,
    PartyEntry,
    Ref,
    SignatoryEntry,
    StrategyEntry,
)

PICTURE = ImageEntry(key="image/picture", title="Bild", description="En tecknad bild", drawing="meeting")


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One page: what is entered, and the names in it that must be found again, spelt as the page spells them."""

    filename: str
    names: tuple[str, ...]
    partners: tuple[PartnerEntry, ...] = ()
    agreements: tuple[AgreementEntry, ...] = ()
    contacts: tuple[ContactEntry, ...] = ()
    strategies: tuple[StrategyEntry, ...] = ()
    documents: tuple[DocumentEntry, ...] = ()
    images: tuple[ImageEntry, ...] = ()
    agreements_index: tuple[Block, ...] = ()


def partner(slug: str, title: str, organisation_type: str, **fields: object) -> PartnerEntry:
    return PartnerEntry(key=f"partner/{slug}", title=title, slug=slug, organisation_type=organisation_type, **fields)  # type: ignore[arg-type]  # passed on as they are


def document(slug: str, title: str) -> DocumentEntry:
    return DocumentEntry(
        key=f"document/{slug}", title=title, filename=f"{slug}.pdf", language="sv", paragraphs=(title,)
    )


COUNTY_BOARD = Sample(
    filename="00_lansstyrelsen_vastmanland.txt",
    names=("Emma Mossberg", "Affärsplan Västmanland", "Växa i Västmanland", "Västmannarådet", "Kompetens", "MKL"),
    images=(ImageEntry(key="image/lake", title="Sjö", description="En tecknad sjö", drawing="landscape"),),
    strategies=demo_strategies.STRATEGIES[:3],
    contacts=demo_contacts.CONTACTS[:1],
    partners=county_board.PARTNERS,
    agreements=county_board.AGREEMENTS,
)

ESKILSTUNA = Sample(
    filename="04_mdh_eskilstuna_kommun_2018.txt",
    names=(
        "Eskilstuna kommun",
        "MITC",
        "Tillväxtmotorn",
        "Social hållbarhet",
        "Student i Eskilstuna",
        "Lova Testborg",
        "fundraiser vid MDH",
        "lova.testborg@example.se",
        "Västerås stad",
        "Landstinget Västmanland",
        "Landstinget Sörmland",
        "Karin Exempelsson",
        "karin.exempelsson@example.se",
        "Sörmlandskontraktet",
    ),
    contacts=(
        ContactEntry(
            key="contact/lova",
            name="Lova Testborg",
            role="fundraiser vid MDH",
            phone="08-46 50 04 20",
            email="lova.testborg@example.se",
        ),
        ContactEntry(
            key="contact/karin",
            name="Karin Exempelsson",
            role="processledare Samhällskontraktet",
            when_to_contact="Frågor om Samhällskontraktet",
            phone="08-46 50 04 12",
            email="karin.exempelsson@example.se",
        ),
    ),
    partners=(
        partner(
            "eskilstuna-kommun",
            "Eskilstuna kommun",
            "municipality",
            region="SE-D",
            introduction="<p>Kommunen och MDH har länge arbetat ihop om bland annat utbildning och arbetsliv.</p>",
        ),
        partner(
            "region-sormland",
            "Region Sörmland",
            "region",
            region="SE-D",
            former_names=(FormerNameEntry(name="Landstinget Sörmland", until="2018"),),
        ),
    ),
    agreements=(
        AgreementEntry(
            key="agreement/samverkansavtalet",
            title="Samverkansavtalet",
            slug="samverkansavtalet",
            types=("collaboration_agreement",),
            parties=(PartyEntry(partner=Ref("partner/eskilstuna-kommun")),),
            partner_page_heading="Samverkansavtalet",
            purpose="Kommunens pengar ska ge starkare företag och fler jobb.",
            contacts=(Ref("contact/lova"),),
            content=(
                listed(
                    "areas",
                    ("Näringsliv", "Mälardalens Industrial Technology Center (MITC) och Tillväxtmotorn"),
                    "Social hållbarhet",
                    "Miljö",
                    "Student i Eskilstuna",
                    heading="Fyra områden",
                ),
            ),
        ),
        AgreementEntry(
            key="agreement/samhallskontraktet",
            title="Samhällskontraktet",
            slug="samhallskontraktet",
            types=("strategic_partnership",),
            parties=(
                PartyEntry(partner=Ref("partner/eskilstuna-kommun")),
                PartyEntry(name="Västerås stad", country="SE"),
                PartyEntry(name="Landstinget Västmanland", country="SE"),
                PartyEntry(partner=Ref("partner/region-sormland"), name="Landstinget Sörmland"),
            ),
            purpose="Parterna fördjupar sin samverkan.",
            contacts=(Ref("contact/karin"),),
            contact_invitation="Undrar du över något?",
            content=(
                fact_box("Visionen", "<p>Kunskap byggs av akademi och samhälle ihop.</p>"),
                listed("goals", "Högre kompetens", "Starkare forskning", "Utvecklade medarbetare", "Goda relationer"),
                links("Läs vidare", link("Mer om kontraktet", url="https://www.example.se/samhallskontraktet")),
            ),
        ),
        AgreementEntry(
            key="agreement/sormlandskontraktet",
            title="Sörmlandskontraktet",
            slug="sormlandskontraktet",
            types=("other",),
            parties=(
                PartyEntry(partner=Ref("partner/region-sormland"), name="Landstinget Sörmland"),
                PartyEntry(partner=Ref("partner/eskilstuna-kommun")),
            ),
            purpose="Medel till forskning och utbildning, med digitalisering i centrum.",
        ),
    ),
)

VOLVO_CE = Sample(
    filename="12_mdu_volvo_ce_2022.txt",
    names=(
        "Volvo Construction Equipment",
        "Mårten Mallström",
        "Melvin Jernprov",
        "VD på Volvo Construction Equipment",
        "Inbyggda system",
        "Innovation och produktrealisering",
    ),
    images=(PICTURE,),
    partners=(
        partner(
            "volvo-ce",
            "Volvo Construction Equipment",
            "company",
            content=(
                image(
                    Ref("image/picture"),
                    "Två personer skakar hand",
                    caption="Rektor Mårten Mallström och Melvin Jernprov, VD på Volvo Construction Equipment.",
                ),
                milestone("2013", "Partnerskapet börjar"),
                milestone("2022-11-25", "Avtalet förnyas, och det firas", link="https://www.example.se/nyhet"),
                quote("Vi gör mer tillsammans.", person="Mårten Mallström", role="rektor på MDU"),
                quote("Kompetens är allt.", person="Melvin Jernprov", role="VD på Volvo Construction Equipment"),
            ),
        ),
    ),
    agreements=(
        AgreementEntry(
            key="agreement/first",
            title="Strategiskt samverkansavtal 2013",
            slug="strategiskt-2013",
            types=("strategic_partnership",),
            parties=(PartyEntry(partner=Ref("partner/volvo-ce")),),
            since="2013",
        ),
        AgreementEntry(
            key="agreement/renewed",
            title="Strategiskt samverkansavtal",
            slug="strategiskt",
            types=("strategic_partnership",),
            parties=(PartyEntry(partner=Ref("partner/volvo-ce")),),
            renews=Ref("agreement/first"),
            signed="2022-11-25",
            content=(
                listed("areas", "Inbyggda system", "Innovation och produktrealisering"),
                listed("other", "Framtidens energi", "Livslångt lärande", "Talanger", heading="Blir viktigare"),
            ),
        ),
    ),
)

_LTU_STRATEGIC = (
    "Boliden",
    "Epiroc",
    "LKAB",
    "RISE, including Sicomp",
    "SWERIM",
    "Skogsindustrierna",
    "Svenskt trä",
    "Vattenfall",
)
_LTU_MUNICIPALITIES = ("Kiruna", "Luleå", "Piteå", "Skellefteå")

LTU = Sample(
    filename="19_ltu_strategic_partners_en.txt",
    names=("Boliden", "RISE, including Sicomp", "Svenskt trä", "Kiruna municipality", "Municipalities of Norrbotten"),
    partners=tuple(
        partner(f"{name.lower()}-municipality", f"{name} municipality", "municipality", region="SE-BD")
        for name in _LTU_MUNICIPALITIES
    ),
    agreements=(
        *(
            AgreementEntry(
                key=f"agreement/strategic-{number}",
                title=f"Strategic partnership with {name}",
                slug=f"strategic-{number}",
                types=("strategic_partnership",),
                parties=(PartyEntry(name=name, country="SE"),),
            )
            for number, name in enumerate(_LTU_STRATEGIC)
        ),
        *(
            AgreementEntry(
                key=f"agreement/mou-{name}",
                title=f"Memorandum of understanding with {name}",
                slug=f"mou-{number}",
                types=("mou",),
                parties=(PartyEntry(partner=Ref(f"partner/{name.lower()}-municipality")),),
            )
            for number, name in enumerate(_LTU_MUNICIPALITIES)
        ),
        AgreementEntry(
            key="agreement/norrbotten",
            title="Letter of intent with Norrbotten",
            slug="letter-of-intent-norrbotten",
            types=("letter_of_intent", "mou"),
            parties=(
                PartyEntry(name="Municipalities of Norrbotten"),
                PartyEntry(name="Region Norrbotten", country="SE"),
            ),
        ),
    ),
    agreements_index=(
        section(
            "Two kinds",
            prose("<p>Companies and institutes have strategic partnerships, public bodies have memoranda.</p>"),
            listed("goals", "Attractiveness", "Quality", "Competitiveness", introduction="Both sides gain:"),
            fact_box("Who manages", "<p>Each partnership has a manager, whom a coordinator assists.</p>"),
        ),
        milestone("2019", "Most strategic agreements are signed in this year and the next"),
    ),
)

LINKOPING = Sample(
    filename="24_linkopings_kommun_liu.txt",
    names=(
        "Attraktivitet",
        "Bildning",
        "Hållbar tillväxt",
        "Välfärd",
        "Lisa-Lotta Wallprov Provinen",
        "Planeringsstaben (KLF)",
        "Lisa-Lotta.Wallprov-Provinen@example.se",
    ),
    contacts=(
        ContactEntry(
            key="contact/lisa-lotta",
            name="Lisa-Lotta Wallprov Provinen",
            role="Utvecklingsstrateg",
            unit="Planeringsstaben (KLF)",
            organisation="Linköpings kommun",
            when_to_contact="Kommunens kontakter med universitet",
            phone="031-390 06 51",
            email="Lisa-Lotta.Wallprov-Provinen@example.se",
            form_link="https://www.example.se/formular",
        ),
    ),
    partners=(partner("linkopings-kommun", "Linköpings kommun", "municipality", region="SE-E"),),
    agreements=(
        AgreementEntry(
            key="agreement/linkoping",
            title="Strategiskt samverkansavtal",
            slug="linkoping",
            types=("collaboration_agreement", "strategic_partnership"),
            display_label="samverkansavtal/strategiskt partnerskap",
            parties=(PartyEntry(partner=Ref("partner/linkopings-kommun")),),
            purpose="Relationen ska bli starkare, och det ska vara klart vem som gör vad.",
            contacts=(Ref("contact/lisa-lotta"),),
            contact_invitation="Har du frågor?",
            content=(
                listed(
                    "areas",
                    ("Attraktivitet", "Gemensam marknadsföring."),
                    ("Bildning", "Kunskap för alla."),
                    ("Hållbar tillväxt", "Företag och forskare möts."),
                    ("Välfärd", "Demokrati och engagemang."),
                ),
            ),
        ),
    ),
)

KALMAR = Sample(
    filename="26_kalmar_fornyat_partnerskap_2023.txt",
    names=("Växjö kommun", "Kalmar kommun", "Linnékåren", "Jonas Provsson", "Annie Testersson", "Malva Laubprov (S)"),
    contacts=(
        ContactEntry(
            key="contact/annie",
            name="Annie Testersson",
            role="kommundirektör i Kalmar kommun",
            when_to_contact="Information och intervjuer",
        ),
        ContactEntry(key="contact/jonas", name="Jonas Provsson", role="kommunstyrelsens ordförande i Kalmar kommun"),
    ),
    partners=(
        partner("vaxjo-kommun", "Växjö kommun", "municipality", region="SE-G"),
        partner("kalmar-kommun", "Kalmar kommun", "municipality", region="SE-H"),
        partner("linnekaren", "Linnékåren", "student_union"),
    ),
    agreements=(
        AgreementEntry(
            key="agreement/2017",
            title="Partnerskap 2017",
            slug="partnerskap-2017",
            types=("strategic_partnership",),
            parties=(PartyEntry(partner=Ref("partner/vaxjo-kommun")), PartyEntry(partner=Ref("partner/kalmar-kommun"))),
            since="2017",
        ),
        AgreementEntry(
            key="agreement/2023",
            title="Förnyat partnerskap",
            slug="fornyat-partnerskap",
            types=("strategic_partnership",),
            display_label="överenskommelse",
            parties=(
                PartyEntry(partner=Ref("partner/vaxjo-kommun")),
                PartyEntry(partner=Ref("partner/kalmar-kommun")),
                PartyEntry(partner=Ref("partner/linnekaren")),
            ),
            renews=Ref("agreement/2017"),
            since="2017",
            valid_from="2023-01-01",
            end_kind="date",
            end_date="2025-12-31",
            purpose="Städerna ska locka studenter, och få dem att stanna.",
            contacts=(Ref("contact/annie"), Ref("contact/jonas")),
            contact_invitation="Information och intervjuer",
            signatories=(
                SignatoryEntry(
                    name="Malva Laubprov (S)", title="kommunstyrelsens ordförande", on_behalf_of="Växjö kommun"
                ),
            ),
            content=(
                quote("Vi fortsätter.", person="Jonas Provsson", role="kommunstyrelsens ordförande i Kalmar kommun"),
                quote("Stanna gärna kvar.", person="Annie Testersson", role="kommundirektör i Kalmar kommun"),
            ),
        ),
    ),
)


def _csu(number: int, country: str, institution: str, *types: str, **fields: object) -> AgreementEntry:
    return AgreementEntry(
        key=f"agreement/row-{number}",
        title=f"{institution} {number}",
        slug=f"row-{number}",
        types=types,
        parties=(PartyEntry(name=institution, country=country),),
        **fields,  # type: ignore[arg-type]  # passed on as they are
    )


_OPEN = {"end_kind": "until_further_notice"}
_PENDING = {"renewal_pending": True}
_CAPITAL = "Capital University of Business and Economics"

CSU = Sample(
    filename="34_csu_active_agreements_table_en.txt",
    names=("Universidad Nacional de Tucuman", "Universidade Federal de Uberlândia", "Beijing Prepare", _CAPITAL),
    documents=(document("questionnaire", "Frågeformulär"), document("template", "Mall för MoU")),
    agreements=(
        _csu(
            1,
            "AR",
            "Universidad Nacional de Tucuman",
            "mou",
            "exchange_agreement",
            since="1999",
            signed="2008-11-17",
            **_OPEN,
        ),
        _csu(
            2,
            "BR",
            "Universidade Federal de Uberlândia",
            "mou",
            valid_from="2018-01-25",
            end_date="2023-01-24",
            end_kind="date",
        ),
        _csu(3, "CL", "Universidad de Concepcion", "mou", valid_from="2002-06-24", **_OPEN),
        _csu(
            4,
            "CN",
            "Beijing Prepare",
            "other",
            display_label="Representative Agreement",
            valid_from="2016",
            end_date="2026",
            end_kind="date",
        ),
        _csu(
            5,
            "CN",
            _CAPITAL,
            "other",
            display_label="joint Center for Financial Studies",
            valid_from="2016-12-09",
            **_PENDING,
        ),
        _csu(6, "CN", _CAPITAL, "mou", valid_from="2013-10-30", **_PENDING),
        _csu(7, "CN", _CAPITAL, "exchange_agreement", valid_from="2013-10-30", **_PENDING),
        _csu(
            8,
            "CN",
            "China University of Petroleum (East China)",
            "other",
            display_label="Dual Degree Articulation Agreement",
            valid_from="2018-05-02",
            end_date="2028-05-01",
            end_kind="date",
        ),
    ),
    agreements_index=(
        prose("<p>What binds the university is approved first; what does not bind it follows the template.</p>"),
        documents("Forms", Ref("document/questionnaire"), Ref("document/template")),
    ),
)

VARMLAND = Sample(
    filename="37_varmland_samverkansstruktur.txt",
    names=("Region Värmland", "Arvika kommun", "Hammarö kommun", "Värmlandsstrategin", "Värmlandsrådets arbetsformer"),
    images=(PICTURE,),
    documents=(document("radet", "Värmlandsrådet"), document("arbetsformer", "Värmlandsrådets arbetsformer")),
    strategies=(
        StrategyEntry(
            key="strategy/varmland", name="Värmlandsstrategin", kind="regional", link="https://varmlandsstrategin.se"
        ),
    ),
    partners=(partner("region-varmland", "Region Värmland", "region", region="SE-S"),),
    agreements=(
        AgreementEntry(
            key="agreement/varmland",
            title="Samverkansavtal Värmland",
            slug="varmland",
            types=("collaboration_agreement",),
            parties=(
                PartyEntry(partner=Ref("partner/region-varmland")),
                *(
                    PartyEntry(name=f"{name} kommun", country="SE")
                    for name in (
                        *("Arvika", "Eda", "Filipstads", "Forshaga", "Hagfors", "Hammarö", "Grums", "Karlstad"),
                        *("Kil", "Kristinehamns", "Munkfors", "Säffle", "Storfors", "Sunne", "Torsby", "Årjängs"),
                    )
                ),
            ),
            since="2019",
            purpose="Alla parter arbetar för hela Värmland.",
            strategies=(Ref("strategy/varmland"),),
            documents=(Ref("document/radet"),),
            content=(
                image(Ref("image/picture"), "Strukturen: rådet överst, grupperna under det"),
                links(
                    "Styrande dokument",
                    link("Värmlandsstrategin", url="https://varmlandsstrategin.se"),
                    link(document=Ref("document/arbetsformer")),
                ),
            ),
        ),
    ),
)

SAMPLES = (COUNTY_BOARD, ESKILSTUNA, VOLVO_CE, LTU, LINKOPING, KALMAR, CSU, VARMLAND)
