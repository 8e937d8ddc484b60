"""The Czech Republic, OCPI 2.1.1 with a plain token: the oldest version, tax unknown."""

from decimal import Decimal

from aggregator.demo.charges import NIGHT, after_minutes, always, energy, per_minute, when
from aggregator.demo.description import City, Country, Offer, Operator, Plan, PowerClass, TaxForm
from aggregator.feeds import OcpiVersion

CZECHIA = Country(
    alpha_3="CZE",
    time_zone="Europe/Prague",
    vat_percent=Decimal(21),
    streets=("Nádražní", "Masarykova", "Palackého", "Husova", "Průmyslová"),
)

OPERATOR = Operator(
    operator_id="vltava",
    name="Vltava Nabíjení (demo)",
    country_code="CZ",
    party_id="VLT",
    currency="CZK",
    ocpi_version=OcpiVersion.V2_1_1,
    price_step=Decimal("0.10"),
    weight=2,
    card_share=0.0,
    needs_token=True,
    tax_form=TaxForm.NET_WITHOUT_RATE,
    cities=(
        City("PRG", "Praha", CZECHIA, 50.075, 14.440, "1## 00", Decimal("1.05")),
        City("JIH", "Jihlava", CZECHIA, 49.400, 15.590, "586 ##"),
        City("BRQ", "Brno", CZECHIA, 49.195, 16.608, "6## 00"),
        City("OLO", "Olomouc", CZECHIA, 49.594, 17.251, "779 ##", Decimal("0.96")),
        City("OSR", "Ostrava", CZECHIA, 49.835, 18.280, "7## 00", Decimal("0.94")),
    ),
    plans=(
        Plan(
            "ac",
            (("cs", "Běžné nabíjení"), ("en", "AC charging")),
            (when(NIGHT, energy("7.50")), always(energy("9.50"))),
        ),
        Plan(
            "dc",
            (("cs", "Rychlé nabíjení"), ("en", "Fast charging")),
            (after_minutes(60, per_minute("2.00")), always(energy("12.50"))),
        ),
        Plan(
            "hpc",
            (("cs", "Velmi rychlé nabíjení"), ("en", "Ultra-fast charging")),
            (after_minutes(45, per_minute("2.00")), always(energy("15.50"))),
        ),
    ),
    offers=(
        Offer(PowerClass.AC, ("ac",)),
        Offer(PowerClass.DC, ("dc",)),
        Offer(PowerClass.HPC, ("hpc",)),
    ),
)
