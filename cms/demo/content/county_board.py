"""The county administrative board and its letter of intent with the university."""

from ..blocks import image, link, links, listed, prose, section
from ..entries import AgreementEntry, PartnerEntry, PartyEntry, Ref, Words

_BOARD = Ref("partner/lansstyrelsen-vastmanland")

_PARTNER = PartnerEntry(
    key=_BOARD.key,
    translated=True,
    title=Words("Länsstyrelsen Västmanland", "County Administrative Board of Västmanland"),
    slug="lansstyrelsen-vastmanland",
    search_description=Words(
        "Vad Länsstyrelsen Västmanland och högskolan gör tillsammans, enligt vilken avsiktsförklaring, och vem du frågar.",
        "What the County Administrative Board of Västmanland and the university do together, under which letter of intent, and whom to ask.",
    ),
    organisation_type="government_agency",
    region="SE-U",
    website="https://www.lansstyrelsen.se/vastmanland",
    organisation_number="202100-2411",
    introduction=Words(
        "<p>Länsstyrelsen i Västmanland ansvarar för länets tillväxt: att ekonomin utvecklas hållbart och att fler "
        "kommer i arbete. På regeringens uppdrag driver myndigheten också kompetensplattformen i länet. Den för samman "
        "dem som planerar utbildningar med dem som behöver kompetens.</p>"
        "<p>Mälardalens högskola (MDH) är en nyckelspelare i det arbetet, med sin utbildning, sin forskning och sin "
        "samverkan med samhället runt omkring. Därför har länsstyrelsen och högskolan en avsiktsförklaring sedan 2014, "
        "som ska göra samarbetet starkare.</p>",
        "<p>The County Administrative Board of Västmanland is responsible for growth in the county: for an economy that "
        "develops sustainably and for more people in work. The government has also commissioned it to run the county's "
        "skills platform, which brings those who plan education together with those who need skills.</p>"
        "<p>Mälardalen University (MDH) is a key player in this work through its education, its research and its "
        "collaboration with the society around it. That is why the board and the university have had a letter of intent "
        "since 2014, to make their cooperation stronger.</p>",
    ),
    strategies=(Ref("strategy/affarsplan-vastmanland"), Ref("strategy/vaxa-i-vastmanland")),
    contact_invitation=Words(
        "Vill du veta mer om avtalen? Kontakta:", "Would you like to know more about the agreements? Contact:"
    ),
    contacts=(Ref("contact/emma-mossberg"),),
    responsible_unit=Words("Samhällskontraktet", "The Social Contract (Samhällskontraktet)"),
    content=(
        image(
            Ref("image/lake"),
            Words(
                "En sjö mellan skogsåsar, med solen lågt över vattnet",
                "A lake between forested ridges, with the sun low over the water",
            ),
            caption=Words(
                "Västmanland är ett län av skog, sjöar och bruk.",
                "Västmanland is a county of forests, lakes and ironworks.",
            ),
            credit=Words("Tecknat för demonstrationen", "Drawn for this demonstration"),
        ),
        section(
            Words("Ett etablerat samarbete", "An established collaboration"),
            prose(
                Words(
                    "<p>Redan före avsiktsförklaringen arbetade länsstyrelsen och MDH tillsammans på flera områden. "
                    "Två övergripande strategier håller ihop arbetet:</p>"
                    "<ul><li><b>Affärsplan Västmanland</b> visar hur länet ska få tillväxt, innovationskraft och ett "
                    "näringsliv som utvecklas.</li>"
                    "<li><b>Växa i Västmanland</b> är länets strategi för arbetsmarknad och kompetensförsörjning. Den "
                    "hör till arbetet med kompetensplattformen.</li></ul>",
                    "<p>The board and MDH were working together in several areas even before the letter of intent. Two "
                    "overall strategies hold the work together:</p>"
                    "<ul><li><b>Affärsplan Västmanland</b> (the business plan for Västmanland) shows how the county is "
                    "to achieve growth, innovation and a business sector that develops.</li>"
                    "<li><b>Växa i Västmanland</b> (Growing in Västmanland) is the county's strategy for the labour "
                    "market and the supply of skills. It is part of the work with the skills platform.</li></ul>",
                ),
            ),
        ),
        links(
            Words("Läs mer om Länsstyrelsen Västmanland", "Read more about the county administrative board"),
            link(
                Words("Länsstyrelsens webbplats", "The board's website (in Swedish)"),
                url="https://www.lansstyrelsen.se/vastmanland",
                description=Words(
                    "Myndighetens uppdrag, ärenden och nyheter.", "The authority's remit, matters and news."
                ),
            ),
        ),
    ),
)

_AGREEMENT = AgreementEntry(
    key="agreement/lansstyrelsen-vastmanland-2014",
    translated=True,
    title=Words(
        "Avsiktsförklaring med Länsstyrelsen Västmanland",
        "Letter of intent with the County Administrative Board of Västmanland",
    ),
    slug=Words(
        "avsiktsforklaring-lansstyrelsen-vastmanland", "letter-of-intent-county-administrative-board-of-vastmanland"
    ),
    types=("letter_of_intent",),
    display_label=Words("avsiktsförklaring", "letter of intent"),
    partner_page_heading=Words("Om avsiktsförklaringen", "About the letter of intent"),
    parties=(PartyEntry(partner=_BOARD),),
    signed="2014-01",
    since="2014",
    purpose=Words(
        "Parterna skrev under i januari 2014 för att bekräfta en vilja som de delar: att fördjupa samarbetet mellan "
        "länsstyrelsen och MDH ytterligare.",
        "The parties signed in January 2014 to confirm a will that they share: to take the collaboration between the "
        "county administrative board and MDH further still.",
    ),
    strategies=(
        Ref("strategy/affarsplan-vastmanland"),
        Ref("strategy/vaxa-i-vastmanland"),
        Ref("strategy/forskning-och-utbildning-2013"),
    ),
    responsible_unit="Samhällskontraktet",
    content=(
        prose(
            Words(
                "<p>Mest gäller det frågor där forskning, utbildning och kompetensförsörjning möter näringslivets "
                "utveckling och förmågan till innovation, i företag och i offentlig sektor. Annan utveckling som är till "
                "nytta för parterna och för hela regionen får också plats.</p>",
                "<p>It is mostly about matters where research, education and the supply of skills meet the development "
                "of business and the capacity for innovation, in companies and in the public sector. There is also room "
                "for other development that benefits the parties and the region as a whole.</p>",
            ),
        ),
        listed(
            "areas",
            (
                Words("Forskning, utbildning och kompetensförsörjning", "Research, education and the supply of skills"),
                Words("I nära koppling till vad arbetslivet behöver.", "Closely linked to what working life needs."),
            ),
            (
                Words(
                    "Näringslivsutveckling och innovationsförmåga", "Business development and capacity for innovation"
                ),
                Words("I företag och i offentlig sektor.", "In companies and in the public sector."),
            ),
            (
                Words("Andra utvecklingsområden", "Other areas of development"),
                Words(
                    "Sådant som är till nytta för parterna och regionen.",
                    "Whatever benefits the parties and the region.",
                ),
            ),
            heading=Words("Samverkansområden", "Areas of collaboration"),
            introduction=Words(
                "Utgångspunkten är högskolans forsknings- och utbildningsstrategi för 2013–2016 och de mål som har "
                "antagits i länets strategier Växa i Västmanland och Affärsplan Västmanland.",
                "The starting point is the university's research and education strategy for 2013–2016 and the goals "
                "adopted in the county's strategies Växa i Västmanland and Affärsplan Västmanland.",
            ),
        ),
        listed(
            "examples",
            (
                Words("Råd och mötesplatser", "Councils and meeting places"),
                Words(
                    "Parterna möts i strategiska arbetsgrupper, bland dem Västmannarådet, Kompetensrådet och Innovationsrådet.",
                    "The parties meet in strategic working groups, among them Västmannarådet (the Västmanland council), "
                    "Kompetensrådet (the skills council) and Innovationsrådet (the innovation council).",
                ),
            ),
            (
                Words("Kompetens för Tillväxt", "Kompetens för Tillväxt (Skills for Growth)"),
                Words(
                    "En mötesplats som hålls varje år, med MDH som en av arrangörerna.",
                    "A meeting place held every year, with MDH as one of its organisers.",
                ),
            ),
            (
                Words(
                    "Mälardalens kompetenscentrum för lärande (MKL)",
                    "MKL, the Mälardalen competence centre for learning",
                ),
                Words(
                    "Länsstyrelsen ger MKL sitt stöd inom Samhällskontraktet, för att alla kommuner i Västmanland ska "
                    "kunna delta i det som centrumet ordnar.",
                    "The board supports MKL within Samhällskontraktet (the Social Contract), so that every municipality "
                    "in Västmanland can take part in what the centre arranges.",
                ),
            ),
            (
                Words("Ny utbildning i elektroteknik", "A new programme in electrical engineering"),
                Words(
                    "Parterna byggde tillsammans upp utbildningen, som tog emot sina första studenter på MDH hösten 2015.",
                    "Together the parties built up the programme, which took its first students at MDH in the autumn of 2015.",
                ),
            ),
            heading=Words("Några exempel", "Some examples"),
        ),
    ),
)

PARTNERS = (_PARTNER,)
AGREEMENTS = (_AGREEMENT,)
