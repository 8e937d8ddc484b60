"""Poland, OCPI 2.2.1 on a slow server: power tiers, weekends, a price announced for 2030."""

from datetime import UTC, datetime
from decimal import Decimal

from aggregator.demo.charges import WEEKEND, after_minutes, always, energy, per_minute, when
from aggregator.demo.description import (
    City,
    Country,
    Offer,
    Operator,
    Plan,
    PowerClass,
    Transport,
)
from aggregator.domain.tariff import Restrictions
from aggregator.feeds import OcpiVersion

POLAND = Country(
    alpha_3="POL",
    time_zone="Europe/Warsaw",
    vat_percent=Decimal(23),
    streets=("Dworcowa", "Warszawska", "Kościuszki", "Mickiewicza", "Przemysłowa"),
)

OPERATOR = Operator(
    operator_id="wisla",
    name="Wisła Energia (demo)",
    country_code="PL",
    party_id="WSE",
    currency="PLN",
    ocpi_version=OcpiVersion.V2_2_1,
    weight=2,
    card_share=0.2,
    transport=Transport.SLOW_SERVER,
    cities=(
        City("WAW", "Warszawa", POLAND, 52.225, 21.000, "00-###", Decimal("1.04")),
        City("LDZ", "Łódź", POLAND, 51.765, 19.455, "90-###", Decimal("0.96")),
        City("KRK", "Kraków", POLAND, 50.060, 19.945, "30-###"),
        City("KAT", "Katowice", POLAND, 50.260, 19.020, "40-###"),
        City("WRO", "Wrocław", POLAND, 51.105, 17.030, "50-###"),
        City("POZ", "Poznań", POLAND, 52.405, 16.925, "60-###", Decimal("0.97")),
    ),
    plans=(
        Plan(
            "ac",
            (("pl", "Ładowanie AC"), ("en", "AC charging")),
            (when(WEEKEND, energy("1.49")), always(energy("1.79"))),
        ),
        Plan(
            "ac-2030",
            (("pl", "Ładowanie AC od 2030"), ("en", "AC charging from 2030")),
            (always(energy("2.19")),),
            valid_from=datetime(2030, 1, 1, tzinfo=UTC),
        ),
        Plan(
            "minute",
            (("pl", "Opłata za minutę"), ("en", "Price per minute")),
            (always(per_minute("0.25")),),
        ),
        Plan(
            "power",
            (("pl", "Ładowanie DC według mocy"), ("en", "DC charging by power")),
            (
                after_minutes(60, per_minute("0.40")),
                when(Restrictions(max_power_kw=Decimal(50)), energy("2.49")),
                when(
                    Restrictions(min_power_kw=Decimal(50), max_power_kw=Decimal(125)),
                    energy("2.89"),
                ),
                when(Restrictions(min_power_kw=Decimal(125)), energy("3.19")),
            ),
        ),
    ),
    offers=(
        Offer(PowerClass.AC, ("ac", "ac-2030")),
        Offer(PowerClass.AC, ("minute",)),
        Offer(PowerClass.DC, ("power",)),
        Offer(PowerClass.HPC, ("power",)),
    ),
)
