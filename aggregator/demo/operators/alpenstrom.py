"""Switzerland, OCPI 2.1.1, open: one tariff a connector, nothing said about tax, small pages."""

from decimal import Decimal

from aggregator.demo.charges import (
    WEEKEND,
    after_minutes,
    always,
    energy,
    per_minute,
    per_session,
    when,
)
from aggregator.demo.charges import parking_per_minute as parking
from aggregator.demo.description import City, Country, Offer, Operator, Plan, PowerClass, TaxForm
from aggregator.domain.tariff import Restrictions
from aggregator.feeds import OcpiVersion, StatedPrices

SWITZERLAND = Country(
    alpha_3="CHE",
    time_zone="Europe/Zurich",
    vat_percent=Decimal("8.1"),
    streets=("Bahnhofstrasse", "Hauptstrasse", "Seestrasse", "Industriestrasse", "Dorfstrasse"),
)

OPERATOR = Operator(
    operator_id="alpenstrom",
    name="Alpenstrom (demo)",
    country_code="CH",
    party_id="ALS",
    currency="CHF",
    ocpi_version=OcpiVersion.V2_1_1,
    weight=2,
    card_share=0.3,
    page_cap=100,
    tax_form=TaxForm.GROSS_UNSAID,
    prices=StatedPrices.GROSS,
    prices_evidence="The generator of this demonstration writes prices with tax included.",
    cities=(
        City("ZRH", "Zürich", SWITZERLAND, 47.385, 8.517, "80##", Decimal("1.05")),
        City("WIN", "Winterthur", SWITZERLAND, 47.500, 8.724, "84##"),
        City("SGL", "St. Gallen", SWITZERLAND, 47.423, 9.370, "90##", Decimal("0.97")),
        City("CHU", "Chur", SWITZERLAND, 46.853, 9.530, "70##", Decimal("1.06")),
        City("LUZ", "Luzern", SWITZERLAND, 47.058, 8.290, "60##"),
        City("BRN", "Bern", SWITZERLAND, 46.950, 7.430, "30##"),
        City("BSL", "Basel", SWITZERLAND, 47.548, 7.590, "40##", Decimal("0.98")),
    ),
    plans=(
        Plan("ac", (("de", "Normalladen"), ("fr", "Recharge AC")), (always(energy("0.45")),)),
        Plan(
            "ac-minute",
            (("de", "Laden nach Zeit"), ("fr", "Recharge à la minute")),
            (always(per_session("1.50"), per_minute("0.05")),),
        ),
        Plan(
            "power",
            (("de", "Laden nach Leistung"), ("fr", "Recharge selon la puissance")),
            (
                when(Restrictions(max_power_kw=Decimal(22)), energy("0.49")),
                when(
                    Restrictions(min_power_kw=Decimal(22), max_power_kw=Decimal(100)),
                    energy("0.59"),
                ),
                when(Restrictions(min_power_kw=Decimal(100)), energy("0.69")),
            ),
        ),
        Plan(
            "hpc",
            (("de", "Schnellladen"), ("fr", "Recharge ultra-rapide"), ("it", "Ricarica rapida")),
            (
                after_minutes(60, parking("0.20")),
                when(WEEKEND, energy("0.62")),
                always(energy("0.69")),
            ),
        ),
    ),
    offers=(
        Offer(PowerClass.AC, ("ac",)),
        Offer(PowerClass.AC, ("ac-minute",)),
        Offer(PowerClass.DC, ("power",)),
        Offer(PowerClass.HPC, ("power",)),
        Offer(PowerClass.HPC, ("hpc",)),
    ),
)
