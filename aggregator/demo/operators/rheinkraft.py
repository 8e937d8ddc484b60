"""Germany and around, OCPI 2.2.1: one record in 25 is bad, each page is refused once."""

from datetime import time
from decimal import Decimal

from aggregator.demo.charges import after_minutes, always, energy, per_minute, per_session, when
from aggregator.demo.countries import AUSTRIA, FRANCE, GERMANY, NETHERLANDS
from aggregator.demo.description import (
    City,
    Offer,
    Operator,
    Plan,
    PowerClass,
    TariffScope,
    Transport,
)
from aggregator.domain.tariff import Restrictions, TariffType
from aggregator.feeds import OcpiVersion

BLOCKING_BY_DAY = Restrictions(start_time=time(8), end_time=time(22), min_duration_seconds=14_400)

OPERATOR = Operator(
    operator_id="rheinkraft",
    name="Rheinkraft (demo)",
    country_code="DE",
    party_id="RHK",
    currency="EUR",
    ocpi_version=OcpiVersion.V2_2_1,
    weight=8,
    tariff_scope=TariffScope.SITE,
    transport=Transport.FALTERING_SERVER,
    has_defects=True,
    cities=(
        City("CGN", "Köln", GERMANY, 50.937, 6.957, "506##"),
        City("DUS", "Düsseldorf", GERMANY, 51.225, 6.780, "402##", Decimal("1.04")),
        City("HAJ", "Hannover", GERMANY, 52.375, 9.735, "301##", Decimal("0.95")),
        City("BER", "Berlin", GERMANY, 52.515, 13.390, "101##"),
        City("LEJ", "Leipzig", GERMANY, 51.340, 12.375, "041##", Decimal("0.95")),
        City("NUE", "Nürnberg", GERMANY, 49.452, 11.077, "904##"),
        City("MUC", "München", GERMANY, 48.140, 11.560, "803##", Decimal("1.06")),
        City("VIE", "Wien", AUSTRIA, 48.205, 16.365, "1##0", Decimal("1.02")),
        City("LNZ", "Linz", AUSTRIA, 48.300, 14.290, "40##"),
        City("SXB", "Strasbourg", FRANCE, 48.573, 7.752, "67##0"),
        City("MZM", "Metz", FRANCE, 49.119, 6.176, "57##0", Decimal("0.95")),
        City("MST", "Maastricht", NETHERLANDS, 50.851, 5.690, "62## XR"),
    ),
    plans=(
        Plan(
            "adhoc-ac",
            (("de", "Laden ohne Vertrag"), ("en", "Charging without contract")),
            (when(BLOCKING_BY_DAY, per_minute("0.10")), always(energy("0.54"))),
            tariff_type=TariffType.AD_HOC_PAYMENT,
        ),
        Plan(
            "vertrag-ac",
            (("de", "Laden mit Vertrag"), ("en", "Charging with contract")),
            (when(BLOCKING_BY_DAY, per_minute("0.10")), always(energy("0.44"))),
            tariff_type=TariffType.REGULAR,
        ),
        Plan(
            "adhoc-dc",
            (("de", "Schnellladen"), ("en", "Fast charging")),
            (after_minutes(60, per_minute("0.15")), always(energy("0.64"))),
        ),
        Plan("kunden", (("de", "Für Kunden kostenlos"),), (always(per_session("0")),)),
    ),
    offers=(
        Offer(PowerClass.AC, ("adhoc-ac", "vertrag-ac")),
        Offer(PowerClass.AC, ("adhoc-ac",)),
        Offer(PowerClass.AC, ("adhoc-ac", "vertrag-ac")),
        Offer(PowerClass.AC, ("kunden",)),
        Offer(PowerClass.DC, ("adhoc-dc",)),
        Offer(PowerClass.HPC, ("adhoc-dc",)),
    ),
)
