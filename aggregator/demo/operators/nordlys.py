"""Sweden, OCPI 2.2.1 behind a token: night rates over midnight, members and guests, old prices."""

from datetime import UTC, datetime
from decimal import Decimal

from aggregator.demo.charges import NIGHT, after_minutes, always, energy, per_session, when
from aggregator.demo.charges import parking_per_minute as parking
from aggregator.demo.description import City, Country, Offer, Operator, Plan, PowerClass
from aggregator.domain.tariff import TariffType
from aggregator.feeds import OcpiVersion

SWEDEN = Country(
    alpha_3="SWE",
    time_zone="Europe/Stockholm",
    vat_percent=Decimal(25),
    streets=("Storgatan", "Kungsgatan", "Stationsvägen", "Drottninggatan", "Industrigatan"),
)

OPERATOR = Operator(
    operator_id="nordlys",
    name="Nordlys Laddning (demo)",
    country_code="SE",
    party_id="NDL",
    currency="SEK",
    ocpi_version=OcpiVersion.V2_2_1,
    price_step=Decimal("0.10"),
    needs_token=True,
    cities=(
        City("UPP", "Uppsala", SWEDEN, 59.858, 17.639, "75# ##"),
        City("STO", "Stockholm", SWEDEN, 59.334, 18.040, "11# ##", Decimal("1.08")),
        City("NRK", "Norrköping", SWEDEN, 58.590, 16.185, "60# ##", Decimal("0.96")),
        City("LIN", "Linköping", SWEDEN, 58.410, 15.621, "58# ##"),
        City("VXO", "Växjö", SWEDEN, 56.879, 14.806, "35# ##", Decimal("0.94")),
        City("MAL", "Malmö", SWEDEN, 55.595, 13.030, "21# ##", Decimal("1.02")),
        City("JON", "Jönköping", SWEDEN, 57.770, 14.165, "55# ##", Decimal("0.94")),
        City("GOT", "Göteborg", SWEDEN, 57.707, 11.990, "41# ##", Decimal("1.04")),
    ),
    plans=(
        Plan(
            "ac",
            (("sv", "Normalladdning"), ("en", "AC charging")),
            (always(energy("4.50")),),
        ),
        Plan(
            "ac-2025",
            (("sv", "Normalladdning 2025"), ("en", "AC charging 2025")),
            (always(energy("3.90")),),
            valid_from=datetime(2025, 1, 1, tzinfo=UTC),
            valid_to=datetime(2026, 1, 1, tzinfo=UTC),
        ),
        Plan(
            "ac-park",
            (("sv", "Laddning med parkering"), ("en", "Charging with parking fee")),
            (after_minutes(240, parking("1.00")), always(energy("3.90"))),
        ),
        Plan(
            "dc",
            (("sv", "Snabbladdning"), ("en", "Fast charging")),
            (always(per_session("5"), energy("5.50")),),
        ),
        Plan(
            "hpc-guest",
            (("sv", "Ultrasnabb, kort"), ("en", "Ultra-fast, card payment")),
            (always(energy("7.50")),),
            tariff_type=TariffType.AD_HOC_PAYMENT,
        ),
        Plan(
            "hpc-member",
            (("sv", "Ultrasnabb, medlem"), ("en", "Ultra-fast, member")),
            (when(NIGHT, energy("4.90")), always(energy("5.90"))),
            tariff_type=TariffType.REGULAR,
        ),
    ),
    offers=(
        Offer(PowerClass.AC, ("ac", "ac-2025")),
        Offer(PowerClass.AC, ("ac",)),
        Offer(PowerClass.AC, ("ac-park",)),
        Offer(PowerClass.DC, ("dc",)),
        Offer(PowerClass.HPC, ("hpc-guest", "hpc-member")),
    ),
)
