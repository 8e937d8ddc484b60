"""The Netherlands and Germany, two gzip files with bare arrays: a tariff id for each site."""

from decimal import Decimal

from aggregator.demo.charges import after_minutes, always, energy, per_session
from aggregator.demo.charges import parking_per_minute as parking
from aggregator.demo.countries import GERMANY, NETHERLANDS
from aggregator.demo.description import (
    City,
    Offer,
    Operator,
    Plan,
    PowerClass,
    TariffScope,
    Transport,
)
from aggregator.feeds import OcpiVersion

OPERATOR = Operator(
    operator_id="polder",
    name="Polderlaad (demo)",
    country_code="NL",
    party_id="PLD",
    currency="EUR",
    ocpi_version=OcpiVersion.V2_2_1,
    card_share=0.4,
    tariff_scope=TariffScope.SITE,
    transport=Transport.GZIP_FILE,
    cities=(
        City("AMS", "Amsterdam", NETHERLANDS, 52.362, 4.885, "10## AB", Decimal("1.04")),
        City("UTR", "Utrecht", NETHERLANDS, 52.090, 5.110, "35## CD"),
        City("ARN", "Arnhem", NETHERLANDS, 51.985, 5.900, "68## EH", Decimal("0.96")),
        City("EIN", "Eindhoven", NETHERLANDS, 51.440, 5.470, "56## JK"),
        City("BRE", "Breda", NETHERLANDS, 51.588, 4.776, "48## LM"),
        City("RTM", "Rotterdam", NETHERLANDS, 51.925, 4.490, "30## NP", Decimal("1.04")),
        City("AAH", "Aachen", GERMANY, 50.776, 6.084, "520##"),
        City("DTM", "Dortmund", GERMANY, 51.514, 7.465, "441##", Decimal("0.97")),
    ),
    plans=(
        Plan(
            "publiek",
            (("nl", "Publiek laden"), ("en", "Public charging")),
            (always(energy("0.39")),),
        ),
        Plan(
            "start",
            (("nl", "Laden met starttarief"), ("en", "Charging with start fee")),
            (always(per_session("0.35"), energy("0.36")),),
            max_price=Decimal("35.00"),
        ),
        Plan(
            "snel",
            (("nl", "Snelladen"), ("en", "Fast charging")),
            (after_minutes(60, parking("0.25")), always(energy("0.64"))),
        ),
    ),
    offers=(
        Offer(PowerClass.AC, ("publiek",)),
        Offer(PowerClass.AC, ("start",)),
        Offer(PowerClass.DC, ("snel",)),
        Offer(PowerClass.HPC, ("snel",)),
    ),
)
