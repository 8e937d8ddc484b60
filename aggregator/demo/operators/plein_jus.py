"""France and Germany, OCPI 2.3.0 behind a token: tax included or not; floors and caps."""

from decimal import Decimal

from aggregator.demo.charges import (
    NIGHT,
    after_minutes,
    always,
    energy,
    per_minute,
    per_session,
    when,
)
from aggregator.demo.charges import parking_per_minute as parking
from aggregator.demo.countries import FRANCE, GERMANY
from aggregator.demo.description import City, Offer, Operator, Plan, PowerClass
from aggregator.domain.tariff import TariffType
from aggregator.feeds import OcpiVersion

OPERATOR = Operator(
    operator_id="plein_jus",
    name="Plein Jus (demo)",
    country_code="FR",
    party_id="PLJ",
    currency="EUR",
    ocpi_version=OcpiVersion.V2_3_0,
    needs_token=True,
    card_share=0.7,
    cities=(
        City("LIL", "Lille", FRANCE, 50.629, 3.060, "59##0", Decimal("0.97")),
        City("PAR", "Paris", FRANCE, 48.862, 2.340, "750##", Decimal("1.10")),
        City("ORL", "Orléans", FRANCE, 47.898, 1.905, "45##0"),
        City("LYO", "Lyon", FRANCE, 45.757, 4.845, "690##", Decimal("1.02")),
        City("GRE", "Grenoble", FRANCE, 45.178, 5.724, "38##0"),
        City("AVI", "Avignon", FRANCE, 43.945, 4.815, "84##0", Decimal("0.96")),
        City("MON", "Montpellier", FRANCE, 43.615, 3.870, "34##0"),
        City("TLS", "Toulouse", FRANCE, 43.600, 1.440, "31##0", Decimal("0.98")),
        City("FRA", "Frankfurt am Main", GERMANY, 50.110, 8.682, "603##", Decimal("1.08")),
        City("STR", "Stuttgart", GERMANY, 48.776, 9.177, "701##", Decimal("1.04")),
    ),
    plans=(
        Plan(
            "ac",
            (("fr", "Recharge accélérée"), ("en", "AC charging")),
            (when(NIGHT, energy("0.29")), always(energy("0.39"))),
            tax_included=True,
        ),
        Plan(
            "ac-minute",
            (("fr", "Recharge à la minute"), ("en", "Charging by the minute")),
            (always(per_minute("0.06")),),
            min_price=Decimal("1.20"),
            max_price=Decimal("18.00"),
        ),
        Plan(
            "dc",
            (("fr", "Recharge rapide"), ("en", "Fast charging")),
            (after_minutes(45, parking("0.30")), always(per_session("0.60"), energy("0.49"))),
            max_price=Decimal("48.00"),
        ),
        Plan(
            "hpc",
            (("fr", "Haute puissance, carte bancaire"), ("en", "Ultra-fast, bank card")),
            (always(energy("0.59")),),
            tariff_type=TariffType.AD_HOC_PAYMENT,
            min_price=Decimal("1.00"),
            tax_included=True,
        ),
        Plan(
            "hpc-abo",
            (("fr", "Haute puissance, abonné"), ("en", "Ultra-fast, subscriber")),
            (always(energy("0.42")),),
            tariff_type=TariffType.REGULAR,
            tax_included=True,
        ),
    ),
    offers=(
        Offer(PowerClass.AC, ("ac",)),
        Offer(PowerClass.AC, ("ac-minute",)),
        Offer(PowerClass.DC, ("dc",)),
        Offer(PowerClass.HPC, ("hpc", "hpc-abo")),
        Offer(PowerClass.HPC, ("hpc",)),
    ),
)
