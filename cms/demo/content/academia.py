"""Universities, institutes and students: an agreement without end, one that has not begun, and one without dates."""

from ..blocks import agreement_list, listed, partner_list, prose, section
from ..entries import AgreementEntry, FromToday, PartnerEntry, PartyEntry, Ref, Words

PARTNERS = (
    PartnerEntry(
        key="partner/universidad-ejemplar",
        translated=True,
        title="Universidad Ejemplar del Sur",
        slug="universidad-ejemplar-del-sur",
        organisation_type="higher_education",
        country="CL",
        website="https://ejemplar.example.com",
        logo=Ref("image/mark-universidad"),
        introduction=Words(
            "<p>Ett lärosäte i södra Chile, påhittat för demonstrationen. Sedan 1999 byter vi studenter och lärare med det.</p>",
            "<p>A university in southern Chile, invented for this demonstration. We have exchanged students and teachers with "
            "it since 1999.</p>",
        ),
        contacts=(Ref("contact/internationella-kontoret"),),
        content=(
            prose(
                Words(
                    "<p>Utbytet gäller främst vatten, energi och hälsa. Undervisningen hålls på spanska eller engelska.</p>",
                    "<p>The exchange is mostly about water, energy and health. Teaching is in Spanish or English.</p>",
                ),
            ),
        ),
    ),
    PartnerEntry(
        key="partner/malarmodell",
        title="Forskningsinstitutet Mälarmodell",
        slug="forskningsinstitutet-malarmodell",
        organisation_type="research_institute",
        region="SE-U",
        website="https://malarmodell.example.se",
        logo=Ref("image/mark-institute"),
        logo_alt="Mälarmodells märke, tre bågar",
        introduction="<p>Ett påhittat institut som prövar ny teknik i full skala. Snart börjar ett ramavtal att gälla.</p>",
        contacts=(Ref("contact/elin-monsterby"),),
    ),
    PartnerEntry(
        key="partner/studentkaren",
        translated=True,
        title=Words("Mälardalens studentkår", "Mälardalen Student Union"),
        slug="malardalens-studentkar",
        organisation_type="student_union",
        region="SE-U",
        introduction=Words(
            "<p>Studentkåren för studenternas talan och är med när universitetet fattar beslut som rör dem.</p>",
            "<p>The student union speaks for the students and takes part when the university makes decisions that concern "
            "them.</p>",
        ),
        contacts=(Ref("contact/lo-testberg"),),
        contact_invitation=Words("Fråga kåren:", "Ask the union:"),
        content=(
            section(
                Words("Vad kåren gör med andra", "What the union does with others"),
                agreement_list(
                    Words("Kårens överenskommelser", "The union's agreements"),
                    partner=Ref("partner/studentkaren"),
                ),
                partner_list(
                    Words("Kommunerna där studenterna bor", "The municipalities where the students live"),
                    organisation_types=("municipality",),
                ),
            ),
        ),
    ),
)

AGREEMENTS = (
    AgreementEntry(
        key="agreement/universidad-ejemplar",
        translated=True,
        title=Words(
            "Utbytesavtal med Universidad Ejemplar del Sur", "Exchange agreement with Universidad Ejemplar del Sur"
        ),
        slug="utbytesavtal-universidad-ejemplar",
        types=("exchange_agreement", "mou"),
        parties=(PartyEntry(partner=Ref("partner/universidad-ejemplar")),),
        since="1999",
        signed="2008-11-17",
        end_kind="until_further_notice",
        purpose=Words(
            "Tio studenter och två lärare om året åker åt vart håll, och räknar in kurserna hemma.",
            "Ten students and two teachers a year go each way, and count the courses at home.",
        ),
        contacts=(Ref("contact/internationella-kontoret"),),
        strategies=(Ref("strategy/agenda-2030"),),
        reference_number="Dnr 221/2012 (demo)",
    ),
    AgreementEntry(
        key="agreement/malarmodell",
        title="Ramavtal med Mälarmodell",
        slug="ramavtal-malarmodell",
        types=("framework_agreement",),
        parties=(PartyEntry(partner=Ref("partner/malarmodell")),),
        signed=FromToday(days=-20),
        valid_from=FromToday(months=2, precision="month"),
        end_kind="date",
        end_date=FromToday(years=3, months=2),
        purpose="Institutet och universitetet ska dela laboratorier och söka pengar till forskning ihop.",
        strategies=(Ref("strategy/nationell-samverkan"),),
        responsible_unit="Framtidens energi",
        content=(listed("areas", "Energilagring", "Vattenrening", "Autonoma maskiner"),),
    ),
    AgreementEntry(
        key="agreement/studentkaren",
        translated=True,
        title=Words("Överenskommelse med Mälardalens studentkår", "Agreement with Mälardalen Student Union"),
        slug="overenskommelse-studentkaren",
        types=("other",),
        display_label=Words("överenskommelse", "agreement"),
        parties=(PartyEntry(partner=Ref("partner/studentkaren")),),
        purpose=Words(
            "Kåren och universitetet är överens om hur studenterna är med och bestämmer.",
            "The union and the university agree on how students take part in decisions.",
        ),
    ),
)
