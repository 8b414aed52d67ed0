"""The documents of the demo, written when it is loaded."""

from ..entries import DocumentEntry

DOCUMENTS = (
    DocumentEntry(
        key="document/fardplan",
        title="Färdplan: elektrifierade arbetsplatser",
        filename="fardplan-elektrifierade-arbetsplatser.pdf",
        language="sv",
        paragraphs=(
            "Det här är ett påhittat dokument, som visar hur en strategi läggs ut för alla att läsa.",
            "Parterna vill att byggarbetsplatser ska klara sig utan fossila bränslen. Vägen dit går genom forskning om batterier och styrsystem, kurser för dem som redan arbetar och försök på riktiga arbetsplatser.",
            "Arbetet följs upp varje höst, och färdplanen ändras när parterna har lärt sig något nytt.",
        ),
    ),
    DocumentEntry(
        key="document/arbetsformer",
        title="Så arbetar rådet (demo)",
        filename="sa-arbetar-radet.pdf",
        language="sv",
        paragraphs=(
            "Det här är ett påhittat dokument, som visar hur en partner lägger ut sina arbetsformer.",
            "Rådet möts fyra gånger om året. Ordförandeskapet går runt bland parterna.",
        ),
    ),
    DocumentEntry(
        key="document/undertecknat-avtal",
        title="Undertecknat samverkansavtal (demo)",
        filename="undertecknat-samverkansavtal.pdf",
        language="sv",
        private=True,
        paragraphs=(
            "Det här är ett påhittat dokument, som visar att avtalshandlingar stannar hos dem som är inloggade.",
            "Parterna är överens om att samarbeta om arbetsliv, miljö och social hållbarhet.",
        ),
    ),
)
