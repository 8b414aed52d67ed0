"""Associations, foundations and a centre: an agreement that was ended early, and one of exactly three years."""

from ..blocks import quote, section
from ..entries import AgreementEntry, FromToday, PartnerEntry, PartyEntry, Ref

PARTNERS = (
    PartnerEntry(
        key="partner/laslust",
        title="Föreningen Läslust",
        slug="foreningen-laslust",
        organisation_type="non_profit",
        region="SE-D",
        website="https://laslust.example.se",
        logo=Ref("image/mark-reading"),
        introduction="<p>En påhittad förening som läser högt för barn, tillsammans med blivande lärare.</p>",
        content=(
            section(
                "Röster",
                quote("Barnen frågar varje vecka när studenterna kommer tillbaka."),
            ),
        ),
    ),
    PartnerEntry(
        key="partner/nasta-generation",
        title="Stiftelsen Nästa Generation",
        slug="stiftelsen-nasta-generation",
        organisation_type="foundation",
        region="SE-AB",
        website="https://nastageneration.example.se",
        logo=Ref("image/mark-foundation"),
        introduction="<p>En påhittad stiftelse som delade ut stipendier till unga uppfinnare.</p>",
    ),
    PartnerEntry(
        key="partner/kunskapsnoden",
        title="Kunskapsnoden",
        slug="kunskapsnoden",
        organisation_type="other",
        region="SE-U",
        introduction="<p>En påhittad mötesplats där företag, skolor och föreningar delar lokaler.</p>",
        contacts=(Ref("contact/siv-pahittadotter"),),
    ),
)

AGREEMENTS = (
    AgreementEntry(
        key="agreement/laslust",
        title="Samverkansavtal med Föreningen Läslust",
        slug="samverkansavtal-laslust",
        types=("collaboration_agreement",),
        parties=(
            PartyEntry(partner=Ref("partner/laslust"), role="samordnare"),
            PartyEntry(partner=Ref("partner/kunskapsnoden")),
        ),
        valid_from=FromToday(years=-1, days=1),
        end_kind="date",
        end_date=FromToday(years=2),
        purpose="Lärarstudenter läser för barn varje vecka, och föreningen lär dem hur man väljer böcker.",
        contacts=(Ref("contact/siv-pahittadotter"),),
    ),
    AgreementEntry(
        key="agreement/nasta-generation",
        title="Partneravtal med Stiftelsen Nästa Generation",
        slug="partneravtal-nasta-generation",
        types=("collaboration_agreement",),
        display_label="partneravtal",
        parties=(PartyEntry(partner=Ref("partner/nasta-generation")),),
        signed=FromToday(years=-3, precision="year"),
        end_kind="date",
        end_date=FromToday(years=1, precision="year"),
        outcome="terminated",
        outcome_date=FromToday(months=-4, precision="month"),
        outcome_reason="Stiftelsen lägger ner sin verksamhet.",
        purpose="Stiftelsen och universitetet ville få fler unga att pröva sina idéer.",
    ),
)
