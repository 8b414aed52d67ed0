"""Companies and those who speak for them: a partnership that was renewed, an agreement in the making, a memorandum."""

from ..blocks import (
    agreement_list,
    contact,
    documents,
    image,
    listed,
    milestone,
    partner,
    prose,
    quote,
    section,
    strategy,
    table,
)
from ..entries import AgreementEntry, FromToday, PartnerEntry, PartyEntry, Ref, SignatoryEntry, Words

_VOLVO_CE = Ref("partner/volvo-ce")

PARTNERS = (
    PartnerEntry(
        key=_VOLVO_CE.key,
        translated=True,
        title="Volvo Construction Equipment",
        slug="volvo-construction-equipment",
        search_description=Words(
            "Strategiskt partnerskap sedan 2013 om inbyggda system, produktrealisering och elektrifiering.",
            "A strategic partnership since 2013 on embedded systems, product realisation and electrification.",
        ),
        organisation_type="company",
        region="SE-D",
        website="https://www.volvoce.com",
        introduction=Words(
            "<p>Volvo CE utvecklar och bygger maskiner för anläggning i Eskilstuna. Företaget och universitetet har haft ett "
            "strategiskt partnerskap sedan 2013.</p>",
            "<p>Volvo CE develops and builds construction machines in Eskilstuna. The company and the university have had a "
            "strategic partnership since 2013.</p>",
        ),
        contacts=(Ref("contact/maja-modell"),),
        strategies=(Ref("strategy/agenda-2030"),),
        related_partners=(Ref("partner/nordautomation"),),
        responsible_unit=Words("Inbyggda system", "Embedded Systems"),
        content=(
            section(
                Words("Från robotar till batterier", "From robots to batteries"),
                prose(
                    Words(
                        "<p>Samarbetet började med automation. I dag handlar det lika mycket om <b>elektrifiering</b>, "
                        "digitalisering och bättre produktion.</p>",
                        "<p>The collaboration began with automation. Today it is just as much about "
                        "<b>electrification</b>, digitalisation and better production.</p>",
                    ),
                ),
                quote(
                    Words(
                        "Vi lär oss av varandra varje vecka. Det är svårt att tänka sig forskningen utan verkstaden.",
                        "We learn from each other every week. It is hard to imagine the research without the workshop.",
                    ),
                    person="Maja Modell",
                    role=Words("partneransvarig, Mälardalens universitet", "partner manager, Mälardalen University"),
                ),
                strategy(
                    Ref("strategy/elektrifierade-arbetsplatser"),
                    introduction=Words("Dit är vi på väg tillsammans:", "This is where we are going together:"),
                ),
            ),
            section(
                Words("Partnerskapet genom åren", "The partnership over the years"),
                milestone("2013", Words("Partnerskapet inleds", "The partnership begins")),
                milestone(
                    "2022-11-25",
                    Words("Avtalet förnyas vid en gemensam dag", "The agreement is renewed at a joint event"),
                ),
            ),
        ),
    ),
    PartnerEntry(
        key="partner/exempelkraft",
        title="Exempelkraft i Mälardalen AB",
        slug="exempelkraft",
        organisation_type="public_company",
        region="SE-U",
        website="https://exempelkraft.example.se",
        logo=Ref("image/mark-power"),
        introduction=(
            "<p>Det kommunala energibolaget Exempelkraft vill pröva nya sätt att lagra värme. Ett avtal är på väg.</p>"
        ),
        contacts=(Ref("contact/elin-monsterby"),),
        content=(
            section(
                "Vad vi planerar",
                table(
                    "Tänkta försök",
                    {"Försök": "text", "Var": "text", "Bostäder": "number", "Läs mer": "rich_text"},
                    ("Värmelager i berg", "Västerås", "1200", "<p>Tillsammans med <i>Framtidens energi</i></p>"),
                    ("Smarta elcentraler", "Köping", "85", "<p>Börjar när avtalet är klart</p>"),
                ),
            ),
        ),
    ),
    PartnerEntry(
        key="partner/nordautomation",
        translated=True,
        title=Words("Branschrådet Nordautomation", "Nordautomation Trade Council"),
        slug="branschradet-nordautomation",
        organisation_type="trade_body",
        region="SE-U",
        website="https://nordautomation.example.se",
        logo=Ref("image/mark-automation"),
        logo_alt=Words("Nordautomations märke, ett kugghjul", "The mark of Nordautomation, a gear wheel"),
        introduction=Words(
            "<p>Nordautomation samlar företag som bygger robotar och styrsystem. Rådet är påhittat, liksom avtalet.</p>",
            "<p>Nordautomation brings together companies that build robots and control systems. The council is invented, and "
            "so is the agreement.</p>",
        ),
        contacts=(Ref("contact/maja-modell"),),
        content=(
            section(
                Words("Mötesplatser", "Meeting places"),
                image(
                    Ref("image/workshop"),
                    Words("Fyra personer planerar vid ett bord", "Four people planning at a table"),
                ),
                contact(
                    Ref("contact/samverkansservice"),
                    Words("Vill ditt företag vara med?", "Would your company like to join?"),
                ),
                section(
                    Words("Andra i samma bransch", "Others in the same industry"),
                    partner(
                        _VOLVO_CE, Words("Vår strategiska partner inom maskiner", "Our strategic partner in machinery")
                    ),
                    agreement_list(
                        Words("Alla strategiska partnerskap", "All strategic partnerships"),
                        types=("strategic_partnership",),
                        statuses=("active",),
                        layout="table",
                    ),
                ),
            ),
        ),
    ),
)

AGREEMENTS = (
    AgreementEntry(
        key="agreement/volvo-ce-2013",
        translated=True,
        title=Words(
            "Strategiskt samverkansavtal med Volvo CE 2013–2022",
            "Strategic partnership agreement with Volvo CE 2013–2022",
        ),
        slug="strategiskt-samverkansavtal-volvo-ce-2013-2022",
        types=("strategic_partnership",),
        parties=(PartyEntry(partner=_VOLVO_CE),),
        signed="2013",
        end_kind="date",
        end_date="2022-11-24",
        purpose=Words(
            "Parterna ville samla sin forskning om inbyggda system och produktion under ett avtal.",
            "The parties wanted to gather their research on embedded systems and production under one agreement.",
        ),
        contacts=(Ref("contact/maja-modell"),),
    ),
    AgreementEntry(
        key="agreement/volvo-ce-2022",
        translated=True,
        title=Words("Strategiskt samverkansavtal med Volvo CE", "Strategic partnership agreement with Volvo CE"),
        slug="strategiskt-samverkansavtal-volvo-ce",
        types=("strategic_partnership",),
        display_label=Words("strategiskt samverkansavtal", "strategic partnership agreement"),
        parties=(PartyEntry(partner=_VOLVO_CE),),
        renews=Ref("agreement/volvo-ce-2013"),
        signed="2022-11-25",
        end_kind="date",
        end_date=FromToday(years=2, precision="year"),
        purpose=Words(
            "Avtalet bygger vidare på det som har fungerat, så att forskningen kommer till nytta och maskinerna blir renare.",
            "The agreement builds on what has worked, so that research is put to use and machines become cleaner.",
        ),
        contacts=(Ref("contact/maja-modell"),),
        strategies=(Ref("strategy/elektrifierade-arbetsplatser"),),
        documents=(Ref("document/fardplan"),),
        signatories=(
            SignatoryEntry(
                name="Vera Fiktivsson", title=Words("rektor", "vice-chancellor"), on_behalf_of="Mälardalens universitet"
            ),
        ),
        responsible_unit="Inbyggda system",
        content=(
            listed(
                "areas",
                Words("Inbyggda system", "Embedded systems"),
                Words("Innovation och produktrealisering", "Innovation and product realisation"),
                introduction=Words(
                    "Två av universitetets forskningsinriktningar står i centrum:",
                    "Two of the university's research specialisations are at the centre:",
                ),
            ),
            listed(
                "other",
                Words("Framtidens energi", "Future energy"),
                Words("Lärande mitt i yrkeslivet", "Learning in mid-career"),
                Words("Att få unga att välja teknik", "Making young people choose technology"),
                heading=Words("Frågor som växer", "Matters that are growing"),
            ),
            documents(Words("Att läsa", "To read"), Ref("document/fardplan")),
        ),
    ),
    AgreementEntry(
        key="agreement/exempelkraft",
        title="Avsiktsförklaring med Exempelkraft om värmelager",
        slug="avsiktsforklaring-exempelkraft",
        types=("letter_of_intent",),
        parties=(PartyEntry(partner=Ref("partner/exempelkraft")),),
        outcome="in_preparation",
        purpose="Parterna vill ta reda på om sommarens värme kan sparas i berg till vintern.",
        contacts=(Ref("contact/elin-monsterby"),),
        responsible_unit="Framtidens energi",
        internal_notes="Juristerna läser utkastet.",
    ),
    AgreementEntry(
        key="agreement/nordautomation",
        translated=True,
        title=Words("Samförståndsavtal med Nordautomation", "Memorandum of understanding with Nordautomation"),
        slug="samforstandsavtal-nordautomation",
        types=("mou",),
        display_label=Words("samförståndsavtal (MoU)", "memorandum of understanding (MoU)"),
        parties=(PartyEntry(partner=Ref("partner/nordautomation")),),
        signed=FromToday(years=-3, precision="month"),
        end_kind="date",
        end_date=FromToday(days=60, precision="month"),
        review_date=FromToday(days=30),
        purpose=Words(
            "Rådets företag ska hitta rätt forskare, och forskarna ska hitta företag som vill pröva nytt.",
            "The council's companies are to find the right researchers, and the researchers companies that want to try something new.",
        ),
    ),
)
