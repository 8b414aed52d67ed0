"""Värmland: one agreement with the region and all its municipalities, most of which have no page of their own."""

from ..blocks import documents, link, links, prose, section
from ..entries import AgreementEntry, FormerNameEntry, PartnerEntry, PartyEntry, Ref

_REGION = Ref("partner/region-varmland")

#: All municipalities of the county, by the Swedish alphabet.
_MUNICIPALITIES = (
    "Arvika kommun",
    "Eda kommun",
    "Filipstads kommun",
    "Forshaga kommun",
    "Grums kommun",
    "Hagfors kommun",
    "Hammarö kommun",
    "Karlstads kommun",
    "Kils kommun",
    "Kristinehamns kommun",
    "Munkfors kommun",
    "Storfors kommun",
    "Sunne kommun",
    "Säffle kommun",
    "Torsby kommun",
    "Årjängs kommun",
)

PARTNERS = (
    PartnerEntry(
        key=_REGION.key,
        title="Region Värmland",
        slug="region-varmland",
        organisation_type="region",
        region="SE-S",
        website="https://www.regionvarmland.se",
        former_names=(FormerNameEntry(name="Landstinget i Värmland", until="2018-12-31"),),
        introduction=(
            "<p>Regionen och länets 16 kommuner har en gemensam struktur för hur de samverkar. Vi följer arbetet som "
            "förebild för vår egen region.</p>"
        ),
        contacts=(Ref("contact/samverkansservice"),),
        content=(
            section(
                "Så hänger det ihop",
                prose(
                    "<p>Parterna behöver varandra för att nå målen i <b>Värmlandsstrategin</b>. Därför möts deras "
                    "politiker i ett råd.</p>"
                ),
                documents("Rådets arbetsformer", Ref("document/arbetsformer")),
            ),
        ),
    ),
    PartnerEntry(
        key="partner/karlstads-kommun",
        title="Karlstads kommun",
        slug="karlstads-kommun",
        organisation_type="municipality",
        region="SE-S",
        website="https://karlstad.se",
        introduction="<p>Residensstaden i Värmland, och en av 17 parter i länets samverkansavtal.</p>",
        related_partners=(_REGION,),
    ),
)

AGREEMENTS = (
    AgreementEntry(
        key="agreement/varmland",
        title="Samverkansavtal Värmland",
        slug="samverkansavtal-varmland",
        types=("collaboration_agreement", "consortium"),
        parties=(
            PartyEntry(partner=_REGION, role="samordnare"),
            *(
                PartyEntry(partner=Ref("partner/karlstads-kommun"))
                if name == "Karlstads kommun"
                else PartyEntry(name=name, country="SE")
                for name in _MUNICIPALITIES
            ),
        ),
        since="2019",
        purpose="Regionen och kommunerna ska arbeta för hela Värmlands bästa, och nå länets mål tillsammans.",
        strategies=(Ref("strategy/varmlandsstrategin"),),
        content=(
            links(
                "Styrande dokument",
                link("Värmlandsstrategin", url="https://varmlandsstrategin.se", description="Länets mål på lång sikt."),
                link(document=Ref("document/arbetsformer")),
            ),
        ),
    ),
)
