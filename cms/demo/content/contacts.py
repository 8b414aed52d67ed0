"""Whom to ask. The first is the contact that the page about the county administrative board really had; the others are
invented, with telephone numbers that PTS keeps free for fiction and mail at example domains."""

from ..entries import ContactEntry, FromToday, Ref, Words

CONTACTS = (
    ContactEntry(
        key="contact/emma-mossberg",
        translated=True,
        name="Emma Mossberg",
        role=Words("processledare Samhällskontraktet", "process leader, Samhällskontraktet (the Social Contract)"),
        phone="021-10 19 93",
        review_date=FromToday(months=6),
    ),
    ContactEntry(
        key="contact/klara-exempelgren",
        translated=True,
        name="Klara Exempelgren",
        role=Words("samverkansansvarig kommuner", "coordinator for municipalities"),
        unit=Words("Avdelningen för samverkan", "Collaboration Office"),
        when_to_contact=Words(
            "Frågor om samverkansavtalet med kommunen", "Questions about the agreement with the municipality"
        ),
        phone="031-390 06 12",
        email="klara.exempelgren@example.se",
        photo=Ref("image/portrait-klara"),
        review_date=FromToday(months=4),
    ),
    ContactEntry(
        key="contact/ahmed-provsson",
        translated=True,
        name="Ahmed Provsson",
        role=Words("processledare", "process leader"),
        unit=Words("Samhällskontraktet", "Samhällskontraktet (the Social Contract)"),
        when_to_contact=Words("Frågor om Samhällskontraktet", "Questions about Samhällskontraktet"),
        phone="08-465 004 12",
        email="ahmed.provsson@example.se",
        review_date=FromToday(months=-1),
    ),
    ContactEntry(
        key="contact/samverkansservice",
        translated=True,
        kind="office",
        name="Samverkansservice",
        unit=Words("Avdelningen för samverkan", "Collaboration Office"),
        when_to_contact=Words(
            "När du inte vet vem du ska fråga, vardagar klockan 9–15",
            "When you don't know whom to ask, weekdays from 9 to 15",
        ),
        phone="040-628 04 10",
        email="samverkan@example.se",
        form_link="https://www.example.se/kontakta-samverkan",
    ),
    ContactEntry(
        key="contact/internationella-kontoret",
        translated=True,
        kind="office",
        name="Internationella kontoret",
        when_to_contact=Words(
            "Utbytesstudier och avtal med andra lärosäten", "Exchange studies and agreements with other universities"
        ),
        email="international@example.com",
        form_link="https://www.example.com/contact-international",
    ),
    ContactEntry(
        key="contact/siv-pahittadotter",
        name="Siv Påhittadotter",
        unit="Planeringsstaben",
    ),
    ContactEntry(
        key="contact/nils-attrappsson",
        name="Nils Attrappsson",
        role="utvecklingsstrateg",
        unit="Regional utveckling",
        organisation="Region Västmanland",
        when_to_contact="Frågor om regionens del av avtalet",
        phone="0980-319 214",
    ),
    ContactEntry(
        key="contact/maja-modell",
        translated=True,
        name="Maja Modell",
        role=Words("partneransvarig för industrin", "partner manager, industry"),
        unit=Words("Inbyggda system", "Embedded Systems"),
        phone="031-390 06 40",
        email="maja.modell@example.se",
        photo=Ref("image/portrait-maja"),
        review_date=FromToday(months=9),
    ),
    ContactEntry(
        key="contact/lo-testberg",
        translated=True,
        name="Lo Testberg",
        role=Words("ordförande", "chair"),
        organisation=Words("Mälardalens studentkår", "Mälardalen Student Union"),
        email="ordforande@example.se",
    ),
    ContactEntry(
        key="contact/elin-monsterby",
        name="Elin Mönsterby",
        role="forskningssamordnare",
        unit="Framtidens energi",
        phone="08-465 004 77",
        email="elin.monsterby@example.se",
    ),
)
