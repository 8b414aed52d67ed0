"""The strategies that partners and agreements work towards."""

from ..entries import FromToday, Ref, StrategyEntry, Words

STRATEGIES = (
    StrategyEntry(
        key="strategy/affarsplan-vastmanland",
        translated=True,
        name="Affärsplan Västmanland",
        kind="regional",
        owner_organisation=Words("Länsstyrelsen Västmanland", "County Administrative Board of Västmanland"),
        summary=Words(
            "Länets strategi för tillväxt: hur Västmanland ska bli mer nyskapande och näringslivet starkare.",
            "The county's growth strategy: how Västmanland is to become more innovative and its businesses stronger.",
        ),
    ),
    StrategyEntry(
        key="strategy/vaxa-i-vastmanland",
        translated=True,
        name="Växa i Västmanland",
        kind="regional",
        owner_organisation=Words("Länsstyrelsen Västmanland", "County Administrative Board of Västmanland"),
        summary=Words(
            "Länets strategi för arbetsmarknad och kompetens: rätt utbildningar för de jobb som finns och kommer.",
            "The county's strategy for the labour market and skills: the right education for the jobs that exist and will come.",
        ),
    ),
    StrategyEntry(
        key="strategy/forskning-och-utbildning-2013",
        translated=True,
        name=Words("Forsknings- och utbildningsstrategi 2013–2016", "Research and education strategy 2013–2016"),
        kind="university",
        owner_organisation=Words("Mälardalens högskola", "Mälardalen University"),
        valid_from="2013",
        valid_to="2016",
        summary=Words(
            "Vad högskolan ville med sin forskning och sina utbildningar under fyra år.",
            "What the university wanted with its research and its programmes over four years.",
        ),
    ),
    StrategyEntry(
        key="strategy/varmlandsstrategin",
        name="Värmlandsstrategin",
        kind="regional",
        owner_organisation="Region Värmland",
        valid_to="2040",
        summary="Den regionala utvecklingsstrategin, med mål som hela länet delar.",
        link="https://varmlandsstrategin.se",
    ),
    StrategyEntry(
        key="strategy/nationell-samverkan",
        name="Nationell färdplan för samverkan",
        kind="national",
        owner_organisation="Exempelrådet för forskning",
        valid_from=FromToday(years=-2, precision="year"),
        valid_to=FromToday(years=3, precision="month"),
        summary="Hur lärosäten, myndigheter och näringsliv ska arbeta närmare varandra i hela landet.",
    ),
    StrategyEntry(
        key="strategy/elektrifierade-arbetsplatser",
        translated=True,
        name=Words("Elektrifierade arbetsplatser", "Electrified worksites"),
        kind="joint",
        owner_organisation=Words("Mälardalens universitet och Volvo CE", "Mälardalen University and Volvo CE"),
        valid_from="2023-01",
        summary=Words(
            "En gemensam färdplan till byggarbetsplatser utan utsläpp, med forskning och utbildning sida vid sida.",
            "A joint roadmap to construction sites without emissions, with research and education side by side.",
        ),
        document=Ref("document/fardplan"),
    ),
    StrategyEntry(
        key="strategy/agenda-2030",
        translated=True,
        name="Agenda 2030",
        kind="international",
        owner_organisation=Words("Förenta nationerna", "United Nations"),
        valid_from="2015-09-25",
        valid_to="2030",
        summary=Words(
            "Världens länder har enats om 17 mål för en hållbar utveckling.",
            "The countries of the world have agreed on 17 goals for sustainable development.",
        ),
        link="https://sdgs.un.org/goals",
    ),
)
