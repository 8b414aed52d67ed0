"""Eskilstuna: a municipality with two agreements, each with a contact of its own, and a contract of five parties."""

from ..blocks import agreement, embed, fact_box, image, link, links, listed, milestone, prose, section
from ..entries import (
    AgreementEntry,
    FormerNameEntry,
    FromToday,
    PartnerEntry,
    PartyEntry,
    Ref,
    SignatoryEntry,
    Words,
)

_ESKILSTUNA = Ref("partner/eskilstuna-kommun")

PARTNERS = (
    PartnerEntry(
        key=_ESKILSTUNA.key,
        translated=True,
        title=Words("Eskilstuna kommun", "Eskilstuna Municipality"),
        slug="eskilstuna-kommun",
        search_description=Words(
            "Samverkansavtalet och Samhällskontraktet: vad Eskilstuna kommun och universitetet gör tillsammans.",
            "The collaboration agreement and Samhällskontraktet: what Eskilstuna Municipality and the university do together.",
        ),
        organisation_type="municipality",
        region="SE-D",
        website="https://www.eskilstuna.se",
        organisation_number="212000-0357",
        introduction=Words(
            "<p>Eskilstuna är en av universitetets två campusstäder. Kommunen och universitetet har arbetat ihop i "
            "många år, framför allt med utbildning, forskning och arbetsliv.</p>",
            "<p>Eskilstuna is one of the university's two campus towns. The municipality and the university have worked "
            "together for many years, mostly on education, research and working life.</p>",
        ),
        contacts=(Ref("contact/samverkansservice"),),
        related_partners=(Ref("partner/vasteras-stad"), Ref("partner/region-sormland")),
        responsible_unit=Words("Avdelningen för samverkan", "Collaboration Office"),
        content=(
            image(
                Ref("image/town-hall"),
                Words(
                    "Ett stadshus i gult tegel, med en gång fram till porten",
                    "A town hall of yellow brick, with a path up to its door",
                ),
                caption=Words(
                    "Kommunen och campus ligger ett stenkast ifrån varandra.",
                    "The town hall and the campus are a stone's throw apart.",
                ),
                credit=Words("Tecknat för demonstrationen", "Drawn for this demonstration"),
            ),
            section(
                Words("Det här har vi gjort", "What we have done"),
                milestone("2009", Words("Samhällskontraktet börjar", "Samhällskontraktet begins")),
                milestone(
                    "2018",
                    Words(
                        "Det första samverkansavtalet börjar gälla", "The first collaboration agreement takes effect"
                    ),
                ),
                milestone(
                    FromToday(years=-1, days=-30, precision="month"),
                    Words("Samverkansavtalet förnyas", "The collaboration agreement is renewed"),
                    link="https://www.example.se/nyheter/fornyat-samverkansavtal",
                ),
            ),
        ),
    ),
    PartnerEntry(
        key="partner/vasteras-stad",
        translated=True,
        title=Words("Västerås stad", "City of Västerås"),
        slug="vasteras-stad",
        organisation_type="municipality",
        region="SE-U",
        website="https://www.vasteras.se",
        introduction=Words(
            "<p>I Västerås ligger universitetets andra campus. Staden är både värd för studenterna och arbetsgivare för "
            "många av dem efteråt.</p>",
            "<p>The university's other campus is in Västerås. The city is host to the students and, later, the employer "
            "of many of them.</p>",
        ),
        contacts=(Ref("contact/samverkansservice"),),
        related_partners=(Ref("partner/eskilstuna-kommun"),),
        content=(
            agreement(
                Ref("agreement/vasteras-strategiskt"),
                introduction=Words(
                    "Staden och universitetet har valt ut några frågor som de tar sig an tillsammans:",
                    "The city and the university have chosen a few matters to take on together:",
                ),
            ),
            prose(
                Words(
                    '<p>Läs också om <a ref="partner/eskilstuna-kommun">Eskilstuna kommun</a>, som är med i '
                    "Samhällskontraktet på samma villkor.</p>",
                    '<p>Read also about <a ref="partner/eskilstuna-kommun">Eskilstuna Municipality</a>, which takes part '
                    "in Samhällskontraktet on the same terms.</p>",
                ),
            ),
        ),
    ),
    PartnerEntry(
        key="partner/region-sormland",
        translated=True,
        title=Words("Region Sörmland", "Region Sörmland"),
        slug="region-sormland",
        organisation_type="region",
        region="SE-D",
        website="https://regionsormland.se",
        former_names=(FormerNameEntry(name="Landstinget Sörmland", until="2018-12-31"),),
        introduction=Words(
            "<p>Regionen ansvarar för vården i Sörmland och leder arbetet med länets utveckling. Fram till årsskiftet "
            "2018–2019 hette den Landstinget Sörmland, och äldre avtal bär det namnet.</p>",
            "<p>The region is responsible for health care in Sörmland and leads the county's development. Until the end of "
            "2018 it was called Landstinget Sörmland, and older agreements bear that name.</p>",
        ),
        contacts=(Ref("contact/ahmed-provsson"),),
    ),
    PartnerEntry(
        key="partner/region-vastmanland",
        title="Region Västmanland",
        slug="region-vastmanland",
        organisation_type="region",
        region="SE-U",
        website="https://regionvastmanland.se",
        former_names=(FormerNameEntry(name="Landstinget Västmanland", since="1863", until="2016-12"),),
        introduction=(
            "<p>Regionen tar emot studenter i vården, forskar tillsammans med oss och är en av parterna i "
            "Samhällskontraktet.</p>"
        ),
        contacts=(Ref("contact/nils-attrappsson"), Ref("contact/siv-pahittadotter")),
        contact_invitation="Fråga om vårdutbildningarna:",
        related_partners=(Ref("partner/region-sormland"), Ref("partner/lansstyrelsen-vastmanland")),
    ),
)

AGREEMENTS = (
    AgreementEntry(
        key="agreement/samhallskontraktet",
        translated=True,
        title=Words("Samhällskontraktet", "Samhällskontraktet (the Social Contract)"),
        slug="samhallskontraktet",
        types=("framework_agreement", "strategic_partnership"),
        partner_page_heading=Words("Om Samhällskontraktet", "About Samhällskontraktet"),
        parties=(
            PartyEntry(partner=Ref("partner/vasteras-stad")),
            PartyEntry(partner=_ESKILSTUNA),
            PartyEntry(partner=Ref("partner/region-vastmanland"), name="Landstinget Västmanland"),
            PartyEntry(partner=Ref("partner/region-sormland"), name="Landstinget Sörmland"),
            PartyEntry(name="Länsträffen Mälardalen", country="SE", role=Words("adjungerad", "co-opted member")),
        ),
        since="2009",
        signed="2013-05",
        end_kind="until_further_notice",
        purpose=Words(
            "Högskolan och de offentliga arbetsgivarna i Mälardalen vill höja kompetensen i regionen och göra både "
            "forskning och verksamhet bättre.",
            "The university and the public employers around Lake Mälaren want to raise the level of skills in the region and "
            "improve both research and public services.",
        ),
        contacts=(Ref("contact/ahmed-provsson"),),
        contact_invitation=Words(
            "Har du frågor om Samhällskontraktet?", "Do you have questions about Samhällskontraktet?"
        ),
        strategies=(Ref("strategy/vaxa-i-vastmanland"),),
        responsible_unit="Samhällskontraktet",
        reference_number="1-814/2014",
        review_date=FromToday(months=3),
        content=(
            fact_box(
                Words("Visionen", "The vision"),
                Words(
                    "<p>Kunskap växer när högskola och samhälle bygger den <b>tillsammans</b>, och då växer också "
                    "välfärden.</p>",
                    "<p>Knowledge grows when a university and its society build it <b>together</b>, and welfare grows with "
                    "it.</p>",
                ),
            ),
            listed(
                "goals",
                Words(
                    "Fler i regionen ska ha den kompetens som behövs",
                    "More people in the region are to have the skills that are needed",
                ),
                Words(
                    "Högskolans forskning och utbildning ska bli starkare",
                    "The university's research and education are to grow stronger",
                ),
                Words(
                    "Medarbetare i offentlig sektor ska kunna utvecklas",
                    "Staff in the public sector are to be able to develop",
                ),
                Words(
                    "Parterna ska ha täta och förtroendefulla kontakter",
                    "The parties are to keep in close contact and trust each other",
                ),
            ),
            links(
                Words("Läs mer om Samhällskontraktet", "Read more about Samhällskontraktet"),
                link(
                    page=Ref("partner/lansstyrelsen-vastmanland"),
                    description=Words("Stöder kompetenscentret MKL.", "Supports the competence centre MKL."),
                ),
                link(
                    Words("Så styrs kontraktet", "How the contract is governed (in Swedish)"),
                    url="https://www.example.se/samhallskontraktet",
                ),
            ),
            embed("https://film.example.se/samhallskontraktet-pa-tva-minuter"),
        ),
    ),
    AgreementEntry(
        key="agreement/sormlandskontraktet",
        title="Sörmlandskontraktet",
        slug="sormlandskontraktet",
        types=("sub_agreement",),
        parties=(
            PartyEntry(partner=Ref("partner/region-sormland"), name="Landstinget Sörmland"),
            PartyEntry(partner=_ESKILSTUNA),
        ),
        part_of=Ref("agreement/samhallskontraktet"),
        valid_from="2014",
        end_kind="date",
        end_date=FromToday(years=-1, precision="year"),
        purpose="Parterna i Sörmland betalar för mer forskning och utbildning om digitalisering.",
        content=(
            listed(
                "commitments",
                ("Landstinget", "Två doktorandtjänster under hela avtalstiden."),
                ("Kommunen", "Lokaler och en samordnare på halvtid."),
                ("Högskolan", "Öppna föreläsningar om digitalisering varje termin."),
                heading="Det här har parterna lovat",
            ),
        ),
    ),
    AgreementEntry(
        key="agreement/eskilstuna-2018",
        translated=True,
        title=Words(
            "Samverkansavtal med Eskilstuna kommun 2018–2021",
            "Collaboration agreement with Eskilstuna Municipality 2018–2021",
        ),
        slug="samverkansavtal-eskilstuna-2018-2021",
        types=("collaboration_agreement",),
        parties=(PartyEntry(partner=_ESKILSTUNA),),
        valid_from="2018",
        end_kind="date",
        end_date="2021",
        purpose=Words(
            "Kommunen ger pengar till arbete på högskolan som gör företagen i Eskilstuna starkare och skapar jobb.",
            "The municipality pays for work at the university that makes companies in Eskilstuna stronger and creates jobs.",
        ),
        contacts=(Ref("contact/klara-exempelgren"),),
        responsible_unit="Avdelningen för samverkan",
    ),
    AgreementEntry(
        key="agreement/eskilstuna-nu",
        translated=True,
        title=Words("Samverkansavtal med Eskilstuna kommun", "Collaboration agreement with Eskilstuna Municipality"),
        slug="samverkansavtal-eskilstuna",
        types=("collaboration_agreement",),
        display_label=Words("samverkansavtal", "collaboration agreement"),
        partner_page_heading=Words("Om samverkansavtalet", "About the collaboration agreement"),
        parties=(PartyEntry(partner=_ESKILSTUNA),),
        renews=Ref("agreement/eskilstuna-2018"),
        signed=FromToday(years=-1, days=-30),
        valid_from=FromToday(years=-1, precision="month"),
        end_kind="date",
        end_date=FromToday(days=100),
        renewal_pending=True,
        notice_date=FromToday(days=40),
        renewal_terms=Words(
            "Förlängs med tre år om parterna är överens.", "Extended by three years if the parties agree."
        ),
        review_date=FromToday(days=10),
        purpose=Words(
            "Kommunen och universitetet satsar tillsammans på arbetsliv, miljö, social hållbarhet och på studenterna i staden.",
            "The municipality and the university invest together in working life, the environment, social sustainability "
            "and the students in town.",
        ),
        contacts=(Ref("contact/klara-exempelgren"),),
        contact_invitation=Words(
            "Vill du veta mer om samverkansavtalet?", "Would you like to know more about the collaboration agreement?"
        ),
        strategies=(Ref("strategy/agenda-2030"),),
        documents=(Ref("document/undertecknat-avtal"),),
        signatories=(
            SignatoryEntry(
                name="Vera Fiktivsson", title=Words("rektor", "vice-chancellor"), on_behalf_of="Mälardalens universitet"
            ),
            SignatoryEntry(
                name="Tage Påhittsson",
                title=Words("kommundirektör", "chief executive"),
                on_behalf_of="Eskilstuna kommun",
            ),
        ),
        responsible_unit="Avdelningen för samverkan",
        reference_number="KSKF/2024:118 (demo)",
        internal_notes="Kommunen vill ta upp praktikplatser när avtalet förnyas.",
        content=(
            listed(
                "areas",
                (
                    Words("Näringsliv", "Business"),
                    Words(
                        "Bland annat stöd till små tillverkande företag genom MITC.",
                        "Among other things, support for small manufacturers through MITC.",
                    ),
                ),
                (
                    Words("Social hållbarhet", "Social sustainability"),
                    Words("Skola, hälsa och delaktighet.", "School, health and participation."),
                ),
                (
                    Words("Miljö", "Environment"),
                    Words("Vatten, energi och transporter.", "Water, energy and transport."),
                ),
                (
                    Words("Student i Eskilstuna", "Being a student in Eskilstuna"),
                    Words("Bostäder, praktik och extrajobb.", "Housing, internships and part-time jobs."),
                ),
                introduction=Words("Arbetet är indelat i fyra områden:", "The work is divided into four areas:"),
            ),
        ),
    ),
    AgreementEntry(
        key="agreement/vasteras-strategiskt",
        translated=True,
        title=Words("Strategiskt partnerskap med Västerås stad", "Strategic partnership with the City of Västerås"),
        slug="strategiskt-partnerskap-vasteras-stad",
        types=("strategic_partnership", "collaboration_agreement"),
        parties=(PartyEntry(partner=Ref("partner/vasteras-stad")),),
        signed="2020-11-12",
        valid_from="2021-01-01",
        end_kind="until_further_notice",
        purpose=Words(
            "Staden och universitetet vill göra varandra mer attraktiva och få kunskap att komma till användning snabbare.",
            "The city and the university want to make each other more attractive and put knowledge to use more quickly.",
        ),
        contacts=(Ref("contact/samverkansservice"),),
        strategies=(Ref("strategy/affarsplan-vastmanland"), Ref("strategy/agenda-2030")),
        content=(
            listed(
                "areas",
                (
                    Words("Attraktivitet", "Attraction"),
                    Words(
                        "Att locka studenter, forskare och företag till staden.",
                        "Drawing students, researchers and companies to the city.",
                    ),
                ),
                (
                    Words("Bildning", "Learning"),
                    Words(
                        "Öppna kvällar, skolbesök och kurser för yrkesverksamma.",
                        "Open evenings, school visits and courses for professionals.",
                    ),
                ),
                (
                    Words("Välfärd", "Welfare"),
                    Words(
                        "Ny kunskap till äldreomsorg, skola och socialtjänst.",
                        "New knowledge for elderly care, schools and social services.",
                    ),
                ),
            ),
        ),
    ),
    AgreementEntry(
        key="agreement/region-vastmanland",
        title="Avtal med Region Västmanland om vårdutbildning",
        slug="avtal-region-vastmanland-vardutbildning",
        types=("collaboration_agreement",),
        parties=(PartyEntry(partner=Ref("partner/region-vastmanland")),),
        valid_from="2023-09",
        end_kind="date",
        end_date=FromToday(years=2, precision="month"),
        purpose="Studenterna på vårdutbildningarna ska få praktik i länet, och regionen ska få de medarbetare som den behöver.",
        contacts=(Ref("contact/nils-attrappsson"),),
        reference_number="20RS6891 (demo)",
        content=(
            listed(
                "examples",
                "Handledare i vården får en egen kurs varje termin",
                "Studenter möter patienter från första året",
                "Gemensamma tjänster för forskare och kliniker",
            ),
        ),
    ),
)
