"""The home page and the two lists."""

from ..blocks import agreement_list, fact_box, image, link, links, partner, partner_list, section
from ..entries import PlainPageEntry, Ref, Words

HOME = PlainPageEntry(
    key="home",
    page_type="home",
    translated=True,
    title=Words("Samverkan", "Collaboration"),
    slug=Words("hem", "hem-en"),
    search_description=Words(
        "Vilka Mälardalens universitet arbetar tillsammans med, enligt vilka avtal, och vem du frågar.",
        "Whom Mälardalen University works together with, under which agreements, and whom to ask.",
    ),
    introduction=Words(
        "<p>Mälardalens universitet arbetar tillsammans med kommuner, regioner, myndigheter, företag och lärosäten. Här "
        "ser du vilka de är, vad vi har kommit överens om och vem du kan fråga.</p>",
        "<p>Mälardalen University works together with municipalities, regions, authorities, companies and other "
        "universities. Here you see who they are, what we have agreed on and whom you can ask.</p>",
    ),
    content=(
        image(Ref("image/campus"), ""),
        section(
            Words("Börja här", "Start here"),
            partner(
                Ref("partner/lansstyrelsen-vastmanland"),
                Words(
                    "En avsiktsförklaring för hela länets tillväxt.",
                    "A letter of intent for the growth of the whole county.",
                ),
            ),
            links(
                Words("Hitta vidare", "Find your way"),
                link(
                    page=Ref("partners"),
                    description=Words(
                        "Alla organisationer, med sök och filter.", "All organisations, with search and filters."
                    ),
                ),
                link(
                    page=Ref("agreements"),
                    description=Words(
                        "Alla avtal, med parter och giltighet.", "All agreements, with parties and validity."
                    ),
                ),
            ),
        ),
        agreement_list(
            Words("Strategiska partnerskap", "Strategic partnerships"),
            types=("strategic_partnership",),
            statuses=("active",),
        ),
        partner_list(
            Words("Partner som arbetar för Agenda 2030", "Partners that work towards Agenda 2030"),
            strategy=Ref("strategy/agenda-2030"),
            layout="table",
            group_by_type=True,
        ),
        fact_box(
            Words("Det här är en demonstration", "This is a demonstration"),
            Words(
                "<p>Innehållet visar vad systemet kan. Sidan om Länsstyrelsen Västmanland bygger på en riktig sida; i övrigt "
                "är avtal, datum och personer påhittade, även där organisationen finns.</p>",
                "<p>The content shows what the system can do. The page about the County Administrative Board of Västmanland "
                "is based on a real one; otherwise agreements, dates and people are invented, even where the organisation "
                "exists.</p>",
            ),
        ),
    ),
)

PARTNERS = PlainPageEntry(
    key="partners",
    page_type="partners",
    parent="home",
    translated=True,
    show_in_menus=True,
    title=Words("Samarbetspartner", "Partners"),
    slug=Words("samarbetspartner", "partners"),
    introduction=Words(
        "<p>Alla som vi har avtal med. Välj en partner för att se vad vi gör tillsammans.</p>",
        "<p>Everyone we have an agreement with. Choose a partner to see what we do together.</p>",
    ),
)

AGREEMENTS = PlainPageEntry(
    key="agreements",
    page_type="agreements",
    parent="home",
    translated=True,
    show_in_menus=True,
    title=Words("Avtal", "Agreements"),
    slug=Words("avtal", "agreements"),
    introduction=Words(
        "<p>Alla avtal, med parter, syfte och giltighet. Avtal som har löpt ut finns kvar för den som vill se hur "
        "samarbetet har vuxit fram.</p>",
        "<p>All agreements, with parties, purpose and validity. Agreements that have expired remain for those who want "
        "to see how the collaboration has grown.</p>",
    ),
)
