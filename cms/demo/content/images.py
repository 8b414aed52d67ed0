"""The pictures of the demo, drawn when it is loaded; marks only for organisations that are invented."""

from ..entries import ImageEntry

IMAGES = (
    ImageEntry(
        key="image/lake",
        title="Sjö i kvällsljus",
        description="Tecknad bild: en spegelblank sjö mellan skogsåsar, med solen lågt över vattnet",
        drawing="landscape",
        options={"hue": 205, "seed": 4},
    ),
    ImageEntry(
        key="image/campus",
        title="Campus",
        description="Tecknad bild: tre tegelhus med stora fönster bakom en gräsmatta med björkar",
        drawing="building",
        options={"hue": 12, "seed": 3},
    ),
    ImageEntry(
        key="image/town-hall",
        title="Stadshus",
        description="Tecknad bild: ett stadshus i gult tegel med en gång fram till porten",
        drawing="building",
        options={"hue": 38, "seed": 8},
    ),
    ImageEntry(
        key="image/meeting",
        title="Möte vid ett bord",
        description="Tecknad bild: fem personer vid ett mötesbord framför höga fönster",
        drawing="meeting",
        options={"hue": 280, "seed": 2},
    ),
    ImageEntry(
        key="image/workshop",
        title="Verkstadsmöte",
        description="Tecknad bild: fyra personer planerar vid ett bord i en ljus lokal",
        drawing="meeting",
        options={"hue": 40, "seed": 6, "people": 4},
    ),
    ImageEntry(
        key="image/portrait-klara",
        title="Porträtt: Klara Exempelgren",
        description="Tecknat porträtt utan ansiktsdrag",
        drawing="portrait",
        options={"hue": 150, "seed": 11},
    ),
    ImageEntry(
        key="image/portrait-maja",
        title="Porträtt: Maja Modell",
        description="Tecknat porträtt utan ansiktsdrag",
        drawing="portrait",
        options={"hue": 260, "seed": 5},
    ),
    ImageEntry(
        key="image/mark-university",
        title="Märke: Mälardalens universitet (demo)",
        description="Tecknat märke: åtta prickar i ring runt en större",
        drawing="mark",
        options={"hue": 318, "motif": "ring"},
    ),
    ImageEntry(
        key="image/mark-power",
        title="Märke: Exempelkraft",
        description="Tecknat märke: en blixt i en cirkel",
        drawing="mark",
        options={"hue": 160, "motif": "bolt"},
    ),
    ImageEntry(
        key="image/mark-automation",
        title="Märke: Branschrådet Nordautomation",
        description="Tecknat märke: ett kugghjul",
        drawing="mark",
        options={"hue": 24, "motif": "gear"},
    ),
    ImageEntry(
        key="image/mark-institute",
        title="Märke: Forskningsinstitutet Mälarmodell",
        description="Tecknat märke: tre bågar som en bro",
        drawing="mark",
        options={"hue": 195, "motif": "arch"},
    ),
    ImageEntry(
        key="image/mark-foundation",
        title="Märke: Stiftelsen Nästa Generation",
        description="Tecknat märke: ett blad i två toner",
        drawing="mark",
        options={"hue": 110, "motif": "leaf"},
    ),
    ImageEntry(
        key="image/mark-reading",
        title="Märke: Föreningen Läslust",
        description="Tecknat märke: en öppen bok med en prick över",
        drawing="mark",
        options={"hue": 345, "motif": "book"},
    ),
    ImageEntry(
        key="image/mark-universidad",
        title="Märke: Universidad Ejemplar del Sur",
        description="Tecknat märke: tre vågor under en krona",
        drawing="mark",
        options={"hue": 220, "motif": "waves"},
    ),
)
